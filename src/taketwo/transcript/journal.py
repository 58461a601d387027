"""The journal: a take being written, one event at a time, each on disk before anybody sees it.

The header and the first event appear under the take's name all at once or not at all. Every later event is one
write and one fsync. After a failure nothing is tried again on that file: what the disk then holds is not known.
"""

import errno
import os
import re
import sys
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from typing import NoReturn, Self

from taketwo import disk
from taketwo.take.events import AnyEvent, Legend, Started
from taketwo.transcript.blocks import EVENT, HEAD, Table, write_block
from taketwo.transcript.codec import NO_LEGEND, encode
from taketwo.transcript.migrations import FORMAT, as_of
from taketwo.transcript.reading import SIZE_LIMIT, Header, TakeFile, Unreadable, read_open_take

PROGRAM = "taketwo 0.1.0"
NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9-]{0,127}")
"""Names of takes: safe on every file system, and no part of a path."""


class NotSaved(Exception):
    """An event could not be written; the message says why and what to do. The take goes on in memory."""


class TakeInUse(Exception):
    """Another program is writing this take; it can be read meanwhile."""


class Journal:
    """One take being written; it holds the file against other writers until it is closed."""

    def __init__(self, folder: Path, name: str, created: str = "") -> None:
        """A new take. Nothing is made on disk before the first event, whose time counts where `created` is empty."""
        if not NAME.fullmatch(name):
            raise ValueError(f"{name!r} is not a name for a take: only letters, digits and hyphens are")
        self.name = name
        self.path = folder / f"{name}.toml"
        self._created = created
        self._fd = -1
        self._seq = 0
        self._crc = 0
        self._legend: Legend = NO_LEGEND
        self._format = FORMAT
        self._failed = ""

    @classmethod
    def reopen(cls, path: Path) -> tuple[TakeFile, Self]:
        """The take in the file `path`, and the journal to go on with it; a torn tail goes to `NAME.torn` first.

        Raises Unreadable (also for damage before the tail), TakeInUse, NotSaved (where it can only be read).
        """
        journal = cls(path.parent, path.stem)
        try:
            journal._fd = disk.open_file(path, append=True)
        except FileNotFoundError:
            raise Unreadable(f"{path}: there is no such take.") from None
        except OSError as error:
            raise not_saved(error, path, "this take can be read, but not gone on with") from error
        try:
            return journal._take_up(), journal
        except OSError as error:
            journal.close()
            raise not_saved(error, path, "this take can be read, but not gone on with") from error
        except BaseException:
            journal.close()
            raise

    def _take_up(self) -> TakeFile:
        if not disk.lock(self._fd):
            raise TakeInUse(
                f"{self.path}: another program is writing this take. Close it there, or only read it here."
            )
        take = read_open_take(self._fd, self.path)
        if damage := take.damage:
            if damage.kind != "torn":
                raise Unreadable(
                    f"{self.path}: this take can be read, but not gone on with. {damage.message}"
                )
            _cut_off(self._fd, damage.at, self.path)
        self._seq, self._crc, self._legend = take.events[-1].seq, take.crc, take.legend
        self._format = take.header.format
        return take

    def append(self, event: AnyEvent) -> None:
        """Write `event` down for good. Raises NotSaved, and then always again."""
        self._write([event])

    def close(self) -> None:
        """Let go of the file; nothing can be written any more."""
        self._failed = self._failed or "The take was closed before this event: it is not saved."
        if self._fd >= 0:
            fd, self._fd = self._fd, -1
            with suppress(OSError):
                os.close(fd)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # --- writing

    def _write(self, events: list[AnyEvent]) -> None:
        if self._failed:
            raise NotSaved(self._failed)
        try:
            data, seq, crc = self._blocks(events)
            if self._seq:
                self._extend(data)
            else:
                self.begin(data)
        except OSError as error:
            self._fail(not_saved(error, self.path, "this take goes on, but is no longer saved"), error)
        self._seq, self._crc = seq, crc

    def _fail(self, failure: NotSaved, error: OSError | None = None) -> NoReturn:
        self._failed = str(failure)
        self.close()
        raise failure from error

    def _blocks(self, events: list[AnyEvent]) -> tuple[bytes, int, int]:
        """The bytes of `events`, after a header where they are the first, with the seq and checksum of the last."""
        pieces: list[bytes] = []
        seq, crc = self._seq, self._crc
        if not seq:
            first = events[0]
            if isinstance(first, Started):
                self._legend = first.legend
            header: Table = {
                "format": FORMAT,
                "id": self.name,
                "program": PROGRAM,
                "created": self._created or first.at,
            }
            piece, crc = write_block(HEAD, header, crc)
            pieces.append(piece)
        for event in events:
            if event.seq != seq + 1 or isinstance(event, Started) != (seq == 0):
                wrong = f"Event {event.seq} does not follow event {seq}: this take is no longer saved. ({self.path})"
                self._fail(NotSaved(wrong))
            piece, crc = write_block(EVENT, as_of(encode(event, self._legend), self._format), crc)
            pieces.append(piece)
            seq = event.seq
        return b"".join(pieces), seq, crc

    def _extend(self, data: bytes) -> None:
        there = os.fstat(self._fd)
        if not there.st_nlink:
            raise FileNotFoundError(errno.ENOENT, "it was deleted")  # writing would succeed, and keep nothing
        if there.st_size + len(data) > SIZE_LIMIT:
            raise OSError(errno.EFBIG, "it would be too large to be read again")
        disk.write(self._fd, data)

    def begin(self, data: bytes) -> None:
        """Make the file with `data` in it, all at once or not at all. Raises OSError."""
        disk.make_folder(self.path.parent)
        part = self.path.with_name(f"{self.name}.toml.part")
        self._fd = disk.create(part)
        try:
            disk.lock(self._fd)
            disk.write(self._fd, data)
            self._publish(part, data)
        finally:
            with suppress(OSError):
                part.unlink()
        disk.sync_folder(self.path.parent)

    def _publish(self, part: Path, data: bytes) -> None:
        """Give the finished `part` the name of the take, but never that of a file that is there."""
        if sys.platform == "win32":  # an open file cannot be renamed there; a rename takes no name twice
            os.close(self._fd)
            self._fd = -1
            part.rename(self.path)
            self._fd = disk.open_file(self.path, append=True)
            return
        try:
            os.link(part, self.path, follow_symlinks=False)
        except FileExistsError:
            raise
        except OSError:  # no hard links on this file system: then a cut may show, and is read as damage
            named = disk.create(self.path)
            os.close(self._fd)
            self._fd = named
            disk.lock(named)
            disk.write(named, data)


