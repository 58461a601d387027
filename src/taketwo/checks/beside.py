"""What is wrong with the files that stand beside scenarios: a house, and sub-dialogues.

A sub-dialogue is looked at inside the smallest scene that enters it, whose endings are its exits, so that every check
of a scene's parts holds for it too.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import tomli
import tomli_w

from taketwo.checks import replies, state
from taketwo.scenario.build import build
from taketwo.scenario.findings import Finding, KeyPath, Problems, ScenarioError
from taketwo.scenario.house import house_draft, unused_name
from taketwo.scenario.inline import inlined
from taketwo.scenario.library import Library, lessons_for
from taketwo.scenario.model import Scenario
from taketwo.scenario.rules import RULES
from taketwo.scenario.shape import bad_value
from taketwo.scenario.source import read_dialogue
from taketwo.text import clean_line

Table = dict[str, Any]
_ENTRY = "x"
_CHECKS: tuple[Callable[[Scenario], Problems], ...] = (*RULES, *state.CHECKS, *replies.CHECKS)
_OF_THE_SCENE = {"TT026", "TT027"}
"""about meters, which are the scene's"""


def check_house(path: Path, library: Library) -> list[Finding]:
    """Everything that is wrong with the house in the file `path`, and its words that no scene of `library` says."""
    draft, rows = house_draft(path)
    known = house_names(library)
    unused = [
        unused_name(name.partition(".")[2], known) for name in rows if name.partition(".")[2] not in known
    ]
    return draft.findings(unused)


def house_names(library: Library) -> dict[str, list[str]]:
    """Each name of `[names.house]` that scenes of `library` bring, with what they say there."""
    found: dict[str, list[str]] = {}
    files = [*library.files(), *sorted((library.folder / "common").glob("*.toml"))]
    for path in files:
        try:
            house = tomli.loads(path.read_text("utf-8-sig")).get("names", {}).get("house", {})
        except (OSError, ValueError, AttributeError, RecursionError):
            continue
        if isinstance(house, dict):
            for key, value in house.items():
                found.setdefault(key, []).append(str(value))
    return found


def house_template(library: Library) -> str:
    """A house.toml to begin with: every name, most used first, with what the scenes say themselves; nothing is set yet."""
    names = sorted(house_names(library).items(), key=lambda row: (-len(row[1]), row[0]))
    lines = [
        "# The words of your house, said by every scene that has a place for them. Take the # away before those you want.",
        "# Keep it as house.toml beside your scenes, or in your configuration folder; `taketwo check` reads it.",
        "format = 1",
        "",
        "[house]",
    ]
    for name, said in names:
        few = ", ".join(dict.fromkeys(clean_line(text, 40) for text in said[:5]))
        value = said[0] if said[0].isdecimal() else tomli_w.dumps({"x": clean_line(said[0], 200)})[4:].strip()
        lines.append(f"# {name} = {value}".ljust(40) + f"  # {_in(len(said))}: {few}")
    return "\n".join(lines)


def _in(scenes: int) -> str:
    return f"in {scenes} scene{'s' * (scenes != 1)}"


def check_dialogue(path: Path, library: Library) -> list[Finding]:
    """Everything that is wrong with the sub-dialogue in the file `path`."""
    draft, table = read_dialogue(path)
    if draft.problems or table is None:
        return draft.findings()
    try:
        rows = lessons_for(path.parent, library)
    except ScenarioError as error:
        return error.findings
    if table["id"] != path.stem:
        message = f"The id is {table['id']!r}, but the file is {path.stem!r}."
        return draft.findings([bad_value(("id",), message, "Make the two the same.")])
    whole, problems = inlined(_around(table), lambda _: table)
    scenario, unread = build(whole, rows)
    found = chain(problems, unread, *(check(scenario) for check in _CHECKS))
    return draft.findings(replace(p, path=_back(p.path)) for p in found if p.code not in _OF_THE_SCENE)


def _around(table: Table) -> Table:
    """The smallest scene that enters `table`."""
    ending = {"kind": "callback", "csat": 3, "resolved": False, "text": "It goes on."}
    return {
        "format": 1, "id": _ENTRY, "title": table["title"], "level": 1, "minutes": 1, "channel": "phone",
        "centre": _lessons(table)[:1], "start": _ENTRY,
        "briefing": {"role": "You.", "situation": "Here."}, "customer": {"name": "The customer"},
        "meters": {name: {"start": 5} for name in table.get("meters", ())},
        "flags": {}, "nodes": {},
        "endings": {f"out-{name}": ending for name in table["exits"]},
        "enter": {_ENTRY: {"dialogue": table["id"], "exits": {name: f"out-{name}" for name in table["exits"]}}},
    }  # fmt: skip


def _lessons(table: Table) -> list[str]:
    every = (reply["points"] for node in table["nodes"].values() for reply in node["replies"].values())
    return list(dict.fromkeys(lesson for points in every for lesson in points))


def _back(path: KeyPath) -> KeyPath:
    """Where in the sub-dialogue's own file `path` of the scene around it is."""
    if len(path) > 1 and path[0] in ("nodes", "flags"):
        return (path[0], str(path[1]).removeprefix(f"{_ENTRY}/"), *path[2:])
    return () if path[0] in ("enter", "centre", "endings") else path


def beside(folder: Path) -> Iterator[Path]:
    """The files in and under `folder` that stand beside its scenes."""
    if (house := folder / "house.toml").is_file():
        yield house
    yield from sorted((folder / "common").glob("*.toml"))
