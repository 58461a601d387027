"""Playing the recorded moves of a take again: on the scenario as it was, where all must come out the same, and as it is now.

Nothing is written. What is different is said in words, the first difference first; as long as the moves can be made,
the play goes on, and so there is a score of today.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from taketwo.scenario.model import Scenario
from taketwo.score import Score, score
from taketwo.take.commands import Rewind, Say, Stamp, Start, StaySilent, Steer
from taketwo.take.decide import Refused, decide
from taketwo.take.events import (
    Answered,
    AnyEvent,
    Heard,
    Legend,
    Moved,
    Replied,
    Rewound,
    Silent,
    Started,
    Steered,
)
from taketwo.take.evolve import evolve
from taketwo.take.machine import Machine, Position, bits_of, machine, names_of
from taketwo.take.state import NEW, State
from taketwo.text import clean_line

SHOWN = 70
"""characters shown of a line that changed"""


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that would be otherwise. `seq` is that of the recorded event, `decision` its number, 0 for the start."""

    seq: int
    decision: int
    words: str


@dataclass(slots=True)
class Verdict:
    """What playing a take again came to."""

    differences: list[Difference] = field(default_factory=list)
    score: Score | None = None
    """of the moves as they would count; None where not all of them can be made"""

    @property
    def same(self) -> bool:
        return not self.differences


def verify(events: Sequence[AnyEvent], scenario: Scenario) -> Verdict:
    """The moves of `events`, which begin with their `Started`, played on `scenario`."""
    verdict = Verdict()
    compiled, state, made = machine(scenario), NEW, list[AnyEvent]()
    legend, decision = Legend((), (), (), ()), 0
    for event in events:
        decision += isinstance(event, Moved)
        try:
            again = _again(compiled, state, event, legend)
        except Refused as refusal:
            verdict.differences.append(Difference(event.seq, decision, _refused(compiled, event, refusal)))
            return verdict
        if isinstance(event, Started):
            legend = event.legend
        found = _differences(event, again, legend, compiled)
        verdict.differences += [Difference(event.seq, decision, words) for words in found]
        state = evolve(state, again)
        made.append(again)
    verdict.score = score(made)
    return verdict


def _again(m: Machine, state: State, event: AnyEvent, legend: Legend) -> AnyEvent:
    """What the move of `event` makes now; what is no move stays what it was. Raises Refused."""
    stamp = Stamp(event.at, event.ms, event.by, event.to, event.move)
    if isinstance(event, Started):
        start = Start(
            event.learner, event.seed, event.mode, event.pace, event.sha256, event.parent, event.practised,
            event.follows, event.trainer, _moved_over(event.after, event.legend, m) if event.parent else None,
        )  # fmt: skip
        return decide(m.scenario, NEW, start, stamp)
    if isinstance(event, Replied):
        return decide(m.scenario, state, Say(event.reply, _steer(event, legend), event.pressed), stamp)
    if isinstance(event, Silent):
        return decide(m.scenario, state, StaySilent(_steer(event, legend)), stamp)
    if isinstance(event, Steered):
        return decide(m.scenario, state, _steer(event, legend), stamp)
    if isinstance(event, Rewound):
        return decide(m.scenario, state, Rewind(event.back_to), stamp)
    return event


def _steer(event: Answered, legend: Legend) -> Steer:
    """What somebody who played the customer chose there."""
    return Steer(
        event.after.node if "place" in event.steered else "",
        tuple(zip(legend.meters, event.after.meters, strict=True)) if "meters" in event.steered else (),
        says=event.says if "line" in event.steered else "",
        player=event.player if event.steered else "",
    )


def _moved_over(position: Position, legend: Legend, m: Machine) -> Position:
    """`position` in the terms of another scenario: by the names of meters, flags and what is spent.

    Raises Refused where it has no such name.
    """
    values = dict(zip(legend.meters, position.meters, strict=True))
    flags, spent = names_of(position.flags, legend.flags), names_of(position.spent, legend.spendable)
    for what, names, known in (
        ("meter", values, m.meters),
        ("flag", flags, m.flags),
        ("once-only reply", spent, m.spendable),
    ):
        if missing := [name for name in names if name not in known]:
            raise Refused(f"The {what} {missing[0]!r} no longer exists.")
    start = dict(zip(m.meters, m.start().meters, strict=True))
    return Position(
        position.node,
        tuple(values.get(name, start[name]) for name in m.meters),
        bits_of(flags, m.flags),
        bits_of(spent, m.spendable),
    )


