"""The bar under a replay: the whole take as a line of blocks that rise with the chance of a good ending, and its marks."""

from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from taketwo.playback import Playback
from taketwo.telling import STOP_SIGNS
from taketwo.transcript.replaying import Cell, Spot, cell_of, cells
from taketwo.wording import STEPS

UNKNOWN = "─"
"""a cell where the chance is not known"""
HERE = "┃"
"""the place in it, which is not to be told by colour alone"""


class ReelBar(Widget, can_focus=False):
    """Two lines: the curve, with the place in it, and the signs of the marks. A click winds to a moment."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    ReelBar { height: 2; background: transparent; color: $text-muted; }
    ReelBar > .reelbar--done { color: $primary; }
    ReelBar > .reelbar--here { color: $text; text-style: bold; }
    ReelBar > .reelbar--mark { color: $text-warning; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"reelbar--done", "reelbar--here", "reelbar--mark"}

    class Wound(Message):
        """Somebody pointed at a moment."""

        def __init__(self, spot: Spot) -> None:
            super().__init__()
            self.spot = spot

    def __init__(self) -> None:
        super().__init__()
        self._take: Playback | None = None
        self._spot = Spot(1, 0)
        self._cells: list[Cell] = []
        self._held = False

    def show(self, take: Playback, spot: Spot) -> None:
        """Show where `spot` is in `take`; drawn only where that looks different."""
        was, new = self._at, take is not self._take
        self._take, self._spot = take, spot
        if new:
            self._cells = []
        if new or self._at != was:
            self.refresh()

    @property
    def _at(self) -> int:
        return cell_of(self._take.reel, self._spot, self.size.width) if self._take else -1

    def render_line(self, y: int) -> Strip:
        width, take = self.size.width, self._take
        if take is None or not width:
            return Strip.blank(width, self.rich_style)
        if len(self._cells) != width:
            self._cells = cells(take.reel, width)
        if y:
            signs = "".join(STOP_SIGNS[cell.stop][0] if cell.stop else " " for cell in self._cells)
            return Strip([Segment(signs, self.get_component_rich_style("reelbar--mark"))])
        shares, at = take.shares, self._at
        text = "".join(
            STEPS[1:][round(shares[cell.spot.shown - 1] * 7)] if shares else UNKNOWN for cell in self._cells
        )
        styles = [self.get_component_rich_style(f"reelbar--{name}") for name in ("done", "here")]
        return Strip(
            [
                Segment(text[:at], styles[0]),
                Segment(HERE, styles[1]),
                Segment(text[at + 1 :], self.rich_style),
            ]
        )

    def on_mouse_down(self, event: events.MouseDown) -> None:
        self._held = True
        self.capture_mouse()
        self._wind(event.x)

    def on_mouse_move(self, event: events.MouseMove) -> None:
        if self._held:
            self._wind(event.x)

    def on_mouse_up(self) -> None:
        self._held = False
        self.release_mouse()

    def _wind(self, x: int) -> None:
        if self._cells:
            self.post_message(self.Wound(self._cells[max(0, min(len(self._cells) - 1, x))].spot))
