"""The conversation as blocks: who said what, and in a coached take what each reply did."""

from collections.abc import Iterable, Sequence

from taketwo.aside import Aside, People, asides, change_of_chances, people, steered_words, whose_words
from taketwo.between import closing
from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed, Steering
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Hinted, Moved, Rewound, Started
from taketwo.tui.sheet import Block
from taketwo.wording import (
    MARKS,
    STEERED,
    WORTH,
    change_words,
    critical_words,
    hint_words,
    points_words,
    review_words,
)

MARK = {"best": "✓", "good": "+", "slip": "–", "costly": "✗", "silent": "…", "even": "·"}
"""a sign beside the words, so that nothing is said by colour alone"""
TONE = {"best": "good", "good": "", "slip": "", "costly": "bad", "silent": "bad", "even": "quiet"}


def talk_blocks(
    events: Sequence[AnyEvent], scenario: Scenario, *, feedback: bool, named: bool = False
) -> list[Block]:
    """The conversation so far, on the branch that counts; the learner by name where somebody else reads it."""
    start = events[0]
    if not isinstance(start, Started):
        return []
    blocks = []
    if start.parent:
        blocks += [Block("Taken up from a decision of an earlier take.", "quiet"), Block("")]
    who, heard = people(start, named=named), start.says
    blocks += speech(start.who or start.customer, start.says, "customer")
    for turn in turns(events, scenario):
        blocks += aside_blocks(asides(turn.since, who, heard))
        blocks += turn_blocks(turn, scenario, who, feedback=feedback)
        blocks += answer_blocks(turn, who)
        heard = turn.answer
    return blocks + aside_blocks(asides(closing(events), who, heard)) + hint_blocks(events, scenario)


def hint_blocks(events: Sequence[AnyEvent], scenario: Scenario) -> list[Block]:
    """The hints asked for since the last decision."""
    asked: list[str] = []
    for event in reversed(events):
        if isinstance(event, Moved | Rewound):
            break
        if isinstance(event, Hinted):
            asked.insert(0, hint_words(scenario.lessons[event.lesson]))
    return [
        block
        for text in dict.fromkeys(asked)
        for block in (Block(text, "hint", lead="? ", hang="  "), Block(""))
    ]


def turn_blocks(turn: Turn, scenario: Scenario, who: People, *, feedback: bool) -> list[Block]:
    """What the learner said, or whoever had the conversation, and what it did."""
    blocks = speech(who.name(turn.by), said_words(turn, who), "you")
    if feedback:
        blocks[-1:] = [
            *whose_blocks(turn, who),
            *feedback_blocks(turn, scenario),
            *swayed_blocks(turn),
            Block(""),
        ]
    return blocks


def said_words(turn: Turn, who: People) -> str:
    """The reply, or that there was none."""
    if turn.said:
        return turn.said
    return "(You say nothing.)" if who.name(turn.by) == "You" else f"({who.name(turn.by)} says nothing.)"


def answer_blocks(turn: Turn, who: People) -> list[Block]:
    """What the customer said to it, and that somebody chose it in their place."""
    chose = steered_words(turn.steered, turn.player, who) if turn.steered else ""
    steered = [Block(chose, "quiet", lead="· ", hang="  "), Block("")] if chose else []
    return [*steered, *speech(turn.answerer, turn.answer, "customer")]


def aside_blocks(said: Iterable[Aside]) -> list[Block]:
    """What was said or done between the decisions; who says it to whom stands above it."""
    blocks: list[Block] = []
    for each in said:
        if each.kind == "line":
            blocks += speech(each.who, each.text, "customer")
        elif each.kind == "happening":
            blocks += [Block(each.words, "quiet", lead="· ", hang="  "), Block("")]
        else:
            lead = "┃ " if each.kind == "barge" else "┊ "
            blocks += [Block(each.who, "head"), Block(each.text, "hint", lead=lead, hang=lead), Block("")]
    return blocks


def whose_blocks(turn: Turn, who: People) -> list[Block]:
    """Whose decision it was, where it was not the learner's alone."""
    return [Block(words, "quiet", lead="    ") for words in whose_words(turn, who)]


def swayed_blocks(turn: Turn) -> list[Block]:
    """What somebody who played the customer did to the meters."""
    moved = " ".join(change_words(change) for change in turn.swayed)
    return [Block(f"Then, steered: {moved}", "quiet", lead="    ")] if moved else []


def speech(who: str, text: str, tone: str) -> list[Block]:
    """A name and what they say, with a line of air after it."""
    head = [Block(who, "head")] if who else []
    return [*head, Block(text, tone, lead="┃ ", hang="┃ "), Block("")]


def feedback_blocks(turn: Turn, scenario: Scenario) -> list[Block]:
    """What a reply did: worth, lessons, meters, why, and the learner's own words beside good ones."""
    did = " ".join([f"{WORTH[turn.worth]}.", *(f"{w}." for w in points_words(turn.points, scenario))])
    blocks = [Block(did, TONE[turn.worth], lead=f"  {MARK[turn.worth]} ", hang="    ")]
    if turn.critical:
        blocks.append(Block(critical_words(turn.critical, turn.by), "bad", lead="  ! ", hang="    "))
    if turn.meters:
        blocks.append(Block(" ".join(change_words(change) for change in turn.meters), "quiet", lead="    "))
    if turn.why:
        blocks.append(Block(turn.why, "quiet", lead="    "))
    if turn.reveals:
        blocks.append(Block(f"Noted: {turn.reveals}", lead="    "))
    if turn.own_words:
        blocks.append(Block(f"In your own words: {turn.own_words}", "you", lead="    "))
        blocks += [
            Block(f"Also good words for this reply: {sample}", "quiet", lead="    ")
            for sample in turn.samples[:2]
        ]
    return blocks


def review_blocks(seq: int, rows: dict[int, Reviewed], numbers: dict[int, int]) -> list[Block]:
    """What the solved scenario says about a decision; nothing where it is not solved."""
    row = rows.get(seq)
    lines = review_words(row, numbers) if row else []
    if row is None or not lines:
        return []
    tone = {"closed": "bad", "harder": "hint", "recovery": "good", "best": "good"}.get(row.mark, "quiet")
    return [Block(" ".join(lines), tone, lead=f"  {MARKS[row.mark][0]} ", hang="    ")]


def steering_blocks(steering: Steering | None, who: People) -> list[Block]:
    """What somebody who played the customer made of the chances."""
    words = change_of_chances(steering, who) if steering else ""
    return [Block(words, "hint", lead=f"  {STEERED[0]} ", hang="    ")] if words else []
