"""Reading a programme: strictly, with everything that is wrong, or quickly, for a screen that must not wait.

The quick way takes nothing that has not the right kind, and leaves it to the strict way to say what is wrong.
"""

from pathlib import Path
from typing import Any, get_type_hints

import tomli

from taketwo.practice.programme import Opens, Programme, Round
from taketwo.scenario.companion import Companion
from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.findings import KeyPath, ScenarioError
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.shape import Table
from taketwo.text import clean_line

FILE = "programme.toml"
_ID, _TEXT = 64, 200


def read_programme(path: Path) -> Programme:
    """The programme in the file `path`. Raises ScenarioError with everything that is wrong with its shape."""
    programme, draft = PROGRAMMES.draft(path)
    if programme is None or draft.problems:
        raise ScenarioError(draft.findings())
    return programme


def glance(path: Path) -> Programme:
    """Like `read_programme`, without pydantic where the file is well: that takes longer than all else on Home."""
    try:
        return _programme(tomli.loads(read_file(path, LIMITS.bytes).decode("utf-8-sig")))
    except (Unreadable, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return read_programme(path)


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


def _shape() -> Any:
    from taketwo.practice.format import PROGRAMME

    return PROGRAMME


PROGRAMMES = Companion(FILE, "[rounds.", _shape, _STAND_INS, _known_keys, _programme)
"""How programmes are read."""
