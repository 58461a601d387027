"""Where the boxes of a picture go: layers from top to bottom, few crossings, lines around the boxes.

igraph orders the boxes within the layers (Sugiyama's method); it is asked only when a drawing is wanted. Long
lines are given a bend in each layer that they pass before igraph sees them: igraph 1.0 mixes up the bends of
its own when a graph falls into parts, and its boxes have no widths. Its result hangs on the order in which it
is told of the boxes, so it is asked a few times, always in the same orders, and the one with the fewest
crossings is kept.
"""

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from taketwo.graph.order import Links, reading_order

LAYER_GAP = 70.0
BOX_GAP = 30.0
BEND_GAP = 18.0
TRIES = 32
MOST = 6_000
"""boxes and bends; more are no picture that a person can read"""

Point = tuple[float, float]
Vertex = str | tuple[int, int]
"""a box, or the bend of a line (its number) in a layer"""


class CannotDraw(Exception):
    """The picture cannot be laid out; the message says why, and what helps."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Middle of the upper edge of each box; for each line its bends from the upper to the lower box."""

    boxes: dict[str, Point]
    bends: dict[tuple[str, str], tuple[Point, ...]]
    back: frozenset[tuple[str, str]]
    """lines that go upwards; their bends are given from the upper box all the same"""
    width: float
    height: float


def lay_out(
    sizes: dict[str, tuple[float, float]], links: Links, start: str, layer_gap: float = LAYER_GAP
) -> Layout:
    """Places for boxes of these `sizes` (width, height), layers `layer_gap` apart. Links of a box to itself are passed over. Raises
    CannotDraw."""
    order, back = reading_order(links, [start, *sizes])
    lines = list(
        dict.fromkeys(
            (to, key) if (key, to) in back else (key, to) for key in order for to in links[key] if to != key
        )
    )
    layer = _layers(order, lines, start)
    if sum(layer[to] - layer[key] for key, to in lines) + len(sizes) > MOST:
        raise CannotDraw(
            "This scenario is too large to be drawn. `--format dot` leaves the drawing to Graphviz."
        )
    grid = _Grid(sizes, lines, layer)
    ranks = grid.ordered()
    across = grid.placed(ranks)
    down = grid.heights(ranks, layer_gap)
    least = min((x - grid.width(v) / 2 for v, x in across.items()), default=0.0)
    most = max((x + grid.width(v) / 2 for v, x in across.items()), default=0.0)
    tall = [max((sizes[v][1] for v in row if isinstance(v, str)), default=0.0) for row in ranks]
    bends = {
        line: tuple(
            point
            for bend in chain[1:-1]
            for x, y in [(across[bend] - least, down[grid.layer[bend]])]
            for point in ((x, y), (x, y + tall[grid.layer[bend]]))
        )
        for line, chain in zip(lines, grid.chains, strict=True)
    }
    return Layout(
        {key: (across[key] - least, down[layer[key]]) for key in sizes},
        bends,
        frozenset(back),
        most - least,
        (down[-1] + tall[-1]) if down else 0.0,
    )


def _layers(order: Sequence[str], lines: Iterable[tuple[str, str]], start: str) -> dict[str, int]:
    """The longest way from the top to each box; what nothing leads to stands just above what it leads to."""
    after: dict[str, list[str]] = {}
    before: set[str] = set()
    for key, to in lines:
        after.setdefault(key, []).append(to)
        before.add(to)
    layer = dict.fromkeys(order, 0)
    for key in _topological(order, after):
        for to in after.get(key, ()):
            layer[to] = max(layer[to], layer[key] + 1)
    for key in order:
        if key not in before and key != start and key in after:
            layer[key] = min(layer[to] for to in after[key]) - 1
    return layer


def _topological(order: Sequence[str], after: dict[str, list[str]]) -> Iterator[str]:
    """Every box after all that lead to it; those that go back have been turned round."""
    waiting = dict.fromkeys(order, 0)
    for ways in after.values():
        for to in ways:
            waiting[to] += 1
    free = [key for key in order if not waiting[key]]
    while free:
        key = free.pop()
        yield key
        for to in after.get(key, ()):
            waiting[to] -= 1
            if not waiting[to]:
                free.append(to)


