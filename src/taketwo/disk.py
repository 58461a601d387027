"""Writing private files so that what was written is there afterwards; knows nothing of takes or settings.

Files are 0600 and folders 0700, links are never followed, and a failure comes as an OSError whose `reason` can be
said to a person. On Windows modes, folder fsync and locks are left out: it has no such calls.
"""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO, NamedTuple

_PLAIN = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0)
"""Nonblocking, so that a pipe in place of a file cannot hold us up; for files it means nothing."""


class Reason(NamedTuple):
    """Why the disk refused, and what a person can do about it."""

    what: str
    mend: str


_ELSEWHERE = "Choose another folder with --saves DIR."
_REASONS = {
    errno.ENOSPC: Reason("The disk is full", "Make room, then save it as a new take."),
    errno.EDQUOT: Reason("Your share of the disk is used up", "Make room, then save it as a new take."),
    errno.EFBIG: Reason("The file may not grow any larger", "Save it as a new take."),
    errno.EROFS: Reason("The disk is read-only", _ELSEWHERE),
    errno.EACCES: Reason("Permission is denied", _ELSEWHERE),
    errno.EPERM: Reason("Permission is denied", _ELSEWHERE),
    errno.ENOENT: Reason("The file or its folder is gone", "Save it as a new take."),
    errno.ENOTDIR: Reason("A part of the path is not a folder", _ELSEWHERE),
    errno.EEXIST: Reason("There is a file of that name already", "Save it as a new take."),
    errno.ELOOP: Reason("A link stands in place of the file, and links are not followed", _ELSEWHERE),
    errno.EIO: Reason("The disk reports an error", f"Check the disk. {_ELSEWHERE}"),
}


def reason(error: OSError) -> Reason:
    """What went wrong, in words for a person."""
    known = _REASONS.get(error.errno or 0)
    return known or Reason(f"The system says: {error.strerror or error}", _ELSEWHERE)


def make_folder(folder: Path) -> None:
    """Make `folder` for its owner alone, and those above it, where they are not there yet. Raises OSError."""
    if not folder.is_dir():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        sync_folder(folder.parent)


def create(path: Path) -> int:
    """A new file open for appending. Raises OSError, FileExistsError for whatever has that name already."""
    return os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | _PLAIN, 0o600)


def open_file(path: Path, *, append: bool = False) -> int:
    """A file that is there, for reading or for reading and appending. Raises OSError for anything but a plain file."""
    fd = os.open(path, (os.O_RDWR | os.O_APPEND if append else os.O_RDONLY) | _PLAIN)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise OSError(errno.EINVAL, "it is not a plain file")
    return fd


def read(fd: int, most: int) -> bytes:
    """All of the file, or its first `most` + 1 bytes, which tells a caller that it is larger. Raises OSError."""
    pieces: list[bytes] = []
    left = most + 1
    while left > 0 and (piece := os.read(fd, min(left, max(os.fstat(fd).st_size, 0) + 4096))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


def read_file(path: Path, most: int) -> bytes:
    """All of the plain file `path`, or its first `most` + 1 bytes. Raises OSError."""
    fd = open_file(path)
    try:
        return read(fd, most)
    finally:
        os.close(fd)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The plain file `path`, to read from. Raises OSError."""
    with os.fdopen(open_file(path), "rb") as file:
        yield file


def write(fd: int, data: bytes) -> None:
    """One write and one fsync. Raises OSError; a part that was written stays: trying again could make it worse."""
    if os.write(fd, data) != len(data):
        raise OSError(
            errno.ENOSPC, os.strerror(errno.ENOSPC)
        )  # a plain file takes less than all only for that
    os.fsync(fd)


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` last, where the file system lets us. Raises OSError."""
    if sys.platform == "win32":
        return
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)
    except OSError as error:
        if error.errno not in _NO_FOLDER_SYNC:
            raise


_NO_FOLDER_SYNC = (errno.EACCES, errno.EINVAL, errno.ENOTSUP)
"""A folder that may be written to but not listed, and network disks that sync no folders."""


def replace(path: Path, data: bytes) -> None:
    """Put `data` in place of the file `path`, or make it: afterwards all of it is there or nothing has changed.

    Raises OSError.
    """
    make_folder(path.parent)
    part = path.with_name(f"{path.name}.{os.urandom(4).hex()}.part")
    try:
        fd = create(part)
        try:
            write(fd, data)
        finally:
            os.close(fd)
        part.replace(path)
    except OSError:
        with suppress(OSError):
            part.unlink()
        raise
    sync_folder(path.parent)


if sys.platform == "win32":

    def lock(fd: int) -> bool:
        """Always True: there is no such lock here."""
        return True

else:
    import fcntl

    def lock(fd: int) -> bool:
        """Hold the file until it is closed; False when another program holds it. Where no locks are, True."""
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        except OSError:
            return True  # some network disks have none; a take is worth more than its lock
        return True
