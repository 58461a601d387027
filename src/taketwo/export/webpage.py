"""A take as one web page that needs nothing else: no script, no request, no file beside it.

It is read on a phone and on a desk, by day and by night, and printed. Every text of the take passes `html.escape`.
"""

from collections.abc import Iterable, Iterator
from html import escape

from taketwo.aside import Aside
from taketwo.debrief import Row
from taketwo.export.drawn import curve_svg
from taketwo.export.page import Exchange, Page
from taketwo.wording import MARKS, STEERED, percent

POLICY = "default-src 'none'; style-src 'unsafe-inline'"
COLOURS = """
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1c1e21; --quiet: #55595f; --rule: #d9d5cc; --card: #ffffff;
  --them: #ece9e1; --you: #dbe9f8; --blue: #0b5cad; --good: #0b6b3a; --bad: #b00020; --warn: #8a5a00; }
@media screen and (prefers-color-scheme: dark) { :root { --paper: #15181e; --ink: #e6e6e6; --quiet: #a4adba; --rule: #343b47;
  --card: #1b1f27; --them: #262c36; --you: #1f3a55; --blue: #7cc4ff; --good: #9fe0b8; --bad: #ff8f8f; --warn: #f0c674; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink);
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
p, h1, h2, h3, ol, ul { margin: 0; padding: 0; }
[dir=auto] { unicode-bidi: isolate; overflow-wrap: anywhere; }
"""
_STYLE = (
    COLOURS
    + """
main { max-width: 46rem; margin: 0 auto; padding: 1.25rem 1rem 4rem; }
header { margin-bottom: 1.5rem; }
h1 { font-size: 1.7rem; line-height: 1.2; }
h2 { font-size: 1.15rem; margin: 2.25rem 0 .75rem; }
.quiet { color: var(--quiet); }
.small { font-size: .875rem; }
.result { margin-top: 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--rule);
  border-left: .35rem solid var(--warn); border-radius: .5rem; }
.result.passed { border-left-color: var(--good); }
.result strong { display: block; font-size: 1.05rem; }
.note { margin-top: .75rem; color: var(--bad); }
svg { display: block; width: 100%; height: auto; }
svg text { font: 12px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", Arial, sans-serif; fill: var(--quiet); }
svg .mark { font-size: 13px; font-weight: 700; fill: var(--ink); }
@media (max-width: 34rem) { svg text { font-size: 19px; } svg .mark { font-size: 22px; } }
svg .line { fill: none; stroke: var(--blue); stroke-width: 2.5; stroke-linejoin: round; }
svg .area { fill: var(--blue); opacity: .12; }
svg .grid { stroke: var(--rule); stroke-width: 1; }
svg .dot { fill: var(--blue); }
svg .closed, svg .harder { fill: var(--bad); }
svg .turning { fill: none; stroke: var(--bad); stroke-width: 2; }
.exchange { list-style: none; margin-bottom: 1.5rem; }
.who { font-size: .8rem; color: var(--quiet); margin: .6rem .25rem .15rem; }
.bubble { padding: .6rem .9rem; border-radius: 1rem; max-width: 88%; width: fit-content; white-space: pre-line; }
.them { background: var(--them); border-bottom-left-radius: .25rem; }
.you { background: var(--you); border-bottom-right-radius: .25rem; margin-left: auto; }
.who.right { text-align: right; }
.trainer { background: var(--them); border: 2px solid var(--blue); border-bottom-right-radius: .25rem; margin-left: auto; }
.whisper { border: 2px dashed var(--quiet); margin-left: auto; font-style: italic; }
.happening { color: var(--quiet); font-size: .875rem; margin: .6rem .25rem; padding-left: .8rem; border-left: .2rem dotted var(--quiet); }
.undone .you { opacity: .6; text-decoration: line-through; }
.did { margin: .5rem 0 0 auto; width: 88%; padding-left: .8rem; border-left: .2rem solid var(--rule); font-size: .9rem; }
.did.best { border-left-color: var(--good); }
.did.costly, .did.silent { border-left-color: var(--bad); }
.did.slip { border-left-color: var(--warn); }
.did .review { font-weight: 600; }
.did .turning { color: var(--bad); }
.better { margin-top: .4rem; padding: .5rem .7rem; background: var(--card); border: 1px dashed var(--good); border-radius: .5rem; }
.ending { font-style: italic; padding: .5rem 0; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th { text-align: left; font-weight: 400; padding: .3rem .6rem .3rem 0; width: 38%; overflow-wrap: anywhere; }
td { padding: .3rem 0; }
td.figure { width: 4.5rem; text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.bar { position: relative; height: .8rem; background: var(--them); border-radius: .2rem; }
.bar span { display: block; height: 100%; background: var(--blue); border-radius: .2rem; }
.bar i { position: absolute; top: -.2rem; bottom: -.2rem; width: 2px; background: var(--ink); }
.lines p, .rated { margin-top: .2rem; } .rated.in1 { margin-left: 1rem; font-weight: 600; } .rated.in2 { margin-left: 2rem; }
.lines li { margin-bottom: .5rem; }
.lines ul { padding-left: 1.2rem; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--rule); }
@page { margin: 16mm; }
@media print { body { font-size: 10.5pt; background: none; } main { padding: 0; max-width: none; }
  .bubble, .bar span, .bar, .bar i { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
  h2, .who, .you { break-after: avoid; } .bubble, .did, .better, tr { break-inside: avoid; } }
"""
)


