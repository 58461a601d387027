"""The picture as data: places, the choices at each, where they lead, and the path that a take went.

Made from a scenario alone, or with the events of a take and the solution that reviews them. No layout here,
and no format: the renderers beside this module draw the same picture.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from taketwo.analysis.solve import Solution
from taketwo.between import decisions
from taketwo.debrief import turns
from taketwo.graph.order import reading_order
from taketwo.review import Mark, led, review
from taketwo.scenario.model import ALWAYS, SILENCE, Branch, Condition, Node, Reply, Scenario, Test
from taketwo.score import live
from taketwo.take.decide import filled
from taketwo.take.events import Answered, AnyEvent, Heard, Replied, Silent, Started
from taketwo.take.machine import Position, machine
from taketwo.wording import meter_title

Kind = Literal["node", "interrupt", "ending"]
How = Literal["reply", "silence", "interrupt"]


@dataclass(frozen=True, slots=True)
class Exit:
    """Where a choice may lead, and when, in words: "" for always, "otherwise" where the others did not
    hold."""

    to: str
    when: str = ""


@dataclass(frozen=True, slots=True)
class Pass:
    """One decision of a take: the choice it fell on, where it led by itself, and what the review calls it."""

    number: int
    seq: int
    node: str
    choice: str
    to: str
    interrupt: str = ""
    mark: Mark = ""
    turning: bool = False


@dataclass(frozen=True, slots=True)
class Jump:
    """Where somebody who played the customer went, which no reply does. `after` is the number of the decision before,
    0 where there was none."""

    after: int
    node: str
    to: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """A reply, silence, or what an interrupt does."""

    id: str
    how: How
    exits: tuple[Exit, ...]
    total: int = 0
    """the sum of its points"""
    say: str = ""
    """its words, as the take said them"""
    only: str = ""
    """when it is on offer, in words; "" for always"""
    once: bool = False
    critical: str = ""
    seconds: int = 0
    """for silence: how long until it happens, where the time is limited"""
    passes: tuple[Pass, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A node, an ending, or an interrupt."""

    key: str
    """unique in the picture; the id, for interrupts with a "!" before it, as they have a namespace of their
    own"""
    kind: Kind
    words: str = ""
    """the customer's line, as the take heard it first; the ending's text; when the interrupt cuts in"""
    choices: tuple[Choice, ...] = ()
    result: str = ""
    csat: int = 0
    acceptable: bool = False

    @property
    def name(self) -> str:
        """Its id."""
        return self.key.removeprefix("!")

    @property
    def passes(self) -> list[Pass]:
        """The decisions that a take made here, in order."""
        return sorted((p for choice in self.choices for p in choice.passes), key=lambda p: p.number)


