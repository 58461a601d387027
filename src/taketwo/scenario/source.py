"""Reading a scenario file: the only reader of TOML scenarios.

Sizes come first, then parsing (which bounds nesting), then counts, then the shape, then what must hold between the
parts. One run reports everything that is wrong, each with its line; only a TOML syntax error is reported alone.
"""

import os
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli

from taketwo.lessons import Lesson
from taketwo.scenario.build import build
from taketwo.scenario.findings import (
    Finding,
    KeyPath,
    Problem,
    ScenarioError,
    did_you_mean,
    dotted,
    finds,
)
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.scenario.lines import key_lines, line_of
from taketwo.scenario.model import Scenario
from taketwo.scenario.rules import RULES, wrong_stem
from taketwo.text import clean, clean_line

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

Table = dict[str, Any]


@dataclass(slots=True)
class Draft:
    """A file as it was read: the scenario, where enough of it could be understood, and what is wrong with it."""

    file: str
    text: str
    scenario: Scenario | None = None
    problems: list[Problem] = field(default_factory=list)
    lines: dict[KeyPath, int] | None = None

    def findings(self, more: Iterable[Problem] = ()) -> list[Finding]:
        """Everything wrong, and `more` of it, in the order of the file, with lines."""
        problems = [*self.problems, *more]
        if not problems:
            return []
        if self.lines is None:
            self.lines = key_lines(self.text)
        rows = [
            Finding(
                p.code,
                p.severity,
                self.file,
                int(p.path[0]) if p.code == "TT001" and p.path else line_of(self.lines, p.path),
                "" if p.code == "TT001" else clean_line(dotted(p.path), 200),
                clean_line(p.message, 500),
                clean_line(p.mend, 300),
            )
            for p in problems
        ]
        rows.sort(key=lambda f: (f.line, f.code))
        if len(rows) > LIMITS.findings:
            more = len(rows) - LIMITS.findings
            rows = rows[: LIMITS.findings]
            rows.append(replace(rows[-1], path="", message=f"And {more} more findings in this file.", mend=""))
        return rows

    @property
    def playable(self) -> bool:
        return self.scenario is not None and not any(p.severity == "error" for p in self.problems)


def read_scenario(path: Path, lessons: dict[str, Lesson], limits: Limits = LIMITS) -> Scenario:
    """The scenario in the file `path`. Raises ScenarioError with everything that is wrong."""
    draft = read_draft(path, lessons, limits)
    if draft.scenario is None or not draft.playable:
        raise ScenarioError(draft.findings())
    return draft.scenario


def read_draft(path: Path, lessons: dict[str, Lesson], limits: Limits = LIMITS) -> Draft:
    """What can be understood of the file `path`; never raises."""
    try:
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            data = file.read(limits.bytes + 1)
    except OSError as error:
        why = error.strerror or "it cannot be read"
        return Draft(str(path), "", None, [unreadable(f"The file cannot be opened: {why}.", "Check its name and permissions.")])
    if len(data) > limits.bytes:
        return Draft(str(path), "", None, [too_large(max(size, len(data)), limits.bytes)])
    return draft_from_bytes(data, str(path), lessons, limits, stem=path.stem)


