"""The debrief at the trainer's desk: the same page as the learner's, with what only a trainer can do."""

from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.export.coaching import write_coaching
from taketwo.output import NotWritten
from taketwo.pairing.protocol import Point
from taketwo.pairing.seats import private
from taketwo.session import Refused
from taketwo.take.commands import Remark
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import UnknownTake
from taketwo.tui.ask import AskLine, AskYes
from taketwo.tui.choose import Choose
from taketwo.tui.debrief import DebriefScreen
from taketwo.tui.shared_replay import SharedReplay
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.together import Pointing

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair


class DeskDebrief(DebriefScreen):
    """Both look at the same decision; the next take begins at once, with roles swapped if they like."""

    UNSAID = frozenset({"mark", "map", "try_next"})
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("s", "swap", "Swap", tooltip="Again from this decision, with the learner as the customer"),
        Binding("p", "private", "Open note", show=False, tooltip="Let the learner read a private note"),
        Binding("d", "rate", "Rate", tooltip="The QA form"),
        Binding("c", "sheet", "Sheet", tooltip="The coaching sheet: one page to print"),
        Binding("f", "phase", "Phase", show=False, tooltip="The next phase of the session"),
    ]

    def __init__(self, hosting: "Hosting", pair: "Pair") -> None:
        assert pair.session
        super().__init__(pair.session, asked=True)
        self.hosting = hosting
        self.pair = pair
        self.pointing = Pointing(lambda seq, replay: pair.send(Point(seq, replay)))
        self._stale = False

    def on_mount(self) -> None:
        title, who = self.session.scenario.title, self.pair.learner
        self.query_one(".bar", Static).update(f"{title} · {who}'s debrief: here “you” is {who}")

    def let_go(self) -> None:
        """The learner may still remark on the take: it stays open till the next begins."""

    def on_screen_resume(self) -> None:
        self.hosting.host.changed = self._changed
        self._changed()

    def _changed(self) -> None:
        if not self._stale and self.is_attached:
            self._stale = True
            self.call_later(self._news)

    def _news(self) -> None:
        """The learner remarked, rated themselves, or points at a decision; or a take has begun."""
        self._stale = False
        if not self.is_attached:
            return
        if self.pair.session is not self.session:
            self._go_on()
            return
        self._show()
        self._look_there()

    def _look_there(self) -> None:
        """The learner points at something; where a question lies over it, it is looked at afterwards."""
        screen, pair = self.app.screen, self.pair
        if isinstance(screen, DeskDebrief | DeskReplay):
            seq, pair.pointed = pair.pointed, 0
            if self.pointing.came(seq, pair.pointed_replay):
                screen.pointed(seq, replay=pair.pointed_replay)

    def pointed(self, seq: int, *, replay: bool = False) -> None:
        """Look at the decision `seq`, or at that moment of the replay."""
        if replay:
            self.action_replay(seq)
        else:
            super().pointed(seq)

    def _go_on(self) -> None:
        from taketwo.tui.desk import DeskScreen

        if isinstance(self.app.screen, DeskReplay):
            self.app.pop_screen()
        if self.app.screen is self:
            self.app.switch_screen(DeskScreen(self.hosting, self.pair))

    def point(self, seq: int) -> None:
        """Take the learner's cursor along; where the cursor is now counts, not where it was when it was moved."""
        key = self.query_one(Sheet).key
        if key.isdigit():
            self.pointing.moved(int(key))

    def action_replay(self, seq: int = 0) -> None:
        self.app.push_screen(DeskReplay(self, seq))

    def begin(self, seq: int, *, swapped: bool = False) -> None:
        """The next take: from before the decision `seq`, or from the start."""
        from secrets import randbelow

        from taketwo.take.commands import Start

        session = self.session
        start = Start(seed=randbelow(1 << 31), mode=session.state.mode, pace=session.state.pace)
        try:
            self.hosting.begin(
                self.pair, session.scenario, start, of=(session, seq) if seq else None, swapped=swapped
            )
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)

    def action_here(self) -> None:
        if turn := self._turn():
            self.begin(turn.seq)

    def action_again(self) -> None:
        self.begin(0)

    @work
    async def action_swap(self) -> None:
        """Again, with the learner as the customer."""
        turn = self._turn()
        where = f"from decision {turn.number}" if turn else "from the start"
        question = f"Again {where}: {self.pair.learner} plays the customer, and you answer?"
        if await self.app.push_screen_wait(AskYes(question)):
            self.begin(turn.seq if turn else 0, swapped=True)

    @work
    async def action_private(self) -> None:
        """Let the learner read a private note."""
        notes = private(self.session.events)
        rows = [Block(note.text, key=str(note.seq), lead=" ✎ ", hang="   ") for note in notes]
        if not rows:
            self.tt.say("There is no private note that they have not read.")
            return
        chosen = await self.app.push_screen_wait(Choose(f"Which note may {self.pair.learner} read?", rows))
        found = next((note for note in notes if str(note.seq) == chosen), None)
        if found:
            self.pair.open(found)

    @work
    async def action_note(self) -> None:
        """A note that both see, about the decision under the cursor."""
        turn = self._turn()
        about = turn.seq if turn else 0
        text = await self.app.push_screen_wait(
            AskLine("Note for both, about this decision" if turn else "Note for both")
        )
        if text:
            self.pair.do(Remark("note", text, about))

    def action_rate(self) -> None:
        """The QA form."""
        from taketwo.tui.rating import RatingScreen

        self.app.push_screen(RatingScreen(self.session, rater=self.pair.trainer))

    @work
    async def action_sheet(self) -> None:
        """The coaching sheet of this take, as a page to print."""
        usual = str(Path.cwd() / f"{self.session.name}-coaching.html")
        question = "The coaching sheet, as which file?"
        name = await self.app.push_screen_wait(
            AskLine(question, value=usual, hint="One A4 page to print. Ctrl+G goes back.")
        )
        if not name:
            return
        path = Path(name).expanduser()
        try:
            write_coaching(self.tt.shelf, self.session.name, path)
        except (NotWritten, Unreadable, UnknownTake) as error:
            self.tt.say(str(error), problem=True)
        else:
            self.tt.say(f"Written: {path}")

    def action_phase(self) -> None:
        """The next phase."""
        self.hosting.next_phase()
        self.tt.say(self.hosting.frame.words(self.hosting.now()) or "This session has no frame.")


class DeskReplay(SharedReplay):
    """The take on its reel, looked at together."""

    def __init__(self, desk: DeskDebrief, seq: int = 0) -> None:
        super().__init__(desk, desk.pointing, seq)
        self.desk = desk

    def on_screen_resume(self) -> None:
        self.desk.on_screen_resume()

    def action_here(self) -> None:
        """Take it again from this decision, with the learner."""
        if turn := self.take.turn(self.spot):
            self.desk.begin(turn.seq)
