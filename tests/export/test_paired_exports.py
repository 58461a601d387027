"""A take of two people in every form: who said what to whom, what does not count, and nothing of the private notes."""

import json
import re
import xml.etree.ElementTree as ET
from html import unescape

import jsonschema
import pytest
from offices import FORMS, NASTY, Office, rows, spoilt, statements
from test_hostile_texts import CONTROLS, PASSIVE, Seen

from house import PAIRED, paired_take, umbrella
from taketwo.take.events import Remarked, Sealed
from taketwo.transcript.reading import read_take

PRIVATE = "He froze at once."


@pytest.fixture
def paired(office):
    return paired_take(office.shelf)


def closed(office, name: str) -> None:
    """Make it the take that it was before its private note was opened."""
    path = office.shelf.find(name)
    path.write_bytes(path.read_bytes().rpartition(b"[[event]]")[0])


@pytest.mark.parametrize("form", FORMS)
def test_a_private_note_leaves_in_no_form(office, paired, form):
    closed(office, paired)
    assert PRIVATE in office.shelf.find(paired).read_text()
    for more in ((), ("--anonymous",), ("--better",)):
        assert "froze" not in office.export(paired, form, *more)


@pytest.mark.parametrize("form", ["md", "html", "cast", "json"])
def test_a_note_that_was_opened_leaves_with_the_opening(office, paired, form):
    assert "froze" in office.export(paired, form)


def flat(text: str) -> str:
    """The words of a page, a picture or a recording."""
    text = re.sub(r"[*\\]", "", re.sub(r"<[^>]*>|\\[rn]|>", " ", text))
    return " ".join(unescape(text).replace("\xa0", " ").split())


@pytest.mark.parametrize("form", ["md", "html"])
def test_a_page_tells_who_said_what_to_whom(office, paired, form):
    told = flat(office.export(paired, form))
    for words in (
        "Steered by Bora twice: it counts as practice.",
        "Decision 1 was Bora's: it does not count.",
    ):
        assert words in told
    assert told.count("Bora, as the customer, made it easier: 0 % → 94 %.") >= 2
    wanted = [
        "Zoë agreed to be watched by Bora.",
        "Bora sets the goal: Ask before you look.",
        "Bora, to Zoë alone",
        "Breathe first.",
        "Bora takes the conversation over.",
        "1. Bora",
        "This decision was Bora's; it does not count.",
        "The conversation is Zoë's again.",
        "Bora joins in; the customer hears",
        "I am his lead; he is new here.",
        "Bora, as the customer, chose another mood and another line.",
        "Hello? Anybody?",
        "2. Zoë",
        "It led here because of what came before since decision 1: patience had come to 2 of 10.",
        "Said aloud: Bora chose the reply that came nearest to it.",
        "Bora, as the customer, chose another place, another mood and another line.",
        "A month? Well, it was on the tram.",
        "Zoë asked for help.",
        "3. Zoë",
        "Bora opens a private note",
    ]
    places = [told.find(words) for words in wanted]
    assert -1 not in places, wanted[places.index(-1)]
    assert places == sorted(places)


def test_a_page_says_it_without_colours_too(office, paired):
    text = office.export(paired, "html")
    assert text.count('class="bubble trainer"') == 2
    assert text.count('class="bubble whisper"') == 2
    assert "border: 2px dashed" in text


def test_a_recording_and_a_picture_tell_it_too(office, paired):
    told = flat(office.export(paired, "cast"))
    assert "Bora, to you alone: Breathe first." in told
    assert "(The conversation is yours again.)" in told
    drawn = "".join(ET.fromstring(office.export(paired, "svg")).itertext()).replace("\xa0", " ")
    for words in ("Steered by Bora twice", "Bora, to you alone", "Hello? Anybody?", "on the tram."):
        assert words in drawn


def test_a_coaching_sheet_has_the_trainer_s_name_and_evidence_of_the_learner_s_alone(office, paired):
    text = office.export(paired, "coaching")
    assert "Trainer: Bora" in text
    assert "Steered by Bora twice" in text
    assert re.findall(r'class="said" dir="auto">(\d)', text) == ["2", "3"]


def test_a_table_keeps_its_columns_and_has_new_ones_at_the_end(office, paired):
    text = office.export(paired, "csv")
    assert text.splitlines()[0].endswith("meters,undone,trainer,by,pressed,steered,steered_by")
    theirs, undone, spoken, last = rows(text)
    assert (theirs["by"], undone["undone"], last["by"], last["steered"]) == (
        "trainer",
        "undone",
        "learner",
        "",
    )
    assert [spoken[key] for key in ("trainer", "by", "pressed", "steered", "steered_by")] == [
        *("Bora", "learner", "trainer", "place; meters; line", "trainer")
    ]  # fmt: skip


