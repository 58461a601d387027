"""A scenario compiled for playing: positions are small tuples of numbers, a step is a few comparisons.

`step` serves the take and the analysis alike, so what is solved is what is played. Order and variants come from a
hash of the seed, so they are the same on every machine and stay put while other replies hide or appear.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from taketwo.scenario.model import ALWAYS, SILENCE, Branch, Condition, Line, Node, Reply, Scenario, Test
from taketwo.scenario.sequel import pasts


class Position(NamedTuple):
    """All that decides what may come: hashable, cheap, and what the analysis enumerates.

    `node` may be an ending's id. `meters` are in the order of the scenario's declaration; `flags` and `spent` are
    sets of bits, in the order of `Machine.flags` and `Machine.spendable`.
    """

    node: str
    meters: tuple[int, ...]
    flags: int = 0
    spent: int = 0


class Offer(NamedTuple):
    """A reply on offer, with its points by lesson."""

    reply: str
    points: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """p(reply): the sum of its points."""
        return sum(value for _, value in self.points)


# A clause: bits that must be set, bits that must not, and (meter, least, most) for each meter asked about.
Clause = tuple[int, int, tuple[tuple[int, int, int], ...]]
Guard = tuple[Clause, ...] | None
"""Any of these clauses; None holds always."""


def holds(guard: tuple[Clause, ...], meters: tuple[int, ...], flags: int) -> bool:
    """Whether any clause of `guard` holds."""
    for need, ban, ranges in guard:
        if flags & need == need and not flags & ban:
            for index, least, most in ranges:
                if not least <= meters[index] <= most:
                    break
            else:
                return True
    return False


@dataclass(frozen=True, slots=True)
class Move:
    """One compiled reply or silence."""

    reply: Reply
    offer: Offer
    guard: Guard
    bit: int
    """what it spends, 0 if it may be chosen again"""
    effects: tuple[tuple[int, int, int, int], ...]
    """(meter, change, least, most)"""
    sets: int
    keeps: int
    goto: tuple[tuple[Guard, str], ...]


@dataclass(slots=True)
class _Place:
    """One compiled node."""

    node: Node
    moves: dict[str, Move]
    replies: tuple[Move, ...]
    fixed: bool
    """no reply hides: the offer is the same whatever the position"""
    says: tuple[tuple[Guard, Line], ...]


class Machine:
    """The compiled scenario. Make it with `machine(scenario)`, which keeps one for each scenario in use."""

    def __init__(self, scenario: Scenario) -> None:
        self.scenario = scenario
        self.meters = tuple(scenario.meters)
        self.flags = tuple(scenario.flags)
        self.spendable = tuple(scenario.interrupts) + tuple(
            f"{node.id}/{move.id}" for node in scenario.nodes.values() for move in node.moves() if move.once
        )
        self._meter = {name: index for index, name in enumerate(self.meters)}
        self._flag = {name: 1 << index for index, name in enumerate(self.flags)}
        self._spend = {name: 1 << index for index, name in enumerate(self.spendable)}
        self.endings = scenario.endings
        self._interrupts = tuple(
            (self._spend[i.id], self._guard(i.when) or _TRUE, self._goto(i.goto), i.id)
            for i in scenario.interrupts.values()
        )
        self._places: dict[str, _Place] = {}
        self._order: dict[tuple[int, str], tuple[Move, ...]] = {}
        self._variant: dict[tuple[int, str, int], str] = {}

    # --- compiling

    def _place(self, id: str) -> _Place | None:
        """The node `id`, compiled when it is first come to; None for an ending."""
        place = self._places.get(id)
        if place is None and (node := self.scenario.nodes.get(id)):
            place = self._places[id] = self._compiled(node)
        return place

    def _compiled(self, node: Node) -> _Place:
        moves = {move.id: self._move(node, move) for move in node.moves()}
        replies = tuple(move for key, move in moves.items() if key != SILENCE)
        fixed = all(move.guard is None and not move.bit for move in replies)
        says = tuple((self._guard(line.when), line) for line in node.says)
        return _Place(node, moves, replies, fixed, says)

    def _move(self, node: Node, reply: Reply) -> Move:
        effects = []
        for name, change in reply.effects:
            meter = self.scenario.meters[name]
            effects.append((self._meter[name], change, meter.low, meter.high))
        return Move(
            reply,
            Offer(reply.id, reply.points),
            self._guard(reply.when),
            self._spend.get(f"{node.id}/{reply.id}", 0) if reply.once else 0,
            tuple(effects),
            self._bits(reply.sets),
            ~self._bits(reply.clears),
            self._goto(reply.goto),
        )

    def _bits(self, names: tuple[str, ...]) -> int:
        return sum({self._flag[name] for name in names})

    def _goto(self, branches: tuple[Branch, ...]) -> tuple[tuple[Guard, str], ...]:
        return tuple((self._guard(branch.when), branch.to) for branch in branches)

    def _guard(self, condition: Condition) -> Guard:
        if condition == ALWAYS:
            return None
        return tuple(clause for tests in condition for clause in self._clauses(tests))

    def _clauses(self, tests: tuple[Test, ...]) -> list[Clause]:
        """One clause, or more where `!=` splits a range in two."""
        need = ban = 0
        pieces: list[dict[int, tuple[int, int]]] = [{}]
        for test in tests:
            if test.op == "set":
                need |= self._flag[test.name]
            elif test.op == "unset":
                ban |= self._flag[test.name]
            else:
                index = self._meter[test.name]
                pieces = [
                    piece | {index: (max(low, have[0]), min(high, have[1]))}
                    for piece in pieces
                    for have in [piece.get(index, _ANY)]
                    for low, high in _ranges(test)
                ]
        return [(need, ban, tuple((i, low, high) for i, (low, high) in p.items())) for p in pieces]

    # --- playing

    def start(self) -> Position:
        """The position before the first reply."""
        return self.start_with(self.scenario.given)

    def pasts(self) -> tuple[Position, ...]:
        """Where a sequel begins after each other past that it can have."""
        every = pasts(self.scenario.sequel) if self.scenario.sequel else ()
        return tuple(self.start_with(flags) for flags in every if flags != self.scenario.given)

    def start_with(self, flags: tuple[str, ...]) -> Position:
        """The position before the first reply where just these flags are set."""
        meters = tuple(m.start for m in self.scenario.meters.values())
        return Position(self.scenario.start, meters, self._bits(flags))

    def knows(self, position: Position) -> bool:
        """Whether `position` is one that an answer can be given at."""
        meters = self.scenario.meters.values()
        return (
            position.node in self.scenario.nodes
            and len(position.meters) == len(self.meters)
            and all(m.low <= value <= m.high for m, value in zip(meters, position.meters, strict=True))
            and 0 <= position.flags < 1 << len(self.flags)
            and 0 <= position.spent < 1 << len(self.spendable)
            and bool(self.offered(position))
        )

    def offered(self, position: Position) -> tuple[Move, ...]:
        """The replies on offer, in file order; empty at an ending."""
        place = self._place(position.node)
        if place is None:
            return ()
        if place.fixed:
            return place.replies
        _, meters, flags, spent = position
        return tuple(
            move
            for move in place.replies
            if not spent & move.bit and (move.guard is None or holds(move.guard, meters, flags))
        )

    def moves(self, position: Position) -> tuple[Move, ...]:
        """The replies on offer, and silence where the node has it; empty at an ending and where nothing is offered."""
        offered = self.offered(position)
        if offered and (silence := self.move(position.node, SILENCE)):
            return (*offered, silence)
        return offered

    def shown(self, position: Position, seed: int) -> tuple[Move, ...]:
        """The replies on offer in the order in which a take with `seed` shows them."""
        place = self._place(position.node)
        if place is None:
            return ()
        order = self._order.get((seed, position.node))
        if order is None:
            _keep_small(self._order)
            order = tuple(sorted(place.replies, key=lambda m: _digest(seed, position.node, m.reply.id)))
            self._order[seed, position.node] = order
        if place.fixed:
            return order
        _, meters, flags, spent = position
        return tuple(
            move
            for move in order
            if not spent & move.bit and (move.guard is None or holds(move.guard, meters, flags))
        )

    def step(self, position: Position, move: Move) -> Position:
        """Where `move` leads: effects, sets, clears, spent, then the first unspent interrupt that holds, else goto."""
        _, meters, flags, spent = position
        if move.effects:
            values = list(meters)
            for index, change, low, high in move.effects:
                value = values[index] + change
                values[index] = low if value < low else high if value > high else value
            meters = tuple(values)
        flags = (flags | move.sets) & move.keeps
        spent |= move.bit
        goto = move.goto
        for bit, guard, branches, _ in self._interrupts:
            if not spent & bit and holds(guard, meters, flags):
                spent |= bit
                goto = branches
                break
        for condition, to in goto:
            if condition is None or holds(condition, meters, flags):
                return _position(Position, (to, meters, flags, spent))
        raise AssertionError("a goto list without a last resort passed the reader")

    def interrupt(self, before: Position, after: Position) -> str:
        """The id of the interrupt that fired between the two, or ""."""
        if self._interrupts and (new := after.spent & ~before.spent):
            for bit, _, _, name in self._interrupts:
                if new & bit:
                    return name
        return ""

    def entry(self, position: Position) -> tuple[int, Line] | None:
        """The index and the line that the customer says on coming to `position`; None at an ending."""
        place = self._place(position.node)
        if place is None:
            return None
        for index, (guard, line) in enumerate(place.says):
            if guard is None or holds(guard, position.meters, position.flags):
                return index, line
        raise AssertionError("a says list without a last resort passed the reader")

    def says(self, position: Position, seed: int) -> str:
        """The customer's words at `position`, or the ending's text; `{learner}` still to be filled in."""
        found = self.entry(position)
        if found is None:
            return self.endings[position.node].text
        index, line = found
        return self._pick(line.texts, seed, position.node, index)

    def line(self, node: str, index: int, seed: int) -> str:
        """The words of one of a node's lines, said whatever its condition; `{learner}` still to be filled in."""
        return self._pick(self.scenario.nodes[node].says[index].texts, seed, node, index)

    def speaker(self, position: Position) -> str:
        """Who says that line; "" where it is the customer, and at an ending."""
        found = self.entry(position)
        return found[1].who if found else ""

    def words(self, move: Move, node: str, seed: int) -> str:
        """The learner's words for `move`; `{learner}` still to be filled in."""
        return self._pick(move.reply.say, seed, f"{node}/{move.reply.id}", 0)

    def _pick(self, texts: tuple[str, ...], seed: int, place: str, entry: int) -> str:
        if len(texts) == 1:
            return texts[0]
        key = (seed, place, entry)
        text = self._variant.get(key)
        if text is None:
            _keep_small(self._variant)
            digest = _digest(seed, place, str(entry))
            text = self._variant[key] = texts[int.from_bytes(digest, "big") % len(texts)]
        return text

    def move(self, node: str, move_id: str) -> Move | None:
        """The compiled move of that id at `node`, on offer or not."""
        place = self._place(node)
        return place.moves.get(move_id) if place else None

    # --- names for people and files

    def meter_values(self, position: Position) -> dict[str, int]:
        """Meters by name."""
        return dict(zip(self.meters, position.meters, strict=True))

    def flag_names(self, position: Position) -> tuple[str, ...]:
        """The flags that are set, in the order of their declaration."""
        return names_of(position.flags, self.flags)


