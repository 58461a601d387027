"""The sentences that both ways in say: scores, meters, points, hints, results. Words, no layout."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count as count_from
from typing import TYPE_CHECKING

from taketwo.score import PASS_MARK, Outcome, Score

if TYPE_CHECKING:  # Home needs a few of these words, and none of what a debrief is made of
    from taketwo.debrief import Debrief, MeterChange, Turn
    from taketwo.lessons import Lesson
    from taketwo.review import Change, Mark, Reviewed
    from taketwo.scenario.model import Meter, Scenario
    from taketwo.transcript.rows import TakeRow

LEVELS = {1: "basics", 2: "common trouble", 3: "hard", 4: "wow"}
KINDS = {
    "resolved": "Resolved",
    "escalated": "Escalated",
    "callback": "Call-back agreed",
    "lost": "Lost",
    "stuck": "Stuck: nothing was left to say",
    "abandoned": "Ended by you",
}
CHANNELS = {
    "phone": "on the phone",
    "counter": "at the counter",
    "chat": "in a chat",
    "email": "by e-mail",
    "social": "in public",
    "floor": "on the floor",
    "team": "in the team",
}
CRITICAL = {
    "invented-manager": "you invented a manager",
    "false-promise": "you promised what nobody can keep",
    "failed-verification": "you passed over the identity check",
    "private-data": "you gave away private data",
    "abuse": "you were abusive",
    "hung-up": "you hung up",
}
WORTH = {
    "best": "The best on offer",
    "good": "Good, and there was better",
    "slip": "A slip",
    "costly": "The weakest on offer",
    "silent": "Dead air",
    "even": "No difference here",
}
POINTS = {-2: "breaks it", -1: "a slip", 0: "neither way", 1: "partly", 2: "models it"}


def scene_words(level: int, channel: str, minutes: int) -> str:
    """ "basics · at the counter · 5 min"."""
    return f"{LEVELS.get(level, '')} · {CHANNELS.get(channel, channel)} · {minutes} min"


def percent(share: float | None) -> str:
    """ "72 %", or "not met"."""
    return "not met" if share is None else f"{share:.0%}".replace("%", " %")


def meter_title(meter: Meter) -> str:
    """The meter's name for people."""
    return meter.title or meter.id.replace("-", " ").capitalize()


def meter_words(meter: Meter, value: int) -> str:
    """ "tense, 4 of 10"."""
    return f"{band}, {_of(meter, value)}" if (band := meter.band(value)) else _of(meter, value)


def _of(meter: Meter, value: int) -> str:
    """ "4 of 10"; both bounds where the meter does not begin at 0: "1 on a scale from −2 to 2"."""
    if meter.low == 0:
        return f"{value} of {meter.high}"
    return f"{value} on a scale from {meter.low} to {meter.high}".replace("-", "−")


def change_words(change: MeterChange) -> str:
    """ "Patience falls by 2, to 4 of 10: tense."."""
    way = "rises" if change.after > change.before else "falls"
    band = change.meter.band(change.after)
    end = f": {band}." if band else "."
    by = abs(change.after - change.before)
    return f"{meter_title(change.meter)} {way} by {by}, to {_of(change.meter, change.after)}{end}"


def points_words(points: Iterable[tuple[str, int]], scenario: Scenario) -> list[str]:
    """ "Active listening +2, models it", one a lesson."""
    return [
        f"{scenario.lessons[key].title if key in scenario.lessons else key} {value:+d}, {POINTS.get(value, '')}"
        for key, value in points
        if value
    ]


def critical_words(error: str, by: str = "learner") -> str:
    """ "Critical error: you invented a manager."; of the trainer's decisions "the trainer"."""
    words = CRITICAL.get(error, error)
    if by != "learner":
        words = words.replace("you were", "the trainer was").replace("you ", "the trainer ", 1)
    return f"Critical error: {words}."


def hint_words(lesson: Lesson) -> str:
    """A lesson told through its film, by its stance, without naming a reply."""
    if lesson.stance == "model":
        question = f"What would {lesson.character} do?"
    else:
        question = f"What did {lesson.character} miss?"
    happens = lesson.happens[0].upper() + lesson.happens[1:].rstrip(".")
    return f"{question} {_capital(lesson.source)}. {happens}."


def _capital(text: str) -> str:
    return text[0].upper() + text[1:]


def principle(lesson: Lesson) -> str:
    """What the lesson asks for, and where it comes from."""
    text = lesson.lesson[0].upper() + lesson.lesson[1:].rstrip(".")
    return f"{text}. {_capital(lesson.source)}."


def principle_words(turn: Turn, scenario: Scenario) -> str:
    """What the lesson of a decision asks for: "Active listening: let them finish …", or nothing."""
    lesson = scenario.lessons.get(turn.lesson)
    return f"{lesson.title}: {lesson.lesson[0].lower()}{lesson.lesson[1:].rstrip('.')}." if lesson else ""


