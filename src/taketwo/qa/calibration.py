"""Raters of the same takes beside one another: how far they agree, and what they should talk about.

Files are copies of one take where scenario, learner, seed and every move are the same; several raters can also have
rated in one file. κ needs several ratings by the same two raters: for a section and for the form they are the items of
all takes together; for one item they are the takes, so one take has none. "Does not apply" is no number: it stays out
of κ and ICC, and is a difference where another rater gave a rating.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from taketwo.qa.agreement import icc, mean_kappa, same
from taketwo.qa.form import DID_NOT, NA, Form, Section
from taketwo.qa.sheet import Mark, Rating, engine_share, sheet
from taketwo.score import score
from taketwo.take.events import AnyEvent, Moved, Rated, Replied, Rewound, Started, Steered

Row = tuple[int | None, ...]
"""one thing, rated by each of the raters; None where one has not, or where it does not apply"""


@dataclass(frozen=True, slots=True)
class Source:
    """A file with ratings."""

    name: str
    events: tuple[AnyEvent, ...]

    @property
    def started(self) -> Started:
        first = self.events[0]
        assert isinstance(first, Started)
        return first


@dataclass(frozen=True, slots=True)
class Opinion:
    """What one rater makes of a take, and the file in which it stands."""

    rating: Rating
    source: Source


@dataclass(frozen=True, slots=True)
class Judged:
    """One take, in one file or several, with its raters' opinions by their names."""

    sources: tuple[Source, ...]
    opinions: dict[str, Opinion]

    @property
    def name(self) -> str:
        """The name of its first file."""
        return self.sources[0].name

    def mark(self, rater: str, item: str) -> Mark | None:
        """The rating of `item` by `rater`, None where there is none."""
        return self.opinions[rater].rating.marks.get(item) if rater in self.opinions else None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far raters agree about some things."""

    rows: tuple[Row, ...]
    same: float | None
    """share of what two or more rated that all of them gave the same, "does not apply" included; None without such"""
    kappa: float | None


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that raters of a take see differently."""

    take: Judged
    item: str
    marks: tuple[tuple[str, Mark | None], ...]
    """by rater; None where a rater has not marked a critical error that another has"""
    spread: int
    """between the highest and the lowest rating; the whole scale where one says that it does not apply"""
    critical: bool


@dataclass(frozen=True)
class Calibration:
    """All that there is to say about the raters of some takes."""

    form: Form
    takes: tuple[Judged, ...]
    left_out: tuple[str, ...] = ()
    """labels of other forms, whose ratings are not looked at"""

    @cached_property
    def raters(self) -> tuple[str, ...]:
        """Everybody who rated, in the order in which they first come."""
        return tuple(dict.fromkeys(rater for take in self.takes for rater in take.opinions))

    @cached_property
    def items(self) -> dict[str, Agreement]:
        """By item, over the takes."""
        return {key: self._agreement([key]) for key in self.form.items}

    @cached_property
    def sections(self) -> dict[str, Agreement]:
        """By section, over its items and the takes together."""
        return {s.id: self._agreement([item.id for item in s.items]) for s in self.form.sections}

    @cached_property
    def overall(self) -> Agreement:
        """Over all items and takes together."""
        return self._agreement(list(self.form.items))

    @cached_property
    def linear(self) -> float | None:
        """κ over everything with linear weights, beside the quadratic ones of the rest."""
        return mean_kappa(self.overall.rows, "linear")

    @cached_property
    def full(self) -> list[list[int]]:
        """The rows in which every rater gave a rating: what the ICC is computed from."""
        return [
            [v for v in row if v is not None]
            for row in self.overall.rows
            if row and all(v is not None for v in row)
        ]

    @cached_property
    def icc(self) -> float | None:
        """ICC(2,1) over the items that everybody rated."""
        return icc(self.full)

    @cached_property
    def differences(self) -> list[Difference]:
        """What to talk about: critical errors first, then the widest apart, then as in the form."""
        found = [
            difference
            for take in self.takes
            for key in self.form.ids
            if (difference := _difference(self.form, take, key))
        ]
        return sorted(found, key=lambda each: (not each.critical, -each.spread))

    def engine(self, take: Judged, section: Section) -> float | None:
        """What the engine scored for a section of a take."""
        return engine_share(section, score(take.sources[0].events))

    def _agreement(self, keys: Sequence[str]) -> Agreement:
        """About items, over all takes."""
        given = [
            tuple(mark.value if (mark := take.mark(rater, key)) else None for rater in self.raters)
            for take in self.takes
            for key in keys
        ]
        rows = tuple(tuple(None if value == NA else value for value in row) for row in given)
        return Agreement(rows, same(given), mean_kappa(rows))


def calibrate(sources: Iterable[Source], form: Form) -> Calibration:
    """The raters of the takes in `sources`, by `form`."""
    groups: dict[object, list[Source]] = {}
    for source in sources:
        groups.setdefault(identity(source.events), []).append(source)
    takes = tuple(Judged(tuple(group), _opinions(group, form)) for group in groups.values())
    events = [event for group in groups.values() for source in group for event in source.events]
    others = {e.form: None for e in events if isinstance(e, Rated) and e.form != form.label}
    return Calibration(form, takes, tuple(others))


def identity(events: Sequence[AnyEvent]) -> object:
    """What two files have in common where they are copies of one take: scenario, learner, seed and every move."""
    first = events[0]
    assert isinstance(first, Started)
    moves = tuple(
        (
            type(event).__name__,
            event.node if isinstance(event, Moved) else "",
            event.reply if isinstance(event, Replied) else "",
            event.after,
        )
        for event in events
        if isinstance(event, Moved | Rewound | Steered)
    )
    return first.scenario, first.sha256, first.learner, first.seed, first.after, moves


def _opinions(group: Sequence[Source], form: Form) -> dict[str, Opinion]:
    """Each rater's opinion, from the file in which they rated last."""
    found: dict[str, tuple[str, Opinion]] = {}
    for source in group:
        for rating in sheet(source.events, form).ratings:
            last = max(e.at for e in source.events if isinstance(e, Rated) and e.rater == rating.rater)
            if rating.rater not in found or found[rating.rater][0] <= last:
                found[rating.rater] = (last, Opinion(rating, source))
    return {rater: opinion for rater, (_, opinion) in found.items()}


def _difference(form: Form, take: Judged, key: str) -> Difference | None:
    marks = tuple((rater, take.mark(rater, key)) for rater in take.opinions)
    critical = key in form.asks
    if critical:
        values = {mark.value if mark else DID_NOT for _, mark in marks}
    else:
        marks = tuple((rater, mark) for rater, mark in marks if mark)
        values = {mark.value for _, mark in marks if mark}
    if len(values) < 2:
        return None
    apart = len(form.scale) - 1 if NA in values else max(values) - min(values)
    return Difference(take, key, marks, apart, critical)
