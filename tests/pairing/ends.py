"""Both ends of a line as plain objects, with a wire between them that can be cut anywhere. No socket."""

from collections import deque
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

from house import HandClock, umbrella
from taketwo.pairing.guest import Guest
from taketwo.pairing.host import Host
from taketwo.pairing.keeping import HostFile
from taketwo.pairing.pair import Pair
from taketwo.session import Session, begin, take_up
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf

TOKEN = "0a" * 10
CREATED = "2026-11-22T10:15:30+00:00"
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)


class End:
    """One end of a wire, as a `Line`."""

    numbers = count(1)

    def __init__(self, wire: "Wire", out: deque[str]) -> None:
        self.number = next(End.numbers)
        self.address = f"192.0.2.1:{self.number}"
        self.wire = wire
        self.out = out
        self.admitted = False
        self.closed: str | None = None

    def send(self, text: str) -> None:
        if self.closed is None and self.wire.up:
            self.out.append(text)

    def admit(self) -> None:
        self.admitted = True

    def close(self, why: str = "") -> None:
        self.closed = why


class Wire:
    """What connects a guest to the host; messages wait in it until `run` or `step`."""

    def __init__(self, host: Host, guest: Guest | None = None) -> None:
        self.up = True
        self.to_host, self.to_guest = deque[str](), deque[str]()
        self.host, self.guest = host, guest
        self.host_end, self.guest_end = End(self, self.to_guest), End(self, self.to_host)
        self.seen: list[str] = []
        """everything that the guest's side was sent"""
        host.came(self.host_end)
        if guest:
            guest.connected(self.guest_end)

    def step(self, to: str) -> bool:
        """Carry one message; whether there was one."""
        queue = self.to_host if to == "host" else self.to_guest
        if not queue:
            return False
        text = queue.popleft()
        if to == "host":
            if self.host_end.closed is None:
                self.host.heard(self.host_end, text)
        else:
            self.seen.append(text)
            if self.guest and self.guest_end.closed is None:
                self.guest.heard(text)
        return True

    def run(self) -> None:
        """Carry everything until nothing waits."""
        while self.step("host") or self.step("guest"):
            pass
        if self.up and (self.host_end.closed is not None or self.guest_end.closed is not None):
            self.cut()

    @property
    def quiet(self) -> bool:
        """Nothing waits to be carried."""
        return not (self.to_host or self.to_guest)

    def cut(self) -> None:
        """What was on its way is lost, and both ends notice."""
        if self.up:
            self.up = False
            self.to_host.clear()
            self.to_guest.clear()
            if self.host_end.closed is None:
                self.host.gone(self.host_end, "cut")
            if self.guest:
                self.guest.cut("The line is cut.")


class Store:
    """A session's file in memory."""

    def __init__(self) -> None:
        self.file: HostFile | None = None

    def write(self, file: HostFile) -> None:
        self.file = file


def host_file(*, room: bool = False, **more: object) -> HostFile:
    return HostFile(
        id="s1", created=CREATED, trainer="Bora", address="127.0.0.1", port=0, key="", certificate="",
        token=TOKEN, room=room, scenario="lost-umbrella", saves="", **more,
    )  # fmt: skip


ROOMS: list[Any] = []
"""what the test that runs has opened; closed after it"""


class Room:
    """A host with its shelf, and a learner's shelf for each guest."""

    def __init__(self, folder: Path, *, room: bool = False, mode: str = "coached") -> None:
        self.folder = folder
        self.mode = mode
        self.shelf = Shelf(folder / "trainer")
        self.store = Store()
        self.log: list[tuple[str, str, str]] = []
        self.clock = HandClock()
        self._guests: list[Guest] = []
        self._hosts: list[Host] = []
        self.host = self._host(host_file(room=room))
        ROOMS.append(self)

    def close(self) -> None:
        """Let go of all files."""
        for guest in self._guests:
            guest.close()
        for pair in (pair for host in self._hosts for pair in host.pairs):
            for session in pair.takes:
                session.close()

    def _host(self, file: HostFile) -> Host:
        host = Host(file, self.store, self, now=lambda: NOW)
        host.seated = self.seated
        self._hosts.append(host)
        return host

    def note(self, reason: str, address: str, detail: str = "") -> None:
        self.log.append((reason, address, detail))

    def seated(self, pair: Pair) -> None:
        pair.scenario_bytes = self.shelf.kept_bytes
        pair.earlier = lambda name: self.shelf.read(name).events

    def guest(self, name: str = "Ada", token: str = TOKEN, secret: str = "") -> Guest:
        guest = Guest(name, token, secret or name.ljust(32, "x"), Shelf(self.folder / name))
        self._guests.append(guest)
        return guest

    def arrive(self, name: str = "Ada") -> tuple[Guest, Wire, Pair]:
        """A guest who has come in and agreed, before a take has begun."""
        guest = self.guest(name)
        wire = Wire(self.host, guest)
        wire.run()
        pair = self.host.let_in(self.host.door[-1])
        wire.run()
        guest.agree()
        wire.run()
        return guest, wire, pair

    def begin(self, pair: Pair, seed: int = 7) -> Session:
        """A take of the umbrella begins."""
        start = Start(learner=pair.learner, trainer="Bora", seed=seed, mode=self.mode)
        session = begin(self.shelf, umbrella(), start)
        session._clock = self.clock  # a clock that is moved by hand
        session._anchor = 0
        pair.begin(session)
        return session

    def restart(self) -> None:
        """The host is killed and started again: everything comes from its disk."""
        file = self.store.file
        assert file
        for pair in self.host.pairs:
            if pair.session:
                pair.session.close()
        self.host = self._host(file)
        for seat in file.seats:
            pair = self.host.seat(seat.name, seat.secret)
            pair.agreed, pair.before = seat.agreed, seat.before
            self.seated(pair)
            if seat.take:
                pair.begin(take_up(self.shelf, seat.take))


def kinds(events: Iterator[object] | list[object]) -> list[str]:
    return [type(event).__name__.lower() for event in events]