def names_of(bits: int, names: Sequence[str]) -> tuple[str, ...]:
    """The names whose bit is set."""
    return tuple(name for index, name in enumerate(names) if bits >> index & 1)


def bits_of(names: Sequence[str], known: Sequence[str]) -> int:
    """The bits of `names`. Raises ValueError for one that is not known."""
    return sum(1 << known.index(name) for name in dict.fromkeys(names))


def step(scenario: Scenario, position: Position, move: str) -> Position:
    """Where the reply `move` (or SILENCE) leads from `position`. Raises KeyError where it is not to be had."""
    compiled = machine(scenario)
    for candidate in compiled.moves(position):
        if candidate.reply.id == move:
            return compiled.step(position, candidate)
    raise KeyError(f"{move!r} is not on offer at {position.node!r}")


_machines: dict[int, Machine] = {}
"""By identity: to compare scenarios would take longer than a step. A machine holds its scenario, so while it is here
no other scenario has that number."""
_MACHINES = 4


def machine(scenario: Scenario) -> Machine:
    """The compiled form of `scenario`, made on first use; of scenarios used in turn, the last few are kept."""
    found = _machines.get(id(scenario))
    if found is None:
        if len(_machines) >= _MACHINES:
            _machines.pop(next(iter(list(_machines))), None)  # the analysis may run beside a take
        found = _machines[id(scenario)] = Machine(scenario)
    return found


_position = tuple.__new__
"""Makes a named tuple without looking at its names: a third of a step would go into that."""
_TRUE: tuple[Clause, ...] = ((0, 0, ()),)
_ANY = (-(10**9), 10**9)
_RANGES: dict[str, Callable[[int], list[tuple[int, int]]]] = {
    "<": lambda n: [(_ANY[0], n - 1)],
    "<=": lambda n: [(_ANY[0], n)],
    "==": lambda n: [(n, n)],
    "!=": lambda n: [(_ANY[0], n - 1), (n + 1, _ANY[1])],
    ">=": lambda n: [(n, _ANY[1])],
    ">": lambda n: [(n + 1, _ANY[1])],
}


def _ranges(test: Test) -> list[tuple[int, int]]:
    return _RANGES[test.op](test.value)


def _digest(seed: int, *parts: str) -> bytes:
    return blake2b("\0".join((str(seed), *parts)).encode(), digest_size=8).digest()


def _keep_small(cache: dict[tuple[int, str], tuple[Move, ...]] | dict[tuple[int, str, int], str]) -> None:
    if len(cache) > 100_000:
        cache.clear()
