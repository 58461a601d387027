"""The facilitator's page as data: what a session on a scene aims at, how long it takes, and what to ask.

Nothing here is an opinion: the turning point, the conflict of lessons and the late consequence are looked up in the
solved scene.
"""

from dataclasses import dataclass

from taketwo.analysis.explore import Menu
from taketwo.analysis.solve import Solution
from taketwo.book.failing import Failing, Loss, likeliest_failure
from taketwo.book.late import Late, depths_of, latest
from taketwo.take.machine import Machine, Move, Position

DEBRIEF, AGAIN = 2, 1
"""minutes of talk and of the second take for each minute of play"""


@dataclass(frozen=True, slots=True)
class Timing:
    """Minutes."""

    play: int
    debrief: int
    again: int

    @property
    def whole(self) -> int:
        return self.play + self.debrief + self.again


@dataclass(frozen=True, slots=True)
class Conflict:
    """A reply that does well by one lesson and badly by another."""

    position: Position
    move: Move
    serves: tuple[str, int]
    hurts: tuple[str, int]
    best: Move
    """the best on offer there"""


@dataclass(frozen=True, slots=True)
class Hinge:
    """The decision that turns the likeliest failing play."""

    loss: Loss
    failing: Failing
    best: Move
    """the best on offer there"""
    tempting: Move
    """of the replies below the best the one with the most points; of equals the one after which least is left"""
    left: float
    """the chance of a good ending after the tempting reply"""


@dataclass(frozen=True, slots=True)
class Guide:
    """What a facilitator needs. None: the scene has no such thing."""

    timing: Timing
    hinge: Hinge | None
    conflict: Conflict | None
    late: Late | None


def guide(solution: Solution) -> Guide:
    """The guide to a solved scene. Only where nothing is `refused`."""
    minutes = solution.graph.scenario.minutes
    failing = likeliest_failure(solution)
    hinge = _hinge(solution, failing) if failing else None
    return Guide(
        Timing(minutes, DEBRIEF * minutes, AGAIN * minutes),
        hinge,
        _conflict(solution, hinge),
        latest(solution.graph),
    )


def _hinge(solution: Solution, failing: Failing) -> Hinge | None:
    loss, m = failing.hinge, solution.graph.machine
    offered = m.offered(loss.position)
    best = _best(offered)
    below = [move for move in offered if move.offer.total < best.offer.total]
    if loss.fall <= 0 or not below:
        return None
    left = {move.reply.id: _left(solution, m, loss.position, move) for move in below}
    tempting = max(below, key=lambda move: (move.offer.total, -left[move.reply.id]))
    return Hinge(loss, failing, best, tempting, left[tempting.reply.id])


def _left(solution: Solution, m: Machine, here: Position, move: Move) -> float:
    """The chance of a good ending after `move`."""
    return 0.0 if move.reply.critical else solution.at(m.step(here, move)).curve or 0.0


def _best(offered: tuple[Move, ...]) -> Move:
    return max(offered, key=lambda move: move.offer.total)


def _conflict(solution: Solution, hinge: Hinge | None) -> Conflict | None:
    """The reply whose lessons pull apart most: the centre's before others, then by the weaker pull, then the nearest to
    the start. Rather not the one that the turning point is about."""
    graph = solution.graph
    centre = graph.scenario.centre
    first: dict[int, int] = {}
    for i in depths_of(graph):
        first.setdefault(graph.menu[i], i)
    found: list[tuple[tuple[bool, bool, int, int, int], Menu, Move]] = []
    for number, i in first.items():
        if number < 0:
            continue
        menu = graph.menus[number]
        for move in menu.replies:
            values = dict(move.reply.points)
            if values and min(values.values()) < 0 < max(values.values()):
                serves, hurts = _pulls(move, centre)
                turning = hinge is not None and move.reply in (hinge.loss.move.reply, hinge.tempting.reply)
                about = bool({serves[0], hurts[0]} & set(centre))
                rank = (not turning, about, min(serves[1], -hurts[1]), serves[1] - hurts[1], -i)
                found.append((rank, menu, move))
    if not found:
        return None
    (*_, at), menu, move = max(found, key=lambda each: each[0])
    return Conflict(graph.positions[-at], move, *_pulls(move, centre), _best(menu.replies))


def _pulls(move: Move, centre: tuple[str, ...]) -> tuple[tuple[str, int], tuple[str, int]]:
    """The lesson that a reply serves most and the one that it hurts most; of equals the centre's."""
    points = move.reply.points
    serves = max(points, key=lambda each: (each[1], each[0] in centre))
    hurts = min(points, key=lambda each: (each[1], each[0] not in centre))
    return serves, hurts
