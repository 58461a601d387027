"""What the terminals say to each other: JSON texts, each one of the messages below. Version 1.

Reading is strict: an unknown message, key or value is `Malformed`, and every text passes `clean` here. A learner's program
sends what is marked *guest*, the trainer's what is marked *host*; each refuses the other's.
"""

from dataclasses import asdict, dataclass, field, fields, replace
from functools import cache
from typing import Any, Literal, TypeVar, get_args

from taketwo.text import clean, clean_line

VERSION = 1
FRAME = 64 * 1024
"""bytes of the longest message"""
PIECE = 10_000
"""characters of a piece of something longer; however it is escaped and encoded, it fits a frame"""
TEXT_LIMIT = 4_000
LARGEST = 2**31

Do = Literal["say", "silence", "hint", "rewind", "pause", "resume", "abandon", "remark", "steer", "vote"]
"""What a guest can ask of a take. `remark` needs a topic in `what`; `steer` is for somebody who plays the customer; the
remark `observed` for somebody who observes: `value` 1 ticks a line of the checklist, -1 takes that back, 0 is a note."""


class Malformed(Exception):
    """What came is no message of this protocol; the words say what is wrong with it, and hold nothing of it."""


# --- guest


@dataclass(frozen=True, slots=True)
class Hello:
    """*guest* Who calls. `token` is the invitation's, `secret` the guest's own, by which it is known when it comes again.

    `take` and `last` say up to which event of which take the guest has everything on its disk.
    """

    version: int
    name: str
    token: str = field(repr=False)
    secret: str = field(repr=False)
    take: str = ""
    last: int = 0
    seat: str = "learner"
    t: Literal["hello"] = "hello"


@dataclass(frozen=True, slots=True)
class Agree:
    """*guest* The learner has been told that they are watched, and has said yes."""

    try_next: str = ""
    """the one thing that the learner wanted to try, as said in an earlier debrief"""
    t: Literal["agree"] = "agree"


@dataclass(frozen=True, slots=True)
class Move:
    """*guest* Something to be done. `id` is new for each; `last` is the event that the guest had seen."""

    id: str
    take: str
    last: int
    do: Do
    what: str = ""
    """id of the reply, or topic of the remark"""
    text: str = ""
    about: int = 0
    value: int = 0
    t: Literal["move"] = "move"


@dataclass(frozen=True, slots=True)
class Ack:
    """*guest* Everything up to `last` is on the guest's disk."""

    take: str
    last: int
    t: Literal["ack"] = "ack"


@dataclass(frozen=True, slots=True)
class Presence:
    """*guest* Where the cursor is, and whether something is being typed. Never kept."""

    cursor: str = ""
    typing: bool = False
    t: Literal["presence"] = "presence"


@dataclass(frozen=True, slots=True)
class Bye:
    """*guest, host* Leaving for good."""

    text: str = ""
    t: Literal["bye"] = "bye"


# --- both


@dataclass(frozen=True, slots=True)
class Point:
    """*guest, host* In the debrief: look at the event `seq` together."""

    seq: int
    replay: bool = False
    """at that moment of the replay, which opens for both; without it the replay is closed"""
    t: Literal["point"] = "point"


# --- host


@dataclass(frozen=True, slots=True)
class Refusal:
    """*host* You cannot come in, and calling again with this will not help."""

    code: str
    text: str
    t: Literal["refused"] = "refused"


@dataclass(frozen=True, slots=True)
class Waiting:
    """*host* You are at the door; the trainer has to let you in."""

    trainer: str
    t: Literal["waiting"] = "waiting"


@dataclass(frozen=True, slots=True)
class Welcome:
    """*host* You are in. `agreed` is False where the learner still has to say yes to being watched."""

    seat: str
    name: str
    trainer: str
    agreed: bool
    goal: str = ""
    t: Literal["welcome"] = "welcome"


@dataclass(frozen=True, slots=True)
class View:
    """What the learner's screen shows beside the conversation: made by the host, never kept."""

    title: str = ""
    mode: str = "coached"
    status: str = "new"
    wheel: str = "learner"
    seat: str = "learner"
    """who the guest is in this take: `learner`, `customer` where the roles are swapped, `observer`"""
    trainer: str = ""
    decision: int = 0
    speaker: str = ""
    says: str = ""
    briefing: tuple[str, ...] = ()
    replies: tuple[tuple[str, str], ...] = ()
    """(id, words) in the order shown; none where the learner speaks in their own words"""
    reactions: tuple[tuple[str, str], ...] = ()
    """(what, words) that somebody who plays the customer can choose"""
    meters: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    silence: bool = False
    rewind: bool = False
    spoken: bool = False
    held: bool = False
    """a reply was given, and somebody who plays the customer has not answered yet"""
    answer: str = ""
    """the words of that reply"""
    left_ms: int = -1
    """until silence happens; -1 without a clock"""
    phase: str = ""
    """where the session stands, in words"""
    checklist: tuple[str, ...] = ()
    """what an observer looks out for"""
    other: str = ""
    """who is at the other end of the conversation, where it is somebody else than the trainer"""


