"""What each command does, and when it is refused."""

from dataclasses import replace

import pytest
from small_scenarios import made, node, reply

from taketwo.lessons import Lesson
from taketwo.scenario.model import Branch, Reply, Scenario
from taketwo.session import Refused, Session, StillClock, Take
from taketwo.take.commands import (
    Abandon,
    Command,
    Hint,
    Pause,
    Remark,
    Resume,
    Rewind,
    Say,
    Stamp,
    Start,
    StaySilent,
)
from taketwo.take.decide import decide
from taketwo.take.events import Abandoned, Hinted, Paused, Remarked, Replied, Rewound, Silent
from taketwo.take.machine import Position
from taketwo.take.state import NEW

QUIET = Reply(id=".", goto=(Branch("n1"),), effects=(("patience", -1),))


def lesson(id: str, film: str) -> Lesson:
    row = dict.fromkeys(
        ("title", "skill", "source", "character", "happens", "lesson", "models", "breaks"), id
    )
    return Lesson(id=id, stance="model", film=film, **row)  # type: ignore[arg-type]  # rows of text


def scene() -> Scenario:
    """Two nodes; the first has a clock and two lessons at stake, the second neither."""
    best = replace(reply("a", "n1"), points=(("active-listening", 2), ("honesty", 1)))
    worst = replace(reply("b", "n1"), points=(("active-listening", -2), ("honesty", 0)))
    first = replace(node("n0", best, worst, silence=QUIET), time_limit=20)
    last = node("n1", reply("c", "good"), reply("d", "n2"))
    final = node("n2", reply("e", "lost"))
    rows = {
        "active-listening": lesson("active-listening", "The Terminal"),
        "honesty": lesson("honesty", "Clerks"),
    }
    return replace(made({"n0": first, "n1": last, "n2": final}), lessons=rows)


def take(mode: str = "coached", pace: float = 0.0, *commands: Command) -> Session:
    session = Session(scene(), clock=StillClock())
    for command in (Start(mode=mode, pace=pace), *commands):  # type: ignore[arg-type]  # a mode
        session.do(command)
    return session


def refusal(session: Session, command: Command) -> str:
    before = (session.state, list(session.events))
    with pytest.raises(Refused) as refused:
        session.do(command)
    assert (session.state, session.events) == before
    return str(refused.value)


# --- beginning


@pytest.mark.parametrize("command", [Say("a"), StaySilent(), Hint(), Rewind(), Pause(), Resume(), Abandon()])
def test_nothing_can_be_done_before_the_start(command):
    with pytest.raises(Refused, match="has not begun"):
        decide(scene(), NEW, command, Stamp())


def test_a_take_begins_once():
    assert "begun already" in refusal(take(), Start())


@pytest.mark.parametrize("pace", [-0.1, 10.5, float("inf"), float("nan")])
def test_a_pace_is_from_0_to_10(pace):
    with pytest.raises(Refused, match="pace"):
        decide(scene(), NEW, Start(pace=pace), Stamp())


def test_a_mode_is_coached_or_assessed():
    with pytest.raises(Refused, match="coached or assessed"):
        decide(scene(), NEW, Start(mode="easy"), Stamp())  # type: ignore[arg-type]  # wrong on purpose


@pytest.mark.parametrize(
    "position",
    [
        Position("nowhere", (2, 0)),
        Position("good", (2, 0)),
        Position("n1", (2,)),
        Position("n1", (9, 0)),
        Position("n1", (2, 0), 8),
        Position("n1", (2, 0), 0, 1),
    ],
)
def test_a_take_cannot_begin_where_the_scenario_has_no_such_place(position):
    with pytest.raises(Refused, match="no such place"):
        decide(scene(), NEW, Start(position=position), Stamp())


def test_a_fork_begins_where_it_is_told():
    forked = Session(scene(), clock=StillClock())
    forked.do(Start(position=Position("n1", (1, 1), 2), parent="earlier#3"))
    assert (forked.state.position, forked.started.parent) == (Position("n1", (1, 1), 2), "earlier#3")


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_learner_without_a_name_is_called_you(name):
    assert Take.start(scene(), learner=name).started.learner == "you"


def test_a_name_comes_in_clean():
    assert Take.start(scene(), learner="Z\x1b[31mo\u202eë").started.learner == "Z\ufffd[31mo\ufffdë"


# --- answering


