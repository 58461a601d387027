"""The sentences about ratings that every way in says. Words, no layout."""

from collections.abc import Iterator, Mapping, Sequence

from taketwo.debrief import Turn, turns
from taketwo.qa.agreement import both_rated
from taketwo.qa.calibration import Agreement, Calibration, Difference, Judged, Row
from taketwo.qa.form import HAPPENED, NA, Form, Section
from taketwo.qa.sheet import Answer, Failing, Mark, QaSheet, Rating, SectionResult
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Heard, Rated, Remarked, Replied
from taketwo.text import clean_line

NO_NAME = "a rater without a name"
NOT_RATED = "not rated yet"
FIGURES = (
    "κ: 1 is full agreement, 0 what chance would make of how each rater spreads their ratings; quadratic weights, so being two "
    "apart counts four times as much as one. ICC(2,1): how much of the spread lies in what was rated, and not in who rated."
)


def who(rater: str) -> str:
    """The rater's name, or that there is none."""
    return clean_line(rater) or NO_NAME


def of_100(share: float | None) -> str:
    """ "72 of 100"."""
    return "nothing that counts yet" if share is None else f"{share * 100:.0f} of 100"


def percent(share: float | None, otherwise: str = "not met") -> str:
    """ "72 %"."""
    return otherwise if share is None else f"{share * 100:.0f} %"


def several(number: int, thing: str) -> str:
    """ "1 item", "2 items"."""
    return f"{number} {thing}{'' if number == 1 else 's'}"


# --- the form


def section_head(section: Section, engine: float | None) -> str:
    """ "Understanding, 25 of 100. The engine: 72 %"."""
    return f"{section.title}, {section.weight} of 100. {engine_words(engine)}"


def engine_words(engine: float | None) -> str:
    """What the engine scored for a section."""
    return "The engine: not at stake here" if engine is None else f"The engine: {percent(engine)}"


def title_of(form: Form, key: str) -> str:
    """The question of an item, or of a critical error."""
    return form.items[key].question if key in form.items else f"Critical error: {form.asks[key].question}"


def choices(form: Form, key: str) -> list[tuple[str, str]]:
    """What can be given for an item: the key to type, and what it stands for."""
    if key in form.asks:
        return [("0", "It did not happen."), ("1", "It happened, and fails the take.")]
    item = form.items[key]
    found = [(str(value), anchor) for value, anchor in enumerate(item.anchors)]
    return [*found, ("n/a", item.na)] if item.na else found


def value_words(form: Form, key: str, value: int) -> str:
    """ "2, met", "n/a", "happened"."""
    if key in form.asks:
        return "happened" if value == HAPPENED else "did not happen"
    if value == NA:
        return "n/a"
    return f"{value}, {form.scale[value]}" if value < len(form.scale) else str(value)


# --- the take


def place_words(about: int, numbers: Mapping[int, int]) -> str:
    """ "decision 3", "event 7", or nothing for the take as a whole."""
    if not about:
        return ""
    return f"decision {numbers[about]}" if about in numbers else f"event {about}"


def shown_words(about: int, events: Sequence[AnyEvent], numbers: Mapping[int, int]) -> str:
    """The event that shows it, with its words: "decision 3: “I will look.”"."""
    place = place_words(about, numbers)
    event = events[about - 1] if 0 < about <= len(events) else None
    if isinstance(event, Replied):
        said = event.said
    elif isinstance(event, Heard):
        said = event.says
    else:
        said = event.text if isinstance(event, Remarked) else ""
    return f"{place}: “{said}”" if place and said else place


def numbers_of(events: Sequence[AnyEvent], scenario: Scenario | None) -> dict[int, int]:
    """The number of each decision by its seq; the same as in the debrief."""
    return {turn.seq: turn.number for turn in all_turns(events, scenario)}


def all_turns(events: Sequence[AnyEvent], scenario: Scenario | None) -> list[Turn]:
    """The decisions of a take, those that were taken back included; none where its scenario is not there."""
    return turns(events, scenario, undone=True) if scenario else []


# --- ratings


def result_words(rating: Rating) -> str:
    """What a rater's ratings come to: "Ada: 72 of 100, and 75 are needed: not passed."."""
    form = rating.form
    if not rating.marks:
        return f"{who(rating.rater)}: {NOT_RATED}."
    score = f"{who(rating.rater)}: {of_100(rating.share)}"
    if rating.failing:
        return f"{score}; failed by {_few([f.critical.id for f in rating.failing])}, whatever the score."
    if not rating.complete:
        return f"{score} so far; {several(len(rating.unrated), 'item')} not rated yet."
    return f"{score}, and {form.pass_mark} are needed: {'passed' if rating.passed else 'not passed'}."


