"""One learner over time: only first tries count, by sitting, beside where guessing would stand."""

from dataclasses import replace

import pytest

from forked import keep_busy, keep_fork
from house import keep_take
from taketwo.transcript.learning import learning, sittings
from taketwo.transcript.shelf import Shelf


def test_what_a_learners_takes_come_to(tmp_path):
    shelf = Shelf(tmp_path)
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "thirty-days", "look")
    keep_take(shelf, "say-back")
    keep_take(shelf, "say-back", "look", learner="Bora")
    found = learning(shelf.rows(), "Zoë")
    assert (found.takes, found.first_tries, found.passes, found.mastered) == (2, 2, 1, ("lost-umbrella",))
    assert {line.skill for line in found.skills} == {"listening", "honesty"}


def test_the_share_of_a_skill_is_what_was_earned_of_what_was_at_stake(tmp_path):
    shelf = Shelf(tmp_path)
    keep_take(shelf, "thirty-days", "look")
    (listening,) = [line for line in learning(shelf.rows(), "Zoë").skills if line.skill == "listening"]
    assert listening.share == pytest.approx(1 / 4)  # 0 of 3, then 1 of 1
    assert listening.guess == pytest.approx(1 / 2)
    assert listening.sittings == (pytest.approx(1 / 4),)


def test_only_what_came_before_the_first_rewind_counts(tmp_path):
    shelf = Shelf(tmp_path)
    keep_busy(shelf)
    found = learning(shelf.rows(), "Zoë")
    (line,) = found.skills
    assert (line.skill, line.share) == ("listening", 0.0)


def test_forks_and_practised_takes_are_left_out(tmp_path):
    shelf = Shelf(tmp_path)
    first = keep_take(shelf, "thirty-days", "promise")
    keep_fork(shelf, first, 1, "say-back", "look")
    rows = shelf.rows()
    found = learning(rows, "Zoë")
    assert (found.takes, found.first_tries, found.passes, found.mastered) == (2, 1, 1, ())
    assert max(line.share for line in found.skills) == 0
    practised = learning([replace(row, practised=True) for row in rows], "Zoë")
    assert (practised.takes, practised.skills) == (2, ())


def test_a_long_pause_begins_a_new_sitting(tmp_path):
    shelf = Shelf(tmp_path)
    keep_take(shelf, "thirty-days", "promise")
    (row,) = shelf.rows()
    times = ["2026-11-22T10:00:00Z", "2026-11-22T11:00:00Z", "2026-11-22T12:40:00Z", "no date", "no date"]
    rows = [replace(row, created=time, ms=0) for time in times]
    assert [len(group) for group in sittings(rows)] == [2, 1, 1, 1]
    longer = [replace(rows[1], ms=20 * 60_000), rows[2]]
    assert [len(group) for group in sittings(longer)] == [2]


def test_a_skill_that_was_not_at_stake_in_a_sitting_has_no_share_there(tmp_path):
    shelf = Shelf(tmp_path)
    keep_take(shelf, "say-back", "look")
    (row,) = shelf.rows()
    early = replace(row, created="2026-11-22T10:00:00Z", first_try=row.first_try[:1])
    late = replace(row, created="2026-11-23T10:00:00Z")
    lines = {line.skill: line.sittings for line in learning([late, early], "Zoë").skills}
    assert lines == {row.first_try[0][0]: (1.0, 1.0), row.first_try[1][0]: (None, 1.0)}


def test_nobody_has_learnt_nothing():
    found = learning([], "Zoë")
    assert (found.takes, found.skills, found.sittings) == (0, (), ())
