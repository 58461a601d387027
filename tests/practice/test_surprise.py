"""A surprise fits: what is open, what is weak, not what was just played; and the seed decides among those."""

from datetime import timedelta

from learners import Learner

from taketwo.practice.surprise import surprises


def drawn(zoe: Learner, seeds: int = 40) -> set[str]:
    """What comes out over many seeds."""
    return {surprises(zoe.progress, zoe.now, seed)[0] for seed in range(seeds)}


def test_nobody_begins_with_shouting():
    assert drawn(Learner()) == {"hello", "thanks"}


def test_only_open_rounds_are_drawn_from():
    zoe = Learner().plays("hello", listening=0.1).plays("thanks", listening=0.1).plays("shouting")
    assert {"charged", "refund"} <= drawn(zoe) <= {"charged", "refund", "hello", "thanks", "shouting"}


def test_there_is_a_choice_and_what_was_played_in_this_sitting_is_not_in_it():
    zoe = Learner().plays("hello")
    assert drawn(zoe) == {"thanks", "shouting", "charged", "refund"}


def test_scenes_about_the_weakest_lesson_are_among_the_choice_however_lately_they_were_played():
    zoe = Learner(None, "hello", "thanks", "shouting", "charged", "welcome", "refund")
    for scene in ("hello", "thanks", "shouting", "refund", "welcome", "charged"):
        zoe.plays(scene)
    zoe.now += timedelta(days=1)
    assert drawn(zoe) == {"hello", "thanks", "shouting", "refund"}
    zoe.fails("charged")
    zoe.now += timedelta(days=1)
    assert {"welcome", "charged"} < drawn(zoe)


def test_without_a_programme_it_is_at_most_one_level_above_what_was_passed():
    assert drawn(Learner(None)) == {"hello", "thanks", "welcome"}
    assert "delay" not in drawn(Learner(None).plays("hello"))
    assert "gift" in drawn(Learner(None).plays("delay").plays("script").plays("hello"))


def test_where_there_are_only_hard_scenes_one_of_them_is_taken():
    assert drawn(Learner(None, "delay", "gift")) == {"delay"}


def test_without_scenes_there_is_no_surprise():
    zoe = Learner(None)
    zoe.scenes = []
    assert surprises(zoe.progress, zoe.now, 1) == []
