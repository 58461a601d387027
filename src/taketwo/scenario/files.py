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


def read_file(path: Path, most: int) -> bytes:
    """The bytes of the regular file `path`. Raises Unreadable, also where there are more than `most`."""
    try:
        with os.fdopen(os.open(path, _FLAGS), "rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode):
                raise Unreadable("This is not a file.", "Give the name of a TOML file.")
            data = file.read(most + 1)
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        why = (isinstance(error, OSError) and error.strerror) or "that is no name of a file"
        raise Unreadable(f"The file cannot be opened: {why}.", "Check its name and permissions.") from None
    if len(data) > most:
        size = max(about.st_size, len(data))
        raise Unreadable(
            f"The file has {size:,} bytes; at most {most:,} are read.", "Split it, or give --allow-large."
        )
    return data
