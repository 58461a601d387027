"""Whatever stands in a take, an export is what it says it is: no script, no markup, no formula, no terminal code."""

import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser

import pytest
from markdown_it import MarkdownIt
from offices import FORMS, rows

CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
PASSIVE = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "footer", "h1", "h2", "p", "div"),
    *("span", "bdi", "strong", "ol", "ul", "li", "table", "tr", "th", "td", "i"),
    *("svg", "line", "text", "polygon", "polyline", "circle"),
}  # fmt: skip


class Seen(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.attributes, self.policy = set(), [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.add(tag)
        self.attributes += attrs
        if ("http-equiv", "Content-Security-Policy") in attrs:
            self.policy = dict(attrs)["content"]


@pytest.fixture
def nasty(office):
    return office.nasty()


@pytest.mark.parametrize("form", FORMS)
def test_no_export_holds_a_terminal_s_codes(office, nasty, form):
    text = office.export(nasty, form, "--better")
    assert "alert(" in text
    assert not CONTROLS.search(text.replace("\r\n", "\n"))


@pytest.mark.parametrize("form", ["html", "coaching"])
def test_a_page_has_no_script_and_asks_for_nothing(office, nasty, form):
    text = office.export(nasty, form, "--better", *(["--next", "<b>"] if form == "coaching" else []))
    page = Seen(text)
    assert page.tags <= PASSIVE
    assert page.policy == "default-src 'none'; style-src 'unsafe-inline'"
    names = {name for name, _ in page.attributes}
    assert not {
        name for name in names if name.startswith("on") or name in ("src", "href", "srcset", "action")
    }
    style = re.search("<style>(.*?)</style>", text, re.S)[1]
    assert "url(" not in style and "@import" not in style
    assert "&lt;script&gt;" in text


def test_the_page_with_the_curve_is_as_still(office, nasty):
    text = office.export(nasty, "html")
    assert Seen(text).tags >= {"svg", "polyline", "circle"}
    ET.fromstring(re.search("<svg.*?</svg>", text, re.S)[0])


def test_a_picture_is_xml_that_fetches_nothing(office, nasty):
    text = office.export(nasty, "svg")
    tags = {element.tag.rpartition("}")[2] for element in ET.fromstring(text).iter()}
    assert not tags & {"script", "image", "use", "a", "foreignObject"}
    assert "@font-face" not in text and "url(http" not in text and "@import" not in text


def test_markdown_stays_words(office, nasty):
    text = office.export(nasty, "md", "--better")
    tokens = MarkdownIt("gfm-like", {"html": True}).parse(text)
    inner = [token for each in tokens for token in [each, *(each.children or [])]]
    kinds = {token.type for token in inner}
    assert not kinds & {"html_block", "html_inline", "link_open", "image", "code_inline", "fence", "s_open"}
    heads = [tokens[i + 1].content for i, token in enumerate(tokens) if token.type == "heading_open"]
    assert heads[1:] == ["The conversation", "The turning point", "What to try"]
    shown = "".join(token.content for token in inner if token.type == "text")
    assert '<script>alert("1")</script>' in shown
    assert "[x](javascript:alert(3))" in shown


def test_cells_are_never_formulas_and_read_back(office):
    name = office.take("say-back", "look", learner="=HYPERLINK(1)")
    first, _ = rows(office.export(name, "csv"))
    assert first["learner"] == "'=HYPERLINK(1)"
    assert (first["p"], first["lo"], first["hi"]) == ("2", "-1", "2")


def test_cells_with_quotes_and_newlines_read_back(office, nasty):
    first, second = rows(office.export(nasty, "csv"))
    assert first["said"].startswith('We keep things thirty days. <script>alert("1")</script>')
    assert "\n# head\n- item\n=1+1" in first["said"]
    assert second["critical"] == "false-promise"
    assert first["p"] == first["lo"] == "-1"


def test_json_and_recordings_are_json(office, nasty):
    json.loads(office.export(nasty, "json"))
    json.loads(office.export(nasty, "xapi"))
    for line in office.export(nasty, "cast").splitlines():
        json.loads(line)
