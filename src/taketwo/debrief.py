"""What a take was, as data: its turns with what each reply did, and what to say about the whole.

Computed from the events and the scenario as it was; both ways in show the same. No sentence is made here that
needs a screen, and nothing is claimed that the take does not show.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

from taketwo.analysis.solve import Solution
from taketwo.lessons import Lesson
from taketwo.review import Reviewed, review
from taketwo.scenario.model import SILENCE, Meter, Reply, Scenario
from taketwo.score import Score, live, score
from taketwo.take.decide import filled
from taketwo.take.events import AnyEvent, Hinted, Moved, Remarked, Replied, Rewound, Silent, Started, Steered
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


def turns(events: Sequence[AnyEvent], scenario: Scenario, *, undone: bool = False) -> list[Turn]:
    """The decisions of a take in order; those that were rewound only where `undone` asks for them."""
    compiled = machine(scenario)
    kept = {event.seq for event in live(events) if isinstance(event, Moved)}
    found: list[Turn] = []
    here, heard, came, words, learner, seed = Position("", ()), ("", ""), 0, "", "", 0
    customer = scenario.customer.name
    hints: list[str] = []
    trail: list[int] = []
    for event in events:
        if isinstance(event, Started):
            here, learner, seed = event.after, event.learner, event.seed
            heard = (event.who or customer, event.says)
        elif isinstance(event, Rewound):
            here, came, words = event.after, event.ms, ""
            heard = (event.who or customer, event.says)
            hints = []
            while trail and trail[-1] >= event.back_to:
                trail.pop()
        elif isinstance(event, Steered):
            here, heard = event.after, (event.who or customer, event.says)
        elif isinstance(event, Hinted):
            hints += [event.lesson] if event.lesson in scenario.lessons else []
        elif isinstance(event, Remarked) and event.topic == "own-words":
            words = event.text
        elif isinstance(event, Replied | Silent):
            trail.append(event.seq)
            if undone or event.seq in kept:
                found.append(
                    _turn(
                        compiled,
                        event,
                        len(trail),
                        here,
                        heard,
                        came,
                        words,
                        tuple(hints),
                        learner,
                        seed,
                        event.seq not in kept,
                    )
                )
            here, came, words = event.after, event.ms, ""
            heard = (event.who or customer, event.says)
            hints = []
    return found


def _turn(
    m: Machine,
    event: Replied | Silent,
    number: int,
    here: Position,
    heard: tuple[str, str],
    came: int,
    words: str,
    hints: tuple[str, ...],
    learner: str,
    seed: int,
    undone: bool,
) -> Turn:
    reply_id = SILENCE if isinstance(event, Silent) else event.reply
    points = () if isinstance(event, Silent) else event.points
    authored = _authored(m, event.node, reply_id)
    return Turn(
        number=number,
        seq=event.seq,
        ms=event.ms,
        took_ms=event.ms - came,
        node=event.node,
        heard=heard[1],
        speaker=heard[0],
        said="" if isinstance(event, Silent) else event.said,
        reply=reply_id,
        points=points,
        worth=worth(event),
        why=filled(authored.why, learner) if authored else "",
        critical="" if isinstance(event, Silent) else event.critical,
        meters=tuple(_changes(m, here, event.after)),
        reveals=filled(authored.reveals, learner) if authored else "",
        answer=event.says,
        answerer="" if event.end else event.who or m.scenario.customer.name,
        interrupt=event.interrupt,
        end=event.end,
        better=_better(m, event, seed, learner),
        lesson=_lesson(event),
        own_words=words,
        samples=authored.samples if authored else (),
        hints=hints,
        undone=undone,
        by=event.by,
        pressed="" if isinstance(event, Silent) else event.pressed,
        steered=event.steered,
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
