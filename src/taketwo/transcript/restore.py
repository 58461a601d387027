"""A whole take at once: the bytes of its file, and that file put where takes lie, never over another."""

from collections.abc import Sequence
from pathlib import Path

from taketwo.take.events import AnyEvent, Legend, Started
from taketwo.transcript.blocks import EVENT, HEAD, Table, write_block
from taketwo.transcript.codec import NO_LEGEND, encode
from taketwo.transcript.journal import Journal, not_saved
from taketwo.transcript.migrations import as_of
from taketwo.transcript.reading import Header


def whole(header: Header, events: Sequence[AnyEvent]) -> bytes:
    """The file of a take, in the format that its header names: byte for byte as a journal wrote it."""
    first = events[0] if events else None
    legend: Legend = first.legend if isinstance(first, Started) else NO_LEGEND
    table: Table = {
        "format": header.format,
        "id": header.id,
        "program": header.program,
        "created": header.created,
    }
    piece, crc = write_block(HEAD, table, 0)
    pieces = [piece]
    for event in events:
        piece, crc = write_block(EVENT, as_of(encode(event, legend), header.format), crc)
        pieces.append(piece)
    return b"".join(pieces)


def put_back(folder: Path, name: str, data: bytes) -> Path:
    """Make the file of the take `name` in `folder`, all at once. Raises NotSaved, also where it is there already."""
    journal = Journal(folder, name)
    try:
        journal.begin(data)
    except OSError as error:
        raise not_saved(error, journal.path, "the take cannot be kept") from error
    finally:
        journal.close()
    return journal.path
