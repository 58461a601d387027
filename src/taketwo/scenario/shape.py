"""Holding a file's tables against the shape of the format, and going on with what has it.

What is wrong is reported and then mended by a stand-in, or taken out, so that the rest can be understood and one
run reports everything. Each such place is a hole: what is said later about it, or below it, is not about the file.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_type_hints

from taketwo.scenario.findings import KeyPath, Mend, Problem, did_you_mean, dotted, finds

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Table = dict[str, Any]
Pattern = tuple[str, ...]
"""A key path with `*` for any name and `#` for any place in a list."""
Keys = Callable[[KeyPath], list[str]]
"""the keys that a format knows in the table at a path"""
_ROUNDS = 40
"""of mending; each one mends or takes out something, or what holds it where that was not enough"""
_MANY = 10_000
"""errors of shape; a file with more of them is not mended, as it is hardly a scenario"""
_FAR_TOO_MANY = 50_000
"""errors of shape; beyond it they are only counted"""
_FEW = 1_000


@dataclass(frozen=True, slots=True)
class Holes:
    """Places of a file that are not well; in the tables that are read on, a stand-in or nothing is there."""

    places: set[KeyPath] = field(default_factory=set)
    above: set[KeyPath] = field(default_factory=set)
    """everything that holds one of them"""

    def add(self, path: KeyPath) -> None:
        """Remember `path`."""
        self.places.add(path)
        self.above.update(path[:end] for end in range(1, len(path)))

    def hold(self, path: KeyPath) -> bool:
        """Whether `path` is a hole or stands in one."""
        return bool(self.places) and any(path[:end] in self.places for end in range(1, len(path) + 1))

    def touch(self, path: KeyPath) -> bool:
        """Whether `path` is a hole, stands in one or has one in it."""
        return path in self.above or self.hold(path)


@dataclass(slots=True)
class Shaped:
    """`table` has the shape of the format, unless it is None: so much is missing that nothing can be said."""

    table: Table | None = None
    problems: list[Problem] = field(default_factory=list)
    holes: Holes = field(default_factory=Holes)


def shaped(
    shape: "TypeAdapter[Any]", raw: Table, stand_ins: Mapping[Pattern, Any], keys: Keys | None = None
) -> Shaped:
    """`raw` as `shape` wants it, with `stand_ins` for what must be there and is not well; and what is wrong with it.

    `keys` tells the keys that a table may have, for files that are no scenarios.
    """
    from pydantic import ValidationError

    result = Shaped()
    data = raw
    for attempt in range(_ROUNDS):
        try:
            result.table = shape.validator.validate_python(data)
        except ValidationError as error:
            count = error.error_count()
            details = error.errors(include_url=False, include_input=False) if count <= _FAR_TOO_MANY else []
        else:
            break
        if count > _MANY:
            result.problems += _first_few(data, count, details, keys or known_keys)
            break
        if attempt == 0:
            data = _copied(raw)
        places = {_place(data, detail): detail for detail in details}
        # what is wrong around a hole comes of the hole
        result.problems += [
            _problem(data, p, d, keys or known_keys) for p, d in places.items() if not result.holes.touch(p)
        ]
        changed = [_mend(data, path, result.holes, stand_ins) for path in places]
        for path, detail in places.items():
            if _is_key(
                path, detail
            ):  # most often its capitals are what is wrong, and others name it without them
                result.holes.add((*path[:-1], str(path[-1]).lower()))
        if not any(changed):
            break
    return result


def _is_key(path: KeyPath, detail: "ErrorDetails") -> bool:
    """Whether the key itself is wrong, and not what it holds."""
    return detail["loc"][-1:] == ("[key]",) and path[-1:] != ("[key]",)


def _first_few(data: Table, count: int, details: list["ErrorDetails"], keys: Keys) -> list[Problem]:
    few = {_place(data, detail): detail for detail in details[:_FEW]}
    message = f"The shape of this file is wrong in {count:,} places" + (
        "; the first are listed." if few else "."
    )
    return [bad_value((), message), *(_problem(data, path, detail, keys) for path, detail in few.items())]


def _place(data: Any, detail: "ErrorDetails") -> KeyPath:
    """The part of pydantic's location that stands in the file; its names for the kinds of a union do not."""
    path: list[str | int] = []
    location = detail["loc"]
    for part in location:
        if isinstance(data, dict) and (part in data or str(part) in data):
            part = part if part in data else str(part)
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif not (detail["type"] == "missing" and part == location[-1]):
            continue
        path.append(part)
    return tuple(path)


def _mend(data: Table, path: KeyPath, holes: Holes, stand_ins: Mapping[Pattern, Any]) -> bool:
    """Put a stand-in at `path` or take out what is there, the second time what holds it. Whether that changed anything."""
    while path in holes.places and len(path) > 1:
        path = path[:-1]
    if not path or path in holes.places:
        return False
    holder: Any = data
    for part in path[:-1]:
        if isinstance(holder, dict):
            holder = holder.get(str(part))
        elif isinstance(holder, list) and isinstance(part, int) and part < len(holder):
            holder = holder[part]
        else:
            return True  # it went with what held it
    last: Any = path[-1]
    holes.add(path)
    stand_in = stand_ins.get(_pattern(path))
    if isinstance(holder, dict) and (stand_in is not None or last in holder):
        if stand_in is None:
            del holder[last]
        else:
            holder[last] = _copied(stand_in)
        return True
    if isinstance(holder, list) and stand_in is not None and last < len(holder):
        holder[last] = _copied(stand_in)
        return True
    return not isinstance(holder, dict | list) or _mend(data, path[:-1], holes, stand_ins)


