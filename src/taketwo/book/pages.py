"""The pages of one scene: what it is, its tree, its best line, the Hollywood line, its endings."""

from collections.abc import Iterable, Iterator

from taketwo.book.chapter import LEARNER, Chapter
from taketwo.book.facilitator import facilitator
from taketwo.book.markup import Html, Part, el, html, wide_table
from taketwo.debrief import Turn
from taketwo.graph.words import upper
from taketwo.lessons import Lesson
from taketwo.scenario.model import Scenario
from taketwo.take.decide import filled
from taketwo.wording import (
    CHANNELS,
    KINDS,
    LEVELS,
    count,
    hollywood_words,
    percent,
    points_words,
)


def scene(chapter: Chapter) -> Html:
    """All pages of a scene."""
    return el("article", *_parts(chapter), id=chapter.anchor, class_="scene")


def _parts(chapter: Chapter) -> Iterator[Part]:
    scenario = chapter.scenario
    yield el(
        "header",
        el("p", f"Level {scenario.level}: {LEVELS[scenario.level]}", class_="over"),
        el("h2", scenario.title),
        el("p", meta(scenario), class_="meta"),
        el("p", _filled(scenario.about), class_="about") if scenario.about else "",
    )
    yield _briefing(scenario)
    yield _customer(scenario)
    yield _lessons(scenario)
    yield facilitator(chapter)
    yield _best(chapter)
    yield _film(chapter)
    yield _endings(chapter)
    yield _tree(chapter)


def meta(scenario: Scenario) -> str:
    """Channel, minutes and size in a line."""
    return " · ".join(
        (
            upper(CHANNELS[scenario.channel]),
            count(scenario.minutes, "minute"),
            count(len(scenario.nodes), "place") + " to answer at",
            count(len(scenario.endings), "ending"),
            scenario.id,
        )
    )


def _filled(text: str) -> str:
    return filled(text, LEARNER)


def _briefing(scenario: Scenario) -> Html:
    briefing = scenario.briefing
    facts = el("ul", [el("li", _filled(fact)) for fact in briefing.facts]) if briefing.facts else ""
    follows = ""
    if scenario.sequel:
        follows = el("p", f"It follows {', '.join(scenario.sequel.of)}; here it is told as played by itself.")
    return el(
        "section",
        el("h3", "Briefing"),
        el("p", _filled(briefing.role)),
        el("p", _filled(briefing.situation)),
        facts,
        follows,
        class_="briefing",
    )


def _customer(scenario: Scenario) -> Html:
    customer = scenario.customer
    rows = [("Wants", customer.wants), ("Needs", customer.needs)]
    return el(
        "section",
        el("h3", customer.name),
        el("dl", [(el("dt", name), el("dd", _filled(text))) for name, text in rows if text]),
        class_="customer",
    )


def _lessons(scenario: Scenario) -> Html:
    others = [key for key in scenario.scored() if key not in scenario.centre]
    return el(
        "section",
        el("h3", "Lessons"),
        [_lesson(scenario.lessons[key], centre=True) for key in scenario.centre if key in scenario.lessons],
        el(
            "div",
            el("p", "Also scored", class_="label"),
            [_lesson(scenario.lessons[key], centre=False) for key in others if key in scenario.lessons],
            class_="also",
        )
        if others
        else "",
        class_="lessons",
    )


def _lesson(lesson: Lesson, *, centre: bool) -> Html:
    shown = html(
        el("b", lesson.title), " ", el("span", f"{lesson.source}, a {lesson.stance}.", class_="quiet")
    )
    if not centre:
        return el("p", shown, el("br"), " ", lesson.happens)
    return el(
        "div",
        el("p", shown, el("br"), lesson.happens),
        el("p", lesson.lesson),
        el(
            "dl",
            el("dt", "Models it"),
            el("dd", lesson.models),
            el("dt", "Breaks it"),
            el("dd", lesson.breaks),
        ),
        class_="centre",
    )


