"""Small scenarios: made by Hypothesis for the laws, and one by hand for the examples."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import strategies as st

from taketwo.scenario.model import (
    ALWAYS,
    SILENCE,
    Branch,
    Briefing,
    Comparison,
    Condition,
    Customer,
    Ending,
    Interrupt,
    Line,
    Meter,
    Node,
    Reply,
    Scenario,
    Test,
)

T = TypeVar("T")

ENDINGS = {
    "good": Ending("good", "resolved", 5, True, True, "Good."),
    "fair": Ending("fair", "callback", 3, False, True, "Fair."),
    "poor": Ending("poor", "resolved", 2, True, False, "Poor."),
    "lost": Ending("lost", "lost", 1, False, False, "Lost."),
}
METERS = {"patience": Meter("patience", 2, 0, 3), "trust": Meter("trust", 0, -1, 1)}
FLAGS = {"asked": "Asked", "told": "Told"}

TEXTS = ("Yes.", "Sorry!", "Please, why?", "I understand you, and so on?", "No!!", "Well")


class Dice:
    """Draws the parts of a scenario. One seed makes a scenario some hundred times faster than a draw for each part."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def some(self, most: int, draw: Callable[[], T]) -> tuple[T, ...]:
        return tuple(draw() for _ in range(self.random.randint(0, most)))

    def test(self) -> Test:
        pick = self.random.choice
        if self.chance(0.5):
            op: Comparison = pick(("<", "<=", "==", "!=", ">=", ">"))
            return Test(pick(list(METERS)), op, self.random.randint(-1, 3))
        return Test(pick(list(FLAGS)), "set" if self.chance(0.5) else "unset")

    def condition(self) -> Condition:
        lists = range(self.random.randint(1, 2))
        return tuple((self.test(), *self.some(1, self.test)) for _ in lists)

    def goto(self, places: Sequence[str]) -> tuple[Branch, ...]:
        to = self.random.choice
        return (*self.some(1, lambda: Branch(to(places), self.condition())), Branch(to(places)))

    def reply(self, id: str, places: Sequence[str]) -> Reply:
        pick = self.random.choice
        state = Reply(
            id=id,
            goto=self.goto(places),
            effects=self.some(1, lambda: (pick(list(METERS)), pick((-2, -1, 1)))),
            sets=self.some(1, lambda: pick(list(FLAGS))),
            clears=self.some(1, lambda: pick(list(FLAGS))),
        )
        if id == SILENCE:
            return state
        return replace(
            state,
            say=(pick(TEXTS), *self.some(1, lambda: pick(TEXTS))),
            points=(("active-listening", self.random.randint(-2, 2)),),
            when=self.condition() if self.chance(0.3) else ALWAYS,
            once=self.chance(0.3),
            critical=pick(("", "", "", "abuse", "false-promise")),
        )

    def node(self, id: str, places: Sequence[str]) -> Node:
        lines = self.some(1, lambda: Line((self.random.choice(TEXTS),), self.condition()))
        said = tuple(self.reply(id, places) for id in self.random.choice(("a", "ab", "ab", "abc")))
        silence = self.reply(SILENCE, places) if self.chance(0.4) else None
        return Node(id, (*lines, Line(("Hm.",))), said, silence)

    def scenario(self, size: int, cycles: bool) -> Scenario:
        names = [f"n{number}" for number in range(size)]
        nodes = {
            name: self.node(name, [*(names if cycles else names[number + 1 :]), *ENDINGS])
            for number, name in enumerate(names)
        }
        cuts = [
            Interrupt(id, self.condition(), self.goto([*(names if cycles else ()), *ENDINGS])) for id in "xy"
        ]
        return made(nodes, {cut.id: cut for cut in cuts if self.chance(0.3)})


def scenarios(cycles: bool = False) -> st.SearchStrategy[Scenario]:
    """One to four nodes; without `cycles` every move leads onward (interrupts too), so that plays are few."""
    return st.builds(
        lambda size, seed: Dice(seed).scenario(size, cycles), st.integers(1, 4), st.integers(0, 1 << 32)
    )


def made(nodes: dict[str, Node], interrupts: dict[str, Interrupt] | None = None) -> Scenario:
    """A scenario of these nodes with all endings, meters and flags of this module."""
    return Scenario(
        id="small",
        title="A small one",
        level=1,
        minutes=1,
        channel="phone",
        centre=("active-listening",),
        start=next(iter(nodes)),
        briefing=Briefing("You answer.", "Somebody calls."),
        customer=Customer("Ida"),
        meters=METERS,
        flags=FLAGS,
        nodes=nodes,
        interrupts=interrupts or {},
        endings=ENDINGS,
    )


def reply(id: str, to: str, points: int = 0, say: str = "", **more: object) -> Reply:
    """One reply that goes `to` one place."""
    text = (say or f"Say {id}.",)
    return Reply(id=id, goto=(Branch(to),), say=text, points=(("active-listening", points),), **more)  # type: ignore[arg-type]


def node(id: str, *said: Reply, silence: Reply | None = None) -> Node:
    return Node(id, (Line(("Hm.",)),), said, silence)
