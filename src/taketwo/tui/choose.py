"""A small list over a screen, from which one thing is chosen."""

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from taketwo.scenario.library import Summary
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import LEVELS


def scene_rows(scenes: Iterable[Summary]) -> list[Block]:
    """A row for each scene."""
    return [
        Block(each.title, key=each.id, lead=" ", tail=f"{LEVELS.get(each.level, '')} · {each.minutes} min")
        for each in scenes
    ]


class Choose(ModalScreen[str | None]):
    """The key of what was chosen; None when the person went back."""

    CSS = """
    Choose { align: center middle; }
    Choose > Vertical {
        width: 84%; max-width: 96; height: auto; max-height: 85%; padding: 1 2; background: $panel; border: round $primary;
    }
    Choose Static { width: 1fr; height: auto; margin-bottom: 1; }
    Choose Sheet { height: auto; max-height: 24; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose"),
        *(Binding(str(n), f"pick({n})", str(n), show=False) for n in range(1, 10)),
        Binding("escape,ctrl+g,q", "back", "Back"),
    ]

    def __init__(self, question: str, blocks: Sequence[Block], key: str = "") -> None:
        super().__init__()
        self.question = question
        self.blocks = list(blocks)
        self.key = key

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Static(self.question, markup=False)
            yield Sheet(self.blocks)

    def on_mount(self) -> None:
        sheet = self.query_one(Sheet)
        sheet.show(self.blocks, key=self.key)
        sheet.focus()

    def action_choose(self) -> None:
        self.query_one(Sheet).action_choose()

    def action_pick(self, number: int) -> None:
        keys = [block.key for block in self.blocks if block.key]
        if number <= len(keys):
            self.query_one(Sheet).go(keys[number - 1])

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        self.dismiss(event.key)

    def action_back(self) -> None:
        self.dismiss(None)
