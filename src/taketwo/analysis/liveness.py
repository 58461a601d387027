"""What a position must remember: meters, flags and spent bits that something ahead still reads; the rest is put back.

A classic liveness analysis over the nodes. Two positions that differ only in what nothing ahead reads offer the same
replies, hear the same lines and lead to the same endings, so they count as one. A flag that is set or cleared before
it is read again is dead; a meter is dead once no condition ahead compares it, for effects add to it and never read.
"""

from collections.abc import Iterable
from typing import NamedTuple

from taketwo.scenario.model import Branch, Condition, Node, Reply
from taketwo.take.machine import Machine, Position


class Alive(NamedTuple):
    """Sets of bits: what may still be read. Meters by their index; flags and spent as in a position."""

    meters: int = 0
    flags: int = 0
    spent: int = 0

    def join(self, other: "Alive") -> "Alive":
        """What either reads."""
        return Alive(self.meters | other.meters, self.flags | other.flags, self.spent | other.spent)


NOTHING = Alive()


class Keep:
    """Puts a position into its plainest form: whatever nothing ahead reads stands as at the start."""

    def __init__(self, machine: Machine, *, project: bool = True) -> None:
        self.start = machine.start().meters
        """a meter that is not read any more shows its start"""
        self._machine = machine
        self._all = Alive(
            (1 << len(machine.meters)) - 1, (1 << len(machine.flags)) - 1, (1 << len(machine.spendable)) - 1
        )
        scenario = machine.scenario
        places = [*scenario.nodes, *scenario.endings]
        self.alive = _solve(machine) if project else dict.fromkeys(places, self._all)
        self.full = {place for place in places if self.alive[place] == self._all}
        """nodes where all is read: their positions are plain already"""
        self.single = {
            place: Position(place, self.start)
            for place in places
            if place not in self.full and self.alive[place] == NOTHING
        }
        """places where nothing is read: the one plain position of each"""
        self._dead = {
            place: tuple(i for i in range(len(self.start)) if not self.alive[place].meters >> i & 1)
            for place in places
        }

    def plain(self, position: Position) -> Position:
        """The plain form of `position`."""
        node = position.node
        if node in self.full:
            return position
        if single := self.single.get(node):
            return single
        meters = position.meters
        if node not in self._dead:  # a take may name a place that the scenario does not have
            return position
        if dead := self._dead[node]:
            values = list(meters)
            for index in dead:
                values[index] = self.start[index]
            meters = tuple(values)
        alive = self.alive[node]
        return Position(node, meters, position.flags & alive.flags, position.spent & alive.spent)


class _Reads:
    """The bits that conditions read."""

    def __init__(self, machine: Machine) -> None:
        self._meters = {name: 1 << index for index, name in enumerate(machine.meters)}
        self._flags = {name: 1 << index for index, name in enumerate(machine.flags)}
        self._spent = {name: 1 << index for index, name in enumerate(machine.spendable)}

    def condition(self, condition: Condition) -> Alive:
        meters = flags = 0
        for tests in condition:
            for test in tests:
                meters |= self._meters.get(test.name, 0)
                flags |= self._flags.get(test.name, 0)
        return Alive(meters, flags)

    def goto(self, branches: Iterable[Branch]) -> Alive:
        return _union(self.condition(branch.when) for branch in branches)

    def flags(self, names: Iterable[str]) -> int:
        bits = 0
        for name in names:
            bits |= self._flags[name]
        return bits

    def bit(self, name: str) -> int:
        return self._spent.get(name, 0)


def _union(parts: Iterable[Alive]) -> Alive:
    whole = NOTHING
    for part in parts:
        whole = whole.join(part)
    return whole


def _solve(machine: Machine) -> dict[str, Alive]:
    """What is alive on coming to each node and ending: the least solution, by a worklist."""
    scenario, reads = machine.scenario, _Reads(machine)
    cuts_in = _union(
        reads.condition(i.when).join(reads.goto(i.goto)).join(Alive(spent=reads.bit(i.id)))
        for i in scenario.interrupts.values()
    )
    cut_to = {branch.to for i in scenario.interrupts.values() for branch in i.goto}
    alive = dict.fromkeys([*scenario.nodes, *scenario.endings], NOTHING)
    known = {node.id: _offer(node, reads) for node in scenario.nodes.values()}
    comes_from: dict[str, set[str]] = {place: set() for place in alive}
    for node in scenario.nodes.values():
        for to in cut_to.union(branch.to for move in node.moves() for branch in move.goto):
            comes_from[to].add(node.id)
    waiting = dict.fromkeys(reversed(scenario.nodes))
    while waiting:
        name = next(iter(waiting))
        del waiting[name]
        node = scenario.nodes[name]
        now = known[name]
        for move in node.moves():
            now = now.join(_before(node, move, reads, cuts_in, cut_to, alive))
        if now != alive[name]:
            alive[name] = now
            waiting.update(dict.fromkeys(comes_from[name]))
    return alive


def _offer(node: Node, reads: _Reads) -> Alive:
    """What the node's lines and its offer read."""
    lines = _union(reads.condition(line.when) for line in node.says)
    spent = sum(reads.bit(f"{node.id}/{reply.id}") for reply in node.replies if reply.once)
    return _union(reads.condition(reply.when) for reply in node.replies).join(lines).join(Alive(spent=spent))


def _before(
    node: Node, move: Reply, reads: _Reads, cuts_in: Alive, cut_to: set[str], alive: dict[str, Alive]
) -> Alive:
    """What is alive before `move`: what is read after it, but for what the move itself decides."""
    after = cuts_in.join(reads.goto(move.goto))
    for to in cut_to.union(branch.to for branch in move.goto):
        after = after.join(alive[to])
    decided = reads.flags((*move.sets, *move.clears))
    spent = reads.bit(f"{node.id}/{move.id}") if move.once else 0
    return Alive(after.meters, after.flags & ~decided, after.spent & ~spent)
