"""A sheet of wrapped lines, some of which can be chosen: the one list of the full screen.

Textual's own lists send several kilobytes for a move of the cursor; over SSH that is felt. A sheet keeps its lines
wrapped and redraws only the lines that change. Text is shown as it is: markup is never parsed from it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import ClassVar, Literal

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region, Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

TONES = ("title", "customer", "you", "quiet", "good", "bad", "head", "hint")


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph. With a `key` it can be chosen; `lead` stands before its first line, `hang` before the others."""

    text: str = ""
    tone: str = ""
    key: str = ""
    lead: str = ""
    hang: str = ""
    tail: str = ""
    """set at the right edge of the first line, where there is room"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line as it is drawn, and the block that it belongs to."""

    text: str
    tone: str
    block: int


class Sheet(ScrollView, can_focus=True):
    """Blocks of text with a cursor on those that have a key."""

    DEFAULT_CSS = """
    Sheet { height: 1fr; background: transparent; scrollbar-size-vertical: 1; scrollbar-gutter: stable; }
    Sheet > .sheet--cursor { background: $block-cursor-background; color: $block-cursor-foreground; text-style: bold; }
    Sheet > .sheet--idle { text-style: bold; }
    Sheet > .sheet--title { text-style: bold; color: $primary; }
    Sheet > .sheet--head { text-style: bold; }
    Sheet > .sheet--customer { color: $text; }
    Sheet > .sheet--you { color: $accent; }
    Sheet > .sheet--quiet { color: $text-muted; }
    Sheet > .sheet--good { color: $text-success; }
    Sheet > .sheet--bad { color: $text-error; }
    Sheet > .sheet--hint { color: $text-warning; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "sheet--cursor",
        "sheet--idle",
        *(f"sheet--{tone}" for tone in TONES),
    }
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "Up", show=False),
        Binding("down,j", "move(1)", "Down", show=False),
        Binding("home,g", "edge(0)", "Top", show=False),
        Binding("end,G", "edge(-1)", "Bottom", show=False),
        Binding("pageup,b", "turn(-1)", "Page up", show=False),
        Binding("pagedown,space", "turn(1)", "Page down", show=False),
    ]

    class Chosen(Message):
        """Enter, or a click, on a block with a key."""

        def __init__(self, sheet: "Sheet", key: str) -> None:
            super().__init__()
            self.sheet = sheet
            self.key = key

        @property
        def control(self) -> "Sheet":
            return self.sheet

    class Moved(Message):
        """The cursor came to another block."""

        def __init__(self, sheet: "Sheet", key: str) -> None:
            super().__init__()
            self.sheet = sheet
            self.key = key

        @property
        def control(self) -> "Sheet":
            return self.sheet

    def __init__(
        self,
        blocks: Sequence[Block] = (),
        *,
        id: str | None = None,
        classes: str | None = None,
        measure: int = 10_000,
    ) -> None:
        super().__init__(id=id, classes=classes)
        self.measure = measure
        """the longest line, in cells: text across a wide screen is hard to read"""
        self.blocks: list[Block] = list(blocks)
        self._lines: Sequence[Line] = []
        self._starts: Sequence[int] = []
        self._width = 0
        self._choosable: Sequence[int] = [i for i, block in enumerate(self.blocks) if block.key]
        self._at = 0

    # --- content

    def show(self, blocks: Sequence[Block], *, key: str = "", end: bool = False) -> None:
        """Replace what is shown, and scroll to its end, or to `key`; without either it stays where it is."""
        self.blocks = list(blocks)
        self._choosable = [i for i, block in enumerate(self.blocks) if block.key]
        self._at = max(0, min(self._at, len(self._choosable) - 1))
        if key:
            self._at = next((n for n, i in enumerate(self._choosable) if self.blocks[i].key == key), self._at)
        self._wrap()
        self.refresh(layout=True)
        if end:
            self.call_after_refresh(self.scroll_end, animate=False)
        elif key:
            self.call_after_refresh(self._reveal)

    def swap(self, blocks: Sequence[Block], to: Literal["top", "end", ""] = "") -> None:
        """Replace what is shown in a sheet whose own size stays as it is, and stand where one stood, or elsewhere.

        Nothing else has to be laid out for it, so that one picture is sent where `show` sends two. For text to read,
        with nothing to choose.
        """
        height = self.scrollable_content_region.height
        overflowed = len(self._lines) > height
        self.blocks = list(blocks)
        lines, starts = self._lay(self._width)
        if not self._width or self._choosable or overflowed != (len(lines) > height):
            self.show(blocks, end=to == "end")
            return
        self._lines, self._starts = lines, starts
        self.set_reactive(Sheet.virtual_size, Size(self._width, len(lines)))
        self._scroll_update(self.virtual_size)
        if to:
            top = max(0, len(lines) - height) if to == "end" else 0
            self.scroll_to(y=top, animate=False, force=True, immediate=True)
        self.refresh()

    @property
    def key(self) -> str:
        """The key under the cursor, "" where there is none."""
        return self.blocks[self._choosable[self._at]].key if self._choosable else ""

    def go(self, key: str) -> None:
        """Put the cursor on `key`."""
        for number, index in enumerate(self._choosable):
            if self.blocks[index].key == key:
                self._set(number)
                return

    # --- wrapping

    def _lay(self, width: int) -> tuple[Sequence[Line], Sequence[int]]:
        """Lines at `width`, and where each block begins among them."""
        lines: list[Line] = []
        starts: list[int] = []
        if width >= 1:
            for index, block in enumerate(self.blocks):
                starts.append(len(lines))
                lines += _wrapped(block, index, min(width, self.measure))
        return lines, starts

    def _wrap(self) -> None:
        self._width = self.scrollable_content_region.width
        self._lines, self._starts = self._lay(self._width)
        self.virtual_size = Size(self._width, len(self._lines))

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return max(1, len(self._lay(width - self.scrollbar_size_vertical)[0]))

    def _size_updated(
        self, size: Size, virtual_size: Size, container_size: Size, layout: bool = True
    ) -> bool:
        """Wrap while the screen is laid out: then its first picture holds the text, and no second one is sent."""
        changed = super()._size_updated(size, virtual_size, container_size, layout)
        if self.scrollable_content_region.width != self._width:
            self._width = self.scrollable_content_region.width
            self._lines, self._starts = self._lay(self._width)
            self.set_reactive(Sheet.virtual_size, Size(self._width, len(self._lines)))
            self._scroll_update(self.virtual_size)
        return changed

    def on_resize(self) -> None:
        if self.scrollable_content_region.width != self._width:
            self._wrap()
            self.refresh()

    # --- drawing

    def render_line(self, y: int) -> Strip:
        row = y + round(self.scroll_y)
        width = self.scrollable_content_region.width
        if width != self._width:
            self.call_next(self.on_resize)  # a layout that came without a resize event
        if not 0 <= row < len(self._lines):
            return Strip.blank(width, self.rich_style)
        line = self._lines[row]
        here = bool(self._choosable) and line.block == self._choosable[self._at]
        names = [f"sheet--{line.tone}"] if line.tone else []
        text = line.text
        if here:
            names.append("sheet--cursor" if self.has_focus else "sheet--idle")
            text = "▸" + text[1:] if text[:1] == " " and row == self._starts[line.block] else text
        style = self.get_component_rich_style(*names) if names else self.rich_style
        text += " " * (
            width - cell_len(text)
        )  # one piece in one style: another for the blanks sends its colours again
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def _refresh_block(self, number: int) -> None:
        if 0 <= number < len(self._choosable):
            first, last = self._span(number)
            self.refresh_lines(first, last - first)

    def _span(self, number: int) -> tuple[int, int]:
        block = self._choosable[number]
        if block >= len(self._starts):
            return 0, 0
        first = self._starts[block]
        last = self._starts[block + 1] if block + 1 < len(self._starts) else len(self._lines)
        return first, last

    # --- moving

    def _set(self, number: int) -> None:
        if not self._choosable:
            return
        number = max(0, min(number, len(self._choosable) - 1))
        if number != self._at:
            self._refresh_block(self._at)
            self._at = number
            self._refresh_block(number)
            self._reveal()
            self.post_message(self.Moved(self, self.key))

    def _reveal(self) -> None:
        if not self._choosable:
            return  # it was called for later, and by then something else was shown
        first, last = self._span(self._at)
        if self._at == 0:
            first = 0 if last < self.size.height else first
        self.scroll_to_region(Region(0, first, 1, max(1, last - first)), animate=False, force=True)

    def action_move(self, by: int) -> None:
        """Move the cursor, or scroll where there is nothing to choose."""
        if self._choosable:
            self._set(self._at + by)
        else:
            self.scroll_relative(y=by, animate=False)

    def action_edge(self, end: int) -> None:
        """To the first or the last."""
        if self._choosable:
            self._set(0 if end == 0 else len(self._choosable) - 1)
        elif end == 0:
            self.scroll_home(animate=False)
        else:
            self.scroll_end(animate=False)

    def action_jump(self, by: int) -> None:
        """To the first choice under the next title, or under the one before, with its title at the top."""
        heads: dict[int, int] = {}
        for head, block in enumerate(self.blocks):
            if block.tone == "title" and (below := [n for n, i in enumerate(self._choosable) if i > head]):
                heads.setdefault(below[0], head)
        beyond = [n for n in sorted(heads) if (n > self._at if by > 0 else n < self._at)]
        if beyond:
            place = beyond[0] if by > 0 else beyond[-1]
            self._set(place)
            self.scroll_to(y=self._starts[heads[place]], animate=False)

    def action_turn(self, by: int) -> None:
        """A page up or down; a cursor that goes out of sight comes along."""
        top = max(0, min(self.max_scroll_y, round(self.scroll_y) + by * max(1, self.size.height - 1)))
        self.scroll_to(y=top, animate=False)
        if not self._choosable or top <= self._span(self._at)[0] < top + self.size.height:
            return
        rows = range(len(self._choosable))
        seen = [n for n in rows if top <= self._span(n)[0] < top + self.size.height]
        if seen:
            self._refresh_block(self._at)
            self._at = seen[0]
            self._refresh_block(self._at)
            self.post_message(self.Moved(self, self.key))

    def action_choose(self) -> None:
        """Choose what the cursor is on."""
        if self.key:
            self.post_message(self.Chosen(self, self.key))

    def on_click(self, event: events.Click) -> None:
        row = event.y + round(self.scroll_y)
        if 0 <= row < len(self._lines):
            block = self._lines[row].block
            if block in self._choosable:
                was = self._at
                self._set(self._choosable.index(block))
                if was == self._at:
                    self.action_choose()

    def on_focus(self) -> None:
        self._refresh_block(self._at)

    def on_blur(self) -> None:
        self._refresh_block(self._at)


def height_of(blocks: Sequence[Block], width: int) -> int:
    """How many lines blocks take up at a width."""
    return sum(len(_wrapped(block, 0, width)) for block in blocks)


def _wrapped(block: Block, index: int, width: int) -> list[Line]:
    return [Line(text, block.tone, index) for text in _texts(block, width)]


@lru_cache(4096)
def _texts(block: Block, width: int) -> tuple[str, ...]:
    """The lines of a paragraph. A conversation grows by a few of them, and the others are asked for again each time."""
    lead, hang = block.lead, block.hang or " " * len(block.lead)
    room = max(4, width - max(len(lead), len(hang)))
    lines: list[str] = []
    first_room = room - len(block.tail) - 2 if block.tail and room > len(block.tail) + 20 else room
    for part in block.text.split("\n"):
        pieces = [
            str(piece) for piece in Content(part.expandtabs(4)).wrap(first_room if not lines else room)
        ] or [""]
        lines += [(lead if not lines and n == 0 else hang) + piece for n, piece in enumerate(pieces)]
    if block.tail and first_room < room:
        gap = width - Content(lines[0]).cell_length - len(block.tail)
        lines[0] += " " * max(2, gap) + block.tail
    elif block.tail:
        lines.append(hang + block.tail)
    return tuple(lines)
