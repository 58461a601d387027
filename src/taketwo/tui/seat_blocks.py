"""What the learner's seat shows, as blocks."""

import re
from collections.abc import Sequence

from taketwo.pairing.telling import Part
from taketwo.tui.sheet import Block
from taketwo.tui.talk import MARK, TONE, speech
from taketwo.wording import POINTS, WORTH

_POINTS = re.compile(rf" [+−-]\d, ({'|'.join(map(re.escape, POINTS.values()))})\.$")
"""a line that tells the points of one lesson"""
_WORTH = {f"{words}.": worth for worth, words in WORTH.items()}
"""which worth the first line of what a reply did stands for"""


def part_blocks(part: Part) -> list[Block]:
    """One part of the conversation, with a line of air after it but between the lines of what a reply did."""
    match part.kind:
        case "did":
            worth = next((worth for words, worth in _WORTH.items() if part.text.startswith(words)), None)
            if worth:
                return [Block(part.text, TONE[worth], lead=f"  {MARK[worth]} ", hang="    ")]
            return [
                Block(part.text, "bad" if part.text.startswith("Critical error:") else "quiet", lead="    ")
            ]
        case "whisper":
            return [Block(f"{part.who}: {part.text}", "hint", lead="✎ ", hang="  "), Block("")]
        case "hint":
            return [Block(part.text, "hint", lead="? ", hang="  "), Block("")]
        case "note":
            words = f"{part.who}: {part.text}" if part.who else part.text
            return [Block(words, "quiet", lead="· ", hang="  "), Block("")]
        case "head":
            return [Block(part.text, "head", lead="── "), Block("")]
        case "you":
            return speech(part.who, part.text, "you")
        case "trainer":
            return speech(part.who, part.text, "title")
    return speech(part.who, part.text, "customer")


def _points_joined(parts: Sequence[Part]) -> list[Part]:
    """What a reply did, with its points in the line of what it was worth: lines are few on a small terminal."""
    joined: list[Part] = []
    for part in parts:
        if part.kind == "did" and _POINTS.search(part.text) and joined and joined[-1].kind == "did":
            part = Part("did", f"{joined.pop().text} {part.text}")
        joined.append(part)
    return joined


def talk_blocks(told: Sequence[Part]) -> list[Block]:
    """The conversation; what a reply did stands right under it."""
    blocks: list[Block] = []
    parts = _points_joined(told)
    for index, part in enumerate(parts):
        if part.kind == "did" and blocks and not blocks[-1].text:
            blocks.pop()
        blocks += part_blocks(part)
        if part.kind == "did" and (index + 1 == len(parts) or parts[index + 1].kind != "did"):
            blocks.append(Block(""))
    return blocks


def briefing_blocks(goal: str, texts: Sequence[str], last_try: str = "") -> list[Block]:
    """What the session is for, and what the learner wanted to try; the role, the situation, the facts."""
    blocks = [Block(f"What this session is for: {goal}", "you")] if goal else []
    blocks += [Block(f"Last time you wanted to try: {last_try}", "you")] if last_try else []
    blocks += [Block("")] if blocks else []
    if texts:
        blocks += [Block(texts[0], "head"), *(Block(text) for text in texts[1:2]), Block("")]
        blocks += [Block(text, "quiet", lead=" · ", hang="   ") for text in texts[2:]]
        blocks.append(Block(""))
    return blocks


def reply_blocks(options: Sequence[tuple[str, str]], *, choosable: bool) -> list[Block]:
    """What can be chosen; dimmed where it cannot be now."""
    return [
        Block(
            words, "" if choosable else "quiet", key=key if choosable else "", lead=f" {number} ", hang="   "
        )
        for number, (key, words) in enumerate(options, 1)
    ]


def side_blocks(meters: Sequence[str], notes: Sequence[str], *, asked: bool, trainer: str) -> list[Block]:
    """How the customer stands, and what one knows."""
    blocks = []
    if asked:
        blocks += [Block(f"You asked {trainer} for help.", "hint"), Block("")]
    if meters:
        blocks += [Block("How they stand", "head"), *(Block(text, lead=" ") for text in meters), Block("")]
    if notes:
        blocks.append(Block("What you know", "head"))
    return blocks + [Block(note, "quiet", lead=" · ", hang="   ") for note in notes]
