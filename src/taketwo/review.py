"""The review of a take: which decision turned it, as a solved scenario knows.

At each decision stand the best outcome that could still be reached before and after, and the *curve*: the chance of an
acceptable ending without a critical error if a decent learner plays on. A fall of the first closed a door; a fall of
the second made it harder.

Where somebody plays the customer, a decision answers for what it would have led to by itself. What was made of it is a
change of its own, and no decision's fault.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, Literal

from taketwo.analysis.background import LIMIT
from taketwo.analysis.solve import Outlook, Prospect, Solution, solve
from taketwo.between import players
from taketwo.scenario.model import SILENCE, Scenario
from taketwo.score import live
from taketwo.take.events import Answered, AnyEvent, Heard, Replied, Rewound, Silent, Started
from taketwo.take.machine import Machine, Move, Position

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
    by: str = "learner"
    """the seat that decided"""
    cause_steered: bool = False
    """the cause is what somebody made of the customer there, and not a decision"""

    @property
    def fall(self) -> float:
        """By how much the curve fell, 0 to 1; below 0 where it rose."""
        return (self.before.curve or 0.0) - (self.after.curve or 0.0)


@dataclass(frozen=True, slots=True)
class Steering:
    """What somebody who played the customer made of the chances, beside all decisions."""

    seq: int
    """of the event: of a decision whose answer was steered, or of one by itself"""
    by: str
    """the seat that played the customer"""
    before: Prospect
    after: Prospect

    @property
    def closed(self) -> bool:
        """Whether the best that could be reached is now out of reach."""
        return _closed(self.before, self.after)

    @property
    def fall(self) -> float:
        """By how much the curve fell, 0 to 1; below 0 where it rose."""
        return (self.before.curve or 0.0) - (self.after.curve or 0.0)


Change = Reviewed | Steering


@dataclass(frozen=True, slots=True)
class _Step:
    """What moved the conversation: a decision with what it led to by itself, or, without an event, a steering."""

    seq: int
    position: Position
    after: Position
    event: Replied | Silent | None = None
    by: str = ""


def review(events: Sequence[AnyEvent], solution: Solution) -> list[Reviewed]:
    """The decisions of the branch that counts. Empty where the scenario has no curve (see `Solution.refused`),
    or where the take comes from another scenario than the one that was solved."""
    solution = reaching(solution, events)
    if solution.refused:
        return []
    steps = list(_steps(events, solution.graph.machine))
    found: list[Reviewed] = []
    ceiling = 0.0
    for index, step in enumerate(steps):
        if step.event is None:
            continue
        try:
            row = _reviewed(solution, step, step.event, steps[:index], ceiling)
        except KeyError:
            return []
        found.append(row)
        ceiling = max(ceiling, row.before.curve or 0.0)
    return _turning(found)


def steering(events: Sequence[AnyEvent], solution: Solution) -> list[Steering]:
    """What was steered on the branch that counts, where it changed what lies ahead; empty where `review` is."""
    if not any(isinstance(event, Answered) and event.steered for event in events):
        return []
    solution = reaching(solution, events)
    if solution.refused:
        return []
    found = []
    for step in _steps(events, solution.graph.machine):
        if step.event is None and step.position != step.after:
            try:
                made = Steering(step.seq, step.by, solution.at(step.position), solution.at(step.after))
            except KeyError:
                return []
            if made.closed or abs(made.fall) > 1e-9:
                found.append(made)
    return found


def changes(rows: Iterable[Reviewed], steered: Iterable[Steering]) -> list[Change]:
    """All that changed the curve, in order: a decision before what was made of its answer."""
    merged: list[Change] = [*rows, *steered]
    return sorted(merged, key=lambda change: change.seq)


def led(m: Machine, here: Position, event: Replied | Silent) -> Position:
    """Where a decision led by itself, whatever somebody who played the customer made of it."""
    if not event.steered:
        return event.after
    move = m.move(here.node, event.reply if isinstance(event, Replied) else SILENCE)
    return m.step(here, move) if move else event.after


def reaching(solution: Solution, events: Iterable[AnyEvent]) -> Solution:
    """A solution that knows where a steered take went: solved again, with those places as further roots, where it must be.

    A take that was forked from a steered one may begin at such a place.
    """
    if solution.refused:
        return solution
    steered = [
        event.after
        for event in events
        if isinstance(event, Started) or (isinstance(event, Answered) and event.steered)
    ]
    strange = tuple(dict.fromkeys(place for place in steered if solution.graph.find(place) is None))
    return _wider(solution.graph.scenario, strange) if strange else solution


@lru_cache(4)
def _wider(scenario: Scenario, roots: tuple[Position, ...]) -> Solution:
    return solve(scenario, roots, limit=2 * LIMIT)


def _turning(rows: list[Reviewed]) -> list[Reviewed]:
    """Mark the learner's greatest fall, however small."""
    own = [row for row in rows if row.by == "learner"]
    worst = max(own, key=lambda row: row.fall, default=None)
    if worst is None or worst.fall <= 1e-9:
        return rows
    mark: Mark = worst.mark if worst.mark == "closed" else "harder"
    return [replace(row, turning=True, mark=mark) if row is worst else row for row in rows]


