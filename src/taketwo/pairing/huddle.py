"""A huddle: one decision, five minutes. The room weighs the replies, chooses, and then sees what each is worth.

The decision comes from some take; whose it was is left out, and nothing of the huddle is kept.
"""

from collections.abc import Callable
from dataclasses import dataclass
from time import monotonic
from typing import Literal

from taketwo.analysis.background import solving
from taketwo.debrief import Turn, turns
from taketwo.pairing.asking import Asking
from taketwo.pairing.host import Host
from taketwo.pairing.vote import ROOM
from taketwo.scenario.model import Scenario
from taketwo.session import Refused, Session, Take
from taketwo.take.commands import Say, Stamp, Start
from taketwo.take.decide import decide, filled
from taketwo.take.events import Answered, Heard, Moved, Replied
from taketwo.take.machine import Position, machine
from taketwo.wording import percent, turn_feedback

SECONDS = 300


@dataclass(frozen=True, slots=True)
class Weighed:
    """A reply, and what it would have done."""

    reply: str
    said: str
    turn: Turn
    curve: float | None
    """the chance of a good ending after it, 0 to 1; None where it is not known"""

    def words(self, scenario: Scenario) -> list[str]:
        """What it is worth, line by line."""
        lines = turn_feedback(self.turn, scenario)
        if self.curve is not None:
            lines.append(f"The chance of a good ending would then be {percent(self.curve)}.")
        return lines


class Huddle:
    """One decision before the whole room."""

    def __init__(
        self, host: Host, session: Session, seq: int = 0, clock: Callable[[], float] = monotonic
    ) -> None:
        """The decision `seq` of `session`, 0 for the one that waits. Raises Refused where there is none."""
        here, heard, self.before = _scene(session, seq)
        self.take = Take(session.scenario)
        self.take.do(Start(learner=ROOM, seed=session.state.seed, position=here))
        if not self.take.replies:
            raise Refused("There is nothing to decide.")
        self.heard = heard or self.take.says
        self.speaker = self.take.speaker
        self.asking = Asking(host, clock)
        self.phase: Literal["asking", "split", "told"] = "asking"
        self.asking.ask(f"{self.speaker}: {self.heard}", self.take.replies, SECONDS)

    @property
    def scenario(self) -> Scenario:
        return self.take.scenario

    def tick(self) -> bool:
        """Close the vote where the five minutes are over; whether it did."""
        if self.phase == "asking" and self.asking.left == 0:
            self.close()
            return True
        return False

    def close(self) -> None:
        """Show how the votes fell. Raises Refused where they are closed."""
        if self.phase != "asking":
            raise Refused("The vote is closed already.")
        self.phase = "split"
        self.asking.close()

    def tell(self) -> None:
        """Show what each reply is worth. Raises Refused while the room still chooses."""
        if self.phase == "asking":
            raise Refused("First the room chooses.")
        self.phase = "told"
        lines = []
        for number, each in enumerate(self.weighed(), 1):
            lines += [f"{number}. {' '.join(each.words(self.scenario))}", ""]
        self.asking.tell("\n".join(lines[:-1]))

    def weighed(self) -> list[Weighed]:
        """Each reply with what it is worth, in the order shown."""
        found = []
        solution = solving(self.scenario).result(0)
        for choice in self.take.replies:
            event = decide(self.scenario, self.take.state, Say(choice.id), Stamp())
            assert isinstance(event, Replied)
            turn = turns([*self.take.events, event], self.scenario)[-1]
            curve = None
            if solution and not solution.refused:
                try:
                    curve = 0.0 if event.critical else solution.at(event.after).curve
                except KeyError:  # where somebody who played the customer had led it
                    curve = None
            found.append(Weighed(choice.id, choice.text, turn, curve))
        return found

    def leave(self) -> None:
        """Stop asking."""
        self.asking.stop()


def _scene(session: Session, seq: int) -> tuple[Position, str, tuple[str, str]]:
    """Where the conversation stands before the decision `seq`; what was typed to be heard there; and what was said
    just before, with what it answered. The learner's name is in none of it. Raises Refused."""
    heard: Heard | None = None
    last: Moved | None = None
    for event in session.events:
        if seq and event.seq == seq and isinstance(event, Moved):
            break
        if isinstance(event, Heard):
            last, heard = event if isinstance(event, Moved) else None, event
    else:
        if seq or session.state.over:
            raise Refused("There is no such decision in this take.")
    if heard is None:
        raise Refused("There is no such decision in this take.")
    return heard.after, _typed(heard, session), _said(last, session)


def _typed(event: Heard, session: Session) -> str:
    """Words that no scenario has: a line that was chosen or typed by whoever played the customer."""
    if not isinstance(event, Answered) or "line" not in event.steered:
        return ""
    name = session.started.learner
    return event.says.replace(name, ROOM) if len(name) > 3 else event.says


def _said(event: Moved | None, session: Session) -> tuple[str, str]:
    """(what the customer had said, what the learner answered) before the situation; empty at the beginning."""
    if not isinstance(event, Replied):
        return "", ""
    m, seed = machine(session.scenario), session.state.seed
    move = m.move(event.node, event.reply)
    here = next((e.after for e in reversed(session.events[: event.seq - 1]) if isinstance(e, Heard)), None)
    if move is None or here is None:
        return "", ""
    return filled(m.says(here, seed), ROOM), filled(m.words(move, event.node, seed), ROOM)