def test_a_reply_says_what_came_of_it():
    event = take().do(Say("a"))
    assert isinstance(event, Replied)
    assert (event.seq, event.node, event.reply, event.said) == (2, "n0", "a", "Say a.")
    assert (event.after.node, event.says, event.end) == ("n1", "Hm.", "")
    assert event.points == (("active-listening", 2), ("honesty", 1))


def test_a_reply_tells_what_was_on_offer_in_the_order_shown():
    session = take()
    shown = [choice.id for choice in session.replies]
    event = session.do(Say("a"))
    assert isinstance(event, Replied)
    assert [offer.reply for offer in event.offered] == shown


def test_an_ending_comes_with_its_result():
    event = take("coached", 0, Say("a")).do(Say("c"))
    assert isinstance(event, Replied)
    assert (event.end, event.csat, event.resolved, event.acceptable, event.says) == (
        "resolved",
        5,
        True,
        True,
        "Good.",
    )


@pytest.mark.parametrize("id", ["c", "nothing", "", ".", "\x1b[2J"])
def test_only_replies_on_offer_can_be_said(id):
    assert "not among the replies" in refusal(take(), Say(id))


def test_a_refusal_shows_nothing_harmful():
    assert "\x1b" not in refusal(take(), Say("\x1b[2J" * 100))


def test_silence_moves_where_the_node_has_one():
    event = take().do(StaySilent())
    assert isinstance(event, Silent)
    assert event.after == Position("n1", (1, 0))


def test_silence_is_refused_where_the_customer_waits():
    assert "the customer waits" in refusal(take("coached", 0, Say("a")), StaySilent())


def test_a_position_that_offers_nothing_ends_the_take_as_stuck():
    dead_end = made(
        {"n0": node("n0", reply("a", "n0", once=True), silence=QUIET), "n1": node("n1", reply("b", "good"))}
    )
    session = Take.start(dead_end)
    event = session.reply("a")
    assert (event.end, session.state.status, session.replies, session.ending) == ("stuck", "stuck", [], None)


# --- hints


def test_a_hint_is_for_the_lesson_most_at_stake():
    event = take().do(Hint())
    assert isinstance(event, Hinted)
    assert (event.lesson, event.node) == ("active-listening", "n0")


@pytest.mark.parametrize("film", ["Clerks", "clerks", " CLERKS "])
def test_a_favourite_film_is_told_first(film):
    event = take().do(Hint(("Amélie", film)))
    assert isinstance(event, Hinted)
    assert event.lesson == "honesty"


def test_a_favourite_that_does_not_fit_changes_nothing():
    event = take().do(Hint(("Amélie", "")))
    assert isinstance(event, Hinted)
    assert event.lesson == "active-listening"


def test_a_lesson_of_no_film_is_nobodys_favourite():
    rows = scene().lessons | {"honesty": lesson("honesty", "")}
    session = Take.start(replace(scene(), lessons=rows))
    event = session.do(Hint(("",)))
    assert isinstance(event, Hinted)
    assert event.lesson == "active-listening"


def test_there_is_no_hint_where_nothing_is_at_stake():
    assert "No lesson is at stake" in refusal(take("coached", 0, Say("a")), Hint())


def test_there_are_no_hints_in_an_assessed_take():
    assert "no hints" in refusal(take("assessed"), Hint())


def test_a_hint_moves_nothing():
    session = take()
    before = session.state
    session.do(Hint())
    assert session.state == replace(before, seq=2)


# --- going back


def test_a_rewind_takes_back_the_last_decision():
    session = take("coached", 0, Say("a"))
    before = session.state.position
    session.do(Say("d"))
    event = session.do(Rewind())
    assert isinstance(event, Rewound)
    assert (event.back_to, session.state.position, session.says) == (3, before, "Hm.")


def test_a_rewind_goes_back_to_the_decision_that_is_asked_for():
    session = take("coached", 0, Say("a"), Say("d"), Rewind(2))
    assert (session.state.position.node, session.state.decisions) == ("n0", 0)


def test_what_was_taken_back_stays_in_the_log():
    session = take("coached", 0, Say("b"), Rewind(), Say("a"))
    assert [event.reply for event in session.events if isinstance(event, Replied)] == ["b", "a"]


def test_what_was_taken_back_cannot_be_gone_back_to():
    assert "no such decision" in refusal(
        take("coached", 0, Say("a"), Say("d"), Rewind(2), Say("b")), Rewind(3)
    )


