"""A file that a person asked for by its name: written whole or not at all, and over another only where that is asked."""

import os
from contextlib import suppress
from pathlib import Path

from taketwo import disk
from taketwo.text import clean_line


class NotWritten(Exception):
    """The file was not written; the message says why. `misuse` where another name is what mends it."""

    def __init__(self, message: str, *, misuse: bool = True) -> None:
        super().__init__(message)
        self.misuse = misuse


def check(path: Path, *, force: bool) -> None:
    """Raise NotWritten where it can be seen before anything is computed that nothing can be written to `path`."""
    if path.is_dir():
        raise NotWritten(f"{named(path)} is a folder.")
    if not path.parent.is_dir():
        raise NotWritten(f"{named(path)}: there is no such folder.")
    if not force and (path.is_symlink() or path.exists()):
        raise _there(path)


def write(path: Path, data: bytes, *, force: bool) -> None:
    """Put `data` in `path`; what has that name stays, unless by `force`. Raises NotWritten."""
    check(path, force=force)
    try:
        if force:
            disk.replace(path, data)
        else:
            _make(path, data)
    except FileExistsError:
        raise _there(path) from None
    except OSError as error:
        why = disk.reason(error).what
        raise NotWritten(f"{named(path)} cannot be written. {why}.", misuse=False) from None


def _there(path: Path) -> NotWritten:
    return NotWritten(f"{named(path)} is there already. --force replaces it.")


def _make(path: Path, data: bytes) -> None:
    with os.fdopen(disk.create(path), "wb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise


def named(path: Path) -> str:
    """The path as a message shows it."""
    return clean_line(str(path), 200)


def make_folder(folder: Path) -> None:
    """Make `folder` where it is not there. Raises NotWritten."""
    try:
        disk.make_folder(folder)
    except FileExistsError:
        raise NotWritten(f"{named(folder)} is a file, where a folder is wanted.") from None
    except OSError as error:
        raise NotWritten(
            f"{named(folder)} cannot be made. {disk.reason(error).what}.", misuse=False
        ) from None
