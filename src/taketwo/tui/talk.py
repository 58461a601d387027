"""The conversation as blocks: who said what, and in a coached take what each reply did."""

from collections.abc import Sequence

from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Hinted, Moved, Rewound, Started
from taketwo.tui.sheet import Block
from taketwo.wording import MARKS, WORTH, change_words, critical_words, hint_words, points_words, review_words

MARK = {"best": "✓", "good": "+", "slip": "–", "costly": "✗", "silent": "…", "even": "·"}
"""a sign beside the words, so that nothing is said by colour alone"""
TONE = {"best": "good", "good": "", "slip": "", "costly": "bad", "silent": "bad", "even": "quiet"}


def talk_blocks(events: Sequence[AnyEvent], scenario: Scenario, *, feedback: bool) -> list[Block]:
    """The conversation so far, on the branch that counts."""
    start = events[0]
    if not isinstance(start, Started):
        return []
    blocks = []
    if start.parent:
        blocks += [Block("Taken up from a decision of an earlier take.", "quiet"), Block("")]
    blocks += speech(start.who or start.customer, start.says, "customer")
    for turn in turns(events, scenario):
        blocks += turn_blocks(turn, scenario, feedback=feedback)
        blocks += speech(turn.answerer, turn.answer, "customer")
    return blocks + hint_blocks(events, scenario)


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


def turn_blocks(turn: Turn, scenario: Scenario, *, feedback: bool) -> list[Block]:
    """What the learner said, and what it did."""
    blocks = speech("You", turn.said or "(You say nothing.)", "you")
    if feedback:
        blocks = blocks[:-1] + feedback_blocks(turn, scenario) + [Block("")]
    return blocks


def speech(who: str, text: str, tone: str) -> list[Block]:
    """A name and what they say, with a line of air after it."""
    head = [Block(who, "head")] if who else []
    return [*head, Block(text, tone, lead="┃ ", hang="┃ "), Block("")]


def feedback_blocks(turn: Turn, scenario: Scenario) -> list[Block]:
    """What a reply did: worth, lessons, meters, why, and the learner's own words beside good ones."""
    did = " ".join([f"{WORTH[turn.worth]}.", *(f"{w}." for w in points_words(turn.points, scenario))])
    blocks = [Block(did, TONE[turn.worth], lead=f"  {MARK[turn.worth]} ", hang="    ")]
    if turn.critical:
        blocks.append(Block(critical_words(turn.critical), "bad", lead="  ! ", hang="    "))
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