_NAMED = frozenset(
    [
        "meters",
        "flags",
        "promises",
        "names",
        "nodes",
        "interrupts",
        "endings",
        "lessons",
        "enter",
        "house",
        "exits",
        "rounds",
        "sections",
    ]
)
"""Tables whose keys are names that the author chose."""


def _pattern(path: KeyPath) -> Pattern:
    """`path` with its numbers and the names that an author chose left open."""
    chosen = {1} if path[0] in _NAMED else set()
    if path[0::2][:2] in (("nodes", "replies"), ("sections", "items")):
        chosen.add(3)
    if path[0] == "sequel":
        chosen.add(2)
    return tuple(
        "#" if isinstance(part, int) else "*" if index in chosen else part for index, part in enumerate(path)
    )


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value


def _problem(data: Table, path: KeyPath, detail: "ErrorDetails", keys: Keys) -> Problem:
    kind = detail["type"]
    if kind == "missing":
        return missing_key(path)
    if kind == "extra_forbidden":
        return unknown_key(path, keys)
    value: Any = data
    for part in path:
        value = value[part]
    if _is_key(path, detail):
        value = path[-1]
    known = {"msg": detail["msg"], **detail.get("ctx", {})}
    if isinstance(value, dict | list):
        return bad_value(
            path, _EXPECTED.get(kind, "{msg}.").format_map(known | {"actual_length": len(value)})
        )
    return bad_value(path, f"It is {_shown(value)}. " + _EXPECTED.get(kind, "{msg}.").format_map(known))


_EXPECTED = {
    "string_type": "A text is wanted here.",
    "int_type": "A whole number is wanted here.",
    "bool_type": "true or false is wanted here.",
    "list_type": "A list is wanted here.",
    "dict_type": "A table is wanted here.",
    "literal_error": "Wanted: {expected}.",
    "string_pattern_mismatch": "An id has small letters, digits and hyphens, and begins with a letter (64 characters at most).",
    "string_too_long": "At most {max_length} characters are kept.",
    "string_too_short": "A text with something in it is wanted here.",
    "too_short": "At least {min_length} are wanted here; there are {actual_length}.",
    "too_long": "At most {max_length} are read here; there are {actual_length}.",
    "union_tag_invalid": "A text or a whole number is wanted here.",
    "greater_than_equal": "At least {ge} is wanted.",
    "less_than_equal": "At most {le} is wanted.",
}


def _shown(value: object) -> str:
    """A value as the file has it, as far as it is short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int) and value.bit_length() > 200:
        return "a huge number"
    text = repr(value) if isinstance(value, str) else str(value)
    return text if len(text) <= 60 else text[:57] + "…"


@finds("TT002")
def unknown_key(path: KeyPath, keys: Keys) -> Problem:
    """A key that the format does not know; most often a misspelling.

    Bad:
        titel = "A misspelt key"
    Good:
        title = "A known key"
    """
    wrong = str(path[-1])

    def mend() -> str:
        return did_you_mean(wrong, keys(path[:-1])) or "Take it out."

    return Problem("TT002", path, f"Unknown key {wrong[:80]!r}.", mend)


@finds("TT003")
def missing_key(path: KeyPath) -> Problem:
    """A key that every scenario, node, reply or ending needs is not there.

    Bad:
        [nodes.opening.silence]
        why = "Dead air."
    Good:
        [nodes.opening.silence]
        why = "Dead air."
        goto = "walks-off"
    """
    where = f"in [{dotted(path[:-1])}]" if len(path) > 1 else "at the top of the file"
    return Problem("TT003", path, f"The key `{path[-1]}` is missing.", f"Add it {where}.")


@finds("TT004")
def bad_value(path: KeyPath, message: str, mend: Mend = "") -> Problem:
    """A value of the wrong kind, outside its range, or too long.

    Bad:
        level = 9
    Good:
        level = 2
    """
    return Problem("TT004", path, message, mend)


def known_keys(path: KeyPath) -> list[str]:
    """The keys that the format knows in the table at `path`, read off the same types that validate it."""
    from taketwo.scenario import format as shape

    tables: dict[Pattern, type] = {
        (): shape.ScenarioFile,
        ("briefing",): shape.BriefingFile,
        ("customer",): shape.CustomerFile,
        ("meters", "*"): shape.MeterFile,
        ("nodes", "*"): shape.NodeFile,
        ("nodes", "*", "says", "#"): shape.LineFile,
        ("nodes", "*", "replies", "*"): shape.ReplyFile,
        ("nodes", "*", "silence"): shape.MoveFile,
        ("interrupts", "*"): shape.InterruptFile,
        ("endings", "*"): shape.EndingFile,
        ("lessons", "*"): shape.LessonFile,
        ("enter", "*"): shape.EnterFile,
        ("sequel",): shape.SequelFile,
        ("sequel", "flags", "*"): shape.PastFile,
        ("sequel", "quotes", "*"): shape.QuoteFile,
    }
    table = tables.get(_pattern(path) if path else ())
    if table is None and "goto" in path:
        table = shape.BranchFile
    return [key for key in get_type_hints(table) if not key.startswith("_")] if table else []
