"""Small questions over a screen: a line of text, yes or no, a page to read."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from taketwo.text import clean
from taketwo.tui.field import TYPED_LIMIT, Field
from taketwo.tui.sheet import Block, Sheet

ASK_CSS = """
AskLine, AskYes, Page { align: center middle; }
AskLine Input { margin-top: 1; border: round $primary; background: transparent; }
AskLine > Vertical, AskYes > Vertical, Page > Vertical {
    width: 80%; max-width: 90; height: auto; max-height: 90%; padding: 1 2; background: $panel; border: round $primary;
}
Page > Vertical { height: 85%; }
AskLine Static, AskYes Static, Page Static { width: 1fr; height: auto; }
AskLine .hint, AskYes .hint, Page .hint { color: $text-muted; margin-top: 1; }
"""


class AskLine(ModalScreen[str | None]):
    """Asks for one line; None when the person went back."""

    CSS = ASK_CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,ctrl+g", "back", "Back")]

    def __init__(
        self,
        question: str,
        *,
        value: str = "",
        hint: str = "Enter to keep it, Ctrl+G to go back",
        hidden: bool = False,
    ) -> None:
        super().__init__()
        self.question = question
        self.value = value
        self.hint = hint
        self.hidden = hidden
        """whether others who look at the screen may not read it"""

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self.question, markup=False)
            yield Field(self.value, max_length=TYPED_LIMIT, password=self.hidden)
            yield Static(self.hint, markup=False, classes="hint")

    def on_input_submitted(self, event: Input.Submitted) -> None:
        self.dismiss(clean(event.value).strip())

    def action_back(self) -> None:
        self.dismiss(None)


class AskYes(ModalScreen[bool]):
    """Asks before something that cannot be undone."""

    CSS = ASK_CSS
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "Yes"),
        Binding("n,escape,ctrl+g", "answer(False)", "No"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self.question = question

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self.question, markup=False)
            yield Static("y yes   n no", markup=False, classes="hint")

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)


class Page(ModalScreen[None]):
    """Something to read: help, notes."""

    CSS = ASK_CSS
    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter,f1,question_mark", "back", "Back")]

    def __init__(self, title: str, blocks: list[Block]) -> None:
        super().__init__()
        self.page_title = title
        self.blocks = blocks

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self.page_title, markup=False)
            yield Sheet(self.blocks)
            yield Static("q or Enter closes this; arrows scroll", markup=False, classes="hint")

    def action_back(self) -> None:
        self.dismiss(None)
