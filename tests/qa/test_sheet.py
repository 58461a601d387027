"""What ratings come to: weights, what does not apply, critical errors, the engine beside them, the learner's answers."""

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from raters import form, played, rated

from taketwo.qa.answering import answer
from taketwo.qa.form import NA, weights
from taketwo.qa.ratings import rated as rated_of
from taketwo.qa.sheet import sheet, weighted
from taketwo.take.commands import Rate, Remark
from taketwo.take.decide import Refused
from taketwo.take.events import Rated

ALL = {"says_back": 2, "asks": 2, "next_step": 2, "warm": 2}
some_items = st.sets(st.sampled_from(sorted(form().items)))
some_values = st.dictionaries(st.sampled_from(sorted(form().items)), st.integers(-1, 2))


def rating(session, rater="Ada"):
    found = sheet(session.events, form()).of(rater)
    assert found
    return found


@given(some_items)
def test_weights_come_to_one_whatever_does_not_apply(counted):
    parts = weights(form(), counted)
    assert set(parts) == counted
    assert sum(parts.values()) == (1 if counted else 0)


@given(some_items)
def test_sections_keep_their_proportion_and_so_do_items_in_them(counted):
    parts = weights(form(), counted)
    if {"says-back", "asks"} <= counted:
        assert parts["asks"] == 3 * parts["says-back"]
    if {"next-step", "warm"} <= counted:
        assert parts["next-step"] == 2 * parts["warm"]


@given(some_values)
def test_the_score_lies_between_the_lowest_and_the_highest_rating(values):
    share = weighted(form(), values)
    shares = [value / 2 for value in values.values() if value != NA]
    assert share is None if not shares else min(shares) - 1e-9 <= share <= max(shares) + 1e-9


@given(some_values, st.sampled_from(sorted(form().items)))
def test_what_does_not_apply_counts_as_if_it_were_not_there(values, item):
    without = {key: value for key, value in values.items() if key != item}
    assert weighted(form(), values | {item: NA}) == weighted(form(), without)


def test_an_item_that_does_not_apply_leaves_its_weight_to_its_section():
    assert weights(form(), {"says-back", "next-step", "warm"}) == {
        "says-back": Fraction(2, 5), "next-step": Fraction(2, 5), "warm": Fraction(1, 5),
    }  # fmt: skip


def test_a_section_that_does_not_apply_leaves_its_weight_to_the_others():
    assert weights(form(), {"next-step", "warm"}) == {"next-step": Fraction(2, 3), "warm": Fraction(1, 3)}


def test_a_full_rating_is_weighed_and_passes_at_the_mark():
    good = rating(rated(played(), "Ada", says_back=2, asks=2, next_step=1, warm=0))
    assert good.share == pytest.approx(0.4 + 0.2)
    assert (good.complete, good.passed) == (True, True)
    assert not rating(rated(played(), "Ada", says_back=2, asks=1, next_step=1, warm=0)).passed


def test_half_a_rating_has_a_score_so_far_and_does_not_pass():
    half = rating(rated(played(), "Ada", says_back=2, next_step=1))
    assert half.share == pytest.approx(0.75)
    assert half.unrated == ("asks", "warm")
    assert not half.passed


def test_a_later_rating_of_the_same_rater_replaces_the_earlier_one():
    session = rated(rated(played(), "Ada", says_back=0), "Bob", says_back=1)
    rated(session, "Ada", says_back=2)
    assert [rating(session, name).marks["says-back"].value for name in ("Ada", "Bob")] == [2, 1]


def test_a_critical_error_fails_whatever_the_score():
    found = rating(rated(played(), "Ada", **ALL, false_promise=1))
    assert (found.share, found.passed) == (1.0, False)
    assert [(each.critical.id, each.by_rater) for each in found.failing] == [("false-promise", True)]


def test_a_critical_error_that_the_scene_marks_stands_until_the_rater_says_otherwise():
    session = rated(played("say-back", "promise"), "Ada", **ALL)
    (failing,) = rating(session).failing
    assert (failing.critical.id, failing.by_rater, failing.seqs) == ("false-promise", False, (3,))
    assert not rating(session).passed
    assert rating(rated(session, "Ada", false_promise=0)).failing == ()


def test_the_engine_stands_beside_each_section():
    session = rated(played("thirty-days", "look"), "Ada", **ALL)
    lessons = session.score.lessons
    shares = {row.section.id: row.engine for row in rating(session).sections}
    assert shares["listening"] == lessons["active-listening"].share
    assert shares["manner"] == lessons["honesty"].share
    assert shares["solving"] is None, "no lesson of it was at stake"


