"""Two takes side by side: how they begin, where they part, what each decision cost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forked import keep_busy, keep_fork
from house import keep_take, umbrella
from taketwo.comparing import Step, Unlike, as_table, compare, paired, side, way_to
from taketwo.debrief import turns
from taketwo.session import Take
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path)


def compared(shelf: Shelf, one: str, other: str):
    return compare(side(shelf, one), side(shelf, other))


def said(steps) -> list[str]:
    return [step.turn.reply for step in steps]


def test_a_take_and_itself_are_alike_from_beginning_to_end(shelf):
    name = keep_take(shelf, "say-back", "look")
    found = compared(shelf, name, name)
    assert (said(found.common), found.pairs, found.same_version) == (["say-back", "look"], (), True)


def test_takes_part_at_the_first_other_reply(shelf):
    found = compared(shelf, keep_take(shelf, "say-back", "look"), keep_take(shelf, "say-back", "promise"))
    assert said(found.common) == ["say-back"]
    (pair,) = found.pairs
    assert (pair.left.turn.reply, pair.right.turn.reply, pair.same) == ("look", "promise", False)
    assert pair.right.review.mark == "closed"
    assert pair.right.review.after.curve == 0


def test_a_fork_is_compared_with_what_it_inherits(shelf):
    parent = keep_take(shelf, "say-back", "promise")
    fork = keep_fork(shelf, parent, 2, "look")
    deep = keep_fork(shelf, fork, 1, "promise")
    found = compared(shelf, parent, fork)
    assert (found.left.inherited, found.right.inherited) == (0, 1)
    assert said(found.common) == ["say-back"]
    assert [step.turn.number for step in found.right.steps] == [1, 2]
    assert compared(shelf, parent, deep).pairs == ()


def test_a_fork_of_a_branch_that_was_taken_back_inherits_that_branch(shelf):
    busy = keep_busy(shelf)
    fork = keep_fork(shelf, busy, 1, "thirty-days", "look")
    assert side(shelf, fork).inherited == 0
    assert compared(shelf, busy, fork).common == ()


def test_a_fork_without_its_parent_says_that_its_beginning_is_lost(shelf):
    parent = keep_take(shelf, "say-back", "promise")
    fork = keep_fork(shelf, parent, 2, "look")
    shelf.find(parent).unlink()
    assert side(shelf, fork).lost
    assert not side(shelf, keep_take(shelf, "say-back")).lost


def test_takes_of_two_scenes_are_refused(shelf):
    one = side(shelf, keep_take(shelf, "say-back"))
    other = replace(one, row=replace(one.row, scenario="wrong-train"))
    with pytest.raises(Unlike, match="Only takes of one scene can be compared"):
        compare(one, other)


def test_versions_are_told_apart_and_compared_by_ids(shelf):
    one = side(shelf, keep_take(shelf, "say-back", "look"))
    other = replace(one, row=replace(one.row, sha256="0" * 64))
    found = compare(one, other)
    assert not found.same_version
    assert said(found.common) == ["say-back", "look"]


def test_lessons_stand_beside_each_other(shelf):
    found = compared(shelf, keep_take(shelf, "say-back", "look"), keep_take(shelf, "thirty-days"))
    lessons = {title: (one and one.share, other and other.share) for title, one, other in found.lessons}
    assert lessons == {"Active listening": (1.0, 0.0), "Honesty": (1.0, None)}


def test_as_plain_tables(shelf):
    table = as_table(
        compared(shelf, keep_take(shelf, "say-back", "look"), keep_take(shelf, "say-back", "promise"))
    )
    assert [take["csat"] for take in table["takes"]] == [5, 1]
    assert [step["reply"] for step in table["common"]] == ["say-back"]
    assert [[step["reply"] for step in pair] for pair in table["parted"]] == [["look", "promise"]]


def test_the_way_to_a_decision_is_that_of_its_own_branch():
    take = Take.start(umbrella())
    first = take.reply("thirty-days").seq
    undone = take.reply("look").seq if not take.ending else 0
    assert way_to(take.events, undone) == [first]


def step_at(node: str) -> Step:
    take = Take.start(umbrella())
    take.reply("say-back")
    (turn,) = turns(take.events, umbrella())
    return Step(replace(turn, node=node), None)


ways = st.lists(st.sampled_from("abc"), max_size=8).map(lambda nodes: [step_at(node) for node in nodes])


@given(ways, ways)
def test_every_decision_of_both_is_shown_once_and_in_order(left, right):
    pairs = list(paired(left, right))
    assert [pair.left for pair in pairs if pair.left] == left
    assert [pair.right for pair in pairs if pair.right] == right
    assert all(pair.left or pair.right for pair in pairs)
