"""What came of a class as a table: CSV, a row a take, for spreadsheets."""

import csv
from collections.abc import Iterable
from io import StringIO

from taketwo.export.table import Cell, guarded
from taketwo.pairing.classroom import Result

COLUMNS = (
    "learner", "scenario", "title", "status", "passed", "craft", "guessing", "outcome", "csat", "critical",
    "decisions", "hints", "rewinds", "asked_for_help", "taken_over", "steered", "take",
)  # fmt: skip


def table(results: Iterable[Result]) -> str:
    """The table as text, with a line of names above it. Shares are 0 to 1; what is not known is empty."""
    sink = StringIO()
    writer = csv.writer(sink)
    writer.writerow(COLUMNS)
    writer.writerows([guarded(cell) for cell in _row(each)] for each in results)
    return sink.getvalue()


def _row(of: Result) -> list[Cell]:
    return [
        *(of.name, of.scenario, of.title, of.status),
        ("yes" if of.passed else "no") if of.outcome else "",
        *(_share(of.craft), _share(of.guess), of.outcome, of.csat or "", "; ".join(of.critical)),
        *(of.decisions, of.hints, of.rewinds, of.helped, of.taken_over, of.steered, of.take),
    ]


def _share(share: float | None) -> Cell:
    return "" if share is None else round(share, 4)
