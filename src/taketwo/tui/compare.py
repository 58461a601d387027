"""Two takes of one scene side by side, or one under the other on a narrow screen."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from taketwo.comparing import Comparison, Pair, Side, Step, Unlike, compare, side
from taketwo.telling import VERSIONS, common_words, cost_words, lesson_words, pair_words, side_words
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import UnknownTake
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet, height_of
from taketwo.wording import outcome_words, verdict

BESIDE = 100
"""columns from which there is room for both beside each other"""
LABELS = ("A", "B")
TONES = {"closed": "bad", "harder": "hint", "recovery": "good", "best": "good"}


class CompareScreen(TakeTwoScreen):
    """What two takes have in common is folded; f unfolds it."""

    CSS = """
    CompareScreen Sheet { width: 1fr; padding: 0 1; }
    CompareScreen #right { border-left: solid $panel; }
    CompareScreen.-one #right { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("f", "fold", "Unfold", tooltip="Show or fold what both have in common"),
        Binding("1", "open(0)", "Open A", tooltip="The debrief of the first"),
        Binding("2", "open(1)", "Open B", tooltip="The debrief of the second"),
        Binding("q,escape", "back", "Back", key_display="q"),
    ]

    def __init__(self, left: str, right: str) -> None:
        super().__init__()
        self.names = (left, right)
        self.found: Comparison | None = None
        self.unfolded = False
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Static("Side by side", id="top", classes="bar", markup=False)
        with Horizontal():
            yield Sheet([Block("Reading both …", "quiet")], id="left")
            yield Sheet(id="right")
        yield Footer()

    def on_mount(self) -> None:
        left, right = self.query_one("#left", Sheet), self.query_one("#right", Sheet)
        right.can_focus = False
        left.focus()
        for one, other in ((left, right), (right, left)):  # they are read line by line beside each other
            self.watch(one, "scroll_y", _follower(one, other), init=False)
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read and solve both, away from the keyboard."""
        try:
            found = compare(*(side(self.tt.shelf, name) for name in self.names))
        except (Unlike, UnknownTake, Unreadable) as error:
            self.app.call_from_thread(self._refused, str(error))
        else:
            self.app.call_from_thread(self._loaded, found)

    def _refused(self, why: str) -> None:
        self.query_one("#left", Sheet).show([Block(why, "bad")])

    def _loaded(self, found: Comparison) -> None:
        self.found = found
        self.query_one("#top", Static).update(f"Side by side · {found.left.about.scenario.title}")
        self._show()

    def on_resize(self) -> None:
        if self.app.size.width != self._width:
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self.found is None:
            return
        self._width = self.app.size.width
        beside = self._width >= BESIDE
        self.set_class(not beside, "-one")
        left, right = self.query_one("#left", Sheet), self.query_one("#right", Sheet)
        rows = comparison_rows(self.found, self.unfolded)
        if beside:
            width = self._width // 2 - 4
            for sheet, column in zip((left, right), level(rows, width), strict=True):
                sheet.show(column)
        else:
            left.show([block for row in rows for block in stacked(*row)])

    def action_fold(self) -> None:
        self.unfolded = not self.unfolded
        self._show()

    def action_open(self, which: int) -> None:
        if self.found:
            self.tt.open_row((self.found.left, self.found.right)[which].row)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        return self.found is not None if action in ("fold", "open") else True

    def action_back(self) -> None:
        self.app.pop_screen()


def _follower(one: Sheet, other: Sheet) -> Callable[[float], None]:
    def follow(y: float) -> None:
        if round(other.scroll_y) != round(y):
            other.scroll_to(y=y, animate=False)

    return follow


Row = tuple[list[Block], list[Block]]
"""what stands beside each other"""


def comparison_rows(found: Comparison, unfolded: bool) -> list[Row]:
    """The page, row by row: both takes, the common beginning, each decision from there, the lessons."""
    rows: list[Row] = [(_head(LABELS[0], found.left), _head(LABELS[1], found.right))]
    if not found.same_version:
        rows.append(([Block(VERSIONS, "hint"), Block("")], []))
    fold = " f unfolds it." if found.common and not unfolded else ""
    rows.append(([Block(common_words(found) + fold, "title"), Block("")], []))
    if unfolded:
        rows += [_pair(Pair(step.turn.number, step, step)) for step in found.common]
    rows += [_pair(pair) for pair in found.pairs]
    if found.lessons:
        rows.append(([Block("By lesson", "title")], []))
        for title, one, other in found.lessons:
            rows.append(
                (
                    [Block(f"{title}: {lesson_words(one)}", lead=" ", hang="   ")],
                    [Block(f"{title}: {lesson_words(other)}", lead=" ", hang="   ")],
                )
            )
    return rows


def _head(label: str, of: Side) -> list[Block]:
    first, *rest = side_words(of)
    score = of.about.score
    return [
        Block(first, "head", lead=f"{label} ", hang="  "),
        *(Block(text, "quiet", lead="  ") for text in rest),
        Block(f"{outcome_words(score.outcome)}.", lead="  "),
        Block(verdict(score), "good" if score.passed else "bad", lead="  "),
        Block(""),
    ]


def _pair(pair: Pair) -> Row:
    head = [Block(pair_words(pair), "title")]
    if pair.same and pair.left:
        return [*head, *_step(pair.left), Block("")], []
    return [*head, *_step(pair.left), Block("")], [Block(""), *_step(pair.right), Block("")]


def _step(step: Step | None) -> list[Block]:
    if step is None:
        return [Block("It was over.", "quiet", lead="  ")]
    turn = step.turn
    tone = "bad" if turn.critical else TONES.get(step.review.mark, "quiet") if step.review else "quiet"
    return [
        Block(turn.heard, "quiet", lead="┃ ", hang="┃ "),
        Block(turn.said or "(You say nothing.)", "you", lead="  "),
        Block(cost_words(step), tone, lead="  ", hang="    "),
        *([Block(turn.answer, "customer", lead="┃ ", hang="┃ ")] if turn.end else []),
    ]


def level(rows: list[Row], width: int) -> Row:
    """Two columns in which what belongs together begins at the same line."""
    columns: Row = ([], [])
    for row in rows:
        tallest = max(height_of(blocks, width) for blocks in row)
        for column, blocks in zip(columns, row, strict=True):
            column += [*blocks, *[Block("")] * (tallest - height_of(blocks, width))]
    return columns


def stacked(left: list[Block], right: list[Block]) -> list[Block]:
    """One under the other, with a letter before each where both say something."""
    if not right:
        return left
    if right[0] == Block(""):
        head, *mine = left
        return [
            head,
            Block(LABELS[0], "head"),
            *mine[:-1],
            Block(LABELS[1], "head"),
            *right[1:],
        ]
    if left[0].lead.startswith(LABELS[0]):
        return left + right
    return [
        Block(f"{LABELS[0]}  {left[0].text}", left[0].tone, lead=" ", hang="    "),
        Block(f"{LABELS[1]}  {right[0].text}", right[0].tone, lead=" ", hang="    "),
    ]
