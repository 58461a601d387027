"""The index of a folder: it finds what the files hold, follows what others do to them, and is never in the way."""

import os
import shutil
import sqlite3
import stat

import pytest
from small_takes import NAME, played, recent, written

from taketwo.take.commands import Remark, Say, Start
from taketwo.transcript import shelf as shelf_module
from taketwo.transcript.index import ARCHIVED, SORTS, Index, Wanted
from taketwo.transcript.journal import Journal
from taketwo.transcript.shelf import Shelf

BEST = [Say("say-back"), Say("look")]
WORST = [Say("say-back"), Say("promise")]


@pytest.fixture
def folder(tmp_path):
    saves = tmp_path / "saves"
    saves.mkdir()
    written(saves, played([Start(learner="Ada"), *BEST]), "2026-11-22T100000Z-small-umbrella-aaaa")
    written(saves, played([Start(learner="Zoë"), *WORST]), "2026-11-22T110000Z-small-umbrella-bbbb")
    written(
        saves,
        played([Start(learner="Ada"), Say("ask"), Remark("note", "Think of Łódź and the façade"), Remark("label", "for Tuesday")]),
        "2026-11-22T120000Z-small-umbrella-cccc",
    )  # fmt: skip
    return saves


@pytest.fixture
def index(folder, tmp_path):
    index = Index(folder, tmp_path / "cache" / "x.sqlite")
    yield index
    index.close()


def ends(rows):
    return [row.name[-1] for row in rows]


def found(index, **wanted):
    return ends(index.rows(Wanted(**wanted)))


def test_it_lists_what_the_files_say(index, folder):
    assert index.rows() == Shelf(folder).rows()
    assert ends(index.rows()) == ["c", "b", "a"]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("łodz", "c"), ("FACADE", "c"), ("tuesd", "c"), ("zoe", "b"), ("duck", "cba"), ("duck ada", "ca"),
        ("nowhere", ""), ("bbbb", "b"), ("", "cba"), ('" * .', "cba"), ("duck AND NOT ada", ""), ("\0 '; DROP", ""),
    ],
)  # fmt: skip
def test_words_are_looked_for_in_all_that_was_said(index, words, names):
    assert "".join(found(index, words=words)) == names
    assert index.count(Wanted(words=words)) == len(names)


def test_takes_are_filtered_and_ordered(index):
    assert found(index, learner="Ada") == ["c", "a"]
    assert found(index, status="unfinished") == ["c"]
    assert found(index, status="ended", sort="result") == ["a", "b"]
    assert found(index, sort="oldest") == ["a", "b", "c"]
    assert index.learners() == ["Ada", "Zoë"]
    for sort in SORTS:
        assert sorted(found(index, sort=sort)) == ["a", "b", "c"]


def test_pages_are_parts_of_the_whole(index):
    assert [ends(index.rows(Wanted(), 2, skip)) for skip in (0, 2)] == [["c", "b"], ["a"]]


def test_what_others_do_to_the_folder_is_noticed(index, folder):
    index.rows()
    (folder / "2026-11-22T110000Z-small-umbrella-bbbb.toml").unlink()
    written(folder, recent(), NAME)
    _, journal = Journal.reopen(folder / "2026-11-22T120000Z-small-umbrella-cccc.toml")
    with journal:
        journal.append(
            played([Start(), Say("ask"), *[Remark("label", "x")] * 2, Remark("label", ARCHIVED)])[-1]
        )
    assert ends(index.rows()) == ["c", "9", "a"]
    assert found(index) == ["9", "a"]
    assert found(index, archived=True) == ["c"]
    assert found(index, archived=None, words="łód") == ["c"]


def test_a_damaged_take_and_no_take_are_listed_as_such(index, folder):
    path = folder / "2026-11-22T100000Z-small-umbrella-aaaa.toml"
    path.write_bytes(path.read_bytes()[:-5])
    (folder / "2026-11-22T090000Z-small-umbrella-dddd.toml").write_bytes(b"hello")
    assert index.rows() == Shelf(folder).rows()


