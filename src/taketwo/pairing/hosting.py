"""A session that is held here, from its invitation to its end: the host, its file, its certificate, its listener."""

import secrets
import socket
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from taketwo.pairing.certificate import Certificate, make
from taketwo.pairing.frame import Frame
from taketwo.pairing.host import Host
from taketwo.pairing.invitation import Invitation
from taketwo.pairing.keeping import HostFile, Keeper, folder, host_path
from taketwo.pairing.log import Log
from taketwo.pairing.pair import Pair
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session, begin, from_here, take_up
from taketwo.take.commands import Hand, Remark, Start
from taketwo.take.events import AnyEvent
from taketwo.take.evolve import replay
from taketwo.transcript.journal import NAME, NotSaved, TakeInUse
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import Shelf, UnknownTake

LOOPBACK = "127.0.0.1"
ANYWHERE = ("", "0.0.0.0", "::")  # noqa: S104  # asked for by whoever listens there


def outward() -> str:
    """The address by which this machine is seen from its network; loopback where it has none. Nothing is sent for it."""
    try:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            probe.connect(("192.0.2.1", 9))  # an address that belongs to nobody
            return str(probe.getsockname()[0])
    except OSError:
        return LOOPBACK


class Hosting:
    """What the trainer's screens work with."""

    def __init__(self, file: HostFile, shelf: Shelf, library: Library) -> None:
        self.shelf = shelf
        self.library = library
        self.keeper = Keeper(host_path(file.id))
        self.keeper.hold()
        self.log = Log(folder() / "host.log")
        self.host = Host(file, self.keeper, self.log)
        self.host.seated = self._seated
        self.certificate = Certificate(file.key.encode(), file.certificate.encode())
        self.frame = Frame(file.frame, file.began, file.phase)
        self.problem = ""
        """what went wrong when a session was gone on with"""
        self._server: object = None

    @classmethod
    def new(
        cls,
        shelf: Shelf,
        library: Library,
        trainer: str,
        scenario: str = "",
        address: tuple[str, int] = (LOOPBACK, 0),
        *,
        room: bool = False,
        goal: str = "",
        frame: tuple[int, ...] = (),
    ) -> "Hosting":
        """A new session. Raises Missing where the libraries for it are not installed."""
        certificate = make()
        file = HostFile(
            id=secrets.token_hex(6),
            created=datetime.now(UTC).isoformat(timespec="seconds"),
            trainer=trainer,
            address=address[0],
            port=address[1],
            key=certificate.key_pem.decode(),
            certificate=certificate.cert_pem.decode(),
            token=secrets.token_hex(10),
            room=room,
            scenario=scenario,
            saves=str(shelf.folder),
            goal=goal,
            frame=frame,
        )
        return cls(file, shelf, library)

    @classmethod
    def reopened(cls, file: HostFile, library: Library) -> "Hosting":
        """A session that was cut off here, with the same invitation, the same guests, and their takes."""
        hosting = cls(file, Shelf(Path(file.saves)), library)
        for seat in file.seats:
            pair = hosting.host.seat(seat.name, seat.secret)
            pair.agreed, pair.before = seat.agreed, seat.before
            hosting._seated(pair)
            if seat.take:
                try:
                    session = take_up(hosting.shelf, seat.take)
                    session.seat = "trainer"
                    pair.begin(session)
                except (UnknownTake, Unreadable, TakeInUse, NotSaved) as error:
                    pair.kept, hosting.problem = seat.take, str(error)
        return hosting

    async def open(self) -> None:
        """Listen. Raises CannotListen."""
        from taketwo.pairing.server import serve

        file = self.host.file
        server = await serve(self.host, self.certificate, (file.address, file.port), self.log)
        self._server = server
        self.host.file = replace(file, port=server.port)
        self.host.keep()

    def leave(self) -> None:
        """Keep the session to be gone on with: the takes are on the disk, and so is who sits where."""
        with suppress(OSError):
            self.host.keep()
        for pair in self.host.pairs:
            if pair.session:
                pair.session.leave()
            for take in pair.takes:
                take.close()
        self.log.close()
        self.keeper.let_go()

    async def close(self) -> None:
        """The session is over: tell everybody, and stop listening."""
        from taketwo.pairing.server import Server

        with suppress(OSError):
            self.host.leave()
        if isinstance(self._server, Server):
            await self._server.close()
            self._server = None
        self.log.close()
        with suppress(OSError):
            self.keeper.gone()

    def invitation(self, host: str = "") -> str:
        """The text to paste. `host` is what guests reach this machine by, where that is not the address listened at."""
        file = self.host.file
        where = host or (outward() if file.address in ANYWHERE else file.address)
        return Invitation(
            where, file.port, self.certificate.fingerprint, bytes.fromhex(file.token), file.room
        ).encode()

    # --- takes

    def begin(
        self,
        pair: Pair,
        scenario: Scenario,
        start: Start,
        *,
        of: tuple[Session, int] | None = None,
        swapped: bool = False,
    ) -> Session:
        """A take of the pair begins: from the start, or from before a decision `of` another; roles may be swapped.

        Raises Refused where there is no such decision.
        """
        start = replace(start, learner=pair.learner, trainer=self.host.file.trainer)
        if of:
            start = from_here(of[0], of[1], start)
        session = begin(self.shelf, scenario, start)
        if swapped:
            session.do(Hand("trainer"), by="trainer")
        session.do(Remark("watched", self.host.file.trainer), by="learner")
        if pair.goal:
            session.do(Remark("goal", pair.goal), by="trainer")
        session.seat = "trainer"
        if pair.session:
            pair.session.close()
        pair.begin(session)
        return session

    def now(self) -> datetime:
        """Wall time, for the frame."""
        return datetime.now(UTC)

    def next_phase(self, by: int = 1) -> None:
        """Go on to the next phase of the session's frame, or back."""
        self.frame = self.frame.moved(by, self.now())
        self.host.file = replace(self.host.file, began=self.frame.began, phase=self.frame.phase)
        self.host.keep()
        for pair in self.host.pairs:
            pair.phase = self.frame.name
            pair.look()

    def _earlier(self, pair: Pair, name: str) -> Sequence[AnyEvent]:
        """A take of this pair that is over, which the learner's program has not had the whole of.

        Of this session alone, by its whole name: others have been called the same, and a name is what one says it is.
        """
        if not NAME.fullmatch(name) or name not in {pair.before, *(each.name for each in pair.takes)}:
            return ()
        try:
            take = self.shelf.read(name)
        except (UnknownTake, Unreadable):
            return ()
        return take.events if replay(take.events).over else ()

    def _seated(self, pair: Pair) -> None:
        pair.scenario_bytes = self.shelf.kept_bytes
        pair.earlier = lambda name: self._earlier(pair, name)
        pair.phase = self.frame.name
