"""What a person can ask of a take. Time and chance come in with the command, never from the machine."""

from dataclasses import dataclass

from taketwo.take.events import Mode, Seat, Topic
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
    trainer: str = ""
    position: Position | None = None
    """where a take that was forked from another one begins; None is the scenario's own start"""


@dataclass(frozen=True, slots=True)
class Steer:
    """What somebody who plays the customer does, in place of the scenario; what is left empty is the scenario's."""

    to: str = ""
    """the node or ending that follows"""
    meters: tuple[tuple[str, int], ...] = ()
    """values that meters then have, kept within their bounds"""
    line: int = -1
    """which of the node's lines is said, whatever its condition"""
    says: str = ""
    """the customer's words, typed"""
    player: str = ""
    """the seat that does it, where it is done to another one's reply"""


@dataclass(frozen=True, slots=True)
class Say:
    """Choose the reply with this id. `pressed` is the seat that chose it for what the learner said aloud."""

    reply: str
    steer: Steer = Steer()
    pressed: str = ""


@dataclass(frozen=True, slots=True)
class StaySilent:
    """Say nothing."""

    steer: Steer = Steer()


@dataclass(frozen=True, slots=True)
class Hand:
    """Give the conversation to a seat."""

    wheel: Seat


@dataclass(frozen=True, slots=True)
class Rate:
    """Rate an item of a QA form; allowed after the ending."""

    form: str
    item: str
    value: int
    text: str = ""
    about: int = 0
    rater: str = ""


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


Command = Start | Say | StaySilent | Steer | Hand | Hint | Rewind | Pause | Resume | Abandon | Remark | Rate


@dataclass(frozen=True, slots=True)
class Stamp:
    """When and by whom a command came: wall time for show, playing time in ms, and the seat."""

    at: str = ""
    ms: int = 0
    by: str = "learner"
    to: str = "all"
    move: str = ""
