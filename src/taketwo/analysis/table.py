"""The collection as Markdown: a table of its scenes, and one of what policies come to in them.

They stand in a page between marks, `<!-- scenes -->` … `<!-- /scenes -->` and the same with `policies`, and what is between
them is made again.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from statistics import fmean

from taketwo.analysis.figures import Figures
from taketwo.analysis.measures import percent
from taketwo.analysis.report import Report
from taketwo.scenario.model import Scenario

Row = tuple[Scenario, Report]
CRAFT = ("random", "decent", "first", "longest", "shortest", "softest", "asking", "shouting", "second")
PASSES = ("random", "decent")
_SPECIAL = re.compile(r"([\\`*_\[\]<>|&#~])")


class NoMarks(Exception):
    """A page has no marks to write a table between; the message says which."""


def scenes_table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table of scenes."""
    yield from _table(
        ("id", "title", "level", "channel", "minutes", "centre", "nodes", "replies", "endings"),
        "llrlrlrrr",
        (
            (
                f"`{scenario.id}`",
                _text(scenario.title),
                str(scenario.level),
                scenario.channel,
                str(scenario.minutes),
                ", ".join(f"`{lesson}`" for lesson in scenario.centre),
                str(len(scenario.nodes)),
                str(sum(len(node.replies) for node in scenario.nodes.values())),
                str(len(scenario.endings)),
            )
            for scenario, _ in rows
        ),
    )


def policies_table(rows: Sequence[Row]) -> Iterator[str]:
    """The lines of the table of policies: craft of each, passes of two, and the means below."""
    heads = ("scene", "level", "positions", "best play", *CRAFT, *(f"{name} passes" for name in PASSES))
    cells = [
        (
            _text(scenario.title),
            str(scenario.level),
            f"{report.positions:,}",
            str(len(report.best.moves)) if report.best else "—",
            *(percent(share) for share in _shares(report)),
        )
        for scenario, report in rows
    ]
    figured = [report for _, report in rows if report.policies]
    if len(figured) > 1:
        plays = [len(report.best.moves) for report in figured if report.best]
        means = [
            fmean([share for share in column if share is not None] or [0.0])
            for column in zip(*map(_shares, figured), strict=True)
        ]
        cells.append(
            (
                f"**Mean of {len(figured)}**",
                "",
                f"{fmean(report.positions for report in figured):,.0f}",
                f"{fmean(plays):.1f}" if plays else "—",
                *(percent(mean) for mean in means),
            )
        )
    yield from _table(heads, "l" + "r" * (len(heads) - 1), cells)


def _shares(report: Report) -> list[float | None]:
    """Craft of each policy, then passes; None where there are no figures."""
    by: dict[str, Figures] = {figures.policy: figures for figures in report.policies}
    if not by:
        return [None] * (len(CRAFT) + len(PASSES))
    return [by[name].craft for name in CRAFT] + [by[name].passes for name in PASSES]


def _text(text: str) -> str:
    """`text` in a cell: nothing in it is Markdown."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))


def _table(
    heads: Sequence[str], sides: str, rows: "Sequence[Sequence[str]] | Iterator[Sequence[str]]"
) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'|'.join('---' if side == 'l' else '--:' for side in sides)}|"
    for row in rows:
        yield f"| {' | '.join(row)} |"


TABLES: dict[str, Callable[[Sequence[Row]], Iterator[str]]] = {
    "scenes": scenes_table,
    "policies": policies_table,
}
"""by the name of their marks"""


def renewed(page: str, rows: Sequence[Row]) -> str:
    """`page` with its tables made again. Raises NoMarks where it has none of the marks, or one of a pair."""
    found = 0
    for name, table in TABLES.items():
        opening, closing = f"<!-- {name} -->", f"<!-- /{name} -->"
        before, mark, rest = page.partition(opening)
        if not mark and closing not in page:
            continue
        _, end, after = rest.partition(closing)
        if not (mark and end):
            raise NoMarks(f"{opening} and {closing} must stand there in this order")
        found += 1
        page = "".join((before, opening, "\n", *(f"{line}\n" for line in table(rows)), closing, after))
    if not found:
        marks = " or ".join(f"<!-- {name} --> … <!-- /{name} -->" for name in TABLES)
        raise NoMarks(f"it has no marks {marks} to write between")
    return page
