"""The page of a debrief, as blocks: result, what went well, each decision, the score sheet, the person, the films."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType

from taketwo.aside import People, asides, chances_words, people, swayed_words, together_words
from taketwo.debrief import Debrief, Row, Turn
from taketwo.telling import parting_words
from taketwo.transcript.rows import TakeRow
from taketwo.tui.sheet import Block
from taketwo.tui.talk import (
    aside_blocks,
    feedback_blocks,
    review_blocks,
    said_words,
    steering_blocks,
    whose_blocks,
)
from taketwo.wording import (
    craft_words,
    curve_lines,
    curve_words,
    outcome_words,
    percent,
    possible_words,
    prediction_words,
    principle,
    principle_words,
    verdict,
)

BETTER_KEY = "Enter shows a better reply."
"""stands under a decision; a picture, which has no keys, leaves it out"""


def debrief_blocks(
    about: Debrief, width: int, forks: Mapping[int, Sequence[TakeRow]] = MappingProxyType({})
) -> list[Block]:
    """The page: result, what went well, each decision, the score sheet, the person, the films."""
    result = about.score
    good, who = "good" if result.passed else "bad", people(about.started)
    blocks = [
        Block(""),
        Block(verdict(result, practised=about.started.practised), good),
        Block(f"{outcome_words(result.outcome)}. {craft_words(result)}"),
        Block(possible_words(about), "quiet"),
        *(Block(text, "hint") for text in together_words(about.hands, about.started, who)),
        *(Block(text, "quiet") for text in prediction_words(about)),
    ]
    if about.review:
        blocks += [
            *_head("The chance of a good ending"),
            *(Block(text) for text in curve_lines(about.changes)),
        ]
        blocks += [Block(text, "quiet") for text in (*curve_words(about)[1:], *chances_words(about, who))]
    if about.went_well:
        blocks += _head("What went well")
        blocks += [
            block
            for turn in about.went_well[:3]
            for block in (
                Block(f"“{turn.said}”", "you", lead="✓ ", hang="  "),
                Block(turn.why, "quiet", lead="  "),
            )
        ]
    if about.turns:
        blocks += _head("Decision by decision")
        for turn in about.turns:
            blocks += _decision(turn, about, parting_words(forks.get(turn.seq, ())), who)
        last = about.turns[-1]
        blocks += _indented(aside_blocks(asides(about.closing, who, last.answer)))
    elif about.closing:
        blocks += [*_head("What happened"), *aside_blocks(asides(about.closing, who, about.started.says))]
    if about.lessons:
        blocks += [*_head("By lesson"), Block("█ you   │ where guessing would stand", "quiet")]
        blocks += [Block(bar(row, width)) for row in about.lessons]
        blocks += [*_head("By skill"), *(Block(bar(row, width)) for row in about.skills)]
    customer = about.scenario.customer
    if customer.wants or customer.needs:
        blocks += _head(customer.name)
        blocks += [Block(customer.wants, lead="wanted  "), Block(customer.needs, lead="needed  ")]
    if about.films:
        blocks += _head("The films behind it")
        blocks += [Block(principle(lesson), "quiet", lead="· ", hang="  ") for lesson in about.films]
    if about.try_next:
        blocks += [*_head("One thing to try next time"), Block(about.try_next, "you")]
    return [*blocks, Block("")]


def _head(text: str) -> list[Block]:
    return [Block(""), Block(text, "title")]


def _decision(turn: Turn, about: Debrief, parted: str, who: People) -> list[Block]:
    speaker, heard = turn.first
    own = turn.by == "learner"
    blocks = [
        *([Block(speaker, "head", lead="    ")] if speaker != about.scenario.customer.name else []),
        Block(heard, "quiet", lead="    ┃ ", hang="    ┃ "),
        *_indented(aside_blocks(asides(turn.since, who, heard))),
        *([] if own else [Block(who.name(turn.by), "head", lead="    ")]),
        Block(
            turn.said or ("(you said nothing)" if own else said_words(turn, who)),
            key=str(turn.seq),
            lead=f" {turn.number:>2} ",
            hang="    ",
        ),
        *([Block(f"{parted} w shows them.", "title", lead="  ↳ ", hang="    ")] if parted else []),
        *whose_blocks(turn, who),
        *review_blocks(turn.seq, about.review, {each.seq: each.number for each in about.turns}),
        *feedback_blocks(turn, about.scenario),
        *(Block(text, "quiet", lead="    ") for text in swayed_words(turn, who)),
        *(b for each in about.steering if each.seq == turn.seq for b in steering_blocks(each, who)),
    ]
    if words := principle_words(turn, about.scenario):
        blocks.append(Block(words, "quiet", lead="    "))
    if turn.hints:
        titles = ", ".join(about.scenario.lessons[key].title for key in turn.hints)
        blocks.append(Block(f"After a hint: {titles}.", "quiet", lead="    "))
    if turn.better and turn.seq in about.shown:
        blocks.append(Block(f"Better here: “{turn.better.text}”", "good", lead="    → ", hang="      "))
        blocks.append(Block(turn.better.why, "quiet", lead="      "))
    elif turn.better:
        blocks.append(Block(BETTER_KEY, "quiet", lead="    "))
    return [*blocks, Block("")]


def _indented(blocks: Sequence[Block]) -> list[Block]:
    """What stands beside a decision; the air between is the decision's own."""
    return [
        replace(block, lead=f"    {block.lead}", hang=f"    {block.hang}" if block.hang else "")
        for block in blocks
        if block.text
    ]


def bar(row: Row, width: int) -> str:
    """One bar: title, the share filled in, a line where guessing would stand, the figure in words."""
    title = f"{row.title}{' *' if row.centre else ''}"
    name = min(24, max(12, width // 3))
    room = max(8, min(40, width - name - 14))
    if row.share is None:
        return f"{title[:name]:<{name}} {'not met':>{room + 8}}"
    cells = ["█" if index < round(row.share * room) else "░" for index in range(room)]
    if row.guess is not None:
        cells[min(room - 1, round(row.guess * room))] = "│"
    return f"{title[:name]:<{name}} {''.join(cells)} {percent(row.share):>7}"
