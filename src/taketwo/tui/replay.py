"""Replay: step forward and back through a take, with what each reply did; and the Hollywood cut, seen the same way."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.analysis.solve import Solution
from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed, review
from taketwo.session import Session
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.talk import feedback_blocks, review_blocks, speech
from taketwo.wording import clock, count, hollywood_words


class ReplayScreen(TakeTwoScreen):
    """A take, one decision at a time; also what was taken back."""

    CSS = "ReplayScreen Sheet { margin: 1 2; }"
    NAME = "replay"
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
        self.turns = turns(session.events, session.scenario, undone=True)
        self.reviews: dict[int, Reviewed] = {}
        self.at = 0

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()
        if solution := solving(self.session.scenario).result(0):
            self._reviewed(solution)
        else:
            self._show()
            self._wait()

    @work(thread=True)
    def _wait(self) -> None:
        """The scene is not solved yet: show the review when it is."""
        if solution := solving(self.session.scenario).result():
            self.app.call_from_thread(self._reviewed, solution)

    def _reviewed(self, solution: Solution) -> None:
        self.reviews = {row.seq: row for row in review(self.session.events, solution)}
        self._show()

    def _show(self) -> None:
        start = self.session.started
        where = f"{self.at} of {count(len(self.turns), 'decision')}"
        time = f" · {clock(self.turns[self.at - 1].ms)}" if self.at and self.turns[self.at - 1].ms else ""
        self.query_one("#top", Static).update(f"{start.title} · {self.NAME} · {where}{time}")
        blocks = speech(start.who or start.customer, start.says, "customer")
        for turn in self.turns[: self.at]:
            blocks += speech("You", turn.said or "(You say nothing.)", "you")[:-1]
            blocks += [*self.beside(turn), Block("")]
            blocks += speech(turn.answerer, turn.answer, "customer")
        self.query_one(Sheet).show(blocks[:-1], end=True)

    def beside(self, turn: Turn) -> list[Block]:
        """What is said about a decision."""
        numbers = {each.seq: each.number for each in self.turns}
        undone = [Block("Taken back later.", "quiet", lead="    ")] if turn.undone else []
        return (
            review_blocks(turn.seq, self.reviews, numbers)
            + feedback_blocks(turn, self.session.scenario)
            + undone
        )

    def action_go(self, by: int) -> None:
        self.at = max(0, min(len(self.turns), self.at + by))
        self._show()

    def action_edge(self, end: int) -> None:
        self.at = 0 if end == 0 else len(self.turns)
        self._show()

    def action_back(self) -> None:
        self.app.pop_screen()


class HollywoodScreen(ReplayScreen):
    """The scene as films play it: expectation against reality."""

    NAME = "the Hollywood cut"

    def beside(self, turn: Turn) -> list[Block]:
        film, *rest = hollywood_words(turn, self.session.scenario)
        return [
            Block(film, "bad", lead="  ✗ ", hang="    "),
            *(Block(text, "quiet", lead="    ") for text in rest),
        ]
