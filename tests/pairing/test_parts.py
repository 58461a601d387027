"""Others in a learner's take: who observes, and who plays the customer from a terminal of their own."""

import pytest
from classes import START, Class
from ends import TOKEN, Wire, kinds

from house import umbrella
from taketwo.pairing.guest import Guest
from taketwo.pairing.seats import afterwards
from taketwo.pairing.telling import moment
from taketwo.pairing.triads import Triads, checklist, groups_of, roles
from taketwo.pairing.window import attend, attend_no_more
from taketwo.session import Refused
from taketwo.take.events import Remarked
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf

LIST = ("Gave the feeling back", "Asked an open question")


@pytest.fixture
def room(tmp_path):
    room = Class(tmp_path)
    room.come("Ada", "Ben", "Cem")
    return room


def pair_of(room, name):
    return next(pair for pair in room.host.pairs if pair.learner == name)


def begin(room, name="Ada"):
    session = room.start(pair_of(room, name), umbrella(), START)
    room.run()
    return session


def observing(room):
    session = begin(room)
    attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "observer", LIST)
    room.run()
    return session, room.guests["Ben"]


def finish(room, name="Ada"):
    while not room.guests[name].opened:
        room.say(name)


def test_an_observer_hears_both_sees_whispers_and_no_private_notes(room):
    session, ben = observing(room)
    pair = pair_of(room, "Ada")
    pair.whisper("Ask where he lost it.")
    pair.note("Very nervous today.")
    room.say("Ada")
    assert (ben.view.seat, ben.view.checklist, ben.take) == ("observer", LIST, session.name)
    assert kinds(ben.events) == ["started", "remarked", "sealed", "replied"]
    assert ben.events[3].said == session.events[3].said and ben.view.says == session.says
    assert "nervous" not in "".join(room.wires["Ben"].seen)
    assert room.guests["Ada"].message == "Ben observes your take."


def test_what_an_observer_ticks_is_sealed_for_the_learner_until_the_debrief(room):
    session, ben = observing(room)
    room.say("Ada")
    ben.do("remark", "observed", LIST[0], about=2, value=1)
    ben.do("remark", "observed", "Spoke fast.")
    room.run()
    seen = [e for e in session.events if isinstance(e, Remarked) and e.topic == "observed"]
    assert [(e.by, e.text, e.value, e.about) for e in seen] == [
        ("observer:Ben", LIST[0], 1, 2),
        ("observer:Ben", "Spoke fast.", 0, 0),
    ]
    assert kinds(room.guests["Ada"].events)[-2:] == ["sealed", "sealed"]
    assert "Spoke fast" not in "".join(room.wires["Ada"].seen)
    assert kinds(ben.events)[-2:] == ["remarked", "remarked"]
    finish(room)
    assert [e.text for e in room.guests["Ada"].opened.events if isinstance(e, Remarked)] == [
        LIST[0],
        "Spoke fast.",
    ]
    assert session.score.overall.decisions == 2


def test_observers_do_not_see_what_the_others_write(room):
    session, ben = observing(room)
    attend(pair_of(room, "Cem"), pair_of(room, "Ada"), "observer", LIST)
    room.run()
    ben.do("remark", "observed", LIST[1], value=1)
    room.run()
    assert kinds(room.guests["Cem"].events)[-1] == "sealed"


def test_an_observer_can_do_nothing_in_the_take(room):
    session, ben = observing(room)
    for do, what in (
        ("say", ben.view.replies[0][0]),
        ("hint", ""),
        ("pause", ""),
        ("abandon", ""),
        ("steer", "scenario"),
    ):
        ben.do(do, what)
    ben.do("remark", "own-words", "I would say")
    ben.do("remark", "observed", " ")
    room.run()
    assert len(session.events) == 1
    assert ben.refusals == ["You observe: tick what you see, or write it down."] * 6 + [
        "There is nothing in it."
    ]


def test_nothing_of_somebody_elses_take_is_kept_by_the_observer(room, tmp_path):
    session, ben = observing(room)
    finish(room)
    room.run()
    assert ben.opened and ben.opened.score == session.score
    assert not list((tmp_path / "Ben").rglob("*.toml"))
    whole = read_take(tmp_path / "Ada" / f"{session.name}.toml")
    assert whole.events == tuple(afterwards(session.events, "learner"))


def test_an_observer_whose_line_was_cut_has_missed_nothing(room):
    session, ben = observing(room)
    room.wires["Ben"].cut()
    room.say("Ada")
    room.wires["Ben"] = Wire(room.host, ben)
    room.run()
    assert [e.seq for e in ben.events] == [1, 2]
    again = room.guest("Ben")
    room.guests["Ben"], room.wires["Ben"] = again, Wire(room.host, again)
    room.run()
    assert [e.seq for e in again.events] == [1, 2] and again.view.seat == "observer"


def test_back_in_their_own_take(room):
    own = room.start(pair_of(room, "Ben"), umbrella(), START)
    room.run()
    with pytest.raises(Refused, match="Ben is in a take"):
        attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "observer")
    finish(room, "Ben")
    session = begin(room)
    attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "observer", LIST)
    room.run()
    assert room.guests["Ben"].take == session.name
    attend_no_more(pair_of(room, "Ben"))
    room.run()
    assert room.guests["Ben"].take == own.name and room.guests["Ben"].opened
    attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "observer", LIST)
    begin(room, "Ben")
    assert pair_of(room, "Ada").others == []
    room.say("Ben")
    assert len(session.events) == 1


