"""Craft, outcome, critical errors and passing, from the events of a take."""

from dataclasses import replace

import pytest
from small_scenarios import ENDINGS, made, node, reply

from taketwo.lessons import Lesson
from taketwo.scenario.model import Branch, Node, Reply, Scenario
from taketwo.scenario.model import Test as Atom
from taketwo.score import CriticalError, Outcome, first_try, score
from taketwo.session import Take
from taketwo.take.commands import Abandon, Hand, Hint, Remark, Say, StaySilent
from taketwo.take.events import Replied

SKILLS = {"listen": "listening", "honest": "honesty", "own": "honesty"}


def said(id: str, to: str, critical: str = "", **points: int) -> Reply:
    return replace(reply(id, to), points=tuple(points.items()), critical=critical)


def scene(*nodes: Node) -> Scenario:
    text = dict.fromkeys(("title", "source", "character", "happens", "lesson", "models", "breaks"), "?")
    rows = {id: Lesson(id=id, skill=skill, stance="model", **text) for id, skill in SKILLS.items()}  # type: ignore[arg-type]  # rows of text
    return replace(made({each.id: each for each in nodes}), lessons=rows)


def asked(id: str, to: str, *totals: int, silence: bool = False) -> Node:
    """A node whose replies a, b, c … have these points for listening."""
    replies = [said("abcdefghi"[n], to, listen=total) for n, total in enumerate(totals)]
    return node(id, *replies, silence=Reply(id=".", goto=(Branch(to),)) if silence else None)


def played(scenario: Scenario, *replies: str) -> Take:
    take = Take.start(scenario)
    for each in replies:
        take.do(StaySilent() if each == "." else Say(each))
    return take


# --- craft


@pytest.mark.parametrize(("reply", "craft"), [("a", 1.0), ("b", 0.75), ("c", 0.0)])
def test_craft_is_what_was_won_over_the_worst_out_of_what_was_at_stake(reply, craft):
    assert played(scene(asked("n0", "good", 2, 1, -2)), reply).score.craft == craft


def test_decisions_with_more_at_stake_weigh_more():
    two = scene(asked("n0", "n1", 2, -2), asked("n1", "good", 1, 0))
    assert played(two, "a", "b").score.craft == pytest.approx(4 / 5)
    assert played(two, "b", "a").score.craft == pytest.approx(1 / 5)


def test_points_of_all_lessons_are_added_up():
    both = scene(node("n0", said("a", "good", listen=2, honest=-1), said("b", "good", listen=0, honest=2)))
    assert played(both, "a").score.craft == 0.0


def test_a_decision_where_all_replies_are_worth_the_same_does_not_count():
    two = scene(asked("n0", "n1", 1, 1), asked("n1", "good", 1, 0))
    assert played(two, "b", "a").score.overall.decisions == 1
    assert played(two, "b", "b").score.craft == 0.0


def test_a_decision_with_one_reply_does_not_count():
    assert played(scene(asked("n0", "good", -2)), "a").score.craft is None


def test_silence_counts_as_the_worst_reply():
    result = played(scene(asked("n0", "n1", 2, 1, silence=True), asked("n1", "good", 1, 0)), ".", "a").score
    assert result.craft == 0.5
    assert result.silences == 1


def test_guessing_stands_at_the_average_of_the_replies():
    assert played(scene(asked("n0", "good", 2, 0, -2, -2)), "a").score.overall.guess == pytest.approx(1.5 / 4)


def test_only_replies_on_offer_are_compared():
    best = said("a", "good", listen=2)
    hidden = replace(said("c", "good", listen=-2), when=((Atom("told", "set"),),))
    assert played(scene(node("n0", best, said("b", "good", listen=1), hidden)), "b").score.craft == 0.0


def test_what_somebody_else_decided_is_not_the_learners_craft():
    take = Take.start(scene(asked("n0", "n1", 2, -2), asked("n1", "good", 2, -2)))
    take.do(Hand("trainer"), by="trainer")
    take.do(Say("b"), by="trainer")
    take.do(Hand("learner"), by="trainer")
    take.reply("a")
    assert (take.score.craft, take.score.overall.decisions, take.score.taken_over) == (1.0, 1, 1)


# --- by lesson and skill


def test_a_lesson_has_its_own_share():
    mixed = scene(node("n0", said("a", "good", listen=2, honest=-2), said("b", "good", listen=-2, honest=0)))
    lessons = played(mixed, "b").score.lessons
    assert (lessons["listen"].share, lessons["honest"].share) == (0.0, 1.0)


def test_choosing_best_overall_is_never_held_against_a_lesson():
    mixed = scene(node("n0", said("a", "good", listen=2, honest=-1), said("b", "good", listen=-2, honest=0)))
    lessons = played(mixed, "a").score.lessons
    assert lessons["listen"].share == 1.0
    assert "honest" not in lessons


