"""What comes of playing by a policy, exactly: forward over positions, with points earned and points at stake.

A play is in one of the states (position, earned, stake, whether a critical error was made); its chance flows along the
moves in the order of the graph. Points stay whole numbers, so only chances are rounded, each by some 1e-16.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import fsum

from taketwo.analysis.policies import Policy
from taketwo.analysis.quotient import Quotient
from taketwo.analysis.solve import Solution
from taketwo.score import PASS_MARK

_EARNED, _STAKE, _CRITICAL = 25, 1, 1  # a key: earned << 25 | stake << 1 | critical
_STAKE_BITS = (1 << 24) - 1


Spread = tuple[tuple[int, int, float], ...]
"""(points earned, points at stake, chance)"""


class NoFigures(Exception):
    """Policies have no figures here; the message says why."""


@dataclass(frozen=True, slots=True)
class Figures:
    """What a policy comes to over all plays. Chances and craft are from 0 to 1."""

    policy: str
    endings: dict[str, float]
    """chance of each ending that it reaches, the likeliest first; `stuck` for a stop without one"""
    critical: dict[str, float]
    """chance that a play makes this critical error at least once"""
    craft: float | None
    """mean craft over plays in which something was at stake; None where nothing ever was"""
    spread: Spread
    """the distribution of craft, by rising craft"""
    passes: float
    """chance of a pass"""
    decisions: float
    """mean decisions of a play"""
    ties: bool
    """somewhere on its way it had to guess between equals"""


def passing(earned: int, stake: int) -> bool:
    """Whether this craft is enough for a pass: the rule of `score.Score.passed`."""
    return stake > 0 and earned / stake >= PASS_MARK - 1e-9


def figures(solution: Solution, policy: Policy, root: int | None = None) -> Figures:
    """Play `policy` from the position `root`, the start unless given. Raises NoFigures with a cycle or over the limit."""
    if solution.refused:
        raise NoFigures(solution.refused)
    merged = solution.merged()
    rows, ties = _rows(merged, policy)
    start = merged.of[solution.graph.roots[0] if root is None else root]
    flow: dict[int, dict[int, float]] = {start: {0: 1.0}}
    visited: list[int] = []
    stops: dict[str, dict[int, float]] = {}
    lengths: list[float] = []
    guessed = False
    for number in range(start, -1, -1):
        here = flow.pop(number, None)
        if here is None:
            continue
        menu, after = merged.menu[number], merged.after[number]
        if menu < 0:
            stops[merged.stop[number]] = here
            continue
        visited.append(number)
        lengths.append(fsum(here.values()))
        guessed = guessed or ties[menu]
        for k, share, change, critical in rows[menu]:
            _flow(here, flow.setdefault(after[k], {}), share, change, critical)
    made = _critical(merged, rows, visited, start)
    return _summed(merged, policy, stops, made, fsum(lengths), guessed)


def _flow(here: dict[int, float], there: dict[int, float], share: float, change: int, critical: int) -> None:
    """Let `share` of the chances `here` flow along one move."""
    had = there.get
    if not (there or critical):
        there.update({key + change: chance * share for key, chance in here.items()})
    elif critical:
        for key, chance in here.items():
            key = key + change | 1
            there[key] = had(key, 0.0) + chance * share
    else:
        for key, chance in here.items():
            key += change
            there[key] = had(key, 0.0) + chance * share


Row = tuple[int, float, int, int]
"""One possible move: its place in the menu, its chance, what it adds to a key, 1 for a critical error."""


def _rows(merged: Quotient, policy: Policy) -> tuple[list[list[Row]], list[bool]]:
    """For each menu the moves that `policy` may make, and whether it must guess there."""
    rows, ties = [], []
    for menu in merged.menus:
        chances, earned, stake = policy.chances(menu), menu.earned(), menu.high - menu.low
        rows.append(
            [
                (k, chance, earned[k] << _EARNED | stake << _STAKE, int(bool(menu.moves[k].reply.critical)))
                for k, chance in enumerate(chances)
                if chance
            ]
        )
        ties.append(len(rows[-1]) > 1)
    return rows, ties


def _critical(
    merged: Quotient, rows: list[list[Row]], visited: Sequence[int], start: int
) -> dict[str, float]:
    """The chance of at least one critical error of each kind, backward over the positions visited."""
    kinds = sorted(
        {move.reply.critical for menu in merged.menus for move in menu.moves if move.reply.critical}
    )
    made = {}
    for kind in kinds:
        hits = [[move.reply.critical == kind for move in menu.moves] for menu in merged.menus]
        chance: dict[int, float] = {}
        for i in reversed(visited):
            number, after = merged.menu[i], merged.after[i]
            hit = hits[number]
            chance[i] = fsum(
                share if hit[k] else share * chance.get(after[k], 0.0) for k, share, _, _ in rows[number]
            )
        if found := chance.get(start, 0.0):
            made[kind] = found
    return made


def _summed(
    merged: Quotient,
    policy: Policy,
    stops: dict[str, dict[int, float]],
    made: dict[str, float],
    decisions: float,
    ties: bool,
) -> Figures:
    endings = merged.endings
    reached = {name: fsum(tally.values()) for name, tally in stops.items()}
    spread: dict[tuple[int, int], list[float]] = {}
    passes = []
    for name, tally in stops.items():
        acceptable = name in endings and endings[name].acceptable
        for key, chance in tally.items():
            earned, stake = key >> _EARNED, key >> _STAKE & _STAKE_BITS
            spread.setdefault((earned, stake), []).append(chance)
            if acceptable and not key & _CRITICAL and passing(earned, stake):
                passes.append(chance)
    rows = sorted(
        ((e, s, fsum(c)) for (e, s), c in spread.items()), key=lambda r: (r[0] / r[1] if r[1] else -1.0, r[1])
    )
    counted = fsum(chance for _, stake, chance in rows if stake)
    return Figures(
        policy.id,
        dict(sorted(reached.items(), key=lambda pair: (-pair[1], pair[0]))),
        made,
        fsum(e / s * chance for e, s, chance in rows if s) / counted if counted else None,
        tuple(rows),
        fsum(passes),
        decisions,
        ties,
    )
