"""What an earlier take leaves behind, and how a scene that follows it is told of it: as flags and as quotations.

The reader asks for the `given` flags and the quotations and puts both into the scenario as plain flags and text; nothing
above it needs to know that there was a take before.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from taketwo.scenario.findings import Problem, Problems, finds, near_name
from taketwo.scenario.model import Rule, Scenario, Sequel
from taketwo.text import clean_line

Table = dict[str, Any]
QUOTE = 300
"""characters kept of a quotation"""


@dataclass(frozen=True, slots=True)
class Past:
    """What is remembered of a take that is over."""

    scene: str
    ending: str
    """the ending's id; empty where it was left"""
    promises: dict[str, str] = field(default_factory=dict)
    """each promise that was made, with the words that made it"""
    last: str = ""
    """what the learner said last"""


def holds(rule: Rule, past: Past) -> bool:
    """Whether `past` is one that `rule` names."""
    return (
        past.scene in rule.scenes
        or f"{past.scene}/{past.ending}" in rule.endings
        or any(f"{past.scene}/{promise}" in rule.promises for promise in past.promises)
    )


def given(sequel: Sequel, past: Past | None) -> tuple[str, ...]:
    """The flags that `past` sets; without one those of a scene that is played alone."""
    if past is None:
        return sequel.alone
    return tuple(flag for flag, rule in sequel.flags if holds(rule, past))


def pasts(sequel: Sequel) -> tuple[tuple[str, ...], ...]:
    """The flags that each possible past sets, each set once; the first is that of a scene played alone.

    A past is one of the scenes, one of its endings that are named or another, and any of its promises that are named.
    """
    found = {sequel.alone: None}
    for scene in sequel.of:
        endings = ["", *_of(scene, (name for _, rule in sequel.flags for name in rule.endings))]
        promises = _of(scene, (name for _, rule in sequel.flags for name in rule.promises))
        for ending, made in product(endings, product((False, True), repeat=len(promises))):
            kept = {promise: "" for promise, is_made in zip(promises, made, strict=True) if is_made}
            found[given(sequel, Past(scene, ending, kept))] = None
    return tuple(found)


def _of(scene: str, names: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(name.partition("/")[2] for name in names if name.partition("/")[0] == scene))


def quotes(table: Table, past: Past | None) -> dict[str, str]:
    """The texts for `{quote.NAME}`, by the tables of `[sequel.quotes]`."""
    return {f"quote.{key}": _quote(row, past) for key, row in table.items()}


def _quote(row: Table, past: Past | None) -> str:
    if past is not None:
        for name in row.get("promise", ()):
            scene, _, promise = name.partition("/")
            if scene == past.scene and past.promises.get(promise):
                return _plain(past.promises[promise])
        if row.get("last") and past.last:
            return _plain(past.last)
    return str(row["otherwise"])


def _plain(said: str) -> str:
    """Words of a transcript as a text may hold them: no braces, for those would be taken for names."""
    return clean_line(said, QUOTE).replace("{", "(").replace("}", ")")


def read_sequel(table: Table) -> Sequel:
    """`[sequel]` of the shape of `format.SequelFile` as a value."""
    rules = tuple(
        (flag, Rule(*(tuple(rule.get(key, ())) for key in ("scene", "ending", "promise"))))
        for flag, rule in table.get("flags", {}).items()
    )
    return Sequel(tuple(table["of"]), rules, tuple(table.get("alone", ())))


@finds("TT033")
def unrelated_past(scenario: Scenario) -> Problems:
    """A flag or a quotation of a sequel asks about a scene that `of` does not name, so it never holds.

    Bad:
        [flags]
        promised = "A call was promised"
        [nodes.opening.replies.hurry]
        when = ["promised"]
        [sequel]
        of = ["irate-customer"]
        [sequel.flags.promised]
        promise = ["irate-costumer/callback"]
    Good:
        [flags]
        promised = "A call was promised"
        [nodes.opening.replies.hurry]
        when = ["promised"]
        [sequel]
        of = ["irate-customer"]
        [sequel.flags.promised]
        promise = ["irate-customer/callback"]
    """
    if scenario.sequel is None:
        return
    for flag, rule in scenario.sequel.flags:
        for key, names in (("scene", rule.scenes), ("ending", rule.endings), ("promise", rule.promises)):
            for index, name in enumerate(names):
                scene, _, rest = name.partition("/")
                if scene not in scenario.sequel.of or bool(rest) == (key == "scene"):
                    mend = near_name(scene, scenario.sequel.of) if rest else "Write SCENE/NAME."
                    path = ("sequel", "flags", flag, key, index)
                    yield Problem("TT033", path, f"{name!r} is nothing of a scene in `of`.", mend)


def told_flags(scenario: Scenario) -> Iterator[str]:
    """The flags that are set before the first word, by whatever past."""
    yield from scenario.given
    if scenario.sequel:
        yield from scenario.sequel.alone
        yield from (flag for flag, _ in scenario.sequel.flags)
