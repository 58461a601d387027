"""The learner's seat in a paired session: the conversation as it happens at the trainer's, and what is theirs to do."""

from time import monotonic
from typing import TYPE_CHECKING, ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.widgets import Input, Static

from taketwo.pairing.telling import SAY_ALOUD, asks_help, conversation, cut, moment
from taketwo.take.events import Heard, Moved
from taketwo.text import clean
from taketwo.tui.ask import AskLine, AskYes, Page
from taketwo.tui.field import TYPED_LIMIT, Field
from taketwo.tui.following import Following
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.presence import Presence
from taketwo.tui.seat_blocks import briefing_blocks, reply_blocks, side_blocks, talk_blocks
from taketwo.tui.sheet import Block, Sheet
from taketwo.wording import clock

if TYPE_CHECKING:
    from taketwo.pairing.protocol import Do, View
    from taketwo.tui.joined import Joined

LEAVE = (
    "Leave for good? Yes ends the session for you; a take that is not over stays with your trainer."
    " No keeps it: close the program with Ctrl+Q, and `taketwo join` goes on with it."
)


class SeatScreen(TakeTwoScreen):
    """One session, take after take."""

    CSS = """
    SeatScreen #cut { display: none; height: auto; padding: 0 1; background: $panel; color: $text-warning; text-style: bold; }
    SeatScreen.-cut #cut { display: block; }
    SeatScreen #talk { padding: 0 1; }
    SeatScreen #side { display: none; width: 34; padding: 0 1; border-left: solid $panel; }
    SeatScreen.-wide #side { display: block; }
    SeatScreen #meters { display: block; height: auto; padding: 0 1; color: $text-muted; }
    SeatScreen.-wide #meters { display: none; }
    SeatScreen #own { display: none; border: round $accent; height: 3; margin: 0 1; }
    SeatScreen #replies { height: auto; max-height: 55%; padding: 0 1; border-top: solid $panel; }
    SeatScreen.-saying #own { display: block; }
    SeatScreen.-saying #replies, SeatScreen.-none #replies { display: none; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"pick({n})", f"Reply {n}", show=False) for n in range(1, 10)),
        Binding("enter", "say", "Say it", key_display="Enter"),
        Binding("enter", "debrief", "Debrief", key_display="Enter"),
        Binding("a", "ask", "Ask", tooltip="Ask your trainer for help; they see it until it is answered"),
        Binding("h", "hint", "Hint"),
        Binding("u", "rewind", "Take back"),
        Binding(
            "w", "own", "Words", show=False, tooltip="In your own words first; as the customer, what they say"
        ),
        Binding("f", "facts", "Notes"),
        Binding("i", "briefing", "Briefing", show=False),
        Binding("n", "note", "Note down", show=False),
        Binding("p", "pause", "Pause"),
        Binding("p", "resume", "Go on"),
        Binding("x", "abandon", "End the take", show=False),
        Binding("q", "leave", "Leave"),
        Binding("full_stop", "silence", "Silence", key_display="."),
        Binding(
            "escape,ctrl+g", "keys", "Keys", key_display="Esc", tooltip="Out of the field: letters are keys"
        ),
        Binding("pageup", "scroll(-1)", "Scroll back", show=False, priority=True),
        Binding("pagedown", "scroll(1)", "Scroll on", show=False, priority=True),
    ]

    def __init__(self, joined: "Joined") -> None:
        super().__init__()
        self.joined = joined
        self.guest = joined.guest
        self.stands = False
        """it has been laid out, and can show something"""
        self.own_words = False
        self._worded = 0
        """the event after which the learner has said it in their own words, or passed"""
        self._take = ""
        """the take whose briefing has been shown"""
        self._view: View | None = None
        self._since = 0.0
        self._talked: list[Block] = []
        self._menu: list[Block] = []
        self._presence = Presence(self, lambda cursor, typing: self.guest.present(cursor, typing=typing))

    def compose(self) -> ComposeResult:
        yield Static(id="top", classes="bar", markup=False)
        yield Static(id="cut", markup=False)
        yield Static(id="meters", markup=False)
        with Horizontal():
            yield Following(id="talk", measure=100)
            with Vertical(id="side"):
                yield Sheet(id="facts")
        yield Field(id="own", max_length=TYPED_LIMIT, disabled=True)
        yield Sheet(id="replies")
        yield Footer()

    def on_mount(self) -> None:
        self.query_one("#facts", Sheet).can_focus = False
        self.own_words = self.tt.settings.own_words
        self.set_interval(0.5, self._tick)
        self.query_one("#replies", Sheet).focus()
        self.stands = True
        self.news()

    def on_unmount(self) -> None:
        self.stands = False

    # --- showing

    def news(self) -> None:
        """Show where the take stands now."""
        if self._view is not self.guest.view:
            self._view, self._since = self.guest.view, monotonic()
        with self.app.batch_update():
            banner = cut(self.guest)
            self.query_one("#cut", Static).update(banner)
            self._talk()
            self.set_class(bool(banner), "-cut")
            self._standing()
            self._replies()
        self.refresh_bindings()
        if self.guest.take != self._take and self.guest.events and self.guest.view.status == "playing":
            self._take = self.guest.take
            begun = any(isinstance(event, Moved) for event in self.guest.events)
            if not begun and self.guest.view.left_ms < 0:  # a clock that runs does not wait for a page
                self.action_briefing()

    def _talk(self) -> None:
        guest = self.guest
        customer = guest.view.seat == "customer"
        blocks = [Block("i shows the briefing.", "quiet"), Block("")] if guest.briefing else []
        if not guest.events:
            blocks = briefing_blocks(self._goal, ())
        other = guest.other if customer else guest.trainer
        blocks += talk_blocks(conversation(guest.events, guest.feedback, other, customer=customer))
        if guest.view.answer and guest.view.held:
            who = other if customer else "You"
            blocks += [Block(who, "head"), Block(guest.view.answer, "you", lead="┃ ", hang="┃ "), Block("")]
        if (words := moment(guest)) and words != SAY_ALOUD:  # that stands in the field
            blocks.append(Block(words, "head"))
        elif blocks and not blocks[-1].text:
            blocks.pop()
        if blocks != self._talked:
            self._talked = blocks
            self.query_one("#talk", Sheet).show(blocks, end=bool(guest.events))

    @property
    def _goal(self) -> str:
        return self.guest.welcome.goal if self.guest.welcome else ""

    def _standing(self) -> None:
        """Meters, notes and the bar."""
        view = self.guest.view
        self.query_one("#meters", Static).update("   ".join(view.meters))
        side = side_blocks(
            view.meters, view.notes, asked=asks_help(self.guest.events), trainer=self.guest.trainer
        )
        sheet = self.query_one("#facts", Sheet)
        if side != sheet.blocks:
            sheet.show(side)
        self._bar()

    def _bar(self) -> None:
        guest, view = self.guest, self.guest.view
        parts = [f"watched by {guest.trainer}", view.phase]
        if guest.events:
            parts += [view.title, view.mode, "" if guest.state.over else f"decision {view.decision}"]
        left = self._left()
        if left >= 0:
            parts.insert(2, f"{clock(left)} left")
        if asks_help(guest.events):
            parts.insert(1, "help asked for")
        self.query_one("#top", Static).update(" · ".join(part for part in parts if part))

    def _left(self) -> int:
        """Milliseconds until silence happens; -1 without a clock. The host's clock is the one that counts."""
        view = self.guest.view
        if view.left_ms < 0 or self.guest.state.over:
            return -1
        runs = view.status == "playing" and not view.held and self.guest.line is not None
        passed = int((monotonic() - self._since) * 1000) if runs else 0
        return max(0, view.left_ms - passed)

    def _tick(self) -> None:
        if self.guest.view.left_ms >= 0:
            self._bar()

    def _replies(self) -> None:
        """What there is to choose, dimmed while it is not the learner's; or the field for their own words."""
        view = self.guest.view
        options = view.reactions if view.seat == "customer" else view.replies
        if view.status != "playing" or not self.guest.events or (view.held and view.seat != "customer"):
            options = ()
        theirs = self._can_answer or (self._plays and view.seat == "customer")
        blocks = reply_blocks(options, choosable=theirs)
        sheet = self.query_one("#replies", Sheet)
        if blocks != self._menu:
            same = [block.text for block in blocks] == [block.text for block in self._menu]
            key = sheet.key if same else ""
            self._menu = blocks
            sheet.show(blocks, key=key or (options[0][0] if options else ""))
        self.set_class(not blocks, "-none")
        self._ask_own(self._saying())
        if blocks and not self.has_class("-saying") and self.focused is not sheet:
            self.call_after_refresh(sheet.focus)  # it was out of sight, and the focus with it
        self._present()

    @property
    def turned(self) -> int:
        """The seq of the customer's last words."""
        return next((event.seq for event in reversed(self.guest.events) if isinstance(event, Heard)), 0)

    def _saying(self) -> bool:
        view = self.guest.view
        if not self._can_answer:
            return False
        if view.spoken:
            return True
        return (
            self.own_words and view.mode == "coached" and bool(view.replies) and self._worded != self.turned
        )

    def _ask_own(self, saying: bool) -> None:
        if saying == self.has_class("-saying"):
            return
        field = self.query_one("#own", Input)
        self.set_class(saying, "-saying")
        field.disabled = not saying  # else the focus goes to it when the replies are out of sight
        if saying:
            field.value = ""
            spoken = self.guest.view.spoken
            field.placeholder = (
                SAY_ALOUD
                if spoken
                else "What would you say? Type it, or say it aloud. Enter shows the replies."
            )
            field.focus()
        else:
            self.query_one("#replies", Sheet).focus()

    # --- presence

    def _present(self) -> None:
        """Let the trainer see where the cursor is."""
        field = self.query_one("#own", Input)
        typing = self.has_class("-saying") and bool(field.value)
        cursor = (
            "" if self.has_class("-saying") or not self._can_answer else self.query_one("#replies", Sheet).key
        )
        if self.guest.line:
            self._presence.at(cursor, typing=typing)

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        self._present()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._present()

    # --- what works now

    @property
    def _plays(self) -> bool:
        """The take goes on, and the line stands."""
        guest = self.guest
        return bool(guest.line and guest.events and not guest.state.over and guest.view.status == "playing")

    @property
    def _can_answer(self) -> bool:
        """It is the learner's to answer."""
        view = self.guest.view
        return self._plays and view.seat != "customer" and view.wheel == "learner" and not view.held

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        guest, view = self.guest, self.guest.view
        customer = view.seat == "customer"
        on = bool(guest.events) and not guest.state.over
        rules = {
            "say": not guest.opened and (self._can_answer or (customer and self._plays)),
            "pick": bool(self._menu),
            "keys": self.has_class("-saying") and self.query_one("#own", Input).has_focus,
            "debrief": guest.opened is not None,
            "ask": on and not customer,
            "hint": self._can_answer and view.mode == "coached",
            "rewind": self._can_answer and view.rewind,
            "own": self._can_answer and view.mode == "coached" if not customer else self._plays,
            "silence": self._can_answer and view.silence,
            "facts": bool(view.notes),
            "briefing": bool(guest.briefing),
            "note": on,
            "pause": self._plays and (view.mode == "coached" or view.left_ms < 0),
            "resume": on and guest.line is not None and view.status == "paused",
            "abandon": on and guest.line is not None and not customer,
        }
        return rules.get(action, True)

    # --- doing

    def _do(self, do: "Do", what: str = "", text: str = "", about: int = 0) -> None:
        if do != "remark" and self.guest.waits:
            return  # what was asked for before is not answered yet
        self.guest.do(do, what, text, about)

    def action_pick(self, number: int) -> None:
        keys = [block.key for block in self._menu if block.key]
        if number <= len(keys):
            self.query_one("#replies", Sheet).go(keys[number - 1])

    def action_say(self) -> None:
        if self.has_class("-saying"):
            self.query_one("#own", Input).focus()
        else:
            self.query_one("#replies", Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        self._do("steer" if self.guest.view.seat == "customer" else "say", event.key)

    def action_debrief(self) -> None:
        self.joined.debrief()

    def action_ask(self) -> None:
        if asks_help(self.guest.events):
            self.tt.say(f"{self.guest.trainer} sees that you ask for help.")
        else:
            self._do("remark", "help", about=self.turned)

    def action_hint(self) -> None:
        self._do("hint", text="\n".join(self.tt.settings.films))

    def action_rewind(self) -> None:
        self._do("rewind")

    def action_silence(self) -> None:
        self._do("silence")

    def action_own(self) -> None:
        if self.guest.view.seat == "customer":
            self._type_as_customer()
        elif self.guest.view.spoken:
            self.query_one("#own", Input).focus()
        else:
            self.own_words = not self.own_words
            self._worded = 0
            self.tt.say("In your own words first." if self.own_words else "Straight to the replies.")
            self._ask_own(self._saying())
            self.refresh_bindings()

    @work
    async def _type_as_customer(self) -> None:
        """What the customer says, in one's own words."""
        text = await self.app.push_screen_wait(AskLine("What does the customer say?"))
        if text:
            self._do("steer", text=text)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        words = clean(event.value).strip()
        if words:
            self._do("remark", "own-words", words)
        event.input.value = ""
        self._worded = self.turned
        self._ask_own(self._saying())
        self._present()
        self.refresh_bindings()

    def action_keys(self) -> None:
        """Out of the field, so that letters are keys again."""
        self.set_focus(None)

    def action_facts(self) -> None:
        facts = [Block(fact, lead="· ", hang="  ") for fact in self.guest.view.notes]
        self.app.push_screen(Page("What you know", facts))

    def action_briefing(self) -> None:
        self.app.push_screen(
            Page("Briefing", briefing_blocks(self._goal, self.guest.briefing, self.guest.try_next))
        )

    @work
    async def action_note(self) -> None:
        """A note about this moment, which the trainer sees too."""
        text = await self.app.push_screen_wait(AskLine(f"Note; {self.guest.trainer} sees it too"))
        if text:
            self._do("remark", "note", text, self.guest.last)

    def action_pause(self) -> None:
        self._do("pause")

    def action_resume(self) -> None:
        self._do("resume")

    @work
    async def action_abandon(self) -> None:
        """End the take without an ending, after asking."""
        if await self.app.push_screen_wait(AskYes("End this take for both of you, without an ending?")):
            self._do("abandon")

    @work
    async def action_leave(self) -> None:
        """Leave the session for good, after asking."""
        if await self.app.push_screen_wait(AskYes(LEAVE)):
            self.joined.leave(for_good=True)

    def action_scroll(self, by: int) -> None:
        self.query_one("#talk", Sheet).action_turn(by)
