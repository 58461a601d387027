"""All that a take says about how it was rated, whichever forms were used, as lines to read."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from taketwo.qa.form import Form
from taketwo.qa.sheet import labels, sheet
from taketwo.qa.source import form_of
from taketwo.qa.words import (
    bare_lines,
    failing_words,
    numbers_of,
    rated_lines,
    result_words,
    short_section_words,
)
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Rated


def forms_used(events: Sequence[AnyEvent], folder: Path | None = None) -> dict[str, Form | None]:
    """The forms that a take was rated by, by their labels; None where one is not here."""
    return {label: form_of(label, folder) for label in labels(events)}


def rated(
    events: Sequence[AnyEvent], scenario: Scenario | None, folder: Path | None = None
) -> list[tuple[str, str]]:
    """Lines, each with what stands before it; none where nobody has rated."""
    forms, numbers = forms_used(events, folder), numbers_of(events, scenario)
    known = [form for form in forms.values() if form]
    lines: list[tuple[str, str]] = []
    for form in known:
        found = sheet(events, form)
        lines += rated_lines(found, numbers, whole=form is known[-1])
    missing = [event for event in events if isinstance(event, Rated) and forms[event.form] is None]
    return [*lines, *(("", line) for line in bare_lines(missing, numbers))]


def in_short(
    events: Sequence[AnyEvent], scenario: Scenario | None, folder: Path | None = None
) -> Iterator[str]:
    """What the ratings come to: for each rater the result, critical errors, a line of sections; no items."""
    numbers = numbers_of(events, scenario)
    for form in forms_used(events, folder).values():
        for rating in sheet(events, form).ratings if form else ():
            yield result_words(rating)
            yield from (failing_words(failing, rating, numbers) for failing in rating.failing)
            yield "; ".join(short_section_words(result) for result in rating.sections) + "."
