"""What comes of a command: exactly one event, or a refusal with its reason. Never another exception."""

from dataclasses import replace
from typing import Any

from taketwo.scenario.model import SILENCE, Scenario
from taketwo.take.commands import (
    Abandon,
    Command,
    Hand,
    Hint,
    Pause,
    Rate,
    Remark,
    Resume,
    Rewind,
    Say,
    Stamp,
    Start,
    StaySilent,
    Steer,
)
from taketwo.take.events import (
    Abandoned,
    AnyEvent,
    Handed,
    Hinted,
    Legend,
    Paused,
    Rated,
    Remarked,
    Replied,
    Resumed,
    Rewound,
    Silent,
    Started,
    Steered,
)
from taketwo.take.machine import Machine, Move, Position, machine
from taketwo.take.state import State
from taketwo.text import clean

REMARK_LIMIT = 4_000
"""characters kept of a remark"""


class Refused(Exception):
    """The command does not fit here; the message says why, in words for the person who gave it."""


def decide(scenario: Scenario, state: State, command: Command, stamp: Stamp) -> AnyEvent:
    """The one event that `command` makes. Raises Refused, and nothing else."""
    handler = _HANDLERS.get(type(command))
    if handler is None:
        raise Refused("There is no such command.")
    if state.status == "new" and not isinstance(command, Start):
        raise Refused("The take has not begun.")
    if state.over and not isinstance(command, Remark | Rate):
        raise Refused("The take is over; only notes can be added. Take it again, or from a decision.")
    if state.status == "paused" and isinstance(command, Say | StaySilent | Steer | Hint | Rewind):
        raise Refused("The take is paused. Go on first.")
    if isinstance(command, Say | StaySilent) and stamp.by != state.wheel:
        raise Refused(f"The {state.wheel} has the conversation now.")
    event: AnyEvent = handler(machine(scenario), state, command, stamp)
    return event


def _envelope(state: State, stamp: Stamp) -> dict[str, Any]:
    ms = stamp.ms if stamp.ms > state.ms else state.ms
    return {
        "seq": state.seq + 1,
        "at": stamp.at,
        "ms": ms,
        "by": stamp.by,
        "to": stamp.to,
        "move": stamp.move,
    }


def _start(m: Machine, state: State, command: Start, stamp: Stamp) -> Started:
    if state.status != "new":
        raise Refused("The take has begun already.")
    if command.mode not in ("coached", "assessed"):
        raise Refused("A take is coached or assessed.")
    if not 0 <= command.pace <= 10:
        raise Refused("The pace is a factor from 0 (no clock) to 10.")
    if not -(2**63) <= command.seed < 2**63:
        raise Refused("The seed is a whole number of 64 bits: every TOML reader must be able to read it.")
    scenario = m.scenario
    after = m.start() if command.position is None else command.position
    if not m.knows(after):
        raise Refused("There is no such place in this scenario.")
    learner = clean(command.learner, 80).strip() or "you"
    return Started(
        **_envelope(state, stamp),
        scenario=scenario.id,
        sha256=command.sha256,
        title=scenario.title,
        customer=scenario.customer.name,
        learner=learner,
        seed=command.seed,
        mode=command.mode,
        pace=command.pace,
        parent=command.parent,
        practised=command.practised,
        follows=command.follows,
        trainer=clean(command.trainer, 80).strip(),
        legend=Legend(
            m.meters, m.flags, m.spendable, tuple((row.id, row.skill) for row in scenario.lessons.values())
        ),
        after=after,
        says=filled(m.says(after, command.seed), learner),
        who=filled(m.speaker(after), learner),
    )


def _say(m: Machine, state: State, command: Say, stamp: Stamp) -> Replied:
    shown = m.shown(state.position, state.seed)
    for move in shown:
        if move.reply.id == command.reply:
            break
    else:
        raise Refused(f"{clean(str(command.reply), 80)!r} is not among the replies on offer here.")
    reply = move.reply
    node = state.position.node
    return Replied(
        **_moved(m, state, move, shown, stamp, command.steer),
        reply=reply.id,
        said=filled(m.words(move, node, state.seed), state.learner),
        points=reply.points,
        critical=reply.critical,
        pressed=command.pressed,
    )