def _steps(events: Iterable[AnyEvent], m: Machine) -> Iterator[_Step]:
    """The way of the branch that counts."""
    kept = live(events)
    steerers = players(kept)
    here = Position("", ())
    for event in kept:
        if isinstance(event, Replied | Silent):
            own = led(m, here, event)
            yield _Step(event.seq, here, own, event, event.by)
            here = own
        if isinstance(event, Answered) and event.steered:
            yield _Step(event.seq, here, event.after, None, steerers[event.seq])
        if isinstance(event, Heard):
            here = event.after


def _reviewed(
    solution: Solution, step: _Step, event: Replied | Silent, earlier: Sequence[_Step], ceiling: float
) -> Reviewed:
    here, m = step.position, solution.graph.machine
    before, after = solution.at(here), solution.at(step.after)
    critical = isinstance(event, Replied) and bool(event.critical) and event.by == "learner"
    if critical:  # one of the trainer's does not fail the take
        after = Prospect(_marred(after.best), _marred(after.worst), 0.0)
    row = Reviewed(
        event.seq,
        before,
        after,
        critical,
        "",
        tuple(_option(solution, m, here, move) for move in m.moves(here)),
        by=event.by,
    )
    mark = _mark(row, event, ceiling)
    cause = _cause(m, step, event, earlier) if mark in ("closed", "harder") else _NO_CAUSE
    return replace(
        row,
        mark=mark,
        cause=cause[0],
        cause_seq=cause[1],
        cause_steered=cause[2],
        hindsight=_hindsight(row, event, mark),
    )


def _option(solution: Solution, m: Machine, here: Position, move: Move) -> Option:
    prospect = solution.at(m.step(here, move))
    critical = bool(move.reply.critical)
    best = _marred(prospect.best) if critical else prospect.best
    total = move.offer.total
    return Option(move.reply.id, total, critical, best, 0.0 if critical else prospect.curve or 0.0)


def _marred(outlook: Outlook | None) -> Outlook | None:
    return outlook._replace(clean=False) if outlook else None


def _closed(before: Prospect, after: Prospect) -> bool:
    return bool(before.best and (after.best is None or after.best.key < before.best.key))


def _mark(row: Reviewed, event: Replied | Silent, ceiling: float) -> Mark:
    if _closed(row.before, row.after):
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


_NO_CAUSE = ("", 0, False)


def _cause(
    m: Machine, step: _Step, event: Replied | Silent, earlier: Sequence[_Step]
) -> tuple[str, int, bool]:
    """The flag or meter without which this reply would have led elsewhere, with the seq of the decision that made it
    so, or of the event in which somebody who played the customer did."""
    here = step.position
    move = m.move(here.node, event.reply if isinstance(event, Replied) else SILENCE)
    if move is None:
        return _NO_CAUSE
    there = m.step(here, move).node
    for index, name in enumerate(m.flags):
        bit = 1 << index
        if here.flags & bit and m.step(here._replace(flags=here.flags ^ bit), move).node != there:
            setter = next(
                (s for s in reversed(earlier) if s.after.flags & bit and not s.position.flags & bit), None
            )
            if setter:
                return m.scenario.flags[name], setter.seq, False
    start = m.start().meters
    for index, meter in enumerate(m.scenario.meters.values()):
        values = list(here.meters)
        values[index] = start[index]
        if (
            values[index] != here.meters[index]
            and m.step(here._replace(meters=tuple(values)), move).node != there
        ):
            drops = [
                (abs(s.after.meters[index] - s.position.meters[index]), s.seq, not s.event) for s in earlier
            ]
            if drops and max(drops)[0]:
                _, seq, steered = max(drops)
                name = meter.title or meter.id.replace("-", " ").capitalize()
                came = "had been set" if steered else "had come"
                return f"{name} {came} to {here.meters[index]} of {meter.high}", seq, steered
    return _NO_CAUSE


def shares(events: Sequence[AnyEvent], solution: Solution | None) -> list[float]:
    """The curve after each event, 0 to 1, also on branches that were taken back; after a critical error of the learner's
    it is 0.

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
        if isinstance(event, Replied) and event.critical and event.by == "learner":
            marred.append(event.seq)
        if isinstance(event, Heard):
            try:
                here = 0.0 if marred else solution.at(event.after).curve or 0.0
            except KeyError:
                return []
        found.append(here)
    return found


def as_table(change: Change) -> dict[str, Any]:
    """A reviewed decision as plain tables, for JSON; of what was steered the same keys as far as they make sense."""

    def outlook(value: Outlook | None) -> dict[str, Any] | None:
        return value._asdict() if value else None

    def prospect(value: Prospect) -> dict[str, Any]:
        return {"best": outlook(value.best), "worst": outlook(value.worst), "curve": value.curve}

    ends = {"before": prospect(change.before), "after": prospect(change.after)}
    if isinstance(change, Steering):
        return {
            "seq": change.seq,
            "steering": True,
            "by": change.by,
            "mark": "closed" if change.closed else "",
            **ends,
        }
    names = ("seq", "by", "mark", "turning", "critical", "cause", "cause_seq", "cause_steered", "hindsight")
    return {
        **{name: getattr(change, name) for name in names},
        **ends,
        "options": [
            {
                "reply": o.reply,
                "points": o.total,
                "critical": o.critical,
                "best": outlook(o.best),
                "curve": o.curve,
            }
            for o in change.options
        ],
    }


def curve(rows: Sequence[Change]) -> list[float]:
    """The curve of a take: before the first change and after each, 0 to 1."""
    return [rows[0].before.curve or 0.0, *(row.after.curve or 0.0 for row in rows)] if rows else []
