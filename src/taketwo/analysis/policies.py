"""Ways of choosing, as plain functions over what a learner sees: the replies on offer with their words and points.

A policy gives every reply a weight; chances are weights over their sum. Policies that look for the most of something
share the weight equally among ties; only "first in the file" and "second best" go by the order. A reply with several
texts is judged by their mean, for a learner sees one of them by the take's seed. No policy chooses silence.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from taketwo.analysis.explore import Menu


class Seen(NamedTuple):
    """A reply on offer: its texts, and p, the sum of its points."""

    texts: tuple[str, ...]
    points: int


Judge = Callable[[Sequence[Seen]], list[float]]


@dataclass(frozen=True, slots=True)
class Policy:
    """A way of choosing, with a name for people. `judge` maps the offer to weights, 0 or more, not all 0."""

    id: str
    name: str
    judge: Judge
    shape: bool = False
    """looks only at the shape of the replies, never at what they do"""

    def weigh(self, menu: Menu) -> list[float]:
        """The weight of each reply of `menu`, in file order."""
        return self.judge(
            [Seen(move.reply.say, p) for move, p in zip(menu.replies, menu.points, strict=True)]
        )

    def chances(self, menu: Menu) -> list[float]:
        """The chance of each reply of `menu`, in file order; together 1."""
        weights = self.weigh(menu)
        total = sum(weights)
        return [weight / total for weight in weights]


def _most(measure: Callable[[Seen], float]) -> Judge:
    """All weight on the replies with the greatest measure."""

    def judge(seen: Sequence[Seen]) -> list[float]:
        values = [measure(reply) for reply in seen]
        top = max(values)
        return [float(value == top) for value in values]

    return judge


def _mean(count: Callable[[str], int]) -> Callable[[Seen], float]:
    """The mean over a reply's texts."""
    return lambda reply: sum(map(count, reply.texts)) / len(reply.texts)


def _second(seen: Sequence[Seen]) -> list[float]:
    ranked = sorted(range(len(seen)), key=lambda i: -seen[i].points)
    return [float(i == ranked[min(1, len(ranked) - 1)]) for i in range(len(seen))]


_SOFT = re.compile(r"\b(?:sorry|understand(?:s|ing)?|understood|please)\b", re.IGNORECASE)


def soft_words(text: str) -> int:
    """How many times `text` says sorry, understand or please."""
    return len(_SOFT.findall(text))


length = _mean(len)
"""Characters of a reply, the mean over its texts."""

random = Policy("random", "at random", lambda seen: [1.0] * len(seen))
decent = Policy("decent", "a decent learner", lambda seen: [2.0**reply.points for reply in seen])
first = Policy(
    "first", "the first in the file", lambda seen: [float(i == 0) for i in range(len(seen))], shape=True
)
longest = Policy("longest", "the longest", _most(length), shape=True)
shortest = Policy("shortest", "the shortest", _most(lambda reply: -length(reply)), shape=True)
softest = Policy("softest", "the most sorry, understand, please", _most(_mean(soft_words)), shape=True)
asking = Policy("asking", "the most question marks", _most(_mean(lambda text: text.count("?"))), shape=True)
shouting = Policy(
    "shouting", "the most exclamation marks", _most(_mean(lambda text: text.count("!"))), shape=True
)
best = Policy("best", "the best points", _most(lambda reply: reply.points))
second = Policy("second", "the second best", _second)
worst = Policy("worst", "the worst points", _most(lambda reply: -reply.points))

POLICIES = (random, decent, first, longest, shortest, softest, asking, shouting, best, second, worst)
"""Every policy, in the order of the table."""
