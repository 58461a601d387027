"""How far a learner has come: what each scene stands at, which rounds are open, what the next one asks for.

The laws: passing more never closes a round, and a round whose round before is passed as a whole is open, so that
nobody is ever left without a way on. Rounds open by passes and skills, never by hours.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from taketwo.practice.programme import Programme, Round
from taketwo.scenario.library import Summary
from taketwo.transcript.rows import TakeRow

SHOWN_TWICE = 2
"""different scenes in which a skill must have been shown"""


@dataclass(frozen=True, slots=True)
class Scene:
    """A scene that can be played, and what this learner's finished takes of it amount to."""

    id: str
    title: str
    level: int
    minutes: int
    channel: str
    centre: tuple[str, ...]
    skills: tuple[str, ...]
    """the skills that its centre belongs to"""
    plays: int = 0
    """finished takes"""
    passed: bool = False
    mastered: bool = False
    """passed at least once before a debrief had shown better replies"""
    fails: int = 0
    """finished takes since the last pass, none of them passed"""
    craft: float | None = None
    """of the last finished take"""
    last: int = -1
    """place of the last finished take among all of the learner's; -1 where there is none"""

    @property
    def failed_last(self) -> bool:
        """Whether the last take of it came to an ending and did not pass."""
        return self.fails > 0


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing that a round still asks for: passes where `skill` is empty, else a share of that skill."""

    wanted: float
    has: float
    """passes so far; of a skill, in how many scenes the share was reached"""
    skill: str = ""


@dataclass(frozen=True, slots=True)
class Stage:
    """A round as it stands for a learner; `scenes` are those that can be played."""

    number: int
    """from 1, among the rounds that have scenes here"""
    round: Round
    scenes: tuple[Scene, ...]
    open: bool
    missing: tuple[Missing, ...]
    """what would open it; empty where it is open"""

    @property
    def passed(self) -> int:
        return sum(scene.passed for scene in self.scenes)

    @property
    def complete(self) -> bool:
        return self.passed == len(self.scenes)


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a learner stands: every scene that can be played, the rounds, and their finished takes, oldest first."""

    scenes: Mapping[str, Scene]
    stages: tuple[Stage, ...]
    takes: tuple[TakeRow, ...]
    title: str = ""


def progress(
    programme: Programme | None,
    summaries: Iterable[Summary],
    skills: Mapping[str, str],
    rows: Iterable[TakeRow],
    learner: str,
) -> Progress:
    """Where `learner` stands. `rows` are a shelf's, newest first; `skills` tells the skill of each lesson."""
    takes = tuple(
        row
        for row in rows
        if row.status == "ended" and row.learner in ("", learner) and when(row) is not None
    )[::-1]
    played: dict[str, list[tuple[int, TakeRow]]] = {}
    for place, row in enumerate(takes):
        played.setdefault(row.scenario, []).append((place, row))
    scenes = {s.id: _scene(s, skills, played.get(s.id, [])) for s in summaries if not s.error}
    if programme is None:
        return Progress(scenes, (), takes)
    return Progress(scenes, tuple(_stages(programme, scenes, takes)), takes, programme.title)


def when(row: TakeRow) -> datetime | None:
    """When the take began; None where its file does not say so in our way."""
    try:
        began = datetime.fromisoformat(row.created)
    except ValueError:
        return None
    return began if began.tzinfo else began.replace(tzinfo=UTC)


def ended(row: TakeRow) -> datetime | None:
    """When the take was played to its end, if it was played in one go."""
    began = when(row)
    try:
        return began and began + timedelta(milliseconds=row.ms)
    except OverflowError:
        return began


def _scene(summary: Summary, skills: Mapping[str, str], mine: list[tuple[int, TakeRow]]) -> Scene:
    passes = [n for n, (_, row) in enumerate(mine) if row.passed]
    place, last = mine[-1] if mine else (-1, None)
    return Scene(
        id=summary.id,
        title=summary.title,
        level=summary.level,
        minutes=summary.minutes,
        channel=summary.channel,
        centre=summary.centre,
        skills=tuple(dict.fromkeys(skills[lesson] for lesson in summary.centre if lesson in skills)),
        plays=len(mine),
        passed=bool(passes),
        mastered=any(row.passed and not row.practised for _, row in mine),
        fails=len(mine) - 1 - passes[-1] if passes else len(mine),
        craft=last.craft if last else None,
        last=place,
    )


def _stages(programme: Programme, scenes: Mapping[str, Scene], takes: tuple[TakeRow, ...]) -> Iterable[Stage]:
    best = _best_by_scene(takes)
    before: Stage | None = None
    for round in programme.rounds:
        here = tuple(scenes[key] for key in dict.fromkeys(round.scenes) if key in scenes)
        if not here:
            continue
        missing = () if before is None or before.complete else tuple(_missing(round, before, best))
        before = Stage(before.number + 1 if before else 1, round, here, not missing, missing)
        yield before


def _missing(round: Round, before: Stage, best: Mapping[str, Mapping[str, float]]) -> Iterable[Missing]:
    wanted = min(round.opens.passes, len(before.scenes))
    if before.passed < wanted:
        yield Missing(wanted, before.passed)
    for skill, share in round.opens.skills:
        shown = sum(value >= share - 1e-9 for value in best.get(skill, {}).values())
        if shown < SHOWN_TWICE:
            yield Missing(share, shown, skill)


def _best_by_scene(takes: tuple[TakeRow, ...]) -> dict[str, dict[str, float]]:
    """For each skill, the best share of it in each scene."""
    best: dict[str, dict[str, float]] = {}
    for row in takes:
        for skill, share in row.skills:
            of = best.setdefault(skill, {})
            of[row.scenario] = max(share, of.get(row.scenario, 0.0))
    return best
