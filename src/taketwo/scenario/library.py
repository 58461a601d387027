"""Finding scenarios: the folders they lie in, what stands at the top of each file, and loading one by its id.

Home lists them before anybody opens one, so what reads a whole file is imported when one is read.
"""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from taketwo.lessons import Lesson
from taketwo.scenario.around import HOUSE, Around, shipped
from taketwo.scenario.files import Unreadable, read_file, read_head
from taketwo.scenario.findings import ScenarioError, nearest
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.settings import settings_file
from taketwo.text import clean, clean_line

if TYPE_CHECKING:
    from taketwo.scenario.model import Scenario
    from taketwo.scenario.sequel import Past

_HEAD = 64 << 10
NOT_SCENARIOS = {"lessons", "programme", "house", "qa-form"}
"""Stems of files in a dialogues folder that are not scenarios."""


@dataclass(frozen=True, slots=True)
class Summary:
    """What the top of a scenario file says, read without reading the rest; `error` where it could not be read."""

    path: Path
    id: str
    title: str
    level: int = 0
    minutes: int = 0
    channel: str = ""
    centre: tuple[str, ...] = ()
    about: str = ""
    follows: tuple[str, ...] = ()
    """ids of the scenes that this one is a sequel of"""
    error: str = ""


class UnknownScenario(Exception):
    """No scenario of that name; the message names the nearest."""


