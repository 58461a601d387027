"""The ways in to the shelf, line by line: list and search takes, label them, note something, archive and delete."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, NAME_LENGTH, WRONG_USE, agreed, complain, guarded, plain_row

if TYPE_CHECKING:
    from taketwo.transcript.index import Index, Wanted
    from taketwo.transcript.rows import TakeRow
    from taketwo.transcript.shelf import Shelf

MANY = 500
"""takes whose reading somebody waits for"""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which takes somebody wants to see, and how. Empty means any."""

    words: str = ""
    learner: str = ""
    scenario: str = ""
    status: str = ""
    mode: str = ""
    archived: bool = False
    sort: str = "newest"
    most: int = -1
    as_json: bool = False


@guarded
def list_takes(asked: Listing, saves: Path | None) -> int:
    """The shelf, as far as it is asked for."""
    from taketwo.transcript.index import Wanted
    from taketwo.transcript.shelf import Shelf

    folder = saves_folder(saves)
    index = Shelf(folder.path).index
    index.look(_patience)
    learner = clean_line(asked.learner, NAME_LENGTH)
    if learner:
        near = _learner(index, learner)
        if isinstance(near, list):
            complain(f"{learner!r} has no takes in {folder.path}. {_who(near)}")
            return WRONG_USE
        learner = near
    wanted = Wanted(
        asked.words, learner, asked.scenario, asked.status, asked.mode, asked.archived, asked.sort
    )
    rows = index.rows(wanted, asked.most, look=False)
    if asked.as_json:
        print(json.dumps([plain_row(row) for row in rows], indent=2, ensure_ascii=False))
        return DONE
    for row in rows:
        print(take_line(row))
    if more := (index.count(wanted) - len(rows) if rows else 0):
        print(f"{more:,} more: without -n all of them are listed.")
    if not rows:
        print(_none(index, wanted, clean_line(folder.why)))
    return DONE


def _patience(done: int, all: int) -> None:
    """Tell somebody at a terminal why nothing happens yet."""
    if not done and all >= MANY and sys.stderr.isatty():
        complain(f"Reading {all:,} takes. The next time it is quick.")


def _learner(index: "Index", name: str) -> str | list[str]:
    """The learner as their takes name them, where only one is meant; else everybody who has takes."""
    everybody = index.learners()
    near = [each for each in everybody if each.casefold() == name.casefold()]
    return name if name in near else near[0] if len(near) == 1 else everybody


def _who(names: Sequence[str]) -> str:
    shown = ", ".join(clean_line(name, NAME_LENGTH) for name in names[:20])
    return f"Takes are of: {shown}{' and others' if len(names) > 20 else ''}." if names else "Nobody has."


def _none(index: "Index", wanted: "Wanted", why: str) -> str:
    from taketwo.transcript.index import Wanted
    from taketwo.wording import count

    if not (there := index.count(Wanted(archived=None))):
        return f"No takes yet. {why}"
    if wanted == Wanted():
        return f"All {there:,} are archived: --archived lists them."
    return f"None of the {count(there, 'take')} is like that."


def take_line(row: "TakeRow") -> str:
    """A take in a line, its name first."""
    from taketwo.wording import clock, count, result_words

    if row.status in ("damaged", "unreadable"):
        return f"{row.name}  {row.status}: {clean_line(row.message)}"
    how = "unfinished" if row.status == "unfinished" else result_words(row)
    labels = f" [{', '.join(clean_line(label) for label in row.labels)}]" if row.labels else ""
    about = f"{how}, {clock(row.ms)}, {count(row.decisions, 'decision')}{labels}"
    torn = f". {clean_line(row.message)}" if row.message else ""
    who = f"{row.learner} with {clean_line(row.trainer, NAME_LENGTH)}" if row.trainer else row.learner
    return f"{row.name}  {row.title}, {who}, {row.mode}: {about}{torn}"


# --- labels and notes


@guarded
def label_take(name: str, text: str, saves: Path | None, *, off: bool) -> int:
    """Put a label on a take, or take it off."""
    from taketwo.shelving import put_label

    shelf = _shelf(saves)
    labels = put_label(shelf, name, text, on=not off)
    print(f"{shelf.find(name).stem}: {', '.join(labels) if labels else 'no labels'}")
    return DONE


@guarded
def note_take(name: str, text: str, at: int, saves: Path | None) -> int:
    """A note about a take or one of its events."""
    from taketwo.shelving import put_note

    shelf = _shelf(saves)
    put_note(shelf, name, text, at)
    print(f"{shelf.find(name).stem}: noted{f' about event {at}' if at else ''}.")
    return DONE


# --- putting away


@guarded
def archive_takes(names: Sequence[str], saves: Path | None, *, off: bool) -> int:
    """Take takes out of the usual list, or back into it; what goes wrong with one is told, and the others go on."""
    from taketwo.shelving import archive

    shelf = _shelf(saves)

    def put(path: Path) -> None:
        archive(shelf, str(path), on=not off)

    return _each(_found(shelf, names), put, "listed again" if off else "archived")


@guarded
def delete_takes(names: Sequence[str], saves: Path | None, *, yes: bool) -> int:
    """Delete takes for good, after saying which they are and asking once."""
    from taketwo.transcript.rows import read_row
    from taketwo.wording import count

    shelf = _shelf(saves)
    paths = _found(shelf, names)
    for path in paths:
        print(take_line(read_row(path)))
    what = "it" if len(paths) == 1 else f"these {count(len(paths), 'take')}"
    if not yes and not agreed(f"Delete {what} for good? It cannot be undone. Type yes: "):
        print("Nothing was deleted. With --yes it is done without asking. `taketwo archive` only puts away.")
        return DONE
    code = _each(paths, lambda path: shelf.delete(str(path)), "deleted")
    shelf.empty_bin()
    return code


def _shelf(saves: Path | None) -> "Shelf":
    from taketwo.transcript.shelf import Shelf

    return Shelf(saves_folder(saves).path)


def _found(shelf: "Shelf", names: Sequence[str]) -> list[Path]:
    """The files of all that is named, before anything is done to one of them. Raises UnknownTake."""
    return list(dict.fromkeys(shelf.find(name) for name in names))


def _each(paths: Sequence[Path], put: Callable[[Path], object], done: str) -> int:
    from taketwo import disk
    from taketwo.take.decide import Refused
    from taketwo.transcript.journal import NotSaved, TakeInUse
    from taketwo.transcript.reading import Unreadable
    from taketwo.transcript.shelf import UnknownTake

    code = DONE
    for path in paths:
        try:
            put(path)
        except (Refused, NotSaved, TakeInUse, Unreadable, UnknownTake) as error:
            complain(error)
            code = FINDINGS
        except OSError as error:
            complain(f"{path}: it cannot be done. {disk.reason(error).what}.")
            code = FINDINGS
        else:
            print(f"{path.stem}: {done}.")
    return code
