"""The guest's end of the network: it calls the host, makes sure that it is the one who invited, and calls again.

What a line may cost and how it ends is in `line`; here is how it begins. Proxies of the system are not used: the host is
on the same network or at the end of a tunnel, a proxy would only be one more that could break the line.
"""

import asyncio
import hmac
import random
import socket
import ssl
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import TYPE_CHECKING, NamedTuple

from taketwo.pairing.certificate import fingerprint, guest_context, needed
from taketwo.pairing.invitation import Invitation
from taketwo.pairing.limits import MESSAGE, Limits
from taketwo.pairing.line import MUTE, PATH, VERSION, Wire, peer_certificate
from taketwo.pairing.wire import Calling
from taketwo.text import clean_line

if TYPE_CHECKING:
    from websockets.client import ClientProtocol
    from websockets.protocol import Event

_URI = f"wss://taketwo{PATH}{VERSION}"
"""The same for every host: what it is called where the guest is, is not its business."""


class NoLine(Exception):
    """The host was not reached this time; the message says what happened, `step` at which of STEPS."""

    def __init__(self, step: str, words: str) -> None:
        super().__init__(words)
        self.step = step


class WrongHost(NoLine):
    """Somebody else answers where the host should be. Nothing was sent to them."""


class Refused(NoLine):
    """The host answers, and will not let this program in however often it asks."""


class Retry(NamedTuple):
    """Seconds before a second attempt, and at most; each is twice the one before, and a quarter up or down.

    They begin anew after a line that has stood for `most`: one that is cut over and over is no better than none.
    """

    first: float = 0.2
    most: float = 5.0


STEPS = {
    "name": "The name is known here.",
    "reach": "The host can be reached.",
    "tls": "It speaks TLS 1.3.",
    "certificate": "It is the one that the invitation was made by.",
    "opening": "It opens a line of this version.",
}
"""What has to go well, in this order, and how to say that it did."""


async def call(
    invitation: Invitation, calling: Calling, *, retry: Retry | None = None, limits: Limits | None = None
) -> None:
    """Keep a line to the host, and tell `calling` of it, until `calling.over`. Cancel it to stop at once.

    Raises WrongHost when another host answers at the first attempt, Refused when the host speaks another version,
    and Missing. Once a line has stood, another host is a reason to try again: the network may be what has changed.
    """
    needed()
    retry = retry or Retry()
    limits = limits or Limits()
    caller, loop = _Caller(calling), asyncio.get_running_loop()
    delay, attempts, stood = retry.first, 0, False
    while not calling.over:
        attempts += 1
        try:
            wire = await _open(invitation, caller, limits, attempts, _URI)
        except Refused:
            raise
        except WrongHost as error:
            if not stood:
                raise
            calling.cut(str(error))
        except NoLine as error:
            calling.cut(str(error))
        else:
            stood, since = True, loop.time()
            try:
                await wire.ended
            finally:
                wire.leave("")
                wire.abort()
            if loop.time() - since >= retry.most:
                delay = retry.first
        if not calling.over:
            await asyncio.sleep(delay * random.uniform(0.75, 1.25))  # noqa: S311  # no secret hangs on it
            delay = min(delay * 2, retry.most)


class Probed(NamedTuple):
    """Whether joining would work, and a sentence for each thing that was tried."""

    works: bool
    said: list[str]


async def probe(invitation: Invitation, *, limits: Limits | None = None) -> Probed:
    """Try everything that joining needs, but the token, which is not sent. Raises Missing."""
    needed()
    begun = time.perf_counter()
    try:
        wire = await _open(invitation, _Nobody(), limits or Limits(), 0, f"{_URI}/test")
    except NoLine as error:
        done = list(STEPS.values())[: list(STEPS).index(error.step)]
        return Probed(False, [*done, str(error), *_advice(error, invitation)])
    opened = time.perf_counter() - begun
    try:
        trip = await wire.round_trip()
    except TimeoutError:
        return Probed(
            False, [*STEPS.values(), "Then it fell silent: the network between drops what it lets in."]
        )
    finally:
        wire.leave("")
        await wire.ended
    quick = f"A message there and back takes {trip * 1000:.0f} ms; the opening took {opened * 1000:.0f} ms."
    return Probed(True, [*STEPS.values(), quick, "You can join."])


def _advice(error: NoLine, invitation: Invitation) -> list[str]:
    if error.step == "name":
        return [
            "Ask for an invitation that names an address, or connect to the network (VPN) that knows the name."
        ]
    if error.step == "reach":
        port = invitation.port
        return [
            f"Is the host's program running, at an address that others can reach? A firewall must let port {port} through.",
            f"Where it does not, a tunnel helps: ssh -N -L {port}:127.0.0.1:{port} NAME@{invitation.host}, and an"
            f" invitation to 127.0.0.1.",
        ]
    if error.step == "certificate":
        return ["Ask for a new invitation: each session has its own certificate."]
    return []


