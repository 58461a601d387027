"""What the trainer's desk shows, as blocks and sentences: presence, the curve, and what each reply is worth."""

from collections.abc import Sequence

from rich.cells import cell_len

from taketwo.analysis.solve import Solution
from taketwo.debrief import notes
from taketwo.pairing.pair import Pair
from taketwo.pairing.seats import private
from taketwo.pairing.views import reactions
from taketwo.review import shares
from taketwo.session import Session
from taketwo.take.commands import Say
from taketwo.take.events import Heard, Remarked
from taketwo.tui.sheet import Block
from taketwo.wording import CRITICAL, STEPS, clock, meter_title, meter_words, percent, points_words

WORTH_HEADS = ("points, chance of a good ending", "points · chance of a good ending, now → then")
"""what stands over the figures of the replies, where it is narrow and where it is not"""


def standing_words(pair: Pair, session: Session, waits: float, width: int) -> str:
    """Who is there and what they are doing: presence, never kept. What does not fit is left out, the least first."""
    if pair.secret and not pair.on_line:
        return f"{pair.learner} is cut off. The clock waits, and they are called again."
    if pair.secret and not pair.agreed:
        return f"{pair.learner} has not said yes to being watched."
    state = session.state
    parts = [
        f"! {pair.learner} asks for help" if pair.asks else "",
        f"{pair.learner} is here" if pair.secret else "",
        _doing(pair, session),
    ]
    left = session.time_left()
    if left is not None:
        parts.append(f"{clock(round(left * 1000))} left")
    if state.status == "playing":
        who = pair.learner if pair.held and not pair.swapped else "the customer"
        parts.append(f"{who} waits {clock(round(waits * 1000))}")
    if pair.steering and not pair.held:
        parts.append("you play the customer")
    parts = [part for part in parts if part]
    while len(parts) > 2 and cell_len(" · ".join(parts)) > width:
        parts.pop()
    return " · ".join(parts)


def _doing(pair: Pair, session: Session) -> str:
    state = session.state
    if state.status == "paused":
        return "paused; p goes on"
    if pair.held and not pair.swapped:
        return "an answer waits for you, the customer"
    if pair.swapped:
        return "plays the customer" + (" and has your answer" if pair.held else "; you answer")
    if state.wheel == "trainer":
        return "listens; you have the conversation"
    if pair.typing:
        return "is typing"
    if pair.spoken:
        return "speaks; press the reply that fits"
    number = next((n for n, choice in enumerate(session.replies, 1) if choice.id == pair.cursor), 0)
    return f"looks at {number}" if number else "reads"


def mode_words(pair: Pair, session: Session, keys: str) -> str:
    """What a trainer can do now beside watching; empty where the learner answers by themselves.

    `keys` are the trainer's letters, in the order of `trainer_keys`.
    """
    hand, steer, line, mood, place, spoken = list(keys[2:8])
    if session.state.wheel == "trainer" and not pair.swapped:
        return f"You have the conversation; it does not count for {pair.learner}. {hand} hands it back."
    if pair.swapped:
        return f"You answer, and {pair.learner} is the customer."
    if pair.spoken:
        return (
            f"{pair.learner} speaks and sees no replies. Press the one that fits; if none does, {line} answers as the"
            f" customer. {spoken} shows them the replies."
        )
    if pair.steering:
        return (
            f"You play the customer: every answer waits for you. Without one: {line} says a line, {mood} changes"
            f" the mood, {place} goes elsewhere. {steer} lets the scenario do it."
        )
    return ""


def aside_now(pair: Pair, session: Session) -> list[Block]:
    """What was written since the customer spoke, by either of them: the learner's own words, and notes."""
    turned = max((event.seq for event in session.events if isinstance(event, Heard)), default=0)
    names = {"own-words": "in their own words", "note": "notes"}
    blocks = []
    for event in session.events[turned:]:
        if isinstance(event, Remarked) and event.text and event.topic in names:
            mine = event.by == "trainer"
            who = "Your note, private" if mine else f"{pair.learner}, {names[event.topic]}"
            blocks += [Block(f"{who}: {event.text}", "quiet", lead="✎ ", hang="  "), Block("")]
    return blocks


def reply_blocks(pair: Pair, session: Session, solution: Solution | None, keys: str) -> list[Block]:
    """The replies on offer, each with its points and what would become of the chance of a good ending."""
    if session.state.status == "paused":
        gone = pair.secret and not pair.on_line
        stands = f"Paused until {pair.learner} is back." if gone else "Paused. p goes on."
        return [Block(stands, "head", lead=" ")]
    mode = mode_words(pair, session, keys)
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


def worth_blocks(pair: Pair, session: Session, solution: Solution | None, reply: str) -> list[Block]:
    """What a reply would do: its lessons, a critical error, its reason, and the chance of a good ending."""
    move = session.machine.move(session.state.position.node, reply)
    if move is None:
        return []
    words = next((choice.text for choice in session.replies if choice.id == reply), "")
    blocks = [Block(words, "you", lead="┃ ", hang="┃ "), Block("")]
    blocks += [Block(f"{text}.") for text in points_words(move.reply.points, session.scenario)]
    if move.reply.critical:
        error = CRITICAL.get(move.reply.critical, move.reply.critical).removeprefix("you ")
        blocks.append(Block(f"Critical error: {error}.", "bad"))
    if move.reply.why:
        blocks.append(Block(move.reply.why))
    if chance := _chance(session, solution, reply):
        blocks += [Block(""), Block(f"The chance of a good ending: {chance}, if they say it.", "quiet")]
    return [*blocks, Block(""), Block(f"{pair.learner} sees none of this before they answer.", "quiet")]
