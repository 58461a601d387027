"""A take of two people on the command line: read, replayed, verified, compared, drawn, found, and never counted as mastery."""

import json

import pytest

from house import PAIRED, keep_take, paired_take
from taketwo.session import from_here
from taketwo.take.commands import Start
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def paired(desk) -> str:
    return paired_take(Shelf(desk.saves))


def ran(desk, *words: str, typed: str = "") -> str:
    done = desk.run(*words, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def in_order(text: str, wanted: list[str]) -> None:
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, words
        at = found + len(words)


TOLD = [
    "Imre Halász: It is black. It has a duck's head.",
    "(You agreed to be watched by Bora.)",
    "(Bora sets the goal: Ask before you look.",
    "Bora, to you alone: Breathe first.",
    "(Bora takes the conversation over.)",
    "Bora: (nothing)",
    "This decision was Bora's; it does not count.",
    "(The conversation is yours again.)",
    "Bora joins in; the customer hears: I am his lead; he is new here.",
    "(Bora, as the customer, chose another mood and another line.)",
    "Imre Halász: Hello? Anybody?",
    "◆ Bora, as the customer, made it harder: 94 % → 84 %.",
    "You: A black one with a duck's head.",
    "You: We keep things thirty days.",
    "The chance of a good ending fell from 84 % to 0 %.",
    "Bora, as the customer, chose another place, another mood and another line.",
    "◆ Bora, as the customer, made it easier: 0 % → 94 %.",
    "Imre Halász: A month? Well, it was on the tram.",
    "(You asked for help.)",
    "Bora opens a private note: He froze at once.",
]


def test_show_tells_who_said_what_to_whom(desk, paired):
    shown = ran(desk, "show", paired)
    in_order(shown, TOLD)
    in_order(shown, ["Not passed", "With Bora.", "Steered by Bora twice: it counts as practice."])
    in_order(
        shown, ["The turning point was decision 2", "After decision 1: Bora, as the customer, made it harder"]
    )
    assert shown.count("He froze") == 1


def test_a_replay_tells_it_event_by_event_and_private_notes_too(desk, paired):
    shown = ran(desk, "replay", paired, "--plain", typed="\n" * 18)
    in_order(shown, ["Zoë with Bora", *TOLD])
    assert "(Private note by Bora: He froze at once." in shown


def test_a_learner_s_copy_says_that_something_is_sealed(desk, paired, tmp_path):
    ran(desk, "export", paired, "--to", "json", "-o", str(tmp_path / "a.json"))
    (desk.saves / f"{paired}.toml").unlink()
    assert "blank in it" in ran(desk, "import", str(tmp_path / "a.json"))
    assert "(Sealed: something of Bora's.)" in ran(desk, "replay", paired, "--plain", typed="\n" * 18)
    assert ": same" in ran(desk, "verify", paired)


def test_it_is_verified_as_it_was_played(desk, paired):
    assert ran(desk, "verify", paired, "--rescore").count(": same") == 2


def test_show_as_json_has_what_was_steered_among_the_changes(desk, paired):
    rows = json.loads(ran(desk, "show", paired, "--json"))["review"]
    assert [(row["seq"], row.get("steering", False)) for row in rows] == [
        *((PAIRED["theirs"], False), (PAIRED["went on"], True)),
        *((PAIRED["steered"], False), (PAIRED["steered"], True), (PAIRED["last"], False)),
    ]
    assert [row["by"] for row in rows] == ["trainer", "trainer", "learner", "trainer", "learner"]


def test_beside_another_take_it_says_whose_decisions_were_whose(desk, paired):
    other = keep_take(Shelf(desk.saves), "thirty-days", "look")
    shown = ran(desk, "compare", paired, other, "--plain")
    in_order(
        shown, ["With Bora.", "Steered by Bora twice", "A: This decision was Bora's; it does not count."]
    )
    assert "Bora: (nothing)" in shown
    json.loads(ran(desk, "compare", other, paired, "--json"))


@pytest.mark.parametrize("form", ["text", "mermaid", "dot", "svg"])
def test_the_map_has_a_jump_that_no_reply_makes(desk, paired, form):
    drawn = ran(desk, "graph", "--take", paired, "--format", form)
    assert "fter decision 2" in drawn or "fter#32;decision" in drawn
    assert "steered" in drawn


def test_the_list_names_the_trainer_and_the_search_finds_what_was_said(desk, paired):
    assert "Zoë with Bora" in ran(desk, "takes")
    for words in ("breathe", "froze", "anybody", "Bora"):
        assert paired in ran(desk, "takes", "--search", words)


def test_it_counts_as_practice_and_leaves_the_next_take_alone(desk, paired):
    told = ran(desk, "progress", "--learner", "Zoë")
    assert "1 take is left out, as practice" in told
    shelf = Shelf(desk.saves)
    (row,) = shelf.rows()
    assert (row.practised, row.shown_before, row.trainer) == (True, False, "Bora")
    assert not shelf.best_and_last("Zoë")["lost-umbrella"].better_shown


def test_the_debrief_by_line_asks_about_the_learner_s_decisions_alone(desk):
    shelf = Shelf(desk.saves)
    name = paired_take(shelf)
    path = shelf.find(name)
    blocks = path.read_bytes().split(b"[[event]]")
    path.write_bytes(b"[[event]]".join(blocks[: PAIRED["last"]]))
    shown = desk.run("replay", name, "--plain", typed="2\n2\n4\n\n\n").stdout
    in_order(
        shown, ["Before you see anything:", "  2. We keep things", "  3. I will look", "Decision by decision"]
    )
    assert "  1. (" not in shown
    in_order(shown, ["Bora, to you alone: Breathe first.", "Bora: (nothing)", "Imre Halász: Hello? Anybody?"])
    remarks = [event for event in read_take(path).events if getattr(event, "topic", "") == "prediction"]
    assert [(each.about, each.value) for each in remarks] == [(PAIRED["steered"], 4)]


def test_a_take_from_one_of_its_decisions_begins_where_it_was_steered_to(desk, paired):
    from taketwo.session import begin, look_at

    shelf = Shelf(desk.saves)
    session = look_at(shelf, paired)
    fork = begin(shelf, session.scenario, from_here(session, PAIRED["steered"], Start(learner="Zoë")))
    assert fork.meters["patience"] == 2
    fork.say("say-back")
    fork.say("look")
    fork.close()
    session.close()
    assert "rose from" in ran(desk, "show", fork.name)
    assert "first decision" in ran(desk, "compare", paired, fork.name, "--plain")
