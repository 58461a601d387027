"""A take as lines to read, each with the moment at which it is said: the transcript of the plain way, and of recordings."""

import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from taketwo.aside import People, asides, change_of_chances, people, steered_words, swayed_words, whose_words
from taketwo.between import closing, decisions
from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed, Steering
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Heard, Replied, Started
from taketwo.wording import MARKS, STEERED, clock, review_words, turn_feedback

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
    events: Sequence[AnyEvent],
    scenario: Scenario | None,
    reviews: Mapping[int, Reviewed] = NO_REVIEW,
    steered: Sequence[Steering] = (),
) -> Iterator[Spoken]:
    """A take to read: who said what to whom, with what it did where the scenario is known, and the review where solved."""
    start = events[0]
    if not isinstance(start, Started):
        return
    who, heard = people(start), start.says
    coach = f" with {who.called('trainer')}" if start.trainer else ""
    yield Spoken(0, f"{start.title}, {start.learner}{coach}, {start.at or 'no date'}, {start.mode}")
    yield Spoken(0, f"{start.who or start.customer}: {start.says}")
    made = {each.seq: change_of_chances(each, who) for each in steered}
    if scenario is None:
        for each in decisions(events, undone=True):
            yield from _aside(each.since, who, heard, made)
            event, heard = each.event, each.event.says
            said = event.said if isinstance(event, Replied) else ""
            yield Spoken(event.ms, f"{who.name(event.by)}: {said or '(nothing)'}", typed=True)
            if event.steered:
                yield Spoken(event.ms, f"({steered_words(event.steered, each.player, who)})", "     ")
            yield Spoken(event.ms, f"{'End' if event.end else event.who or start.customer}: {event.says}")
    else:
        done = turns(events, scenario, undone=True)
        numbers = {turn.seq: turn.number for turn in done}
        for turn in done:
            yield from _aside(turn.since, who, heard, made)
            yield from _turn(turn, scenario, who, reviews.get(turn.seq), numbers, made.get(turn.seq, ""))
            heard = turn.answer
    yield from _aside(closing(events, undone=True), who, heard, made)


def _aside(events: Iterable[AnyEvent], who: People, heard: str, made: Mapping[int, str]) -> Iterator[Spoken]:
    """What was said or done between the decisions."""
    for event in events:
        for each in asides([event], who, heard):
            yield Spoken(each.ms, f"({each.words})" if each.kind == "happening" else each.words)
        if words := made.get(event.seq):
            yield Spoken(event.ms, words, f"     {STEERED[0]} ")
        heard = event.says if isinstance(event, Heard) else heard


def _turn(
    turn: Turn, scenario: Scenario, who: People, row: Reviewed | None, numbers: dict[int, int], made: str
) -> Iterator[Spoken]:
    later = " (taken back later)" if turn.undone else ""
    said = f"{who.name(turn.by)}: {turn.said or '(nothing)'}"
    yield Spoken(turn.ms, f"[{clock(turn.ms)}] {said}{later}", typed=True)
    if turn.own_words:
        yield Spoken(turn.ms, f"In your own words: {turn.own_words}", "     ")
    for line in reviewed(row, numbers):
        yield Spoken(turn.ms, *line)
    for text in (*whose_words(turn, who), *turn_feedback(turn, scenario), *swayed_words(turn, who)):
        yield Spoken(turn.ms, text, "     | ")
    if made:
        yield Spoken(turn.ms, made, f"     {STEERED[0]} ")
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
