"""A crash between any two system calls: every state that it can leave is opened, and nothing that was acknowledged is missing.

The gate looks at a sample of the states; `tests/full/test_crashes_all.py` at all of them.
"""

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from crashes import Recording, State, record, states
from small_takes import NAME, played, recent, small, written

from taketwo import settings
from taketwo.session import begin
from taketwo.take.commands import Remark, Say, Start
from taketwo.transcript.forget import carry_out, find
from taketwo.transcript.journal import Journal
from taketwo.transcript.reading import Unreadable, read_take
from taketwo.transcript.shelf import Shelf

EVERY = False
"""whether the sample is all of them"""
SAMPLE = 150
"""states of each piece of work that the gate opens"""
OTHER = "2026-11-22T110000Z-small-umbrella-bbbb"


def create_and_append(folder: Path) -> Callable[[Recording], None]:
    def work(recording: Recording) -> None:
        with Journal(folder, NAME) as journal:
            for event in recent():
                journal.append(event)
                recording.ack((NAME, event.seq))

    return work


def go_on_after_a_torn_tail(folder: Path) -> Callable[[Recording], None]:
    path = written(folder, recent()[:6])
    path.write_bytes(path.read_bytes() + b'[[event]]\nkind = "sil')

    def work(recording: Recording) -> None:
        recording.ack((NAME, 6))
        _, journal = Journal.reopen(path)
        with journal:
            for event in recent()[6:9]:
                journal.append(event)
                recording.ack((NAME, event.seq))

    return work


def begin_a_take(folder: Path) -> Callable[[Recording], None]:
    """The scenario as it was is kept before the take that needs it."""

    def work(recording: Recording) -> None:
        session = begin(Shelf(folder), small(), Start(learner="Ada", seed=3))
        assert isinstance(session.journal, Journal)
        recording.ack((session.journal.name, 1))
        session.say("say-back")
        recording.ack((session.journal.name, 2))
        session.close()

    return work


def archive(folder: Path) -> Callable[[Recording], None]:
    """Putting a label on a take that is over."""
    events = played([Start(), Say("say-back"), Say("look"), Remark("label", "archived")])
    path = written(folder, events[:-1])

    def work(recording: Recording) -> None:
        recording.ack((NAME, 3))
        _, journal = Journal.reopen(path)
        with journal:
            journal.append(events[-1])
        recording.ack((NAME, 4))

    return work


def delete_and_bring_back(folder: Path) -> Callable[[Recording], None]:
    written(folder, recent())
    written(folder, recent(), OTHER)

    def work(recording: Recording) -> None:
        recording.ack((NAME, 12))
        recording.ack((OTHER, 12))
        shelf = Shelf(folder)
        shelf.delete(NAME)
        shelf.delete(OTHER)
        shelf.restore()
        shelf.restore()

    return work


WORKS = [create_and_append, go_on_after_a_torn_tail, begin_a_take, archive, delete_and_bring_back]


def looked_at(recording: Recording, name: str) -> list[State]:
    every = list(states(recording))
    return every if EVERY or len(every) <= SAMPLE else random.Random(name).sample(every, SAMPLE)


def check(state: State, folder: Path) -> None:
    """Everything that was acknowledged is there; the shelf can be read; what is there can be gone on with."""
    shelf = Shelf(folder)
    rows = {row.name: row for row in shelf.rows()}
    assert all(row.status not in ("unreadable", "damaged") for row in rows.values()), rows
    for name in {name for name, _ in state.acked}:  # type: ignore[misc]  # pairs
        most = max(seq for other, seq in state.acked if other == name)  # type: ignore[misc]
        path = folder / f"{name}.toml"
        kept = path if path.exists() else folder / "deleted" / path.name
        assert len(read_take(kept).events) >= most
    for row in rows.values():
        take, journal = Journal.reopen(row.path)
        with journal:
            after = take.events[-1]
            journal.append(played([Start(), Say("ask"), Remark("note", "later")])[-1].__class__(
                seq=after.seq + 1, at="", ms=after.ms, topic="note", text="later"
            ))  # fmt: skip
        again = read_take(row.path)
        assert again.damage is None and again.events[:-1] == take.events
        if take.started.sha256 != "5" * 64 and take.started.sha256:
            assert shelf.kept(take.started.sha256) == small()


@pytest.mark.parametrize("work", WORKS)
def test_no_crash_costs_what_was_acknowledged(work, tmp_path, monkeypatch):
    folder = tmp_path / "saves"
    folder.mkdir()
    recording = record(folder, work(folder), monkeypatch)
    assert any(op[0] == "ack" for op in recording.ops)
    found = looked_at(recording, work.__name__)
    for number, state in enumerate(found):
        there = tmp_path / str(number)
        there.mkdir()
        state.lay_out(recording, there)
        check(state, there)
        shutil.rmtree(there)
    if EVERY:
        print(
            f"{work.__name__}: {len(recording.ops)} calls, {len(found):,} states, nothing acknowledged was lost"
        )


def test_the_model_would_see_a_missing_sync(tmp_path, monkeypatch):
    """Without syncing the folder, a take that was acknowledged may not be there: the harness finds it."""
    from taketwo import disk

    folder = tmp_path / "saves"
    folder.mkdir()
    monkeypatch.setattr(disk, "sync_folder", lambda _: None)
    recording = record(folder, create_and_append(folder), monkeypatch)
    lost = [
        state
        for state in states(recording)
        if state.acked and not any(p.suffix == ".toml" for p in state.files)
    ]
    assert lost


def test_a_crash_while_forgetting_leaves_no_take_without_its_scenario(tmp_path, monkeypatch):
    folder = tmp_path / "saves"
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    for learner in ("Ada", "Zoë"):
        begin(Shelf(folder), small(), Start(learner=learner)).close()

    def work(recording: Recording) -> None:
        shelf = Shelf(folder)
        assert carry_out(shelf, find(shelf, "Ada")) == []

    recording = record(folder, work, monkeypatch)
    for number, state in enumerate(looked_at(recording, "forget")):
        there = tmp_path / str(number)
        state.lay_out(recording, there)
        for row in Shelf(there).rows():
            assert Shelf(there).kept(row.sha256) == small()


def test_a_crash_while_saving_settings_leaves_the_old_or_the_new(tmp_path, monkeypatch):
    folder = tmp_path / "config"
    old, new = settings.Settings(learner="Ada"), settings.Settings(learner="Zoë", films=("Clerks",))
    settings.save(old, folder / "settings.toml")
    recording = record(folder, lambda _: settings.save(new, folder / "settings.toml") and None, monkeypatch)
    found = set()
    for number, state in enumerate(states(recording)):
        there = tmp_path / str(number)
        state.lay_out(recording, there)
        got, problem = settings.load(there / "settings.toml")
        assert problem == ""
        found.add(got)
    assert found == {old, new}


def test_a_state_in_between_is_never_taken_for_a_take(tmp_path, monkeypatch):
    """The `.part` of a take that is being made is not listed, and in nobody's way."""
    folder = tmp_path / "saves"
    folder.mkdir()
    recording = record(folder, create_and_append(folder), monkeypatch)
    parts = [state for state in states(recording) if any(path.suffix == ".part" for path in state.files)]
    assert parts
    for number, state in enumerate(parts[:20]):
        there = tmp_path / str(number)
        state.lay_out(recording, there)
        named = there / f"{NAME}.toml"
        if not named.exists():
            assert Shelf(there).rows() == []
            with pytest.raises(Unreadable):
                read_take(named)
