"""Looking at one thing together: whoever moves takes the other's cursor along, and nothing comes back as an echo."""

from collections.abc import Callable


class Pointing:
    """This end's place in the debrief, and what tells the other end of it."""

    def __init__(self, send: Callable[[int], None]) -> None:
        self._send = send
        self._at = 0

    def moved(self, seq: int) -> None:
        """The cursor stands at the event `seq` here: tell the other end, unless it pointed there itself."""
        if seq != self._at:
            self._at = seq
            self._send(seq)

    def came(self, seq: int) -> bool:
        """The other end points at `seq`; whether that is somewhere else than here."""
        if not seq or seq == self._at:
            return False
        self._at = seq
        return True