def test_somebody_else_plays_the_customer_from_their_terminal(room):
    session = begin(room)
    attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "customer")
    room.run()
    ben = room.guests["Ben"]
    assert (ben.view.seat, ben.view.replies, ben.feedback) == ("customer", (), {})
    pair_of(room, "Ada").whisper("Slowly.")
    room.say("Ada")
    assert room.row("Ada").waits_for == "customer"
    assert moment(room.guests["Ada"]) == "Ben, as the customer, is thinking."
    assert (ben.view.answer, ben.other) == (room.guests["Ada"].view.answer, "Ada")
    assert len(session.events) == 2 and ben.view.held and ben.view.reactions[0][0] == "scenario"
    assert kinds(ben.events) == ["started", "sealed"]
    ben.do("steer", "scenario")
    room.run()
    ben.do("steer", text="And my umbrella?")
    room.run()
    assert ben.refusals == []
    assert (room.guests["Ada"].view.says, session.events[-1].by) == ("And my umbrella?", "customer:Ben")
    assert session.events[-2].by == "learner" and not room.guests["Ada"].waits


def test_when_the_customer_goes_the_scenario_answers(room):
    session = begin(room)
    attend(pair_of(room, "Ben"), pair_of(room, "Ada"), "customer")
    room.run()
    room.say("Ada")
    assert len(session.events) == 1
    room.wires["Ben"].cut()
    room.run()
    assert kinds(session.events) == ["started", "replied"]
    assert not room.guests["Ada"].waits


# --- triads


def triads_of(room, *more):
    room.come(*more)
    return Triads(room.host.pairs, room.start)


def names(group):
    return (
        group.learner.learner,
        group.customer and group.customer.learner,
        tuple(each.learner for each in group.observers),
    )


def play(room, learner, customer):
    """To the end: whoever plays the customer lets the scenario speak."""
    while not room.guests[learner].opened:
        room.say(learner)
        if room.guests[customer].view.held:
            room.guests[customer].do("steer", "scenario")
            room.run()


def test_in_three_turns_everybody_is_everything_once(room):
    triads = triads_of(room)
    turns = []
    for _ in range(3):
        (found,) = triads.next(umbrella(), START)
        room.run()
        turns.append(names(found))
        learner, customer, (observer,) = turns[-1]
        views = {name: guest.view.seat for name, guest in room.guests.items()}
        assert views == {learner: "learner", customer: "customer", observer: "observer"}
        room.guests[observer].do("remark", "observed", "Calm.", value=1)
        play(room, learner, customer)
        own = read_take(room.folder / learner / f"{found.learner.session.name}.toml")
        assert own.events == tuple(afterwards(found.learner.session.events, "learner"))
        assert all(guest.opened for guest in room.guests.values())
    assert turns == [("Ada", "Ben", ("Cem",)), ("Ben", "Cem", ("Ada",)), ("Cem", "Ada", ("Ben",))]


def test_whoever_is_left_over_observes_in_another_group():
    people = list(range(8))
    assert groups_of(people) == [(0, 1, 2, 6), (3, 4, 5, 7)]
    assert groups_of([1, 2]) == [(1, 2)] and groups_of([]) == []
    assert groups_of(people[:4]) == [(0, 1, 2, 3)]


@pytest.mark.parametrize("size", [2, 3, 4, 5])
def test_everybody_is_the_learner_once_in_as_many_turns_as_they_are(size):
    group = [f"P{n}" for n in range(size)]
    assert [roles(group, turn).learner for turn in range(size)] == group
    for turn in range(size):
        found = roles(group, turn)
        assert sorted([found.learner, found.customer, *found.observers]) == group


def test_a_group_whose_take_goes_on_is_left_as_it_is_and_moves_on_later(room):
    triads = triads_of(room, "Dan", "Eva", "Fay")
    triads.next(umbrella(), START)
    room.run()
    play(room, "Dan", "Eva")
    going_on = pair_of(room, "Ada")
    assert [names(each)[0] for each in triads.next(umbrella(), START)] == ["Eva"]
    assert [window.to.learner for window in going_on.others] == ["Ben", "Cem"]
    room.run()
    assert room.guests["Ben"].view.seat == "customer"


def test_who_is_away_is_passed_over(room):
    triads = triads_of(room)
    room.wires["Ben"].cut()
    (found,) = triads.next(umbrella(), START)
    assert names(found) == ("Ada", "Cem", ())


def test_a_checklist_is_made_of_what_the_scene_is_about():
    scene = umbrella()
    assert checklist(scene) == tuple(scene.lessons[key].models for key in scene.centre)


# --- who comes to observe


def test_who_comes_to_observe_gets_no_take_of_their_own(room):
    room.guests["Dan"] = Guest(
        "Dan", TOKEN, "Dan".ljust(32, "x"), Shelf(room.folder / "Dan"), seat="observer"
    )
    room.wires["Dan"] = Wire(room.host, room.guests["Dan"])
    room.run()
    assert room.row("Dan").part == "observer"
    room.all.let_all_in()
    room.run()
    room.guests["Dan"].agree()
    room.run()
    begun = room.all.start_all(umbrella(), START)
    assert (begun.names, begun.left) == (("Ada", "Ben", "Cem"), (("Dan", "observes"),))
    attend(pair_of(room, "Dan"), pair_of(room, "Ada"), "observer", LIST)
    room.run()
    row = room.row("Dan")
    assert (row.part, row.whose) == ("observer", "Ada")
