"""The one driver of a take: it alone holds clock, journal and listeners.

For every command it does four things in this order: decide, write, evolve, tell. Solo and paired play, line by
line and full screen all run on it. `Take` is a session without a disk.
"""

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple, Protocol, Self

from taketwo.scenario.model import Ending, Node, Scenario
from taketwo.score import Score, score
from taketwo.take.commands import Command, Pause, Remark, Rewind, Say, Stamp, Start, StaySilent
from taketwo.take.decide import Refused, decide, filled
from taketwo.take.events import AnyEvent, Heard, Mode, Moved, Started
from taketwo.take.evolve import evolve
from taketwo.take.machine import Machine, Position, machine
from taketwo.take.state import NEW, State
from taketwo.text import clean_line
from taketwo.transcript.journal import Journal, NotSaved, TakeInUse
from taketwo.transcript.reading import TakeFile, Unreadable
from taketwo.transcript.shelf import Shelf

__all__ = ["Choice", "Refused", "Session", "Take", "begin", "from_here", "look_at", "take_up"]


class Clock(Protocol):
    """Where time comes from."""

    def wall(self) -> str:
        """Now, for show: ISO 8601 in UTC, to the millisecond."""

    def ms(self) -> int:
        """Milliseconds from some moment on; never falls."""


class SystemClock:
    """The machine's clocks."""

    def wall(self) -> str:
        return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")

    def ms(self) -> int:
        return time.monotonic_ns() // 1_000_000


class StillClock:
    """No time passes: for takes without a disk, which are then the same every time."""

    def wall(self) -> str:
        return ""

    def ms(self) -> int:
        return 0


class Sink(Protocol):
    """Where events are written before anybody sees them."""

    def append(self, event: AnyEvent) -> None:
        """Write `event` down for good. Raises NotSaved."""


class Choice(NamedTuple):
    """A reply on offer, as the learner sees it."""

    id: str
    text: str


class Session:
    """One take in progress, or one read back to go on with."""

    def __init__(
        self,
        scenario: Scenario,
        events: Iterable[AnyEvent] = (),
        *,
        journal: Sink | None = None,
        clock: Clock | None = None,
    ) -> None:
        self.scenario = scenario
        self.machine: Machine = machine(scenario)
        self.journal = journal
        self.seat = "learner"
        """who sits at this terminal, and does what is done without saying who does it"""
        self.unsaved = ""
        """why events since some point are only in memory; empty while all is on disk"""
        self.shelved = ""
        """the name on the shelf of a take that is only read here"""
        self.listeners: list[Callable[[AnyEvent], None]] = []
        self.events: list[AnyEvent] = []
        self.state: State = NEW
        self._clock = clock or SystemClock()
        for event in events:
            self.events.append(event)
            self.state = evolve(self.state, event)
        self._anchor = self._clock.ms() - self.state.ms

    def do(self, command: Command, by: str = "", to: str = "all", move: str = "") -> AnyEvent:
        """Decide, write, evolve, tell. `by` is the seat of this terminal unless said. Raises Refused, and then nothing has happened."""
        before = self.state
        event = decide(
            self.scenario, before, command, Stamp(self._clock.wall(), self.ms, by or self.seat, to, move)
        )
        if self.journal and not self.unsaved:
            try:
                self.journal.append(event)
            except NotSaved as error:
                self.unsaved = clean_line(str(error))
        self.state = evolve(before, event)
        self.events.append(event)
        if before.status != self.state.status:
            self._anchor = self._clock.ms() - self.state.ms
        for listener in self.listeners:
            listener(event)
        return event

    @property
    def ms(self) -> int:
        """Playing time so far, in ms; it stands still while the take is paused or over."""
        return self._clock.ms() - self._anchor if self.state.status in ("new", "playing") else self.state.ms

    def time_left(self) -> float | None:
        """Seconds until silence happens; None where no clock runs."""
        node = self.node
        if node is None or node.time_limit is None or not self.state.pace:
            return None
        came = next(e.ms for e in reversed(self.events) if isinstance(e, Heard))
        return max(0.0, node.time_limit * self.state.pace - (self.ms - came) / 1000)

    @property
    def name(self) -> str:
        """The name of the take on its shelf; empty where it has none."""
        return self.journal.name if isinstance(self.journal, Journal) else self.shelved

    @property
    def started(self) -> Started:
        """The first event. Raises Refused before the take has begun."""
        first = self.events[0] if self.events else None
        if not isinstance(first, Started):
            raise Refused("The take has not begun.")
        return first

    @property
    def node(self) -> Node | None:
        """The node that waits for an answer; None when the take is over."""
        return None if self.state.over else self.scenario.nodes.get(self.state.position.node)

    @property
    def says(self) -> str:
        """What the customer said last, or the ending's text."""
        return self._heard.says

    @property
    def speaker(self) -> str:
        """Who said that: the customer, unless the scene names another."""
        return self._heard.who or self.scenario.customer.name

    @property
    def _heard(self) -> Heard:
        return next(event for event in reversed(self.events) if isinstance(event, Heard))

    @property
    def replies(self) -> list[Choice]:
        """The replies on offer in the order shown; none when the take is over."""
        state = self.state
        if state.over:
            return []
        node, seed, learner = state.position.node, state.seed, state.learner
        compiled = self.machine
        return [
            Choice(move.reply.id, filled(compiled.words(move, node, seed), learner))
            for move in compiled.shown(state.position, seed)
        ]

    @property
    def meters(self) -> dict[str, int]:
        """The customer's meters by name."""
        return self.machine.meter_values(self.state.position)

    @property
    def ending(self) -> Ending | None:
        """The ending that was reached, if one was."""
        return self.scenario.endings.get(self.state.position.node) if self.state.status == "ended" else None

    @property
    def score(self) -> Score:
        """The score so far."""
        return score(self.events)

    # --- the commands that every way in gives

    def say(self, reply: str) -> AnyEvent:
        """Choose a reply. Raises Refused."""
        return self.do(Say(reply))

    def stay_silent(self) -> AnyEvent:
        """Say nothing. Raises Refused."""
        return self.do(StaySilent())

    def rewind(self, back_to: int = 0) -> AnyEvent:
        """Go back to before a decision, the last one unless said. Raises Refused."""
        return self.do(Rewind(back_to))

    def leave(self) -> None:
        """Keep the take for another day: stops the clock, if it runs."""
        if self.state.status == "playing":
            self.do(Pause(leaving=True))

    def close(self) -> None:
        """Let go of the file, so that others can go on with the take; nothing is written afterwards."""
        if isinstance(self.journal, Journal):
            self.journal.close()


