"""The debrief at the learner's seat: both look at the same decision, and the trainer begins the next take."""

from typing import TYPE_CHECKING

from taketwo.session import Session
from taketwo.tui.debrief import DebriefScreen, JudgeScreen
from taketwo.tui.shared_replay import SharedReplay
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

    UNSAID = frozenset({"here", "again"})  # the trainer begins

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

    def on_screen_resume(self) -> None:
        self.joined.changed()

    def pointed(self, seq: int, *, replay: bool = False) -> None:
        """Look at the decision `seq`, or at that moment of the replay."""
        if replay:
            self.action_replay(seq)
        else:
            super().pointed(seq)

    def action_replay(self, seq: int = 0) -> None:
        self.app.push_screen(SeatReplay(self, seq))

    def action_here(self) -> None:
        self._ask_trainer()

    def action_again(self) -> None:
        self._ask_trainer()

    def _ask_trainer(self) -> None:
        self.tt.say(f"{self.joined.guest.trainer} begins the next take: tell them where from.")


class SeatReplay(SharedReplay):
    """The take on its reel, looked at together."""

    def __init__(self, debrief: SeatDebrief, seq: int = 0) -> None:
        self.joined = debrief.joined
        super().__init__(debrief, debrief.joined.pointing, seq)

    def on_screen_resume(self) -> None:
        self.joined.changed()

    def action_here(self) -> None:
        self.tt.say(f"{self.joined.guest.trainer} begins the next take: tell them where from.")
