"""The measures of a scene that teaches: whether somebody can pass it without listening. Warnings with their figures."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from taketwo.analysis.cache import cached_report
from taketwo.analysis.measures import Measure, pooled
from taketwo.analysis.report import Report
from taketwo.scenario.findings import Finding, Problem, finds
from taketwo.scenario.model import Scenario


@finds("TT060")
def measure_missed(measure: Measure) -> Problem:
    """A measure of the scene is missed: how far guessing comes, whether the shape of a reply gives it away, how long a
    good play is, whether every ending is reached by sensible play. The message has the figure and the bar.

    Bad:
        # a scene of two nodes: too short for a practice, and guessing passes it
        minutes = 1
    Good:
        # `taketwo analyse` shows every measure; the shipped scenes meet them all
        minutes = 8
    """
    return Problem(
        "TT060",
        ("nodes",),
        f"{measure.words} Wanted: {measure.name} {measure.bar}.",
        "See `taketwo analyse` for the rest.",
        severity="warning",
    )


@finds("TT061")
def pooled_measure_missed(measure: Measure) -> Problem:
    """Over all scenes together, the shape of a reply gives the best one away more often than chance would.

    Bad:
        # in most scenes the longest reply is the best one
        minutes = 1
    Good:
        # the longest is the best as often as one in as many as there are replies
        minutes = 8
    """
    return Problem("TT061", (), f"{measure.words} Wanted: {measure.bar}.", "", severity="warning")


_REPORTED_ELSEWHERE = ("cycle", "policies", "positions-limit")


def measured(scenario: Scenario) -> tuple[Report, list[Problem]]:
    """What solving `scenario` tells, from the cache where it was solved before, and the measures that it misses."""
    report = cached_report(scenario)
    missed = [
        m
        for m in report.measures
        if m.ok is False and m.id not in _REPORTED_ELSEWHERE and not m.id.startswith("reach-")
    ]
    for past in report.pasts:
        told = f"After a take that sets {', '.join(past.flags) or 'no flag'}: "
        missed += [replace(m, words=told + m.words) for m in past.measures if m.ok is False]
    return report, [measure_missed(m) for m in missed]


def together(reports: Iterable[Report], folder: Path) -> Iterator[Finding]:
    """What is missed over all scenes of a folder."""
    every = list(reports)
    if len(every) < 2:
        return
    for measure in pooled((report.policies, report.tells) for report in every):
        if measure.ok is False:
            p = pooled_measure_missed(measure)
            yield Finding(p.code, p.severity, str(folder), 1, "", p.message, "")