@dataclass(frozen=True, slots=True)
class Begin:
    """*host* A take begins, or is the one that is going on: its events follow, from the one after `last`."""

    take: str
    seat: str
    briefing: tuple[str, ...] = ()
    own: bool = True
    """whether it is the guest's; somebody else's take is not kept on their disk"""
    t: Literal["begin"] = "begin"


@dataclass(frozen=True, slots=True)
class Told:
    """*host* An event of the take, as this seat may see it, with what the reply did in a coached take."""

    take: str
    event: dict[str, Any]
    view: View | None = None
    feedback: tuple[str, ...] = ()
    t: Literal["told"] = "told"


@dataclass(frozen=True, slots=True)
class Look:
    """*host* What the screen shows has changed without an event."""

    view: View
    t: Literal["look"] = "look"


@dataclass(frozen=True, slots=True)
class Done:
    """*host* The move `id` is done, by the event `seq`."""

    id: str
    seq: int
    t: Literal["done"] = "done"


@dataclass(frozen=True, slots=True)
class No:
    """*host* The move `id` is not done; why, in words."""

    id: str
    text: str
    t: Literal["no"] = "no"


@dataclass(frozen=True, slots=True)
class Piece:
    """*host* A piece of the whole take, now that it is over: with its scenario, as JSON, in order."""

    take: str
    number: int
    of: int
    data: str
    t: Literal["piece"] = "piece"


@dataclass(frozen=True, slots=True)
class Notice:
    """*host* Something to tell everybody, or the one who gets it. Never kept."""

    text: str
    t: Literal["notice"] = "notice"


@dataclass(frozen=True, slots=True)
class Poll:
    """*host* A question for the room: which reply would you choose? Closed once `split` says how many chose each."""

    id: str
    heard: str
    options: tuple[tuple[str, str], ...]
    split: tuple[int, ...] = ()
    told: str = ""
    seconds: int = 0
    t: Literal["poll"] = "poll"


FromGuest = Hello | Agree | Move | Ack | Presence | Point | Bye
FromHost = Refusal | Waiting | Welcome | Begin | Told | Look | Done | No | Piece | Point | Notice | Poll | Bye
M = TypeVar("M")


def written(message: FromGuest | FromHost) -> str:
    """The text of `message`."""
    import json

    table = asdict(message)
    return json.dumps({key: value for key, value in table.items() if value is not None}, ensure_ascii=False)


def from_guest(text: str) -> FromGuest:
    """The message that a guest sent. Raises Malformed."""
    message: FromGuest = _read(text, "guest")
    return message


def from_host(text: str) -> FromHost:
    """The message that the host sent. Raises Malformed."""
    message: FromHost = _read(text, "host")
    return message


def _read(text: str, whose: str) -> Any:
    from pydantic import ValidationError

    if len(text) > FRAME or len(text.encode("utf-8", "replace")) > FRAME:
        raise Malformed("it is too long")
    try:
        found = _adapter(whose).validate_json(text, strict=True)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False, include_context=False)[0]
        where = ".".join(str(part) for part in first["loc"] if type(part) is int or part in _known())
        raise Malformed(f"{where}: {first['type']}"[:200] if where else first["type"]) from None
    except RecursionError:
        raise Malformed("it is nested too deeply") from None
    return _cleaned(found)


@cache
def _adapter(whose: str) -> Any:
    from typing import Annotated

    from pydantic import ConfigDict, Field, TypeAdapter

    kinds = get_args(FromGuest if whose == "guest" else FromHost)
    for kind in (*kinds, View):
        kind.__pydantic_config__ = ConfigDict(extra="forbid")
    union: Any = kinds[0]
    for kind in kinds[1:]:
        union = union | kind
    return TypeAdapter(Annotated[union, Field(discriminator="t")])


@cache
def _known() -> set[str]:
    """The names of messages and of what is in them: all that may be said of where a message is wrong."""
    kinds = {*get_args(FromGuest), *get_args(FromHost)}
    tags = {str(each.default) for kind in kinds for each in fields(kind) if each.name == "t"}
    return tags | {each.name for kind in (*kinds, View) for each in fields(kind)}


def _cleaned(value: Any) -> Any:
    """A message with every text in it made safe, and cut to a length that fits its place."""
    changes = {
        each.name: _cleaned_part(each.name, getattr(value, each.name))
        for each in fields(value)
        if each.name != "t"
    }
    return replace(value, **changes)


_NAMES = {
    *(
        "name",
        "token",
        "secret",
        "take",
        "seat",
        "id",
        "do",
        "what",
        "cursor",
        "code",
        "trainer",
        "goal",
        "other",
    )
}
_ONE_LINE = {"try_next"}
_RAW = {"data", "event"}
"""read by readers of their own, which clean what they take"""


def _cleaned_part(name: str, value: Any) -> Any:
    if name in _RAW:
        if len(value) > PIECE:
            raise Malformed(f"{name}: too long")
        return value
    if isinstance(value, str):
        if name in _NAMES:
            return clean_line(value, 200)
        return clean_line(value, TEXT_LIMIT) if name in _ONE_LINE else clean(value, TEXT_LIMIT)
    if type(value) is int and not -LARGEST <= value <= LARGEST:
        raise Malformed(f"{name}: out of range")
    if isinstance(value, tuple):
        return tuple(_cleaned_part(name, each) for each in value)
    return _cleaned(value) if isinstance(value, View) else value