def test_statements_are_of_whoever_decided_and_the_result_is_the_learner_s(office, paired):
    told = statements(office.export(paired, "xapi"))
    actors = [each["actor"]["account"]["name"] for each in told]
    assert actors == ["Zoë", "Bora", *["Zoë"] * (len(told) - 2)]
    assert {each["context"]["instructor"]["account"]["name"] for each in told} == {"Bora"}
    (ended,) = [each for each in told if each["verb"]["id"].endswith("completed")]
    found = {key.rpartition("/")[2]: value for key, value in ended["result"]["extensions"].items()}
    assert (found["practised"], found["steered"], found["taken-over"]) == (True, 2, 1)


def test_json_is_what_its_schema_says_and_comes_back_with_seals(office, tmp_path, paired):
    document = json.loads(office.export(paired, "json"))
    jsonschema.validate(document, json.loads(office.run("export", "--schema").stdout))
    assert document["sealed"] == [PAIRED["note"]]
    assert [row["seq"] for row in document["review"] if row.get("steering")] == [10, 14]
    elsewhere = Office(tmp_path / "elsewhere")
    file = tmp_path / "a.json"
    office.run("export", paired, "--to", "json", "-o", file)
    assert elsewhere.run("import", file).exit_code == 0
    mine, theirs = office.shelf.read(paired).events, elsewhere.shelf.read(paired).events
    note = theirs[PAIRED["note"] - 1]
    assert isinstance(note, Sealed) and isinstance(mine[PAIRED["note"] - 1], Remarked)
    assert [e for e in mine if e.seq != note.seq] == [e for e in theirs if e.seq != note.seq]
    for form in FORMS:
        assert elsewhere.export(paired, form) == office.export(paired, form)
    assert "is there already" in office.run("import", file).stdout


def test_nobody_s_name_is_left_where_it_shall_not_be(office):
    name = paired_take(office.shelf, "Tell Bora, Zoë.")
    for form in FORMS:
        text = office.export(name, form, "--anonymous")
        assert not re.search("Bora|Zo[ëe]", text, re.I)


def test_without_its_scenario_it_is_told_by_its_events(office, paired):
    for path in (office.shelf.folder / "scenarios").iterdir():
        path.unlink()
    told = flat(office.export(paired, "md"))
    for words in (
        "Bora, to Zoë alone",
        "Decision 1 was Bora's",
        "1. Bora",
        "on the tram.",
        "as the customer",
    ):
        assert words in told
    assert "Bora, to you alone" in flat(office.export(paired, "cast"))
    for form in ("html", "coaching", "csv", "xapi", "json"):
        assert office.export(paired, form)


# --- hostile texts


@pytest.fixture
def nasty(office):
    return paired_take(office.shelf, NASTY, learner=NASTY, trainer=NASTY, scenario=spoilt(umbrella()))


@pytest.mark.parametrize("form", FORMS)
def test_hostile_words_of_a_trainer_stay_words(office, nasty, form):
    text = office.export(nasty, form, "--better")
    assert not CONTROLS.search(text.replace("\r\n", "\n"))
    if form in ("html", "coaching"):
        page = Seen(text)
        assert page.tags <= PASSIVE
        assert "&lt;script&gt;" in text
    if form == "svg":
        tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
        assert not tags & {"script", "image", "use", "a", "foreignObject"}
    if form == "csv":
        assert len(rows(text)) == 4
    if form in ("json", "xapi"):
        json.loads(text)


def test_markdown_of_a_hostile_trainer_stays_words(office, nasty):
    from markdown_it import MarkdownIt

    tokens = MarkdownIt("gfm-like", {"html": True}).parse(office.export(nasty, "md"))
    inner = [token for each in tokens for token in [each, *(each.children or [])]]
    assert not {token.type for token in inner} & {
        *("html_block", "html_inline", "link_open", "image", "code_inline", "fence", "s_open"),
    }


def test_a_hostile_take_of_two_comes_back(office, tmp_path, nasty):
    file = tmp_path / "a.json"
    office.run("export", nasty, "--to", "json", "-o", file)
    elsewhere = Office(tmp_path / "elsewhere")
    assert elsewhere.run("import", file).exit_code == 0
    assert elsewhere.export(nasty, "html") == office.export(nasty, "html")
    assert read_take(elsewhere.shelf.find(nasty)).started.trainer == office.shelf.read(nasty).started.trainer
