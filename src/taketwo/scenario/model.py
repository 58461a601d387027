"""A scenario as data: what may happen, and nothing that happens.

Plain frozen values, made by the reader (`scenario.source`) and read by every other room. No clock, no file,
no pydantic, no logic beyond looking a thing up.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import ClassVar, Literal

from taketwo.lessons import Lesson

Channel = Literal["phone", "counter", "chat", "email", "social", "floor", "team"]
EndingKind = Literal["resolved", "escalated", "callback", "lost"]
Comparison = Literal["<", "<=", "==", "!=", ">=", ">", "set", "unset"]

SILENCE = "."
"""The move of saying nothing; no reply can have this id."""


@dataclass(frozen=True, slots=True)
class Test:
    """One atom of a condition: a meter compared with a number, or a flag that is set or unset."""

    __test__: ClassVar[bool] = False  # pytest takes the name for its own
    name: str
    op: Comparison
    value: int = 0


Condition = tuple[tuple[Test, ...], ...]
"""Any of these lists, of which all tests must hold. `ALWAYS` has one empty list."""
ALWAYS: Condition = ((),)


@dataclass(frozen=True, slots=True)
class Branch:
    """One entry of a `goto` list: where the conversation goes if `when` holds."""

    to: str
    when: Condition = ALWAYS


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a `says` list: what the customer says if `when` holds; one text is picked by the take's seed."""

    texts: tuple[str, ...]
    when: Condition = ALWAYS
    who: str = ""
    """who says it, where that is not the customer"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """One authored answer at a node; also what happens on silence (then without words and points)."""

    id: str
    goto: tuple[Branch, ...]
    say: tuple[str, ...] = ()
    points: tuple[tuple[str, int], ...] = ()
    why: str = ""
    effects: tuple[tuple[str, int], ...] = ()
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    when: Condition = ALWAYS
    once: bool = False
    critical: str = ""
    reveals: str = ""
    samples: tuple[str, ...] = ()
    promise: str = ""
    """id of what the learner promises by it; a scene that follows may call it in"""

    @property
    def total(self) -> int:
        """p(reply): the sum of its points over all lessons."""
        return sum(value for _, value in self.points)


@dataclass(frozen=True, slots=True)
class Node:
    """A point where the customer has spoken and the learner must answer."""

    id: str
    says: tuple[Line, ...]
    replies: tuple[Reply, ...]
    silence: Reply | None = None
    time_limit: int | None = None

    def moves(self) -> Iterator[Reply]:
        """Every reply, and silence where the node has it."""
        yield from self.replies
        if self.silence:
            yield self.silence


@dataclass(frozen=True, slots=True)
class Meter:
    """A bounded whole number that the customer carries; `bands` name stretches of it, each from its number up."""

    id: str
    start: int
    low: int = 0
    high: int = 10
    bands: tuple[tuple[int, str], ...] = ()
    title: str = ""

    def band(self, value: int) -> str:
        """The word for `value`, or "" where the meter has no bands."""
        word = ""
        for least, name in self.bands:
            if value >= least:
                word = name
        return word


@dataclass(frozen=True, slots=True)
class Interrupt:
    """Something that cuts in, once, as soon as `when` holds after a move."""

    id: str
    when: Condition
    goto: tuple[Branch, ...]


@dataclass(frozen=True, slots=True)
class Ending:
    """A point where a take stops."""

    id: str
    kind: EndingKind
    csat: int
    resolved: bool
    acceptable: bool
    text: str


@dataclass(frozen=True, slots=True)
class Briefing:
    """What the learner may know before the first word."""

    role: str
    situation: str
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Customer:
    """Who is asking; wants and needs are for the debrief."""

    name: str
    wants: str = ""
    needs: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """What of an earlier take sets a flag: any of these."""

    scenes: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()
    """`SCENE/ENDING`"""
    promises: tuple[str, ...] = ()
    """`SCENE/PROMISE`"""


@dataclass(frozen=True, slots=True)
class Sequel:
    """Which scenes this one follows, and what it is told of them."""

    of: tuple[str, ...]
    flags: tuple[tuple[str, Rule], ...] = ()
    alone: tuple[str, ...] = ()
    """flags that are set where it is played without an earlier take"""


@dataclass(frozen=True, slots=True, kw_only=True, weakref_slot=True)
class Scenario:
    """One dialogue tree, ready to play. Texts have their declared names filled in, all but `{learner}`."""

    id: str
    title: str
    level: int
    minutes: int
    channel: Channel
    centre: tuple[str, ...]
    start: str
    briefing: Briefing
    customer: Customer
    meters: dict[str, Meter]
    flags: dict[str, str]
    nodes: dict[str, Node]
    interrupts: dict[str, Interrupt]
    endings: dict[str, Ending]
    lessons: dict[str, Lesson] = field(default_factory=dict)
    about: str = ""
    hollywood: tuple[str, ...] = ()
    """`node/reply` of lines that the Hollywood cut takes where it comes by"""
    promises: dict[str, str] = field(default_factory=dict)
    """what a learner can promise here, with words for a person"""
    given: tuple[str, ...] = ()
    """flags that are set before the first word"""
    sequel: Sequel | None = None

    def __hash__(self) -> int:
        return hash(self.id)

    def scored(self) -> list[str]:
        """Ids of the lessons that any reply scores, the centre first, then in order of appearance."""
        seen = dict.fromkeys(self.centre)
        for node in self.nodes.values():
            for reply in node.replies:
                seen.update(dict.fromkeys(lesson for lesson, _ in reply.points))
        return list(seen)
