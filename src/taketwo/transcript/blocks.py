"""The bytes of a take: blocks, each with a checksum that covers it and all before it.

A block is its opening line, flat TOML, the line `crc = "…"` with the CRC-32 of the bytes before that line carried
on from the block before, and one empty line. Nothing else stands between blocks, so no byte goes unchecked.
"""

from collections.abc import Iterator, Mapping
from typing import NamedTuple
from zlib import crc32

import tomli
import tomli_w

HEAD = b"[take]\n"
EVENT = b"[[event]]\n"

Value = str | int | float | bool | list[str]
Table = dict[str, Value]


class Block(NamedTuple):
    """A block whose checksum is right."""

    start: int
    end: int
    """offset of the byte after it"""
    crc: int
    text: bytes
    """the flat TOML between the opening line and the checksum"""


def write_block(opening: bytes, table: Mapping[str, Value], previous: int) -> tuple[bytes, int]:
    """The bytes of a block, and its checksum for the next one."""
    # Events are clean, so nothing is replaced; a stray surrogate must not cost the take.
    body = opening + write_table(table).encode("utf-8", "replace")
    crc = crc32(body, previous)
    return body + _seal(crc), crc


def write_table(table: Mapping[str, Value]) -> str:
    """What `tomli_w.dumps` makes of a flat table with bare keys, in a sixth of the time: every event waits for it."""
    return "".join([f"{key} = {_value(value)}\n" for key, value in table.items()])


def _value(value: Value) -> str:
    if type(value) is str:
        if value.isprintable() and '"' not in value and "\\" not in value:
            return f'"{value}"'
    elif type(value) is list:
        return "".join(["[\n", *[f"    {_value(item)},\n" for item in value], "]"]) if value else "[]"
    elif type(value) is int:
        return str(value)
    return tomli_w.dumps({"": value})[5:-1]


def read_blocks(data: bytes) -> Iterator[Block]:
    """The blocks from the start of `data` up to the first that is not sound."""
    start, crc, opening = 0, 0, HEAD
    while data.startswith(opening, start):
        # Strings stand on one line and arrays are indented, so no other line begins like this.
        last = data.find(b'\ncrc = "', start) + 1
        crc = crc32(data[start:last], crc)
        seal = _seal(crc)
        if not last or not data.startswith(seal, last):
            return
        yield Block(start, last + len(seal), crc, data[start + len(opening) : last])
        start, opening = last + len(seal), EVENT


def read_table(text: bytes) -> dict[str, object]:
    """The table that a block holds. Raises ValueError."""
    try:
        return tomli.loads(text.decode())
    except RecursionError:
        raise ValueError("tables or arrays are nested too deeply") from None


def _seal(crc: int) -> bytes:
    return b'crc = "%08x"\n\n' % crc
