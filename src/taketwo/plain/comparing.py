"""Two takes one under the other, line by line."""

from collections.abc import Sequence

from taketwo.aside import people
from taketwo.comparing import Comparison, Side, Step
from taketwo.plain.console import Console
from taketwo.telling import (
    SIDES,
    VERSIONS,
    common_words,
    cost_words,
    costs_words,
    decided_words,
    lesson_words,
    pair_words,
    same_line,
    side_words,
)
from taketwo.wording import outcome_words, verdict


def show_comparison(console: Console, found: Comparison) -> None:
    """All of it: which takes, how they begin, each decision from where they part, lessons and outcome."""
    say = console.say
    say(found.left.about.scenario.title)
    for label, side in zip(SIDES, (found.left, found.right), strict=True):
        _side(console, label, side)
    if not found.same_version:
        say(VERSIONS)
    say()
    say(common_words(found))
    for pair in found.pairs:
        say()
        say(pair_words(pair))
        heard = pair.left if same_line(pair) or pair.same else None
        if heard:
            say(f"{heard.turn.speaker}: {heard.turn.heard}", "     ")
        for words in decided_words(pair, found):
            say(words, "     ")
        sides = ((SIDES[0], pair.left, found.left), (SIDES[1], pair.right, found.right))
        for label, step, side in sides[:1] if pair.same else sides:
            if step:
                costs = costs_words(pair) if pair.same else [cost_words(step)]
                who = people(side.about.started).name(step.turn.by)
                _step(console, "" if pair.same else label, step, costs, who, heard=heard is None)
    if found.lessons:
        say()
        say("By lesson")
        for title, one, other in found.lessons:
            say(f"{title}: A {lesson_words(one)}; B {lesson_words(other)}", "- ")


def _side(console: Console, label: str, side: Side) -> None:
    lines = side_words(side)
    console.say(f"{lines[0]} ({side.row.name})", f"{label}  ")
    score = side.about.score
    ended = f"{outcome_words(score.outcome)}. " if score.outcome else ""
    for line in [*lines[1:], ended + verdict(score)]:
        console.say(line, "   ")


def _step(console: Console, label: str, step: Step, costs: Sequence[str], who: str, *, heard: bool) -> None:
    turn, lead = step.turn, f"  {label:<3}"
    if heard:
        console.say(f"{turn.speaker}: {turn.heard}", lead)
        lead = " " * len(lead)
    console.say(f"{who}: {turn.said or '(nothing)'}", lead)
    for cost in costs:
        console.say(cost, "     ")
    if turn.end:
        console.say(turn.answer, "     ")
