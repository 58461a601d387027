"""Mermaid, DOT and SVG: well formed whatever the texts are, with the path of a take."""

import re
import sys
from xml.etree import ElementTree

import pytest
from sketches import HOSTILE, hostile, small, taken

from taketwo.analysis.solve import solve
from taketwo.graph.dot import dot, quoted
from taketwo.graph.layout import MOST, CannotDraw, lay_out
from taketwo.graph.mermaid import escaped, mermaid
from taketwo.graph.picture import picture
from taketwo.graph.render import FORMATS, rendered
from taketwo.graph.svg import svg
from taketwo.scenario.library import Library
from taketwo.session import Take

SVG = "{http://www.w3.org/2000/svg}"
MERMAID = re.compile(
    r'n\d+(\["[^"]*"\]|\(\["[^"]*"\]\)|\{\{"[^"]*"\}\})|n\d+ (-->|-\.->|==>)\|"[^"]*"\| n\d+'
    r"|linkStyle \d+ stroke-dasharray:\d+ \d+|classDef path stroke-width:4px|class [n\d,]+ path"
)
STRING = r'"(?:[^"\\\n]|\\.)*"'
DOT = re.compile(rf"{STRING}( -> {STRING})? \[(\w+=({STRING}|\w+)(, )?)+\]|(graph|node|edge) \[.*\]")


def scene(name: str):
    return Library().load(name)


def marked():
    """The small scenario with a take that has every kind of line: a loop, a path, an interrupt."""
    return picture(small(), taken("thirty-days", "say-back", "promise").events, solve(small()))


@pytest.mark.parametrize("name", [path.stem for path in Library().files()])
@pytest.mark.parametrize("form", FORMATS)
def test_every_shipped_scene_is_drawn_with_a_take(name, form):
    scenario = scene(name)
    take = Take.start(scenario, seed=1)
    while not take.state.over:
        take.reply(take.replies[0].id)
    drawn = rendered(picture(scenario, take.events), form)
    for id in [*scenario.nodes, *scenario.endings]:
        assert escaped(id) in drawn if form == "mermaid" else id in drawn


# --- Mermaid


def label(line: str) -> str:
    """The text that Mermaid shows for the label of `line`."""
    written = re.search('"(.*)"', line)[1].replace("<br/>", "\n")
    assert not re.search(r"[<>|\[\]{}()`*_\\&%:]", written)
    return re.sub(r"#(\d+);", lambda match: chr(int(match[1])), written)


@pytest.mark.parametrize("form", ["plain", "hostile"])
def test_every_line_of_mermaid_is_a_statement(form):
    drawn = mermaid(picture(hostile()) if form == "hostile" else marked())
    head, title, rule, kind, *lines = drawn.splitlines()
    assert (head, title[:8], rule, kind) == ("---", 'title: "', "---", "flowchart TD")
    for line in lines:
        assert MERMAID.fullmatch(line.strip()), line


def test_mermaid_shows_what_was_written():
    for text in HOSTILE:
        assert label(f'n0["{escaped(text)}"]') == text


def test_mermaid_styles_the_lines_that_it_means():
    drawn = mermaid(picture(small())).splitlines()
    lines = [line for line in drawn if "|" in line]
    styled = {int(n): dash for line in drawn for n, dash in re.findall(r"linkStyle (\d+) .*:(\d+) ", line)}
    assert {lines[n].split("|")[1]: dash for n, dash in styled.items()} == {
        '"#46; silence<br/>after 25 s"': "8",
        '"cuts in"': "2",
    }


def test_the_path_is_thick_and_numbered_in_mermaid():
    drawn = mermaid(marked())
    assert [label(line) for line in drawn.splitlines() if "==>" in line] == [
        "2✓ +3 say-back",
        "1– -1 thirty-days\nonce",
        "3▼ -2 promise\ncritical error; Trust at least 1",
    ]
    assert "class n0,n1,n3 path" in drawn


# --- DOT


@pytest.mark.parametrize("form", ["plain", "hostile"])
def test_every_line_of_dot_is_a_statement(form):
    drawn = dot(picture(hostile()) if form == "hostile" else marked())
    first, *lines, last = drawn.splitlines()
    assert (first, last) == ("digraph scenario {", "}")
    for line in lines:
        assert DOT.fullmatch(line.strip()), line


def test_dot_keeps_backslashes_quotes_and_ampersands():
    assert quoted('a "b" \\N &lt;\nc') == '"a \\"b\\" \\\\N &amp;lt;\\nc"'


