"""Which programme counts: the one that was asked for, else the folder's own, else the shipped one where it fits."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from taketwo.practice.programme import Programme
from taketwo.practice.progress import Progress, progress
from taketwo.practice.source import FILE, glance
from taketwo.practice.suggest import Suggestion, suggest
from taketwo.practice.surprise import surprises
from taketwo.scenario.around import shipped
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, Summary, UnknownScenario
from taketwo.scenario.model import Scenario
from taketwo.text import clean_line
from taketwo.transcript.rows import TakeRow


@dataclass(frozen=True, slots=True)
class Practice:
    """What a learner's practice stands at: for Home and for `taketwo next`."""

    progress: Progress
    suggestion: Suggestion | None
    """None where there is no programme with scenes here"""
    problem: str = ""
    """what is wrong with the programme, where it cannot be read"""


def programme_file(library: Library, asked: Path | None) -> Path | None:
    """The file of the programme: `asked`, else the one in the folder of scenes, else the shipped one."""
    if asked is not None:
        return asked
    own = library.folder / FILE
    other = shipped() / FILE
    return own if own.is_file() else other if other.is_file() else None


def programme(library: Library, asked: Path | None = None) -> Programme | None:
    """The programme that counts, None where there is none. Raises ScenarioError."""
    path = programme_file(library, asked)
    return glance(path) if path else None


def practice(
    library: Library,
    asked: Path | None,
    summaries: list[Summary],
    skills: Mapping[str, str],
    rows: list[TakeRow],
    learner: str,
    now: datetime,
) -> Practice:
    """How practice stands for `learner` at `now`. Never raises: a programme that cannot be read is told of."""
    found, problem = None, ""
    try:
        found = programme(library, asked)
    except ScenarioError as error:
        problem = str(error.findings[0])
    where = progress(found, summaries, skills, rows, learner)
    return Practice(where, suggest(where, now), problem)


def read_practice(
    library: Library, asked: Path | None, rows: list[TakeRow], learner: str, now: datetime
) -> Practice:
    """`practice`, reading what it needs of the library."""
    skills = {key: skill for key, (_, skill) in library.lesson_heads().items()}
    return practice(library, asked, library.summaries(), skills, rows, learner, now)


def surprise_scene(
    library: Library, asked: Path | None, rows: list[TakeRow], learner: str, now: datetime, seed: int
) -> Scenario:
    """A scene that fits the learner, chosen by `seed`. Raises UnknownScenario where there is none that can be played."""
    where = read_practice(library, asked, rows, learner, now).progress
    for name in surprises(where, now, seed):
        with suppress(ScenarioError, UnknownScenario):
            return library.load(name)
    folder = clean_line(str(library.folder), 200)
    raise UnknownScenario(f"There is no scene that can be played in {folder}. `taketwo check` says why.")
