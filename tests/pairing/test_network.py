"""Lines over the network, on loopback: what both ends see of each other, of cuts, and of hosts that are not theirs."""

import asyncio
import os
import socket
import ssl
import subprocess
import sys
from pathlib import Path

import pytest
from lines import GUARD, QUICK, TOKEN, Guest, Proxy, certificate, frame, raw_line, stage

from taketwo.pairing import certificate as certificates
from taketwo.pairing.certificate import Certificate, Missing, host_context, make
from taketwo.pairing.client import Refused, WrongHost, call, probe
from taketwo.pairing.invitation import Invitation
from taketwo.pairing.limits import MESSAGE, Limits
from taketwo.pairing.log import Log
from taketwo.pairing.server import CannotListen, serve

BRISK = Limits(beat=0.05, misses=6, closing=0.2)


def to(port: int, held: Certificate | None = None) -> Invitation:
    return Invitation("127.0.0.1", port, (held or certificate()).fingerprint, TOKEN)


# --- a line


async def test_messages_come_back_in_order(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guest = await held.guest()
        assert guest.line is not None
        for number in range(100):
            guest.line.send(f"{number} Grüße, 客户")
        async with asyncio.timeout(GUARD):
            assert [await guest.inbox.get() for _ in range(100)] == [f"{n} Grüße, 客户" for n in range(100)]


async def test_the_longest_message_passes_and_a_longer_one_is_not_sent(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guest = await held.guest()
        await guest.echo("x" * MESSAGE)
        assert guest.line is not None
        with pytest.raises(ValueError, match="65537"):
            guest.line.send("x" * (MESSAGE + 1))
        await guest.echo()


async def test_lines_have_numbers_and_addresses(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        await held.guest()
        await held.guest()
        assert [line.number for line in held.echo.lines] == [1, 2]
        assert all(line.address.startswith("127.0.0.1:") for line in held.echo.lines)


async def test_the_host_closes_a_line_in_words_after_all_that_waits(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guest = await held.guest()
        guest.over = True
        line = held.echo.lines[0]
        for number in range(50):
            line.send(str(number))
        line.close("Thank you for coming.")
        line.send("too late")
        assert await guest.one_cut() == "Thank you for coming."
        assert [guest.inbox.get_nowait() for _ in range(50)] == [str(number) for number in range(50)]
        assert guest.inbox.empty() and held.echo.ends == []


async def test_the_guest_closes_its_line_and_calls_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guest = Guest()
        task = asyncio.create_task(call(held.invitation, guest))
        await guest.echo()
        assert guest.line is not None
        guest.over = True
        guest.line.close("I have a train to catch.")
        async with asyncio.timeout(GUARD):
            await task
        assert await held.echo.one_gone() == "I have a train to catch."
        assert guest.cuts.empty()


async def test_a_cancelled_call_leaves_at_once(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guest = Guest()
        task = asyncio.create_task(call(held.invitation, guest))
        await guest.echo()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await held.echo.one_gone()


async def test_a_host_that_closes_tells_everybody_and_listens_no_more(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        guests = [await held.guest() for _ in range(3)]
        for guest in guests:
            guest.over = True
        await held.server.close("That was it for today.")
        assert [await guest.one_cut() for guest in guests] == ["That was it for today."] * 3
        with pytest.raises(OSError):
            await asyncio.open_connection("127.0.0.1", held.server.port)


# --- cuts


def test_a_dead_line_is_noticed_within_five_seconds() -> None:
    limits = Limits()
    assert limits.beat * (limits.misses + 1) < 5


async def test_both_ends_notice_a_line_that_carries_nothing(tmp_path: Path) -> None:
    async with stage(tmp_path, BRISK) as held, Proxy(held.server.port) as proxy:
        friend = await held.guest()
        guest = await held.guest(proxy.port, BRISK)
        proxy.freeze()
        assert await guest.one_cut() == "No sign of life came any more."
        assert await held.echo.one_gone() == "No sign of life came any more."
        await friend.echo()
        await held.logged("dead")


async def test_the_guest_is_back_when_the_line_carries_again(tmp_path: Path) -> None:
    async with stage(tmp_path, BRISK) as held, Proxy(held.server.port) as proxy:
        guest = await held.guest(proxy.port, BRISK)
        proxy.freeze()
        await guest.one_cut()
        proxy.thaw()
        await guest.echo("here I am")


async def test_a_line_that_is_reset_is_made_again(tmp_path: Path) -> None:
    async with stage(tmp_path) as held, Proxy(held.server.port) as proxy:
        guest = await held.guest(proxy.port)
        for _ in range(3):
            proxy.hang_up()
            assert await guest.one_cut() == "The connection broke."
            assert await held.echo.one_gone()
            await guest.echo()


async def test_signs_of_life_keep_a_line_on_which_nobody_speaks(tmp_path: Path) -> None:
    async with stage(tmp_path, BRISK) as held, raw_line(held.server.port) as end:
        for _ in range(3 * BRISK.misses):
            kind, data = await end.any_frame()
            assert kind == 9
            end.say(frame(data, 10))
        assert held.echo.ends == []


async def test_the_guest_waits_for_a_host_that_is_not_there_yet(tmp_path: Path) -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    guest = Guest()
    task = asyncio.create_task(call(to(port), guest, retry=QUICK))
    assert await guest.one_cut() == f"Nothing listens at 127.0.0.1:{port}."
    async with stage(tmp_path) as held:
        log = Log()
        server = await serve(held.echo, certificate(), ("127.0.0.1", port), log)
        await guest.echo()
        guest.over = True
        await server.close()
        async with asyncio.timeout(GUARD):
            await task


# --- hosts that are not theirs


class Impostor:
    """Somebody else with a certificate of their own, who writes down what is said to them."""

    def __init__(self) -> None:
        self.got = b""
        self.done = asyncio.Event()

    async def __aenter__(self) -> "Impostor":
        context = host_context(certificate("another"))
        self._server = await asyncio.start_server(self._came, "127.0.0.1", 0, ssl=context)
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()

    async def _came(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            self.got = await reader.read()
        except OSError:
            pass
        finally:
            writer.close()
            self.done.set()


async def test_another_certificate_is_refused_before_anything_is_sent() -> None:
    async with Impostor() as impostor:
        guest = Guest()
        with pytest.raises(WrongHost, match=r"not the host that invited you\. Nothing was sent to it"):
            await call(to(impostor.port), guest)
        async with asyncio.timeout(GUARD):
            await impostor.done.wait()
        assert impostor.got == b""
        assert not guest.stands.is_set()


async def test_another_host_in_the_middle_of_a_session_gets_nothing_and_is_outlasted(tmp_path: Path) -> None:
    async with stage(tmp_path) as held, Impostor() as impostor, Proxy(held.server.port) as proxy:
        guest = await held.guest(proxy.port)
        proxy.lead_to(impostor.port)
        proxy.hang_up()
        assert await guest.one_cut() == "The connection broke."
        assert "not the host that invited you" in await guest.one_cut()
        assert impostor.got == b""
        proxy.lead_to(held.server.port)
        await guest.echo()


async def test_what_speaks_no_tls_is_no_host() -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 mail.example.org ESMTP\r\n")
        await reader.read()
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0)
    guest = Guest()
    task = asyncio.create_task(call(to(server.sockets[0].getsockname()[1]), guest, retry=QUICK))
    assert "does not speak TLS 1.3" in await guest.one_cut()
    guest.over = True
    async with asyncio.timeout(GUARD):
        await task
    server.close()


async def _answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    await reader.readuntil(b"\r\n\r\n")
    writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 22\r\n\r\nVersion 9 \x1b[2J is spoken")
    writer.close()


async def test_a_host_of_another_version_is_not_called_again() -> None:
    server = await asyncio.start_server(_answer, "127.0.0.1", 0, ssl=host_context(certificate()))
    with pytest.raises(Refused, match="It says: Version 9 �") as caught:
        await call(to(server.sockets[0].getsockname()[1]), Guest())
    assert "\x1b" not in str(caught.value)
    server.close()


# --- joining, the day before


async def test_a_test_says_that_it_works_and_uses_nothing_up(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        found = await probe(held.invitation)
        assert found.works
        assert found.said[:5] == [
            "The name is known here.",
            "The host can be reached.",
            "It speaks TLS 1.3.",
            "It is the one that the invitation was made by.",
            "It opens a line of this version.",
        ]
        assert found.said[-1] == "You can join."
        assert held.echo.lines == [] and held.echo.ends == []
        await held.logged("tested")
        await held.guest()


async def test_a_test_says_where_it_fails() -> None:
    with socket.socket() as holder:
        holder.bind(("127.0.0.1", 0))
        port = holder.getsockname()[1]
    found = await probe(to(port))
    assert not found.works
    assert found.said[:2] == ["The name is known here.", f"Nothing listens at 127.0.0.1:{port}."]
    assert f"ssh -N -L {port}:127.0.0.1:{port} NAME@127.0.0.1" in found.said[-1]


async def test_a_test_knows_another_host() -> None:
    async with Impostor() as impostor:
        found = await probe(to(impostor.port))
    assert not found.works
    assert "not the host that invited you" in found.said[-2]
    assert found.said[-1] == "Ask for a new invitation: each session has its own certificate."


async def test_a_name_that_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    async def unknown(*_: object, **__: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "no such name")

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", unknown)
    found = await probe(Invitation("trainer.example.org", 4747, certificate().fingerprint, TOKEN))
    assert found.said[0] == "The name trainer.example.org is not known here."
    assert "VPN" in found.said[1]


async def test_an_answer_that_never_comes() -> None:
    release = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    found = await probe(to(port), limits=Limits(opening=0.1))
    assert found.said[-1] == f"No answer from 127.0.0.1:{port} within 0.1 seconds."
    release.set()
    server.close()


# --- listening


async def test_it_listens_where_it_is_told_and_nowhere_else(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        assert held.server.addresses == [f"127.0.0.1:{held.server.port}"]


@pytest.mark.skipif(not socket.has_ipv6, reason="no IPv6 here")
async def test_it_listens_on_ipv6_too(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        try:
            server = await serve(held.echo, certificate(), ("::1", 0), held.log)
        except CannotListen:
            pytest.skip("no IPv6 here")
        guest = Guest()
        there = Invitation("::1", server.port, certificate().fingerprint, TOKEN)
        task = asyncio.create_task(call(there, guest))
        await guest.echo()
        guest.over = True
        await server.close()
        await task
        assert server.addresses == [f"[::1]:{server.port}"]


@pytest.mark.parametrize(
    ("host", "words"), [("", "127.0.0.1 for this machine alone"), ("192.0.2.1", "Cannot listen at 192")]
)
async def test_an_address_that_cannot_be_listened_at(tmp_path: Path, host: str, words: str) -> None:
    async with stage(tmp_path) as held:
        with pytest.raises(CannotListen, match=words):
            await serve(held.echo, certificate(), (host, 0), held.log)


async def test_a_port_that_is_taken(tmp_path: Path) -> None:
    async with stage(tmp_path) as held:
        with pytest.raises(CannotListen, match="another program listens there"):
            await serve(held.echo, certificate(), ("127.0.0.1", held.server.port), held.log)
        with pytest.raises(CannotListen, match="Cannot listen"):
            await serve(held.echo, certificate(), ("127.0.0.1", 70_000), held.log)


# --- the certificate


def test_a_certificate_names_neither_machine_nor_person() -> None:
    from cryptography import x509

    made = make()
    held = x509.load_pem_x509_certificate(made.cert_pem)
    assert held.subject.rfc4514_string() == "CN=Take Two"
    assert len(list(held.extensions)) == 0
    assert held.not_valid_after_utc - held.not_valid_before_utc < certificates._LASTS * 2
    assert made.fingerprint != make().fingerprint


def test_a_key_is_not_shown_and_not_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", os.fspath(tmp_path))
    made = make()
    assert "PRIVATE KEY" in made.key_pem.decode() and "PRIVATE" not in repr(made)
    assert host_context(made).minimum_version is ssl.TLSVersion.TLSv1_3
    assert list(tmp_path.iterdir()) == []


def test_what_is_missing_is_said_with_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(certificates, "find_spec", lambda name: None if name == "cryptography" else name)
    with pytest.raises(Missing, match=r"need cryptography.*pip install -c constraints.txt -e '\.\[pair\]'"):
        make()


def test_the_libraries_are_not_loaded_before_a_line_is_wanted() -> None:
    code = (
        "import sys, taketwo.pairing.server, taketwo.pairing.client, taketwo.pairing.invitation;"
        "sys.exit(any(name in sys.modules for name in ('websockets', 'cryptography')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
