"""From the validated tables of a file to the model: conditions are parsed, declared names filled in."""

import re
from collections.abc import Collection
from itertools import islice
from typing import Any

from taketwo.lessons import Lesson
from taketwo.scenario.around import NOTHING, Around
from taketwo.scenario.conditions import parse_test
from taketwo.scenario.findings import KeyPath, Problem, finds, near_name
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.model import (
    ALWAYS,
    SILENCE,
    Branch,
    Briefing,
    Condition,
    Customer,
    Ending,
    Interrupt,
    Line,
    Meter,
    Node,
    Reply,
    Scenario,
    Test,
)
from taketwo.scenario.sequel import Past, given, quotes, read_sequel
from taketwo.scenario.shape import bad_value

_UNREAD = Test("", "set")
"""stands for a test that cannot be read, so that its condition does not seem to hold always"""
_BRACE = re.compile(r"\{([^{}]*)\}|[{}]")
Table = dict[str, Any]


def build(
    data: Table, lessons: dict[str, Lesson], around: Around = NOTHING
) -> tuple[Scenario, list[Problem]]:
    """The scenario that `data` (of the shape of `format.ScenarioFile`) describes, and what cannot be read in it."""
    builder = _Builder(data, around)
    return builder.scenario(data, lessons), builder.problems


@finds("TT005")
def unreadable_condition(text: str, path: KeyPath) -> Problem:
    """A condition is none of `METER <= NUMBER` (or < == != >= >), `FLAG`, `not FLAG`.

    Bad:
        [nodes.opening.replies.listen]
        when = ["patience is 5"]
    Good:
        [nodes.opening.replies.listen]
        when = ["patience == 6"]
    """
    return Problem(
        "TT005",
        path,
        f"{text[:80]!r} is not a condition.",
        "Write 'METER <= NUMBER' (or < == != >= >), 'FLAG' or 'not FLAG'.",
    )


@finds("TT006")
def unknown_name(found: str, path: KeyPath, known: Collection[str]) -> Problem:
    """A brace in a text that holds no declared name: only `{learner}`, `{customer}` and `[names]` are filled in.

    Bad:
        [briefing]
        situation = "Items are kept for {house.dais} days."
        [names.house]
        days = 30
    Good:
        [briefing]
        situation = "Items are kept for {house.days} days."
        [names.house]
        days = 30
    """
    name = found.strip("{}")
    return Problem(
        "TT006",
        path,
        f"{found[:80]!r} is not a declared name.",
        near_name(name, known) if name and known else "Take the braces out.",
        declared=(("names", *name.split(".")),),
    )


