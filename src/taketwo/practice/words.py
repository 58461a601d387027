"""The sentences about a programme that both ways in say."""

from collections.abc import Mapping

from taketwo.practice.find import Practice
from taketwo.practice.progress import SHOWN_TWICE, Missing, Progress, Scene, Stage
from taketwo.practice.suggest import HARD, Suggestion

SURPRISE = "Surprise me"
SURPRISE_WHY = "A scene that fits you, unknown until it starts, as calls are."
_REASONS = {
    "first": "Everybody begins with this one: it goes well, and shows the basics.",
    "opener": "It opens the round: something that goes well, and shows the basics.",
    "middle": "One of the most common troubles.",
    "hard": "A harder trouble, for the middle of the round.",
    "wow": "It ends the round: something to be proud of.",
    "again": "You have not passed it yet. Now you know how it can turn.",
    "back": "Back to it, after something easier.",
    "done": "You have passed the whole programme. You have not played this one for the longest time.",
}


def round_title(stage: Stage) -> str:
    """ "Round 1 · First calls"."""
    return f"Round {stage.number} · {stage.round.title}"


def round_words(stage: Stage) -> str:
    """ "Round 1 · First calls · 2 of 5 passed"."""
    return f"{round_title(stage)} · {stage.passed} of {len(stage.scenes)} passed"


def why_words(suggestion: Suggestion, lessons: Mapping[str, str]) -> str:
    """Why this scene is next. `lessons` has titles by id."""
    if suggestion.instead_of is None:
        hard = suggestion.reason == "middle" and suggestion.scene.level >= HARD
        return _REASONS["hard" if hard else suggestion.reason]
    shared = suggestion.shared if suggestion.by_skill else lessons.get(suggestion.shared, suggestion.shared)
    about = "needs the same skill" if suggestion.by_skill else "is about the same lesson"
    return f"“{suggestion.instead_of.title}” was hard twice. This one is easier and {about}: {shared}."


def end_words(scene: Scene) -> str:
    """Why to end on `scene`."""
    known = "you have passed it before" if scene.passed else "it goes well for most people"
    return f"That was hard work. To end on a good one: {known}."


def opening_words(stage: Stage) -> str:
    """What a round that is not open asks for: "Opens with 1 more pass in the round before"; "" where it is open."""
    if stage.open:
        return ""
    asked = [_missing(missing) for missing in stage.missing]
    return f"Opens with {' and '.join(filter(None, (', '.join(asked[:-1]), asked[-1])))}"


def ahead_words(progress: Progress) -> str:
    """What the next round that is not open asks for, as a sentence; "" where all are open."""
    closed = next((stage for stage in progress.stages if not stage.open), None)
    if closed is None:
        return ""
    return f"{round_title(closed)}: {opening_words(closed)[0].lower()}{opening_words(closed)[1:]}. You may go ahead all the same."


def mark(scene: Scene) -> str:
    """How a scene stands in the programme, in a word or two."""
    if scene.mastered:
        return "passed"
    if scene.passed:
        return "passed as practice"
    return "not passed yet" if scene.plays else "new"


def result_words(practice: Practice) -> str:
    """How far the whole programme is: "7 of 32 passed, 5 of them before better replies were shown"."""
    scenes = {scene.id: scene for stage in practice.progress.stages for scene in stage.scenes}.values()
    passed = sum(scene.passed for scene in scenes)
    mastered = sum(scene.mastered for scene in scenes)
    words = f"{passed} of {len(scenes)} passed"
    return words + (f", {mastered} of them before better replies were shown" if passed else "")


def _missing(missing: Missing) -> str:
    if not missing.skill:
        more = int(missing.wanted - missing.has)
        return f"{more} more {'pass' if more == 1 else 'passes'} in the round before"
    so_far = f"so far in {missing.has:.0f}" if missing.has else "not yet"
    return f"{missing.skill} at {missing.wanted:.0%} in {SHOWN_TWICE} scenes ({so_far})".replace("%", " %")
