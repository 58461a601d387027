"""A host that echoes, guests that are welcome, and raw ends for those that are not."""

import asyncio
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from functools import cache
from pathlib import Path
from types import TracebackType

from taketwo.pairing.certificate import Certificate, guest_context, make
from taketwo.pairing.client import Retry, call
from taketwo.pairing.invitation import Invitation
from taketwo.pairing.limits import Limits
from taketwo.pairing.log import Log
from taketwo.pairing.server import OPEN, Server, serve
from taketwo.pairing.wire import Line

TOKEN = b"0123456789"
HELLO = "hello"
"""What makes the echoing host admit somebody."""
PRIVATE = "My mother's maiden name"
"""What unwelcome guests put wherever they can: it must not be found in the log."""
GUARD = 20.0
"""Seconds after which a test has failed; nothing waits that long when all is well."""
QUICK = Retry(0.01, 0.02)


@cache
def certificate(name: str = "ours") -> Certificate:
    return make()


class Echo:
    """A host's core: admits whoever says hello, and gives every message back."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.said: list[str] = []
        self.ends: list[tuple[int, str]] = []
        self.news = asyncio.Event()

    def came(self, line: Line) -> None:
        self.lines.append(line)
        self.news.set()

    def heard(self, line: Line, text: str) -> None:
        if text == HELLO:
            line.admit()
        if text == "fail":
            raise LookupError(PRIVATE)
        self.said.append(text)
        line.send(text)

    def gone(self, line: Line, why: str) -> None:
        self.ends.append((line.number, why))
        self.news.set()

    async def one_gone(self) -> str:
        async with asyncio.timeout(GUARD):
            while not self.ends:
                self.news.clear()
                await self.news.wait()
        return self.ends.pop(0)[1]


class Guest:
    """A guest's core."""

    def __init__(self) -> None:
        self.over = False
        self.line: Line | None = None
        self.inbox: asyncio.Queue[str] = asyncio.Queue()
        self.cuts: asyncio.Queue[str] = asyncio.Queue()
        self.stands = asyncio.Event()

    def connected(self, line: Line) -> None:
        self.line = line
        line.send(HELLO)
        self.stands.set()

    def heard(self, text: str) -> None:
        if text != HELLO:
            self.inbox.put_nowait(text)

    def cut(self, why: str) -> None:
        self.stands.clear()
        self.line = None
        self.cuts.put_nowait(why)

    async def echo(self, text: str = "are you there?") -> None:
        async with asyncio.timeout(GUARD):
            await self.stands.wait()
            assert self.line is not None
            self.line.send(text)
            assert await self.inbox.get() == text

    async def one_cut(self) -> str:
        async with asyncio.timeout(GUARD):
            return await self.cuts.get()


class Stage:
    """A host and its log, on loopback."""

    def __init__(self, echo: Echo, server: Server, log: Log, path: Path) -> None:
        self.echo, self.server, self.log, self.path = echo, server, log, path
        self._calls: list[asyncio.Task[None]] = []

    @property
    def invitation(self) -> Invitation:
        return self.to(self.server.port)

    def to(self, port: int) -> Invitation:
        return Invitation("127.0.0.1", port, certificate().fingerprint, TOKEN)

    async def guest(self, port: int | None = None, limits: Limits | None = None) -> Guest:
        guest = Guest()
        there = self.to(port or self.server.port)
        self._calls.append(asyncio.create_task(call(there, guest, retry=QUICK, limits=limits)))
        await guest.echo()
        return guest

    async def logged(self, reason: str) -> str:
        """The first line with that reason; waits until it is there."""
        async with asyncio.timeout(GUARD):
            while True:
                for line in self.path.read_text().splitlines():
                    if line.split()[2] == reason:
                        return line
                await asyncio.sleep(0)

    async def close(self) -> None:
        for task in self._calls:
            task.cancel()
        if self._calls:
            await asyncio.wait(self._calls)
        await self.server.close()
        self.log.close()


@asynccontextmanager
async def stage(path: Path, limits: Limits | None = None) -> AsyncIterator[Stage]:
    """A host that runs; afterwards its log is looked through for what may not be there."""
    echo, file = Echo(), path / "host.log"
    log = Log(file)
    held = Stage(echo, await serve(echo, certificate(), ("127.0.0.1", 0), log, limits=limits), log, file)
    try:
        yield held
    finally:
        await held.close()
    text = file.read_text()
    for secret in (
        PRIVATE,
        TOKEN.decode(),
        TOKEN.hex(),
        held.invitation.encode(),
        "are you there",
        "Traceback",
    ):
        assert secret not in text
    assert PRIVATE.encode().hex() not in text