def draft_from_bytes(
    data: bytes, file: str, lessons: dict[str, Lesson], limits: Limits = LIMITS, *, stem: str = ""
) -> Draft:
    """Like `read_draft`, for bytes whose size has been checked."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        return Draft(file, "", None, [unreadable("The file is not UTF-8 text.", "Save it as UTF-8.", line)])
    try:
        raw = tomli.loads(text)
    except tomli.TOMLDecodeError as error:
        message, line = _syntax(error)
        return Draft(file, text, None, [unreadable(message, "Mend the TOML at this place.", line)])
    except (RecursionError, ValueError):
        return Draft(file, text, None, [_nested(limits)])
    if _too_deep(raw, limits.nesting):
        return Draft(file, text, None, [_nested(limits)])
    if "\\" in text or clean(text, len(text) + 1) != text:
        raw = _cleaned(raw)
    return _draft(raw, Draft(file, text), lessons, limits, stem)


def _draft(raw: Table, draft: Draft, lessons: dict[str, Lesson], limits: Limits, stem: str) -> Draft:
    from taketwo.scenario.format import SCENARIO

    nodes = raw.get("nodes")
    if isinstance(nodes, dict) and len(nodes) > limits.nodes:
        draft.problems = [
            bad_value(("nodes",), f"There are {len(nodes)} nodes; at most {limits.nodes} are read.", "Split the scenario.")
        ]
        return draft
    valid, draft.problems, lost = _validated(SCENARIO.validator, raw, stem)
    if valid is None:
        return draft
    if own := valid.get("lessons"):
        lessons = {key: Lesson(id=key, **row) for key, row in own.items()}
    scenario, unread = build(valid, lessons)
    found = unread + [problem for rule in RULES for problem in rule(scenario)] + list(wrong_stem(scenario, stem))
    draft.problems += [p for p in found if p.about not in lost]
    used = dict.fromkeys(scenario.scored())
    draft.scenario = replace(scenario, lessons={key: lessons[key] for key in used if key in lessons})
    return draft


def _validated(validator: Any, raw: Table, stem: str) -> tuple[Table | None, list[Problem], set[str]]:
    """The valid part of `raw`, what is wrong with the rest, and the names that went with it."""
    from pydantic import ValidationError

    problems: list[Problem] = []
    lost: set[str] = set()
    data = raw
    for attempt in range(12):
        try:
            return validator.validate_python(data), problems, lost
        except ValidationError as error:
            details = error.errors(include_url=False, include_context=True, include_input=False)
        places = {_place(data, detail): detail for detail in details}
        if attempt == 0:
            problems = [_problem(raw, path, detail) for path, detail in places.items()]
            data = _copied(raw)
        for path, detail in places.items():
            _prune(data, path, detail["type"], lost, stem)
        data = _copied(data)
    return None, problems, lost


def _place(data: Any, detail: "ErrorDetails") -> KeyPath:
    """The part of pydantic's location that stands in the file; its names for union members do not."""
    path: list[str | int] = []
    for part in detail["loc"]:
        if isinstance(data, dict) and part in data:
            data = data[part]
        elif isinstance(data, dict) and str(part) in data:
            part = str(part)
            data = data[part]
        elif isinstance(data, list) and isinstance(part, int) and part < len(data):
            data = data[part]
        elif detail["type"] == "missing" and part == detail["loc"][-1]:
            pass
        else:
            continue
        path.append(part)
    return tuple(path)


def _problem(raw: Table, path: KeyPath, detail: "ErrorDetails") -> Problem:
    kind = detail["type"]
    if kind == "missing":
        return missing_key(path)
    if kind == "extra_forbidden":
        return unknown_key(path)
    value: Any = raw
    for part in path:
        value = value[part]
    shown = f"It is {_shown(value)}. " if not isinstance(value, dict | list) else ""
    return bad_value(path, shown + _EXPECTED.get(kind, "{msg}.").format(msg=detail["msg"], **detail.get("ctx", {})))


_EXPECTED = {
    "string_type": "A text is wanted here.",
    "int_type": "A whole number is wanted here.",
    "bool_type": "true or false is wanted here.",
    "list_type": "A list is wanted here.",
    "dict_type": "A table is wanted here.",
    "literal_error": "Wanted: {expected}.",
    "string_pattern_mismatch": "An id has small letters, digits and hyphens, and begins with a letter (64 characters at most).",
    "string_too_long": "At most {max_length} characters are kept.",
    "string_too_short": "A text with something in it is wanted here.",
    "too_short": "At least {min_length} are wanted here; there are {actual_length}.",
    "too_long": "At most {max_length} are read here; there are {actual_length}.",
    "greater_than_equal": "At least {ge} is wanted.",
    "less_than_equal": "At most {le} is wanted.",
}


def _shown(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else repr(value)
    return text if len(text) <= 60 else text[:57] + "…"


_PLACEHOLDERS: Table = {
    "format": 1, "title": "?", "level": 1, "minutes": 1, "channel": "phone", "centre": ["active-listening"],
    "briefing": {"role": "?", "situation": "?"}, "customer": {"name": "?"},
}  # fmt: skip


def _prune(data: Table, path: KeyPath, kind: str, lost: set[str], stem: str) -> None:
    """Take what is wrong out of `data`, so that the rest can be understood."""
    if kind == "missing":
        path = path[:-1] if len(path) > 1 else path
    if len(path) == 1 and kind != "extra_forbidden":
        first = next(iter(data["nodes"]), "") if isinstance(data.get("nodes"), dict) else ""
        places = _PLACEHOLDERS | {"id": stem or "unnamed", "start": first}
        name = str(path[0])
        if name in places:
            data[name] = places[name]
            lost.add(first) if name == "start" else None
            return
    holder: Any = data
    for part in path[:-1]:
        holder = holder[part] if (isinstance(holder, dict) and part in holder) or isinstance(holder, list) else {}
    if isinstance(holder, dict) and path and path[-1] in holder:
        lost.update(_names_in(holder.pop(path[-1]), path))
    elif isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder):
        holder[path[-1]] = _DROPPED


