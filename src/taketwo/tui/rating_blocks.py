"""What the rating screen shows: the form with what has been rated, the anchors of an item, the conversation to point at."""

from collections.abc import Iterator, Mapping, Sequence

from taketwo.qa.form import HAPPENED, NA, Form
from taketwo.qa.sheet import Mark, Rating
from taketwo.qa.words import (
    all_turns,
    answer_words,
    choices,
    engine_words,
    failing_words,
    percent,
    shown_words,
    title_of,
    who,
)
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent
from taketwo.tui.sheet import Block

CRITICAL = "Critical errors"


def form_blocks(rating: Rating, numbers: Mapping[int, int]) -> list[Block]:
    """The form: a head for each section with its weight and shares, a line for each item with its rating."""
    form, blocks = rating.form, []
    for result in rating.sections:
        section = result.section
        rated = f"{percent(result.share)} · " if result.share is not None else ""
        blocks += [
            Block(""),
            Block(f"{section.title}, {section.weight} of 100", "title"),
            Block(f"{rated}{engine_words(result.engine)}", "quiet"),
        ]
        for item in section.items:
            blocks += _line(form, item.id, item.question, rating.marks.get(item.id), numbers)
    blocks += [
        Block(""),
        Block(CRITICAL, "title"),
        Block("One of them fails the take, whatever the score.", "quiet"),
    ]
    for critical in form.critical:
        blocks += _line(form, critical.id, critical.question, rating.marks.get(critical.id), numbers)
    for failing in rating.failing:
        if not failing.by_rater:
            blocks.append(Block(failing_words(failing, rating, numbers), "bad", lead=" ! ", hang="   "))
    return [*blocks, Block("")]


def _line(
    form: Form, key: str, question: str, mark: Mark | None, numbers: Mapping[int, int]
) -> Iterator[Block]:
    where = f"decision {numbers[mark.about]}" if mark and mark.about in numbers else ""
    yield Block(
        question,
        _tone(form, mark),
        key=key,
        lead=f"  {_sign(form, key, mark):<3} ",
        hang="      ",
        tail=where,
    )
    if mark and mark.text:
        yield Block(mark.text, "you", lead="      ")
    for answer in mark.answers if mark else ():
        yield Block(answer_words(answer), "hint", lead="      ")


def _sign(form: Form, key: str, mark: Mark | None) -> str:
    if mark is None:
        return "·"
    if key in form.asks:
        return "yes" if mark.value == HAPPENED else "no"
    return "n/a" if mark.value == NA else str(mark.value)


def _tone(form: Form, mark: Mark | None) -> str:
    """A critical error that happened stands out; all else is told by its number, never by colour."""
    return "bad" if mark and mark.item in form.asks and mark.value == HAPPENED else ""


def anchor_blocks(
    rating: Rating, key: str, events: Sequence[AnyEvent], numbers: Mapping[int, int], looking: int
) -> list[Block]:
    """An item: its question, what each rating means, and the event that shows it or would."""
    form, mark = rating.form, rating.marks.get(key)
    given = _key(form, key, mark)
    blocks = [Block(title_of(form, key), "head")]
    for typed, words in choices(form, key):
        here = typed == given
        shown = "x" if typed == "n/a" else typed
        name = "" if key in form.asks or typed == "n/a" else f"{form.scale[int(typed)]}: "
        words = f"Does not apply: {words[0].lower()}{words[1:]}" if typed == "n/a" else words
        blocks.append(
            Block(
                f"{name}{words}", "good" if here else "", lead=f"{'✓' if here else ' '}{shown} ", hang="   "
            )
        )
    if mark and mark.text:
        blocks.append(Block(f"Comment: {mark.text}", "you"))
    shown = shown_words(mark.about, events, numbers) if mark else ""
    if shown:
        blocks.append(Block(f"Shown by {shown}", "quiet"))
    elif looking and (would := shown_words(looking, events, numbers)):
        blocks.append(Block(f"Will be shown by {would}", "quiet"))
    else:
        blocks.append(Block("About the whole take. e names the decision that shows it.", "quiet"))
    for answer in mark.answers if mark else ():
        blocks.append(Block(answer_words(answer), "hint"))
    return blocks


def _key(form: Form, key: str, mark: Mark | None) -> str:
    if mark is None:
        return ""
    return "n/a" if mark.value == NA and key not in form.asks else str(mark.value)


def talk_blocks(events: Sequence[AnyEvent], scenario: Scenario) -> list[Block]:
    """The conversation, without what each reply was worth; decisions can be chosen."""
    blocks = [Block("The whole take", key="0", lead="  – "), Block("")]
    for turn in all_turns(events, scenario):
        back = " (taken back)" if turn.undone else ""
        blocks += [
            Block(turn.speaker, "head"),
            Block(turn.heard, "customer", lead="┃ ", hang="┃ "),
            Block(""),
            Block(
                f"{turn.said or '(nothing)'}{back}",
                "you",
                key=str(turn.seq),
                lead=f" {turn.number:>2} ",
                hang="    ",
            ),
            Block(""),
        ]
    return blocks


def bar_words(rating: Rating) -> str:
    """The top line: form, rater, the weighted score."""
    score = "not rated yet" if rating.share is None else f"{rating.share * 100:.0f} of 100"
    if rating.unrated:
        score += f", {len(rating.unrated)} to go"
    elif rating.failing:
        score += ", failed"
    else:
        score += ", passed" if rating.passed else ", not passed"
    if rating.failing:
        score += f" · ! {', '.join(failing.critical.id for failing in rating.failing)}"
    return f"{score} · {who(rating.rater)} · {rating.form.title}"
