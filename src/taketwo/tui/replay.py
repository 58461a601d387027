"""Replay: step forward and back through a take, with the feedback of each reply."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Footer, Static

from taketwo.debrief import turns
from taketwo.session import Session
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.talk import speech, turn_blocks
from taketwo.wording import clock, count


class ReplayScreen(TakeTwoScreen):
    """A take, one decision at a time; also what was taken back."""

    CSS = "ReplayScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n,space,enter", "go(1)", "Forward", key_display="→"),
        Binding("left,b", "go(-1)", "Back a step", key_display="←"),
        Binding("home,g", "edge(0)", "Start", show=False),
        Binding("end,G", "edge(-1)", "End", show=False),
        Binding("q,escape", "back", "Close", key_display="q"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.turns = turns(session.events, session.scenario, undone=True)
        self.at = 0

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()
        self._show()

    def _show(self) -> None:
        start = self.session.started
        where = f"{self.at} of {count(len(self.turns), 'decision')}"
        time = f" · {clock(self.turns[self.at - 1].ms)}" if self.at else ""
        self.query_one("#top", Static).update(f"{start.title} · replay · {where}{time}")
        blocks = speech(start.customer, start.says, "customer")
        for turn in self.turns[: self.at]:
            blocks += turn_blocks(turn, self.session.scenario, feedback=True)
            if turn.undone:
                blocks += [Block("Taken back later.", "quiet", lead="    "), Block("")]
            blocks += speech(start.customer if not turn.end else "", turn.answer, "customer")
        self.query_one(Sheet).show(blocks[:-1], end=True)

    def action_go(self, by: int) -> None:
        self.at = max(0, min(len(self.turns), self.at + by))
        self._show()

    def action_edge(self, end: int) -> None:
        self.at = 0 if end == 0 else len(self.turns)
        self._show()

    def action_back(self) -> None:
        self.app.pop_screen()
