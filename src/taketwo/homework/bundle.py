"""The file that comes back: a zip of the assignment, the learner's takes of it, and the scenarios that they were played on.

A zip from elsewhere is looked at before it is unpacked: how many files, how large, and only names of ours.
"""

import os
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from taketwo import disk
from taketwo.homework.assignment import SIZE_LIMIT as ASSIGNMENT_SIZE
from taketwo.homework.assignment import Assignment, BadAssignment, parse_assignment
from taketwo.scenario.limits import LARGE
from taketwo.text import clean_line
from taketwo.transcript.journal import NAME
from taketwo.transcript.reading import SIZE_LIMIT, Unreadable, parse_take
from taketwo.transcript.rows import TakeRow
from taketwo.transcript.shelf import Shelf

MOST_FILES = 2_000
MOST_BYTES = 1 << 30
"""of all files together, unpacked"""
ASSIGNMENT = "assignment.toml"
_TAKE = re.compile(rf"takes/({NAME.pattern})\.toml")
_SCENARIO = re.compile(r"takes/scenarios/[0-9a-f]{64}\.toml")
_STILL = (1980, 1, 1, 0, 0, 0)
"""the time of every file in a bundle, so that the same takes make the same bundle"""


class BadBundle(Exception):
    """A file that is no bundle, or one that is not to be trusted; the message says why."""


@dataclass(frozen=True, slots=True)
class Received:
    """What was unpacked."""

    assignment: Assignment
    folder: Path
    rows: tuple[TakeRow, ...]
    remarks: tuple[str, ...]
    """what a trainer should know: scenes that are missing, takes that are not of this assignment, damage"""


def takes_of(shelf: Shelf, assignment: Assignment, learner: str = "") -> list[TakeRow]:
    """The takes of an assignment on the shelf, newest first: all learners', or those of one."""
    return [
        row
        for row in shelf.rows()
        if assignment.label in row.labels and (not learner or row.learner == learner)
    ]


def hand_in(
    shelf: Shelf, assignment: Assignment, source: bytes, path: Path, learner: str = ""
) -> list[TakeRow]:
    """Write the bundle `path`, and say which takes are in it. Raises OSError, FileExistsError, BadBundle for none."""
    rows = takes_of(shelf, assignment, learner)
    if not rows:
        raise BadBundle("There are no takes of this homework yet. `taketwo homework FILE` plays it.")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, data in _contents(shelf, source, rows):
            bundle.writestr(zipfile.ZipInfo(name, _STILL), data, zipfile.ZIP_DEFLATED)
    _make(path, packed.getvalue())
    return rows


def _contents(shelf: Shelf, source: bytes, rows: list[TakeRow]) -> Iterator[tuple[str, bytes]]:
    yield ASSIGNMENT, source
    for row in sorted(rows, key=lambda row: row.name):
        yield f"takes/{row.name}.toml", disk.read_file(row.path, SIZE_LIMIT)
    for digest in sorted({row.sha256 for row in rows}):
        kept = shelf.folder / "scenarios" / f"{digest}.toml"
        if kept.is_file():
            yield f"takes/scenarios/{digest}.toml", disk.read_file(kept, LARGE.bytes)


def receive(path: Path, folder: Path) -> Received:
    """Unpack the bundle `path` into the new `folder`, which is then a shelf of its own. Raises BadBundle, OSError."""
    shown = clean_line(str(path), 200)
    try:
        with disk.opened(path) as file, zipfile.ZipFile(file) as bundle:
            members = _members(bundle, shown)
            assignment = parse_assignment(bundle.read(members[ASSIGNMENT]), f"{shown}: {ASSIGNMENT}")
            if folder.exists():
                raise BadBundle(
                    f"{folder} is there already, and is not written over. Choose another with -o."
                )
            for name, info in members.items():
                if name != ASSIGNMENT:
                    _make(folder / name.removeprefix("takes/"), bundle.read(info))
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise BadBundle(f"{shown}: this is no bundle. {clean_line(str(error), 120)}.") from None
    except BadAssignment as error:
        raise BadBundle(str(error)) from None
    rows = tuple(Shelf(folder).rows())
    return Received(assignment, folder, rows, tuple(_remarks(assignment, rows)))


def _members(bundle: zipfile.ZipFile, shown: str) -> dict[str, zipfile.ZipInfo]:
    """The files of a bundle by name, once they are known to be few, small and ours. Raises BadBundle."""
    infos = bundle.infolist()
    if len(infos) > MOST_FILES or sum(info.file_size for info in infos) > MOST_BYTES:
        raise BadBundle(f"{shown}: it holds more than a bundle does, and is not unpacked.")
    for info in infos:
        name = info.filename
        most = (
            ASSIGNMENT_SIZE
            if name == ASSIGNMENT
            else LARGE.bytes
            if _SCENARIO.fullmatch(name)
            else SIZE_LIMIT
        )
        if (
            not (name == ASSIGNMENT or _TAKE.fullmatch(name) or _SCENARIO.fullmatch(name))
            or info.file_size > most
        ):
            raise BadBundle(
                f"{shown}: it holds {clean_line(name, 80)!r}, which is nothing of ours. It is not unpacked."
            )
    found = {info.filename: info for info in infos}
    if ASSIGNMENT not in found or len(found) != len(infos):
        raise BadBundle(
            f"{shown}: this is no bundle: there is no {ASSIGNMENT} in it, or a name stands in it twice."
        )
    return found


def _make(path: Path, data: bytes) -> None:
    """The new file `path`, or none at all. Raises OSError."""
    disk.make_folder(path.parent)
    fd = disk.create(path)
    try:
        disk.write(fd, data)
    except OSError:
        path.unlink(missing_ok=True)
        raise
    finally:
        os.close(fd)


def _remarks(assignment: Assignment, rows: tuple[TakeRow, ...]) -> Iterator[str]:
    copies = {each.sha256: each.scenario for each in assignment.scenes}
    for row in rows:
        if row.message:
            yield f"{row.name}: {clean_line(row.message)}"
        if row.status in ("unreadable", "damaged"):
            continue
        if row.sha256 not in copies:
            yield f"{row.name}: it was played on another version of {row.scenario} than the one that was sent."
        if row.mode != assignment.mode:
            yield f"{row.name}: it is {row.mode}; {assignment.mode} was asked for."
        if row.parent:
            yield f"{row.name}: it was taken up from the middle of another take."
        if assignment.seed is not None and _seed(row) != assignment.seed:
            yield f"{row.name}: it has another seed than was asked for."
    done = {row.scenario for row in rows if row.status == "ended"}
    for each in assignment.scenes:
        if each.scenario.id not in done:
            yield f"{each.scenario.title}: there is no finished take of it."


def _seed(row: TakeRow) -> int | None:
    try:
        return parse_take(disk.read_file(row.path, SIZE_LIMIT), row.path).started.seed
    except (OSError, Unreadable):
        return None
