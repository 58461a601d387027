"""How much of everything the network may have of us, and for how long. Tests use smaller ones."""

from dataclasses import dataclass

MESSAGE = 64 * 1024
"""Bytes of UTF-8 in one message, either way."""


@dataclass(frozen=True, slots=True)
class Rate:
    """So many a second in the long run, and `burst` at once."""

    each_second: float
    burst: float


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, bytes and counts of one host or guest."""

    stranger: float = 10.0
    """Seconds from the first packet until `admit`, all that lies between included."""
    strangers: int = 128
    """Lines that are not admitted yet; one more, and the oldest from the busiest address goes."""
    pause: float = 0.002
    """Seconds between newcomers while strangers are too many, so that whoever is on the way in gets there."""
    frames: Rate = Rate(40, 400)
    """Frames of all kinds from somebody who is admitted. Signs of life are three a second, and a cursor ten at most."""
    volume: Rate = Rate(256 * 1024, 1024 * 1024)
    """Bytes from somebody who is admitted."""
    strange_frames: Rate = Rate(5, 20)
    strange_volume: Rate = Rate(16 * 1024, 128 * 1024)
    unread: int = 4 * 1024 * 1024
    """Bytes that may wait for a reader who reads nothing. A whole take with its scenario is sent at once."""
    reads: int = 16 * 1024
    """Bytes that somebody for whom more waits has to read between two beats, or `misses` of them cut them off."""
    most_unread: int = 32 * 1024 * 1024
    """Bytes that may wait at all: some 10,000 events."""
    beat: float = 0.75
    """Seconds between our signs of life."""
    misses: int = 5
    """Beats in a row without any from there, and the line is dead: 3.75 to 4.5 seconds. Beats that we ourselves slept
    through do not count, so a busy machine cuts nobody off."""
    closing: float = 1.0
    """Seconds for what waits to be sent when a line is closed."""
    opening: float = 8.0
    """Seconds until a guest gives up one attempt."""


class Allowance:
    """What is left of a rate."""

    def __init__(self, rate: Rate, now: float) -> None:
        self._rate, self._left, self._at = rate, rate.burst, now

    def take(self, count: float, now: float) -> bool:
        """Use `count` of it; False when there was not so much left."""
        self._left = min(self._rate.burst, self._left + (now - self._at) * self._rate.each_second) - count
        self._at = now
        return self._left >= 0
