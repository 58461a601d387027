"""`taketwo new`: a file to begin with, either one to learn the format from or a draft made of a call."""

import re
from pathlib import Path

from taketwo.authoring.call import draft, read_call
from taketwo.lessons import Lesson
from taketwo.scenario.library import NOT_SCENARIOS, Library, lessons_for
from taketwo.text import clean_line

EXAMPLE = Path(__file__).with_name("new-scenario.toml")
_ID = re.compile(r"[a-z][a-z0-9-]{0,63}")
_LESSONS = ("active-listening", "friends-dont-lie")
"""the lessons that the example scores"""


class CannotMake(Exception):
    """The file cannot be made; the message says why and what to do."""


def new_scenario(name: str, library: Library, path: Path, call: Path | None = None) -> list[str]:
    """Write the scenario `name` into the new file `path`: the example, or a draft of the call in the file `call`.

    Returns what the author should know about the call. Raises CannotMake, CallError, and ScenarioError where the
    lessons beside the file cannot be read.
    """
    if path.suffix != ".toml" or path.stem != name:
        raise CannotMake(f"The id of a scenario is its file's name: {name}.toml, not {_shown(path.name)}.")
    if _there(path):
        raise CannotMake(f"{_shown(str(path))} is there already, and is not written over. Take another name.")
    if not path.parent.is_dir():
        raise CannotMake(f"There is no folder {_shown(str(path.parent))}. Make it first.")
    rows = lessons_for(path, library)
    if not rows:
        raise CannotMake(f"{_shown(str(path.parent / 'lessons.toml'))} has no lessons to score.")
    notes: list[str] = []
    if call is None:
        text = example(name, rows)
    else:
        heard = read_call(call)
        notes = list(heard.notes)
        text = draft(heard, name, title(name), _LESSONS[0] if _LESSONS[0] in rows else next(iter(rows)))
    _write(path, text)
    return notes


def scenario_name(name: str) -> str:
    """`name`, if a scenario may be called that. Raises CannotMake, which says what may."""
    if not _ID.fullmatch(name):
        near = (
            re.sub(r"[^a-z0-9]+", "-", name.removesuffix(".toml").lower())
            .strip("0123456789-")[:64]
            .rstrip("-")
        )
        hint = f" Perhaps {near}?" if near else ""
        raise CannotMake(
            f"{clean_line(name, 80)!r} cannot be the name of a scenario: a name has small letters, digits and "
            f"hyphens, and begins with a letter (64 characters at most).{hint}"
        )
    if name in NOT_SCENARIOS:
        raise CannotMake(f"{name}.toml is the name of another kind of file. Take another name.")
    return name


def title(name: str) -> str:
    """A title made of a name: "Late Pizza"."""
    return name.replace("-", " ").title().strip()


def example(name: str, rows: dict[str, Lesson]) -> str:
    """The scenario that explains the format, under another name, and scored by lessons that are among `rows`."""
    text = EXAMPLE.read_text("utf-8").replace("new-scenario", name).replace("New Scenario", title(name))
    if all(lesson in rows for lesson in _LESSONS):
        return text
    first, *rest = rows
    if not rest:
        text = re.sub(rf", {_LESSONS[1]} = -?\d", "", text)
    for lesson, instead in zip(_LESSONS, (first, *rest, first), strict=False):
        text = text.replace(lesson, instead)
    return text


def _there(path: Path) -> bool:
    try:
        path.lstat()
    except FileNotFoundError:
        return False
    except (OSError, ValueError) as error:
        why = (isinstance(error, OSError) and error.strerror) or "that is no name of a file"
        raise CannotMake(f"{_shown(str(path))} cannot be written: {why}.") from None
    return True


def _write(path: Path, text: str) -> None:
    """Make the file. Opened so that a file which came in between is not written over."""
    try:
        with path.open("x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except OSError as error:
        raise CannotMake(f"{_shown(str(path))} cannot be written: {error.strerror}.") from None


def _shown(name: str) -> str:
    return clean_line(name, 200)
