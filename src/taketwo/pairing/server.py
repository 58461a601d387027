"""The host's end of the network: it listens, keeps strangers few and short, and hands lines to the core.

A stranger is whoever has not been admitted: from the first packet on, through TLS and the opening, until the core says
that the code was right. Strangers have ten seconds, their number is bounded, and when it is full the oldest one of the
busiest address makes room. So nobody can keep a rightful guest out by being there.
"""

import asyncio
import errno
import socket
import ssl
import sys
from http import HTTPStatus
from typing import TYPE_CHECKING

from taketwo.pairing.certificate import Certificate, host_context
from taketwo.pairing.invitation import place
from taketwo.pairing.limits import MESSAGE, Allowance, Limits
from taketwo.pairing.line import MUTE, PATH, VERSION, Wire
from taketwo.pairing.log import Log
from taketwo.pairing.wire import Answering

if TYPE_CHECKING:
    from websockets.http11 import Request, Response
    from websockets.protocol import Event
    from websockets.server import ServerProtocol

OPEN = f"{PATH}{VERSION}"
TEST = f"{OPEN}/test"
"""For those who only want to know whether they could join: the core is not told of them."""

_USUAL = ("left", "lost", "silent")
"""Ends of a test that are no news."""
_BACKLOG = 1024
_OLD_TLS = (
    "UNSUPPORTED_PROTOCOL",
    "NO_PROTOCOLS_AVAILABLE",
    "TLSV1_ALERT_PROTOCOL_VERSION",
    "VERSION_TOO_LOW",
)

_REFUSALS = {
    "origin": (HTTPStatus.FORBIDDEN, "Web pages are not let in here."),
    "version": (
        HTTPStatus.NOT_FOUND,
        f"Version {VERSION} of Take Two's pairing is spoken here. One of the two programs needs an update.",
    ),
    "not-websocket": (HTTPStatus.BAD_REQUEST, "Nothing to see here: join with `taketwo join`."),
}


class CannotListen(Exception):
    """The address cannot be listened at; the message says why and what to do."""


async def serve(
    answering: Answering,
    certificate: Certificate,
    address: tuple[str, int],
    log: Log,
    *,
    limits: Limits | None = None,
) -> "Server":
    """Listen at `address`, port 0 for any that is free, and tell `answering` of what comes.

    Raises CannotListen, and Missing when the libraries for it are not installed.
    """
    context = host_context(certificate)
    server = Server(answering, context, await _listeners(*address), log, limits or Limits())
    log.note("listening", server.addresses[0])
    return server


async def _listeners(host: str, port: int) -> list[socket.socket]:
    """A socket for each address that `host` stands for, all with the same port."""
    if not host:
        raise CannotListen(
            "An address is needed: 127.0.0.1 for this machine alone, 0.0.0.0 for all networks."
        )
    loop = asyncio.get_running_loop()
    opened: list[socket.socket] = []
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        for family, kind, proto, _name, where in dict.fromkeys(found):
            listener = socket.socket(family, kind, proto)
            opened.append(listener)
            listener.setblocking(False)
            if sys.platform != "win32":
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            if family == socket.AF_INET6:
                listener.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
            listener.bind((where[0], port, *where[2:]))
            listener.listen(_BACKLOG)
            port = listener.getsockname()[1]
    except (OSError, OverflowError) as error:
        for listener in opened:
            listener.close()
        raise CannotListen(f"Cannot listen at {place(host, port)}: {_why(error, host, port)}") from None
    return opened


def _why(error: Exception, host: str, port: int) -> str:
    """What is wrong with an address, and how to mend it."""
    number = error.errno if isinstance(error, OSError) else 0
    if isinstance(error, socket.gaierror):
        return "there is no such name. Give an address of this machine, as in --listen 127.0.0.1:4747."
    if number == errno.EADDRINUSE:
        return (
            "another program listens there, perhaps a session that is still held in another terminal. End that, or"
            " choose another port with --listen; without one any free port is taken."
        )
    if number == errno.EADDRNOTAVAIL:
        return "this machine has no such address. --listen takes one of its own, or 0.0.0.0 for all of them."
    if number == errno.EACCES:
        return f"port {port} is kept for the system. Choose one from 1024 on, as in --listen {place(host, 4747)}."
    words = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return f"{words}. Choose another address or port with --listen."