@dataclass(frozen=True, slots=True)
class Edge:
    """One line of the picture."""

    source: str
    to: str
    choice: Choice
    when: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A whole scenario, its places in reading order: nodes, interrupts, endings."""

    title: str
    start: str
    places: dict[str, Place]
    learner: str = ""
    """whose take is drawn; "" for none"""
    steps: tuple[Pass, ...] = ()
    jumps: tuple[Jump, ...] = ()
    last: str = ""
    """the place where the take stands or ended"""

    def edges(self) -> Iterator[Edge]:
        """Every line of the scenario, in reading order."""
        for place in self.places.values():
            for choice in place.choices:
                for way in choice.exits:
                    yield Edge(place.key, way.to, choice, way.when)

    def legs(self) -> Iterator[tuple[str, str, Pass]]:
        """The path of the take from place to place; through the interrupt where one cut in."""
        for step in self.steps:
            if step.interrupt:
                yield step.node, f"!{step.interrupt}", step
                yield f"!{step.interrupt}", step.to, step
            else:
                yield step.node, step.to, step

    def walk(self) -> Iterator[tuple[Pass, Place, Choice]]:
        """The decisions of the take, each with its place and choice."""
        for step in self.steps:
            place = self.places[step.node]
            yield step, place, next(c for c in place.choices if step in c.passes)


def picture(scenario: Scenario, events: Sequence[AnyEvent] = (), solution: Solution | None = None) -> Picture:
    """The picture of `scenario`; with `events` the path of that take, with `solution` its marks too.

    Decisions at places that the scenario does not have are left out, as a take may come from another version
    of it.
    """
    started = events[0] if events and isinstance(events[0], Started) else None
    learner = started.learner if started else ""
    steps = tuple(_steps(scenario, events, solution))
    done = turns(events, scenario) if started else []
    heard = {turn.node: turn.heard for turn in reversed(done)}
    said = {(turn.node, turn.reply): turn.said for turn in reversed(done)}
    places = {
        node.id: Place(
            key=node.id,
            kind="node",
            words=heard.get(node.id) or _fill(node.says[-1].texts[0], learner),
            choices=tuple(
                _choice(
                    scenario,
                    node,
                    move,
                    said.get((node.id, move.id)) or _fill(move.say[0] if move.say else "", learner),
                    tuple(step for step in steps if (step.node, step.choice) == (node.id, move.id)),
                )
                for move in node.moves()
            ),
        )
        for node in scenario.nodes.values()
    }
    places |= {
        f"!{cut.id}": Place(
            key=f"!{cut.id}",
            kind="interrupt",
            words=condition_words(cut.when, scenario),
            choices=(Choice(id=cut.id, how="interrupt", exits=_exits(scenario, cut.goto)),),
        )
        for cut in scenario.interrupts.values()
    }
    places |= {
        end.id: Place(
            key=end.id,
            kind="ending",
            words=_fill(end.text, learner),
            result=end.kind,
            csat=end.csat,
            acceptable=end.acceptable,
        )
        for end in scenario.endings.values()
    }
    last = next((e.after.node for e in reversed(live(events)) if isinstance(e, Heard)), "")
    jumps = tuple(_jumps(scenario, events))
    return Picture(
        scenario.title, scenario.start, _ordered(places, scenario.start), learner, steps, jumps, last
    )


def _fill(text: str, learner: str) -> str:
    return filled(text, learner) if learner else text


def _ordered(places: dict[str, Place], start: str) -> dict[str, Place]:
    links = links_of(places.values())
    cuts = [way for key in places if key.startswith("!") for way in links[key]]
    order, _ = reading_order(links, [start, *cuts, *places])
    kinds: dict[Kind, list[str]] = {"node": [], "interrupt": [], "ending": []}
    for key in order:
        kinds[places[key].kind].append(key)
    kinds["ending"] = [key for key in places if places[key].kind == "ending"]
    return {key: places[key] for keys in kinds.values() for key in keys}


def links_of(places: Iterable[Place]) -> dict[str, list[str]]:
    """Where each place leads, in order, each place once."""
    return {
        place.key: list(dict.fromkeys(way.to for choice in place.choices for way in choice.exits))
        for place in places
    }


def _choice(scenario: Scenario, node: Node, move: Reply, say: str, passes: tuple[Pass, ...]) -> Choice:
    silent = move.id == SILENCE
    return Choice(
        id=move.id,
        how="silence" if silent else "reply",
        exits=_exits(scenario, move.goto),
        total=move.total,
        say=say,
        only=condition_words(move.when, scenario),
        once=move.once,
        critical=move.critical,
        seconds=(node.time_limit or 0) if silent else 0,
        passes=passes,
    )


def _exits(scenario: Scenario, goto: tuple[Branch, ...]) -> tuple[Exit, ...]:
    """The branches in order; neighbours that lead to the same place are one."""
    ways: list[Exit] = []
    for way in goto:
        when = condition_words(way.when, scenario)
        if ways and ways[-1].to == way.to:
            before = ways.pop().when
            when = f"{before}; or {when}" if when else ""
        ways.append(Exit(way.to, when or ("otherwise" if ways else "")))
    return tuple(ways)


def _steps(scenario: Scenario, events: Sequence[AnyEvent], solution: Solution | None) -> Iterator[Pass]:
    rows = {row.seq: row for row in review(events, solution)} if events and solution else {}
    m = machine(scenario)
    there_of = {each.event.seq: led(m, each.here, each.event).node for each in decisions(events)}
    known = {(node.id, move.id) for node in scenario.nodes.values() for move in node.moves()}
    for turn in turns(events, scenario):
        row, to = rows.get(turn.seq), there_of[turn.seq]
        if (turn.node, turn.reply) in known and (to in scenario.nodes or to in scenario.endings):
            yield Pass(
                turn.number,
                turn.seq,
                turn.node,
                turn.reply,
                to,
                turn.interrupt if turn.interrupt in scenario.interrupts else "",
                row.mark if row else "",
                row.turning if row else False,
            )


def _jumps(scenario: Scenario, events: Sequence[AnyEvent]) -> Iterator[Jump]:
    """Where somebody who played the customer went to another place, on the branch that counts."""
    m, here, number = machine(scenario), Position("", ()), 0
    for event in live(events):
        if isinstance(event, Replied | Silent):
            number += 1
            here = led(m, here, event)
        if isinstance(event, Answered) and event.steered:
            ends = (here.node, event.after.node)
            if ends[0] != ends[1] and all(end in scenario.nodes or end in scenario.endings for end in ends):
                yield Jump(number, *ends)
        if isinstance(event, Heard):
            here = event.after


_OPS = {
    "<": "{} below {}",
    "<=": "{} at most {}",
    "==": "{} at {}",
    "!=": "{} not at {}",
    ">=": "{} at least {}",
    ">": "{} above {}",
    "set": "“{}”",
    "unset": "not “{}”",
}


def condition_words(condition: Condition, scenario: Scenario) -> str:
    """A condition in words: meters by their titles, flags by what they say; "" for always."""
    if condition == ALWAYS:
        return ""
    return "; or ".join(
        " and ".join(_test_words(test, scenario) for test in tests) or "always" for tests in condition
    )


def _test_words(test: Test, scenario: Scenario) -> str:
    if test.op in ("set", "unset"):
        return _OPS[test.op].format(scenario.flags[test.name])
    return _OPS[test.op].format(meter_title(scenario.meters[test.name]), test.value)
