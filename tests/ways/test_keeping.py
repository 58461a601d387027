"""The shelf line by line: takes found, labelled, noted about, put away and deleted."""

import json

import pytest

from house import keep_take
from taketwo.transcript.journal import Journal
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def shelf(desk):
    return Shelf(desk.saves)


def listed(desk, *options):
    """The names that `takes` lists."""
    done = desk.run("takes", "--json", *options)
    assert (done.returncode, done.stderr) == (0, "")
    return [row["name"] for row in json.loads(done.stdout)]


@pytest.fixture
def three(shelf):
    """A passed one of Ada's, a failed one of Zoë's in assessed mode, an unfinished one of Zoë's."""
    return (
        keep_take(shelf, "say-back", "look", learner="Ada"),
        keep_take(shelf, "thirty-days", "promise", mode="assessed"),
        keep_take(shelf, "say-back"),
    )


def test_takes_are_filtered_sorted_and_searched(desk, shelf, three):
    passed, failed, left = three
    assert sorted(listed(desk)) == sorted(three)
    assert listed(desk, "--learner", "ada") == listed(desk, "--status", "passed") == [passed]
    assert listed(desk, "--status", "not-passed") == listed(desk, "--mode", "assessed") == [failed]
    assert (
        listed(desk, "--status", "unfinished")
        == listed(desk, "--learner", "zoë", "--mode", "coached")
        == [left]
    )
    assert listed(desk, "--sort", "result")[0] == passed
    assert listed(desk, "--sort", "learner", "-n", "1") == [passed]
    assert listed(desk, "--scenario", "wrong-train") == []
    assert listed(desk, "--search", passed[-4:]) == [passed]


def test_what_is_left_out_is_told(desk, three):
    shown = desk.run("takes", "-n", "1").stdout
    assert "2 more: without -n all of them are listed." in shown
    assert desk.run("takes", "--search", "zebra").stdout == "None of the 3 takes is like that.\n"


def test_a_learner_without_takes_ends_with_2_and_says_who_has_some(desk, three):
    done = desk.run("takes", "--learner", "Bob")
    assert done.returncode == 2
    assert "Takes are of: Ada, Zoë." in done.stderr


def test_labels_and_notes_are_found(desk, three):
    passed, failed, _ = three
    assert desk.run("label", passed, "for Tuesday").stdout == f"{passed}: for Tuesday\n"
    assert desk.run("note", failed, "Think of the façade", "--at", "2").returncode == 0
    assert listed(desk, "--search", "tues") == [passed]
    assert listed(desk, "--search", "FACADE thi") == [failed]
    assert "[for Tuesday]" in desk.run("takes").stdout
    assert desk.run("label", passed, "for Tuesday", "--off").stdout == f"{passed}: no labels\n"
    assert listed(desk, "--search", "tues") == []


def test_the_same_label_twice_is_written_once(desk, shelf, three):
    desk.run("label", three[0], "good")
    events = len(shelf.read(three[0]).events)
    assert desk.run("label", three[0], " good ").returncode == 0
    assert len(shelf.read(three[0]).events) == events


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["label", "{}", "blue", "--off"], "The take has no label 'blue'. It has none."),
        (["label", "{}", " "], "A label needs a word or two."),
        (["note", "{}", ""], "A note needs a word or two."),
        (["note", "{}", "hm", "--at", "99"], "The take has no event 99: they go from 1 to "),
    ],
)
def test_what_cannot_be_remarked_is_told(desk, three, words, says):
    done = desk.run(*(word.format(three[0]) for word in words))
    assert done.returncode == 1
    assert says in done.stderr


def test_archiving_hides_and_shows(desk, three):
    passed, _, left = three
    assert desk.run("archive", passed, left).returncode == 0
    assert listed(desk) == [three[1]]
    assert sorted(listed(desk, "--archived")) == sorted([passed, left])
    desk.run("archive", left, three[1])
    assert "All 3 are archived: --archived lists them." in desk.run("takes").stdout
    desk.run("archive", *three, "--off")
    assert len(listed(desk)) == 3


def test_archived_takes_count_all_the_same(desk, shelf, three):
    desk.run("archive", three[0])
    assert shelf.best_and_last("Ada")["lost-umbrella"].passed


def test_deleting_asks_and_off_a_terminal_needs_yes(desk, shelf, three):
    done = desk.run("delete", three[0], typed="yes\n")
    assert done.returncode == 0
    assert "Nothing was deleted. With --yes" in done.stdout
    assert "The Lost Umbrella, Ada" in done.stdout
    assert len(shelf.rows()) == 3


def test_deleting_is_for_good(desk, shelf, three):
    torn = shelf.find(three[0]).with_suffix(".torn")
    torn.write_text("a tail")
    done = desk.run("delete", three[0], three[1], "--yes")
    assert done.returncode == 0
    assert [row.name for row in shelf.rows()] == [three[2]]
    assert not list(desk.saves.rglob(f"*{three[0]}*"))
    assert listed(desk) == [three[2]]


def test_nothing_is_done_where_one_of_the_names_is_unknown(desk, shelf, three):
    for command in (["delete", "--yes"], ["archive"]):
        done = desk.run(*command, three[0], "no-such-take")
        assert done.returncode == 2
        assert "There is no take 'no-such-take'" in done.stderr
    assert sorted(listed(desk)) == sorted(three)


def test_a_file_that_lies_elsewhere_is_not_deleted(desk, three):
    there = desk.folder / "copy.toml"
    there.write_bytes((desk.saves / f"{three[0]}.toml").read_bytes())
    done = desk.run("delete", there, "--yes")
    assert done.returncode == 1
    assert "is left alone" in done.stderr
    assert there.exists()


def test_a_take_that_another_program_writes_is_told_of_and_the_others_go_on(desk, shelf, three):
    passed, failed, left = three
    _, journal = Journal.reopen(shelf.find(left))
    with journal:
        for command in (
            ["label", left, "x"],
            ["note", left, "x"],
            ["archive", left, failed],
            ["delete", left, passed, "--yes"],
        ):
            done = desk.run(*command)
            assert done.returncode == 1
            assert "another program is writing this take" in done.stderr
    assert sorted(listed(desk)) == [left]
    assert listed(desk, "--archived") == [failed]
