"""Which scenes of a collection teach which lesson: as what they are built around, and by the replies they score."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taketwo.lessons import Lesson
from taketwo.scenario.model import Scenario

ENOUGH = 2
"""scenes that should score a lesson, so that it can be practised more than once"""


@dataclass(frozen=True, slots=True)
class Taught:
    """Where one lesson is taught."""

    lesson: Lesson
    centre: tuple[str, ...]
    """ids of the scenes that are built around it"""
    scenes: int
    """scenes in which a reply scores it"""
    replies: int
    """replies that score it, in all of them"""

    @property
    def thin(self) -> bool:
        """It is nobody's centre, or scored in too few scenes."""
        return not self.centre or self.scenes < ENOUGH


def taught(lessons: Mapping[str, Lesson], scenarios: Iterable[Scenario]) -> list[Taught]:
    """A row for each lesson, in their order."""
    every = list(scenarios)
    scored = [_scored(scenario) for scenario in every]
    return [
        Taught(
            lesson,
            tuple(scenario.id for scenario in every if key in scenario.centre),
            sum(key in counts for counts in scored),
            sum(counts.get(key, 0) for counts in scored),
        )
        for key, lesson in lessons.items()
    ]


def _scored(scenario: Scenario) -> dict[str, int]:
    """For each lesson how many replies give or take points of it."""
    counts: dict[str, int] = {}
    for node in scenario.nodes.values():
        for reply in node.replies:
            for lesson in {key for key, value in reply.points if value}:
                counts[lesson] = counts.get(lesson, 0) + 1
    return counts
