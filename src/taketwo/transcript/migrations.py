"""Older formats of a take, read for ever: small dated steps, each from one format to the next.

A file is never rewritten for this: its events are understood as if they had been written today, and a take that is gone
on with gets events of its own format, so that a program of its time can still read it. Each format that was ever written
has a file in `tests/transcript/formats/`.
"""

from dataclasses import dataclass
from typing import TypeVar

FORMAT = 3
"""what is written today"""
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Step:
    """From a format to the next: when it came, what was new, and what an older program would not know."""

    date: str
    new: str
    unknown_before: frozenset[str]
    """keys of events that the older format does not have"""


STEPS: dict[int, Step] = {
    1: Step(
        "2026-11-27",
        "An event says who speaks where that is not the customer, and the first one which take a sequel follows.",
        frozenset({"who", "follows"}),
    ),
    2: Step(
        "2026-11-27",
        "Two people in one take: who trains, which move made an event, and what somebody who plays the customer chose.",
        frozenset({"move", "trainer", "pressed", "steered", "player"}),
    ),
}
"""By the format that each step leads on from. What is new in a step may be left out, so reading needs nothing more.
Kinds of event and topics that came later are written into an older file all the same; an older program reads it up to there."""


def as_of(table: dict[str, T], form: int) -> dict[str, T]:
    """The table of an event as a file of the format `form` holds it: without what came later."""
    later = frozenset[str]().union(*(STEPS[number].unknown_before for number in range(form, FORMAT)))
    return {key: value for key, value in table.items() if key not in later} if later else table


def stray(table: dict[str, object], form: int) -> str:
    """A key of `table` that no program of the format `form` wrote; empty where there is none."""
    return next((key for key in table if key not in as_of(table, form)), "")
