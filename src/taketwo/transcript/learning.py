"""One learner over time: each skill by sitting, beside where guessing would stand.

Only what happened without a second chance is counted: the first try of takes that were begun before a debrief had
shown better replies, and not at a decision of another take.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from taketwo.score import Tally
from taketwo.transcript.rows import TakeRow

PAUSE = timedelta(minutes=90)
"""a longer one begins a new sitting"""


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill over time; shares are 0 to 1."""

    skill: str
    sittings: tuple[float | None, ...]
    """the share in each sitting, None where the skill was not at stake"""
    share: float
    """over all sittings"""
    guess: float
    """where guessing would have stood, over all sittings"""


@dataclass(frozen=True, slots=True)
class Learning:
    """What a learner's takes come to."""

    learner: str
    takes: int
    """all that came to an end"""
    first_tries: int
    """of these, counted for the skills"""
    passes: int
    mastered: tuple[str, ...]
    """ids of scenes that were passed before a debrief had shown better replies"""
    sittings: tuple[str, ...]
    """when each sitting with a first try began, ISO 8601 in UTC, oldest first"""
    skills: tuple[SkillLine, ...]
    """by name"""


def learning(rows: Iterable[TakeRow], learner: str) -> Learning:
    """What the takes of `learner` come to; unfinished, damaged and unreadable ones are left out."""
    mine = sorted(
        (r for r in rows if r.learner == learner and r.status in ("ended", "abandoned", "stuck")),
        key=lambda row: (row.created, row.name),
    )
    counted = [row for row in mine if not row.practised and not row.parent]
    groups = sittings(counted)
    by_skill: dict[str, list[Tally]] = {}
    for number, group in enumerate(groups):
        for row in group:
            for skill, earned, stake, guessed in row.first_try:
                tallies = by_skill.setdefault(skill, [Tally() for _ in groups])
                tallies[number].add(earned, stake, guessed)
    return Learning(
        learner=learner,
        takes=len(mine),
        first_tries=len(counted),
        passes=sum(row.passed for row in mine),
        mastered=tuple(dict.fromkeys(r.scenario for r in mine if r.passed and not r.practised)),
        sittings=tuple(group[0].created for group in groups),
        skills=tuple(_line(skill, tallies) for skill, tallies in sorted(by_skill.items())),
    )


def _line(skill: str, tallies: list[Tally]) -> SkillLine:
    whole = Tally()
    for tally in tallies:
        whole.add(tally.earned, tally.stake, tally.guessed)
    return SkillLine(skill, tuple(tally.share for tally in tallies), whole.share or 0.0, whole.guess or 0.0)


def sittings(rows: Iterable[TakeRow]) -> list[list[TakeRow]]:
    """Takes, oldest first, in groups: a new one begins after a long pause. Takes without a date stand alone."""
    found: list[list[TakeRow]] = []
    over: datetime | None = None
    for row in rows:
        began = _when(row.created)
        if began is None or over is None or began - over > PAUSE:
            found.append([])
        found[-1].append(row)
        over = began + timedelta(milliseconds=min(row.ms, _LONGEST)) if began else None
    return found


_LONGEST = 7 * 24 * 3600 * 1000


def _when(created: str) -> datetime | None:
    try:
        when = datetime.fromisoformat(created)
    except ValueError:
        return None
    return when if when.tzinfo else None
