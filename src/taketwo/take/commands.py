"""What a person can ask of a take. Time and chance come in with the command, never from the machine."""

from dataclasses import dataclass

from taketwo.take.events import Mode, Topic
from taketwo.take.machine import Position


@dataclass(frozen=True, slots=True)
class Start:
    """Begin. `pace` is the factor on time limits, 0 for no clock."""

    learner: str = "you"
    seed: int = 0
    mode: Mode = "coached"
    pace: float = 0.0
    sha256: str = ""
    parent: str = ""
    practised: bool = False
    follows: str = ""
    """the earlier take that a sequel was told of"""
    position: Position | None = None
    """where a take that was forked from another one begins; None is the scenario's own start"""


@dataclass(frozen=True, slots=True)
class Say:
    """Choose the reply with this id."""

    reply: str


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Say nothing."""


@dataclass(frozen=True, slots=True)
class Hint:
    """Ask what is at stake; `favourites` are films the learner loves, whose lessons are told first."""

    favourites: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewind:
    """Go back to before the decision with this seq; 0 is the last one."""

    back_to: int = 0


@dataclass(frozen=True, slots=True)
class Pause:
    """Stop the clock and hide the replies; `leaving` when the program is left."""

    leaving: bool = False


@dataclass(frozen=True, slots=True)
class Resume:
    """Go on."""


@dataclass(frozen=True, slots=True)
class Abandon:
    """End the take without an ending."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Say something about the take; allowed after the ending."""

    topic: Topic
    text: str = ""
    about: int = 0
    value: int = 0


Command = Start | Say | StaySilent | Hint | Rewind | Pause | Resume | Abandon | Remark


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom a command came: wall time for show, playing time in ms, and the seat."""

    at: str = ""
    ms: int = 0
    by: str = "learner"
    to: str = "all"
