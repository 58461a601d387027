"""What a room sees on the wall. The trainer drives it by keys; there are no names on it, and no scores."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.widgets import Digits, Static

from taketwo.pairing.classroom import Classroom
from taketwo.pairing.huddle import Huddle
from taketwo.pairing.vote import RoomVote
from taketwo.session import Refused
from taketwo.tui.ask import AskYes
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.live_sheet import LiveSheet
from taketwo.tui.projector_blocks import chosen_words, class_blocks, class_words, huddle_blocks, vote_blocks
from taketwo.tui.sheet import Block
from taketwo.wording import clock

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.scenario.model import Scenario

PAUSE = 0.07
"""seconds between two pictures at least"""
MEASURE = 84
"""cells of the longest line: it is read from far away"""


class ProjectorScreen(TakeTwoScreen):
    """A room vote, a huddle, or what the class is at; `asked` is what the room is asked, if it is."""

    CSS = """
    ProjectorScreen LiveSheet { margin: 1 2; }
    ProjectorScreen.-wide LiveSheet { margin: 2 12; }
    ProjectorScreen Digits { display: none; width: 1fr; text-align: right; padding: 0 2; color: $primary; }
    ProjectorScreen.-timed Digits { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "next", "Next", key_display="Enter", tooltip="Close the vote; say the reply; go on"),
        Binding(
            "1", "say(1)", "Say one", key_display="1 to 9", tooltip="Say this reply, whatever most chose"
        ),
        *(Binding(str(n), f"say({n})", f"Reply {n}", show=False) for n in range(2, 10)),
        Binding("d", "debrief", "Debrief", tooltip="What the room's take was"),
        Binding("q,escape", "back", "Back", key_display="q", tooltip="Back to the board"),
    ]

    def __init__(
        self,
        hosting: "Hosting",
        asked: RoomVote | Huddle | None = None,
        scenario: "Scenario | None" = None,
    ) -> None:
        super().__init__()
        self.hosting = hosting
        self.asked = asked
        self.scenario = scenario
        self.all = Classroom(hosting.host, hosting.begin)
        self._due: Timer | None = None
        self._shown = 0.0
        self._phase = ""
        self._handed_on = False
        """the debrief has the take now"""

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Digits()
        yield LiveSheet(measure=MEASURE)
        yield Footer()

    def on_mount(self) -> None:
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
        if self._due is None and self.is_attached:
            self._due = self.set_timer(max(0.001, self._shown + PAUSE - monotonic()), self._show)

    def _tick(self) -> None:
        if isinstance(self.asked, Huddle):
            self.asked.tick()
        if self.app.screen is self:
            self._changed()

    def _show(self) -> None:
        self._due, self._shown = None, monotonic()
        if not self.is_attached:
            return
        left = self._left()
        self.set_class(left is not None, "-timed")
        digits = self.query_one(Digits)
        if left is not None and digits.value != (text := clock(max(0, left) * 1000)):
            digits.update(text)
        top, bar = self._title(), self.query_one("#top", Static)
        if bar.content != top:
            bar.update(top)
        sheet, blocks = self.query_one(LiveSheet), self._blocks(min(MEASURE, self.app.size.width - 6))
        phase = self.asked.phase if self.asked else ""
        if phase != self._phase:
            self._phase = phase
            sheet.show(blocks)
            sheet.scroll_home(animate=False)
        else:
            sheet.renew(blocks)
        self.refresh_bindings()

    def _left(self) -> int | None:
        """Seconds to show in large figures; None for none."""
        if isinstance(self.asked, Huddle):
            return self.asked.asking.left
        return None if self.asked else self.hosting.frame.left(self.hosting.now())

    def _title(self) -> str:
        if isinstance(self.asked, RoomVote):
            session = self.asked.session
            number = session.state.decisions + (self.asked.phase in ("asking", "split"))
            return f"{self._chosen()}{session.scenario.title} · together · decision {number}"
        if isinstance(self.asked, Huddle):
            return f"{self._chosen()}{self.asked.scenario.title} · a huddle: what would you say?"
        parts = (self.hosting.frame.name, class_words(self.all.rows()))
        return " · ".join(part for part in parts if part)

    def _chosen(self) -> str:
        """How many have chosen, while they are asked."""
        if self.asked is None or self.asked.phase != "asking":
            return ""
        return f"{chosen_words(self.asked.asking)} · "

    def _blocks(self, width: int) -> list[Block]:
        if isinstance(self.asked, RoomVote):
            return vote_blocks(self.asked, width)
        if isinstance(self.asked, Huddle):
            return huddle_blocks(self.asked, width)
        return class_blocks(self.scenario)

    # --- what works now

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "next":
            return self.asked is not None and not (
                isinstance(self.asked, Huddle) and self.asked.phase == "told"
            )
        if action == "say":
            return isinstance(self.asked, RoomVote) and self.asked.phase == "split"
        if action == "debrief":
            return isinstance(self.asked, RoomVote) and self.asked.phase == "over"
        return True

    # --- doing

    def _try(self, reply: str = "") -> None:
        asked = self.asked
        try:
            if asked is None:
                return
            if asked.phase == "asking":
                asked.close()
            elif isinstance(asked, Huddle):
                asked.tell()
            elif asked.phase == "split":
                asked.say(reply)
            elif asked.phase == "told":
                asked.go_on()
            else:
                self.app.pop_screen()
                return
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
        if isinstance(asked, RoomVote) and asked.session.unsaved:
            self.tt.say(asked.session.unsaved, problem=True)
        self._show()

    def action_next(self) -> None:
        """Close the vote, say the reply that most chose, go on."""
        self._try()

    def action_say(self, number: int) -> None:
        """Say this reply, whatever most chose."""
        if isinstance(self.asked, RoomVote) and number <= len(self.asked.asking.options):
            self._try(self.asked.asking.options[number - 1][0])

    def action_debrief(self) -> None:
        """What the room's take was."""
        from taketwo.tui.debrief import DebriefScreen

        if isinstance(self.asked, RoomVote):
            self.asked.asking.stop()
            self._handed_on = True
            self.app.switch_screen(DebriefScreen(self.asked.session, asked=True))

    @work
    async def action_back(self) -> None:
        """Back to the board; a take that is not over is kept, after asking."""
        going_on = isinstance(self.asked, RoomVote) and self.asked.phase != "over"
        question = "Leave the room's take before its end? It is kept."
        if not going_on or await self.app.push_screen_wait(AskYes(question)):
            self.app.pop_screen()

    def on_unmount(self) -> None:
        if self.asked and not self._handed_on:
            self.asked.leave()
