"""What a room sees on the wall, as lines: few, far apart, without names and without scores."""

from collections.abc import Sequence

from taketwo.debrief import Turn
from taketwo.pairing.asking import Asking
from taketwo.pairing.classroom import Row
from taketwo.pairing.huddle import Huddle
from taketwo.pairing.telling import split
from taketwo.pairing.vote import ROOM, RoomVote
from taketwo.scenario.model import Scenario
from taketwo.take.decide import filled
from taketwo.tui.sheet import Block
from taketwo.tui.talk import MARK, TONE, speech
from taketwo.wording import WORTH, change_words, critical_words, percent

BAR = 40
"""cells of the longest bar"""


def class_blocks(scenario: Scenario | None) -> list[Block]:
    """While everybody is in a take of their own: what it is about."""
    if scenario is None:
        return []
    about = scenario.briefing
    blocks = [Block(scenario.title, "title"), Block("")]
    for text in (about.role, about.situation, *about.facts):
        blocks += [Block(filled(text, ROOM)), Block("")] if text else []
    return blocks


def class_words(rows: Sequence[Row]) -> str:
    """How far the class is: "28 in the conversation, 2 at its end"."""
    inside = [row for row in rows if row.there != "door"]
    over = sum(bool(row.verdict) for row in inside)
    playing = sum(bool(row.status) for row in inside) - over
    words = [f"{playing} in the conversation" if playing else "", f"{over} at its end" if over else ""]
    return ", ".join(word for word in words if word) or f"{len(inside)} here"


def vote_blocks(vote: RoomVote, width: int) -> list[Block]:
    """The room's own take: what the customer says, the replies, then the split, then what the reply did."""
    asking = vote.asking
    if vote.turn:
        return _done(vote.turn, vote)
    blocks = speech(vote.session.speaker, vote.session.says, "customer")
    if vote.phase == "asking":
        return [*blocks, *_options(asking)]
    leading = asking.leading
    numbers = [str(n) for n, (option, _) in enumerate(asking.options, 1) if option in leading]
    said = "Nobody has chosen."
    if len(numbers) == 1:
        said = f"Most chose {numbers[0]}."
    elif numbers:
        said = f"{', '.join(numbers[:-1])} and {numbers[-1]} are level."
    return [*blocks, Block(said, "head"), Block(""), *_split(asking, width)]


def huddle_blocks(huddle: Huddle, width: int) -> list[Block]:
    """One decision: the situation, what was said before, the replies; then the split; then what each is worth."""
    asking, about = huddle.asking, huddle.scenario.briefing
    blocks = []
    if huddle.phase == "asking":
        blocks = [Block(filled(about.situation, ROOM), "quiet"), Block("")] if about.situation else []
    if huddle.phase == "asking" and huddle.before[1]:
        blocks += [
            *speech(huddle.speaker, huddle.before[0], "quiet"),
            *speech("You", huddle.before[1], "you"),
        ]
    blocks += speech(huddle.speaker, huddle.heard, "customer")
    if huddle.phase == "asking":
        return [*blocks, *_options(asking)]
    if huddle.phase == "split":
        return [*blocks, *_split(asking, width)]
    for number, (each, votes) in enumerate(zip(huddle.weighed(), asking.counts, strict=True), 1):
        tail = f"chosen by {votes}" if votes else ""
        blocks.append(Block(each.said, lead=f" {number}  ", hang="    ", tail=tail))
        blocks += [Block(text, tone, lead=lead, hang="      ") for text, tone, lead in _did(each.turn)]
        if each.curve is not None:
            chance = f"The chance of a good ending would then be {percent(each.curve)}."
            blocks.append(Block(chance, "quiet", lead="      ", hang="      "))
        blocks.append(Block(""))
    return blocks


def _done(turn: Turn, vote: RoomVote) -> list[Block]:
    asking = vote.asking
    votes = dict(zip((option for option, _ in asking.options), asking.counts, strict=True)).get(turn.reply, 0)
    blocks = speech("You", turn.said, "you")
    blocks[-1:] = [Block(text, tone, lead=lead, hang="      ") for text, tone, lead in _did(turn)]
    blocks += [Block(f"Chosen by {votes} of {asking.voted}.", "quiet", lead="      "), Block("")]
    blocks += speech(turn.answerer, turn.answer, "customer")
    return [*blocks, Block("The end.", "head")] if vote.phase == "over" else blocks


def _did(turn: Turn) -> list[tuple[str, str, str]]:
    """What a reply did, without its points: (words, tone, lead)."""
    lines = [(f"{WORTH[turn.worth]}.", TONE[turn.worth], f"    {MARK[turn.worth]} ")]
    if turn.critical:
        lines.append((critical_words(turn.critical), "bad", "    ! "))
    lines += [(change_words(change), "quiet", "      ") for change in turn.meters]
    lines += [(turn.why, "", "      ")] if turn.why else []
    return lines


def _options(asking: Asking) -> list[Block]:
    return [
        block
        for number, (_, words) in enumerate(asking.options, 1)
        for block in (Block(words, lead=f" {number}  ", hang="    "), Block(""))
    ]


def chosen_words(asking: Asking) -> str:
    """ "3 of 12 have chosen"."""
    return f"{asking.voted} of {asking.present} have chosen"


def _split(asking: Asking, width: int) -> list[Block]:
    """Each reply with a bar as long as its share."""
    blocks = []
    bars = split(asking.counts, min(BAR, max(8, width - 20)))
    for number, ((option, words), (bar, count_)) in enumerate(zip(asking.options, bars, strict=True), 1):
        most = option in asking.leading
        blocks.append(Block(words, "head" if most else "", lead=f" {number}  ", hang="    "))
        blocks.append(Block(f"{bar} {count_}".lstrip(), "you" if most else "quiet", lead="    "))
        blocks.append(Block(""))
    return blocks