def failing_words(failing: Failing, rating: Rating, numbers: Mapping[int, int]) -> str:
    """A critical error that stands, and who found it."""
    scene = f"the scene, in {_decisions(failing.seqs, numbers)}" if failing.seqs else ""
    by = who(rating.rater) if failing.by_rater else ""
    also = ", unless the rater says otherwise" if not by else ""
    return f"Critical error: {failing.critical.question} Found by {' and '.join(filter(None, (by, scene)))}{also}."


def _decisions(seqs: Sequence[int], numbers: Mapping[int, int]) -> str:
    told = [str(numbers[seq]) for seq in seqs if seq in numbers]
    return f"decision {_few(told)}" if told else "a decision"


def section_words(result: SectionResult) -> str:
    """ "Understanding: 67 %, counts 25 of 100. The engine: 72 %"."""
    rated = percent(result.share, NOT_RATED if result.unrated else "does not apply")
    weight = f", counts {result.weight * 100:.0f} of 100" if result.share is not None else ""
    return f"{result.section.title}: {rated}{weight}. {engine_words(result.engine)}"


def short_section_words(result: SectionResult) -> str:
    """ "Understanding 67 % (engine 72 %)"."""
    rated = percent(result.share, NOT_RATED if result.unrated else "does not apply")
    return f"{result.section.title} {rated} (engine {percent(result.engine, '–')})"


def mark_words(form: Form, mark: Mark, numbers: Mapping[int, int]) -> str:
    """ "2, met (decision 3): the comment"."""
    place = place_words(mark.about, numbers)
    words = value_words(form, mark.item, mark.value) + (f" ({place})" if place else "")
    return f"{words}: {mark.text}" if mark.text else words


def answer_words(answer: Answer) -> str:
    """What the learner said to a rating."""
    if answer.topic == "acknowledged":
        return f"Acknowledged{f': {answer.text}' if answer.text else '.'}"
    return f"Appeal{', looked at again since' if answer.settled else ''}: {answer.text}"


def other_forms_words(labels: Sequence[str]) -> str:
    """That there are ratings which this form does not count."""
    return f"Also rated by another form, which is not counted here: {_few(labels)}."


def rated_lines(of: QaSheet, numbers: Mapping[int, int], *, whole: bool = True) -> Iterator[tuple[str, str]]:
    """Everything about the ratings of a take by one form, line by line, each with what stands before it.

    `whole`: with what the learner said to the rating as a whole.
    """
    for rating in of.ratings:
        yield "", result_words(rating)
        for failing in rating.failing:
            yield "  ! ", failing_words(failing, rating, numbers)
        for result in rating.sections:
            yield "  ", f"{section_words(result)}."
            for item in result.section.items:
                if mark := rating.marks.get(item.id):
                    yield "    - ", f"{item.question} {mark_words(of.form, mark, numbers)}"
                    for answer in mark.answers:
                        yield "      ", answer_words(answer)
        for key in of.form.asks:
            if (mark := rating.marks.get(key)) and (mark.text or mark.answers):
                yield "    - ", f"{title_of(of.form, key)} {mark_words(of.form, mark, numbers)}"
                for answer in mark.answers:
                    yield "      ", answer_words(answer)
    for answer in of.answers if whole else ():
        yield "", f"The rating as a whole. {answer_words(answer)}"


def bare_lines(events: Sequence[AnyEvent], numbers: Mapping[int, int]) -> Iterator[str]:
    """Ratings by forms that are not there: as they stand, without a score."""
    labels = dict.fromkeys(event.form for event in events if isinstance(event, Rated))
    if labels:
        yield f"Rated by a form that is not here ({_few(list(labels))}), so without a score:"
    for event in events:
        if isinstance(event, Rated):
            value = "n/a" if event.value == NA else str(event.value)
            place = place_words(event.about, numbers)
            words = f"{who(event.rater)}, {event.item}: {value}" + (f" ({place})" if place else "")
            yield f"{words}: {event.text}" if event.text else words


def rating_words(event: Rated) -> str:
    """A rating as one thing that happened."""
    value = "does not apply" if event.value == NA else str(event.value)
    return f"Rated by {who(event.rater)}, {event.item}: {value}. {event.text}".rstrip()


