"""The command `taketwo graph`: which scenario, which take, and where the picture goes."""

import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from taketwo import disk
from taketwo.analysis.background import solving
from taketwo.graph.layout import CannotDraw
from taketwo.graph.picture import Picture, picture
from taketwo.graph.render import SUFFIXES, Format, rendered
from taketwo.scenario.library import Library, UnknownScenario
from taketwo.text import clean_line
from taketwo.transcript.shelf import Shelf

DONE, FAILED, WRONG_USE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Drawing:
    """What somebody wants drawn; the format "" is what the file's name asks for, else text."""

    scenario: str = ""
    take: str = ""
    form: Format | None = None
    file: Path | None = None
    force: bool = False


def draw(wish: Drawing, library: Library, shelf: Shelf) -> int:
    """Draw a scenario, or a take on its scenario as it was kept. Returns the exit code.

    Raises UnknownScenario, UnknownTake, ScenarioError, Unreadable.
    """
    if not (wish.scenario or wish.take):
        return _complain("Say which scenario, or which take with --take.", WRONG_USE)
    asked = SUFFIXES.get(wish.file.suffix.lower(), "text") if wish.file else "text"
    try:
        drawn = rendered(_picture(wish, library, shelf), wish.form or asked)
    except CannotDraw as error:
        return _complain(str(error), FAILED)
    if wish.file:
        return write(wish.file, drawn.encode(), force=wish.force)
    sys.stdout.buffer.write(drawn.encode())
    sys.stdout.flush()
    return DONE


def _picture(wish: Drawing, library: Library, shelf: Shelf) -> Picture:
    if not wish.take:
        return picture(library.load(wish.scenario))
    take = shelf.read(wish.take)
    scenario = shelf.kept(take.started.sha256)
    if wish.scenario and Path(library.find(wish.scenario)).stem != scenario.id:
        raise UnknownScenario(
            f"The take {clean_line(wish.take, 140)!r} is one of {scenario.id!r}, not of "
            f"{clean_line(wish.scenario, 80)!r}. Leave the scenario out: it is kept with the take."
        )
    if take.damage:
        print(take.damage.message, file=sys.stderr)
    return picture(scenario, take.events, solving(scenario).result())


def write(path: Path, data: bytes, *, force: bool) -> int:
    """Put `data` in `path`: all of it or nothing; what has that name stays, unless by `force`. Returns the exit code."""
    if why := hindrance(path, force=force):
        return _complain(why, WRONG_USE)
    try:
        if force:
            disk.replace(path, data)
        else:
            _make(path, data)
    except FileExistsError:
        return _complain(_there(path), WRONG_USE)
    except OSError as error:
        return _complain(f"{_named(path)} cannot be written. {disk.reason(error).what}.", FAILED)
    return DONE


def hindrance(path: Path, *, force: bool) -> str:
    """Why nothing can be written to `path`, as far as can be seen before it is tried; "" where it can."""
    if path.is_dir():
        return f"{_named(path)} is a folder."
    if not path.parent.is_dir():
        return f"{_named(path)}: there is no such folder."
    return "" if force or not (path.is_symlink() or path.exists()) else _there(path)


def _there(path: Path) -> str:
    return f"{_named(path)} is there already. --force replaces it."


def _make(path: Path, data: bytes) -> None:
    with os.fdopen(disk.create(path), "wb") as file:
        try:
            file.write(data)
            file.flush()
        except OSError:
            with suppress(OSError):
                path.unlink()
            raise


def _named(path: Path) -> str:
    return clean_line(str(path), 200)


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
