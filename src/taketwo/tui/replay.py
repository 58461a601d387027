"""The replay: a take as it happened, at its own pace or step by step, with what each reply did beside it."""

from typing import ClassVar, Literal

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.playback import Playback, playback
from taketwo.session import Clock, Refused, Session, SystemClock
from taketwo.take.commands import Remark
from taketwo.telling import NO_EARLIER_MARK, NO_MARK, NO_PLACE, PACE_NAMES, where_words
from taketwo.transcript.replaying import PACES, Pace, Spot, place
from taketwo.tui.ask import AskLine
from taketwo.tui.footer import Footer
from taketwo.tui.parting import PartingScreen
from taketwo.tui.reelbar import ReelBar
from taketwo.tui.replaying import beside_blocks, event_blocks
from taketwo.tui.sheet import Block, Sheet

TICK = 0.1
"""seconds between two looks at the clock while it plays"""
WINDOW = 40
"""events of the conversation that stand on the screen at once; the others are wound to"""
LEAP = 20
"""this part of the whole is what [ and ] go by"""


class ReplayScreen(PartingScreen):
    """A take on its reel; also what was taken back."""

    CSS = """
    ReplayScreen #body { layout: vertical; height: 1fr; }
    ReplayScreen #talk { margin: 0 2; height: 1fr; }
    ReplayScreen #beside { height: 45%; padding: 0 2; border-top: solid $panel; }
    ReplayScreen.-wide #body { layout: horizontal; }
    ReplayScreen.-wide #beside { width: 46; height: 1fr; padding: 0 1; border-top: none; border-left: solid $panel; }
    ReplayScreen ReelBar { margin: 0 2; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,p", "play", "Play", key_display="Space", priority=True, tooltip="Play on, or hold"),
        Binding("right,enter", "step(1)", "On", key_display="→", priority=True, tooltip="A step on"),
        Binding("left,b", "step(-1)", "Back", key_display="←", priority=True, tooltip="A step back"),
        Binding(
            "m", "mark(1)", "Mark", tooltip="To the next mark: a door closed, harder, recovery, critical"
        ),
        Binding("M", "mark(-1)", "Mark before", show=False, tooltip="To the mark before"),
        *(
            Binding("1" if pace == "real" else pace, f"pace('{pace}')", f"At {name}", show=False)
            for pace, name in PACE_NAMES.items()
            if pace != "steps"
        ),
        Binding("left_square_bracket", "leap(-1)", "Wind back", show=False, key_display="["),
        Binding("right_square_bracket", "leap(1)", "Wind on", show=False, key_display="]"),
        Binding("g", "place", "Go to", priority=True, tooltip="To a decision, or to a moment"),
        Binding("n", "note", "Note", tooltip="A note about this moment"),
        Binding("h", "here", "Here", tooltip="What if: take it again from this decision"),
        Binding("w", "tree", "Branches", show=False, tooltip="What if: the takes of this scene as a tree"),
        Binding("home", "edge(0)", "Start", show=False, priority=True),
        Binding("end,G", "edge(-1)", "End", show=False, priority=True),
        Binding(
            "pagedown", "read(1)", "Read on", show=False, priority=True, tooltip="What stands beside: on"
        ),
        Binding(
            "pageup", "read(-1)", "Read back", show=False, priority=True, tooltip="What stands beside: back"
        ),
        Binding("q,escape", "back", "Close", key_display="q"),
    ]

    def __init__(
        self, session: Session, *, pace: Pace = "steps", own: bool = False, clock: Clock | None = None
    ) -> None:
        super().__init__(session)
        self.own = own
        """whether the take is let go of when this screen is closed"""
        self.take: Playback = playback(session.events, session.scenario)
        self.spot: Spot = self.take.reel.start
        self.pace: Pace = "real" if pace == "steps" else pace
        self.playing = pace != "steps"
        self._clock = clock or SystemClock()
        self._then = 0
        self._drawn: tuple[object, ...] = ()

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        with Container(id="body"):
            yield Sheet(id="talk", measure=100)
            yield Sheet(id="beside", measure=100)
        yield ReelBar()
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#beside", Sheet).can_focus = False
        self.query_one("#talk", Sheet).focus()
        self._then = self._clock.ms()
        self.set_interval(TICK, self.tick)
        if solving(self.session.scenario).result(0):
            self._lay_out()
        else:
            self._show()
            self._wait()

    def on_unmount(self) -> None:
        if self.own:
            self.session.close()

    @work(thread=True)
    def _wait(self) -> None:
        """The scene is not solved yet: show the review when it is."""
        if solving(self.session.scenario).result():
            self.app.call_from_thread(self._lay_out)

    def _lay_out(self) -> None:
        solution = solving(self.session.scenario).result(0)
        self.take = playback(self.session.events, self.session.scenario, solution)
        self._drawn = ()
        self._show()

    # --- showing

    def _show(self) -> None:
        take, spot = self.take, self.spot
        sign = f"▶ {PACE_NAMES[self.pace]}" if self.playing else "Ⅱ"
        self.query_one("#top", Static).update(
            f"replay · {where_words(take.reel, spot)} · {sign} · {take.started.title}", layout=False
        )
        self.query_one(ReelBar).show(take, spot)
        drawn = (take, spot.shown)
        if new := drawn != self._drawn:
            self._drawn = drawn
            first = max(0, spot.shown - WINDOW)
            blocks = [Block(f"… {first} events before; ← goes back.", "quiet"), Block("")] if first else []
            for index in range(first, spot.shown):
                blocks += event_blocks(take, index, spot)
            self.query_one("#talk", Sheet).swap(blocks[:-1], "end")
            self.refresh_bindings()
        sheet = self.query_one("#beside", Sheet)
        beside = beside_blocks(take, spot, self.forks, room=self.has_class("-wide"))
        if beside != sheet.blocks:
            sheet.swap(beside, "top" if new else "")

    def tick(self) -> None:
        """Let as much of the take pass as time has passed, if it plays."""
        now = self._clock.ms()
        passed, self._then = now - self._then, now
        if self.playing and self.app.screen is self:
            self._wind(self.take.reel.run(self.spot, passed * PACES[self.pace]))
            if self.spot == self.take.reel.end:
                self._go(self.spot)

    def _wind(self, spot: Spot) -> None:
        if spot != self.spot:
            self.spot = spot
            self._show()

    def _go(self, spot: Spot | None) -> None:
        """Stop playing, and go to a place if there is one."""
        self.playing = False
        self.spot = spot or self.spot
        self._show()

    # --- going

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("play", "pace"):
            return self.take.reel.length > 0
        if action == "mark":
            return bool(self.take.reel.marked)
        if action == "tree":
            return bool(self.session.name)
        if action == "here":
            return self.take.turn(self.spot) is not None
        return True

    def action_play(self) -> None:
        self.playing = not self.playing
        if self.playing and self.spot == self.take.reel.end:
            self.spot = self.take.reel.start
        self._show()

    def action_pace(self, pace: Pace) -> None:
        self.pace, self.playing = pace, True
        self._show()

    def action_step(self, by: int) -> None:
        self._go(self.take.reel.step(self.spot, by))

    def action_mark(self, by: Literal[1, -1]) -> None:
        spot = self.take.reel.next_mark(self.spot, by)
        self._go(spot)
        if spot is None:
            self.tt.say(NO_MARK if by > 0 else NO_EARLIER_MARK)

    def action_leap(self, by: int) -> None:
        film = self.take.reel
        if film.length:
            self._wind(film.seek(self.spot.ms + by * max(1000, film.length // LEAP)))
        else:
            self._wind(film.step(self.spot, by * max(1, len(film.events) // LEAP)))

    def action_edge(self, end: int) -> None:
        self._go(self.take.reel.start if end == 0 else self.take.reel.end)

    def action_read(self, by: int) -> None:
        self.query_one("#beside", Sheet).action_turn(by)

    def on_resize(self) -> None:
        self._show()

    def on_reel_bar_wound(self, event: ReelBar.Wound) -> None:
        self._wind(event.spot)

    @work
    async def action_place(self) -> None:
        """To a decision or a moment that is typed."""
        question = "Which decision, or which moment?"
        text = await self.app.push_screen_wait(
            AskLine(question, hint="3 is decision 3, 2:05 is a moment. Ctrl+G goes back.")
        )
        if text:
            spot = place(self.take.reel, text)
            self._go(spot)
            if spot is None:
                self.tt.say(NO_PLACE, problem=True)

    # --- doing

    @work
    async def action_note(self) -> None:
        """A note about the event that was seen last."""
        seq = self.take.reel.seen(self.spot).seq
        text = await self.app.push_screen_wait(AskLine("Note about this moment"))
        if not text:
            return
        try:
            self.session.do(Remark("note", text, about=seq))
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
        if self.session.unsaved:
            self.tt.say(self.session.unsaved, problem=True)
        self._lay_out()

    def action_here(self) -> None:
        if turn := self.take.turn(self.spot):
            self.tt.fork(self.session, turn.seq)

    def action_tree(self) -> None:
        self.tt.open_tree(self.session.name)

    def action_back(self) -> None:
        self.app.pop_screen()