def test_ratings_by_another_form_are_named_and_not_counted():
    session = rated(played(), "Ada", replace(form(), version="2"), says_back=2)
    found = sheet(session.events, form())
    assert (found.ratings, found.other_forms) == ((), ("example 2",))


@pytest.mark.parametrize(
    ("item", "value"), [("says-back", 3), ("says-back", NA), ("abuse", 2), ("nothing", 1)]
)
def test_what_no_rater_could_have_given_is_passed_over(item, value):
    session = played()
    session.do(Rate(form().label, item, value, rater="Ada"), by="trainer")
    assert sheet(session.events, form()).ratings == ()


# --- the learner


def test_the_rating_as_a_whole_is_acknowledged():
    session = rated(played(), "Ada", says_back=1)
    said = answer(session.events, "acknowledged", "thanks")
    session.do(said.remark)
    (found,) = sheet(session.events, form()).answers
    assert (found.topic, found.text) == ("acknowledged", "thanks")
    assert said.words == "acknowledged, about the rating as a whole."


def test_an_appeal_is_open_until_the_rater_has_looked_again():
    session = rated(played(), "Ada", says_back=0, asks=1)
    session.do(answer(session.events, "appeal", "I did, in 1", "says-back").remark)
    assert [mark.item for mark in rating(session).appeals] == ["says-back"]
    rated(session, "Ada", asks=2)
    assert rating(session).appeals
    rated(session, "Ada", says_back=2)
    assert rating(session).appeals == []
    (kept,) = rating(session).marks["says-back"].answers
    assert (kept.text, kept.settled) == ("I did, in 1", True)


def test_of_several_raters_the_one_that_is_named_is_answered():
    session = rated(rated(played(), "Ada", says_back=0), "Bob", says_back=0)
    session.do(answer(session.events, "appeal", "no", "says-back", "Ada").remark)
    assert (len(rating(session, "Ada").appeals), len(rating(session, "Bob").appeals)) == (1, 0)


@pytest.mark.parametrize(
    ("asked", "why"),
    [
        (("appeal", ""), "An appeal needs a reason."),
        (("appeal", "x", "say-back"), "'say-back' has not been rated. Did you mean 'says-back'?"),
        (("appeal", "x", "all", "Adda"), "'Adda' has not rated this take. Did you mean 'Ada'?"),
    ],
)
def test_an_answer_that_fits_nothing_is_refused(asked, why):
    with pytest.raises(Refused) as refused:
        answer(rated(played(), "Ada", says_back=0).events, *asked)
    assert str(refused.value) == why


def test_there_is_nothing_to_answer_before_anybody_has_rated():
    with pytest.raises(Refused, match="Nobody has rated this take yet"):
        answer(played().events, "acknowledged")


@given(st.permutations(["says-back", "asks", "next-step", "warm"]))
def test_the_order_of_rating_makes_no_difference(order):
    values = dict(zip(["says-back", "asks", "next-step", "warm"], (2, 1, 0, 2), strict=True))
    session = played()
    for item in order:
        session.do(Rate(form().label, item, values[item], rater="Ada"), by="trainer")
    assert rating(session).share == pytest.approx(0.4 * (2 + 3) / 8 + 0.0 + 0.2)


def test_a_remark_of_another_kind_is_no_answer():
    session = rated(played(), "Ada", says_back=0)
    session.do(Remark("note", "hm"))
    assert sheet(session.events, form()).answers == ()


events_of_any_kind = st.builds(
    Rated,
    seq=st.just(0),
    at=st.text(max_size=3),
    ms=st.just(0),
    form=st.sampled_from([form().label, "service 1.0", ""]),
    item=st.sampled_from([*form().ids, "nothing", ""]),
    value=st.integers(-1, 1_000),
    text=st.text(max_size=5),
    about=st.integers(0, 50),
    rater=st.sampled_from(["Ada", "Bob", ""]),
)


@given(st.lists(events_of_any_kind, max_size=12))
def test_whatever_a_take_holds_can_be_read(ratings):
    session = played()
    events = [*session.events]
    events += [replace(event, seq=len(events) + n) for n, event in enumerate(ratings, 1)]
    for found in sheet(events, form()).ratings:
        assert found.share is None or 0 <= found.share <= 1
        assert sum(section.weight for section in found.sections) == pytest.approx(
            0 if found.share is None else 1
        )
    assert all(isinstance(line, str) for pair in rated_of(events, session.scenario) for line in pair)
