"""The rows that a benchmark gives, and the table they are printed in."""

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

HEAD = ("what", "ours", "peer or baseline", "figure", "budget", "")


@dataclass(frozen=True, slots=True)
class Row:
    """One measurement. `figure` is what the budget speaks of: a ratio to the baseline, or a size of its own."""

    what: str
    ours: str
    other: str
    figure: float
    unit: str
    budget: float | None = None
    """None: shown to understand the row above, and not judged"""
    bound: Literal["≤", "≥"] = "≤"

    @property
    def over(self) -> bool:
        """Whether the budget is missed."""
        if self.budget is None:
            return False
        return self.figure > self.budget if self.bound == "≤" else self.figure < self.budget

    def cells(self) -> tuple[str, ...]:
        """The row as texts, under `HEAD`."""
        if self.budget is None:
            return self.what, self.ours, self.other, shown(self.figure, self.unit), "", ""
        budget = f"{self.bound} {shown(self.budget, self.unit)}"
        return (
            self.what,
            self.ours,
            self.other,
            shown(self.figure, self.unit),
            budget,
            "over" if self.over else "ok",
        )


def shown(figure: float, unit: str) -> str:
    """Three digits or so, and the unit."""
    digits = 0 if figure >= 100 or figure == int(figure) else 1 if figure >= 10 else 2
    return f"{figure:,.{digits}f} {unit}".rstrip()


def table(rows: Iterable[Row]) -> str:
    """The rows in columns."""
    lines = [HEAD, *(row.cells() for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEAD))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def median_ratio(ours: Sequence[float], others: Sequence[float]) -> float:
    """The median of the ratios of each round: what disturbs a round disturbs both its halves."""
    return statistics.median(one / other for one, other in zip(ours, others, strict=True))


def p95(figures: Sequence[float]) -> float:
    """The figure that one in twenty exceeds."""
    return statistics.quantiles(figures, n=20, method="inclusive")[-1]