def test_the_path_is_bold_and_numbered_in_dot():
    drawn = dot(marked())
    assert '"opening" -> "search" [label="2✓ +3 say-back", style=solid, penwidth=3]' in drawn
    assert 'label=". silence\\nafter 25 s", style=dashed]' in drawn
    assert '"!patience-gone" -> "walks-off" [label="cuts in", style=dotted]' in drawn


# --- SVG


def tree(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def texts(root: ElementTree.Element) -> list[str]:
    return [element.text or "" for element in root.iter(f"{SVG}text")]


def test_svg_is_well_formed_and_holds_nothing_but_drawing():
    root = tree(svg(picture(hostile())))
    names = {element.tag.removeprefix(SVG) for element in root.iter()}
    known = {"svg", "title", "desc", "style", "defs", "marker", "clipPath", "g", "rect", "path", "text"}
    assert names == known
    assert any("<script>" in text for text in texts(root))


def test_svg_needs_nothing_else():
    drawn = svg(marked()).replace('xmlns="http://www.w3.org/2000/svg"', "")
    assert not re.search(r"https?:|href|@import|@font-face|data:", drawn)


def test_svg_can_be_heard():
    root = tree(svg(marked()))
    assert root.get("role") == "img"
    named = {element.get("id"): element.text for element in root if element.get("id")}
    assert root.get("aria-labelledby") == "title desc"
    assert named["title"] == "The Small Umbrella: every way through the scene, and a take of Zoë"
    assert "decision 3: closed a door, the turning point, at search “You will have it" in named["desc"]


def test_svg_shows_the_path_without_colours():
    root = tree(svg(marked()))
    numbers = [e.text for e in root.iter(f"{SVG}text") if e.get("class") == "number"]
    assert sorted(numbers) == ["1–", "2✓", "3▼"]
    legs = [e for e in root.iter(f"{SVG}path") if e.get("class") == "line leg"]
    assert len(legs) == 3
    assert any(text.startswith("3▼ -2 promise") for text in texts(root))


def test_silence_is_dashed_and_interrupts_are_dotted_in_svg():
    root = tree(svg(picture(small())))
    lines = {e.get("class"): e[0].text for e in root.iter(f"{SVG}path") if "line" in (e.get("class") or "")}
    assert lines["line interrupt"].startswith("patience-gone → walks-off")
    chat = scene("speak-to-your-manager")
    root = tree(svg(picture(chat)))
    assert any(e.get("class") == "line silence" for e in root.iter(f"{SVG}path"))


def test_svg_is_for_light_and_dark():
    assert "@media (prefers-color-scheme: dark)" in svg(picture(small()))


def test_the_same_picture_is_drawn_the_same_way():
    assert svg(picture(scene("quick-question"))) == svg(picture(scene("quick-question")))


def test_boxes_do_not_overlap_and_lines_lead_down():
    scenario = scene("speak-to-your-manager")
    drawn = picture(scenario)
    links = {
        key: list(dict.fromkeys(way.to for choice in place.choices for way in choice.exits))
        for key, place in drawn.places.items()
    }
    sizes = {key: (100.0, 40.0 + 5 * len(drawn.places[key].choices)) for key in drawn.places}
    layout = lay_out(sizes, links, drawn.start)
    boxes = [(x, y, *sizes[key]) for key, (x, y) in layout.boxes.items()]
    for number, (x, y, w, h) in enumerate(boxes):
        assert x - w / 2 >= -1e-6
        assert x + w / 2 <= layout.width + 1e-6
        for x2, y2, w2, h2 in boxes[:number]:
            assert abs(x - x2) >= (w + w2) / 2 or y >= y2 + h2 or y2 >= y + h
    for upper, lower in layout.bends:
        assert layout.boxes[upper][1] < layout.boxes[lower][1]


def test_a_graph_in_parts_and_a_graph_of_one_box_are_laid_out():
    sizes = dict.fromkeys("abcd", (10.0, 10.0))
    layout = lay_out(sizes, {"a": ["b", "a"], "b": ["a"], "c": ["d"], "d": []}, "a")
    assert set(layout.boxes) == set("abcd")
    assert layout.back == {("b", "a"), ("a", "a")}
    assert lay_out({"a": (10.0, 10.0)}, {"a": []}, "a").boxes == {"a": (5.0, 0.0)}


def test_what_is_too_large_is_refused():
    keys = [str(n) for n in range(MOST + 1)]
    with pytest.raises(CannotDraw, match="too large to be drawn"):
        lay_out(dict.fromkeys(keys, (1.0, 1.0)), {key: [] for key in keys}, "0")


def test_without_the_library_svg_says_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "igraph", None)
    with pytest.raises(CannotDraw, match=r"igraph, which is not installed.*pip install igraph"):
        svg(picture(small()))
    assert "opening" in rendered(picture(small()), "dot")
