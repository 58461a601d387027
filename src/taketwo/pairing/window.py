"""What one terminal gets of a take, and what it may do there where the take is somebody else's.

Everybody has a window on their own take. A guest who observes another's take, or plays the customer in it, has a window
on that one meanwhile: they see what the seat they have may see, and what they remark is for the debrief.
"""

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from taketwo.pairing import protocol as p
from taketwo.pairing.seats import afterwards, during, sealed
from taketwo.pairing.views import briefing, feedback, view_of
from taketwo.session import Session
from taketwo.take.commands import Remark
from taketwo.take.decide import Refused
from taketwo.take.events import AnyEvent, Heard, Started
from taketwo.transcript.codec import encode
from taketwo.transcript.journal import PROGRAM
from taketwo.transcript.reading import Header, Unreadable
from taketwo.transcript.restore import whole

if TYPE_CHECKING:
    from taketwo.pairing.pair import Pair

Part = Literal["learner", "observer", "customer"]


class Window:
    """The take of the pair `of`, as the guest of the pair `to` gets it."""

    def __init__(self, of: "Pair", to: "Pair", part: Part = "learner", checklist: Sequence[str] = ()) -> None:
        self.of = of
        self.to = to
        self.part: Part = part
        self.checklist = tuple(checklist)
        """what an observer looks out for"""

    @property
    def seat(self) -> str:
        """Whose events are theirs: `learner`, `observer:Ben`."""
        return self.part if self.part == "learner" else f"{self.part}:{self.to.learner}"

    @property
    def _session(self) -> Session | None:
        """The take, while it is shown in this window."""
        here = self.to.window is self and self.to.agreed and self.to.on_line
        return self.of.session if here else None

    def view(self) -> p.View:
        """What the guest's screen shows. Raises Refused where no take has begun."""
        of, held = self.of, self.of.held.command if self.of.held else None
        seat = of.seat if self.part == "learner" else self.part
        view = view_of(of.played(), seat=seat, spoken=of.spoken, held=held, phase=of.phase)
        if self.part == "observer":
            return replace(view, silence=False, rewind=False, checklist=self.checklist)
        if self.part == "customer":
            return replace(view, other=of.learner)
        playing = (window.to.learner for window in of.others if window.part == "customer")
        return replace(view, other=next(playing, ""))

    # --- telling

    def look(self) -> None:
        """Tell what the screen shows now."""
        if self._session:
            self.to.send(p.Look(self.view()))

    def happened(self, event: AnyEvent, did: tuple[str, ...]) -> None:
        """An event is on the disk: tell it, with what the reply did."""
        if session := self._session:
            shown = did if self.part != "customer" else ()
            self.to.send(self._told(session, event, shown, self.view()))
            if session.state.over and (isinstance(event, Heard) or session.state.status == "abandoned"):
                self.send_whole(session.name, session.events)

    def begin(self, last: int) -> None:
        """Tell which take it is, and everything after the event `last`."""
        session = self._session
        if session is None:
            return
        own = self.part == "learner"
        seat = self.of.seat if own else self.part
        self.to.send(p.Begin(session.name, seat, briefing(session, seat), own))
        if session.state.over:
            self.send_whole(session.name, session.events)
            return
        done = feedback(session) if self.part != "customer" else {}
        for event in session.events:
            if event.seq > last or event.seq in done:
                self.to.send(self._told(session, event, done.get(event.seq, ()), None))
        self.look()

    def _told(self, session: Session, event: AnyEvent, did: tuple[str, ...], view: p.View | None) -> p.Told:
        after = session.state.over and not isinstance(event, Heard)
        shown = sealed(event, self.seat) if after else during(event, self.seat, session.state.mode)
        return p.Told(session.name, dict(encode(shown)), view, did)

    def send_whole(self, name: str, events: Sequence[AnyEvent]) -> None:
        """A take is over: now the guest gets the whole of it, and the scenario."""
        first = events[0]
        assert isinstance(first, Started)
        try:
            scenario = self.of.scenario_bytes(first.sha256).decode()
        except (Unreadable, UnicodeDecodeError):
            scenario = ""
        header = Header(name, PROGRAM, first.at)
        journal = whole(header, afterwards(events, self.seat)).decode()
        data = json.dumps({"journal": journal, "scenario": scenario}, ensure_ascii=False)
        pieces = [data[at : at + p.PIECE] for at in range(0, len(data), p.PIECE)]
        for number, piece in enumerate(pieces, 1):
            self.to.send(p.Piece(name, number, len(pieces), piece))

    # --- what may be done in somebody else's take

    def made(self, move: p.Move) -> AnyEvent:
        """The event that a move makes. Raises Refused."""
        session = self.of.played()
        if move.take != session.name:
            raise Refused("That was meant for another take.")
        if move.do == "remark" and move.what == "observed":
            if not move.text.strip() or move.value not in (-1, 0, 1):
                raise Refused("There is nothing in it.")
            remark = Remark("observed", move.text.strip(), move.about, move.value)
            return session.do(remark, by=self.seat, move=move.id)
        if self.part == "customer" and move.do == "steer":
            return self.of.moves.as_customer(move, self.seat)
        if self.part == "customer":
            raise Refused("You are the customer: choose what you do, or type what you say.")
        raise Refused("You observe: tick what you see, or write it down.")


def attend(to: "Pair", of: "Pair", part: Part, checklist: Sequence[str] = ()) -> Window:
    """Give `to` a part in the take of `of`, whose learner is told. Raises Refused."""
    if to is of or part == "learner":
        raise Refused("Nobody has a part in their own take.")
    if not to.agreed:
        raise Refused(f"{to.learner} has not agreed to be watched yet.")
    if to.session and not to.session.state.over:
        raise Refused(f"{to.learner} is in a take.")
    of.played()
    attend_no_more(to)
    window = to.window = Window(of, to, part, checklist)
    of.others.append(window)
    does = "observes your take" if part == "observer" else "plays the customer"
    of.send(p.Notice(f"{to.learner} {does}."))
    window.begin(0)
    of.changed()
    return window


def attend_no_more(to: "Pair") -> None:
    """`to` is back at their own take, if they have one."""
    window = to.window
    if window is to.own:
        return
    to.window = to.own
    window.of.others.remove(window)
    window.of.released()
    to.own.begin(0)
    to.changed()
