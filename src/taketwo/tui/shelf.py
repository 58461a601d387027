"""The shelf: all takes, searched as you type, sorted and filtered; labels, notes, putting away, and the way into each.

Reading the folder and asking the index happen away from the keyboard. Only the rows around those in sight are fetched.
"""

import asyncio
from collections.abc import Callable
from typing import ClassVar, NamedTuple

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from taketwo import disk
from taketwo.shelving import archive, put_label, put_note
from taketwo.take.decide import Refused
from taketwo.text import clean_line
from taketwo.transcript.index import SORTS, Wanted
from taketwo.transcript.journal import NotSaved, TakeInUse
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.rows import ARCHIVED, TakeRow
from taketwo.transcript.shelf import UnknownTake
from taketwo.tui.ask import AskLine, AskYes
from taketwo.tui.field import Field
from taketwo.tui.footer import Footer
from taketwo.tui.frame import Reading, Stopped, TakeTwoScreen, progress
from taketwo.tui.long_sheet import LongSheet, Pair
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import clock, count, result_words

PROBLEMS = (Refused, TakeInUse, NotSaved, Unreadable, UnknownTake)
FIRST = 60
"""rows of the first page, before the screen knows how high it is"""


class Kept(NamedTuple):
    """A filter: what it is called, and which takes it keeps."""

    says: str
    status: str
    archived: bool | None = False


FILTERS = (
    Kept("all", ""),
    Kept("unfinished", "unfinished"),
    Kept("passed", "passed"),
    Kept("not passed", "not-passed"),
    Kept("damaged", "damaged", None),
    Kept("archived", "", True),
)
ORDERS = {"newest": "newest first", "oldest": "oldest first"}


