"""The order of a graph: by topology where it has no cycle; else its cycles, condensed, and one of them shown."""

from __future__ import annotations

from array import array
from collections import deque

from taketwo.analysis.explore import Graph


def topological(graph: Graph) -> tuple[array[int], int] | None:
    """Positions with every move leading onward, and the depth: decisions of the longest play. None if there is a cycle."""
    first, after, count = graph.first, graph.after, len(graph.positions)
    waits = [0] * count
    for j in after:
        waits[j] += 1
    order = array("i", (i for i in range(count) if not waits[i]))
    opened = len(graph.menu)
    level_start, depth = 0, -1
    while level_start < len(order):
        level_end = len(order)
        depth += 1
        for i in order[level_start:level_end]:
            if i < opened:
                for j in after[first[i] : first[i + 1]]:
                    left = waits[j] - 1
                    waits[j] = left
                    if not left:
                        order.append(j)
        level_start = level_end
    return (order, depth) if len(order) == count else None


def components(graph: Graph) -> list[list[int]]:
    """Strongly connected components, each before those that lead to it (Tarjan, without recursion)."""
    first, after, opened = graph.first, graph.after, len(graph.menu)
    count = len(graph.positions)
    number, low = array("i", bytes(4 * count)), array("i", bytes(4 * count))
    on_stack = bytearray(count)
    found: list[list[int]] = []
    stack: list[int] = []
    seen = 0
    for root in range(count):
        if number[root]:
            continue
        work = [(root, first[root] if root < opened else 0)]
        while work:
            i, edge = work.pop()
            if not number[i]:
                seen += 1
                number[i] = low[i] = seen
                stack.append(i)
                on_stack[i] = 1
            stop = first[i + 1] if i < opened else 0
            while edge < stop:
                j = after[edge]
                edge += 1
                if not number[j]:
                    work.append((i, edge - 1))
                    work.append((j, first[j] if j < opened else 0))
                    break
                if on_stack[j]:
                    low[i] = min(low[i], low[j])
            else:
                if low[i] == number[i]:
                    members: list[int] = []
                    while not members or members[-1] != i:
                        members.append(stack.pop())
                        on_stack[members[-1]] = 0
                    found.append(members)
    return found


def loops(graph: Graph, component: list[int]) -> bool:
    """Whether a play can go round in `component`."""
    i = component[0]
    return len(component) > 1 or any(j == i for _, j in graph.moves(i))


def shortest_cycle(graph: Graph, component: list[int]) -> list[int]:
    """Positions of a cycle within `component` through its position found first, the first not repeated."""
    start, within = min(component), set(component)
    before: dict[int, int] = {}
    waiting = deque([start])
    while waiting:
        i = waiting.popleft()
        for _, j in graph.moves(i):
            if j == start:
                path = [i]
                while path[-1] != start:
                    path.append(before[path[-1]])
                return path[::-1]
            if j in within and j not in before:
                before[j] = i
                waiting.append(j)
    raise AssertionError("a component without a cycle")
