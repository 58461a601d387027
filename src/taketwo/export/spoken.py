"""A take as lines to read, each with the moment at which it is said: the transcript of the plain way, and of recordings."""

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Moved, Started
from taketwo.wording import MARKS, clock, review_words, turn_feedback

NO_REVIEW: Mapping[int, Reviewed] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Spoken:
    """A paragraph, when it is said in ms of playing time, and what stands before its first line."""

    ms: int
    text: str
    indent: str = ""
    typed: bool = False
    """said by the learner, who needed time for it"""


def spoken(
    events: Sequence[AnyEvent], scenario: Scenario | None, reviews: Mapping[int, Reviewed] = NO_REVIEW
) -> Iterator[Spoken]:
    """A take to read: who said what, with what it did where the scenario is known, and the review where solved."""
    start = events[0]
    if not isinstance(start, Started):
        return
    yield Spoken(0, f"{start.title}, {start.learner}, {start.at or 'no date'}, {start.mode}")
    yield Spoken(0, f"{start.who or start.customer}: {start.says}")
    if scenario is None:
        for event in events[1:]:
            if isinstance(event, Moved):
                yield Spoken(event.ms, f"You: {getattr(event, 'said', '') or '(nothing)'}", typed=True)
                yield Spoken(event.ms, f"{'End' if event.end else event.who or start.customer}: {event.says}")
        return
    done = turns(events, scenario, undone=True)
    numbers = {turn.seq: turn.number for turn in done}
    for turn in done:
        yield from _turn(turn, scenario, reviews.get(turn.seq), numbers)


def _turn(turn: Turn, scenario: Scenario, row: Reviewed | None, numbers: dict[int, int]) -> Iterator[Spoken]:
    later = " (taken back later)" if turn.undone else ""
    yield Spoken(turn.ms, f"[{clock(turn.ms)}] You: {turn.said or '(nothing)'}{later}", typed=True)
    if turn.own_words:
        yield Spoken(turn.ms, f"In your own words: {turn.own_words}", "     ")
    for line in reviewed(row, numbers):
        yield Spoken(turn.ms, *line)
    for text in turn_feedback(turn, scenario):
        yield Spoken(turn.ms, text, "     | ")
    yield Spoken(turn.ms, f"{turn.answerer}: {turn.answer}" if not turn.end else turn.answer)


def reviewed(row: Reviewed | None, numbers: dict[int, int]) -> Iterator[tuple[str, str]]:
    """What the solved scenario says about a decision: text and what stands before it, a line each."""
    if row:
        for line in review_words(row, numbers):
            yield line, f"     {MARKS[row.mark][0]} "


def fitted(text: str, indent: str, width: int) -> Iterator[str]:
    """The lines of a paragraph on a terminal of `width` columns; lines after the first go under the first's text. 0 wraps nothing."""
    hang = " " * len(indent)
    for line in text.split("\n"):
        if width > 20 and len(indent + line) >= width:
            filled = textwrap.fill(line, width - 1, initial_indent=indent, subsequent_indent=hang)
            yield from filled.split("\n")
        else:
            yield indent + line
        indent = hang