class Raw:
    """A TLS connection that says whatever a test wants."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def __aenter__(self) -> "Raw":
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.writer.transport.abort()
        with suppress(OSError):
            await self.writer.wait_closed()

    async def ask(self, path: str = OPEN, *headers: str) -> str:
        """Ask for a WebSocket, and read the head of the answer."""
        lines = [
            f"GET {path} HTTP/1.1",
            "Host: taketwo",
            "Upgrade: websocket",
            "Connection: Upgrade",
            "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==",
            "Sec-WebSocket-Version: 13",
            *headers,
        ]
        self.say("\r\n".join([*lines, "", ""]).encode())
        async with asyncio.timeout(GUARD):
            return (await self.reader.readuntil(b"\r\n\r\n")).decode()

    def say(self, data: bytes) -> None:
        self.writer.write(data)

    async def rest(self) -> str:
        """All that comes until the end."""
        parts = []
        with suppress(OSError):
            async with asyncio.timeout(GUARD):
                while part := await self.reader.read(65_536):
                    parts.append(part)
        return b"".join(parts).decode(errors="replace")

    async def any_frame(self) -> tuple[int, bytes]:
        """The next frame: its kind and what is in it."""
        async with asyncio.timeout(GUARD):
            head = await self.reader.readexactly(2)
            size = head[1] & 127
            if size > 125:
                size = int.from_bytes(await self.reader.readexactly(2 if size == 126 else 8), "big")
            return head[0] & 15, await self.reader.readexactly(size)

    async def frame(self) -> tuple[int, bytes]:
        """The next frame but pings."""
        while (found := await self.any_frame())[0] == 9:
            pass
        return found

    async def farewell(self) -> tuple[int, str]:
        """Code and reason of the close frame, whatever comes before it."""
        while True:
            kind, data = await self.frame()
            if kind == 8:
                return int.from_bytes(data[:2], "big"), data[2:].decode()


@asynccontextmanager
async def raw(
    port: int, context: ssl.SSLContext | None = None, source: str | None = None
) -> AsyncIterator[Raw]:
    reader, writer = await asyncio.open_connection(
        "127.0.0.1",
        port,
        ssl=context or guest_context(),
        server_hostname="",
        local_addr=(source, 0) if source else None,
    )
    async with Raw(reader, writer) as end:
        yield end


@asynccontextmanager
async def raw_line(port: int) -> AsyncIterator[Raw]:
    """A raw end that has been admitted."""
    async with raw(port) as end:
        assert " 101 " in await end.ask()
        end.say(frame(HELLO))
        assert await end.frame() == (1, HELLO.encode())
        yield end


def frame(
    data: str | bytes, kind: int = 1, *, last: bool = True, flags: int = 0, masked: bool = True
) -> bytes:
    """A frame, masked with zeros."""
    payload = data.encode() if isinstance(data, str) else data
    head = bytes([(128 if last else 0) | flags | kind])
    mask = 128 if masked else 0
    if len(payload) < 126:
        head += bytes([mask | len(payload)])
    elif len(payload) < 65_536:
        head += bytes([mask | 126]) + len(payload).to_bytes(2, "big")
    else:
        head += bytes([mask | 127]) + len(payload).to_bytes(8, "big")
    return head + (bytes(4) if masked else b"") + payload


class Proxy:
    """What lies between a guest and a host: it can stop carrying anything, or hang up."""

    def __init__(self, port: int) -> None:
        self._there = port
        self._tasks: set[asyncio.Task[None]] = set()
        self._writers: list[asyncio.StreamWriter] = []
        self._open = asyncio.Event()
        self._open.set()
        self.port = 0

    async def __aenter__(self) -> "Proxy":
        self._server = await asyncio.start_server(self._came, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.close()
        self.hang_up()
        if self._tasks:
            await asyncio.wait(self._tasks)

    def freeze(self) -> None:
        """The cable is out: nothing comes through, and nobody is told."""
        self._open.clear()

    def lead_to(self, port: int) -> None:
        """Newcomers are carried there from now on."""
        self._there = port

    def thaw(self) -> None:
        self._open.set()

    def hang_up(self) -> None:
        """Every connection is reset."""
        for writer in self._writers:
            writer.transport.abort()
        self._writers.clear()
        self._open.set()

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        other_reader, other_writer = await asyncio.open_connection("127.0.0.1", self._there)
        self._writers += [writer, other_writer]
        for source, sink in ((reader, other_writer), (other_reader, writer)):
            task = asyncio.create_task(self._carry(source, sink))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _carry(self, source: asyncio.StreamReader, sink: asyncio.StreamWriter) -> None:
        with suppress(OSError):
            while data := await source.read(65_536):
                await self._open.wait()
                sink.write(data)
                await sink.drain()
        await self._open.wait()
        sink.close()
