"""What is wrong with lessons: those of `lessons.toml`, and those that a scenario carries with it."""

from collections.abc import Callable, Iterable
from pathlib import Path

from taketwo.lessons import SKILLS, Lesson
from taketwo.scenario.findings import Finding, Problem, Problems, ScenarioError, did_you_mean, finds
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import Draft, read_lessons

FILE = "lessons.toml"


@finds("TT029")
def unknown_skill(scenario: Scenario) -> Problems:
    """A lesson names a skill that the score sheet does not have, so it would be missing from the bars.

    Bad:
        [lessons.active-listening]
        skill = "listning"
    Good:
        [lessons.active-listening]
        skill = "listening"
    """
    return _unknown_skills(scenario.lessons.values())


def _unknown_skills(rows: Iterable[Lesson]) -> Problems:
    for row in rows:
        if row.skill not in SKILLS:
            yield Problem(
                "TT029",
                ("lessons", row.id, "skill"),
                f"There is no skill {row.skill!r}.",
                did_you_mean(row.skill, list(SKILLS)),
            )


def check_lessons(path: Path) -> list[Finding]:
    """Everything that is wrong with the lessons file `path`."""
    try:
        rows = read_lessons(path)
    except ScenarioError as error:
        return error.findings
    text = path.read_text("utf-8-sig", errors="replace")
    return Draft(str(path), text).findings(_unknown_skills(rows.values()))


CHECKS: tuple[Callable[[Scenario], Problems], ...] = (unknown_skill,)
