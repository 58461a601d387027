"""What the whole room is asked: a take that all play together, and one decision for five minutes."""

import pytest
from classes import NAMES, START, Class
from ends import Wire

from house import umbrella
from taketwo.analysis.background import solving
from taketwo.pairing.huddle import SECONDS, Huddle
from taketwo.pairing.vote import ROOM, RoomVote
from taketwo.session import Refused
from taketwo.take.commands import Say, Steer
from taketwo.transcript.reading import read_take


@pytest.fixture
def room(tmp_path):
    return Class(tmp_path)


class Still:
    """A clock for huddles."""

    now = 0.0

    def __call__(self):
        return self.now


def vote_of(room, *names):
    room.come(*names)
    vote = RoomVote.begin(room.host, room.shelf, umbrella(), seed=7)
    room.run()
    return vote


def choose(room, name, number):
    guest = room.guests[name]
    guest.do("vote", guest.poll.options[number][0], guest.poll.id)
    room.run()


def test_thirty_choose_without_a_take_of_their_own_and_the_split_is_shown(room):
    vote = vote_of(room, *NAMES)
    asked = room.guests["Learner 01"].poll
    assert asked.options == tuple(vote.session.replies) and vote.session.says in asked.heard
    for number, name in enumerate(NAMES):
        choose(room, name, 0 if number < 20 else 1)
    assert (vote.asking.voted, vote.asking.present) == (30, 30)
    assert room.guests["Learner 01"].poll.split == ()
    vote.close()
    room.run()
    assert {guest.poll.split[:2] for guest in room.guests.values()} == {(20, 10)}
    assert not any(name in "".join(room.wires["Learner 01"].seen) for name in NAMES[1:])
    assert not any(guest.waits or guest.refusals for guest in room.guests.values())


def test_what_most_chose_is_said_and_what_it_does_is_told(room):
    vote = vote_of(room, "Ada", "Ben", "Cem")
    for name in room.guests:
        choose(room, name, 1)
    vote.close()
    vote.say()
    room.run()
    told = room.guests["Ada"].poll.told
    event = vote.session.events[-1]
    assert event.reply == vote.asking.options[1][0]
    assert event.said in told and event.says in told
    assert sum(room.guests["Ada"].poll.split) == 3


def test_a_vote_can_be_changed_until_it_is_closed(room):
    vote = vote_of(room, "Ada")
    choose(room, "Ada", 0)
    choose(room, "Ada", 1)
    assert (vote.asking.counts[:2], vote.asking.voted) == ((0, 1), 1)
    vote.close()
    choose(room, "Ada", 0)
    assert room.guests["Ada"].refusals == ["That question is closed."]
    assert vote.asking.counts[:2] == (0, 1)


def test_a_divided_room_leaves_it_to_the_trainer_who_may_say_any(room):
    vote = vote_of(room, "Ada", "Ben")
    choose(room, "Ada", 0)
    choose(room, "Ben", 1)
    with pytest.raises(Refused, match="First the room chooses"):
        vote.say()
    vote.close()
    assert vote.chosen == ""
    with pytest.raises(Refused, match="divided"):
        vote.say()
    vote.say(vote.asking.options[1][0])
    assert vote.session.events[-1].reply == vote.asking.options[1][0]


def test_the_room_plays_to_the_end_and_the_take_is_kept(room):
    vote = vote_of(room, "Ada", "Ben")
    while vote.phase != "over":
        choose(room, "Ada", 0)
        vote.close()
        vote.say()
        if vote.phase != "over":
            vote.go_on()
            room.run()
    room.run()
    vote.leave()
    assert vote.session.says in room.guests["Ben"].poll.told
    take = read_take(room.shelf.folder / f"{vote.session.name}.toml")
    assert (take.started.learner, take.events[-1].end != "") == (ROOM, True)


