"""The shelf: the folder of takes, with the scenarios as they were when the takes began.

Nothing is made on disk before something is written. Sample takes lie in `samples/`: they can be found and read, and
never count.
"""

import os
import time
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import get_close_matches
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import disk
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent
from taketwo.text import clean_line
from taketwo.transcript.journal import NAME, Journal, TakeInUse, mend, write_whole
from taketwo.transcript.reading import Header, TakeFile, read_take
from taketwo.transcript.rows import TakeRow, read_row

if TYPE_CHECKING:
    from taketwo.transcript.index import Index

DIRECT = 100
"""takes that are read one by one; more are listed by the index"""
_SUFFIX = "abcdefghijkmnpqrstuvwxyz23456789"
"""32 letters and digits without those that look alike, as people type these names"""


class UnknownTake(Exception):
    """No take has that name, or more than one begins with it; the message names some that come near."""


@dataclass(frozen=True, slots=True)
class Record:
    """What a learner's takes of one scenario amount to; samples, damaged and unreadable takes are left out."""

    takes: int
    finished: int
    """of these, came to an ending"""
    best: TakeRow | None
    """of those that ended: passed before not, then the highest craft, then the highest CSAT"""
    last: TakeRow
    passed: bool
    mastered: bool
    """passed at least once before a debrief had shown better replies"""
    better_shown: bool
    """a debrief has shown better replies: the next take is `practised`"""


