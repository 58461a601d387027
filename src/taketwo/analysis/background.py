"""Solving a scenario while somebody plays it, so that the review is there when the take is over.

It runs in a thread; the keyboard comes first. Whoever waits for the interpreter meanwhile gets it after a third of a
millisecond instead of five, for a key wakes several threads one after the other. A scenario that turns out to be too
large, or goes in circles, is played all the same: there is then no curve.
"""

import sys
import threading
from weakref import WeakKeyDictionary

from taketwo.analysis.measures import MOST_POSITIONS
from taketwo.analysis.solve import Solution, solve
from taketwo.scenario.model import Scenario

LIMIT = MOST_POSITIONS
"""positions solved beside a take: as many as a scene may have; `taketwo analyse` goes further"""
SWITCH = 0.0003
"""seconds after which a thread that computes lets others in; while solving, and ever after: it costs nothing then"""


class Solving:
    """One scenario being solved."""

    def __init__(self, scenario: Scenario) -> None:
        sys.setswitchinterval(SWITCH)
        self._scenario = scenario
        self._solution: Solution | None = None
        self._stop = False
        self._thread = threading.Thread(target=self._run, name=f"solve {scenario.id}", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            self._solution = solve(self._scenario, limit=LIMIT, tick=self._tick)
        except _Stopped:
            return

    def _tick(self, what: str, done: int, all: int) -> None:
        if self._stop:
            raise _Stopped

    def result(self, seconds: float | None = None) -> Solution | None:
        """The solution; None where it is not there after `seconds` (None waits for it)."""
        self._thread.join(seconds)
        return self._solution

    def stop(self) -> None:
        """Give up at the next tick."""
        self._stop = True


class _Stopped(Exception):
    pass


_started: "WeakKeyDictionary[Scenario, Solving]" = WeakKeyDictionary()


def solving(scenario: Scenario) -> Solving:
    """The solving of `scenario`, begun on first use."""
    found = _started.get(scenario)
    if found is None:
        found = _started[scenario] = Solving(scenario)
    return found
