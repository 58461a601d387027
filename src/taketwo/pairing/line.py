"""One WebSocket on one TLS connection, the same for both ends: a `Line` for the cores, an asyncio protocol below.

It stands on the part of `websockets` that does no I/O. So a message is heard in the turn of the event loop in which its bytes
come, and sending never waits. Of one line no more is done in a turn than 4 KiB or 16 messages, and a flood is cut off when it
is counted, before it is listened to: the other lines are served between.
"""

import asyncio
import logging
import ssl
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from taketwo.pairing.limits import MESSAGE, Allowance, Limits
from taketwo.text import clean_line

if TYPE_CHECKING:
    from websockets.frames import Frame
    from websockets.protocol import Event
    from websockets.protocol import Protocol as Rules

PATH = "/taketwo/"
VERSION = 1

MUTE = logging.Logger("taketwo.pairing")
"""For `websockets`, which would tell what is said."""
MUTE.disabled = True

_SLICE = 4096
_EACH_TURN = 16
_CONT, _TEXT, _BINARY, _CLOSE, _PING, _PONG = 0, 1, 2, 8, 9, 10
_NORMAL, _AWAY, _NOT_TEXT, _NOT_UTF8, _POLICY, _FAULT = 1000, 1001, 1003, 1007, 1008, 1011


class Owner(Protocol):
    """Who is told of a wire; never from within a call of the wire's own methods."""

    def opened(self, wire: "Wire") -> None:
        """The opening was agreed on, and messages can go both ways."""

    def heard(self, wire: "Wire", text: str) -> None:
        """A message."""

    def lost(self, wire: "Wire", why: str) -> None:
        """It is cut; once for each that was opened and not closed from here."""

    def blamed(self, wire: "Wire", reason: str, detail: str) -> None:
        """For the log: what the other end did, and how it ended. `reason` is one of the log's."""


