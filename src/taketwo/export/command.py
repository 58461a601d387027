"""The command `taketwo export`: which takes, in which form, and where they go."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from taketwo import output
from taketwo.analysis.command import Progress
from taketwo.debrief import Debrief
from taketwo.export.taken import Taken, taken
from taketwo.text import clean
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import Shelf

DONE, FAILED, WRONG_USE = 0, 1, 2
Form = Literal["md", "html", "coaching", "svg", "cast", "json", "csv", "xapi"]
SUFFIXES: dict[Form, str] = {
    "md": ".md",
    "html": ".html",
    "coaching": ".coaching.html",
    "svg": ".svg",
    "cast": ".cast",
    "json": ".json",
    "csv": ".csv",
    "xapi": ".xapi.json",
}
Draw = Callable[[Debrief], str]
"""draws a debrief as SVG; the full screen's, which stands above this room"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants exported."""

    names: Sequence[str]
    form: Form
    all: bool = False
    out: Path | None = None
    force: bool = False
    anonymous: bool = False
    better: bool = False
    idle_limit: float | None = None
    next_date: str = ""
    home_page: str = ""
    dialogues: Path | None = None
    """the folder of scenes, where the QA form may lie that a take was rated by"""


def export(wish: Wish, shelf: Shelf, draw: Draw) -> int:
    """Write takes. Returns the exit code. Raises UnknownTake."""
    if bool(wish.names) == wish.all:
        return _complain("Say which takes, or --all for every take of the folder.", WRONG_USE)
    if problem := _wrong(wish):
        return _complain(problem, WRONG_USE)
    paths = shelf.files_of(wish.names)
    many = wish.all or len(paths) > 1
    if many and wish.out is None:
        return _complain("Several takes go to a folder: say which with -o DIR.", WRONG_USE)
    try:
        if not many:
            return _one(wish, shelf, paths[0], draw)
        return _several(wish, shelf, paths, draw)
    except output.NotWritten as error:
        return _complain(str(error), WRONG_USE if error.misuse else FAILED)


def _wrong(wish: Wish) -> str:
    """What cannot be meant, of the options that one form has."""
    from taketwo.export.statements import is_iri

    if wish.home_page and not is_iri(wish.home_page):
        return "--home-page wants an IRI, such as https://example.org/learners."
    return ""


def _one(wish: Wish, shelf: Shelf, path: Path, draw: Draw) -> int:
    try:
        of = taken(shelf, path, anonymous=wish.anonymous)
        data = written(wish, of, draw).encode()
    except (Unreadable, CannotExport) as error:
        return _complain(str(error), FAILED)
    if wish.out is None:
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    else:
        into = wish.out / file_name(wish, of) if wish.out.is_dir() else wish.out
        output.write(into, data, force=wish.force)
    return _told(of)


def _several(wish: Wish, shelf: Shelf, paths: Sequence[Path], draw: Draw) -> int:
    """All of `paths` into a folder; nothing is written where a file of one is there already."""
    assert wish.out is not None
    folder = wish.out
    if not wish.force and folder.is_dir():
        there = [path for path in paths if (folder / f"{path.stem}{SUFFIXES[wish.form]}").exists()]
        if there:
            found = output.named(folder / f"{there[0].stem}{SUFFIXES[wish.form]}")
            more = f" and {len(there) - 1} more are" if len(there) > 1 else " is"
            return _complain(
                f"{found}{more} there already. --force replaces; nothing was written.", WRONG_USE
            )
    output.make_folder(folder)
    code, count = DONE, 0
    with Progress("export") as progress:
        for number, path in enumerate(paths):
            progress("writing", number, len(paths))
            try:
                of = taken(shelf, path, anonymous=wish.anonymous)
                data = written(wish, of, draw).encode()
            except (Unreadable, CannotExport) as error:
                code = _complain(str(error), FAILED)
                continue
            output.write(folder / file_name(wish, of), data, force=wish.force)
            code, count = max(code, _told(of, named=True)), count + 1
    print(f"{count} of {len(paths)} takes are in {output.named(folder)}.", file=sys.stderr)
    return code


class CannotExport(Exception):
    """This take cannot be exported in this form; the message says why."""


def file_name(wish: Wish, of: Taken) -> str:
    """The name of an export in a folder."""
    return f"{of.name}{SUFFIXES[wish.form]}"


def written(wish: Wish, of: Taken, draw: Draw) -> str:
    """A take in the form that was asked for. Raises CannotExport."""
    if wish.form == "svg":
        if of.about is None:
            raise CannotExport(f"{of.name}: without its scenario there is no debrief to draw.")
        return draw(of.about)
    return _WRITERS[wish.form](wish, of)


def _markdown(wish: Wish, of: Taken) -> str:
    from taketwo.export.markdown import markdown
    from taketwo.export.page import page

    return markdown(page(of, better=wish.better, folder=wish.dialogues))


def _html(wish: Wish, of: Taken) -> str:
    from taketwo.export.page import page
    from taketwo.export.webpage import webpage

    return webpage(page(of, better=wish.better, folder=wish.dialogues))


def _coaching(wish: Wish, of: Taken) -> str:
    from taketwo.export.coaching import coaching
    from taketwo.export.page import page

    return coaching(page(of, folder=wish.dialogues), wish.next_date)


def _cast(wish: Wish, of: Taken) -> str:
    from taketwo.export.cast import cast

    return cast(of, wish.idle_limit)


def _csv(wish: Wish, of: Taken) -> str:
    from taketwo.export.table import table

    return table(of)


def _xapi(wish: Wish, of: Taken) -> str:
    from taketwo.export.statements import statements

    return statements(of, wish.home_page)


def _json(wish: Wish, of: Taken) -> str:
    from taketwo.export.form import as_json

    return as_json(of)


_WRITERS: dict[Form, Callable[[Wish, Taken], str]] = {
    "md": _markdown,
    "html": _html,
    "coaching": _coaching,
    "cast": _cast,
    "csv": _csv,
    "xapi": _xapi,
    "json": _json,
}


def _told(of: Taken, *, named: bool = False) -> int:
    """Say what a person should know about the export; the exit code."""
    before = f"{of.name}: " if named else ""
    if of.row.status == "unfinished":
        _complain(f"{before}This take is unfinished; it is exported as far as it goes.", DONE)
    for note in of.notes:
        _complain(before + note, DONE)
    return FAILED if of.unsound else DONE


def _complain(message: str, code: int) -> int:
    print(clean(message, 4_000), file=sys.stderr)
    return code
