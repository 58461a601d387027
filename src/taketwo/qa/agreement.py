"""How far raters agree: weighted κ and ICC(2,1), by their exact formulas, over whole numbers on one scale.

- Weighted κ (J. Cohen, "Weighted kappa", Psychological Bulletin 70, 1968, 213-220): 1 less the disagreement that was
  found over the disagreement that chance would make of the same two raters' habits. A disagreement weighs the distance
  of the two ratings (linear) or its square (quadratic; J. L. Fleiss and J. Cohen, Educational and Psychological
  Measurement 33, 1973, 613-619, show that it then comes near an intraclass correlation).
- More than two raters: the mean of κ over all pairs (R. J. Light, Psychological Bulletin 76, 1971, 365-377).
- ICC(2,1) (P. E. Shrout and J. L. Fleiss, "Intraclass correlations: uses in assessing rater reliability", Psychological
  Bulletin 86, 1979, 420-428): two-way random effects, single rater, absolute agreement.

Where nothing varies there is nothing to explain, and each of them is None: the raters may agree fully, and the figure
still cannot be told.
"""

from collections.abc import Sequence
from fractions import Fraction
from itertools import combinations
from typing import Literal

Weighing = Literal["linear", "quadratic"]
Pair = tuple[int, int]
"""the ratings of one thing by two raters"""


def kappa(pairs: Sequence[Pair], weighing: Weighing = "quadratic") -> float | None:
    """Weighted κ of two raters, at most 1; 0 is what chance would make, less is worse than chance.

    None where fewer than two things were rated, or where both gave one and the same rating to all of them.
    """
    if len(pairs) < 2:
        return None
    power = 1 if weighing == "linear" else 2
    found = sum(abs(one - other) ** power for one, other in pairs)
    chance = sum(abs(one - other) ** power for one, _ in pairs for _, other in pairs)
    return float(1 - Fraction(found * len(pairs), chance)) if chance else None


def mean_kappa(rows: Sequence[Sequence[int | None]], weighing: Weighing = "quadratic") -> float | None:
    """κ of all pairs of raters on average; a row holds the ratings of one thing, None where a rater has none.

    None where no pair of raters has a κ.
    """
    raters = len(rows[0]) if rows else 0
    found = [kappa(both_rated(rows, a, b), weighing) for a, b in combinations(range(raters), 2)]
    told = [value for value in found if value is not None]
    return sum(told) / len(told) if told else None


def both_rated(rows: Sequence[Sequence[int | None]], a: int, b: int) -> list[Pair]:
    """The ratings of the raters `a` and `b` of all that both have rated."""
    return [(one, other) for row in rows if (one := row[a]) is not None and (other := row[b]) is not None]


def icc(rows: Sequence[Sequence[int]]) -> float | None:
    """ICC(2,1) of a table with a row for each thing and a column for each rater, without gaps; at most 1.

    None where there are fewer than two things or raters, or where the ratings do not vary in a way that tells anything.
    """
    n, k = len(rows), len(rows[0]) if rows else 0
    if n < 2 or k < 2:
        return None
    means = [Fraction(sum(row), k) for row in rows]
    raters = [Fraction(sum(row[j] for row in rows), n) for j in range(k)]
    grand = sum(means) / n
    total = sum((value - grand) ** 2 for row in rows for value in row)
    between_things = k * sum((mean - grand) ** 2 for mean in means)
    between_raters = n * sum((mean - grand) ** 2 for mean in raters)
    things = between_things / (n - 1)
    judges = between_raters / (k - 1)
    error = (total - between_things - between_raters) / ((n - 1) * (k - 1))
    whole = things + (k - 1) * error + Fraction(k, n) * (judges - error)
    return float((things - error) / whole) if whole else None


def same(rows: Sequence[Sequence[int | None]]) -> float | None:
    """The share of things that all raters who rated them gave the same; None where no two raters rated any."""
    told = [values for row in rows if len(values := [value for value in row if value is not None]) > 1]
    return sum(len(set(values)) == 1 for values in told) / len(told) if told else None
