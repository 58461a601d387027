"""Meters, flags and the conditions that ask about them: what is never read, never changed, or can never hold."""

from collections.abc import Callable, Iterator

from taketwo.checks.conditions import Wanted, wanted
from taketwo.scenario.findings import KeyPath, Problem, Problems, finds
from taketwo.scenario.model import ALWAYS, Condition, Meter, Scenario
from taketwo.scenario.rules import every_condition, every_goto, every_move
from taketwo.scenario.sequel import told_flags


@finds("TT023")
def impossible_reply(scenario: Scenario) -> Problems:
    """A reply whose own `when` can never hold: its tests contradict each other, or a meter cannot go there.

    Bad:
        [nodes.opening.replies.listen]
        when = ["patience >= 8", "patience <= 3"]
    Good:
        [nodes.opening.replies.listen]
        when = [["patience >= 8"], ["patience <= 6"]]
    """
    for path, move in every_move(scenario):
        if move.when != ALWAYS and not wanted(move.when, scenario.meters):
            yield Problem(
                "TT023", (*path, "when"), *_never("This reply can never be offered", move.when, scenario)
            )


@finds("TT028")
def impossible_entry(scenario: Scenario) -> Problems:
    """An entry of a `goto` or `says` list, or an interrupt, whose `when` can never hold or comes too late.

    The first entry that holds is taken, so one that holds only where an earlier one does is never reached.

    Bad:
        [nodes.opening.replies.hurry]
        goto = [
            { when = ["patience <= 5"], to = "walks-off" },
            { when = ["patience <= 2"], to = "goodbye" },
            { to = "goodbye" },
        ]
    Good:
        [nodes.opening.replies.hurry]
        goto = [
            { when = ["patience <= 2"], to = "goodbye" },
            { when = ["patience <= 5"], to = "walks-off" },
            { to = "goodbye" },
        ]
    """
    for path, entries in _entries(scenario):
        before: list[tuple[int, Wanted]] = []
        for index, condition in enumerate(entries):
            wants = wanted(condition, scenario.meters)
            if not wants:
                yield Problem(
                    "TT028",
                    (*path, index, "when"),
                    *_never("This entry can never be taken", condition, scenario),
                )
            elif condition != ALWAYS:
                over = [_first(want, before) for want in wants]
                if all(over):
                    yield Problem(
                        "TT028",
                        (*path, index, "when"),
                        f"This entry can never be taken: entry {min(over)} holds whenever it does.",
                        "Put the narrower condition first.",
                    )
                before += [(index + 1, want) for want in wants]
    for interrupt in scenario.interrupts.values():
        if not wanted(interrupt.when, scenario.meters):
            yield Problem(
                "TT028",
                ("interrupts", interrupt.id, "when"),
                *_never("This interrupt can never fire", interrupt.when, scenario),
            )


@finds("TT024")
def unread_flag(scenario: Scenario) -> Problems:
    """A flag that is set, or only declared, and that no `when` asks about.

    Bad:
        [flags]
        heard = "The customer was heard"
        [nodes.opening.replies.listen]
        sets = ["heard"]
    Good:
        [flags]
        heard = "The customer was heard"
        [nodes.opening.replies.listen]
        sets = ["heard"]
        [nodes.search.replies.shrug]
        goto = [{ when = ["heard"], to = "goodbye" }, { to = "walks-off" }]
    """
    read = _read(scenario)
    set_here = {name for _, move in every_move(scenario) for name in move.sets}
    for name in scenario.flags:
        if name not in read:
            what = "is set, but no `when` asks about it" if name in set_here else "is never used"
            yield Problem(
                "TT024",
                ("flags", name),
                f"The flag {name!r} {what}.",
                "Ask about it, or take it out.",
                "warning",
            )


