"""What to play next, and why; and what to end on when it was hard.

The order of the programme decides. After two fails in a row an easier scene on the same lesson comes in between, and
whoever fails on and on goes on with the rest of what is open first. Pure: the time comes in.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from taketwo.practice.progress import Progress, Scene, Stage, ended, when
from taketwo.transcript.rows import TakeRow

PAUSE = timedelta(minutes=90)
"""a longer one begins a new sitting"""
HARD = 3
"""the level from which a scene is hard"""
ENOUGH = 2
"""hard scenes in one sitting, and fails of a scene, after which something easier is offered"""
TIRED = 4
"""fails in a row after which a scene waits until the rest of what is open is passed"""

Reason = Literal["first", "opener", "middle", "wow", "again", "back", "easier", "done"]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """The scene to play next."""

    scene: Scene
    reason: Reason
    stage: Stage | None = None
    """the round it is played for"""
    instead_of: Scene | None = None
    """the scene that was failed, where an easier one is offered or it comes back"""
    shared: str = ""
    """for an easier one: the lesson that both are built around, else the skill"""
    by_skill: bool = False
    """whether `shared` is a skill"""
    end_on: Scene | None = None
    """a scene to end this sitting on, after this one or instead of it"""


def suggest(progress: Progress, now: datetime) -> Suggestion | None:
    """What to play next; None where there is no programme. Always a scene that can be played."""
    if not progress.stages:
        return None
    found = _next(progress)
    end_on = ending(progress, now, found.scene)
    return Suggestion(
        found.scene, found.reason, found.stage, found.instead_of, found.shared, found.by_skill, end_on
    )


def _next(progress: Progress) -> Suggestion:
    queue = [
        (stage, scene)
        for stage in progress.stages
        if stage.open
        for scene in stage.scenes
        if not scene.passed
    ]
    if not queue:
        scene = min((s for stage in progress.stages for s in stage.scenes), key=lambda s: s.last)
        return Suggestion(scene, "done")
    fresh = [pair for pair in queue if pair[1].fails < TIRED]
    stage, scene = fresh[0] if fresh else min(queue, key=lambda pair: pair[1].fails)
    if scene.fails < ENOUGH:
        return Suggestion(scene, _reason(progress, stage, scene), stage)
    kin = _kin(progress, scene)
    if any(other.last > scene.last for other, _, _ in kin):
        return Suggestion(scene, "back", stage)
    if not kin:
        return Suggestion(scene, "again", stage)
    open_now = {s.id for stage in progress.stages if stage.open for s in stage.scenes}
    other, shared, by_skill = min(
        kin, key=lambda k: (k[0].passed, k[0].last if k[0].passed else k[0].id not in open_now)
    )
    return Suggestion(other, "easier", stage, scene, shared, by_skill)


def _reason(progress: Progress, stage: Stage, scene: Scene) -> Reason:
    if scene.failed_last:
        return "again"
    if not progress.takes and stage.number == 1 and stage.round.part(scene.id) == "opener":
        return "first"
    return stage.round.part(scene.id)


def _kin(progress: Progress, scene: Scene) -> list[tuple[Scene, str, bool]]:
    """Scenes of a lower level on a lesson of this one's centre, else on its skill; with what they share."""
    easier = [other for other in progress.scenes.values() if other.level < scene.level]
    on_lesson = [(o, lesson, False) for o in easier for lesson in scene.centre[:1] if lesson in o.centre]
    on_lesson += [(o, lesson, False) for o in easier for lesson in scene.centre[1:] if lesson in o.centre]
    if on_lesson:
        return on_lesson
    return [(o, skill, True) for o in easier for skill in scene.skills if skill in o.skills]


# --- the end of a sitting


def sitting(takes: Iterable[TakeRow], now: datetime) -> list[TakeRow]:
    """The takes of the sitting that is going on at `now`, oldest first; `takes` are oldest first."""
    found: list[TakeRow] = []
    later = now
    for row in reversed(tuple(takes)):
        began, over = when(row), ended(row)
        if began is None or over is None or later - over > PAUSE:
            break
        found.insert(0, row)
        later = began
    return found


def ending(progress: Progress, now: datetime, coming: Scene | None = None) -> Scene | None:
    """A scene to end on that this learner likely enjoys and passes, when the last take was failed or much was hard.

    `coming` is what is suggested next anyway, and is not named again.
    """
    played = sitting(progress.takes, now)
    if not played:
        return None
    last = progress.scenes.get(played[-1].scenario)
    hard = [row for row in played if (s := progress.scenes.get(row.scenario)) and s.level >= HARD]
    too_much = len(hard) >= ENOUGH and last is not None and last.level >= HARD
    if played[-1].passed and not too_much:
        return None
    today = {row.scenario for row in played}
    openers = {stage.round.opener for stage in progress.stages if stage.open}
    openers |= {s.id for stage in progress.stages if stage.open for s in stage.scenes if s.level == 1}
    good = [
        scene
        for scene in progress.scenes.values()
        if scene not in (coming, last) and (scene.passed or scene.id in openers) and not scene.failed_last
    ]
    return min(good, key=lambda s: (s.id in today, s.level, not s.passed, s.last), default=None)
