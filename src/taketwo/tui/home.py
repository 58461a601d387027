"""Home: what to practise next, what to go on with, what is done. It shows at once; the folders are read behind it.

What reads and lists them is imported behind the first picture as well.
"""

from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from importlib import import_module
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.widgets import Input, Static

from taketwo.text import clean_line
from taketwo.tui.ask import AskLine
from taketwo.tui.field import Field
from taketwo.tui.footer import Footer
from taketwo.tui.frame import Reading, Stopped, TakeTwoScreen, progress
from taketwo.tui.sheet import Block, Sheet

if TYPE_CHECKING:
    from taketwo.transcript.rows import TakeRow
    from taketwo.tui.listing import Shown

MANY = 500
"""takes whose first reading somebody would wait for"""


class Home(TakeTwoScreen):
    """Type to filter, arrows to move, Enter to open."""

    CSS = """
    Home Input { height: 3; margin: 0 1; border: round $primary 50%; background: transparent; }
    Home Input:focus { border: round $primary; }
    Home #list { margin: 0 1; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", key_display="Enter", priority=True),
        Binding("down", "list('move', 1)", "Down", show=False, priority=True),
        Binding("up", "list('move', -1)", "Up", show=False, priority=True),
        Binding("pagedown", "list('turn', 1)", "Page down", show=False, priority=True),
        Binding("pageup", "list('turn', -1)", "Page up", show=False, priority=True),
        Binding("ctrl+home", "list('edge', 0)", "Top", show=False, priority=True),
        Binding("ctrl+end", "list('edge', -1)", "Bottom", show=False, priority=True),
        Binding("escape", "clear", "Clear the filter", show=False),
        Binding("ctrl+q", "app.quit", "Quit", key_display="^q", priority=True),
        Binding("ctrl+t", "name", "Name", key_display="^t"),
        Binding("ctrl+o", "app.takes", "All takes", show=False, key_display="^o"),
        Binding("ctrl+r", "app.surprise", "Surprise", key_display="^r", tooltip="A scene that fits you"),
        Binding(
            "tab",
            "list('jump', 1)",
            "Jump",
            key_display="Tab",
            priority=True,
            tooltip="To the next part of the list",
        ),
        Binding("shift+tab", "list('jump', -1)", "Jump back", show=False, priority=True),
        Binding("ctrl+l", "app.progress", "Progress", key_display="^l", tooltip="Your skills over time"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown: Shown | None = None

    def compose(self) -> ComposeResult:
        yield Static("Take Two", id="title", classes="bar", markup=False)
        yield Field(placeholder="Type to find a scene or a take", id="filter")
        yield Sheet([Block("Reading the scenes …", "quiet")], id="list")
        yield Static("", id="where", classes="bar quiet", markup=False)
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#where", Static).update(clean_line(self.tt.where))
        self.query_one("#list", Sheet).can_focus = False
        self.query_one(Input).focus()
        if not (self.tt.settings.learner or self.tt.opening):
            self.first_start()

    def on_screen_resume(self) -> None:
        self._title()
        self.load()

    def _title(self) -> None:
        learner = self.tt.settings.learner
        self.query_one("#title", Static).update(f"Take Two{f' · {learner}' if learner else ''}")

    @work
    async def first_start(self) -> None:
        """Ask for a name, and for films, once."""
        name = await self.app.push_screen_wait(AskLine("Welcome to Take Two. What shall we call you?"))
        films = await self.app.push_screen_wait(
            AskLine(
                "Which films do you love? (optional, with commas)",
                hint="Hints come through them where they fit. Enter goes on.",
            )
        )
        loved = tuple(part.strip() for part in (films or "").split(",") if part.strip())
        self.tt.remember(learner=clean_line(name or "you", 80) or "you", films=loved)
        self._title()
        self.load()

    @work
    async def action_name(self) -> None:
        """Change the name that takes are kept under."""
        name = await self.app.push_screen_wait(AskLine("Who is practising?", value=self.tt.settings.learner))
        if name:
            self.tt.remember(learner=clean_line(name, 80))
            self._title()
            self.load()

    @work(thread=True, exclusive=True, group="load")
    def load(self) -> None:
        """Read both folders, away from the keyboard."""
        from taketwo.practice.find import practice
        from taketwo.transcript.past import due
        from taketwo.tui.listing import Shown

        tell = progress(self)
        summaries = self.tt.library.summaries()
        heads = self.tt.library.lesson_heads()
        skills = {key: skill for key, (_, skill) in heads.items()}
        titles = {key: title for key, (title, _) in heads.items()}
        sequels = {summary.id: summary.follows for summary in summaries if summary.follows}
        learner, now = self.tt.settings.learner, datetime.now(UTC)

        def shown(rows: "list[TakeRow]") -> Shown:
            stands = practice(self.tt.library, self.tt.programme, summaries, skills, rows, learner, now)
            back = due(rows, sequels, learner, self.tt.began)
            return Shown(summaries, rows, self.tt.shelf.samples(), titles, stands, back)

        def reading(done: int, all: int) -> None:
            tell(done, all)
            if not done and all >= MANY:  # scenes can be played meanwhile; what comes next is not known yet
                bare = shown([])
                self.app.call_from_thread(
                    self._loaded, replace(bare, practice=replace(bare.practice, suggestion=None))
                )

        try:
            rows = self.tt.shelf.rows(learner, reading)
        except Stopped:
            return
        self.app.call_from_thread(self._loaded, shown(rows))
        for later in ("taketwo.scenario.format", "taketwo.tui.briefing", "taketwo.tui.play"):
            import_module(
                later
            )  # while the learner looks, so that the first scene opens as fast as the second

    def _loaded(self, shown: "Shown") -> None:
        self.shown = shown
        with suppress(NoMatches):  # the program is ending meanwhile, and its widgets are gone
            self._show()

    def on_reading(self, message: Reading) -> None:
        """Say how far the takes are read, where there are many that are new."""
        far = f"Reading your takes: {message.done:,} of {message.all:,}" if message.done < message.all else ""
        with suppress(NoMatches):
            self.query_one("#where", Static).update(far or clean_line(self.tt.where))

    def on_input_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.shown is None:
            return
        from taketwo.tui.listing import home_blocks

        words = self.query_one(Input).value.casefold().split()
        sheet = self.query_one("#list", Sheet)
        blocks = home_blocks(self.shown, self.tt.settings.learner, words)
        keys = [block.key for block in blocks if block.key] or [""]
        key = sheet.key if sheet.key in keys else keys[0]
        sheet.show(blocks or [Block("Nothing here has these words. Esc clears them.", "quiet")], key=key)

    def action_list(self, name: str, by: int) -> None:
        sheet = self.query_one("#list", Sheet)
        {
            "move": sheet.action_move,
            "turn": sheet.action_turn,
            "edge": sheet.action_edge,
            "jump": sheet.action_jump,
        }[name](by)

    def action_clear(self) -> None:
        self.query_one(Input).value = ""

    def action_open(self) -> None:
        self.query_one(Input).call_later(self._open)  # letters that were typed before it come first

    def _open(self) -> None:
        self._show()
        self.query_one("#list", Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        kind, _, name = event.key.partition(":")
        if kind == "scene":
            self.tt.open_scene(name)
        elif kind == "listed":
            self.tt.open_scene(name.partition(":")[2])
        elif kind == "surprise":
            self.tt.open_surprise()
        elif kind == "shelf":
            self.tt.open_shelf(self.query_one(Input).value.strip())
        elif kind == "resume":
            self.tt.resume_take(name)
        else:
            self.tt.open_take(name)
