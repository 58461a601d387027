"""The generated trees as our side of the benchmarks meets them: bytes in memory, and playable scenarios."""

from collections.abc import Callable, Sequence

from benchmarks.tree import SEED, generate, to_toml
from taketwo import Take
from taketwo.scenario.library import Library
from taketwo.scenario.limits import LARGE
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes

LESSONS = Library().lessons()


def as_toml(nodes: int) -> bytes:
    """The file of the tree of this many nodes."""
    return to_toml(generate(nodes, SEED)).encode()


def playable(data: bytes) -> Scenario:
    """The scenario in the bytes of a file. Stops the benchmark where it cannot be played."""
    draft = draft_from_bytes(data, "the tree", LESSONS, LARGE)
    if draft.scenario is None or not draft.playable:
        raise SystemExit("\n".join(map(str, draft.findings()[:9])))
    return draft.scenario


def play(scenario: Scenario, choices: int, pick: Callable[[Sequence[str]], int]) -> list[str]:
    """One take from the start, as a front end plays it: the customer's lines, one a choice.

    The twin of `peer_bink.play`: every line and every reply on offer is read.
    """
    take = Take.start(scenario, seed=1)
    lines = []
    for _ in range(choices):
        lines.append(take.says)
        replies = take.replies
        take.reply(replies[pick([reply.text for reply in replies])].id)
    return lines