class _Grid:
    """Boxes and bends in layers, joined by lines that each span one layer."""

    def __init__(
        self,
        sizes: dict[str, tuple[float, float]],
        lines: Sequence[tuple[str, str]],
        layer: dict[str, int],
    ) -> None:
        self.sizes = sizes
        self.layer: dict[Vertex, int] = {}
        self.layer.update(layer.items())
        self.chains: list[list[Vertex]] = []
        for number, (key, to) in enumerate(lines):
            bends: list[Vertex] = [(number, level) for level in range(layer[key] + 1, layer[to])]
            self.layer |= {bend: layer[key] + 1 + index for index, bend in enumerate(bends)}
            self.chains.append([key, *bends, to])
        self.joins = [join for chain in self.chains for join in pairwise(chain)]

    def width(self, vertex: Vertex) -> float:
        return self.sizes[vertex][0] if isinstance(vertex, str) else 0.0

    # --- which stands left of which

    def ordered(self) -> list[list[Vertex]]:
        """The vertices of each layer from left to right, with few crossings."""
        names = list(self.layer)
        best: list[list[Vertex]] = []
        fewest = -1
        for attempt in range(max(1, min(TRIES, 20_000 // max(1, len(names))))):
            if attempt:
                names.sort(key=lambda v: blake2b(f"{attempt} {v}".encode(), digest_size=8).digest())
            ranks = self._asked(names)
            crossings = self._crossings(ranks)
            if fewest < 0 or crossings < fewest:
                best, fewest = ranks, crossings
            if not fewest:
                break
        return best

    def _asked(self, names: Sequence[Vertex]) -> list[list[Vertex]]:
        try:
            from igraph import Graph
        except ImportError:
            raise CannotDraw(
                "SVG needs the library igraph, which is not installed. Install it with "
                "`pip install igraph`, or Take Two with `taketwo[graph]`. The other formats need nothing."
            ) from None
        number = {vertex: index for index, vertex in enumerate(names)}
        graph = Graph(len(names), [(number[a], number[b]) for a, b in self.joins], directed=True)
        found = graph.layout_sugiyama(layers=[self.layer[vertex] for vertex in names], maxiter=200)
        ranks: list[list[Vertex]] = [[] for _ in range(max(self.layer.values(), default=-1) + 1)]
        for vertex in sorted(names, key=lambda v: (float(found[number[v]][0]), number[v])):
            ranks[self.layer[vertex]].append(vertex)
        return ranks

    def _crossings(self, ranks: Sequence[Sequence[Vertex]]) -> int:
        rank = {vertex: index for row in ranks for index, vertex in enumerate(row)}
        rows: dict[int, list[tuple[int, int]]] = {}
        for upper, lower in self.joins:
            rows.setdefault(self.layer[upper], []).append((rank[upper], rank[lower]))
        found = 0
        for joins in rows.values():
            seen: list[int] = []
            for _, end in sorted(joins, key=lambda join: (join[0], -join[1])):
                found += bisect_left(seen, -end)
                insort(seen, -end)
        return found

    # --- where exactly

    def placed(self, ranks: Sequence[Sequence[Vertex]]) -> dict[Vertex, float]:
        """The middle of each vertex: near what it is joined to, without changing who stands left of whom."""
        joined: dict[Vertex, list[Vertex]] = {vertex: [] for vertex in self.layer}
        for upper, lower in self.joins:
            joined[upper].append(lower)
            joined[lower].append(upper)
        across = {vertex: 0.0 for row in ranks for vertex in row}
        for sweep in range(24):
            for row in ranks if sweep % 2 else reversed(ranks):
                aims, weights = [], []
                for vertex in row:
                    pulls = [
                        (across[other], 1.0 if isinstance(other, str) or isinstance(vertex, str) else 4.0)
                        for other in joined[vertex]
                    ] or [(across[vertex], 1.0)]
                    weight = sum(pull for _, pull in pulls)
                    aims.append(sum(x * pull for x, pull in pulls) / weight)
                    weights.append(weight)
                across |= zip(row, _spread(aims, weights, self._gaps(row)), strict=True)
        return across

    def _gaps(self, row: Sequence[Vertex]) -> list[float]:
        return [
            (self.width(left) + self.width(right)) / 2
            + (BOX_GAP if isinstance(left, str) and isinstance(right, str) else BEND_GAP)
            for left, right in pairwise(row)
        ]

    def heights(self, ranks: Sequence[Sequence[Vertex]], layer_gap: float) -> list[float]:
        """The upper edge of each layer."""
        tops, y = [], 0.0
        for row in ranks:
            tops.append(y)
            y += max((self.sizes[v][1] for v in row if isinstance(v, str)), default=0.0) + layer_gap
        return tops


def _spread(aims: Sequence[float], weights: Sequence[float], gaps: Sequence[float]) -> list[float]:
    """The places nearest to `aims`, by least squares, that keep the order and the `gaps`: neighbours who are
    too near stand together and share the middle of their aims."""
    shift = [0.0]
    for gap in gaps:
        shift.append(shift[-1] + gap)
    groups: list[tuple[float, float, int]] = []
    for aim, weight, by in zip(aims, weights, shift, strict=True):
        mean, heavy, many = aim - by, weight, 1
        while groups and groups[-1][0] > mean:
            other, other_weight, other_many = groups.pop()
            mean = (mean * heavy + other * other_weight) / (heavy + other_weight)
            heavy, many = heavy + other_weight, many + other_many
        groups.append((mean, heavy, many))
    places = [mean for mean, _, many in groups for _ in range(many)]
    return [place + by for place, by in zip(places, shift, strict=True)]
