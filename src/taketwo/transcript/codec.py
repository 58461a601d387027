"""Events as flat tables of scalars and arrays of strings, and back.

An attribute of the same name means the same in every kind of event, so a row for each attribute says all: how it is
read and what may be in it. Numbers in positions become names by the legend that the first event carries. What is
empty is left out. Reading is strict: an unknown key, a missing one or a wrong value is `Undecodable`.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields
from functools import lru_cache
from typing import Any, NamedTuple, get_args

from taketwo.scenario.model import EndingKind
from taketwo.take.events import KINDS, AnyEvent, Legend, Mode, Seat, Started, Topic
from taketwo.take.machine import Offer, Position, names_of
from taketwo.text import clean
from taketwo.transcript.blocks import Table

TEXT_LIMIT = 20_000
"""characters kept of a text: a full line in which the learner's name is filled in many times"""
NAME_LIMIT = 500
LARGEST = 2**63 - 1
NO_LEGEND = Legend((), (), (), ())

Points = tuple[tuple[str, int], ...]


class Undecodable(Exception):
    """A table is not an event that we know; the message names the key and says what is wrong."""


class _Place(NamedTuple):
    """The table being read, and what its numbers stand for."""

    table: dict[str, object]
    legend: Legend


def encode(event: AnyEvent, legend: Legend = NO_LEGEND) -> Table:
    """The flat table of `event`. `legend` is that of the take's first event, which itself needs none."""
    if isinstance(event, Started):
        legend = event.legend
    kind = type(event)
    table: Table = {"kind": _KIND[kind]}
    for name in _ATTRIBUTES[kind]:
        value = getattr(event, name)
        if name in _WRITERS:
            table |= _WRITERS[name](value, legend)
        elif value != _DEFAULTS[name] if name in _DEFAULTS else value or name in _ALWAYS:
            table[name] = value
    return table


def decode(table: dict[str, object], legend: Legend = NO_LEGEND) -> AnyEvent:
    """The event that `table` holds. Raises Undecodable, and nothing else."""
    kind = table.get("kind")
    event = KINDS.get(kind) if isinstance(kind, str) else None
    if event is None:
        raise Undecodable(f"{_shown(kind)} is not a kind of event; the known ones are {', '.join(KINDS)}")
    if unknown := table.keys() - _KEYS[event]:
        raise Undecodable(f"the key {_shown(min(unknown))} does not belong to the event {kind!r}")
    if event is Started:
        legend = _read_legend(_Place(table, NO_LEGEND))
    place = _Place(table, legend)
    return event(**{name: _READERS[name](place) for name in _ATTRIBUTES[event]})


# --- values to TOML


def _points(points: Points) -> list[str]:
    return [f"{lesson} {value:+d}" for lesson, value in points]


def _write_offered(offers: tuple[Offer, ...], legend: Legend) -> Table:
    rows = [f"{reply}: {', '.join(_points(points))}".rstrip() for reply, points in offers]
    return {"offered": rows} if rows else {}


def _write_points(points: Points, legend: Legend) -> Table:
    return {"points": _points(points)} if points else {}


def _write_position(after: Position, legend: Legend) -> Table:
    rows = {
        "meters": [f"{name} {value}" for name, value in zip(legend.meters, after.meters, strict=True)],
        "flags": list(names_of(after.flags, legend.flags)) if after.flags else [],
        "spent": list(names_of(after.spent, legend.spendable)) if after.spent else [],
    }
    return {"at_node": after.node, **{key: row for key, row in rows.items() if row}}


def _write_legend(value: Legend, legend: Legend) -> Table:
    rows = {
        "known_flags": list(value.flags),
        "known_spendable": list(value.spendable),
        "skills": [f"{lesson} {skill}" for lesson, skill in value.skills],
    }
    return {key: row for key, row in rows.items() if row}


_WRITERS: dict[str, Callable[[Any, Legend], Table]] = {
    "offered": _write_offered,
    "points": _write_points,
    "steered": lambda value, legend: {"steered": list(value)} if value else {},
    "after": _write_position,
    "legend": _write_legend,
}

# --- TOML to values


def _shown(value: object) -> str:
    try:
        return clean(repr(value)[:80])
    except (ValueError, RecursionError):  # a number of thousands of digits, arrays in arrays in arrays
        return "something too long to show"


def _get(place: _Place, key: str, kind: type, empty: object) -> Any:
    value = place.table.get(key)
    if value is None:
        if key in _ALWAYS:
            raise Undecodable(f"the key {key!r} is missing")
        return empty
    if type(value) is not kind:
        raise Undecodable(f"{key!r} is {_shown(value)}, where {_WANTED[kind]} is wanted")
    return value


