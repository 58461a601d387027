"""The Hollywood cut: the scene as films play it, one reply at a time."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.debrief import turns
from taketwo.session import Session
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.talk import speech
from taketwo.wording import count, hollywood_words


class HollywoodScreen(TakeTwoScreen):
    """Expectation against reality."""

    CSS = "HollywoodScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("right,n,space,enter", "go(1)", "Forward", key_display="→", priority=True),
        Binding("left,b", "go(-1)", "Back a step", key_display="←", priority=True),
        Binding("home,g", "edge(0)", "Start", show=False, priority=True),
        Binding("end,G", "edge(-1)", "End", show=False, priority=True),
        Binding("q,escape", "back", "Close", key_display="q"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.turns = turns(session.events, session.scenario)
        self.at = 0

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()
        self._show()

    def _show(self) -> None:
        start = self.session.started
        where = f"{self.at} of {count(len(self.turns), 'decision')}"
        self.query_one("#top", Static).update(f"{start.title} · the Hollywood cut · {where}")
        blocks = speech(start.who or start.customer, start.says, "customer")
        for turn in self.turns[: self.at]:
            blocks += speech("You", turn.said or "(You say nothing.)", "you")[:-1]
            film, *rest = hollywood_words(turn, self.session.scenario)
            blocks.append(Block(film, "bad", lead="  ✗ ", hang="    "))
            blocks += [*(Block(text, "quiet", lead="    ") for text in rest), Block("")]
            blocks += speech(turn.answerer, turn.answer, "customer")
        self.query_one(Sheet).show(blocks[:-1], end=True)

    def action_go(self, by: int) -> None:
        self.at = max(0, min(len(self.turns), self.at + by))
        self._show()

    def action_edge(self, end: int) -> None:
        self.at = 0 if end == 0 else len(self.turns)
        self._show()

    def action_back(self) -> None:
        self.app.pop_screen()
