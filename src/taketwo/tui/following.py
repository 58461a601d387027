"""A conversation that goes on: its last words stay in sight, whatever takes room from it, unless one has scrolled back."""

from taketwo.tui.sheet import Sheet


class Following(Sheet, can_focus=False):
    """A sheet that is read at its end."""

    _there = True
    """its end is in sight, or shall be"""

    def watch_scroll_y(self, old: float, new: float) -> None:
        super().watch_scroll_y(old, new)
        self._there = round(new) >= self.max_scroll_y

    def on_resize(self) -> None:
        if self._there:
            self.call_after_refresh(self.scroll_end, animate=False)
