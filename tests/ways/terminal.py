"""A terminal of one's own: the program on a pty, its bytes kept and its screen read."""

import fcntl
import os
import re
import select
import struct
import subprocess
import termios
import time
from collections.abc import Callable

import pyte
from running import Desk

PATIENCE = 40
"""seconds after which a program that says nothing has hung; no test waits that long for anything it expects"""
QUERIES = {b"\x1b[c": b"\x1b[?62;22c", b"\x1b[>c": b"\x1b[>1;10;0c", b"\x1b[6n": b"\x1b[1;1R"}
PRIVATE = re.compile(rb"\x1b\[[<>=?][0-9;:]*[$a-zA-Z]+|\x1bP.*?\x1b\\", re.S)
"""sequences that only modes are changed by, which pyte does not all know"""


class Terminal:
    """A program that runs on a terminal of this size."""

    def __init__(self, desk: Desk, *words: str, size: tuple[int, int] = (100, 30)) -> None:
        self.ours, self.theirs = os.openpty()
        columns, rows = size
        fcntl.ioctl(self.theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.before = termios.tcgetattr(self.theirs)
        self.raw = b""
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self._shown = 0
        self.program = subprocess.Popen(
            desk.command(*words),
            stdin=self.theirs,
            stdout=self.theirs,
            stderr=self.theirs,
            env=desk.env | {"TERM": "xterm-256color", "COLORTERM": "truecolor"},
            cwd=desk.folder,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> "Terminal":
        return self

    def __exit__(self, *_: object) -> None:
        if self.program.poll() is None:
            self.program.kill()
            self.program.wait()
        os.close(self.ours)
        os.close(self.theirs)

    # --- to the program

    def send(self, keys: str | bytes) -> None:
        """Type these keys."""
        data = keys.encode() if isinstance(keys, str) else keys
        while data:
            data = data[os.write(self.ours, data) :]

    def press(self, keys: str, until: str) -> str:
        """Type keys and wait for what they bring."""
        self.send(keys)
        return self.until(until)

    # --- from the program

    @property
    def text(self) -> str:
        """What the screen shows."""
        return "\n".join(line.rstrip() for line in self.screen.display)

    def until(self, words: str) -> str:
        """Wait until the screen shows `words`; what it shows then."""
        self._wait(lambda: words in self.text, words)
        return self.text

    def until_end(self) -> int:
        """Wait until the program has ended; its exit code."""
        self._wait(lambda: self.program.poll() is not None, "the end")
        while self._read(0):
            pass
        return self.program.returncode

    def _wait(self, done: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > deadline:
                raise TimeoutError(f"waited for {what!r}; the screen shows:\n{self.text}")
            if not self._read(0.05) and self.program.poll() is not None and not self._read(0) and not done():
                raise EOFError(f"it ended before {what!r}; the screen shows:\n{self.text}")

    def _read(self, seconds: float) -> bool:
        if not select.select([self.ours], [], [], seconds)[0]:
            return False
        try:
            data = os.read(self.ours, 1 << 16)
        except OSError:
            return False
        self.raw += data
        for query, answer in QUERIES.items():
            if query in data:
                self.send(answer)
        if not self._stream_is_whole():
            return True
        self._stream.feed(PRIVATE.sub(b"", self.raw[self._shown :]))
        self._shown = len(self.raw)
        return True

    def _stream_is_whole(self) -> bool:
        """Whether what was read does not end in the midst of a sequence."""
        tail = self.raw[self._shown :].rfind(b"\x1b")
        rest = self.raw[self._shown :][tail:] if tail >= 0 else b""
        return tail < 0 or bool(
            re.match(rb"\x1b(\[[0-9;:?<>=$]*[@-~]|[^\[P\]]|[P\]].*(\x07|\x1b\\))", rest, re.S)
        )

    # --- how it was left

    def left_as_it_was(self) -> list[str]:
        """What about the terminal is not as it was before the program; empty where all is well."""
        wrong = []
        if termios.tcgetattr(self.theirs) != self.before:
            wrong.append("its modes (termios) were changed")
        for name, on, off in (
            ("the alternate screen", b"\x1b[?1049h", b"\x1b[?1049l"),
            ("mouse clicks", b"\x1b[?1000h", b"\x1b[?1000l"),
            ("mouse movement", b"\x1b[?1003h", b"\x1b[?1003l"),
            ("mouse coordinates", b"\x1b[?1006h", b"\x1b[?1006l"),
            ("bracketed paste", b"\x1b[?2004h", b"\x1b[?2004l"),
            ("reports of focus", b"\x1b[?1004h", b"\x1b[?1004l"),
        ):
            if self.raw.rfind(on) > self.raw.rfind(off):
                wrong.append(f"{name} stayed on")
        if self.raw.rfind(b"\x1b[?25l") > self.raw.rfind(b"\x1b[?25h"):
            wrong.append("the cursor stayed hidden")
        if self.raw.count(b"\x1b[>1u") > self.raw.count(b"\x1b[<u"):
            wrong.append("the keyboard protocol stayed on")
        return wrong
