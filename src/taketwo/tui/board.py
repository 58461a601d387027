"""The board of a class: everybody at once, with keys for one of them and for all of them."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.tui.ask import AskYes, Page
from taketwo.tui.board_blocks import board_blocks, heading
from taketwo.tui.footer import Footer
from taketwo.tui.live_sheet import LiveSheet
from taketwo.tui.room import KEYS, RoomScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import count

if TYPE_CHECKING:
    from taketwo.pairing.host import Visitor
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair
    from taketwo.scenario.model import Scenario

PAUSE = 0.07
"""seconds between two pictures at least: thirty learners make more events than anybody can read"""
SOON = 0.001
"""a timer of no time at all is none"""


class BoardScreen(RoomScreen):
    """A class, from its invitation to its results."""

    CSS = "BoardScreen Sheet { margin: 1 1; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "enter",
            "go",
            "Step in",
            key_display="Enter",
            tooltip="To the learner's desk; at the door: let in",
        ),
        Binding("l", "let_in", "Let in", tooltip="Let the one under the cursor in, or the first at the door"),
        Binding("L", "let_all_in", "All in", tooltip="Let everybody in who waits"),
        *KEYS,
        Binding("i", "invitation", "Invite", tooltip="The invitation: one for all"),
        Binding("a", "asking", "Who asks", show=False, tooltip="To the next learner who asks for help"),
        Binding(
            "z",
            "turn_away",
            "Send away",
            show=False,
            tooltip="Send the one under the cursor away from the door",
        ),
        Binding("f", "phase", "Phase", show=False, tooltip="The next phase of the session"),
        Binding("q", "leave", "End", tooltip="End the session"),
    ]

    def __init__(self, hosting: "Hosting", scenario: "Scenario | None" = None) -> None:
        super().__init__(hosting, scenario)
        self._due: Timer | None = None
        self._shown = 0.0

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield LiveSheet()
        yield Footer()

    def on_mount(self) -> None:
        self._listen()

    @work
    async def _listen(self) -> None:
        if not await self.tt.listen(self.hosting):
            return
        if self.hosting.problem:
            self.tt.say(self.hosting.problem, problem=True)
        if self.scenario:
            solving(self.scenario)
        self.set_interval(0.5, self._tick)
        self._show()
        self.query_one(LiveSheet).focus()

    def on_screen_resume(self) -> None:
        self.hosting.host.changed = self.changed
        self.changed()

    def on_resize(self) -> None:
        self.changed()

    # --- showing

    def changed(self) -> None:
        """Something happened: show it at once, or with all else that happens within a moment."""
        if self._due is None and self.is_attached:
            self._due = self.set_timer(max(SOON, self._shown + PAUSE - monotonic()), self._show)

    def _tick(self) -> None:
        self.all.tick()
        if self.app.screen is self:
            self.changed()

    def _show(self) -> None:
        self._due = None
        self._shown = monotonic()
        if not self.is_attached or self.tt.hosting is None:
            return
        rows = self.all.rows()
        scene = self.scenario.title if self.scenario else "no scene yet"
        parts = ["A class", *heading(rows), scene, self.hosting.frame.words(self.hosting.now())]
        top = " · ".join(part for part in parts if part)
        bar = self.query_one("#top", Static)
        if bar.content != top:
            bar.update(top)
        blocks = board_blocks(rows, self._width()) if rows else self._invitation()
        self.query_one(LiveSheet).renew(blocks)
        self.refresh_bindings()

    def _width(self) -> int:
        return max(40, self.app.size.width - 4)

    # --- what works now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        host = self.hosting.host
        if action in ("let_in", "let_all_in", "turn_away"):
            return bool(host.door)
        if action in ("start", "start_mixed", "broadcast", "vote", "triads"):
            return bool(host.pairs) or None
        if action in ("results", "export", "huddle", "observe"):
            return any(pair.session for pair in host.pairs) or None
        return True

    # --- people

    @property
    def _visitor(self) -> "Visitor | None":
        """Who is at the door: the one under the cursor, or the first."""
        door, key = self.hosting.host.door, self.query_one(LiveSheet).key
        return next((v for v in door if f"door-{v.line.number}" == key), door[0] if door else None)

    def chosen(self) -> "Pair | None":
        """The learner under the cursor."""
        return self.all.pair_of(self.query_one(LiveSheet).key)

    def action_go(self) -> None:
        self.query_one(LiveSheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        pair = self.all.pair_of(event.key)
        if pair is None:
            self.action_let_in()
        elif pair.session:
            self.tt.open_desk(pair)
        elif pair.agreed:
            self.tt.say("No take has begun. s begins one for everybody who is ready.")
        else:
            self.tt.say("They have to say yes to being watched first.")

    def action_let_in(self) -> None:
        """Let somebody in."""
        if visitor := self._visitor:
            try:
                pair = self.hosting.host.let_in(visitor)
            except OSError as error:
                self._unwritten(error)
                return
            self.tt.say(f"{pair.learner} is in.")
            self.changed()

    def action_let_all_in(self) -> None:
        """Let everybody in who waits."""
        try:
            self.tt.say(f"{count(self.all.let_all_in(), 'learner')} let in.")
        except OSError as error:
            self._unwritten(error)
        self.changed()

    def _unwritten(self, error: OSError) -> None:
        self.tt.say(f"The session cannot be written down: {error.strerror}.", problem=True)

    def action_turn_away(self) -> None:
        """Send somebody away from the door."""
        if visitor := self._visitor:
            self.hosting.host.turn_away(visitor)
            self.changed()

    def action_asking(self) -> None:
        """To the next learner who asks for help."""
        rows, sheet = self.all.rows(), self.query_one(LiveSheet)
        keys = [row.key for row in rows]
        here = keys.index(sheet.key) + 1 if sheet.key in keys else 0
        asking = [row for row in rows[here:] + rows[:here] if row.asks]
        if asking:
            sheet.go(asking[0].key)
        else:
            self.tt.say("Nobody asks for help.")

    def action_phase(self) -> None:
        """The next phase."""
        self.hosting.next_phase()
        self.changed()

    def action_invitation(self) -> None:
        """The invitation again."""
        self.app.push_screen(Page("Invitation", self._invitation()))

    def _invitation(self) -> list[Block]:
        return [
            Block("One invitation for all", "title"),
            Block(self.hosting.invitation(), lead="  ", hang="  "),
            Block(""),
            Block("Each learner runs `taketwo join` and pastes it, then waits at the door.", "quiet"),
        ]

    @work
    async def action_leave(self) -> None:
        """End the session, after asking."""
        there = sum(pair.on_line for pair in self.hosting.host.pairs)
        told = f" {count(there, 'learner')} will be told." if there else ""
        if await self.app.push_screen_wait(AskYes(f"End the session?{told}")):
            await self.hosting.close()
            self.tt.hosting = None
            self.app.pop_screen()
