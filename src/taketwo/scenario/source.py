"""Reading a scenario file: the only reader of TOML scenarios.

Sizes come first, then parsing, then nesting and counts, then the shape, then what must hold between the parts.
One run reports everything that is wrong, each with its line; only what makes the text unreadable is reported alone.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

import tomli

from taketwo.collector import without_collector
from taketwo.lessons import Lesson
from taketwo.scenario.around import NOTHING, Around
from taketwo.scenario.build import build
from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.findings import (
    Finding,
    KeyPath,
    Problem,
    ScenarioError,
    Severity,
    did_you_mean,
    dotted,
    finds,
)
from taketwo.scenario.inline import inlined
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.scenario.lines import KEY_LENGTH, key_lines, line_of, long_key
from taketwo.scenario.model import Scenario
from taketwo.scenario.rules import RULES, wrong_stem
from taketwo.scenario.shape import Holes, Shaped, bad_value, shaped
from taketwo.text import clean, clean_line

Table = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A file as it was read: the scenario, where enough of it could be understood, and what is wrong with it."""

    file: str
    text: str
    scenario: Scenario | None = None
    problems: list[Problem] = field(default_factory=list)
    holes: Holes = field(default_factory=Holes)
    """places that were not well; the scenario has a stand-in there, or nothing"""

    def findings(self, more: Iterable[Problem] = ()) -> list[Finding]:
        """Everything wrong, and `more` of it, in the order of the file, with lines."""
        problems = {(p.code, p.path, p.message): p for p in chain(self.problems, more)}.values()
        unplaced = [_entered(p.path) for p in problems if not p.line]
        lines = key_lines(self.text, unplaced) if unplaced else {}
        placed = [(p.line or line_of(lines, _entered(p.path)), p) for p in problems]
        placed.sort(key=lambda row: (row[0], row[1].code))
        rows = [_finding(self.file, line, lines, problem) for line, problem in placed[: LIMITS.findings]]
        if rest := placed[LIMITS.findings :]:
            severity: Severity = "error" if any(p.severity == "error" for _, p in rest) else "warning"
            message = f"And {len(rest)} more findings in this file."
            rows.append(replace(rows[-1], severity=severity, path="", message=message, mend=""))
        return rows

    @property
    def playable(self) -> bool:
        return self.scenario is not None and not any(p.severity == "error" for p in self.problems)


def _finding(file: str, line: int, lines: dict[KeyPath, int], problem: Problem) -> Finding:
    mend = problem.mend if isinstance(problem.mend, str) else problem.mend()
    return Finding(
        problem.code,
        problem.severity,
        file,
        line,
        clean_line(dotted(_written(_entered(problem.path), lines)), 200),
        clean_line(problem.message, 500),
        clean_line(mend, 300),
    )


def _entered(path: KeyPath) -> KeyPath:
    """Where in the file a node of a sub-dialogue comes from: `nodes.entry/node` stands in no file."""
    if len(path) > 1 and path[0] in ("nodes", "flags") and "/" in str(path[1]):
        return ("enter", *str(path[1]).split("/"), *path[2:])
    return path


def _written(path: KeyPath, lines: dict[KeyPath, int]) -> KeyPath:
    """`path` without the list that a file may leave out: `goto = "x"` is short for `goto = [{ to = "x" }]`."""
    for end, part in enumerate(path):
        if isinstance(part, int) and path[: end + 1] not in lines:
            return path[:end]
    return path


def read_scenario(
    path: Path, lessons: dict[str, Lesson], limits: Limits = LIMITS, around: Around = NOTHING
) -> Scenario:
    """The scenario in the file `path`. Raises ScenarioError with everything that is wrong."""
    draft = read_draft(path, lessons, limits, around)
    if draft.scenario is None or not draft.playable:
        raise ScenarioError(draft.findings())
    return draft.scenario


def read_draft(
    path: Path, lessons: dict[str, Lesson], limits: Limits = LIMITS, around: Around = NOTHING
) -> Draft:
    """What can be understood of the file `path`; never raises."""
    try:
        data = read_file(path, limits.bytes)
    except Unreadable as error:
        return Draft(str(path), "", None, [unreadable(str(error), error.mend)])
    return draft_from_bytes(data, str(path), lessons, limits, stem=path.stem, around=around)


