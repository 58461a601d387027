"""Where a session begins: the invitation, who is at the door, who is in; from here to the desk of each pair."""

from secrets import randbelow
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.pairing.hosting import LOOPBACK
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import UnknownScenario
from taketwo.take.commands import Start
from taketwo.tui.ask import AskYes
from taketwo.tui.briefing import PACES
from taketwo.tui.choose import Choose, scene_rows
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair
    from taketwo.scenario.model import Scenario


class LobbyScreen(TakeTwoScreen):
    """One learner and a trainer; a class has a board of its own."""

    CSS = "LobbyScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "let_in", "Let in", tooltip="Let the first at the door come in"),
        Binding("z", "turn_away", "Send away"),
        Binding("enter", "go", "Begin", key_display="Enter", tooltip="Begin the take, or go to the desk"),
        Binding("s", "scene", "Scene", tooltip="Choose another scene"),
        Binding(
            "c", "copy", "Copy", tooltip="Copy the invitation, where the terminal lets a program do that"
        ),
        Binding("f", "phase", "Phase", show=False),
        Binding("q", "leave", "End", tooltip="End the session"),
    ]

    def __init__(self, hosting: "Hosting", scenario: "Scenario | None" = None) -> None:
        super().__init__()
        self.hosting = hosting
        self.scenario = scenario
        self.lines: list[str] = []
        self._stale = False
        self._visited: set[int] = set()

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self._listen()

    @work
    async def _listen(self) -> None:
        if not await self.tt.listen(self.hosting):
            return
        if self.hosting.problem:
            self.tt.say(self.hosting.problem, problem=True)
        self._show()
        self.query_one(Sheet).focus()

    def on_screen_resume(self) -> None:
        self.hosting.host.changed = self._changed
        self._changed()

    # --- showing

    def _changed(self) -> None:
        if not self._stale and self.is_attached:
            self._stale = True
            self.call_later(self._show)

    def _show(self) -> None:
        self._stale = False
        if not self.is_attached or self.tt.hosting is None:
            return
        hosting, host = self.hosting, self.hosting.host
        scene = self.scenario.title if self.scenario else "no scene yet"
        phase = hosting.frame.words(hosting.now())
        parts = ["A session", f"{host.file.trainer} trains", scene, self.tt.settings.mode, phase]
        self.query_one("#top", Static).update(" · ".join(part for part in parts if part))
        sheet = self.query_one(Sheet)
        people, invitation = self._people(), self._invitation()
        blocks = [*people, *invitation] if host.door or host.pairs else [*invitation[1:], Block(""), *people]
        sheet.show(blocks, key=sheet.key)
        self.refresh_bindings()
        ready = [p for p in host.pairs if p.session and p.number not in self._visited and p.on_line]
        if ready and self.app.screen is self:  # a session that was cut off: straight back to the desk
            self.open(ready[0])

    def _invitation(self) -> list[Block]:
        host, file = self.hosting.host, self.hosting.host.file
        if host.pairs:
            words = (
                f"{host.pairs[0].learner} has used it, and it lets nobody else in. After a cut or a crash"
                " `taketwo join` alone is enough for them; so is `taketwo host --again` for you."
            )
        else:
            words = (
                "The learner runs `taketwo join` and pastes it. It lets one person in, after you have seen who it is."
                " Their program knows yours by it: nobody else can answer in your place."
            )
        if file.address == LOOPBACK or file.address == "::1":
            where = (
                f"Only programs on this machine can come in ({file.address}:{file.port}). For a learner elsewhere:"
                " a tunnel, or start with --listen and an address of this machine."
            )
        else:
            where = f"Listening at {file.address}:{file.port}. Whoever has the invitation can knock."
        return [
            Block(""),
            Block("The invitation", "title"),
            Block(self.hosting.invitation(), lead="  ", hang="  "),
            Block(""),
            Block(words, "quiet"),
            *([] if host.pairs else [Block(""), Block(where, "quiet")]),
        ]

    def _people(self) -> list[Block]:
        host = self.hosting.host
        blocks = []
        if host.door:
            blocks.append(Block("At the door", "title"))
            blocks += [
                Block(
                    f"{v.name} asks to {'observe' if v.hello.seat == 'observer' else 'come in'}, from {v.line.address}",
                    "hint",
                    lead="  ",
                    tail="y lets in, z sends away",
                )
                for v in host.door
            ]
            blocks.append(Block(""))
        blocks.append(Block("Here", "title"))
        if not host.pairs:
            blocks.append(Block("Nobody yet.", "quiet", lead="  "))
        for pair in host.pairs:
            blocks.append(Block(f"{pair.learner}: {self._state(pair)}", key=str(pair.number), lead="  "))
            if pair.try_next:
                blocks.append(Block(f"Wanted to try: {pair.try_next}", "quiet", lead="    "))
        return blocks

    def _state(self, pair: "Pair") -> str:
        if not pair.on_line:
            return "cut off; called again until they are back"
        if not pair.agreed:
            return "is asked whether you may watch"
        if pair.session is None and pair.wish == "observer":
            return "came to observe, which only a class has (host --class). Enter begins a take of their own"
        if pair.session is None:
            return "is ready. Enter begins the take"
        return "is in a take. Enter goes to the desk"

    # --- doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        host = self.hosting.host
        if action in ("let_in", "turn_away"):
            return bool(host.door)
        if action == "go":
            return any(pair.agreed for pair in host.pairs)
        return True

    def action_let_in(self) -> None:
        """Let the first at the door come in."""
        try:
            self.hosting.host.let_in(self.hosting.host.door[0])
        except OSError as error:
            self.tt.say(f"The session cannot be written down: {error.strerror}.", problem=True)
            return
        self._changed()

    def action_turn_away(self) -> None:
        """Send the first at the door away."""
        self.hosting.host.turn_away(self.hosting.host.door[0])
        self._changed()

    def action_go(self) -> None:
        self.query_one(Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        pair = next((p for p in self.hosting.host.pairs if str(p.number) == event.key), None)
        if pair is None or not pair.agreed:
            self.tt.say("They have to say yes to being watched first.")
        elif pair.session:
            self.open(pair)
        elif self.scenario:
            self.begin(pair)
        else:
            self._choose(pair)

    def begin(self, pair: "Pair") -> None:
        """The take begins."""
        assert self.scenario
        chosen = self.tt.settings
        seed = randbelow(1 << 31) if self.tt.seed is None else self.tt.seed
        start = Start(seed=seed, mode=chosen.mode, pace=PACES[chosen.time])
        if self.hosting.frame.minutes and self.hosting.frame.phase == 0:
            self.hosting.next_phase()
        self.hosting.begin(pair, self.scenario, start)
        self.open(pair)

    def open(self, pair: "Pair") -> None:
        """The desk of a pair, or its debrief where the take is over."""
        self._visited.add(pair.number)
        self.tt.open_desk(pair)

    @work
    async def _choose(self, pair: "Pair | None" = None) -> None:
        rows = scene_rows(self.tt.library.summaries())
        chosen = await self.app.push_screen_wait(Choose("Which scene?", rows))
        if not chosen:
            return
        try:
            self.scenario = self.tt.library.load(chosen)
        except (ScenarioError, UnknownScenario) as error:
            self.tt.say(str(error), problem=True)
            return
        self._changed()
        if pair:
            self.begin(pair)

    def action_scene(self) -> None:
        """Choose another scene."""
        self._choose()

    def action_copy(self) -> None:
        """Copy the invitation."""
        self.app.copy_to_clipboard(self.hosting.invitation())
        self.tt.say("Copied, if your terminal lets programs copy. Else select it.")

    def action_phase(self) -> None:
        """The next phase."""
        self.hosting.next_phase()
        self._changed()

    @work
    async def action_leave(self) -> None:
        """End the session, after asking."""
        there = [pair.learner for pair in self.hosting.host.pairs if pair.on_line]
        question = f"End the session? {' and '.join(there)} will be told." if there else "End the session?"
        if await self.app.push_screen_wait(AskYes(question)):
            await self.hosting.close()
            self.tt.hosting = None
            self.app.pop_screen()
