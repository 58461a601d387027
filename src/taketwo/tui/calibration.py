"""Raters beside one another: every item with all ratings on one side, what each of them went by on the other."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.widgets import Static

from taketwo.qa.calibration import Calibration, Judged
from taketwo.qa.form import HAPPENED, NA
from taketwo.qa.words import (
    FIGURES,
    apart_words,
    engine_words,
    figure,
    item_words,
    kappa_words,
    numbers_of,
    overall_words,
    percent,
    result_words,
    same_words,
    shown_words,
    title_of,
    value_words,
    who,
)
from taketwo.scenario.model import Scenario
from taketwo.text import clean_line
from taketwo.tui.footer import Footer
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.sheet import Block, Sheet

NAME = 10
"""cells of a rater's name over a column"""


class CalibrationScreen(TakeTwoScreen):
    """What raters of a take agree and differ about."""

    CSS = """
    CalibrationScreen #body { layout: vertical; height: 1fr; }
    CalibrationScreen #items { margin: 0 1; height: 1fr; }
    CalibrationScreen #beside { height: 45%; padding: 0 1; border-top: solid $panel; }
    CalibrationScreen.-wide #body { layout: horizontal; }
    CalibrationScreen.-wide #beside { width: 1fr; height: 1fr; border-top: none; border-left: solid $panel; }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("d", "difference(1)", "Difference", tooltip="To the next item that they see differently"),
        Binding("D", "difference(-1)", "Difference before", show=False),
        Binding("tab", "jump(1)", "Section", key_display="Tab", priority=True, tooltip="To the next section"),
        Binding("shift+tab", "jump(-1)", "Section before", show=False, priority=True),
        Binding("pagedown", "read(1)", "Read on", show=False, priority=True, tooltip="The other side: on"),
        Binding("pageup", "read(-1)", "Read back", show=False, priority=True, tooltip="The other side: back"),
        Binding("q,escape", "back", "Done", key_display="q"),
    ]

    def __init__(self, found: Calibration, scenarios: Mapping[str, Scenario]) -> None:
        super().__init__()
        self.found = found
        self.scenarios = scenarios
        """those of the takes, by the take's name"""
        self.different = {key_of(self.found, each.take, each.item) for each in found.differences}

    def compose(self) -> ComposeResult:
        raters = ", ".join(who(rater) for rater in self.found.raters)
        yield Static(f"Calibration · {raters} · {self.found.form.label}", classes="bar", markup=False)
        with Container(id="body"):
            yield Sheet(list(item_blocks(self.found)), id="items", measure=100)
            yield Sheet(id="beside", measure=100)
        yield Footer()

    def on_mount(self) -> None:
        super().on_mount()
        self.query_one("#beside", Sheet).can_focus = False
        self.query_one("#items", Sheet).focus()
        self._show_beside()

    def on_sheet_moved(self) -> None:
        self._show_beside()

    def _show_beside(self) -> None:
        key = self.query_one("#items", Sheet).key
        place, _, item = key.partition(":")
        if item:
            take = self.found.takes[int(place)]
            blocks = opinion_blocks(self.found, take, item, self.scenarios.get(take.name))
            self.query_one("#beside", Sheet).swap(list(blocks), "top")

    def action_difference(self, by: int) -> None:
        """To the next difference, or the one before."""
        sheet = self.query_one("#items", Sheet)
        keys = [block.key for block in sheet.blocks if block.key][::by]
        at = keys.index(sheet.key) + 1 if sheet.key in keys else 0
        if found := next((key for key in [*keys[at:], *keys[:at]] if key in self.different), None):
            sheet.go(found)
        else:
            self.tt.say("Nobody sees anything differently.")

    def action_jump(self, by: int) -> None:
        """To the next section."""
        self.query_one("#items", Sheet).action_jump(by)

    def action_read(self, by: int) -> None:
        """A page of what stands beside."""
        self.query_one("#beside", Sheet).action_turn(by)

    def action_back(self) -> None:
        self.app.pop_screen()