def _refused(m: Machine, event: AnyEvent, refusal: Refused) -> str:
    if isinstance(event, Started):
        if event.parent and event.after.node not in m.scenario.nodes:
            return f"The place where it begins, {event.after.node!r}, no longer exists."
        return str(refusal)
    if isinstance(event, Replied):
        said = f"“{_short(event.said)}”"
        if m.move(event.node, event.reply) is None:
            return f"The reply {said} ({event.reply}) no longer exists."
        return f"The reply {said} ({event.reply}) is no longer on offer here."
    if isinstance(event, Silent):
        return "Silence means nothing here any more."
    return clean_line(str(refusal), 200)


def _differences(was: AnyEvent, now: AnyEvent, legend: Legend, m: Machine) -> Iterator[str]:
    """What of one event is otherwise now."""
    if isinstance(was, Replied) and isinstance(now, Replied):
        if was.said != now.said:
            yield f"The reply is worded otherwise: “{_short(was.said)}” is now “{_short(now.said)}”."
        yield from _points(was, now)
        if was.critical != now.critical:
            yield _changed("The critical error of this reply", was.critical or "none", now.critical or "none")
    if isinstance(was, Moved) and isinstance(now, Moved):
        yield from _offers(was, now)
        if was.interrupt != now.interrupt:
            yield _changed("What cuts in here", was.interrupt or "nothing", now.interrupt or "nothing")
        yield from _position(was.after, now.after, legend, m)
        facts = (
            ("The kind of the ending", was.end or "none", now.end or "none"),
            ("The CSAT of the ending", was.csat, now.csat),
            ("Whether it is resolved", was.resolved, now.resolved),
            ("Whether the ending is acceptable", was.acceptable, now.acceptable),
        )
        if was.after.node == now.after.node:
            yield from (_changed(what, old, new) for what, old, new in facts if old != new)
    if isinstance(was, Heard) and isinstance(now, Heard):
        if isinstance(was, Started):
            yield from _position(was.after, now.after, legend, m)
        if was.after.node == now.after.node and (was.says, was.who) != (now.says, now.who):
            yield f"What is said then changed: “{_short(was.says)}” is now “{_short(now.says)}”."


def _points(was: Replied, now: Replied) -> Iterator[str]:
    old, new = dict(was.points), dict(now.points)
    for lesson in dict.fromkeys((*old, *new)):
        if old.get(lesson, 0) != new.get(lesson, 0):
            yield f"The points for {lesson} would be {new.get(lesson, 0):+d} instead of {old.get(lesson, 0):+d}."


def _offers(was: Moved, now: Moved) -> Iterator[str]:
    """Replies beside the chosen one that came, went, or count otherwise: they move what is at stake."""
    old = {offer.reply: offer.total for offer in was.offered}
    new = {offer.reply: offer.total for offer in now.offered}
    mine = was.reply if isinstance(was, Replied) else ""
    for reply in dict.fromkeys((*old, *new)):
        if reply == mine or old.get(reply) == new.get(reply):
            continue
        if reply not in new:
            yield f"Another reply that was on offer, {reply}, no longer is."
        elif reply not in old:
            yield f"There is another reply on offer now: {reply}."
        else:
            yield f"Another reply on offer, {reply}, would have {new[reply]:+d} points instead of {old[reply]:+d}."


def _position(was: Position, now: Position, legend: Legend, m: Machine) -> Iterator[str]:
    if was.node != now.node:
        yield f"It leads to {now.node} now, and led to {was.node}."
    old, new = dict(zip(legend.meters, was.meters, strict=True)), dict(zip(m.meters, now.meters, strict=True))
    for name in dict.fromkeys((*old, *new)):
        if name not in new or name not in old:
            yield f"The meter {name!r} {'is new' if name in new else 'no longer exists'}."
        elif old[name] != new[name]:
            yield f"{name.capitalize()} would be {new[name]} instead of {old[name]}."
    flags = set(names_of(was.flags, legend.flags)) ^ set(names_of(now.flags, m.flags))
    for name in sorted(flags):
        yield f"The flag {name!r} would {'not ' if name in names_of(was.flags, legend.flags) else ''}be set."


def _changed(what: str, old: object, new: object) -> str:
    return f"{what} would be {_word(new)} instead of {_word(old)}."


def _word(value: object) -> str:
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def _short(text: str) -> str:
    line = clean_line(text, 2_000)
    return line if len(line) <= SHOWN else line[: SHOWN - 1] + "…"
