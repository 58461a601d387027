"""The decisions of a take as a table: CSV, a row a decision, for spreadsheets and statistics.

A cell that a spreadsheet would take for a formula gets an apostrophe before it; numbers stay numbers.
"""

import csv
from collections.abc import Iterator
from io import StringIO

from taketwo.between import players
from taketwo.export.taken import Taken
from taketwo.scenario.model import SILENCE
from taketwo.score import live
from taketwo.take.events import Moved, Replied, Silent

COLUMNS = (
    "take", "learner", "scenario", "seq", "number", "ms", "node", "reply", "said", "p", "lo", "hi", "points",
    "critical", "mark", "turning", "curve_before", "curve_after", "meters", "undone", "trainer", "by", "pressed",
    "steered", "steered_by",
)  # fmt: skip
Cell = str | int | float
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""what a spreadsheet may take for the beginning of a formula, also in full width"""


def table(of: Taken) -> str:
    """The table as text, with a line of names above it."""
    sink = StringIO()
    writer = csv.writer(sink)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in row] for row in _rows(of))
    return sink.getvalue()


def guarded(cell: Cell) -> Cell:
    """The cell, so that no spreadsheet computes it."""
    return f"'{cell}" if isinstance(cell, str) and cell.lstrip(" ").startswith(FORMULA) else cell


def _rows(of: Taken) -> Iterator[list[Cell]]:
    counted = [event.seq for event in live(of.events) if isinstance(event, Moved)]
    numbers = {seq: number for number, seq in enumerate(counted, 1)}
    steerers = players(of.events)
    for event in of.events:
        if isinstance(event, Replied | Silent):
            number = numbers.get(event.seq, "")
            yield [
                *(of.name, of.started.learner, of.started.scenario, event.seq, number, event.ms, event.node),
                *_choice(event),
                *_judged(of, event),
                "; ".join(
                    f"{name} {value}"
                    for name, value in zip(of.take.legend.meters, event.after.meters, strict=True)
                ),
                "" if number else "undone",
                *(of.started.trainer, event.by, event.pressed if isinstance(event, Replied) else ""),
                *("; ".join(event.steered), steerers.get(event.seq, "")),
            ]


def _choice(event: Replied | Silent) -> list[Cell]:
    totals = [offer.total for offer in event.offered]
    low, high = min(totals, default=0), max(totals, default=0)
    if isinstance(event, Silent):
        return [SILENCE, "", low, low, high, "", ""]
    points = "; ".join(f"{lesson} {value:+d}" for lesson, value in event.points)
    own = sum(value for _, value in event.points)
    return [event.reply, event.said, own, low, high, points, event.critical]


def _judged(of: Taken, event: Replied | Silent) -> list[Cell]:
    row = of.review.get(event.seq)
    if row is None:
        return ["", "", "", ""]
    before, after = round(row.before.curve or 0.0, 4), round(row.after.curve or 0.0, 4)
    return [row.mark, "turning" if row.turning else "", before, after]
