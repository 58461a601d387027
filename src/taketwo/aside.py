"""The sentences about two people in one take: who said what to whom, who played the customer, whose decision it was.

A text either speaks to the learner ("You"), or tells of both by name. Every view takes its words from here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from taketwo.between import swaps
from taketwo.take.events import AnyEvent, Handed, Heard, Remarked, Sealed, Started, Steered, Topic
from taketwo.text import clean_line
from taketwo.wording import change_words, count, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from taketwo.between import Hands
    from taketwo.debrief import Debrief, Turn
    from taketwo.review import Steering

Kind = Literal["line", "barge", "whisper", "happening"]
"""a line of the customer's, what the customer hears of the trainer, what they do not hear, what was done"""
NAME = 80


class People(NamedTuple):
    """The two people of a take, and the customer, as a text calls them."""

    learner: str
    """ "You" where the text speaks to them"""
    trainer: str
    customer: str

    def name(self, seat: str) -> str:
        """The name of a seat at the beginning of a sentence: of `customer:Ada` "Ada"; of what is no seat, itself."""
        known = {"learner": self.learner, "trainer": self.trainer}.get(seat)
        return known or clean_line(seat.rpartition(":")[2] or seat, NAME) or "Somebody"

    def called(self, seat: str) -> str:
        """The name within a sentence."""
        name = self.name(seat)
        return name[0].lower() + name[1:] if name in ("You", "The trainer") else name

    def owns(self, seat: str) -> str:
        """ "yours", "Bora's"."""
        return "yours" if self.name(seat) == "You" else f"{self.called(seat)}'s"


def people(started: Started, *, named: bool = False) -> People:
    """The people of a take; the learner by name where the text does not speak to them."""
    learner = clean_line(started.learner, NAME) if named else ""
    trainer = clean_line(started.trainer, NAME) or "The trainer"
    return People("You" if learner in ("", "you") else learner, trainer, started.customer)


@dataclass(frozen=True, slots=True)
class Aside:
    """Something said or done between the decisions, in words. `who` says it, and to whom; empty where the text says all."""

    kind: Kind
    who: str
    text: str
    ms: int = 0

    @property
    def words(self) -> str:
        """All of it in a line."""
        return f"{self.who}: {self.text}" if self.who else self.text


def asides(events: Iterable[AnyEvent], who: People, heard: str = "") -> tuple[Aside, ...]:
    """What these events are, in words. `heard` is what the customer had said before them, which is not said twice."""
    found: list[Aside] = []
    for event in events:
        found += _aside(event, who, heard)
        heard = event.says if isinstance(event, Heard) else heard
    return tuple(found)


def _aside(event: AnyEvent, who: People, heard: str) -> Iterator[Aside]:
    if isinstance(event, Steered):
        yield Aside("happening", "", steered_words(event.steered, event.by, who), event.ms)
        if event.says != heard or event.end:
            speaker = "" if event.end else event.who or who.customer
            yield Aside("line", speaker, event.says, event.ms)
    elif isinstance(event, Handed):
        yield Aside("happening", "", handed_words(event, who), event.ms)
    elif isinstance(event, Sealed):
        yield Aside("happening", "", f"Sealed: something of {who.owns(event.by)}.", event.ms)
    elif isinstance(event, Remarked) and event.topic in _REMARKS:
        kind, words = _REMARKS[event.topic]
        to = "aside" if event.to == "all" else f"to {who.called(event.to)} alone"
        yield Aside(kind, words.format(who=who.name(event.by), to=to), event.text, event.ms)
    elif isinstance(event, Remarked) and event.topic == "observed":
        saw = {1: "saw", -1: "took back"}.get(event.value, "noted")
        yield Aside("happening", f"{who.name(event.by)} {saw}", event.text, event.ms)
    elif isinstance(event, Remarked) and event.topic == "help":
        yield Aside(
            "happening",
            f"{who.name(event.by)} asked for help" if event.text else "",
            event.text or f"{who.name(event.by)} asked for help.",
            event.ms,
        )
    elif isinstance(event, Remarked) and event.topic == "watched":
        yield Aside(
            "happening",
            "",
            f"{who.name(event.by)} agreed to be watched by {who.called('trainer')}.",
            event.ms,
        )


