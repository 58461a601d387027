"""Positions that cannot be told apart by what lies ahead, made one: the same offer, and the same behind each move.

For policies, craft and endings only the way ahead counts, and most meters differ without making a difference. Merging
such positions from the endings upward is exact and leaves a graph several times smaller.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass, field

from taketwo.analysis.explore import Graph, Menu
from taketwo.scenario.model import Ending

STUCK = "stuck"
"""Stands for the name of an ending where a play stops because nothing is on offer."""


@dataclass(slots=True)
class Quotient:
    """The merged graph. Every move leads to a smaller number, so numbers downward are an order."""

    menus: list[Menu]
    endings: dict[str, Ending]
    menu: array[int] = field(default_factory=lambda: array("i"))
    """-1 where the play is over"""
    stop: dict[int, str] = field(default_factory=dict)
    """the ending's id, or `stuck`, where the play is over"""
    after: list[tuple[int, ...]] = field(default_factory=list)
    sample: array[int] = field(default_factory=lambda: array("i"))
    """a position of the graph that it stands for"""
    of: array[int] = field(default_factory=lambda: array("i"))
    """for each position of the graph its number here"""


def quotient(graph: Graph, order: array[int]) -> Quotient:
    """`graph`, which is complete and has no cycle, merged."""
    merged = Quotient(graph.menus, graph.machine.endings, of=array("i", bytes(4 * len(graph.positions))))
    known: dict[tuple[int, ...] | str, int] = {}
    of, menu_of, first, after, endings = merged.of, graph.menu, graph.first, graph.after, merged.endings
    ahead = of.__getitem__
    for i in reversed(order):
        menu = menu_of[i]
        key: tuple[int, ...] | str
        if menu < 0:
            node = graph.positions[i].node
            key = node if node in endings else STUCK
        else:
            key = (menu, *map(ahead, after[first[i] : first[i + 1]]))
        number = known.setdefault(key, len(known))
        of[i] = number
        if number == len(merged.menu):
            merged.menu.append(menu)
            merged.sample.append(i)
            if isinstance(key, str):
                merged.stop[number] = key
                merged.after.append(())
            else:
                merged.after.append(key[1:])
    return merged
