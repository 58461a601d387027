"""The host's log: who knocked that should not have, and what became of lines. A line each, for the person who hosts.

    2026-11-22T10:15:30Z 192.0.2.7:50123 flood sent more than a person can

Reasons come from a list, so that no token, no secret and nothing of what was said can get in by way of an error message.
Whoever knocks a thousand times gets a few lines and a count. The log is never worth a session: if the disk refuses, it
goes on in memory.
"""

import os
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from taketwo import disk
from taketwo.text import clean_line

REASONS = {
    "listening": "the host listens here",
    "stopped": "the host stopped listening",
    "not-tls": "spoke something else than TLS, as a browser or a scanner does",
    "old-tls": "offered no TLS 1.3",
    "no-tls": "left before TLS was agreed",
    "silent": "did not say in time who it is",
    "crowded": "was the oldest of too many strangers",
    "no-socket": "could not be let in: the system has no connection to spare",
    "not-websocket": "asked for something that is no session",
    "origin": "was sent by a web page",
    "version": "speaks another version",
    "tested": "tried whether it could join",
    "too-big": "sent a message over 64 KiB",
    "not-text": "sent something else than text",
    "malformed": "broke the rules of WebSocket",
    "flood": "sent more than a person can",
    "not-reading": "did not read what was sent to it",
    "dead": "gave no sign of life any more",
    "lost": "was cut off",
    "left": "closed the line",
    "fault": "met a fault of this program",
    "came": "asks to come in",
    "let-in": "was let in",
    "sent-away": "was sent away",
    "resumed": "is back",
    "wrong-code": "gave a code that is not of this session",
    "used-code": "gave a code that somebody has used before",
    "expired-code": "gave a code that no longer holds",
    "wrong-secret": "tried to come back with a wrong secret",
    "unknown-message": "sent a message that is not known here",
    "out-of-order": "sent a message when it was not its turn",
}
"""What may stand in the log, and how it reads."""

_MOST = 256 * 1024
_FEW = 5
_WINDOW = 60.0
_PLACES = 1_000
_DETAIL = 80


class Log:
    """Lines in the file `path`, and the newest of them in memory; in memory alone when `path` is None."""

    def __init__(
        self,
        path: Path | None = None,
        *,
        most: int = _MOST,
        clock: Callable[[], float] = time.time,
        told: Callable[[str], None] | None = None,
    ) -> None:
        """`most` bytes at most in the file, and as many in the one before it; `told` hears each line, for a screen."""
        self._path, self._most, self._clock, self._told = path, most, clock, told
        self._fd: int | None = None
        self._size = 0
        self._seen: dict[tuple[str, str], tuple[float, int]] = {}
        self.recent: deque[str] = deque(maxlen=200)
        if path is not None:
            with suppress(OSError):
                disk.make_folder(path.parent)
                self._open(path)

    def note(self, reason: str, address: str, detail: str = "") -> None:
        """Write that `reason` (one of REASONS, else KeyError) befell `address`.

        `detail` is a few words of our own, such as a count or a guest's name; never anything that a guest sent for a code.
        """
        words = REASONS[reason]
        now = self._clock()
        key = (reason, address.rpartition(":")[0])
        since, count = self._seen.get(key, (now, 0))
        if now - since >= _WINDOW:
            self._more(key, count)
            since, count = now, 0
        if key not in self._seen and len(self._seen) >= _PLACES:
            self._forget()
        self._seen[key] = (since, count + 1)
        if count < _FEW:
            self._line(reason, address, f"{words}: {detail}" if detail else words)

    def close(self) -> None:
        """Write the counts that are still open, and close the file. Later lines stay in memory."""
        self._forget()
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _forget(self) -> None:
        for key, (_since, count) in self._seen.items():
            self._more(key, count)
        self._seen.clear()

    def _more(self, key: tuple[str, str], count: int) -> None:
        if count > _FEW:
            self._line(key[0], key[1], f"{REASONS[key[0]]}: {count - _FEW} times more")

    def _line(self, reason: str, address: str, words: str) -> None:
        when = datetime.fromtimestamp(self._clock(), UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        line = f"{when} {clean_line(address, 64)} {reason} {clean_line(words, _DETAIL + 80)}"
        self.recent.append(line)
        self._write(line.encode() + b"\n")
        if self._told is not None:
            self._told(line)

    def _write(self, data: bytes) -> None:
        fd = self._fd
        if fd is None or self._path is None:
            return
        try:
            if self._size + len(data) > self._most:
                self._fd = None
                os.close(fd)
                self._path.replace(self._path.with_name(f"{self._path.name}.1"))
                fd = self._open(self._path)
            self._size += os.write(fd, data)
        except OSError:
            return

    def _open(self, path: Path) -> int:
        try:
            self._fd = disk.create(path)
        except FileExistsError:
            self._fd = disk.open_file(path, append=True)
        self._size = os.fstat(self._fd).st_size
        return self._fd
