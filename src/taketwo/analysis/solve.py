"""What can still be reached from every position: the best and the worst outcome, with a line of play, and the curve.

Outcomes are compared by: no critical error ahead, then resolved, then CSAT; ties go to the least craft lost, then to
the fewest decisions. A value is one whole number, outcome * 2^52 + craft lost * 2^22 + decisions, so that comparing,
adding and keeping a million of them is cheap. Four tables make it exact: the best and the worst over all plays, the best
over plays without a critical error, and the worst over plays with one.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Literal, NamedTuple

from taketwo.analysis.explore import LIMIT, TICK, Graph, Menu, Tick, explore
from taketwo.analysis.order import components, loops, shortest_cycle, topological
from taketwo.analysis.policies import decent
from taketwo.analysis.quotient import Quotient, quotient
from taketwo.collector import without_collector
from taketwo.scenario.model import Ending, Scenario
from taketwo.take.machine import Move, Position

_LOST, _OUTCOME = 22, 52
_TOP = 11
"""the greatest outcome: 6 if resolved, plus CSAT 0 to 5"""
_NONE = 1 << 60
"""this much or more: no such play"""


class Outlook(NamedTuple):
    """The outcome of a play from some position on."""

    clean: bool
    """no critical error ahead"""
    resolved: bool
    csat: int
    """1 to 5; 0 where the take gets stuck"""
    lost: int
    """craft points given away ahead: the sum of hi - p"""
    decisions: int
    """moves ahead, silence included"""

    @property
    def key(self) -> tuple[bool, bool, int]:
        """What outcomes are compared by: greater is better."""
        return self[:3]


class Prospect(NamedTuple):
    """What lies ahead of a position. None: no ending can be reached, or it is not known (see `Solution.refused`)."""

    best: Outlook | None
    worst: Outlook | None
    curve: float | None
    """0 to 1: the chance of an acceptable ending without a critical error if a decent learner plays on"""


class Turn(NamedTuple):
    """One move of a line of play."""

    position: Position
    move: Move
    lost: int
    """craft points that it gives away"""


@dataclass(slots=True)
class Solution:
    """A solved scenario. Ask it about any position of a take, plain or not."""

    graph: Graph
    depth: int | None
    """decisions of the longest play; None with a cycle"""
    order: array[int] | None
    """positions with every move leading onward; None with a cycle"""
    cycle: tuple[Position, ...] = ()
    """a shortest cycle that was found, the first position not repeated"""
    best: array[int] = field(default_factory=lambda: array("q"))
    clean: array[int] = field(default_factory=lambda: array("q"))
    worst: array[int] = field(default_factory=lambda: array("q"))
    marred: array[int] = field(default_factory=lambda: array("q"))
    curve: array[float] | None = None
    _merged: Quotient | None = None

    def merged(self) -> Quotient:
        """The graph with positions made one that have the same ahead. Only where nothing is `refused`."""
        if self._merged is None:
            assert self.order is not None, self.refused
            self._merged = quotient(self.graph, self.order)
        return self._merged

    @property
    def refused(self) -> str:
        """Why there is no curve and no figure of a policy; empty where there is."""
        if self.cycle:
            names = " → ".join(p.node for p in (*self.cycle, self.cycle[0]))
            return f"it goes in a circle: {names}"
        if not self.graph.complete:
            return f"it has more than {len(self.graph.menu):,} positions; outcomes are bounds"
        return ""

    def at(self, position: Position) -> Prospect:
        """What lies ahead of `position`. Raises KeyError where it cannot be reached from the roots."""
        return self.prospect(self.number(position))

    def number(self, position: Position) -> int:
        """The index of `position` in the graph. Raises KeyError where it cannot be reached from the roots."""
        i = self.graph.find(position)
        if i is None:
            raise KeyError(position)
        return i

    def prospect(self, i: int) -> Prospect:
        """What lies ahead of position `i`."""
        best = _outlook(self.clean[i], True, False) or _outlook(self.best[i], False, False)
        worst = _outlook(self.marred[i], False, True) or _outlook(self.worst[i], True, True)
        return Prospect(best, worst, self.curve[i] if self.curve is not None else None)

    def line(
        self, position: Position, which: Literal["best", "worst"] = "best"
    ) -> tuple[list[Turn], Position]:
        """The best or the worst line of play from `position`, and where it ends. Raises KeyError as `at`."""
        graph, i, turns = self.graph, self.number(position), []
        free, bound = (self.best, self.clean) if which == "best" else (self.worst, self.marred)
        table = bound if bound[i] < _NONE else free
        while i < len(graph.menu) and graph.menu[i] >= 0 and table[i] < _NONE:
            menu, start = graph.menus[graph.menu[i]], graph.first[i]
            for k, (move, lost) in enumerate(zip(menu.moves, menu.lost(), strict=True)):
                j = graph.after[start + k]
                ahead = table
                if move.reply.critical and table is bound:
                    if which == "best":
                        continue
                    ahead = free
                if ahead[j] + (lost << _LOST) + 1 == table[i]:
                    break
            else:
                raise AssertionError("no move has the value of its position")
            turns.append(Turn(graph.positions[i], move, lost))
            i, table = j, ahead
        return turns, graph.positions[i]

    def hopeless(self) -> list[int]:
        """Positions without a way to an ending or a stop. Empty where the limit was met: it cannot be known then."""
        return [i for i, value in enumerate(self.best) if value >= _NONE] if self.graph.complete else []


def _outlook(value: int, clean: bool, worst: bool) -> Outlook | None:
    if value >= _NONE:
        return None
    outcome = value >> _OUTCOME
    resolved, csat = divmod(outcome if worst else _TOP - outcome, 6)
    return Outlook(
        clean, bool(resolved), csat, value >> _LOST & (1 << _OUTCOME - _LOST) - 1, value & (1 << _LOST) - 1
    )


def solve(
    scenario: Scenario,
    roots: Iterable[Position] = (),
    *,
    limit: int = LIMIT,
    project: bool = True,
    tick: Tick | None = None,
) -> Solution:
    """Explore `scenario` and solve it."""
    with without_collector():
        return solved(explore(scenario, roots, limit=limit, project=project, tick=tick), tick)


def solved(graph: Graph, tick: Tick | None = None) -> Solution:
    """Outcomes from every position of `graph`; the curve too where it has no cycle and is complete."""
    ordered = topological(graph)
    menus = [_rates(menu) for menu in graph.menus]
    if ordered is None:
        solution = Solution(graph, None, None)
        _around(solution, menus)
        return solution
    order, depth = ordered
    rows = _backward(graph, order, menus, tick)
    best, clean, worst, marred = (array("q", map(itemgetter(column), rows)) for column in range(4))
    curve = array("d", map(itemgetter(4), rows)) if graph.complete else None
    return Solution(graph, depth, order, (), best, clean, worst, marred, curve)


_Rate = tuple[int, float, bool]
"""Of one move: what it costs, the chance that a decent learner makes it, whether it makes a critical error."""


def _rates(menu: Menu) -> list[_Rate]:
    """The moves of a menu; a decent learner is never silent."""
    chances = decent.chances(menu)
    chances += [0.0] * (len(menu.moves) - len(chances))
    costs = [(lost << _LOST) + 1 for lost in menu.lost()]
    return [(c, w, bool(m.reply.critical)) for c, w, m in zip(costs, chances, menu.moves, strict=True)]


def _value(ending: Ending | None) -> int:
    return 6 * ending.resolved + ending.csat if ending else 0


Row = tuple[int, int, int, int, float]
"""Of one position: best, clean, worst, marred, curve. While solving they lie together, for they are read together."""
_UNKNOWN: Row = (_NONE, _NONE, _NONE, _NONE, 0.0)


def _stop(ending: Ending | None) -> Row:
    """The row of a position where the play is over; no ending: stuck."""
    value = _value(ending) << _OUTCOME
    least = (_TOP << _OUTCOME) - value
    return (least, least, value, _NONE, float(ending is not None and ending.acceptable))


def _backward(graph: Graph, order: array[int], menus: list[list[_Rate]], tick: Tick | None) -> list[Row]:
    """All rows, each position after all that its moves lead to."""
    menu_of, first, after, positions = graph.menu, graph.first, graph.after, graph.positions
    opened = len(menu_of)
    stuck, stops = _stop(None), {name: _stop(ending) for name, ending in graph.machine.endings.items()}
    rows = [_UNKNOWN] * len(positions)
    for done, i in enumerate(reversed(order)):
        if tick and not done % TICK:
            tick("solving", done, len(order))
        if i >= opened:
            continue
        if menu_of[i] < 0:
            rows[i] = stops.get(positions[i].node, stuck)
            continue
        best = clean = worst = marred = _NONE
        curve, edge = 0.0, first[i]
        for cost, chance, critical in menus[menu_of[i]]:
            to_best, to_clean, to_worst, to_marred, hope = rows[after[edge]]
            edge += 1
            to_best += cost
            to_worst += cost
            if to_best < best:
                best = to_best
            if to_worst < worst:
                worst = to_worst
            if critical:
                if to_worst < marred:
                    marred = to_worst
                continue
            to_clean += cost
            to_marred += cost
            if to_clean < clean:
                clean = to_clean
            if to_marred < marred:
                marred = to_marred
            curve += hope * chance
        rows[i] = (best, clean, worst, marred, curve)
    return rows


def _around(solution: Solution, menus: list[list[_Rate]]) -> None:
    """Outcomes where plays can go round: by components, and within one by the cheapest way out of it."""
    graph, endings = solution.graph, solution.graph.machine.endings
    for table in (solution.best, solution.clean, solution.worst, solution.marred):
        table.frombytes(array("q", [_NONE]).tobytes() * len(graph.positions))
    for i, menu in enumerate(graph.menu):
        if menu < 0:
            stop = _stop(endings.get(graph.positions[i].node))
            solution.best[i], solution.clean[i], solution.worst[i] = stop[:3]
    for component in components(graph):
        if loops(graph, component):
            cycle = shortest_cycle(graph, component)
            if not solution.cycle or len(cycle) < len(solution.cycle):
                solution.cycle = tuple(graph.positions[i] for i in cycle)
        for table, free in (
            (solution.best, None),
            (solution.worst, None),
            (solution.clean, solution.clean),
            (solution.marred, solution.worst),
        ):
            _settle(graph, component, table, free, menus)


def _settle(
    graph: Graph, component: list[int], table: array[int], free: array[int] | None, menus: list[list[_Rate]]
) -> None:
    """Cheapest values within `component` (Dijkstra against the moves).

    Critical moves: as any other where `free` is None; never where it is `table`; else they read from `free`.
    """
    within = set(component)
    back: dict[int, list[tuple[int, int]]] = {}
    for i in component:
        if i >= len(graph.menu) or graph.menu[i] < 0:
            continue
        for (_, j), (cost, _, critical) in zip(graph.moves(i), menus[graph.menu[i]], strict=True):
            if free is not None and critical:
                if free is not table:
                    table[i] = min(table[i], free[j] + cost)
            elif j in within:
                back.setdefault(j, []).append((i, cost))
            else:
                table[i] = min(table[i], table[j] + cost)
    heap = [(table[i], i) for i in component if table[i] < _NONE]
    heapq.heapify(heap)
    while heap:
        value, j = heapq.heappop(heap)
        if value == table[j]:
            for i, cost in back.get(j, ()):
                if value + cost < table[i]:
                    table[i] = value + cost
                    heapq.heappush(heap, (value + cost, i))
