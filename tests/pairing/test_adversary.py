"""People who mean harm: a learner who was let in, a host that was joined by a bad invitation, a disk that refuses."""

import asyncio
import json
import time
from dataclasses import replace
from pathlib import Path

import pytest
from classes import Class
from ends import TOKEN, Room, Wire
from lines import GUARD, raw_line, stage
from lines import Guest as NetworkGuest

from house import SCENES, umbrella
from taketwo.debrief import debrief
from taketwo.pairing import client
from taketwo.pairing import protocol as p
from taketwo.pairing.host import CLASS
from taketwo.pairing.hosting import Hosting
from taketwo.pairing.invitation import BadInvitation, Invitation
from taketwo.pairing.joining import Joining
from taketwo.pairing.keeping import GuestFile, Keeper, cut_off_there
from taketwo.pairing.limits import Limits
from taketwo.pairing.window import attend
from taketwo.scenario.library import Library
from taketwo.score import live
from taketwo.session import begin
from taketwo.take.commands import Abandon, Remark, Start
from taketwo.take.events import Rewound
from taketwo.take.machine import Position
from taketwo.transcript.forget import find
from taketwo.transcript.journal import NotSaved
from taketwo.transcript.reading import Header, read_take
from taketwo.transcript.restore import whole
from taketwo.transcript.shelf import Shelf

FULL = OSError(28, "No space left on device")


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path)


@pytest.fixture
def states(tmp_path, monkeypatch):
    """A state folder of its own, where sessions are kept."""
    monkeypatch.setattr("taketwo.pairing.keeping.user_state_path", lambda *_, **__: tmp_path / "state")
    return tmp_path / "state"


def hosting(folder):
    return Hosting.new(Shelf(folder), Library(SCENES), "Bora", "lost-umbrella")


def pieces(guest, take, journal, scenario):
    """A host sends a whole take."""
    data = json.dumps({"journal": journal.decode(), "scenario": scenario.decode()})
    parts = [data[at : at + p.PIECE] for at in range(0, len(data), p.PIECE)]
    for number, part in enumerate(parts, 1):
        guest.heard(p.written(p.Piece(take, number, len(parts), part)))


def refuse(*_):
    raise FULL


# --- secrets


def test_no_secret_is_in_what_a_crash_shows(states):
    made = hosting(states / "saves")
    invitation = Invitation("127.0.0.1", 4747, b"f" * 32, b"t" * 10).encode()
    guest = GuestFile("2026-11-22", invitation, "s" * 32, "Ada")
    hello = p.Hello(p.VERSION, "Ada", TOKEN, "s" * 32)
    shown = repr((made.host.file, guest, hello))
    for secret in (made.host.file.token, made.host.file.key, "PRIVATE KEY", invitation, "s" * 32, TOKEN):
        assert secret not in shown


def test_nothing_secret_stays_behind_when_a_session_is_over(tmp_path):
    keeper = Keeper(tmp_path / "host-1.toml")
    keeper.hold()
    keeper.write(GuestFile("2026-11-22", "x", "s" * 32, "Ada"))
    (tmp_path / "host-1.toml.0a0a0a0a.part").write_text("what a crash left")
    (tmp_path / "host-2.toml.0a0a0a0a.part").write_text("of another session")
    keeper.gone()
    assert [path.name for path in tmp_path.iterdir()] == ["host-2.toml.0a0a0a0a.part"]


@pytest.mark.parametrize(
    "text",
    [
        '{"t":"agree","2026-11-22T10:15:30Z let-in":1}',
        '{"t":"move","id":"a","take":"b","last":1,"do":"say","let-in":{"was let in":1}}',
        '{"t":"was let in"}',
        '{"was let in":1}',
        '"was let in"',
    ],
)
def test_what_is_said_of_a_bad_message_holds_nothing_of_it(text):
    for read in (p.from_guest, p.from_host):
        with pytest.raises(p.Malformed) as caught:
            read(text)
        assert "let" not in str(caught.value)


def test_what_somebody_wants_to_try_is_one_line():
    assert "\n" not in p.from_guest(p.written(p.Agree("one\n" * 500))).try_next


# --- the line


