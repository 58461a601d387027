"""A take as a page: what every readable export shows, in its order, before anybody decides how it looks."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from taketwo.aside import (
    Aside,
    People,
    asides,
    chances_words,
    change_of_chances,
    people,
    steered_words,
    swayed_words,
    together_words,
    whose_words,
)
from taketwo.between import closing, decisions, hands
from taketwo.debrief import Better, Debrief, Row, Turn, Worth, turns, worth
from taketwo.export.taken import Taken
from taketwo.qa.ratings import in_short, rated
from taketwo.review import Change, Mark, Steering, curve
from taketwo.score import live, score
from taketwo.take.events import Answered, AnyEvent, Heard, Moved, Replied, Steered
from taketwo.text import clean_line
from taketwo.wording import (
    MARKS,
    STEERED,
    WORTH,
    clock,
    craft_words,
    critical_words,
    curve_words,
    outcome_words,
    possible_words,
    principle,
    review_words,
    turn_feedback,
    verdict,
)

SAID_NOTHING = "(nothing)"


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """The customer's line, the reply to it, and what that did."""

    number: int
    """among the decisions that count; 0 where it was taken back"""
    time: str
    speaker: str
    heard: str
    by: str
    """who answered"""
    own: bool
    """whether that was the learner"""
    said: str
    asides: tuple[Aside, ...]
    """what was said or done between the customer's line and the reply; the customer may have gone on meanwhile"""
    own_words: str
    worth: Worth
    mark: Mark
    turning: bool
    review: tuple[str, ...]
    feedback: tuple[str, ...]
    better: Better | None
    """only where it may be shown"""

    @property
    def sign(self) -> str:
        """The sign of its mark, or nothing."""
        return MARKS[self.mark][0] if self.mark else ""


@dataclass(frozen=True, slots=True)
class Point:
    """A change of the curve."""

    number: int
    """of the decision; 0 for what was steered"""
    share: float
    sign: str
    says: str
    classes: str = ""
    turning: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Everything that a page about a take says."""

    title: str
    learner: str
    trainer: str
    """who trained; empty where it was played alone"""
    customer: str
    date: str
    mode: str
    length: str
    verdict: str
    result: tuple[str, ...]
    together: tuple[str, ...]
    """what two people in the take mean for what it counts"""
    exchanges: tuple[Exchange, ...]
    last_speaker: str
    """who says the last line; empty for an ending's text"""
    last: str
    closing: tuple[Aside, ...]
    """what was said or done after that; the customer may have gone on"""
    curve: tuple[float, ...]
    marks: tuple[Point, ...]
    """the changes of the curve after its beginning"""
    curve_words: tuple[str, ...]
    turning: str
    """the turning point: what was said, and what the review says of it"""
    lessons: tuple[Row, ...]
    skills: tuple[Row, ...]
    well: tuple[Turn, ...]
    costly: tuple[Turn, ...]
    to_try: str
    """the learner's own next step, else what the lesson asks for that most was given away of"""
    own_step: bool
    wanted: str
    needed: str
    rated: tuple[str, ...]
    """how it was rated, in a few lines: results, critical errors, sections"""
    ratings: tuple[tuple[str, str], ...]
    """the same in full, item by item: what stands before a line, and the line"""
    notes: tuple[str, ...]


def page(of: Taken, *, better: bool = False, folder: Path | None = None) -> Page:
    """The page of a take. Better replies stand on it where its debrief has shown them, or where it is over and
    `better` asks for them. Forms that it was rated by are looked for beside the scenes of `folder`, too."""
    about = of.about
    result = about.score if about else score(of.events)
    over = of.row.status != "unfinished"
    shown = _shown(about, all=better and over)
    exchanges = tuple(_told(of, about, shown) if about else _bare(of))
    speaker, last = _last(of.events, of.started.customer)
    who, changed = people(of.started, named=True), about.changes if about else []
    words = (*curve_words(about), *chances_words(about, who)) if about else ()
    found = about.hands if about else hands(of.events)
    possible = (possible_words(about),) if about and over else ()
    return Page(
        title=clean_line(of.started.title),
        learner=clean_line(of.started.learner) or "you",
        trainer=clean_line(of.started.trainer),
        customer=clean_line(of.started.customer),
        date=date_words(of.take.header.created),
        mode=of.started.mode,
        length=clock(of.events[-1].ms),
        verdict=verdict(result, practised=of.started.practised),
        result=(f"{outcome_words(result.outcome)}. {craft_words(result)}", *possible),
        together=tuple(together_words(found, of.started, who)),
        exchanges=exchanges,
        last_speaker=speaker,
        last=last,
        closing=asides(closing(of.events, undone=True), who, last),
        curve=tuple(curve(changed)),
        marks=tuple(_points(changed, who)),
        curve_words=words,
        turning=_turning(exchanges),
        lessons=tuple(about.lessons) if about else (),
        skills=tuple(about.skills) if about else (),
        well=tuple(about.went_well) if about else (),
        costly=tuple(about.to_try) if about else (),
        to_try=_to_try(about),
        own_step=bool(about and about.try_next),
        wanted=about.scenario.customer.wants if about and over else "",
        needed=about.scenario.customer.needs if about and over else "",
        rated=tuple(in_short(of.events, of.scenario, folder)),
        ratings=tuple(rated(of.events, of.scenario, folder)),
        notes=of.notes,
    )


