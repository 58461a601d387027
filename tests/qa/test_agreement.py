"""Agreement: what was published comes out, and the laws that hold for any ratings."""

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taketwo.qa.agreement import icc, kappa, mean_kappa, same

BREAST_X_RAYS = [[21, 12, 0, 0], [4, 17, 1, 0], [3, 9, 15, 2], [0, 0, 0, 1]]
"""85 xeromammograms rated by two radiologists (N. F. Boyd and others, Journal of the National Cancer Institute 68, 1982);
the worked example of the Stata Base Reference Manual, [R] kappa, which prints 0.5684 with linear and 0.6714 with quadratic
weights"""
COUPLES = [[7, 7, 2, 3], [2, 8, 3, 7], [1, 5, 4, 9], [2, 8, 9, 14]]
"""the answers of 91 couples (A. Agresti, Categorical Data Analysis, 1990, section 2.4.2); the example of the R package vcd,
`Kappa(SexualFun)`, which prints 0.2374 with linear weights"""
SIX_BY_FOUR = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]
"""six targets by four judges: table 2 of P. E. Shrout and J. L. Fleiss, Psychological Bulletin 86, 1979, whose table 4
gives ICC(2,1) = .29"""


def pairs_of(table):
    return [(i, j) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


@pytest.mark.parametrize(
    ("table", "weighing", "published"),
    [(BREAST_X_RAYS, "linear", 0.5684), (BREAST_X_RAYS, "quadratic", 0.6714), (COUPLES, "linear", 0.2374)],
)
def test_weighted_kappa_as_published(table, weighing, published):
    assert kappa(pairs_of(table), weighing) == pytest.approx(published, abs=5e-5)


def test_the_intraclass_correlation_as_published():
    assert icc(SIX_BY_FOUR) == pytest.approx(0.29, abs=5e-3)


def test_kappa_by_hand():
    """Of four things one is apart by one, and by chance 8 of 16 would be: 1 - (1/4) / (8/16)."""
    assert kappa([(0, 0), (0, 1), (1, 1), (1, 1)], "linear") == pytest.approx(0.5)
    assert kappa([(0, 1), (1, 0)], "linear") == pytest.approx(-1.0)


@pytest.mark.parametrize("pairs", [[], [(2, 1)], [(2, 2), (2, 2)]], ids=["none", "one", "nothing varies"])
def test_where_kappa_cannot_be_told(pairs):
    assert kappa(pairs) is None


def test_a_rater_who_always_says_the_same_agrees_by_chance_alone():
    assert kappa([(2, 0), (2, 1), (2, 3)]) == 0.0


@pytest.mark.parametrize(
    "rows",
    [[], [[1, 2]], [[1], [2]], [[2, 2], [2, 2], [2, 2]], [[0, 1], [1, 0]]],
    ids=["nothing", "one thing", "one rater", "nothing varies", "all of it is error"],
)
def test_where_the_intraclass_correlation_cannot_be_told(rows):
    assert icc(rows) is None


def test_raters_who_differ_by_a_constant_do_not_agree_absolutely():
    assert icc([[0, 1], [1, 2], [2, 3]]) == pytest.approx(2 / 3)


scale = st.integers(0, 6)
some_pairs = st.lists(st.tuples(scale, scale), min_size=2, max_size=30)
weighings = st.sampled_from(["linear", "quadratic"])


def tables(most=4):
    return st.integers(2, most).flatmap(
        lambda k: st.lists(st.lists(scale, min_size=k, max_size=k), min_size=2, max_size=12)
    )


@given(some_pairs, weighings)
def test_kappa_does_not_depend_on_who_comes_first(pairs, weighing):
    assert kappa(pairs, weighing) == kappa([(b, a) for a, b in pairs], weighing)


@given(some_pairs, weighings)
def test_kappa_is_at_most_one_and_does_not_depend_on_the_order_of_things(pairs, weighing):
    value = kappa(pairs, weighing)
    assert value is None or value <= 1
    assert value == kappa(pairs[::-1], weighing)


@given(st.lists(scale, min_size=2, max_size=30), weighings)
def test_one_with_oneself_is_one_or_cannot_be_told(values, weighing):
    assert kappa([(v, v) for v in values], weighing) == (1.0 if len(set(values)) > 1 else None)


@given(some_pairs)
def test_on_a_scale_of_two_both_weights_are_the_same(pairs):
    two = [(a % 2, b % 2) for a, b in pairs]
    assert kappa(two, "linear") == kappa(two, "quadratic")


@given(tables())
def test_figures_do_not_depend_on_the_order_of_the_raters(rows):
    for order in permutations(range(len(rows[0]))):
        other = [[row[i] for i in order] for row in rows]
        assert icc(other) == icc(rows)
        assert mean_kappa(other) == pytest.approx(mean_kappa(rows))
        assert same(other) == same(rows)


@given(tables())
def test_the_intraclass_correlation_is_at_most_one_and_one_only_for_the_same_ratings(rows):
    value = icc(rows)
    assert value is None or value <= 1
    alike = [[row[0]] * len(row) for row in rows]
    assert icc(alike) == (1.0 if len({row[0] for row in rows}) > 1 else None)
    if value == 1:
        assert rows == alike


@given(tables(), st.integers(1, 5))
def test_figures_stay_where_the_scale_is_moved(rows, by):
    moved = [[value + by for value in row] for row in rows]
    assert icc(moved) == icc(rows)
    assert mean_kappa(moved) == mean_kappa(rows)


def test_gaps_are_left_out_of_the_pairs_that_they_are_in():
    rows = [[0, 0, None], [2, 2, 0], [1, None, 2]]
    first, second, third = kappa([(0, 0), (2, 2)]), kappa([(2, 0), (1, 2)]), kappa([(2, 0)])
    assert (first, second, third) == (1.0, pytest.approx(-2 / 3), None)
    assert mean_kappa(rows) == pytest.approx((1 - 2 / 3) / 2)


def test_with_two_raters_the_mean_is_their_kappa():
    assert mean_kappa(pairs_of(BREAST_X_RAYS)) == kappa(pairs_of(BREAST_X_RAYS))


def test_the_same_rating_counts_only_where_two_rated():
    assert same([(1, 1, None), (1, 2, None), (None, 2, None)]) == 0.5
    assert same([(1, None)]) is None
