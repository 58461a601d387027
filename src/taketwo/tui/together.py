"""Looking at one thing together: whoever moves takes the other's cursor along, and nothing comes back as an echo."""

from collections.abc import Callable


class Pointing:
    """This end's place in the debrief, and what tells the other end of it."""

    def __init__(self, send: Callable[[int, bool], None]) -> None:
        self._send = send
        self._at = (0, False)

    def moved(self, seq: int, replay: bool = False) -> None:
        """The cursor stands at the event `seq` here, in the debrief or in the replay: tell the other end, unless it
        pointed there itself."""
        if (seq, replay) != self._at:
            self._at = (seq, replay)
            self._send(seq, replay)

    def came(self, seq: int, replay: bool = False) -> bool:
        """The other end points at `seq`; whether that is somewhere else than here."""
        if not seq or (seq, replay) == self._at:
            return False
        self._at = (seq, replay)
        return True

    def led(self, seq: int) -> None:
        """This end was led to `seq` in the replay, which is as near as it can come: nothing is to be told of that."""
        self._at = (seq, True)
