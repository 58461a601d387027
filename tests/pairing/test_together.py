"""A trainer and a learner, both ends as plain objects: what each does, and what the other gets of it."""

import json

import pytest
from ends import Room, Wire, kinds

from taketwo.pairing.seats import afterwards
from taketwo.session import Refused
from taketwo.take.commands import Steer
from taketwo.transcript.reading import read_take
from taketwo.wording import hint_words


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path)


def playing(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    return guest, wire, pair, session


def finish(guest, wire):
    while not guest.opened:
        guest.do("say", guest.view.replies[0][0])
        wire.run()


def test_a_guest_waits_at_the_door_is_let_in_and_says_yes_to_being_watched(room):
    guest = room.guest("Ada")
    wire = Wire(room.host, guest)
    wire.run()
    assert (guest.standing, guest.trainer) == ("waiting", "Bora")
    assert [visitor.name for visitor in room.host.door] == ["Ada"]
    pair = room.host.let_in(room.host.door[0])
    wire.run()
    assert (guest.standing, pair.agreed) == ("asked", False)
    room.begin(pair)
    wire.run()
    assert guest.events == []
    guest.agree()
    wire.run()
    assert (guest.standing, kinds(guest.events)) == ("in", ["started"])


def test_a_reply_is_an_event_on_both_sides(room):
    guest, wire, pair, session = playing(room)
    reply, words = guest.view.replies[0]
    guest.do("say", reply)
    wire.run()
    assert [event.seq for event in guest.events] == [1, 2]
    assert (guest.events[1].said, guest.events[1].says) == (words, session.says)
    assert pair.acked == 2
    assert not guest.waits


def test_the_learner_sees_what_a_reply_did_and_never_what_others_would_have_done(room):
    guest, wire, pair, session = playing(room)
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert guest.feedback[2]
    sent = "".join(wire.seen)
    others = [offer for offer in session.events[1].offered if offer.reply != session.events[1].reply]
    why = [m.reply.why for m in session.machine.offered(session.events[0].after)]
    mine = session.scenario.nodes["opening"].replies
    assert len([text for text in why if json.dumps(text, ensure_ascii=False)[1:-1] in sent]) == 1
    assert others and mine
    for event in guest.events[1:]:
        assert all(offer.points == () for offer in event.offered)
        assert event.after.meters == ()


def test_an_assessed_take_tells_nothing_before_its_end(tmp_path):
    room = Room(tmp_path, mode="assessed")
    guest, wire, pair, session = playing(room)
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert (guest.feedback, guest.view.meters, guest.events[1].points) == ({}, (), ())
    finish(guest, wire)
    assert guest.opened.score == session.score


def test_a_whisper_reaches_the_learner_and_a_private_note_only_as_a_seal(room):
    guest, wire, pair, session = playing(room)
    pair.whisper("Ask where he lost it.")
    pair.note("Very nervous today.")
    pair.barge("I am her lead; let me listen in.")
    wire.run()
    assert kinds(guest.events) == ["started", "remarked", "sealed", "remarked"]
    assert "nervous" not in "".join(wire.seen)
    assert [event.seq for event in guest.events] == [1, 2, 3, 4]


def test_a_seal_stays_on_after_the_end_until_its_author_opens_it(room):
    guest, wire, pair, session = playing(room)
    note = pair.note("Very nervous today.")
    finish(guest, wire)
    assert kinds(guest.opened.events)[1] == "sealed"
    assert "nervous" not in "".join(wire.seen)
    pair.open(note)
    wire.run()
    assert guest.opened.events[-1].text == "Very nervous today."
    assert guest.opened.events[-1].about == note.seq


def test_when_it_is_over_both_have_the_same_take_but_for_the_seals(room, tmp_path):
    guest, wire, pair, session = playing(room)
    pair.note("Mine.")
    finish(guest, wire)
    mine = read_take(tmp_path / "trainer" / f"{session.name}.toml")
    theirs = read_take(tmp_path / "Ada" / f"{session.name}.toml")
    assert tuple(afterwards(mine.events, "learner")) == theirs.events
    assert guest.opened.score == session.score
    assert not list((tmp_path / "Ada" / "paired").glob("*"))


def test_what_is_remarked_in_the_debrief_is_in_both(room, tmp_path):
    from taketwo.take.commands import Remark

    guest, wire, pair, session = playing(room)
    finish(guest, wire)
    guest.opened.do(Remark("try-next", "Ask first."))
    assert guest.opened.events[-1].text == "Ask first."
    wire.run()
    pair.note("Good.", 2)
    wire.run()
    mine, theirs = (read_take(tmp_path / who / f"{session.name}.toml") for who in ("trainer", "Ada"))
    assert tuple(afterwards(mine.events, "learner")) == theirs.events
    assert [e.seq for e in guest.opened.events] == list(range(1, len(session.events) + 1))


def test_after_a_takeover_the_learner_listens_and_it_does_not_count(room):
    guest, wire, pair, session = playing(room)
    pair.hand()
    wire.run()
    assert guest.view.wheel == "trainer"
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert guest.refusals == ["The trainer has the conversation now."]
    pair.say(session.replies[0].id)
    pair.hand()
    wire.run()
    assert guest.view.wheel == "learner"
    assert session.score.overall.decisions == 0


def test_the_trainer_can_play_the_customer(room):
    guest, wire, pair, session = playing(room)
    pair.set_steering(True)
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert (guest.view.held, len(session.events)) == (True, 1)
    pair.let(Steer(says="Say that again?"))
    wire.run()
    assert (guest.view.says, guest.view.held) == ("Say that again?", False)
    assert session.events[-1].steered == ("line",)


def test_spoken_the_learner_has_no_replies_and_the_trainer_presses_the_one_that_fits(room):
    guest, wire, pair, session = playing(room)
    pair.set_spoken(True)
    wire.run()
    assert guest.view.replies == ()
    guest.do("remark", "own-words", "Where did you have it last?")
    wire.run()
    pair.say(session.replies[1].id)
    wire.run()
    event = session.events[-1]
    assert (event.by, event.pressed) == ("learner", "trainer")
    assert session.score.overall.decisions == 1


def test_none_of_these_and_the_trainer_answers_as_the_customer(room):
    guest, wire, pair, session = playing(room)
    pair.set_spoken(True)
    guest.do("remark", "own-words", "I have no idea.")
    wire.run()
    pair.let(Steer(says="Then who has?"))
    wire.run()
    assert (guest.view.says, session.score.overall.decisions) == ("Then who has?", 0)


def test_roles_can_be_swapped(room):
    guest, wire, pair, session = playing(room)
    pair.swap()
    wire.run()
    assert guest.view.seat == "customer"
    pair.say(session.replies[0].id)
    wire.run()
    assert guest.view.held and guest.view.reactions[0][0] == "scenario"
    guest.do("steer", "scenario")
    wire.run()
    assert session.events[-1].by == "trainer"
    guest.do("steer", text="And my umbrella?")
    wire.run()
    assert (guest.refusals, guest.view.says) == ([], "And my umbrella?")


def test_whoever_plays_the_customer_reads_the_reply_that_waits(room):
    guest, wire, pair, session = playing(room)
    pair.swap()
    pair.say(session.replies[0].id)
    wire.run()
    assert guest.view.answer == session.replies[0].text


def test_a_hint_comes_in_words(room):
    guest, wire, pair, session = playing(room)
    guest.do("hint")
    wire.run()
    assert guest.feedback[2] == (hint_words(session.scenario.lessons[session.events[1].lesson]),)


def test_help_is_asked_for_until_the_next_answer(room):
    guest, wire, pair, session = playing(room)
    guest.do("remark", "help")
    wire.run()
    assert pair.asks
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert not pair.asks


@pytest.mark.parametrize("how", ["whisper", "barge", "hand"])
def test_whoever_was_helped_asks_no_more(room, how):
    guest, wire, pair, session = playing(room)
    guest.do("remark", "help")
    wire.run()
    assert pair.asks
    getattr(pair, how)(*(["Ask where."] if how != "hand" else []))
    assert not pair.asks


def test_presence_is_seen_and_never_kept(room):
    guest, wire, pair, session = playing(room)
    guest.present(guest.view.replies[1][0], typing=True)
    wire.run()
    assert (pair.cursor, pair.typing) == (guest.view.replies[1][0], True)
    assert len(session.events) == 1


def test_a_message_that_is_sent_twice_is_done_once(room):
    guest, wire, pair, session = playing(room)
    guest.do("say", guest.view.replies[0][0])
    text = wire.to_host[-1]
    wire.run()
    wire.to_host.append(text)
    wire.run()
    assert len(session.events) == 2


def test_a_move_that_was_meant_for_an_earlier_moment_is_refused(room):
    guest, wire, pair, session = playing(room)
    first = guest.view.replies[0][0]
    guest.do("say", first)
    guest.do("say", first)
    wire.run()
    assert len(session.events) == 2
    assert guest.refusals == ["The conversation has gone on since; it was not done. Look again."]


def test_a_whisper_at_the_same_moment_does_not_refuse_an_answer(room):
    guest, wire, pair, session = playing(room)
    guest.do("say", guest.view.replies[0][0])
    pair.whisper("Slowly.")
    wire.run()
    assert guest.refusals == []
    assert kinds(session.events) == ["started", "remarked", "replied"]


def test_without_a_take_the_trainer_is_told(room):
    _, _, pair = room.arrive()
    with pytest.raises(Refused, match="No take has begun"):
        pair.whisper("Hello?")
    with pytest.raises(Refused):
        pair.say("x")


def test_nothing_of_the_session_is_in_the_takes(room, tmp_path):
    guest, wire, pair, session = playing(room)
    finish(guest, wire)
    text = "".join(p.read_text() for p in tmp_path.rglob("*.toml"))
    assert room.host.file.token not in text
    assert guest.secret not in text
    assert all(event.move for event in session.events[1:])


def test_a_stranger_with_strange_letters_for_a_secret_waits_like_everybody(tmp_path):
    room = Room(tmp_path, room=True)
    for name in ("Ada", "Ben"):
        Wire(room.host, room.guest(name, secret=name.ljust(40, "名"))).run()
    assert [visitor.name for visitor in room.host.door] == ["Ada", "Ben"]


def test_what_the_learner_wanted_to_try_is_told_when_they_have_agreed(room):
    guest = room.guest("Ada")
    guest.try_next = "Ask first."
    wire = Wire(room.host, guest)
    wire.run()
    pair = room.host.let_in(room.host.door[0])
    wire.run()
    assert pair.try_next == ""
    guest.agree()
    wire.run()
    assert pair.try_next == "Ask first."