def answered_rating_words(event: Remarked, rated: Rated | None) -> str:
    """What the learner said to a rating, as one thing that happened; `rated` is None for the rating as a whole."""
    about = f"the rating of {rated.item}" if rated else "the rating"
    if event.topic == "acknowledged":
        return f"Has seen {about}{f': {event.text}' if event.text else '.'}"
    return f"An appeal against {about}: {event.text}"


# --- calibration


def figure(value: float | None) -> str:
    """ "0.71"; a dash where it cannot be computed."""
    return "–" if value is None else f"{value:.2f}".replace("-", "−")


def why_no_kappa(rows: Sequence[Row]) -> str:
    """Why there is no κ."""
    raters = len(rows[0]) if rows else 0
    pairs = [both_rated(rows, a, b) for a in range(raters) for b in range(a)]
    most = max(map(len, pairs), default=0)
    if most == 0:
        return "no two raters gave a rating to the same thing"
    if most == 1:
        return "one pair of ratings has no κ"
    return "both gave one and the same rating to everything, so chance alone would agree as well"


def overall_words(found: Calibration) -> list[str]:
    """How far the raters agree over everything."""
    whole = found.overall
    lines = [f"The same rating: {percent(whole.same, 'nothing that two of them rated')}."]
    if whole.kappa is None:
        lines.append(f"No κ over all items: {why_no_kappa(whole.rows)}.")
    else:
        pairs = ", the mean of all pairs of raters" if len(found.raters) > 2 else ""
        lines.append(
            f"Weighted κ over all items: {figure(whole.kappa)}{pairs} (with linear weights {figure(found.linear)})."
        )
    if found.icc is None:
        few = len(found.full) < 2
        why = "it needs two items that everybody rated" if few else "the ratings do not vary"
        lines.append(f"No ICC(2,1): {why}.")
    else:
        lines.append(
            f"ICC(2,1) over {several(len(found.full), 'item')} that everybody rated: {figure(found.icc)}."
        )
    return lines


def item_words(found: Calibration) -> str:
    """For which items there is no κ, and why; empty where all have one."""
    if len(found.takes) < 2:
        return "κ of one item takes two takes or more, rated by the same people; in one take they agree on it or differ."
    without = [key for key, agreed in found.items.items() if agreed.kappa is None]
    why = "two people rated it in fewer than two takes, or gave it one and the same rating every time"
    return f"No κ for {_few(without)}: {why}." if without else ""


def kappa_words(of: Agreement) -> str:
    """ "κ 0.71"; nothing where there is none."""
    return f"κ {figure(of.kappa)}" if of.kappa is not None else ""


def same_words(found: Calibration) -> list[str]:
    """Whether the files are copies of one take, and which ratings cannot be compared."""
    lines = []
    if len(found.takes) > 1:
        names = "; ".join(f"{take.name} by {_raters(take)}" for take in found.takes)
        lines.append(
            f"These are {len(found.takes)} different takes (scene, learner, seed and moves are not the same): {names}."
        )
        lines.append("Raters are compared within each take; figures are over all of them.")
    alone = [take.name for take in found.takes if len(take.opinions) == 1]
    lines += [f"{name} has one rater, and nobody to compare with." for name in alone]
    lines += [
        f"Nobody has rated {take.name} by {found.form.label}." for take in found.takes if not take.opinions
    ]
    if found.left_out:
        lines.append(other_forms_words(found.left_out))
    return lines


def _raters(take: Judged) -> str:
    return _few([who(rater) for rater in take.opinions]) or "nobody"


def apart_words(of: Difference, form: Form) -> str:
    """How far raters are apart."""
    if of.critical:
        return "a critical error for one of them"
    if any(mark and mark.value == NA for _, mark in of.marks):
        return "one says that it does not apply"
    return f"{of.spread} apart"


def opinion_words(
    form: Form, key: str, mark: Mark | None, events: Sequence[AnyEvent], numbers: Mapping[int, int]
) -> str:
    """One rater's rating in a difference: "0, missing: cold (decision 6: “Not a yes.”)"."""
    if mark is None:
        return "not marked"
    words = value_words(form, key, mark.value)
    shown = shown_words(mark.about, events, numbers)
    words += f": {mark.text}" if mark.text else ""
    return f"{words} ({shown})" if shown else words


def _few(names: Sequence[str]) -> str:
    return ", ".join(names)
