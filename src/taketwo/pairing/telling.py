"""What the learner's side tells of a take, in words: the conversation, and where it stands.

The learner's program has no scenario before the end: all words come with the events, or from the host.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from taketwo.pairing.guest import Guest
from taketwo.score import live
from taketwo.take.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Handed,
    Heard,
    Hinted,
    Moved,
    Remarked,
    Replied,
    Rewound,
    Started,
    Steered,
)

Kind = Literal["customer", "you", "trainer", "did", "whisper", "hint", "head", "note", "end"]
"""Whose words they are, or what is told: what a reply did, a whisper, a hint, a turn of the session, one's own note."""

WATCHED = (
    "{trainer} sees what you do: where your cursor is, how long you think, and what you choose."
    " It is recorded in your take and theirs. Agree?"
)
NOT_AGREED = "You did not agree to be watched, so nothing was begun."
SAY_ALOUD = "Say it aloud. If you like, type it too: Enter sends it."
AS_CUSTOMER = "You are the customer: choose what you do, or w types what you say."


@dataclass(frozen=True, slots=True)
class Part:
    """Something said or told; `who` says it, where somebody does."""

    kind: Kind
    text: str
    who: str = ""


def conversation(
    events: Iterable[AnyEvent],
    feedback: Mapping[int, tuple[str, ...]],
    trainer: str,
    *,
    customer: bool = False,
) -> list[Part]:
    """The conversation on the branch that counts; `customer` where the learner plays the customer."""
    kept = live(events)
    start = next((event for event in kept if isinstance(event, Started)), None)
    name = start.customer if start else ""
    turned = max((event.seq for event in kept if isinstance(event, Moved | Rewound)), default=0)
    return [
        part
        for event in kept
        if not isinstance(event, Rewound) and not (isinstance(event, Hinted) and event.seq < turned)
        for part in told(event, feedback.get(event.seq, ()), trainer, name, customer=customer)
    ]


def told(
    event: AnyEvent, did: Iterable[str], trainer: str, name: str, *, customer: bool = False
) -> list[Part]:
    """What is told of one event; `name` is the customer's."""
    if isinstance(event, Remarked):
        return _remarked(event, trainer)
    if isinstance(event, Handed):
        if customer:
            words = f"You play the customer; {trainer} answers you."
        elif event.wheel == "trainer":
            words = f"{trainer} has the conversation from here."
        else:
            words = "The conversation is yours again."
        return [Part("head", words)]
    if isinstance(event, Hinted):
        return [Part("hint", text) for text in did]
    if isinstance(event, Abandoned):
        return [Part("head", "The take was ended, without an ending.")]
    if not isinstance(event, Heard):
        return []
    parts = []
    if isinstance(event, Started) and event.parent:
        parts.append(Part("head", "Taken up from a decision of an earlier take."))
    if isinstance(event, Rewound):
        parts.append(Part("head", "Taken back. The first try stays in the record."))
    if isinstance(event, Moved):
        who, kind = ("You", "you") if event.by != "trainer" else (trainer, "trainer")
        said = event.said if isinstance(event, Replied) else "(Nothing is said.)"
        parts.append(Part("you" if kind == "you" else "trainer", said, who))
        parts += [Part("did", text) for text in did]
    if isinstance(event, Answered) and event.end:
        return [*parts, Part("end", event.says)]
    played = " (you)" if customer and isinstance(event, Moved | Steered) else ""
    return [*parts, Part("customer", event.says, (event.who or name) + played)]


def _remarked(event: Remarked, trainer: str) -> list[Part]:
    if not event.text and event.topic != "help":
        return []
    theirs = event.by == "trainer"
    match event.topic:
        case "whisper":
            return [Part("whisper", event.text, f"{trainer}, to you alone")]
        case "barge":
            return [Part("trainer", event.text, trainer)]
        case "opened":
            return [Part("whisper", event.text, f"{trainer}'s note")]
        case "note":
            return [Part("note", event.text, f"{trainer}'s note" if theirs else "Your note")]
        case "own-words":
            return [Part("note", event.text, "In your own words")]
        case "help":
            return [Part("note", event.text or f"You asked {trainer} for help.")]
    return []


def asks_help(events: Iterable[AnyEvent]) -> bool:
    """Whether the learner has asked for help, and nothing has come of it yet."""
    asked = False
    for event in events:
        if isinstance(event, Remarked):
            helped = event.by == "trainer" and event.topic in ("whisper", "barge")
            asked = event.topic == "help" or (asked and not helped)
        elif isinstance(event, Heard | Handed):
            asked = False
    return asked


def ticked(events: Iterable[AnyEvent]) -> set[str]:
    """The lines of an observer's list that are ticked."""
    found = {
        event.text: event.value
        for event in events
        if isinstance(event, Remarked) and event.topic == "observed" and event.value
    }
    return {text for text, value in found.items() if value > 0}


def moment(guest: Guest) -> str:
    """What the learner waits for, or has to do, where it is not to choose a reply; empty where it is."""
    view, trainer = guest.view, guest.trainer
    if guest.opened or guest.state.over:
        return f"The take is over. {trainer} begins another, or ends the session."
    if not guest.events and guest.seat == "observer":
        return f"You are in. {trainer} lets you look on when a take has begun."
    if not guest.events:
        return f"You are in. {trainer} has not begun yet."
    if view.seat == "observer":
        return "Paused." if view.status == "paused" else ""
    if view.status == "paused":
        return "Paused. p goes on." if guest.line else "Paused."
    if view.seat == "customer":
        if view.held:
            return AS_CUSTOMER
        return f"{guest.other} is thinking. {AS_CUSTOMER}"
    if view.held:
        return f"{guest.other}, as the customer, is thinking."
    if view.wheel == "trainer":
        return f"{trainer} has the conversation; listen."
    return SAY_ALOUD if view.spoken else ""


def waiting(guest: Guest) -> str:
    """Where a guest stands who is not in yet, or not any more."""
    if guest.why and not guest.line and not guest.over:
        return f"{guest.why} Trying again …"
    if guest.standing == "waiting":
        return f"At the door: {guest.trainer} has to let you in."
    if guest.standing in ("refused", "left"):
        return guest.message or "The session is over."
    if guest.standing == "asked":
        return WATCHED.format(trainer=guest.trainer)
    return "Calling …" if guest.standing == "calling" else ""


def cut(guest: Guest) -> str:
    """The banner of a line that is cut; empty while it stands."""
    if guest.line or guest.over:
        return ""
    return f"The line is cut. The clock waits. Trying again … {guest.why}".rstrip()


def split(counts: Iterable[int], width: int) -> list[tuple[str, str]]:
    """How many chose each, as bars and as words: ("████", "2 of 3")."""
    counts = [max(0, number) for number in counts]
    whole = sum(counts)
    return [("█" * round(width * n / whole) if whole else "", f"{n} of {whole}") for n in counts]
