"""What is wrong with a QA form that has the right shape: weights, scales, ids, and the lessons that its sections stand for."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from itertools import chain
from pathlib import Path

from taketwo.checks import Kind
from taketwo.qa.form import Form, Item
from taketwo.qa.source import FILE, FORMS
from taketwo.scenario.findings import Finding, KeyPath, Problem, Problems, ScenarioError, finds, near_name
from taketwo.scenario.library import Library, lessons_for
from taketwo.scenario.source import Draft


@finds("TT080")
def weights_not_whole(form: Form) -> Problems:
    """The weights of the sections do not come to 100, so nobody can tell what a section counts.

    Bad:
        [sections.solving]
        weight = 50
    Good:
        [sections.solving]
        weight = 60
    """
    whole = sum(section.weight for section in form.sections)
    if whole != 100:
        message = f"The weights of the sections come to {whole}."
        parts = tuple(("sections", section.id, "weight") for section in form.sections)
        yield Problem("TT080", ("sections",), message, "Make them come to 100.", declared=parts)


@finds("TT081")
def another_scale(form: Form) -> Problems:
    """An item has more or fewer anchors than the form's scale has ratings; each rating needs one, the first is for 0.

    Bad:
        [sections.solving.items.next-step]
        anchors = ["Names no step.", "Names a step and a time."]
    Good:
        [sections.solving.items.next-step]
        anchors = ["Names no step.", "Names a step.", "Names a step and a time."]
    """
    for path, item in _items(form):
        if len(item.anchors) != len(form.scale):
            message = f"There are {len(item.anchors)} anchors, and the scale has {len(form.scale)} ratings."
            yield Problem("TT081", (*path, "anchors"), message, "Write one for each rating, the first for 0.")


@finds("TT082")
def same_anchor(form: Form) -> Problems:
    """Two ratings of an item have the same anchor, so raters cannot tell them apart.

    Bad:
        [sections.solving.items.next-step]
        anchors = ["Names no step.", "Names a step.", "Names a step."]
    Good:
        [sections.solving.items.next-step]
        anchors = ["Names no step.", "Names a step.", "Names a step and a time."]
    """
    for path, item in _items(form):
        for place, anchor in enumerate(item.anchors):
            if anchor in item.anchors[:place]:
                message = "This is the anchor of another rating as well."
                yield Problem(
                    "TT082", (*path, "anchors", place), message, "Say what can be seen or heard here alone."
                )


@finds("TT083")
def id_twice(form: Form) -> Problems:
    """An id stands for two items, or for an item and a critical error; a rating names nothing but the id.

    Bad:
        [sections.solving.items.says-back]
        question = "Is it said back?"
        anchors = ["No.", "In part.", "Yes."]
    Good:
        [sections.solving.items.offers-options]
        question = "Are there options?"
        anchors = ["None.", "One.", "Two or more."]
    """
    seen = Counter[str](critical.id for critical in form.critical)
    for path, item in _items(form):
        if seen[item.id]:
            yield Problem(
                "TT083", path, f"The id {item.id!r} stands for something else already.", "Take another id."
            )
        seen[item.id] += 1


@finds("TT084")
def lesson_twice(form: Form) -> Problems:
    """A lesson stands in two sections, or twice in one: what the engine scored for it would count in both.

    Bad:
        [sections.solving]
        lessons = ["be-the-hope", "active-listening"]
    Good:
        [sections.solving]
        lessons = ["be-the-hope", "sequel"]
    """
    seen: dict[str, str] = {}
    for path, lesson in _lessons(form):
        if lesson in seen:
            message = f"The lesson {lesson!r} stands in the section {seen[lesson]!r} already."
            yield Problem("TT084", path, message, "Leave it in one section.")
        seen.setdefault(lesson, str(path[1]))


CHECKS: tuple[Callable[[Form], Problems], ...] = (
    weights_not_whole,
    another_scale,
    same_anchor,
    id_twice,
    lesson_twice,
)


@finds("TT085")
def unknown_lesson(form: Form, lessons: Mapping[str, object]) -> Problems:
    """A section names a lesson that there is not, so the engine has nothing to set beside it.

    Bad:
        [sections.solving]
        lessons = ["be-the-hoop"]
    Good:
        [sections.solving]
        lessons = ["be-the-hope"]
    """
    for path, lesson in _lessons(form):
        if lesson not in lessons:
            yield Problem("TT085", path, f"There is no lesson {lesson!r}.", near_name(lesson, lessons))


def problems(form: Form | None, draft: Draft, lessons: Mapping[str, object] | None = None) -> list[Problem]:
    """What is wrong with a form that was read; what its holes would cause is left out.

    Without `lessons` it is not asked whether they are there: a form may serve scenes that bring lessons of their own.
    """
    if form is None:
        return []
    found = chain(
        *(check(form) for check in CHECKS), unknown_lesson(form, lessons) if lessons is not None else ()
    )
    hold = draft.holes.hold
    return [each for each in found if not any(hold(place) for place in (each.path, *each.declared))]


def check_form(path: Path, library: Library) -> list[Finding]:
    """Everything that is wrong with the form in the file `path`; its lessons are those beside it, else `library`'s."""
    form, draft = FORMS.draft(path)
    try:
        lessons = lessons_for(path, library)
    except ScenarioError as error:
        return [*error.findings, *draft.findings(problems(form, draft))]
    return draft.findings(problems(form, draft, lessons))


KIND = Kind(FILE, FORMS.meant, check_form)
"""for `taketwo check`"""


def _items(form: Form) -> Iterator[tuple[KeyPath, Item]]:
    for section in form.sections:
        for item in section.items:
            yield ("sections", section.id, "items", item.id), item


def _lessons(form: Form) -> Iterator[tuple[KeyPath, str]]:
    for section in form.sections:
        for place, lesson in enumerate(section.lessons):
            yield ("sections", section.id, "lessons", place), lesson
