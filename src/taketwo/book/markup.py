"""HTML that cannot be broken by a text: whatever is not markup already is escaped where it goes in.

`el` makes markup of a name, attributes and parts; a part that is a plain string becomes text.
"""

import re
from collections.abc import Iterable, Sequence
from html import escape

from taketwo.text import clean

LONGEST = 20_000
"""characters of one text; the reader of scenes stops long before"""
_VOID = frozenset(("meta", "br"))
_NOT_NAME = re.compile("[^a-z0-9-]")


class Html(str):
    """Text that is markup."""

    __slots__ = ()


Part = str | Iterable["Part"]
"""text, markup, or some of them"""


def html(*parts: Part) -> Html:
    """All parts one after the other; text is escaped."""
    pieces = []
    for part in parts:
        if isinstance(part, Html):
            pieces.append(str(part))
        elif isinstance(part, str):
            pieces.append(escape(clean(part, LONGEST)))
        else:
            pieces.append(html(*part))
    return Html("".join(pieces))


def el(name: str, /, *parts: Part, **attributes: str) -> Html:
    """An element. Attributes are written `class_` and `aria_label`."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(clean(value, LONGEST))}"'
        for key, value in attributes.items()
    )
    if name in _VOID:
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{html(*parts)}</{name}>")


def wide_table(name: str, heads: Sequence[str], rows: Sequence[Part]) -> Html:
    """A table that is scrolled by itself where the page is narrower; `name` is what a screen reader calls it."""
    head = el("thead", el("tr", [el("th", head, scope="col") for head in heads]))
    table = el("table", head, el("tbody", rows))
    return el("div", table, class_="wide", tabindex="0", role="region", aria_label=name)


def anchor(name: str) -> str:
    """`name` as an id that can be linked to."""
    return _NOT_NAME.sub("-", name.lower())[:80]


def css_string(text: str) -> str:
    """`text` as a string of CSS in which no character but letters, digits and spaces stands for itself; the space after
    an escape ends it."""
    kept = (c if c.isascii() and (c.isalnum() or c == " ") else f"\\{ord(c):06x} " for c in clean(text, 200))
    return f'"{"".join(kept)}"'
