"""A screen about one take that shows how it was rated, where it was, and takes the learner's answer."""

from collections.abc import Iterator
from typing import ClassVar

from textual import work
from textual.binding import Binding, BindingType

from taketwo.qa.answering import answer
from taketwo.qa.form import HAPPENED, Form
from taketwo.qa.ratings import forms_used
from taketwo.qa.sheet import Mark, Rating, labels, sheet
from taketwo.qa.words import (
    answer_words,
    bare_lines,
    failing_words,
    mark_words,
    numbers_of,
    result_words,
    section_words,
    title_of,
)
from taketwo.session import Refused, Session
from taketwo.take.commands import Remark
from taketwo.take.events import Rated, Topic
from taketwo.tui.ask import AskLine
from taketwo.tui.parting import PartingScreen
from taketwo.tui.sheet import Block, Sheet

RATED = "rated:"
"""begins the key of a rating on the page; the seq of its event follows"""
RESULT = 4
"""blocks at the top of the page: the result"""
KEYS = "Enter goes to the decision that shows a rating. y says that you have seen it all, x appeals against the rating under the cursor."


class RatedScreen(PartingScreen):
    """Ratings stand at the end of its page; Enter on one goes to the decision that shows it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "acknowledge", "Seen", show=False, tooltip="Acknowledge how it was rated"),
        Binding(
            "x",
            "appeal",
            "Appeal",
            show=False,
            tooltip="Appeal against the rating under the cursor, or all of it",
        ),
        Binding("o", "rate", "Rate", show=False, tooltip="Rate the take by the QA form"),
    ]

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self.forms: dict[str, Form | None] = {}
        """the forms that it was rated by, as far as they have been looked for; None where one is not here"""

    def with_ratings(self, page: list[Block]) -> list[Block]:
        """The page with how the take was rated, in a line a rater under the result and in full at the end.

        As it is where nobody has rated, or where a form is still being read.
        """
        used = labels(self.session.events)
        if not used:
            return page
        if any(label not in self.forms for label in used):
            self._read_forms()
            return page
        forms = [form for form in self.forms.values() if form]
        ratings = [rating for form in forms for rating in sheet(self.session.events, form).ratings]
        short = [Block(f"Rated by {result_words(rating)}", "hint") for rating in ratings]
        return [*page[:RESULT], *short, *page[RESULT:], *rated_blocks(self.session, self.forms)]

    @work(thread=True, exclusive=True, group="form", name="load")
    def _read_forms(self) -> None:
        """Look for the forms, away from the keyboard."""
        self.app.call_from_thread(self._forms_read, forms_used(self.session.events, self.tt.library.folder))

    def _forms_read(self, found: dict[str, Form | None]) -> None:
        self.forms |= found
        if self.is_attached:
            self._show()
            self.refresh_bindings()

    def on_screen_resume(self) -> None:
        """Somebody may have rated it on a screen above."""
        if any(isinstance(event, Rated) for event in self.session.events):
            self._show()
            self.refresh_bindings()

    def on_sheet_chosen(self, event: Sheet.Chosen) -> None:
        """From a rating to the decision that shows it."""
        if rated := self._rated(event.key):
            event.sheet.go(str(rated.about))

    def _rated(self, key: str) -> Rated | None:
        """The rating under a key of the page."""
        seq = key.removeprefix(RATED)
        events = self.session.events
        found = events[int(seq) - 1] if key.startswith(RATED) and 0 < int(seq) <= len(events) else None
        return found if isinstance(found, Rated) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in ("acknowledge", "appeal"):
            return self.session.seat == "learner" and bool(labels(self.session.events))
        return True

    def _remark(self, remark: Remark) -> None:
        try:
            self.session.do(remark)
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
        if self.session.unsaved:
            self.tt.say(self.session.unsaved, problem=True)

    @work
    async def action_acknowledge(self) -> None:
        """The learner has seen it."""
        hint = "A word with it, if you like. Enter keeps it, Ctrl+G goes back."
        text = await self.app.push_screen_wait(AskLine("You have seen how this take was rated", hint=hint))
        if text is not None:
            self._answer("acknowledged", text, None)

    @work
    async def action_appeal(self) -> None:
        """The learner sees it differently."""
        rated = self._rated(self.query_one(Sheet).key)
        form = self.forms.get(rated.form) if rated else None
        what = f": {title_of(form, rated.item)}" if rated and form else " against the rating as a whole"
        text = await self.app.push_screen_wait(AskLine(f"Appeal{what}", hint="Say why. Ctrl+G goes back."))
        if text:
            self._answer("appeal", text, rated)

    def _answer(self, topic: Topic, text: str, rated: Rated | None) -> None:
        if rated:
            self._remark(Remark(topic, text, about=rated.seq))
        else:
            self._remark(answer(self.session.events, topic, text).remark)
        self._show()

    def action_rate(self) -> None:
        """The QA form."""
        from taketwo.tui.rating import RatingScreen

        self.app.push_screen(RatingScreen(self.session))


def rated_blocks(session: Session, forms: dict[str, Form | None]) -> Iterator[Block]:
    """How a take was rated, rater by rater."""
    events = session.events
    numbers = numbers_of(events, session.scenario)
    yield from (Block(""), Block("How it was rated", "title"))
    if session.seat == "learner":
        yield Block(KEYS, "quiet")
    known = [form for form in forms.values() if form]
    for form in known:
        found = sheet(events, form)
        for rating in found.ratings:
            yield from _rating(rating, numbers)
        if form is known[-1]:
            for answer in found.answers:
                yield Block(f"The rating as a whole. {answer_words(answer)}", "hint")
    missing = [label for label, form in forms.items() if form is None]
    for line in bare_lines([e for e in events if isinstance(e, Rated) and e.form in missing], numbers):
        yield Block(line, "quiet")


def _rating(rating: Rating, numbers: dict[int, int]) -> Iterator[Block]:
    tone = "" if not rating.complete and not rating.failing else "good" if rating.passed else "bad"
    yield Block(result_words(rating), tone)
    for failing in rating.failing:
        yield Block(failing_words(failing, rating, numbers), "bad", lead="! ", hang="  ")
    for result in rating.sections:
        yield Block(f"{section_words(result)}.", "head", lead="  ")
        for item in result.section.items:
            if mark := rating.marks.get(item.id):
                yield from _mark(rating.form, mark, numbers)
    for key in rating.form.asks:
        mark = rating.marks.get(key)
        if mark and (mark.value == HAPPENED or mark.text or mark.answers):
            yield from _mark(rating.form, mark, numbers)
    yield Block("")


def _mark(form: Form, mark: Mark, numbers: dict[int, int]) -> Iterator[Block]:
    yield Block(title_of(form, mark.item), key=f"{RATED}{mark.seq}", lead="    ", hang="    ")
    yield Block(mark_words(form, mark, numbers), "quiet", lead="      ")
    for said in mark.answers:
        yield Block(answer_words(said), "hint", lead="      ")
