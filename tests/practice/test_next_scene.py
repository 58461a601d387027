"""What is played next, and why: the order of the programme, easier ones after fails, a good end."""

from dataclasses import replace
from datetime import timedelta

from learners import PROGRAMME, Learner

from taketwo.practice.programme import Programme, Round
from taketwo.practice.suggest import suggest
from taketwo.practice.words import ahead_words, why_words

LESSONS = {"hear": "Listening first"}


def test_everybody_begins_with_the_opener():
    assert Learner().what() == ("hello", "first")


def test_after_the_opener_come_the_middles_in_order_and_the_wow():
    zoe = Learner().plays("hello")
    assert zoe.what() == ("shouting", "middle")
    assert zoe.plays("shouting").what() == ("charged", "middle")
    assert zoe.plays("charged").plays("refund").what() == ("thanks", "wow")


def test_a_scene_that_was_failed_once_comes_again():
    assert Learner().plays("hello").fails("shouting").what() == ("shouting", "again")


def test_after_two_fails_an_easier_scene_on_the_same_lesson_comes_in_between():
    zoe = Learner().plays("hello").fails("shouting").fails("shouting")
    assert zoe.what() == ("hello", "easier")
    assert why_words(zoe.next, LESSONS) == (
        "“Shouting” was hard twice. This one is easier and is about the same lesson: Listening first."
    )


HARD_ROUND = Programme(
    "Hard", (Round(id="one", title="One", about="A.", opener="welcome", middles=("delay",), wow="gift"),)
)
"""beside it there are other scenes; `charged` and `welcome` share a lesson with `delay`"""


def test_of_easier_scenes_one_that_is_not_passed_yet_comes_first():
    zoe = Learner(HARD_ROUND).plays("welcome").fails("delay").fails("delay")
    assert zoe.what() == ("charged", "easier")


def test_of_easier_scenes_that_are_passed_the_one_of_longest_ago_comes_first():
    zoe = Learner(HARD_ROUND).plays("charged").plays("welcome").fails("delay").fails("delay")
    assert zoe.what() == ("charged", "easier")
    zoe = Learner(HARD_ROUND).plays("welcome").plays("charged").fails("delay").fails("delay")
    assert zoe.what() == ("welcome", "easier")


def test_where_no_scene_shares_the_lesson_one_of_the_same_skill_is_taken():
    zoe = Learner(None, "shouting", "thanks")
    zoe.programme = PROGRAMME
    zoe.fails("shouting").fails("shouting")
    assert zoe.what() == ("thanks", "easier")
    assert "needs the same skill: listening." in why_words(zoe.next, LESSONS)


def test_after_the_easier_one_the_scene_comes_back():
    zoe = Learner().plays("hello").fails("shouting").fails("shouting").plays("hello")
    assert zoe.what() == ("shouting", "back")


def test_where_nothing_is_easier_the_scene_comes_again():
    assert Learner().plays("shouting").fails("hello").fails("hello").what() == ("hello", "again")


def test_whoever_fails_on_and_on_goes_on_with_the_rest_of_what_is_open():
    zoe = Learner().plays("hello")
    for _ in range(4):
        zoe.fails("shouting")
    assert zoe.what() == ("charged", "middle")
    zoe.plays("charged").plays("refund").plays("thanks").plays("welcome")
    assert zoe.next.scene.id == "delay"


def test_a_pass_ends_a_row_of_fails():
    zoe = Learner().plays("hello").fails("shouting").fails("shouting").plays("shouting")
    assert zoe.what() == ("charged", "middle")


def test_when_all_is_passed_the_scene_of_longest_ago_is_next():
    zoe = Learner()
    for scene in ("thanks", "hello", "shouting", "charged", "refund", "welcome", "delay", "script", "gift"):
        zoe.plays(scene)
    assert zoe.what() == ("thanks", "done")
    assert zoe.plays("thanks").what() == ("hello", "done")


def test_scenes_that_are_not_there_are_passed_over():
    zoe = Learner(PROGRAMME, "charged", "script")
    assert zoe.what() == ("charged", "middle")
    assert [stage.number for stage in zoe.progress.stages] == [1, 2]


