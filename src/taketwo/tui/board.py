"""The board of a class: everybody at once, with keys for one of them and for all of them."""

import asyncio
from secrets import randbelow
from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.debrief import turns
from taketwo.pairing.classroom import Classroom, begun
from taketwo.pairing.huddle import Huddle
from taketwo.pairing.vote import RoomVote
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import UnknownScenario
from taketwo.session import Refused
from taketwo.take.commands import Start
from taketwo.tui.ask import AskLine, AskYes, Page
from taketwo.tui.board_blocks import board_blocks, heading, result_blocks
from taketwo.tui.briefing import PACES
from taketwo.tui.choose import Choose
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.live_sheet import LiveSheet
from taketwo.tui.projector import ProjectorScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import count, scene_words

if TYPE_CHECKING:
    from taketwo.pairing.host import Visitor
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair
    from taketwo.scenario.model import Scenario

PAUSE = 0.07
"""seconds between two pictures at least: thirty learners make more events than anybody can read"""
SOON = 0.001
"""a timer of no time at all is none"""


class BoardScreen(TakeTwoScreen):
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
        Binding("s", "start", "Start all", tooltip="A take of the scene for everybody who is ready"),
        Binding(
            "S",
            "start_mixed",
            "Start mixed",
            show=False,
            tooltip="Start all, each with another order of replies",
        ),
        Binding("b", "broadcast", "Note", tooltip="A note to everybody"),
        Binding("v", "vote", "Vote", tooltip="Room vote: one take on the projector, everybody chooses"),
        Binding(
            "u", "huddle", "Huddle", tooltip="One decision of this learner's take, five minutes, no names"
        ),
        Binding("p", "project", "Projector", show=False, tooltip="What the class sees: no names, no scores"),
        Binding("r", "results", "Results"),
        Binding("x", "export", "CSV", tooltip="The results as a table for spreadsheets"),
        Binding("i", "invitation", "Invite", tooltip="The invitation: one for all"),
        Binding("a", "asking", "Who asks", show=False, tooltip="To the next learner who asks for help"),
        Binding("c", "scene", "Scene", show=False, tooltip="Choose another scene"),
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
        super().__init__()
        self.hosting = hosting
        self.scenario = scenario
        self.all = Classroom(hosting.host, hosting.begin)
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
        self.hosting.host.changed = self._changed
        self._changed()

    def on_resize(self) -> None:
        self._changed()

    # --- showing

    def _changed(self) -> None:
        """Something happened: show it at once, or with all else that happens within a moment."""
        if self._due is None and self.is_attached:
            self._due = self.set_timer(max(SOON, self._shown + PAUSE - monotonic()), self._show)

    def _tick(self) -> None:
        self.all.tick()
        if self.app.screen is self:
            self._changed()

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
        if action in ("start", "start_mixed", "broadcast", "vote"):
            return bool(host.pairs) or None
        if action in ("results", "export", "huddle"):
            return any(pair.session for pair in host.pairs) or None
        return True

    # --- people

    @property
    def _visitor(self) -> "Visitor | None":
        """Who is at the door: the one under the cursor, or the first."""
        door, key = self.hosting.host.door, self.query_one(LiveSheet).key
        return next((v for v in door if f"door-{v.line.number}" == key), door[0] if door else None)

    def _pair(self) -> "Pair | None":
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
            self._changed()

    def action_let_all_in(self) -> None:
        """Let everybody in who waits."""
        try:
            self.tt.say(f"{count(self.all.let_all_in(), 'learner')} let in.")
        except OSError as error:
            self._unwritten(error)
        self._changed()

    def _unwritten(self, error: OSError) -> None:
        self.tt.say(f"The session cannot be written down: {error.strerror}.", problem=True)

    def action_turn_away(self) -> None:
        """Send somebody away from the door."""
        if visitor := self._visitor:
            self.hosting.host.turn_away(visitor)
            self._changed()

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

    # --- all at once

    @work
    async def action_start(self) -> None:
        """A take for everybody who is ready."""
        await self._start(mixed=False)

    @work
    async def action_start_mixed(self) -> None:
        """The same, each with another order of replies."""
        await self._start(mixed=True)

    async def _start(self, *, mixed: bool) -> None:
        scenario = self.scenario or await self._choose()
        if scenario is None:
            return
        if self.hosting.frame.minutes and self.hosting.frame.phase == 0:
            self.hosting.next_phase()
        mixing = (lambda: randbelow(1 << 31)) if mixed else None
        done = []
        for each in self.all.starting(scenario, self.start_of(), seed=mixing):
            done.append(each)
            await asyncio.sleep(0)  # whoever plays already is not kept waiting by thirty takes that begin
        who = begun(done)
        said = [f"{count(len(who.names), 'take')} begun."]
        said += [f"{name} {why}." for name, why in who.left if why != "is in a take"]
        self.tt.say(" ".join(said), problem=len(said) > 1)
        self._changed()

    def start_of(self) -> Start:
        """How takes of this class are played, by the trainer's settings."""
        chosen = self.tt.settings
        seed = randbelow(1 << 31) if self.tt.seed is None else self.tt.seed
        return Start(seed=seed, mode=chosen.mode, pace=PACES[chosen.time])

    async def _choose(self) -> "Scenario | None":
        """Ask for the scene."""
        rows = [
            Block(each.title, key=each.id, lead=" ", tail=scene_words(each.level, each.channel, each.minutes))
            for each in self.tt.library.summaries()
        ]
        here = self.scenario.id if self.scenario else ""
        chosen = await self.app.push_screen_wait(Choose("Which scene?", rows, here))
        if not chosen:
            return None
        try:
            self.scenario = self.tt.library.load(chosen)
        except (ScenarioError, UnknownScenario) as error:
            self.tt.say(str(error), problem=True)
            return None
        solving(self.scenario)
        self._changed()
        return self.scenario

    @work
    async def action_scene(self) -> None:
        """Choose another scene."""
        await self._choose()

    @work
    async def action_broadcast(self) -> None:
        """A note to everybody."""
        text = await self.app.push_screen_wait(
            AskLine("A note to everybody", hint="Enter sends it, Ctrl+G goes back. It is not kept.")
        )
        if text:
            try:
                self.tt.say(f"Sent to {count(self.all.broadcast(text), 'learner')}.")
            except Refused as refusal:
                self.tt.say(str(refusal), problem=True)

    def action_phase(self) -> None:
        """The next phase."""
        self.hosting.next_phase()
        self._changed()

    # --- before everybody

    def action_project(self) -> None:
        """What the class sees while each is in a take of their own."""
        self.app.push_screen(ProjectorScreen(self.hosting, None, self.scenario))

    @work
    async def action_vote(self) -> None:
        """The room plays a take together."""
        scenario = self.scenario or await self._choose()
        if scenario:
            vote = RoomVote.begin(self.hosting.host, self.hosting.shelf, scenario, self.start_of().seed)
            self.app.push_screen(ProjectorScreen(self.hosting, vote, scenario))

    @work
    async def action_huddle(self) -> None:
        """One decision of the take under the cursor."""
        pair = self._pair()
        session = pair.session if pair else None
        if session is None:
            self.tt.say("Put the cursor on a learner who is in a take: the decision comes from there.")
            return
        rows = [
            Block(turn.heard, key=str(turn.seq), lead=f" {turn.number} ", hang="   ")
            for turn in turns(session.events, session.scenario)
        ]
        if not session.state.over:
            rows.append(Block(session.says, key="0", lead=f" {len(rows) + 1} ", hang="   "))
        chosen = await self.app.push_screen_wait(Choose("Which decision?", rows, rows[-1].key))
        if chosen is None:
            return
        try:
            huddle = Huddle(self.hosting.host, session, int(chosen))
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self.app.push_screen(ProjectorScreen(self.hosting, huddle, session.scenario))

    # --- what came of it

    def action_results(self) -> None:
        """All takes of this session."""
        self.app.push_screen(Page("Results", result_blocks(self.all.results(), self._width())))

    @work
    async def action_export(self) -> None:
        """Write the results down as CSV."""
        from pathlib import Path

        from taketwo.export.results import table
        from taketwo.output import NotWritten, write

        name = f"results-{self.hosting.now():%Y-%m-%d-%H%M}.csv"
        asked = await self.app.push_screen_wait(AskLine("Write the results to which file?", value=name))
        if not asked:
            return
        path = Path(asked).expanduser()
        try:
            write(path, table(self.all.results()).encode(), force=False)
        except NotWritten as error:
            self.tt.say(str(error).replace("--force replaces it.", "Take another name."), problem=True)
        else:
            self.tt.say(f"Written: {path.absolute()}")

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
