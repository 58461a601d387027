"""What a trainer does with a pair, wherever it is done from: at the desk, or at one keyboard with the learner."""

from collections.abc import Callable
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from taketwo.pairing.pair import Pair
from taketwo.session import Refused, Session
from taketwo.take.commands import Say, Steer
from taketwo.tui.ask import AskLine
from taketwo.tui.choose import Choose
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block
from taketwo.wording import meter_title, meter_words


def trainer_keys(keys: str, *, show: bool) -> list[BindingType]:
    """Bindings of the trainer's actions, by letters in the order whisper, barge, hand, steer, line, mood, place, spoken, note, rate."""
    rows = (
        ("whisper", "Whisper", "To the learner alone", True),
        ("barge", "Join", "Join in: the customer hears it", True),
        ("hand", "Take", "Take the conversation over, or hand it back", True),
        ("steer", "Customer", "Play the customer, or let the scenario do it", True),
        ("line", "Line", "As the customer: type what they say", False),
        ("mood", "Mood", "As the customer: change a meter", False),
        ("place", "Place", "As the customer: go to another place", False),
        ("spoken", "Aloud", "The learner speaks; you press the reply that fits", True),
        ("aside", "Note", "A private note: it stays in your copy", True),
        ("rate", "Rate", "The QA form", False),
    )
    return [
        Binding(key, action, says, show=show and shown, tooltip=about)
        for key, (action, says, about, shown) in zip(keys, rows, strict=True)
    ]


class TrainerScreen(TakeTwoScreen):
    """Actions of a trainer. `_after` shows what came of them."""

    BINDINGS: ClassVar[list[BindingType]] = []
    pair: Pair
    session: Session
    hidden = False
    """whether a private note may not be read while it is typed"""

    def _after(self) -> None:
        raise NotImplementedError

    def attempt(self, do: Callable[[], object]) -> bool:
        """Do it, or say why not; whether it was done."""
        try:
            do()
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return False
        finally:
            self._after()
        if self.session.unsaved:
            self.tt.say(self.session.unsaved, problem=True)
        return True

    def can(self, action: str) -> bool | None:
        """Whether a trainer's action works now."""
        pair, playing = self.pair, self.session.state.status == "playing"
        if action in ("line", "mood", "place"):
            return playing and not pair.swapped
        if action in ("steer", "spoken"):
            return not pair.swapped
        return True

    @work
    async def _type(
        self, question: str, hint: str, then: Callable[[str], object], hidden: bool = False
    ) -> None:
        hint = f"{hint} Ctrl+G goes back."
        text = await self.app.push_screen_wait(AskLine(question, hint=hint, hidden=hidden))
        if text:
            self.attempt(lambda: then(text))

    def action_whisper(self) -> None:
        """To the learner alone."""
        self._type(f"Whisper to {self.pair.learner}", "The customer does not hear it.", self.pair.whisper)

    def action_barge(self) -> None:
        """Join in: the customer hears it."""
        self._type("Join in", "The customer hears it.", self.pair.barge)

    def action_aside(self) -> None:
        """A private note."""
        seq = self.session.state.seq
        self._type(
            "Private note",
            "It stays in your copy, and out of exports.",
            lambda text: self.pair.note(text, seq),
            self.hidden,
        )

    def action_line(self) -> None:
        """As the customer: type what they say."""
        held = self.pair.held
        if held:
            reply = held.command.reply if isinstance(held.command, Say) else ""
            words = next((choice.text for choice in self.session.replies if choice.id == reply), "")
            hint = f"They said: “{words}”" if words else "They said nothing."
        else:
            hint = "They have not answered yet."
        self._type(f"What {self.session.speaker} says", hint, lambda text: self.pair.let(Steer(says=text)))

    def action_hand(self) -> None:
        """Take over, or hand back."""
        self.attempt(self.pair.hand)

    def action_steer(self) -> None:
        """Play the customer, or let the scenario do it."""
        self.attempt(lambda: self.pair.set_steering(not self.pair.steering))

    def action_spoken(self) -> None:
        """The replies hidden from the learner, or shown."""
        self.attempt(lambda: self.pair.set_spoken(not self.pair.spoken))

    @work
    async def action_mood(self) -> None:
        """As the customer: change a meter."""
        meters, now = self.session.scenario.meters, self.session.meters
        rows = [
            Block(f"{meter_title(meter)}: {meter_words(meter, now[key])}", key=key, lead=" ")
            for key, meter in meters.items()
        ]
        if not rows:
            self.tt.say("This customer has no meters.")
            return
        key = rows[0].key if len(rows) == 1 else await self.app.push_screen_wait(Choose("Which mood?", rows))
        if not key:
            return
        meter = meters[key]
        values = [
            Block(meter_words(meter, value), key=str(value), lead=" ")
            for value in range(meter.low, meter.high + 1)
        ]
        chosen = await self.app.push_screen_wait(Choose(meter_title(meter), values, str(now[key])))
        if chosen and int(chosen) != now[key]:
            self.attempt(lambda: self.pair.let(Steer(meters=((key, int(chosen)),))))

    @work
    async def action_place(self) -> None:
        """As the customer: go to another place of the scene."""
        scene, m, here = self.session.scenario, self.session.machine, self.session.state.position
        rows = [
            Block(
                f"{name}: {m.says(here._replace(node=name), self.session.state.seed)}",
                key=name,
                lead=" ",
                hang="   ",
            )
            for name in (*scene.nodes, *scene.endings)
            if name in scene.endings or m.knows(here._replace(node=name))
        ]
        chosen = await self.app.push_screen_wait(Choose("Where does the conversation go?", rows, here.node))
        if chosen:
            self.attempt(lambda: self.pair.let(Steer(to=chosen)))

    def action_rate(self) -> None:
        """The QA form."""
        from taketwo.tui.rating import RatingScreen

        self.app.push_screen(RatingScreen(self.session, rater=self.pair.trainer))
