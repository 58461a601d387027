"""What is wrong with a programme: scenes that are not there, rounds that are no sandwich, doors that never open.

A scene that is missing is a warning: a programme may name more scenes than a team has, and Home passes over them.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from pathlib import Path

from taketwo.lessons import SKILLS
from taketwo.practice.programme import Programme, Round
from taketwo.practice.source import PROGRAMMES
from taketwo.scenario.findings import Finding, KeyPath, Problem, Problems, did_you_mean, finds, near_name
from taketwo.scenario.library import Library
from taketwo.scenario.source import Draft

Levels = Mapping[str, int]
"""the scenes that there are, with their levels; 0 where a file does not tell it"""


@finds("TT070")
def unknown_scene(programme: Programme, scenes: Levels) -> Problems:
    """A round names a scene that is not in the folder; it is passed over.

    Bad:
        [rounds.first-calls]
        wow = "midnight-rekord"
    Good:
        [rounds.first-calls]
        wow = "midnight-record"
    """
    for path, scene in _named(programme):
        if scene not in scenes:
            message = f"There is no scene {scene!r} here, so it is passed over."
            yield Problem("TT070", path, message, near_name(scene, scenes), "warning")


@finds("TT071")
def twice_in_a_round(programme: Programme, scenes: Levels) -> Problems:
    """A scene stands in a round twice; one pass of it would count for both.

    Bad:
        [rounds.first-calls]
        middles = ["irate-customer", "new-chair"]
    Good:
        [rounds.first-calls]
        middles = ["irate-customer", "charged-twice"]
    """
    seen: set[tuple[str | int, str]] = set()
    for path, scene in _named(programme):
        if (path[1], scene) in seen:
            message = f"The scene {scene!r} stands in this round already."
            yield Problem("TT071", path, message, "Name another, or take it out.")
        seen.add((path[1], scene))


@finds("TT072")
def no_sandwich(programme: Programme, scenes: Levels) -> Problems:
    """A round has nothing that goes well to begin with, or nothing to be proud of at its end.

    Bad:
        [rounds.thanks]
        title = "Thanks"
        about = "All troubles, and no end."
        opener = "new-chair"
        middles = ["bad-news-call"]
    Good:
        [rounds.thanks]
        title = "Thanks"
        about = "A good start, a trouble, and a good end."
        opener = "new-chair"
        middles = ["bad-news-call"]
        wow = "the-wow"
    """
    for round in programme.rounds:
        if not round.opener:
            mend = 'Add `opener = "…"`: a scene that goes well and teaches the basics.'
            yield Problem("TT072", ("rounds", round.id), "The round has no opener.", mend)
        if not round.wow:
            mend = 'Add `wow = "…"`: a scene to be proud of.'
            yield Problem("TT072", ("rounds", round.id), "The round has no wow.", mend)


@finds("TT073")
def hard_start(programme: Programme, scenes: Levels) -> Problems:
    """The first round begins above level 1. Nobody should start with shouting.

    Bad:
        [rounds.first-calls]
        opener = "bad-news-call"
    Good:
        [rounds.first-calls]
        opener = "gift-wrap"
    """
    first = programme.rounds[0]
    if (level := scenes.get(first.opener, 0)) > 1:
        message = f"The first scene of the programme has level {level}."
        yield Problem(
            "TT073", ("rounds", first.id, "opener"), message, "Begin with a scene of level 1.", "warning"
        )


@finds("TT074")
def easier_middles(programme: Programme, scenes: Levels) -> Problems:
    """The middles of a round are easier than those of the round before, by their levels taken together.

    Bad:
        [rounds.bad-news]
        middles = ["gift-wrap"]
        opener = "new-chair"
    Good:
        [rounds.bad-news]
        middles = ["bad-news-call"]
        opener = "new-chair"
    """
    before = 0.0
    for round in programme.rounds:
        level = _level(round, scenes)
        if level and level < before - 1e-9:
            message = (
                f"The middles are easier than those before: level {level:.1f} on average, after {before:.1f}."
            )
            mend = "Put harder scenes here, or the rounds in another order."
            yield Problem("TT074", ("rounds", round.id, "middles"), message, mend, "warning")
        before = level or before


@finds("TT075")
def unknown_skill(programme: Programme, scenes: Levels) -> Problems:
    """A round opens by a skill that the score sheet does not have, so nobody can show it.

    Bad:
        [rounds.bad-news]
        opens = { skills = { honestly = 0.6 } }
    Good:
        [rounds.bad-news]
        opens = { skills = { honesty = 0.6 } }
    """
    for round in programme.rounds:
        for skill, _ in round.opens.skills:
            if skill not in SKILLS:
                path = ("rounds", round.id, "opens", "skills", skill)
                yield Problem(
                    "TT075", path, f"There is no skill {skill!r}.", did_you_mean(skill, list(SKILLS))
                )


@finds("TT076")
def never_so_many(programme: Programme, scenes: Levels) -> Problems:
    """A round asks for more passes than the round before it has scenes, or the first round asks for anything.

    Bad:
        [rounds.bad-news]
        opens = { passes = 6 }
    Good:
        [rounds.bad-news]
        opens = { passes = 4 }
    """
    first = programme.rounds[0]
    if first.opens.passes or first.opens.skills:
        message = "There is no round before the first, so it is open from the start."
        yield Problem("TT076", ("rounds", first.id, "opens"), message, "Take it out.")
    for before, round in zip(programme.rounds, programme.rounds[1:], strict=False):
        if round.opens.passes > len(before.scenes):
            message = (
                f"It asks for {round.opens.passes} passes; the round before has {len(before.scenes)} scenes."
            )
            yield Problem("TT076", ("rounds", round.id, "opens", "passes"), message, "Ask for fewer.")


CHECKS: tuple[Callable[[Programme, Levels], Problems], ...] = (
    unknown_scene,
    twice_in_a_round,
    no_sandwich,
    hard_start,
    easier_middles,
    unknown_skill,
    never_so_many,
)


def check_programme(path: Path, library: Library) -> list[Finding]:
    """Everything that is wrong with the programme `path`; its scenes are those beside it, else those of `library`."""
    beside = [summary for summary in Library(path.parent).summaries() if summary.path != path]
    summaries = beside if any(not summary.error for summary in beside) else library.summaries()
    programme, draft = PROGRAMMES.draft(path)
    return findings(programme, draft, {summary.path.stem: summary.level for summary in summaries})


def findings(programme: Programme | None, draft: Draft, scenes: Levels) -> list[Finding]:
    """Everything that is wrong with a programme that was read; what its holes would cause is left out."""
    found = chain.from_iterable(check(programme, scenes) for check in CHECKS) if programme else ()
    return draft.findings(problem for problem in found if not draft.holes.touch(problem.path))


def _named(programme: Programme) -> Iterable[tuple[KeyPath, str]]:
    """Every scene that is named, with its place."""
    for round in programme.rounds:
        at = ("rounds", round.id)
        if round.opener:
            yield (*at, "opener"), round.opener
        for place, scene in enumerate(round.middles):
            yield (*at, "middles", place), scene
        if round.wow:
            yield (*at, "wow"), round.wow


def _level(round: Round, scenes: Levels) -> float:
    """The level of a round's middles on average; 0 where none is known."""
    levels = [scenes[scene] for scene in round.middles if scenes.get(scene)]
    return sum(levels) / len(levels) if levels else 0.0
