"""What only every reachable position can tell: circles, dead ends, and parts that the graph allows and no play reaches.

These run when nothing else is wrong, for a scenario that cannot be played cannot be solved.
"""

from collections.abc import Iterator

from taketwo.analysis.coverage import coverage
from taketwo.analysis.explore import Graph
from taketwo.analysis.solve import Solution, solve
from taketwo.scenario.findings import KeyPath, Problem, Problems, finds
from taketwo.scenario.model import Scenario

FEW = 10
"""as many of a kind are reported; the rest would say the same"""


def problems(scenario: Scenario) -> Iterator[Problem]:
    """Everything that solving `scenario` shows to be wrong."""
    solution = solve(scenario, limit=POSITIONS)
    if not solution.graph.complete:
        yield too_many(solution)
        return
    for check in CHECKS:
        yield from check(solution)


POSITIONS = 100_000
"""positions explored by a check; `taketwo analyse` goes further"""


@finds("TT053")
def too_many(solution: Solution) -> Problem:
    """There are so many positions that the scenario cannot be solved by a check; each meter and flag multiplies them.

    Bad:
        [meters]
        a = { start = 0, low = 0, high = 1000 }
        b = { start = 0, low = 0, high = 1000 }
        [nodes.opening.replies.a-up]
        say = "One more of these."
        points = { active-listening = 1 }
        why = "Counts up, and nothing else."
        effects = { a = 1 }
        samples = ["Another of these.", "And these."]
        goto = [{ when = ["a < 1000"], to = "opening" }, { to = "goodbye" }]
        [nodes.opening.replies.b-up]
        say = "One more of those."
        points = { active-listening = 1 }
        why = "Counts up, and nothing else."
        effects = { b = 1 }
        samples = ["Another of those.", "And those."]
        goto = [{ when = ["b < 1000"], to = "opening" }, { to = "goodbye" }]
    Good:
        [nodes.opening.replies.listen]
        goto = "search"
    """
    return Problem(
        "TT053",
        ("nodes",),
        f"It has more than {len(solution.graph.menu):,} positions, so not everything about it can be known.",
        "Use fewer meters and flags, or clear those that nothing ahead reads.",
        severity="warning",
    )


@finds("TT050")
def circle(solution: Solution) -> Problems:
    """A play can come back to the same position, and so go on for ever: a reply that leads back spends nothing.

    Bad:
        [nodes.search.replies.form]
        goto = "opening"
    Good:
        [nodes.search.replies.form]
        once = true
        goto = "opening"
    """
    if solution.cycle:
        names = " → ".join(position.node for position in (*solution.cycle, solution.cycle[0]))
        yield Problem(
            "TT050",
            ("nodes", solution.cycle[0].node),
            f"A play can go in a circle: {names}.",
            "Let a reply on the way be said once, set a flag that is read, or move a meter.",
        )


@finds("TT051")
def no_offer(solution: Solution) -> Problems:
    """A play comes to a node where every reply is hidden or spent, and so gets stuck.

    Bad:
        [nodes.opening.replies.listen]
        goto = "opening"
        once = true
        [nodes.opening.replies.ask]
        when = ["patience <= 6"]
        [nodes.opening.replies.hurry]
        when = ["patience <= 6"]
        goto = [{ when = ["patience <= 2"], to = "walks-off" }, { to = "search" }]
    Good:
        [nodes.opening.replies.listen]
        goto = "search"
        once = true
    """
    for i in solution.graph.stuck()[:FEW]:
        position = solution.graph.positions[i]
        yield Problem(
            "TT051",
            ("nodes", position.node),
            f"Nothing is on offer here after {_way(solution.graph, i)}.",
            "Keep one reply without `when` and `once`.",
        )


@finds("TT052")
def never_reached(solution: Solution) -> Problems:
    """A node, reply, line, interrupt or ending that no play reaches, though the graph would allow it.

    Bad:
        [flags]
        angry = "The customer is angry"
        [nodes.search.replies.shrug]
        sets = ["angry"]
        [[nodes.opening.says]]
        when = ["angry"]
        text = "You again!"
        [[nodes.opening.says]]
        text = "I have lost my umbrella."
    Good:
        [[nodes.search.says]]
        text = "A black one, with a duck's head."
    """
    if solution.cycle:
        return
    for part in coverage(solution.graph).all():
        for where, name in zip(part.missed, part.names(), strict=True):
            yield Problem(
                "TT052",
                _path(part.kind, where),
                f"No play ever reaches {_ONE[part.kind]} {name}.",
                "Change the conditions on the way there, or take it out.",
            )


_ONE = {"nodes": "node", "replies": "reply", "lines": "line", "interrupts": "interrupt", "endings": "ending"}

CHECKS = (circle, no_offer, never_reached)


def _path(kind: str, where: tuple[str, ...]) -> KeyPath:
    if kind == "replies":
        return ("nodes", where[0], "replies", where[1])
    if kind == "lines":
        return ("nodes", where[0], "says", int(where[1]) - 1)
    return (kind, where[0])


def _way(graph: Graph, i: int) -> str:
    moves = [move.reply.id for _, move in graph.path(i)]
    shown = " → ".join(moves[-6:])
    return f"… → {shown}" if len(moves) > 6 else shown or "the start"
