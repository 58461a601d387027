"""What must hold between the parts of a scenario before anybody can play it.

A function a finding; each yields the places where it does not hold. The examples in the docstrings are laid over
the smallest playable scenario and run as tests.
"""

from collections.abc import Callable, Iterator

from taketwo.scenario.findings import KeyPath, Mend, Problem, Problems, finds, near_name
from taketwo.scenario.model import ALWAYS, Branch, Condition, Reply, Scenario
from taketwo.scenario.sequel import told_flags, unrelated_past


def every_move(scenario: Scenario) -> Iterator[tuple[KeyPath, Reply]]:
    """Every reply and silence with its key path."""
    for node in scenario.nodes.values():
        for reply in node.replies:
            yield ("nodes", node.id, "replies", reply.id), reply
        if node.silence:
            yield ("nodes", node.id, "silence"), node.silence


def every_goto(scenario: Scenario) -> Iterator[tuple[KeyPath, tuple[Branch, ...]]]:
    """Every `goto` list with its key path."""
    for path, move in every_move(scenario):
        yield (*path, "goto"), move.goto
    for interrupt in scenario.interrupts.values():
        yield ("interrupts", interrupt.id, "goto"), interrupt.goto


def every_condition(scenario: Scenario) -> Iterator[tuple[KeyPath, Condition]]:
    """Every condition that is not empty, with its key path."""
    for path, move in every_move(scenario):
        if move.when != ALWAYS:
            yield (*path, "when"), move.when
    for path, branches in every_goto(scenario):
        for index, branch in enumerate(branches):
            if branch.when != ALWAYS:
                yield (*path, index, "when"), branch.when
    for node in scenario.nodes.values():
        for index, line in enumerate(node.says):
            if line.when != ALWAYS:
                yield ("nodes", node.id, "says", index, "when"), line.when
    for interrupt in scenario.interrupts.values():
        yield ("interrupts", interrupt.id, "when"), interrupt.when


@finds("TT010")
def unknown_target(scenario: Scenario) -> Problems:
    """A `goto` or `start` names something that is neither a node nor an ending.

    Bad:
        [nodes.opening.replies.listen]
        goto = "serch"
    Good:
        [nodes.opening.replies.listen]
        goto = "search"
    """
    known = [*scenario.nodes, *scenario.endings]
    for path, branches in every_goto(scenario):
        for index, branch in enumerate(branches):
            if branch.to not in scenario.nodes and branch.to not in scenario.endings:
                yield Problem(
                    "TT010",
                    (*path, index, "to"),
                    f"There is no node or ending {branch.to!r}.",
                    near_name(branch.to, known),
                    declared=(("nodes", branch.to), ("endings", branch.to)),
                )
    if scenario.start not in scenario.nodes:
        yield Problem(
            "TT010",
            ("start",),
            f"There is no node {scenario.start!r} to start at.",
            near_name(scenario.start, list(scenario.nodes)),
            declared=(("nodes", scenario.start),),
        )


@finds("TT011")
def unknown_meter(scenario: Scenario) -> Problems:
    """An effect or a comparison names a meter that is not declared.

    Bad:
        [nodes.opening.replies.listen]
        effects = { patiance = 1 }
    Good:
        [nodes.opening.replies.listen]
        effects = { patience = 1 }
    """
    known = list(scenario.meters)
    for path, move in every_move(scenario):
        for name, _ in move.effects:
            if name not in scenario.meters:
                yield Problem(
                    "TT011",
                    (*path, "effects", name),
                    f"There is no meter {name!r}.",
                    near_name(name, known),
                    declared=(("meters", name),),
                )
    for path, condition in every_condition(scenario):
        for name in dict.fromkeys(
            t.name for tests in condition for t in tests if t.op not in ("set", "unset")
        ):
            if name not in scenario.meters:
                yield Problem(
                    "TT011",
                    path,
                    f"There is no meter {name!r}.",
                    near_name(name, known),
                    declared=(("meters", name), ("flags", name)),
                )


