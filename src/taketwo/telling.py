"""The sentences about takes that are looked back at: in a replay, among their branches, side by side, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taketwo.aside import asides, people, together_words, whose_words
from taketwo.qa.words import answered_rating_words, rating_words
from taketwo.take.events import (
    Abandoned,
    AnyEvent,
    Heard,
    Hinted,
    Paused,
    Rated,
    Remarked,
    Resumed,
    Rewound,
    Started,
)
from taketwo.wording import MARKS, STEPS, WORTH, clock, count, hint_words, percent, result_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from taketwo.aside import Aside, People
    from taketwo.comparing import Comparison, Pair, Side, Step
    from taketwo.debrief import Row
    from taketwo.playback import Playback
    from taketwo.scenario.model import Scenario
    from taketwo.transcript.branches import Branch
    from taketwo.transcript.learning import Learning, SkillLine
    from taketwo.transcript.replaying import Pace, Reel, Spot, Stop
    from taketwo.transcript.rows import TakeRow

STOP_SIGNS: dict[Stop, tuple[str, str]] = {
    "critical": ("!", "Critical error"),
    "closed": MARKS["closed"],
    "harder": MARKS["harder"],
    "recovery": MARKS["recovery"],
}
"""the sign of each mark that a replay can be wound to, and what it is called"""
PACE_NAMES: dict[Pace, str] = {
    "real": "real pace",
    "2": "2× pace",
    "4": "4× pace",
    "8": "8× pace",
    "steps": "step by step",
}
NO_MARK = "There is no further mark."
NO_EARLIER_MARK = "There is no mark before this."
NO_PLACE = "There is no such place. A number is a decision, 2:05 is a moment."
THE_END = "That was the end."


def where_words(film: Reel, spot: Spot) -> str:
    """ "2 of 5 decisions · 1:05 of 4:12"; no time where none has passed."""
    place = f"{film.number_at(spot)} of {count(len(film.counted), 'decision')}"
    return f"{place} · {clock(spot.ms)} of {clock(film.length)}" if film.length else place


def answered_words(took_ms: int, limit: float) -> str:
    """ "Answered after 0:12, of 0:20"; `limit` in seconds, 0 without one."""
    return f"Answered after {clock(took_ms)}{f', of {clock(round(limit * 1000))}' if limit else ''}."


def waiting_words(waited: int, limit: float) -> str:
    """How long the customer has been waiting, and what is left of the time; `limit` in seconds, 0 without one."""
    left = f", {clock(max(0, round(limit * 1000) - waited))} left" if limit else ""
    return f"The customer waits: {clock(waited)}{left}."


def undone_words(film: Reel, index: int, spot: Spot) -> str:
    """Whether a decision was given up by then; empty where it counts."""
    if index not in film.undone:
        return ""
    return "Taken back." if film.undone[index] < spot.shown else "Taken back later."


def happening_words(event: AnyEvent, film: Reel, scenario: Scenario) -> str:
    """What happened that was not a decision: a hint, a way back, a pause, a remark; what was said aside is not among it."""
    if isinstance(event, Hinted):
        lesson = scenario.lessons.get(event.lesson)
        return f"A hint: {hint_words(lesson) if lesson else event.lesson}"
    if isinstance(event, Rewound):
        return f"Taken back, to before decision {film.number(event.back_to)}."
    if isinstance(event, Paused):
        return "Left, to go on another time." if event.leaving else "Paused."
    if isinstance(event, Resumed):
        return "Went on."
    if isinstance(event, Abandoned):
        ended = "you" if event.by == "learner" else film_people(film).called(event.by)
        return f"Ended by {ended}, without an ending."
    if isinstance(event, Rated):
        return rating_words(event)
    return remark_words(event, film) if isinstance(event, Remarked) else ""


def aside_of(take: Playback, index: int) -> tuple[Aside, ...]:
    """What was said or done aside in one event, in words; nothing where it was no such event."""
    film = take.reel
    before = film.events[film.scenes[index - 1]] if index else None
    heard = before.says if isinstance(before, Heard) else ""
    return asides([film.events[index]], film_people(film), heard)


def film_people(film: Reel) -> People:
    """Whom a film shows."""
    first = film.events[0]
    assert isinstance(first, Started)
    return people(first)


def remark_words(event: Remarked, film: Reel) -> str:
    """A remark on the take."""
    about = f" about decision {number}" if (number := film.number(event.about)) else ""
    by = "" if event.by == "learner" else f" by {film_people(film).called(event.by)}"
    if event.topic == "note":
        return f"{'Private note' if event.to == 'trainer' else 'Note'}{by}{about}: {event.text}"
    if event.topic == "own-words":
        return f"In your own words: {event.text}"
    if event.topic == "label":
        return f"Label{' taken off' if event.value < 0 else ''}: {event.text}"
    if event.topic == "try-next":
        return f"To try next time: {event.text}"
    if event.topic in ("acknowledged", "appeal"):
        rated = film.events[event.about - 1] if 0 < event.about <= len(film.events) else None
        return answered_rating_words(event, rated if isinstance(rated, Rated) else None)
    if event.topic == "observed":
        saw = {1: "saw", -1: "took back"}.get(event.value, "noted")
        return f"{film_people(film).name(event.by)}, who observed, {saw}{about}: {event.text}"
    if event.topic == "better-shown":
        return f"A better reply was shown{f' for decision {number}' if number else ''}."
    parts = [f"you would take back decision {number}"] if number else []
    parts += [f"you thought the customer was at {event.value} of 5"] if event.value else []
    return f"Your own judgement: {' and '.join(parts) or event.text}."


# --- takes among others


def take_words(row: TakeRow) -> str:
    """ "2026-11-22 10:15 · Zoë · passed, 86 %"."""
    if row.status in ("damaged", "unreadable"):
        result: str = row.status
    elif row.status == "unfinished":
        result = f"unfinished, {count(row.decisions, 'decision')}"
    else:
        result = result_words(row)
    who = f"{row.learner} with {row.trainer}" if row.trainer else row.learner
    return " · ".join(part for part in (row.created[:16].replace("T", " "), who, result) if part)


def branch_words(branch: Branch, number: int) -> str:
    """A take in its tree; `number` is that of the decision at which it parted from its parent, 0 where unknown."""
    if branch.lost:
        return f"from a take that is gone: {take_words(branch.row)}"
    if not branch.seq:
        return take_words(branch.row)
    return f"from {f'decision {number}' if number else 'a decision'}: {take_words(branch.row)}"


def tree_words(branches: Sequence[Branch]) -> str:
    """How much there is in a tree of takes."""
    roots = sum(not branch.depth for branch in branches)
    return (
        f"{count(len(branches), 'take')}, {roots} from the start" if branches else "There are no takes of it."
    )


def parting_words(forks: Sequence[object]) -> str:
    """ "3 takes part here.": the one that is looked at, and its forks."""
    return f"{count(len(forks) + 1, 'take')} part here." if forks else ""


NO_BRANCHES = "No take goes another way than this one."


# --- two takes


VERSIONS = (
    "They were played on two versions of this scene. Decisions are compared by their place and their reply."
)


def side_words(side: Side) -> list[str]:
    """One of two takes: which it is, and where its beginning comes from."""
    lines = [take_words(side.row)]
    if side.lost:
        lines.append("The take that it was forked from is gone, so how it began is not known.")
    elif side.inherited:
        first = f"first {side.inherited} decisions are" if side.inherited > 1 else "first decision is"
        lines.append(f"Its {first} those of the take that it was forked from.")
    started = side.about.started
    return lines + together_words(side.about.hands, started, people(started))


def decided_words(pair: Pair, found: Comparison) -> list[str]:
    """Whose a decision was, where it was not the learner's: "B: This decision was Bora's; it does not count."."""
    lines = []
    for name, step, side in zip(SIDES, (pair.left, pair.right), (found.left, found.right), strict=True):
        if step:
            lines += [f"{name}: {words}" for words in whose_words(step.turn, people(side.about.started))]
    return lines


