"""`taketwo import`: takes back from the JSON form, the same as they were, and never over one that is there.

Everything in such a file is somebody else's word. Its size is checked before it is parsed, its shape by pydantic, each
event by the journal's own reader, and the scenario by its checksum and by the reader of scenarios.
"""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from pydantic import ValidationError

from taketwo import disk
from taketwo.export.form import KIND, TakeForm, read
from taketwo.export.taken import unsealed
from taketwo.scenario.limits import LARGE
from taketwo.scenario.source import draft_from_bytes
from taketwo.take.events import AnyEvent, Legend, Started
from taketwo.text import clean, clean_line
from taketwo.transcript.codec import NO_LEGEND, Undecodable, decode
from taketwo.transcript.journal import NAME
from taketwo.transcript.migrations import FORMAT, stray
from taketwo.transcript.reading import SIZE_LIMIT, TakeFile, Unreadable, parse_take, read_take
from taketwo.transcript.restore import put_back, whole
from taketwo.transcript.shelf import Shelf

LIMIT = 3 * SIZE_LIMIT
"""bytes of a document that are read at most: a take, its scenario, and what was made from them"""


class CannotImport(Exception):
    """The file was not taken in; the message says why. Nothing on the shelf has changed."""


@dataclass(frozen=True, slots=True)
class Brought:
    """A take that is on the shelf now."""

    name: str
    there: bool
    """it was there before"""
    notes: tuple[str, ...] = ()


def bring_all(shelf: Shelf, files: Sequence[Path]) -> int:
    """Take in documents, and say what came of each. Returns 1 where one cannot be taken in. Raises NotSaved."""
    code = 0
    for file in files:
        try:
            brought = bring(shelf, file)
        except CannotImport as error:
            print(clean(str(error), 4_000), file=sys.stderr)
            code = 1
            continue
        done = "is there already" if brought.there else "is on the shelf"
        print(f"{brought.name} {done}{''.join(f'; {note}' for note in brought.notes)}.")
    return code


def bring(shelf: Shelf, file: Path) -> Brought:
    """Take in the document in `file`. Raises CannotImport, NotSaved."""
    document = _document(file)
    data = _journal(document, file)
    take = parse_take(data, shelf.folder / f"{document.name}.toml")
    scenario = _scenario(document, take.started, file)
    notes = tuple(_notes(document, take))
    there = _is_there(take, document, file)
    if scenario:
        shelf.keep_bytes(scenario)
    if not there:
        put_back(shelf.folder, document.name, data)
    return Brought(document.name, there, notes)


def _document(file: Path) -> TakeForm:
    try:
        data = disk.read_file(file, LIMIT)
    except OSError as error:
        raise CannotImport(f"{_named(file)} cannot be read. {disk.reason(error).what}.") from None
    if len(data) > LIMIT:
        raise CannotImport(f"{_named(file)} has more than {LIMIT:,} bytes; at most that many are read.")
    try:
        document = read(data)
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False, include_input=False)[0]
        where = clean_line(".".join(map(str, first["loc"])), 80) or "the file"
        raise CannotImport(
            f"{_named(file)} is not a take as `taketwo export --to json` writes it ({KIND}). "
            f"{where}: {clean_line(first['msg'], 200)}."
        ) from None
    if not NAME.fullmatch(document.name):
        raise CannotImport(f"{_named(file)}: {clean_line(document.name, 140)!r} is no name for a take.")
    if document.header.format > FORMAT:
        raise CannotImport(
            f"{_named(file)}: this take has format {document.header.format}, and this program reads formats up to "
            f"{FORMAT}. Get a newer version of Take Two."
        )
    return document


def _journal(document: TakeForm, file: Path) -> bytes:
    """The bytes of the take's file. Raises CannotImport for what the journal's reader would not read."""
    try:
        header = document.header.header()
        data = whole(header, _events(document.events, header.format))
        if len(data) > SIZE_LIMIT:
            raise Undecodable(f"it would have {len(data):,} bytes, and at most {SIZE_LIMIT:,} are read")
        take = parse_take(data, file)
    except (Undecodable, Unreadable, UnicodeError) as error:
        raise CannotImport(f"{_named(file)}: {clean_line(str(error), 300)}.") from None
    if take.damage:
        raise CannotImport(f"{_named(file)}: {clean_line(take.damage.message, 300)}")
    return data


def _events(tables: Sequence[dict[str, str | int | float | bool | list[str]]], form: int) -> list[AnyEvent]:
    events: list[AnyEvent] = []
    legend: Legend = NO_LEGEND
    for number, table in enumerate(tables, 1):
        try:
            if (table.get("kind") == "started") != (number == 1):
                raise Undecodable("it does not follow the one before it; a take begins with one 'started'")
            if later := stray(dict(table), form):
                raise Undecodable(f"the key {later!r} does not belong to format {form}")
            event = decode(dict(table), legend)
        except Undecodable as error:
            raise Undecodable(f"event {number}: {error}") from None
        if event.seq != number:
            raise Undecodable(
                f"event {number}: it has seq {event.seq}, and does not follow the one before it"
            )
        if isinstance(event, Started):
            legend = event.legend
        events.append(event)
    return events


def _scenario(document: TakeForm, first: Started, file: Path) -> bytes:
    """The file of the scenario, checked; empty where the document has none."""
    if document.scenario is None:
        return b""
    data = document.scenario.toml.encode("utf-8", "replace")
    if not sha256(data).hexdigest() == document.scenario.sha256 == first.sha256:
        raise CannotImport(
            f"{_named(file)}: its scenario is not the one that the take was played on; its checksum differs."
        )
    draft = draft_from_bytes(data, str(file), {}, LARGE) if len(data) <= LARGE.bytes else None
    if draft is None or not draft.playable:
        raise CannotImport(f"{_named(file)}: the scenario in it is not one that this version can read.")
    return data


def _notes(document: TakeForm, take: TakeFile) -> list[str]:
    notes = []
    if document.scenario is None and take.started.sha256:
        notes.append("its scenario does not come with it, so it can be read but not reviewed")
    if document.sealed:
        notes.append("what was for the trainer alone is blank in it")
    if document.incomplete:
        notes.append("it was damaged where it came from, and is the part of it that was sound")
    return notes


def _is_there(take: TakeFile, document: TakeForm, file: Path) -> bool:
    """Whether this take is on the shelf already, as it is or longer. Raises CannotImport where another has its name."""
    if not take.path.exists() and not take.path.is_symlink():
        return False
    try:
        known = read_take(take.path)
    except Unreadable as error:
        raise CannotImport(f"{_named(file)}: another file has the name of this take. {error}") from None
    mine = unsealed(known.events)[0] if document.sealed else known.events
    if known.header == take.header and mine[: len(take.events)] == take.events:
        return True
    if known.header == take.header and take.events[: len(mine)] == mine:
        raise CannotImport(
            f"{_named(file)}: {document.name} is there already, and the one in the file goes on for "
            f"{len(take.events) - len(mine)} more events. Nothing was changed; move the old one away first."
        )
    raise CannotImport(
        f"{_named(file)}: another take is called {document.name}. Nothing was changed; move that one away first, "
        "or take this one in with another --saves DIR."
    )


def _named(file: Path) -> str:
    return clean_line(str(file), 200)
