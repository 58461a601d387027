"""Erasing all that is kept of one learner: takes and their cut-off tails, and the scenario copies that nobody needs then.

What has been exported is not here and is not touched.
"""

import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from taketwo import disk
from taketwo.transcript.rows import TakeRow, read_row
from taketwo.transcript.shelf import Shelf

ASIDE = ("paired", "deleted")
"""folders beside the takes that hold takes too: copies of sessions that were cut off, and the bin"""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What would go, found before anything is touched."""

    learner: str
    takes: tuple[Path, ...]
    beside: tuple[Path, ...]
    """tails that were cut off, and parts that a crash left"""
    scenarios: tuple[Path, ...]
    """copies that no other take needs"""
    unreadable: tuple[Path, ...]
    """files that may be anybody's: they stay, and are told"""

    @property
    def files(self) -> tuple[Path, ...]:
        """In the order in which they go: a crash in between leaves copies too many, never a take without its copy."""
        return (*self.beside, *self.takes, *self.scenarios)


def find(shelf: Shelf, learner: str) -> Erasure:
    """All that is kept of `learner`, by the name as it stands in the takes, in any case."""
    aside = (path for name in ASIDE for path in sorted((shelf.folder / name).glob("*.toml")))
    rows = [*shelf.rows(), *map(read_row, aside)]
    mine = [row for row in rows if _same(row, learner)]
    names = {row.name for row in mine}
    needed = {row.sha256 for row in rows if not _same(row, learner)}
    copies = (
        shelf.folder / "scenarios" / f"{digest}.toml" for digest in {row.sha256 for row in mine} - needed
    )
    return Erasure(
        learner,
        tuple(row.path for row in mine),
        tuple(_beside(shelf.folder, names)),
        tuple(path for path in sorted(copies) if path.is_file()),
        tuple(row.path for row in rows if row.status == "unreadable"),
    )


def _same(row: TakeRow, learner: str) -> bool:
    return row.status != "unreadable" and row.learner.casefold() == learner.casefold()


def _beside(folder: Path, names: set[str]) -> Iterable[Path]:
    for name in sorted(names):
        for where in (folder, *(folder / each for each in ASIDE)):
            yield from (path for path in where.glob(f"{name}.*") if path.suffix != ".toml")


def carry_out(shelf: Shelf, erasure: Erasure) -> list[str]:
    """Delete it all, and the index with it, and make it last. Returns what could not be deleted, with why, a sentence each."""
    left = []
    for path in erasure.files:
        try:
            if path.suffix == ".toml" and path in erasure.takes and not _free(path):
                left.append(f"{path}: another program is writing this take. Close it there, and ask again.")
                continue
            path.unlink(missing_ok=True)
        except OSError as error:
            left.append(f"{path}: it could not be deleted. {disk.reason(error).what}.")
    shelf.index.forget()
    with suppress(OSError):
        for folder in {path.parent for path in erasure.files}:
            disk.sync_folder(folder)
    return left


def _free(path: Path) -> bool:
    """Whether no program is writing the take."""
    try:
        fd = disk.open_file(path, append=True)
    except FileNotFoundError:
        return True
    try:
        return disk.lock(fd)
    finally:
        os.close(fd)