def test_choosing_best_overall_counts_for_a_lesson_that_gains_by_it():
    mixed = scene(node("n0", said("a", "good", listen=2, honest=1), said("b", "good", listen=-2, honest=0)))
    assert played(mixed, "a").score.lessons["honest"].share == 1.0


def test_a_lesson_that_was_never_at_stake_is_not_met():
    level = scene(node("n0", said("a", "good", listen=2, honest=1), said("b", "good", listen=-2, honest=1)))
    assert set(played(level, "a").score.lessons) == {"listen"}


def test_a_reply_without_points_for_a_lesson_counts_as_zero_for_it():
    uneven = scene(
        node("n0", said("a", "good", listen=-1), said("b", "good", honest=-2), said("c", "good", honest=2))
    )
    lessons = played(uneven, "a").score.lessons
    assert (lessons["listen"].share, lessons["honest"].share) == (0.0, 0.5)


def test_a_skill_sums_its_lessons():
    both = scene(node("n0", said("a", "good", honest=1, own=0), said("b", "good", honest=0, own=3)))
    skills = played(both, "a").score.skills
    assert skills["honesty"].share == pytest.approx(1 / 4)
    assert skills["honesty"].decisions == 1


# --- outcome and passing


def two_steps(*totals: int) -> Scenario:
    return scene(asked("n0", "n1", *totals), asked("n1", "good", 1, 1))


def test_an_outcome_is_what_the_ending_says():
    assert played(scene(asked("n0", "poor", 1)), "a").score.outcome == Outcome(
        "resolved", "poor", 2, True, False
    )


def test_a_take_that_goes_on_has_no_outcome():
    result = played(two_steps(1, 0), "a").score
    assert (result.outcome, result.passed) == (None, False)


def test_a_take_that_was_ended_has_an_outcome_and_keeps_its_craft():
    take = played(two_steps(1, 0), "a")
    take.do(Abandon())
    assert (take.score.outcome, take.score.craft, take.score.passed) == (Outcome("abandoned"), 1.0, False)


@pytest.mark.parametrize(("reply", "passed"), [("a", True), ("b", True), ("c", False)])
def test_a_take_passes_from_80_per_cent_on(reply, passed):
    result = played(
        scene(node("n0", *(said(id, "good", listen=n) for id, n in zip("abcd", (5, 4, 3, 0), strict=True)))),
        reply,
    )
    assert result.score.passed is passed


def test_80_per_cent_in_many_parts_is_80_per_cent():
    nodes = [asked(f"n{n}", f"n{n + 1}" if n < 9 else "good", 1, 0) for n in range(10)]
    result = played(scene(*nodes), *"aaaaaaaabb").score
    assert (result.craft, result.passed) == (pytest.approx(0.8), True)


def test_an_ending_that_is_not_acceptable_is_no_pass():
    assert not played(scene(asked("n0", "poor", 1, 0)), "a").score.passed


def test_an_honest_no_can_be_a_pass():
    assert ENDINGS["fair"].resolved is False
    assert played(scene(asked("n0", "fair", 1, 0)), "a").score.passed


def test_a_critical_error_fails_the_take_and_craft_is_still_shown():
    result = played(
        scene(node("n0", said("a", "good", "abuse", listen=2), said("b", "good", listen=0))), "a"
    ).score
    assert result.critical == [CriticalError(2, "abuse")]
    assert (result.craft, result.passed) == (1.0, False)


# --- going back


def test_a_branch_that_was_taken_back_does_not_count():
    take = played(two_steps(2, -2), "b")
    take.rewind()
    take.reply("a")
    assert (take.score.craft, take.score.rewinds, take.score.overall.decisions) == (1.0, 1, 1)


def test_a_critical_error_that_was_taken_back_is_forgiven():
    take = played(
        scene(node("n0", said("a", "n1", "abuse"), said("b", "n1")), asked("n1", "good", 1, 0)), "a"
    )
    take.rewind()
    assert take.score.critical == []


def test_going_back_several_decisions_takes_all_of_them_out():
    nodes = [asked(f"n{n}", f"n{n + 1}" if n < 3 else "good", 1, 0) for n in range(4)]
    take = played(scene(*nodes), "b", "b", "b")
    take.rewind(3)
    assert take.score.overall.decisions == 1


def test_the_first_try_is_what_came_before_the_first_way_back():
    take = played(two_steps(2, -2), "b")
    take.rewind()
    take.reply("a")
    first = [event.reply for event in first_try(take.events) if isinstance(event, Replied)]
    assert first == ["b"]
    assert score(first_try(take.events)).craft == 0.0


def test_hints_are_counted_also_where_the_decision_was_taken_back():
    take = Take.start(two_steps(2, -2))
    take.do(Hint())
    take.reply("a")
    take.rewind()
    assert take.score.hints == 1


def test_remarks_change_no_score():
    take = played(two_steps(2, -2), "a", "a")
    before = take.score
    take.do(Remark("prediction", value=1))
    assert take.score == before