_REMARKS: dict[Topic, tuple[Kind, str]] = {
    "whisper": ("whisper", "{who}, {to}"),
    "barge": ("barge", "{who} joins in; the customer hears"),
    "goal": ("happening", "{who} sets the goal"),
    "opened": ("whisper", "{who} opens a private note"),
}


def handed_words(event: Handed, who: People) -> str:
    """A takeover, or the handing back."""
    if swaps(event):
        return f"{who.trainer} answers from here on, and {who.called('learner')} play{'' if who.learner == 'You' else 's'} the customer."
    if event.wheel == "learner":
        return f"The conversation is {who.owns('learner')} again."
    if event.by == "learner":
        return f"{who.learner} hand{'' if who.learner == 'You' else 's'} the conversation to {who.called('trainer')}."
    return f"{who.trainer} takes the conversation over."


_CHOSE = {"place": "another place", "meters": "another mood", "line": "another line"}


def steered_words(steered: Sequence[str], player: str, who: People) -> str:
    """ "Bora, as the customer, chose another line and another mood."."""
    what = [words for key, words in _CHOSE.items() if key in steered]
    chose = f"chose {_listed(what)}" if what else "went on"
    return f"{who.name(player)}, as the customer, {chose}."


def swayed_words(turn: Turn, who: People) -> list[str]:
    """What somebody who played the customer made of the answer to a decision; nothing where nobody did."""
    if not turn.steered:
        return []
    return [steered_words(turn.steered, turn.player, who), *(change_words(change) for change in turn.swayed)]


def whose_words(turn: Turn, who: People) -> list[str]:
    """Whose decision it was, where it was not the learner's alone."""
    if turn.by != "learner":
        return [f"This decision was {who.owns(turn.by)}; it does not count."]
    if turn.pressed:
        chose = who.name(turn.pressed)
        return [f"Said aloud: {chose} chose the reply that came nearest to it."]
    return []


def change_of_chances(steering: Steering, who: People) -> str:
    """ "Bora, as the customer, made it harder: 61 % → 30 %."; empty where the chances stayed as they were."""
    before, after = percent(steering.before.curve), percent(steering.after.curve)
    if before == after and not steering.closed:
        return ""
    did = "closed a door" if steering.closed else "made it harder" if steering.fall > 0 else "made it easier"
    return f"{who.name(steering.by)}, as the customer, {did}: {before} → {after}."


def chances_words(about: Debrief, who: People) -> list[str]:
    """What was steered and changed the chances, each with the decision that it came after."""
    numbers = [(turn.seq, turn.number) for turn in about.turns]
    lines = []
    for each in about.steering:
        after = max((number for seq, number in numbers if seq <= each.seq), default=0)
        if words := change_of_chances(each, who):
            lines.append(f"{f'After decision {after}' if after else 'Before the first decision'}: {words}")
    return lines


def together_words(of: Hands, started: Started, who: People) -> list[str]:
    """What two people in a take mean for what it counts: whose hand was where."""
    lines = [f"With {who.called('trainer')}."] if started.trainer else []
    if of.swapped and of.theirs:
        return [
            f"{who.trainer} answered, and {who.called('learner')} {'were' if who.learner == 'You' else 'was'} the customer: nothing of it counts."
        ]
    for seat, times in of.steered:
        often = {1: "once", 2: "twice"}.get(times) or count(times, "time")
        lines.append(f"Steered by {who.called(seat)} {often}: it counts as practice.")
    if of.theirs:
        does = "was" if len(of.theirs) == 1 else "were"
        counts = "it does" if len(of.theirs) == 1 else "they do"
        lines.append(f"{_decisions(of.theirs)} {does} {who.owns('trainer')}: {counts} not count.")
    if of.pressed:
        lines.append(
            f"{_decisions(of.pressed)}: said aloud, and {who.called('trainer')} chose the reply that came nearest."
        )
    return lines


def _decisions(numbers: Sequence[int]) -> str:
    return f"Decision{'' if len(numbers) == 1 else 's'} {_listed([str(number) for number in numbers])}"


def _listed(parts: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(parts[:-1]), parts[-1])))
