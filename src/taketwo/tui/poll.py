"""A question for the room, over the seat: which reply would you choose? Then how the others chose, and what came of it."""

from time import monotonic
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widgets import Static

from taketwo.pairing.guest import Guest
from taketwo.pairing.protocol import Poll
from taketwo.pairing.telling import split
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import clock

BAR = 24
"""cells of the longest bar"""
AROUND = 7
"""lines of the window that are not the sheet's: its edge, the hint, and the air between"""


class PollScreen(ModalScreen[None]):
    """Chosen once; the split is shown when the trainer closes the question."""

    CSS = """
    PollScreen { align: center middle; }
    PollScreen > Vertical {
        width: 84%; max-width: 96; height: auto; max-height: 90%; padding: 1 2; background: $panel; border: round $primary;
    }
    PollScreen Static { width: 1fr; height: auto; }
    PollScreen Sheet { height: auto; margin-bottom: 1; }
    PollScreen .hint { color: $text-muted; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose"),
        *(Binding(str(n), f"pick({n})", str(n), show=False) for n in range(1, 10)),
        Binding("escape,ctrl+g,q", "back", "Close"),
    ]

    def __init__(self, guest: Guest) -> None:
        super().__init__()
        self.guest = guest
        self.chosen = ""
        self._passing = False
        """q was pressed once before anything was chosen"""
        self.stands = False
        self._poll: Poll | None = None
        self._since = 0.0

    def compose(self) -> ComposeResult:
        with Vertical():
            yield Sheet()
            yield Static(id="hint", classes="hint", markup=False)

    def on_mount(self) -> None:
        self.stands = True
        self._fit()
        self.set_interval(1.0, self._hint)
        self.news()
        self.query_one(Sheet).focus()

    def on_unmount(self) -> None:
        self.stands = False

    def on_resize(self) -> None:
        self._fit()

    def _fit(self) -> None:
        """However long it is, the hint under it stays on the screen, and the sheet scrolls."""
        self.query_one(Sheet).styles.max_height = max(4, self.app.size.height * 9 // 10 - AROUND)

    def news(self) -> None:
        """Show how the question stands."""
        poll = self.guest.poll
        if poll is None:
            return
        sheet = self.query_one(Sheet)
        open_ = not (self.chosen or poll.split)
        blocks = [Block("A question for the room: what would you say?", "title")]
        blocks += [Block(poll.heard, "customer", lead="┃ ", hang="┃ "), Block("")]
        bars = split(poll.split, BAR) if len(poll.split) == len(poll.options) else []
        for number, (key, words) in enumerate(poll.options, 1):
            mine = key == self.chosen
            tone = "you" if mine else "" if open_ or poll.split else "quiet"
            lead = f"{'✓' if mine else ' '}{number} "
            blocks.append(Block(words, tone, key=key if open_ else "", lead=lead, hang="   "))
            if bars:
                bar, share = bars[number - 1]
                blocks.append(Block(f"{bar} {share}".lstrip(), tone, lead="   "))
        if poll.told:
            blocks += [Block(""), Block(poll.told, "head")]
        sheet.show(blocks, key=sheet.key, end=bool(poll.told))
        if poll is not self._poll:
            self._poll, self._since = poll, monotonic()
        self._hint()

    def _hint(self) -> None:
        poll = self._poll
        if poll is None or poll.split:
            hint = "q or Enter closes this; arrows scroll."
        else:
            hint = "Chosen. The others are still thinking." if self.chosen else "Enter chooses; 1 to 9 move."
            if self._passing and not self.chosen:
                hint = "You have not chosen yet. q again closes this without your vote."
            if poll.seconds > 0:
                left = max(0, poll.seconds - int(monotonic() - self._since))
                hint += f" {clock(left * 1000)} left."
        self.query_one("#hint", Static).update(hint)

    def action_choose(self) -> None:
        poll = self.guest.poll
        if poll and (poll.split or self.chosen):
            self.dismiss(None)
        else:
            self.query_one(Sheet).action_choose()

    def action_pick(self, number: int) -> None:
        keys = [block.key for block in self.query_one(Sheet).blocks if block.key]
        if number <= len(keys):
            self.query_one(Sheet).go(keys[number - 1])

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        poll = self.guest.poll
        if poll and not poll.split and not self.chosen:
            self.chosen = event.key
            self.guest.do("vote", event.key, poll.id)
            self.news()

    def action_back(self) -> None:
        poll = self.guest.poll
        if poll and not poll.split and not self.chosen and not self._passing:
            self._passing = True
            self._hint()
        else:
            self.dismiss(None)
