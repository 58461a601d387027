"""What is wrong with a scenario that reads well: a function a finding, grouped by subject.

Nothing here reads a file or plays a take: the reader hands over a draft, each subject looks at the scenario in it.
A subject keeps silent about a draft in which the reader found a part broken that the subject rests on: what it
would say then would be about the hole, not about the scenario.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from taketwo.analysis.report import Report
from taketwo.checks import beside, graph, lessons, measures, positions, programme, replies, state
from taketwo.lessons import Lesson
from taketwo.practice.source import PROGRAMMES
from taketwo.scenario import house
from taketwo.scenario.around import COMMON
from taketwo.scenario.findings import Finding, KeyPath, Problem, Problems, ScenarioError
from taketwo.scenario.library import Library, around, lessons_for
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import Draft, read_draft

Check = Callable[[Scenario], Problems]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of file beside scenarios that a room above this one reads, with the checks that it brings."""

    file: str
    """the name that such a file has in a folder of scenarios"""
    meant: Callable[[Path], bool]
    """whether a file is one"""
    findings: Callable[[Path, Library], list[Finding]]


@dataclass(frozen=True, slots=True)
class Subject:
    """A group of checks, and what must be whole before they can be believed."""

    name: str
    checks: tuple[Check, ...]
    rests_on: frozenset[str] = frozenset()
    """tables in which the reader may not have found a hole; where there are none, a hole silences its own node"""
    misled_by: frozenset[str] = frozenset()
    """findings of the reader after which these checks would speak about the same mistake"""

    def problems(self, draft: Draft, scenario: Scenario) -> Problems:
        """What these checks find and may be believed about."""
        holes = draft.holes.places
        if any(p.code in self.misled_by for p in draft.problems):
            return
        if any(path[0] in self.rests_on and not _only_words(path) for path in holes):
            return
        for check in self.checks:
            for problem in check(scenario):
                if self.rests_on or not draft.holes.touch(problem.path[:2]):
                    yield problem


def _only_words(path: KeyPath) -> bool:
    """Whether a hole at `path` hides nothing but words and ratings."""
    depth = 2 if path[0] != "nodes" else 3 if path[2:3] == ("silence",) else 4
    return len(path) > depth and path[depth] in _WORDS


_WORDS = frozenset(
    {"why", "say", "text", "samples", "points", "critical", "reveals", "title", "bands"}
    | {"kind", "csat", "resolved", "acceptable"}
)

SUBJECTS: tuple[Subject, ...] = (
    Subject(
        "graph",
        graph.CHECKS,
        frozenset({"start", "nodes", "interrupts", "endings"}),
        frozenset({"TT010", "TT034", "TT035"}),
    ),
    Subject(
        "state",
        state.CHECKS,
        frozenset({"nodes", "interrupts", "meters", "flags"}),
        frozenset({"TT005", "TT011", "TT012", "TT017", "TT034", "TT035"}),
    ),
    Subject("replies", replies.CHECKS),
    Subject("lessons", lessons.CHECKS),
)
"""Every subject, in the order in which they run. What needs every reachable position joins here as one more."""


def check_draft(draft: Draft, subjects: Iterable[Subject] = SUBJECTS) -> list[Finding]:
    """Everything that is wrong with `draft`: what reading found, what the subjects find, what solving it shows."""
    return draft.findings(_problems(draft, subjects))


def _problems(draft: Draft, subjects: Iterable[Subject]) -> list[Problem]:
    if draft.scenario is None:
        return []
    found = list(chain.from_iterable(subject.problems(draft, draft.scenario) for subject in subjects))
    if draft.playable and not _failed(found):
        found += positions.problems(draft.scenario)
    return found


def _failed(problems: Iterable[Problem]) -> bool:
    return any(problem.severity == "error" for problem in problems)


def check_file(
    path: Path,
    rows: dict[str, Lesson],
    limits: Limits = LIMITS,
    subjects: Iterable[Subject] = SUBJECTS,
    reports: list[Report] | None = None,
) -> list[Finding]:
    """Everything that is wrong with the scenario file `path`, whose points may name the lessons `rows`.

    With `reports`, a scene with no error is measured as well, and what solving it told is put there.
    """
    draft = read_draft(path, rows, limits, around(path))
    problems = _problems(draft, subjects)
    if reports is not None and draft.scenario and draft.playable and not _failed(problems):
        report, missed = measures.measured(draft.scenario)
        reports.append(report)
        problems += missed
    return draft.findings(problems)


def check_paths(
    paths: Sequence[Path],
    library: Library,
    limits: Limits = LIMITS,
    subjects: Iterable[Subject] = SUBJECTS,
    *,
    measure: bool = True,
    kinds: Sequence[Kind] = (),
) -> list[Finding]:
    """Everything that is wrong with the files `paths`, and with the lessons that they name; by file, then line.

    With `measure`, scenes without an error are measured, each and all together.

    A `lessons.toml`, a programme or one of `kinds` among them is checked as what it is. Lessons that cannot be read are reported once, and not
    again for every reply that names one.
    """
    found: dict[Finding, None] = {}
    reports: list[Report] | None = [] if measure else None
    for path in dict.fromkeys(paths):
        if path.name == lessons.FILE:
            found |= dict.fromkeys(lessons.check_lessons(path))
            continue
        if path.name == house.FILE:
            scenes = Library(path.parent)
            found |= dict.fromkeys(beside.check_house(path, scenes if scenes.files() else library))
            continue
        if path.parent.name == COMMON:
            found |= dict.fromkeys(beside.check_dialogue(path, library))
            continue
        if PROGRAMMES.meant(path):
            found |= dict.fromkeys(programme.check_programme(path, library))
            continue
        if kind := next((kind for kind in kinds if kind.meant(path)), None):
            found |= dict.fromkeys(kind.findings(path, library))
            continue
        try:
            rows = lessons_for(path, library)
        except ScenarioError as error:
            found |= dict.fromkeys(error.findings)
            found |= dict.fromkeys(f for f in check_file(path, {}, limits, subjects) if f.code != "TT013")
        else:
            found |= dict.fromkeys(check_file(path, rows, limits, subjects, reports))
    found |= dict.fromkeys(measures.together(reports or (), paths[0].parent if paths else Path()))
    return sorted(found, key=lambda finding: (finding.file, finding.line, finding.code))
