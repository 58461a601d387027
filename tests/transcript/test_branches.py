"""The tree of takes: which was forked from which, whatever the files claim."""

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from forked import keep_busy, keep_fork
from house import keep_take
from taketwo.transcript.branches import family, others, parent_of, parting, siblings, tree
from taketwo.transcript.rows import TakeRow
from taketwo.transcript.shelf import Shelf


def row(name: str, parent: str = "", created: str = "", scenario: str = "umbrella") -> TakeRow:
    path = Path(f"{name}.toml")
    return TakeRow(
        path=path, status="ended", created=created, scenario=scenario, learner="Zoë", parent=parent
    )


NAMES = [f"take-{number}" for number in range(8)]
parents = st.sampled_from([*NAMES, "gone", ""]).flatmap(
    lambda name: st.sampled_from([f"{name}#2", f"{name}#5", f"{name}#x", name, ""])
)
shelves = st.lists(st.sampled_from(NAMES), unique=True).flatmap(
    lambda names: st.tuples(
        *(st.builds(row, st.just(name), parents, st.sampled_from("ab")) for name in names)
    )
)


@given(shelves)
def test_every_take_stands_in_the_tree_exactly_once(rows):
    assert sorted(branch.row.name for branch in tree(rows, "umbrella")) == sorted(r.name for r in rows)


@given(shelves)
def test_a_fork_stands_one_below_its_parent_and_after_it(rows):
    branches = tree(rows, "umbrella")
    depths = {}
    above: list[str] = []
    for branch in branches:
        above[branch.depth :] = [branch.row.name]
        depths[branch.row.name] = branch.depth
        if branch.depth:
            assert above[branch.depth - 1] == parent_of(branch.row)[0]


@given(shelves)
def test_the_siblings_of_a_fork_contain_itself_and_its_parent(rows):
    names = {each.name for each in rows}
    for each in rows:
        parent, seq = parent_of(each)
        if parent in names and seq:
            found = [sibling.name for sibling in siblings(rows, each)]
            assert parent in found and each.name in found
            assert {parent_of(r) for r in siblings(rows, each) if r.name != parent} <= {(parent, seq)}


def test_forks_come_by_the_decision_that_they_take_up_then_oldest_first():
    rows = [row("a"), row("late", "a#2", "2"), row("early", "a#2", "1"), row("deep", "a#9", "0")]
    assert [branch.row.name for branch in tree(rows, "umbrella")] == ["a", "early", "late", "deep"]
    assert [[r.name for r in forks] for forks in parting(rows, "a").values()] == [["deep"], ["early", "late"]]


def test_other_ways_are_those_of_forks_and_of_siblings():
    rows = [row("a"), row("b", "a#5", "1"), row("c", "a#5", "2"), row("d", "b#2")]
    found = {seq: [r.name for r in way] for seq, way in others(rows, "b").items()}
    assert found == {1: ["a", "c"], 2: ["d"]}
    assert others(rows, "d").keys() == {1}
    assert others(rows, "none") == {}


def test_takes_of_other_scenes_and_learners_are_left_out():
    rows = [row("a"), row("b", scenario="train")]
    assert [branch.row.name for branch in tree(rows, "umbrella")] == ["a"]
    assert tree(rows, "umbrella", "Bora") == []


def test_a_parent_that_is_gone_is_said_to_be():
    (branch,) = tree([row("b", "a#3")], "umbrella")
    assert (branch.lost, branch.depth, branch.seq) == (True, 0, 3)


def test_a_long_chain_of_forks_is_no_trouble():
    rows = [row(f"t{n}", f"t{n - 1}#2" if n else "") for n in range(3_000)]
    assert tree(rows, "umbrella")[-1].depth == 2_999


def test_the_number_of_a_decision_is_that_of_its_branch(tmp_path):
    shelf = Shelf(tmp_path)
    busy = keep_busy(shelf)
    undone = keep_fork(shelf, busy, 1, "say-back", "look")
    second = keep_fork(shelf, busy, 3, "look")
    other = keep_take(shelf, "say-back", "look", learner="Bora")
    found = family(shelf, undone)
    assert {branch.row.name for branch in found.branches} == {busy, undone, second}
    assert other not in {branch.row.name for branch in found.branches}
    assert found.numbers == {undone: 1, second: 2}
    assert found.row.name == undone
