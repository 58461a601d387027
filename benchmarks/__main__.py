"""Every benchmark, or those that are named, as one table.

python -m benchmarks
python -m benchmarks engine loading
"""

import sys
from collections.abc import Callable
from importlib import import_module

from benchmarks.table import Row, table

BENCHMARKS = {
    "engine": "engine.rows",
    "loading": "loading.rows",
    "solving": "solving.rows",
    "append": "appending.rows",
    "replay": "replaying.rows",
    "start": "screens.starts",
    "session": "screens.sessions",
    "beside": "screens.solved_beside",
    "help": "screens.help_rows",
    "shelf": "shelf.rows",
    "shelf-screen": "shelf_screen.rows",
    "pair": "pair.rows",
    "room": "room.rows",
}


def main() -> int:
    """Print the table; 1 where a budget is missed, 2 for a name that is none."""
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        print(f"{unknown[0]!r} is none of: {', '.join(BENCHMARKS)}.", file=sys.stderr)
        return 2
    rows: list[Row] = []
    for name in names:
        print(f"measuring: {name}", file=sys.stderr)
        rows += _function(BENCHMARKS[name])()
    print(table(rows))
    return int(any(row.over for row in rows))


def _function(name: str) -> Callable[[], list[Row]]:
    """Imported when it is run, so that each benchmark runs where only the others' needs are missing."""
    module, _, function = name.partition(".")
    found: Callable[[], list[Row]] = getattr(import_module(f"benchmarks.{module}"), function)
    return found


if __name__ == "__main__":
    sys.exit(main())
