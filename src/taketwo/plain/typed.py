"""Lines that somebody types while other things happen: for the ways by line that have another terminal to listen to."""

import asyncio
import sys
import threading
from collections.abc import AsyncIterator
from typing import TextIO

from taketwo.plain.console import LINE_BYTES
from taketwo.text import clean


async def typed(source: TextIO | None = None) -> AsyncIterator[str]:
    """Each line as it is typed, cleaned; ends with the input.

    A thread waits for the keyboard, for a terminal cannot be asked whether a line is there on every system.
    """
    source = source or sys.stdin
    loop, lines = asyncio.get_running_loop(), asyncio.Queue[str | None]()

    def hand_on(line: str | None) -> bool:
        try:
            loop.call_soon_threadsafe(lines.put_nowait, line)
        except RuntimeError:  # the program has ended meanwhile
            return False
        return True

    def read() -> None:
        while line := source.readline(LINE_BYTES):
            if not hand_on(line):
                return
        hand_on(None)

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    while (line := await lines.get()) is not None:
        yield clean(line, LINE_BYTES).strip()
