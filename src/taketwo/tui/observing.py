"""An observer's seat: the conversation of somebody else, and a list to tick. What is ticked is for the debrief."""

from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Static

from taketwo.pairing.guest import Guest
from taketwo.pairing.telling import conversation, cut, ticked
from taketwo.take.events import Heard, Remarked, Started
from taketwo.tui.ask import AskLine, AskYes
from taketwo.tui.following import Following
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.live_sheet import LiveSheet
from taketwo.tui.seat_blocks import talk_blocks
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import count

if TYPE_CHECKING:
    from taketwo.tui.joined import Joined


class ObserverScreen(TakeTwoScreen):
    """One take of another learner, while it lasts."""

    CSS = """
    ObserverScreen #talk { padding: 0 1; }
    ObserverScreen Vertical { width: 42; border-left: solid $panel; padding: 0 1; }
    ObserverScreen.-narrow Horizontal { layout: vertical; }
    ObserverScreen.-narrow Vertical { width: 1fr; height: 45%; border-left: none; border-top: solid $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"tick({n})", f"Tick {n}", show=False) for n in range(1, 10)),
        Binding("enter", "tick(0)", "Seen", key_display="Enter", tooltip="Tick it, or take the tick back"),
        Binding("n", "note", "Note", tooltip="A note for the debrief"),
        Binding("q", "leave", "Leave"),
        Binding("pageup", "scroll(-1)", "Scroll back", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Scroll on", show=False, priority=True),
    ]

    def __init__(self, joined: "Joined") -> None:
        super().__init__()
        self.joined = joined
        self.guest: Guest = joined.guest
        self.stands = False
        """it has been laid out, and can show something"""
        self._seen = -1

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        with Horizontal():
            yield Following(id="talk", measure=100)
            with Vertical():
                yield LiveSheet(id="list")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#list", LiveSheet).focus()
        self.stands = True
        self.news()

    def on_unmount(self) -> None:
        self.stands = False

    # --- showing

    def news(self) -> None:
        """Show where the take stands now."""
        guest, view = self.guest, self.guest.view
        first = guest.events[0] if guest.events else None
        learner = first.learner if isinstance(first, Started) else ""
        parts = [f"You observe {learner}" if learner else "You observe", view.title, cut(guest)]
        self.query_one("#top", Static).update(" · ".join(part for part in parts if part))
        if guest.last != self._seen:
            self._seen = guest.last
            said = [event for event in guest.events if not _observed(event)]
            blocks = talk_blocks(conversation(said, guest.feedback, guest.trainer))
            self.query_one("#talk", Sheet).show(blocks, end=True)
        self.query_one("#list", LiveSheet).renew(self._list())

    def _list(self) -> list[Block]:
        ticked, notes = self.ticked, self._notes
        blocks = [Block("What to look out for", "head")]
        for number, text in enumerate(self.guest.view.checklist, 1):
            sign = "✓" if text in ticked else " "
            blocks.append(Block(text, "good" if text in ticked else "", str(number), f" {sign} ", "   "))
        if notes:
            blocks += [Block(""), Block(count(len(notes), "note"), "head")]
            blocks += [Block(note, "quiet", lead=" · ", hang="   ") for note in notes]
        return [*blocks, Block(""), Block("The learner sees it in the debrief, not before.", "quiet")]

    @property
    def ticked(self) -> set[str]:
        """The lines of the list that are ticked."""
        return ticked(self.guest.events)

    @property
    def _notes(self) -> list[str]:
        events = self.guest.events
        return [e.text for e in events if isinstance(e, Remarked) and e.topic == "observed" and not e.value]

    # --- doing

    def action_tick(self, number: int) -> None:
        """Tick a line of the list, the one under the cursor for 0, or take the tick back."""
        key = str(number) if number else self.query_one("#list", LiveSheet).key
        self._tick(key)

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        self._tick(event.key)

    def _tick(self, key: str) -> None:
        lines = self.guest.view.checklist
        if key.isdigit() and 1 <= int(key) <= len(lines):
            text = lines[int(key) - 1]
            self._observe(text, -1 if text in self.ticked else 1)

    @work
    async def action_note(self) -> None:
        """A note for the debrief."""
        text = await self.app.push_screen_wait(AskLine("What do you see? It is for the debrief"))
        if text:
            self._observe(text, 0)

    def _observe(self, text: str, value: int) -> None:
        heard = next((e.seq for e in reversed(self.guest.events) if isinstance(e, Heard)), 0)
        self.guest.do("remark", "observed", text, heard, value)

    @work
    async def action_leave(self) -> None:
        """Leave the session for good, after asking."""
        if await self.app.push_screen_wait(AskYes("Leave the session for good?")):
            self.joined.leave(for_good=True)

    def action_scroll(self, by: int) -> None:
        self.query_one("#talk", Sheet).action_turn(by)


def _observed(event: object) -> bool:
    return isinstance(event, Remarked) and event.topic == "observed"