class Server:
    """A host that listens, until `close`."""

    def __init__(
        self,
        answering: Answering,
        context: ssl.SSLContext,
        listeners: list[socket.socket],
        log: Log,
        limits: Limits,
    ) -> None:
        self._answering, self._context, self._log, self.limits = answering, context, log, limits
        self._listeners = listeners
        self._loop = asyncio.get_running_loop()
        self._visits: set[_Visit] = set()
        self._strangers: dict[_Visit, None] = {}
        self._count = 0
        self.addresses = [place(*listener.getsockname()[:2]) for listener in listeners]
        """Where it listens: `127.0.0.1:4747`."""
        self.port: int = listeners[0].getsockname()[1]
        self._tasks = [asyncio.create_task(self._listen(listener)) for listener in listeners]

    @property
    def strangers(self) -> int:
        """How many are there that nobody knows yet."""
        return len(self._strangers)

    async def close(self, why: str = "The host has stopped.") -> None:
        """Listen no more, tell all lines `why`, and wait until they are gone: a second at most."""
        for task in self._tasks:
            task.cancel()
        await asyncio.wait(self._tasks)
        for listener in self._listeners:
            listener.close()
        self._strangers.clear()
        visits = list(self._visits)
        for visit in visits:
            visit.leave(why)
            visit.stop()
        waiting = [visit.ended for visit in visits if not visit.ended.done()]
        if waiting:
            await asyncio.wait(waiting, timeout=self.limits.closing + 1)
        self._log.note("stopped", self.addresses[0])

    # newcomers

    async def _listen(self, listener: socket.socket) -> None:
        while True:
            try:
                sock, peer = await self._loop.sock_accept(listener)
            except OSError as error:
                self._log.note("no-socket", place(*listener.getsockname()[:2]), type(error).__name__)
                self._make_room()
                await asyncio.sleep(0.05)
                continue
            full = len(self._strangers) >= self.limits.strangers
            if full:
                self._make_room()
            self._welcome(sock, peer[0], peer[1])
            await asyncio.sleep(self.limits.pause if full else 0)

    def _welcome(self, sock: socket.socket, host: str, port: int) -> None:
        from websockets.server import ServerProtocol

        self._count += 1
        rules = ServerProtocol(origins=[None], max_size=MESSAGE, logger=MUTE)
        visit = _Visit(rules, self, self._count, host, place(host, port))
        self._visits.add(visit)
        self._strangers[visit] = None
        visit.task = asyncio.create_task(self._greet(sock, visit))
        visit.task.add_done_callback(lambda _: self._greeted(sock, visit))

    def _make_room(self) -> None:
        """Drop the oldest stranger of the address that has most of them."""
        if not self._strangers:
            return
        many: dict[str, int] = {}
        for visit in self._strangers:
            many[visit.host] = many.get(visit.host, 0) + 1
        busiest = max(many.values())
        next(visit for visit in self._strangers if many[visit.host] == busiest).drop(
            "crowded", "Too many are at the door. Try again in a moment."
        )

    async def _greet(self, sock: socket.socket, visit: "_Visit") -> None:
        """TLS; whoever does not get through it never was a line."""
        try:
            await self._loop.connect_accepted_socket(
                lambda: visit,
                sock,
                ssl=self._context,
                ssl_handshake_timeout=self.limits.stranger + 1,
                ssl_shutdown_timeout=self.limits.closing,
            )
        except (OSError, EOFError) as error:
            error.__traceback__ = None  # its frames hold a quarter of a megabyte until the collector comes
            self.blamed(visit, _tls_reason(error), "")

    def _greeted(self, sock: socket.socket, visit: "_Visit") -> None:
        visit.task = None
        if visit.transport is None:
            sock.close()
            self.forget(visit)

    # what the visits tell

    def known(self, visit: "_Visit") -> None:
        """It is no stranger any more."""
        self._strangers.pop(visit, None)

    def forget(self, visit: "_Visit") -> None:
        """Nothing is left of it."""
        self._strangers.pop(visit, None)
        self._visits.discard(visit)
        visit.forgotten()

    def opened(self, wire: Wire) -> None:
        """See `Owner`."""
        if not wire.quiet:
            self._answering.came(wire)

    def heard(self, wire: Wire, text: str) -> None:
        """See `Owner`."""
        if not wire.quiet:
            self._answering.heard(wire, text)

    def lost(self, wire: Wire, why: str) -> None:
        """See `Owner`."""
        self._answering.gone(wire, why)

    def blamed(self, wire: Wire, reason: str, detail: str) -> None:
        """See `Owner`."""
        if not (wire.quiet and reason in _USUAL):
            self._log.note(reason, wire.address, detail)


