"""Home: what to go on with, what to practise, what is done. It shows at once; the folders are read behind it."""

from dataclasses import dataclass
from importlib import import_module
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from taketwo.scenario.library import Summary
from taketwo.text import clean_line
from taketwo.transcript.rows import TakeRow
from taketwo.tui.ask import AskLine
from taketwo.tui.field import Field
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import CHANNELS, LEVELS, count, percent, result_words


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the folders held when they were read."""

    summaries: list[Summary]
    rows: list[TakeRow]
    samples: list[TakeRow]
    lessons: dict[str, str]


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
        Binding("ctrl+l", "app.progress", "Progress", key_display="^l", tooltip="Your skills over time"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.shown: _Shown | None = None

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
        summaries = self.tt.library.summaries()
        rows = self.tt.shelf.rows()
        titles = self.tt.library.lesson_titles()
        self.app.call_from_thread(self._loaded, _Shown(summaries, rows, self.tt.shelf.samples(), titles))
        for later in ("taketwo.scenario.format", "taketwo.tui.briefing", "taketwo.tui.play"):
            import_module(
                later
            )  # while the learner looks, so that the first scene opens as fast as the second

    def _loaded(self, shown: _Shown) -> None:
        self.shown = shown
        self._show()

    def on_input_changed(self) -> None:
        self._show()

    def _show(self) -> None:
        if self.shown is None:
            return
        words = self.query_one(Input).value.casefold().split()
        sheet = self.query_one("#list", Sheet)
        blocks = home_blocks(self.shown, self.tt.settings.learner, words)
        sheet.show(
            blocks or [Block("Nothing here has these words. Esc clears them.", "quiet")], key=sheet.key
        )

    def action_list(self, name: str, by: int) -> None:
        sheet = self.query_one("#list", Sheet)
        {"move": sheet.action_move, "turn": sheet.action_turn, "edge": sheet.action_edge}[name](by)

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
        elif kind == "resume":
            self.tt.resume_take(name)
        else:
            self.tt.open_take(name)


def home_blocks(shown: _Shown, learner: str, words: list[str]) -> list[Block]:
    """The list: unfinished takes, scenes, finished takes; only rows that have all of `words`."""
    mine = [row for row in shown.rows if row.learner in ("", learner)]
    open_takes = [_take(row, "resume") for row in mine if row.status == "unfinished"]
    done = [_take(row, "take") for row in mine if row.status != "unfinished"]
    scenes = [
        _scene(summary, [r for r in mine if r.scenario == summary.id], shown.lessons)
        for summary in shown.summaries
    ]
    blocks: list[Block] = []
    samples = [] if done else [_take(row, "take") for row in shown.samples]
    sections = (
        ("Go on with", open_takes),
        ("Practise", scenes),
        ("Your takes", done),
        ("A take to look at", samples),
    )
    for head, rows in sections:
        kept = [row for row in rows if _has(row, words)]
        if kept:
            if blocks:
                blocks.append(Block(""))
            blocks.append(Block(head, "title"))
            blocks += [block for row in kept for block in row]
    return blocks


def _has(row: tuple[Block, Block], words: list[str]) -> bool:
    text = " ".join((row[0].key, row[0].text, row[0].tail, row[1].text)).casefold()
    return all(word in text for word in words)


def _scene(summary: Summary, rows: list[TakeRow], lessons: dict[str, str]) -> tuple[Block, Block]:
    if summary.error:
        return (
            Block(summary.title, "bad", key=f"scene:{summary.path}", lead="  ", tail="broken"),
            Block(summary.error, "quiet", lead="    "),
        )
    centre = ", ".join(lessons.get(key, key) for key in summary.centre)
    about = f"{LEVELS.get(summary.level, '')} · {CHANNELS.get(summary.channel, summary.channel)} · {summary.minutes} min · {centre}"
    return (
        Block(summary.title, "", key=f"scene:{summary.id}", lead="  ", tail=_results(rows)),
        Block(about, "quiet", lead="    "),
    )


def _results(rows: list[TakeRow]) -> str:
    finished = [row for row in rows if row.status == "ended" and row.craft is not None]
    if not finished:
        return "new" if not rows else ""
    best = max(finished, key=lambda row: (row.passed, row.craft or 0))
    word = "passed" if best.passed else "best"
    tail = f"{word} {percent(best.craft)}"
    return tail if best is finished[0] else f"{tail}, last {percent(finished[0].craft)}"


def _take(row: TakeRow, kind: str) -> tuple[Block, Block]:
    if row.message and row.status in ("damaged", "unreadable"):
        tail: str = row.status
        about = clean_line(row.message)
    else:
        tail = result_words(row) if row.status != "unfinished" else count(row.decisions, "decision")
        about = f"{row.created[:16].replace('T', ' ')} · {row.mode}" + (
            f" · {clean_line(row.message)}" if row.message else ""
        )
    return (
        Block(row.title or row.name, "", key=f"{kind}:{row.name}", lead="  ", tail=tail),
        Block(about, "quiet", lead="    "),
    )
