"""What a take was, as data: its turns with what each reply did, and what to say about the whole.

Computed from the events and the scenario as it was; both ways in show the same. No sentence is made here that
needs a screen, and nothing is claimed that the take does not show.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from taketwo.analysis.solve import Solution
from taketwo.between import Decision, Hands, closing, decisions, hands
from taketwo.lessons import Lesson
from taketwo.review import Change, Reviewed, Steering, changes, led, review, steering
from taketwo.scenario.model import SILENCE, Meter, Reply, Scenario
from taketwo.score import Score, score
from taketwo.take.decide import filled
from taketwo.take.events import AnyEvent, Remarked, Replied, Silent, Started
from taketwo.take.machine import Machine, Position, machine

Worth = Literal["best", "good", "slip", "costly", "silent", "even"]
"""How a reply compares with what was on offer: the best, above the middle, below it, the worst, dead air, no choice."""


@dataclass(frozen=True, slots=True)
class MeterChange:
    """One meter before and after a turn."""

    meter: Meter
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Better:
    """A reply that was on offer and was worth more, with the author's reason."""

    text: str
    why: str
    points: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One decision: what the customer had said, what the learner answered, what that did."""

    number: int
    """counted on the branch of its moment, so that a decision taken anew has the number of the one taken back"""
    seq: int
    ms: int
    took_ms: int
    node: str
    heard: str
    speaker: str
    """who said that"""
    said: str
    reply: str
    points: tuple[tuple[str, int], ...]
    worth: Worth
    why: str
    critical: str
    meters: tuple[MeterChange, ...]
    reveals: str
    answer: str
    """what the customer said next, or the ending's text"""
    answerer: str
    """who said that; empty for an ending's text"""
    interrupt: str
    end: str
    better: Better | None
    lesson: str = ""
    """the lesson that this decision was most about: where most was given away, else where most was gained"""
    own_words: str = ""
    samples: tuple[str, ...] = ()
    hints: tuple[str, ...] = ()
    """lessons that were hinted at before this decision"""
    undone: bool = False
    """taken back later by a rewind"""
    by: str = "learner"
    """whose decision it was; the trainer's, after a takeover, do not count"""
    pressed: str = ""
    """who chose the reply that came nearest to what was said aloud"""
    steered: tuple[str, ...] = ()
    """what of the answer somebody who played the customer chose"""
    player: str = ""
    """the seat that did"""
    swayed: tuple[MeterChange, ...] = ()
    """what that did to the meters"""
    first: tuple[str, str] = ("", "")
    """who spoke first since the decision before, and what they said; unlike `heard` where the customer went on"""
    since: tuple[AnyEvent, ...] = ()
    """what was said aside since the decision before, and what the customer went on with"""


def turns(events: Sequence[AnyEvent], scenario: Scenario, *, undone: bool = False) -> list[Turn]:
    """The decisions of a take in order; those that were rewound only where `undone` asks for them."""
    compiled, customer = machine(scenario), scenario.customer.name
    start = events[0] if events else None
    learner, seed = (start.learner, start.seed) if isinstance(start, Started) else ("", 0)
    return [_turn(compiled, each, customer, learner, seed) for each in decisions(events, undone=undone)]


def _turn(m: Machine, of: Decision, customer: str, learner: str, seed: int) -> Turn:
    event = of.event
    reply_id = SILENCE if isinstance(event, Silent) else event.reply
    authored, own = _authored(m, event.node, reply_id), led(m, of.here, event)
    return Turn(
        number=of.number,
        seq=event.seq,
        ms=event.ms,
        took_ms=event.ms - of.came,
        node=event.node,
        heard=of.heard[1],
        speaker=of.heard[0] or customer,
        said="" if isinstance(event, Silent) else event.said,
        reply=reply_id,
        points=() if isinstance(event, Silent) else event.points,
        worth=worth(event),
        why=filled(authored.why, learner) if authored else "",
        critical="" if isinstance(event, Silent) else event.critical,
        meters=tuple(_changes(m, of.here, own)),
        reveals=filled(authored.reveals, learner) if authored else "",
        answer=event.says,
        answerer="" if event.end else event.who or customer,
        interrupt=event.interrupt,
        end=event.end,
        better=_better(m, event, seed, learner),
        lesson=_lesson(event),
        own_words=of.own_words,
        samples=authored.samples if authored else (),
        hints=tuple(lesson for lesson in of.hints if lesson in m.scenario.lessons),
        undone=of.undone,
        by=event.by,
        pressed="" if isinstance(event, Silent) else event.pressed,
        steered=event.steered,
        player=of.player,
        swayed=tuple(_changes(m, own, event.after)) if event.steered else (),
        first=(of.first[0] or customer, of.first[1]),
        since=of.since,
    )


def _authored(m: Machine, node: str, reply_id: str) -> Reply | None:
    move = m.move(node, reply_id)
    return move.reply if move else None


def worth(event: Replied | Silent) -> Worth:
    """How the choice compares with the offer, by points alone."""
    if isinstance(event, Silent):
        return "silent"
    totals = [offer.total for offer in event.offered] or [0]
    mine, low, high = sum(value for _, value in event.points), min(totals), max(totals)
    if low == high:
        return "even"
    if mine == high:
        return "best"
    if mine == low:
        return "costly"
    return "good" if mine > 0 and mine >= (low + high) / 2 else "slip"


