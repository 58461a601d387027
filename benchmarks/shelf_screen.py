"""The shelf with 10,000 takes through a pseudo-terminal: opened, walked through, searched, and typed into while the folder
is read for the first time."""

import statistics
from pathlib import Path

from benchmarks.screens import OURS, Response, environment, pressed
from benchmarks.shelf import TAKES, make
from benchmarks.table import Row, p95
from benchmarks.terminal import KEYS, Terminal
from taketwo.transcript.index import Index

OPENINGS = 9
MOVES = 42
WORDS = ("sorry", "umbrel", "order", "refun")
HOME = "Your programme"
SHELF = r"All takes · [1-9].*▸ "
KEYS |= {"ctrl+o": "\x0f", "end": "\x1b[F", "home": "\x1b[H", "tab": "\t", "escape": "\x1b"}


def rows() -> list[Row]:
    """What the keys of the shelf come to."""
    with environment() as env:
        saves, cache = Path(env["TAKETWO_SAVES"]), Path(env["TAKETWO_CONFIG"]) / "cache"
        env["XDG_CACHE_HOME"] = str(cache)
        saves.mkdir()
        make(saves, TAKES)
        with Terminal(OURS, env) as terminal:
            terminal.wait_for(terminal.shows("Take Two"))
            pressed(terminal, "ctrl+o", terminal.shows("All takes"), quiet=False)
            terminal.press("/")
            terminal.wait_for(terminal.shows("reading [0-9,]+ of"))
            typed = "".join(WORDS)
            meanwhile = [
                pressed(terminal, letter, terminal.shows(typed[: number + 1]), quiet=False)
                for number, letter in enumerate(typed)
            ]
        Index(saves, next(cache.rglob("shelf")) / next(cache.rglob("*.sqlite")).name).look()
        with Terminal(OURS, env) as terminal:
            terminal.wait_for(terminal.shows(HOME))
            opened = []
            for number in range(OPENINGS):
                if number:
                    pressed(terminal, "q", terminal.shows(HOME))
                opened.append(pressed(terminal, "ctrl+o", terminal.shows(SHELF)))
            moves = [pressed(terminal, "up" if number % 6 == 5 else "down") for number in range(MOVES)]
            ends = [pressed(terminal, key) for key in ("end", "home") * 5]
            letters = []
            for word in WORDS:
                pressed(terminal, "/")
                letters += [pressed(terminal, letter) for letter in word]
                terminal.press("tab")
                pressed(terminal, "escape")
            memory = terminal.resident()
    return [
        _row("the shelf opened, again", opened[1:], 70),
        _row("move on the shelf", moves, 10),
        _sent("move on the shelf, sent", moves, 1000),
        _row("to its end and back", ends, None),
        _row("a letter typed on the shelf", letters, 50),
        _sent("a letter typed on the shelf, sent", letters, None),
        _row("a letter typed while the folder is read for the first time", meanwhile, None),
        Row("memory with the shelf", "", "", memory, "MiB"),
    ]


def _row(what: str, responses: list[Response], budget: float | None) -> Row:
    wall, cpu = [one.ms for one in responses], [one.cpu for one in responses]
    return Row(
        f"{what}, p95",
        f"p50 {statistics.median(wall):.1f} ms",
        f"p50 {statistics.median(cpu):.1f} ms processor",
        p95(wall),
        "ms",
        budget,
    )


def _sent(what: str, responses: list[Response], budget: float | None) -> Row:
    sent = [one.bytes for one in responses]
    return Row(what, f"p50 {statistics.median(sent):,.0f} bytes", "", p95(sent), "bytes", budget)
