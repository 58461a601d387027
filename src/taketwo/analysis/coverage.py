"""What is ever reached, by position and not only by graph: nodes, replies, line variants, interrupts, endings."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from taketwo.analysis.explore import Graph

Part = tuple[str, ...]
"""Where something stands in the scenario: (node,), (node, reply), (node, number of the `says` entry from 1), (ending,)."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How many of a kind are reached, and which are not."""

    kind: str
    """nodes, replies, lines, interrupts or endings"""
    total: int
    missed: tuple[Part, ...]

    @property
    def reached(self) -> int:
        return self.total - len(self.missed)

    def names(self) -> list[str]:
        """What is missed, as an author finds it: `node/reply`, `node: line 2`."""
        if self.kind == "lines":
            return [f"{node}: line {number}" for node, number in self.missed]
        return ["/".join(part) for part in self.missed]


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the positions of a graph reach. Of a graph that is not complete, what is missed may yet be there."""

    nodes: Reach
    replies: Reach
    lines: Reach
    interrupts: Reach
    endings: Reach

    def all(self) -> tuple[Reach, ...]:
        return (self.nodes, self.replies, self.lines, self.interrupts, self.endings)


def coverage(graph: Graph) -> Coverage:
    """What is reached from any root of `graph`."""
    scenario = graph.scenario
    places = {position.node for position in graph.positions}
    said = {(menu.node, move.reply.id) for menu in graph.menus for move in menu.replies}
    nodes = scenario.nodes.values()
    return Coverage(
        _reach("nodes", ((name,) for name in scenario.nodes), {(name,) for name in places}),
        _reach("replies", ((node.id, reply.id) for node in nodes for reply in node.replies), said),
        _reach(
            "lines", ((n.id, str(k)) for n in nodes for k in range(1, len(n.says) + 1)), _lines(graph, places)
        ),
        _reach(
            "interrupts", ((name,) for name in scenario.interrupts), {(name,) for name in graph.interrupts}
        ),
        _reach("endings", ((name,) for name in scenario.endings), {(name,) for name in places}),
    )


def _reach(
    kind: str, parts: Iterable[Part], met: set[Part] | set[tuple[str, str]] | set[tuple[str]]
) -> Reach:
    every = list(parts)
    return Reach(kind, len(every), tuple(part for part in every if part not in met))


def _lines(graph: Graph, places: set[str]) -> set[Part]:
    """(node, number) of every `says` entry that some position speaks."""
    nodes = graph.scenario.nodes
    wanted = {name: len(nodes[name].says) for name in places if name in nodes}
    met: set[Part] = {(name, "1") for name, lines in wanted.items() if lines == 1}
    left = {name: lines for name, lines in wanted.items() if lines > 1}
    for position in graph.positions:
        if not left:
            break
        if position.node in left and (entry := graph.machine.entry(position)):
            part = (position.node, str(entry[0] + 1))
            if part not in met:
                met.add(part)
                left[position.node] -= 1
                if not left[position.node]:
                    del left[position.node]
    return met


def sensible_endings(graph: Graph) -> set[str]:
    """Endings that plays from a start of its own reach which never choose a reply below the median points, nor silence."""
    allowed = [[k for k, p in enumerate(menu.points) if p >= median(menu.points)] for menu in graph.menus]
    seen = bytearray(len(graph.positions))
    stack = list(dict.fromkeys(graph.roots[: graph.starts]))
    for root in stack:
        seen[root] = 1
    found = set()
    while stack:
        i = stack.pop()
        number = graph.menu[i] if i < len(graph.menu) else -1
        if number < 0:
            found.add(graph.positions[i].node)
            continue
        for k in allowed[number]:
            j = graph.after[graph.first[i] + k]
            if not seen[j]:
                seen[j] = 1
                stack.append(j)
    return found & set(graph.machine.endings)
