"""The folder of takes: listing, finding, going on, and the scenarios as they were."""

import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
from small_takes import FORMATS, NAME, played, recent, small, written

from taketwo.session import Session
from taketwo.take.commands import Abandon, Remark, Rewind, Say, Start
from taketwo.transcript.journal import NotSaved
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import Shelf, UnknownTake

NOON = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
BEST = [Say("say-back"), Say("look")]
WORST = [Say("say-back"), Say("promise")]


def keep(shelf: Shelf, commands: list[object], minute: int = 0, **start: object) -> str:
    with shelf.new_journal("small-umbrella", NOON + timedelta(minutes=minute)) as journal:
        for event in played([Start(**start), *commands]):  # type: ignore[arg-type, list-item]  # any start
            journal.append(event)
        return journal.name


def test_a_shelf_that_is_not_there_is_empty_and_stays_so(tmp_path):
    shelf = Shelf(tmp_path / "saves")
    assert shelf.rows() == shelf.samples() == shelf.unfinished() == []
    assert shelf.best_and_last() == {}
    assert not (tmp_path / "saves").exists()


def test_a_row_says_what_became_of_a_take(tmp_path):
    written(tmp_path, recent())
    (row,) = Shelf(tmp_path).rows()
    assert (row.name, row.id, row.scenario, row.title) == (NAME, NAME, "small-umbrella", "The Small Umbrella")
    assert (row.learner, row.mode, row.created) == ("Zoë", "coached", "2026-11-22T10:15:30.000Z")
    assert (row.status, row.decisions, row.passed, row.practised, row.ms) == ("ended", 4, False, True, 16500)
    assert row.outcome and (row.outcome.kind, row.outcome.csat) == ("resolved", 5)
    assert row.craft == pytest.approx(5 / 15)
    assert (row.labels, row.better_shown, row.message) == (("to discuss",), False, "")


@pytest.mark.parametrize(
    ("commands", "status"),
    [([], "unfinished"), ([Say("ask")], "unfinished"), (BEST, "ended"), ([Abandon()], "abandoned")],
)
def test_a_row_says_where_a_take_stands(tmp_path, commands, status):
    keep(Shelf(tmp_path), commands)
    assert [row.status for row in Shelf(tmp_path).rows()] == [status]


def test_labels_go_on_and_off(tmp_path):
    labels = [
        Remark("label", "a"),
        Remark("label", "b"),
        Remark("label", "a"),
        Remark("label", "b", value=-1),
    ]
    keep(Shelf(tmp_path), labels)
    assert Shelf(tmp_path).rows()[0].labels == ("a",)


def test_rows_come_newest_first_and_tell_of_files_that_are_not_sound(tmp_path):
    shelf = Shelf(tmp_path)
    names = [keep(shelf, BEST, minute) for minute in range(4)]
    files = [tmp_path / f"{name}.toml" for name in names]
    files[1].write_bytes(files[1].read_bytes().replace(b"ms = 1500", b"ms = 1501"))
    files[2].write_bytes(b"\0" * 100)
    files[3].write_bytes(files[3].read_bytes()[:-3])
    (tmp_path / "notes.txt").write_text("not a take")
    rows = shelf.rows()
    assert [row.name for row in rows] == names[::-1]
    assert [row.status for row in rows] == ["unfinished", "unreadable", "damaged", "ended"]
    assert "going on cuts them off" in rows[0].message
    assert "this is not a take of ours" in rows[1].message
    assert "The file is damaged at byte" in rows[2].message
    assert rows[3].message == ""


def test_a_row_is_read_again_when_its_take_has_grown(tmp_path):
    shelf = Shelf(tmp_path)
    name = keep(shelf, [Say("say-back")])
    assert shelf.rows()[0].status == "unfinished"
    with shelf.reopen(name)[1] as journal:
        journal.append(played([Start(), *BEST])[2])
    assert shelf.rows()[0].status == "ended"