class Wire(asyncio.Protocol):
    """A line. Its subclasses know how their end opens it."""

    def __init__(self, rules: "Rules", owner: Owner, limits: Limits, number: int) -> None:
        self.rules, self._owner, self._limits = rules, owner, limits
        self._loop = asyncio.get_running_loop()
        self._number = number
        self.address = "?"
        self.transport: asyncio.Transport | None = None
        self.opened = False
        self.ended: asyncio.Future[None] = self._loop.create_future()
        """Done when nothing of the connection is left."""
        self._over = False
        self.quiet = False
        """Nobody is told of it any more: closed from here, or a test."""
        self._deaf = False
        self._busy = False
        self._waiting = bytearray()
        self._events: deque[Event] = deque()
        self._pieces: list[bytes | bytearray | memoryview] = []
        self._alive, self._missed = True, 0
        self._sent, self._read, self._slow = 0, 0, 0
        self._beat: asyncio.TimerHandle | None = None
        self._last: asyncio.TimerHandle | None = None
        self._frames: Allowance | None = None
        self._volume: Allowance | None = None

    # what the cores may do

    @property
    def number(self) -> int:
        """See `wire.Line`."""
        return self._number

    def send(self, text: str) -> None:
        """See `wire.Line`. Raises ValueError for a text over 64 KiB, which the other end would refuse."""
        data = text.encode(errors="replace")
        if len(data) > MESSAGE:
            raise ValueError(f"a message of {len(data)} bytes is too long to send")
        if (
            self.opened and not self._over and self.rules.state.name == "OPEN"
        ):  # it may be closing, unnoticed yet
            self.rules.send_text(data)
            self.flush()

    def admit(self) -> None:
        """See `wire.Line`."""
        now = self._loop.time()
        self._frames = Allowance(self._limits.frames, now)
        self._volume = Allowance(self._limits.volume, now)

    def close(self, why: str = "") -> None:
        """See `wire.Line`."""
        self.quiet = True
        self._bid_farewell(_NORMAL, why)

    # how it ends

    def leave(self, why: str) -> None:
        """Close it because this program ends."""
        self.quiet = True
        self._bid_farewell(_AWAY, why)

    def blame(
        self, reason: str, words: str, code: int = _POLICY, *, detail: str = "", quick: bool = False
    ) -> None:
        """Close it for what the other end did: it gets `words`, the log `reason`.

        Unless it must be `quick`, there is a second in which what still comes is neither read nor thrown back: a
        connection that is closed over unread bytes is reset, and a reset can overtake our last words.
        """
        if self._over:
            return
        self._owner.blamed(self, reason, detail)
        self._finish(words)
        if self.opened and self.transport is not None:
            self._deaf = True
            self.transport.pause_reading()
            self.rules.fail(code, _reason(words))
            self._write(skip_end=True)
        if self.opened and not quick:
            self._abort_later()
        else:
            self.abort()

    def abort(self) -> None:
        """Cut it at once."""
        if self.transport is not None:
            self.transport.abort()

    def _bid_farewell(self, code: int, why: str) -> None:
        if self._over:
            return
        self._hush()
        if self.opened:
            self.rules.send_close(code, _reason(why))
            self.flush()
            self._abort_later()
        else:
            self.abort()

    def _abort_later(self) -> None:
        if self._last is None:
            self._last = self._loop.call_later(self._limits.closing, self.abort)

    def _finish(self, why: str) -> None:
        self._hush()
        if self.opened:
            self._loop.call_soon(self._tell_lost, why)

    def _hush(self) -> None:
        self._over = True
        self._events.clear()

    def _tell_lost(self, why: str) -> None:
        if not self.quiet:
            self.quiet = True
            self._guard(lambda: self._owner.lost(self, why))

    # asyncio's calls

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """TLS is agreed."""
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        """Bytes of the other end."""
        self._alive = True
        if (
            self._volume is not None
            and not self._over
            and not self._volume.take(len(data), self._loop.time())
        ):
            self.blame("flood", "You sent too much at once.")
        self._waiting += data
        if not self._busy:
            self._work()

    def eof_received(self) -> None:
        """The other end says no more; then the line is of no use."""
        self._work_off()
        self.rules.receive_eof()
        self.flush()

    def _work(self) -> None:
        """What one turn of the loop has time for; the rest has to wait, so that the other lines get theirs."""
        self._busy = False
        if not self._events:
            self._parse()
        for _ in range(min(len(self._events), _EACH_TURN)):
            if self._events:
                self.event(self._events.popleft())
        if not self._events:
            self.look_for_end()
        self.flush()
        if self._events or self._waiting:
            self._busy = True
            self._loop.call_soon(self._work)
        if self.transport is not None and not self._deaf:
            self.transport.pause_reading() if self._busy else self.transport.resume_reading()

    def _work_off(self) -> None:
        """All of it at once: no more comes."""
        while self._events or self._waiting:
            self._parse()
            while self._events:
                self.event(self._events.popleft())
            self.look_for_end()

    def _parse(self) -> None:
        """Make events of the next slice. Who sent too many is cut off before one of them is looked at."""
        if not self._waiting:
            return
        if self.rules.eof_sent:
            self._waiting.clear()
            return
        self.rules.receive_data(bytes(self._waiting[:_SLICE]))
        del self._waiting[:_SLICE]
        events = self.rules.events_received()
        if self._over:
            return
        self._events.extend(events)
        if self._frames is not None and not self._frames.take(len(events), self._loop.time()):
            self.blame("flood", "You sent too many messages at once.")

    def connection_lost(self, exc: Exception | None) -> None:
        """Nothing is left of the connection."""
        self._work_off()
        self.transport = None
        for timer in (self._beat, self._last):
            if timer is not None:
                timer.cancel()
        if not self._over:
            self._owner.blamed(self, "lost", "")
            self._finish("The connection broke.")
        if not self.ended.done():
            self._loop.call_soon(self._end)

    def _end(self) -> None:
        if not self.ended.done():
            self.ended.set_result(None)

    # what comes

    def event(self, event: "Event") -> None:
        """A frame; and before them whatever opens the line, which the subclasses know."""
        raise NotImplementedError

    def refused(self, error: Exception) -> None:
        """The opening failed; the subclasses know what then."""
        raise NotImplementedError

    def begin(self) -> None:
        """For the subclasses: the opening is agreed on."""
        self.opened = True
        self._beat = self._loop.call_later(self._limits.beat, self._tick)
        self._guard(lambda: self._owner.opened(self))

    def frame(self, frame: "Frame") -> None:
        """A frame after the opening."""
        kind = int(frame.opcode)
        if kind == _BINARY:
            self.blame("not-text", "Only text is spoken here.", _NOT_TEXT)
        elif kind in (_TEXT, _CONT):
            self._pieces.append(frame.data)
            if frame.fin:
                whole, self._pieces = b"".join(self._pieces), []
                self._text(whole)

    def _text(self, whole: bytes) -> None:
        try:
            text = whole.decode()
        except UnicodeDecodeError:
            self.blame("malformed", "This is not UTF-8.", _NOT_UTF8)
            return
        self._guard(lambda: self._owner.heard(self, text))

    def look_for_end(self) -> None:
        """Whether `websockets` saw an end: a close frame, or a breach of its rules."""
        if self._over:
            return
        if not self.opened:
            if self.rules.handshake_exc is not None:
                self.refused(self.rules.handshake_exc)
        elif self.rules.close_rcvd is not None and self.rules.parser_exc is None:
            self._owner.blamed(self, "left", "")
            self._finish(clean_line(self.rules.close_rcvd.reason, 200) or "The other end closed the line.")
            self._abort_later()
        elif self.rules.parser_exc is not None:
            big = type(self.rules.parser_exc).__name__ == "PayloadTooBig"
            self._owner.blamed(self, "too-big" if big else "malformed", "")
            self._finish("A message was too long." if big else "What came was no WebSocket.")
            self._abort_later()

    def _tick(self) -> None:
        """A beat: has anything come since the last one? Say that we are here."""
        self._missed = 0 if self._alive else self._missed + 1
        self._alive = False
        if self._over:
            return
        if self._missed >= self._limits.misses:
            self._owner.blamed(self, "dead", "")
            self._finish("No sign of life came any more.")
            self.abort()
            return
        if self._reads_too_slowly():
            self._cut_unread()
            return
        self.rules.send_ping(b"")
        self.flush()
        self._beat = self._loop.call_later(self._limits.beat, self._tick)

    # what goes

    def flush(self) -> None:
        """Write what `websockets` has for the other end, and cut whoever lets too much pile up."""
        self._write()
        if self._unread > self._limits.most_unread and not self._over:
            self._cut_unread()

    @property
    def _unread(self) -> int:
        """Bytes that wait to be read by the other end."""
        return 0 if self.transport is None else self.transport.get_write_buffer_size()

    def _reads_too_slowly(self) -> bool:
        """Whether much has waited for some time, and the other end has read too little of it. Asked once a beat."""
        was, self._read = self._read, self._sent - self._unread
        slow = self._unread > self._limits.unread and self._read - was < self._limits.reads
        self._slow = self._slow + 1 if slow else 0
        return self._slow >= self._limits.misses

    def _cut_unread(self) -> None:
        self._owner.blamed(self, "not-reading", "")
        self._finish("What was sent was not read.")
        self.abort()

    def _write(self, *, skip_end: bool = False) -> None:
        for data in self.rules.data_to_send():
            if self.transport is None or self.transport.is_closing():
                return
            if data:
                self._sent += len(data)
                self.transport.write(data)
            elif not skip_end:
                self.transport.close()

    def _guard(self, call: Callable[[], None]) -> None:
        """A fault of ours in one line costs that line, and no other."""
        try:
            call()
        except Exception as error:  # noqa: BLE001  # whatever it is, it must not take the others' session with it
            trace = error.__traceback__
            while trace is not None and trace.tb_next is not None:
                trace = trace.tb_next
            where = (
                ""
                if trace is None
                else f" in line {trace.tb_lineno} of {trace.tb_frame.f_globals.get('__name__')}"
            )
            self.blame(
                "fault",
                "The program met a fault of its own.",
                _FAULT,
                detail=f"{type(error).__name__}{where}",
            )


def _reason(words: str) -> str:
    """`words` as they fit into a close frame: 123 bytes."""
    return words.encode(errors="replace")[:123].decode(errors="ignore")


def peer_certificate(transport: asyncio.Transport) -> bytes:
    """The certificate that the other end has shown and proved to hold the key of, as DER."""
    held = transport.get_extra_info("ssl_object")
    assert isinstance(held, ssl.SSLObject)
    return held.getpeercert(binary_form=True) or b""