def _tls_reason(error: Exception) -> str:
    """What the log says of a newcomer that TLS was not agreed with."""
    if not isinstance(error, ssl.SSLError):
        return "no-tls"
    return "old-tls" if error.reason in _OLD_TLS else "not-tls"


class _Visit(Wire):
    """Somebody at the door, and later a line."""

    rules: "ServerProtocol"

    def __init__(self, rules: "ServerProtocol", server: Server, number: int, host: str, address: str) -> None:
        super().__init__(rules, server, server.limits, number)
        self._server = server
        self.host, self.address = host, address
        self.task: asyncio.Task[None] | None = None
        self._known = False
        now = self._loop.time()
        self._frames = Allowance(server.limits.strange_frames, now)
        self._volume = Allowance(server.limits.strange_volume, now)
        self._deadline = self._loop.call_later(
            server.limits.stranger, self.drop, "silent", "You did not say in time who you are."
        )

    # how it comes and goes

    def admit(self) -> None:
        """See `wire.Line`."""
        if not self._known and not self._over:
            self._known = True
            super().admit()
            self._deadline.cancel()
            self._server.known(self)

    def drop(self, reason: str, words: str) -> None:
        """Send a stranger away."""
        self._server.known(self)
        if self.transport is None:
            self._server.blamed(self, reason, "")
            self.stop()
        else:
            if not self.opened and not self._over:
                self.transport.write(self._refusal(HTTPStatus.SERVICE_UNAVAILABLE, words).serialize())
            self.blame(reason, words, quick=True)

    def stop(self) -> None:
        """Give up TLS, if that is how far it got."""
        if self.transport is None and self.task is not None:
            self.task.cancel()

    def forgotten(self) -> None:
        """Nothing is left of it."""
        self._deadline.cancel()
        self._end()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left of the connection."""
        super().connection_lost(exc)
        self._deadline.cancel()
        self._server.known(self)
        self._loop.call_soon(self._server.forget, self)

    # how it opens

    def event(self, event: "Event") -> None:
        """The request for a WebSocket, then frames."""
        from websockets.frames import Frame
        from websockets.http11 import Response

        if isinstance(event, Frame):
            self.frame(event)
        elif not isinstance(event, Response):
            self._request(event)

    def _request(self, request: "Request") -> None:
        path = request.path.partition("?")[0]
        if path in (OPEN, TEST):
            response = self.rules.accept(request)
            if response.status_code == HTTPStatus.SWITCHING_PROTOCOLS:
                self.rules.send_response(response)
                self._welcome(test=path == TEST)
                return
            reason = (
                "origin" if type(self.rules.handshake_exc).__name__ == "InvalidOrigin" else "not-websocket"
            )
        else:
            reason = "version" if path.startswith(PATH) else "not-websocket"
        self._turn_away(reason)
        self.rules.send_response(self._refusal(*_REFUSALS[reason]))

    def _welcome(self, *, test: bool) -> None:
        if test:
            self._server.blamed(self, "tested", "")
            self.quiet = True
        self.begin()

    def refused(self, error: Exception) -> None:
        """Not even HTTP: `websockets` would hang up without a word."""
        self._turn_away("not-websocket")
        if self.transport is not None and len(self.rules.writes) == 1:
            self.transport.write(self._refusal(*_REFUSALS["not-websocket"]).serialize())

    def _turn_away(self, reason: str) -> None:
        self._server.blamed(self, reason, "")
        self._over = True
        self._abort_later()

    def _refusal(self, status: HTTPStatus, words: str) -> "Response":
        return self.rules.reject(status, f"{words}\n")
