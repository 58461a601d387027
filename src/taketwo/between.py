"""A take by its events alone: each decision with what lay before it, what was said aside, and whose hand was where.

Nothing here knows a scenario, so it also serves where that is gone. Every pass over a take is one.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from taketwo.score import live
from taketwo.take.events import (
    Answered,
    AnyEvent,
    Handed,
    Hinted,
    Moved,
    Remarked,
    Replied,
    Rewound,
    Silent,
    Started,
    Steered,
    Topic,
)
from taketwo.take.machine import Position

ASIDES: frozenset[Topic] = frozenset(("whisper", "barge", "help", "watched", "goal", "opened", "observed"))
"""remarks that are part of a conversation of two people; a private note is not"""


def is_aside(event: AnyEvent) -> bool:
    """Whether it was said or done between the decisions, by somebody, to somebody."""
    return isinstance(event, Steered | Handed) or (isinstance(event, Remarked) and event.topic in ASIDES)


def players(events: Iterable[AnyEvent]) -> dict[int, str]:
    """Who played the customer, a seat, by the seq of each event that was steered.

    Where that is not written, the learner does where a take begins with handing the conversation to the trainer, until it is handed on.
    """
    found: dict[int, str] = {}
    swapped = False
    for event in events:
        if isinstance(event, Handed):
            swapped = swaps(event)
        elif isinstance(event, Answered) and event.steered:
            by = event.by if isinstance(event, Steered) else "learner" if swapped else "trainer"
            found[event.seq] = event.player or by
    return found


def swaps(event: Handed) -> bool:
    """Whether it is no takeover: roles are changed from the start, and the learner plays the customer."""
    return event.seq == 2 and event.wheel == "trainer"


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision, and what lay before it."""

    event: Replied | Silent
    number: int
    """counted on the branch of its moment"""
    here: Position
    heard: tuple[str, str]
    """who said what the decision answers, and what that is; who is empty for the customer"""
    first: tuple[str, str]
    """the same of what was heard first since the decision before; unlike `heard` where somebody went on as the customer"""
    since: tuple[AnyEvent, ...]
    """what was said aside since the decision before, and what the customer went on with"""
    hints: tuple[str, ...]
    own_words: str
    came: int
    """when the customer had spoken, in ms of playing time"""
    undone: bool
    player: str
    """the seat that played the customer where the answer was steered"""


def decisions(events: Sequence[AnyEvent], *, undone: bool = False) -> Iterator[Decision]:
    """The decisions of a take in order; those that were taken back only where `undone` asks for them."""
    kept = _kept(events)
    steerers = players(events)
    here, words, came = Position("", ()), "", 0
    heard = first = ("", "")
    since: list[AnyEvent] = []
    hints: list[str] = []
    trail: list[int] = []
    for event in events:
        if isinstance(event, Started):
            here, heard = event.after, (event.who, event.says)
            first = heard
        elif isinstance(event, Rewound):
            here, heard, came, words = event.after, (event.who, event.says), event.ms, ""
            first = heard if undone else first
            hints.clear()
            while trail and trail[-1] >= event.back_to:
                trail.pop()
        elif isinstance(event, Hinted):
            hints.append(event.lesson)
        elif isinstance(event, Replied | Silent):
            trail.append(event.seq)
            gone = event.seq not in kept
            if undone or not gone:
                yield Decision(
                    event, len(trail), here, heard, first if since else heard, tuple(since), tuple(hints), words,
                    came, gone, steerers.get(event.seq, ""),
                )  # fmt: skip
                since.clear()
                first = (event.who, event.says)
            here, heard, came, words = event.after, (event.who, event.says), event.ms, ""
            hints.clear()
        elif isinstance(event, Remarked) and event.topic == "own-words":
            words = event.text
        elif is_aside(event):
            if isinstance(event, Steered):
                here, heard, came = event.after, (event.who, event.says), event.ms
            if undone or not isinstance(event, Steered) or event.seq in kept:
                since.append(event)


def closing(events: Sequence[AnyEvent], *, undone: bool = False) -> tuple[AnyEvent, ...]:
    """What was said aside after the last decision, and what the customer went on with; the last of the branch that
    counts, unless `undone`."""
    kept: set[int] | None = None  # all of them, for as long as nothing was taken back
    found: list[AnyEvent] = []
    for event in reversed(events):
        if isinstance(event, Rewound) and not undone and kept is None:
            kept = _kept(events)
        if isinstance(event, Answered) and kept is not None and event.seq not in kept:
            continue
        if isinstance(event, Moved):
            break
        if is_aside(event):
            found.append(event)
    return tuple(reversed(found))


def _kept(events: Iterable[AnyEvent]) -> set[int]:
    return {event.seq for event in live(events) if isinstance(event, Answered)}


@dataclass(frozen=True, slots=True)
class Hands:
    """Whose hand was where, on the branch that counts."""

    steered: tuple[tuple[str, int], ...] = ()
    """the seats that played the customer in place of the scenario, and how often"""
    theirs: tuple[int, ...] = ()
    """numbers of the decisions that were not the learner's"""
    pressed: tuple[int, ...] = ()
    """numbers of the learner's decisions for which the trainer chose the reply that fits what was said aloud"""
    swapped: bool = False
    """the learner played the customer throughout"""


def hands(events: Sequence[AnyEvent]) -> Hands:
    """Whose hand was where."""
    if not any(
        event.by != "learner" or getattr(event, "steered", ()) or getattr(event, "pressed", "")
        for event in events
    ):
        return Hands()
    kept, steerers = _kept(events), players(events)
    steered = Counter(seat for seq, seat in steerers.items() if seq in kept)
    theirs, pressed, own = list[int](), list[int](), 0
    for each in decisions(events):
        if each.event.by != "learner":
            theirs.append(each.number)
            continue
        own += 1
        if isinstance(each.event, Replied) and each.event.pressed:
            pressed.append(each.number)
    second = events[1] if len(events) > 1 else None
    swapped = isinstance(second, Handed) and swaps(second) and not own
    return Hands(tuple(steered.items()), tuple(theirs), tuple(pressed), swapped)
