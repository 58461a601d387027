"""Which take parted from which: a fork remembers `TAKE#SEQ`, the decision that it takes up anew.

Nothing here believes what it reads: a parent may be gone from the shelf, and takes may claim to be each other's
parents.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from taketwo.transcript.reading import Unreadable
from taketwo.transcript.replaying import reel
from taketwo.transcript.rows import TakeRow, read_row
from taketwo.transcript.shelf import Shelf, UnknownTake


@dataclass(frozen=True, slots=True)
class Branch:
    """A take in the tree of its scenario."""

    row: TakeRow
    depth: int
    """how many takes on the shelf stand above it"""
    seq: int
    """the decision of its parent that it takes up anew; 0 where it has no parent"""
    lost: bool
    """its parent is not on the shelf any more"""


def parent_of(row: TakeRow) -> tuple[str, int]:
    """The take and the decision that a take was forked from; ("", 0) for one from the start."""
    name, _, seq = row.parent.rpartition("#")
    return (name, int(seq)) if name and seq.isascii() and seq.isdigit() and len(seq) < 10 else ("", 0)


def tree(rows: Iterable[TakeRow], scenario: str, learner: str = "") -> list[Branch]:
    """The takes of a scenario, each under the one that it was forked from; of all learners, or of one.

    Roots come oldest first, forks by the decision that they take up, then oldest first.
    """
    known = {r.name: r for r in rows if r.scenario == scenario and learner in ("", r.learner)}
    below: dict[str, list[TakeRow]] = {}
    roots = []
    for row in known.values():
        parent, _ = parent_of(row)
        if parent in known and parent != row.name:
            below.setdefault(parent, []).append(row)
        else:
            roots.append(row)
    found: list[Branch] = []
    left = dict(known)
    for root in [*sorted(roots, key=_age), *sorted(known.values(), key=_age)]:  # the latter: those in circles
        waiting = [(root, 0)]
        while waiting:
            row, depth = waiting.pop()
            if left.pop(row.name, None) is None:
                continue
            parent, seq = parent_of(row)
            found.append(Branch(row, depth, seq, bool(row.parent) and parent not in known))
            forks = sorted(below.get(row.name, ()), key=_order, reverse=True)
            waiting += [(fork, depth + 1) for fork in forks]
    return found


def parting(rows: Iterable[TakeRow], name: str) -> dict[int, list[TakeRow]]:
    """The takes that were forked from the take `name`, oldest first, by the decision that they take up anew."""
    found: dict[int, list[TakeRow]] = {}
    for row in sorted(rows, key=_age):
        parent, seq = parent_of(row)
        if name and parent == name:
            found.setdefault(seq, []).append(row)
    return found


def siblings(rows: Iterable[TakeRow], row: TakeRow) -> list[TakeRow]:
    """The takes that go different ways at the decision that `row` was forked at: its parent, then all forks there."""
    all_rows = list(rows)
    parent, seq = parent_of(row)
    return [r for r in all_rows if r.name == parent] + parting(all_rows, parent).get(seq, [])


def others(rows: Iterable[TakeRow], name: str) -> dict[int, list[TakeRow]]:
    """The takes that go other ways than the take `name`, by the seq of the event where they part from it.

    Of a fork, those at 1 are its siblings: they part where it begins.
    """
    all_rows = list(rows)
    mine = next((row for row in all_rows if row.name == name), None)
    beside = [row for row in siblings(all_rows, mine) if row.name != name] if mine else []
    return {**({1: beside} if beside else {}), **parting(all_rows, name)}


@dataclass(frozen=True, slots=True)
class Family:
    """The takes of one scenario by one learner, among them the one that was asked for."""

    row: TakeRow
    branches: tuple[Branch, ...]
    numbers: Mapping[str, int]
    """for each fork the number of the decision of its parent that it takes up anew"""


def family(shelf: Shelf, name: str) -> Family:
    """The tree that the take `name` is in; parents are read, for the numbers of their decisions.

    Raises UnknownTake.
    """
    rows = shelf.rows()
    if all(row.name != name for row in rows):
        rows = shelf.samples()
    row = next((row for row in rows if row.name == name), None) or read_row(shelf.find(name))
    branches = tree(rows, row.scenario, row.learner)
    forks: dict[str, list[Branch]] = {}
    for branch in branches:
        if branch.seq and not branch.lost:
            forks.setdefault(parent_of(branch.row)[0], []).append(branch)
    numbers = {}
    for parent, below in forks.items():
        try:
            film = reel(shelf.read(parent).events)
        except (UnknownTake, Unreadable):
            continue
        numbers.update({each.row.name: film.number(each.seq) for each in below})
    return Family(row, tuple(branches), numbers)


def _age(row: TakeRow) -> tuple[str, str]:
    return row.created, row.name


def _order(row: TakeRow) -> tuple[int, str, str]:
    return parent_of(row)[1], row.created, row.name
