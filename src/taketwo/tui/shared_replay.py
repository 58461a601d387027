"""The replay that two look at: what one sees of the take, the other sees."""

from taketwo.tui.debrief import DebriefScreen
from taketwo.tui.replay import ReplayScreen
from taketwo.tui.together import Pointing


class SharedReplay(ReplayScreen):
    """Whoever opens it opens it for both, and whoever closes it closes it for both."""

    def __init__(self, below: DebriefScreen, pointing: Pointing, seq: int = 0) -> None:
        super().__init__(below.session)
        self.below = below
        """the debrief that it was opened from"""
        self.pointing = pointing
        if seq:
            self._lead(seq)

    def _lead(self, seq: int) -> None:
        reel = self.take.reel
        self.spot = reel.seek_event(sum(event.seq <= seq for event in reel.events))
        self.pointing.led(reel.seen(self.spot).seq)

    def pointed(self, seq: int, *, replay: bool) -> None:
        """Go to the event `seq`, which the other end points at, or back to the debrief."""
        if replay:
            self._lead(seq)
            self._go(self.spot)
        else:
            self.app.pop_screen()
            self.below.pointed(seq)

    def _show(self) -> None:
        super()._show()
        if self.app.screen is self:
            self.pointing.moved(self.take.reel.seen(self.spot).seq, replay=True)

    def action_back(self) -> None:
        super().action_back()
        self.below.point(0)  # where the cursor stands there, whatever is said here
