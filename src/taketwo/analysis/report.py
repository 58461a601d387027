"""One scenario analysed: everything that `taketwo analyse` and `check` say about it, as plain values."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from math import fsum
from typing import Literal

from taketwo.analysis.coverage import Coverage, coverage, sensible_endings
from taketwo.analysis.explore import LIMIT, Graph, Tick
from taketwo.analysis.figures import Figures, Spread, figures
from taketwo.analysis.measures import Measure, Tell, from_start, measures, tells
from taketwo.analysis.passing import Passes, passes
from taketwo.analysis.policies import POLICIES
from taketwo.analysis.solve import Solution, solve
from taketwo.scenario.model import SILENCE, Scenario
from taketwo.take.machine import Move, Position

BANDS = 20
"""bands of craft in a report"""
ANALYSIS_VERSION = 4
"""Raised when anything that is kept on disk would come out differently."""


@dataclass(frozen=True, slots=True)
class Said:
    """One move of a line of play. `reply` is an id, or "." for silence, which has no text."""

    node: str
    reply: str
    text: str
    lost: int
    """craft points given away"""
    critical: str


@dataclass(frozen=True, slots=True)
class Play:
    """A line of play from the start to `end`, an ending's id or the node where it gets stuck."""

    moves: tuple[Said, ...]
    end: str
    csat: int
    """0 where it gets stuck"""
    resolved: bool
    lost: int


@dataclass(frozen=True, slots=True)
class AfterPast:
    """What the plays of a sequel come to after one of its possible pasts."""

    flags: tuple[str, ...]
    """that this past sets; none: words for that are left to whoever shows it"""
    curve: float | None
    best: Play | None
    policies: tuple[Figures, ...]
    measures: tuple[Measure, ...]


@dataclass(frozen=True, slots=True)
class Report:
    """What the analysis knows of a scenario."""

    id: str
    title: str
    positions: int
    complete: bool
    """False: over the limit; outcomes are bounds"""
    depth: int | None
    """decisions of the longest play; None with a cycle"""
    cycle: tuple[str, ...]
    """nodes of a cycle, the first not repeated"""
    refused: str
    """why there are no figures of policies; empty where there are"""
    curve: float | None
    """at the start"""
    best: Play | None
    worst: Play | None
    shortest_pass: Play | None
    stuck: tuple[Play, ...]
    """ways to positions that offer nothing, at most ten"""
    hopeless: tuple[Play, ...]
    """ways to positions from which no ending can be reached, at most ten"""
    policies: tuple[Figures, ...]
    """with `spread` in bands: craft rounded down to twentieths, for the exact one has thousands of rows"""
    coverage: Coverage
    measures: tuple[Measure, ...]
    tells: tuple[Tell, ...]
    pasts: tuple[AfterPast, ...]
    """of a sequel: every past but the one that the rest speaks of"""
    seconds: float
    """time that it took when it was made"""
    cached: bool = False
    """made before, and read from the disk"""


def analyse(scenario: Scenario, *, limit: int = LIMIT, tick: Tick | None = None) -> Report:
    """Explore, solve and measure `scenario` from its start."""
    return report(lambda: solve(scenario, limit=limit, tick=tick), tick)


def report(solving: Callable[[], Solution], tick: Tick | None = None) -> Report:
    """Everything about what `solving` solves; its time counts."""
    begun = time.perf_counter()
    solution = solving()
    graph = solution.graph
    refused = solution.refused
    played = _played(solution, graph.roots[0], tick)
    lines = None if refused else passes(solution, graph.roots[0])
    reach = coverage(graph)
    start = graph.positions[graph.roots[0]]
    ahead = solution.at(start)
    return Report(
        graph.scenario.id,
        graph.scenario.title,
        len(graph.positions),
        graph.complete,
        solution.depth,
        tuple(position.node for position in solution.cycle),
        refused,
        ahead.curve,
        _line(solution, start, "best") if ahead.best else None,
        _line(solution, start, "worst") if ahead.worst else None,
        _shortest(graph, lines),
        tuple(_way(graph, i) for i in graph.stuck()[:10]),
        tuple(_way(graph, i) for i in solution.hopeless()[:10]),
        tuple(played),
        reach,
        measures(solution, reach, played, lines, sensible_endings(graph)),
        tells(solution),
        tuple(
            _after_past(solution, graph.machine.flag_names(past), root, tick)
            for past, root in zip(graph.machine.pasts(), graph.roots[1 : graph.starts], strict=True)
        ),
        time.perf_counter() - begun,
    )


def _played(solution: Solution, root: int, tick: Tick | None) -> list[Figures]:
    """The figures of every policy from the position `root`; none where they are refused."""
    played: list[Figures] = []
    for done, policy in enumerate(() if solution.refused else POLICIES):
        if tick:
            tick("playing by policies", done, len(POLICIES))
        mine = figures(solution, policy, root)
        played.append(replace(mine, spread=_banded(mine.spread)))
    return played


def _after_past(solution: Solution, flags: tuple[str, ...], root: int, tick: Tick | None) -> AfterPast:
    graph = solution.graph
    start = graph.positions[root]
    ahead, played = solution.at(start), _played(solution, root, tick)
    lines = None if solution.refused else passes(solution, root)
    return AfterPast(
        flags,
        ahead.curve,
        _line(solution, start, "best") if ahead.best else None,
        tuple(played),
        tuple(from_start(solution, root, played, lines)),
    )


def _banded(spread: Spread) -> Spread:
    bands: dict[tuple[int, int], list[float]] = {}
    for earned, stake, chance in spread:
        band = (BANDS * earned // stake, BANDS) if stake else (0, 0)
        bands.setdefault(band, []).append(chance)
    return tuple((earned, stake, fsum(chances)) for (earned, stake), chances in bands.items())


def _line(solution: Solution, start: Position, which: Literal["best", "worst"]) -> Play:
    turns, end = solution.line(start, which)
    return _play(solution.graph, ((turn.position, turn.move) for turn in turns), end.node)


def _shortest(graph: Graph, lines: Passes | None) -> Play | None:
    if lines is None or not lines.line:
        return None
    position, move = lines.line[-1]
    return _play(graph, lines.line, graph.machine.step(position, move).node)


def _way(graph: Graph, i: int) -> Play:
    return _play(graph, ((graph.positions[at], move) for at, move in graph.path(i)), graph.positions[i].node)


def _play(graph: Graph, moves: Iterable[tuple[Position, Move]], end: str) -> Play:
    said = []
    for position, move in moves:
        points = [each.offer.total for each in graph.machine.offered(position)]
        silent = move.reply.id == SILENCE
        lost = max(points) - (min(points) if silent else move.offer.total)
        text = move.reply.say[0] if move.reply.say else ""
        said.append(Said(position.node, move.reply.id, text, lost, move.reply.critical))
    ending = graph.scenario.endings.get(end)
    csat, resolved = (ending.csat, ending.resolved) if ending else (0, False)
    return Play(tuple(said), end, csat, resolved, sum(move.lost for move in said))