async def _open(
    invitation: Invitation, owner: "_Caller | _Nobody", limits: Limits, number: int, uri: str
) -> "_Guest":
    """A line to the host of the invitation. Raises NoLine."""
    step = "name"
    where = invitation.place

    def at(now: str) -> None:
        nonlocal step
        step = now

    try:
        async with asyncio.timeout(limits.opening):
            return await _steps(invitation, owner, limits, number, uri, at)
    except TimeoutError:
        raise NoLine(step, f"No answer from {where} within {limits.opening:g} seconds.") from None
    except socket.gaierror:
        raise NoLine("name", f"The name {invitation.host} is not known here.") from None
    except ssl.SSLError:
        raise NoLine(
            "tls", f"What answers at {where} does not speak TLS 1.3; it is no host of Take Two."
        ) from None
    except ConnectionRefusedError:
        raise NoLine("reach", f"Nothing listens at {where}.") from None
    except OSError as error:
        if step in ("name", "reach"):
            raise NoLine(
                "reach", f"{where} cannot be reached: {error.strerror or 'no address answers'}."
            ) from None
        raise NoLine(step, f"{where} hung up while the line was opened.") from None


async def _steps(
    invitation: Invitation,
    owner: "_Caller | _Nobody",
    limits: Limits,
    number: int,
    uri: str,
    at: Callable[[str], None],
) -> "_Guest":
    from websockets.client import ClientProtocol
    from websockets.uri import parse_uri

    loop = asyncio.get_running_loop()
    wire = _Guest(ClientProtocol(parse_uri(uri), max_size=MESSAGE, logger=MUTE), owner, limits, number)
    wire.address = invitation.place
    await loop.getaddrinfo(invitation.host, invitation.port, type=socket.SOCK_STREAM)
    at("reach")
    bare, _ = await loop.create_connection(
        asyncio.Protocol, invitation.host, invitation.port, happy_eyeballs_delay=0.25
    )
    at("tls")
    try:
        secure = await loop.start_tls(
            bare,
            wire,
            guest_context(),
            server_hostname="",
            ssl_handshake_timeout=limits.opening,
            ssl_shutdown_timeout=limits.closing,
        )
    except BaseException:
        bare.abort()
        raise
    assert secure is not None
    wire.connection_made(secure)
    try:
        at("certificate")
        if not hmac.compare_digest(fingerprint(peer_certificate(secure)), invitation.fingerprint):
            raise WrongHost(
                "certificate",
                f"What answers at {invitation.place} is not the host that invited you. Nothing was sent to it.",
            )
        at("opening")
        await wire.ask()
    except BaseException:
        wire.abort()
        raise
    return wire


class _Guest(Wire):
    """The guest's end of a line."""

    rules: "ClientProtocol"

    def __init__(
        self, rules: "ClientProtocol", owner: "_Caller | _Nobody", limits: Limits, number: int
    ) -> None:
        super().__init__(rules, owner, limits, number)
        self._asked: asyncio.Future[None] = self._loop.create_future()
        self._echo: asyncio.Future[None] = self._loop.create_future()

    async def ask(self) -> None:
        """Ask for the WebSocket. Raises NoLine, and OSError when the host hangs up."""
        self.rules.send_request(self.rules.connect())
        self.flush()
        await self._asked

    async def round_trip(self) -> float:
        """Seconds that a ping takes there and back. Raises TimeoutError."""
        begun = time.perf_counter()
        self.rules.send_ping(_PROBE)
        self.flush()
        async with asyncio.timeout(self._limits.opening):
            await self._echo
        return time.perf_counter() - begun

    def event(self, event: "Event") -> None:
        """The answer to the request, then frames."""
        from websockets.frames import Frame
        from websockets.protocol import State

        if isinstance(event, Frame):
            if bytes(event.data) == _PROBE and not self._echo.done():
                self._echo.set_result(None)
            self.frame(event)
        elif self.rules.state is State.OPEN:
            self.begin()
            if not self._asked.done():
                self._asked.set_result(None)

    def refused(self, error: Exception) -> None:
        """The host does not open a line, and says why."""
        response = getattr(error, "response", None)
        if response is None or response.status_code == HTTPStatus.SERVICE_UNAVAILABLE:
            self._fail(NoLine("opening", "The host has no room for a line just now."))
        else:
            body = clean_line(bytes(response.body or b"").decode(errors="replace"), 200)
            self._fail(Refused("opening", f"The host does not let this program in. It says: {body}"))

    def _fail(self, error: Exception) -> None:
        self._over = True
        if not self._asked.done():
            self._asked.set_exception(error)

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left of the connection."""
        super().connection_lost(exc)
        self._fail(ConnectionResetError("closed"))
        if not self._echo.done():
            self._echo.set_exception(TimeoutError())
        for future in (self._asked, self._echo):
            if not future.cancelled():
                future.exception()  # or asyncio complains that nobody looked


_PROBE = b"probe"


class _Caller:
    """Tells the core of its line."""

    def __init__(self, calling: Calling) -> None:
        self._calling = calling

    def opened(self, wire: Wire) -> None:
        """See `Owner`."""
        self._calling.connected(wire)

    def heard(self, wire: Wire, text: str) -> None:
        """See `Owner`."""
        self._calling.heard(text)

    def lost(self, wire: Wire, why: str) -> None:
        """See `Owner`."""
        self._calling.cut(why)

    def blamed(self, wire: Wire, reason: str, detail: str) -> None:
        """See `Owner`; a guest keeps no log."""


class _Nobody:
    """For a test of the way: there is nobody to tell."""

    def opened(self, wire: Wire) -> None:
        """See `Owner`."""

    def heard(self, wire: Wire, text: str) -> None:
        """See `Owner`."""

    def lost(self, wire: Wire, why: str) -> None:
        """See `Owner`."""

    def blamed(self, wire: Wire, reason: str, detail: str) -> None:
        """See `Owner`."""
