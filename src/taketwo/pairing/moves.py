"""What comes from a learner's terminal, done once: each move has an id, and says which event had been seen.

A move that comes twice is answered again and not done again; one that was meant for an earlier moment is refused. The
answers of a take are found again in its events, so this holds after a crash as well.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from taketwo.pairing import protocol as p
from taketwo.pairing.views import reactions
from taketwo.take.commands import (
    Abandon,
    Command,
    Hint,
    Pause,
    Remark,
    Resume,
    Rewind,
    Say,
    StaySilent,
    Steer,
)
from taketwo.take.decide import Refused
from taketwo.take.events import AnyEvent, Handed, Heard, Paused, Resumed, Topic

if TYPE_CHECKING:
    from taketwo.pairing.pair import Pair

LONGEST = 600
"""events of a take after which a guest can only end it: nobody fills a disk, or makes the others wait"""
KNOWN = 512
"""moves that are remembered, to be answered again"""
TOPICS: dict[str, Topic] = {
    name: name
    for name in (
        "own-words", "note", "prediction", "try-next", "better-shown", "help", "watched", "acknowledged", "appeal"
    )
}  # fmt: skip
"""what a learner can remark"""
GONE_ON = "The conversation has gone on since; it was not done. Look again."


class Moves:
    """What the guest of a pair asks for, and what it was answered."""

    def __init__(self, pair: "Pair") -> None:
        self._pair = pair
        self._answers: dict[str, str] = {}

    def begin(self, events: Iterable[AnyEvent]) -> None:
        """A take begins, or is gone on with: these moves are known."""
        self._answers = {
            event.move: p.written(p.Done(event.move, event.seq)) for event in events if event.move
        }

    def take(self, move: p.Move) -> None:
        """Do what is asked, or say why not; what is known is answered again. Never raises Refused."""
        if move.id in self._answers:
            if self._pair.line:
                self._pair.line.send(self._answers[move.id])
            return
        try:
            session = self._pair.window.of.session
            if session and session.state.seq >= LONGEST and move.do not in ("vote", "abandon"):
                raise Refused("This take has become too long to go on with.")
            event = None if move.do == "vote" else self._made(move)
            if move.do == "vote":
                self._voted(move)
        except Refused as refusal:
            self.reply(move.id, p.No(move.id, str(refusal)))
            return
        if event:
            self.reply(move.id, p.Done(move.id, event.seq))

    def _voted(self, move: p.Move) -> None:
        """A vote is no event of a take. Raises Refused."""
        if not self._pair.agreed:
            raise Refused("Say yes to being watched first.")
        self._pair.on_vote(move)
        self.reply(move.id, p.Done(move.id, 0))

    def _made(self, move: p.Move) -> AnyEvent | None:
        """The event that a move makes; None where it waits. Raises Refused."""
        if self._pair.window is not self._pair.own:
            return self._pair.window.made(move)
        session = self._pair.played()
        if not self._pair.agreed or move.take != session.name:
            raise Refused("That was meant for another take.")
        if self._pair.held and move.id == self._pair.held.move:
            return None
        if move.do != "remark" and move.last < self._turned():
            raise Refused(GONE_ON)
        if move.do == "remark":
            topic = TOPICS.get(move.what)
            if topic is None:
                raise Refused("There is no such remark.")
            remark = Remark(topic, move.text, move.about, move.value)
            self._pair.asks = topic == "help" or self._pair.asks
            return session.do(remark, by="learner", move=move.id)
        if self._pair.swapped:
            return self.as_customer(move, "learner")
        if move.do in ("say", "silence"):
            if self._pair.spoken and move.do == "say":
                raise Refused("Say it in your own words: your trainer hears you.")
            command = Say(move.what) if move.do == "say" else StaySilent()
            return self._pair.answer(command, "learner", move.id)
        made: dict[str, Command] = {
            "hint": Hint(tuple(move.text.split("\n")) if move.text else ()),
            "rewind": Rewind(move.about),
            "pause": Pause(),
            "resume": Resume(),
            "abandon": Abandon(),
        }
        if move.do not in made:
            raise Refused("That is not yours to do here.")
        return session.do(made[move.do], by="learner", move=move.id)

    def as_customer(self, move: p.Move, by: str) -> AnyEvent:
        """A move of somebody who plays the customer: the learner, or another guest. Raises Refused."""
        session = self._pair.played()
        if move.do in ("pause", "resume") and by == "learner":
            return session.do(Pause() if move.do == "pause" else Resume(), by=by, move=move.id)
        if move.do != "steer":
            raise Refused("You are the customer now: choose what you do, or type what you say.")
        if move.last < self._turned():
            raise Refused(GONE_ON)
        held = self._pair.held.command if self._pair.held else None
        if move.text:
            return self._pair.react(Steer(says=move.text), by, move.id)
        for each in reactions(session, held):
            if each.key == move.what:
                return self._pair.react(each.steer, by, move.id)
        raise Refused("There is no such reaction here.")

    def _turned(self) -> int:
        """The seq of the last event that changed what can be done."""
        turning = (Heard, Handed, Paused, Resumed)
        return next((e.seq for e in reversed(self._pair.played().events) if isinstance(e, turning)), 0)

    def reply(self, id: str, message: p.Done | p.No) -> None:
        """Answer a move, now and whenever it comes again."""
        text = p.written(message)
        if id:
            if len(self._answers) >= KNOWN:
                self._answers.pop(next(iter(self._answers)))
            self._answers[id] = text
        if self._pair.line:
            self._pair.line.send(text)