_WANTED = {str: "a text", int: "a whole number", bool: "true or false", list: "a list of texts"}


def _text(key: str, limit: int = TEXT_LIMIT, empty: str = "") -> Callable[[_Place], str]:
    def read(place: _Place) -> str:
        text: str = _get(place, key, str, empty)
        return clean(text, limit)

    return read


def _name(key: str, empty: str = "") -> Callable[[_Place], str]:
    return _text(key, NAME_LIMIT, empty)


def _one_of(key: str, choices: Iterable[str]) -> Callable[[_Place], str]:
    known = tuple(choices)

    def read(place: _Place) -> str:
        value: str = _get(place, key, str, "")
        if value not in known:
            raise Undecodable(
                f"{key!r} is {_shown(value)}, where one of {', '.join(filter(None, known))} is wanted"
            )
        return value

    return read


def _whole(key: str, least: int = -LARGEST - 1, most: int = LARGEST) -> Callable[[_Place], int]:
    def read(place: _Place) -> int:
        value: int = _get(place, key, int, 0)
        if not least <= value <= most:
            raise Undecodable(f"{key!r} is {_shown(value)}, which is out of its range")
        return value

    return read


def _yes(key: str) -> Callable[[_Place], bool]:
    def read(place: _Place) -> bool:
        value: bool = _get(place, key, bool, False)
        return value

    return read


def _read_pace(place: _Place) -> float:
    value = place.table.get("pace", 0.0)
    if type(value) not in (int, float) or not 0 <= value <= 10:  # type: ignore[operator]  # a number by the first test
        raise Undecodable(f"'pace' is {_shown(value)}, where a number from 0 to 10 is wanted")
    return float(value)  # type: ignore[arg-type]


def _rows(place: _Place, key: str) -> list[str]:
    rows: list[object] = _get(place, key, list, [])
    for row in rows:
        if type(row) is not str:
            raise Undecodable(f"{key!r} holds {_shown(row)}, where only texts are wanted")
    return [clean(str(row), TEXT_LIMIT) for row in rows]


_COUNT = re.compile(r"(\S+) ([+-]?[0-9]{1,18})", re.ASCII)


def _counted(key: str, rows: Iterable[str]) -> Points:
    """Rows like `active-listening +2`."""
    pairs = []
    for row in rows:
        found = _COUNT.fullmatch(row)
        if not found:
            raise Undecodable(f"{key!r} holds {_shown(row)}, where a name, a space and a number are wanted")
        pairs.append((found[1], int(found[2])))
    return tuple(pairs)


def _read_offered(place: _Place) -> tuple[Offer, ...]:
    offers = []
    for row in _rows(place, "offered"):
        reply, colon, rest = row.partition(":")
        if not colon or not reply or (rest and rest[0] != " "):
            raise Undecodable(f"'offered' holds {_shown(row)}, where `REPLY: LESSON +1, …` is wanted")
        offers.append(Offer(reply, _counted("offered", rest[1:].split(", ")) if rest else ()))
    return tuple(offers)


@lru_cache(8)
def _bits(known: tuple[str, ...]) -> dict[str, int]:
    return {name: 1 << index for index, name in enumerate(known)}


def _read_bits(place: _Place, key: str, known: tuple[str, ...]) -> int:
    if key not in place.table:
        return 0
    bits, total = _bits(known), 0
    for name in _rows(place, key):
        if name not in bits:
            raise Undecodable(f"{key!r} holds {_shown(name)}, which the first event does not declare")
        total |= bits[name]
    return total


def _read_position(place: _Place) -> Position:
    meters = _counted("meters", _rows(place, "meters"))
    if tuple([name for name, _ in meters]) != place.legend.meters:
        raise Undecodable("'meters' are not those that the first event declares")
    return Position(
        _READERS["at_node"](place),
        tuple([value for _, value in meters]),
        _read_bits(place, "flags", place.legend.flags),
        _read_bits(place, "spent", place.legend.spendable),
    )


def _read_legend(place: _Place) -> Legend:
    meters = tuple([name for name, _ in _counted("meters", _rows(place, "meters"))])
    skills = [row.partition(" ") for row in _rows(place, "skills")]
    return Legend(
        meters,
        tuple(_rows(place, "known_flags")),
        tuple(_rows(place, "known_spendable")),
        tuple((lesson, skill) for lesson, _, skill in skills),
    )


