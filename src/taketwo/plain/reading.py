"""Takes to read: a transcript, a replay step by step, the Hollywood cut."""

from collections.abc import Mapping, Sequence

from taketwo.analysis.background import solving
from taketwo.debrief import turns
from taketwo.export.spoken import NO_REVIEW, reviewed, spoken
from taketwo.plain.console import Console, Left
from taketwo.review import Reviewed, review
from taketwo.scenario.model import Scenario
from taketwo.session import hollywood_take
from taketwo.take.events import AnyEvent, Started
from taketwo.text import clean_line
from taketwo.wording import (
    count,
    hollywood_words,
    turn_feedback,
)


def show_review(console: Console, row: Reviewed | None, numbers: dict[int, int]) -> None:
    """What the solved scenario says about a decision, a line each."""
    for text, before in reviewed(row, numbers):
        console.say(text, before)


def transcript(
    console: Console,
    events: Sequence[AnyEvent],
    scenario: Scenario | None,
    reviews: Mapping[int, Reviewed] = NO_REVIEW,
) -> None:
    """A take to read: who said what, with what it did where the scenario is known, and the review where solved."""
    for said in spoken(events, scenario, reviews):
        console.say(said.text, said.indent)


def hollywood(console: Console, scenario: Scenario) -> None:
    """The scene as films play it: expectation against reality."""
    take = hollywood_take(scenario)
    console.say(f"{scenario.title}: the Hollywood cut")
    console.say()
    console.say(f"{take.started.who or scenario.customer.name}: {take.started.says}")
    for turn in turns(take.events, scenario):
        console.say(f"You, as in the films: {turn.said}")
        for line in hollywood_words(turn, scenario):
            console.say(line, "  | ")
        console.say(f"{turn.answerer}: {turn.answer}" if not turn.end else turn.answer)


def replay(console: Console, events: Sequence[AnyEvent], scenario: Scenario) -> None:
    """Step through a take: Enter or n forward, b back, a number to that decision, q to stop."""
    done = turns(events, scenario)
    start = events[0]
    if not isinstance(start, Started) or not done:
        console.say("Nothing was said in this take.")
        return
    console.say(
        f"{clean_line(start.title)}: {count(len(done), 'decision')}. Enter goes forward, b back, a number jumps, q stops."
    )
    solution = solving(scenario).result()
    reviews = {row.seq: row for row in review(events, solution)} if solution else {}
    numbers = {turn.seq: turn.number for turn in done}
    at = 0
    while True:
        turn = done[at]
        console.say(f"{turn.speaker}: {turn.heard}", f"{turn.number:>3}. ")
        console.say(f"You: {turn.said or '(nothing)'}", "     ")
        show_review(console, reviews.get(turn.seq), numbers)
        for line in turn_feedback(turn, scenario):
            console.say(line, "     | ")
        if at == len(done) - 1:
            console.say(turn.answer)
        try:
            line = console.ask("> ") or ""
        except Left:
            return
        if line == "q":
            return
        if line == "b":
            at = max(0, at - 1)
        elif line.isascii() and line.isdigit():
            at = min(max(int(line[:6]), 1), len(done)) - 1
        elif at == len(done) - 1:
            console.say("That was the end. b goes back, q stops.")
            try:
                if (console.ask("> ") or "q") == "q":
                    return
            except Left:
                return
        else:
            at += 1
