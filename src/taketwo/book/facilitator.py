"""The facilitator's page of a scene: aim, time, three questions, and what to watch for."""

from collections.abc import Iterator

from taketwo.book.chapter import LEARNER, Chapter
from taketwo.book.guide import Conflict, Hinge, Timing
from taketwo.book.late import Late
from taketwo.book.markup import Html, Part, el, html
from taketwo.take.decide import filled
from taketwo.take.machine import Move, Position
from taketwo.wording import count, critical_words, percent


def facilitator(chapter: Chapter) -> Html:
    """The page; where the scene has no figures it says why."""
    return el(
        "section",
        el("p", chapter.scenario.title, class_="over"),
        el("h3", "Facilitator’s page"),
        *_parts(chapter),
        class_="facilitator",
    )


def _parts(chapter: Chapter) -> Iterator[Part]:
    yield _aim(chapter)
    guide = chapter.guide
    if guide is None:
        yield el("p", f"There are no questions computed for this scene: {chapter.refused}.")
        return
    yield _timing(guide.timing)
    questions = [
        *([_turning(chapter, guide.hinge)] if guide.hinge else []),
        *([_conflict(chapter, guide.conflict)] if guide.conflict else []),
        *([_late(chapter, guide.late)] if guide.late else []),
    ]
    if questions:
        yield el("h4", "To ask")
        yield el("ol", [el("li", *question) for question in questions], class_="questions")
    if guide.hinge:
        yield el("h4", "To watch for")
        yield _tempting(chapter, guide.hinge)


def _aim(chapter: Chapter) -> Html:
    scenario = chapter.scenario
    lessons = [scenario.lessons[key] for key in scenario.centre if key in scenario.lessons]
    return html(el("h4", "Aim"), [el("p", el("b", row.title), ". ", row.lesson) for row in lessons])


def _timing(timing: Timing) -> Html:
    rows = [
        ("Play", timing.play),
        ("Debrief", timing.debrief),
        ("Second take", timing.again),
        ("In all", timing.whole),
    ]
    return html(
        el("h4", "Time"),
        el(
            "dl",
            [el("div", el("dt", name), el("dd", f"{minutes} min")) for name, minutes in rows],
            class_="times",
        ),
    )


def _turning(chapter: Chapter, hinge: Hinge) -> Iterator[Part]:
    loss, here = hinge.loss, hinge.loss.position
    yield el("p", "The turning point", class_="label")
    yield _hears(chapter, here)
    yield _answers(chapter, "A reply that turns it", loss.move, here)
    yield el("p", "What does that reply do, and what would you say instead?", class_="ask")
    yield el(
        "p",
        f"The chance of a good ending falls from {percent(loss.before)} to {percent(loss.after)}. ",
        critical_words(loss.move.reply.critical) + " " if loss.move.reply.critical else "",
        _why(loss.move),
        f" It is decision {loss.number} of {len(hinge.failing.losses)} on the likeliest way to fail, which ends in ",
        el("i", hinge.failing.end),
        ".",
        class_="answer",
    )
    yield _best(chapter, hinge.best, here)


def _conflict(chapter: Chapter, conflict: Conflict) -> Iterator[Part]:
    (serves, plus), (hurts, minus) = conflict.serves, conflict.hurts
    yield el("p", "Two lessons against each other", class_="label")
    yield _hears(chapter, conflict.position)
    yield _answers(chapter, "A reply", conflict.move, conflict.position)
    yield el(
        "p",
        f"It does well by one lesson and badly by another: by which, and what weighs more for {chapter.scenario.customer.name} here?",
        class_="ask",
    )
    yield el(
        "p",
        f"{_title(chapter, serves)} {plus:+d}, {_title(chapter, hurts)} {minus:+d}. ".replace("-", "−"),
        _why(conflict.move),
        class_="answer",
    )
    yield _best(chapter, conflict.best, conflict.position)


def _late(chapter: Chapter, late: Late) -> Iterator[Part]:
    scenario, read = chapter.scenario, late.read_at
    yield el("p", "A late consequence", class_="label")
    yield _answers(chapter, f"Decision {late.number}", late.by, late.set_at)
    yield _hears(chapter, read, f"Decision {late.later}, ")
    if late.how == "says":
        yield el("p", "What of decision ", str(late.number), " is in this line?", class_="ask")
        instead = html(" Otherwise it is “", chapter.heard(late.without), "”")
    else:
        yield el("p", "What of decision ", str(late.number), " counts here, and how?", class_="ask")
        instead = _elsewhere(chapter, late)
    flag = filled(scenario.flags[late.flag], LEARNER)
    yield el("p", f"What the scene remembers: {flag.rstrip('.')}.", instead, class_="answer")


def _elsewhere(chapter: Chapter, late: Late) -> Html:
    way, m = late.way, chapter.machine
    if way is None:
        return html()
    said = html(" “", chapter.said(way, late.read_at), "”")
    if late.how == "offers":
        there = way in m.offered(late.read_at)
        return html(
            said, " is on offer only because of it." if there else " is no longer on offer because of it."
        )
    led, otherwise = m.step(late.read_at, way).node, m.step(late.without, way).node
    return html(said, " now leads to ", el("i", led), ", otherwise to ", el("i", otherwise), ".")


def _tempting(chapter: Chapter, hinge: Hinge) -> Html:
    move, best = hinge.tempting, hinge.best
    same = move.reply == hinge.loss.move.reply
    return html(
        el("p", f"Of the weaker replies at decision {hinge.loss.number} the most tempting:"),
        _answers(chapter, "Learner", move, hinge.loss.position),
        el(
            "p",
            f"It is worth {_points(move)}, the best {_points(best)}; a good ending then has a chance of {percent(hinge.left)}. ",
            "It is the one of the turning point." if same else _why(move),
            class_="answer",
        ),
    )


def _points(move: Move) -> str:
    return count(move.offer.total, "point").replace("-", "−")


def _hears(chapter: Chapter, position: Position, when: str = "") -> Html:
    name = chapter.scenario.customer.name
    return el(
        "p", el("b", f"{when}{name}", class_="who"), " ", f"“{chapter.heard(position)}”", class_="heard"
    )


def _answers(chapter: Chapter, who: str, move: Move, position: Position) -> Html:
    return el("p", el("b", who, class_="who"), " ", f"“{chapter.said(move, position)}”", class_="said")


def _best(chapter: Chapter, move: Move, position: Position) -> Html:
    return el("p", f"The best on offer: “{chapter.said(move, position)}” ", _why(move), class_="answer")


def _why(move: Move) -> str:
    return filled(move.reply.why, LEARNER)


def _title(chapter: Chapter, lesson: str) -> str:
    rows = chapter.scenario.lessons
    return rows[lesson].title if lesson in rows else lesson
