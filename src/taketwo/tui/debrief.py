"""The debrief: first the learner's own judgement, then what the take was, then the next step."""

from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.analysis.background import solving
from taketwo.debrief import Debrief, Turn, debrief, turns
from taketwo.session import Session
from taketwo.take.commands import Remark
from taketwo.tui.ask import AskLine, AskYes
from taketwo.tui.debriefing import debrief_blocks
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.rated import RatedScreen
from taketwo.tui.sheet import Block, Sheet

STARS = {1: "1  furious", 2: "2  unhappy", 3: "3  it will do", 4: "4  content", 5: "5  delighted"}


class JudgeScreen(TakeTwoScreen):
    """Two questions before anything is shown: which reply would you take back, and how satisfied is the customer."""

    CSS = "JudgeScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", key_display="Enter"),
        *(Binding(str(n), f"pick({n})", str(n), show=False) for n in range(1, 10)),
        Binding("q,escape", "skip", "Skip", key_display="q"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.about = 0
        self.asked_about = False
        self.picks: dict[int, str] = {}
        """the key of what each number stands for"""

    def compose(self) -> ComposeResult:
        yield Static("Before you see anything", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        says = self.session.says
        own = [t for t in turns(self.session.events, self.session.scenario) if t.by == "learner"]
        self.picks = {turn.number: str(turn.seq) for turn in own}
        blocks = [
            Block(says, "customer", lead="┃ ", hang="┃ "),
            Block(""),
            Block("Which reply would you take back?", "title"),
            Block(""),
        ]
        blocks += [
            Block(t.said or "(you said nothing)", key=str(t.seq), lead=f" {t.number:>2} ", hang="    ")
            for t in own
        ]
        blocks.append(Block("None of them", key="0", lead="  0 "))
        self.query_one(Sheet).show(blocks)
        self.query_one(Sheet).focus()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        if not self.asked_about:
            self.asked_about = True
            self.about = int(event.key)
            self.picks = {number: str(number) for number in STARS}
            rows = [Block(words, key=str(number), lead=" ") for number, words in STARS.items()]
            self.query_one(Sheet).show(
                [Block("How satisfied is the customer?", "title"), Block(""), *rows], key="3"
            )
        else:
            self._done(int(event.key))

    def action_choose(self) -> None:
        self.query_one(Sheet).action_choose()

    def action_pick(self, number: int) -> None:
        if number in self.picks:
            self.query_one(Sheet).go(self.picks[number])

    def action_skip(self) -> None:
        self._done(0)

    def _done(self, stars: int) -> None:
        if self.about or stars:
            said = next(
                (t.said for t in turns(self.session.events, self.session.scenario) if t.seq == self.about), ""
            )
            self.session.do(Remark("prediction", said, about=self.about, value=stars))
        self.app.switch_screen(self.debrief())

    def debrief(self) -> "DebriefScreen":
        """What comes after it."""
        return DebriefScreen(self.session)


class _DebriefSheet(Sheet, inherit_bindings=False):
    """A sheet that leaves g to the map."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(each for each in Sheet.BINDINGS if not (isinstance(each, Binding) and each.key == "home,g")),
        Binding("home", "edge(0)", "Top", show=False),
    ]


class DebriefScreen(RatedScreen):
    """What the take was. Enter on a decision shows the better reply."""

    CSS = "DebriefScreen Sheet { margin: 0 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "better", "Better", key_display="Enter", tooltip="Show a better reply"),
        Binding("m", "mark", "Mark", tooltip="To the next decision that closed a door or made it harder"),
        Binding("h", "here", "Here", tooltip="Take it again from this decision"),
        Binding("a", "again", "Again", tooltip="Take it again from the start"),
        Binding("r", "replay", "Replay", tooltip="Step through the take"),
        Binding("g", "map", "Map", tooltip="The whole scene as a map, with your path"),
        Binding(
            "v", "hollywood", "Film", show=False, tooltip="The Hollywood cut: the scene as films play it"
        ),
        Binding("w", "tree", "Branches", show=False, tooltip="What if: the takes of this scene as a tree"),
        Binding("t", "try_next", "Next", tooltip="One thing to try next time"),
        Binding("n", "note", "Note down", show=False),
        Binding("q,escape", "back", "Done", key_display="q"),
    ]

    def __init__(self, session: Session, *, asked: bool = False) -> None:
        super().__init__(session)
        self.asked = asked
        """the question for the next step has been answered or passed"""
        self._width = 0

    def compose(self) -> ComposeResult:
        yield Static(f"{self.session.scenario.title} · debrief", classes="bar", markup=False)
        yield _DebriefSheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self._show()
        self.query_one(Sheet).focus()

    def on_unmount(self) -> None:
        self.let_go()

    def let_go(self) -> None:
        """Nobody remarks on the take any more."""
        self.session.close()

    def point(self, seq: int) -> None:
        """The cursor came to the decision `seq`."""

    def pointed(self, seq: int) -> None:
        """Look at the decision `seq`, which somebody else points at."""
        self.query_one(Sheet).go(str(seq))

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        if event.key.isdigit():
            self.point(int(event.key))

    def _show(self) -> None:
        solution = solving(self.session.scenario).result(0)
        if solution is None:
            self._wait()
        self.about: Debrief = debrief(self.session.events, self.session.scenario, solution)
        self._width = self._measure()
        sheet = self.query_one(Sheet)
        page = self.with_ratings(debrief_blocks(self.about, self._width, self.forks))
        sheet.show(page, key=sheet.key if sheet.scroll_y else "")

    @work(thread=True, exclusive=True, group="review")
    def _wait(self) -> None:
        """The scene is not solved yet: show the review when it is."""
        if solving(self.session.scenario).result():
            self.app.call_from_thread(self._show)

    def on_resize(self) -> None:
        if self._measure() != self._width:
            self._show()

    def _measure(self) -> int:
        """The longest line of the page, in cells."""
        return max(20, min(100, self.app.size.width - 6))

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "mark":
            return bool(self.about.review)
        if action == "tree":
            return bool(self.session.name)
        if action in ("better", "here", "replay"):
            return bool(self.session.state.decisions)
        return super().check_action(action, parameters)

    def _turn(self) -> Turn | None:
        key = self.query_one(Sheet).key
        return next((turn for turn in self.about.turns if str(turn.seq) == key), None)

    @property
    def _here(self) -> int:
        """The seq of the decision under the cursor, 0 where it is on something else."""
        key = self.query_one(Sheet).key
        return int(key) if key.isdigit() else 0

    def action_mark(self) -> None:
        """To the next decision that closed a door or made it harder."""
        sheet = self.query_one(Sheet)
        seqs = [turn.seq for turn in self.about.turns]
        marked = [
            str(s)
            for s in seqs
            if s in self.about.review and self.about.review[s].mark in ("closed", "harder")
        ]
        if marked:
            sheet.go(next((key for key in marked if int(key) > self._here), marked[0]))

    def action_better(self) -> None:
        self.query_one(Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        turn = self._turn()
        if turn is None:
            return
        if turn.better is None:
            self.tt.say("That was the best on offer.")
        elif turn.seq not in self.about.shown:
            self._remark(Remark("better-shown", about=turn.seq))
            self._show()

    def action_here(self) -> None:
        if turn := self._turn():
            self.tt.fork(self.session, turn.seq)

    def action_again(self) -> None:
        self.tt.again(self.session.scenario)

    def action_hollywood(self) -> None:
        self.tt.hollywood(self.session.scenario)

    def action_tree(self) -> None:
        self.tt.open_tree(self.session.name)

    def action_replay(self) -> None:
        self.tt.replay(self.session)

    @work
    async def action_map(self) -> None:
        """Every way through the scene. It shows all points, so it counts as having seen better replies."""
        from taketwo.tui.map import MapScreen

        if not self.about.shown and not self.about.started.practised:
            question = "The map shows every reply with its points: later passes of this scene count as practised. Open it?"
            if not await self.app.push_screen_wait(AskYes(question)):
                return
            self._remark(Remark("better-shown"))
            self._show()
        sheet = self.query_one(Sheet)
        self.app.push_screen(MapScreen(self.session, lambda seq: sheet.go(str(seq)), self._here))

    @work
    async def action_try_next(self) -> None:
        """The learner's own next step, shown before their next take."""
        await self._ask_try()

    async def _ask_try(self) -> None:
        text = await self.app.push_screen_wait(
            AskLine(
                "One thing to try next time",
                value=self.about.try_next,
                hint="You will see it before your next take. Ctrl+G passes.",
            )
        )
        self.asked = True
        if text and text != self.about.try_next:
            self._remark(Remark("try-next", text))
            self._show()

    @work
    async def action_note(self) -> None:
        """A note about the take."""
        text = await self.app.push_screen_wait(AskLine("Note about this take"))
        if text:
            self._remark(Remark("note", text))

    @work
    async def action_back(self) -> None:
        """Leave; the first time, ask for the next step."""
        if not self.asked and not self.about.try_next and self.session.state.status != "abandoned":
            await self._ask_try()
        self.app.pop_screen()