class ShelfScreen(TakeTwoScreen):
    """All takes. Letters are keys; after / they are looked for."""

    CSS = """
    ShelfScreen Input, ShelfScreen Input:focus { height: 1; padding: 0 2; border: none; background: transparent; }
    ShelfScreen Input:focus { background: $panel; }
    ShelfScreen #takes { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter", tooltip="The debrief, or go on where it is unfinished"),
        Binding("slash", "search", "Search", key_display="/", tooltip="For words in all that was said and noted"),
        Binding("q", "back", "Back", key_display="q"),
        Binding("u", "undo", "Undo", tooltip="Bring back what was deleted last"),
        Binding("l", "label", "Label", tooltip="Put a label on, or take it off"),
        Binding("n", "note", "Note", tooltip="Note something about the take"),
        Binding("a", "archive", "Archive", tooltip="Put it away, or back: it counts all the same"),
        Binding("d", "delete", "Delete", tooltip="Delete it; u brings it back until you leave"),
        Binding("r", "replay", "Replay", show=False, tooltip="Step through it"),
        Binding("f", "filter", "Filter", show=False, tooltip="All, unfinished, passed, not passed, damaged, archived"),
        Binding("s", "sort", "Sort", show=False, tooltip="Another order"),
        Binding("p", "person", "Whose", show=False, tooltip="Whose takes: yours, everybody's, one learner's"),
        Binding("escape", "out", "Out of the search, or back", show=False),
        Binding("tab", "out", "To the list", show=False),
        *(
            Binding(key, f"list('{name}', {by})", says, show=False)
            for key, name, by, says in (
                ("down", "move", 1, "Down"), ("up", "move", -1, "Up"),
                ("pagedown", "turn", 1, "Page down"), ("pageup", "turn", -1, "Page up"),
                ("ctrl+home", "edge", 0, "Top"), ("ctrl+end", "edge", -1, "Bottom"),
            )
        ),
    ]  # fmt: skip

    def __init__(self, words: str = "") -> None:
        super().__init__()
        self.first_words = words
        self.sort = "newest"
        self.kept = 0
        """which of `FILTERS`"""
        self.whose: str | None = None
        """a learner; empty: everybody; None: the one who is here"""
        self.rows: dict[str, TakeRow] = {}
        """what is known, by name"""
        self._reading = ""
        self._stale, self._busy, self._top, self._opening = False, False, True, False
        self._looked = False
        """a look at the folder has been begun since the shelf was come back to"""
        self._settled = False
        """the last look is over"""
        self._window = (0, FIRST)

    def compose(self) -> ComposeResult:
        yield Static("All takes", id="title", classes="bar", markup=False)
        yield Field(self.first_words, placeholder="/ searches in all that was said and noted", id="words")
        yield LongSheet(id="takes")
        yield Static("", id="how", classes="bar quiet", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        super().on_mount()
        self._sheet.focus()

    def on_screen_resume(self) -> None:
        self._ask(top=False)  # what is known already stands at once

    @property
    def _sheet(self) -> LongSheet:
        return self.query_one(LongSheet)

    # --- keeping up with the folder

    @work(thread=True, exclusive=True, group="look", name="load")
    def look(self) -> None:
        """Take in what has changed in the folder; the list is read again after it, and while it takes long."""
        try:
            self.tt.shelf.index.look(progress(self))
        except Stopped:
            return
        self.post_message(Reading(0, 0))

    def on_screen_suspend(self) -> None:
        self._looked = False

    def on_reading(self, message: Reading) -> None:
        self._settled = message.done >= message.all
        self._reading = f"reading {message.done:,} of {message.all:,}" if message.done < message.all else ""
        self._ask(top=False)

    def _wanted(self) -> Wanted:
        kept = FILTERS[self.kept]
        learner = self.tt.settings.learner if self.whose is None else self.whose
        words = self.query_one(Input).value
        return Wanted(words, learner, status=kept.status, archived=kept.archived, sort=self.sort)

    def _ask(self, *, top: bool) -> None:
        """Ask the index for the rows around the cursor, or those at the top of another list."""
        self._top = self._top or top
        self._window = (0, FIRST) if self._top else self._sheet.window()
        self._stale = True
        if not self._busy:
            self._busy = True
            self._fetch()

    @work(name="load", group="fetch")
    async def _fetch(self) -> None:
        while self._stale:
            self._stale = False
            wanted, (first, most), top = self._wanted(), self._window, self._top
            total, rows = await asyncio.to_thread(self._page, wanted, first, most)
            if wanted == self._wanted():
                self._top = self._top and not top
                self._show(total, first, rows, 0 if top else self._sheet.at)
            await asyncio.sleep(0)  # keys that came meanwhile are taken first
        self._busy = False
        if not self._looked:
            self._looked = True
            self.look()
        if self._opening:
            self._opening = False
            self.action_open()

    def _page(self, wanted: Wanted, first: int, most: int) -> tuple[int, list[TakeRow]]:
        index = self.tt.shelf.index
        return index.count(wanted), index.rows(wanted, most, first, look=False)

    def _show(self, total: int, first: int, rows: list[TakeRow], at: int) -> None:
        self._keep(rows)
        self._sheet.show_rows(total, first, map(row_pair, rows), at=at)
        self._how()
        self.refresh_bindings()

    def _keep(self, rows: list[TakeRow]) -> None:
        known = {pair[0].key for pair in self._sheet.known()}
        self.rows = {name: row for name, row in self.rows.items() if name in known}
        self.rows.update({row.name: row for row in rows})

    @work(name="load", group="missing", exclusive=True)
    async def on_long_sheet_missing(self, event: LongSheet.Missing) -> None:
        """Fetch what has come into sight."""
        wanted = self._wanted()
        rows = await asyncio.to_thread(self.tt.shelf.index.rows, wanted, event.most, event.first, look=False)
        if wanted == self._wanted() and not self._stale:
            self._keep(rows)
            event.sheet.put(event.first, map(row_pair, rows))

    def _how(self) -> None:
        """Say how many there are, and what the list is."""
        total, learner = self._sheet.total, self.tt.settings.learner
        self.query_one("#title", Static).update(
            " · ".join(("All takes", f"{total:,}", *([self._reading] if self._reading else [])))
        )
        whose = learner if self.whose is None else self.whose
        person = "everybody's" if not whose else "yours" if whose == learner else f"{clean_line(whose)}'s"
        order = ORDERS.get(self.sort, f"by {self.sort}")
        how = f"f {FILTERS[self.kept].says}   s {order}   p {person}"
        if not total and self._settled:
            how += "   Nothing is like that."
        self.query_one("#how", Static).update(how)

    # --- another list

    def on_input_changed(self) -> None:
        self._ask(top=True)

    def on_input_submitted(self) -> None:
        self._opening = True  # letters that were typed before it come first
        self._ask(top=False)

    def action_search(self) -> None:
        self.query_one(Input).focus()

    def action_out(self) -> None:
        """From the words to the list; from the list to all takes, and then back."""
        field = self.query_one(Input)
        if field.has_focus:
            self._sheet.focus()
        elif field.value:
            field.value = ""
        else:
            self.action_back()

    def action_filter(self) -> None:
        self.kept = (self.kept + 1) % len(FILTERS)
        self._ask(top=True)

    def action_sort(self) -> None:
        sorts = list(SORTS)
        self.sort = sorts[(sorts.index(self.sort) + 1) % len(sorts)]
        self._ask(top=True)

    @work(group="person")
    async def action_person(self) -> None:
        """Yours, everybody's, then one learner after the other."""
        own = self.tt.settings.learner
        others = [name for name in await asyncio.to_thread(self.tt.shelf.index.learners) if name != own]
        steps: list[str | None] = [None, "", *others]
        at = steps.index(self.whose) if self.whose in steps else 0
        self.whose = steps[(at + 1) % len(steps)]
        self._ask(top=True)

    # --- with one take

    @property
    def row(self) -> TakeRow | None:
        """The take under the cursor."""
        return self.rows.get(self._sheet.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "undo":
            return self.tt.shelf.bin_filled
        if action in ("open", "label", "note", "archive", "delete", "replay"):
            return self.row is not None
        return True

    def action_list(self, name: str, by: int) -> None:
        sheet = self._sheet
        {"move": sheet.action_move, "turn": sheet.action_turn, "edge": sheet.action_edge}[name](by)

    def action_open(self) -> None:
        self._sheet.action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        row = self.rows.get(event.key)
        if row is None:
            return
        if row.status == "unfinished":
            self.tt.resume_take(row.name)
        else:
            self.tt.open_take(row.name)

    def action_replay(self) -> None:
        if row := self.row:
            self.tt.replay_take(row.name)

    @work
    async def action_label(self) -> None:
        """Put a label on, or take it off where it is on."""
        if (row := self.row) is None:
            return
        on = (
            f"On it: {', '.join(map(clean_line, row.labels))}. Type one again to take it off. "
            if row.labels
            else ""
        )
        hint = f"{on}Enter keeps it, Ctrl+G goes back."
        if text := await self.app.push_screen_wait(AskLine(f"Label for {_named(row)}", hint=hint)):
            self._do(lambda: put_label(self.tt.shelf, row.name, text, on=clean_line(text) not in row.labels))

    @work
    async def action_note(self) -> None:
        """Note something about the take."""
        if row := self.row:
            text = await self.app.push_screen_wait(AskLine(f"Note about {_named(row)}"))
            if text and self._do(lambda: put_note(self.tt.shelf, row.name, text)):
                self.tt.say("Noted. The search finds it.")

    def action_archive(self) -> None:
        """Put it away, or back."""
        if row := self.row:
            on = ARCHIVED not in row.labels
            if self._do(lambda: archive(self.tt.shelf, row.name, on=on)):
                self.tt.say(
                    "Archived. It counts all the same; f shows what is archived."
                    if on
                    else "Back in the list."
                )

    @work
    async def action_delete(self) -> None:
        """Delete it, after asking once."""
        if (row := self.row) is None:
            return
        question = (
            f"Delete {_named(row)}? u brings it back until you leave Take Two; then it is gone for good."
        )
        if await self.app.push_screen_wait(AskYes(question)) and self._do(
            lambda: self.tt.shelf.delete(row.name)
        ):
            self.tt.say("Deleted. u brings it back until you leave.")

    def action_undo(self) -> None:
        """Bring back what was deleted last."""
        back: list[str] = []
        if self._do(lambda: back.append(self.tt.shelf.restore())):
            self.tt.say(
                "It is back."
                if any(back)
                else "It is gone: another take has its name, or the bin was emptied."
            )

    def _do(self, what: Callable[[], object]) -> bool:
        """Do it, and read the list again; False where it could not be done, which is said."""
        try:
            what()
        except PROBLEMS as error:
            self.tt.say(str(error), problem=True)
            return False
        except OSError as error:
            self.tt.say(f"It cannot be done. {disk.reason(error).what}.", problem=True)
            return False
        self.look()
        return True

    def action_back(self) -> None:
        self.app.pop_screen()


def row_pair(row: TakeRow) -> Pair:
    """A take in two lines."""
    labels = [clean_line(label) for label in row.labels if label != ARCHIVED]
    title = clean_line(row.title or row.name) + (f" [{', '.join(labels)}]" if labels else "")
    if row.status in ("damaged", "unreadable"):
        about = clean_line(row.message)
        return Block(title, "bad", key=row.name, lead="  ", tail=row.status), Block(
            about, "quiet", lead="    "
        )
    tail = "unfinished" if row.status == "unfinished" else result_words(row)
    parts = [
        row.created[:16].replace("T", " "),
        clean_line(row.learner, 30) + (f" with {clean_line(row.trainer, 30)}" if row.trainer else ""),
        f"{clock(row.ms)}, {count(row.decisions, 'decision')}",
        row.mode,
        *(["practised"] if row.practised else []),
        *([clean_line(row.message)] if row.message else []),
    ]
    return Block(title, "", key=row.name, lead="  ", tail=tail), Block(
        " · ".join(parts), "quiet", lead="    "
    )


def _named(row: TakeRow) -> str:
    return f"{clean_line(row.title or row.name, 60)} of {row.created[:16].replace('T', ' ')}"
