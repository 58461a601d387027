"""Thirty learners over loopback who answer every three seconds, and the trainer's program with the board on its screen.

The trainer's program is a process of its own in a pseudo-terminal; the thirty ends of the lines are in this one.
"""

import asyncio
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.screens import environment
from benchmarks.table import Row, p95
from benchmarks.terminal import Terminal
from taketwo.pairing.client import call
from taketwo.pairing.guest import Guest
from taketwo.pairing.invitation import decode
from taketwo.pairing.protocol import View
from taketwo.transcript.shelf import Shelf

LEARNERS = 30
EVERY = 3.0
"""seconds between two answers of one learner"""
TAKES = 2
"""takes of each, one after the other"""
LONGEST = 90.0
"""seconds for one take of everybody"""


class Learner:
    """An end of a line, and when it sent what."""

    def __init__(self, number: int, token: str, folder: Path, sent: dict[str, float]) -> None:
        self.guest = Guest(f"Learner {number:02d}", token, f"{number:040d}", Shelf(folder / str(number)))
        self._sent = sent
        self._dice = random.Random(number)

    async def answer(self) -> None:
        """Agree, then answer whatever is asked until the take is over."""
        guest = self.guest
        await asyncio.sleep(self._dice.uniform(0, EVERY))
        while guest.standing == "asked" or not guest.opened:
            if guest.standing == "asked":
                guest.agree()
            elif guest.view.replies and not guest.waits:
                began = time.perf_counter()
                self._sent[guest.do("say", self._dice.choice(guest.view.replies)[0])] = began
            await asyncio.sleep(EVERY)


def rows() -> list[Row]:
    """Latency to the trainer's program and to its screen; its memory and its share of a core."""
    with TemporaryDirectory(prefix="taketwo-bench-") as name, environment() as surroundings:
        folder = Path(name)
        surroundings |= {"XDG_STATE_HOME": str(folder / "state")}
        with Terminal((sys.executable, "-m", "benchmarks.room_host", name), surroundings) as host:
            sent, memory, share, starting = asyncio.run(_class(folder, host))
        told, drawn = [], []
        for line in (folder / "times").read_text().splitlines():
            move, first, second = line.split()
            if move in sent:
                told.append((float(first) - sent[move]) * 1e3)
                drawn.append((float(second) - sent[move]) * 1e3)
    events = f"{len(told)} of {len(sent)} answers, {LEARNERS} learners"
    return [
        Row(
            "an answer until the trainer's program has it, p99", _spread(told), events, _p99(told), "ms", 100
        ),
        Row("the same until the board shows it, p99", _spread(drawn), "", _p99(drawn), "ms", 100),
        Row("from the key until all of them have a take", "", "the slower of two", starting * 1e3, "ms"),
        Row("memory of the trainer's program, with the board", "", "resident", memory, "MiB", 150),
        Row("its share of a processor", "", f"an answer every {EVERY:.0f} s each", share, "cores", 0.5),
    ]


async def _class(folder: Path, host: Terminal) -> tuple[dict[str, float], float, float, float]:
    """Everybody comes in and plays; when each answer was sent, and what it cost the trainer's program."""
    invitation = folder / "invitation"
    while not invitation.exists():
        await asyncio.to_thread(host.settle)
    decoded = decode(invitation.read_text())
    sent: dict[str, float] = {}
    learners = [Learner(n, decoded.token.hex(), folder, sent) for n in range(1, LEARNERS + 1)]
    lines = [asyncio.create_task(call(decoded, each.guest)) for each in learners]
    drain = asyncio.create_task(_drained(host))
    await _until(lambda: all(each.guest.standing == "waiting" for each in learners))
    host.press("L")
    await _until(lambda: all(each.guest.standing == "asked" for each in learners))
    for each in learners:
        each.guest.agree()
    await asyncio.sleep(2)
    cpu, began, starting = 0.0, 0.0, 0.0
    for _ in range(TAKES):
        for each in learners:
            each.guest.opened = None
            each.guest.view = View()
        pressed = host.press("s").at
        await _until(lambda: all(each.guest.view.replies for each in learners))
        starting = max(starting, time.perf_counter() - pressed)
        await asyncio.sleep(1)
        cpu, began = cpu - host.cpu(), began - time.perf_counter()
        await asyncio.wait_for(asyncio.gather(*(each.answer() for each in learners)), LONGEST)
        cpu, began = cpu + host.cpu(), began + time.perf_counter()
    memory = host.resident()
    for task in (*lines, drain):
        task.cancel()
    await asyncio.gather(*lines, drain, return_exceptions=True)
    return sent, memory, cpu / began, starting


async def _drained(host: Terminal) -> None:
    while True:
        await asyncio.to_thread(host._take_in, 0.1)


async def _until(holds: Callable[[], bool]) -> None:
    async with asyncio.timeout(30):
        while not holds():
            await asyncio.sleep(0.05)


def _spread(figures: list[float]) -> str:
    middle = sorted(figures)[len(figures) // 2]
    return f"{middle:.1f} ms, p95 {p95(figures):.1f}"


def _p99(figures: list[float]) -> float:
    return sorted(figures)[min(len(figures) - 1, len(figures) * 99 // 100)]
