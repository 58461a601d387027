"""State after an event. Needs no scenario: events carry results."""

from dataclasses import replace

from taketwo.take.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Handed,
    Moved,
    Paused,
    Resumed,
    Rewound,
    Started,
    Steered,
)
from taketwo.take.state import NEW, State, Status, Trail


def evolve(state: State, event: AnyEvent) -> State:
    """`state` with `event` taken in; hints, remarks and ratings change only the count."""
    if isinstance(event, Moved):
        trail = state.trail
        status = _standing(event)
        return State(
            status,
            event.after,
            state.mode,
            state.seed,
            state.pace,
            state.learner,
            event.seq,
            event.ms,
            state.wheel,
            Trail(event.seq, state.position, trail, trail.depth + 1 if trail else 1),
        )
    if isinstance(event, Started):
        return State(
            "playing", event.after, event.mode, event.seed, event.pace, event.learner, event.seq, event.ms
        )
    if isinstance(event, Rewound):
        trail = state.trail
        while trail and trail.seq >= event.back_to:
            trail = trail.before
        return replace(state, status="playing", position=event.after, seq=event.seq, ms=event.ms, trail=trail)
    if isinstance(event, Steered):
        return replace(state, status=_standing(event), position=event.after, seq=event.seq, ms=event.ms)
    if isinstance(event, Handed):
        return replace(state, wheel=event.wheel, seq=event.seq, ms=max(event.ms, state.ms))
    status = state.status
    if isinstance(event, Paused):
        status = "paused"
    elif isinstance(event, Resumed):
        status = "playing"
    elif isinstance(event, Abandoned):
        status = "abandoned"
    return replace(state, status=status, seq=event.seq, ms=max(event.ms, state.ms))


def _standing(event: Answered) -> Status:
    return "playing" if not event.end else "stuck" if event.end == "stuck" else "ended"


def replay(events: tuple[AnyEvent, ...] | list[AnyEvent]) -> State:
    """The state after all of `events`."""
    state = NEW
    for event in events:
        state = evolve(state, event)
    return state
