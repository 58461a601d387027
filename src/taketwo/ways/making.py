"""To make and to look at scenes: new ones, pictures, schemas, lessons, the house, the book."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, WRONG_USE, complain, guarded

if TYPE_CHECKING:
    from taketwo.graph.command import Drawing


@guarded
def new_file(name: str, dialogues: Path | None, out: Path | None, call: Path | None) -> int:
    """Write a scenario to begin with."""
    from shlex import quote

    from taketwo.authoring.call import CallError
    from taketwo.authoring.new import CannotMake, new_scenario, scenario_name
    from taketwo.scenario.library import Library

    try:
        file = f"{scenario_name(name)}.toml"
        path = out / file if out and out.is_dir() else out or (dialogues or Path()) / file
        notes = new_scenario(name, Library(dialogues), path, call)
    except CannotMake as error:
        complain(error)
        return WRONG_USE
    except CallError as error:
        complain(error)
        return FINDINGS
    for note in notes:
        print(note)
    shown = quote(str(path))
    print(f"{shown} is written. Open it in an editor, and play it beside that:")
    print(f"  taketwo play {shown} --watch")
    return DONE


@guarded
def draw_graph(wish: "Drawing", saves: Path | None, dialogues: Path | None) -> int:
    """Draw a scenario, or the path of a take through it."""
    from taketwo.graph.command import draw
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf

    return draw(wish, Library(dialogues), Shelf(saves_folder(saves).path))


@guarded
def print_schema() -> int:
    """Print the JSON Schema of a scenario file."""
    from taketwo.authoring.schema import schema_text

    print(schema_text())
    return DONE


@guarded
def print_house(dialogues: Path | None) -> int:
    """Print a house.toml to begin with: every name that scenes have a place for, with what they say there."""
    from taketwo.checks.beside import house_template
    from taketwo.scenario.library import Library

    print(house_template(Library(dialogues)))
    return DONE


@guarded
def list_lessons(dialogues: Path | None, *, as_json: bool, coverage: bool) -> int:
    """The film lessons, and which scenes teach them."""
    from taketwo.plain import Console, lessons_said
    from taketwo.scenario.library import Library

    form: Literal["json", "coverage", "words"] = "json" if as_json else "coverage" if coverage else "words"
    broken = lessons_said(Console(), Library(dialogues), form)
    for error in broken:
        complain(error)
    return FINDINGS if broken else DONE


@guarded
def make_book(names: tuple[str, ...], dialogues: Path | None, out: Path, *, force: bool) -> int:
    """Print scenes as one page for trainers."""
    from taketwo.book.command import print_book
    from taketwo.scenario.library import Library

    return print_book(names, Library(dialogues), out, force=force)
