"""One learner's place with the trainer: the session, whose log is the one that counts, and what the other terminal gets.

Everything that anybody does becomes an event of the session here, or is refused in words. What the trainer does and what
comes from the learner's terminal take the same way.
"""

import hmac
from collections.abc import Callable, Sequence
from dataclasses import replace
from hashlib import sha256
from itertools import count

from taketwo.pairing import protocol as p
from taketwo.pairing.moves import Moves
from taketwo.pairing.views import feedback
from taketwo.pairing.window import Window, attend_no_more
from taketwo.pairing.wire import Line
from taketwo.session import Session
from taketwo.take.commands import (
    Command,
    Hand,
    Pause,
    Remark,
    Resume,
    Say,
    Stamp,
    StaySilent,
    Steer,
)
from taketwo.take.decide import Refused, decide
from taketwo.take.events import (
    Abandoned,
    AnyEvent,
    Handed,
    Heard,
    Hinted,
    Moved,
    Paused,
    Remarked,
    Resumed,
)


class Held:
    """A reply that waits for whoever plays the customer."""

    def __init__(self, command: Say | StaySilent, by: str, move: str) -> None:
        self.command = command
        self.by = by
        self.move = move


class Pair:
    """A learner with the trainer. `changed` is called after everything that a screen would show."""

    numbers = count(1)

    def __init__(
        self, learner: str, trainer: str, secret: str = "", changed: Callable[[], None] | None = None
    ) -> None:
        self.number = next(Pair.numbers)
        self.learner = learner
        self.trainer = trainer
        self.secret = secret
        """SHA-256 of what the guest is known by; empty where both sit at one keyboard"""
        self.changed: Callable[[], None] = changed or (lambda: None)
        self.session: Session | None = None
        self.takes: list[Session] = []
        """all of this sitting, the one in hand last"""
        self.scenario_bytes: Callable[[str], bytes] = lambda digest: b""
        self.line: Line | None = None
        self.agreed = False
        self.acked = 0
        """the last event that is on the guest's disk"""
        self.cursor, self.typing = "", False
        """presence: the reply under the learner's cursor, and whether they type"""
        self.try_next = ""
        """what the learner wanted to try, as they said in an earlier debrief"""
        self.wish = "learner"
        """what the guest came as: `learner` or `observer`"""
        self.pointed = 0
        """the event that the guest points at in the debrief"""
        self.pointed_replay = False
        """they do so in the replay"""
        self.asks = False
        """the learner has asked for help since they last answered"""
        self.steering = False
        """the trainer plays the customer"""
        self.spoken = False
        """the learner sees no replies, and the trainer presses the one that fits"""
        self.swapped = False
        """the learner plays the customer, and the trainer answers"""
        self.goal = ""
        self.phase = ""
        self.held: Held | None = None
        self.before = ""
        """the name of the take before this one"""
        self.kept = ""
        """the take that the session's file names, where it could not be gone on with after a crash"""
        self.earlier: Callable[[str], Sequence[AnyEvent]] = lambda name: ()
        """the events of an earlier take of this pair that is over, by its name; none where it is not one"""
        self.on_begin: Callable[[], None] = lambda: None
        """called when a take begins or is gone on with, to write down which"""
        self.on_here: Callable[[], None] = lambda: None
        """called when the guest is here, has agreed, and has been told where their take stands"""
        self.on_vote: Callable[[p.Move], None] = _no_question
        """takes a vote; raises Refused"""
        self.moves = Moves(self)
        """what the guest asks for"""
        self.own = Window(self, self)
        self.window = self.own
        """what the guest's terminal shows: their own take, or one in which they have another part"""
        self.others: list[Window] = []
        """of guests who observe this take, or play its customer"""

    # --- the take

    def begin(self, session: Session) -> None:
        """Go on in this session, which has begun: a new take, or one that is read back."""
        if self.session:
            self.before = self.session.name
        self.session, self.kept = session, ""
        self.takes.append(session)
        self.held, self.asks, self.pointed, self.acked = None, False, 0, 0
        self.moves.begin(session.events)
        session.listeners.append(self._happened)
        second = session.events[1] if len(session.events) > 1 else None
        self.swapped = isinstance(second, Handed) and session.state.wheel == "trainer"
        self.on_begin()
        attend_no_more(self)
        for window in (self.own, *self.others):
            window.begin(0)
        self.changed()

    def swap(self) -> None:
        """The learner plays the customer from here on, and the trainer answers. Raises Refused."""
        self.do(Hand("trainer"))
        self.swapped = True
        self.look()

    @property
    def on_line(self) -> bool:
        """Whether the learner's terminal is there."""
        return self.line is not None

    @property
    def seat(self) -> str:
        """Who the guest is in this take."""
        return "customer" if self.swapped else "learner"

    def played(self) -> Session:
        """The take in hand. Raises Refused where there is none."""
        if self.session is None:
            raise Refused("No take has begun.")
        return self.session

    # --- what the trainer does

    def do(self, command: Command, to: str = "all") -> AnyEvent:
        """Do it as the trainer. Raises Refused."""
        return self.played().do(command, by="trainer", to=to)

    def whisper(self, text: str) -> AnyEvent:
        """Say something to the learner alone."""
        return self.do(Remark("whisper", _something(text)), to="learner")

    def barge(self, text: str) -> AnyEvent:
        """Join in: the customer hears it."""
        return self.do(Remark("barge", _something(text)))

    def note(self, text: str, about: int = 0) -> AnyEvent:
        """A private note: it stays in the trainer's copy."""
        return self.do(Remark("note", _something(text), about), to="trainer")

    def open(self, note: Remarked) -> AnyEvent:
        """Let the learner read a private note."""
        return self.do(Remark("opened", note.text, note.seq))

    def hand(self) -> None:
        """Take the conversation over, or hand it back. Raises Refused."""
        wheel = self.played().state.wheel
        self.held = None
        self.do(Hand("learner" if wheel == "trainer" else "trainer"))
        self.swapped = False
        self.look()

    def say(self, reply: str) -> None:
        """Press a reply: the trainer's own after a takeover, else the one that fits what the learner said aloud.

        Raises Refused.
        """
        session = self.played()
        if session.state.wheel == "trainer":
            self.answer(Say(reply), "trainer", "")
        elif self.spoken:
            self.answer(Say(reply, pressed="trainer"), "learner", "")
        else:
            raise Refused("The learner has the conversation. Take it over first.")

    def let(self, steer: Steer) -> None:
        """As the customer: answer the reply that waits, or go on without one. Raises Refused."""
        self.react(steer, "trainer", "")

    def set_steering(self, on: bool) -> None:
        """Play the customer, or let the scenario do it."""
        self.steering = on
        self.released()
        self.look()

    def set_spoken(self, on: bool) -> None:
        """Hide the replies from the learner, who speaks in their own words; or show them."""
        self.spoken = on
        self.look()

    def silence_if_due(self) -> bool:
        """Let silence happen where the time is up; whether it did."""
        session = self.session
        if session is None or session.state.status != "playing" or self.held:
            return False
        left = session.time_left()
        if left is None or left > 0:
            return False
        try:
            session.do(StaySilent(), by=session.state.wheel)
        except Refused:
            return False
        return True

    def leave(self) -> None:
        """Keep the take, and tell the learner that the trainer goes."""
        if self.session:
            if self.session.state.status == "playing":
                self.session.do(Pause(leaving=True), by="trainer")
            self.session.close()
        self.send(p.Bye(f"{self.trainer} has left. What you practised is kept."))

    # --- answering, and playing the customer

    @property
    def player(self) -> str:
        """The seat that plays the customer; empty: the scenario does."""
        if any(window.part == "customer" and window.to.on_line for window in self.others):
            return "customer"
        return "learner" if self.swapped else "trainer" if self.steering else ""

    def answer(self, command: Say | StaySilent, by: str, move: str) -> AnyEvent | None:
        """Give an answer; None where it waits for whoever plays the customer. Raises Refused."""
        session = self.played()
        player = self.player
        if not player:
            return session.do(command, by=by, move=move)
        if self.held:
            raise Refused("An answer was given, and the customer has not answered it yet.")
        decide(session.scenario, session.state, command, Stamp(by=by))
        self.held = Held(command, by, move)
        self.look()
        return None

    def react(self, steer: Steer, by: str, move: str) -> AnyEvent:
        """As the customer: answer the reply that waits, or go on without one. Raises Refused."""
        session, held = self.played(), self.held
        if held is None:
            return session.do(steer, by=by, move=move)
        command = held.command
        steer = replace(steer, player=by) if steer != Steer() else steer
        answered = (
            Say(command.reply, steer, command.pressed) if isinstance(command, Say) else StaySilent(steer)
        )
        self.held = None
        try:
            event = session.do(answered, by=held.by, move=held.move)
        except Refused:
            self.held = held
            raise
        if held.move:
            self.moves.reply(held.move, p.Done(held.move, event.seq))
        self.look()
        return event

    def released(self) -> None:
        """Whoever played the customer may be gone: then the scenario answers the reply that waits.

        In a take that is paused it cannot; then the reply was not given.
        """
        held = self.held
        if held is None or self.player:
            return
        try:
            self.let(Steer())
        except Refused as refusal:
            self.held = None
            self.moves.reply(held.move, p.No(held.move, str(refusal)))
            self.look()

    # --- what comes from the learner's terminal

    def known_by(self, secret: str) -> bool:
        """Whether this is the guest who came before."""
        return bool(self.secret) and hmac.compare_digest(self.secret, hashed(secret))

    def connect(self, line: Line, hello: p.Hello) -> None:
        """The guest is there, for the first time or again."""
        if self.line and self.line is not line:
            self.line.send(p.written(p.Bye("You came in from another terminal, and this one was let go.")))
            self.line.close("again")
        self.line = line
        self.wish = hello.seat
        self.send(p.Welcome(self.seat, self.learner, self.trainer, self.agreed, self.goal))
        shown = self.window.of.session
        if shown and self.agreed:
            last = (
                hello.take or self.before
            )  # a program that begins anew knows of none, and may lack its last words
            if last not in ("", shown.name) and (events := self.earlier(last)):
                self.send(p.Begin(last, "learner"))
                self.own.send_whole(last, events)
            # a guest that knows more was told what this disk has lost: it is told all again
            known = hello.take == shown.name and hello.last <= shown.state.seq
            self.window.begin(hello.last if known else 0)
        if self.session and self.agreed:
            stop = next((e for e in reversed(self.session.events) if isinstance(e, Paused | Resumed)), None)
            if self.session.state.status == "paused" and isinstance(stop, Paused) and stop.leaving:
                self.session.do(Resume(), by="learner")
        if self.agreed:
            self.on_here()
        self.changed()

    def gone(self) -> None:
        """The line is cut: the clock waits."""
        self.line, self.typing = None, False
        session = self.session
        if session and session.state.status == "playing":
            session.do(Pause(leaving=True), by="learner")
        self.window.of.released()
        self.changed()

    def heard(self, message: p.FromGuest) -> None:
        """Do what the guest asks. Never raises Refused: the guest is told."""
        if isinstance(message, p.Move):
            self.moves.take(message)
        elif isinstance(message, p.Presence):
            self.cursor, self.typing = message.cursor, message.typing
        elif isinstance(message, p.Ack):
            if self.session and message.take == self.session.name:
                self.acked = max(self.acked, min(message.last, self.session.state.seq))
        elif isinstance(message, p.Agree):
            self.agreed, self.try_next = True, message.try_next
            self.window.begin(0)
            self.on_here()
        elif isinstance(message, p.Point):
            self.pointed, self.pointed_replay = message.seq, message.replay
        self.changed()

    # --- telling

    def send(self, message: p.FromHost) -> None:
        """Send a message to the guest, if they are there."""
        if self.line:
            self.line.send(p.written(message))

    def look(self) -> None:
        """Tell what screens show now: the guest's, others' in this take, and that something changed the trainer's."""
        for window in (self.own, *self.others):
            window.look()
        self.changed()

    def view(self) -> p.View:
        """What the guest's screen shows of their own take."""
        return self.own.view()

    def _happened(self, event: AnyEvent) -> None:
        """An event is on the disk: tell it."""
        session = self.session
        helped = isinstance(event, Remarked) and event.by == "trainer" and event.topic in ("whisper", "barge")
        if helped or isinstance(event, Heard | Handed | Abandoned):
            self.asks = False
        if session:
            did = feedback(session).get(event.seq, ()) if isinstance(event, Moved | Hinted) else ()
            for window in (self.own, *self.others):
                window.happened(event, did)
        self.changed()


def _no_question(move: p.Move) -> None:
    raise Refused("Nobody has asked the room anything.")


def hashed(secret: str) -> str:
    """What is kept of a secret."""
    return sha256(secret.encode()).hexdigest()


def _something(text: str) -> str:
    if not text.strip():
        raise Refused("There is nothing in it.")
    return text.strip()
