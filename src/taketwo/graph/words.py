"""The few words that every kind of picture says, and how many cells they take."""

import unicodedata
from collections.abc import Iterable
from functools import cache

from taketwo.graph.picture import Choice, Jump, Pass, Picture, Place
from taketwo.review import Mark
from taketwo.wording import MARKS, STEERED, count

SIGNS: dict[Mark, str] = {mark: char if mark else "" for mark, (char, _) in MARKS.items()}


def cells(text: str) -> int:
    """How many cells of a terminal `text` takes: two for wide characters, none for those that join
    another."""
    return len(text) if text.isascii() else sum(map(_cells, text))


@cache
def _cells(character: str) -> int:
    if unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1


def cut(text: str, room: int) -> str:
    """The beginning of `text` on one line of at most `room` cells; it ends in an ellipsis where more
    follows."""
    text = " ".join(text.split())
    if cells(text) <= room:
        return text
    kept = _fitting(text, room - 1)
    space = kept.rfind(" ")
    return (kept[:space] if space > room // 2 else kept).rstrip(" ,;:.–—") + "…"


def wrapped(text: str, room: int) -> list[str]:
    """`text` in lines of at most `room` cells; a word that is longer is broken."""
    lines = [""]
    for word in text.split():
        gap = " " if lines[-1] else ""
        if cells(lines[-1]) + len(gap) + cells(word) <= room:
            lines[-1] += gap + word
            continue
        if lines[-1]:
            lines.append("")
        while cells(word) > room:
            part = _fitting(word, room) or word[0]
            lines[-1], word = part, word[len(part) :]
            lines.append("")
        lines[-1] = word
    return [line for line in lines if line] or [""]


def _fitting(text: str, room: int) -> str:
    used = 0
    for index, character in enumerate(text):
        used += _cells(character)
        if used > room:
            return text[:index]
    return text


def points(choice: Choice) -> str:
    """ "+2"; a dot for silence, which has none."""
    if choice.how != "reply":
        return "."
    return f"{choice.total:+d}" if choice.total else "0"


def title(choice: Choice, *, said: bool = False) -> str:
    """What a choice is called: its id, or its first words where they were `said`."""
    if choice.how == "silence":
        return "silence"
    return f"“{cut(choice.say, 60)}”" if said and choice.say else choice.id


def asides(choice: Choice) -> list[str]:
    """What else is to be known of a choice, in words."""
    return [
        *([f"only if {choice.only}"] if choice.only else []),
        *(["once"] if choice.once else []),
        *(["critical error"] if choice.critical else []),
        *([f"after {choice.seconds} s"] if choice.seconds else []),
    ]


def ending_words(place: Place) -> str:
    """ "lost, CSAT 1"."""
    return f"{place.result}, CSAT {place.csat}"


def sign(step: Pass) -> str:
    """ "3▼"; the number alone where nothing is known."""
    return f"{step.number}{SIGNS[step.mark]}"


def pass_words(step: Pass) -> str:
    """ "decision 3: closed a door, the turning point; patience-gone cut in, on to walks-off"."""
    says = [_lower(MARKS[step.mark][1])] if step.mark else []
    says += ["the turning point"] if step.turning else []
    words = f"decision {step.number}" + (f": {', '.join(says)}" if says else "")
    return words + (f"; {step.interrupt} cut in, on to {step.to}" if step.interrupt else "")


def jump_words(jump: Jump) -> str:
    """ "after decision 3 steered to search"."""
    when = f"after decision {jump.after}" if jump.after else "before the first decision"
    return f"{when} steered to {jump.to}"


def numbers(steps: Iterable[Pass]) -> str:
    """ "decision 2", "decisions 1 and 3"."""
    found = [str(step.number) for step in steps]
    if len(found) < 2:
        return "decision " + "".join(found)
    return f"decisions {', '.join(found[:-1])} and {found[-1]}"


def size_words(picture: Picture) -> str:
    """ "12 places to answer at, 4 endings"."""
    kinds = [place.kind for place in picture.places.values()]
    places, endings = kinds.count("node"), kinds.count("ending")
    return f"{count(places, 'place')} to answer at, {count(endings, 'ending')}"


def path_words(picture: Picture) -> str:
    """The path of the take in one sentence for each decision, for those who cannot see a picture; "" without
    one."""
    steps = [
        f"{pass_words(step)}, at {place.name} “{cut(choice.say, 80)}”"
        if choice.say
        else f"{pass_words(step)}, at {place.name} silence"
        for step, place, choice in picture.walk()
    ]
    steps += [jump_words(jump) for jump in picture.jumps]
    return "; ".join(steps) + "." if steps else ""


def legend(picture: Picture) -> list[str]:
    """The signs that the take's path carries, each with its meaning."""
    used = {step.mark for step in picture.steps if step.mark}
    signs = [f"{char} {_lower(says)}" for mark, (char, says) in MARKS.items() if mark in used]
    return [*signs, *([f"{STEERED[0]} {_lower(STEERED[1])}"] if picture.jumps else [])]


def upper(text: str) -> str:
    """`text` with a capital."""
    return text[:1].upper() + text[1:]


def _lower(text: str) -> str:
    return text[0].lower() + text[1:]