@finds("TT025")
def unset_flag(scenario: Scenario) -> Problems:
    """A `when` asks about a flag that no reply sets, so the answer is always the same.

    Bad:
        [flags]
        heard = "The customer was heard"
        [nodes.search.replies.shrug]
        goto = [{ when = ["heard"], to = "goodbye" }, { to = "walks-off" }]
    Good:
        [flags]
        heard = "The customer was heard"
        [nodes.opening.replies.listen]
        sets = ["heard"]
        [nodes.search.replies.shrug]
        goto = [{ when = ["heard"], to = "goodbye" }, { to = "walks-off" }]
    """
    set_somewhere = {name for _, move in every_move(scenario) for name in move.sets} | set(
        told_flags(scenario)
    )
    for name, path in _read(scenario).items():
        if name in scenario.flags and name not in set_somewhere:
            yield Problem(
                "TT025",
                path,
                f"No reply sets the flag {name!r}.",
                "Set it with `sets`, or do not ask for it.",
            )


@finds("TT026")
def unread_meter(scenario: Scenario) -> Problems:
    """A meter that is changed, or only declared, and that no `when` asks about.

    Bad:
        [meters.hope]
        start = 5
        [nodes.opening.replies.listen]
        effects = { hope = 1 }
    Good:
        [meters.hope]
        start = 5
        [nodes.opening.replies.listen]
        effects = { hope = 1 }
        [nodes.search.replies.shrug]
        goto = [{ when = ["hope >= 6"], to = "goodbye" }, { to = "walks-off" }]
    """
    read, changed = _read(scenario), _changed_meters(scenario)
    for name in scenario.meters:
        if name not in read:
            what = "is changed, but no `when` asks about it" if name in changed else "is never used"
            yield Problem(
                "TT026",
                ("meters", name),
                f"The meter {name!r} {what}.",
                "Ask about it, or take it out.",
                "warning",
            )


@finds("TT027")
def unchanged_meter(scenario: Scenario) -> Problems:
    """A `when` asks about a meter that no reply changes, so the answer is always the same.

    Bad:
        [meters.hope]
        start = 5
        [nodes.search.replies.shrug]
        goto = [{ when = ["hope >= 6"], to = "goodbye" }, { to = "walks-off" }]
    Good:
        [meters.hope]
        start = 5
        [nodes.opening.replies.listen]
        effects = { hope = 1 }
        [nodes.search.replies.shrug]
        goto = [{ when = ["hope >= 6"], to = "goodbye" }, { to = "walks-off" }]
    """
    changed = _changed_meters(scenario)
    for name, path in _read(scenario).items():
        if name in scenario.meters and name not in changed:
            yield Problem(
                "TT027",
                path,
                f"No reply changes the meter {name!r}.",
                "Change it with `effects`, or do not ask for it.",
                "warning",
            )


def _read(scenario: Scenario) -> dict[str, KeyPath]:
    """The meters and flags that conditions ask about, with the first place of each."""
    places: dict[str, KeyPath] = {}
    for path, condition in every_condition(scenario):
        for tests in condition:
            for test in tests:
                places.setdefault(test.name, path)
    return places


def _changed_meters(scenario: Scenario) -> set[str]:
    return {name for _, move in every_move(scenario) for name, change in move.effects if change}


def _entries(scenario: Scenario) -> Iterator[tuple[KeyPath, list[Condition]]]:
    for path, branches in every_goto(scenario):
        yield path, [branch.when for branch in branches]
    for node in scenario.nodes.values():
        yield ("nodes", node.id, "says"), [line.when for line in node.says]


def _first(want: Wanted, before: list[tuple[int, Wanted]]) -> int:
    """The number of the first earlier entry that holds whenever `want` does, 0 if there is none."""
    return next((number for number, earlier in before if want.implies(earlier)), 0)


def _never(what: str, condition: Condition, scenario: Scenario) -> tuple[str, str]:
    """A message and a mend for a condition that can never hold."""
    for tests in condition:
        for test in tests:
            if (meter := scenario.meters.get(test.name)) and not wanted(((test,),), scenario.meters):
                return f"{what}: {_bounds(meter)}.", "Ask for a number that it can have."
    return (
        f"{what}: its tests contradict each other.",
        "Take one of them out, or write [[…], […]] for any of them.",
    )


def _bounds(meter: Meter) -> str:
    return f"{meter.id!r} goes from {meter.low} to {meter.high}"


CHECKS: tuple[Callable[[Scenario], Problems], ...] = (
    impossible_reply,
    impossible_entry,
    unread_flag,
    unset_flag,
    unread_meter,
    unchanged_meter,
)
