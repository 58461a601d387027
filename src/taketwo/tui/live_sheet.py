"""A sheet whose lines change by themselves: only those that look different are drawn again."""

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType

from taketwo.tui.sheet import Block, Sheet


class LiveSheet(Sheet, inherit_bindings=False):
    """Blocks with a cursor, renewed many times a minute; the cursor stays on its key. It leaves b to the board."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(each for each in Sheet.BINDINGS if not (isinstance(each, Binding) and each.key == "pageup,b")),
        Binding("pageup", "turn(-1)", "Page up", show=False),
    ]

    def renew(self, blocks: Sequence[Block]) -> None:
        """Show `blocks` in place of what is shown; where no line comes or goes, the others are not touched."""
        was, lines_were = self.blocks, self._lines
        if [b.key for b in was] != [b.key for b in blocks]:
            self.show(blocks, key=self.key)
            return
        self.blocks = list(blocks)
        lines, starts = self._lay(self._width)
        if len(lines) != len(lines_were) or starts != self._starts:
            self.show(blocks)
            return
        self._lines, self._starts = lines, starts
        for row, (old, new) in enumerate(zip(lines_were, lines, strict=True)):
            if old != new:
                self.refresh_lines(row)
