"""The sentences about takes that are looked back at: in a replay, among their branches, side by side, over time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from taketwo.take.events import (
    Abandoned,
    AnyEvent,
    Hinted,
    Paused,
    Remarked,
    Resumed,
    Rewound,
)
from taketwo.wording import MARKS, clock, count, hint_words

if TYPE_CHECKING:
    from taketwo.scenario.model import Scenario
    from taketwo.transcript.replaying import Pace, Reel, Spot, Stop

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
    """What happened that was not a decision: a hint, a way back, a pause, a remark."""
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
        return "Ended by you, without an ending."
    return remark_words(event, film) if isinstance(event, Remarked) else ""


def remark_words(event: Remarked, film: Reel) -> str:
    """A remark on the take."""
    about = f" about decision {number}" if (number := film.number(event.about)) else ""
    by = "" if event.by == "learner" else f" by the {event.by}"
    if event.topic == "note":
        return f"Note{by}{about}: {event.text}"
    if event.topic == "own-words":
        return f"In your own words: {event.text}"
    if event.topic == "label":
        return f"Label{' taken off' if event.value < 0 else ''}: {event.text}"
    if event.topic == "try-next":
        return f"To try next time: {event.text}"
    if event.topic == "better-shown":
        return f"A better reply was shown{f' for decision {number}' if number else ''}."
    parts = [f"you would take back decision {number}"] if number else []
    parts += [f"you thought the customer was at {event.value} of 5"] if event.value else []
    return f"Your own judgement: {' and '.join(parts) or event.text}."