def _better(m: Machine, event: Replied | Silent, seed: int, learner: str) -> Better | None:
    best = max(event.offered, key=lambda offer: offer.total, default=None)
    mine = sum(value for _, value in event.points) if isinstance(event, Replied) else None
    if best is None or (mine is not None and best.total <= mine):
        return None
    move = m.move(event.node, best.reply)
    if move is None:
        return None
    text = filled(m.words(move, event.node, seed), learner)
    return Better(text, filled(move.reply.why, learner), best.points)


def _lesson(event: Replied | Silent) -> str:
    """The lesson with the widest gap to the best reply on offer; of a best reply, the lesson with most points."""
    mine = dict(event.points) if isinstance(event, Replied) else {}
    best = dict(max(event.offered, key=lambda offer: offer.total).points) if event.offered else {}
    gaps = {key: best.get(key, 0) - mine.get(key, 0) for key in [*best, *mine]}
    if gaps and max(gaps.values()) > 0 and sum(best.values()) > sum(mine.values()):
        return max(gaps, key=lambda key: gaps[key])
    return max(mine, key=lambda key: mine[key]) if mine and max(mine.values()) > 0 else ""


def _changes(m: Machine, before: Position, after: Position) -> list[MeterChange]:
    rows = zip(m.scenario.meters.values(), before.meters, after.meters, strict=False)
    return [MeterChange(meter, old, new) for meter, old, new in rows if old != new]


@dataclass(frozen=True, slots=True)
class Row:
    """One bar of the score sheet; shares are 0 to 1, None where the lesson was not met."""

    key: str
    title: str
    share: float | None
    guess: float | None
    centre: bool = False


@dataclass(frozen=True, slots=True)
class Debrief:
    """Everything a debrief shows."""

    scenario: Scenario
    started: Started
    score: Score
    turns: list[Turn]
    lessons: list[Row]
    skills: list[Row]
    went_well: list[Turn]
    to_try: list[Turn]
    """turns that cost most, the worst first"""
    possible: tuple[int, int]
    """the least and the greatest CSAT that the scene has"""
    prediction: Remarked | None = None
    try_next: str = ""
    shown: set[int] = field(default_factory=set)
    """turns whose better reply has been shown"""
    films: list[Lesson] = field(default_factory=list)
    review: dict[int, Reviewed] = field(default_factory=dict)
    """by the seq of the decision; empty where the scenario is not solved"""
    steering: list[Steering] = field(default_factory=list)
    """what somebody who played the customer did to the chances, where it is solved"""
    hands: Hands = field(default_factory=Hands)
    closing: tuple[AnyEvent, ...] = ()
    """what was said aside after the last decision"""

    @property
    def changes(self) -> list[Change]:
        """All that changed the chances, in order."""
        return changes(self.review.values(), self.steering)


def debrief(events: Sequence[AnyEvent], scenario: Scenario, solution: Solution | None = None) -> Debrief:
    """The debrief of a take, with a review where the scenario is solved.

    Raises ValueError for a log that does not begin with its start.
    """
    if not events or not isinstance(events[0], Started):
        raise ValueError("a take begins with its start")
    result = score(events)
    all_turns = turns(events, scenario)
    remarks = [event for event in events if isinstance(event, Remarked)]
    own = [turn for turn in all_turns if turn.by == "learner"]
    cost = {turn.seq: _cost(turn) for turn in own}
    csats = [ending.csat for ending in scenario.endings.values()]
    met = [lesson for key, lesson in scenario.lessons.items() if key in result.lessons]
    return Debrief(
        scenario=scenario,
        started=events[0],
        score=result,
        turns=all_turns,
        lessons=[
            Row(key, row.title, t.share if t else None, t.guess if t else None, key in scenario.centre)
            for key, row in scenario.lessons.items()
            for t in [result.lessons.get(key)]
        ],
        skills=[Row(key, key.capitalize(), tally.share, tally.guess) for key, tally in result.skills.items()],
        went_well=[turn for turn in own if turn.worth == "best" and sum(v for _, v in turn.points) > 0],
        to_try=sorted((t for t in own if cost[t.seq] > 0), key=lambda t: -cost[t.seq]),
        possible=(min(csats), max(csats)),
        prediction=next((r for r in reversed(remarks) if r.topic == "prediction"), None),
        try_next=next((r.text for r in reversed(remarks) if r.topic == "try-next"), ""),
        shown={r.about for r in remarks if r.topic == "better-shown"},
        films=met,
        review={row.seq: row for row in review(events, solution)} if solution else {},
        steering=steering(events, solution) if solution else [],
        hands=hands(events),
        closing=closing(events),
    )


def _cost(turn: Turn) -> float:
    """Points given away against the best reply on offer, a critical error above all."""
    if turn.better is None:
        return 100.0 if turn.critical else 0.0
    mine = sum(value for _, value in turn.points)
    return sum(value for _, value in turn.better.points) - mine + (100 if turn.critical else 0)


def notes(events: Sequence[AnyEvent], scenario: Scenario) -> list[str]:
    """What the learner knows: the briefing's facts, and what replies have brought out since."""
    facts = list(scenario.briefing.facts)
    learner = events[0].learner if events and isinstance(events[0], Started) else ""
    found = [turn.reveals for turn in turns(events, scenario) if turn.reveals]
    return list(dict.fromkeys(filled(fact, learner) for fact in [*facts, *found]))