def date_words(created: str) -> str:
    """ "22 November 2026, 08:48 UTC"; what is no time, as it stands."""
    try:
        made = datetime.fromisoformat(created)
    except ValueError:
        return clean_line(created, 40)
    return f"{made.day} {made:%B %Y}, {made:%H:%M} UTC"


def _shown(about: Debrief | None, *, all: bool) -> set[int]:
    if about is None:
        return set()
    return {turn.seq for turn in about.turns} if all else about.shown


def _told(of: Taken, about: Debrief, shown: set[int]) -> Iterator[Exchange]:
    numbers = {turn.seq: turn.number for turn in about.turns}
    who = people(of.started, named=True)
    made = {each.seq: change_of_chances(each, who) for each in about.steering}
    for turn in turns(of.events, about.scenario, undone=True):
        row = about.review.get(turn.seq)
        yield Exchange(
            number=numbers.get(turn.seq, 0),
            time=clock(turn.ms),
            speaker=turn.first[0],
            heard=turn.first[1],
            by=who.name(turn.by),
            own=turn.by == "learner",
            said=turn.said or SAID_NOTHING,
            asides=asides(turn.since, who, turn.first[1]),
            own_words=turn.own_words,
            worth=turn.worth,
            mark=row.mark if row else "",
            turning=bool(row and row.turning),
            review=tuple(review_words(row, numbers)) if row else (),
            feedback=(
                *whose_words(turn, who),
                *turn_feedback(turn, about.scenario),
                *swayed_words(turn, who),
                *([made[turn.seq]] if made.get(turn.seq) else []),
            ),
            better=turn.better if turn.seq in shown else None,
        )


def _points(changed: Iterable[Change], who: People) -> Iterator[Point]:
    number = 0
    for each in changed:
        share = each.after.curve or 0.0
        if isinstance(each, Steering):
            yield Point(0, share, STEERED[0], change_of_chances(each, who) or STEERED[1], "steered")
        else:
            number += 1
            sign, words = MARKS[each.mark]
            whose = "" if each.by == "learner" else f", by {who.called(each.by)}"
            yield Point(number, share, sign, f"{number}: {words}{whose}", each.mark, each.turning)


def _bare(of: Taken) -> Iterator[Exchange]:
    """The conversation by the events alone: what was said, and the points."""
    kept = [event.seq for event in live(of.events) if isinstance(event, Moved)]
    who, customer = people(of.started, named=True), of.started.customer
    for each in decisions(of.events, undone=True):
        event = each.event
        points = event.points if isinstance(event, Replied) else ()
        critical = event.critical if isinstance(event, Replied) else ""
        yield Exchange(
            number=kept.index(event.seq) + 1 if event.seq in kept else 0,
            time=clock(event.ms),
            speaker=each.first[0] or customer,
            heard=each.first[1],
            by=who.name(event.by),
            own=event.by == "learner",
            said=(event.said if isinstance(event, Replied) else "") or SAID_NOTHING,
            asides=asides(each.since, who, each.first[1]),
            own_words="",
            worth=worth(event),
            mark="",
            turning=False,
            review=(),
            feedback=(
                *([critical_words(critical, event.by)] if critical else []),
                *(f"{lesson} {value:+d}." for lesson, value in points),
                *([steered_words(event.steered, each.player, who)] if event.steered else []),
            ),
            better=None,
        )


def _last(events: tuple[AnyEvent, ...], customer: str) -> tuple[str, str]:
    """What was said last in answer to the learner, and by whom."""
    speaker = said = ""
    for event in live(events):
        if isinstance(event, Heard) and not isinstance(event, Steered) and event.says:
            ended = isinstance(event, Answered) and event.end
            speaker, said = "" if ended else event.who or customer, event.says
    return speaker, said


def _turning(exchanges: tuple[Exchange, ...]) -> str:
    found = next((each for each in exchanges if each.turning), None)
    return f"{found.number}. “{found.said}” {' '.join(found.review)}" if found else ""


def _to_try(about: Debrief | None) -> str:
    if about is None:
        return ""
    if about.try_next:
        return about.try_next
    lost = {key: tally.stake - tally.earned for key, tally in about.score.lessons.items()}
    key = max(lost, key=lambda each: lost[each], default="")
    lesson = about.scenario.lessons.get(key)
    return f"{lesson.title}: {principle(lesson)}" if lesson and lost[key] > 0 else ""


def worth_words(of: Exchange) -> str:
    """How the reply compares with what was on offer."""
    return WORTH[of.worth]
