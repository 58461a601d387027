"""Rating a take: the form on one side, what each rating means or the conversation on the other."""

from contextlib import suppress
from pathlib import Path
from typing import ClassVar

from textual import work
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from taketwo.qa.form import NA, Form
from taketwo.qa.sheet import Mark, Rating, blank, sheet
from taketwo.qa.source import the_form
from taketwo.qa.words import numbers_of
from taketwo.scenario.findings import ScenarioError
from taketwo.session import Refused, Session
from taketwo.take.commands import Rate
from taketwo.take.events import AnyEvent, Moved
from taketwo.text import clean_line
from taketwo.tui.ask import AskLine
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.rating_blocks import anchor_blocks, bar_words, form_blocks, talk_blocks
from taketwo.tui.sheet import Block, Sheet


class RatingScreen(TakeTwoScreen):
    """A trainer's rating of a take that is over or goes on. Every rating is kept at once."""

    CSS = """
    RatingScreen #body { layout: vertical; height: 1fr; }
    RatingScreen #form { margin: 0 1; height: 1fr; }
    RatingScreen #beside { height: 50%; padding: 0 1; border-top: solid $panel; }
    RatingScreen.-wide #body { layout: horizontal; }
    RatingScreen.-wide #beside { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(str(n), f"rate({n})", f"Rate it {n}", show=False) for n in range(7)),
        Binding("0-9", "rate(-2)", "Rate", tooltip="What the number means is on the other side"),
        Binding("x", "rate(-1)", "N/A", tooltip="It does not apply"),
        Binding("c", "comment", "Comment", tooltip="A comment on the rating"),
        Binding("e", "evidence", "Event", tooltip="The decision that shows it"),
        Binding("enter", "choose", "This one", key_display="Enter", tooltip="This decision shows it"),
        Binding("n", "next", "Next", show=False, tooltip="To the next that is not rated"),
        Binding("v", "view", "Talk", tooltip="The conversation, or what each rating means"),
        Binding("tab", "jump(1)", "Section", show=False, priority=True, tooltip="To the next section"),
        Binding("shift+tab", "jump(-1)", "Section before", show=False, priority=True),
        Binding("pagedown", "read(1)", "Read on", show=False, priority=True, tooltip="The other side: on"),
        Binding("pageup", "read(-1)", "Read back", show=False, priority=True, tooltip="The other side: back"),
        Binding("q,escape", "back", "Done", key_display="q"),
    ]

    def __init__(
        self,
        session: Session,
        rater: str = "",
        *,
        form: Path | None = None,
        at: int | None = None,
        own: bool = False,
    ) -> None:
        super().__init__()
        self.session = session
        self.rater = clean_line(rater, 80)
        self.asked = form
        """a form that was asked for, in place of the nearest"""
        self.own = own
        """whether the take is let go of when this screen is closed"""
        self.at = at
        """the event that was pointed at last; None: nobody has pointed yet"""
        self.form: Form | None = None
        self.pointing = False
        """the cursor is in the conversation"""
        self.reading = False
        """the conversation is shown, and not the anchors"""

    def compose(self) -> ComposeResult:
        yield Static("Rating", id="top", classes="bar", markup=False)
        with Container(id="body"):
            yield Sheet([Block("Reading the form …", "quiet")], id="form", measure=100)
            yield Sheet(id="beside", measure=100)
        yield Footer()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#beside", Sheet).can_focus = False
        self.query_one("#form", Sheet).focus()
        self.session.listeners.append(self._heard)
        self._load()

    def on_unmount(self) -> None:
        with suppress(ValueError):
            self.session.listeners.remove(self._heard)
        if self.own:
            self.session.close()

    @work(thread=True, exclusive=True, group="load", name="load")
    def _load(self) -> None:
        """Read the form, away from the keyboard."""
        try:
            form = the_form(self.tt.library.folder, self.asked)
        except ScenarioError as error:
            self.app.call_from_thread(self._broken, [str(finding) for finding in error.findings])
        else:
            self.app.call_from_thread(self._loaded, form)

    def _broken(self, findings: list[str]) -> None:
        blocks = [Block("The form cannot be used.", "title"), *(Block(text, "bad") for text in findings)]
        self.query_one("#form", Sheet).show(blocks)

    def _loaded(self, form: Form) -> None:
        self.form = form
        self._show()
        self._next()
        self.refresh_bindings()
        if not self.rater:
            self._ask_name()

    @work
    async def _ask_name(self) -> None:
        hint = "Ratings carry it, so that raters can be compared. Ctrl+G goes back."
        name = await self.app.push_screen_wait(
            AskLine("Who rates?", value=self.tt.settings.learner, hint=hint)
        )
        self.rater = clean_line(name or "", 80)
        if self.rater:
            self._show()
        else:
            self.app.pop_screen()

    def _heard(self, event: AnyEvent) -> None:
        """The take went on, or something was rated."""
        if self.form and self.is_attached:
            self.call_later(self._show)

    # --- showing

    @property
    def rating(self) -> Rating:
        """What this rater has rated so far."""
        assert self.form
        return sheet(self.session.events, self.form).of(self.rater) or blank(
            self.rater, self.form, self.session.events
        )

    @property
    def looking(self) -> int:
        """The event that a rating is shown by unless said: what was pointed at, else in a take that goes on the last decision."""
        if self.at is not None:
            return self.at
        last = (e.seq for e in reversed(self.session.events) if isinstance(e, Moved))
        return 0 if self.session.state.over else next(last, 0)

    @property
    def item(self) -> str:
        """The item under the cursor."""
        return self.query_one("#form", Sheet).key if self.form else ""

    def _show(self) -> None:
        if not (self.form and self.is_attached):
            return
        rating, numbers = self.rating, numbers_of(self.session.events, self.session.scenario)
        self.query_one("#top", Static).update(bar_words(rating), layout=False)
        self.query_one("#form", Sheet).show(form_blocks(rating, numbers))
        self._show_beside()

    def _show_beside(self) -> None:
        if self.form is None:
            return
        events, scenario = self.session.events, self.session.scenario
        side = self.query_one("#beside", Sheet)
        if self.pointing or self.reading:
            here = str(self._about(self.rating.marks.get(self.item)))
            side.show(
                talk_blocks(events, scenario),
                key=side.key if self.pointing and side.key else here,
            )
        else:
            numbers = numbers_of(events, scenario)
            side.swap(anchor_blocks(self.rating, self.item, events, numbers, self.looking), "top")

    def on_sheet_moved(self, event: Sheet.Moved) -> None:
        if event.sheet.id == "beside":
            self.at = int(event.key)
        else:
            self._show_beside()
            self.refresh_bindings()

    # --- rating

    def action_rate(self, value: int) -> None:
        """Rate the item under the cursor."""
        if self.form and value >= NA and self.rater:
            mark = self.rating.marks.get(self.item)
            self._rate(value, mark.text if mark else "", self._about(mark))

    def _about(self, mark: Mark | None) -> int:
        """The event that shows it: the one that is pointed at, else that of the rating before, else what is looked at."""
        return mark.about if mark and mark.about and not self.pointing else self.looking

    def _rate(self, value: int, text: str, about: int) -> None:
        assert self.form
        if why := self._wrong(value):
            self.tt.say(why)
            return
        try:
            self.session.do(Rate(self.form.label, self.item, value, text, about, self.rater), by="trainer")
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
        if self.session.unsaved:
            self.tt.say(self.session.unsaved, problem=True)

    def _wrong(self, value: int) -> str:
        """Why the item cannot be given `value`; empty where it can."""
        assert self.form
        if self.item in self.form.asks:
            return "" if value in (0, 1) else "0: it did not happen. 1: it happened, and fails the take."
        item = self.form.items[self.item]
        if value == NA:
            return "" if item.na else "This always applies."
        return "" if value <= item.top else f"Ratings go from 0 to {item.top}."

    @work
    async def action_comment(self) -> None:
        """Say why."""
        mark = self.rating.marks.get(self.item)
        if mark is None:
            self.tt.say("Rate it first; then say why.")
            return
        text = await self.app.push_screen_wait(AskLine("Comment on this rating", value=mark.text))
        if text is not None and text != mark.text:
            self._rate(mark.value, text, mark.about)

    # --- the event that shows it

    def action_evidence(self) -> None:
        """Into the conversation, to the decision that shows it; the second time, take the one under the cursor."""
        if self.pointing:
            self._point(int(self.query_one("#beside", Sheet).key or 0))
            return
        mark = self.rating.marks.get(self.item)
        self.at = self._about(mark)
        side = self.query_one("#beside", Sheet)
        self.pointing = side.can_focus = True
        side.show(
            talk_blocks(self.session.events, self.session.scenario),
            key=str(self.looking),
        )
        side.focus()
        self.refresh_bindings()

    def action_choose(self) -> None:
        """This decision."""
        if self.pointing:
            self._point(int(self.query_one("#beside", Sheet).key or 0))

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        if event.sheet.id == "beside" and self.pointing:
            self._point(int(event.key))

    def _point(self, about: int) -> None:
        mark = self.rating.marks.get(self.item)
        self.at = about
        self._leave_talk()
        if mark and mark.about != about:
            self._rate(mark.value, mark.text, about)
        self._show_beside()

    def _leave_talk(self) -> None:
        side = self.query_one("#beside", Sheet)
        self.query_one("#form", Sheet).focus()
        self.pointing = side.can_focus = False
        self.refresh_bindings()

    # --- going

    def action_next(self) -> None:
        """To the next item that is not rated."""
        self._next()

    def _next(self) -> None:
        assert self.form
        ids, marks = self.form.ids, self.rating.marks
        at = ids.index(self.item) if self.item in ids else -1
        here = [*ids[at + 1 :], *ids[: at + 1]] if at >= 0 and self.item in marks else [*ids[at:], *ids[:at]]
        if found := next((key for key in here if key not in marks), None):
            self.query_one("#form", Sheet).go(found)

    def action_jump(self, by: int) -> None:
        """To the next section."""
        if not self.pointing:
            self.query_one("#form", Sheet).action_jump(by)

    def action_read(self, by: int) -> None:
        """A page of what stands beside the form."""
        self.query_one("#beside", Sheet).action_turn(by)

    def action_view(self) -> None:
        """The conversation beside the form, or what each rating means."""
        self.reading = not self.reading
        self._show_beside()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("rate", "comment", "evidence", "next", "view", "jump"):
            return self.form is not None and (action not in ("next", "view") or not self.pointing)
        return self.pointing if action == "choose" else True

    def action_back(self) -> None:
        """Out of the conversation, or out of the form."""
        if self.pointing:
            self._leave_talk()
            self._show_beside()
        else:
            self.app.pop_screen()
