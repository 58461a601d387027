"""What the trainer's desk prints: what happens, as it comes, and what each reply is worth."""

from collections.abc import Iterable, Iterator

from taketwo.analysis.background import solving
from taketwo.aside import asides, people
from taketwo.debrief import debrief
from taketwo.pairing.pair import Pair
from taketwo.pairing.views import Reaction, feedback
from taketwo.plain.console import Console
from taketwo.plain.debrief import show_debrief
from taketwo.session import Session
from taketwo.take.events import (
    Abandoned,
    Answered,
    AnyEvent,
    Handed,
    Heard,
    Moved,
    Paused,
    Remarked,
    Replied,
    Resumed,
    Rewound,
    Steered,
)
from taketwo.wording import percent

AGAIN = "again takes it again, again N from decision N, swap N with roles swapped; q ends the session."


def say_events(console: Console, session: Session, fresh: list[AnyEvent]) -> None:
    """Print what has just happened, and then what can be said or what the take was."""
    did = feedback(session)
    for event in fresh:
        for text, indent in _event(event, session, did.get(event.seq, ())):
            console.say(text, indent)
    if session.state.over and any(isinstance(event, Heard | Abandoned) for event in fresh):
        solution = solving(session.scenario).result()
        show_debrief(console, debrief(session.events, session.scenario, solution))
        console.say(AGAIN)
    elif any(isinstance(event, Heard | Handed | Resumed) for event in fresh) and not session.state.over:
        say_replies(console, session)


def _event(event: AnyEvent, session: Session, did: Iterable[str]) -> Iterator[tuple[str, str]]:
    """What is said of one event, each line with what stands before it."""
    who = people(session.started, named=True)
    if isinstance(event, Moved):
        yield f"{who.name(event.by)}: {event.said if isinstance(event, Replied) else '(nothing)'}", ""
        yield from ((text, "  | ") for text in did)
    if isinstance(event, Rewound):
        yield "(Taken back.)", ""
    if isinstance(event, Heard) and not isinstance(event, Steered):
        ended = isinstance(event, Answered) and event.end
        yield event.says if ended else f"{event.who or who.customer}: {event.says}", ""
    elif said := asides([event], who):
        yield from ((each.words if each.kind == "line" else f"({each.words})", "") for each in said)
    elif isinstance(event, Remarked) and event.text:
        yield f"({who.name(event.by)}, {event.topic}: {event.text})", ""
    elif isinstance(event, Paused | Resumed):
        yield "(Paused.)" if isinstance(event, Paused) else "(Going on.)", ""
    elif isinstance(event, Abandoned):
        yield "(The take was ended.)", ""


def say_replies(console: Console, session: Session) -> None:
    """Print the replies on offer, each with its points and the chance of a good ending after it."""
    m, state = session.machine, session.state
    if state.status != "playing":
        return
    solution = solving(session.scenario).result(0)
    words = {choice.id: choice.text for choice in session.replies}
    console.say("The replies, each with its points and the chance of a good ending after it:")
    for number, move in enumerate(m.shown(state.position, state.seed), 1):
        worth = f"{move.offer.total:+d}"
        if move.reply.critical:
            worth += ", a critical error"
        elif solution and not solution.refused:
            there = solution.graph.find(m.step(state.position, move))
            worth += f", {percent(solution.prospect(there).curve)}" if there is not None else ""
        console.say(f"{words[move.reply.id]} ({worth})", f"  {number}. ")


def say_held(console: Console, pair: Pair, found: Iterable[Reaction]) -> None:
    """Print the answer that waits, and how the customer can take it."""
    answer = pair.view().answer or "(nothing)"
    console.say(f"{pair.trainer if pair.swapped else pair.learner}: {answer}")
    if pair.swapped:
        console.say(f"({pair.learner}, as the customer, is thinking.)")
        return
    console.say("You are the customer:")
    for number, each in enumerate(found, 1):
        console.say(each.words, f"  {number}. ")
