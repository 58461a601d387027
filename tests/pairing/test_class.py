"""A class of thirty, as plain objects: the roster, all at once, the board, and what came of it."""

import csv

import pytest
from classes import NAMES, START, Class

from house import umbrella
from taketwo.analysis.background import solving
from taketwo.export.results import table
from taketwo.session import Refused


@pytest.fixture
def room(tmp_path):
    return Class(tmp_path)


def test_thirty_come_by_one_code_and_the_next_finds_the_room_full(room):
    room.knock(*NAMES)
    assert [row.there for row in room.all.rows()] == ["door"] * 30
    assert room.all.let_all_in() == 30
    room.run()
    assert [row.there for row in room.all.rows()] == ["asked"] * 30
    for guest in room.guests.values():
        guest.agree()
    room.knock("One too many")
    assert room.guests["One too many"].message == "The room is full."
    assert [(row.name, row.there) for row in room.all.rows()] == [(name, "in") for name in NAMES]


def test_one_is_let_in_while_the_others_wait(room):
    room.knock("Ada", "Ben", "Cem")
    room.host.let_in(room.host.door[1])
    room.run()
    assert [(row.name, row.there) for row in room.all.rows()] == [
        ("Ada", "door"), ("Cem", "door"), ("Ben", "asked"),
    ]  # fmt: skip


def test_all_begin_at_once_each_with_a_take_of_their_own(room):
    room.come(*NAMES)
    begun = room.all.start_all(umbrella(), START)
    room.run()
    assert begun.names == tuple(NAMES) and begun.left == ()
    assert len({pair.session.name for pair in room.host.pairs}) == 30
    room.say("Learner 07")
    assert room.row("Learner 07").decision == 2
    assert {room.row(name).decision for name in NAMES if name != "Learner 07"} == {1}


def test_who_is_not_ready_is_left_out_with_the_reason_and_begins_later(room):
    room.come("Ada", "Ben")
    room.knock("Cem")
    room.all.let_all_in()
    room.run()
    room.wires["Ben"].cut()
    begun = room.all.start_all(umbrella(), START)
    assert begun.names == ("Ada",)
    assert dict(begun.left) == {"Ben": "the line is cut", "Cem": "has not agreed to be watched yet"}
    room.guests["Cem"].agree()
    room.run()
    begun = room.all.start_all(umbrella(), START)
    assert begun.names == ("Cem",)
    assert dict(begun.left) == {"Ada": "is in a take", "Ben": "the line is cut"}


def test_all_see_the_same_order_of_replies_or_each_their_own(room):
    room.come(*NAMES)
    room.all.start_all(umbrella(), START)
    room.run()
    assert len({guest.view.replies for guest in room.guests.values()}) == 1
    other = Class(room.folder / "other")
    other.come(*NAMES)
    seeds = iter(range(30))
    other.all.start_all(umbrella(), START, seed=lambda: next(seeds))
    other.run()
    assert len({guest.view.replies for guest in other.guests.values()}) > 1


def test_a_row_tells_mood_chance_and_how_long_it_has_waited(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    solution = solving(umbrella()).result()
    room.clock.advance(20)
    row = room.row("Ada")
    session = room.host.pairs[0].session
    assert (row.title, row.status, row.waits_for, row.waiting) == (
        "The Lost Umbrella",
        "playing",
        "learner",
        20,
    )
    assert row.mood == umbrella().meters["patience"].band(session.meters["patience"])
    assert row.curve == solution.at(session.state.position).curve
    room.run()
    room.say("Ada")
    room.clock.advance(3)
    assert room.row("Ada").waiting == 3


def test_a_row_tells_of_help_of_a_cut_and_of_whose_answer_is_due(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    room.guests["Ada"].do("remark", "help")
    room.run()
    assert room.row("Ada").asks
    room.host.pairs[0].hand()
    assert room.row("Ada").waits_for == "trainer"
    room.wires["Ada"].cut()
    row = room.row("Ada")
    assert (row.there, row.status, row.waits_for) == ("cut off", "paused", "")


def test_a_row_of_a_take_that_is_over_tells_what_came_of_it(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    while not room.guests["Ada"].opened:
        room.say("Ada")
    session = room.host.pairs[0].session
    row = room.row("Ada")
    assert row.csat == session.score.outcome.csat
    assert row.verdict.startswith("passed" if session.score.passed else "not passed")


def test_rows_are_computed_anew_only_where_something_happened(room, monkeypatch):
    import taketwo.pairing.classroom as classroom

    room.come(*NAMES)
    room.all.start_all(umbrella(), START)
    room.run()
    solving(umbrella()).result()
    room.all.rows()
    computed = []
    real = classroom._row
    monkeypatch.setattr(classroom, "_row", lambda pair, s: computed.append(pair.learner) or real(pair, s))
    room.all.rows()
    room.say("Learner 03")
    room.all.rows()
    assert computed == ["Learner 03"]


def test_a_note_goes_to_everybody_and_is_kept_nowhere(room, tmp_path):
    room.come("Ada", "Ben")
    room.all.start_all(umbrella(), START)
    assert room.all.broadcast("Two minutes left.\x1b[2J") == 2
    room.run()
    assert {guest.message for guest in room.guests.values()} == {"Two minutes left.\ufffd[2J"}
    assert "Two minutes" not in "".join(p.read_text() for p in tmp_path.rglob("*.toml"))
    with pytest.raises(Refused):
        room.all.broadcast("  ")


def test_results_are_a_table_with_a_row_a_take(room):
    room.come("Ada", "=cmd|x")
    room.all.start_all(umbrella(), START)
    room.run()
    while not room.guests["Ada"].opened:
        room.say("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    results = room.all.results()
    assert [(r.name, r.status) for r in results] == [
        ("Ada", "ended"),
        ("Ada", "playing"),
        ("=cmd|x", "playing"),
    ]
    session = room.host.pairs[0].takes[0]
    assert (results[0].craft, results[0].csat) == (session.score.craft, session.score.outcome.csat)
    assert results[0].decisions == session.state.decisions
    rows = list(csv.DictReader(table(results).splitlines()))
    assert rows[0]["learner"] == "Ada" and rows[0]["passed"] in ("yes", "no")
    assert rows[2]["learner"] == "'=cmd|x" and rows[2]["passed"] == ""
    assert rows[0]["take"] == session.name
