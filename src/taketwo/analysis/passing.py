"""The shortest and the longest lines of play that pass, exactly.

A play passes by its margin: earned points less the pass mark's share of the points at stake. Only the greatest margin
matters of all plays that come to a position in the same number of decisions, so the search keeps one number a position.
"""

from fractions import Fraction
from typing import NamedTuple

from taketwo.analysis.solve import Solution
from taketwo.score import PASS_MARK
from taketwo.take.machine import Move, Position

_MARK = Fraction(PASS_MARK).limit_denominator(1000)


class Passes(NamedTuple):
    """Lengths of the plays that pass, in decisions, and a shortest of them. (0, 0, ()) where none passes."""

    shortest: int
    longest: int
    line: tuple[tuple[Position, Move], ...]


State = tuple[int, bool]
"""A position (merged), and whether anything was at stake before it: without a stake nothing passes."""
Layer = dict[State, tuple[int, State | None, int]]
"""Margin, the state before, and the place of the move in its menu."""


def passes(solution: Solution, root: int) -> Passes:
    """Plays from the position `root` that pass. Nothing may be `refused`."""
    merged = solution.merged()
    gains = [_gains(menu.earned(), menu.high - menu.low) for menu in merged.menus]
    layers: list[Layer] = [{(merged.of[root], False): (0, None, 0)}]
    lengths: list[int] = []
    shortest: State | None = None
    while layers[-1]:
        onward: Layer = {}
        for state, (margin, _, _) in layers[-1].items():
            number, staked = state
            if merged.menu[number] < 0:
                ending = merged.endings.get(merged.stop[number])
                if ending and ending.acceptable and staked and margin >= 0:
                    shortest = shortest or state
                    lengths.append(len(layers) - 1)
                continue
            menu = merged.menus[merged.menu[number]]
            stake = staked or menu.high > menu.low
            for k, gain in enumerate(gains[merged.menu[number]]):
                if menu.moves[k].reply.critical:
                    continue
                after = (merged.after[number][k], stake)
                if after not in onward or onward[after][0] < margin + gain:
                    onward[after] = (margin + gain, state, k)
        layers.append(onward)
    if shortest is None:
        return Passes(0, 0, ())
    start = solution.graph.positions[root]
    return Passes(lengths[0], lengths[-1], _line(solution, start, layers[: lengths[0] + 1], shortest))


def _gains(earned: list[int], stake: int) -> list[int]:
    """What each move adds to the margin, in units of 1 / denominator of the pass mark."""
    return [_MARK.denominator * points - _MARK.numerator * stake for points in earned]


def _line(
    solution: Solution, start: Position, layers: list[Layer], end: State
) -> tuple[tuple[Position, Move], ...]:
    """The play that comes to `end`, from the start on."""
    merged, moves, state = solution.merged(), [], end
    for layer in reversed(layers[1:]):
        _, before, k = layer[state]
        assert before is not None
        moves.append(merged.menus[merged.menu[before[0]]].moves[k])
        state = before
    line, position = [], start
    for move in reversed(moves):
        line.append((position, move))
        position = solution.graph.machine.step(position, move)
    return tuple(line)
