"""A take made ready to leave the house: what the reader may not see is blank, and names are gone where asked."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path

from taketwo.analysis.background import solving
from taketwo.debrief import Debrief, debrief
from taketwo.export.names import Names
from taketwo.review import Reviewed, Steering
from taketwo.scenario.dump import dump
from taketwo.scenario.limits import LARGE
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes
from taketwo.take.events import AnyEvent, Sealed, Started
from taketwo.transcript.reading import TakeFile, Unreadable, read_take
from taketwo.transcript.rows import TakeRow, row_of
from taketwo.transcript.shelf import Shelf

READERS = ("all", "learner")
"""Whom an event is for, where an export may show it: never what is for the trainer alone."""


@dataclass(frozen=True)
class Taken:
    """A take to export."""

    take: TakeFile
    scenario: Scenario | None
    """as it was, or None where it is not kept any more"""
    kept: bytes
    """the file of that scenario; empty where there is none"""
    sealed: tuple[int, ...] = ()
    """events that were blanked, as they are not for the reader"""
    anonymous: bool = False
    notes: tuple[str, ...] = ()
    """what a person should know: that the take is damaged, that its scenario is not there"""

    @property
    def name(self) -> str:
        """The name of the take."""
        return self.take.name

    @property
    def events(self) -> tuple[AnyEvent, ...]:
        """Its events."""
        return self.take.events

    @property
    def started(self) -> Started:
        """The first event."""
        return self.take.started

    @cached_property
    def row(self) -> TakeRow:
        """What a list says about it."""
        return row_of(self.take)

    @cached_property
    def about(self) -> Debrief | None:
        """Its debrief, solved; None without its scenario."""
        if self.scenario is None:
            return None
        return debrief(self.events, self.scenario, solving(self.scenario).result())

    @property
    def review(self) -> dict[int, Reviewed]:
        """Its review by the seq of the decision; empty where the scenario is not there, or not solved."""
        return self.about.review if self.about else {}

    @property
    def steering(self) -> list[Steering]:
        """What somebody who played the customer made of the chances; empty where the review is."""
        return self.about.steering if self.about else []

    @property
    def unsound(self) -> bool:
        """Whether a part of the file could not be read."""
        return self.take.damage is not None


def taken(shelf: Shelf, path: Path, *, anonymous: bool = False) -> Taken:
    """The take in the file `path`. Raises Unreadable."""
    take = read_take(path)
    notes = [f"Exported as far as it is sound. {take.damage.message}"] if take.damage else []
    events, sealed = unsealed(take.events)
    take = replace(take, events=events)
    scenario: Scenario | None = None
    try:
        scenario, kept = shelf.kept(take.started.sha256), shelf.kept_bytes(take.started.sha256)
    except Unreadable as error:
        kept = b""
        notes.append(f"Without its scenario, so without what each reply did. {_bare(error)}")
    if anonymous:
        take, scenario, kept = _anonymous(take, scenario, kept)
        if scenario is None and not notes:
            notes.append("Without its scenario, which does not hold together without the learner's name.")
    return Taken(take, scenario, kept, sealed, anonymous, tuple(notes))


def _bare(error: Unreadable) -> str:
    """The message without the path before it, which is nobody's business elsewhere."""
    return str(error).partition(".toml: ")[2] or str(error)


def unsealed(events: Iterable[AnyEvent]) -> tuple[tuple[AnyEvent, ...], tuple[int, ...]]:
    """The events, with a blank in place of each that is for other readers, and the seqs of those.

    A blank keeps the numbers of the events without a gap, and says nothing, not even when.
    """
    shown: list[AnyEvent] = []
    sealed = []
    for event in events:
        if event.to not in READERS and not isinstance(event, Started):
            sealed.append(event.seq)
            event = Sealed(seq=event.seq, at="", ms=shown[-1].ms, by=event.by, to=event.to)
        shown.append(event)
    return tuple(shown), tuple(sealed)


def _anonymous(
    take: TakeFile, scenario: Scenario | None, kept: bytes
) -> tuple[TakeFile, Scenario | None, bytes]:
    names = Names.of(take.events)
    first, *rest = names.gone(take.events)
    assert isinstance(first, Started)
    first = replace(first, learner=names.LEARNER, trainer=names.TRAINER if first.trainer else "")
    if scenario and (other := names.gone(scenario)) != scenario:
        kept = dump(other).encode()
        draft = draft_from_bytes(kept, "the scenario", {}, LARGE)
        scenario = draft.scenario if draft.playable else None
        first = replace(first, sha256=sha256(kept).hexdigest() if scenario else "")
        kept = kept if scenario else b""
    header = replace(take.header, id=names.gone(take.header.id))
    path = take.path.with_name(f"{names.gone(take.path.stem)}.toml")
    return replace(take, path=path, header=header, events=(first, *rest)), scenario, kept
