"""Where the two ends meet the network: what carries text, and who is told of it. No socket is known here.

`server` and `client` are one side of this, `host` and `guest` the other; tests put plain objects between them. All calls
come from one thread, one after the other, and none of them waits.
"""

from typing import Protocol


class Line(Protocol):
    """One connection."""

    @property
    def number(self) -> int:
        """A number of its own, never used again while the program runs."""

    @property
    def address(self) -> str:
        """Where the other end is, for the log and for the person who lets them in: `192.0.2.7:50123`."""

    def send(self, text: str) -> None:
        """Send a message after those before it. Never waits: whoever does not read what is sent is cut off."""

    def admit(self) -> None:
        """The other end has shown that it belongs here: it may stay, and is no longer counted among strangers."""

    def close(self, why: str = "") -> None:
        """Send what waits, then close. Nothing is heard of it any more."""


class Answering(Protocol):
    """The host's end: told of what comes over all lines."""

    def came(self, line: Line) -> None:
        """Somebody has called; nothing is known of them yet."""

    def heard(self, line: Line, text: str) -> None:
        """A message of at most 64 KiB, from outside: anything may be in it."""

    def gone(self, line: Line, why: str) -> None:
        """The line is cut; once for each that came and was not closed from here."""


class Calling(Protocol):
    """The guest's end: told of its one line, which is made again whenever it is cut."""

    @property
    def over(self) -> bool:
        """Whether to call no more: refused for good, or left."""

    def connected(self, line: Line) -> None:
        """The line stands, and the host is who the invitation says; now something secret can be sent."""

    def heard(self, text: str) -> None:
        """A message from the host."""

    def cut(self, why: str) -> None:
        """The line is cut, or could not be made; it is tried again."""
