"""Reading a take back: everything that is sound, and what is to be said about the rest."""

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from taketwo import disk
from taketwo.take.events import AnyEvent, Legend, Started
from taketwo.text import clean_line
from taketwo.transcript.blocks import EVENT, HEAD, Block, read_blocks, read_table
from taketwo.transcript.codec import NAME_LIMIT, Undecodable, decode
from taketwo.transcript.migrations import FORMAT, stray

SIZE_LIMIT = 64 << 20
"""bytes of a take that are read at most"""

_FORMAT = re.compile(rb"\[take\]\nformat = ([0-9]{1,9})\n")


class Unreadable(Exception):
    """A file from which no take can be read; the message says what it is and what to do. The file is left alone."""


@dataclass(frozen=True, slots=True)
class Header:
    """What stands at the top of a take."""

    id: str
    """the name that the take was made with"""
    program: str
    created: str
    format: int = FORMAT


@dataclass(frozen=True, slots=True)
class Damage:
    """Where a take stops being sound.

    `torn`: the last event is not whole, as when the power fails while it is written; it can be cut off. `damaged`:
    bytes before the end were changed. `foreign`: the bytes are as they were written, and mean nothing to this version.
    """

    kind: Literal["torn", "damaged", "foreign"]
    at: int
    """offset of the first byte that is not sound"""
    line: int
    bytes: int
    """how many bytes from there on"""
    message: str


@dataclass(frozen=True, slots=True)
class TakeFile:
    """A take as it was read: at least its first event."""

    path: Path
    header: Header
    events: tuple[AnyEvent, ...]
    damage: Damage | None
    size: int
    crc: int
    """checksum of the last sound block, on which the next one builds"""

    @property
    def name(self) -> str:
        """The name of the take: its file's, without the ending."""
        return self.path.stem

    @property
    def started(self) -> Started:
        """The first event."""
        first = self.events[0]
        assert isinstance(first, Started)
        return first

    @property
    def legend(self) -> Legend:
        """What the numbers in positions stand for."""
        return self.started.legend


def read_take(path: Path) -> TakeFile:
    """The take in the file `path`. Raises Unreadable, and nothing else."""
    try:
        fd = disk.open_file(path)
        try:
            return read_open_take(fd, path)
        finally:
            os.close(fd)
    except OSError as error:
        raise Unreadable(f"{path}: the file cannot be read. {disk.reason(error).what}.") from None


def read_open_take(fd: int, path: Path) -> TakeFile:
    """The take in an open file. Raises Unreadable, OSError."""
    size = os.fstat(fd).st_size
    data = disk.read(fd, SIZE_LIMIT) if size <= SIZE_LIMIT else b""
    if max(size, len(data)) > SIZE_LIMIT:
        raise Unreadable(f"{path}: the file has {size:,} bytes; at most {SIZE_LIMIT:,} are read.")
    return parse_take(data, path)


def parse_take(data: bytes, path: Path) -> TakeFile:
    """The take in the bytes of the file `path`. Raises Unreadable."""
    _check_opening(data, path)
    blocks = read_blocks(data)
    head = next(blocks, None)
    if head is None:
        raise Unreadable(f"{path}: the file is damaged before its first event. {_RESTORE}")
    header = _header(head, path)
    events: list[AnyEvent] = []
    sound, why = head, ""
    for block in blocks:
        try:
            events.append(_event(block, events, header.format))
        except Undecodable as error:
            why = str(error)
            break
        sound = block
    damage = _damage(data, sound.end, len(events), why)
    if not events:
        reason = (
            f"its first event is not understood: {why}" if why else "it is damaged before its first event"
        )
        raise Unreadable(f"{path}: no take can be read from this file; {reason}. {_RESTORE}")
    return TakeFile(path, header, tuple(events), damage, len(data), sound.crc)


_RESTORE = "Restore it from a copy, or move it away."


def _check_opening(data: bytes, path: Path) -> None:
    if data.startswith(b"[take]\r\n"):
        raise Unreadable(
            f"{path}: its line endings were changed to CRLF, and its checksums cover them. Turn them back to LF."
        )
    if not data.startswith(HEAD):
        what = "the file is empty" if not data else "this is not a take of ours"
        raise Unreadable(f"{path}: {what}. It is left alone; move it out of the folder of takes.")
    found = _FORMAT.match(data)
    if found and int(found[1]) > FORMAT:
        raise Unreadable(
            f"{path}: this take has format {int(found[1])}, and this program reads formats up to {FORMAT}. "
            "It is left alone; get a newer version of Take Two."
        )


def _header(block: Block, path: Path) -> Header:
    try:
        table = read_table(block.text)
    except ValueError:
        table = {}
    form, texts = table.get("format"), [table.get(key) for key in ("id", "program", "created")]
    known = type(form) is int and 1 <= form <= FORMAT
    if not known or not all(isinstance(text, str) for text in texts):
        raise Unreadable(f"{path}: its [take] block is sound, but not one of ours. It is left alone.")
    id, program, created = (clean_line(str(text), NAME_LIMIT) for text in texts)
    assert isinstance(form, int)
    return Header(id, program, created, form)


def _event(block: Block, events: list[AnyEvent], form: int) -> AnyEvent:
    try:
        table = read_table(block.text)
    except ValueError as error:
        raise Undecodable(f"it is not TOML ({clean_line(str(error), 120)})") from None
    if later := stray(table, form):
        raise Undecodable(f"the key {later!r} does not belong to format {form}")
    first = events[0] if events else None
    event = decode(table, first.legend) if isinstance(first, Started) else decode(table)
    if isinstance(event, Started) == bool(events):
        raise Undecodable("a take begins with one 'started', and has no second one")
    if event.seq != len(events) + 1:
        raise Undecodable(f"it has seq {event.seq}, where {len(events) + 1} is wanted")
    return event


def _damage(data: bytes, at: int, events: int, why: str) -> Damage | None:
    left = len(data) - at
    if not left:
        return None
    line = data.count(b"\n", 0, at) + 1
    where = f"byte {at:,}, line {line:,}"
    readable = f"The take is readable up to event {events}"
    if why:
        message = (
            f"The event at {where} is not understood: {why}. {readable}; a newer version may read the rest."
        )
        return Damage("foreign", at, line, left, message)
    if data.find(EVENT, at + 1) >= 0:  # one event is torn at most, so more than one was changed later
        message = f"The file is damaged at {where}. {readable}, and left alone; restore it from a copy."
        return Damage("damaged", at, line, left, message)
    message = (
        f"The last {left:,} bytes, from {where}, are not a whole event. {readable}; going on cuts them off."
    )
    return Damage("torn", at, line, left, message)