def webpage(of: Page) -> str:
    """The page as HTML."""
    return document(f"{of.title}: {of.learner}", _STYLE, _body(of))


def document(title: str, style: str, body: Iterator[str]) -> str:
    """A whole HTML file, closed to the outside by its policy."""
    return "\n".join(
        [
            "<!doctype html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{escape(title)}</title>",
            f"<style>{style}</style>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def words(text: str, tag: str = "p", classes: str = "") -> str:
    """`text` in an element of its own direction."""
    named = f' class="{classes}"' if classes else ""
    return f'<{tag}{named} dir="auto">{escape(text)}</{tag}>'


def _body(of: Page) -> Iterator[str]:
    yield "<main>"
    yield "<header>"
    yield words(of.title, "h1")
    coach = f", trained by {inline(of.trainer)}" if of.trainer else ""
    yield f'<p class="quiet">{inline(of.learner)} with {inline(of.customer)}{coach} · {inline(of.date)} · {of.mode} · {of.length} min</p>'
    yield f'<div class="result{" passed" if of.verdict.startswith("Passed") else ""}">'
    yield words(of.verdict, "strong")
    yield from (words(line, classes="small") for line in (*of.result, *of.together))
    yield "</div>"
    yield from (words(note, classes="note small") for note in of.notes)
    yield "</header>"
    if of.curve:
        yield "<section>"
        yield "<h2>The chance of a good ending</h2>"
        yield from curve_svg(of)
        yield from (words(line, classes="small quiet") for line in of.curve_words)
        yield "</section>"
    yield "<section>"
    yield "<h2>The conversation</h2>"
    yield "<ol>"
    for exchange in of.exchanges:
        yield from _exchange(exchange, of.learner)
    yield "</ol>"
    if of.last:
        yield from _said(of.last_speaker, of.last)
    yield from _asides(of.closing)
    yield "</section>"
    yield from _sheet(of)
    yield from _closing(of)
    yield "</main>"


def inline(text: str) -> str:
    """`text` in the middle of a line."""
    return f"<bdi>{escape(text)}</bdi>"


def _exchange(of: Exchange, learner: str) -> Iterator[str]:
    yield f'<li class="exchange{"" if of.number else " undone"}">'
    yield words(of.speaker, classes="who")
    yield words(of.heard, "div", "bubble them")
    yield from _asides(of.asides)
    number = f"{of.number}. " if of.number else "taken back later: "
    yield f'<p class="who right">{number}{inline(learner if of.own else of.by)} · {of.time}</p>'
    yield words(of.said, "div", "bubble you" if of.own else "bubble trainer")
    yield f'<div class="did {of.worth}">'
    for index, line in enumerate(of.review):
        sign = f"{of.sign} " if index == 0 and of.sign else ""
        turning = " turning" if index == 0 and of.turning else ""
        yield words(sign + line, classes=f"review{turning}")
    yield from (words(line) for line in of.feedback)
    if of.own_words:
        yield words(f"In their own words: {of.own_words}", classes="quiet")
    if of.better:
        yield '<div class="better">'
        yield words(f"Better here: “{of.better.text}”", "strong")
        yield words(of.better.why)
        yield "</div>"
    yield "</div>"
    yield "</li>"


def _said(speaker: str, text: str) -> Iterator[str]:
    """What the customer says; without a speaker the text of an ending."""
    if speaker:
        yield words(speaker, classes="who")
        yield words(text, "div", "bubble them")
    else:
        yield words(text, classes="ending")


def _asides(said: Iterable[Aside]) -> Iterator[str]:
    """What was said or done beside the replies. Who says it to whom stands above it, so that no colour has to say it."""
    for each in said:
        if each.kind == "line":
            yield from _said(each.who, each.text)
        elif each.kind == "happening":
            yield words(each.words, classes="happening")
        else:
            yield words(each.who, classes="who right")
            yield words(each.text, "div", f"bubble {'trainer' if each.kind == 'barge' else 'whisper'}")


def _sheet(of: Page) -> Iterator[str]:
    """The score sheet: a bar a lesson and a skill, and where guessing would stand."""
    if not of.lessons:
        return
    yield "<section>"
    for head, rows in (("By lesson", of.lessons), ("By skill", of.skills)):
        if rows:
            yield f"<h2>{head}</h2>"
            yield "<table>"
            yield from (_row(row) for row in rows)
            yield "</table>"
    yield '<p class="small quiet">The line is where guessing would stand. * is what this scene is about.</p>'
    yield "</section>"


def _row(row: Row) -> str:
    name = f'<th scope="row" dir="auto">{escape(row.title)}{" *" if row.centre else ""}</th>'
    if row.share is None:
        return f'<tr>{name}<td></td><td class="figure quiet">not met</td></tr>'
    guess = "" if row.guess is None else f'<i style="left: {_part(row.guess)}"></i>'
    said = "" if row.guess is None else f' title="guessing: {percent(row.guess)}"'
    bar = f'<div class="bar"{said}><span style="width: {_part(row.share)}"></span>{guess}</div>'
    return f'<tr>{name}<td>{bar}</td><td class="figure">{percent(row.share)}</td></tr>'


def _part(share: float) -> str:
    return f"{min(max(share, 0.0), 1.0):.1%}"


def _closing(of: Page) -> Iterator[str]:
    yield '<section class="lines">'
    if of.well:
        yield "<h2>What went well</h2>"
        yield "<ul>"
        yield from (words(f"“{turn.said}” {turn.why}", "li") for turn in of.well[:3])
        yield "</ul>"
    if of.to_try:
        yield f"<h2>{'To try next time, in their own words' if of.own_step else 'To try next time'}</h2>"
        yield words(of.to_try)
    if of.ratings:
        yield "<h2>How it was rated</h2>"
        yield from (words(line, classes=f"rated in{min(2, len(before) // 2)}") for before, line in of.ratings)
    if of.wanted or of.needed:
        yield words(of.customer, "h2")
        yield words(f"Wanted: {of.wanted}")
        yield words(f"Needed: {of.needed}")
    yield "</section>"
    signs = [*MARKS.values(), *([STEERED] if any(each.classes == "steered" for each in of.marks) else [])]
    legend = " · ".join(f"{sign} {name.lower()}" for sign, name in signs if sign != "·")
    yield "<footer>"
    yield words(legend, classes="small quiet")
    yield '<p class="small quiet">Made by Take Two from the record of this take. Practice, not a ranking of people.</p>'
    yield "</footer>"