def outcome_words(outcome: Outcome | None) -> str:
    """ "Resolved, CSAT 4 of 5"."""
    if outcome is None:
        return "Unfinished"
    kind = KINDS.get(outcome.kind, outcome.kind)
    return f"{kind}, CSAT {outcome.csat} of 5" if outcome.csat else kind


def craft_words(result: Score) -> str:
    """ "Craft 72 %; guessing would stand at 50 %."."""
    if result.craft is None:
        return "No craft to show: no decision had anything at stake."
    return f"Craft {percent(result.craft)}; guessing would stand at {percent(result.overall.guess)}."


def result_words(row: TakeRow) -> str:
    """The result of a take on the shelf, in a few words: "passed, 86 %"."""
    if row.status == "abandoned":
        return "ended by you"
    if row.status == "stuck":
        return "stuck"
    return f"{'passed' if row.passed else 'not passed'}, {percent(row.craft)}"


def verdict(result: Score, *, practised: bool = False) -> str:
    """Passed or not, and what decided it."""
    if result.outcome is None:
        return "Unfinished: nothing is decided yet."
    if result.passed:
        also = ", as practice" if practised or result.steered or result.taken_over else ""
        also += ": the better replies had been shown before" if practised else ""
        also += f", with {count(result.rewinds, 'rewind')}" if result.rewinds else ""
        return f"Passed{also}."
    reasons = [
        f"a critical error ({CRITICAL.get(error.error, error.error)})" for error in result.critical[:1]
    ]
    if result.outcome.kind == "abandoned":
        reasons.append("the take was ended before the customer was served")
    elif result.outcome.kind == "stuck":
        reasons.append("the take came to no ending")
    elif not result.outcome.acceptable:
        reasons.append("the ending was not acceptable")
    if result.craft is not None and result.craft < PASS_MARK - 1e-9:
        reasons.append(f"craft {percent(result.craft)}, and {percent(PASS_MARK)} are needed")
    elif result.craft is None and not reasons:
        reasons.append("no decision had anything at stake")
    return f"Not passed: {'; '.join(reasons)}."


def possible_words(about: Debrief) -> str:
    """The outcome beside the best and the worst of the scene."""
    least, most = about.possible
    outcome = about.score.outcome
    if least == most:
        return f"Every ending of this scene has CSAT {most}."
    if outcome is None or not outcome.csat:
        return f"The endings of this scene go from CSAT {least} to {most}."
    if outcome.csat == most:
        return f"CSAT {outcome.csat}: the best this scene can end. The worst is {least}."
    return f"CSAT {outcome.csat}. The best possible here is {most}, the worst {least}."


def prediction_words(about: Debrief) -> list[str]:
    """The learner's own judgement beside what was."""
    lines = []
    guess, outcome = about.prediction, about.score.outcome
    if guess and guess.value and outcome and outcome.csat:
        was = "and so it was" if guess.value == outcome.csat else f"it was {outcome.csat}"
        lines.append(f"You thought the customer was at {guess.value} of 5; {was}.")
    chosen = next((t for t in about.turns if guess and t.seq == guess.about), None)
    if chosen and about.to_try:
        worst = about.to_try[0]
        same = (
            "that is the one that cost most"
            if chosen is worst
            else f"the one that cost most was {worst.number}"
        )
        lines.append(f"You would take back reply {chosen.number}; {same}.")
    elif chosen:
        lines.append(f"You would take back reply {chosen.number}; it was the best on offer.")
    return lines


def count(number: int, thing: str) -> str:
    """ "1 decision", "3 decisions", "1,200 takes"."""
    return f"{number:,} {thing}" + ("" if number == 1 else "s")


def clock(ms: int) -> str:
    """ "4:05" for 245,000 ms."""
    seconds = round(ms / 1000)
    return f"{seconds // 60}:{seconds % 60:02d}"


def turn_feedback(turn: Turn, scenario: Scenario, *, better: bool = False) -> list[str]:
    """What a reply did, line by line, without layout: worth, points, meters, why; the better reply where asked."""
    lines = [f"{WORTH[turn.worth]}."]
    if turn.critical:
        lines.append(critical_words(turn.critical, turn.by))
    lines += [f"{words}." for words in points_words(turn.points, scenario)]
    lines += [change_words(change) for change in turn.meters]
    if turn.why:
        lines.append(turn.why)
    if turn.reveals:
        lines.append(f"Noted: {turn.reveals}")
    if better and turn.better:
        lines.append(f"Better here: “{turn.better.text}” {turn.better.why}")
    return lines


