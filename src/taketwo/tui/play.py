"""Play: the conversation, the replies, how the customer stands. Everything goes through the session."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.timer import Timer
from textual.widgets import Input, Static

from taketwo.analysis.background import solving
from taketwo.authoring.watch import POLL, TRIAL, look
from taketwo.debrief import notes
from taketwo.session import Refused, Session
from taketwo.take.commands import Abandon, Command, Hint, Pause, Remark, Resume
from taketwo.text import clean
from taketwo.tui.ask import AskLine, AskYes, Page
from taketwo.tui.field import TYPED_LIMIT, Field
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.talk import talk_blocks
from taketwo.wording import clock, count, meter_title, meter_words

SETTLED = 0.8
"""seconds until the screen stands and the scene may be solved behind it; both at once would be felt"""


class PlayScreen(TakeTwoScreen):
    """One take, from where it stands to its end."""

    CSS = """
    PlayScreen #talk { padding: 0 1; }
    PlayScreen #side { display: none; width: 34; padding: 0 1; border-left: solid $panel; }
    PlayScreen.-wide #side { display: block; }
    PlayScreen #meters { display: block; height: auto; padding: 0 1; color: $text-muted; }
    PlayScreen.-wide #meters { display: none; }
    PlayScreen #own { display: none; border: round $accent; height: 3; margin: 0 1; }
    PlayScreen #replies { height: auto; max-height: 55%; padding: 0 1; border-top: solid $panel; }
    PlayScreen.-saying #own { display: block; }
    PlayScreen.-saying #replies, PlayScreen.-paused #replies { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"pick({n})", f"Reply {n}", show=False) for n in range(1, 10)),
        Binding("enter", "say", "Say it", key_display="Enter"),
        Binding("h", "hint", "Hint"),
        Binding("u", "rewind", "Take back"),
        Binding("w", "own", "Words"),
        Binding("full_stop", "silence", "Stay silent", key_display="."),
        Binding("f", "facts", "Notes"),
        Binding("n", "note", "Note down", show=False),
        Binding("p", "pause", "Pause"),
        Binding("p", "resume", "Go on"),
        Binding("x", "abandon", "End the take", show=False),
        Binding("s", "save_elsewhere", "Save elsewhere"),
        Binding("q", "leave", "Leave"),
        Binding("pageup", "scroll(-1)", "Scroll back", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Scroll on", show=False, priority=True),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.coached = session.state.mode == "coached"
        self.own_words = self.coached
        self.on_trial = session.unsaved == TRIAL
        self.told_unsaved = self.on_trial
        self.findings: Page | None = None
        self.timer: Timer | None = None

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Static(id="meters", markup=False)
        with Horizontal():
            yield Sheet(id="talk", measure=100)
            with Vertical(id="side"):
                yield Sheet(id="facts")
        yield Field(id="own", max_length=TYPED_LIMIT)
        yield Sheet(id="replies")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#talk", Sheet).can_focus = False
        self.query_one("#facts", Sheet).can_focus = False
        self.own_words = self.coached and self.tt.settings.own_words
        if self.session.state.status == "paused":
            self.session.do(Resume())
        self.tt.playing = self.session
        self.set_timer(SETTLED, lambda: solving(self.session.scenario))
        if self.session.state.pace:
            self.timer = self.set_interval(0.5, self._tick)
        if self.on_trial:
            self.tt.say(f"{TRIAL} The file is read again whenever it is saved.")
            self.set_interval(POLL, self._look)
        self._turn()

    # --- showing

    def _turn(self) -> None:
        """Show where the take stands now."""
        session = self.session
        if session.state.over:
            self._over()
            return
        with self.app.batch_update():
            self._show_turn()
        self._warn()
        self.refresh_bindings()

    def _show_turn(self) -> None:
        session = self.session
        self._talk()
        self._standing()
        self.query_one("#replies", Sheet).show(
            [
                Block(choice.text, key=choice.id, lead=f" {number} ", hang="   ")
                for number, choice in enumerate(session.replies, 1)
            ],
            key=session.replies[0].id,
        )
        self.set_class(session.state.status == "paused", "-paused")
        if self.own_words and session.state.status == "playing":
            self._ask_own()
        else:
            self.remove_class("-saying")
            self.query_one("#replies", Sheet).focus()

    def _talk(self) -> None:
        blocks = talk_blocks(self.session.events, self.session.scenario, feedback=self.coached)
        blocks[-1:] = [Block("Paused. p goes on.", "head")] if self.session.state.status == "paused" else []
        self.query_one("#talk", Sheet).show(blocks, end=True)

    def _standing(self) -> None:
        """Meters, notes and the bar."""
        session = self.session
        rows = zip(session.scenario.meters.values(), session.state.position.meters, strict=True)
        meters = (
            [f"{meter_title(meter)}: {meter_words(meter, value)}" for meter, value in rows]
            if self.coached
            else []
        )
        self.query_one("#meters", Static).update("   ".join(meters))
        facts = notes(session.events, session.scenario)
        side = (
            [Block("How they stand", "head"), *(Block(text, lead=" ") for text in meters), Block("")]
            if meters
            else []
        )
        side += [
            Block("What you know", "head"),
            *(Block(fact, "quiet", lead=" · ", hang="   ") for fact in facts),
        ]
        self.query_one("#facts", Sheet).show(side)
        self._bar()

    def _bar(self) -> None:
        session = self.session
        left = session.time_left()
        parts = [session.scenario.title, session.state.mode, f"decision {session.state.decisions + 1}"]
        if left is not None:
            parts.append(f"{clock(int(left * 1000))} left")
        self.query_one("#top", Static).update(" · ".join(parts))

    def _warn(self) -> None:
        if self.session.unsaved and not self.told_unsaved:
            self.told_unsaved = True
            self.tt.notify(
                self.session.unsaved, title="Not saved", severity="error", markup=False, timeout=20
            )

    def _tick(self) -> None:
        if self.session.state.status != "playing":
            return
        left = self.session.time_left()
        if left is not None and left <= 0:
            self._do_silence()
        elif left is not None:
            self._bar()

    def _look(self) -> None:
        """Go on in the new version of a file that has been saved."""
        over = self.session.state.over or self.app.screen not in (self, self.findings)
        news = look(self.tt.watched, self.session) if self.tt.watched and not over else None
        if news is None:
            return
        if self.app.screen is self.findings:
            self.app.pop_screen()
        self.session = self.tt.playing = news.session
        self.tt.say(news.message, problem=bool(news.findings))
        if news.findings:
            self.findings = Page("The file as it is now", [Block(str(each)) for each in news.findings])
            self.app.push_screen(self.findings)
        else:
            solving(self.session.scenario)
            self._turn()

    def _over(self) -> None:
        self.tt.code = 0
        if self.timer:
            self.timer.stop()
        self.tt.playing = None
        self.tt.debrief(self.session)

    # --- what works now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        state = self.session.state
        saying = self.has_class("-saying")
        if action == "save_elsewhere":
            return bool(self.session.unsaved) and not self.on_trial
        if action in ("say", "pick"):
            return state.status == "playing" and not saying
        if action == "hint":
            return self.coached and state.status == "playing"
        if action == "own":
            return self.coached and not saying
        if action == "rewind":
            return self.coached and state.status == "playing" and state.trail is not None
        if action == "silence":
            node = self.session.node
            return state.status == "playing" and node is not None and node.silence is not None
        if action == "resume":
            return state.status == "paused"
        if action == "pause" and state.status == "paused":
            return False
        if action == "pause":
            timed = self.session.time_left() is not None
            return self.coached or not timed
        return True

    # --- doing

    def _do(self, command: Command) -> bool:
        try:
            self.session.do(command)
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return False
        self._warn()
        return True

    def action_pick(self, number: int) -> None:
        replies = self.session.replies
        if number <= len(replies):
            self.query_one("#replies", Sheet).go(replies[number - 1].id)

    def action_say(self) -> None:
        self.query_one("#replies", Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        try:
            self.session.say(event.key)
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self._turn()

    def _do_silence(self) -> None:
        try:
            self.session.stay_silent()
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self._turn()

    def action_silence(self) -> None:
        self._do_silence()

    def action_hint(self) -> None:
        try:
            self.session.do(Hint(self.tt.settings.films))
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self._talk()

    def action_rewind(self) -> None:
        try:
            self.session.rewind()
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self.tt.say("Taken back. The first try stays in the record.")
        self._turn()

    def action_own(self) -> None:
        self.own_words = not self.own_words
        self.tt.say("In your own words first." if self.own_words else "Straight to the replies.")
        self._turn()

    def _ask_own(self) -> None:
        field = self.query_one("#own", Input)
        field.value = ""
        field.placeholder = "What would you say? Type it, or say it aloud. Enter shows the replies."
        self.add_class("-saying")
        field.focus()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        words = clean(event.value).strip()
        if words:
            self._do(Remark("own-words", words))
        self.remove_class("-saying")
        self.query_one("#replies", Sheet).focus()
        self.refresh_bindings()

    def action_facts(self) -> None:
        facts = notes(self.session.events, self.session.scenario)
        self.app.push_screen(Page("What you know", [Block(fact, lead="· ", hang="  ") for fact in facts]))

    @work
    async def action_note(self) -> None:
        """A note to oneself about this moment."""
        text = await self.app.push_screen_wait(AskLine("Note to yourself"))
        if text:
            self._do(Remark("note", text, about=self.session.state.seq))

    def action_pause(self) -> None:
        if self._do(Pause()):
            self._turn()

    def action_resume(self) -> None:
        if self._do(Resume()):
            self._turn()

    @work
    async def action_abandon(self) -> None:
        """End without an ending, after asking."""
        done = count(self.session.state.decisions, "decision")
        if await self.app.push_screen_wait(
            AskYes(f"End this take after {done}, without an ending?")
        ) and self._do(Abandon()):
            self._turn()

    @work
    async def action_save_elsewhere(self) -> None:
        """Write a take that could not be saved to another folder."""
        folder = await self.app.push_screen_wait(AskLine("Save the take in which folder?"))
        if folder:
            self.tt.say(self.tt.save_elsewhere(self.session, folder))

    def action_leave(self) -> None:
        self.tt.leave_take()
        if not self.session.unsaved:
            self.tt.say("Kept. It waits under “Go on with”.")
        self.app.pop_screen()

    def action_scroll(self, by: int) -> None:
        self.query_one("#talk", Sheet).action_turn(by)
