"""The picture as lines of text, for terminals, pipes and screen readers.

Every place stands once, in reading order, with its replies indented under it: "→ NAME" where a place is named
for the first time and follows below, "→ see NAME" where it has been named before. A tree that is nested as
deep as the conversation is long would run out of 80 columns before its middle. Rows carry no width, so that a
screen can wrap them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from taketwo.graph.picture import Choice, Picture, Place
from taketwo.graph.words import (
    asides,
    cut,
    ending_words,
    jump_words,
    legend,
    numbers,
    pass_words,
    points,
    sign,
    size_words,
    title,
    upper,
    wrapped,
)
from taketwo.review import Mark
from taketwo.wording import STEERED

Tone = Literal["", "head", "title", "quiet", "customer", "path", "lost", "blank"] | Mark
"""what a row is about; the words on a decision have the tone of its mark"""
WIDTH = 80
GUTTER = 5
"""cells before a reply, for the number and the mark of a decision"""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph: `lead` stands before its first line, as much space before the others."""

    text: str = ""
    lead: str = ""
    tone: Tone = ""
    place: str = ""
    """the place that this row heads"""


def rows(picture: Picture, *, said: bool = False) -> Iterator[Row]:
    """The whole picture. With `said` replies are called by their words, else by their ids."""
    named = {picture.start}
    for key, place in picture.places.items():
        heading = _heading(picture, place)
        if heading:
            yield Row(tone="blank")
            yield Row(heading, tone="title")
        yield Row(tone="blank")
        tone: Tone = "head" if place.kind != "ending" or place.acceptable else "lost"
        yield Row(_head(picture, place), tone=tone, place=key)
        yield Row(cut(place.words, 150), "  ", "customer" if place.kind == "node" else "quiet")
        for choice in place.choices:
            yield from _choice(picture, choice, named, said=said)


def _heading(picture: Picture, place: Place) -> str:
    """What stands above the first interrupt and the first ending."""
    if place.kind == "node":
        return ""
    first = next(p for p in picture.places.values() if p.kind == place.kind)
    if place is not first:
        return ""
    return "At any time, once" if place.kind == "interrupt" else "Endings"


def _head(picture: Picture, place: Place) -> str:
    parts = [place.name]
    if place.kind == "ending":
        parts.append(ending_words(place))
    if place.key == picture.start:
        parts.append("the start")
    if place.passes:
        parts.append(numbers(place.passes))
    for jump in picture.jumps:
        if jump.to == place.key:
            parts.append(f"{STEERED[0]} steered here {jump_words(jump).partition(' steered')[0]}")
    if place.key == picture.last and picture.learner:
        parts.append("the take ended here" if place.kind == "ending" else "the take stands here")
    return " · ".join(parts)


def choice_rows(picture: Picture, choice: Choice, *, whole: bool = False) -> Iterator[Row]:
    """One choice by itself; with its `whole` words."""
    yield from _choice(picture, choice, None, said=True, whole=whole)


def _choice(
    picture: Picture, choice: Choice, named: set[str] | None, *, said: bool, whole: bool = False
) -> Iterator[Row]:
    gutter = f"{sign(choice.passes[0]) if choice.passes else '':>{GUTTER}} "
    tone: Tone = "path" if choice.passes else ""
    ways = [f"→ {_way(picture, way.to, named)}" + _when(way.when) for way in choice.exits]
    if choice.how == "interrupt":
        yield from (Row(way, " " * len(gutter)) for way in ways)
        return
    lead = f"{gutter}{points(choice):>2} "
    name = f"“{choice.say}”" if whole and choice.say else title(choice, said=said)
    aside = "".join(f" ({words})" for words in asides(choice))
    if len(ways) == 1 and not whole:
        yield Row(f"{name}{aside} {ways[0]}", lead, tone)
    else:
        yield Row(f"{name}{aside}", lead, tone)
        yield from (Row(way, " " * len(lead), "quiet" if whole else tone) for way in ways)
    for step in choice.passes:
        yield Row(f"{upper(pass_words(step))}.", " " * len(lead), step.mark or "path")


def _way(picture: Picture, to: str, named: set[str] | None) -> str:
    """Where a choice leads; by itself, without `named`, no place has been named before."""
    place = picture.places[to]
    seen = named is not None and to in named
    if named is not None:
        named.add(to)
    if place.kind == "ending" and not seen:
        return f"{place.name} ({ending_words(place)})"
    return f"see {place.name}" if seen else place.name


def _when(when: str) -> str:
    if not when:
        return ""
    return f", {when}" if when == "otherwise" else f", if {when}"


def text(picture: Picture, width: int = WIDTH) -> str:
    """The outline, at most `width` cells wide."""
    lines = [
        *wrapped(picture.title, width),
        *wrapped(f"{size_words(picture)}. {_how_to_read(picture)}", width),
    ]
    for row in rows(picture):
        hang = " " * len(row.lead)
        pieces = wrapped(row.text, width - len(row.lead))
        lines += [
            ((row.lead if not number else hang) + piece).rstrip() for number, piece in enumerate(pieces)
        ]
    return "\n".join(lines) + "\n"


def _how_to_read(picture: Picture) -> str:
    how = "Before each reply stand its points, after it where it leads."
    if picture.steps:
        how += f" The take of {picture.learner} is numbered at the left"
        how += f": {', '.join(legend(picture))}." if legend(picture) else "."
    return how
