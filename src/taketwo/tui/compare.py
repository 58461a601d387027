"""Two takes of one scene side by side, or one under the other on a narrow screen."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.widgets import Static

from taketwo.comparing import Comparison, Pair, Side, Step, Unlike, compare, side
from taketwo.debrief import Row as ScoreRow
from taketwo.telling import (
    SIDES,
    VERSIONS,
    common_words,
    cost_words,
    costs_words,
    decided_words,
    lesson_words,
    pair_words,
    same_line,
    side_words,
)
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import UnknownTake
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet, height_of
from taketwo.wording import outcome_words, verdict

BESIDE = 100
"""columns from which there is room for both beside each other"""
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
        self.refresh_bindings()

    def on_resize(self) -> None:
        if self.app.size.width != self._width:
            self.call_after_refresh(self._show)

    def _show(self) -> None:
        if self.found is None:
            return
        self._width = self.app.size.width
        wide = self._width >= BESIDE
        self.set_class(not wide, "-one")
        left, right = self.query_one("#left", Sheet), self.query_one("#right", Sheet)
        page = bands(self.found, self.unfolded)
        if wide:
            measure = self._width // 2 - 5
            for sheet, column in zip((left, right), beside(page, measure), strict=True):
                sheet.measure = measure
                sheet.show(column)
        else:
            left.measure = self._width
            left.show(stacked(page))

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


@dataclass(frozen=True, slots=True)
class Band:
    """What stands across the page: a head, and what is said of each take, beside each other or one under the other."""

    head: list[Block] = field(default_factory=list)
    left: list[Block] = field(default_factory=list)
    right: list[Block] = field(default_factory=list)
    narrow: list[Block] = field(default_factory=list)
    """on a narrow screen instead of both"""


def bands(found: Comparison, unfolded: bool) -> list[Band]:
    """The page: both takes, the common beginning, each decision from there, the lessons."""
    sides = [_head(name, of) for name, of in zip(SIDES, (found.left, found.right), strict=True)]
    page = [Band([], sides[0], sides[1], sides[0] + sides[1])]
    if not found.same_version:
        page.append(Band([Block(VERSIONS, "hint"), Block("")]))
    fold = " f unfolds it." if found.common and not unfolded else ""
    page.append(Band([Block(common_words(found) + fold, "title"), Block("")]))
    if unfolded:
        page += [_pair(Pair(step, step), found) for step in found.common]
    page += [_pair(pair, found) for pair in found.pairs]
    if found.lessons:
        page.append(Band([Block("By lesson", "title")]))
        page += [_lesson(*lesson) for lesson in found.lessons]
    return page


def _head(name: str, of: Side) -> list[Block]:
    first, *rest = side_words(of)
    score = of.about.score
    return [
        Block(first, "head", lead=f"{name} ", hang="  "),
        *(Block(text, "quiet", lead="  ") for text in rest),
        *([Block(f"{outcome_words(score.outcome)}.", lead="  ")] if score.outcome else []),
        Block(verdict(score), "good" if score.passed else "bad", lead="  "),
        Block(""),
    ]


def _pair(pair: Pair, found: Comparison) -> Band:
    head = [Block(pair_words(pair), "title")]
    head += [Block(words, "quiet", lead="  ", hang="    ") for words in decided_words(pair, found)]
    sides = [[*_step(step), Block("")] if step else [] for step in (pair.left, pair.right)]
    if pair.same and pair.left:
        heard, said, _, *end = _step(pair.left)
        costs = [Block(text, "quiet", lead="  ", hang="    ") for text in costs_words(pair)]
        return Band(head, sides[0], sides[1], [heard, said, *costs, *end, Block("")])
    narrow = []
    for name, step in zip(SIDES, (pair.left, pair.right), strict=True):
        if step:
            told = step is pair.right and same_line(pair)
            narrow += [Block(name, "head"), *_step(step)[int(told) :], Block("")]
    return Band(head, sides[0], sides[1], narrow)


def _step(step: Step) -> list[Block]:
    turn = step.turn
    tone = "bad" if turn.critical else TONES.get(step.review.mark, "quiet") if step.review else "quiet"
    return [
        Block(turn.heard, "quiet", lead="┃ ", hang="┃ "),
        Block(turn.said or "(You say nothing.)", "you", lead="  "),
        Block(cost_words(step), tone, lead="  ", hang="    "),
        *([Block(turn.answer, "customer", lead="┃ ", hang="┃ ")] if turn.end else []),
    ]


def _lesson(title: str, one: ScoreRow | None, other: ScoreRow | None) -> Band:
    words = (lesson_words(one), lesson_words(other))
    left, right = ([Block(f"{title}: {text}", lead=" ", hang="   ")] for text in words)
    both = "; ".join(f"{name} {text}" for name, text in zip(SIDES, words, strict=True))
    return Band([], left, right, narrow=[Block(f"{title}: {both}", lead=" ", hang="   ")])


def beside(page: list[Band], width: int) -> tuple[list[Block], list[Block]]:
    """Two columns in which what belongs together begins at the same line; heads stand in the left one."""
    columns: tuple[list[Block], list[Block]] = ([], [])
    for band in page:
        parts = ([*band.head, *band.left], [*_blank(height_of(band.head, width)), *band.right])
        tallest = max(height_of(blocks, width) for blocks in parts)
        for column, blocks in zip(columns, parts, strict=True):
            column += [*blocks, *_blank(tallest - height_of(blocks, width))]
    return columns


def _blank(lines: int) -> list[Block]:
    return [Block("")] * lines


def stacked(page: list[Band]) -> list[Block]:
    """One column, with what is said of one take under what is said of the other."""
    return [block for band in page for block in (*band.head, *(band.narrow or [*band.left, *band.right]))]
