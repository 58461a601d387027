"""Takes to read: a transcript, the Hollywood cut."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from taketwo.debrief import turns
from taketwo.plain.console import Console
from taketwo.review import Reviewed
from taketwo.scenario.model import Scenario
from taketwo.session import hollywood_take
from taketwo.take.events import AnyEvent, Moved, Started
from taketwo.wording import (
    MARKS,
    clock,
    hollywood_words,
    review_words,
    turn_feedback,
)


def show_review(console: Console, row: Reviewed | None, numbers: dict[int, int]) -> None:
    """What the solved scenario says about a decision, a line each."""
    if row:
        for line in review_words(row, numbers):
            console.say(line, f"     {MARKS[row.mark][0]} ")


def transcript(
    console: Console,
    events: Sequence[AnyEvent],
    scenario: Scenario | None,
    reviews: Mapping[int, Reviewed] = MappingProxyType({}),
) -> None:
    """A take to read: who said what, with what it did where the scenario is known, and the review where solved."""
    start = events[0]
    if not isinstance(start, Started):
        return
    console.say(f"{start.title}, {start.learner}, {start.at or 'no date'}, {start.mode}")
    console.say(f"{start.who or start.customer}: {start.says}")
    if scenario is None:
        for event in events[1:]:
            if isinstance(event, Moved):
                console.say(f"You: {getattr(event, 'said', '') or '(nothing)'}")
                console.say(f"{'End' if event.end else event.who or start.customer}: {event.says}")
        return
    done = turns(events, scenario, undone=True)
    numbers = {turn.seq: turn.number for turn in done}
    for turn in done:
        console.say(
            f"[{clock(turn.ms)}] You: {turn.said or '(nothing)'}"
            + (" (taken back later)" if turn.undone else "")
        )
        if turn.own_words:
            console.say(f"In your own words: {turn.own_words}", "     ")
        show_review(console, reviews.get(turn.seq), numbers)
        for line in turn_feedback(turn, scenario):
            console.say(line, "     | ")
        console.say(f"{turn.answerer}: {turn.answer}" if not turn.end else turn.answer)


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
