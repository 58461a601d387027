"""A program met as its user meets it: through a pseudo-terminal, with its screen emulated.

A thread stamps what arrives; the emulator runs behind it, so that its cost is in no figure.
Times are stamps of the chunk that made a condition true. Linux only: processor time and memory come from /proc.
"""

import fcntl
import os
import pty
import queue
import re
import signal
import struct
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

COLUMNS, ROWS = 120, 40
QUIET = 0.15
"""seconds without a byte after which a screen counts as settled"""
PATIENCE = 60.0
"""seconds to wait for anything before giving up"""
KEYS = {"up": "\x1b[A", "down": "\x1b[B", "enter": "\r", "ctrl+q": "\x11"}

_SEQUENCE = re.compile(
    rb"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    rb"|\x1b[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)"  # strings for the terminal itself: titles, colours
    rb"|\x1b[^\[\]PX^_]"
    rb"|[^\x1b]+"
)
_UNKNOWN_TO_PYTE = re.compile(rb"[<=>]|.*[ -/]|\?.*[^hl]$|.*[tu]$")

Condition = Callable[[], bool]


class Gone(Exception):
    """The program ended, or did not do in time what was waited for; the message holds its screen."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When something was first to be seen, and what it had cost until then."""

    at: float
    """wall clock, seconds"""
    cpu: float
    """processor seconds of the program since it began"""
    bytes: int
    """bytes that it had sent"""


class Terminal:
    """One program in a pseudo-terminal of 120 by 40. Leaving the `with` block ends it."""

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._screen = pyte.Screen(COLUMNS, ROWS)
        self._stream = pyte.ByteStream(self._screen)
        self._rest = b""
        self._arrived: queue.SimpleQueue[tuple[Moment, bytes]] = queue.SimpleQueue()
        self._sent = 0
        self._ended = False
        self.started = time.perf_counter()
        self.last = Moment(self.started, 0.0, 0)
        """the last chunk that arrived"""
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, ROWS * 20, COLUMNS * 10)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            try:
                os.execvpe(command[0], list(command), dict(environment))
            finally:
                os._exit(127)
        threading.Thread(target=self._read, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OSError):
            self.press("ctrl+q")
        for number in (signal.SIGTERM, signal.SIGKILL):
            if self._reaped(3.0):
                break
            with suppress(ProcessLookupError):
                os.kill(self.pid, number)
        self._reaped(3.0)
        os.close(self._fd)

    # --- what the user does and sees

    def press(self, key: str) -> Moment:
        """Send a key by its name, or text as it is."""
        moment = Moment(time.perf_counter(), self.cpu(), self._sent)
        os.write(self._fd, KEYS.get(key, key).encode())
        return moment

    def text(self) -> str:
        """The screen, a line a row."""
        return "\n".join(line.rstrip() for line in self._screen.display)

    def shows(self, pattern: str) -> Condition:
        """Whether the screen holds a regular expression, whose dots match the ends of lines too."""
        compiled = re.compile(pattern, re.DOTALL)
        return lambda: compiled.search(self.text()) is not None

    def changes(self) -> Condition:
        """Whether any cell, its colours included, is other than now."""
        before = self._cells()
        return lambda: self._cells() != before

    def wait_for(self, holds: Condition) -> Moment:
        """The chunk that made `holds` true. Raises Gone."""
        deadline = time.perf_counter() + PATIENCE
        while time.perf_counter() < deadline and not self._ended:
            if self._take_in(deadline - time.perf_counter()) and holds():
                return self.last
        why = "ended" if self._ended else "does not do what was waited for"
        raise Gone(f"The program {why}. Its screen:\n{self.text()}")

    def settle(self) -> Moment:
        """Wait until nothing arrives any more; the last chunk that did."""
        while self._take_in(QUIET):
            pass
        return self.last

    # --- what the system says of it

    def cpu(self) -> float:
        """Processor seconds of all its threads so far."""
        total = 0
        with suppress(OSError):  # it may end meanwhile
            for thread in Path(f"/proc/{self.pid}/task").iterdir():
                total += int((thread / "schedstat").read_text().split()[0])
        return total / 1e9

    def share(self) -> float:
        """MiB in memory now; what several programs share counts for each in part."""
        return self._memory("smaps_rollup", "Pss")

    def resident(self) -> float:
        """MiB in memory now; what is shared with other programs counts in full."""
        return self._memory("status", "VmRSS")

    def _memory(self, file: str, field: str) -> float:
        text = Path(f"/proc/{self.pid}/{file}").read_text()
        found = re.search(rf"^{field}:\s+(\d+) kB", text, re.MULTILINE)
        assert found, f"no {field} in {file}"
        return int(found[1]) / 1024

    # --- the terminal's own work

    def _read(self) -> None:
        sent = 0
        while True:
            try:
                data = os.read(self._fd, 1 << 16)
            except OSError:
                data = b""
            now = time.perf_counter()
            sent += len(data)
            self._arrived.put((Moment(now, self.cpu(), sent), data))
            if not data:
                return

    def _take_in(self, timeout: float) -> bool:
        """Show one chunk; False when none came in time."""
        try:
            moment, data = self._arrived.get(timeout=max(timeout, 0))
        except queue.Empty:
            return False
        if not data:
            self._ended = True
            return False
        self.last, self._sent = moment, moment.bytes
        self._feed(data)
        return True

    def _feed(self, data: bytes) -> None:
        data, at = self._rest + data, 0
        while match := _SEQUENCE.match(data, at):
            at = match.end()
            csi = match["csi"]
            if csi is None:
                if data[match.start()] != 0x1B or match.end() - match.start() == 2:
                    self._stream.feed(match[0])
            elif csi.endswith(b"$p"):  # does the terminal know this mode? Only synchronised output, 2026
                self._answer(b"\x1b[" + csi[:-2] + (b";2$y" if csi == b"?2026$p" else b";0$y"))
            elif csi in (b"c", b"0c"):
                self._answer(b"\x1b[?62;22c")
            elif not _UNKNOWN_TO_PYTE.match(csi):
                self._stream.feed(match[0].replace(b":", b";"))
        self._rest = data[at:]

    def _answer(self, data: bytes) -> None:
        with suppress(OSError):
            os.write(self._fd, data)

    def _cells(self) -> list[tuple[pyte.screens.Char, ...]]:
        buffer = self._screen.buffer
        return [tuple(buffer[row][column] for column in range(COLUMNS)) for row in range(ROWS)]

    def _reaped(self, timeout: float) -> bool:
        deadline = time.perf_counter() + timeout
        while time.perf_counter() < deadline:
            with suppress(queue.Empty):  # a program that waits for its output to be read cannot end
                self._arrived.get(timeout=0.01)
            try:
                if os.waitpid(self.pid, os.WNOHANG)[0]:
                    return True
            except ChildProcessError:
                return True
        return False