async def test_whoever_has_much_to_read_and_reads_it_is_not_cut_off(tmp_path):
    async with stage(tmp_path) as held:
        guest = await held.guest()
        for number in range(400):
            held.echo.lines[0].send(f"{number:05d}" + "x" * 30_000)
        async with asyncio.timeout(GUARD):
            got = [await guest.inbox.get() for _ in range(400)]
        assert [text[:5] for text in got] == [f"{number:05d}" for number in range(400)]
        assert held.echo.ends == []


async def test_whoever_has_something_to_read_and_does_not_is_cut_off_in_time(tmp_path):
    limits = Limits(beat=0.02, misses=5, closing=0.2, unread=1024 * 1024)
    async with stage(tmp_path, limits) as held, raw_line(held.server.port) as end:
        end.writer.transport.pause_reading()
        for _ in range(300):
            held.echo.lines[-1].send("x" * 60_000)
        assert await held.echo.one_gone() in ("What was sent was not read.", "No sign of life came any more.")


async def test_a_line_that_is_cut_over_and_over_is_made_again_ever_more_slowly(monkeypatch):
    delays = []

    class Wire:
        def __init__(self):
            self.ended = asyncio.get_running_loop().create_future()
            self.ended.set_result(None)

        def leave(self, why):
            pass

        abort = ended = lambda self: None

    async def opened(invitation, caller, *_):
        wire = Wire()
        caller.heard(wire, "a word, and then it is cut")
        return wire

    guest = NetworkGuest()

    async def sleep(seconds):
        delays.append(seconds)
        guest.over = len(delays) == 8

    monkeypatch.setattr(client, "_open", opened)
    monkeypatch.setattr(client.asyncio, "sleep", sleep)
    monkeypatch.setattr(client.random, "uniform", lambda *_: 1.0)
    await client.call(Invitation("127.0.0.1", 4747, b"f" * 32, b"t" * 10), guest)
    assert delays == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0]


# --- a learner who was let in


@pytest.mark.parametrize("cut", [0, -3])
def test_a_namesake_gets_nothing_of_earlier_sessions(states, cut):
    first = hosting(states / "saves")
    ada = first.host.seat("Ada", "0" * 64)
    ada.agreed = True
    session = first.begin(ada, umbrella(), Start(seed=1))
    session.do(Remark("own-words", "for Bora alone"), by="learner")
    session.do(Abandon())
    session.close()
    second = hosting(states / "saves")
    second.host.file = replace(second.host.file, created="2036-11-22T10:15:30+00:00")
    namesake = second.host.seat("Ada", "1" * 64)
    name = session.name[:cut] if cut else session.name
    assert second._earlier(namesake, name) == ()


def test_saying_yes_again_costs_nothing(room):
    _, wire, pair = room.arrive()
    room.begin(pair)
    wire.run()
    for _ in range(50):
        wire.to_host.append(p.written(p.Agree()))
        wire.step("host")
    assert len(wire.to_guest) == 0


def test_a_take_does_not_grow_without_end(room):
    _, wire, pair = room.arrive()
    session = room.begin(pair)
    session.journal = None
    wire.run()
    for number in range(3_000):
        wire.to_host.append(
            p.written(p.Move(f"m{number}", session.name, session.state.seq, "remark", "own-words", "x"))
        )
        wire.step("host")
        wire.to_guest.clear()
    assert len(session.events) < 2_500


def test_going_back_over_and_over_does_not_make_a_take_slow_to_read(room):
    _, _, pair = room.arrive()
    session = room.begin(pair)
    first = session.events[0]
    events = [first]
    for seq in range(2, 20_002, 2):
        remark = session.do(Remark("note", "x")) if seq == 2 else replace(events[1], seq=seq)
        back = Rewound(seq=seq + 1, at="", ms=0, back_to=1, after=first.after, says="")
        events += [remark, back]
    begun = time.process_time()
    assert len(live(events)) == len(events)
    assert time.process_time() - begun < 1