def _silence(m: Machine, state: State, command: StaySilent, stamp: Stamp) -> Silent:
    move = m.move(state.position.node, SILENCE)
    if move is None:
        raise Refused("Silence changes nothing here: the customer waits for an answer.")
    return Silent(**_moved(m, state, move, m.shown(state.position, state.seed), stamp, command.steer))


def _moved(
    m: Machine, state: State, move: Move, shown: tuple[Move, ...], stamp: Stamp, steer: Steer
) -> dict[str, Any]:
    before = state.position
    after = m.step(before, move)
    fields = _envelope(state, stamp)
    fields["node"] = before.node
    fields["offered"] = tuple([each.offer for each in shown])
    fields["interrupt"] = m.interrupt(before, after)
    if replace(steer, player="") != NO_STEER:
        return fields | _steered(m, state, after, steer)
    fields["after"] = after
    fields["says"] = filled(m.says(after, state.seed), state.learner)
    fields["who"] = filled(m.speaker(after), state.learner)
    if after.node in m.endings:
        fields |= _ending(m, after.node)
    elif not m.offered(after):
        fields["end"] = "stuck"
    return fields


def _ending(m: Machine, node: str) -> dict[str, Any]:
    found = m.endings[node]
    return {
        "end": found.kind,
        "csat": found.csat,
        "resolved": found.resolved,
        "acceptable": found.acceptable,
    }


NO_STEER = Steer()


def _steer(m: Machine, state: State, command: Steer, stamp: Stamp) -> Steered:
    if replace(command, player="") == NO_STEER:
        raise Refused("Choose a place, a line or a mood, or type what the customer says.")
    return Steered(**_envelope(state, stamp), **_steered(m, state, state.position, command))


def _steered(m: Machine, state: State, after: Position, steer: Steer) -> dict[str, Any]:
    """Where the conversation stands when somebody who plays the customer has had their way, and what is said."""
    led, values = after, m.meter_values(after)
    if steer.to:
        after = after._replace(node=steer.to)
    for name, value in steer.meters:
        if name not in values:
            raise Refused(f"The customer has no {clean(name, 80)!r}.")
        meter = m.scenario.meters[name]
        values[name] = min(meter.high, max(meter.low, value))
    after = after._replace(meters=tuple(values.values()))
    if after.node not in m.endings and not m.knows(after):
        raise Refused("There is no such place, or nothing could be answered there.")
    node = m.scenario.nodes.get(after.node)
    says, who = filled(m.says(after, state.seed), state.learner), filled(m.speaker(after), state.learner)
    if steer.line >= 0:
        if node is None or steer.line >= len(node.says):
            raise Refused("There is no such line there.")
        says = filled(m.line(node.id, steer.line, state.seed), state.learner)
        who = filled(node.says[steer.line].who, state.learner)
    if typed := clean(steer.says).strip():
        says, who = typed, ""
    changed = {
        "place": after.node != led.node,
        "meters": after.meters != led.meters,
        "line": bool(typed) or steer.line >= 0,
    }
    fields = {
        "after": after,
        "says": says,
        "who": who,
        "steered": tuple(what for what, did in changed.items() if did),
        "player": clean(steer.player, 200),
    }
    return fields | (_ending(m, after.node) if after.node in m.endings else {})


def _hand(m: Machine, state: State, command: Hand, stamp: Stamp) -> Handed:
    if command.wheel not in ("learner", "trainer"):
        raise Refused("The conversation is the learner's or the trainer's.")
    if command.wheel == state.wheel:
        raise Refused(f"The {state.wheel} has the conversation already.")
    return Handed(**_envelope(state, stamp), wheel=command.wheel)


