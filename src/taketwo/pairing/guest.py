"""The learner's end of the line: sends moves, and writes down every event before it is shown.

The copy that is written during a take lies in `paired/` beside the takes. When the take is over and the host has sent
the whole of it, that goes on the shelf like any other, and the copy goes.
"""

import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from taketwo.pairing import protocol as p
from taketwo.pairing.opened import Seat, Whole, whole_take
from taketwo.pairing.wire import Line
from taketwo.take.events import AnyEvent
from taketwo.take.evolve import evolve
from taketwo.take.state import NEW, State
from taketwo.transcript.codec import NO_LEGEND, Undecodable, decode
from taketwo.transcript.journal import NAME, Journal, NotSaved, TakeInUse
from taketwo.transcript.reading import Unreadable, read_take
from taketwo.transcript.restore import put_back
from taketwo.transcript.shelf import Shelf

MOST_PIECES = 3_300
"""of a whole take: as much as a host sends at once"""


class Guest:
    """One learner's end. `changed` is called after everything that a screen would show."""

    def __init__(
        self,
        name: str,
        token: str,
        secret: str,
        shelf: Shelf,
        changed: Callable[[], None] | None = None,
        try_next: str = "",
        seat: str = "learner",
    ) -> None:
        self.name = name
        self.seat = seat
        """what this guest comes as: `learner` or `observer`"""
        self.secret = secret
        self.shelf = shelf
        self.changed: Callable[[], None] = changed or (lambda: None)
        self.told: list[Callable[[AnyEvent], None]] = []
        """called with each event of the take, when it is on the disk"""
        self.seated: Callable[[], None] = lambda: None
        """called when the host has let this guest in"""
        self.line: Line | None = None
        self.why = ""
        """why the line is cut, in words"""
        self.standing = "calling"
        """`calling`, `waiting` at the door, `asked` whether to be watched, `in`, `refused`, `left`"""
        self.welcome: p.Welcome | None = None
        self.trainer = ""
        self.message = ""
        """the last thing that the host wants to be read"""
        self.refusals: list[str] = []
        """why moves were not done, not read yet"""
        self.view = p.View()
        self.briefing: tuple[str, ...] = ()
        self.take = ""
        self.events: list[AnyEvent] = []
        self.state: State = NEW
        self.feedback: dict[int, tuple[str, ...]] = {}
        self.opened: Seat | None = None
        """the whole take, when it is over"""
        self.pointed, self.pointed_replay = 0, False
        self.poll: p.Poll | None = None
        self.unsaved = ""
        self._token = token
        self.try_next = try_next
        self._journal: Journal | None = None
        self.own = True
        """whether the take is this guest's; somebody else's is not kept here"""
        self._sent: dict[str, p.Move] = {}
        self._pieces: dict[int, str] = {}
        self._acked = 0
        self._agreed = ""
        """the trainer by whom the learner has said they may be watched"""

    @property
    def over(self) -> bool:
        """Whether to call no more."""
        return self.standing in ("refused", "left")

    @property
    def waits(self) -> bool:
        """A move was sent and is not answered yet."""
        return any(move.do != "remark" for move in self._sent.values())

    def go_on(self, trainer: str) -> None:
        """After a crash of this program: with this trainer's take that was written down last, if it was not opened yet."""
        if left := copies(self.shelf.folder, self.name, trainer):
            self.take = left[-1].stem
            self._journal = self._copy(self.take)

    @property
    def unanswered(self) -> bool:
        """Something was sent, and what came of it is not known yet."""
        return bool(self._sent)

    @property
    def other(self) -> str:
        """Who is at the other end of the conversation: who plays the customer, or whom the customer is played to."""
        return self.view.other or self.trainer

    # --- what the learner does

    def agree(self) -> None:
        """Yes, I know that I am watched."""
        self.standing, self._agreed = "in", self.trainer
        self._send(p.Agree(self.try_next))
        self.changed()

    def do(self, do: p.Do, what: str = "", text: str = "", about: int = 0, value: int = 0) -> str:
        """Ask for something to be done; its id. It is asked again after a cut, until it is answered."""
        move = p.Move(secrets.token_hex(8), self.take, self.last, do, what, text, about, value)
        self._sent[move.id] = move
        self._send(move)
        return move.id

    def present(self, cursor: str = "", *, typing: bool = False) -> None:
        """Where the cursor is: the trainer sees it, and nothing is kept."""
        self._send(p.Presence(cursor, typing))

    def point(self, seq: int, *, replay: bool = False) -> None:
        """In the debrief, or in its replay: look at this together."""
        self._send(p.Point(seq, replay))

    def leave(self) -> None:
        """Leave for good."""
        self._send(p.Bye())
        self.standing = "left"
        if self.line:
            self.line.close("left")
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        if self._journal:
            self._journal.close()

    @property
    def last(self) -> int:
        """The seq of the last event that is here."""
        return self.events[-1].seq if self.events else 0

    def _send(self, message: p.FromGuest) -> None:
        if self.line:
            self.line.send(p.written(message))

    # --- the line

    def connected(self, line: Line) -> None:
        """The line stands: say who calls."""
        self.line, self.why = line, ""
        last = 0 if self.opened or not self.events else self.last
        hello = p.Hello(p.VERSION, self.name, self._token, self.secret, self.take, last, self.seat)
        self._send(hello)
        self.changed()

    def cut(self, why: str) -> None:
        """The line is cut."""
        self.line, self.why = None, why
        self.changed()

    def heard(self, text: str) -> None:
        """A message from the host."""
        try:
            message = p.from_host(text)
            self._heard(message)
        except (p.Malformed, Undecodable) as error:
            self.message = f"Something came that this version does not understand ({error})."
            if self.line:
                self.line.close("malformed")
        self.changed()

    def _heard(self, message: p.FromHost) -> None:
        match message:
            case p.Waiting():
                self.standing, self.trainer = "waiting", message.trainer
            case p.Refusal():
                self.standing, self.message = "refused", message.text
            case p.Welcome():
                self.welcome, self.trainer = message, message.trainer
                self.seated()
                self.standing = "in" if message.agreed else "asked"
                if not message.agreed and self._agreed == message.trainer:
                    self.agree()  # the yes was said, and lost on its way
                for move in list(self._sent.values()):
                    self._send(move)
            case p.Begin():
                self._begin(message)
            case p.Told():
                self._told(message)
            case p.Look():
                self.view = message.view
                self._ack()
            case p.Done() | p.No():
                self._sent.pop(message.id, None)
                if isinstance(message, p.No):
                    self.refusals.append(message.text)
            case p.Piece():
                self._piece(message)
            case p.Point():
                self.pointed, self.pointed_replay = message.seq, message.replay
            case p.Notice():
                self.message = message.text
            case p.Poll():
                self.poll = message
            case p.Bye():
                self.message = message.text or "The session is over."
                self.standing = "left"

    # --- events

    def _begin(self, message: p.Begin) -> None:
        if not NAME.fullmatch(message.take):
            raise p.Malformed("begin.take")
        self.briefing = message.briefing
        if message.take == self.take:
            return
        self.close()
        self.take, self.events, self.state, self.feedback = message.take, [], NEW, {}
        self.opened, self._pieces, self.unsaved = None, {}, ""
        self._sent = {id: move for id, move in self._sent.items() if move.do == "vote"}
        self._acked = 0
        self.own = message.own
        self._journal = self._copy(message.take) if message.own else None

    def _copy(self, take: str) -> Journal | None:
        """The copy of a take that is written here; gone on with where it was begun before a crash."""
        folder = self.shelf.folder / "paired"
        try:
            if not (folder / f"{take}.toml").exists():
                return Journal(folder, take)
            file, journal = Journal.reopen(folder / f"{take}.toml")
        except (Unreadable, TakeInUse, NotSaved) as error:
            self.unsaved = str(error)
            return None
        for event in file.events:
            self._take_in(event)
        return journal

    def _told(self, message: p.Told) -> None:
        if message.take != self.take:
            return
        legend = NO_LEGEND if not self.opened else self.opened.started.legend
        event = decode(message.event, legend)
        if message.feedback:
            self.feedback[event.seq] = message.feedback
        if event.seq == self.last + 1:
            self._keep(event)
        elif event.seq > self.last or (not self.opened and self.events[event.seq - 1] != event):
            if event.seq <= self.last:
                self._anew()
            if self.line:
                self.line.close("gap")  # what is missing is asked for when the line stands again
            return
        if message.view:
            self.view = message.view
            self._ack()

    def _anew(self) -> None:
        """The host has lost what it had told: what it has now counts. The copy is put aside, and begun again."""
        self.close()
        copy = self.shelf.folder / "paired" / f"{self.take}.toml"
        with suppress(OSError):
            copy.replace(copy.with_suffix(".torn"))
        self.events, self.state, self.feedback, self._acked = [], NEW, {}, 0
        self._journal = self._copy(self.take) if self.own else None

    def _keep(self, event: AnyEvent) -> None:
        """Write an event down, then show it, then say that it is here."""
        self._sent.pop(event.move, None)
        if self.opened:
            self.opened.told(event)
            self.events.append(event)
        else:
            if self._journal and not self.unsaved:
                try:
                    self._journal.append(event)
                except NotSaved as error:
                    self.unsaved = str(error)
            self._take_in(event)
        for listener in self.told:
            listener(event)

    def _ack(self) -> None:
        """Say up to where everything is here: once for all that came in one go."""
        if self.own and not self.unsaved and self.last > self._acked:
            self._acked = self.last
            self._send(p.Ack(self.take, self.last))

    def _take_in(self, event: AnyEvent) -> None:
        self.state = evolve(self.state, event)
        self.events.append(event)

    # --- the end of a take

    def _piece(self, message: p.Piece) -> None:
        if message.take != self.take or not 1 <= message.number <= message.of <= MOST_PIECES:
            return
        self._pieces[message.number] = message.data
        if len(self._pieces) < message.of:
            return
        pieces, self._pieces = self._pieces, {}
        if pieces.keys() != set(range(1, message.of + 1)):
            raise p.Malformed("the whole take: pieces that do not fit together")
        self._open("".join(pieces[number] for number in range(1, message.of + 1)))

    def _open(self, data: str) -> None:
        """The whole take is here: check it, put it on the shelf, and go on in it."""
        whole = whole_take(data, self.shelf.folder / f"{self.take}.toml", self.events)
        take = whole.take
        if self.opened:  # it was cut off in the debrief: only what was remarked since is new
            for event in take.events[self.last :]:
                self._keep(event)
            return
        self.events = list(take.events)
        kept = self._shelve(whole) if self.own else None
        self.opened = Seat(self, whole.scenario, take.events, kept)
        self.opened.shelved = self.take
        self._ack()

    def _shelve(self, whole: Whole) -> Journal | None:
        """Put the take on the shelf, and take the copy away; None where it could not be written, or is there."""
        if self._journal:
            self._journal.close()
        take, copy = whole.take, self.shelf.folder / "paired" / f"{self.take}.toml"
        try:
            self.shelf.keep_bytes(whole.scene)
            if not take.path.exists():
                put_back(self.shelf.folder, self.take, whole.journal)
            file, kept = Journal.reopen(take.path)
        except TakeInUse:  # the trainer's program writes it, on this machine and on the same shelf
            with suppress(OSError):
                copy.unlink()
            return None
        except (NotSaved, Unreadable) as error:
            self.unsaved = str(error)
            return None
        if file.events != take.events[: len(file.events)]:  # another take, not the host's to write in
            kept.close()
            return None
        with suppress(OSError):
            copy.unlink()
        for event in take.events[len(file.events) :]:
            with suppress(NotSaved):
                kept.append(event)
        self._journal = kept
        return kept


def copies(folder: Path, learner: str, trainer: str) -> list[Path]:
    """Copies of a learner's takes with a trainer that are not over, or were not opened yet; the newest last."""
    found = []
    with suppress(OSError):
        for path in sorted((folder / "paired").glob("*.toml")):
            with suppress(Unreadable):
                started = read_take(path).started if NAME.fullmatch(path.stem) else None
                if started and (started.learner, started.trainer) == (learner, trainer):
                    found.append(path)
    return found
