"""Holding a file's tables against the shape of the format, and going on with what has it.

What is wrong is reported and then mended by a stand-in, or taken out, so that the rest can be understood and one
run reports everything. Each such place is a hole: what is said later about it, or below it, is not about the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, get_type_hints

from taketwo.scenario.findings import KeyPath, Mend, Problem, dotted, finds, near_name

if TYPE_CHECKING:
    from pydantic import TypeAdapter
    from pydantic_core import ErrorDetails

Table = dict[str, Any]
Pattern = tuple[str, ...]
"""A key path with `*` for any name and `#` for any place in a list."""
_ROUNDS = 40
"""of mending; each one mends or takes out something, or what holds it where that was not enough"""


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


def shaped(shape: "TypeAdapter[Any]", raw: Table, stand_ins: Mapping[Pattern, Any]) -> Shaped:
    """`raw` as `shape` wants it, with `stand_ins` for what must be there and is not well; and what is wrong with it."""
    from pydantic import ValidationError

    result = Shaped()
    data = raw
    for attempt in range(_ROUNDS):
        try:
            result.table = shape.validator.validate_python(data)
        except ValidationError as error:
            details = error.errors(include_url=False, include_input=False)
        else:
            break
        if attempt == 0:
            data = _copied(raw)
        places = {_place(data, detail): detail for detail in details}
        # what is wrong around a hole comes of the hole
        result.problems += [_problem(data, p, d) for p, d in places.items() if not result.holes.touch(p)]
        if not sum(_mend(data, path, result.holes, stand_ins) for path in places):
            break
    return result


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


_NAMED = {"meters", "flags", "names", "nodes", "replies", "interrupts", "endings", "lessons"}
"""Tables whose keys are names that the author chose."""


def _pattern(path: KeyPath) -> Pattern:
    """`path` with its numbers and the names that an author chose left open."""
    pattern: list[str] = []
    for part in path:
        if isinstance(part, int):
            pattern.append("#")
        else:
            chosen = pattern and pattern[-1] in _NAMED and pattern[-2:-1] != ["*"] or pattern[-1:] == ["replies"]
            pattern.append("*" if chosen else part)
    return tuple(pattern)


def _copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value] if isinstance(value, list) else value
