"""The command `taketwo book`: reads and solves scenes, and writes one HTML file."""

import sys
from collections.abc import Sequence
from pathlib import Path

from taketwo.analysis.command import Progress, expanded
from taketwo.book.chapter import Chapter, chapter
from taketwo.book.front import SUBTITLE, TITLE, front
from taketwo.book.markup import Html, el, html
from taketwo.book.pages import scene
from taketwo.book.style import style
from taketwo.lessons import Lesson
from taketwo.output import check, write
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.text import clean

DONE, FINDINGS = 0, 1
POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def print_book(names: Sequence[str], library: Library, out: Path, *, force: bool) -> int:
    """Write the book of the scenes `names`, of all where there are none. Returns the exit code.

    A broken scene is told and left out. Raises UnknownScenario, NotWritten, ScenarioError for a broken file of lessons.
    """
    check(out, force=force)
    lessons = library.lessons()
    scenarios, broken = _read(names, library)
    for error in broken:
        print(clean(str(error), 4_000), file=sys.stderr)
    if not scenarios:
        print("There is no scene to print.", file=sys.stderr)
        return FINDINGS
    with Progress("book") as progress:
        chapters = []
        for number, scenario in enumerate(scenarios):
            progress(scenario.id, number, len(scenarios))
            chapters.append(chapter(scenario, progress))
    rows = lessons | {key: row for each in scenarios for key, row in each.lessons.items()}
    write(out, page(chapters, rows, whole=not names).encode(), force=force)
    return FINDINGS if broken else DONE


def _read(names: Sequence[str], library: Library) -> tuple[list[Scenario], list[ScenarioError]]:
    """The scenes by level, then title; each once."""
    if not names:
        return library.load_all()
    found: dict[str, Scenario] = {}
    broken: list[ScenarioError] = []
    for name in expanded(names, library):
        try:
            scenario = library.load(name)
        except ScenarioError as error:
            broken.append(error)
        else:
            found.setdefault(scenario.id, scenario)
    return sorted(found.values(), key=lambda s: (s.level, s.title)), broken


def page(chapters: Sequence[Chapter], lessons: dict[str, Lesson], *, whole: bool) -> Html:
    """The whole file."""
    head = el(
        "head",
        el("meta", charset="utf-8"),
        el("meta", http_equiv="Content-Security-Policy", content=POLICY),
        el("meta", name="viewport", content="width=device-width, initial-scale=1"),
        el("meta", name="color-scheme", content="light dark"),
        el("title", f"{TITLE}: {SUBTITLE}"),
        el("style", Html(style(chapters))),
    )
    body = el("body", front(chapters, lessons, whole=whole), el("main", [scene(each) for each in chapters]))
    return html(Html("<!doctype html>\n"), el("html", head, body, lang="en"), Html("\n"))
