"""What every screen of the program has in common."""

from typing import TYPE_CHECKING, cast

from textual.screen import Screen

if TYPE_CHECKING:
    from taketwo.tui.app import TakeTwo


class TakeTwoScreen(Screen[None]):
    """A screen that knows its application."""

    @property
    def tt(self) -> "TakeTwo":
        """The application, by its own type."""
        return cast("TakeTwo", self.app)
