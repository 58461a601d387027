"""Every kind of event. An event says what came of a command: results, not deltas, and what was seen.

Events are facts: nothing here computes. `evolve` needs no scenario to follow them, a score needs nothing else, and
a transcript can be read without the program. The journal writes each as one block of flat TOML.
"""

from dataclasses import dataclass
from typing import Literal

from taketwo.take.machine import Offer, Position

Mode = Literal["coached", "assessed"]
Topic = Literal[
    "note", "label", "own-words", "prediction", "try-next", "better-shown",
    "watched", "goal", "whisper", "barge", "help", "opened", "acknowledged", "appeal",
    "observed",
]  # fmt: skip
"""What a remark is. Of the trainer's: `whisper` is for the learner alone, `barge` is heard by the customer, a `note` to
`trainer` is private, and `opened` brings the words of a sealed event that it is about. `watched`: the learner has agreed.
`observed` is of somebody who observes (`by` is `observer:NAME`): seen (1), not seen after all (-1), or a note (0)."""
Seat = Literal["learner", "trainer"]
"""Who can have the conversation. Who may see an event is a seat, or `all`."""


@dataclass(frozen=True, slots=True)
class Legend:
    """What the numbers in positions stand for, and the skill of each lesson, so that a take explains itself."""

    meters: tuple[str, ...]
    flags: tuple[str, ...]
    spendable: tuple[str, ...]
    skills: tuple[tuple[str, str], ...]
    """(lesson, skill)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What all events have. `ms` is playing time in milliseconds and never falls; `at` is wall time, for show."""

    seq: int
    at: str
    ms: int
    by: str = "learner"
    to: str = "all"
    move: str = ""
    """id of the move from another terminal that made it, so that one which comes twice is known; empty otherwise"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard(Event):
    """After it the conversation stands at `after`, and `says` was heard last."""

    after: Position
    says: str
    who: str = ""
    """who says it; empty: the customer"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered(Heard):
    """The customer goes on, or the conversation ends with `says` as its text."""

    end: str = ""
    """kind of the ending, `stuck`, or empty while the take goes on"""
    csat: int = 0
    resolved: bool = False
    acceptable: bool = False
    steered: tuple[str, ...] = ()
    """what somebody who plays the customer chose, and not the scenario: `place`, `meters`, `line`"""
    player: str = ""
    """the seat that chose it, where that is not whose event it is"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started(Heard):
    """A take begins; carries all that later events take for granted."""

    scenario: str
    sha256: str
    title: str
    customer: str
    learner: str
    seed: int
    mode: Mode
    pace: float
    """factor on time limits; 0 is no clock"""
    parent: str
    """`TAKE#SEQ` of the decision that this take was forked from, or empty"""
    practised: bool
    """a debrief of this scenario has shown better replies before"""
    legend: Legend
    follows: str = ""
    """the earlier take that this one is the sequel of, or empty"""
    trainer: str = ""
    """who trains, where two practise together; empty: alone"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Answered):
    """The customer reacted: to a reply or to silence."""

    node: str
    offered: tuple[Offer, ...]
    """in the order shown"""
    interrupt: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Replied(Moved):
    """The learner chose a reply."""

    reply: str
    said: str
    points: tuple[tuple[str, int], ...]
    critical: str
    pressed: str = ""
    """the seat that chose it for what the learner said aloud; empty: whose event it is"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Silent(Moved):
    """The learner said nothing until the clock ran out, or meant to: dead air."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hinted(Event):
    """The learner asked for a hint and was told of this lesson."""

    node: str
    lesson: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewound(Heard):
    """The learner went back to before the decision with sequence number `back_to`; that branch stays in the log."""

    back_to: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Steered(Answered):
    """Somebody who plays the customer went on without waiting for an answer: another place, mood or line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed(Event):
    """The conversation is another seat's from here on: a takeover, or the handing back."""

    wheel: Seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Paused(Event):
    """The replies are out of sight; `leaving` when the program was left."""

    leaving: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed(Event):
    """The replies are back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Abandoned(Event):
    """The learner ended the take: no CSAT, no pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remarked(Event):
    """Something said about the take, during or after it. `about` is the seq of an event, 0 for the whole take."""

    topic: Topic
    text: str
    about: int = 0
    value: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated(Event):
    """One rating of a QA form. `about` is the seq of the event that shows it, 0 for the whole take."""

    form: str
    """`ID VERSION` of the form"""
    item: str
    value: int
    """on the item's scale; -1 where the item does not apply"""
    text: str = ""
    """the rater's comment"""
    about: int = 0
    rater: str = ""
    """who rated; several people can rate one take"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed(Event):
    """An event that this copy of the take may not hold: its number, and whose it is."""


AnyEvent = (
    Started | Replied | Silent | Hinted | Rewound | Paused | Resumed | Abandoned | Remarked | Steered | Handed | Rated
    | Sealed
)  # fmt: skip

KINDS: dict[str, type[AnyEvent]] = {
    "started": Started,
    "replied": Replied,
    "silent": Silent,
    "hinted": Hinted,
    "rewound": Rewound,
    "paused": Paused,
    "resumed": Resumed,
    "abandoned": Abandoned,
    "remarked": Remarked,
    "steered": Steered,
    "handed": Handed,
    "rated": Rated,
    "sealed": Sealed,
}
"""The name of each kind in a journal."""