MARKS: dict[Mark, tuple[str, str]] = {
    "closed": ("▼", "Closed a door"),
    "harder": ("▽", "Made it harder"),
    "slip": ("–", "A slip, and little was lost by it"),
    "recovery": ("▲", "A recovery"),
    "best": ("✓", "Kept everything open"),
    "": ("·", "Nothing changed"),
}
"""the sign of each mark of the review, and what it is called"""
STEERED = ("◆", "Steered by whoever played the customer")
"""the same of what was steered, which is nobody's decision"""
STEPS = " ▁▂▃▄▅▆▇█"


def review_words(row: Reviewed, numbers: dict[int, int]) -> list[str]:
    """What the solved scenario says about a decision; `numbers` tells the number of each decision by its seq."""
    before, after = row.before.curve or 0.0, row.after.curve or 0.0
    lines = []
    name = MARKS[row.mark][1]
    turned = "The turning point. " if row.turning else ""
    if row.mark == "closed" and row.before.best and row.after.best:
        lines.append(f"{turned}{name}: {_doors(row)}")
    elif row.mark not in ("best", ""):
        lines.append(f"{turned}{name}.")
    if percent(before) != percent(after):
        way = "rose" if after > before else "fell"
        lines.append(f"The chance of a good ending {way} from {percent(before)} to {percent(after)}.")
    if row.cause:
        since = f" since decision {numbers[row.cause_seq]}" if row.cause_seq in numbers else ""
        reason = "somebody played the customer" if row.cause_steered else f"of what came before{since}"
        lines.append(f"It led here because {reason}: {row.cause[0].lower()}{row.cause[1:].rstrip('.')}.")
    if row.hindsight:
        lines.append("Only visible afterwards: nothing on offer looked better.")
    return lines


def _doors(row: Reviewed) -> str:
    before, after = row.before.best, row.after.best
    assert before and after
    if before.clean and not after.clean:
        return "a critical error fails the take, whatever follows."
    was = f"CSAT {before.csat}{', resolved,' if before.resolved else ''}"
    now = f"CSAT {after.csat}{', resolved' if after.resolved else ', unresolved' if before.resolved else ''}"
    return f"{was} could still be reached before; now the best is {now}."


def curve_lines(changes: Sequence[Change]) -> list[str]:
    """The curve of a take as three lines: bars, marks, numbers of the decisions. What was steered has no number."""
    from taketwo.review import Reviewed, curve

    shares = curve(changes)
    if not shares:
        return []
    bars = " ".join(STEPS[round(share * 8)] * 2 for share in shares)
    signs = [MARKS[each.mark][0] if isinstance(each, Reviewed) else STEERED[0] for each in changes]
    numbers = count_from(1)
    below = [str(next(numbers)) if isinstance(each, Reviewed) else "" for each in changes]
    return [
        f"{bars}  {percent(shares[0])} at the start, {percent(shares[-1])} at the end",
        "   " + " ".join(f"{sign:>2}" for sign in signs),
        "   " + " ".join(f"{number:>2}" for number in below).rstrip(),
    ]


def curve_words(about: Debrief) -> list[str]:
    """The curve in words: where it began, the turning point, where it ended."""
    from taketwo.review import curve

    shares = curve(about.changes)
    if not shares:
        return []
    numbers = {turn.seq: turn.number for turn in about.turns}
    lines = [f"The chance of a good ending began at {percent(shares[0])} and ended at {percent(shares[-1])}."]
    turning = next((row for row in about.review.values() if row.turning), None)
    if turning:
        before, after = percent(turning.before.curve), percent(turning.after.curve)
        fell = f"it fell from {before} to {after}" if before != after else f"it fell a little, at {before}"
        lines.append(f"The turning point was decision {numbers.get(turning.seq, 0)}: {fell}.")
    return lines


def hollywood_words(turn: Turn, scenario: Scenario) -> list[str]:
    """Expectation against reality: what the film line breaks, what it did, and what people need instead."""
    broken = min(turn.points, key=lambda point: point[1], default=None)
    if broken is None or broken[1] >= 0 or broken[0] not in scenario.lessons:
        return ["In the films this is how it goes on.", turn.why]
    lesson = scenario.lessons[broken[0]]
    critical = [critical_words(turn.critical)] if turn.critical else []
    return [
        f"In the films: {lesson.breaks[0].lower()}{lesson.breaks[1:].rstrip('.')}. ({lesson.title}, {_capital(lesson.source)})",
        *critical,
        turn.why,
        f"In life: {lesson.models[0].lower()}{lesson.models[1:].rstrip('.')}.",
    ]


def follows_words(row: TakeRow | None) -> str:
    """What a sequel was told of, for its briefing."""
    if row is None:
        return ""
    return f"It follows your take of {row.title} on {row.created[:10]}: what you said there is remembered."


def callback_words(row: TakeRow) -> str:
    """Why a sequel is there to be played now."""
    return f"You had a take of {row.title} on {row.created[:10]}. What you said then is remembered."
