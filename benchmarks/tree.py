"""A made-up dialogue tree of any size, written out as a scenario and as Ink.

Both files describe the same behaviour, so that two engines can be measured on the same work: the
same replies lead to the same lines. The tree loops, and its few endings hide behind a flag that
nothing sets, so a take can be as long as a measurement needs.

    python -m benchmarks.tree toml 1000
    python -m benchmarks.tree ink 1000
"""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import TypeVar

T = TypeVar("T")

SEED = 1
"""The seed of the trees that are measured, and of the compiled Ink in `ink/`."""

METERS = ("patience", "trust")
METER_MAX = 10
METER_START = 5
FLAGS = tuple(f"fact{number}" for number in range(12))
NEVER_SET = "never"
ENDINGS = 3
LESSONS = ("active-listening", "friends-dont-lie", "be-the-hope", "invisible-coat")
VOCABULARY = (
    "about after again another before better call could delivery email every first from have help"
    " know letter look maybe morning never number offer order parcel please promise question really"
    " refund remember said seen should still there thing today tomorrow understand until waiting"
    " were what where will with without would yesterday your"
)
WORDS = VOCABULARY.split()


@dataclass(frozen=True, slots=True)
class Case:
    """One of several possibilities; the first whose `when` holds counts, and the last has none."""

    when: str | None
    then: str


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer at a node, offered while `when` holds."""

    id: str
    say: str
    lesson: str
    points: int
    why: str
    effects: tuple[tuple[str, int], ...]
    goto: tuple[Case, ...]
    when: str | None = None
    sets: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Node:
    """What the customer says, and the replies to it."""

    id: str
    says: tuple[Case, ...]
    replies: tuple[Reply, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes by position: `n0` is the first, and where a take starts."""

    id: str
    nodes: tuple[Node, ...]
    endings: tuple[str, ...]


