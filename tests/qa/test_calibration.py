"""Raters of the same takes: which files are one take, how far they agree, what they should talk about."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raters import form, played, rated

from taketwo.qa.calibration import Source, calibrate, identity
from taketwo.qa.form import NA
from taketwo.qa.words import item_words, overall_words, same_words, why_no_kappa

ADA = {"says_back": 2, "asks": 1, "next_step": 0, "warm": 2}
BOB = {"says_back": 2, "asks": 2, "next_step": 0, "warm": 1}


def source(session, name="one"):
    return Source(name, tuple(session.events))


def of(*sessions):
    return calibrate([source(each, f"take-{n}") for n, each in enumerate(sessions)], form())


def both(*replies, ada=ADA, bob=BOB, **who):
    return rated(rated(played(*replies, **who), "Ada", **ada), "Bob", **bob)


def test_copies_of_a_take_are_one_take():
    found = of(rated(played(), "Ada", **ADA), rated(played(), "Bob", **BOB))
    (take,) = found.takes
    assert found.raters == ("Ada", "Bob")
    assert [each.name for each in take.sources] == ["take-0", "take-1"]
    assert found.overall == of(both()).overall
    assert same_words(found) == []


@pytest.mark.parametrize(
    "other",
    [played("thirty-days", "look"), played(learner="Eve"), played(seed=7)],
    ids=["moves", "learner", "seed"],
)
def test_what_is_not_the_same_take_is_said(other):
    found = of(both(), rated(other, "Ada", **ADA))
    assert identity(found.takes[0].sources[0].events) != identity(other.events)
    told = " ".join(same_words(found))
    assert "These are 2 different takes (scene, learner, seed and moves are not the same)" in told
    assert "take-1 has one rater, and nobody to compare with." in told


def test_a_take_that_nobody_rated_is_said():
    assert same_words(of(played())) == ["Nobody has rated take-0 by example 1."]


def test_agreement_over_the_items_of_one_take():
    found = of(both())
    assert found.overall.same == 0.5
    assert found.overall.rows == ((2, 2), (1, 2), (0, 0), (2, 1))
    assert found.overall.kappa == pytest.approx(1 - 2 * 4 / 22)
    assert found.sections["solving"].same == 1.0
    assert all(agreed.kappa is None for agreed in found.items.values()), "one take has no κ by item"
    assert item_words(found).startswith("κ of one item takes two takes or more")


def test_agreement_by_item_over_several_takes():
    found = of(both(), both("thirty-days", "look", ada=ADA | {"says_back": 0}, bob=BOB | {"says_back": 0}))
    assert found.items["says-back"].kappa == 1.0
    assert found.items["asks"].kappa == 0.0, "each of them always says the same"
    assert found.items["next-step"].kappa is None
    assert item_words(found).startswith("No κ for next-step: ")
    assert why_no_kappa(found.items["next-step"].rows).startswith("both gave one and the same rating")


def test_the_widest_apart_come_first_and_critical_errors_before_them():
    found = of(both(ada=ADA | {"says_back": 0, "abuse": 1}))
    assert [(each.item, each.spread) for each in found.differences] == [
        ("abuse", 1), ("says-back", 2), ("asks", 1), ("warm", 1),
    ]  # fmt: skip


def test_not_applying_is_no_number_and_a_difference():
    found = of(both(ada=ADA | {"warm": NA}))
    assert found.overall.rows[-1] == (None, 1)
    assert found.overall.same == 0.5
    assert [(each.item, each.spread) for each in found.differences] == [("warm", 2), ("asks", 1)]
    assert len(found.full) == 3


def test_what_one_has_not_rated_is_no_difference():
    found = of(rated(rated(played(), "Ada", **ADA), "Bob", says_back=2))
    assert found.differences == []
    assert overall_words(found) == [
        "The same rating: 100 %.",
        "No κ over all items: one pair of ratings has no κ.",
        "No ICC(2,1): it needs two items that everybody rated.",
    ]


def test_where_nothing_varies_it_is_said_in_words():
    alike = dict.fromkeys(ADA, 2)
    assert overall_words(of(both(ada=alike, bob=alike))) == [
        "The same rating: 100 %.",
        "No κ over all items: both gave one and the same rating to everything, so chance alone would agree as well.",
        "No ICC(2,1): the ratings do not vary.",
    ]


def test_raters_who_never_rated_the_same_are_told_so():
    found = of(rated(played(), "Ada", says_back=1), rated(played(), "Bob", asks=1))
    assert overall_words(found)[:2] == [
        "The same rating: nothing that two of them rated.",
        "No κ over all items: no two raters gave a rating to the same thing.",
    ]


def test_ratings_by_another_version_are_left_out_and_named():
    session = both()
    rated(session, "Eve", replace(form(), version="2"), says_back=0)
    found = of(session)
    assert (found.raters, found.left_out) == (("Ada", "Bob"), ("example 2",))


def test_of_two_copies_with_one_raters_ratings_the_one_that_was_rated_last_counts():
    early, late = rated(played(), "Ada", **ADA), rated(played(), "Ada", **ADA)
    rated(late, "Ada", says_back=0)
    late.events[-1] = replace(late.events[-1], at="2026-11-23T10:00:00.000Z")
    for order in ((early, late), (late, early)):
        (take,) = of(*order).takes
        assert take.opinions["Ada"].rating.marks["says-back"].value == 0


ratings = st.fixed_dictionaries(dict.fromkeys(ADA, st.integers(0, 2)))


@given(ratings, ratings, ratings)
def test_the_order_of_the_files_makes_no_difference(ada, bob, eve):
    copies = [rated(played(), name, **v) for name, v in (("Ada", ada), ("Bob", bob), ("Eve", eve))]
    one, other = of(*copies), of(*reversed(copies))
    assert one.overall.kappa == pytest.approx(other.overall.kappa)
    assert one.icc == other.icc
    assert one.overall.same == other.overall.same
    assert {each.item for each in one.differences} == {each.item for each in other.differences}


@given(ratings)
def test_a_rater_and_their_twin_have_nothing_to_talk_about(values):
    found = of(both(ada=values, bob=values))
    assert found.differences == []
    assert found.overall.kappa == (1.0 if len(set(values.values())) > 1 else None)