def _names_in(value: Any, path: KeyPath) -> set[str]:
    """Ids that went with `value`: they are declared, only not well."""
    if len(path) == 1 and isinstance(value, dict):
        return {str(key) for key in value}
    return {str(path[1])} if len(path) == 2 else set()


@finds("TT001")
def unreadable(message: str, mend: str, line: int = 1) -> Problem:
    """The file cannot be opened, is too large, or is not TOML. Nothing else is reported until this is mended.

    Bad:
        title = "No closing quote
    Good:
        title = "A closing quote"
    """
    return Problem("TT001", (line,), message, mend)


def too_large(size: int, most: int) -> Problem:
    """A file over the limit on bytes."""
    return unreadable(f"The file has {size:,} bytes; at most {most:,} are read.", "Split it, or give --allow-large.")


def _nested(limits: Limits) -> Problem:
    return unreadable(f"Tables, arrays or numbers go deeper or longer than {limits.nesting} levels.", "Make it flatter.")


@finds("TT002")
def unknown_key(path: KeyPath) -> Problem:
    """A key that the format does not know; most often a misspelling.

    Bad:
        titel = "A misspelt key"
    Good:
        title = "A known key"
    """
    known = _known_keys(path[:-1])
    wrong = str(path[-1])
    return Problem("TT002", path, f"Unknown key {wrong[:80]!r}.", did_you_mean(wrong, known) or "Take it out.")


@finds("TT003")
def missing_key(path: KeyPath) -> Problem:
    """A key that every scenario, node, reply or ending needs is not there.

    Bad:
        [endings.another]
        kind = "lost"
        resolved = false
        text = "The line goes dead."
    Good:
        [endings.walks-off]
        kind = "lost"
        csat = 1
        resolved = false
        text = "The line goes dead."
    """
    where = f"in [{dotted(path[:-1])}]" if len(path) > 1 else "at the top of the file"
    return Problem("TT003", path, f"The key `{path[-1]}` is missing.", f"Add it {where}.")


@finds("TT004")
def bad_value(path: KeyPath, message: str, mend: str = "") -> Problem:
    """A value of the wrong kind, outside its range, or too long.

    Bad:
        level = 9
    Good:
        level = 2
    """
    return Problem("TT004", path, message, mend)


def _known_keys(path: KeyPath) -> list[str]:
    """The keys that the format knows in the table at `path`, read off the same types that validate it."""
    from typing import get_type_hints

    from taketwo.scenario import format as shape

    tables: dict[tuple[str, ...], type] = {
        (): shape.ScenarioFile,
        ("briefing",): shape.BriefingFile,
        ("customer",): shape.CustomerFile,
        ("meters", "*"): shape.MeterFile,
        ("nodes", "*"): shape.NodeFile,
        ("nodes", "*", "says", "*"): shape.LineFile,
        ("nodes", "*", "replies", "*"): shape.ReplyFile,
        ("nodes", "*", "silence"): shape.MoveFile,
        ("interrupts", "*"): shape.InterruptFile,
        ("endings", "*"): shape.EndingFile,
        ("lessons", "*"): shape.LessonFile,
    }
    for pattern, table in tables.items():
        if len(pattern) == len(path) and all(p in ("*", part) for p, part in zip(pattern, path, strict=True)):
            return [key for key in get_type_hints(table) if not key.startswith("_")]
    return ["to", "when"] if "goto" in path else []


def _syntax(error: tomli.TOMLDecodeError) -> tuple[str, int]:
    return f"This is not TOML: {error.msg}.", error.lineno


def _too_deep(value: Any, levels: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    if levels == 0:
        return True
    return any(_too_deep(item, levels - 1) for item in (value.values() if isinstance(value, dict) else value))


def _cleaned(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value, LIMITS.bytes)
    if isinstance(value, dict):
        return {clean(key, 200): _cleaned(item) for key, item in value.items()}
    return [_cleaned(item) for item in value] if isinstance(value, list) else value


_DROPPED: Any = object()


def _copied(value: Any) -> Any:
    """A copy of tables and lists, without what was dropped from the lists."""
    if isinstance(value, dict):
        return {key: _copied(item) for key, item in value.items()}
    return [_copied(item) for item in value if item is not _DROPPED] if isinstance(value, list) else value


def nearest(wrong: str, known: list[str]) -> list[str]:
    """Up to three of `known` that look like `wrong`, nearest first."""
    return get_close_matches(wrong[:100], known, n=3, cutoff=0.4)
