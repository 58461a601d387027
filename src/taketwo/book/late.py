"""Consequences that come late: what a learner says early, and where the scene calls it in.

Found by asking twice: a flag is called in at a position where the customer's line, the offer or a way on would be
another one without it.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from taketwo.analysis.explore import Graph
from taketwo.scenario.model import ALWAYS, Condition, Node
from taketwo.take.machine import Move, Position

FAR = 3
"""decisions between the two from which on a consequence is called late"""
How = Literal["says", "offers", "leads"]
_ORDER: tuple[How, ...] = ("says", "leads", "offers")


@dataclass(frozen=True, slots=True)
class Late:
    """A flag set at one decision and called in at a later one, on a shortest play that has both."""

    flag: str
    set_at: Position
    by: Move
    number: int
    """of the decision that sets it"""
    read_at: Position
    later: int
    """of the decision at which it is called in"""
    how: How
    without: Position
    """`read_at` as it would be without the flag"""
    way: Move | None = None
    """for "leads": the reply that leads elsewhere because of it; for "offers": the one that comes or goes"""

    @property
    def gap(self) -> int:
        return self.later - self.number


def latest(graph: Graph) -> Late | None:
    """The flag that is called in latest after it was set. Rather one that is heard in the customer's line.

    None where no flag changes anything.
    """
    return max(_every(graph), key=_rank, default=None)


def _rank(late: Late) -> tuple[bool, int, int, int]:
    return late.gap >= FAR, -_ORDER.index(late.how), late.gap, -late.number


def _every(graph: Graph) -> Iterator[Late]:
    depths = depths_of(graph)
    for index, flag in enumerate(graph.machine.flags):
        bit = 1 << index
        readers = {node.id for node in graph.scenario.nodes.values() if flag in _asked(node)}
        for i, move, j in _settings(graph, depths, bit):
            yield from _read(graph, flag, bit, readers, i, move, j, depths[i] + 1)


def depths_of(graph: Graph) -> dict[int, int]:
    """For each position how many decisions lead to it from the start, at least, the nearest first.

    Those that a sequel reaches after another past alone are not among them.
    """
    depths, queue = {graph.roots[0]: 0}, deque(graph.roots[:1])
    while queue:
        i = queue.popleft()
        for _, j in graph.moves(i):
            if j not in depths:
                depths[j] = depths[i] + 1
                queue.append(j)
    return depths


def _settings(graph: Graph, depths: dict[int, int], bit: int) -> Iterator[tuple[int, Move, int]]:
    """Each reply that sets the flag, where it first can: position, move, position after."""
    known: set[int] = set()
    for i in depths:
        for move, j in graph.moves(i):
            sets = move.sets & bit and not graph.positions[i].flags & bit and graph.positions[j].flags & bit
            if sets and move.reply.say and id(move) not in known:
                known.add(id(move))
                yield i, move, j


def _read(
    graph: Graph, flag: str, bit: int, readers: set[str], i: int, by: Move, j: int, number: int
) -> Iterator[Late]:
    """Where the flag that `by` set is called in: of each node the nearest position."""
    left, seen, queue = set(readers), {j}, deque([(j, number + 1)])
    while queue and left:
        here, later = queue.popleft()
        position = graph.positions[here]
        if not position.flags & bit:
            continue
        if position.node in left and (found := _difference(graph, position, bit)):
            left.discard(position.node)
            how, way = found
            without = position._replace(flags=position.flags ^ bit)
            yield Late(flag, graph.positions[i], by, number, position, later, how, without, way)
        for _, after in graph.moves(here):
            if after not in seen:
                seen.add(after)
                queue.append((after, later + 1))


def _difference(graph: Graph, here: Position, bit: int) -> tuple[How, Move | None] | None:
    """What would be another without the flag, the customer's line before all."""
    m, without = graph.machine, here._replace(flags=here.flags ^ bit)
    mine, other = m.entry(here), m.entry(without)
    if mine and other and mine[0] != other[0]:
        return "says", None
    offered, else_offered = m.offered(here), m.offered(without)
    for move in offered:
        if move not in else_offered:
            return "offers", move
        if m.step(here, move).node != m.step(without, move).node:
            return "leads", move
    return next((("offers", move) for move in else_offered if move not in offered), None)


def _asked(node: Node) -> set[str]:
    """Names in the conditions of a node."""
    conditions: list[Condition] = [line.when for line in node.says]
    for move in node.moves():
        conditions += [move.when, *(way.when for way in move.goto)]
    return {
        test.name for condition in conditions if condition != ALWAYS for tests in condition for test in tests
    }
