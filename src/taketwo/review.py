"""The review of a take: which decision turned it, as a solved scenario knows.

At each decision stand the best outcome that could still be reached before and after, and the *curve*: the chance of an
acceptable ending without a critical error if a decent learner plays on. A fall of the first closed a door; a fall of
the second made it harder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from taketwo.analysis.explore import LIMIT
from taketwo.analysis.solve import Outlook, Prospect, Solution, solve
from taketwo.scenario.model import SILENCE, Scenario
from taketwo.score import live
from taketwo.take.events import Answered, AnyEvent, Heard, Replied, Rewound, Silent
from taketwo.take.machine import Machine, Move, Position, machine

Mark = Literal["closed", "harder", "slip", "recovery", "best", ""]

NOTICE = 0.02
"""a fall of the curve by less is not called a fall, unless it is the take's greatest"""
RECOVERY = 0.05
"""a rise of the curve by this much, after it had fallen, is called a recovery"""


@dataclass(frozen=True, slots=True)
class Option:
    """A reply that was on offer (or silence), with what it would have led to."""

    reply: str
    total: int
    critical: bool
    best: Outlook | None
    curve: float


@dataclass(frozen=True, slots=True)
class Reviewed:
    """One decision of a take as the solved scenario sees it."""

    seq: int
    before: Prospect
    after: Prospect
    critical: bool
    mark: Mark
    options: tuple[Option, ...]
    turning: bool = False
    """the greatest fall of the curve in this take"""
    cause: str = ""
    """why this reply led where it did, where the reason lies in an earlier decision"""
    cause_seq: int = 0
    hindsight: bool = False
    """only visible afterwards: nothing the learner knew then showed the better way"""

    @property
    def fall(self) -> float:
        """By how much the curve fell, 0 to 1; below 0 where it rose."""
        return (self.before.curve or 0.0) - (self.after.curve or 0.0)


@dataclass(frozen=True, slots=True)
class _Step:
    event: Replied | Silent
    position: Position


def review(events: Sequence[AnyEvent], solution: Solution) -> list[Reviewed]:
    """The decisions of the branch that counts. Empty where the scenario has no curve (see `Solution.refused`),
    or where the take comes from another scenario than the one that was solved."""
    solution = reaching(solution, events)
    if solution.refused:
        return []
    steps = list(_steps(events))
    found: list[Reviewed] = []
    ceiling = 0.0
    for index, step in enumerate(steps):
        try:
            row = _reviewed(solution, step, steps[:index], ceiling)
        except KeyError:
            return []
        found.append(row)
        ceiling = max(ceiling, row.before.curve or 0.0)
    return _turning(found)


def reaching(solution: Solution, events: Iterable[AnyEvent]) -> Solution:
    """A solution that knows where a steered take went: solved again, with those places as further roots, where it must be."""
    if solution.refused:
        return solution
    steered = [event.after for event in events if isinstance(event, Answered) and event.steered]
    strange = tuple(dict.fromkeys(place for place in steered if solution.graph.find(place) is None))
    return _wider(solution.graph.scenario, strange) if strange else solution


@lru_cache(4)
def _wider(scenario: Scenario, roots: tuple[Position, ...]) -> Solution:
    return solve(scenario, roots, limit=LIMIT)


def _turning(rows: list[Reviewed]) -> list[Reviewed]:
    """Mark the greatest fall, however small."""
    worst = max(rows, key=lambda row: row.fall, default=None)
    if worst is None or worst.fall <= 1e-9:
        return rows
    mark: Mark = worst.mark if worst.mark == "closed" else "harder"
    return [replace(row, turning=True, mark=mark) if row is worst else row for row in rows]


def _steps(events: Iterable[AnyEvent]) -> Iterable[_Step]:
    here = Position("", ())
    for event in live(events):
        if isinstance(event, Replied | Silent):
            yield _Step(event, here)
        if isinstance(event, Heard):
            here = event.after


def _reviewed(solution: Solution, step: _Step, earlier: Sequence[_Step], ceiling: float) -> Reviewed:
    event, here = step.event, step.position
    m = machine(solution.graph.scenario)
    before, after = solution.at(here), solution.at(event.after)
    critical = isinstance(event, Replied) and bool(event.critical)
    if critical:
        after = Prospect(_marred(after.best), _marred(after.worst), 0.0)
    row = Reviewed(
        event.seq,
        before,
        after,
        critical,
        "",
        tuple(_option(solution, m, here, move) for move in m.moves(here)),
    )
    mark = _mark(row, event, ceiling)
    cause, cause_seq = _cause(m, step, earlier) if mark in ("closed", "harder") else ("", 0)
    return replace(row, mark=mark, cause=cause, cause_seq=cause_seq, hindsight=_hindsight(row, event, mark))


