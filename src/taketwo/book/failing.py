"""The likeliest way to fail a scene, and the decision on it where the most is lost.

The learner is the decent one of the analysis: each reply with a weight of 2 to its points, never silent. A play fails
with a critical error or at an ending that is not acceptable.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass

from taketwo.analysis.policies import decent
from taketwo.analysis.solve import Solution
from taketwo.take.machine import Move, Position


@dataclass(frozen=True, slots=True)
class Loss:
    """One decision of a failing play: the chance of a good ending before and after it."""

    number: int
    position: Position
    move: Move
    before: float
    after: float

    @property
    def fall(self) -> float:
        return self.before - self.after


@dataclass(frozen=True, slots=True)
class Failing:
    """The failing play that is likelier than any other."""

    losses: tuple[Loss, ...]
    chance: float
    """of exactly this play"""
    end: str
    """an ending's id, or the node where it gets stuck"""

    @property
    def hinge(self) -> Loss:
        """Where the chance of a good ending falls most; the first of equals."""
        return max(self.losses, key=lambda loss: loss.fall)


def likeliest_failure(solution: Solution) -> Failing | None:
    """From the start of the scene; None where no play fails. Only where nothing is `refused`."""
    graph, order, curve = solution.graph, solution.order, solution.curve
    assert order is not None and curve is not None, solution.refused
    chances = [decent.chances(menu) for menu in graph.menus]
    failed, over = _tables(solution, chances)
    i, marred, losses = graph.roots[0], False, list[Loss]()
    whole = failed[i]
    if not whole:
        return None
    while graph.menu[i] >= 0:
        menu, best = graph.menus[graph.menu[i]], -1.0
        for k, (move, j) in enumerate(graph.moves(i)):
            if k == len(menu.points):
                break
            critical = marred or bool(move.reply.critical)
            if (chance := chances[graph.menu[i]][k] * (over if critical else failed)[j]) > best:
                best, step = chance, (move, j, critical)
        move, j, critical = step
        before = 0.0 if marred else curve[i]
        losses.append(Loss(len(losses) + 1, graph.positions[i], move, before, 0.0 if critical else curve[j]))
        i, marred = j, critical
    return Failing(tuple(losses), whole, graph.positions[i].node)


def _tables(solution: Solution, chances: list[list[float]]) -> tuple[array[float], array[float]]:
    """From each position the chance of the likeliest play that fails, and of the likeliest play at all."""
    graph, order = solution.graph, solution.order
    assert order is not None
    failed, over = (array("d", bytes(8 * len(graph.positions))) for _ in range(2))
    for i in reversed(order):
        if graph.menu[i] < 0:
            ending = graph.machine.endings.get(graph.positions[i].node)
            failed[i], over[i] = float(ending is None or not ending.acceptable), 1.0
            continue
        for chance, (move, j) in zip(chances[graph.menu[i]], graph.moves(i), strict=False):  # but silence
            failed[i] = max(failed[i], chance * (over if move.reply.critical else failed)[j])
            over[i] = max(over[i], chance * over[j])
    return failed, over
