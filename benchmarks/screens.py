"""The full screen through a pseudo-terminal: its start, its keys, its screens, its memory.

Our program and the Textual application with one Static are started in turn. Both run with the same environment, their
bytecode compiled beforehand, as it is after an installation.
"""

import atexit
import os
import random
import re
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

from benchmarks import still_app
from benchmarks.table import Row, median_ratio, p95
from benchmarks.terminal import Moment, Terminal
from taketwo.scenario.library import Library
from taketwo.settings import Settings, save

STARTS = 15
SESSIONS = 3
MOVES = 60
OPENINGS = 12

OURS = (sys.executable, "-m", "taketwo")
STILL = (sys.executable, "-m", "benchmarks.still_app")
HELP = (*OURS, "--help")
CLICK = (sys.executable, "-c", "import click")
BARE_TERMINAL = ("NO_COLOR", "TMUX", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "TAKETWO_DIALOGUES")

TITLES = [re.escape(summary.title) for summary in Library().summaries()]
HOME = "Take Two"
HOME_COMPLETE = ".*".join(TITLES)
"""every scene is listed"""
BRIEFING = "How you play"
PLAY = r"decision 1\b.*▸1 "


@contextmanager
def environment() -> Iterator[dict[str, str]]:
    """What the programs run in: a learner who is known already, an empty folder of takes."""
    with TemporaryDirectory(prefix="taketwo-bench-") as name:
        folder = Path(name)
        save(Settings(learner="Ada"), folder / "settings.toml")
        yield {key: value for key, value in os.environ.items() if key not in BARE_TERMINAL} | {
            "TERM": "xterm-256color",
            "COLORTERM": "truecolor",
            "TAKETWO_CONFIG": name,
            "TAKETWO_SAVES": str(folder / "saves"),
            "PYTHONPYCACHEPREFIX": str(_bytecode()),
        }


@cache
def _bytecode() -> Path:
    """A folder of compiled modules; a session in it has been played already."""
    folder = Path(mkdtemp(prefix="taketwo-bench-bytecode-"))
    atexit.register(rmtree, folder, ignore_errors=True)
    return folder


# --- starting


@dataclass(frozen=True, slots=True)
class Start:
    """What one start came to; seconds from the start of the process."""

    first: float
    cpu: float
    """processor seconds until the first text"""
    complete: float
    settled: float


def start(command: Sequence[str], first: str, complete: str, env: dict[str, str]) -> Start:
    """Start a program, wait for its first text, its last, and silence."""
    with Terminal(command, env) as terminal:
        began = terminal.started
        seen = terminal.wait_for(terminal.shows(first))
        is_complete = terminal.shows(complete)
        whole = seen if is_complete() else terminal.wait_for(is_complete)
        return Start(seen.at - began, seen.cpu, whole.at - began, terminal.settle().at - began)


def starts() -> list[Row]:
    """First text, settled, and how long Home needs after its first text to be whole."""
    ours, still = [], []
    with environment() as env:
        for _ in range(STARTS + 1):
            ours.append(start(OURS, HOME, HOME_COMPLETE, env))
            still.append(start(STILL, still_app.TEXT, still_app.TEXT, env))
    ours, still = ours[1:], still[1:]  # the first ones compiled the bytecode

    def against(what: str, part: str, budget: float | None) -> Row:
        mine, other = ([getattr(one, part) for one in side] for side in (ours, still))
        return Row(what, _ms(mine), f"{_ms(other)} (one Static)", median_ratio(mine, other), "×", budget)

    after = [(one.complete - one.first) * 1e3 for one in ours]
    return [
        against("start, first text", "first", 1.6),
        against("start, first text, processor time", "cpu", None),
        against("start, settled", "settled", 2.5),
        Row("Home complete after its first text", f"p95 {p95(after):.0f} ms", "", statistics.median(after), "ms", 150),
    ]


# --- keys and screens


def sessions() -> list[Row]:
    """Moves between replies, openings of screens, and the memory of sessions that did all this."""
    log = Log()
    with environment() as env:
        for _ in range(SESSIONS):
            with Terminal(OURS, env) as terminal:
                terminal.wait_for(terminal.shows(HOME_COMPLETE))
                terminal.settle()
                log.home.append(terminal.memory())
                _openings(terminal, log)
                _moves(terminal, log)
                log.own.append(terminal.memory())
                log.resident.append(terminal.resident())
    return log.rows()