def test_there_is_nothing_to_take_back_at_the_start():
    assert "nothing to take back" in refusal(take(), Rewind())


def test_there_is_nothing_to_take_back_after_all_was_taken_back():
    assert "nothing to take back" in refusal(take("coached", 0, Say("a"), Rewind()), Rewind())


@pytest.mark.parametrize("back_to", [1, 3, -1, 99])
def test_only_a_decision_can_be_gone_back_to(back_to):
    assert "no such decision" in refusal(take("coached", 0, Say("a")), Rewind(back_to))


def test_an_assessed_take_cannot_be_rewound():
    assert "cannot be rewound" in refusal(take("assessed", 0, Say("a")), Rewind())


def test_nothing_is_taken_back_after_the_ending():
    assert "is over" in refusal(take("coached", 0, Say("a"), Say("c")), Rewind())


# --- pausing


@pytest.mark.parametrize("command", [Say("a"), StaySilent(), Hint(), Rewind()])
def test_a_paused_take_waits(command):
    assert "paused" in refusal(take("coached", 0, Pause()), command)


def test_a_take_is_paused_once():
    assert "paused already" in refusal(take("coached", 0, Pause()), Pause())


def test_only_a_paused_take_goes_on():
    assert "not paused" in refusal(take(), Resume())


def test_a_take_goes_on_where_it_was_paused():
    session = take()
    before = session.state
    session.do(Pause())
    session.do(Resume())
    assert session.state == replace(before, seq=3)


def test_the_clock_of_an_assessed_node_cannot_be_stopped():
    assert "cannot be stopped" in refusal(take("assessed", 1.0), Pause())


@pytest.mark.parametrize(("mode", "pace"), [("assessed", 0.0), ("coached", 1.0)])
def test_a_take_without_a_clock_or_with_a_coach_can_be_paused(mode, pace):
    assert isinstance(take(mode, pace).do(Pause()), Paused)


def test_an_assessed_take_can_be_paused_where_the_node_has_no_clock():
    assert isinstance(take("assessed", 1.0, Say("a")).do(Pause()), Paused)


def test_anybody_can_leave_an_assessed_node_with_a_clock():
    assert isinstance(take("assessed", 1.0).do(Pause(leaving=True)), Paused)


def test_a_paused_take_can_be_ended():
    assert isinstance(take("coached", 0, Pause()).do(Abandon()), Abandoned)


# --- ending, and after

OVER = {
    "ended": [Say("a"), Say("c")],
    "abandoned": [Abandon()],
}


@pytest.mark.parametrize("how", OVER)
@pytest.mark.parametrize(
    "command", [Start(), Say("a"), StaySilent(), Hint(), Rewind(), Pause(), Resume(), Abandon()], ids=repr
)
def test_nothing_but_remarks_follows_the_end(how, command):
    assert "is over" in refusal(take("coached", 0, *OVER[how]), command)


@pytest.mark.parametrize("how", OVER)
def test_a_remark_is_allowed_after_the_end(how):
    session = take("coached", 0, *OVER[how])
    event = session.do(Remark("note", "well done", about=1, value=4))
    assert isinstance(event, Remarked)
    assert (event.text, event.about, event.value) == ("well done", 1, 4)


def test_a_remark_is_about_an_event_that_is_there():
    assert "no such event" in refusal(take(), Remark("note", about=2))


def test_a_remark_comes_in_clean_and_bounded():
    event = take().do(Remark("note", "\x1b]52;c;\x07" + "x" * 10_000))
    assert isinstance(event, Remarked)
    assert "\x1b" not in event.text
    assert len(event.text) <= 4_000


def test_an_unknown_command_is_refused():
    with pytest.raises(Refused, match="no such command"):
        decide(scene(), NEW, "say hello", Stamp())  # type: ignore[arg-type]  # wrong on purpose


def test_playing_time_never_falls():
    state = take().state
    first = decide(scene(), replace(state, ms=900), Say("a"), Stamp(ms=400))
    assert first.ms == 900


def test_an_event_says_who_made_it_and_for_whom():
    event = decide(scene(), take().state, Remark("note", "slower"), Stamp("noon", 7, "trainer", "learner"))
    assert (event.at, event.ms, event.by, event.to) == ("noon", 7, "trainer", "learner")
