"""Writing a take, reading it back, going on with it."""

import stat
import sys
from dataclasses import replace

import pytest
import tomli
from hypothesis import given, settings
from small_takes import FORMATS, NAME, paired, takes, written

import taketwo
from taketwo.transcript.journal import PROGRAM, Journal, NotSaved, TakeInUse, mend, write_whole
from taketwo.transcript.reading import Header, Unreadable, read_take

unix = pytest.mark.skipif(sys.platform == "win32", reason="no modes, links or locks there")


def test_the_file_is_exactly_this(tmp_path):
    assert written(tmp_path, paired()).read_bytes() == (FORMATS / "3.toml").read_bytes()


def test_any_toml_reader_reads_it():
    table = tomli.loads((FORMATS / "3.toml").read_text("utf-8"))
    assert table["take"]["format"] == 3
    assert [event["seq"] for event in table["event"]] == list(range(1, 13))


def test_the_program_is_named_with_its_version():
    assert f"taketwo {taketwo.__version__}" == PROGRAM


def test_a_take_comes_back(tmp_path):
    take = read_take(written(tmp_path, paired()))
    assert take.events == paired()
    assert take.header == Header(NAME, PROGRAM, "2026-11-22T10:15:30.000Z")
    assert take.damage is None


@settings(max_examples=40, deadline=None)
@given(takes())
def test_every_take_comes_back(tmp_path_factory, events):
    path = written(tmp_path_factory.mktemp("saves"), events)
    assert list(read_take(path).events) == events


@settings(max_examples=25, deadline=None)
@given(takes())
def test_every_take_comes_back_when_each_event_is_written_by_another_run(tmp_path_factory, events):
    path = written(tmp_path_factory.mktemp("saves"), events[:1])
    for event in events[1:]:
        with Journal.reopen(path)[1] as journal:
            journal.append(event)
    assert list(read_take(path).events) == events
    whole = written(path.parent, events, "whole").read_bytes()
    assert whole.replace(b'"whole"', f'"{NAME}"'.encode()).count(b"\n") == path.read_bytes().count(b"\n")


def test_going_on_gives_the_same_bytes_as_never_having_stopped(tmp_path):
    path = written(tmp_path, paired()[:7])
    take, journal = Journal.reopen(path)
    assert take.events == paired()[:7]
    with journal:
        for event in paired()[7:]:
            journal.append(event)
    assert path.read_bytes() == (FORMATS / "3.toml").read_bytes()


def test_nothing_is_on_disk_before_the_first_event(tmp_path):
    Journal(tmp_path / "saves", NAME).close()
    assert not (tmp_path / "saves").exists()


def test_nothing_but_the_take_is_left_behind(tmp_path):
    written(tmp_path / "a" / "b", paired())
    assert [p.name for p in (tmp_path / "a" / "b").iterdir()] == [f"{NAME}.toml"]


@unix
def test_file_and_folder_are_for_their_owner_alone(tmp_path):
    path = written(tmp_path / "saves", paired()[:2])
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_a_take_is_never_written_over(tmp_path):
    path = written(tmp_path, paired()[:3])
    before = path.read_bytes()
    with pytest.raises(NotSaved, match="There is a file of that name already: this take goes on"):
        Journal(tmp_path, NAME).append(paired()[0])
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


@pytest.mark.parametrize("name", ["", "../up", "a/b", ".hidden", "a.b", "a b", "ä", "a\0", "x" * 200, "-a"])
def test_only_plain_names_are_taken(tmp_path, name):
    with pytest.raises(ValueError, match="is not a name for a take"):
        Journal(tmp_path, name)


@unix
def test_a_second_writer_is_told_and_can_read(tmp_path):
    with Journal(tmp_path, NAME) as first:
        first.append(paired()[0])
        with pytest.raises(TakeInUse, match="another program is writing this take"):
            Journal.reopen(first.path)
        first.append(paired()[1])
        assert read_take(first.path).events == paired()[:2]
    Journal.reopen(first.path)[1].close()


@unix
def test_one_who_goes_on_holds_the_take_too(tmp_path):
    path = written(tmp_path, paired()[:2])
    with Journal.reopen(path)[1], pytest.raises(TakeInUse):
        mend(path)


@pytest.mark.parametrize("wrong", [paired()[0], paired()[3], replace(paired()[2], seq=9)])
def test_an_event_out_of_order_is_not_written(tmp_path, wrong):
    path = written(tmp_path, paired()[:2])
    before = path.read_bytes()
    _, journal = Journal.reopen(path)
    with journal, pytest.raises(NotSaved, match="does not follow event 2"):
        journal.append(wrong)
    assert path.read_bytes() == before


def test_after_a_failure_nothing_is_written_any_more(tmp_path):
    path = written(tmp_path, paired()[:2])
    _, journal = Journal.reopen(path)
    with journal:
        for event in (paired()[5], paired()[2]):
            with pytest.raises(NotSaved):
                journal.append(event)
    assert len(read_take(path).events) == 2


def test_a_closed_journal_says_so(tmp_path):
    journal = Journal(tmp_path, NAME)
    journal.close()
    with pytest.raises(NotSaved, match="closed"):
        journal.append(paired()[0])


def test_a_whole_take_can_be_written_elsewhere_and_go_on_there(tmp_path):
    with write_whole(
        tmp_path / "other", Header(NAME, "", "2026-11-22T10:15:30.000Z"), paired()[:5]
    ) as journal:
        for event in paired()[5:]:
            journal.append(event)
    assert journal.path.read_bytes() == (FORMATS / "3.toml").read_bytes()


def test_a_stray_surrogate_does_not_cost_the_take(tmp_path):
    path = written(tmp_path, [paired()[0], replace(paired()[1], by="\ud800")])
    assert read_take(path).events[1].by == "?"


def test_a_take_that_is_not_there_is_said_to_be_so(tmp_path):
    with pytest.raises(Unreadable, match="there is no such take"):
        Journal.reopen(tmp_path / "none.toml")
