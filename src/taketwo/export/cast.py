"""A take as a recording of a terminal: asciicast v2, which asciinema plays as the conversation went.

The screen shows what `taketwo show` prints, line by line, each when it happened. What the learner said is typed out over
the seconds before; so at the moment of every event the screen is the transcript so far.
"""

import json
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime

from taketwo.export.spoken import fitted, spoken
from taketwo.export.taken import Taken

WIDTH, HEIGHT = 80, 24
PACE = 0.06
"""seconds a character, at most, while a reply is typed"""
CLOSING = 3.0
"""seconds that the last screen stays"""


def cast(of: Taken, idle_limit: float | None = None) -> str:
    """The recording: a header, then a line a piece of output. No pause is longer than `idle_limit` seconds."""
    lines = [json.dumps(_header(of), ensure_ascii=False)]
    now = before = 0.0
    for at, text in _pieces(of):
        step = max(at - before, 0.0)
        now, before = now + (step if idle_limit is None else min(step, idle_limit)), max(at, before)
        lines.append(json.dumps([round(now, 3), "o", text], ensure_ascii=False))
    return "\n".join(lines) + "\n"


def _header(of: Taken) -> dict[str, object]:
    header: dict[str, object] = {"version": 2, "width": WIDTH, "height": HEIGHT}
    with suppress(ValueError, OverflowError):
        header["timestamp"] = int(datetime.fromisoformat(of.take.header.created).timestamp())
    return header | {"title": " ".join(of.started.title.split()), "env": {"TERM": "xterm-256color"}}


def _pieces(of: Taken) -> Iterator[tuple[float, str]]:
    """Seconds from the beginning, and what is written then."""
    at = 0.0
    for said in spoken(of.events, of.scenario, of.review, of.steering):
        came, at = at, said.ms / 1000
        text = "".join(f"{line}\r\n" for line in fitted(said.text, said.indent, WIDTH))
        if said.typed and at > came:
            yield from _typed(text, max(came, at - PACE * len(text)), at)
        else:
            yield at, text
    yield at + CLOSING, ""


def _typed(text: str, start: float, end: float) -> Iterator[tuple[float, str]]:
    """`text` word by word, the last of it at `end`."""
    pieces = [piece for word in text.split(" ") for piece in (word, " ")][:-1]
    done, most = 0, len(text)
    for piece in filter(None, pieces):
        done += len(piece)
        yield start + (end - start) * done / most, piece
