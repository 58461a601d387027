"""What the ratings of a take come to: a fold over its events, for each rater, beside what the engine scored.

A later rating of an item by the same rater replaces the earlier one. Where ratings were made by another form than the
one at hand, they are not counted by it: `other_forms` names those.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from taketwo.qa.form import HAPPENED, NA, Critical, Form, Item, Section, weights
from taketwo.score import Score, score
from taketwo.take.events import AnyEvent, Rated, Remarked

WHOLE = "all"
"""stands for the rating as a whole, where an item is named"""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the learner said to a rating."""

    topic: Literal["acknowledged", "appeal"]
    text: str
    seq: int
    settled: bool = False
    """of an appeal: the rater has rated the item again since"""


@dataclass(frozen=True, slots=True)
class Mark:
    """One rating that stands, with what the learner said to it."""

    item: str
    value: int
    text: str
    about: int
    """seq of the event that shows it, 0 for the whole take"""
    seq: int
    answers: tuple[Answer, ...] = ()

    @property
    def applies(self) -> bool:
        return self.value != NA


@dataclass(frozen=True, slots=True)
class SectionResult:
    """A section as one rater sees it, and as the engine does."""

    section: Section
    weight: float
    """what it counts after what does not apply was left out, 0 to 1"""
    share: float | None
    """0 to 1; None where nothing in it was rated"""
    engine: float | None
    """the engine's share of its lessons; None where none was at stake"""
    unrated: int = 0
    """how many of its items have no rating"""


@dataclass(frozen=True, slots=True)
class Failing:
    """A critical error that stands: found by the rater, or by the scene while the rater has not said otherwise."""

    critical: Critical
    by_rater: bool
    seqs: tuple[int, ...]
    """decisions in which the scene marked it"""


@dataclass(frozen=True, slots=True)
class Rating:
    """One rater's ratings by one form."""

    rater: str
    form: Form
    marks: dict[str, Mark]
    """by item, and by critical error"""
    sections: tuple[SectionResult, ...]
    share: float | None
    """the weighted score, 0 to 1, of what has been rated so far; None where nothing counts yet"""
    failing: tuple[Failing, ...]
    unrated: tuple[str, ...]
    """items without a rating"""

    @property
    def complete(self) -> bool:
        """Whether every item has been rated."""
        return not self.unrated

    @property
    def passed(self) -> bool:
        """Complete, at the form's pass mark or above, and without a critical error."""
        enough = self.share is not None and self.share * 100 >= self.form.pass_mark - 1e-9
        return self.complete and enough and not self.failing

    @property
    def appeals(self) -> list[Mark]:
        """The ratings that the learner has appealed against and that have not been looked at again."""
        return [mark for mark in self.marks.values() if any(_open(answer) for answer in mark.answers)]


def _open(answer: Answer) -> bool:
    return answer.topic == "appeal" and not answer.settled


@dataclass(frozen=True, slots=True)
class QaSheet:
    """All ratings of a take by one form."""

    form: Form
    ratings: tuple[Rating, ...]
    """in the order in which the raters began"""
    answers: tuple[Answer, ...]
    """what the learner said to the rating as a whole"""
    other_forms: tuple[str, ...]
    """labels of other forms that the take was rated by"""

    def of(self, rater: str) -> Rating | None:
        """The ratings of `rater`, None where there are none."""
        return next((rating for rating in self.ratings if rating.rater == rater), None)


def sheet(events: Sequence[AnyEvent], form: Form) -> QaSheet:
    """The ratings by `form` in a take."""
    result = score(events)
    rated = [event for event in events if isinstance(event, Rated)]
    known = {*form.items, *form.asks}
    mine: dict[str, dict[str, Rated]] = {}
    for event in rated:
        if event.form == form.label and event.item in known and _fits(form, event):
            mine.setdefault(event.rater, {})[event.item] = event
    said = _answers(events)
    return QaSheet(
        form,
        tuple(
            _rating(rater, form, {key: _mark(e, rated, said) for key, e in last.items()}, result)
            for rater, last in mine.items()
        ),
        tuple(said.get(0, ())),
        labels(event for event in rated if event.form != form.label),
    )


