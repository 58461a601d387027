"""The film lessons by line, and which scenes teach them."""

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict
from textwrap import wrap
from typing import Literal

from taketwo.lessons import Lesson
from taketwo.plain.console import Console
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library
from taketwo.scenario.taught import ENOUGH, Taught, taught
from taketwo.wording import POINTS, count

WIDTH = 80
_TITLE, _SCENES, _REPLIES = 25, 8, 9


def lessons_said(
    console: Console, library: Library, form: Literal["json", "coverage", "words"]
) -> list[ScenarioError]:
    """Print the lessons of `library`. Returns what of its scenes had to be left out, where that makes a difference.

    Raises ScenarioError where the file of lessons is broken.
    """
    lessons = library.lessons()
    scenarios, broken = library.load_all()
    rows = taught(lessons, scenarios)
    if form == "words":
        show_lessons(console, lessons.values())
        console.say(coverage_line(rows, len(broken)))
        return []
    lines = [json.dumps([_table(row) for row in rows], indent=2, ensure_ascii=False)]
    for line in lines if form == "json" else coverage_table(rows):
        console.sink.write(f"{line}\n")
    return broken


def _table(row: Taught) -> dict[str, object]:
    where = {"centre_of": row.centre, "scenes": row.scenes, "replies": row.replies, "thin": row.thin}
    return asdict(row.lesson) | where


def show_lessons(console: Console, rows: Iterable[Lesson]) -> None:
    """Each lesson with its film, and what replies do for it."""
    for row in rows:
        console.say(f"{row.title} ({row.id}; {row.skill})")
        console.say(f"{row.source}, a {row.stance}: {row.happens}", "  ")
        console.say(row.lesson, "  ")
        console.say(f"{POINTS[2]}: {row.models}", "  +2 ")
        console.say(f"{POINTS[-2]}: {row.breaks}", "  −2 ")
        console.say()


def coverage_line(rows: Sequence[Taught], broken: int = 0) -> str:
    """The coverage in one line; `broken` scenes could not be read."""
    good = sum(not row.thin for row in rows)
    of = f"All {len(rows)} lessons are" if good == len(rows) else f"{good} of {len(rows)} lessons are"
    left = f", {count(broken, 'broken scene')} left out" if broken else ""
    return f"{of} the centre of a scene and scored in {ENOUGH} or more{left}: --coverage tells."


def coverage_table(rows: Sequence[Taught]) -> Iterator[str]:
    """A line or more for each lesson, at most `WIDTH` wide."""
    yield f"  {'Lesson':<{_TITLE}}{'scenes':>{_SCENES}}{'replies':>{_REPLIES}}  centre of"
    for row in rows:
        title = wrap(row.lesson.title, _TITLE)
        lead = f"{'!' if row.thin else ' '} {title[0]:<{_TITLE}}{row.scenes:>{_SCENES}}{row.replies:>{_REPLIES}}  "
        centre = wrap(", ".join(row.centre) or "no scene", WIDTH - len(lead), break_on_hyphens=False)
        for number in range(max(len(title), len(centre))):
            names = centre[number] if number < len(centre) else ""
            more = f"  {title[number]}" if 0 < number < len(title) else ""
            yield f"{lead if number == 0 else more.ljust(len(lead))}{names}".rstrip()
    if any(row.thin for row in rows):
        yield ""
        yield f"! the centre of no scene, or scored in fewer than {ENOUGH} scenes"
