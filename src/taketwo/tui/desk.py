"""The trainer's desk: the conversation as it happens, what each reply is worth, and everything a trainer can do in it."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.pairing.views import reactions
from taketwo.take.commands import Abandon, Pause, Resume, Steer
from taketwo.take.events import Handed, Heard, Resumed
from taketwo.tui.ask import AskYes, Page
from taketwo.tui.desk_blocks import (
    WORTH_HEADS,
    aside_now,
    beside_blocks,
    reaction_blocks,
    reply_blocks,
    standing_words,
    worth_blocks,
)
from taketwo.tui.following import Following
from taketwo.tui.footer import Footer
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.talk import talk_blocks
from taketwo.tui.trainer import TrainerScreen, trainer_keys
from taketwo.wording import meter_title, meter_words

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Held, Pair


KEYS = "wbtclmgond"
TURNS = (Heard, Handed, Resumed)
"""from these on somebody waits"""


class _Replies(Sheet, inherit_bindings=False):
    """A sheet that leaves letters to the trainer."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "move(-1)", "Up", show=False),
        Binding("down", "move(1)", "Down", show=False),
        Binding("home", "edge(0)", "Top", show=False),
        Binding("end", "edge(-1)", "Bottom", show=False),
    ]


class DeskScreen(TrainerScreen):
    """One pair, from the beginning of its take to the end."""

    CSS = """
    DeskScreen #standing { height: 1; padding: 0 1; color: $text-muted; width: 1fr; }
    DeskScreen.-asking #standing { color: $text-warning; text-style: bold; }
    DeskScreen #talk { padding: 0 1; }
    DeskScreen #side { display: none; width: 38; padding: 0 1; border-left: solid $panel; }
    DeskScreen.-wide #side { display: block; }
    DeskScreen #meters { display: block; height: auto; padding: 0 1; color: $text-muted; }
    DeskScreen.-wide #meters { display: none; }
    DeskScreen #replies {
        height: auto; max-height: 55%; padding: 0 1; border-top: solid $panel;
        border-title-color: $text-muted; border-title-align: right;
    }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"pick({n})", f"Reply {n}", show=False) for n in range(1, 10)),
        Binding(
            "enter",
            "press",
            "Press",
            key_display="Enter",
            tooltip="Say this reply, or let this be the answer",
        ),
        Binding("enter", "worth", "Why", key_display="Enter", tooltip="What this reply would do, and why"),
        *trainer_keys(KEYS, show=True),
        Binding("p", "pause", "Pause"),
        Binding("f", "phase", "Phase", show=False, tooltip="The next phase of the session"),
        Binding("i", "invitation", "Invitation", show=False),
        Binding("x", "abandon", "End the take", show=False),
        Binding("q", "leave", "Back", key_display="q"),
        Binding("pageup", "scroll(-1)", "Scroll back", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Scroll on", show=False, priority=True),
    ]

    def __init__(self, hosting: "Hosting", pair: "Pair") -> None:
        super().__init__()
        self.hosting = hosting
        self.pair = pair
        assert pair.session
        self.session = pair.session
        self._stale = False
        self._seen = -1
        self._since = monotonic()
        self._solved = False
        """the scene is solved, and what stands beside the replies says so"""
        self._held: Held | None = None
        """the answer that waits, since `_since`"""
        self._menu: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Static(id="standing", markup=False)
        yield Static(id="meters", markup=False)
        with Horizontal():
            yield Following(id="talk", measure=100)
            with Vertical(id="side"):
                yield Sheet(id="beside")
        yield _Replies(id="replies")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#beside", Sheet).can_focus = False
        solving(self.session.scenario)
        self.set_interval(1.0, self._tick)
        self._show()
        self.query_one("#replies", Sheet).focus()

    def on_screen_resume(self) -> None:
        self.hosting.host.changed = self._changed
        self._seen = -1
        self._changed()

    # --- showing

    def _changed(self) -> None:
        """Something happened: show it, once for all that happens in one go."""
        if not self._stale and self.is_attached:
            self._stale = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._stale = False
        if not self.is_attached:
            return
        if self.pair.session is not self.session:
            assert self.pair.session
            self.session, self._seen, self._solved = self.pair.session, -1, False
        if self.session.state.over:
            self._over()
            return
        with self.app.batch_update():
            if self.session.state.seq != self._seen:
                self._seen = self.session.state.seq
                blocks = talk_blocks(self.session.events, self.session.scenario, feedback=True, named=True)
                blocks += aside_now(self.pair, self.session)
                while blocks and not blocks[-1].text:
                    blocks.pop()  # no air after the last words: lines are few
                self.query_one("#talk", Sheet).swap(blocks, "end")
                self._beside()
                self.refresh_bindings()
            self._replies()
            self._bar()

    def _waits(self) -> float:
        """Seconds since somebody waits: the customer for an answer, or the learner for the customer's."""
        if self.pair.held is not self._held:
            self._held, self._since = self.pair.held, monotonic()
        if self._held:
            return monotonic() - self._since
        turned = next((e.ms for e in reversed(self.session.events) if isinstance(e, TURNS)), 0)
        return max(0, self.session.ms - turned) / 1000

    def _beside(self) -> None:
        solution = solving(self.session.scenario).result(0)
        self.query_one("#beside", Sheet).swap(beside_blocks(self.pair, self.session, solution))
        meters = [
            f"{meter_title(meter)}: {meter_words(meter, value)}"
            for meter, value in zip(
                self.session.scenario.meters.values(), self.session.state.position.meters, strict=True
            )
        ]
        self.query_one("#meters", Static).update("   ".join(meters))

    def _replies(self) -> None:
        solution = solving(self.session.scenario).result(0)
        pair, session = self.pair, self.session
        held = pair.held
        blocks = reaction_blocks(pair, session) if held else reply_blocks(pair, session, solution, KEYS)
        menu = tuple(blocks)
        if menu != self._menu:
            sheet = self.query_one("#replies", Sheet)
            key = sheet.key if self._menu and len(menu) == len(self._menu) else ""
            self._menu = menu
            first = next((block.key for block in blocks if block.key), "")
            sheet.show(blocks, key=key or first)
            sheet.border_title = self._heads(any(block.tail.endswith("◂") for block in blocks))
            self.refresh_bindings()

    def _heads(self, looking: bool) -> str | None:
        """What stands over the figures of the replies."""
        if self.pair.held or self.session.state.status != "playing":
            return None
        return WORTH_HEADS[not self.has_class("-narrow")] + (" · ◂ they look here" if looking else "")

    def _bar(self) -> None:
        session, pair = self.session, self.pair
        parts = [
            f"{pair.trainer}, with {pair.learner}",
            session.scenario.title,
            session.state.mode,
            f"decision {session.state.decisions + 1}",
        ]
        if phase := self.hosting.frame.words(self.hosting.now()):
            parts.append(phase)
        self.query_one("#top", Static).update(" · ".join(parts), layout=False)
        words = standing_words(pair, session, self._waits(), self.app.size.width - 2)
        self.query_one("#standing", Static).update(words, layout=False)
        self.set_class(pair.asks or not pair.on_line, "-asking")

    def _tick(self) -> None:
        if self.pair.silence_if_due():
            return
        if self.app.screen is self:
            self._bar()
            if not self._solved and solving(self.session.scenario).result(0):
                self._solved = True
                self._beside()
                self._replies()

    def _over(self) -> None:
        from taketwo.tui.desk_debrief import DeskDebrief

        if self.app.screen is self:
            self.app.switch_screen(DeskDebrief(self.hosting, self.pair))

    # --- what works now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        pair, state = self.pair, self.session.state
        if action == "phase":
            return bool(self.hosting.frame.minutes)
        if action in ("press", "worth") and state.status != "playing":
            return False
        if action == "press":
            return not pair.swapped if pair.held else state.wheel == "trainer" or pair.spoken
        if action == "worth":
            return not pair.held and state.wheel != "trainer" and not pair.spoken
        return self.can(action)

    # --- doing

    def _after(self) -> None:
        self._changed()

    def action_pick(self, number: int) -> None:
        sheet = self.query_one("#replies", Sheet)
        keys = [block.key for block in sheet.blocks if block.key]
        if number <= len(keys):
            sheet.go(keys[number - 1])

    def action_worth(self) -> None:
        """What the reply under the cursor would do."""
        solution = solving(self.session.scenario).result(0)
        blocks = worth_blocks(self.pair, self.session, solution, self.query_one("#replies", Sheet).key)
        if blocks:
            self.app.push_screen(Page("What this reply would do", blocks))

    def action_press(self) -> None:
        self.query_one("#replies", Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        pair = self.pair
        if pair.held and not pair.swapped:
            found = {each.key: each.steer for each in reactions(self.session, pair.held.command)}
            self.attempt(lambda: pair.let(found.get(event.key, Steer())))
        elif self.check_action("press", ()):
            self.attempt(lambda: pair.say(event.key))
        elif self.check_action("worth", ()):
            self.action_worth()

    def action_pause(self) -> None:
        """Pause, or go on."""
        paused = self.session.state.status == "paused"
        self.attempt(lambda: self.pair.do(Resume() if paused else Pause()))

    def action_phase(self) -> None:
        """The next phase."""
        self.hosting.next_phase()
        self._bar()

    def action_invitation(self) -> None:
        """The invitation again."""
        self.app.push_screen(Page("Invitation", [Block(self.hosting.invitation())]))

    @work
    async def action_abandon(self) -> None:
        """End without an ending, after asking."""
        if await self.app.push_screen_wait(AskYes("End this take for both, without an ending?")):
            self.attempt(lambda: self.pair.do(Abandon()))

    def action_leave(self) -> None:
        """Back to who is here; the take goes on."""
        self.app.pop_screen()

    def action_scroll(self, by: int) -> None:
        self.query_one("#talk", Sheet).action_turn(by)
