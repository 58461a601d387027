"""Typed lines for ways in that also have to hear from elsewhere: read in a thread, waited for in the loop.

The thread reads the file descriptor itself: at the end of the program nobody waits for a line that will never come, and
a buffer that a thread holds would stop the interpreter from ending.
"""

import asyncio
import os
import threading
from codecs import getincrementaldecoder
from contextlib import suppress

from taketwo.plain.console import LINE_BYTES, Console, Left
from taketwo.text import clean

AHEAD = 1_000
"""lines that are kept before somebody asks for them; a pipe can bring more than a session needs"""


class Lines:
    """Lines of the console's source, cleaned, in order. Made inside the loop that waits for them."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self.typed = console.source.isatty()
        """whether somebody types them; else they come from a pipe or a file"""
        self.over = False
        """no line will come any more"""
        self._lines: asyncio.Queue[str | None] = asyncio.Queue()
        self._loop = asyncio.get_running_loop()
        self._room = threading.Semaphore(AHEAD)
        threading.Thread(target=self._read, name="lines", daemon=True).start()

    async def get(self) -> str | None:
        """The next line; None at the end, and ever after."""
        if self.over:
            return None
        line = await self._lines.get()
        self._room.release()
        self.over = line is None
        return line

    async def ask(self, prompt: str) -> str:
        """A line in answer to `prompt`. Raises Left at the end."""
        self.console.sink.write(prompt if self.typed else prompt + "\n")
        self.console.sink.flush()
        line = await self.get()
        if line is None:
            raise Left
        return line

    def _read(self) -> None:
        decoder = getincrementaldecoder("utf-8")(errors="replace")
        source, rest, data = self.console.source.fileno(), "", b"-"
        while data:
            try:
                data = os.read(source, 4096)
            except OSError:
                data = b""
            pieces = (rest + decoder.decode(data, final=not data)).split("\n")
            rest = pieces.pop()[:LINE_BYTES]
            if not data and rest:
                pieces.append(rest)
            for piece in pieces:
                self._tell(clean(piece.rstrip("\r"), LINE_BYTES).strip())
        self._tell(None)

    def _tell(self, line: str | None) -> None:
        self._room.acquire()
        with suppress(RuntimeError):  # the loop has been closed meanwhile, and the program ends
            self._loop.call_soon_threadsafe(self._lines.put_nowait, line)
