"""To join a session: the invitation, the line, the door, and a yes to being watched."""

from typing import ClassVar

from textual import events, work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.widgets import Input, Static

from taketwo.pairing.invitation import BadInvitation
from taketwo.pairing.joining import Joining
from taketwo.pairing.keeping import GuestFile, cut_off_there
from taketwo.pairing.telling import NOT_AGREED, waiting
from taketwo.text import clean, clean_line
from taketwo.tui.ask import AskYes
from taketwo.tui.field import Field
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.joined import Joined
from taketwo.tui.sheet import Block, Sheet

NAME_LENGTH = 80
PASTED_LIMIT = 20_000
"""characters of what is pasted: an invitation may stand in the midst of a mail"""
FRESH = "another"
"""the choice of another invitation, where a session was cut off"""


class InvitationField(Field):
    """Takes a paste of several lines as one."""

    def validate_value(self, value: str) -> str:
        return clean(value, PASTED_LIMIT)

    def _on_paste(self, event: events.Paste) -> None:
        event.prevent_default()
        event.stop()
        self.insert_text_at_cursor(" ".join(event.text.split()))


class JoinScreen(TakeTwoScreen):
    """One step after the other: again or anew, who one is, the invitation, then what the trainer's end says."""

    CSS = """
    JoinScreen Sheet { margin: 1 2; height: auto; max-height: 70%; }
    JoinScreen Input { display: none; margin: 0 2; border: round $primary; background: transparent; }
    JoinScreen.-name #name, JoinScreen.-invitation #invitation { display: block; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "Choose", key_display="Enter"),
        Binding("y", "agree(True)", "Yes"),
        Binding("n", "agree(False)", "No"),
        Binding("q,escape,ctrl+g", "back", "Back", key_display="q"),
    ]

    def __init__(
        self, learner: str = "", text: str = "", joined: Joined | None = None, *, observe: bool = False
    ) -> None:
        super().__init__()
        self.learner = learner
        self.text = text
        """an invitation that is there already"""
        self.observe = observe
        self.step = ""
        self.joined = joined
        """the session, where it is being joined"""
        self.joining: Joining | None = None
        self.stands = False
        self.left: list[GuestFile] = []

    def compose(self) -> ComposeResult:
        yield Static("Join a session", classes="bar", markup=False)
        yield Sheet(measure=100)
        yield Field(id="name", max_length=NAME_LENGTH)
        yield InvitationField(id="invitation")
        yield Footer()

    def on_mount(self) -> None:
        self.stands = True
        self.query_one("#name", Input).placeholder = "What shall your trainer call you?"
        self.query_one("#invitation", Input).placeholder = "taketwo1-…"
        self.learner = self.learner or self.tt.settings.learner
        self.left = [file for _, file in cut_off_there()]
        if self.joined:
            self.watch_door()
        elif self.left and not self.text:
            self._go("again")
        else:
            self._ask()

    def on_unmount(self) -> None:
        self.stands = False

    # --- steps

    def _go(self, step: str, *words: str) -> None:
        for name in ("name", "invitation"):
            self.set_class(step == name, f"-{name}")
        self.step = step
        sheet = self.query_one(Sheet)
        if step == "again":
            rows = [
                Block(
                    f"Go on with {file.trainer or 'your trainer'}, as {file.name}"
                    f"{', to observe' if file.seat == 'observer' else ''}",
                    key=str(n),
                    lead="  ",
                    tail=file.created[:10],
                )
                for n, file in enumerate(self.left)
            ]
            sheet.show(
                [
                    Block("A session was cut off", "title"),
                    Block(""),
                    *rows,
                    Block("Another invitation", key=FRESH, lead="  "),
                ]
            )
        else:
            sheet.show([Block(text) for text in words])
        if step in ("name", "invitation"):
            self.query_one(f"#{step}", Input).focus()
        else:
            sheet.focus()
        self.refresh_bindings()

    def _ask(self, problem: str = "") -> None:
        """Ask for what is not known yet."""
        if not self.learner:
            self._go("name", "Who are you? Your trainer reads it at the door.")
        elif not self.text:
            words = "Paste the invitation that your trainer sent you, then Enter. Several lines do no harm."
            self._go("invitation", *([problem, ""] if problem else []), words)
        else:
            self._join()

    def _join(self) -> None:
        text, self.text = self.text, ""
        try:
            joining = Joining.new(text, self.learner, self.tt.shelf, observe=self.observe)
        except BadInvitation as error:
            self._ask(str(error))
        except OSError as error:
            self._ask(f"What is needed for the session cannot be written down: {error.strerror or error}.")
        else:
            self._call(joining)

    def _resume(self, file: GuestFile) -> None:
        try:
            joining = Joining.again(file, self.tt.shelf)
        except BadInvitation as error:
            self._ask(str(error))
        else:
            self._call(joining)

    def _call(self, joining: Joining) -> None:
        self.joined = Joined(self.tt, joining.guest, joining.run)
        self.joining = joining
        self.watch_door()
        self.joined.start()

    def watch_door(self) -> None:
        """Show how far one has come."""
        if self.joined:
            self.joined.door = self
            self.news()

    def news(self) -> None:
        """What the trainer's end says."""
        guest = self.joined.guest if self.joined else None
        if guest is None or not self.stands:
            return
        if guest.over:
            self.joined = None
            self._ask(waiting(guest))
        else:
            hint = {"waiting": "q goes back.", "asked": "y yes   n no"}.get(guest.standing, "q goes back.")
            self._go("asked" if guest.standing == "asked" else "calling", waiting(guest), "", hint)

    # --- doing

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "agree":
            return self.step == "asked"
        return self.step == "again" if action == "choose" else True

    def action_choose(self) -> None:
        self.query_one(Sheet).action_choose()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        if event.key == FRESH:
            self._ask()
        elif event.key.isdigit() and int(event.key) < len(self.left):
            self._resume(self.left[int(event.key)])

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if event.input.id == "name":
            self.learner = clean_line(event.value, NAME_LENGTH)
            if self.learner and not self.tt.settings.learner:
                self.tt.remember(learner=self.learner)
        else:
            self.text, event.input.value = event.value, ""
        self._ask()

    def action_agree(self, yes: bool) -> None:
        if not self.joined:
            return
        if yes:
            self.joined.guest.agree()
        else:
            self._leave(for_good=True)
            self.tt.say(NOT_AGREED)

    @work
    async def action_back(self) -> None:
        """Back; a session that one was let in to before is kept, unless it shall be forgotten."""
        joining = self.joining if self.joined else None
        if joining is None or not joining.let_in:
            self._leave(for_good=True)
        else:
            forget = await self.app.push_screen_wait(
                AskYes("Forget this session? No keeps it, to go on with.")
            )
            self._leave(for_good=forget)

    def _leave(self, *, for_good: bool) -> None:
        joined, self.joined = self.joined, None
        self.app.pop_screen()
        if joined:
            joined.leave(for_good=for_good)
