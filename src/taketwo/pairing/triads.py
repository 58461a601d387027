"""Threes that rotate: one is the learner, one plays the customer, one observes; after each take everybody moves on."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from taketwo.pairing.pair import Pair
from taketwo.pairing.window import attend, attend_no_more
from taketwo.scenario.model import Scenario
from taketwo.session import Session
from taketwo.take.commands import Start

SIZE = 3
LIST = 6
"""lines of a checklist that is made from a scene"""


class Roles(NamedTuple):
    """Who is what in one group for one take."""

    learner: Pair
    customer: Pair | None
    observers: tuple[Pair, ...]


def groups_of(people: Sequence[Pair], size: int = SIZE) -> list[tuple[Pair, ...]]:
    """Groups of three in the order given; one or two who are left join the first groups, and observe there too."""
    whole = max(1, len(people) // size)
    found = [list(people[at * size : (at + 1) * size]) for at in range(whole)]
    for number, one in enumerate(people[whole * size :]):
        found[number % whole].append(one)
    return [tuple(group) for group in found if group]


def roles(group: Sequence[Pair], turn: int) -> Roles:
    """Who is what in the take `turn`, counted from 0: everybody is the learner once in as many takes as they are."""
    at = turn % len(group)
    here = [*group[at:], *group[:at]]
    return Roles(here[0], here[1] if len(here) > 1 else None, tuple(here[2:]))


def checklist(scenario: Scenario) -> tuple[str, ...]:
    """What to look out for: what a reply does that models the lessons the scene is built around."""
    rows = (scenario.lessons[key] for key in scenario.centre if key in scenario.lessons)
    return tuple(f"{row.models[0].upper()}{row.models[1:]}" for row in rows if row.models)[:LIST]


class Triads:
    """Groups of those who are here, and whose turn it is."""

    def __init__(self, people: Sequence[Pair], begin: Callable[[Pair, Scenario, Start], Session]) -> None:
        self.groups = groups_of(people)
        self.turn = -1
        self._begin = begin

    def next(self, scenario: Scenario, start: Start, looking_for: Sequence[str] = ()) -> list[Roles]:
        """Everybody moves on, and each group begins a take. Who is away now is passed over, until they are back.

        A take that still goes on is left as it is, and its learner's group waits for the turn after.
        """
        self.turn += 1
        begun = []
        for group in self.groups:
            here = [each for each in group if each.agreed and each.on_line]
            if not here or any(each.session and not each.session.state.over for each in here):
                continue
            for each in group:
                attend_no_more(each)
            who = roles(here, self.turn)
            self._begin(who.learner, scenario, start)
            if who.customer:
                attend(who.customer, who.learner, "customer")
            for observer in who.observers:
                attend(observer, who.learner, "observer", tuple(looking_for) or checklist(scenario))
            begun.append(who)
        if not begun:  # nobody has moved on
            self.turn -= 1
        return begun