def test_whoever_plays_the_customer_and_goes_while_the_take_is_paused_leaves_nobody_stuck(tmp_path):
    room = Class(tmp_path)
    room.come("Ada", "Ben")
    ada, ben = room.host.pairs
    session = room.start(ada, umbrella(), Start(seed=7))
    attend(ben, ada, "customer")
    room.run()
    room.say("Ada")
    room.guests["Ada"].do("pause")
    room.run()
    room.wires["Ben"].cut()
    room.guests["Ada"].do("resume")
    room.run()
    assert ada.held is None and not room.guests["Ada"].view.held
    room.say("Ada")
    assert session.state.decisions >= 1 and not room.guests["Ada"].waits


def test_no_more_are_let_in_than_there_is_room_for(tmp_path):
    room = Room(tmp_path, room=True)
    for number in range(2 * CLASS - 1):
        Wire(room.host, room.guest("Ada", secret=f"{number:032d}")).run()
        if number < CLASS - 1:
            room.host.let_all_in()
    room.host.let_all_in()
    assert len(room.host.pairs) == CLASS


def test_an_invitation_for_one_lets_one_in(room):
    lines = [Wire(room.host, room.guest(name)) for name in ("Ada", "Mallory")]
    for wire in lines:
        wire.run()
    room.host.let_in(room.host.door[0])
    for wire in lines:
        wire.run()
    assert [pair.learner for pair in room.host.pairs] == ["Ada"]
    assert room.host.door == [] and lines[1].guest.standing == "refused"


def test_a_long_name_is_the_same_in_the_take(tmp_path):
    room = Room(tmp_path, room=True)
    for secret in ("a", "b"):
        Wire(room.host, room.guest("A" * 200, secret=secret * 32)).run()
    room.host.let_all_in()
    learners = {room.begin(pair).started.learner for pair in room.host.pairs}
    assert learners == {pair.learner for pair in room.host.pairs} and len(learners) == 2


# --- a host that was joined by a bad invitation


def test_a_piece_is_no_longer_than_a_piece(room):
    with pytest.raises(p.Malformed, match="data: too long"):
        p.from_host(p.written(p.Piece("take", 1, 1, "x" * (p.PIECE + 1))))


