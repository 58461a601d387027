"""What the trainer's desk shows, as blocks and sentences: presence, the curve, and what each reply is worth."""

from collections.abc import Sequence

from taketwo.analysis.solve import Solution
from taketwo.debrief import notes
from taketwo.pairing.pair import Pair
from taketwo.pairing.seats import private
from taketwo.pairing.views import reactions
from taketwo.review import shares
from taketwo.session import Session
from taketwo.take.commands import Say
from taketwo.take.events import Heard
from taketwo.tui.sheet import Block
from taketwo.wording import STEPS, clock, critical_words, meter_title, meter_words, percent, points_words


def standing_words(pair: Pair, session: Session, waits: float) -> str:
    """Who is there and what they are doing: presence, never kept."""
    if not pair.secret:
        there = ""
    elif not pair.on_line:
        return f"{pair.learner} is cut off. The clock waits, and they are called again."
    elif not pair.agreed:
        return f"{pair.learner} has not said yes to being watched."
    else:
        there = f"{pair.learner} is here"
    state = session.state
    if state.status == "paused":
        doing = "paused; p goes on"
    elif pair.held and not pair.swapped:
        doing = "an answer waits for you, the customer"
    elif pair.swapped:
        doing = "plays the customer" + (" and has your answer" if pair.held else "; you answer")
    elif state.wheel == "trainer":
        doing = "listens; you have the conversation"
    elif pair.typing:
        doing = "is typing"
    elif pair.spoken:
        doing = "speaks; press the reply that fits"
    else:
        number = next((n for n, choice in enumerate(session.replies, 1) if choice.id == pair.cursor), 0)
        doing = f"looks at {number}" if number else "reads"
    parts = [there, doing, f"for {clock(round(waits * 1000))}"]
    left = session.time_left()
    if left is not None:
        parts.append(f"{clock(round(left * 1000))} left")
    if pair.steering and not pair.held:
        parts.append("you play the customer")
    if pair.asks:
        parts.insert(0, f"! {pair.learner} asks for help")
    return " · ".join(part for part in parts if part)


def mode_words(pair: Pair, session: Session) -> str:
    """What a trainer can do now beside watching; empty where the learner answers by themselves."""
    if session.state.wheel == "trainer" and not pair.swapped:
        return f"You have the conversation; it does not count for {pair.learner}. The same key hands it back."
    if pair.swapped:
        return f"You answer, and {pair.learner} is the customer."
    if pair.spoken:
        return f"{pair.learner} speaks and sees no replies. Press the one that fits; if none does, answer as the customer."
    if pair.steering:
        return "You play the customer: every answer waits for you. Or go on without one: a line, a mood, another place."
    return ""


def reply_blocks(pair: Pair, session: Session, solution: Solution | None) -> list[Block]:
    """The replies on offer, each with its points and what would become of the chance of a good ending."""
    if session.state.status == "paused":
        return [Block("Paused. p goes on.", "head")]
    mode = mode_words(pair, session)
    blocks = [Block(mode, "hint", lead=" ")] if mode else []
    m, here = session.machine, session.state.position
    words = {choice.id: choice.text for choice in session.replies}
    for number, move in enumerate(m.shown(here, session.state.seed), 1):
        reply = move.reply
        worth = f"{move.offer.total:+d}"
        if chance := _chance(session, solution, reply.id):
            worth += f" {chance}"
        here_now = " ◂" if pair.cursor == reply.id and session.state.wheel == "learner" else "  "
        blocks.append(
            Block(
                words.get(reply.id, ""),
                key=reply.id,
                lead=f" {number} ",
                hang="   ",
                tail=f"{worth}{here_now}",
            )
        )
    return blocks


def _chance(session: Session, solution: Solution | None, reply: str) -> str:
    """ "61 → 78 %": the chance of a good ending before a reply, and after; empty where it is not known."""
    if solution is None or solution.refused:
        return ""
    m, here = session.machine, session.state.position
    move = m.move(here.node, reply)
    if move is None:
        return ""
    try:
        now = solution.at(here).curve or 0.0
        then = 0.0 if move.reply.critical else solution.at(m.step(here, move)).curve or 0.0
    except KeyError:
        return ""
    return f"{now:.0%} → {percent(then)}".replace("%", "", 1)


def reaction_blocks(pair: Pair, session: Session) -> list[Block]:
    """The answer that waits, and how the customer can take it."""
    held = pair.held
    assert held
    reply = held.command.reply if isinstance(held.command, Say) else ""
    words = next((choice.text for choice in session.replies if choice.id == reply), "(says nothing)")
    who = pair.learner if held.by == "learner" else pair.trainer
    blocks = [Block(f"{who}: “{words}”", "you", lead=" ", hang="   ")]
    if pair.swapped:
        return [*blocks, Block(f"{pair.learner}, as the customer, is thinking.", "quiet", lead=" ")]
    for number, each in enumerate(reactions(session, held.command), 1):
        tail = "as the scenario has it" if number == 1 else ""
        blocks.append(Block(each.words, key=each.key, lead=f" {number} ", hang="   ", tail=tail))
    return blocks


def beside_blocks(pair: Pair, session: Session, solution: Solution | None) -> list[Block]:
    """How the customer stands, the curve, what the learner knows, the goal, and the private notes."""
    state = session.state
    rows = zip(session.scenario.meters.values(), state.position.meters, strict=True)
    blocks = [Block("How they stand", "head")]
    blocks += [Block(f"{meter_title(meter)}: {meter_words(meter, value)}", lead=" ") for meter, value in rows]
    curve = shares(session.events, solution)
    if curve:
        blocks += [Block(""), Block("The chance of a good ending", "head"), *_curve(session, curve)]
    blocks += _part("Goal", [pair.goal] if pair.goal else [])
    blocks += _part("Wanted to try", [pair.try_next] if pair.try_next else [])
    blocks += _part("They know", notes(session.events, session.scenario), " · ")
    customer = session.scenario.customer
    blocks += _part("They want", [text for text in (customer.wants, customer.needs) if text], " · ")
    blocks += _part("Your notes", [note.text for note in private(session.events)], " ✎ ")
    return blocks


def _curve(session: Session, curve: Sequence[float]) -> list[Block]:
    points = [share for event, share in zip(session.events, curve, strict=True) if isinstance(event, Heard)]
    bars = "".join(STEPS[round(share * 8)] for share in points[-16:])
    return [Block(f"{bars}  {percent(curve[-1])} now", lead=" ")]


def _part(title: str, texts: Sequence[str], lead: str = " ") -> list[Block]:
    if not texts:
        return []
    return [
        Block(""),
        Block(title, "head"),
        *(Block(text, "quiet", lead=lead, hang=" " * len(lead)) for text in texts),
    ]


def worth_words(session: Session, reply: str) -> list[str]:
    """What a reply would do, in words: its lessons, a critical error, its reason."""
    move = session.machine.move(session.state.position.node, reply)
    if move is None:
        return []
    critical = [critical_words(move.reply.critical)] if move.reply.critical else []
    return [*points_words(move.reply.points, session.scenario), *critical, move.reply.why]
