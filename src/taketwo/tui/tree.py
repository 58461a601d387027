"""What if: the takes of a scene, each under the one that it was taken up from. Each can be opened, and two compared."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.telling import branch_words, tree_words
from taketwo.text import clean_line
from taketwo.transcript.branches import Branch, Family, family, parent_of
from taketwo.transcript.shelf import UnknownTake
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet

DEEPEST = 8
"""levels that are shown by indenting"""


class TreeScreen(TakeTwoScreen):
    """Arrows walk the tree; Enter opens a take."""

    CSS = "TreeScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter"),
        Binding(
            "left",
            "parent",
            "Parent",
            key_display="←",
            priority=True,
            tooltip="To the take that it was taken up from",
        ),
        Binding(
            "right",
            "fork",
            "Branch",
            key_display="→",
            priority=True,
            tooltip="To the first take taken up from it",
        ),
        Binding(
            "space", "mark", "Mark", key_display="Space", priority=True, tooltip="Mark it, to compare two"
        ),
        Binding("c", "compare", "Compare", tooltip="The two that are marked, or the marked one and this"),
        Binding("q,escape", "back", "Back", key_display="q"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.take = name
        """the take that it is opened from"""
        self.marked: list[str] = []
        self.family: Family | None = None

    def compose(self) -> ComposeResult:
        yield Static("What if", id="top", classes="bar", markup=False)
        yield Sheet([Block("Reading the takes …", "quiet")], measure=110)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()

    def on_screen_resume(self) -> None:
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read the folder, away from the keyboard."""
        try:
            found = family(self.tt.shelf, self.take)
        except UnknownTake as error:
            self.app.call_from_thread(self.tt.say, str(error), problem=True)
            return
        self.app.call_from_thread(self._loaded, found)

    def _loaded(self, found: Family) -> None:
        first = self.family is None
        self.family = found
        title = clean_line(found.row.title or found.row.name)
        self.query_one("#top", Static).update(f"What if · {title} · {tree_words(found.branches)}")
        self._show(self.take if first else self.query_one(Sheet).key)

    def _show(self, key: str) -> None:
        if self.family:
            blocks = [self._block(self.family, branch) for branch in self.family.branches]
            self.query_one(Sheet).show(
                blocks or [Block("No take of it is there any more.", "quiet")], key=key
            )
        self.refresh_bindings()

    def _block(self, found: Family, branch: Branch) -> Block:
        row = branch.row
        sign = "✓" if row.name in self.marked else " "
        deep = "  " * (min(branch.depth, DEEPEST) - 1) + "└ " if branch.depth else ""
        tone = "good" if row.passed else "quiet" if row.status in ("damaged", "unreadable") else ""
        words = clean_line(branch_words(branch, found.numbers.get(row.name, 0)))
        tail = "this one" if row.name == self.take else ""
        return Block(words, tone, key=row.name, lead=f" {sign} {deep}", tail=tail)

    # --- what works now

    def _here(self) -> Branch | None:
        key = self.query_one(Sheet).key
        branches = self.family.branches if self.family else ()
        return next((branch for branch in branches if branch.row.name == key), None)

    def _fork(self) -> str:
        key = self.query_one(Sheet).key
        branches = self.family.branches if self.family else ()
        return next((b.row.name for b in branches if parent_of(b.row)[0] == key and b.depth), "")

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        here = self._here()
        if action in ("open", "mark"):
            return here is not None
        if action == "parent":
            return here is not None and here.depth > 0
        if action == "fork":
            return bool(self._fork())
        if action == "compare":
            return len(self._two()) == 2
        return True

    def _two(self) -> list[str]:
        """The takes that would be compared."""
        here = self.query_one(Sheet).key
        return self.marked if len(self.marked) == 2 or here in self.marked else [*self.marked, here]

    def on_sheet_moved(self) -> None:
        self.refresh_bindings()

    # --- doing

    def action_parent(self) -> None:
        if here := self._here():
            self.query_one(Sheet).go(parent_of(here.row)[0])

    def action_fork(self) -> None:
        self.query_one(Sheet).go(self._fork())

    def action_mark(self) -> None:
        key = self.query_one(Sheet).key
        if key in self.marked:
            self.marked.remove(key)
        else:
            self.marked = [*self.marked, key][-2:]
        self._show(key)

    def action_compare(self) -> None:
        self.tt.compare(self._two())

    def action_open(self) -> None:
        self.query_one(Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        here = self._here()
        if here is None:
            return
        if here.row.name == self.take and self.tt.in_hand(self.take):
            self.app.pop_screen()
        else:
            self.tt.open_row(here.row)

    def action_back(self) -> None:
        self.app.pop_screen()