def test_pieces_that_do_not_fit_together(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.heard(p.written(p.Piece(session.name, 3, 3, "x")))
    guest.heard(p.written(p.Piece(session.name, 2, 2, "x")))
    assert guest.opened is None


def over_by(room):
    """A take of Ada's that is over, and the file of its scenario."""
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    session.do(Abandon(), by="trainer")
    wire.run()
    return guest, session, room.shelf.kept_bytes(session.started.sha256)


def test_a_host_adds_nothing_to_a_take_that_it_did_not_see(room):
    guest, session, scenario = over_by(room)
    own = begin(guest.shelf, umbrella(), Start(learner="Ada", seed=3))
    own.leave()
    own.close()
    before = read_take(guest.shelf.folder / f"{own.name}.toml").events
    guest.heard(p.written(p.Begin(own.name, "learner")))
    for _ in range(3):
        session.do(Remark("whisper", "Who needs you?"), by="trainer", to="learner")
    pieces(guest, own.name, whole(Header(own.name, "x", "y"), session.events), scenario)
    guest.close()
    assert read_take(guest.shelf.folder / f"{own.name}.toml").events == before


def test_a_whole_take_that_does_not_fit_its_scenario_is_not_opened(room):
    guest, session, scenario = over_by(room)
    first, *rest = session.events
    nowhere = replace(first, after=Position("nowhere", first.after.meters))
    guest.heard(p.written(p.Begin("another", "learner")))
    pieces(guest, "another", whole(Header("another", "x", "y"), [nowhere, *rest]), scenario)
    assert guest.opened is None


def test_a_take_that_does_not_fit_its_scenario_can_be_looked_at(room):
    from taketwo.analysis.background import solving

    _, _, pair = room.arrive()
    session = room.begin(pair)
    session.say(session.replies[0].id)
    first, moved, *_ = session.events
    nowhere = replace(first, after=Position("nowhere", first.after.meters))
    debrief([nowhere, moved], session.scenario, solving(session.scenario).result())


def test_another_trainer_learns_nothing_of_a_take_and_cannot_write_in_it(room, states):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.close()
    invitation = Invitation("127.0.0.1", 4747, b"f" * 32, b"t" * 10).encode()
    file = GuestFile("2026-11-22T10:15:30+00:00", invitation, "e" * 32, "Ada", trainer="Eve")
    other = Joining.again(file, guest.shelf).guest
    assert other.take != session.name
    other.close()


# --- a disk that refuses, and programs that are started twice


def test_whoever_cannot_be_written_down_stays_at_the_door(room):
    guest = room.guest("Ada")
    wire = Wire(room.host, guest)
    wire.run()
    keep, room.store.write = room.store.write, refuse
    with pytest.raises(OSError, match="No space"):
        room.host.let_in(room.host.door[0])
    room.store.write = keep
    assert [visitor.name for visitor in room.host.door] == ["Ada"] and room.host.pairs == []
    room.host.let_in(room.host.door[0])
    wire.run()
    assert guest.standing == "asked"


def test_a_take_begins_for_the_learner_too_where_the_session_cannot_be_written_down(room):
    guest, wire, pair = room.arrive()
    room.store.write = refuse
    try:
        session = room.begin(pair)
    except OSError:
        session = pair.session
    wire.run()
    assert session is not None and guest.take == session.name


def test_a_host_whose_disk_failed_and_who_starts_again_goes_on_with_the_learner(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()

    def fail(event):
        raise NotSaved("The disk is full.")

    session.journal.append = fail
    guest.do("say", guest.view.replies[0][0])
    pair.whisper("This is in memory alone.")
    wire.run()
    wire.up = False
    guest.cut("gone")
    room.restart()
    pair = room.host.pairs[0]
    wire = Wire(room.host, guest)
    for _ in range(20):
        wire.run()
        if not wire.up:
            wire = Wire(room.host, guest)
        elif guest.view.replies and not pair.session.state.over:
            guest.do("say", guest.view.replies[0][0])
    assert guest.opened is not None
    assert [e.seq for e in guest.opened.events] == [e.seq for e in pair.session.events]


def test_a_take_that_cannot_be_gone_on_with_just_now_still_belongs_to_its_learner(states):
    first = hosting(states / "saves")
    ada = first.host.seat("Ada", "0" * 64)
    ada.agreed = True
    session = first.begin(ada, umbrella(), Start(seed=1))
    second = Hosting.reopened(first.host.file, Library(SCENES))  # it is being written by another program
    assert second.problem
    second.host.keep()
    assert [seat.take for seat in second.host.file.seats] == [session.name]
    session.close()


def test_a_session_that_is_joined_in_another_terminal_is_not_joined_twice(states):
    invitation = Invitation("127.0.0.1", 4747, b"f" * 32, b"t" * 10).encode()
    first = Joining.new(invitation, "Ada", Shelf(states / "saves"))
    again = cut_off_there()[0][1]
    with pytest.raises(BadInvitation, match="another terminal"):
        Joining.again(again, first.guest.shelf)


def test_forgetting_somebody_takes_what_is_kept_of_sessions_and_in_the_bin_too(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.close()
    session.close()
    room.shelf.delete(session.name)
    assert [path.name for path in find(guest.shelf, "Ada").files if path.parent.name == "paired"]
    assert [path.name for path in find(room.shelf, "Ada").files if path.parent.name == "deleted"]


def test_a_journal_that_is_deleted_meanwhile_is_told_of(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    (room.shelf.folder / f"{session.name}.toml").unlink()
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert "is gone" in session.unsaved
    assert guest.last == session.state.seq


def test_a_copy_that_is_deleted_meanwhile_is_told_of_and_the_whole_take_is_kept(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    (guest.shelf.folder / "paired" / f"{session.name}.toml").unlink()
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert "is gone" in guest.unsaved and pair.acked == 1
    session.do(Abandon(), by="trainer")
    wire.run()
    assert len(read_take(guest.shelf.folder / f"{session.name}.toml").events) == session.state.seq


def test_on_one_saves_folder_the_trainers_file_is_left_alone(tmp_path):
    room = Room(tmp_path)
    guest, wire, pair = room.arrive()
    guest.shelf = room.shelf
    session = room.begin(pair)
    wire.run()
    pair.note("Private.")
    session.do(Abandon(), by="trainer")
    wire.run()
    pair.whisper("Look at the second one.")
    wire.run()
    assert guest.opened and not guest.unsaved
    assert read_take(Path(room.shelf.folder) / f"{session.name}.toml").events == tuple(session.events)
