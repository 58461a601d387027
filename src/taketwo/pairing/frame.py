"""The frame of a session: a timer for its phases, from setting up to closing."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime

PHASES = ("Set-up", "Play", "Debrief", "Again", "Close")
USUAL = (5, 10, 15, 10, 5)
"""minutes of each, as coaches often plan an hour"""


class BadFrame(Exception):
    """What was typed is no frame; the message says what is."""


@dataclass(frozen=True, slots=True)
class Frame:
    """Minutes of each phase; no minutes: no timer."""

    minutes: tuple[int, ...] = ()
    began: str = ""
    """when the phase began, ISO 8601"""
    phase: int = 0

    @property
    def name(self) -> str:
        """What the phase is called; empty without a frame."""
        return PHASES[self.phase] if self.minutes else ""

    def left(self, now: datetime) -> int | None:
        """Seconds that are left of this phase, below 0 where it has run over; None without a frame."""
        if not self.minutes or not self.began:
            return None
        try:
            began = datetime.fromisoformat(self.began)
        except ValueError:
            return None
        return self.minutes[self.phase] * 60 - int((now - began).total_seconds())

    def moved(self, by: int, now: datetime) -> "Frame":
        """The next phase, or the one before; its time begins now."""
        if not self.minutes:
            return self
        phase = max(0, min(len(PHASES) - 1, self.phase + by))
        return replace(self, phase=phase, began=now.astimezone(UTC).isoformat(timespec="seconds"))

    def words(self, now: datetime) -> str:
        """ "Play, 6:12 left", "Debrief, 1:05 over"; empty without a frame."""
        left = self.left(now)
        if left is None:
            return self.name
        minutes, seconds = divmod(abs(left), 60)
        return f"{self.name}, {minutes}:{seconds:02d} {'left' if left >= 0 else 'over'}"


def frame_of(text: str) -> tuple[int, ...]:
    """The minutes in "5,10,15,10,5"; "usual" stands for that, "" or "off" for none. Raises BadFrame."""
    if text in ("", "off"):
        return ()
    if text == "usual":
        return USUAL
    parts = [part.strip() for part in text.split(",")]
    if len(parts) != len(PHASES) or not all(
        p.isascii() and p.isdigit() and 0 < int(p[:4]) <= 240 for p in parts
    ):
        names = ", ".join(name.lower() for name in PHASES)
        raise BadFrame(f"A frame is the minutes of {names}, each from 1 to 240: 5,10,15,10,5. Or `off`.")
    return tuple(int(part) for part in parts)
