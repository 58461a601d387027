"""The picture as SVG: one file that needs nothing else, in light and dark, and readable without colours.

Every box is a place with its replies; every line joins two places and says in its title which replies go that
way. The path of a take is thick, its boxes are framed, and each of its decisions carries its number and mark.
A page that has many pictures takes them as `inlay`s: smaller boxes without replies, and one style for all.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.sax.saxutils import escape

from taketwo.graph.layout import Layout, Point, lay_out
from taketwo.graph.picture import Choice, Edge, Jump, Pass, Picture, Place, links_of
from taketwo.graph.words import (
    asides,
    cells,
    cut,
    ending_words,
    jump_words,
    legend,
    pass_words,
    path_words,
    points,
    sign,
    size_words,
    title,
    upper,
    wrapped,
)

LINE = 17.0
PAD = 10.0
MARGIN = 40.0
EDGE = 8.0
"""above and below an inlay"""
HEAD = 84.0

_SHAPES = """
text {
  font: 13px system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Helvetica Neue", Arial, sans-serif; }
.name { font-weight: 700; font-size: 14px; }
.words { font-style: italic; }
.went { font-weight: 700; }
.title { font-weight: 700; font-size: 22px; }
.onpath { stroke-width: 3.5; }
.line { fill: none; stroke-width: 1.3; }
.silence { stroke-dasharray: 8 5; }
.interrupt { stroke-dasharray: 2 5; stroke-linecap: round; stroke-width: 1.8; }
.leg { stroke-width: 4; }
.jump { stroke-dasharray: 3 7; }
.badge { stroke-width: 2; }
.number { font-weight: 700; text-anchor: middle; }
"""
_COLOURS = (
    (".paper", "fill", "#fbfaf7", "#15181e"),
    ("text", "fill", "#1c1e21", "#e6e6e6"),
    (".quiet, .words", "fill", "#55595f", "#a4adba"),
    (".box", "fill", "#ffffff", "#1f242d"),
    (".ending", "fill", "#efece5", "#2a303b"),
    (".box", "stroke", "#8a8f98", "#6d7684"),
    (".good", "stroke", "#0b6b3a", "#9fe0b8"),
    (".bad", "stroke", "#b00020", "#ff8f8f"),
    (".line", "stroke", "#767b84", "#8b94a3"),
    (".tip", "fill", "#767b84", "#8b94a3"),
    (".leg, .onpath", "stroke", "#0b5cad", "#7cc4ff"),
    (".legtip, .badge", "fill", "#0b5cad", "#7cc4ff"),
    (".badge", "stroke", "#fbfaf7", "#15181e"),
    (".number", "fill", "#ffffff", "#10141a"),
)
"""selector, property, by day, by night; no custom properties, as viewers outside of browsers do not know them"""


def style(within: str = "") -> str:
    """The style of pictures; for those of a page, of what stands in elements of the class `within`."""
    day = "".join(f"{where} {{ {what}: {light}; }}\n" for where, what, light, _ in _COLOURS)
    night = "".join(f"  {where} {{ {what}: {dark}; }}\n" for where, what, _, dark in _COLOURS)
    if not within:
        return f"{_SHAPES}{day}@media (prefers-color-scheme: dark) {{\n{night}}}\n"
    rules = re.sub("[^{}]+(?={)", lambda names: _inside(within, names[0]), _SHAPES + day)
    night = re.sub("[^{}]+(?={)", lambda names: _inside(within, names[0]), night)
    return f"{rules}@media screen and (prefers-color-scheme: dark) {{\n{night}}}\n"


def _inside(within: str, names: str) -> str:
    return "\n" + ", ".join(f".{within} {name.strip()}" for name in names.split(",")) + " "


_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def escaped(text: str) -> str:
    """`text` for an element or an attribute; what XML cannot hold becomes U+FFFD."""
    return escape(_NOT_XML.sub("\ufffd", text), {'"': "&quot;"})


@dataclass(frozen=True, slots=True)
class _Form:
    """How wide the boxes are and how far apart their layers, in px, and how many characters a line of one has:
    capitals and wide fonts are clipped at its edge."""

    width: float
    room: int
    gap: float


_WHOLE, _SMALL = _Form(340.0, 44, 70.0), _Form(208.0, 28, 40.0)


@dataclass(frozen=True, slots=True)
class _Text:
    text: str
    classes: str = ""
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class _Box:
    place: Place
    lines: tuple[_Text, ...]

    @property
    def height(self) -> float:
        return len(self.lines) * LINE + 2 * PAD


def svg(picture: Picture) -> str:
    """The drawing. Raises CannotDraw."""
    return "\n".join(_drawing(picture, _WHOLE).file()) + "\n"


def inlay(picture: Picture, id: str) -> str:
    """The drawing for a page that has `style`: boxes without their replies; `id` makes its ids the only ones.

    Raises CannotDraw.
    """
    return "\n".join(_drawing(picture, _SMALL).inlay(id))


def _drawing(picture: Picture, form: _Form) -> "_Drawing":
    boxes = {key: _Box(place, tuple(_lines(picture, place, form))) for key, place in picture.places.items()}
    links = links_of(picture.places.values())
    jumps = [(jump.node, jump.to) for jump in picture.jumps]
    for source, to in [*(leg[:2] for leg in picture.legs()), *jumps]:
        if to not in links[source]:
            links[source].append(to)
    sizes = {key: (form.width, box.height) for key, box in boxes.items()}
    layout = lay_out(sizes, links, picture.start, form.gap)
    return _Drawing(picture, boxes, links, layout, form)


def _lines(picture: Picture, place: Place, form: _Form) -> Iterator[_Text]:
    room = form.room
    name = f"{place.name} ({ending_words(place)})" if place.kind == "ending" else place.name
    words = f"cuts in once: {place.words}" if place.kind == "interrupt" else place.words
    yield from (_Text(line, "name") for line in wrapped(name, room * 7 // 9))
    if form is _SMALL:
        yield _Text(cut(words, room), "words")
        return
    yield from (_Text(line, "words") for line in wrapped(cut(words, 2 * room - 6), room))
    if place.kind == "node":
        for choice in place.choices:
            yield from _choice_lines(choice, room)


def _choice_lines(choice: Choice, room: int) -> Iterator[_Text]:
    """The reply and where it leads; conditions have lines of their own."""
    classes = "went" if choice.passes else ""
    signs = " ".join(sign(step) for step in choice.passes)
    name = f"{signs} {points(choice)} {title(choice)}".strip()
    whole = f"{name} → {choice.exits[0].to}"
    plain = len(choice.exits) == 1 and cells(whole) <= room - 4 * bool(choice.passes)
    yield _Text(whole if plain else cut(name, room), classes)
    notes = asides(choice)
    if not plain:
        notes += [f"→ {way.to}{_when(way.when)}" for way in choice.exits]
    for note in notes:
        yield _Text(cut(note, room - 3), "quiet", 22.0)


def _when(when: str) -> str:
    return f", {when}" if when == "otherwise" else f" if {when}" if when else ""


class _Drawing:
    def __init__(
        self,
        picture: Picture,
        boxes: dict[str, _Box],
        links: dict[str, list[str]],
        layout: Layout,
        form: _Form,
    ) -> None:
        self.picture, self.boxes, self.layout, self.width = picture, boxes, layout, form.width
        self.id = ""
        self.edges: dict[tuple[str, str], list[Edge]] = {}
        for edge in picture.edges():
            self.edges.setdefault((edge.source, edge.to), []).append(edge)
        self.legs: dict[tuple[str, str], list[Pass]] = {}
        for source, to, step in picture.legs():
            self.legs.setdefault((source, to), []).append(step)
        self.jumps: dict[tuple[str, str], list[Jump]] = {}
        for jump in picture.jumps:
            self.jumps.setdefault((jump.node, jump.to), []).append(jump)
        self.on_path = {key for leg in (*self.legs, *self.jumps) for key in leg}
        self.pairs = [(key, to) for key, ways in links.items() for to in ways]
        self.leaves = self._ports(upper_end=True)
        self.arrives = self._ports(upper_end=False)

    def _ports(self, *, upper_end: bool) -> dict[tuple[str, str], Point]:
        """Where each line leaves its upper box, or comes to its lower one: side by side."""
        sides: dict[str, list[tuple[float, tuple[str, str]]]] = {}
        for line, bends in self.layout.bends.items():
            here, there = line if upper_end else line[::-1]
            near = (bends[0] if upper_end else bends[-1]) if bends else self.layout.boxes[there]
            sides.setdefault(here, []).append((near[0], line))
        ports = {}
        for key, lines in sides.items():
            x, y = self.layout.boxes[key]
            step = min(30.0, (self.width - 60) / max(1, len(lines) - 1))
            for index, (_, line) in enumerate(sorted(lines)):
                across = x + (index - (len(lines) - 1) / 2) * step
                ports[line] = (across, y + self.boxes[key].height if upper_end else y)
        return ports

    # --- the parts, from back to front

    def file(self) -> Iterator[str]:
        """A file of its own, with a heading and its style."""
        wide = max(self.layout.width, 560.0) + 2 * MARGIN + 40
        high = self.layout.height + HEAD + 2 * MARGIN
        yield from self._opening(wide, high, 'xmlns="http://www.w3.org/2000/svg" ')
        yield f"<style>{style()}</style>"
        yield f'<rect width="{wide:.0f}" height="{high:.0f}" class="paper"/>'
        yield from self._header()
        yield from self._everything(MARGIN, HEAD + MARGIN)

    def inlay(self, id: str) -> Iterator[str]:
        """For a page; its margin leaves room for loops."""
        self.id = f"{id}-"
        yield from self._opening(self.layout.width + 2 * MARGIN, self.layout.height + 2 * EDGE)
        yield from self._everything(MARGIN, EDGE)

    def _opening(self, wide: float, high: float, names: str = "") -> Iterator[str]:
        id = self.id
        yield (
            f'<svg {names}width="{wide:.0f}" height="{high:.0f}" '
            f'viewBox="0 0 {wide:.0f} {high:.0f}" role="img" aria-labelledby="{id}title {id}desc">'
        )
        yield f'<title id="{id}title">{escaped(self._name())}</title>'
        yield f'<desc id="{id}desc">{escaped(self._description())}</desc>'
        yield "<defs>"
        for name, size in (("tip", 9), ("legtip", 4)):
            yield (
                f'<marker id="{id}{name}" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="{size}" '
                f'markerHeight="{size}" orient="auto"><path class="{name}" d="M0,0 L10,5 L0,10 z"/></marker>'
            )
        yield f'<clipPath id="{id}box"><rect width="{self.width:.0f}" height="100000"/></clipPath></defs>'

    def _everything(self, left: float, top: float) -> Iterator[str]:
        yield f'<g transform="translate({left:.0f},{top:.0f})">'
        for pair in self.pairs:
            if pair in self.edges or pair in self.legs:
                yield self._line(pair, self.edges.get(pair, []))
        for pair, steps in self.legs.items():
            yield self._leg(pair, "leg", map(pass_words, steps))
        for pair, jumps in self.jumps.items():
            yield self._leg(pair, "leg jump", map(jump_words, jumps))
        for box in self.boxes.values():
            yield from self._box(box)
        yield from self._badges()
        yield "</g></svg>"

    def _name(self) -> str:
        whose = f", and a take of {self.picture.learner}" if self.picture.learner else ""
        return f"{self.picture.title}: every way through the scene{whose}"

    def _description(self) -> str:
        path = path_words(self.picture)
        return f"{size_words(self.picture)}." + (f" The path of the take: {path}" if path else "")

    def _header(self) -> Iterator[str]:
        yield _text(MARGIN, 46, self.picture.title, "title")
        how = "solid: a reply · dashed: silence · dotted: cuts in at any time"
        if self.picture.steps:
            how += " · thick: the take" + (", thick and dotted: steered" if self.picture.jumps else "")
        yield _text(MARGIN, 70, f"{size_words(self.picture)} · {how}", "quiet")
        if signs := legend(self.picture):
            yield _text(MARGIN, 90, " · ".join(signs), "quiet")

    def _line(self, pair: tuple[str, str], edges: list[Edge]) -> str:
        hows = {edge.choice.how for edge in edges}
        how = "" if "reply" in hows or not hows else hows.pop()
        return (
            f'<path class="line {how}" marker-end="url(#{self.id}tip)" d="{self._way(pair)}">'
            f"<title>{escaped(_edge_words(pair, edges))}</title></path>"
        )

    def _leg(self, pair: tuple[str, str], classes: str, words: Iterable[str]) -> str:
        says = "; ".join(words)
        return (
            f'<path class="line {classes}" marker-end="url(#{self.id}legtip)" d="{self._way(pair)}">'
            f"<title>{escaped(upper(says))}</title></path>"
        )

    def _way(self, pair: tuple[str, str]) -> str:
        if pair[0] == pair[1]:
            return self._loop(pair[0])
        upwards = pair in self.layout.back
        line = pair[::-1] if upwards else pair
        way = [self.leaves[line], *self.layout.bends[line], self.arrives[line]]
        return _curve(way[::-1] if upwards else way)

    def _loop(self, key: str) -> str:
        x, y = self.layout.boxes[key]
        right, low = x + self.width / 2, y + self.boxes[key].height
        return f"M{right:.0f},{low - 16:.0f} c34,0 34,-32 2,-32"

    def _box(self, box: _Box) -> Iterator[str]:
        place = box.place
        x, y = self.layout.boxes[place.key]
        classes = ["box"]
        if place.kind == "ending":
            classes += ["ending", "good" if place.acceptable else "bad"]
        if place.kind == "interrupt":
            classes.append("interrupt")
        if place.key in self.on_path:
            classes.append("onpath")
        round_by = 20 if place.kind == "ending" else 6
        yield f'<g transform="translate({x - self.width / 2:.1f},{y:.1f})">'
        yield f"<title>{escaped(_box_words(place))}</title>"
        yield (
            f'<rect class="{" ".join(classes)}" width="{self.width:.0f}" height="{box.height:.0f}" '
            f'rx="{round_by}"/>'
        )
        yield f'<g clip-path="url(#{self.id}box)">'
        for number, line in enumerate(box.lines):
            yield _text(14 + line.indent, PAD + number * LINE + 13, line.text, line.classes)
        yield "</g></g>"

    def _badges(self) -> Iterator[str]:
        """The numbers of the decisions, where their line leaves the box."""
        for pair, steps in self.legs.items():
            if pair[0].startswith("!"):
                continue
            x, y = self._start_of(pair)
            says = " ".join(sign(step) for step in steps)
            wide = 14 + 9 * len(says)
            left, top = x - wide / 2, y + 5
            yield f'<rect class="badge" x="{left:.1f}" y="{top:.1f}" width="{wide}" height="22" rx="11"/>'
            yield _text(x, y + 21, says, "number")

    def _start_of(self, pair: tuple[str, str]) -> Point:
        if pair[0] == pair[1]:
            x, y = self.layout.boxes[pair[0]]
            return x + self.width / 2 + 26, y + self.boxes[pair[0]].height - 48
        if pair in self.layout.back:
            x, y = self.arrives[pair[::-1]]
            return x, y - 32
        return self.leaves[pair]


def _box_words(place: Place) -> str:
    parts = [place.name, place.words]
    for choice in place.choices:
        ways = "; ".join(f"to {way.to}{_when(way.when)}" for way in choice.exits)
        notes = "".join(f" ({note})" for note in asides(choice))
        said = f": “{choice.say}”" if choice.say else ""
        parts.append(f"{points(choice)} {title(choice)}{notes}{said} {ways}")
    return "\n".join(parts)


def _edge_words(pair: tuple[str, str], edges: Iterable[Edge]) -> str:
    ways = [f"{points(edge.choice)} {title(edge.choice)}{_when(edge.when)}" for edge in edges]
    return f"{pair[0].removeprefix('!')} → {pair[1].removeprefix('!')}\n" + "\n".join(ways)


def _text(x: float, y: float, text: str, classes: str) -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" class="{classes}">{escaped(text)}</text>'


def _curve(way: list[Point]) -> str:
    """A smooth line through these points; it leaves and comes in upright."""
    (x, y), *rest = way
    parts = [f"M{x:.1f},{y:.1f}"]
    for to_x, to_y in rest:
        middle = (y + to_y) / 2
        parts.append(f"C{x:.1f},{middle:.1f} {to_x:.1f},{middle:.1f} {to_x:.1f},{to_y:.1f}")
        x, y = to_x, to_y
    return " ".join(parts)
