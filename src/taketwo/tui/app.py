"""The application: themes, settings, signals, and the screens that people walk through.

What only a take needs is imported when one is opened: Home is on the screen before that.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import secrets
import signal
import threading
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, ClassVar

from textual.app import App, SystemCommand
from textual.binding import Binding, BindingType
from textual.screen import Screen

from taketwo import settings
from taketwo.text import clean
from taketwo.transcript.journal import NotSaved, TakeInUse
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import Shelf, UnknownTake
from taketwo.tui.ask import Page
from taketwo.tui.help import help_blocks
from taketwo.tui.theme import THEMES, chosen

if TYPE_CHECKING:
    from pathlib import Path

    from taketwo.authoring.watch import Watched
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair
    from taketwo.scenario.library import Library
    from taketwo.scenario.model import Scenario
    from taketwo.session import Session
    from taketwo.settings import Settings
    from taketwo.take.commands import Start
    from taketwo.transcript.replaying import Pace
    from taketwo.transcript.rows import TakeRow


GONE = 2.0
"""seconds after which a program whose terminal went away ends in any case; the take is kept before"""


class TakeTwo(App[int]):
    """The full screen. `run()` returns the exit code."""

    TITLE = "Take Two"
    ENABLE_COMMAND_PALETTE = True
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012  # an instance variable of App
        (0, "-narrow"),
        (78, "-normal"),
        (110, "-wide"),
    ]
    CSS = """
    Screen { background: $background; }
    ModalScreen { background: $background 70%; }
    .bar { height: 1; width: 1fr; padding: 0 1; background: $panel; color: $text; }
    .quiet { color: $text-muted; }
    Footer { background: $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+q", "quit", "Quit", show=False, priority=True),
        Binding("f1,question_mark", "help", "Help", key_display="?"),
    ]

    def __init__(
        self,
        library: Library,
        shelf: Shelf,
        chosen_settings: Settings,
        *,
        where: str = "",
        problem: str = "",
        scene: str = "",
        take: str = "",
    ) -> None:
        super().__init__()
        self.library = library
        self.shelf = shelf
        self.settings = chosen_settings
        self.where = where
        """which folder keeps the takes, in words"""
        self.playing: Session | None = None
        """the take in hand, kept safe when the program is told to stop"""
        self.seed: int | None = None
        self.began = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        """when this sitting began: a customer calls back at the next one"""
        self.label = ""
        """put on every take that is begun"""
        self.hosting: Hosting | None = None
        """the session that is held here"""
        self.followed: dict[str, str] = {}
        """the take that each sequel, by its id, was last told of"""
        """a seed that was asked for on the command line"""
        self.opening: Callable[[TakeTwo], None] | None = None
        """what is shown first, over Home"""
        self.watched: Watched | None = None
        """a file that is read again whenever it is saved; takes of it are not kept"""
        self.programme: Path | None = None
        """a programme that was asked for on the command line"""
        self.surprise = False
        """whether to begin with a surprise"""
        self.code = 0
        self._problem, self._scene, self._take = problem, scene, take
        self._said = ""
        for theme in THEMES:
            self.register_theme(theme)
        name = chosen(chosen_settings.theme)
        self.theme = name if name in self.available_themes else THEMES[0].name

    def on_mount(self) -> None:
        from taketwo.tui.home import Home

        loop = asyncio.get_running_loop()
        for name, told in (("SIGTERM", self.stop), ("SIGHUP", self.hang_up)):
            if number := getattr(signal, name, None):
                with contextlib.suppress(NotImplementedError, RuntimeError, ValueError):
                    loop.add_signal_handler(number, told)
        self.theme_changed_signal.subscribe(self, lambda theme: self._keep_theme(theme.name))
        self.push_screen(Home())
        if self._scene:
            self.open_scene(self._scene)
        if self.surprise:
            self.open_surprise()
        if self._take:
            self.open_or_resume(self._take)
        if self.opening:
            self.opening(self)
        if self._problem:
            self.say(self._problem, problem=True)

    def stop(self) -> None:
        """Told to stop from outside: keep the take, leave the terminal as it was."""
        self.leave_take()
        self.shelf.empty_bin()
        self.exit(self.code)

    def hang_up(self) -> None:
        """The terminal went away. What writes to it may wait for ever, so the program does not wait for that long."""
        self.leave_take()
        last = threading.Timer(GONE, os._exit, [self.code])
        last.daemon = True
        last.start()
        self.stop()

    def leave_take(self) -> None:
        """Keep the take in hand for later, and a session that is held here."""
        if self.hosting:
            self.hosting.leave()
            self.hosting = None
        if self.playing:
            from taketwo.authoring.watch import TRIAL

            if not self.playing.state.over and self.playing.unsaved != TRIAL:
                self.code = 3
            self.playing.leave()
            self.playing.close()
            self.playing = None

    async def action_quit(self) -> None:
        """Quit; a take in hand is kept."""
        self.stop()

    def action_help(self) -> None:
        """Show what the keys do here."""
        if not isinstance(self.screen, Page):
            self.push_screen(Page("Help", help_blocks(self.screen.active_bindings.values())))

    def get_system_commands(self, screen: Screen[object]) -> Iterable[SystemCommand]:
        """The palette: themes, quit, help, and where things are kept."""
        yield SystemCommand("Help", "What the keys do here", self.action_help)
        for theme, says in zip(THEMES, ("Dark", "Light", "High contrast"), strict=True):
            yield SystemCommand(
                f"{says} theme", "Change the colours", lambda name=theme.name: self._set_theme(name)
            )
        yield SystemCommand("Where my takes are", "Show the folder", lambda: self.say(self.where))
        yield SystemCommand(
            "Where my settings are", "A file you can read", lambda: self.say(str(settings.settings_file()))
        )
        yield SystemCommand("Quit", "Leave; a take in hand is kept", self.stop)

    def _set_theme(self, name: str) -> None:
        self.theme = name

    def _keep_theme(self, name: str) -> None:
        if name != self.settings.theme and not name.startswith("ansi"):
            self.remember(theme=name)

    def remember(self, **changes: Any) -> None:
        """Change settings and write them down."""
        self.settings = replace(self.settings, **changes)
        if problem := settings.save(self.settings):
            self.say(problem, problem=True)

    def say(self, message: str, *, problem: bool = False) -> None:
        """A short notice; never markup. The same again takes the place of the one before."""
        if message == self._said:
            self.clear_notifications()
        self._said = message
        self.notify(clean(message), severity="warning" if problem else "information", markup=False)

    # --- the way through the program

    def open_scene(self, name: str) -> None:
        """The briefing of a scenario, by id or path."""
        from taketwo.tui.briefing import BriefingScreen

        self.push_screen(BriefingScreen(name))

    def open_surprise(self) -> None:
        """The briefing of a scene that fits the learner, without its title."""
        from taketwo.tui.briefing import BriefingScreen

        self.push_screen(BriefingScreen(""))

    def action_takes(self) -> None:
        """All takes."""
        self.open_shelf()

    def open_shelf(self, words: str = "") -> None:
        """The shelf, with what is looked for."""
        from taketwo.tui.shelf import ShelfScreen

        self.push_screen(ShelfScreen(words))

    def action_surprise(self) -> None:
        """A scene that the learner does not choose."""
        self.open_surprise()

    def begin(self, scenario: Scenario, start: Start | None = None) -> None:
        """A new take, in place of the screen that asked for it."""
        from taketwo.authoring.watch import trial
        from taketwo.session import begin

        start = start or self._start(scenario.id)
        on_trial = self.watched is not None and self.watched.path.stem == scenario.id
        self._play(trial(scenario, start) if on_trial else begin(self.shelf, scenario, start, self.label))

    def again(self, scenario: Scenario) -> None:
        """The same scenario from the start."""
        self.begin(scenario)

    def _start(self, scene: str) -> Start:
        """How the learner wants to play, by the settings."""
        from taketwo.take.commands import Start
        from taketwo.tui.briefing import PACES

        return Start(
            learner=self.settings.learner or "you",
            seed=secrets.randbelow(1 << 31) if self.seed is None else self.seed,
            mode=self.settings.mode,
            pace=PACES[self.settings.time],
            follows=self.followed.get(scene, ""),
        )

    def fork(self, session: Session, seq: int) -> None:
        """A new take from before a decision of another."""
        from taketwo.session import Refused, from_here

        try:
            self.begin(session.scenario, from_here(session, seq, self._start("")))
        except Refused as refusal:
            self.say(str(refusal), problem=True)

    def resume_take(self, name: str) -> None:
        """Go on with an unfinished take."""
        from taketwo.session import take_up

        try:
            session = take_up(self.shelf, name)
        except (TakeInUse, NotSaved, Unreadable, UnknownTake) as error:
            self.say(str(error), problem=True)
            return
        self._play(session, push=True)

    def open_or_resume(self, name: str, pace: Pace = "steps") -> None:
        """A take from the command line: replayed when it is over, gone on with when it is not."""
        session = self._look_at(name)
        if session is None:
            return
        if session.state.over or session.unsaved:
            self.replay(session, pace=pace, own=True)
            if session.unsaved:
                self.say(session.unsaved, problem=True)
        else:
            self._play(session, push=True)

    def open_take(self, name: str) -> None:
        """The debrief of a finished take."""
        from taketwo.tui.debrief import DebriefScreen

        if session := self._look_at(name):
            self.push_screen(DebriefScreen(session, asked=True))
            if session.unsaved:
                self.say(session.unsaved, problem=True)

    def replay_take(self, name: str) -> None:
        """Step through a take of the shelf, finished or not."""
        if session := self._look_at(name):
            session.close()
            self.replay(session)

    def _look_at(self, name: str) -> Session | None:
        """A take to look back at; None where there is none to read, which is said."""
        from taketwo.session import look_at

        try:
            return look_at(self.shelf, name)
        except (Unreadable, UnknownTake) as error:
            self.say(str(error), problem=True)
            return None

    async def listen(self, hosting: Hosting) -> bool:
        """Let others come in; where that cannot be, the program ends and says why."""
        from taketwo.pairing.server import CannotListen

        try:
            await hosting.open()
        except (CannotListen, OSError) as error:
            self.hosting = None
            self.exit(1, return_code=1, message=clean(str(error)))
            return False
        self.hosting = hosting
        hosting.host.complain = lambda words: self.say(words, problem=True)
        return True

    def begin_pair(self, scenario: Scenario, trainer: str, learner: str) -> None:
        """A take of two people at this keyboard, over the screen that asked for it."""
        from taketwo.session import begin
        from taketwo.tui.two import TwoScreen

        start = replace(self._start(scenario.id), learner=learner, trainer=trainer)
        self.push_screen(TwoScreen(begin(self.shelf, scenario, start, self.label)))

    def open_desk(self, pair: Pair) -> None:
        """The trainer's desk of a pair, or its debrief where the take is over."""
        from taketwo.tui.desk import DeskScreen
        from taketwo.tui.desk_debrief import DeskDebrief

        assert self.hosting
        over = pair.session is not None and pair.session.state.over
        self.push_screen(DeskDebrief(self.hosting, pair) if over else DeskScreen(self.hosting, pair))

    def _play(self, session: Session, *, push: bool = False) -> None:
        from taketwo.tui.play import PlayScreen

        screen = PlayScreen(session)
        self.push_screen(screen) if push else self.switch_screen(screen)

    def debrief(self, session: Session) -> None:
        """What the take was, after the learner's own judgement."""
        from taketwo.tui.debrief import DebriefScreen, JudgeScreen

        ended = session.state.status != "abandoned" and session.state.decisions
        self.switch_screen(JudgeScreen(session) if ended else DebriefScreen(session))

    def replay(self, session: Session, *, pace: Pace = "steps", own: bool = False) -> None:
        """A take as it happened; `own` where nobody else lets go of it afterwards."""
        from taketwo.tui.replay import ReplayScreen

        self.push_screen(ReplayScreen(session, pace=pace, own=own))

    def open_tree(self, name: str) -> None:
        """The takes of the scene of the take `name`, each under the one that it parted from."""
        from taketwo.tui.tree import TreeScreen

        self.push_screen(TreeScreen(name))

    def in_hand(self, name: str) -> bool:
        """Whether the take `name` is open on a screen below."""
        held = (getattr(screen, "session", None) for screen in self.screen_stack)
        return any(session.name == name for session in held if session)

    def open_row(self, row: TakeRow) -> None:
        """A take from a list: its debrief, or the take itself where it is not over."""
        self.resume_take(row.name) if row.status == "unfinished" else self.open_take(row.name)

    def compare(self, names: Sequence[str]) -> None:
        """Two takes side by side."""
        from taketwo.tui.compare import CompareScreen

        self.push_screen(CompareScreen(*names))

    def action_progress(self) -> None:
        """The learner over time."""
        from taketwo.tui.progress import ProgressScreen

        self.push_screen(ProgressScreen(self.settings.learner or "you"))

    def hollywood(self, scenario: Scenario) -> None:
        """The scene as films play it."""
        from taketwo.session import hollywood_take
        from taketwo.tui.hollywood import HollywoodScreen

        self.push_screen(HollywoodScreen(hollywood_take(scenario, self.settings.learner)))

    def save_elsewhere(self, session: Session, folder: str) -> str:
        """Write an unsaved take to another folder; a sentence that says how it went."""
        from taketwo.session import save_elsewhere

        try:
            return f"Saved as {save_elsewhere(session, folder)}."
        except NotSaved as error:
            return str(error)
