"""The room plays one take together: for each decision all choose a reply, one is said, and what it does is seen."""

from typing import Literal

from taketwo.debrief import Turn, turns
from taketwo.pairing.asking import Asking
from taketwo.pairing.host import Host
from taketwo.scenario.model import Scenario
from taketwo.session import Refused, Session, begin
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf
from taketwo.wording import turn_feedback

ROOM = "the room"
"""the learner of a take that everybody plays"""
Phase = Literal["asking", "split", "told", "over"]
"""Votes are taken; the split is shown; the reply is said and what it did is shown; the take is over."""


class RoomVote:
    """One take, played by the whole room. The trainer closes each vote, and may say another reply than most chose."""

    def __init__(self, host: Host, session: Session) -> None:
        self.session = session
        self.asking = Asking(host)
        self.phase: Phase = "asking"
        self.turn: Turn | None = None
        """the decision that was made last"""
        self._ask()

    @classmethod
    def begin(cls, host: Host, shelf: Shelf, scenario: Scenario, seed: int = 0) -> "RoomVote":
        """A new take for the room; it is kept like any other, and has no clock."""
        start = Start(learner=ROOM, seed=seed, trainer=host.file.trainer)
        return cls(host, begin(shelf, scenario, start))

    def _ask(self) -> None:
        session = self.session
        heard = f"{session.speaker}: {session.says}" if session.speaker else session.says
        self.phase, self.turn = "asking", None
        self.asking.ask(heard, session.replies)

    def close(self) -> None:
        """Show how the votes fell. Raises Refused where none are taken."""
        if self.phase != "asking":
            raise Refused("The vote is closed already.")
        self.phase = "split"
        self.asking.close()

    @property
    def chosen(self) -> str:
        """The reply that most chose; empty where several are level, or nobody chose."""
        leading = self.asking.leading
        return leading[0] if len(leading) == 1 else ""

    def say(self, reply: str = "") -> None:
        """Say a reply, the one that most chose unless said, and tell the room what it does. Raises Refused."""
        if self.phase != "split":
            raise Refused("First the room chooses.")
        reply = reply or self.chosen
        if not reply:
            raise Refused("The room is divided: choose the reply yourself.")
        self.session.say(reply)
        self.turn = turns(self.session.events, self.session.scenario)[-1]
        self.phase = "over" if self.session.state.over else "told"
        self.asking.tell("\n".join(told(self.turn, self.session.scenario)))

    def go_on(self) -> None:
        """Ask for the next decision. Raises Refused where there is none."""
        if self.phase == "over":
            raise Refused("The take is over.")
        if self.phase != "told":
            raise Refused("First the room chooses, and the reply is said.")
        self._ask()

    def leave(self) -> None:
        """Stop asking, and keep the take."""
        self.asking.stop()
        self.session.leave()
        self.session.close()


def told(turn: Turn, scenario: Scenario) -> list[str]:
    """What was said, what it did, and what the customer answered."""
    answer = f"{turn.answerer}: {turn.answer}" if turn.answerer else turn.answer
    return [f"“{turn.said}”", "", *turn_feedback(turn, scenario), "", answer]
