"""What Home lists: the programme with the next scene, takes to go on with, scenes by round, takes that are done."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from taketwo.practice import words as say
from taketwo.practice.find import Practice
from taketwo.practice.progress import Scene, Stage
from taketwo.scenario.library import Summary
from taketwo.text import clean_line
from taketwo.transcript.rows import ARCHIVED, TakeRow
from taketwo.tui.sheet import Block
from taketwo.wording import callback_words, count, percent, result_words, scene_words

Row = tuple[Block, ...]
LATEST = 10
"""finished takes that Home shows; the shelf has all of them"""


@dataclass(frozen=True, slots=True)
class Shown:
    """What the folders held when they were read."""

    summaries: list[Summary]
    rows: list[TakeRow]
    samples: list[TakeRow]
    lessons: dict[str, str]
    """titles by id"""
    practice: Practice
    due: dict[str, TakeRow] = field(default_factory=dict)
    """sequels whose customers call back now, with the take that they call about"""


@dataclass(frozen=True, slots=True)
class Section:
    """A head, perhaps a line below it, and the rows under it."""

    title: str
    rows: list[Row]
    tail: str = ""
    about: str = ""

    def blocks(self, words: list[str]) -> list[Block]:
        """The rows that have all of `words`, with their head; nothing where there are none. A head's words count too."""
        kept = [row for row in self.rows if _has(row, self.title, words)]
        if not kept:
            return []
        head = [Block(self.title, "title", tail=self.tail)]
        head += [Block(self.about, "quiet")] if self.about else []
        return [*head, *(block for row in kept for block in row)]


def home_blocks(shown: Shown, learner: str, words: list[str]) -> list[Block]:
    """The list: the programme, unfinished takes, scenes, finished takes; only rows that have all of `words`."""
    mine = [row for row in shown.rows if row.learner in ("", learner)]
    listed = [row for row in mine if ARCHIVED not in row.labels]
    done = [_take(row, "take") for row in listed if row.status != "unfinished"]
    samples = [] if done else [_take(row, "take") for row in shown.samples]
    sections = (
        Section("Your programme", list(_programme(shown))),
        Section("They call back", list(_callbacks(shown))),
        Section("Go on with", [_take(row, "resume") for row in listed if row.status == "unfinished"]),
        *_scenes(shown, mine),
        Section("Your takes", [*done[:LATEST], *_all_takes(mine, listed, words)]),
        Section("A take to look at", samples),
    )
    blocks: list[Block] = []
    for section in sections:
        more = section.blocks(words)
        blocks += [Block(""), *more] if blocks and more else more
    return blocks


def _has(row: Row, head: str, words: list[str]) -> bool:
    text = " ".join((head, *(f"{block.key} {block.text} {block.tail}" for block in row))).casefold()
    return all(word in text for word in words)


# --- the programme


def _programme(shown: Shown) -> Iterator[Row]:
    practice, found = shown.practice, shown.practice.suggestion
    if practice.problem:
        yield (Block(f"The programme cannot be read. {practice.problem}", "bad", lead="  "),)
    if found is None:
        return
    stage = found.stage
    round = (
        [
            Block(
                say.round_title(stage),
                "head",
                lead="  ",
                tail=f"{stage.passed} of {len(stage.scenes)} passed",
            )
        ]
        if stage
        else []
    )
    yield (*round, *_offered(found.scene, "next", say.why_words(found, shown.lessons)))
    if found.end_on:
        yield _offered(found.end_on, "to end on", say.end_words(found.end_on))
    yield (Block(say.SURPRISE, key="surprise:", lead="  "), Block(say.SURPRISE_WHY, "quiet", lead="    "))
    if ahead := say.ahead_words(practice.progress):
        yield (Block(ahead, "quiet", lead="  "),)


def _offered(scene: Scene, tail: str, why: str) -> Row:
    return (
        Block(scene.title, key=f"scene:{scene.id}", lead="  ", tail=tail),
        Block(scene_words(scene.level, scene.channel, scene.minutes), "quiet", lead="    "),
        Block(why, "hint", lead="    "),
    )