@finds("TT012")
def unknown_flag(scenario: Scenario) -> Problems:
    """A flag is set, cleared or asked for that `[flags]` does not declare.

    Bad:
        [flags]
        heard = "The customer was heard"
        [nodes.opening.replies.listen]
        sets = ["herd"]
    Good:
        [flags]
        heard = "The customer was heard"
        [nodes.opening.replies.listen]
        sets = ["heard"]
        [nodes.opening.replies.hurry]
        when = ["not heard"]
    """
    known = list(scenario.flags)
    for path, move in every_move(scenario):
        for key, names in (("sets", move.sets), ("clears", move.clears)):
            for index, name in enumerate(names):
                if name not in scenario.flags:
                    yield Problem(
                        "TT012",
                        (*path, key, index),
                        f"There is no flag {name!r}.",
                        near_name(name, known),
                        declared=(("flags", name),),
                    )
    for name in dict.fromkeys(told_flags(scenario)):
        if name not in scenario.flags:
            where = ("sequel", "flags", name)
            yield Problem(
                "TT012",
                where if scenario.sequel else ("given",),
                f"There is no flag {name!r}.",
                near_name(name, known),
                declared=(("flags", name),),
            )
    for path, condition in every_condition(scenario):
        for name in dict.fromkeys(t.name for tests in condition for t in tests if t.op in ("set", "unset")):
            if name not in scenario.flags:
                mend: Mend = (
                    f"It is a meter: compare it with a number, such as '{name} >= 5'."
                    if name in scenario.meters
                    else near_name(name, known)
                )
                yield Problem(
                    "TT012",
                    path,
                    f"There is no flag {name!r}.",
                    mend,
                    declared=(("flags", name), ("meters", name)),
                )


@finds("TT013")
def unknown_lesson(scenario: Scenario) -> Problems:
    """Points or `centre` name a lesson that `lessons.toml` does not have.

    Bad:
        [nodes.opening.replies.listen]
        points = { active-listning = 2 }
    Good:
        [nodes.opening.replies.listen]
        points = { active-listening = 2 }
    """
    known = list(scenario.lessons)
    for index, name in enumerate(scenario.centre):
        if name not in scenario.lessons:
            yield Problem(
                "TT013",
                ("centre", index),
                f"There is no lesson {name!r}.",
                near_name(name, known),
                declared=(("lessons", name),),
            )
    for path, move in every_move(scenario):
        for name, _ in move.points:
            if name not in scenario.lessons:
                yield Problem(
                    "TT013",
                    (*path, "points", name),
                    f"There is no lesson {name!r}.",
                    near_name(name, known),
                    declared=(("lessons", name),),
                )


@finds("TT014")
def no_last_resort(scenario: Scenario) -> Problems:
    """The last entry of a `goto` or `says` list has a `when`, or an earlier one has none and hides what follows.

    Bad:
        [nodes.opening.replies.listen]
        goto = [{ when = ["patience >= 5"], to = "search" }]
    Good:
        [nodes.opening.replies.listen]
        goto = [{ when = ["patience >= 5"], to = "search" }, { to = "walks-off" }]
    """
    lists: list[tuple[KeyPath, list[Condition]]] = [
        (path, [branch.when for branch in branches]) for path, branches in every_goto(scenario)
    ]
    lists += [(("nodes", n.id, "says"), [line.when for line in n.says]) for n in scenario.nodes.values()]
    for path, conditions in lists:
        if conditions[-1] != ALWAYS:
            yield Problem(
                "TT014",
                (*path, len(conditions) - 1),
                "The last entry has a `when`, so there may be nowhere to go.",
                "Add an entry without `when` at the end.",
            )
        for index, condition in enumerate(conditions[:-1]):
            if condition == ALWAYS:
                yield Problem(
                    "TT014",
                    (*path, index),
                    "This entry has no `when`, so the entries after it can never be chosen.",
                    "Give it a `when`, or move it to the end.",
                )


@finds("TT015")
def clock_without_silence(scenario: Scenario) -> Problems:
    """A node has a `time_limit` but does not say what happens when it runs out.

    Bad:
        [nodes.opening]
        time_limit = 20
    Good:
        [nodes.opening]
        time_limit = 20
        [nodes.opening.silence]
        effects = { patience = -3 }
        why = "Dead air."
        goto = "walks-off"
    """
    for node in scenario.nodes.values():
        if node.time_limit is not None and node.silence is None:
            yield Problem(
                "TT015",
                ("nodes", node.id, "time_limit"),
                "There is a time limit, but no `silence` for when it runs out.",
                f"Add a table [nodes.{node.id}.silence] with effects, why and goto.",
            )


