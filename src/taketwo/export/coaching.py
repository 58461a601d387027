"""A coaching sheet for one conversation between learner and trainer: evidence, one thing to try, the next date.

It prints on one A4 page: what is quoted is cut, no paragraph has more than a few lines, and where
all of them are long, the end of the evidence gives way.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from taketwo.debrief import Turn
from taketwo.export.page import Exchange, Page, page
from taketwo.export.taken import taken
from taketwo.export.webpage import COLOURS, document, inline, words
from taketwo.output import write
from taketwo.transcript.shelf import Shelf

HEARD, QUOTE, REASON, STEP = 200, 220, 440, 300
"""characters kept of what was heard, of what was said, of what it did, and of what to try"""
_STYLE = (
    COLOURS
    + """
main { max-width: 178mm; margin: 0 auto; padding: 1.25rem 1rem; }
h1 { font-size: 1.5rem; line-height: 1.2; }
h2 { font-size: 1rem; margin: 1.1rem 0 .4rem; padding-bottom: .15rem; border-bottom: 1px solid var(--rule); }
.quiet { color: var(--quiet); }
.who { display: flex; flex-wrap: wrap; gap: .1rem 1.5rem; margin-top: .35rem; }
.result { margin-top: .6rem; }
.evidence { list-style: none; }
.evidence li { margin-bottom: .6rem; padding-left: .8rem; border-left: .2rem solid var(--rule); break-inside: avoid; }
.evidence .heard { color: var(--quiet); font-size: .85rem; }
.evidence .said { font-weight: 600; }
.lines li { margin: 0 0 .35rem 1.2rem; }
.blank { border-bottom: 1px solid var(--quiet); height: 1.7rem; }
.sign { display: flex; flex-wrap: wrap; gap: 1rem 2rem; margin-top: 1.2rem; }
.sign div { flex: 1 1 12rem; }
.sign p { border-top: 1px solid var(--ink); margin-top: 2rem; padding-top: .2rem; font-size: .85rem; }
.note { margin-top: .5rem; color: var(--bad); font-size: .85rem; }
@page { size: A4; margin: 13mm 16mm; }
@media print { h1, p { display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 4; overflow: hidden; }
  h1, .heard, .said, .note { -webkit-line-clamp: 2; }
  html { font-size: 9.25pt; } body { font-size: 1rem; line-height: 1.36; background: none; }
  main { padding: 0; max-width: none; height: 268mm; display: flex; flex-direction: column; }
  main > * { flex: none; } .evidence { flex: 0 1 auto; min-height: 0; overflow: hidden; } .sign { margin-top: auto; } }
"""
)


def write_coaching(shelf: Shelf, name: str, path: Path) -> None:
    """The sheet of the take `name` as the new file `path`. Raises UnknownTake, Unreadable, NotWritten."""
    write(path, coaching(page(taken(shelf, shelf.find(name)))).encode(), force=False)


def coaching(of: Page, next_date: str = "") -> str:
    """The sheet as HTML, with the date of the next conversation or a line to write it on."""
    return document(f"Coaching: {of.learner}, {of.title}", _STYLE, _body(of, next_date))


def _body(of: Page, next_date: str) -> Iterator[str]:
    yield "<main>"
    yield words(f"Coaching: {_cut(of.title, 80)}", "h1")
    yield f'<div class="who quiet"><span>Learner: {inline(_cut(of.learner, 80))}</span>'
    yield f"<span>{inline(of.date)}</span><span>{of.mode}, {of.length} min</span></div>"
    yield words(_cut(of.verdict, QUOTE), classes="result")
    yield words(of.result[0], classes="quiet")
    if of.together:
        yield words(_cut(" ".join(of.together), REASON), classes="quiet")
    yield from (words(_cut(note, QUOTE), classes="note") for note in of.notes[:2])
    evidence = _evidence(of)
    if evidence:
        yield "<h2>What was said, and what it did</h2>"
        yield '<ul class="evidence">'
        for exchange in evidence:
            yield from _decision(exchange)
        yield "</ul>"
    quoted = {exchange.number for exchange in evidence}
    if well := [turn for turn in of.well if turn.number not in quoted] or of.well:
        yield "<h2>What went well</h2>"
        yield '<ul class="lines">'
        yield from (_praise(turn) for turn in well[:2])
        yield "</ul>"
    if of.rated:
        yield "<h2>How it was rated</h2>"
        yield '<ul class="lines">'
        yield from (f"<li>{words(_cut(line, QUOTE + HEARD))}</li>" for line in of.rated[:6])
        yield "</ul>"
    yield f"<h2>To try next{', in the learner’s own words' if of.own_step else ''}</h2>"
    yield words(_cut(of.to_try, STEP)) if of.to_try else '<div class="blank"></div>'
    yield "<h2>What we agree</h2>"
    yield '<div class="blank"></div><div class="blank"></div>'
    date = inline(_cut(next_date, 60)) if next_date else "______________________"
    yield f"<h2>Next conversation</h2><p>{date}</p>"
    yield '<div class="sign">'
    roles = ("Learner", f"Trainer: {_cut(of.trainer, 80)}" if of.trainer else "Trainer")
    yield from (f'<div><p dir="auto">{escape(role)}</p></div>' for role in roles)
    yield "</div>"
    yield "</main>"


def _evidence(of: Page) -> list[Exchange]:
    """The turning point, what cost most, and the best reply: two or three decisions, in their order."""
    counted = {each.number: each for each in of.exchanges if each.number and each.own}
    numbers = [each.number for each in counted.values() if each.turning]
    numbers += [turn.number for turn in of.costly[: 2 - len(numbers)]]
    numbers += [turn.number for turn in of.well[:1]]
    if not numbers:
        numbers = list(counted)[:2]
    return [counted[number] for number in sorted(set(numbers)) if number in counted]


def _decision(of: Exchange) -> Iterator[str]:
    yield "<li>"
    yield words(f"{_cut(of.speaker, 60)}: {_cut(of.heard, HEARD)}", classes="heard")
    whose = "" if of.own else f"{_cut(of.by, 60)}: "
    yield words(f"{of.number}. {whose}“{_cut(of.said, QUOTE)}”", classes="said")
    what = [*of.review[:2], *of.feedback]
    yield words(_cut(" ".join(what), REASON), classes="did")
    yield "</li>"


def _praise(turn: Turn) -> str:
    return f"<li>{words(f'“{_cut(turn.said, HEARD)}” {_cut(turn.why, HEARD)}')}</li>"


def _cut(text: str, most: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else f"{line[: most - 1].rstrip()}…"
