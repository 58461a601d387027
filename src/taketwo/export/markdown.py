"""A take as Markdown, for a chat or a wiki. Texts are escaped, so that none becomes a heading, a link or a page's tag."""

import re
from collections.abc import Iterable, Iterator

from taketwo.aside import Aside
from taketwo.export.page import Exchange, Page

_SPECIAL = re.compile(r"[\\`*_{}\[\]#|~$@^]|(?<!\w)[:](?=\S)|:(?=//)|(?<=www)\.", re.IGNORECASE)
_FIRST = re.compile(r"^(\s*)([-+=:]|\d{1,9}(?=[.)]))")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def markdown(of: Page) -> str:
    """The page as Markdown."""
    return "\n".join(_lines(of)).rstrip() + "\n"


def escaped(text: str) -> str:
    """`text` on one line, as words and nothing else."""
    line = " ".join(text.split())
    line = _SPECIAL.sub(lambda found: "\\" + found[0], line)
    line = re.sub("[&<>]", lambda found: _ENTITIES[found[0]], line)
    return _FIRST.sub(_first, line)


def _first(found: re.Match[str]) -> str:
    """What would begin a list or a rule at the beginning of a line."""
    return f"{found[1]}{found[2]}\u2060" if found[2].isdigit() else f"{found[1]}\\{found[2]}"


def _lines(of: Page) -> Iterator[str]:
    yield f"# {escaped(of.title)}"
    yield ""
    coach = f" with {escaped(of.trainer)}" if of.trainer else ""
    yield f"**{escaped(of.learner)}**{coach}, {escaped(of.date)}, {of.mode}, {of.length} min"
    yield ""
    yield f"**{escaped(of.verdict)}**"
    for line in of.result:
        yield escaped(line)
    if of.together:
        yield ""
        yield escaped(" ".join(of.together))
    for note in of.notes:
        yield ""
        yield f"*{escaped(note)}*"
    yield ""
    yield "## The conversation"
    for exchange in of.exchanges:
        yield from _exchange(exchange, of.learner)
    if of.last:
        yield ""
        yield (
            f"**{escaped(of.last_speaker)}:** {escaped(of.last)}"
            if of.last_speaker
            else f"*{escaped(of.last)}*"
        )
    yield from _asides(of.closing)
    if of.curve_words:
        yield from _section("The turning point", [*of.curve_words, of.turning])
    if of.well:
        yield from _section("What went well", [f"“{turn.said}” {turn.why}" for turn in of.well[:3]])
    if of.to_try:
        yield from _section("What to try", [of.to_try])
    if of.ratings:
        yield from ("", "## How it was rated", "")
        yield from (f"{_depth(before)}- {escaped(line)}" for before, line in of.ratings)


def _exchange(of: Exchange, learner: str) -> Iterator[str]:
    yield ""
    yield f"**{escaped(of.speaker)}:** {escaped(of.heard)}"
    yield from _asides(of.asides)
    yield ""
    number = f"{of.number}\\. " if of.number else ""
    back = " *(taken back later)*" if not of.number else ""
    sign = f" {of.sign}" if of.sign else ""
    yield f"**{number}{escaped(learner if of.own else of.by)}**{sign} ({of.time}): {escaped(of.said)}{back}"
    yield ""
    if of.own_words:
        yield f"- In their own words: {escaped(of.own_words)}"
    for line in (*of.review, *of.feedback):
        yield f"- {escaped(line)}"
    if of.better:
        yield f"- Better here: “{escaped(of.better.text)}” {escaped(of.better.why)}"


def _asides(said: Iterable[Aside]) -> Iterator[str]:
    """What was said or done beside the replies: what the customer hears stands as they hear it, the rest is quoted."""
    for each in said:
        yield ""
        if each.kind == "happening" or not each.who:
            yield f"*{escaped(each.words)}*"
        else:
            quote = "> " if each.kind == "whisper" else ""
            yield f"{quote}**{escaped(each.who)}:** {escaped(each.text)}"


def _depth(before: str) -> str:
    """How far a line of the ratings stands in."""
    return " " * (len(before) - len(before.lstrip(" ")))


def _section(head: str, lines: list[str]) -> Iterator[str]:
    yield ""
    yield f"## {head}"
    yield ""
    for line in filter(None, lines):
        yield f"- {escaped(line)}"
