"""Brute force: every play written out one by one, on positions as they are. Slow, simple, and nobody's optimisation."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from taketwo.scenario.model import SILENCE, Scenario
from taketwo.take.machine import Position, machine


@dataclass(frozen=True, slots=True)
class Play:
    end: str
    csat: int
    resolved: bool
    acceptable: bool
    critical: frozenset[str]
    earned: int
    stake: int
    decisions: int
    chance: float
    silent: bool

    @property
    def key(self) -> tuple[bool, bool, int]:
        return (not self.critical, self.resolved, self.csat)

    @property
    def lost(self) -> int:
        return self.stake - self.earned

    @property
    def passed(self) -> bool:
        enough = self.stake > 0 and self.earned / self.stake >= 0.8 - 1e-9
        return enough and self.acceptable and not self.critical


Chances = Callable[[list[tuple[tuple[str, ...], int]]], list[float]]


def plays(scenario: Scenario, at: Position, chances: Chances, so_far: Play | None = None) -> Iterator[Play]:
    """Every play from `at`, with its chance under a policy; a play with a silence has no chance."""
    compiled = machine(scenario)
    now = so_far or Play("", 0, False, False, frozenset(), 0, 0, 0, 1.0, False)
    moves = compiled.moves(at)
    if not moves:
        ending = scenario.endings.get(at.node)
        facts = (ending.csat, ending.resolved, ending.acceptable) if ending else (0, False, False)
        yield Play(
            at.node if ending else "stuck", *facts, now.critical, now.earned, now.stake, now.decisions, now.chance, now.silent
        )  # fmt: skip
        return
    said = [move for move in moves if move.reply.id != SILENCE]
    points = [sum(value for _, value in move.reply.points) for move in said]
    weights = chances([(move.reply.say, p) for move, p in zip(said, points, strict=True)])
    for k, move in enumerate(moves):
        silent = move.reply.id == SILENCE
        mine = min(points) if silent else points[k]
        onward = Play(
            "", 0, False, False,
            now.critical | {move.reply.critical} - {""},
            now.earned + mine - min(points),
            now.stake + max(points) - min(points),
            now.decisions + 1,
            0.0 if silent else now.chance * weights[k] / sum(weights),
            now.silent or silent,
        )  # fmt: skip
        yield from plays(scenario, compiled.step(at, move), chances, onward)


def reachable(scenario: Scenario, roots: tuple[Position, ...] = ()) -> set[Position]:
    """Every position as it is, by plain search."""
    compiled = machine(scenario)
    found: set[Position] = set()
    waiting = [compiled.start(), *roots]
    while waiting:
        at = waiting.pop()
        if at not in found:
            found.add(at)
            waiting += [compiled.step(at, move) for move in compiled.moves(at)]
    return found


Value = tuple[int, int, int]


def settled(scenario: Scenario, worst: bool) -> dict[tuple[Position, bool], tuple[Value, int, int] | None]:
    """By fixpoint, cycles or not: the best or the worst (outcome, lost, decisions) from (position, error made before)."""
    compiled = machine(scenario)
    sign = -1 if worst else 1
    table: dict[tuple[Position, bool], tuple[Value, int, int] | None] = {}
    for at in reachable(scenario):
        for marred in (False, True):
            ending = scenario.endings.get(at.node)
            value = (
                (int(not marred), int(ending.resolved), ending.csat) if ending else (int(not marred), 0, 0)
            )
            over = not compiled.moves(at)
            table[at, marred] = (value, 0, 0) if over else None

    def rank(value: tuple[Value, int, int]) -> tuple[tuple[int, ...], int, int]:
        return tuple(-sign * part for part in value[0]), value[1], value[2]

    changed = True
    while changed:
        changed = False
        for at, marred in table:
            moves = compiled.moves(at)
            points = [m.offer.total for m in moves if m.reply.id != SILENCE]
            for move in moves:
                ahead = table[compiled.step(at, move), marred or bool(move.reply.critical)]
                if ahead is None:
                    continue
                mine = min(points) if move.reply.id == SILENCE else move.offer.total
                here = (ahead[0], ahead[1] + max(points) - mine, ahead[2] + 1)
                have = table[at, marred]
                if have is None or rank(here) < rank(have):
                    table[at, marred] = here
                    changed = True
    return table
