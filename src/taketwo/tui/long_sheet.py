"""A sheet of very many rows, two lines each, of which only those around the ones in sight are known.

It asks for what it lacks (`Missing`) and shows what it has, so that a list of 100,000 costs what one of fifty does.
Long lines are cut: a row is always as high as the others, and where the last one stands needs no counting.
"""

from collections.abc import Iterable, Sequence
from typing import overload

from rich.cells import cell_len, set_cell_size
from textual import events
from textual.message import Message

from taketwo.tui.sheet import Block, Line, Sheet

Pair = tuple[Block, Block]
LINES = 2
"""of a row"""
_NO_ROW = -1
"""where a line is never under the cursor"""
MOST = 1_000
"""rows kept; beyond that those far from what is in sight are forgotten"""


class LongSheet(Sheet):
    """Rows by number. `show_rows` begins a list, `put` adds what has been asked for."""

    class Missing(Message):
        """Rows are in sight, or nearly, that are not known: these are wanted."""

        def __init__(self, sheet: "LongSheet", first: int, most: int) -> None:
            super().__init__()
            self.sheet = sheet
            self.first = first
            self.most = most

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self.total = 0
        self._rows: dict[int, Pair] = {}

    # --- content

    def show_rows(self, total: int, first: int, rows: Iterable[Pair], *, at: int) -> None:
        """Another list, or the same one read again: so many rows, of which these from `first` on; the cursor at `at`."""
        known, self._rows = self._rows, dict(enumerate(rows, first))
        other, was = total != self.total or at != self._at, self._at
        self.total, self._choosable = total, range(total)
        self._at = max(0, min(at, total - 1))
        if other:
            self._wrap()
            self.refresh(layout=True)
            if self._at != was:
                self.call_after_refresh(self._reveal)
        else:
            for number in self._in_sight(0):
                if known.get(number) != self._rows.get(number):
                    self.refresh_lines(LINES * number, LINES)
        self.call_after_refresh(self._ask)

    def put(self, first: int, rows: Iterable[Pair]) -> None:
        """Rows that were missing."""
        near = self._in_sight(5)
        if len(self._rows) > MOST:
            self._rows = {number: pair for number, pair in self._rows.items() if number in near}
        for number, pair in enumerate(rows, first):
            if self._rows.get(number) != pair:
                self._rows[number] = pair
                self.refresh_lines(LINES * number, LINES)

    def window(self) -> tuple[int, int]:
        """The rows to ask for: those in sight and some screens around them; the first, and how many."""
        near = self._in_sight(2)
        return near.start, max(len(near), 3 * self._page())

    @property
    def at(self) -> int:
        """The number of the row under the cursor."""
        return self._at

    @property
    def key(self) -> str:
        """The key under the cursor, "" where there is none or it is not known yet."""
        pair = self._rows.get(self._at)
        return pair[0].key if pair else ""

    def known(self) -> list[Pair]:
        """The rows that are known, in order."""
        return [self._rows[number] for number in sorted(self._rows)]

    # --- what is in sight

    def _page(self) -> int:
        return self.size.height // LINES + 1

    def _in_sight(self, pages: int) -> range:
        """The numbers of the rows in sight, and of so many pages above and below."""
        top, page = round(self.scroll_y) // LINES, self._page()
        return range(max(0, top - pages * page), min(self.total, top + (pages + 1) * page))

    def _ask(self) -> None:
        if any(number not in self._rows for number in self._in_sight(1)):
            self.post_message(self.Missing(self, *self.window()))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        self._ask()

    def on_resize(self) -> None:
        super().on_resize()
        self._ask()

    # --- drawing

    def _lay(self, width: int) -> tuple[Sequence[Line], Sequence[int]]:
        return _Lines(self, min(width, self.measure)), range(0, LINES * self.total, LINES)

    def line(self, number: int, width: int) -> Line:
        """A line of the list, made when it is looked at."""
        row, second = divmod(number, LINES)
        pair = self._rows.get(row)
        if pair is None:
            return Line("" if second else "  …", "quiet", row)
        block = pair[second]
        return Line(_fitted(block, width), block.tone, _NO_ROW if second else row)

    def _refresh_block(self, number: int) -> None:
        self.refresh_lines(
            LINES * number, 1
        )  # the cursor shows in the first line only: that is half the bytes

    # --- moving

    def _reveal(self) -> None:
        """Show the cursor; where it has left the screen, by half a screen, as each scroll sends all of it."""
        top, height = round(self.scroll_y), self.size.height
        first = LINES * self._at
        if not top <= first <= top + height - LINES:
            half = LINES * (height // LINES // 2)
            self.scroll_to(
                y=first - half if first > top else first + LINES - height + half, animate=False, force=True
            )

    def on_click(self, event: events.Click) -> None:
        number = (event.y + round(self.scroll_y)) // LINES
        if 0 <= number < self.total:
            was = self._at
            self._set(number)
            if was == self._at:
                self.action_choose()

    def go(self, key: str) -> None:
        for number, (block, _) in self._rows.items():
            if block.key == key:
                self._set(number)
                return

    def action_turn(self, by: int) -> None:
        """A page up or down, with the cursor."""
        self._set(self._at + by * max(1, self.size.height // LINES))

    def action_jump(self, by: int) -> None:
        """There are no parts to jump to."""


class _Lines(Sequence[Line]):
    """All lines of a long sheet, none of them kept."""

    def __init__(self, sheet: LongSheet, width: int) -> None:
        self._sheet = sheet
        self._width = width

    def __len__(self) -> int:
        return LINES * self._sheet.total if self._width > 0 else 0

    @overload
    def __getitem__(self, number: int) -> Line: ...
    @overload
    def __getitem__(self, number: slice) -> Sequence[Line]: ...
    def __getitem__(self, number: int | slice) -> Line | Sequence[Line]:
        if isinstance(number, slice):
            return [self[each] for each in range(*number.indices(len(self)))]
        return self._sheet.line(number, self._width)


def _fitted(block: Block, width: int) -> str:
    """The block in one line: the text gives way to the tail, and both to a narrow screen."""
    text = block.lead + " ".join(block.text.split())
    if not block.tail or width < cell_len(block.tail) + 16:
        return _cut(text, width)
    text = _cut(text, width - cell_len(block.tail) - 2)
    return text + " " * (width - cell_len(text) - cell_len(block.tail)) + block.tail


def _cut(text: str, width: int) -> str:
    return text if cell_len(text) <= width else set_cell_size(text, max(0, width - 1)).rstrip() + "…"
