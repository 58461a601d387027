"""Reading a programme: strictly, with everything that is wrong, or quickly, for a screen that must not wait.

The quick way takes nothing that has not the right kind, and leaves it to the strict way to say what is wrong.
"""

from pathlib import Path
from typing import Any, get_type_hints

import tomli

from taketwo.practice.programme import Opens, Programme, Round
from taketwo.scenario.files import Unreadable, read_file, read_head
from taketwo.scenario.findings import KeyPath, ScenarioError
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.shape import Table, shaped
from taketwo.scenario.source import Draft, newer, tables, unreadable
from taketwo.text import clean_line

FILE = "programme.toml"
_ID, _TEXT = 64, 200


def read_programme(path: Path) -> Programme:
    """The programme in the file `path`. Raises ScenarioError with everything that is wrong with its shape."""
    programme, draft = draft_programme(path)
    if programme is None or draft.problems:
        raise ScenarioError(draft.findings())
    return programme


def glance(path: Path) -> Programme:
    """Like `read_programme`, without pydantic where the file is well: that takes longer than all else on Home."""
    try:
        return _programme(tomli.loads(read_file(path, LIMITS.bytes).decode("utf-8-sig")))
    except (Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return read_programme(path)


def draft_programme(path: Path) -> tuple[Programme | None, Draft]:
    """What can be understood of the file `path`, and what is wrong with its shape; never raises."""
    try:
        return programme_from_bytes(read_file(path, LIMITS.bytes), str(path))
    except Unreadable as error:
        return None, Draft(str(path), "", None, [unreadable(str(error), error.mend)])


def programme_from_bytes(data: bytes, file: str) -> tuple[Programme | None, Draft]:
    """Like `draft_programme`, for bytes whose size has been checked."""
    draft = Draft(file, "")
    raw = tables(data, draft)
    if raw is None or newer(raw, draft):
        return None, draft
    from taketwo.practice.format import PROGRAMME

    result = shaped(PROGRAMME, raw, _STAND_INS, _known_keys)
    draft.problems, draft.holes = result.problems, result.holes
    return _programme(result.table) if result.table else None, draft


def is_programme(path: Path) -> bool:
    """Whether the file `path` is meant as a programme: by its name, else because it has rounds and no nodes."""
    if path.name == FILE:
        return True
    try:
        text = "\n" + read_head(path, 64 << 10).decode("utf-8-sig", errors="replace")
    except Unreadable:
        return False
    return "\n[rounds." in text and "\n[nodes." not in text


def _programme(table: Table) -> Programme:
    """The programme in tables of the right shape. Raises KeyError, TypeError, ValueError or AttributeError for others."""
    rounds = tuple(_round(clean_line(key, _ID), row) for key, row in table["rounds"].items())
    if table["format"] != 1 or not rounds:
        raise ValueError("no programme of format 1")
    return Programme(_line(table["title"], _TEXT), rounds)


def _round(key: str, row: Table) -> Round:
    opens = row.get("opens", {})
    if not all(type(share) in (int, float) for share in opens.get("skills", {}).values()):
        raise TypeError("a share is no number")
    if type(passes := opens.get("passes", 0)) is not int:
        raise TypeError("passes are no whole number")
    return Round(
        id=key,
        title=_line(row["title"], _TEXT),
        about=_line(row["about"], _TEXT),
        opener=_line(row["opener"], _ID) if "opener" in row else "",
        middles=tuple(_line(scene, _ID) for scene in row["middles"]),
        wow=_line(row["wow"], _ID) if "wow" in row else "",
        opens=Opens(
            passes, tuple((clean_line(k, _ID), float(v)) for k, v in opens.get("skills", {}).items())
        ),
    )


def _line(value: Any, limit: int) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("no text")
    return clean_line(value, limit)


_ROUND: Table = {"title": "?", "about": "?", "middles": ["unnamed"]}
_STAND_INS: dict[tuple[str, ...], Any] = {
    ("format",): 1,
    ("title",): "?",
    ("rounds",): {"unnamed": _ROUND},
    **{("rounds", "*", key): value for key, value in _ROUND.items()},
    ("rounds", "*", "middles", "#"): "unnamed",
}


def _known_keys(path: KeyPath) -> list[str]:
    """The keys that the format knows in the table at `path`, read off the types that validate it."""
    from taketwo.practice import format as shape

    tables: dict[int, type] = {0: shape.ProgrammeFile, 2: shape.RoundFile, 3: shape.OpensFile}
    table = tables.get(len(path))
    return [key for key in get_type_hints(table) if not key.startswith("_")] if table else []
