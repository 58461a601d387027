"""A scene that follows another is told what this learner said there, and nobody else."""

import pytest

from taketwo.checks import example
from taketwo.transcript.shelf import Shelf

FIRST = """
id = "first"
title = "The First Call"
[promises]
by-five = "To ring by five"
[nodes.opening.replies.listen]
promise = "by-five"
"""
SECOND = """
id = "second"
title = "The Second Call"
[flags]
promised = "A call was promised"
[[nodes.opening.says]]
when = ["promised"]
text = "You said: {quote.call}"
[[nodes.opening.says]]
text = "Hello. Somebody there said: {quote.call}"
[sequel]
of = ["first"]
[sequel.flags.promised]
promise = ["first/by-five"]
[sequel.quotes.call]
promise = ["first/by-five"]
last = true
otherwise = "we ring you"
"""
QUIET = "\n\n\n\n\n"


@pytest.fixture
def scenes(desk):
    folder = desk.folder / "scenes"
    folder.mkdir()
    for text in (FIRST, SECOND):
        name = text.split('"')[1]
        (folder / f"{name}.toml").write_text(example.laid_over(text))
    return folder


def play(desk, scenes, name, typed, learner="Ada"):
    words = ("play", name, "--plain", "--seed", "1", "--learner", learner, "--dialogues", scenes)
    done = desk.run(*words, typed=typed + QUIET)
    assert done.stderr == ""
    return done.stdout


def number_of(said, shown):
    """The number that the reply `said` has on the screen `shown`."""
    return next(line for line in shown.splitlines() if said in line).split(".")[0].strip()


def choose(desk, scenes, said, then):
    """Play the first scene with the reply `said`, then `then`."""
    shown = play(desk, scenes, "first", "q\n")
    return play(desk, scenes, "first", f"{number_of(said, shown)}\n{then}\n")


def test_it_can_be_played_alone(desk, scenes):
    assert "Somebody there said: we ring you" in play(desk, scenes, "second", "q\n")


def test_a_promise_comes_back_in_the_words_it_was_made_in(desk, scenes):
    choose(desk, scenes, "Which one was it", 1)
    shown = play(desk, scenes, "second", "q\n")
    assert "It follows your take of The First Call" in shown
    assert "You said: Which one was it, and where did you last have it?" in shown


def test_what_was_said_without_a_promise_is_quoted_as_well(desk, scenes):
    choose(desk, scenes, "When was that?", 1)
    assert "Hello. Somebody there said: When was that?" in play(desk, scenes, "second", "q\n")


def test_another_learner_has_promised_nothing(desk, scenes):
    choose(desk, scenes, "Which one was it", 1)
    shown = play(desk, scenes, "second", "q\n", learner="Zoë")
    assert "Somebody there said: we ring you" in shown
    assert "It follows" not in shown


def test_the_take_keeps_what_it_was_told_and_of_whom(desk, scenes):
    choose(desk, scenes, "Which one was it", 1)
    play(desk, scenes, "second", "1\nq\n")
    rows = Shelf(desk.saves).rows()
    second = next(row for row in rows if row.scenario == "second")
    assert second.follows in [row.name for row in rows if row.scenario == "first" and row.status == "ended"]
    assert Shelf(desk.saves).kept(second.sha256).given == ("promised",)
    for file in scenes.iterdir():
        file.unlink()
    assert "You said: Which one was it" in desk.run("show", second.name).stdout


def test_next_says_who_calls_back_until_they_have(desk, scenes):
    (scenes / "programme.toml").write_text(
        'format = 1\ntitle = "Two"\n[rounds.one]\ntitle = "One"\nabout = "Both."\n'
        'opener = "first"\nmiddles = ["second"]\nwow = "second"\n'
    )
    asked = ("next", "--learner", "Ada", "--dialogues", scenes)
    assert "They call back" not in desk.run(*asked).stdout
    choose(desk, scenes, "Which one was it", 1)
    assert "They call back: second, after The First Call on " in desk.run(*asked).stdout
    assert "They call back" not in desk.run("next", "--learner", "Zoë", "--dialogues", scenes).stdout
    play(desk, scenes, "second", "1\n1\n")
    assert "They call back" not in desk.run(*asked).stdout
