"""Everything that the book says about one scene, as data."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from taketwo.analysis.cache import cached_solution
from taketwo.analysis.explore import Tick
from taketwo.analysis.figures import figures
from taketwo.analysis.policies import decent
from taketwo.analysis.solve import Outlook, Solution
from taketwo.book.guide import Guide, guide
from taketwo.book.markup import anchor
from taketwo.debrief import Turn, turns
from taketwo.graph.layout import CannotDraw
from taketwo.graph.outline import text
from taketwo.graph.picture import Picture, picture
from taketwo.graph.svg import inlay
from taketwo.scenario.model import SILENCE, Ending, Scenario
from taketwo.session import Take, hollywood_take
from taketwo.take.decide import filled
from taketwo.take.machine import Machine, Move, Position

LEARNER = "[name]"
"""what stands in the book for the learner's name"""
SEED = 0
"""of every take in the book, so that the same words come again"""


@dataclass(frozen=True, slots=True)
class Chapter:
    """One scene."""

    anchor: str
    scenario: Scenario
    machine: Machine
    outlook: Outlook | None
    """of the best play; None where no ending can be reached"""
    best: tuple[Turn, ...]
    end: Ending | None
    """where the best play ends"""
    film: tuple[Turn, ...]
    chances: Mapping[str, float]
    """by ending, of a decent learner; empty where there are no figures"""
    guide: Guide | None
    refused: str
    """why there is no guide; empty where there is"""
    drawing: str
    """the tree as SVG; empty where it cannot be drawn"""
    undrawn: str
    """why it cannot"""
    outline: str
    """the tree as lines of text"""

    def heard(self, position: Position) -> str:
        """What the customer says at `position`."""
        return filled(self.machine.says(position, SEED), LEARNER)

    def said(self, move: Move, position: Position) -> str:
        """The learner's words for `move`."""
        return filled(self.machine.words(move, position.node, SEED), LEARNER)


def chapter(scenario: Scenario, tick: Tick) -> Chapter:
    """Solve and draw one scene."""
    solution = cached_solution(scenario, tick=tick)
    start = solution.graph.positions[solution.graph.roots[0]]
    take = _best_take(solution, start)
    tree = replace(picture(scenario, take.events), learner="")
    drawing, undrawn = _drawn(tree, anchor(scenario.id))
    return Chapter(
        anchor(scenario.id),
        scenario,
        solution.graph.machine,
        solution.at(start).best,
        tuple(turns(take.events, scenario)),
        scenario.endings.get(take.state.position.node),
        tuple(turns(hollywood_take(scenario, LEARNER).events, scenario)),
        {} if solution.refused else figures(solution, decent).endings,
        None if solution.refused else guide(solution),
        solution.refused,
        drawing,
        undrawn,
        filled(text(picture(scenario)), LEARNER),
    )


def _best_take(solution: Solution, start: Position) -> Take:
    """The best line of play, played."""
    take = Take.start(solution.graph.scenario, seed=SEED, learner=LEARNER)
    if solution.at(start).best:
        for turn in solution.line(start)[0]:
            if turn.move.reply.id == SILENCE:
                take.stay_silent()
            else:
                take.reply(turn.move.reply.id)
    return take


def _drawn(tree: Picture, id: str) -> tuple[str, str]:
    try:
        return inlay(tree, id), ""
    except CannotDraw as error:
        return "", str(error)
