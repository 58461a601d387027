"""The map: every way through the scene, with the way that the take went. Only after a take, as it gives the
scene away."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.graph.outline import Row, Tone, choice_rows, rows
from taketwo.graph.picture import Pass, Picture, Place, picture
from taketwo.graph.words import ending_words, legend, size_words
from taketwo.session import Session
from taketwo.tui.ask import Page
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet

_TONES: dict[Tone, str] = {
    "": "",
    "blank": "",
    "title": "title",
    "head": "head",
    "lost": "bad",
    "customer": "quiet",
    "quiet": "quiet",
    "path": "you",
    "closed": "bad",
    "harder": "hint",
    "slip": "quiet",
    "recovery": "good",
    "best": "good",
}


class MapSheet(Sheet):
    """A sheet that shows a place with all that stands under it, as far as there is room."""

    def _reveal(self) -> None:
        here = self._choosable[self._at] if self._choosable else 0
        if here >= len(self._starts):
            return
        after = next((i for i in range(here, len(self.blocks)) if not self.blocks[i].text), len(self.blocks))
        first = 0 if self._at == 0 else self._starts[here]
        last = self._starts[after] if after < len(self._starts) else len(self._lines)
        height = max(1, min(last - first, self.size.height))
        self.scroll_to_region(Region(0, first, 1, height), animate=False, force=True)


class MapScreen(TakeTwoScreen):
    """The scene as an outline; the take's decisions carry their numbers and marks."""

    CSS = "MapScreen Sheet { margin: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "look", "Look", key_display="Enter"),
        Binding("right,n", "step(1)", "Along the take", key_display="→"),
        Binding("left,p", "step(-1)", "Back along it", key_display="←"),
        Binding("m", "mark", "Next mark"),
        Binding("q,escape", "back", "Back", key_display="q"),
    ]

    def __init__(self, session: Session, go: Callable[[int], None], seq: int = 0) -> None:
        super().__init__()
        self.session = session
        self.seq = seq
        """the decision to begin at, 0 for the first"""
        self.go = go
        """shows the decision with this seq in the debrief"""
        self.drawn = Picture("", "", {})
        self.at = 0
        """the decision that was come to last, counted from 0; after the last stands where the take ended"""

    def compose(self) -> ComposeResult:
        yield Static(f"{self.session.scenario.title} · map", classes="bar", markup=False)
        yield MapSheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        steps = self.drawn.steps
        self.at = next((n for n, step in enumerate(steps) if step.seq == self.seq), 0)
        sheet = self.query_one(Sheet)
        if steps:
            sheet.show(sheet.blocks, key=steps[self.at].node)
        sheet.focus()

    def _show(self) -> None:
        solution = solving(self.session.scenario).result(0)
        if solution is None:
            self._wait()
        self.drawn = picture(self.session.scenario, self.session.events, solution)
        sheet = self.query_one(Sheet)
        sheet.show(map_blocks(self.drawn), key=sheet.key)

    @work(thread=True, exclusive=True, group="review")
    def _wait(self) -> None:
        """The scene is not solved yet: show the marks when it is."""
        if solving(self.session.scenario).result():
            self.app.call_from_thread(self._show)

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        steps = self.drawn.steps
        if not (0 <= self.at < len(steps) and steps[self.at].node == event.key):
            self.at = next((n for n, step in enumerate(steps) if step.node == event.key), self.at)

    def action_step(self, by: int) -> None:
        """Along the path of the take, one decision at a time; after the last comes where it ended."""
        steps = self.drawn.steps
        self.at = max(0, min(len(steps), self.at + by))
        self.query_one(Sheet).go(steps[self.at].node if self.at < len(steps) else self.drawn.last)

    def action_mark(self) -> None:
        """To the next decision that closed a door or made it harder."""
        marked = [n for n, step in enumerate(self.drawn.steps) if step.mark in ("closed", "harder")]
        if marked:
            self.at = next((n for n in marked if n > self.at), marked[0])
            self.query_one(Sheet).go(self.drawn.steps[self.at].node)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "step":
            return bool(self.drawn.steps)
        if action == "mark":
            return any(step.mark in ("closed", "harder") for step in self.drawn.steps)
        return True

    def action_look(self) -> None:
        self.query_one(Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        place = self.drawn.places[event.key]
        if not place.passes:
            self.app.push_screen(Page(place.name, place_blocks(self.drawn, place)))
            return
        seq = self._step_at(place).seq
        self.app.pop_screen()
        self.go(seq)

    def _step_at(self, place: Place) -> Pass:
        """The decision to show for a place: the one that was walked to, else the first there."""
        steps = self.drawn.steps
        walked = steps[self.at] if 0 <= self.at < len(steps) else None
        return walked if walked and walked.node == place.key else place.passes[0]

    def action_back(self) -> None:
        self.app.pop_screen()


def map_blocks(drawn: Picture) -> list[Block]:
    """The outline as blocks: places can be chosen, their replies stand under them."""
    how = f"{size_words(drawn)}. Before each reply stand its points, after it where it leads."
    if drawn.steps:
        how += " Your decisions are numbered at the left."
    blocks = [Block(""), Block(how, "quiet")]
    if signs := legend(drawn):
        blocks.append(Block("   ".join(signs), "quiet"))
    return [*blocks, *(_block(row) for row in rows(drawn, said=True)), Block("")]


def _block(row: Row) -> Block:
    return Block(row.text, _TONES[row.tone], row.place, " " if row.place else row.lead)


def place_blocks(drawn: Picture, place: Place) -> list[Block]:
    """One place: the customer's line, and every reply with what it leads to."""
    if place.kind == "ending":
        return [Block(ending_words(place), "head"), Block(place.words)]
    line = "customer" if place.kind == "node" else "quiet"
    blocks = [Block(place.words, line, lead="┃ ", hang="┃ "), Block("")]
    for choice in place.choices:
        blocks += [_block(row) for row in choice_rows(drawn, choice, whole=True)]
        blocks.append(Block(""))
    return blocks[:-1]
