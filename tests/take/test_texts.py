"""The order of replies and the choice among texts come from the seed alone."""

from dataclasses import replace

import pytest
from small_scenarios import made, node, reply

from taketwo.scenario.model import Line, Scenario
from taketwo.scenario.model import Test as Atom
from taketwo.session import Take
from taketwo.take.machine import Position, machine


def many() -> Scenario:
    """Nine replies, three of which hide, and a line with three texts."""
    told = ((Atom("told", "set"),),)
    said = [reply(id, "n0", say=f"Say {id}.", when=told if id in "cfh" else ((),)) for id in "abcdefghi"]
    first = node("n0", *said)
    return made({"n0": replace(first, says=(Line(("One.", "Two.", "Three.")),))})


def shown(seed: int, flags: int = 0) -> list[str]:
    return [move.reply.id for move in machine(many()).shown(Position("n0", (2, 0), flags), seed)]


def test_replies_keep_their_order_while_others_hide():
    for seed in range(50):
        assert [id for id in shown(seed, flags=2) if id not in "cfh"] == shown(seed)


def test_the_order_differs_from_seed_to_seed():
    assert len({tuple(shown(seed)) for seed in range(50)}) > 40


def test_the_order_is_the_same_on_every_machine():
    assert "".join(shown(1, flags=2)) == "cbhigdfea"
    assert "".join(shown(2, flags=2)) == "dbgaficeh"


def test_every_text_of_a_line_comes_up_with_some_seed():
    texts = {Take.start(many(), seed=seed).says for seed in range(30)}
    assert texts == {"One.", "Two.", "Three."}


def test_the_same_seed_gives_the_same_texts():
    one, other = Take.start(many(), seed=5), Take.start(many(), seed=5)
    assert (one.says, one.replies) == (other.says, other.replies)


def test_the_learner_is_named_in_what_is_said_and_shown():
    scenario = made(
        {
            "n0": replace(
                node("n0", reply("a", "good", say="I am {learner}.")), says=(Line(("Hi {learner}",)),)
            )
        }
    )
    take = Take.start(scenario, learner="Zoë")
    assert (take.says, take.replies[0].text, take.reply("a").said) == ("Hi Zoë", "I am Zoë.", "I am Zoë.")


@pytest.mark.parametrize("name", ["{learner}", "{0}", "%s", "\\1"])
def test_a_learner_called_like_a_placeholder_is_named_as_they_are(name):
    scenario = made({"n0": replace(node("n0", reply("a", "good")), says=(Line(("Hi {learner}",)),))})
    assert Take.start(scenario, learner=name).says == f"Hi {name}"
