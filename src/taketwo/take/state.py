"""Where a take stands. Made by `evolve` from events alone; a step costs the same at turn 10 and at turn 10,000."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from taketwo.take.events import Mode, Seat
from taketwo.take.machine import Position

NOWHERE = Position("", ())
Status = Literal["new", "playing", "paused", "ended", "stuck", "abandoned"]


@dataclass(frozen=True, slots=True)
class Trail:
    """The decisions behind a position, the latest first, each with the position it was taken in."""

    seq: int
    position: Position
    before: "Trail | None"
    depth: int

    def back(self) -> "Iterator[Trail]":
        """This decision and those before it."""
        step: Trail | None = self
        while step:
            yield step
            step = step.before


@dataclass(frozen=True, slots=True)
class State:
    """A take between two events."""

    status: Status = "new"
    position: Position = NOWHERE
    mode: Mode = "coached"
    seed: int = 0
    pace: float = 0.0
    learner: str = ""
    seq: int = 0
    ms: int = 0
    wheel: Seat = "learner"
    """who has the conversation"""
    trail: Trail | None = field(default=None, compare=False, repr=False)

    @property
    def over(self) -> bool:
        """Nothing but remarks can follow."""
        return self.status in ("ended", "stuck", "abandoned")

    @property
    def decisions(self) -> int:
        """How many decisions lie behind."""
        return self.trail.depth if self.trail else 0


NEW = State()
