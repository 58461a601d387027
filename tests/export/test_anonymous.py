"""With --anonymous nobody's name is left: in no form, no field, no text, no id, no file's name."""

import json
import re
import unicodedata
from dataclasses import replace

import pytest
from offices import FORMS, Office

from house import umbrella
from taketwo.take.commands import Remark, Say, Steer

PERSON = "Zoë van der Kovács-Brandt"
SAID = [
    PERSON,
    "ZOË",
    "zoë's",
    "Zoe",
    unicodedata.normalize("NFD", "Zoë"),
    "Kovács-Brandt",
    "(kovács-brandt)",
    "zoë-1",
    "Zoë  van der\nKovács-Brandt",
    "Ms_Kovács-Brandt",
]


def plain(text: str) -> str:
    """As somebody searches for a name: without case and accents."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in apart if not unicodedata.combining(letter)).casefold()


@pytest.fixture
def named(office):
    """A take in which people's names stand wherever a name can stand."""
    scene = umbrella()
    opening = scene.nodes["opening"]
    line = replace(opening.says[-1], texts=("It is black, {learner}. Are you {learner}? Not Zoëlle?",))
    first, second = opening.replies
    first = replace(first, id="tell-zoe", why="Zoë said it well, {learner}.", say=("I am {learner}. Zoë.",))
    nodes = {
        **scene.nodes,
        "opening": replace(opening, says=(line,), replies=(first, second)),
    }
    scene = replace(scene, nodes=nodes, id="umbrella-of-zoe")
    return office.take(
        Remark("own-words", " / ".join(SAID)),
        "tell-zoe",
        ("Ines Duarte", "learner", Remark("note", f"{PERSON}, slow down. Ines D.")),
        "look",
        Remark("label", "zoë"),
        Remark("try-next", f"Be {PERSON}, not Ines Duarte."),
        scenario=scene,
        learner=PERSON,
    )


@pytest.mark.parametrize("form", FORMS)
def test_no_name_is_left(office, named, form):
    named_text = plain(office.export(named, form, "--better"))
    assert "zoe" in named_text
    text = plain(office.export(named, form, "--better", "--anonymous").replace("Zoëlle", ""))
    for name in ("zoe", "kovacs", "brandt", "ines", "duarte"):
        assert not re.search(rf"(?<![a-z]){name}(?![a-z])", text)


def test_other_words_stay(office, named):
    text = office.export(named, "md", "--anonymous")
    assert "Not Zoëlle?" in text
    assert "It is black, Learner. Are you Learner?" in text


def test_no_file_s_name_has_it(office, named):
    into = office.folder / "out"
    office.run("export", "--all", "--to", "md", "--anonymous", "-o", into)
    (file,) = into.iterdir()
    assert "zoe" not in file.name
    assert "umbrella-of-learner" in file.name


def test_it_can_still_be_taken_in_and_reviewed(office, named, tmp_path):
    other = Office(tmp_path / "elsewhere")
    file = office.folder / "a.json"
    office.run("export", named, "--to", "json", "--anonymous", "-o", file)
    document = json.loads(file.read_text())
    assert document["anonymous"] and document["review"]
    done = other.run("import", file)
    assert done.exit_code == 0, done.stderr
    page = other.export(document["name"], "html")
    assert "The chance of a good ending" in page
    assert "Learner said it well" in page


def test_a_take_of_nobody_keeps_its_words(office):
    name = office.take("say-back", Remark("try-next", "Thank you, you."), "look", learner="you")
    assert "Thank you, you." in office.export(name, "md", "--anonymous")


def test_names_without_spaces_around_them_go_too(office):
    name = office.take("say-back", Remark("try-next", "李明您好"), "look", learner="李明")
    text = office.export(name, "md", "--anonymous")
    assert "李明" not in text
    assert "您好" in text


def test_a_name_that_is_a_pattern_is_a_name(office):
    name = office.take("say-back", Remark("try-next", "a.* (b)+ [c"), "look", learner="a.* (b)+ [c")
    assert "\\[c" not in office.export(name, "md", "--anonymous")


def test_a_guest_who_played_the_customer_or_observed_is_somebody(office):
    name = office.take(
        Say("say-back", Steer(says="Hm, says Ada.", player="customer:Ada Brandt")),
        ("observer:Ada Brandt", "all", Remark("observed", "Ada Brandt saw it.", value=1)),
    )
    text = office.export(name, "json", "--anonymous")
    assert "Ada" not in text and "Brandt" not in text
    assert '"customer:Somebody"' in text and '"observer:Somebody"' in text
    assert "Somebody, as the customer, chose another line." in office.export(name, "md", "--anonymous")
    assert "Ada Brandt, as the customer, chose another line." in office.export(name, "md")