def _option(solution: Solution, m: Machine, here: Position, move: Move) -> Option:
    prospect = solution.at(m.step(here, move))
    critical = bool(move.reply.critical)
    best = _marred(prospect.best) if critical else prospect.best
    total = move.offer.total
    return Option(move.reply.id, total, critical, best, 0.0 if critical else prospect.curve or 0.0)


def _marred(outlook: Outlook | None) -> Outlook | None:
    return outlook._replace(clean=False) if outlook else None


def _mark(row: Reviewed, event: Replied | Silent, ceiling: float) -> Mark:
    if row.before.best and (row.after.best is None or row.after.best.key < row.before.best.key):
        return "closed"
    if row.fall > NOTICE:
        return "harder"
    if -row.fall >= RECOVERY and (row.before.curve or 0.0) < ceiling - 1e-9:
        return "recovery"
    totals = [offer.total for offer in event.offered] or [0]
    mine = sum(value for _, value in event.points) if isinstance(event, Replied) else min(totals)
    if min(totals) == max(totals):
        return ""
    return "best" if mine == max(totals) and isinstance(event, Replied) else "slip"


def _hindsight(row: Reviewed, event: Replied | Silent, mark: Mark) -> bool:
    """A fall behind a reply whose points were the best on offer: only what came later shows it."""
    if mark not in ("closed", "harder") or not isinstance(event, Replied):
        return False
    return sum(value for _, value in event.points) == max(
        (offer.total for offer in event.offered), default=None
    )


def _cause(m: Machine, step: _Step, earlier: Sequence[_Step]) -> tuple[str, int]:
    """The flag or meter of an earlier decision without which this reply would have led elsewhere."""
    here = step.position
    move = m.move(here.node, step.event.reply if isinstance(step.event, Replied) else SILENCE)
    if move is None:
        return "", 0
    led = m.step(here, move).node
    for index, name in enumerate(m.flags):
        bit = 1 << index
        if here.flags & bit and m.step(here._replace(flags=here.flags ^ bit), move).node != led:
            setter = next(
                (s for s in reversed(earlier) if s.event.after.flags & bit and not s.position.flags & bit),
                None,
            )
            if setter:
                return m.scenario.flags[name], setter.event.seq
    start = m.start().meters
    for index, meter in enumerate(m.scenario.meters.values()):
        values = list(here.meters)
        values[index] = start[index]
        if (
            values[index] != here.meters[index]
            and m.step(here._replace(meters=tuple(values)), move).node != led
        ):
            drops = [
                (abs(s.event.after.meters[index] - s.position.meters[index]), s.event.seq) for s in earlier
            ]
            if drops and max(drops)[0]:
                name = meter.title or meter.id.replace("-", " ").capitalize()
                return f"{name} had come to {here.meters[index]} of {meter.high}", max(drops)[1]
    return "", 0


def shares(events: Sequence[AnyEvent], solution: Solution | None) -> list[float]:
    """The curve after each event, 0 to 1, also on branches that were taken back; after a critical error it is 0.

    Empty where the scenario has no curve, or where the take comes from another one than the one that was solved.
    """
    solution = solution and reaching(solution, events)
    if solution is None or solution.refused:
        return []
    found: list[float] = []
    marred: list[int] = []
    here = 0.0
    for event in events:
        if isinstance(event, Rewound):
            marred = [seq for seq in marred if seq < event.back_to]
        if isinstance(event, Replied) and event.critical:
            marred.append(event.seq)
        if isinstance(event, Heard):
            try:
                here = 0.0 if marred else solution.at(event.after).curve or 0.0
            except KeyError:
                return []
        found.append(here)
    return found


def as_table(row: Reviewed) -> dict[str, Any]:
    """A reviewed decision as plain tables, for JSON."""

    def outlook(value: Outlook | None) -> dict[str, Any] | None:
        return value._asdict() if value else None

    def prospect(value: Prospect) -> dict[str, Any]:
        return {"best": outlook(value.best), "worst": outlook(value.worst), "curve": value.curve}

    return {
        **{
            name: getattr(row, name)
            for name in ("seq", "mark", "turning", "critical", "cause", "cause_seq", "hindsight")
        },
        "before": prospect(row.before),
        "after": prospect(row.after),
        "options": [
            {
                "reply": o.reply,
                "points": o.total,
                "critical": o.critical,
                "best": outlook(o.best),
                "curve": o.curve,
            }
            for o in row.options
        ],
    }


def curve(rows: Sequence[Reviewed]) -> list[float]:
    """The curve of a take: before the first decision and after each, 0 to 1."""
    return [rows[0].before.curve or 0.0, *(row.after.curve or 0.0 for row in rows)] if rows else []