class Shelf:
    """The takes in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._rows: dict[Path, tuple[tuple[int, int], TakeRow]] = {}
        self._scenarios: dict[str, Scenario] = {}
        self._deleted: list[Path] = []

    # --- looking

    def rows(self, learner: str = "", progress: Callable[[int, int], None] | None = None) -> list[TakeRow]:
        """Every take of the folder, newest first, also those that are damaged or cannot be read. Never raises.

        Of one `learner`, if asked: theirs, and what cannot be read, as it may be. `progress` is told how many of how
        many files have been read, where there are so many that it takes time; what it raises stops that.
        """
        if len(_files(self.folder)) > DIRECT:
            from taketwo.transcript.index import Wanted

            self.index.look(progress)
            return self.index.rows(Wanted(learner=learner, archived=None), look=False)
        return [row for row in self._listed(self.folder) if not learner or row.learner in (learner, "")]

    @cached_property
    def index(self) -> "Index":
        """What finds takes by words, and lists many of them fast."""
        from taketwo.transcript.index import Index

        return Index(self.folder)

    def samples(self) -> list[TakeRow]:
        """The sample takes, newest first."""
        return self._listed(self.folder / "samples")

    def unfinished(self, scenario: str = "") -> list[TakeRow]:
        """Takes that can go on, newest first: all, or those of one scenario id."""
        return [r for r in self.rows() if r.status == "unfinished" and scenario in ("", r.scenario)]

    def best_and_last(self, learner: str = "") -> dict[str, Record]:
        """For each scenario id with takes, what they amount to: all learners', or those of one."""
        by_scenario: dict[str, list[TakeRow]] = {}
        for row in self.rows(learner):
            if row.status not in ("damaged", "unreadable"):
                by_scenario.setdefault(row.scenario, []).append(row)
        return {scenario: _record(rows) for scenario, rows in by_scenario.items()}

    def of(self, scenarios: Collection[str], learner: str) -> list[TakeRow]:
        """The takes of these scenes by `learner`, newest first; damaged ones too.

        While the index of many takes is being made they are read by their names, so that a take can begin meanwhile.
        """
        if self.index.behind:
            paths = [path for path in _files(self.folder) if _scenario_of(path.stem) in scenarios]
            rows = self._read(paths)
        else:
            rows = self.rows(learner)
        return [row for row in rows if row.scenario in scenarios and row.learner == learner]

    def record(self, scenario: str, learner: str) -> Record | None:
        """What `learner`'s takes of one scene amount to; None where there are none."""
        rows = [row for row in self.of((scenario,), learner) if row.status != "damaged"]
        return _record(rows) if rows else None

    def last_try(self, learner: str) -> str:
        """What `learner` last wanted to try next time; empty where they never said."""
        if self.index.behind:
            return ""  # it can be done without, sooner than waited for
        mine = (row for row in self.rows(learner) if row.learner == learner)
        return next((row.try_next for row in mine if row.try_next), "")

    def find(self, name: str) -> Path:
        """The file of the take `name`: its whole name, or the beginning or the end of one. Raises UnknownTake.

        A path to a file is taken as it is. Sample takes are found too.
        """
        if name.endswith(".toml") and Path(name).is_file():
            return Path(name)
        name = name.removesuffix(".toml")
        files = {path.stem: path for path in _files(self.folder / "samples") + _files(self.folder)}
        if name in files:
            return files[name]
        near = [stem for stem in files if name and (stem.startswith(name) or stem.endswith("-" + name))]
        if len(near) == 1:
            return files[near[0]]
        shown = clean_line(name, 140)
        if near:
            raise UnknownTake(f"{len(near)} takes match {shown!r}: {_few(near)}. Give more of the name.")
        near = get_close_matches(name[:128], files, 3, 0.6)
        hint = f"Did you mean {_few(near)}?" if near else f"`taketwo takes` lists those in {self.folder}."
        raise UnknownTake(f"There is no take {shown!r}. {hint}")

    def files_of(self, names: Iterable[str]) -> list[Path]:
        """The files of the takes `names`; all takes, the oldest first, where there are none. Raises UnknownTake."""
        return [self.find(name) for name in names] or sorted(_files(self.folder))

    def read(self, name: str) -> TakeFile:
        """The take `name`, as `find` finds it. Raises UnknownTake, Unreadable."""
        return read_take(self.find(name))

    # --- writing

    def new_journal(self, scenario: str, wall: datetime) -> Journal:
        """The journal of a new take, named `2026-11-22T101530Z-lost-umbrella-k3f9`; made with its first event."""
        now = wall.astimezone(UTC)
        return Journal(self.folder, self._new_name(scenario, now), _iso(now))

    def save_again(self, events: list[AnyEvent], scenario: str, wall: datetime) -> Journal:
        """The whole of a take whose file failed, as a new one under a new name, ready to go on. Raises NotSaved."""
        now = wall.astimezone(UTC)
        header = Header(self._new_name(scenario, now), "", _iso(now))
        return write_whole(self.folder, header, events)

    def reopen(self, name: str) -> tuple[TakeFile, Journal]:
        """The take `name` and the journal to go on with it; a torn tail is cut off into `NAME.torn` first.

        Raises UnknownTake, Unreadable, TakeInUse, and NotSaved where it can be read and not written.
        """
        return Journal.reopen(self.find(name))

    def mend(self, name: str) -> TakeFile:
        """Cut a torn tail off the take `name` into `NAME.torn`. Raises UnknownTake, Unreadable, TakeInUse, NotSaved."""
        return mend(self.find(name))

    def _new_name(self, scenario: str, now: datetime) -> str:
        while True:
            suffix = "".join(_SUFFIX[byte % 32] for byte in os.urandom(4))
            name = f"{now:%Y-%m-%dT%H%M%SZ}-{scenario}-{suffix}"
            if not NAME.fullmatch(name):
                raise ValueError(f"{scenario!r} is not the id of a scenario")
            if not (self.folder / f"{name}.toml").exists():
                return name

    # --- putting away

    def delete(self, name: str) -> Path:
        """Put the take `name` into the bin, from where `restore` brings it back until `empty_bin`; where it lies then.

        Raises UnknownTake, TakeInUse, OSError.
        """
        path = self.find(name)
        if path.parent.absolute() != self.folder.absolute():
            raise UnknownTake(f"{path} is not one of the takes in {self.folder}, and is left alone.")
        fd = disk.open_file(path)
        try:
            if not disk.lock(fd):
                raise TakeInUse(f"{path}: another program is writing this take. Close it there first.")
            kept = self._bin / path.name
            disk.make_folder(self._bin)
            path.rename(kept)
            os.utime(kept)  # since when it lies there: others empty the bin of what is old
        finally:
            os.close(fd)
        disk.sync_folder(path.parent)
        self._deleted.append(kept)
        return kept

    def restore(self) -> str:
        """Bring the take back that was deleted last; its name, or empty where there is none. Raises OSError."""
        while self._deleted:
            kept = self._deleted.pop()
            path = kept.parent.parent / kept.name
            if kept.exists() and not path.exists():
                kept.rename(path)
                disk.sync_folder(path.parent)
                return path.stem
        return ""

    @property
    def bin_filled(self) -> bool:
        """Whether something was deleted here that can be brought back."""
        return bool(self._deleted)

    def empty_bin(self) -> None:
        """Delete for good what was deleted here, and what a program that crashed left in the bin for more than a day."""
        for path in {*self._deleted, *_files(self._bin)}:
            with suppress(OSError):
                if path in self._deleted or path.stat().st_mtime < time.time() - 86_400:
                    path.unlink()
                    (self.folder / path.name).with_suffix(".torn").unlink(missing_ok=True)
        self._deleted.clear()
        with suppress(OSError):
            self._bin.rmdir()

    @property
    def _bin(self) -> Path:
        return self.folder / "deleted"

    # --- scenarios as they were

    def keep(self, scenario: Scenario) -> str:
        """Keep `scenario` by its content, once; the SHA-256 that finds it again. Raises NotSaved."""
        from taketwo.transcript.kept import keep_scenario  # a list of takes needs no reader of scenarios

        for digest, known in self._scenarios.items():
            if known is scenario and (self.folder / "scenarios" / f"{digest}.toml").is_file():
                return digest
        digest = keep_scenario(self.folder / "scenarios", scenario)
        self._scenarios[digest] = scenario
        return digest

    def kept(self, digest: str) -> Scenario:
        """The scenario that was kept under `digest`, or came with the samples; verified. Raises Unreadable."""
        from taketwo.transcript.kept import kept_scenario

        if digest not in self._scenarios:
            self._scenarios[digest] = kept_scenario(self._kept_in, digest)
        return self._scenarios[digest]

    def kept_bytes(self, digest: str) -> bytes:
        """The file of the scenario that was kept under `digest`. Raises Unreadable."""
        from taketwo.transcript.kept import kept_bytes

        return kept_bytes(self._kept_in, digest)[1]

    def keep_bytes(self, data: bytes) -> str:
        """Keep the file of a scenario, once; the SHA-256 that finds it again. Raises NotSaved."""
        from taketwo.transcript.kept import keep_bytes

        return keep_bytes(self.folder / "scenarios", data)

    @property
    def _kept_in(self) -> tuple[Path, Path]:
        return self.folder / "scenarios", self.folder / "samples" / "scenarios"

    def _listed(self, folder: Path) -> list[TakeRow]:
        return self._read(_files(folder))

    def _read(self, paths: Iterable[Path]) -> list[TakeRow]:
        rows = [row for path in paths if (row := self._row(path))]
        return sorted(rows, key=lambda row: (row.created, row.name), reverse=True)

    def _row(self, path: Path) -> TakeRow | None:
        """The row of a file, read again only when the file has changed; None when it went away meanwhile."""
        try:
            there = path.lstat()
        except OSError:
            return None
        stamp = (there.st_size, there.st_mtime_ns)
        known = self._rows.get(path)
        if known is None or known[0] != stamp:
            known = self._rows[path] = (stamp, read_row(path))
        return known[1]


def _files(folder: Path) -> list[Path]:
    """The files that takes may be in; none where the folder cannot be read."""
    try:
        return [path for path in folder.iterdir() if path.suffix == ".toml" and NAME.fullmatch(path.stem)]
    except OSError:
        return []


def _scenario_of(name: str) -> str:
    """The scenario that stands in the name of a take."""
    return name[19:].rpartition("-")[0]


def _record(rows: list[TakeRow]) -> Record:
    ended = [row for row in rows if row.status == "ended"]
    return Record(
        takes=len(rows),
        finished=len(ended),
        best=max(ended, key=_merit, default=None),
        last=rows[0],
        passed=any(row.passed for row in ended),
        mastered=any(row.passed and not row.practised for row in ended),
        better_shown=any(row.better_shown or row.shown_before for row in rows),
    )


def _merit(row: TakeRow) -> tuple[bool, float, int]:
    return row.passed, row.craft or 0.0, row.outcome.csat if row.outcome else 0


def _few(names: list[str]) -> str:
    return ", ".join(sorted(names)[-3:])


def _iso(now: datetime) -> str:
    return now.isoformat(timespec="milliseconds").replace("+00:00", "Z")