def common_words(found: Comparison) -> str:
    """How far two takes are alike."""
    alike = len(found.common)
    if not found.pairs:
        return "They are alike from beginning to end."
    if not alike:
        return "They part at the first decision."
    return f"They are alike in {'the first decision' if alike == 1 else f'the first {alike} decisions'}."


SIDES = ("A", "B")
"""what the two takes of a comparison are called"""


def pair_words(pair: Pair) -> str:
    """Which decisions stand beside each other: "Decision 5, alike", "Decision 8 of A, 7 of B"."""
    numbers = [
        (step.turn.number, name) for step, name in zip((pair.left, pair.right), SIDES, strict=True) if step
    ]
    if len(numbers) == 2 and numbers[0][0] == numbers[1][0]:
        which = f"Decision {numbers[0][0]}"
    else:
        which = "Decision " + ", ".join(f"{number} of {name}" for number, name in numbers)
    places = {step.turn.node for step in (pair.left, pair.right) if step}
    return f"{which}{', alike' if pair.same else ', at two places' if len(places) > 1 else ''}"


def same_line(pair: Pair) -> bool:
    """Whether both were answering the same words."""
    if pair.left is None or pair.right is None:
        return False
    left, right = pair.left.turn, pair.right.turn
    return (left.speaker, left.heard) == (right.speaker, right.heard)