def test_samples_are_listed_apart_and_never_counted(tmp_path):
    written(tmp_path / "samples", recent())
    shelf = Shelf(tmp_path)
    assert shelf.rows() == []
    assert shelf.best_and_last() == {}
    assert [row.name for row in shelf.samples()] == [NAME]
    assert shelf.read(NAME).events == recent()


class TestFind:
    @pytest.fixture
    def shelf(self, tmp_path):
        written(tmp_path, recent())
        written(tmp_path, recent(), "2026-11-23T101530Z-small-umbrella-m4g8")
        return Shelf(tmp_path)

    @pytest.mark.parametrize("name", [NAME, NAME + ".toml", "2026-11-22", "k3f9"])
    def test_a_name_its_beginning_or_its_end_finds_a_take(self, shelf, name):
        assert shelf.find(name).stem == NAME

    def test_a_path_is_taken_as_it_is(self, shelf):
        assert shelf.read(str(FORMATS / "2.toml")).events == recent()

    def test_two_that_match_are_named(self, shelf):
        with pytest.raises(UnknownTake, match=f"2 takes match '2026': {NAME}, 2026-11-23"):
            shelf.find("2026")

    def test_the_nearest_name_is_told(self, shelf):
        with pytest.raises(UnknownTake, match=f"Did you mean .*{NAME}"):
            shelf.find(NAME[:-1] + "8")

    @pytest.mark.parametrize("name", ["", "zzz", "../../etc/passwd", "\x1b[2J", "x" * 10_000])
    def test_what_is_not_there_is_said_in_words(self, shelf, name):
        with pytest.raises(UnknownTake) as caught:
            shelf.find(name)
        assert str(caught.value).startswith("There is no take ")
        assert str(caught.value).isprintable()


def test_names_tell_time_and_scenario_and_differ(tmp_path):
    shelf = Shelf(tmp_path)
    east = timezone(timedelta(hours=3))
    names = {
        shelf.new_journal("lost-umbrella", datetime(2026, 11, 22, 13, 15, 30, tzinfo=east)).name
        for _ in range(50)
    }
    assert len(names) > 45
    assert {name[:-4] for name in names} == {"2026-11-22T101530Z-lost-umbrella-"}


def test_no_scenario_id_leads_out_of_the_folder(tmp_path):
    with pytest.raises(ValueError, match="not the id of a scenario"):
        Shelf(tmp_path).new_journal("../up", NOON)


def test_a_take_goes_on_with_the_scenario_as_it_was(tmp_path):
    shelf = Shelf(tmp_path)
    journal = shelf.new_journal("small-umbrella", NOON)
    session = Session(small(), journal=journal)
    session.do(Start(sha256=shelf.keep(small()), seed=7))
    session.say("say-back")
    journal.close()

    later = Shelf(tmp_path)
    take, journal = later.reopen(later.unfinished("small-umbrella")[0].name)
    resumed = Session(later.kept(take.started.sha256), take.events, journal=journal)
    assert resumed.scenario == small()
    assert resumed.says == session.says
    resumed.say("look")
    journal.close()
    assert resumed.unsaved == ""
    assert later.read(take.name).events == tuple(resumed.events)
    assert later.unfinished() == []


def test_a_take_whose_file_failed_is_saved_again_and_goes_on(tmp_path):
    shelf = Shelf(tmp_path)
    events = played([Start(), *BEST])
    with shelf.save_again(events[:2], "small-umbrella", NOON) as journal:
        journal.append(events[2])
    assert shelf.read(journal.name).events == tuple(events)


