"""Where the learner's cursor is, told to the trainer: ten times a second at most, and always where it came to rest."""

from collections.abc import Callable

from textual.timer import Timer
from textual.widget import Widget

EVERY = 0.1
"""seconds between two messages"""


class Presence:
    """What was told last, and what is to be told next; `owner` keeps the time."""

    def __init__(self, owner: Widget, tell: Callable[[str, bool], None]) -> None:
        self._owner = owner
        self._tell = tell
        self._told = self._next = ("", False)
        self._timer: Timer | None = None

    def at(self, cursor: str, *, typing: bool) -> None:
        """The cursor is on the reply `cursor`, or something is being typed."""
        self._next = (cursor, typing)
        if self._timer is None:
            self._send()

    def _send(self) -> None:
        self._timer = None
        if self._next != self._told:
            self._told = self._next
            self._tell(*self._told)
            self._timer = self._owner.set_timer(EVERY, self._send)
