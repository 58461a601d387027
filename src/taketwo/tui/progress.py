"""One learner over time: a bar a skill with the guessing level, and a line of blocks with a block a sitting."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.debrief import Row
from taketwo.telling import NO_TRIES, learning_words, spark
from taketwo.text import clean_line
from taketwo.transcript.learning import Learning, learning
from taketwo.tui.debriefing import bar
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import percent


class ProgressScreen(TakeTwoScreen):
    """From first tries alone."""

    CSS = "ProgressScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [Binding("q,escape", "back", "Back", key_display="q")]

    def __init__(self, learner: str) -> None:
        super().__init__()
        self.learner = learner
        self.found: Learning | None = None

    def compose(self) -> ComposeResult:
        yield Static(f"Over time · {clean_line(self.learner)}", classes="bar", markup=False)
        yield Sheet([Block("Reading the takes …", "quiet")], measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one(Sheet).focus()
        self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read the folder, away from the keyboard."""
        self.app.call_from_thread(self._loaded, learning(self.tt.shelf.rows(), self.learner))

    def _loaded(self, found: Learning) -> None:
        self.found = found
        self._show()

    def on_resize(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.found:
            width = max(20, min(100, self.app.size.width - 6))
            self.query_one(Sheet).show(learning_blocks(self.found, width))

    def action_back(self) -> None:
        self.app.pop_screen()


def learning_blocks(found: Learning, width: int) -> list[Block]:
    """The page."""
    first, *rest = learning_words(found)
    blocks = [Block(first, "head"), *(Block(text, "quiet") for text in rest), Block("")]
    if not found.skills:
        return [*blocks, Block(NO_TRIES, "quiet")]
    blocks += [Block("█ all first tries   │ where guessing would stand   ▁▄█ by sitting", "quiet"), Block("")]
    for line in found.skills:
        blocks.append(Block(bar(Row(line.skill, line.skill.capitalize(), line.share, line.guess), width)))
        shares = line.sittings[-(width - 20) :]
        met = [share for share in shares if share is not None]
        since = f"  {percent(met[0])} to {percent(met[-1])}" if len(met) > 1 else ""
        blocks.append(Block(f"{spark(shares)}{since}", "you", lead="  "))
        blocks.append(Block(""))
    return blocks[:-1]