def read_lessons(path: Path) -> dict[str, Lesson]:
    """The lessons in the file `path`. Raises ScenarioError with everything that is wrong with it."""
    from taketwo.scenario.format import LESSONS

    draft = Draft(str(path), "")
    try:
        raw = tables(read_file(path, LIMITS.bytes), draft)
    except Unreadable as error:
        draft.problems, raw = [unreadable(str(error), error.mend)], None
    result = Shaped() if raw is None else shaped(LESSONS, raw, {})
    draft.problems += result.problems
    if result.table is None or draft.problems:
        raise ScenarioError(draft.findings())
    return {key: Lesson(id=key, **row) for key, row in result.table["lessons"].items()}


def draft_from_bytes(
    data: bytes,
    file: str,
    lessons: dict[str, Lesson],
    limits: Limits = LIMITS,
    *,
    stem: str = "",
    around: Around = NOTHING,
) -> Draft:
    """Like `read_draft`, for bytes whose size has been checked."""
    draft = Draft(file, "")
    with without_collector():
        raw = tables(data, draft, limits)
        if raw is not None and not newer(raw, draft):
            _understand(raw, draft, lessons, stem, around)
    return draft


def tables(data: bytes, draft: Draft, limits: Limits = LIMITS) -> Table | None:
    """The tables that `data` holds, or None where `draft` then says why not; `draft` gets the text either way."""
    try:
        draft.text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        draft.problems = [unreadable("The file is not UTF-8 text.", "Save it as UTF-8.", line)]
        return None
    try:
        if line := long_key(draft.text, limits.key_parts):
            message = f"A key here has more than {limits.key_parts} parts."
            draft.problems = [unreadable(message, "Make it flatter.", line)]
            return None
        raw = tomli.loads(draft.text)
    except tomli.TOMLDecodeError as error:
        draft.problems = [
            unreadable(f"This is not TOML: {error.msg}.", "Mend the TOML at this place.", error.lineno)
        ]
        return None
    except RecursionError:
        draft.problems = [_nested(limits)]
        return None
    except ValueError:
        draft.problems = [unreadable("A number here is too long to be read.", "Numbers have a few digits.")]
        return None
    draft.problems = _too_much(raw, limits)
    if draft.problems:
        return None
    return raw if _is_clean(draft.text) else _cleaned_table(raw)


def _is_clean(toml: str) -> bool:
    """Whether no text in `toml` can need cleaning; without escapes, TOML allows no control character of ASCII."""
    return "\\" not in toml and (toml.isascii() or clean(toml, len(toml)) == toml)


def _understand(raw: Table, draft: Draft, lessons: dict[str, Lesson], stem: str, around: Around) -> None:
    """Everything that `draft` can say about the tables `raw`."""
    from taketwo.scenario.format import SCENARIO

    result = shaped(SCENARIO, raw, _STAND_INS)
    draft.problems, draft.holes = result.problems, result.holes
    if result.table is None:
        return
    if own := result.table.get("lessons"):
        lessons = {key: Lesson(id=key, **row) for key, row in own.items()}
    table, unfit = inlined(result.table, partial(_dialogue, around))
    draft.problems += _heard(unfit, draft.holes)
    scenario, unread = build(table, lessons, around)
    draft.problems += _heard(unread, draft.holes)
    for problem in unread:
        if problem.code == "TT005":
            draft.holes.add(problem.path)
    draft.problems += _heard(
        chain(*(rule(scenario) for rule in RULES), wrong_stem(scenario, stem)), draft.holes
    )
    draft.scenario = replace(
        scenario, lessons={key: lessons[key] for key in scenario.scored() if key in lessons}
    )


def _dialogue(around: Around, name: str) -> Table | str:
    """The sub-dialogue `name` as tables of the right shape, or why there is none."""
    path = around.dialogue_file(name)
    if path is None:
        return f"There is no sub-dialogue {name!r}. {did_you_mean(name, around.dialogues())}".rstrip()
    draft, table = read_dialogue(path)
    if draft.problems or table is None:
        return f"{clean_line(str(path), 200)} is broken: {draft.findings()[0].message}"
    return table


def read_dialogue(path: Path) -> tuple[Draft, Table | None]:
    """What stands in the file of a sub-dialogue, and what is wrong with its shape."""
    from taketwo.scenario.format import DIALOGUE

    draft = Draft(str(path), "")
    try:
        raw = tables(read_file(path, LIMITS.bytes), draft)
    except Unreadable as error:
        draft.problems, raw = [unreadable(str(error), error.mend)], None
    result = Shaped() if raw is None else shaped(DIALOGUE, raw, _STAND_INS)
    draft.problems += result.problems
    draft.holes = result.holes
    return draft, result.table