def key_of(found: Calibration, take: Judged, item: str) -> str:
    """The key of an item of a take on the page."""
    return f"{found.takes.index(take)}:{item}"


def item_blocks(found: Calibration) -> Iterator[Block]:
    """The page: results and figures, then take by take every item with all ratings."""
    for take in found.takes:
        start = take.sources[0].started
        yield Block(f"{clean_line(start.title)}, {start.learner}", "head")
        for opinion in take.opinions.values():
            yield Block(result_words(opinion.rating), lead="  ")
    yield from (Block(line, "hint") for line in same_words(found))
    yield Block("")
    yield from (Block(line) for line in overall_words(found))
    for take in found.takes:
        yield from _take(found, take)
    about = filter(None, (item_words(found), FIGURES))
    yield from (Block(""), *(Block(line, "quiet") for line in about), Block(""))


def _take(found: Calibration, take: Judged) -> Iterator[Block]:
    raters = list(take.opinions)
    apart = {each.item for each in found.differences if each.take is take}
    names = [clean_line(who(rater), NAME) for rater in raters]
    widths = [max(4, len(name) + 2) for name in names]
    yield Block("")
    yield Block(take.name if len(found.takes) > 1 else "", "quiet", tail=_row(names, widths))
    for section in found.form.sections:
        agreed = found.sections[section.id]
        figures = [f"same {percent(agreed.same, '–')}", kappa_words(agreed)]
        yield Block(section.title, "title")
        told = ", ".join(filter(None, figures))
        yield Block(f"{told}. {engine_words(found.engine(take, section))}.", "quiet")
        for item in section.items:
            values = [_value(found, take, rater, item.id) for rater in raters]
            row = _row(values, widths, "≠" if item.id in apart else " ")
            yield Block(item.question, key=key_of(found, take, item.id), lead="  ", tail=row)
        yield Block("")
    yield Block("Critical errors", "title")
    for critical in found.form.critical:
        values = [_value(found, take, rater, critical.id) for rater in raters]
        row = _row(values, widths, "≠" if critical.id in apart else " ")
        yield Block(critical.question, key=key_of(found, take, critical.id), lead="  ", tail=row)


def _row(cells: list[str], widths: list[int], sign: str = " ") -> str:
    """Cells in their columns, and a sign behind them."""
    return "".join(f"{cell:>{width}}" for cell, width in zip(cells, widths, strict=True)) + f" {sign}"


def _value(found: Calibration, take: Judged, rater: str, key: str) -> str:
    mark = take.mark(rater, key)
    if mark is None:
        return "–"
    if key in found.form.asks:
        return "yes" if mark.value == HAPPENED else "no"
    return "n/a" if mark.value == NA else str(mark.value)


def opinion_blocks(found: Calibration, take: Judged, item: str, scenario: Scenario | None) -> Iterator[Block]:
    """What each rater gave an item, what that means, and what they went by."""
    form = found.form
    yield Block(title_of(form, item), "head")
    for each in found.differences:
        if each.take is take and each.item == item:
            yield Block(f"To talk about: {apart_words(each, form)}.", "hint")
    if item in found.items and (kappa := found.items[item].kappa) is not None:
        yield Block(f"κ of this item over {len(found.takes)} takes: {figure(kappa)}", "quiet")
    for rater, opinion in take.opinions.items():
        mark, events = take.mark(rater, item), opinion.source.events
        yield Block("")
        yield Block(who(rater), "title")
        if mark is None:
            yield Block("not marked" if item in form.asks else "not rated", "quiet")
            continue
        yield Block(value_words(form, item, mark.value))
        if item in form.items:
            about = form.items[item]
            yield Block(about.na if mark.value == NA else about.anchors[mark.value], "quiet", lead="  ")
        if mark.text:
            yield Block(mark.text, "you", lead="  ")
        if shown := shown_words(mark.about, events, numbers_of(events, scenario)):
            yield Block(f"Shown by {shown}", lead="  ")
