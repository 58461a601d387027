"""Who may see what. The trainer's log holds everything; a learner's copy is that log, less what is not for them.

Until the take is over a learner's copy holds no points but those of their own replies (in a coached take), no moods and
nothing of the scenario; what is for the trainer alone is `Sealed`: the same number, no content. Afterwards it is
replaced by the whole take, with the seals that are still on.
"""

from collections.abc import Iterable
from dataclasses import replace

from taketwo.take.events import (
    AnyEvent,
    Heard,
    Legend,
    Mode,
    Moved,
    Rated,
    Remarked,
    Replied,
    Sealed,
    Started,
)
from taketwo.take.machine import Offer, Position

NOTHING = Legend((), (), (), ())


def may_see(event: AnyEvent, seat: str) -> bool:
    """Whether `event` is for the seat: addressed to it or to all, or its own."""
    if event.to in ("all", seat) or event.by == seat:
        return True
    return event.to == "learner" and seat.startswith("observer:")  # whispers are what they learn from


def sealed(event: AnyEvent, seat: str) -> AnyEvent:
    """`event` as the seat may have it: itself, or its number and whose it is."""
    if may_see(event, seat):
        return event
    return Sealed(seq=event.seq, at=event.at, ms=event.ms, by=event.by, to=event.to, move=event.move)


def during(event: AnyEvent, seat: str, mode: Mode) -> AnyEvent:
    """`event` as the seat may have it before the take is over."""
    if seat == "trainer":
        return event
    event = sealed(event, seat)
    theirs = isinstance(event, Remarked) and event.topic == "observed" and event.by != seat
    if isinstance(event, Rated) or theirs:  # what was rated or observed meanwhile is told in the debrief
        return Sealed(seq=event.seq, at=event.at, ms=event.ms, by=event.by, to="trainer", move=event.move)
    if isinstance(event, Started):
        event = replace(event, legend=NOTHING, seed=0)
    if isinstance(event, Moved):
        event = replace(event, offered=tuple(Offer(offer.reply, ()) for offer in event.offered))
    if isinstance(event, Replied) and mode == "assessed":
        event = replace(event, points=(), critical="")
    if isinstance(event, Heard):
        event = replace(event, after=Position(event.after.node, ()))
    return event


def afterwards(events: Iterable[AnyEvent], seat: str) -> list[AnyEvent]:
    """The whole take as the seat may have it when it is over."""
    return [sealed(event, seat) for event in events]


def private(events: Iterable[AnyEvent]) -> list[Remarked]:
    """The trainer's private notes that have not been opened yet."""
    opened = {e.about for e in events if isinstance(e, Remarked) and e.topic == "opened"}
    return [
        event
        for event in events
        if isinstance(event, Remarked) and event.to == "trainer" and event.seq not in opened
    ]
