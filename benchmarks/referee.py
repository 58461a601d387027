"""What a take of the tree must say, worked out as plainly as possible, to hold engines against.

A benchmark means something only if both engines do the same work. This says whether they do:

    python -m benchmarks.referee
"""

import operator
import sys
from collections.abc import Callable

from benchmarks import peer_bink
from benchmarks.tree import (
    METER_MAX,
    METER_START,
    METERS,
    SEED,
    Case,
    Reply,
    Tree,
    generate,
    picker,
)

COMPARISONS: dict[str, Callable[[int, int], bool]] = {"<=": operator.le, ">=": operator.ge}


class Referee:
    """Plays one take without caring how long it needs."""

    def __init__(self, tree: Tree) -> None:
        self._nodes = {node.id: node for node in tree.nodes}
        self._meters = dict.fromkeys(METERS, METER_START)
        self._flags: set[str] = set()
        self._node = tree.nodes[0]

    def says(self) -> str:
        """The customer's line."""
        return self._first(self._node.says)

    def replies(self) -> list[Reply]:
        """The replies on offer, in the order of the tree."""
        return [reply for reply in self._node.replies if self._holds(reply.when)]

    def choose(self, reply: Reply) -> None:
        """Effects, then flags, then where it leads."""
        for meter, change in reply.effects:
            self._meters[meter] = max(0, min(METER_MAX, self._meters[meter] + change))
        self._flags.update(reply.sets)
        self._flags.difference_update(reply.clears)
        self._node = self._nodes[self._first(reply.goto)]

    def _first(self, cases: tuple[Case, ...]) -> str:
        return next(case.then for case in cases if self._holds(case.when))

    def _holds(self, when: str | None) -> bool:
        match when.split() if when else []:
            case []:
                return True
            case ["not", flag]:
                return flag not in self._flags
            case [flag]:
                return flag in self._flags
            case [meter, comparison, number]:
                return COMPARISONS[comparison](self._meters[meter], int(number))
        raise ValueError(f"not a condition: {when}")


def play(tree: Tree, choices: int, pick: peer_bink.Pick) -> list[str]:
    """The customer's lines of one take, one a choice."""
    referee = Referee(tree)
    lines = []
    for _ in range(choices):
        lines.append(referee.says())
        replies = referee.replies()
        referee.choose(replies[pick([reply.say for reply in replies])])
    return lines


def main() -> None:
    """Fail if the peer plays the compiled trees differently from the trees themselves."""
    for nodes in (1_000, 10_000):
        expected = play(generate(nodes, SEED), 20_000, picker(seed=1))
        story = peer_bink.load(peer_bink.compiled(nodes))
        if peer_bink.play(story, 20_000, picker(seed=1)) != expected:
            sys.exit(f"the peer plays the tree of {nodes} nodes differently: compile it again")
        print(f"{nodes:>6,} nodes: 20,000 choices alike, {len(set(expected)):,} different lines")


if __name__ == "__main__":
    main()
