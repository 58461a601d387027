"""Cables out and programs killed at any moment: both logs are complete up to the last event acknowledged, without a double."""

import random
from contextlib import suppress

import pytest
from ends import Room, Wire
from hypothesis import given, settings
from hypothesis import strategies as st

from taketwo.pairing.guest import Guest
from taketwo.pairing.seats import afterwards
from taketwo.session import Refused
from taketwo.take.commands import Abandon, Resume, Steer
from taketwo.take.events import Moved, Paused, Resumed
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf


class Scene:
    """A pair whose line and programs fail."""

    def __init__(self, folder, seed):
        self.room = Room(folder)
        self.guest, self.wire, self.pair = self.room.arrive()
        self.room.begin(self.pair)
        self.dice = random.Random(seed)
        self.acked = 0
        self.acts = [
            self.answer, self.answer, self.remark, self.trainer, self.carry, self.carry, self.carry,
            self.cable, self.kill_guest, self.kill_host,
        ]  # fmt: skip

    def act(self):
        self.dice.choice(self.acts)()
        self.acked = max(self.acked, self.pair.acked)

    def answer(self):
        if self.guest.view.replies:
            self.guest.do("say", self.dice.choice(self.guest.view.replies)[0])

    def remark(self):
        if self.guest.take:
            self.guest.do("remark", "own-words", f"words {self.dice.random()}")

    def trainer(self):
        what = self.dice.choice(
            [
                lambda: self.pair.whisper("Slowly."),
                lambda: self.pair.note("Private."),
                lambda: self.pair.let(Steer(says="Well?")),
                lambda: self.pair.hand(),
            ]
        )
        with suppress(Refused):
            what()

    def carry(self):
        for _ in range(self.dice.randrange(6)):
            self.wire.step(self.dice.choice(["host", "guest"]))

    def cable(self):
        self.wire.cut()
        self.wire = Wire(self.room.host, self.guest)

    def kill_guest(self):
        self.wire.cut()
        self.guest.close()
        old = self.guest
        self.guest = Guest(old.name, self.room.host.file.token, old.secret, Shelf(self.room.folder / "Ada"))
        self.guest.go_on("Bora")
        self.wire = Wire(self.room.host, self.guest)

    def kill_host(self):
        """Without the event that its clock would write: it is killed, not stopped."""
        self.wire.up = False
        self.guest.cut("gone")
        self.room.restart()
        self.pair = self.room.host.pairs[0]
        self.wire = Wire(self.room.host, self.guest)

    def end(self):
        """All goes well from here on."""
        self.wire.run()
        if not self.wire.up:
            self.wire = Wire(self.room.host, self.guest)
            self.wire.run()
        session = self.pair.session
        if session.state.wheel == "trainer":
            self.pair.hand()
        while not session.state.over:
            self.wire.run()
            if session.state.status == "paused":
                self.guest.do("resume")
            else:
                self.guest.do("say", self.guest.view.replies[0][0])
            self.wire.run()
        self.wire.run()


@settings(max_examples=60)
@given(seed=st.integers(0, 2**32), steps=st.integers(0, 40))
def test_whatever_fails_both_logs_are_the_same_in_the_end(tmp_path_factory, seed, steps):
    scene = Scene(tmp_path_factory.mktemp("cut"), seed)
    for _ in range(steps):
        scene.act()
    scene.end()
    name = scene.pair.session.name
    mine, theirs = (read_take(scene.room.folder / who / f"{name}.toml").events for who in ("trainer", "Ada"))
    assert tuple(afterwards(mine, "learner")) == theirs
    assert len(mine) >= scene.acked
    moves = [event.move for event in mine if event.move]
    assert len(moves) == len(set(moves))


def test_the_clock_waits_while_the_line_is_cut(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    room.clock.advance(5)
    wire.cut()
    assert session.state.status == "paused"
    room.clock.advance(3600)
    wire = Wire(room.host, guest)
    wire.run()
    assert isinstance(session.events[-2], Paused) and session.events[-2].leaving
    assert isinstance(session.events[-1], Resumed)
    assert session.ms == 5000
    assert guest.view.status == "playing"


def test_a_pause_that_somebody_asked_for_stays_one(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.do("pause")
    wire.run()
    wire.cut()
    wire = Wire(room.host, guest)
    wire.run()
    assert (session.state.status, guest.view.status) == ("paused", "paused")


def test_an_answer_that_the_host_wrote_and_could_not_confirm_is_not_given_twice(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.do("say", guest.view.replies[0][0])
    wire.step("host")
    wire.cut()
    assert guest.last == 1
    wire = Wire(room.host, guest)
    wire.run()
    assert sum(isinstance(event, Moved) for event in session.events) == 1
    assert not guest.waits
    assert guest.last == session.state.seq


def test_an_answer_that_never_left_is_given_when_the_line_stands_again(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    wire.cut()
    guest.do("remark", "own-words", "While it was cut.")
    wire = Wire(room.host, guest)
    wire.run()
    assert [e.text for e in session.events if getattr(e, "topic", "") == "own-words"] == ["While it was cut."]


def test_the_same_guest_from_another_terminal_takes_over_and_the_first_is_told(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    room.begin(pair)
    wire.run()
    again = room.guest("Ada")
    second = Wire(room.host, again)
    second.run()
    wire.run()
    assert guest.standing == "left" and "another terminal" in guest.message
    assert again.standing == "in"
    assert pair.on_line


@pytest.mark.parametrize("who", ["learner", "trainer"])
def test_what_was_agreed_is_remembered_by_a_host_that_was_killed(tmp_path, who):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    room.begin(pair)
    wire.run()
    wire.up = False
    guest.cut("gone")
    room.restart()
    wire = Wire(room.host, guest)
    wire.run()
    assert guest.standing == "in"
    assert room.host.pairs[0].session.state.status == "playing"


def test_a_take_that_ended_while_the_guest_was_away_comes_whole_before_the_next_one(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    wire.cut()
    guest.close()
    session.do(Resume(), by="trainer")
    session.do(Abandon(), by="trainer")
    later = room.begin(pair, seed=8)
    back = Guest(guest.name, room.host.file.token, guest.secret, Shelf(tmp_path / "Ada"))
    back.go_on("Bora")
    assert (back.take, back.last) == (session.name, 2)
    wire = Wire(room.host, back)
    wire.run()
    assert back.take == later.name and back.opened is None
    theirs = read_take(tmp_path / "Ada" / f"{session.name}.toml")
    assert theirs.events == tuple(afterwards(session.events, "learner"))
    assert [path.stem for path in (tmp_path / "Ada" / "paired").glob("*.toml")] == [later.name]


def test_what_was_said_about_the_last_take_while_the_guest_was_away_is_not_missed(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    session.do(Abandon(), by="trainer")
    wire.run()
    assert guest.opened
    wire.cut()
    guest.close()
    pair.whisper("Well done, all the same.")
    room.begin(pair, seed=8)
    room.restart()
    back = Guest(guest.name, room.host.file.token, guest.secret, Shelf(tmp_path / "Ada"))
    back.go_on("Bora")
    Wire(room.host, back).run()
    theirs = read_take(tmp_path / "Ada" / f"{session.name}.toml")
    assert theirs.events == tuple(afterwards(session.events, "learner"))
    assert back.take == room.host.pairs[0].session.name
