"""The debrief at the learner's seat: both look at the same decision, and the trainer begins the next take."""

from typing import TYPE_CHECKING

from taketwo.session import Session
from taketwo.tui.debrief import DebriefScreen, JudgeScreen
from taketwo.tui.replay import ReplayScreen
from taketwo.tui.sheet import Sheet

if TYPE_CHECKING:
    from taketwo.tui.joined import Joined


class SeatJudge(JudgeScreen):
    """The learner's own judgement, before anything is shown."""

    def __init__(self, session: Session, joined: "Joined") -> None:
        super().__init__(session)
        self.joined = joined

    def debrief(self) -> DebriefScreen:
        """What comes after it."""
        return SeatDebrief(self.session, self.joined)


class SeatDebrief(DebriefScreen):
    """The whole debrief."""

    def __init__(self, session: Session, joined: "Joined") -> None:
        super().__init__(session)
        self.joined = joined

    def let_go(self) -> None:
        """The take stays open: the trainer can still remark on it."""

    def point(self, seq: int) -> None:
        """Take the trainer's cursor along; where the cursor is now counts, not where it was when it was moved."""
        key = self.query_one(Sheet).key
        if key.isdigit():
            self.joined.pointing.moved(int(key))

    def action_replay(self) -> None:
        self.app.push_screen(SeatReplay(self.session, self.joined))

    def action_here(self) -> None:
        self._ask_trainer()

    def action_again(self) -> None:
        self._ask_trainer()

    def _ask_trainer(self) -> None:
        self.tt.say(f"{self.joined.guest.trainer} begins the next take: tell them where from.")


class SeatReplay(ReplayScreen):
    """The take on its reel, looked at together."""

    def __init__(self, session: Session, joined: "Joined") -> None:
        super().__init__(session)
        self.joined = joined

    def pointed(self, seq: int) -> None:
        """Go to the event `seq`, which the trainer points at."""
        shown = next((n for n, event in enumerate(self.take.reel.events, 1) if event.seq == seq), 0)
        if shown:
            self._go(self.take.reel.seek_event(shown))

    def _show(self) -> None:
        super()._show()
        if self.app.screen is self:
            self.joined.pointing.moved(self.take.reel.seen(self.spot).seq)

    def action_here(self) -> None:
        self.tt.say(f"{self.joined.guest.trainer} begins the next take: tell them where from.")
