"""The trainer's end of all lines: who is at the door, who is let in, and which learner a message belongs to.

A stranger can do three things: say hello with a good invitation and wait at the door, say hello with what they are known
by and go on, or be refused in words. Nothing that a stranger sends reaches a take.
"""

import hmac
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from taketwo.pairing import protocol as p
from taketwo.pairing.keeping import DAYS, HostFile, Seated
from taketwo.pairing.pair import Pair, hashed
from taketwo.pairing.wire import Line
from taketwo.take.decide import Refused
from taketwo.text import clean_line

CLASS = 30
"""learners at most"""
SECRET = 32
"""characters of what a guest is known by, at least"""

REFUSED = {
    "version": "Your Take Two speaks another version of this protocol. Both need the same version.",
    "wrong": "This invitation is not one of this session. Ask your trainer for the one of today.",
    "used": "This invitation has been used by somebody else. Ask your trainer for another.",
    "expired": "This invitation has expired. Ask your trainer for another.",
    "full": "The room is full.",
    "no-class": "This session is for two. Only a class has observers.",
    "turned-away": "Your trainer did not let you in.",
    "malformed": "What came from your program is no message of this protocol.",
    "order": "A message came before its time.",
}


LOGGED = {
    "version": "version",
    "wrong": "wrong-code",
    "used": "used-code",
    "expired": "expired-code",
    "full": "sent-away",
    "no-class": "sent-away",
    "turned-away": "sent-away",
    "malformed": "unknown-message",
    "order": "out-of-order",
}
"""the reason that the log has for each refusal"""


class Log(Protocol):
    """Where unwelcome things are written down: never a secret, never what is said in a take."""

    def note(self, reason: str, address: str, detail: str = "") -> None:
        """Write a line down."""