@pytest.mark.parametrize("harm", ["nothing", "noise", "half", "other", "folder", "gone while open"])
def test_it_is_made_again_without_a_word(index, folder, tmp_path, harm):
    file = tmp_path / "cache" / "x.sqlite"
    index.rows()
    if harm != "gone while open":
        index.close()
    data = file.read_bytes()
    if harm == "folder":
        file.unlink()
        file.mkdir()
    elif harm == "gone while open":
        shutil.rmtree(file.parent)
    elif harm == "other":
        with sqlite3.connect(file) as base:
            base.execute("PRAGMA user_version = 99")
        base.close()
    else:
        file.write_bytes({"nothing": b"", "noise": os.urandom(9000), "half": data[: len(data) // 2]}[harm])
    assert ends(index.rows()) == ["c", "b", "a"]
    assert found(index, words="facade") == ["c"]


def test_it_does_without_where_no_index_can_be_kept(folder, tmp_path):
    (tmp_path / "cache").write_text("a file in the way")
    index = Index(folder, tmp_path / "cache" / "x.sqlite")
    assert ends(index.rows()) == ["c", "b", "a"]


def test_only_its_owner_may_read_it(index, tmp_path):
    index.rows()
    assert stat.S_IMODE((tmp_path / "cache" / "x.sqlite").stat().st_mode) == 0o600


def copied(folder, count):
    first = folder / "2026-11-22T100000Z-small-umbrella-aaaa.toml"
    for number in range(count):
        shutil.copy(first, folder / f"2020-01-01T{number:06}Z-small-umbrella-copy.toml")


def test_whoever_looks_is_told_how_far_it_is_and_others_are_answered_meanwhile(index, folder):
    copied(folder, 100)
    told, found = [], []

    def progress(done, all):
        told.append((done, all))
        found.append(len(index.rows(Wanted(words="duck"), look=False)))

    index.look(progress)
    assert told == [(0, 103), (50, 103), (100, 103), (103, 103)]
    assert found == [0, 50, 100, 103]


def test_a_look_that_is_stopped_keeps_what_it_has_and_the_next_one_goes_on(index, folder):
    class Enough(Exception):
        pass

    def enough(done, all):
        if done:
            raise Enough

    copied(folder, 100)
    with pytest.raises(Enough):
        index.look(enough)
    assert len(index.rows(look=False)) == 50
    told = []
    index.look(lambda done, all: told.append(all))
    assert told[0] == 53
    assert len(index.rows()) == 103


def test_a_new_index_is_filled_before_it_answers_even_without_a_look(index):
    assert index.count(Wanted()) == 3


def test_what_another_program_indexes_is_seen(index, folder, tmp_path):
    index.rows()
    copied(folder, 3)
    other = Index(folder, tmp_path / "cache" / "x.sqlite")
    assert len(other.rows()) == 6
    other.close()
    assert len(index.rows()) == 6
    assert index.count(Wanted()) == 6


def test_a_label_that_was_taken_off_is_not_found(index, folder):
    _, journal = Journal.reopen(folder / "2026-11-22T120000Z-small-umbrella-cccc.toml")
    events = played([Start(), *[Remark("note", "x")] * 3, Remark("label", "for Tuesday", value=-1)])
    with journal:
        journal.append(events[-1])
    assert index.rows()[0].labels == ()
    assert found(index, words="tuesday") == []


def test_a_take_can_begin_while_many_are_read_for_the_first_time(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    copied(folder, 250)
    shelf, records = Shelf(folder), []

    def progress(done, all):
        if not done:
            records.append(
                (shelf.record("small-umbrella", "Ada").takes, shelf.record("small-umbrella", "Bo"))
            )

    assert len(shelf.rows("Ada", progress)) == 252
    assert records == [(252, None)]


def test_indexes_of_folders_long_gone_are_cleared(tmp_path, monkeypatch):
    monkeypatch.setattr("taketwo.transcript.index._MOST_FILES", 2)
    for name in "abc":
        index = Index(tmp_path / name, tmp_path / "cache" / f"{name}.sqlite")
        index.rows()
        index.close()
        os.utime(tmp_path / "cache" / f"{name}.sqlite", (ord(name), ord(name)))
    assert sorted(path.name for path in (tmp_path / "cache").iterdir()) == ["b.sqlite", "c.sqlite"]


def test_a_forgotten_index_leaves_nothing(index, tmp_path):
    index.rows()
    index.forget()
    assert list((tmp_path / "cache").iterdir()) == []


def test_a_shelf_of_many_takes_lists_the_same_through_it(folder, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    direct = Shelf(folder).rows()
    monkeypatch.setattr(shelf_module, "DIRECT", 1)
    assert Shelf(folder).rows() == direct
    assert list((tmp_path / "xdg").rglob("*.sqlite"))


class TestBin:
    def test_what_is_deleted_comes_back(self, folder):
        shelf = Shelf(folder)
        before = shelf.rows()
        shelf.delete("aaaa")
        shelf.delete("bbbb")
        assert ends(shelf.rows()) == ["c"]
        assert (shelf.restore()[-4:], shelf.restore()[-4:], shelf.restore()) == ("bbbb", "aaaa", "")
        assert shelf.rows() == before

    def test_until_the_bin_is_emptied(self, folder):
        shelf = Shelf(folder)
        shelf.delete("aaaa")
        shelf.empty_bin()
        assert shelf.restore() == ""
        assert not (folder / "deleted").exists()

    def test_what_another_program_deleted_a_moment_ago_stays(self, folder):
        shelf, other = Shelf(folder), Shelf(folder)
        os.utime(shelf.find("aaaa"), (0, 0))
        other.delete("aaaa")
        shelf.empty_bin()
        assert other.restore()[-4:] == "aaaa"
