"""Sub-dialogues: what many scenes share is written once, and put into each scene that enters it as plain nodes.

`[enter.identity]` names a file of the folder `common/`. Its nodes become `identity/NODE`, its flags `identity/FLAG`;
`goto = "identity"` leads to its start, and its exits lead back to where the scene says. Nothing above the reader knows.
"""

import re
from collections.abc import Callable, Iterator
from typing import Any

from taketwo.scenario.findings import KeyPath, Problem, did_you_mean, finds

Table = dict[str, Any]
Find = Callable[[str], Table | str]
"""The sub-dialogue of that name, of the shape of `format.DialogueFile`; or a sentence that says why there is none."""
_ATOM = re.compile(r"(\s*(?:not\s+)?)([a-z][a-z0-9-]{0,63})(\s*)")


def inlined(table: Table, find: Find) -> tuple[Table, list[Problem]]:
    """`table`, of the shape of `format.ScenarioFile`, with every sub-dialogue that it enters put in, and what is wrong."""
    entries: Table = table.get("enter", {})
    if not entries:
        return table, []
    problems: list[Problem] = []
    whole = {key: value for key, value in table.items() if key != "enter"}
    for key in ("nodes", "flags", "names"):
        whole[key] = dict(table.get(key, {}))
    starts: dict[str, str] = {}
    for entry, enter in entries.items():
        path: KeyPath = ("enter", entry)
        found = find(enter["dialogue"])
        if isinstance(found, str):
            problems.append(no_dialogue(found, (*path, "dialogue")))
            starts[entry] = next(iter(enter["exits"].values()), table["start"])
            continue
        problems += _mismatches(entry, enter, found, table)
        starts[entry] = f"{entry}/{found['start']}"
        _put_in(whole, entry, enter, found)
    for goto in _gotos(whole):
        for branch in goto:
            branch["to"] = starts.get(branch["to"], branch["to"])
    whole["start"] = starts.get(table["start"], table["start"])
    return whole, problems


@finds("TT034")
def no_dialogue(why: str, path: KeyPath) -> Problem:
    """A scene enters a sub-dialogue that is not in the folder `common/`, or that cannot be read.

    Bad:
        [enter.check]
        dialogue = "identitty"
        exits = { confirmed = "goodbye", refused = "walks-off", skipped = "search" }
        [nodes.opening.replies.hurry]
        goto = "check"
    Good:
        [enter.check]
        dialogue = "identity"
        exits = { confirmed = "goodbye", refused = "walks-off", skipped = "search" }
        [nodes.opening.replies.hurry]
        goto = "check"
    """
    return Problem("TT034", path, why)


@finds("TT035")
def wrong_exit(name: str, path: KeyPath, message: str, mend: str) -> Problem:
    """The ways out of a sub-dialogue and those that the scene names are not the same, or it lacks a meter that is moved there.

    Bad:
        [enter.check]
        dialogue = "identity"
        exits = { confirmed = "goodbye" }
        [nodes.opening.replies.hurry]
        goto = "check"
    Good:
        [enter.check]
        dialogue = "identity"
        exits = { confirmed = "goodbye", refused = "walks-off", skipped = "search" }
        [nodes.opening.replies.hurry]
        goto = "check"
    """
    return Problem("TT035", (*path, name), message, mend)


def _mismatches(entry: str, enter: Table, found: Table, table: Table) -> Iterator[Problem]:
    path: KeyPath = ("enter", entry)
    for name in found["exits"]:
        if name not in enter["exits"]:
            message = f"{found['id']} can go out by {name!r}, and this scene does not say where that leads."
            yield wrong_exit("exits", path, message, f"Add `{name}` to its exits.")
    for name in enter["exits"]:
        if name not in found["exits"]:
            message = f"{found['id']} has no exit {name!r}."
            yield wrong_exit("exits", path, message, did_you_mean(name, found["exits"]))
    for name in found.get("meters", ()):
        if name not in table.get("meters", {}):
            message = f"{found['id']} moves a meter {name!r}, and this scene has none."
            yield wrong_exit("dialogue", path, message, f"Add [meters.{name}].")
    for name in enter.get("says", {}):
        if name not in found["nodes"]:
            message = f"{found['id']} has no node {name!r}."
            yield wrong_exit("says", path, message, did_you_mean(name, found["nodes"]))
    if entry in table["nodes"] or entry in table.get("endings", {}):
        message = f"{entry!r} is also a node or an ending."
        yield Problem("TT017", path, message, "Give one of the two another id.")


def _put_in(whole: Table, entry: str, enter: Table, found: Table) -> None:
    """The nodes, flags and names of `found` under the name `entry`."""
    own = dict.fromkeys(found.get("flags", {}))
    whole["flags"] |= {f"{entry}/{flag}": words for flag, words in found.get("flags", {}).items()}
    whole["names"] = _merged(_merged(found.get("names", {}), enter.get("names", {})), whole["names"])
    elsewhere = next(iter(enter["exits"].values()), entry)  # for an exit that was forgotten, which is told
    ways = {node: f"{entry}/{node}" for node in found["nodes"]}
    ways |= {name: enter["exits"].get(name, elsewhere) for name in found["exits"]}
    rename = _Renamed(entry, own, ways)
    for node, body in found["nodes"].items():
        body = rename.all(body)
        if node in enter.get("says", {}):
            body["says"] = enter["says"][node]
        whole["nodes"][f"{entry}/{node}"] = body


def _merged(below: Table, above: Table) -> Table:
    """Names of both; where both have one, that of `above`."""
    both = below | above
    for key in below.keys() & above.keys():
        if isinstance(below[key], dict) and isinstance(above[key], dict):
            both[key] = below[key] | above[key]
    return both


class _Renamed:
    """Copies of nodes with other names for places and flags."""

    def __init__(self, entry: str, flags: dict[str, None], ways: dict[str, str]) -> None:
        self._entry, self._flags, self._ways = entry, flags, ways

    def all(self, node: Table) -> Table:
        """A node of a sub-dialogue as one of the scene."""
        made = node | {
            "says": [self._tested(line) for line in node["says"]],
            "replies": {id: self._move(reply) for id, reply in node["replies"].items()},
        }
        if "silence" in node:
            made["silence"] = self._move(node["silence"])
        return made

    def _move(self, move: Table) -> Table:
        made = self._tested(move)
        for key in ("sets", "clears"):
            if key in move:
                made[key] = [self._flag(name) for name in move[key]]
        made["goto"] = [
            self._tested(branch) | {"to": self._ways.get(branch["to"], branch["to"])}
            for branch in move["goto"]
        ]
        return made

    def _tested(self, table: Table) -> Table:
        if "when" not in table:
            return dict(table)
        when = table["when"]
        lists = [when] if when and isinstance(when[0], str) else when
        made = [[self._test(test) for test in tests] for tests in lists]
        return table | {"when": made[0] if len(made) == 1 else made}

    def _test(self, text: str) -> str:
        atom = _ATOM.fullmatch(text)
        return f"{atom[1]}{self._flag(atom[2])}" if atom else text

    def _flag(self, name: str) -> str:
        return f"{self._entry}/{name}" if name in self._flags else name


def _gotos(table: Table) -> Iterator[list[Table]]:
    for node in table["nodes"].values():
        for move in (*node["replies"].values(), *([node["silence"]] if "silence" in node else [])):
            move["goto"] = [dict(branch) for branch in move["goto"]]
            yield move["goto"]
    for interrupt in table.get("interrupts", {}).values():
        yield interrupt["goto"]