class _Builder:
    def __init__(self, data: Table, around: Around) -> None:
        self.problems: list[Problem] = []
        self.gotos: dict[str, tuple[Branch, ...]] = {}
        self.tests: dict[str, Test] = {}
        self.names = {"learner": "{learner}"}
        self.declare("customer", data["customer"]["name"], ("customer", "name"))
        for key, value in data.get("names", {}).items():
            if isinstance(value, dict):
                for inner, item in value.items():
                    self.declare(f"{key}.{inner}", str(item), ("names", key, inner))
            else:
                self.declare(key, str(value), ("names", key))
        self.names |= {name: text for name, text in around.house.items() if name in self.names}
        table = data.get("sequel")
        self.sequel = read_sequel(table) if table else None
        self.given = tuple(data["given"]) if "given" in data else self.told(around.past)
        if table:
            self.names |= quotes(table.get("quotes", {}), around.past)

    def told(self, past: Past | None) -> tuple[str, ...]:
        """The flags that are set before the first word."""
        return given(self.sequel, past) if self.sequel else ()

    def declare(self, name: str, value: str, path: KeyPath) -> None:
        """Remember what `{name}` stands for. A brace in it would be taken for a name when the scenario is read again."""
        self.names[name] = value
        if found := _BRACE.search(value):
            self.problems.append(unknown_name(found[0], path, ()))

    def scenario(self, data: Table, lessons: dict[str, Lesson]) -> Scenario:
        briefing, customer = data["briefing"], data["customer"]
        return Scenario(
            id=data["id"],
            title=self.fill(data["title"], ("title",)),
            level=data["level"],
            minutes=data["minutes"],
            channel=data["channel"],
            centre=tuple(data["centre"]),
            start=data["start"],
            about=self.fill(data.get("about", ""), ("about",)),
            hollywood=tuple(data.get("hollywood", ())),
            briefing=Briefing(
                self.fill(briefing["role"], ("briefing", "role")),
                self.fill(briefing["situation"], ("briefing", "situation")),
                self.fills(briefing.get("facts", ()), ("briefing", "facts")),
            ),
            customer=Customer(
                customer["name"],
                self.fill(customer.get("wants", ""), ("customer", "wants")),
                self.fill(customer.get("needs", ""), ("customer", "needs")),
            ),
            meters={key: self.meter(key, table) for key, table in data.get("meters", {}).items()},
            flags={key: self.fill(text, ("flags", key)) for key, text in data.get("flags", {}).items()},
            nodes={key: self.node(key, table) for key, table in data["nodes"].items()},
            interrupts={
                key: Interrupt(
                    key,
                    self.condition(table["when"], ("interrupts", key, "when")),
                    self.goto(table["goto"], ("interrupts", key, "goto")),
                )
                for key, table in data.get("interrupts", {}).items()
            },
            endings={
                key: Ending(
                    key,
                    table["kind"],
                    table["csat"],
                    table["resolved"],
                    table.get("acceptable", table["csat"] >= 3),
                    self.fill(table["text"], ("endings", key, "text")),
                )
                for key, table in data["endings"].items()
            },
            lessons=lessons,
            promises={
                key: self.fill(text, ("promises", key)) for key, text in data.get("promises", {}).items()
            },
            given=self.given,
            sequel=self.sequel,
        )

    def meter(self, key: str, table: Table) -> Meter:
        return Meter(
            key,
            table["start"],
            table.get("low", 0),
            table.get("high", 10),
            tuple(sorted(table.get("bands", {}).items())),
            table.get("title", ""),
        )

    def node(self, key: str, table: Table) -> Node:
        path: KeyPath = ("nodes", key)
        return Node(
            key,
            tuple(
                Line(
                    self.fills(line["text"], path, "says", index, "text"),
                    self.condition(line.get("when"), path, "says", index, "when"),
                )
                for index, line in enumerate(table["says"])
            ),
            tuple(self.move(id, reply, (*path, "replies", id)) for id, reply in table["replies"].items()),
            self.move(SILENCE, table["silence"], (*path, "silence")) if "silence" in table else None,
            table.get("time_limit"),
        )

    def move(self, id: str, table: Table, path: KeyPath) -> Reply:
        return Reply(
            id=id,
            goto=self.goto(table["goto"], path, "goto"),
            say=self.fills(table["say"], path, "say") if "say" in table else (),
            points=tuple(table.get("points", {}).items()),
            why=self.fill(table.get("why", ""), path, "why"),
            effects=tuple(table.get("effects", {}).items()),
            sets=tuple(table.get("sets", ())),
            clears=tuple(table.get("clears", ())),
            when=self.condition(table.get("when"), path, "when"),
            once=table.get("once", False),
            critical=table.get("critical", ""),
            reveals=self.fill(table.get("reveals", ""), path, "reveals"),
            samples=self.fills(table.get("samples", ()), path, "samples"),
            promise=table.get("promise", ""),
        )

    # A large file has a hundred thousand places: their paths are put together only where something is wrong there,
    # and what is written alike is the same value.

    def goto(self, entries: list[Table], path: KeyPath, *more: str | int) -> tuple[Branch, ...]:
        if len(entries) == 1 and "when" not in entries[0]:
            to = entries[0]["to"]
            if to not in self.gotos:
                self.gotos[to] = (Branch(to),)
            return self.gotos[to]
        return tuple(
            [
                Branch(entry["to"], self.condition(entry.get("when"), path, *more, index, "when"))
                for index, entry in enumerate(entries)
            ]
        )

    def condition(
        self, tests: list[str] | list[list[str]] | None, path: KeyPath, *more: str | int
    ) -> Condition:
        if not tests:
            return ALWAYS
        lists = [tests] if isinstance(tests[0], str) else tests
        return tuple([tuple([self.test(text, path, *more) for text in some]) for some in lists])

    def test(self, text: str, path: KeyPath, *more: str | int) -> Test:
        if known := self.tests.get(text):
            return known
        test = parse_test(text)
        if test is None:
            self.problems.append(unreadable_condition(text, (*path, *more)))
            return _UNREAD
        self.tests[text] = test
        return test

    def fills(self, texts: list[str], path: KeyPath, *more: str | int) -> tuple[str, ...]:
        return tuple([self.fill(text, path, *more) for text in texts])

    def fill(self, text: str, path: KeyPath, *more: str | int) -> str:
        if "{" not in text and "}" not in text:
            return text
        path += more
        unknown: dict[str, None] = {}

        def value(match: re.Match[str]) -> str:
            name = match[1]
            if name is None or name not in self.names:
                unknown[match[0]] = None
                return match[0]
            return self.names[name]

        filled = _BRACE.sub(value, text)
        self.problems += [unknown_name(found, path, self.names) for found in islice(unknown, _UNKNOWN)]
        if len(filled) > LIMITS.text:
            self.problems.append(
                bad_value(
                    path, f"With its names filled in, this text has {len(filled):,} characters.", _SHORTER
                )
            )
            return text
        return filled


_UNKNOWN = 20
"""names that are reported as unknown in one text"""
_SHORTER = f"At most {LIMITS.text:,} are kept."
