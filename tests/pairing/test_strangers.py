"""Unwelcome guests: each is refused in words, costs the others nothing, and leaves a line in the log without a secret.

`stage` looks through the log of each test for what guests said, and for the token.
"""

import asyncio
import socket
import ssl
import sys
import zlib
from contextlib import AsyncExitStack, suppress
from pathlib import Path

import pytest
from lines import GUARD, HELLO, PRIVATE, Raw, frame, raw, raw_line, stage

from taketwo.pairing.certificate import guest_context
from taketwo.pairing.limits import Limits
from taketwo.pairing.server import OPEN

BRIEF = Limits(stranger=0.05, closing=0.2)
QUIET = Limits(closing=0.2)


async def all_of(reader: asyncio.StreamReader) -> bytes:
    with suppress(OSError):
        async with asyncio.timeout(GUARD):
            return await reader.read()
    return b""


# --- before it is a line


async def test_plain_http_is_hung_up_on(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        reader, writer = await asyncio.open_connection("127.0.0.1", held.server.port)
        writer.write(f"GET /{PRIVATE.replace(' ', '')} HTTP/1.1\r\nHost: taketwo\r\n\r\n".encode())
        assert b"HTTP" not in await all_of(reader)
        writer.close()
        await friend.echo()
        assert "127.0.0.1:" in await held.logged("not-tls")


async def test_old_tls_is_refused(tmp_path: Path) -> None:
    context = guest_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        with pytest.raises(OSError):
            async with raw(held.server.port, context):
                pass
        await friend.echo()
        await held.logged("old-tls")


async def test_whoever_leaves_before_tls_is_agreed(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        _reader, writer = await asyncio.open_connection("127.0.0.1", held.server.port)
        writer.close()
        await held.logged("no-tls")
        await held.guest()


async def test_tls_that_is_never_finished_has_its_time(tmp_path: Path) -> None:
    async with stage(tmp_path, BRIEF) as held:
        friend = await held.guest()
        reader, writer = await asyncio.open_connection("127.0.0.1", held.server.port)
        assert await all_of(reader) == b""
        writer.close()
        await friend.echo()
        await held.logged("silent")


async def test_tls_without_a_request_has_its_time(tmp_path: Path) -> None:
    async with stage(tmp_path, BRIEF) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            assert "503" in (said := await end.rest())
            assert "You did not say in time who you are." in said
        await friend.echo()
        await held.logged("silent")


async def test_a_request_that_trickles_has_its_time(tmp_path: Path) -> None:
    async with stage(tmp_path, BRIEF) as held:
        async with raw(held.server.port) as end:
            end.say(b"GET / HTTP/1.1\r\nHo")
            assert "503" in await end.rest()
        await held.logged("silent")
        await held.guest()


@pytest.mark.parametrize(
    "garbage",
    [
        b"\0" * 100 + b"\r\n\r\n",
        PRIVATE.encode() + b"\r\n\r\n",
        b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"".join(b"X-%d: y\r\n" % n for n in range(200)) + b"\r\n",
    ],
)
async def test_what_is_no_http_is_refused(tmp_path: Path, garbage: bytes) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            end.say(garbage)
            assert (await end.rest()).startswith("HTTP/1.1 4")
        await friend.echo()
        await held.logged("not-websocket")


async def test_a_browser_learns_that_there_is_nothing_to_see(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            end.say(b"GET / HTTP/1.1\r\nHost: taketwo\r\n\r\n")
            said = await end.rest()
        assert "400" in said and "taketwo join" in said
        assert "python" not in said.lower() and "websockets/" not in said
        await friend.echo()
        await held.logged("not-websocket")


async def test_an_origin_is_refused(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            assert " 403 " in await end.ask(OPEN, "Origin: https://example.org")
            assert "Web pages are not let in here." in await end.rest()
        await friend.echo()
        await held.logged("origin")
        assert len(held.echo.lines) == 1


async def test_another_version_is_refused_in_words(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            assert " 404 " in await end.ask("/taketwo/2")
            assert "needs an update" in await end.rest()
        await friend.echo()
        await held.logged("version")


async def test_a_line_that_never_says_hello_has_its_time(tmp_path: Path) -> None:
    async with stage(tmp_path, BRIEF) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            assert " 101 " in await end.ask()
            assert await end.farewell() == (1008, "You did not say in time who you are.")
        assert await held.echo.one_gone()
        await friend.echo()
        await held.logged("silent")


async def test_signs_of_life_are_no_hello(tmp_path: Path) -> None:
    async with stage(tmp_path, BRIEF) as held:
        async with raw(held.server.port) as end:
            await end.ask()
            for _ in range(5):
                end.say(frame(b"", 10))
            assert (await end.farewell())[0] == 1008
        await held.logged("silent")


# --- what a line says

WRONG = {
    "binary": (frame(b"\1\2", 2), 1003, "not-text"),
    "not UTF-8": (frame(b"\xff\xfe" + PRIVATE.encode()), 1007, "malformed"),
    "unmasked": (frame(PRIVATE, masked=False), 1002, "malformed"),
    "an unknown kind": (frame(PRIVATE, 3), 1002, "malformed"),
    "a continuation of nothing": (frame(PRIVATE, 0), 1002, "malformed"),
    "a message within a message": (frame(PRIVATE, last=False) + frame(PRIVATE), 1002, "malformed"),
    "a long ping": (frame(b"x" * 126, 9), 1002, "malformed"),
    "a bad close": (frame(b"\0", 8), 1002, "malformed"),
    "one byte too many": (frame(b"x" * (64 * 1024 + 1)), 1009, "too-big"),
    "a length of terabytes": (b"\x81\xff" + b"\0\0\x7f" + b"\xff" * 5 + bytes(4), 1009, "too-big"),
    "too much in pieces": (
        frame(b"x" * 40_000, last=False) + frame(b"x" * 40_000, 0),
        1009,
        "too-big",
    ),
    "compressed": (frame(zlib.compress(bytes(10_000_000))[2:-4], flags=64), 1002, "malformed"),
    "10,000 messages": (frame(PRIVATE) * 10_000, 1008, "flood"),
    "10,000 pings": (frame(PRIVATE, 9) * 10_000, 1008, "flood"),
    "10,000 pieces": (frame("x", last=False) + frame("x", 0, last=False) * 10_000, 1008, "flood"),
    "40 long messages": (frame("x" * 60_000) * 40, 1008, "flood"),
    "a fault of ours": (frame("fail"), 1011, "fault"),
}


@pytest.mark.parametrize("name", WRONG)
async def test_who_breaks_the_rules_is_told_and_closed(tmp_path: Path, name: str) -> None:
    data, code, reason = WRONG[name]
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw_line(held.server.port) as end:
            end.say(data)
            got, words = await end.farewell()
            assert (got, bool(words)) == (code, True)
        await friend.echo()
        assert await held.echo.one_gone()
        await held.logged(reason)
        assert len(held.echo.said) < 1_500


@pytest.mark.parametrize("name", [name for name in WRONG if name != "a fault of ours"])
async def test_strangers_who_break_the_rules_too(tmp_path: Path, name: str) -> None:
    data, code, _reason = WRONG[name]
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw(held.server.port) as end:
            await end.ask()
            end.say(data)
            assert (await end.farewell())[0] in (code, 1008)  # strangers may send less
        await friend.echo()
        assert await held.echo.one_gone()


async def test_compression_is_not_agreed_on(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held, raw(held.server.port) as end:
        answer = await end.ask(OPEN, "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits")
        assert " 101 " in answer and "deflate" not in answer


async def test_the_longest_message_comes_through_whole_and_in_pieces(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held, raw_line(held.server.port) as end:
        end.say(frame("x" * 65_536))
        assert await end.frame() == (1, b"x" * 65_536)
        end.say(frame("é".encode()[:1], last=False) + frame(b"", 9) + frame("é".encode()[1:], 0))
        assert await end.frame() == (10, b"")
        assert await end.frame() == (1, "é".encode())


async def test_an_honest_pace_is_no_flood(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held, raw_line(held.server.port) as end:
        for number in range(300):
            end.say(frame(str(number)))
        assert [await end.frame() for _ in range(300)] == [(1, str(n).encode()) for n in range(300)]


async def test_who_never_reads_is_cut_off(tmp_path: Path) -> None:
    async with stage(tmp_path, QUIET) as held:
        friend = await held.guest()
        async with raw_line(held.server.port) as end:
            end.writer.transport.pause_reading()
            deaf = held.echo.lines[-1]
            for _ in range(1_000):
                deaf.send("x" * 60_000)
            assert await held.echo.one_gone() == "What was sent was not read."
        await friend.echo()
        await held.logged("not-reading")


# --- very many


async def test_500_silent_connections_keep_nobody_out(tmp_path: Path) -> None:
    async with stage(tmp_path, Limits(closing=0.2, strangers=32)) as held, AsyncExitStack() as stack:
        friend = await held.guest()
        for _ in range(500):
            sock = stack.enter_context(socket.socket())
            sock.setblocking(False)
            await asyncio.get_running_loop().sock_connect(sock, ("127.0.0.1", held.server.port))
        await friend.echo()
        await held.guest()
        assert held.server.strangers <= 32
        await held.logged("crowded")
    assert len((tmp_path / "host.log").read_text().splitlines()) < 20


async def test_open_lines_without_a_hello_keep_nobody_out(tmp_path: Path) -> None:
    async with stage(tmp_path, Limits(closing=0.2, strangers=4)) as held, AsyncExitStack() as stack:
        ends: list[Raw] = []
        for _ in range(12):
            ends.append(await stack.enter_async_context(raw(held.server.port)))
            await ends[-1].ask()
        assert (await ends[0].farewell())[1] == "Too many are at the door. Try again in a moment."
        await held.guest()
        assert held.server.strangers <= 4
        assert await held.echo.one_gone()


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have one loopback address")
async def test_the_busiest_address_makes_room(tmp_path: Path) -> None:
    async with stage(tmp_path, Limits(closing=0.2, strangers=3)) as held, AsyncExitStack() as stack:
        early = await stack.enter_async_context(raw(held.server.port, source="127.0.0.2"))
        await early.ask()
        for _ in range(10):
            end = await stack.enter_async_context(raw(held.server.port))
            await end.ask()
        early.say(frame(HELLO))
        assert await early.frame() == (1, HELLO.encode())


async def test_admitted_guests_are_not_counted_among_strangers(tmp_path: Path) -> None:
    async with stage(tmp_path, Limits(closing=0.2, strangers=2)) as held:
        guests = [await held.guest() for _ in range(6)]
        assert held.server.strangers == 0
        for guest in guests:
            await guest.echo()