def _callbacks(shown: Shown) -> Iterator[Row]:
    titles = {summary.id: summary.title for summary in shown.summaries}
    for scene, row in shown.due.items():
        yield (
            Block(titles.get(scene, scene), key=f"scene:{scene}", lead="  ", tail=f"after {row.title}"),
            Block(callback_words(row), "hint", lead="    "),
        )


# --- scenes


def _scenes(shown: Shown, mine: list[TakeRow]) -> Iterator[Section]:
    """The scenes by round; where there is no programme, all of them as they come."""
    played: dict[str, list[TakeRow]] = {}
    for row in mine:
        played.setdefault(row.scenario, []).append(row)
    found = shown.practice.suggestion
    taken = {scene.id for scene in (found and found.scene, found and found.end_on) if scene}
    by_id = {summary.path.stem: summary for summary in shown.summaries}
    stages = shown.practice.progress.stages
    for stage in stages:
        rows = [
            _scene(by_id[scene.id], played, shown.lessons, _key(stage, scene.id, taken))
            for scene in stage.scenes
        ]
        taken |= {scene.id for scene in stage.scenes}
        yield Section(
            say.round_title(stage), rows, f"{stage.passed} of {len(rows)} passed", say.opening_words(stage)
        )
    inside = {scene.id for stage in stages for scene in stage.scenes}
    rest = [summary for key, summary in by_id.items() if key not in inside]
    rows = [_scene(summary, played, shown.lessons, f"scene:{summary.id}") for summary in rest]
    yield Section("More scenes" if stages else "Practise", rows)


def _key(stage: Stage, scene: str, taken: Iterable[str]) -> str:
    """The key of a listed scene; another where the scene has been listed before, so that the cursor stays in place."""
    return f"listed:{stage.number}:{scene}" if scene in taken else f"scene:{scene}"


def _scene(summary: Summary, played: dict[str, list[TakeRow]], lessons: dict[str, str], key: str) -> Row:
    if summary.error:
        return (
            Block(summary.title, "bad", key=f"scene:{summary.path}", lead="  ", tail="broken"),
            Block(summary.error, "quiet", lead="    "),
        )
    centre = ", ".join(lessons.get(lesson, lesson) for lesson in summary.centre)
    return (
        Block(summary.title, "", key=key, lead="  ", tail=_results(played.get(summary.id, []))),
        Block(
            f"{scene_words(summary.level, summary.channel, summary.minutes)} · {centre}", "quiet", lead="    "
        ),
    )


def _results(rows: list[TakeRow]) -> str:
    finished = [row for row in rows if row.status == "ended" and row.craft is not None]
    if not finished:
        return "new" if not rows else ""
    best = max(finished, key=lambda row: (row.passed, row.craft or 0))
    word = "passed" if best.passed else "best"
    if best.passed and not any(row.passed and not row.practised for row in finished):
        word = "passed as practice"
    tail = f"{word} {percent(best.craft)}"
    return tail if best is finished[0] else f"{tail}, last {percent(finished[0].craft)}"


# --- takes


def _all_takes(mine: list[TakeRow], listed: list[TakeRow], words: list[str]) -> Iterator[Row]:
    """The way to the shelf, also with what is looked for."""
    if mine:
        does = (
            f"Looks for “{' '.join(words)}” in all that was said"
            if words
            else "Ctrl+O: search, sort, label, archive"
        )
        yield (
            Block("All takes", key="shelf:", lead="  ", tail=count(len(listed), "take")),
            Block(does, "quiet", lead="    "),
        )


def _take(row: TakeRow, kind: str) -> Row:
    if row.message and row.status in ("damaged", "unreadable"):
        tail: str = row.status
        about = clean_line(row.message)
    else:
        tail = result_words(row) if row.status != "unfinished" else count(row.decisions, "decision")
        about = f"{row.created[:16].replace('T', ' ')} · {row.mode}" + (
            f" · {clean_line(row.message)}" if row.message else ""
        )
    return (
        Block(row.title or row.name, "", key=f"{kind}:{row.name}", lead="  ", tail=tail),
        Block(about, "quiet", lead="    "),
    )