def write_whole(folder: Path, header: Header, events: Iterable[AnyEvent]) -> Journal:
    """All of a take as a new file `header.id` in `folder`, for when its own file failed; ready for further events.

    Raises NotSaved.
    """
    journal = Journal(folder, header.id, header.created)
    journal._write(list(events))
    return journal


def mend(path: Path) -> TakeFile:
    """Cut a torn tail off the take into `NAME.torn`, and read what is left.

    Raises Unreadable, TakeInUse, NotSaved.
    """
    take, journal = Journal.reopen(path)
    journal.close()
    return take


def _cut_off(fd: int, at: int, path: Path) -> None:
    """Move the bytes from `at` on to `NAME.torn`: they are safe there before they go here."""
    os.lseek(fd, at, os.SEEK_SET)
    tail = disk.read(fd, os.fstat(fd).st_size - at)
    torn = path.with_suffix(".torn")
    try:
        kept = disk.create(torn)
    except FileExistsError:
        kept = disk.open_file(torn, append=True)
    try:
        disk.write(kept, tail)
    finally:
        os.close(kept)
    disk.sync_folder(path.parent)
    os.ftruncate(fd, at)
    os.fsync(fd)


def not_saved(error: OSError, path: Path, what: str) -> NotSaved:
    """The refusal of the disk, in words for a person."""
    why = disk.reason(error)
    return NotSaved(f"{why.what}: {what}. {why.mend} ({path})")
