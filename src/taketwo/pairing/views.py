"""What a learner's screen shows beside the conversation, as the host computes it: the learner's side has no scenario."""

from collections.abc import Sequence
from dataclasses import dataclass

from taketwo.debrief import notes, turns
from taketwo.pairing.protocol import View
from taketwo.session import Session
from taketwo.take.commands import Command, Say, Stamp, StaySilent, Steer
from taketwo.take.decide import decide, filled
from taketwo.take.events import Answered, Hinted
from taketwo.wording import hint_words, meter_title, meter_words, turn_feedback


@dataclass(frozen=True, slots=True)
class Reaction:
    """Something that whoever plays the customer can do with one key."""

    key: str
    words: str
    steer: Steer


SCENARIO = "scenario"
"""the reaction that is the scenario's own"""


def view_of(
    session: Session,
    *,
    seat: str = "learner",
    spoken: bool = False,
    held: Command | None = None,
    phase: str = "",
) -> View:
    """What the seat's screen shows now."""
    state, scene = session.state, session.scenario
    coached, playing = state.mode == "coached", state.status == "playing"
    plays_customer = seat == "customer"
    left = session.time_left()
    node = session.node
    return View(
        title=scene.title,
        mode=state.mode,
        status=state.status,
        wheel=state.wheel,
        seat=seat,
        trainer=session.started.trainer,
        decision=state.decisions + (not state.over),
        speaker=session.speaker,
        says=session.says,
        replies=tuple(session.replies) if playing and not spoken and not plays_customer else (),
        reactions=tuple((each.key, each.words) for each in reactions(session, held))
        if playing and plays_customer
        else (),
        meters=standing(session) if coached or plays_customer else (),
        notes=tuple(notes(session.events, scene)),
        silence=bool(node and node.silence) and not plays_customer,
        rewind=coached and state.trail is not None and not plays_customer,
        spoken=spoken,
        held=held is not None,
        answer=_words(session, held),
        left_ms=-1 if left is None else round(left * 1000),
        phase=phase,
    )


def _words(session: Session, held: Command | None) -> str:
    """What the reply that waits says, for whoever has to react to it."""
    reply = held.reply if isinstance(held, Say) else ""
    return next((choice.text for choice in session.replies if choice.id == reply), "")


def standing(session: Session) -> tuple[str, ...]:
    """How the customer stands: "Patience: tense, 4 of 10", one a meter."""
    rows = zip(session.scenario.meters.values(), session.state.position.meters, strict=True)
    return tuple(f"{meter_title(meter)}: {meter_words(meter, value)}" for meter, value in rows)


def briefing(session: Session, seat: str = "learner") -> tuple[str, ...]:
    """What the seat may know before the first word: the role, the situation, the facts; of the customer what moves them."""
    if seat == "customer":
        customer = session.scenario.customer
        needs = f"What they need, and may not say: {customer.needs}." if customer.needs else ""
        wants = f"What they want: {customer.wants}." if customer.wants else ""
        how = "Be them, as they would be. Choose what they say, or type it in your own words."
        return tuple(text for text in (f"You are the customer, {customer.name}.", how, wants, needs) if text)
    about, learner = session.scenario.briefing, session.state.learner
    return tuple(filled(text, learner) for text in (about.role, about.situation, *about.facts))


def feedback(session: Session) -> dict[int, tuple[str, ...]]:
    """What each reply did, and what each hint says, by the seq of its event; in an assessed take nothing before its end."""
    if session.state.mode != "coached" and not session.state.over:
        return {}
    done = turns(session.events, session.scenario, undone=True)
    lessons = session.scenario.lessons
    hints = {
        event.seq: (hint_words(lessons[event.lesson]),)
        for event in session.events
        if isinstance(event, Hinted) and event.lesson in lessons
    }
    return hints | {turn.seq: tuple(turn_feedback(turn, session.scenario)) for turn in done}


def reactions(session: Session, held: Command | None = None) -> list[Reaction]:
    """What whoever plays the customer can do with one key: with a reply that waits, or between replies.

    First what the scenario would do, then the other lines of the place where that leads, then the other places that
    the reply could have led to.
    """
    state, scene, m = session.state, session.scenario, session.machine
    found: list[Reaction] = []
    at, said = state.position, session.says
    branches: Sequence[str] = ()
    if isinstance(held, Say | StaySilent):
        event = decide(scene, state, held, Stamp(by=state.wheel))
        assert isinstance(event, Answered)
        at, said = event.after, event.says
        found.append(Reaction(SCENARIO, said, Steer()))
        move = m.move(state.position.node, held.reply if isinstance(held, Say) else ".")
        branches = [branch.to for branch in move.reply.goto] if move else ()
    node = scene.nodes.get(at.node)
    for number in range(len(node.says) if node else 0):
        words = filled(m.line(at.node, number, state.seed), state.learner)
        if words != said:
            found.append(Reaction(f"line-{number}", words, Steer(line=number)))
    for name in dict.fromkeys(branches):
        if name != at.node and (words := _first_words(session, name)):
            found.append(Reaction(f"to-{name}", words, Steer(to=name)))
    return found


def _first_words(session: Session, name: str) -> str:
    """What is heard at a node or an ending when one comes there from here; empty where it cannot be gone to."""
    m, there = session.machine, session.state.position._replace(node=name)
    if name not in m.endings and not m.knows(there):
        return ""
    return filled(m.says(there, session.state.seed), session.state.learner)