def _heard(problems: Iterable[Problem], holes: Holes) -> list[Problem]:
    """`problems` without those that come of a hole."""
    return [p for p in problems if not any(holes.hold(place) for place in (p.path, *p.declared))]


def newer(raw: Table, draft: Draft) -> bool:
    """Whether the file was written for a later version of this program."""
    number = raw.get("format")
    newer = isinstance(number, int) and not isinstance(number, bool) and 1 < number < 1_000
    if newer:
        message = f"The file has format {number}; this version of Take Two reads format 1."
        draft.problems = [bad_value(("format",), message, "Use a newer version of Take Two.")]
    return newer


@finds("TT001")
def unreadable(message: str, mend: str, line: int = 1) -> Problem:
    """The file cannot be opened, is too large, or is not TOML. Nothing else is reported until this is mended.

    Bad:
        title = "No closing quote
    Good:
        title = "A closing quote"
    """
    return Problem("TT001", (), message, mend, line=line)


def _nested(limits: Limits) -> Problem:
    return unreadable(
        f"Tables and lists stand in one another deeper than {limits.nesting} levels.", "Make it flatter."
    )


def _too_much(raw: Table, limits: Limits) -> list[Problem]:
    """What is beyond the limits on nesting and counts."""
    level: list[Any] = [raw]
    count, crowded = 0, False
    for _ in range(limits.nesting):
        count += sum(map(len, level))
        if count > limits.values:
            message = f"The file has more than {limits.values:,} values."
            return [unreadable(message, "Split it, or give --allow-large.")]
        crowded = crowded or max(map(len, level), default=0) > limits.nodes
        level = [
            item
            for holder in level
            for item in (holder.values() if type(holder) is dict else holder)
            if type(item) in _HOLDERS and item
        ]
    if level:
        return [_nested(limits)]
    return list(_crowded(raw, (), limits.nodes)) if crowded else []


_HOLDERS = (dict, list)


def _crowded(holder: Any, path: KeyPath, most: int) -> Iterator[Problem]:
    """The tables and lists with more than `most` entries."""
    if len(holder) > most:
        yield bad_value(
            path, f"There are {len(holder):,} entries here; at most {most:,} are read.", "Split the file."
        )
        return
    for key, item in holder.items() if isinstance(holder, dict) else enumerate(holder):
        if isinstance(item, _HOLDERS):
            yield from _crowded(item, (*path, key), most)


def _cleaned_table(table: Table) -> Table:
    return {clean(key, KEY_LENGTH): _cleaned(item) for key, item in table.items()}


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, len(value))
    if isinstance(value, dict):
        return _cleaned_table(value)
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


_NAME = "unnamed"
_GOTO: Table = {
    "goto": [{"to": _NAME}], "goto #": {"to": _NAME}, "goto # to": _NAME, "goto # when": [_NAME],
}  # fmt: skip
_MOVE: Table = _GOTO | {"sets #": _NAME, "clears #": _NAME}
_REPLY: Table = _MOVE | {"say": ["?"], "say #": "?", "points": {}, "when": [_NAME], "samples #": "?"}
_LINE: Table = {"text": ["?"], "text #": "?", "when": [_NAME]}
_ENDING: Table = {"kind": "lost", "csat": 3, "resolved": False, "text": "?"}


def _at(start: str, table: Table) -> Table:
    return {f"{start} {key}": value for key, value in table.items()}


_STAND_INS = {
    tuple(place.split()): value
    for place, value in {
        "format": 1, "id": _NAME, "title": "?", "level": 1, "minutes": 1, "channel": "phone", "start": _NAME,
        "centre": [_NAME], "centre #": _NAME,
        "briefing": {"role": "?", "situation": "?"}, "briefing role": "?", "briefing situation": "?",
        "briefing facts #": "?",
        "customer": {"name": "?"}, "customer name": "?",
        "meters * start": 0,
        "nodes": {_NAME: {"says": [{"text": ["?"]}], "replies": {_NAME: {"say": ["?"], "points": {}, "goto": _NAME}}}},
        "nodes * says": [{"text": ["?"]}], "nodes * says #": {"text": ["?"]},
        "endings": {_NAME: _ENDING},
        **_at("nodes * says #", _LINE),
        **_at("nodes * replies *", _REPLY),
        **_at("nodes * silence", _MOVE),
        **_at("interrupts *", _GOTO | {"when": [_NAME]}),
        **_at("endings *", _ENDING),
    }.items()
}  # fmt: skip
"""What is put where something must be and is not well, so that the rest of the file can be looked at as well."""
