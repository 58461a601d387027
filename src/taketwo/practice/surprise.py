"""A scene that nobody has chosen, as calls are: fitted to the learner, and varied by a seed."""

from collections.abc import Iterable
from datetime import datetime
from hashlib import blake2b

from taketwo.practice.progress import Progress, Scene
from taketwo.practice.suggest import sitting
from taketwo.transcript.rows import TakeRow

RECENT = 10
"""takes of which a weakness is read"""
CHOICE = 4
"""scenes that fit best, of which the seed takes one"""
_UNMET = 0.6
"""how well a lesson is thought to go that was never at stake"""


def surprises(progress: Progress, now: datetime, seed: int) -> list[str]:
    """Ids of scenes, the surprise first; the others serve where it cannot be played. Empty where there are no scenes."""
    pool = sorted(_pool(progress), key=lambda scene: scene.id)
    today = {row.scenario for row in sitting(progress.takes, now)}
    shares = _shares(progress.takes[-RECENT:])
    ranked = sorted(pool, key=lambda s: (s.id in today, s.passed, _goes(s, shares), s.last))
    best = sorted(ranked[:CHOICE], key=lambda scene: _chance(seed, scene.id))
    others = sorted((s for s in progress.scenes.values() if s not in pool), key=lambda s: (s.level, s.id))
    return [scene.id for scene in best + ranked[CHOICE:] + others]


def _pool(progress: Progress) -> list[Scene]:
    """What fits by level: what is open in the programme; without one, up to a level above what was passed."""
    scenes = progress.scenes.values()
    if progress.stages and not progress.takes:
        return [s for s in progress.stages[0].scenes if s.level == 1] or list(progress.stages[0].scenes)
    if progress.stages:
        return [scene for stage in progress.stages if stage.open for scene in stage.scenes]
    most = max((scene.level for scene in scenes if scene.passed), default=0) + 1
    least = min((scene.level for scene in scenes), default=0)
    return [scene for scene in scenes if scene.level <= max(most, least)]


def _shares(takes: Iterable[TakeRow]) -> dict[str, float]:
    """How each lesson went in these takes, 0 to 1."""
    found: dict[str, list[float]] = {}
    for row in takes:
        for lesson, share in row.lessons:
            found.setdefault(lesson, []).append(share)
    return {lesson: sum(values) / len(values) for lesson, values in found.items()}


def _goes(scene: Scene, shares: dict[str, float]) -> float:
    """How the lessons of a scene's centre go, to a tenth: the weakest first, and much alike stays open to chance."""
    return round(min((shares.get(lesson, _UNMET) for lesson in scene.centre), default=_UNMET), 1)


def _chance(seed: int, scene: str) -> bytes:
    return blake2b(f"{seed}:surprise:{scene}".encode(), digest_size=8).digest()
