"""A scenario that is read again whenever its file is saved, and a take that goes on in the new version.

Such a take is a trial: it has no journal, because what was said in one version proves nothing about another.
"""

import time
from dataclasses import dataclass
from pathlib import Path

from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.findings import Finding, ScenarioError
from taketwo.scenario.library import Library, around, lessons_for
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes, read_draft
from taketwo.session import Refused, Session
from taketwo.take.commands import Command, Pause, Remark, Say, Start, StaySilent
from taketwo.take.events import AnyEvent, Moved, Remarked, Replied, Silent
from taketwo.take.machine import Machine, Position, bits_of, machine, names_of

POLL = 0.5
"""seconds between two looks at the file while nothing else happens"""
TRIAL = "This is a trial of a file that is being written: the take is not kept."
_SETTLED = 2_000_000_000
"""ns after which a change would show in the time of a file; before, its bytes are looked at"""
_Stamp = tuple[int, int, int]


class Watched:
    """A scenario file, and what it held when it was last looked at."""

    def __init__(self, path: Path, library: Library) -> None:
        self.path = path
        self._library = library
        self._stamp: _Stamp | None = None
        self._data = b""

    def load(self) -> Scenario:
        """The scenario as it is now. Raises ScenarioError."""
        found = self.changed()
        if isinstance(found, Scenario):
            return found
        raise ScenarioError(found or read_draft(self.path, {}).findings())

    def changed(self) -> Scenario | list[Finding] | None:
        """The scenario if the file has been saved since the last look, what is wrong with it, or None.

        A file that is gone or empty is just being written: editors save so. What it held before goes on.
        """
        try:
            about = self.path.stat()
            stamp = (about.st_mtime_ns, about.st_size, about.st_ino)
            if stamp == self._stamp and time.time_ns() - about.st_mtime_ns > _SETTLED:
                return None
            data = read_file(self.path, LIMITS.bytes)
        except FileNotFoundError:
            return None
        except (Unreadable, OSError, ValueError):
            data = b""
            if self._stamp != (stamp := (0, 0, 0)):
                self._stamp, self._data = stamp, data
                return read_draft(self.path, {}).findings()
            return None
        self._stamp = stamp
        if data == self._data or not data.strip():
            return None
        self._data = data
        return self._read(data)

    def _read(self, data: bytes) -> Scenario | list[Finding]:
        try:
            rows = lessons_for(self.path, self._library)
        except ScenarioError as error:
            return error.findings
        found = draft_from_bytes(data, str(self.path), rows, stem=self.path.stem, around=around(self.path))
        return found.scenario if found.scenario and found.playable else found.findings()


@dataclass(frozen=True, slots=True)
class News:
    """What became of a take when its file was saved."""

    session: Session
    """the take to go on with: a new one, or the same where the file cannot be played"""
    message: str
    findings: tuple[Finding, ...] = ()


def trial(scenario: Scenario, start: Start) -> Session:
    """A take that is not kept, begun. Raises Refused where nothing can be said at the start."""
    session = Session(scenario)
    session.unsaved = TRIAL
    session.do(start)
    return session


def look(watched: Watched, session: Session) -> News | None:
    """What the file says now, and the take to go on with; None where it has not been saved."""
    found = watched.changed()
    if found is None:
        return None
    if isinstance(found, Scenario):
        return News(*carry_over(session, found))
    message = "The file was saved, and cannot be played as it is. You go on with the version before."
    return News(session, message, tuple(found))


def carry_over(session: Session, scenario: Scenario) -> tuple[Session, str]:
    """The take of `session` in another version of its scenario, and a sentence that says what became of it.

    What was said is said again in the new version. Where that does not lead to the same node, the take goes on at
    the node with its meters and flags as they were, without what was said before; where the node is gone, or a
    meter cannot stand where it stood, it starts over.
    """
    old = session.machine
    if scenario == session.scenario:
        return session, "Read again: what is played has not changed."
    new = machine(scenario)
    begun = _begun(session)
    try:
        here = _place(old, session.state.position, new)
        if isinstance(here, Position) and (same := _said_again(session, scenario, here.node)):
            stand = (
                ""
                if same.state.position[1:] == here[1:]
                else " Meters and flags are as the new version has them."
            )
            return same, f"Read again: you are where you were.{stand}"
        if isinstance(here, Position):
            moved = _paused(trial(scenario, _at(begun, here)), session)
            lost = (
                ", though no longer by the way you came: what was said before is gone"
                if _spoken(session)
                else ""
            )
            return moved, f"Read again: you are where you were{lost}."
        return trial(scenario, _at(begun, None)), f"Read again, and started over: {here}."
    except Refused:
        return session, "Read again, but nothing can be said at its start. You go on with the version before."


def _begun(session: Session) -> Start:
    first = session.started
    return Start(first.learner, first.seed, first.mode, first.pace, parent=first.parent)


def _at(start: Start, position: Position | None) -> Start:
    return Start(start.learner, start.seed, start.mode, start.pace, parent=start.parent, position=position)


def _spoken(session: Session) -> bool:
    return any(isinstance(event, Moved) for event in session.events)


def _place(old: Machine, position: Position, new: Machine) -> Position | str:
    """`position` in the new version, by names; a string says why there is no such place."""
    node = position.node
    if node not in new.scenario.nodes:
        return f"the node {node!r} is gone"
    before = old.meter_values(position)
    values = []
    for meter in new.scenario.meters.values():
        value = before.get(meter.id, meter.start)
        if not meter.low <= value <= meter.high:
            return f"the meter {meter.id!r} stood at {value}, and goes from {meter.low} to {meter.high} now"
        values.append(value)
    flags = [name for name in names_of(position.flags, old.flags) if name in new.flags]
    spent = [name for name in names_of(position.spent, old.spendable) if name in new.spendable]
    here = Position(node, tuple(values), bits_of(flags, new.flags), bits_of(spent, new.spendable))
    return here if new.knows(here) else f"at the node {node!r} nothing could be said any more"


def _said_again(session: Session, scenario: Scenario, node: str) -> Session | None:
    """The take played again in `scenario`; None where that does not lead to `node`."""
    first = session.started
    position = None
    if first.after != session.machine.start():
        place = _place(session.machine, first.after, machine(scenario))
        if isinstance(place, str):
            return None
        position = place
    try:
        again = trial(scenario, _at(_begun(session), position))
        numbers = {first.seq: again.state.seq}
        for event in _kept(session):
            command = _command(event, numbers)
            if command:
                numbers[event.seq] = again.do(command).seq
    except Refused:
        return None
    return _paused(again, session) if again.state.position.node == node and not again.state.over else None


def _kept(session: Session) -> list[AnyEvent]:
    """The events of the branch that counts."""
    trail = session.state.trail
    live = {step.seq for step in trail.back()} if trail else set()
    return [event for event in session.events if not isinstance(event, Moved) or event.seq in live]


def _command(event: AnyEvent, numbers: dict[int, int]) -> Command | None:
    """What makes `event` happen again; hints and pauses do not."""
    if isinstance(event, Replied):
        return Say(event.reply)
    if isinstance(event, Silent):
        return StaySilent()
    if isinstance(event, Remarked):
        return Remark(event.topic, event.text, numbers.get(event.about, 0), event.value)
    return None


def _paused(session: Session, like: Session) -> Session:
    if like.state.status == "paused":
        session.do(Pause(leaving=True))
    return session