class Log:
    """Figures of all sessions."""

    def __init__(self) -> None:
        self.moves: list[float] = []
        self.move_cpu: list[float] = []
        self.move_bytes: list[float] = []
        self.first: dict[str, list[float]] = {"briefing": [], "play": []}
        self.again: dict[str, list[float]] = {"briefing": [], "play": []}
        self.home: list[float] = []
        self.own: list[float] = []
        self.resident: list[float] = []

    def rows(self) -> list[Row]:
        """Everything, as rows of the table."""
        sent = p95(self.move_bytes)
        median, cpu = statistics.median(self.moves), statistics.median(self.move_cpu)
        found = [
            Row("move between replies, p95", f"p50 {median:.1f} ms", f"p50 of processor time {cpu:.1f} ms", p95(self.moves), "ms", 10),
            Row("move between replies, sent", f"p50 {statistics.median(self.move_bytes):,.0f} bytes", "", sent, "bytes", 1000),
        ]
        for name in ("briefing", "play"):
            first, again = self.first[name], self.again[name]
            found += [
                Row(f"opening {name}, first time", "", "", statistics.median(first), "ms", 70),
                Row(f"opening {name}, again, p95", f"p50 {statistics.median(again):.0f} ms", "", p95(again), "ms", 70),
            ]
        own, home = statistics.median(self.own), statistics.median(self.home)
        resident = f"resident {statistics.median(self.resident):.1f} MiB"
        return [*found, Row("memory of a session", resident, f"at Home {home:.1f} MiB", own, "MiB", 60)]


def _openings(terminal: Terminal, log: Log) -> None:
    """Home, briefing, play, and back, again and again; ends in play."""
    for number in range(OPENINGS):
        into = log.again if number else log.first
        into["briefing"].append(_opened(terminal, "enter", BRIEFING))
        into["play"].append(_opened(terminal, "enter", PLAY))
        if number < OPENINGS - 1:
            _opened(terminal, "q", "Practise")  # where the cursor is still on the scene


def _opened(terminal: Terminal, key: str, pattern: str) -> float:
    pressed = _moment(terminal, key)
    seen = terminal.wait_for(terminal.shows(pattern))
    terminal.settle()
    return (seen.at - pressed.at) * 1e3


def _moment(terminal: Terminal, key: str) -> Moment:
    """Press a key at a moment that is not in step with the program's own clock."""
    terminal.settle()
    time.sleep(random.uniform(0, 0.02))
    return terminal.press(key)


def _moves(terminal: Terminal, log: Log) -> None:
    """Down, up and digits between the replies on offer."""
    keys = ("down", "down", "up", "3", "1", "2", "up")
    for number in range(MOVES):
        terminal.settle()
        holds = terminal.changes()
        pressed = _moment(terminal, keys[number % len(keys)])
        seen = terminal.wait_for(holds)
        settled = terminal.settle()
        log.moves.append((seen.at - pressed.at) * 1e3)
        log.move_cpu.append((settled.cpu - pressed.cpu) * 1e3)
        log.move_bytes.append(settled.bytes - pressed.bytes)


# --- a command without a screen


def help_rows() -> list[Row]:
    """`taketwo --help` against Python with click."""
    with environment() as env:
        pairs = [(run_seconds(HELP, env), run_seconds(CLICK, env)) for _ in range(STARTS + 1)][1:]
    ours, click = zip(*pairs, strict=True)
    wall, cpu = ([[one[part] for one in side] for side in (ours, click)] for part in (0, 1))
    return [
        Row("`taketwo --help`", _ms(wall[0]), f"{_ms(wall[1])} (import click)", median_ratio(*wall), "×", 2),
        Row("`taketwo --help`, processor time", _ms(cpu[0]), _ms(cpu[1]), median_ratio(*cpu), "×"),
    ]


def run_seconds(command: Sequence[str], env: dict[str, str]) -> tuple[float, float]:
    """Wall and processor seconds of a command from start to end."""
    began = time.perf_counter()
    with Path(os.devnull).open("w") as nowhere:
        to_nowhere = [(os.POSIX_SPAWN_DUP2, nowhere.fileno(), 1)]
        pid = os.posix_spawn(command[0], command, env, file_actions=to_nowhere)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def _ms(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.0f} ms"