class _Dice:
    """Draws from `Random.random` alone: the one method that stays the same in every Python."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed).random

    def below(self, limit: int) -> int:
        return int(self._random() * limit)

    def one_of(self, items: Sequence[T]) -> T:
        return items[self.below(len(items))]

    def chance(self, probability: float) -> bool:
        return self._random() < probability

    def sentence(self, length: int, end: str) -> str:
        """About `length` characters that no other line has, if `end` is its own."""
        words = [self.one_of(WORDS).capitalize()]
        while len(" ".join(words)) + len(end) + 4 < length:
            words.append(self.one_of(WORDS))
        return f"{' '.join(words)} {end}."

    def condition(self) -> str:
        """A condition in words that the scenario format and Ink share."""
        if self.chance(0.5):
            return f"{self.one_of(METERS)} {self.one_of(('<=', '>='))} {3 + self.below(5)}"
        return self.one_of(("", "not ")) + self.one_of(FLAGS)


def generate(nodes: int, seed: int) -> Tree:
    """The tree of this many nodes, two or more; the same numbers give the same tree everywhere."""
    dice = _Dice(seed)
    endings = tuple(f"ending{number}" for number in range(ENDINGS))
    return Tree(
        id=f"tree-{nodes}",
        nodes=tuple(_node(dice, index, nodes, endings) for index in range(nodes)),
        endings=endings,
    )


def _node(dice: _Dice, index: int, nodes: int, endings: Sequence[str]) -> Node:
    """Two replies are always on offer, and one of them leads onward, so that every node is met."""
    name = f"n{index}"
    says = [Case(None, dice.sentence(60, name))]
    if index % 4 == 0:
        says.insert(0, Case(dice.condition(), dice.sentence(60, f"{name} again")))

    def another() -> str:
        return f"n{(index + 1 + dice.below(nodes - 1)) % nodes}"

    guarded = dice.below(3)
    onward = (guarded + 1) % 3
    replies = [
        _reply(
            dice,
            name + letter,
            f"n{(index + 1) % nodes}" if slot == onward else another(),
            another(),
            dice.condition() if slot == guarded else None,
        )
        for slot, letter in enumerate("abc")
    ]
    if index % 100 == 50:
        replies.append(_leave(dice, name, dice.one_of(endings)))
    return Node(name, tuple(says), tuple(replies))


def _reply(dice: _Dice, name: str, target: str, detour: str, when: str | None) -> Reply:
    goto = [Case(None, target)]
    if dice.chance(0.25):
        goto.insert(0, Case(dice.condition(), detour))
    meters = METERS if dice.chance(0.3) else (dice.one_of(METERS),)
    fact = dice.one_of(FLAGS)
    sets, clears = dice.one_of((((fact,), ()), ((), (fact,)), ((), ()), ((), ())))
    return Reply(
        id=name[-1],
        say=dice.sentence(70, name),
        lesson=dice.one_of(LESSONS),
        points=dice.below(5) - 2,
        why=dice.sentence(50, name),
        effects=tuple((meter, dice.one_of((-2, -1, 1, 2))) for meter in meters),
        goto=tuple(goto),
        when=when,
        sets=sets,
        clears=clears,
    )


def _leave(dice: _Dice, name: str, ending: str) -> Reply:
    return Reply(
        id="leave",
        say=dice.sentence(70, f"{name} leave"),
        lesson=LESSONS[0],
        points=-2,
        why=dice.sentence(50, f"{name} leave"),
        effects=(),
        goto=(Case(None, ending),),
        when=NEVER_SET,
    )


def picker(seed: int) -> Callable[[Sequence[str]], int]:
    """A learner who picks at random: the index of one of the texts.

    The same texts give the same pick in whatever order they are shown, so engines that order
    replies differently still play the same take.
    """
    dice = _Dice(seed)

    def pick(texts: Sequence[str]) -> int:
        return texts.index(sorted(texts)[dice.below(len(texts))])

    return pick


def to_toml(tree: Tree) -> str:
    """The tree as a scenario file; its stem must be the id of the tree."""
    lines = [
        "format = 1",
        f"id = {_quoted(tree.id)}",
        'title = "A tree to measure with"',
        "level = 1",
        "minutes = 5",
        'channel = "phone"',
        f"centre = [{_quoted(LESSONS[0])}]",
        f"start = {_quoted(tree.nodes[0].id)}",
        "\n[briefing]",
        'role = "You answer the telephone."',
        'situation = "Nobody was ever here: this tree is generated."',
        'facts = ["Every line is made of the same few words."]',
        "\n[customer]",
        'name = "Nobody"',
        'wants = "to be measured"',
        'needs = "to be measured fairly"',
    ]
    for meter in METERS:
        lines += [f"\n[meters.{meter}]", f"start = {METER_START}"]
        lines.append('bands = { 0 = "low", 3 = "middling", 7 = "high" }')
    lines.append("\n[flags]")
    lines += [f'{flag} = "The flag {flag}"' for flag in (*FLAGS, NEVER_SET)]
    for node in tree.nodes:
        lines += _node_toml(node)
    for ending in tree.endings:
        lines += [f"\n[endings.{ending}]", 'kind = "lost"', "csat = 1", "resolved = false"]
        lines.append(f'text = "The end: {ending}."')
    return "\n".join(lines) + "\n"


def _node_toml(node: Node) -> list[str]:
    lines = [f"\n[nodes.{node.id}]"]
    for case in node.says:
        lines.append(f"[[nodes.{node.id}.says]]")
        if case.when:
            lines.append(f"when = {_quoted([case.when])}")
        lines.append(f"text = {_quoted(case.then)}")
    for reply in node.replies:
        lines.append(f"\n[nodes.{node.id}.replies.{reply.id}]")
        if reply.when:
            lines.append(f"when = {_quoted([reply.when])}")
        lines.append(f"say = {_quoted(reply.say)}")
        lines.append(f"points = {{ {reply.lesson} = {reply.points} }}")
        lines.append(f"why = {_quoted(reply.why)}")
        if reply.effects:
            effects = ", ".join(f"{meter} = {change}" for meter, change in reply.effects)
            lines.append(f"effects = {{ {effects} }}")
        for key, flags in (("sets", reply.sets), ("clears", reply.clears)):
            if flags:
                lines.append(f"{key} = {_quoted(list(flags))}")
        lines.append(f"goto = {_goto_toml(reply.goto)}")
    return lines


def _goto_toml(goto: Sequence[Case]) -> str:
    if len(goto) == 1:
        return _quoted(goto[0].then)
    cases = (
        f"{{ when = {_quoted([case.when])}, to = {_quoted(case.then)} }}"
        if case.when
        else f"{{ to = {_quoted(case.then)} }}"
        for case in goto
    )
    return f"[{', '.join(cases)}]"


def _quoted(value: object) -> str:
    """Strings and arrays of strings look the same in TOML and in JSON."""
    return json.dumps(value)


def to_ink(tree: Tree) -> str:
    """The tree as Ink source; brackets keep a reply from being repeated when it is chosen."""
    lines = [f"VAR {meter} = {METER_START}" for meter in METERS]
    lines += [f"VAR {flag} = false" for flag in (*FLAGS, NEVER_SET)]
    lines.append(f"-> {tree.nodes[0].id}")
    lines += ["=== function bounded(value)", f"~ return MAX(0, MIN({METER_MAX}, value))"]
    for node in tree.nodes:
        lines.append(f"=== {node.id}")
        lines.append(_says_ink(node.says))
        for reply in node.replies:
            lines += _reply_ink(reply)
    for ending in tree.endings:
        lines += [f"=== {ending}", f"The end: {ending}.", "-> END"]
    return "\n".join(lines) + "\n"


def _says_ink(says: Sequence[Case]) -> str:
    *guarded, otherwise = says
    text = otherwise.then
    for case in reversed(guarded):
        text = f"{{{case.when}:{case.then}|{text}}}"
    return text


def _reply_ink(reply: Reply) -> list[str]:
    guard = f"{{{reply.when}}} " if reply.when else ""
    return [
        f"+ {guard}[{reply.say}]",
        *(f"  ~ {meter} = bounded({meter} + {change})" for meter, change in reply.effects),
        *(f"  ~ {flag} = true" for flag in reply.sets),
        *(f"  ~ {flag} = false" for flag in reply.clears),
        *(f"  {{{case.when}:-> {case.then}}}" for case in reply.goto[:-1]),
        f"  -> {reply.goto[-1].then}",
    ]


def main() -> None:
    """Write the tree of the size asked for to standard output."""
    writers = {"toml": to_toml, "ink": to_ink}
    if len(sys.argv) != 3 or sys.argv[1] not in writers or not sys.argv[2].isdecimal():
        sys.exit("usage: python -m benchmarks.tree toml|ink NODES")
    sys.stdout.write(writers[sys.argv[1]](generate(int(sys.argv[2]), SEED)))


if __name__ == "__main__":
    main()