class Take(Session):
    """A take without a disk and without time, for scripts and tests."""

    @classmethod
    def start(cls, scenario: Scenario, seed: int = 0, learner: str = "you", mode: Mode = "coached") -> Self:
        """A new take, begun."""
        take = cls(scenario, clock=StillClock())
        take.do(Start(learner=learner, seed=seed, mode=mode))
        return take

    def reply(self, id: str) -> AnyEvent:
        """Choose the reply `id`. Raises Refused."""
        return self.do(Say(id))


def hollywood_take(scenario: Scenario, learner: str = "") -> Take:
    """The Hollywood cut as a take: never on disk, never counted."""
    from taketwo.analysis.hollywood import hollywood

    take = Take.start(scenario, learner=learner or "you")
    for reply in hollywood(scenario):
        take.reply(reply)
    return take


def begin(shelf: Shelf, scenario: Scenario, start: Start, label: str = "") -> Session:
    """A new take, begun and on disk, with `label` on it where there is one; where it cannot be saved it goes on in memory, and `unsaved` says why.

    The take is marked as practised where a debrief has shown this learner better replies before.
    """
    record = shelf.record(scenario.id, start.learner)
    practised = bool(start.parent) or (record is not None and record.better_shown)
    try:
        sha256 = shelf.keep(scenario)
        session = Session(scenario, journal=shelf.new_journal(scenario.id, datetime.now(UTC)))
    except NotSaved as error:
        sha256, session = "", Session(scenario)
        session.unsaved = clean_line(str(error))
    session.do(replace(start, sha256=sha256, practised=practised))
    if label:
        session.do(Remark("label", label))
    return session


def from_here(session: Session, seq: int, start: Start) -> Start:
    """`start`, from before the decision `seq` of `session`: the new take remembers where it came from.

    It may be a decision that was taken back later. Raises Refused where there is no such decision.
    """
    here: Position | None = None
    for event in session.events:
        if event.seq == seq and isinstance(event, Moved) and here:
            return replace(
                start,
                seed=session.state.seed,
                parent=f"{session.name or 'unsaved'}#{seq}",
                position=here,
                follows=session.started.follows,
            )
        if isinstance(event, Heard):
            here = event.after
    raise Refused("There is no such decision in this take.")


def take_up(shelf: Shelf, name: str) -> Session:
    """A take from the shelf, to go on with. Raises UnknownTake, Unreadable, TakeInUse, NotSaved."""
    take, journal = shelf.reopen(name)
    try:
        return Session(shelf.kept(take.started.sha256), take.events, journal=journal)
    except Unreadable:
        journal.close()
        raise


def look_at(shelf: Shelf, name: str) -> Session:
    """A take from the shelf, to read and remark on; where it cannot be written, remarks stay in memory.

    Raises UnknownTake, Unreadable.
    """
    try:
        return take_up(shelf, name)
    except (TakeInUse, NotSaved, Unreadable) as error:
        take: TakeFile = shelf.read(name)
        session = Session(shelf.kept(take.started.sha256), take.events)
        session.unsaved = clean_line(str(error))
        session.shelved = take.name
        return session


def save_elsewhere(session: Session, folder: str) -> str:
    """Write a whole take into another folder, and go on there. Raises NotSaved. Returns where."""
    shelf = Shelf(Path(folder).expanduser().absolute())
    shelf.keep(session.scenario)
    journal = shelf.save_again(session.events, session.scenario.id, datetime.now(UTC))
    session.journal, session.unsaved = journal, ""
    return str(journal.path)