class Library:
    """A folder of scenarios with its lessons; where the folder has no `lessons.toml`, the shipped lessons count."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or shipped()
        self._loaded: dict[Path, tuple[tuple[int, ...], Scenario]] = {}

    def files(self) -> list[Path]:
        """Scenario files in order of name. A folder that cannot be read has none."""
        try:
            found = sorted(self.folder.glob("*.toml"))
        except OSError:
            return []
        return [path for path in found if path.stem not in NOT_SCENARIOS and not path.name.startswith(".")]

    def summaries(self) -> list[Summary]:
        """The top of every scenario file, by level, then title."""
        return sorted((summary(path) for path in self.files()), key=lambda s: (s.level or 9, s.title))

    def lessons(self) -> dict[str, Lesson]:
        """The lessons by id. Raises ScenarioError where their file is broken."""
        own = self.folder / "lessons.toml"
        from taketwo.scenario.source import read_lessons

        return read_lessons(own if own.is_file() else shipped() / "lessons.toml")

    def lesson_titles(self) -> dict[str, str]:
        """Titles by lesson id, without looking at the rest of their file; none where it cannot be read."""
        return {key: title for key, (title, _) in self.lesson_heads().items()}

    def lesson_heads(self) -> dict[str, tuple[str, str]]:
        """Title and skill by lesson id, as `lesson_titles` reads them."""
        own = self.folder / "lessons.toml"
        try:
            rows = tomli.loads((own if own.is_file() else shipped() / "lessons.toml").read_text("utf-8-sig"))[
                "lessons"
            ]
            return {
                key: (clean_line(str(row["title"]), 80), clean_line(str(row["skill"]), 80))
                for key, row in rows.items()
            }
        except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
            return {}

    def find(self, name: str) -> Path:
        """The file of the scenario `name`: an id, or a path to a file. Raises UnknownScenario."""
        if name.endswith(".toml") or os.sep in name:
            if (path := Path(name)).is_file():
                return path
            raise UnknownScenario(f"There is no file {clean_line(name, 200)!r}.")
        if (path := self.folder / f"{name}.toml") in self.files():
            return path
        known = [path.stem for path in self.files()]
        hint = near_names(name, known) or f" There are none in {clean_line(str(self.folder), 200)}."
        raise UnknownScenario(f"There is no scenario {clean_line(name, 80)!r}.{hint}")

    def load(self, name: str, limits: Limits = LIMITS, past: Past | None = None) -> Scenario:
        """The scenario `name`, for a sequel as what follows `past`. Raises UnknownScenario or ScenarioError."""
        from taketwo.scenario.source import read_scenario

        path = self.find(name)
        if past is not None:
            return read_scenario(path, lessons_for(path, self), limits, around(path, past))
        houses = [folder / HOUSE for folder in (path.parent, settings_file().parent)]
        stamp = _stamp(path, path.parent / "lessons.toml", *houses)
        known = self._loaded.get(path)
        if known is None or known[0] != stamp:
            scenario = read_scenario(path, lessons_for(path, self), limits, around(path))
            known = self._loaded[path] = (stamp, scenario)
        return known[1]

    def load_all(self) -> tuple[list[Scenario], list[ScenarioError]]:
        """Every scenario that can be read, by level, then title, and what is wrong with the others."""
        found: list[Scenario] = []
        broken: list[ScenarioError] = []
        for path in self.files():
            try:
                found.append(self.load(str(path)))
            except ScenarioError as error:
                broken.append(error)
        return sorted(found, key=lambda s: (s.level, s.title)), broken


def _stamp(*paths: Path) -> tuple[int, ...]:
    """What changes when one of the files does: their sizes and times; nothing for one that is not there."""
    found: list[int] = []
    for path in paths:
        with suppress(OSError):
            there = path.stat()
            found += (there.st_ino, there.st_size, there.st_mtime_ns)
    return tuple(found)


def near_names(wrong: str, known: list[str]) -> str:
    """A sentence, after a space, that names what of `known` looks like `wrong`, else the first few; "" for none."""
    near = nearest(wrong, known) or known[:6]
    return f" Did you mean {' or '.join(clean_line(name, 80) for name in near)}?" if near else ""


def lessons_for(path: Path, library: Library) -> dict[str, Lesson]:
    """The lessons that a scenario file may name: those beside it, else those of `library`."""
    from taketwo.scenario.source import read_lessons

    beside = path.parent / "lessons.toml"
    return read_lessons(beside) if beside.is_file() else library.lessons()


def around(path: Path, past: Past | None = None) -> Around:
    """What the scenario file `path` is read with: the words of the house, shared dialogues, and the past."""
    from taketwo.scenario.house import house_draft

    house: dict[str, str] = {}
    for folder in (path.parent, settings_file().parent):
        file = folder / HOUSE
        if file.is_file():
            house |= house_draft(file)[1]
    return Around(house, path.parent, past)


def load_scenario(path: str | Path) -> Scenario:
    """The scenario in the file `path`, or the shipped one of that id. Raises UnknownScenario or ScenarioError."""
    return Library().load(str(path))


def summary(path: Path) -> Summary:
    """The top of the scenario file `path`: everything before its first node, which may be half a page of many."""
    try:
        return _summary(path, _top(path))
    except KeyError as error:
        why = f"its key {error} is missing"
    except (Unreadable, ValueError) as error:
        why = str(error)
    return Summary(
        path, path.stem, clean_line(path.stem, 120), error=clean_line(f"This file cannot be read: {why}", 200)
    )


def _top(path: Path) -> dict[str, Any]:
    """The tables before the first node, or all of them where the text cannot be cut there."""
    text = read_head(path, _HEAD).decode("utf-8-sig", errors="replace")
    if (cut := text.find("\n[nodes")) >= 0 and "\n[sequel" not in text[cut:]:
        try:
            return tomli.loads(text[: cut + 1])
        except (ValueError, RecursionError):
            pass  # it may stand in a text of several lines; if not, the whole file says what is wrong
    from taketwo.scenario.source import Draft, tables

    draft = Draft(str(path), "")
    table = tables(read_file(path, LIMITS.bytes), draft)
    if table is None:
        raise ValueError(draft.problems[0].message)
    return table


def _summary(path: Path, table: dict[str, Any]) -> Summary:
    title, level, minutes = table["title"], table["level"], table["minutes"]
    channel, centre, about = table["channel"], table["centre"], table.get("about", "")
    texts = [title, channel, about, *centre] if isinstance(centre, list) else [None]
    if not all(isinstance(text, str) for text in texts):
        raise ValueError("its title, channel, centre or about is not what it should be.")
    if not (type(level) is int and type(minutes) is int and 1 <= level <= 4 and 1 <= minutes <= 120):
        raise ValueError("its level or its minutes are not what they should be.")
    return Summary(
        path,
        path.stem,
        clean_line(title, 120),
        level,
        minutes,
        clean_line(channel, 20),
        tuple(clean_line(lesson, 64) for lesson in centre),
        clean(about, 500),
        _follows(table),
    )


def _follows(table: dict[str, Any]) -> tuple[str, ...]:
    sequel = table.get("sequel")
    of = sequel.get("of") if isinstance(sequel, dict) else None
    return tuple(clean_line(id, 64) for id in of if isinstance(id, str)) if isinstance(of, list) else ()