def test_who_comes_later_or_comes_back_is_asked_too(room):
    vote = vote_of(room, "Ada")
    room.come("Ben")
    assert room.guests["Ben"].poll == room.guests["Ada"].poll
    choose(room, "Ada", 0)
    room.wires["Ada"].cut()
    assert (vote.asking.voted, vote.asking.present) == (1, 2)
    room.guests["Ada"].poll = None
    room.wires["Ada"] = Wire(room.host, room.guests["Ada"])
    room.run()
    assert room.guests["Ada"].poll.id == room.guests["Ben"].poll.id


def test_votes_that_are_none_are_refused(room):
    room.come("Ada")
    guest = room.guests["Ada"]
    guest.do("vote", "look", "nothing")
    room.run()
    vote = RoomVote.begin(room.host, room.shelf, umbrella())
    room.run()
    guest.do("vote", "no-such-reply", guest.poll.id)
    room.run()
    vote.leave()
    guest.do("vote", guest.poll.options[0][0], guest.poll.id)
    room.run()
    assert guest.refusals == [
        "Nobody has asked the room anything.",
        "There is no such reply to choose.",
        "Nobody has asked the room anything.",
    ]


def test_a_vote_beside_takes_of_their_own_touches_none_of_them(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    vote = RoomVote.begin(room.host, room.shelf, umbrella())
    room.run()
    choose(room, "Ada", 0)
    assert (vote.asking.voted, len(room.host.pairs[0].session.events)) == (1, 1)
    room.say("Ada")
    assert len(room.host.pairs[0].session.events) == 2


# --- huddles


def test_a_huddle_shows_a_decision_of_somebody_without_their_name(room):
    room.come("Adalbert", "Ben")
    room.all.start_all(umbrella(), START)
    room.run()
    room.say("Adalbert", 1)
    session = room.host.pairs[0].session
    huddle = Huddle(room.host, session)
    room.run()
    poll = room.guests["Ben"].poll
    assert session.says in poll.heard and [o for o, _ in poll.options] == [c.id for c in session.replies]
    assert huddle.before == (session.events[0].says, session.events[1].said)
    assert "Adalbert" not in repr((poll, huddle.before))
    assert poll.seconds == SECONDS


def test_a_huddle_goes_back_to_a_decision_that_is_past(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    room.say("Ada", 1)
    session = room.host.pairs[0].session
    huddle = Huddle(room.host, session, seq=2)
    assert (huddle.heard, huddle.before) == (session.events[0].says, ("", ""))
    with pytest.raises(Refused, match="no such decision"):
        Huddle(room.host, session, seq=99)


def test_after_five_minutes_the_votes_are_counted_then_the_worth_of_each_is_told(room):
    room.come("Ada", "Ben")
    room.all.start_all(umbrella(), START)
    room.run()
    solution = solving(umbrella()).result()
    clock = Still()
    huddle = Huddle(room.host, room.host.pairs[0].session, clock=clock)
    room.run()
    choose(room, "Ada", 1)
    with pytest.raises(Refused):
        huddle.tell()
    clock.now = 299
    assert (huddle.tick(), huddle.asking.left) == (False, 1)
    clock.now = 300
    assert huddle.tick() and huddle.phase == "split"
    huddle.tell()
    room.run()
    poll = room.guests["Ben"].poll
    assert poll.split[1] == 1
    for each in huddle.weighed():
        assert each.turn.why in poll.told
        after = huddle.take.machine.step(
            huddle.take.state.position, huddle.take.machine.move(huddle.take.state.position.node, each.reply)
        )
        assert each.curve == (0.0 if each.turn.critical else solution.at(after).curve)
    assert len(room.host.pairs[0].session.events) == 1


def test_a_huddle_about_words_that_the_trainer_typed_as_the_customer(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    room.run()
    pair = room.host.pairs[0]
    pair.let(Steer(says="And who are you?"))
    huddle = Huddle(room.host, pair.session)
    assert huddle.heard == "And who are you?"


def test_a_take_that_is_over_waits_for_no_decision(room):
    room.come("Ada")
    room.all.start_all(umbrella(), START)
    session = room.host.pairs[0].session
    while not session.state.over:
        session.do(Say(session.replies[0].id))
    with pytest.raises(Refused):
        Huddle(room.host, session)
    assert Huddle(room.host, session, seq=session.events[-1].seq).take.replies
