"""Scores, from the events alone: craft, outcome, critical errors, passed.

Craft compares each reply with what was on offer: with p the sum of a reply's points, lo and hi the least and the
greatest p on offer, craft is the sum of (p - lo) over the sum of (hi - lo) over the learner's own decisions. Silence
counts lo; a decision with lo = hi does not count. Nothing here knows a scenario.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

from taketwo.take.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Hinted,
    Replied,
    Rewound,
    Silent,
    Started,
    Steered,
)

PASS_MARK = 0.8
"""the craft from which a take can pass"""


@dataclass(slots=True)
class Tally:
    """Points earned above the worst on offer, out of those at stake, and where guessing would stand."""

    earned: float = 0.0
    stake: float = 0.0
    guessed: float = 0.0
    decisions: int = 0

    @property
    def share(self) -> float | None:
        """0 to 1; None where nothing was at stake: not met, which is not zero."""
        return self.earned / self.stake if self.stake else None

    @property
    def guess(self) -> float | None:
        """The share that choosing at random would have had on average."""
        return self.guessed / self.stake if self.stake else None

    def add(self, earned: float, stake: float, guessed: float) -> None:
        """Count one decision."""
        self.earned += earned
        self.stake += stake
        self.guessed += guessed
        self.decisions += 1


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the take ended. `kind` is an ending's kind, `stuck` or `abandoned`; `ending` its id; no CSAT is 0."""

    kind: str
    ending: str = ""
    csat: int = 0
    resolved: bool = False
    acceptable: bool = False


@dataclass(frozen=True, slots=True)
class CriticalError:
    """A critical error and the seq of the reply that made it."""

    seq: int
    error: str


@dataclass(slots=True)
class Score:
    """What a take is worth. `outcome` is None while it goes on."""

    overall: Tally = field(default_factory=Tally)
    lessons: dict[str, Tally] = field(default_factory=dict)
    skills: dict[str, Tally] = field(default_factory=dict)
    critical: list[CriticalError] = field(default_factory=list)
    outcome: Outcome | None = None
    silences: int = 0
    hints: int = 0
    rewinds: int = 0
    steered: int = 0
    """how often somebody played the customer in place of the scenario"""
    taken_over: int = 0
    """decisions that were the trainer's, and do not count"""

    @property
    def craft(self) -> float | None:
        """0 to 1; None where nothing was at stake."""
        return self.overall.share

    @property
    def passed(self) -> bool:
        """Craft of at least 80 %, no critical error, an acceptable ending."""
        acceptable = self.outcome is not None and self.outcome.acceptable
        return acceptable and not self.critical and (self.craft or 0.0) >= PASS_MARK - 1e-9


def live(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """The events of the branch that counts in the end: what was rewound is left out."""
    kept: list[AnyEvent | None] = []
    answered: list[int] = []
    """indexes of what a rewind may take away, the latest last"""
    for event in events:
        if isinstance(event, Rewound):
            while answered and (last := kept[answered[-1]]) and last.seq >= event.back_to:
                kept[answered.pop()] = None
        elif isinstance(event, Answered):
            answered.append(len(kept))
        kept.append(event)
    return [event for event in kept if event]


def first_try(events: Iterable[AnyEvent]) -> list[AnyEvent]:
    """The events before the first rewind: what happened without a second chance."""
    kept: list[AnyEvent] = []
    for event in events:
        if isinstance(event, Rewound):
            break
        kept.append(event)
    return kept


def score(events: Iterable[AnyEvent]) -> Score:
    """The score of a take, over its own decisions on the branch that counts."""
    result = Score()
    skills: dict[str, str] = {}
    for event in live(events):
        if isinstance(event, Replied | Silent):
            if event.by == "learner":
                _count(result, event, skills)
            else:
                result.taken_over += 1
            _came(result, event)
        elif isinstance(event, Steered):
            _came(result, event)
        elif isinstance(event, Started):
            skills = dict(event.legend.skills)
        elif isinstance(event, Hinted):
            result.hints += 1
        elif isinstance(event, Rewound):
            result.rewinds += 1
        elif isinstance(event, Abandoned):
            result.outcome = Outcome("abandoned")
    return result


def _came(result: Score, event: Answered) -> None:
    """Take in what the customer did."""
    result.steered += bool(event.steered)
    if event.end:
        result.outcome = Outcome(event.end, event.after.node, event.csat, event.resolved, event.acceptable)


def _count(result: Score, event: Replied | Silent, skills: dict[str, str]) -> None:
    if isinstance(event, Replied):
        mine: tuple[tuple[str, int], ...] | None = event.points
        if event.critical:
            result.critical.append(CriticalError(event.seq, event.critical))
    else:
        mine = None
        result.silences += 1
    totals = [offer.total for offer in event.offered]
    if not totals:
        return
    low, high = min(totals), max(totals)
    chosen = low if mine is None else sum(value for _, value in mine)
    if low < high:
        result.overall.add(chosen - low, high - low, sum(totals) / len(totals) - low)
    by_skill: dict[str, list[float]] = {}
    for lesson in dict.fromkeys(name for offer in event.offered for name, _ in offer.points):
        values = [dict(offer.points).get(lesson, 0) for offer in event.offered]
        least, most = min(values), max(values)
        if least == most:
            continue
        own = least if mine is None else dict(mine).get(lesson, 0)
        if chosen == high and own < most:
            continue  # choosing best overall is never held against a lesson
        parts = (own - least, most - least, sum(values) / len(values) - least)
        result.lessons.setdefault(lesson, Tally()).add(*parts)
        total = by_skill.setdefault(skills.get(lesson, ""), [0.0, 0.0, 0.0])
        for index, part in enumerate(parts):
            total[index] += part
    for skill, sums in by_skill.items():
        if skill:
            result.skills.setdefault(skill, Tally()).add(*sums)
