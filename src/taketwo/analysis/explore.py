"""Every reachable position of a scenario, through the same `Machine.step` that a take runs on.

A graph is kept flat so that millions fit: positions in a list in the order found (breadth first), one number each
for its menu, and all successors in one array. Menus are shared: a policy is asked once a menu, never once a position.
"""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from taketwo.analysis.liveness import Keep
from taketwo.scenario.model import SILENCE, Scenario
from taketwo.take.machine import Machine, Move, Position, machine

LIMIT = 2_000_000
"""positions explored, unless a caller says otherwise"""
TICK = 1 << 13
"""positions between two calls of `tick`"""
Tick = Callable[[str, int, int], None]
"""Told now and then: what is being done, how many positions are done, of how many known. It may raise, to stop."""


@dataclass(frozen=True, slots=True, eq=False)
class Menu:
    """What is on offer at some positions of one node: replies in file order, then silence where the node has it."""

    node: str
    moves: tuple[Move, ...]
    points: tuple[int, ...]
    """p of each reply; silence has none"""

    @property
    def low(self) -> int:
        """The least p on offer."""
        return min(self.points)

    @property
    def high(self) -> int:
        """The greatest p on offer."""
        return max(self.points)

    @property
    def replies(self) -> tuple[Move, ...]:
        """The moves that say something."""
        return self.moves[: len(self.points)]

    def earned(self) -> list[int]:
        """Craft points that each move earns: p - lo; silence earns none."""
        low = self.low
        return [p - low for p in self.points] + [0] * (len(self.moves) - len(self.points))

    def lost(self) -> list[int]:
        """Craft points that each move gives away: hi - p; silence gives away hi - lo."""
        stake = self.high - self.low
        return [stake - earned for earned in self.earned()]


@dataclass(slots=True)
class Graph:
    """The positions that can be reached, in plain form (see `liveness.Keep`), and where each move leads.

    Position `i` has the moves `menus[menu[i]].moves`, and the k-th leads to `after[first[i] + k]`. An ending, a stuck
    position and one that was not opened for lack of room have the menu -1 and no moves.
    """

    machine: Machine
    keep: Keep
    positions: list[Position] = field(default_factory=list)
    index: dict[Position, int] = field(default_factory=dict)
    roots: tuple[int, ...] = ()
    """indexes of the start, of the starts after other pasts (for a sequel), and of the extra roots, in that order"""
    starts: int = 1
    """as many of the roots are the scenario's own"""
    menus: list[Menu] = field(default_factory=list)
    menu: array[int] = field(default_factory=lambda: array("i"))
    first: array[int] = field(default_factory=lambda: array("i", [0]))
    after: array[int] = field(default_factory=lambda: array("i"))
    came: array[int] = field(default_factory=lambda: array("i"))
    """for each position the edge (index into `after`) that found it first; -1 for a root"""
    interrupts: set[str] = field(default_factory=set)
    """ids of the interrupts that fire somewhere"""
    complete: bool = True
    """False where the limit was met: what is computed from the graph is then a bound"""

    @property
    def scenario(self) -> Scenario:
        return self.machine.scenario

    def find(self, position: Position) -> int | None:
        """The index of `position`, plain or not; None where it cannot be reached from the roots."""
        return self.index.get(self.keep.plain(position))

    def open(self, i: int) -> bool:
        """Whether position `i` was left unexplored for lack of room."""
        return not self.complete and i >= len(self.menu)

    def moves(self, i: int) -> Iterator[tuple[Move, int]]:
        """The moves at position `i`, each with the index of the position after it."""
        if i < len(self.menu) and self.menu[i] >= 0:
            yield from zip(
                self.menus[self.menu[i]].moves, self.after[self.first[i] : self.first[i + 1]], strict=True
            )

    def stuck(self) -> list[int]:
        """Positions that are no ending and offer nothing."""
        endings = self.machine.endings
        return [i for i, menu in enumerate(self.menu) if menu < 0 and self.positions[i].node not in endings]

    def path(self, i: int) -> list[tuple[int, Move]]:
        """A shortest way from a root to position `i`: positions with the move made there."""
        steps = []
        while (edge := self.came[i]) >= 0:
            before = bisect_right(self.first, edge) - 1
            steps.append((before, self.menus[self.menu[before]].moves[edge - self.first[before]]))
            i = before
        return steps[::-1]


def explore(
    scenario: Scenario,
    roots: Iterable[Position] = (),
    *,
    limit: int = LIMIT,
    project: bool = True,
    tick: Tick | None = None,
) -> Graph:
    """Every position that can be reached from the start, for a sequel after any past, and from `roots`, with silence.

    Once it knows more than `limit` positions it opens no more: the graph is then not `complete`. `project=False` keeps what nothing reads apart.
    """
    compiled = machine(scenario)
    keep = Keep(compiled, project=project)
    graph = Graph(compiled, keep)
    positions, index = graph.positions, graph.index
    own = (compiled.start(), *compiled.pasts())
    graph.starts = len(own)
    for root in (*own, *roots):
        plain = keep.plain(root)
        if plain not in index:
            index[plain] = len(positions)
            positions.append(plain)
            graph.came.append(-1)
        graph.roots += (index[plain],)
    _spread(graph, limit, tick)
    graph.interrupts.discard("")
    return graph


def _spread(graph: Graph, limit: int, tick: Tick | None) -> None:
    """Open every position in the order found, until none is left or the limit is met."""
    compiled, positions, index, after = graph.machine, graph.positions, graph.index, graph.after
    step, moves_of, interrupt, plain = compiled.step, compiled.moves, compiled.interrupt, graph.keep.plain
    full, single = graph.keep.full, graph.keep.single
    known, number, store, discover, came = (
        _Menus(graph.menus),
        index.setdefault,
        after.append,
        positions.append,
        graph.came.append,
    )
    interrupts, menu, first = bool(graph.scenario.interrupts), graph.menu.append, graph.first.append
    count = len(positions)
    nothing: tuple[tuple[Move, ...], int] = ((), -1)
    last: dict[str, tuple[tuple[Move, ...], int]] = {}
    for done, position in enumerate(positions):  # it grows meanwhile
        if tick and not done % TICK:
            tick("exploring", done, len(positions))
        if count > limit:
            graph.complete = False
            return
        moves = moves_of(position)
        spent = position.spent
        for move in moves:
            reached = step(position, move)
            node, _, _, now = reached
            if interrupts and now != spent:
                graph.interrupts.add(interrupt(position, reached))
            if node not in full:
                reached = single.get(node) or plain(reached)
            i = number(reached, count)
            if i == count:
                count += 1
                discover(reached)
                came(len(after))
            store(i)
        have = last.get(position.node, nothing)
        if have[0] != moves:
            have = last[position.node] = (moves, known.number(position.node, moves))
        menu(have[1])
        first(len(after))


class _Menus:
    """Numbers the menus met, each once."""

    def __init__(self, menus: list[Menu]) -> None:
        self._menus = menus
        self._number: dict[tuple[int, ...], int] = {(): -1}

    def number(self, node: str, moves: tuple[Move, ...]) -> int:
        key = tuple(map(id, moves))
        found = self._number.get(key)
        if found is None:
            found = self._number[key] = len(self._menus)
            points = tuple(move.offer.total for move in moves if move.reply.id != SILENCE)
            self._menus.append(Menu(node, moves, points))
        return found