def _best(chapter: Chapter) -> Html:
    outlook, scenario, end = chapter.outlook, chapter.scenario, chapter.end
    if outlook is None or end is None:
        return el("section", el("h3", "The best line of play"), el("p", "No play comes to an ending."))
    says = [
        f"{KINDS[end.kind]}, CSAT {end.csat} of 5",
        count(len(chapter.best), "decision"),
        f"{count(outlook.lost, 'craft point')} given away",
    ]
    return el(
        "section",
        el("h3", "The best line of play"),
        el("p", f"{', '.join(says)}.", class_="meta"),
        el("ol", [_exchange(turn, scenario, _whys(turn, scenario)) for turn in chapter.best], class_="play"),
        _ended(chapter.best),
        class_="best",
    )


def _whys(turn: Turn, scenario: Scenario) -> list[tuple[str, str]]:
    """What is said about a reply, each with its class."""
    return [(turn.why, "why"), (" · ".join(points_words(turn.points, scenario)), "note")]


def _exchange(turn: Turn, scenario: Scenario, notes: Iterable[tuple[str, str]]) -> Html:
    return el(
        "li",
        el("p", el("b", scenario.customer.name, class_="who"), " ", turn.heard, class_="heard"),
        el("p", el("b", "You", class_="who"), " ", turn.said or "(silence)", class_="said"),
        [el("p", note, class_=kind) for note, kind in notes if note],
    )


def _breaks(turn: Turn, scenario: Scenario) -> list[tuple[str, str]]:
    """What a line of the films breaks, each sentence with its class."""
    return [(words, "why" if words == turn.why else "note") for words in hollywood_words(turn, scenario)]


def _ended(turns: tuple[Turn, ...]) -> Html:
    return el("p", turns[-1].answer, class_="ended") if turns else html()


def _film(chapter: Chapter) -> Html:
    scenario = chapter.scenario
    return el(
        "section",
        el("h3", "The Hollywood line"),
        el("p", "The scene as films play it, and what each line breaks.", class_="meta"),
        el(
            "ol",
            [_exchange(turn, scenario, _breaks(turn, scenario)) for turn in chapter.film],
            class_="play",
        ),
        _ended(chapter.film),
        class_="film",
    )


def _endings(chapter: Chapter) -> Html:
    figures = bool(chapter.chances)
    heads = ["Ending", "Result", "CSAT", "Passes"] + ["Decent learner"] * figures + ["What happens"]
    rows = []
    for ending in sorted(chapter.scenario.endings.values(), key=lambda end: -end.csat):
        cells = [
            el("th", ending.id, scope="row"),
            el("td", KINDS[ending.kind]),
            el("td", str(ending.csat), class_="number"),
            el("td", "can" if ending.acceptable else "no"),
        ]
        if figures:
            cells.append(el("td", percent(chapter.chances.get(ending.id, 0.0)), class_="number"))
        rows.append(el("tr", cells, el("td", _filled(ending.text))))
    return el(
        "section",
        el("h3", "Endings"),
        wide_table("Table of endings", heads, rows),
        class_="endings",
    )


def _tree(chapter: Chapter) -> Html:
    outline = el("pre", chapter.outline, tabindex="0")
    if not chapter.drawing:
        why = f"As text, for it cannot be drawn here. {chapter.undrawn}"
        return el("section", el("h3", "The tree"), el("p", why, class_="meta"), outline, class_="tree")
    caption = (
        "Solid lines: a reply. Dashed: silence. Dotted: cuts in at any time. "
        "Thick, with the numbers of its decisions: the best line of play."
    )
    return el(
        "section",
        el("h3", "The tree"),
        el(
            "figure",
            el("figcaption", caption, class_="meta"),
            el(
                "div",
                Html(chapter.drawing),
                class_="drawing",
                tabindex="0",
                role="region",
                aria_label="The tree",
            ),
        ),
        el("details", el("summary", "Every reply, and where it leads, as text"), outline),
        class_="tree",
    )