def test_scenes_that_cannot_be_read_are_not_suggested():
    zoe = Learner()
    zoe.scenes[0] = replace(zoe.scenes[0], error="broken")
    assert zoe.what() == ("shouting", "middle")


def test_without_a_programme_or_its_scenes_nothing_is_suggested():
    for zoe in (Learner(None), Learner(PROGRAMME)):
        zoe.scenes = zoe.scenes if zoe.programme is None else []
        assert suggest(zoe.progress, zoe.now) is None


def test_takes_of_others_and_takes_without_an_ending_do_not_count():
    zoe = (
        Learner()
        .plays("hello", learner="Ida")
        .plays("hello", status="abandoned")
        .plays("hello", status="damaged")
    )
    assert zoe.what() == ("hello", "first")


# --- rounds


def test_a_round_opens_by_passes_and_by_skills_shown_in_two_scenes():
    zoe = Learner().plays("hello", listening=0.7).plays("shouting", listening=0.5)
    assert zoe.open == [True, False]
    assert ahead_words(zoe.progress) == (
        "Round 2 · Two: opens with 1 more pass in the round before and listening at 60 % in 2 scenes (so far in 1). "
        "You may go ahead all the same."
    )
    zoe.plays("charged", listening=0.5)
    assert zoe.open == [True, False]
    assert zoe.plays("charged", listening=0.6).open == [True, True]
    assert ahead_words(zoe.progress) == ""


def test_a_skill_shown_twice_in_the_same_scene_is_shown_once():
    zoe = (
        Learner()
        .plays("hello")
        .plays("hello")
        .plays("shouting", listening=None)
        .plays("charged", listening=0.1)
    )
    assert zoe.open == [True, False]


def test_a_round_opens_when_the_whole_round_before_is_passed_whatever_the_skills():
    zoe = Learner()
    for scene in PROGRAMME.rounds[0].scenes:
        zoe.plays(scene, listening=None)
    assert zoe.open == [True, True]
    assert zoe.what() == ("welcome", "opener")


def test_a_round_asks_for_no_more_passes_than_there_are_scenes():
    zoe = Learner(PROGRAMME, "hello", "shouting", "delay").plays("hello").plays("shouting")
    assert zoe.open == [True, True]


def test_passes_after_better_replies_were_shown_open_rounds_and_are_no_mastery():
    zoe = Learner().plays("hello", practised=True).plays("shouting").plays("charged")
    assert zoe.open == [True, True]
    scenes = zoe.progress.scenes
    assert [(scenes[key].passed, scenes[key].mastered) for key in ("hello", "shouting")] == [
        (True, False),
        (True, True),
    ]


# --- ending on a good one


def test_after_a_fail_there_is_a_scene_to_end_on():
    zoe = Learner().plays("hello").fails("shouting")
    assert zoe.end_on() == "thanks"


def test_after_a_pass_there_is_none():
    assert Learner().fails("hello").plays("hello").end_on() == ""


def test_after_two_hard_ones_there_is_a_scene_to_end_on_also_when_they_were_passed():
    zoe = Learner().plays("hello").plays("welcome", minutes=1000)
    assert zoe.plays("delay").end_on() == ""
    assert zoe.plays("script").end_on() == "hello"
    assert zoe.plays("hello").end_on() == ""


def test_a_long_pause_begins_a_new_sitting():
    zoe = Learner().plays("hello").fails("shouting")
    assert zoe.end_on()
    assert zoe.plays("delay", minutes=200).plays("script", minutes=100).end_on() == ""


def test_when_the_sitting_is_over_nothing_is_to_be_ended():
    zoe = Learner().plays("hello").fails("shouting")
    zoe.now += timedelta(minutes=91)
    assert zoe.end_on() == ""


def test_a_take_whose_time_makes_no_sense_does_no_harm():
    zoe = (
        Learner()
        .plays("hello", created="yesterday")
        .plays("hello", created="9999-12-31T23:59:59Z", ms=10**15)
    )
    zoe.fails("shouting", created="0001-01-01T00:00:00")
    assert zoe.what()[0] == "shouting"