class Store(Protocol):
    """Where the session's file is."""

    def write(self, file: HostFile) -> None:
        """Keep it for good. Raises OSError."""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody at the door, with a good invitation."""

    line: Line
    hello: p.Hello

    @property
    def name(self) -> str:
        """As a take keeps it: 80 characters, a number behind it included."""
        return clean_line(self.hello.name, 76) or "somebody"


def _no_question(pair: Pair, move: p.Move) -> None:
    raise Refused("Nobody has asked the room anything.")


class Host:
    """All guests of one session. `changed` is called after everything that a screen would show."""

    def __init__(
        self,
        file: HostFile,
        store: Store,
        log: Log,
        changed: Callable[[], None] | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self.file = file
        self.pairs: list[Pair] = []
        self.door: list[Visitor] = []
        self.changed: Callable[[], None] = changed or (lambda: None)
        self.seated: Callable[[Pair], None] = lambda pair: None
        """called when a guest is let in or comes back after a restart, before they are told anything"""
        self.complain: Callable[[str], None] = lambda words: None
        """told in words that the session's own file could not be written"""
        self.ask_nothing()
        self._store = store
        self._log = log
        self._now = now
        self._whose: dict[int, Pair] = {}

    # --- people

    def let_in(self, visitor: Visitor) -> Pair:
        """Give somebody from the door a seat of their own. Raises OSError where that cannot be written down.

        Then they stay at the door. Where it was the last seat, whoever still waits is sent away.
        """
        pair = self.seat(visitor.name, hashed(visitor.hello.secret))
        try:
            self.keep()
        except OSError:
            self.pairs.remove(pair)
            raise
        self.door.remove(visitor)
        self._join(pair, visitor.line, visitor.hello)
        if code := self._no_seat():
            for each in list(self.door):
                self.turn_away(each, code)
        return pair

    def seat(self, name: str, secret: str) -> Pair:
        """A seat for a guest who is known by `secret`, a SHA-256."""
        pair = Pair(self._free_name(name), self.file.trainer, secret, lambda: self.changed())
        pair.goal = self.file.goal
        pair.on_begin = self._begun
        pair.on_here = lambda: self.here(pair)
        pair.on_vote = lambda move: self.voted(pair, move)
        self.pairs.append(pair)
        return pair

    def _begun(self) -> None:
        """A take has begun, and is on the disk: it goes on where the session's own file cannot be written too."""
        try:
            self.keep()
        except OSError as error:
            self.complain(f"The session cannot be written down: {error.strerror}. Its takes are kept.")

    def _free_name(self, name: str) -> str:
        taken = {pair.learner for pair in self.pairs}
        names = (name, *(f"{name} {number}" for number in range(2, CLASS + 2)))
        return next(each for each in names if each not in taken)

    def turn_away(self, visitor: Visitor, code: str = "turned-away") -> None:
        """Send somebody from the door away."""
        self.door.remove(visitor)
        self._refuse(visitor.line, code)

    def let_all_in(self) -> None:
        """Everybody who waits."""
        while self.door:
            self.let_in(self.door[0])

    def keep(self) -> None:
        """Write down who sits here and in which take. Raises OSError."""
        self.file = replace(
            self.file,
            seats=tuple(
                Seated(
                    pair.learner,
                    pair.secret,
                    pair.session.name if pair.session else pair.kept,
                    pair.agreed,
                    pair.before,
                )
                for pair in self.pairs
            ),
        )
        self._store.write(self.file)

    def broadcast(self, text: str) -> None:
        """Tell everybody something."""
        for pair in self.pairs:
            pair.send(p.Notice(text))

    def ask_nothing(self) -> None:
        """Nobody asks the room anything."""
        self.here: Callable[[Pair], None] = lambda pair: None
        """called when a guest who has agreed is here, and has been told where their take stands"""
        self.voted: Callable[[Pair, p.Move], None] = _no_question
        """takes a vote; raises Refused"""

    def leave(self) -> None:
        """The session is over."""
        for visitor in list(self.door):
            self.turn_away(visitor)
        for pair in self.pairs:
            pair.leave()
        self.file = replace(self.file, over=True)
        self._store.write(self.file)

    # --- lines

    def came(self, line: Line) -> None:
        """Somebody has called. They have to say who they are first."""

    def heard(self, line: Line, text: str) -> None:
        """A message from a guest or a stranger."""
        try:
            message = p.from_guest(text)
        except p.Malformed as error:
            self._refuse(line, "malformed", str(error))
            return
        pair = self._whose.get(line.number)
        if isinstance(message, p.Hello):
            if pair or any(visitor.line is line for visitor in self.door):
                self._refuse(line, "order")
            else:
                self._hello(line, message)
        elif pair is None:
            self._refuse(line, "order")
        elif pair.line is not line:
            return
        elif isinstance(message, p.Bye):
            pair.gone()
            self._whose.pop(line.number, None)
            line.close("bye")
        elif not isinstance(message, p.Agree):
            pair.heard(message)
        elif not pair.agreed:
            self._agreed(pair, message)

    def _agreed(self, pair: Pair, message: p.Agree) -> None:
        """A yes is on the disk before anything comes of it; a second one means nothing."""
        pair.agreed = True
        try:
            self.keep()
        except OSError as error:
            pair.agreed = False
            self.complain(f"The session cannot be written down: {error.strerror}.")
            pair.send(p.Notice("Your trainer's program could not write down that you agree. Come in again."))
            self.changed()
            return
        pair.heard(message)

    def gone(self, line: Line, why: str) -> None:
        """The line is cut."""
        self.door = [visitor for visitor in self.door if visitor.line is not line]
        pair = self._whose.pop(line.number, None)
        if pair and pair.line is line:
            pair.gone()
        self.changed()

    def _hello(self, line: Line, hello: p.Hello) -> None:
        if hello.version != p.VERSION:
            self._refuse(line, "version")
            return
        if len(hello.secret) < SECRET:
            self._refuse(line, "malformed", "hello.secret")
            return
        known = next((pair for pair in self.pairs if pair.known_by(hello.secret)), None)
        if known:
            if known.line:
                self._whose.pop(known.line.number, None)
            self._join(known, line, hello)
            return
        code = self._unfit(hello)
        if code:
            self._refuse(line, code)
            return
        self._log.note("came", line.address)
        line.admit()
        secret = hello.secret.encode()
        same = next((v for v in self.door if hmac.compare_digest(v.hello.secret.encode(), secret)), None)
        if same:  # the same guest, whose line was cut while they waited
            self.door.remove(same)
            same.line.close("again")
        self.door.append(Visitor(line, hello))
        line.send(p.written(p.Waiting(self.file.trainer)))
        self.changed()

    def _unfit(self, hello: p.Hello) -> str:
        """Why this invitation does not open the door; empty where it does."""
        if not hmac.compare_digest(hello.token.lower().encode(), self.file.token.lower().encode()):
            return "wrong"
        try:
            until = datetime.fromisoformat(self.file.created) + timedelta(days=DAYS)
        except ValueError:
            until = self._now()
        if self._now() > until:
            return "expired"
        if hello.seat == "observer" and not self.file.room:
            return "no-class"
        if len(self.door) >= CLASS:
            return "full"
        return self._no_seat()

    def _no_seat(self) -> str:
        """Why nobody else can have a seat; empty where somebody can."""
        if self.file.room:
            return "full" if len(self.pairs) >= CLASS else ""
        return "used" if self.pairs else ""

    def _join(self, pair: Pair, line: Line, hello: p.Hello) -> None:
        self._log.note("resumed" if pair.session else "let-in", line.address)
        line.admit()
        self._whose[line.number] = pair
        self.seated(pair)
        pair.connect(line, hello)
        self.changed()

    def _refuse(self, line: Line, code: str, detail: str = "") -> None:
        words = REFUSED[code]
        self._log.note(LOGGED[code], line.address, detail)
        line.send(p.written(p.Refusal(code, words)))
        line.close(code)
        self.gone(line, code)