@finds("TT016")
def wrong_stem(scenario: Scenario, stem: str = "") -> Problems:
    """The `id` is not the file's name without `.toml`, so takes of it could not be found again.

    Bad:
        id = "something-else"
    Good:
        id = "example"
    """
    if stem and scenario.id != stem:
        yield Problem(
            "TT016",
            ("id",),
            f"The id is {scenario.id!r}, but the file is {stem!r}.",
            "Make the two the same.",
        )


@finds("TT017")
def shared_name(scenario: Scenario) -> Problems:
    """A node and an ending, or a meter and a flag, have the same id, so a `goto` or a condition could mean either.

    Bad:
        [flags]
        patience = "A flag with the name of a meter"
    Good:
        [flags]
        was-patient = "The learner gave time"
        [nodes.opening.replies.listen]
        sets = ["was-patient"]
        [nodes.opening.replies.hurry]
        when = ["not was-patient"]
    """
    for one, other, kind, names in (
        ("nodes", "endings", "a node", scenario.nodes.keys() & scenario.endings.keys()),
        ("meters", "flags", "a meter", scenario.meters.keys() & scenario.flags.keys()),
    ):
        for name in sorted(names):
            yield Problem(
                "TT017",
                (other, name),
                f"{name!r} is also {kind} (in [{one}]).",
                "Give one of the two another id.",
            )


@finds("TT018")
def meter_out_of_bounds(scenario: Scenario) -> Problems:
    """A meter starts outside its bounds, has none, or names a band outside them.

    Bad:
        [meters.patience]
        start = 12
    Good:
        [meters.patience]
        start = 6
    """
    for meter in scenario.meters.values():
        path: KeyPath = ("meters", meter.id)
        if not meter.low < meter.high:
            yield Problem(
                "TT018",
                path,
                f"Its bounds are {meter.low} to {meter.high}.",
                "`low` must be less than `high`.",
            )
        elif not meter.low <= meter.start <= meter.high:
            yield Problem(
                "TT018",
                (*path, "start"),
                f"It starts at {meter.start}, outside {meter.low} to {meter.high}.",
                "Move the start, or set `low` and `high`.",
            )
        for least, name in meter.bands:
            if not meter.low <= least <= meter.high:
                yield Problem(
                    "TT018",
                    (*path, "bands", str(least)),
                    f"The band {name!r} starts at {least}, outside {meter.low} to {meter.high}.",
                    "Bands start within the bounds.",
                )


@finds("TT030")
def unknown_promise(scenario: Scenario) -> Problems:
    """A reply makes a promise that `[promises]` does not declare, or a promise is declared that no reply makes.

    Bad:
        [nodes.opening.replies.listen]
        promise = "call-by-five"
    Good:
        [promises]
        call-by-five = "A call by five"
        [nodes.opening.replies.listen]
        promise = "call-by-five"
    """
    known = list(scenario.promises)
    for path, move in every_move(scenario):
        if move.promise and move.promise not in scenario.promises:
            yield Problem(
                "TT030",
                (*path, "promise"),
                f"There is no promise {move.promise!r}.",
                near_name(move.promise, known) if known else "Declare it in [promises].",
                declared=(("promises", move.promise),),
            )
    made = {move.promise for _, move in every_move(scenario)}
    for name in scenario.promises:
        if name not in made:
            yield Problem(
                "TT030", ("promises", name), f"No reply makes the promise {name!r}.", "Take it out."
            )


@finds("TT019")
def unknown_film_line(scenario: Scenario) -> Problems:
    """`hollywood` names a reply that is not there; it wants `node/reply`.

    Bad:
        hollywood = ["opening/hury"]
    Good:
        hollywood = ["opening/hurry"]
    """
    known = [f"{node.id}/{reply.id}" for node in scenario.nodes.values() for reply in node.replies]
    for index, name in enumerate(scenario.hollywood):
        if name not in known:
            yield Problem(
                "TT019", ("hollywood", index), f"There is no reply {name!r}.", near_name(name, known)
            )


RULES: tuple[Callable[[Scenario], Problems], ...] = (
    unknown_target,
    unknown_film_line,
    unknown_meter,
    unknown_flag,
    unknown_lesson,
    unknown_promise,
    unrelated_past,
    no_last_resort,
    clock_without_silence,
    shared_name,
    meter_out_of_bounds,
)
"""Every rule that a playable scenario obeys; `wrong_stem` needs the file's name as well."""
