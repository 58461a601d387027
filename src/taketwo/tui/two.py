"""Two people at one keyboard: the learner's screen as ever, and a line of keys for the trainer."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

from taketwo.pairing.pair import Pair
from taketwo.pairing.views import reactions
from taketwo.session import Session
from taketwo.take.commands import Say, StaySilent, Steer
from taketwo.tui.desk_blocks import mode_words, reaction_blocks
from taketwo.tui.play import PlayScreen
from taketwo.tui.sheet import Block, Sheet
from taketwo.tui.trainer import TrainerScreen, trainer_keys

KEYS = "WBTCLMPOND"
SPOKE = ":spoke"


class TwoScreen(PlayScreen, TrainerScreen):
    """A take of two. The trainer's keys are capital letters."""

    CSS = f"""{PlayScreen.CSS}
    TwoScreen #trainer {{ height: 1; color: $text-muted; padding: 0 1; width: 1fr; }}
    """
    BINDINGS: ClassVar[list[BindingType]] = trainer_keys(KEYS, show=False)
    hidden = True

    def __init__(self, session: Session) -> None:
        PlayScreen.__init__(self, session)
        self.pair = Pair(session.state.learner, session.started.trainer)
        self.pair.agreed = True
        self.pair.begin(session)
        self._spoke = -1
        """the seq of the turn at which the learner has spoken, and the replies are there to press"""

    def compose(self) -> ComposeResult:
        yield from super().compose()
        yield Static(id="trainer", markup=False)

    def on_mount(self) -> None:
        words = "Whisper, Barge in, Take over, Customer, Line, Mood, Place, Own words, Note, D rates"
        if self.app.size.width < 100:
            words = "Whisper Barge Take Customer Line Mood Place Own Note D rates"
        self.query_one("#trainer", Static).update(f"{self.pair.trainer}'s capitals: {words}")

    def _after(self) -> None:
        self._turn()

    def _show_turn(self) -> None:
        super()._show_turn()
        pair, replies = self.pair, self.query_one("#replies", Sheet)
        if pair.held:
            blocks = reaction_blocks(pair, self.session)
            replies.show(blocks, key=next(block.key for block in blocks if block.key))
        elif pair.spoken and self.session.state.wheel == "learner" and self._spoke != self.session.state.seq:
            ask = f"{pair.learner} says it aloud. Then Enter shows the replies, and {pair.trainer} presses the one that fits."
            replies.show([Block(ask, "hint", key=SPOKE, lead=" ")])
        elif mode := mode_words(pair, self.session, KEYS):
            replies.show([Block(mode, "hint", lead=" "), *replies.blocks], key=replies.key)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if not self.can(action):
            return False
        if self.pair.held and action in ("rewind", "silence", "hint", "own"):
            return False
        return super().check_action(action, parameters)

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        event.prevent_default()
        pair = self.pair
        if event.key == SPOKE:
            self._spoke = self.session.state.seq
            self._turn()
        elif pair.held:
            found = {each.key: each.steer for each in reactions(self.session, pair.held.command)}
            self.attempt(lambda: pair.let(found.get(event.key, Steer())))
        elif self.session.state.wheel == "trainer" or pair.spoken:
            self.attempt(lambda: pair.say(event.key))
        else:
            self.attempt(lambda: pair.answer(Say(event.key), "learner", ""))

    def _do_silence(self) -> None:
        by = self.session.state.wheel
        self.attempt(lambda: self.pair.answer(StaySilent(), by, ""))
