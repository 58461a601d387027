"""Where a scenario leads: nodes and endings that nothing leads to, nodes without a way out.

By the graph alone: every entry of a `goto` counts as a way, whatever its `when`. An interrupt counts as a way from
a move that changes something its `when` asks about; before such a move it has fired already, or could not.
"""

from collections.abc import Callable, Iterable, Iterator

from taketwo.checks.conditions import names_in
from taketwo.scenario.findings import Problem, Problems, finds
from taketwo.scenario.model import Interrupt, Node, Reply, Scenario

Ways = dict[str, set[str]]


@finds("TT020")
def unreached_node(scenario: Scenario) -> Problems:
    """A node that nothing leads to: no `goto` on any way from the start names it.

    Bad:
        [nodes.opening.replies.listen]          # the only one that led to `search`
        goto = "goodbye"
    Good:
        [nodes.opening.replies.listen]
        goto = "search"
    """
    reached = _reached(_ways(scenario), scenario.start)
    for node in scenario.nodes:
        if node not in reached:
            yield Problem(
                "TT020",
                ("nodes", node),
                "Nothing leads to this node.",
                "Name it in a `goto`, or take it out.",
            )


@finds("TT021")
def unreached_ending(scenario: Scenario) -> Problems:
    """An ending that nothing leads to: no `goto` on any way from the start names it.

    Bad:
        [endings.standing-ovation]
        kind = "resolved"
        csat = 5
        resolved = true
        text = "They clap."
    Good:
        [endings.standing-ovation]
        kind = "resolved"
        csat = 5
        resolved = true
        text = "They clap."
        [nodes.search.replies.look]
        goto = [{ when = ["patience >= 7"], to = "standing-ovation" }, { to = "goodbye" }]
    """
    reached = _reached(_ways(scenario), scenario.start)
    for ending in scenario.endings:
        if ending not in reached:
            yield Problem(
                "TT021",
                ("endings", ending),
                "Nothing leads to this ending.",
                "Name it in a `goto`, or take it out.",
            )


@finds("TT022")
def no_way_out(scenario: Scenario) -> Problems:
    """A node from which no way leads to an ending: whoever comes here can only give up.

    Bad:
        [nodes.search.replies.look]
        once = true
        goto = "search"
        [nodes.search.replies.form]
        once = true
        goto = "search"
        [nodes.search.replies.shrug]
        goto = "search"
    Good:
        [nodes.search.replies.look]
        once = true
        goto = "search"
        [nodes.search.replies.form]
        once = true
        goto = "search"
        [nodes.search.replies.shrug]
        goto = "walks-off"
    """
    back: Ways = {}
    for node, targets in _ways(scenario).items():
        for target in targets:
            back.setdefault(target, set()).add(node)
    leading = _reached(back, *scenario.endings)
    for node in scenario.nodes:
        if node not in leading:
            yield Problem(
                "TT022",
                ("nodes", node),
                "No way leads from this node to an ending.",
                "Give one of its replies a `goto` that leads on.",
            )


def _ways(scenario: Scenario) -> Ways:
    """The nodes and endings that each node leads to."""
    asked = [(interrupt, names_in(interrupt.when)) for interrupt in scenario.interrupts.values()]
    ways: Ways = {}
    for node in scenario.nodes.values():
        targets = ways.setdefault(node.id, set())
        for move in node.moves():
            targets.update(branch.to for branch in move.goto)
        for interrupt in _cutting_in(scenario, node, asked):
            targets.update(branch.to for branch in interrupt.goto)
    return ways


def _cutting_in(
    scenario: Scenario, node: Node, asked: list[tuple[Interrupt, set[str]]]
) -> Iterator[Interrupt]:
    changed = {name for move in node.moves() for name in changes(move)}
    for interrupt, names in asked:
        if names & changed or node.id == scenario.start:
            yield interrupt


def changes(move: Reply) -> set[str]:
    """The meters and flags that `move` changes."""
    return {name for name, change in move.effects if change} | {*move.sets, *move.clears}


def _reached(ways: Ways, *starts: str) -> set[str]:
    reached = set(starts)
    waiting: list[Iterable[str]] = [starts]
    while waiting:
        for name in waiting.pop():
            fresh = ways.get(name, set()) - reached
            if fresh:
                reached |= fresh
                waiting.append(fresh)
    return reached


CHECKS: tuple[Callable[[Scenario], Problems], ...] = (unreached_node, unreached_ending, no_way_out)
