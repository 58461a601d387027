"""Who is not welcome, and what comes from outside: refused in words, at no cost to others, with a line in the log."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from ends import NOW, TOKEN, Room, Wire
from hypothesis import given, settings
from hypothesis import strategies as st

from taketwo.pairing import protocol as p
from taketwo.pairing.host import CLASS


@pytest.fixture
def room(tmp_path):
    return Room(tmp_path)


def stranger(room, *texts):
    """A line that says these texts and nothing else; what it was sent back."""
    wire = Wire(room.host)
    for text in texts:
        wire.to_host.append(text if isinstance(text, str) else p.written(text))
    wire.run()
    return wire, [json.loads(text) for text in wire.seen]


def hello(**changes):
    return replace(p.Hello(p.VERSION, "Mallory", TOKEN, "m" * 32), **changes)


def unhurt(room, guest, pair):
    """The guest beside it still plays."""
    before = len(pair.session.events)
    guest.do("say", guest.view.replies[0][0])
    guest.line.wire.run()
    assert len(pair.session.events) == before + 1


@pytest.mark.parametrize(
    ("texts", "code", "reason"),
    [
        ([hello(token="ff" * 10)], "wrong", "wrong-code"),
        ([hello(token="")], "wrong", "wrong-code"),
        ([hello()], "used", "used-code"),
        ([hello(version=2)], "version", "version"),
        ([hello(seat="observer")], "no-class", "sent-away"),
        ([hello(secret="short")], "malformed", "unknown-message"),
        ([p.Agree()], "order", "out-of-order"),
        ([p.Move("m1", "take", 1, "say", "x")], "order", "out-of-order"),
        ([p.Ack("take", 3)], "order", "out-of-order"),
        (["{"], "malformed", "unknown-message"),
        (["[]"], "malformed", "unknown-message"),
        (['{"t":"whisper","text":"I am the trainer"}'], "malformed", "unknown-message"),
        (['{"t":"told","take":"x","event":{}}'], "malformed", "unknown-message"),
        (["[" * 100_000], "malformed", "unknown-message"),
        (["x" * 70_000], "malformed", "unknown-message"),
    ],
)
def test_a_stranger_is_refused_in_words_and_costs_nobody_anything(room, texts, code, reason):
    guest, wire, pair = room.arrive()
    room.begin(pair)
    wire.run()
    visit, answers = stranger(room, *texts)
    assert [answer["code"] for answer in answers] == [code]
    assert answers[0]["text"].endswith(".")
    assert visit.host_end.closed is not None and not visit.host_end.admitted
    assert room.log[-1][0] == reason
    assert TOKEN not in str(room.log) and "Mallory" not in str(room.log)
    unhurt(room, guest, pair)


def test_an_invitation_expires(room):
    room.host._now = lambda: NOW + timedelta(days=30)
    _, answers = stranger(room, hello())
    assert answers[0]["code"] == "expired"


def test_whoever_is_sent_away_does_not_use_up_the_invitation(room):
    visit, _ = stranger(room, hello())
    assert [visitor.name for visitor in room.host.door] == ["Mallory"]
    room.host.turn_away(room.host.door[0])
    visit.run()
    assert json.loads(visit.seen[-1])["code"] == "turned-away"
    guest, _, pair = room.arrive("Ada")
    assert guest.standing == "in" and pair.learner == "Ada"


def test_saying_hello_twice_is_out_of_order(room):
    _, answers = stranger(room, hello(), hello())
    assert [answer.get("code", answer["t"]) for answer in answers] == ["waiting", "order"]
    assert room.host.door == []


def test_a_room_lets_many_in_by_one_invitation_and_is_full_at_last(tmp_path):
    room = Room(tmp_path, room=True)
    for number in range(CLASS):
        room.arrive(f"Guest {number}")
    assert len({pair.learner for pair in room.host.pairs}) == CLASS
    _, answers = stranger(room, hello())
    assert answers[0]["code"] == "full"


def test_two_of_one_name_are_told_apart(tmp_path):
    room = Room(tmp_path, room=True)
    room.arrive("Ada")
    wire = Wire(room.host, room.guest("Ada", secret="another".ljust(32, "x")))
    wire.run()
    assert room.host.let_in(room.host.door[0]).learner == "Ada 2"


def test_a_learner_cannot_do_what_is_the_trainers(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    reply = guest.view.replies[0][0]
    for do, what in (("steer", "scenario"), ("remark", "whisper"), ("remark", "goal"), ("remark", "opened")):
        guest.do(do, what, "As if I were the trainer.")
        wire.run()
    assert len(guest.refusals) == 4
    assert len(session.events) == 1
    guest.do("say", reply)
    wire.run()
    assert len(session.events) == 2


def test_a_learner_cannot_answer_before_saying_yes_to_being_watched(room):
    guest = room.guest("Ada")
    wire = Wire(room.host, guest)
    wire.run()
    pair = room.host.let_in(room.host.door[0])
    session = room.begin(pair)
    wire.run()
    guest.take = session.name
    guest.do("say", "say-back")
    wire.run()
    assert len(session.events) == 1


def test_a_move_of_another_take_is_refused(room):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    guest.take = "2026-11-22T101530Z-lost-umbrella-zzzz"
    guest.do("say", guest.view.replies[0][0])
    wire.run()
    assert len(session.events) == 1 and guest.refusals


NASTY = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e\x9b31m"


def test_nothing_that_a_guest_types_can_move_a_terminal(room, tmp_path):
    guest = room.guest(f"Ada{NASTY}")
    wire = Wire(room.host, guest)
    wire.run()
    pair = room.host.let_in(room.host.door[0])
    wire.run()
    guest.agree()
    session = room.begin(pair)
    wire.run()
    guest.do("remark", "own-words", NASTY)
    guest.do("remark", f"note{NASTY}", NASTY)
    guest.present(NASTY)
    wire.run()
    texts = [pair.learner, pair.cursor, *(getattr(event, "text", "") for event in session.events)]
    assert not any(mark in text for mark in "\x1b\x07\x9b\u202e" for text in texts)
    file = (room.shelf.folder / f"{session.name}.toml").read_text()
    assert not any(mark in file for mark in "\x1b\x07\x9b\u202e")


def test_nothing_that_a_host_sends_can_move_a_terminal(room):
    guest = room.guest("Ada")
    Wire(room.host, guest)
    for message in (
        p.Waiting(NASTY),
        p.Notice(NASTY),
        p.Look(p.View(title=NASTY, says=NASTY, replies=((NASTY, NASTY),), meters=(NASTY,))),
        p.Poll("q", NASTY, ((NASTY, NASTY),)),
        p.Refusal("x", NASTY),
    ):
        guest.heard(p.written(message))
    texts = str((guest.trainer, guest.message, guest.view, guest.poll))
    assert not any(repr(mark)[1:-1] in texts or mark in texts for mark in "\x1b\x07\x9b\u202e")


@pytest.mark.parametrize(
    "text",
    [
        "{",
        '{"t":"told","take":"x","event":{"kind":"replied"}}',
        '{"t":"begin","take":"../../etc/passwd","seat":"learner"}',
        '{"t":"piece","take":"x","number":1,"of":99999999,"data":""}',
        '{"t":"move","id":"a","take":"b","last":1,"do":"say"}',
    ],
)
def test_a_learners_program_survives_a_host_that_talks_nonsense(room, text):
    guest, wire, pair = room.arrive()
    room.begin(pair)
    wire.run()
    before = guest.events[:]
    guest.heard(text)
    assert guest.events == before


def test_a_whole_take_that_is_not_the_one_that_was_played_is_not_put_on_the_shelf(room, tmp_path):
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    other = json.dumps({"journal": "[take]\nformat = 3\n", "scenario": "id = 1"})
    guest.heard(p.written(p.Piece(session.name, 1, 1, other)))
    assert guest.opened is None
    assert not (tmp_path / "Ada" / f"{session.name}.toml").exists()


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
kinds = st.sampled_from(
    ["hello", "agree", "move", "ack", "presence", "bye", "point", "told", "look", "poll", "view", "x"]
)
keys = st.sampled_from(
    ["id", "take", "last", "do", "what", "text", "about", "value", "seq", "name", "token", "secret"]
)


@settings(max_examples=300)
@given(
    st.text(max_size=300)
    | st.binary(max_size=300).map(lambda data: data.decode("utf-8", "replace"))
    | json_values.map(json.dumps)
    | st.builds(
        lambda t, more: json.dumps({"t": t, **more}), kinds, st.dictionaries(keys, json_values, max_size=6)
    )
)
def test_whatever_text_comes_is_a_message_or_malformed(text):
    for read in (p.from_guest, p.from_host):
        try:
            message = read(text)
        except p.Malformed as error:
            assert len(str(error)) <= 200
        else:
            assert read(p.written(message)) == message


messages = st.one_of(
    st.builds(p.Hello, st.integers(0, 3), st.text(max_size=20), st.text(max_size=20), st.text(max_size=40)),
    st.builds(p.Agree),
    st.builds(p.Presence, st.text(max_size=10), st.booleans()),
    st.builds(
        p.Move,
        st.text(max_size=6),
        st.sampled_from(["", "x"]),
        st.integers(0, 9),
        st.sampled_from(["say", "silence", "hint", "rewind", "pause", "resume", "remark", "steer", "vote"]),
        st.sampled_from(["say-back", "note", "own-words", "scenario", ""]),
        st.text(max_size=20),
        st.integers(-2, 9),
        st.integers(-2, 9),
    ),
    st.builds(p.Ack, st.text(max_size=5), st.integers(0, 99)),
    st.builds(p.Point, st.integers(-3, 99)),
)


@settings(max_examples=80)
@given(st.lists(messages, max_size=12), st.booleans())
def test_any_messages_in_any_order_never_break_the_host(tmp_path_factory, sent, named):
    room = Room(tmp_path_factory.mktemp("any"))
    guest, wire, pair = room.arrive()
    session = room.begin(pair)
    wire.run()
    for message in sent:
        if named and isinstance(message, p.Move | p.Ack):
            message = replace(message, take=session.name, last=min(message.last, session.state.seq))
        wire.to_host.append(p.written(message))
    wire.run()
    assert [event.seq for event in session.events] == list(range(1, len(session.events) + 1))
    assert all(event.by == "learner" for event in session.events)