class TestKept:
    def test_a_scenario_is_kept_once(self, tmp_path):
        shelf = Shelf(tmp_path)
        digest = shelf.keep(small())
        path = tmp_path / "scenarios" / f"{digest}.toml"
        before = path.stat()
        assert Shelf(tmp_path).keep(small()) == digest
        assert path.stat().st_mtime_ns == before.st_mtime_ns
        assert [p.name for p in path.parent.iterdir()] == [path.name]
        assert before.st_mode & 0o077 == 0

    def test_another_scenario_is_kept_beside_it(self, tmp_path):
        shelf = Shelf(tmp_path)
        other = replace(small(), title="Another")
        digests = {shelf.keep(small()), shelf.keep(other)}
        assert len(digests) == 2
        assert {Shelf(tmp_path).kept(digest).title for digest in digests} == {"Another", small().title}

    def test_a_changed_one_is_refused_and_mended_by_keeping_it_again(self, tmp_path):
        digest = Shelf(tmp_path).keep(small())
        path = tmp_path / "scenarios" / f"{digest}.toml"
        path.write_bytes(path.read_bytes().replace(b"duck", b"dock"))
        with pytest.raises(Unreadable, match="was changed or damaged"):
            Shelf(tmp_path).kept(digest)
        Shelf(tmp_path).keep(small())
        assert Shelf(tmp_path).kept(digest) == small()

    @pytest.mark.parametrize("digest", ["", "../../x", "F" * 64, "5" * 63])
    def test_only_a_hash_is_looked_up(self, tmp_path, digest):
        with pytest.raises(Unreadable, match="does not say which scenario"):
            Shelf(tmp_path).kept(digest)

    def test_samples_bring_theirs(self, tmp_path):
        digest = Shelf(tmp_path / "samples").keep(small())
        assert Shelf(tmp_path).kept(digest) == small()

    def test_a_lost_one_is_said_to_be_lost(self, tmp_path):
        with pytest.raises(Unreadable, match="The file or its folder is gone"):
            Shelf(tmp_path).kept("5" * 64)

    def test_a_folder_that_cannot_be_made_is_said(self, tmp_path):
        (tmp_path / "scenarios").write_text("in the way")
        with pytest.raises(NotSaved, match="the scenario cannot be kept with the take"):
            Shelf(tmp_path).keep(small())


class TestBestAndLast:
    def test_each_scenario_has_its_record(self, tmp_path):
        shelf = Shelf(tmp_path)
        keep(shelf, WORST, 0)
        best = keep(shelf, BEST, 1)
        last = keep(shelf, [Say("ask")], 2)
        record = shelf.best_and_last()["small-umbrella"]
        assert (record.takes, record.finished, record.passed, record.mastered) == (3, 2, True, True)
        assert record.best and record.best.name == best
        assert record.last.name == last

    def test_a_pass_after_better_replies_were_shown_is_no_mastery(self, tmp_path):
        shelf = Shelf(tmp_path)
        keep(shelf, [*WORST, Remark("better-shown", about=3)], 0)
        assert shelf.best_and_last()["small-umbrella"].better_shown
        keep(shelf, BEST, 1, practised=True)
        record = shelf.best_and_last()["small-umbrella"]
        assert (record.passed, record.mastered) == (True, False)

    def test_learners_are_told_apart(self, tmp_path):
        shelf = Shelf(tmp_path)
        keep(shelf, BEST, 0, learner="Ann")
        keep(shelf, WORST, 1, learner="Ben")
        assert shelf.best_and_last("Ann")["small-umbrella"].passed
        assert not shelf.best_and_last("Ben")["small-umbrella"].passed
        assert shelf.best_and_last("Cid") == {}


def test_listing_imports_neither_pydantic_nor_the_reader_of_scenarios(tmp_path):
    written(tmp_path, recent())
    script = (
        "import sys; from pathlib import Path; from taketwo.transcript.shelf import Shelf; "
        "assert Shelf(Path(sys.argv[1])).rows(); "
        "print([m for m in sys.modules if m.startswith(('pydantic', 'textual', 'rich', 'taketwo.scenario.source'))])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_first_try_stays_in_the_file(tmp_path):
    shelf = Shelf(tmp_path)
    keep(shelf, [Say("thirty-days"), Rewind(), *BEST])
    (row,) = shelf.rows()
    assert row.decisions == 2
    assert len(shelf.read(row.name).events) == 5
