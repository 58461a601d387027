"""A take that is over, on the learner's side: checked, and gone on with by what is remarked."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from taketwo.pairing.protocol import Malformed
from taketwo.scenario.limits import LARGE
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes
from taketwo.session import Session
from taketwo.take.commands import Command, Remark
from taketwo.take.decide import Refused
from taketwo.take.events import AnyEvent, Heard, Remarked, Sealed, Started
from taketwo.take.evolve import evolve
from taketwo.take.machine import machine
from taketwo.transcript.journal import Journal, NotSaved
from taketwo.transcript.reading import TakeFile, Unreadable, parse_take

if TYPE_CHECKING:
    from taketwo.pairing.guest import Guest


class Whole(NamedTuple):
    """A take and its scenario, with the bytes of both files."""

    take: TakeFile
    scenario: Scenario
    journal: bytes
    scene: bytes


def whole_take(data: str, path: Path, copy: Sequence[AnyEvent]) -> Whole:
    """What the host sent when the take was over, as the file `path`. Raises Malformed where it is not what `copy` began."""
    try:
        table = json.loads(data)
        journal, scene = str(table["journal"]).encode(), str(table["scenario"]).encode()
        take = parse_take(journal, path)
        scenario = _scenario(scene, take)
    except (ValueError, KeyError, TypeError, RecursionError, Unreadable) as error:
        raise Malformed(f"the whole take: {type(error).__name__}") from None
    if take.damage or take.header.id != path.stem or not _same_take(copy, take.events):
        raise Malformed("the whole take is not the one that was played")
    return Whole(take, scenario, journal, scene)


def _scenario(data: bytes, take: TakeFile) -> Scenario:
    if len(data) > LARGE.bytes or sha256(data).hexdigest() != take.started.sha256:
        raise Unreadable("it is not the scenario of this take")
    draft = draft_from_bytes(data, "the scenario", {}, LARGE)
    if draft.scenario is None or not draft.playable:
        raise Unreadable("it is no scenario that this version can read")
    scene = draft.scenario
    m, legend = machine(scene), take.legend
    known = (m.meters, m.flags, m.spendable) == (legend.meters, legend.flags, legend.spendable)
    heard = (event.after.node for event in take.events if isinstance(event, Heard))
    if not known or not all(node in scene.nodes or node in scene.endings for node in heard):
        raise Unreadable("it is not the scenario of this take")
    return scene


def _same_take(copy: Sequence[AnyEvent], whole: tuple[AnyEvent, ...]) -> bool:
    """Whether what was written here is the beginning of the whole take: event by event of one number, kind and time."""
    if len(copy) > len(whole):
        return False
    for mine, theirs in zip(copy, whole, strict=False):
        same = type(mine) is type(theirs) or isinstance(mine, Sealed)
        if (mine.seq, mine.ms) != (theirs.seq, theirs.ms) or not same:
            return False
    return isinstance(whole[0], Started)


class Seat(Session):
    """A take that is over, on the learner's side: what is remarked goes to the host first, and comes back as an event."""

    def __init__(
        self, guest: "Guest", scenario: Scenario, events: Iterable[AnyEvent], journal: Journal | None
    ) -> None:
        super().__init__(scenario, events, journal=journal)
        self._guest = guest
        self._ahead: list[AnyEvent] = []
        """what was asked for and is not confirmed: shown at once, never written"""

    def do(self, command: Command, by: str = "", to: str = "all", move: str = "") -> AnyEvent:
        """Ask the host. The event that it will likely be; only remarks are possible here. Raises Refused."""
        if not isinstance(command, Remark):
            raise Refused("The take is over; only notes can be added.")
        id = self._guest.do("remark", command.topic, command.text, command.about, command.value)
        event = Remarked(
            seq=self.state.seq + len(self._ahead) + 1,
            at=self._clock.wall(),
            ms=self.state.ms,
            move=id,
            topic=command.topic,
            text=command.text,
            about=command.about,
            value=command.value,
        )
        self._ahead.append(event)
        self.events.append(event)
        return event

    def close(self) -> None:
        """Nothing: as long as the session goes on, the trainer can remark on the take; the guest lets go of the file."""

    def told(self, event: AnyEvent) -> None:
        """The host has written an event down: now it counts here too."""
        if self._ahead:
            del self.events[-len(self._ahead) :]
        self._ahead = [each for each in self._ahead if each.move != event.move]
        if self.journal and not self.unsaved:
            try:
                self.journal.append(event)
            except NotSaved as error:
                self.unsaved = str(error)
        self.state = evolve(self.state, event)
        self.events += [event, *self._ahead]
        for listener in self.listeners:
            listener(event)
