"""`taketwo forget NAME`: all that is kept of one learner goes, and nothing of anybody else."""

import pytest

from house import keep_take
from taketwo import settings
from taketwo.settings import Settings
from taketwo.transcript.journal import Journal
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def shelf(desk):
    shelf = Shelf(desk.saves)
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "thirty-days")
    return shelf


def files(desk):
    return sorted(path.name for path in desk.saves.rglob("*") if path.is_file())


def test_it_says_what_would_go_and_does_nothing_unasked(desk, shelf):
    before = files(desk)
    done = desk.run("forget", "Zoë")
    assert done.returncode == 0
    assert (
        "Kept of Zoë" in done.stdout and "2 takes, with 1 kept scenario that nobody else needs" in done.stdout
    )
    assert "Nothing was erased." in done.stdout
    assert files(desk) == before


def test_everything_of_that_learner_goes_in_any_case(desk, shelf):
    torn = shelf.rows()[0].path.with_suffix(".torn")
    torn.write_bytes(b"a tail")
    done = desk.run("forget", "zoË", "--yes")
    assert (done.returncode, done.stderr) == (0, "")
    assert files(desk) == []


def test_others_keep_their_takes_and_the_copies_that_they_need(desk, shelf):
    name = keep_take(shelf, "say-back", learner="Ada")
    assert desk.run("forget", "Zoë", "--yes").returncode == 0
    rest = Shelf(desk.saves)
    assert [row.name for row in rest.rows()] == [name]
    assert rest.kept(rest.rows()[0].sha256).id == "lost-umbrella"


def test_a_name_that_nobody_has_is_told(desk, shelf):
    done = desk.run("forget", "Zoe", "--yes")
    assert done.returncode == 2
    assert "Nothing is kept of 'Zoe'" in done.stderr
    assert len(Shelf(desk.saves).rows()) == 2


def test_the_name_in_the_settings_goes_too(desk, shelf):
    path = desk.folder / "config" / "settings.toml"
    settings.save(Settings(learner="Zoë", films=("Clerks",)), path)
    assert desk.run("forget", "Zoë", "--yes").returncode == 0
    assert settings.load(path)[0] == Settings(films=("Clerks",))


def test_a_take_that_is_being_written_stays_and_is_told(desk, shelf):
    path = shelf.rows()[0].path
    _, journal = Journal.reopen(path)
    with journal:
        done = desk.run("forget", "Zoë", "--yes")
    assert done.returncode == 1
    assert "another program is writing this take" in done.stderr
    assert [row.path for row in Shelf(desk.saves).rows()] == [path]


def test_a_file_that_cannot_be_read_is_nobodys(desk, shelf):
    other = desk.saves / "2026-11-22T101530Z-lost-umbrella-xxxx.toml"
    other.write_text("hello")
    done = desk.run("forget", "Zoë", "--yes")
    assert "cannot be read, so it may be anybody's: it stays" in done.stdout
    assert other.exists()