def _rate(m: Machine, state: State, command: Rate, stamp: Stamp) -> Rated:
    if not 0 <= command.about <= state.seq:
        raise Refused("There is no such event to rate by.")
    if not -1 <= command.value <= 1_000:
        raise Refused("A rating is a whole number from 0, or -1 where the item does not apply.")
    return Rated(
        **_envelope(state, stamp),
        form=clean(command.form, 80),
        item=clean(command.item, 80),
        value=command.value,
        text=clean(command.text, REMARK_LIMIT),
        about=command.about,
        rater=clean(command.rater, 80),
    )


def _hint(m: Machine, state: State, command: Hint, stamp: Stamp) -> Hinted:
    if state.mode != "coached":
        raise Refused("There are no hints in an assessed take.")
    lessons = at_stake(m, state)
    if not lessons:
        raise Refused("No lesson is at stake here.")
    favourites = {film.casefold().strip() for film in command.favourites}
    rows = m.scenario.lessons
    told = next(
        (key for key in lessons if rows[key].film.casefold() in favourites and rows[key].film), lessons[0]
    )
    return Hinted(**_envelope(state, stamp), node=state.position.node, lesson=told)


def at_stake(m: Machine, state: State) -> list[str]:
    """Lessons for which the replies on offer differ, the widest difference first, the centre first among equals."""
    shown = m.shown(state.position, state.seed)
    points = [dict(move.reply.points) for move in shown]
    centre = m.scenario.centre
    spread = {}
    for lesson in m.scenario.lessons:
        values = [by_lesson.get(lesson, 0) for by_lesson in points]
        if values and max(values) > min(values):
            spread[lesson] = max(values) - min(values)
    return sorted(spread, key=lambda lesson: (-spread[lesson], lesson not in centre))


def _rewind(m: Machine, state: State, command: Rewind, stamp: Stamp) -> Rewound:
    if state.mode != "coached":
        raise Refused("An assessed take cannot be rewound.")
    if state.trail is None:
        raise Refused("There is nothing to take back yet.")
    for step in state.trail.back():
        if command.back_to in (0, step.seq):
            after = step.position
            says = filled(m.says(after, state.seed), state.learner)
            who = filled(m.speaker(after), state.learner)
            return Rewound(**_envelope(state, stamp), back_to=step.seq, after=after, says=says, who=who)
    raise Refused("There is no such decision behind you.")


def _pause(m: Machine, state: State, command: Pause, stamp: Stamp) -> Paused:
    if state.status == "paused":
        raise Refused("The take is paused already.")
    timed = state.pace > 0 and m.scenario.nodes[state.position.node].time_limit is not None
    if state.mode == "assessed" and timed and not command.leaving:
        raise Refused("The clock of an assessed take cannot be stopped.")
    return Paused(**_envelope(state, stamp), leaving=command.leaving)


def _resume(m: Machine, state: State, command: Resume, stamp: Stamp) -> Resumed:
    if state.status != "paused":
        raise Refused("The take is not paused.")
    return Resumed(**_envelope(state, stamp))


def _abandon(m: Machine, state: State, command: Abandon, stamp: Stamp) -> Abandoned:
    return Abandoned(**_envelope(state, stamp))


def _remark(m: Machine, state: State, command: Remark, stamp: Stamp) -> Remarked:
    if not 0 <= command.about <= state.seq:
        raise Refused("There is no such event to remark on.")
    return Remarked(
        **_envelope(state, stamp),
        topic=command.topic,
        text=clean(command.text, REMARK_LIMIT),
        about=command.about,
        value=command.value,
    )


def filled(text: str, learner: str) -> str:
    """`text` with the learner's name in it."""
    return text.replace("{learner}", learner) if "{" in text else text


_HANDLERS: dict[type, Any] = {
    Start: _start,
    Say: _say,
    StaySilent: _silence,
    Hint: _hint,
    Rewind: _rewind,
    Pause: _pause,
    Resume: _resume,
    Abandon: _abandon,
    Remark: _remark,
    Steer: _steer,
    Hand: _hand,
    Rate: _rate,
}
