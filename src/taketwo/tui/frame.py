"""What every screen of the program has in common."""

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from taketwo.tui.app import TakeTwo


class TakeTwoScreen(Screen[None]):
    """A screen that knows its application."""

    def on_mount(self) -> None:
        """Know the width before the first layout: Textual tells it after, then lays out and sends all once more."""
        fitting = [step for step in self.app.HORIZONTAL_BREAKPOINTS or () if step[0] <= self.app.size.width]
        if fitting:
            self.add_class(max(fitting)[1], update=False)

    @property
    def tt(self) -> "TakeTwo":
        """The application, by its own type."""
        return cast("TakeTwo", self.app)
