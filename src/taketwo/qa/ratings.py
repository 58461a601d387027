"""All that a take says about how it was rated, whichever forms were used, as lines to read."""

from collections.abc import Sequence
from pathlib import Path

from taketwo.qa.form import Form
from taketwo.qa.sheet import labels, sheet
from taketwo.qa.source import form_of
from taketwo.qa.words import bare_lines, numbers_of, rated_lines
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
