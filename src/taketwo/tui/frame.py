"""What every screen of the program has in common."""

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar, cast

from textual.message import Message
from textual.screen import Screen
from textual.worker import get_current_worker

if TYPE_CHECKING:
    from taketwo.tui.app import TakeTwo


SWITCH = 0.0003
"""seconds after which a worker that computes lets the keyboard in; five milliseconds otherwise"""


class Reading(Message):
    """So many of so many files have been read, in a worker; as many as there are: it is done."""

    def __init__(self, done: int, all: int) -> None:
        super().__init__()
        self.done = done
        self.all = all


class Stopped(Exception):
    """The worker is no longer wanted."""


def progress(screen: Screen[None]) -> Callable[[int, int], None]:
    """Tells `screen` how far this worker is, and stops it where it is no longer wanted."""
    worker = get_current_worker()
    sys.setswitchinterval(SWITCH)

    def tell(done: int, all: int) -> None:
        if worker.is_cancelled:
            raise Stopped
        screen.post_message(Reading(done, all))

    return tell


class TakeTwoScreen(Screen[None]):
    """A screen that knows its application."""

    SCOPED_CSS = False
    """what a screen's style says of it by its name holds for the screens that are made from it, too"""
    UNSAID: ClassVar[frozenset[str]] = frozenset()
    """actions whose keys only the help tells of: of a screen that has more to do than its line of keys holds"""

    def on_mount(self) -> None:
        """Know the width before the first layout: Textual tells it after, then lays out and sends all once more."""
        fitting = [step for step in self.app.HORIZONTAL_BREAKPOINTS or () if step[0] <= self.app.size.width]
        if fitting:
            self.add_class(max(fitting)[1], update=False)

    @property
    def tt(self) -> "TakeTwo":
        """The application, by its own type."""
        return cast("TakeTwo", self.app)
