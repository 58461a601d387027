"""The picture in Mermaid, which GitHub and many editors draw.

Mermaid looks for Markdown, HTML, links and its own syntax inside of quoted labels too; whatever could mean
something there is written as the number of its character.
"""

import json
import re

from taketwo.graph.picture import Edge, Pass, Picture, Place
from taketwo.graph.words import asides, cut, ending_words, jump_words, points, sign, title
from taketwo.wording import STEERED

_PLAIN = re.compile(r"[^\W_]|[ ,?!'’“”]|(?<=[a-z])-(?=[a-z])|(?<=[a-z])\.(?= |$)")
_SHAPES = {"node": ("[", "]"), "ending": ("([", "])"), "interrupt": ("{{", "}}")}
_DASHES = {"silence": "8 5", "interrupt": "2 5"}


def mermaid(picture: Picture) -> str:
    """A flowchart from top to bottom; the take's path is thick and numbered."""
    names = {key: f"n{number}" for number, key in enumerate(picture.places)}
    lines = ["---", f"title: {json.dumps(_line(picture.title), ensure_ascii=False)}", "---", "flowchart TD"]
    for place in picture.places.values():
        before, after = _SHAPES[place.kind]
        lines.append(f'  {names[place.key]}{before}"{_place(place)}"{after}')
    styles: list[str] = []
    for number, edge in enumerate(picture.edges()):
        thick = _went(edge)
        arrow = "==>" if thick else "-.->" if edge.choice.how in _DASHES else "-->"
        label = _edge(edge, thick)
        lines.append(f'  {names[edge.source]} {arrow}|"{label}"| {names[edge.to]}')
        if dashes := _DASHES.get(edge.choice.how):
            styles.append(f"  linkStyle {number} stroke-dasharray:{dashes}")
    cuts = {(source, to): step for source, to, step in picture.legs() if to.startswith("!")}
    for (source, to), step in cuts.items():
        lines.append(f'  {names[source]} ==>|"{escaped(sign(step))}"| {names[to]}')
    for jump in picture.jumps:
        says = escaped(f"{STEERED[0]} {jump_words(jump)}")
        lines.append(f'  {names[jump.node]} -.->|"{says}"| {names[jump.to]}')
    went = dict.fromkeys(
        [key for leg in picture.legs() for key in leg[:2]] + [jump.to for jump in picture.jumps]
    )
    lines += styles
    if went:
        lines.append("  classDef path stroke-width:4px")
        lines.append(f"  class {','.join(names[key] for key in went)} path")
    return "\n".join(lines) + "\n"


def _line(text: str) -> str:
    return " ".join(text.split())


def _place(place: Place) -> str:
    head = f"{place.name}, {ending_words(place)}" if place.kind == "ending" else place.name
    signs = " ".join(sign(step) for step in place.passes)
    words = cut(place.words, 60)
    return "<br/>".join(escaped(line) for line in (f"{head} {signs}".strip(), words) if line)


def _went(edge: Edge) -> list[Pass]:
    """The decisions that went along this edge; an interrupt takes them elsewhere."""
    return [step for step in edge.choice.passes if step.to == edge.to and not step.interrupt]


def _edge(edge: Edge, went: list[Pass]) -> str:
    if edge.choice.how == "interrupt":
        return escaped(edge.when or "cuts in")
    head = " ".join([*(sign(step) for step in went), points(edge.choice), title(edge.choice)])
    rest = "; ".join([*asides(edge.choice), *([edge.when] if edge.when else [])])
    return "<br/>".join(escaped(line) for line in (head, rest) if line)


def escaped(text: str) -> str:
    """`text` for a quoted label, on one line per line of it; shown as it is, whatever is in it."""
    lines = []
    for line in text.split("\n"):
        plain = {match.start() for match in _PLAIN.finditer(line)}
        lines.append("".join(c if i in plain else f"#{ord(c)};" for i, c in enumerate(line)))
    return "<br/>".join(lines)
