"""The picture in DOT, for Graphviz and everything that reads its language."""

from taketwo.graph.picture import Edge, Picture, Place
from taketwo.graph.words import asides, cut, ending_words, jump_words, points, sign, title, wrapped
from taketwo.wording import STEERED

_SHAPES = {"node": "box", "ending": "box, style=rounded", "interrupt": "hexagon"}
_STYLES = {"reply": "solid", "silence": "dashed", "interrupt": "dotted"}


def dot(picture: Picture) -> str:
    """A directed graph; the take's path is bold and numbered."""
    went = {key for leg in picture.legs() for key in leg[:2]} | {jump.to for jump in picture.jumps}
    lines = [
        "digraph scenario {",
        f"  graph [label={quoted(picture.title)}, labelloc=t, rankdir=TB]",
        '  node [fontname="Helvetica,Arial,sans-serif"]',
        '  edge [fontname="Helvetica,Arial,sans-serif", fontsize=10]',
    ]
    for place in picture.places.values():
        thick = ", penwidth=3" if place.key in went else ""
        lines.append(
            f"  {quoted(place.key)} [label={quoted(_place(place))}, shape={_SHAPES[place.kind]}{thick}]"
        )
    lines += [_edge(edge) for edge in picture.edges()]
    for source, to, step in picture.legs():
        if to.startswith("!"):
            lines.append(f"  {quoted(source)} -> {quoted(to)} [label={quoted(sign(step))}, penwidth=3]")
    for jump in picture.jumps:
        says = quoted(f"{STEERED[0]} {jump_words(jump)}")
        lines.append(f"  {quoted(jump.node)} -> {quoted(jump.to)} [label={says}, style=dotted, penwidth=3]")
    return "\n".join([*lines, "}"]) + "\n"


def _place(place: Place) -> str:
    head = f"{place.name}, {ending_words(place)}" if place.kind == "ending" else place.name
    signs = " ".join(sign(step) for step in place.passes)
    return "\n".join([f"{head} {signs}".strip(), *wrapped(cut(place.words, 90), 36)])


def _edge(edge: Edge) -> str:
    went = [step for step in edge.choice.passes if step.to == edge.to and not step.interrupt]
    if edge.choice.how == "interrupt":
        head, rest = "cuts in", [edge.when]
    else:
        head = " ".join([*(sign(step) for step in went), points(edge.choice), title(edge.choice)])
        rest = [*asides(edge.choice), edge.when]
    label = "\n".join([head, *(line for words in rest if words for line in wrapped(words, 30))])
    style = f"style={_STYLES[edge.choice.how]}" + (", penwidth=3" if went else "")
    return f"  {quoted(edge.source)} -> {quoted(edge.to)} [label={quoted(label)}, {style}]"


def quoted(text: str) -> str:
    """`text` as a string of DOT, shown as it is: labels know backslashes, and HTML's ampersands
    too."""
    for character, written in (("&", "&amp;"), ("\\", "\\\\"), ('"', '\\"'), ("\n", "\\n")):
        text = text.replace(character, written)
    return f'"{text}"'
