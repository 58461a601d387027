"""The full screen through a pseudo-terminal: its start, its keys, its screens, its memory.

Our program and the Textual application with one Static are started in turn. Both run with the same environment, their
bytecode compiled beforehand, as it is after an installation.
"""

import atexit
import os
import random
import statistics
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp

from benchmarks import still_app
from benchmarks.solving import corridor
from benchmarks.table import Row, median_ratio, p95
from benchmarks.terminal import Condition, Terminal
from taketwo.scenario.dump import dump
from taketwo.settings import Settings, save
from taketwo.tui.play import SETTLED

STARTS = 15
SESSIONS = 4
MOVES = 42
BRIEFINGS = 9
PLAYS = 4
LOOKING = 2.0
"""seconds that somebody looks at Home before they open anything"""

OURS = (sys.executable, "-m", "taketwo")
STILL = (sys.executable, "-m", "benchmarks.still_app")
HELP = (*OURS, "--help")
CLICK = (sys.executable, "-c", "import click")
BARE_TERMINAL = ("NO_COLOR", "TMUX", "COLUMNS", "LINES", "PYTHONDONTWRITEBYTECODE", "TAKETWO_DIALOGUES")

HOME = "Take Two"
HOME_LIST = "Your programme"
HOME_COMPLETE = HOME_LIST + ".*Round 1 .*Round 1 "
"""the programme, and below it the scenes by round: the list is put up as a whole"""
BRIEFING = "How you play"
PLAY = r"decision 1\b.*▸1 "
NOTICE = "Kept"


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
        Row(
            "Home complete after its first text",
            f"p95 {p95(after):.0f} ms",
            "",
            statistics.median(after),
            "ms",
            150,
        ),
    ]


# --- keys and screens


def sessions() -> list[Row]:
    """Openings of screens, moves between replies, and the memory of sessions that did all this."""
    log = Log()
    for _ in range(SESSIONS):
        with environment() as env:
            with Terminal(OURS, env) as terminal:  # compiles the bytecode, where this is the first benchmark
                terminal.wait_for(terminal.shows(HOME_COMPLETE))
            with Terminal(OURS, env) as terminal:
                terminal.wait_for(terminal.shows(HOME_COMPLETE))
                terminal.settle()
                time.sleep(LOOKING)
                log.at_home.append(terminal.resident())
                _briefings(terminal, log)
                _plays(terminal, log)
                _moves(terminal, log)
                log.resident.append(terminal.resident())
                log.own.append(terminal.share())
    return log.rows()


@dataclass(frozen=True, slots=True)
class Response:
    """What a key came to."""

    ms: float
    """until it was to be seen"""
    cpu: float
    """milliseconds of processor time until then"""
    bytes: float
    """sent until nothing more came"""


@dataclass(frozen=True, slots=True)
class Log:
    """Figures of all sessions; each list in the order of time, a session after the other."""

    first_briefings: list[Response] = field(default_factory=list)
    briefings: list[Response] = field(default_factory=list)
    first_plays: list[Response] = field(default_factory=list)
    plays: list[Response] = field(default_factory=list)
    moves: list[Response] = field(default_factory=list)
    at_home: list[float] = field(default_factory=list)
    resident: list[float] = field(default_factory=list)
    own: list[float] = field(default_factory=list)

    def rows(self) -> list[Row]:
        """Everything, as rows of the table."""
        sent = [move.bytes for move in self.moves]
        memory = statistics.median(self.resident)
        found = f"{memory:.1f} MiB resident, {statistics.median(self.own):.1f} its share"
        return [
            *_latency("move between replies", self.moves, 10),
            Row("move between replies, sent", _bytes(sent), "", p95(sent), "bytes", 1000),
            *_latency("open the briefing, first time", self.first_briefings, 70),
            *_latency("open the briefing, again", self.briefings, 70),
            *_latency("open a take, first time", self.first_plays, 70),
            *_latency("open a take, again", self.plays, 70),
            Row(
                "open a take, sent",
                _bytes([play.bytes for play in self.plays]),
                "",
                _kilobytes(self.plays),
                "kB",
            ),
            Row(
                "memory of a session",
                found,
                f"{statistics.median(self.at_home):.1f} MiB at Home",
                memory,
                "MiB",
                60,
            ),
        ]


def _latency(what: str, responses: Sequence[Response], budget: float) -> list[Row]:
    """p95 of the wall clock, which is judged, and of processor time, which a busy machine disturbs less."""
    wall, cpu = [one.ms for one in responses], [one.cpu for one in responses]
    return [
        Row(f"{what}, p95", f"p50 {statistics.median(wall):.1f} ms", "", p95(wall), "ms", budget),
        Row(f"{what}, processor time", f"p50 {statistics.median(cpu):.1f} ms", "", p95(cpu), "ms"),
    ]


def _bytes(sent: Sequence[float]) -> str:
    return f"p50 {statistics.median(sent):,.0f} bytes"


def _kilobytes(responses: Sequence[Response]) -> float:
    return p95([one.bytes for one in responses]) / 1000


def _briefings(terminal: Terminal, log: Log) -> None:
    """From Home into a briefing and back, again and again; ends in the briefing."""
    for number in range(BRIEFINGS):
        if number:
            pressed(terminal, "q", terminal.shows(HOME_LIST))
        into = log.briefings if number else log.first_briefings
        into.append(pressed(terminal, "enter", terminal.shows(BRIEFING)))


