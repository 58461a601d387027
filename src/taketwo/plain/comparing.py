"""Two takes one under the other, line by line."""

from taketwo.comparing import Comparison, Side, Step
from taketwo.plain.console import Console
from taketwo.telling import VERSIONS, common_words, cost_words, lesson_words, pair_words, side_words
from taketwo.wording import outcome_words, verdict

LABELS = ("A", "B")


def show_comparison(console: Console, found: Comparison) -> None:
    """All of it: which takes, how they begin, each decision from where they part, lessons and outcome."""
    say = console.say
    say(found.left.about.scenario.title)
    for label, side in zip(LABELS, (found.left, found.right), strict=True):
        _side(console, label, side)
    if not found.same_version:
        say(VERSIONS)
    say()
    say(common_words(found))
    for pair in found.pairs:
        say()
        say(pair_words(pair))
        if pair.same and pair.left:
            _step(console, "both", pair.left)
            continue
        for label, step in zip(LABELS, (pair.left, pair.right), strict=True):
            _step(console, label, step)
    if found.lessons:
        say()
        say("By lesson")
        for title, one, other in found.lessons:
            say(f"{title}: A {lesson_words(one)}; B {lesson_words(other)}", "- ")


def _side(console: Console, label: str, side: Side) -> None:
    lines = side_words(side)
    console.say(f"{lines[0]} ({side.row.name})", f"{label}  ")
    score = side.about.score
    for line in [*lines[1:], f"{outcome_words(score.outcome)}. {verdict(score)}"]:
        console.say(line, "   ")


def _step(console: Console, label: str, step: Step | None) -> None:
    if step is None:
        console.say("(it was over)", f"  {label}  ")
        return
    turn = step.turn
    console.say(f"{turn.speaker}: {turn.heard}", f"  {label}  ")
    console.say(f"You: {turn.said or '(nothing)'}", "     ")
    console.say(cost_words(step), "     ")
    if turn.end:
        console.say(turn.answer, "     ")
