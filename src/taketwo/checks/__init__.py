"""What is wrong with a scenario that reads well: a function a finding, grouped by subject.

Nothing here reads a file or plays a take: the reader hands over a draft, each subject looks at the scenario in it.
A subject keeps silent about a draft in which the reader found a part broken that the subject rests on: what it
would say then would be about the hole, not about the scenario.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from taketwo.checks import graph, lessons, replies, state
from taketwo.lessons import Lesson
from taketwo.scenario.findings import Finding, Problem, Problems, ScenarioError
from taketwo.scenario.library import Library, lessons_for
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import Draft, read_draft

Check = Callable[[Scenario], Problems]


@dataclass(frozen=True, slots=True)
class Subject:
    """A group of checks, and the tables of a file that must be whole before they can be believed."""

    name: str
    rests_on: frozenset[str]
    checks: tuple[Check, ...]

    def holds_for(self, draft: Draft) -> bool:
        """Whether the reader found nothing broken in what this subject rests on."""
        return not any(
            p.code in _HOLES and (not p.path or p.path[0] in self.rests_on) for p in draft.problems
        )


_HOLES = frozenset({"TT001", "TT002", "TT003", "TT004", "TT005", "TT010", "TT011", "TT012", "TT017"})
"""Findings of the reader after which a part of the scenario is missing or leads nowhere."""

SUBJECTS: tuple[Subject, ...] = (
    Subject("graph", frozenset({"start", "nodes", "interrupts", "endings", "meters"}), graph.CHECKS),
    Subject("state", frozenset({"nodes", "interrupts", "meters", "flags"}), state.CHECKS),
    Subject("replies", frozenset({"nodes"}), replies.CHECKS),
    Subject("lessons", frozenset({"lessons"}), lessons.CHECKS),
)
"""Every subject, in the order in which they run. What needs every reachable position joins here as one more."""


def check_draft(draft: Draft, subjects: Iterable[Subject] = SUBJECTS) -> list[Finding]:
    """Everything that is wrong with `draft`: what reading found, and what the subjects find."""
    scenario = draft.scenario
    found: list[Problem] = []
    if scenario is not None:
        for subject in subjects:
            if subject.holds_for(draft):
                for check in subject.checks:
                    found += check(scenario)
    return draft.findings(found)


def check_file(
    path: Path,
    rows: dict[str, Lesson],
    limits: Limits = LIMITS,
    subjects: Iterable[Subject] = SUBJECTS,
) -> list[Finding]:
    """Everything that is wrong with the scenario file `path`, whose points may name the lessons `rows`."""
    return check_draft(read_draft(path, rows, limits), subjects)


def check_paths(
    paths: Sequence[Path],
    library: Library,
    limits: Limits = LIMITS,
    subjects: Iterable[Subject] = SUBJECTS,
) -> list[Finding]:
    """Everything that is wrong with the files `paths`, and with the lessons that they name; by file, then line.

    A `lessons.toml` among them is checked as what it is. Lessons that cannot be read are reported once, and not
    again for every reply that names one.
    """
    found: dict[Finding, None] = {}
    for path in dict.fromkeys(paths):
        if path.name == lessons.FILE:
            found |= dict.fromkeys(lessons.check_lessons(path))
            continue
        try:
            rows = lessons_for(path, library)
        except ScenarioError as error:
            found |= dict.fromkeys(error.findings)
            found |= dict.fromkeys(f for f in check_file(path, {}, limits, subjects) if f.code != "TT013")
        else:
            found |= dict.fromkeys(check_file(path, rows, limits, subjects))
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.code))