def _plays(terminal: Terminal, log: Log) -> None:
    """From a briefing into a take, and round again when the notice about the take that was left is gone."""
    for number in range(PLAYS):
        if number:
            pressed(terminal, "q", terminal.shows(HOME_LIST))
            gone = terminal.shows(NOTICE)
            while gone():
                terminal.settle()
            pressed(terminal, "enter", terminal.shows(BRIEFING))
        into = log.plays if number else log.first_plays
        into.append(pressed(terminal, "enter", terminal.shows(PLAY)))


def _moves(terminal: Terminal, log: Log) -> None:
    """Down, up and digits between the replies on offer."""
    keys = ("down", "down", "up", "3", "1", "2", "up")
    for number in range(MOVES):
        log.moves.append(pressed(terminal, keys[number % len(keys)]))


def pressed(terminal: Terminal, key: str, holds: Condition | None = None, *, quiet: bool = True) -> Response:
    """Press a key in a quiet moment that is not in step with the program's clock; wait for what comes of it.

    Without `holds`, any change of the screen will do. Without `quiet` the moment may be any, and what is sent later
    is not waited for.
    """
    if quiet:
        terminal.settle()
    time.sleep(random.uniform(0, 0.02))
    seen_by = holds or terminal.changes()
    sent = terminal.press(key)
    seen = terminal.wait_for(seen_by)
    settled = terminal.settle() if quiet else seen
    return Response((seen.at - sent.at) * 1e3, (seen.cpu - sent.cpu) * 1e3, settled.bytes - sent.bytes)


# --- solving beside a take, and what it is for

LARGE = (36, 44)
"""the corridor of `solving.py` that is played: almost as many positions as a scene may have"""
BESIDE = 20
"""takes of it"""
DEBRIEFED = 9
"""debriefs opened in turn"""
DEBRIEF = r"debrief.*The chance of a good ending"


def solved_beside() -> list[Row]:
    """Moves between replies while a large scene is being solved, and how soon a debrief with its review stands."""
    busy, quiet, opened = [], [], []
    with environment() as env:
        scenes = Path(env["TAKETWO_CONFIG"]) / "scenes"
        scenes.mkdir()
        (scenes / "corridor.toml").write_text(dump(corridor(*LARGE)), "utf-8")
        for _ in range(BESIDE):
            with Terminal((*OURS, "play", "corridor", "--dialogues", str(scenes)), env) as terminal:
                found = _moves_while_solving(terminal)
                busy += found
                quiet += [_digit(terminal, len(found) + more) for more in range(2)]
        for _ in range(DEBRIEFED):
            with Terminal((*OURS, "play", "irate-customer", "--seed", "1"), env) as terminal:
                opened.append(_debrief(terminal))
    wall = [one.ms for one in opened]
    figure, other = ([one.ms for one in side] for side in (busy, quiet))
    return [
        Row(
            "move between replies while solving, p95",
            f"p50 {statistics.median(figure):.1f} ms of {len(figure)}",
            f"p95 {p95(other):.1f} ms when it is solved",
            p95(figure),
            "ms",
            10,
        ),
        Row("a solved debrief", f"p95 {p95(wall):.0f} ms", "", statistics.median(wall), "ms", 100),
    ]


def _moves_while_solving(terminal: Terminal) -> list[Response]:
    """Moves from the moment on at which solving begins, for as long as it takes the processor."""
    terminal.wait_for(terminal.shows(BRIEFING))
    pressed(terminal, "enter", terminal.shows(PLAY))
    time.sleep(SETTLED)
    found = []
    for number in range(MOVES):
        before, began = terminal.cpu(), time.perf_counter()
        time.sleep(random.uniform(0.02, 0.04))
        if terminal.cpu() - before < (time.perf_counter() - began) / 4:
            break  # nothing else goes on any more
        found.append(_digit(terminal, number))
    return found


def _digit(terminal: Terminal, number: int) -> Response:
    """To the second reply, or back to the first where `number` is odd."""
    key = "21"[number % 2]
    return pressed(terminal, key, terminal.shows(f"▸{key} "), quiet=False)


def _debrief(terminal: Terminal) -> Response:
    """A take of first replies to its ending, and from the question before it into its debrief."""
    terminal.wait_for(terminal.shows(BRIEFING))
    pressed(terminal, "enter", terminal.shows(PLAY))
    time.sleep(LOOKING)
    over = terminal.shows("Before you see anything")
    for number in range(1, 40):
        next_one = terminal.shows(rf"decision {number + 1}\b")
        terminal.press("1")
        terminal.press("enter")
        terminal.wait_for(lambda moved=next_one: over() or moved())  # type: ignore[misc]  # a loop's variable
        if over():
            break
    time.sleep(LOOKING)  # somebody reads the ending
    return pressed(terminal, "q", terminal.shows(DEBRIEF))


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
        pid = os.posix_spawn(command[0], list(command), env, file_actions=to_nowhere)
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{' '.join(command)} failed")
    return time.perf_counter() - began, usage.ru_utime + usage.ru_stime


def _ms(seconds: Sequence[float]) -> str:
    return f"{statistics.median(seconds) * 1e3:.0f} ms"
