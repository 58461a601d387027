"""The briefing: what the learner may know before the first word, and how they want to play."""

import secrets
from datetime import UTC, datetime
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Static

from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import UnknownScenario
from taketwo.scenario.model import Scenario
from taketwo.settings import Settings
from taketwo.transcript.past import Told, told
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import CHANNELS, LEVELS, follows_words

PACES = {"off": 0.0, "1": 1.0, "1.5": 1.5, "2": 2.0}
"""the choices of time: none, as written, and longer"""


class BriefingScreen(TakeTwoScreen):
    """Read, choose how, begin. Without a name it is a surprise: which scene it is, is not told before it starts."""

    CSS = "BriefingScreen Sheet { margin: 1 2; }"
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "begin", "Begin", key_display="Enter", priority=True),
        Binding("m", "mode", "Mode"),
        Binding("t", "time", "Time"),
        Binding("w", "words", "Words"),
        Binding("v", "hollywood", "Hollywood"),
        Binding("q,escape", "back", "Back", key_display="q"),
    ]

    def __init__(self, name: str) -> None:
        super().__init__()
        self.scene = name
        self.scenario: Scenario | None = None
        self.last = ""
        self.follows = ""

    def compose(self) -> ComposeResult:
        yield Static("Briefing", id="title", classes="bar", markup=False)
        yield Sheet([Block("Reading the scene …", "quiet")], measure=100)
        yield Footer()

    def on_mount(self) -> None:
        self.load()

    @work(thread=True)
    def load(self) -> None:
        """Read the scenario and what the learner wanted to try next."""
        try:
            scene = (
                told(self.tt.library, self.tt.shelf, self.scene, self.tt.settings.learner)
                if self.scene
                else Told(self._surprise())
            )
        except (ScenarioError, UnknownScenario) as error:
            findings = [str(f) for f in error.findings] if isinstance(error, ScenarioError) else [str(error)]
            self.app.call_from_thread(self._broken, findings)
            return
        last = self.tt.shelf.last_try(self.tt.settings.learner)
        self.app.call_from_thread(self._loaded, scene, last)

    def _surprise(self) -> Scenario:
        from taketwo.practice.find import surprise_scene

        seed = secrets.randbelow(1 << 31) if self.tt.seed is None else self.tt.seed
        rows, learner, now = self.tt.shelf.rows(), self.tt.settings.learner, datetime.now(UTC)
        return surprise_scene(self.tt.library, self.tt.programme, rows, learner, now, seed)

    def _broken(self, findings: list[str]) -> None:
        head = [Block("This scene cannot be played until its file is mended:", "bad")] if self.scene else []
        self.query_one(Sheet).show([*head, *(Block(text, lead="  ") for text in findings)])
        self.query_one(Sheet).focus()

    def _loaded(self, scene: Told, last: str) -> None:
        scenario = self.scenario = scene.scenario
        self.tt.followed[scenario.id] = scene.follows
        self.follows = follows_words(scene.row)
        self.last = last
        self.query_one("#title", Static).update(
            f"{scenario.title if self.scene else 'A surprise'} · briefing"
        )
        self._show()
        self.query_one(Sheet).focus()
        self.refresh_bindings()

    def _show(self) -> None:
        if self.scenario:
            self.query_one(Sheet).show(
                briefing_blocks(
                    self.scenario,
                    self.tt.settings,
                    self.last,
                    self.timed,
                    self.follows,
                    surprise=not self.scene,
                )
            )

    @property
    def timed(self) -> bool:
        """Whether any node of the scene has a clock."""
        return any(node.time_limit for node in self.scenario.nodes.values()) if self.scenario else False

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("begin", "mode", "time", "words", "hollywood") and self.scenario is None:
            return False
        if action == "hollywood":
            return bool(self.scene)
        if action == "words":
            return self.tt.settings.mode == "coached"
        return self.timed if action == "time" else True

    def action_mode(self) -> None:
        mode = "assessed" if self.tt.settings.mode == "coached" else "coached"
        self._keep(mode=mode)

    def action_time(self) -> None:
        paces = list(PACES)
        at = paces.index(self.tt.settings.time) if self.tt.settings.time in paces else 0
        self._keep(time=paces[(at + 1) % len(paces)])

    def action_words(self) -> None:
        self._keep(own_words=not self.tt.settings.own_words)

    def _keep(self, **changes: object) -> None:
        self.tt.remember(**changes)
        self._show()
        self.refresh_bindings()

    def action_hollywood(self) -> None:
        if self.scenario:
            self.tt.hollywood(self.scenario)

    def action_begin(self) -> None:
        if self.scenario:
            self.tt.begin(self.scenario)

    def action_back(self) -> None:
        self.app.pop_screen()


def briefing_blocks(
    scenario: Scenario,
    settings: Settings,
    last: str,
    timed: bool,
    follows: str = "",
    *,
    surprise: bool = False,
) -> list[Block]:
    """The page of a briefing; of a surprise, without what would tell which scene it is."""
    learner = settings.learner or "you"

    def fill(text: str) -> str:
        return text.replace("{learner}", learner)

    centre = " and ".join(scenario.lessons[key].title for key in scenario.centre if key in scenario.lessons)
    blocks = [
        Block(
            f"{LEVELS[scenario.level]} · {CHANNELS[scenario.channel]} · about {scenario.minutes} minutes",
            "quiet",
        ),
        Block(""),
        Block(fill(scenario.briefing.role), "head"),
        Block(fill(scenario.briefing.situation)),
    ]
    if follows:
        blocks += [Block(""), Block(follows, "you")]
    if scenario.briefing.facts:
        blocks += [
            Block(""),
            Block("You know", "head"),
            *(Block(fill(f), lead="  · ") for f in scenario.briefing.facts),
        ]
    if not surprise:
        blocks += [Block(""), Block(f"What it is about: {centre}", "head")]
        blocks += [
            Block(scenario.lessons[key].lesson, "quiet", lead="  ")
            for key in scenario.centre
            if key in scenario.lessons
        ]
    if last:
        blocks += [Block(""), Block("Last time you wanted to try", "head"), Block(last, "you", lead="  ")]
    coached = settings.mode == "coached"
    how = (
        "feedback after each reply, hints, and you can take a reply back"
        if coached
        else "no hints, no way back; feedback in the debrief"
    )
    words = f"{'on' if settings.own_words else 'off'}: before the replies appear you say what you would say"
    time = {
        "off": "off",
        "1": "on, as written",
        "1.5": "on, half as long again",
        "2": "on, twice as long",
    }.get(settings.time, "off")
    blocks += [
        Block(""),
        Block("How you play", "head"),
        Block(f"{settings.mode.capitalize()}: {how}.", lead="  m  "),
    ]
    if timed:
        blocks.append(Block(f"Time {time}.", lead="  t  "))
    if coached:
        blocks.append(Block(f"In your own words {words}.", lead="  w  "))
    return blocks
