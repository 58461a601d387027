"""Several learners on one machine: nothing of one ever counts for another."""

from datetime import UTC, datetime

import pytest

from house import GOOD, SEED, keep_take, name_of, small_collection
from taketwo.practice.find import read_practice
from taketwo.session import begin
from taketwo.take.commands import Remark, Start
from taketwo.transcript import shelf as shelf_module
from taketwo.transcript.shelf import Shelf

NOW = datetime(2030, 1, 1, tzinfo=UTC)


@pytest.fixture(params=["read one by one", "through the index"])
def shelf(request, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    if request.param == "through the index":
        monkeypatch.setattr(shelf_module, "DIRECT", 0)
    return Shelf(tmp_path / "saves")


def passed_and_looked(shelf, library, learner):
    """A take of a scene that passes, after which better replies were looked at; with a wish for the next."""
    scenario = library.load("new-chair")
    session = begin(shelf, scenario, Start(learner=learner, seed=SEED))
    for reply in GOOD:
        session.say(reply)
    session.do(Remark("better-shown", about=2))
    session.do(Remark("try-next", f"{learner} listens longer"))
    return name_of(session)


def test_results_better_replies_and_last_tries_stay_with_their_learner(shelf, tmp_path):
    library = small_collection(tmp_path / "scenes")
    passed_and_looked(shelf, library, "Ada")
    assert shelf.best_and_last("Ada")["new-chair"].better_shown
    assert shelf.record("new-chair", "Ada").passed
    assert shelf.last_try("Ada") == "Ada listens longer"
    for other in ("Ben", "ada", "Ad", "Ada "):
        assert shelf.best_and_last(other) == {}
        assert shelf.record("new-chair", other) is None
        assert shelf.last_try(other) == ""


def test_a_take_is_practised_only_for_whoever_saw_better_replies(shelf, tmp_path):
    library = small_collection(tmp_path / "scenes")
    passed_and_looked(shelf, library, "Ada")
    for learner, practised in (("Ben", False), ("Ada", True)):
        session = begin(shelf, library.load("new-chair"), Start(learner=learner, seed=SEED))
        assert session.started.practised is practised
        session.close()


def test_programmes_stay_apart(shelf, tmp_path):
    library = small_collection(tmp_path / "scenes")
    passed_and_looked(shelf, library, "Ada")
    stages = {
        who: read_practice(library, None, shelf.rows(), who, NOW).progress.stages for who in ("Ada", "Ben")
    }
    assert stages["Ada"][0].passed == 1
    assert stages["Ben"][0].passed == 0
    assert stages == {
        who: read_practice(library, None, shelf.rows(who), who, NOW).progress.stages for who in ("Ada", "Ben")
    }


def test_the_rows_of_a_learner_are_theirs_and_what_may_be_anybodys(shelf):
    mine, other = (
        keep_take(shelf, "say-back", "look", learner="Ada"),
        keep_take(shelf, "say-back", learner="Ben"),
    )
    (shelf.folder / "2020-01-01T000000Z-lost-umbrella-aaaa.toml").write_text("hello")
    assert [row.name for row in shelf.rows("Ada")] == [mine, "2020-01-01T000000Z-lost-umbrella-aaaa"]
    assert other in [row.name for row in shelf.rows()]
    assert [row.name for row in shelf.of(["lost-umbrella"], "Ada")] == [mine]
