"""Winding through a take of 10,000 events: the look-ups alone, and on the full screen through a pseudo-terminal."""

import random
import statistics
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from time import perf_counter

from benchmarks.screens import LOOKING, OURS, environment
from benchmarks.solving import corridor
from benchmarks.table import Row, p95
from benchmarks.terminal import COLUMNS, ROWS, Terminal
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session
from taketwo.take.commands import Abandon, Start
from taketwo.take.events import AnyEvent, Started
from taketwo.transcript.replaying import Reel, Spot, cells, reel
from taketwo.transcript.shelf import Shelf

EVENTS = 10_000
LOOKUPS = 20_000
CLICKS = 60
PACE = 900
"""milliseconds between two events"""


class _Metronome:
    """A clock that goes on by the same amount each time it is asked for the wall's time: once an event."""

    def __init__(self) -> None:
        self.now = 0

    def wall(self) -> str:
        self.now += PACE
        return "2026-11-22T10:15:30.000Z"

    def ms(self) -> int:
        return self.now


def long_take(scenario: Scenario) -> list[AnyEvent]:
    """A take of a scene that has an end, made long by going back again and again."""
    chance = random.Random(1)
    session = Session(scenario, clock=_Metronome())
    session.do(Start(learner="Ada", seed=1))
    while len(session.events) < EVENTS:
        if session.state.decisions >= len(scenario.nodes) - 2:
            trail = session.state.trail
            assert trail
            session.rewind(chance.choice([step.seq for step in trail.back()]))
        else:
            session.say(chance.choice(session.replies).id)
    session.do(Abandon())
    return session.events


def rows() -> list[Row]:
    """Microseconds a look-up; milliseconds from a click on the bar until the screen stands still again."""
    lesson = "active-listening"
    scenario = replace(corridor(25, 10), lessons={lesson: Library().lessons()[lesson]})
    events = long_take(scenario)
    began = perf_counter()
    film = reel(events, {event.seq: "harder" for event in events[::7]})
    laid_out = (perf_counter() - began) * 1e3
    lookup, times = _lookup(film), clicks(scenario, events)
    once = f"laid out once in {laid_out:.0f} ms, the bar in {_bar(film):.0f} ms"
    how = f"p50 {statistics.median(times):.0f} ms, {CLICKS} clicks on the bar"
    return [
        Row(
            f"replay, a look-up in {len(events):,} events",
            f"{lookup * 1e6:.1f} µs",
            once,
            lookup * 1e3,
            "ms",
            50,
        ),
        Row("  seeking on the full screen, p95", f"{p95(times):.0f} ms", how, p95(times), "ms", 50),
    ]


def _lookup(film: Reel) -> float:
    """Seconds to find a place, by moment, by event and by mark, and to say what stands there."""
    chance = random.Random(2)
    moments = [chance.randrange(film.length) for _ in range(LOOKUPS)]
    began = perf_counter()
    for ms in moments:
        spot: Spot = film.seek(ms)
        spot = film.next_mark(film.seek_event(spot.shown)) or spot
        film.position(spot)
    return (perf_counter() - began) / LOOKUPS


def _bar(film: Reel) -> float:
    began = perf_counter()
    cells(film, COLUMNS)
    return (perf_counter() - began) * 1e3


def clicks(scenario: Scenario, events: list[AnyEvent]) -> list[float]:
    """Milliseconds from each click to the last byte that it brought."""
    chance = random.Random(3)
    with environment() as env:
        shelf = Shelf(Path(env["TAKETWO_SAVES"]))
        digest = shelf.keep(scenario)
        first = shelf.save_again(_with(events, digest), scenario.id, datetime.now(UTC))
        first.close()
        times = []
        with Terminal((*OURS, "replay", first.name), env) as terminal:
            terminal.wait_for(terminal.shows(r"replay · 0 of"))
            time.sleep(LOOKING)  # the shelf is read behind it
            terminal.settle()
            at = 0
            for _ in range(CLICKS):
                at = column = chance.choice([c for c in range(4, COLUMNS - 4) if abs(c - at) > 3])
                changed = terminal.changes()
                pressed = terminal.press(f"\x1b[<0;{column};{ROWS - 2}M\x1b[<0;{column};{ROWS - 2}m")
                terminal.wait_for(changed)
                times.append((terminal.settle().at - pressed.at) * 1e3)
    return times


def _with(events: list[AnyEvent], digest: str) -> list[AnyEvent]:
    """The same, of the scenario that was kept under `digest`."""
    first = events[0]
    assert isinstance(first, Started)
    return [replace(first, sha256=digest), *events[1:]]
