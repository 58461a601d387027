"""The command `taketwo graph`: which scenario, which take, and where the picture goes."""

import sys
from dataclasses import dataclass
from pathlib import Path

from taketwo import output
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
        try:
            output.write(wish.file, drawn.encode(), force=wish.force)
        except output.NotWritten as error:
            return _complain(str(error), WRONG_USE if error.misuse else FAILED)
        return DONE
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


def _complain(message: str, code: int) -> int:
    print(message, file=sys.stderr)
    return code