def labels(events: Iterable[AnyEvent]) -> tuple[str, ...]:
    """The forms by which there are ratings, in the order in which they were first used."""
    return tuple(dict.fromkeys(event.form for event in events if isinstance(event, Rated)))


def blank(rater: str, form: Form, events: Sequence[AnyEvent]) -> Rating:
    """The ratings of somebody who has not rated yet: what there is to rate, beside the engine's shares."""
    return _rating(rater, form, {}, score(events))


def engine_share(section: Section, result: Score) -> float | None:
    """What the engine scored for a section: earned out of what was at stake, over its lessons together."""
    tallies = [result.lessons[lesson] for lesson in section.lessons if lesson in result.lessons]
    stake = sum(tally.stake for tally in tallies)
    return sum(tally.earned for tally in tallies) / stake if stake else None


def weighted(form: Form, values: dict[str, int]) -> float | None:
    """The score of ratings by item, 0 to 1; what does not apply gives its weight to the others. None where none counts."""
    counted = {key: value for key, value in values.items() if value != NA and key in form.items}
    parts = weights(form, counted)
    if not parts:
        return None
    return float(sum(part * counted[key] / form.items[key].top for key, part in parts.items()))


def _rating(rater: str, form: Form, marks: dict[str, Mark], result: Score) -> Rating:
    values = {key: mark.value for key, mark in marks.items() if mark.applies and key in form.items}
    parts = weights(form, values)
    return Rating(
        rater,
        form,
        {key: marks[key] for key in form.ids if key in marks},
        tuple(
            SectionResult(
                section,
                float(sum(parts.get(item.id, 0) for item in section.items)),
                _share(section.items, values),
                engine_share(section, result),
                sum(item.id not in marks for item in section.items),
            )
            for section in form.sections
        ),
        weighted(form, values),
        tuple(_failing(form, marks, result)),
        tuple(key for key in form.items if key not in marks),
    )


def _share(items: Iterable[Item], values: dict[str, int]) -> float | None:
    rated = [item for item in items if item.id in values]
    whole = sum(item.weight for item in rated)
    return sum(item.weight * values[item.id] / item.top for item in rated) / whole if whole else None


def _failing(form: Form, marks: dict[str, Mark], result: Score) -> Iterable[Failing]:
    for critical in form.critical:
        mark = marks.get(critical.id)
        seqs = tuple(each.seq for each in result.critical if each.error == critical.id)
        happened = mark.value == HAPPENED if mark else bool(seqs)
        if happened:
            yield Failing(critical, mark is not None, seqs)


def _fits(form: Form, event: Rated) -> bool:
    """Whether the value is one of the item's: a take may come from anywhere."""
    if event.item in form.asks:
        return event.value in (0, HAPPENED)
    item = form.items[event.item]
    return 0 <= event.value <= item.top or (event.value == NA and bool(item.na))


def _mark(event: Rated, rated: Sequence[Rated], said: dict[int, list[Answer]]) -> Mark:
    """A rating that stands, with what was said to it and to those that it replaced."""
    before = [
        each for each in rated if (each.form, each.item, each.rater) == (event.form, event.item, event.rater)
    ]
    answers = [
        Answer(answer.topic, answer.text, answer.seq, answer.topic == "appeal" and answer.seq < event.seq)
        for each in before
        for answer in said.get(each.seq, ())
    ]
    return Mark(event.item, event.value, event.text, event.about, event.seq, tuple(answers))


def _answers(events: Iterable[AnyEvent]) -> dict[int, list[Answer]]:
    """What the learner said, by the seq of the rating that it is about; 0 is the rating as a whole."""
    found: dict[int, list[Answer]] = {}
    for event in events:
        if isinstance(event, Remarked) and event.topic in ("acknowledged", "appeal"):
            topic: Literal["acknowledged", "appeal"] = "appeal" if event.topic == "appeal" else "acknowledged"
            found.setdefault(event.about, []).append(Answer(topic, event.text, event.seq))
    return found