_READERS: dict[str, Callable[[_Place], Any]] = {
    # in the order in which a person reads them in a file
    "seq": _whole("seq", 1),
    "at": _name("at"),
    "ms": _whole("ms", 0),
    "by": _name("by", "learner"),
    "to": _name("to", "all"),
    "move": _name("move"),
    "scenario": _name("scenario"),
    "sha256": _name("sha256"),
    "title": _text("title"),
    "customer": _text("customer"),
    "learner": _text("learner"),
    "seed": _whole("seed"),
    "mode": _one_of("mode", get_args(Mode)),
    "pace": _read_pace,
    "parent": _name("parent"),
    "practised": _yes("practised"),
    "follows": _name("follows"),
    "trainer": _text("trainer"),
    "wheel": _one_of("wheel", get_args(Seat)),
    "form": _name("form"),
    "item": _name("item"),
    "rater": _text("rater"),
    "leaving": _yes("leaving"),
    "topic": _one_of("topic", get_args(Topic)),
    "text": _text("text"),
    "about": _whole("about", 0),
    "value": _whole("value"),
    "back_to": _whole("back_to", 1),
    "node": _name("node"),
    "lesson": _name("lesson"),
    "offered": _read_offered,
    "reply": _name("reply"),
    "said": _text("said"),
    "points": lambda place: _counted("points", _rows(place, "points")),
    "critical": _name("critical"),
    "pressed": _name("pressed"),
    "steered": lambda place: tuple(_rows(place, "steered")),
    "player": _name("player"),
    "interrupt": _name("interrupt"),
    "legend": lambda place: place.legend,
    "after": _read_position,
    "at_node": _name("at_node"),
    "who": _text("who"),
    "says": _text("says"),
    "end": _one_of("end", ("", *get_args(EndingKind), "stuck")),
    "csat": _whole("csat", 0, 5),
    "resolved": _yes("resolved"),
    "acceptable": _yes("acceptable"),
}

_ALWAYS = {
    "seq",
    "at",
    "ms",
    "scenario",
    "mode",
    "topic",
    "back_to",
    "node",
    "lesson",
    "reply",
    "at_node",
    "wheel",
    "form",
    "item",
}
"""written even when empty, and missed where they are not"""
_DEFAULTS = {"by": "learner", "to": "all"}
_KIND = {event: kind for kind, event in KINDS.items()}
_ORDER = list(_READERS)
# An attribute without a reader raises here, on import: no event can be added and then not be saved.
_ATTRIBUTES = {kind: sorted((f.name for f in fields(kind)), key=_ORDER.index) for kind in _KIND}
_FLATTENED = {
    "after": ("at_node", "meters", "flags", "spent"),
    "legend": ("known_flags", "known_spendable", "skills"),
}
_KEYS = {
    kind: {"kind"}.union(*(_FLATTENED.get(name, (name,)) for name in names))
    for kind, names in _ATTRIBUTES.items()
}

# --- what a table looks like, for those who read it elsewhere

_TEXTS = {"type": "array", "items": {"type": "string"}}
_COUNTS = {"type": "array", "items": {"type": "string", "pattern": r"^\S+ [+-]?[0-9]{1,18}$"}}
_SHAPES: dict[str, dict[str, Any]] = {
    **dict.fromkeys(
        ("offered", "flags", "spent", "steered", "known_flags", "known_spendable", "skills"), _TEXTS
    ),
    **dict.fromkeys(("points", "meters"), _COUNTS),
    "seq": {"type": "integer", "minimum": 1},
    "ms": {"type": "integer", "minimum": 0},
    "back_to": {"type": "integer", "minimum": 1},
    "about": {"type": "integer", "minimum": 0},
    "csat": {"type": "integer", "minimum": 0, "maximum": 5},
    "seed": {"type": "integer"},
    "value": {"type": "integer"},
    **{key: {"type": "boolean"} for key in ("practised", "leaving", "resolved", "acceptable")},
    "pace": {"type": "number", "minimum": 0, "maximum": 10},
    "mode": {"enum": list(get_args(Mode))},
    "topic": {"enum": list(get_args(Topic))},
    "wheel": {"enum": list(get_args(Seat))},
    "end": {"enum": ["", *get_args(EndingKind), "stuck"]},
}
"""of each key that is not a text"""


def describe() -> Iterator[dict[str, Any]]:
    """A JSON Schema of each kind of event."""
    for event, kind in _KIND.items():
        keys = sorted(_KEYS[event] - {"kind"}, key=lambda key: ([*_ORDER, key].index(key), key))
        yield {
            "title": kind,
            "description": (event.__doc__ or "").strip(),
            "type": "object",
            "properties": {
                "kind": {"const": kind},
                **{key: _SHAPES.get(key, {"type": "string"}) for key in keys},
            },
            "required": ["kind", *(key for key in keys if key in _ALWAYS)],
            "additionalProperties": False,
        }
