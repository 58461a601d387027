"""Raters beside one another, line by line: a table of the items, then what to talk about."""

from collections.abc import Iterator, Sequence

from taketwo.plain.console import Console
from taketwo.qa.calibration import Calibration, Difference, Judged
from taketwo.qa.form import HAPPENED, NA
from taketwo.qa.words import (
    FIGURES,
    apart_words,
    engine_words,
    figure,
    item_words,
    kappa_words,
    numbers_of,
    opinion_words,
    overall_words,
    percent,
    result_words,
    same_words,
    title_of,
    who,
)
from taketwo.scenario.model import Scenario
from taketwo.text import clean_line

NAME = 12
"""characters of a rater's name at the head of a column"""


def show_calibration(console: Console, found: Calibration, scenarios: dict[str, Scenario]) -> None:
    """Everything about the raters of some takes; `scenarios` are those of the takes, by the take's name."""
    say = console.say
    for take in found.takes:
        start = take.sources[0].started
        say(f"{clean_line(start.title)}, {start.learner} ({take.name}), by {found.form.label}")
        for opinion in take.opinions.values():
            say(result_words(opinion.rating), "  ")
    for line in same_words(found):
        say(line)
    if len(found.raters) < 2:
        say("There is nobody to compare with: it takes two raters.")
        return
    say()
    for take in found.takes:
        for row in table(found, take):
            say(row)
        say()
    for line in filter(None, [*overall_words(found), item_words(found), FIGURES]):
        say(line)
    say()
    say("To talk about" if found.differences else "Nobody sees anything differently.")
    for number, difference in enumerate(found.differences, 1):
        show_difference(console, number, difference, found, scenarios.get(difference.take.name))


def table(found: Calibration, take: Judged) -> Iterator[str]:
    """A table of one take: a line an item with every rater's value, a line a section with its figures."""
    raters = list(take.opinions)
    names = [clean_line(who(rater), NAME) for rater in raters]
    widths = [max(5, len(name)) for name in names]
    several = len(found.takes) > 1
    first = max(len(key) for key in found.form.ids) + 2
    head = "".join(f"  {name:>{width}}" for name, width in zip(names, widths, strict=True))
    if several:
        yield clean_line(take.name)
    yield f"{'':<{first}}{head}"
    for section in found.form.sections:
        agreed = found.sections[section.id]
        figures = ", ".join(filter(None, [f"same {percent(agreed.same, '–')}", kappa_words(agreed)]))
        yield f"{section.title}: {figures}. {engine_words(found.engine(take, section))}."
        for item in section.items:
            values = [_value(take, rater, item.id) for rater in raters]
            over = found.items[item.id]
            mark = "" if len({value for value in values if value}) < 2 else "  ≠"
            kappa = f"  κ {figure(over.kappa)}" if several and over.kappa is not None else ""
            yield _line(item.id, values, widths, first) + mark + kappa
    marked = [key for key in found.form.asks if any(take.mark(rater, key) for rater in raters)]
    if marked:
        yield "Critical errors"
    for key in marked:
        yield _line(key, [_value(take, rater, key) for rater in raters], widths, first)


def _line(name: str, values: Sequence[str], widths: Sequence[int], first: int) -> str:
    cells = "".join(f"  {value or '–':>{width}}" for value, width in zip(values, widths, strict=True))
    return f"  {name:<{first - 2}}{cells}"


def _value(take: Judged, rater: str, key: str) -> str:
    mark = take.mark(rater, key)
    if mark is None:
        return ""
    if key in take.opinions[rater].rating.form.asks:
        return "yes" if mark.value == HAPPENED else "no"
    return "n/a" if mark.value == NA else str(mark.value)


def show_difference(
    console: Console, number: int, of: Difference, found: Calibration, scenario: Scenario | None
) -> None:
    """One difference: the question, and what each rater said by which event."""
    form, several = found.form, len(found.takes) > 1
    where = f"{of.take.name}: " if several else ""
    console.say(f"{where}{title_of(form, of.item)} ({of.item}; {apart_words(of, form)})", f"{number:>3}. ")
    for rater, mark in of.marks:
        events = of.take.opinions[rater].source.events
        words = opinion_words(form, of.item, mark, events, numbers_of(events, scenario))
        console.say(f"{who(rater)}: {words}", "     ")
