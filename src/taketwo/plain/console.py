"""A console: lines in, lines out, with a clock where there is a terminal."""

import os
import select
import shutil
import sys
import time
from collections.abc import Callable
from typing import TextIO

from taketwo.authoring.watch import POLL
from taketwo.export.spoken import fitted
from taketwo.text import clean

LINE_BYTES = 8_000
"""how much of one typed line is kept"""


class Left(Exception):
    """The person left; the take is kept."""


class Console:
    """Lines in, lines out. `clocked` where a clock can run: only at a terminal."""

    def __init__(self, source: TextIO | None = None, sink: TextIO | None = None) -> None:
        self.source = source or sys.stdin
        self.sink = sink or sys.stdout
        self.clocked = self.source.isatty() and os.name == "posix"
        self.width = shutil.get_terminal_size().columns if self.sink.isatty() else 0

    def say(self, text: str = "", indent: str = "") -> None:
        """Print `text`, wrapped at a terminal; lines after the first go under the first's text."""
        for line in fitted(text, indent, self.width):
            self.sink.write(line + "\n")
        self.sink.flush()

    def ask(
        self, prompt: str, seconds: float | None = None, idle: Callable[[], bool] | None = None
    ) -> str | None:
        """A typed line, cleaned; None when `seconds` ran out first. Raises Left at the end of input.

        At a terminal `idle` is called now and then while nothing is typed; when it is True, the line is empty.
        """
        self.sink.write(prompt)
        self.sink.flush()
        if self.clocked and (idle or seconds is not None):
            end = time.monotonic() + (1e9 if seconds is None else seconds)
            while not select.select([self.source], [], [], max(0.0, min(POLL, end - time.monotonic())))[0]:
                if idle and idle():
                    return ""
                if time.monotonic() >= end:
                    self.sink.write("\n")
                    return None
        line = self.source.readline(LINE_BYTES)
        while line and not line.endswith("\n") and len(line) == LINE_BYTES:
            rest = self.source.readline(LINE_BYTES)
            if not rest or rest.endswith("\n"):
                break
        if not line:
            self.sink.write("\n")
            raise Left
        if not self.source.isatty():
            self.sink.write("\n")
        return clean(line, LINE_BYTES).strip()
