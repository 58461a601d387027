"""Getting the bytes of a file that somebody else wrote: never more than asked for, never from anything but a file.

A pipe would wait for ever and a device has no end, so what is opened is looked at before it is read.
"""

import os
import stat
from pathlib import Path

_FLAGS = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_CLOEXEC", 0)


class Unreadable(Exception):
    """The file cannot be read; the message says why and `mend` what to do."""

    def __init__(self, why: str, mend: str) -> None:
        super().__init__(why)
        self.mend = mend


def read_head(path: Path, most: int) -> bytes:
    """The first `most` bytes of the regular file `path`, or all if there are fewer. Raises Unreadable."""
    try:
        number = os.open(path, _FLAGS)
        try:
            if not stat.S_ISREG(os.fstat(number).st_mode):
                raise Unreadable("This is not a file.", "Give the name of a TOML file.")
            with os.fdopen(number, "rb", closefd=False) as file:
                return file.read(most)
        finally:
            os.close(number)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = (isinstance(error, OSError) and error.strerror) or "that is no name of a file"
        raise Unreadable(f"The file cannot be opened: {why}.", "Check its name and permissions.") from None


def read_file(path: Path, most: int) -> bytes:
    """The bytes of the regular file `path`. Raises Unreadable, also where there are more than `most`."""
    data = read_head(path, most + 1)
    if len(data) > most:
        raise Unreadable(f"The file has more than {most:,} bytes.", "Split it, or give --allow-large.")
    return data