def cost_words(step: Step) -> str:
    """What a decision cost: "▼ Closed a door: 91 % → 40 %"; by its points where the scene is not solved."""
    row = step.review
    if row is None:
        return f"{WORTH[step.turn.worth]}."
    sign, name = ("!", "Critical error") if row.critical else MARKS[row.mark]
    before, after = percent(row.before.curve), percent(row.after.curve)
    return f"{sign} {name}: {before} → {after}" if before != after else f"{sign} {name}"


def costs_words(pair: Pair) -> list[str]:
    """What a choice that both made cost them, once where it cost both the same."""
    costs = [cost_words(step) for step in (pair.left, pair.right) if step]
    return (
        costs[:1]
        if len(set(costs)) == 1
        else [f"{name} {cost}" for name, cost in zip(SIDES, costs, strict=True)]
    )


def lesson_words(row: Row | None) -> str:
    """ "72 %, guessing 50 %", or "not met"."""
    return f"{percent(row.share)}, guessing {percent(row.guess)}" if row else percent(None)


# --- over time


NO_TRIES = "Nothing is counted yet: the first try of a scene is what skills are made of."


def learning_words(found: Learning) -> list[str]:
    """What a learner's takes come to, and which of them the skills are made of."""
    mastered = f"{count(len(found.mastered), 'scene')} mastered"
    lines = [f"{found.learner}: {count(found.takes, 'take')}, {found.passes} passed, {mastered}."]
    if found.first_tries:
        lines.append(
            f"The skills come from {count(found.first_tries, 'first try').replace('trys', 'tries')}, in "
            f"{count(len(found.sittings), 'sitting')}: what was done before the first rewind."
        )
    if left := found.takes - found.first_tries:
        lines.append(
            f"{count(left, 'take')} {'is' if left == 1 else 'are'} left out, as practice: from a decision of "
            "another take, after better replies had been shown, or with a trainer's hand in it."
        )
    return lines


def spark(shares: Iterable[float | None]) -> str:
    """A line of blocks, one a sitting; a point where the skill was not at stake."""
    return "".join("·" if share is None else STEPS[1 + round(share * 7)] for share in shares)


def skill_words(line: SkillLine) -> str:
    """A skill in words: "Listening: 72 %, guessing 50 %; by sitting 40 %, 80 %"."""
    met = [percent(share) for share in line.sittings if share is not None]
    by_sitting = f"; by sitting {', '.join(met[-8:])}" if len(met) > 1 else ""
    return f"{line.skill.capitalize()}: {percent(line.share)}, guessing {percent(line.guess)}{by_sitting}"
