"""What stands before the scenes: the cover, the contents, how to use the book, and which scene teaches what."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from taketwo.book.chapter import Chapter
from taketwo.book.guide import AGAIN, DEBRIEF
from taketwo.book.markup import Html, Part, el, html, wide_table
from taketwo.lessons import Lesson
from taketwo.scenario.taught import ENOUGH, taught
from taketwo.score import PASS_MARK
from taketwo.wording import CHANNELS, LEVELS, count, percent

TITLE = "Take Two"
SUBTITLE = "The trainers’ edition"


def front(chapters: Sequence[Chapter], lessons: Mapping[str, Lesson], *, whole: bool) -> Html:
    """Everything before the first scene. Of a collection that is not `whole` only the lessons that it scores."""
    return html(_cover(chapters), _contents(chapters), _how_to(), _coverage(chapters, lessons, whole=whole))


def _cover(chapters: Sequence[Chapter]) -> Html:
    scenes = [chapter.scenario for chapter in chapters]
    minutes = sum(scene.minutes for scene in scenes)
    met = {lesson for scene in scenes for lesson in scene.scored()}
    size = [count(len(scenes), "scene"), count(len(met), "lesson"), f"{count(minutes, 'minute')} of play"]
    return el(
        "header",
        el("p", "Practice of hard customer conversations", class_="over"),
        el("h1", TITLE),
        el("p", SUBTITLE, class_="subtitle"),
        el("p", ", ".join(size), class_="meta"),
        el("p", "It gives the scenes away: it is for those who lead, not for those who play.", class_="meta"),
        class_="cover",
    )


def _contents(chapters: Sequence[Chapter]) -> Html:
    parts: list[Part] = [el("h2", "Contents", id="contents-title")]
    parts.append(
        el(
            "ul",
            el("li", el("a", "How to use this book", href="#use")),
            el("li", el("a", "Which scene teaches what", href="#coverage")),
            class_="plain",
        )
    )
    for level in sorted({chapter.scenario.level for chapter in chapters}):
        here = [chapter for chapter in chapters if chapter.scenario.level == level]
        parts.append(el("h3", f"Level {level}: {LEVELS[level]}"))
        parts.append(el("ul", [el("li", *_entry(chapter)) for chapter in here], class_="plain"))
    return el("nav", *parts, class_="contents", aria_labelledby="contents-title")


def _entry(chapter: Chapter) -> Iterator[Part]:
    scenario = chapter.scenario
    centre = [scenario.lessons[key].title for key in scenario.centre if key in scenario.lessons]
    yield el("a", scenario.title, href=f"#{chapter.anchor}")
    yield " "
    about = f"{', '.join(centre)} · {CHANNELS[scenario.channel]} · {scenario.minutes} min"
    yield el("span", about, class_="quiet")


_USE = (
    (
        "Before",
        "Read the scene’s first page and its facilitator’s page. Play it once yourself: taketwo play, with the id that "
        "stands under the title. Learners see the briefing and nothing else of this book.",
    ),
    (
        "Play",
        "Alone, in pairs at one screen, or aloud: you read the customer, the room answers. Let the scene come to its "
        "ending, also to a bad one.",
    ),
    (
        "Debrief",
        "Let the learner speak first: which reply would you take back? Then ask the questions of the facilitator’s page, in "
        "their order; what stands under each is for you.",
    ),
    (
        "Second take",
        "Play the scene again, or from the turning point. Compare what happened, not the people.",
    ),
)
_WORDS = (
    (
        "Points",
        "From −2 (breaks a lesson) to +2 (models it). Craft compares the points of each reply with what was on offer. "
        f"A take passes with a craft of {percent(PASS_MARK)}, an acceptable ending and no critical error.",
    ),
    (
        "A decent learner",
        "Somebody who chooses each reply with a weight of two to the power of its points: a reply worth one point more is "
        "chosen twice as often.",
    ),
    (
        "The chance of a good ending",
        "How often a decent learner who plays on comes to an acceptable ending without a critical error. It is computed "
        "over all plays, not sampled.",
    ),
    (
        "The likeliest way to fail",
        "Of all plays of a decent learner that end unacceptably or with a critical error, the one with the greatest "
        "chance. The turning point is the decision on it after which the chance of a good ending falls most.",
    ),
    (
        "Two lessons against each other",
        "A reply with points for one lesson and against another: those of the scene’s centre first, then the one whose "
        "weaker side pulls most.",
    ),
    (
        "A late consequence",
        "What a reply sets and the scene asks for longest afterwards, on the shortest play that has both. It is asked for "
        "where the customer’s words, the replies on offer or the way on would be others without it.",
    ),
    (
        "The most tempting weaker reply",
        "The one with the most points below the best.",
    ),
    (
        "Minutes",
        f"Play is what the scene says; the debrief is planned with {DEBRIEF} for each of these, the second take with {AGAIN}.",
    ),
)


def _how_to() -> Html:
    return el(
        "section",
        el("h2", "How to use this book"),
        el("dl", [(el("dt", name), el("dd", text)) for name, text in _USE]),
        el("h3", "What the words mean"),
        el("dl", [(el("dt", name), el("dd", text)) for name, text in _WORDS]),
        el("p", "Where a scene says the learner’s name, [name] stands here."),
        id="use",
        class_="use",
    )


def _coverage(chapters: Sequence[Chapter], lessons: Mapping[str, Lesson], *, whole: bool) -> Html:
    anchors = {chapter.scenario.id: chapter for chapter in chapters}
    every = taught(lessons, [chapter.scenario for chapter in chapters])
    rows = [row for row in every if whole or row.scenes or row.centre]
    heads = ("Lesson", "Film", "Centre of", "Scenes", "Replies")
    body = [
        el(
            "tr",
            el("th", "! " if whole and row.thin else "", row.lesson.title, scope="row"),
            el("td", row.lesson.film),
            el("td", _joined(_link(anchors[id]) for id in row.centre) or "no scene"),
            el("td", str(row.scenes), class_="number"),
            el("td", str(row.replies), class_="number"),
        )
        for row in rows
    ]
    mark = f"! the centre of no scene of this book, or scored in fewer than {ENOUGH} of them."
    return el(
        "section",
        el("h2", "Which scene teaches what"),
        el("p", "How many scenes and replies score each lesson, and the scenes that are built around it."),
        wide_table("Table of lessons", heads, body),
        el("p", mark, class_="quiet") if whole and any(row.thin for row in rows) else "",
        id="coverage",
        class_="coverage",
    )


def _link(chapter: Chapter) -> Html:
    return el("a", chapter.scenario.title, href=f"#{chapter.anchor}")


def _joined(parts: Iterable[Html]) -> Html:
    return Html(", ".join(parts))
