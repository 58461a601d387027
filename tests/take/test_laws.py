"""Laws of the machine, for any scenario and any commands."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st
from small_scenarios import ENDINGS, METERS, scenarios

from taketwo.score import score
from taketwo.session import Refused, Session, Take
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
from taketwo.take.events import AnyEvent, Moved, Rewound
from taketwo.take.evolve import evolve, replay
from taketwo.take.machine import Position, machine
from taketwo.take.state import NEW, State

any_position = st.builds(
    Position,
    st.sampled_from(["n0", "n1", "good", "nowhere", ""]),
    st.lists(st.integers(-3, 5), max_size=3).map(tuple),
    st.integers(-1, 9),
    st.integers(-1, 9),
)
sensible: st.SearchStrategy[Command] = st.sampled_from(
    [Say("a"), Say("b"), Say("a"), Say("b"), Say("c"), StaySilent(), Hint(), Rewind(), Pause(), Resume()]
)
anything: st.SearchStrategy[Command] = st.one_of(
    st.builds(Say, st.text(max_size=5)),
    st.builds(Rewind, st.integers(-2, 30)),
    st.builds(Pause, st.booleans()),
    st.builds(Hint, st.lists(st.text(max_size=5), max_size=2).map(tuple)),
    st.builds(Remark, st.sampled_from(["note", "label"]), st.text(), st.integers(-2, 30), st.integers()),
    st.builds(
        Start,
        st.text(max_size=5),
        st.integers(),
        st.sampled_from(["coached", "assessed"]),
        st.floats(),
        position=st.none() | any_position,
    ),
    st.just(Abandon()),
)
starts = st.builds(
    Start,
    learner=st.text(max_size=5),
    seed=st.integers(0, 2**31 - 1),
    mode=st.sampled_from(["coached", "coached", "assessed"]),
    pace=st.sampled_from([0.0, 1.0]),
)
plays = st.lists(
    st.tuples(st.one_of(sensible, sensible, sensible, anything), st.integers(-5, 50)), max_size=15
)
"""commands, each with the milliseconds since the one before, which a bad clock may make negative"""
any_scene = scenarios(cycles=True).filter(lambda scene: machine(scene).offered(machine(scene).start()))


def live(scenario, start, commands) -> tuple[State, list[AnyEvent]]:
    """The state reached and the events made; whatever is refused is passed over."""
    event = decide(scenario, NEW, start, Stamp())
    state, events, ms = evolve(NEW, event), [event], 0
    for command, later in commands:
        ms += later
        try:
            event = decide(scenario, state, command, Stamp(ms=ms))
        except Refused:
            continue
        state = evolve(state, event)
        events.append(event)
    return state, events


@given(any_scene, starts, plays, anything)
def test_a_command_is_obeyed_or_refused_and_nothing_else(scenario, start, commands, last):
    state, _ = live(scenario, start, commands)
    for given_state in (state, NEW):
        try:
            event = decide(scenario, given_state, last, Stamp(ms=1))
        except Refused as refused:
            assert str(refused)
        else:
            assert evolve(given_state, event).seq == given_state.seq + 1


@given(any_scene, starts, plays)
def test_replaying_the_events_gives_the_state_that_was_reached(scenario, start, commands):
    state, events = live(scenario, start, commands)
    again = replay(events)
    assert again == state
    assert [step.seq for step in (again.trail.back() if again.trail else ())] == [
        step.seq for step in (state.trail.back() if state.trail else ())
    ]


@given(any_scene, starts, plays)
def test_a_session_read_back_stands_where_it_stood(scenario, start, commands):
    _, events = live(scenario, start, commands)
    one, other = Session(scenario, events), Session(scenario, events[:-1])
    other.state = evolve(other.state, events[-1])
    other.events.append(events[-1])
    assert (one.state, one.replies, one.says, one.meters) == (
        other.state,
        other.replies,
        other.says,
        other.meters,
    )


@given(any_scene, starts, plays)
def test_playing_time_never_falls_and_no_number_is_left_out(scenario, start, commands):
    _, events = live(scenario, start, commands)
    assert [event.seq for event in events] == list(range(1, len(events) + 1))
    assert [event.ms for event in events] == sorted(event.ms for event in events)


@given(any_scene, starts, plays)
def test_meters_stay_within_their_bounds(scenario, start, commands):
    _, events = live(scenario, start, commands)
    for event in events:
        if isinstance(event, Moved):
            for meter, value in zip(METERS.values(), event.after.meters, strict=True):
                assert meter.low <= value <= meter.high


@given(any_scene, starts, plays)
def test_a_rewind_leads_back_to_before_the_decision(scenario, start, commands):
    _, events = live(scenario, start, commands)
    states = [NEW]
    for event in events:
        states.append(evolve(states[-1], event))
    for event in events:
        if isinstance(event, Rewound):
            before, after = states[event.back_to - 1], states[event.seq]
            assert replace(after, seq=0, ms=0) == replace(before, seq=0, ms=0)
            assert after.decisions == before.decisions


@given(any_scene, starts, plays)
def test_what_happens_once_happens_once(scenario, start, commands):
    _, events = live(scenario, start, commands)
    if any(isinstance(event, Rewound) for event in events):
        return
    fired = [event.interrupt for event in events if isinstance(event, Moved) and event.interrupt]
    assert len(fired) == len(set(fired))


@given(any_scene, starts, plays)
def test_a_take_is_over_exactly_when_an_event_says_so(scenario, start, commands):
    state, events = live(scenario, start, commands)
    ends = [event.end for event in events if isinstance(event, Moved) and event.end]
    assert len(ends) <= 1
    assert (state.status in ("ended", "stuck")) == bool(ends)
    assert (state.position.node in ENDINGS) == (state.status == "ended")


@given(any_scene, starts, plays)
def test_the_same_commands_give_the_same_events(scenario, start, commands):
    assert live(scenario, start, commands) == live(scenario, start, commands)


@given(any_scene, st.integers(0, 99), st.lists(st.integers(0, 3), max_size=6))
def test_order_and_texts_do_not_depend_on_the_way(scenario, seed, picks):
    take = Take.start(scenario, seed=seed)
    for pick in picks:
        if not take.replies:
            break
        shown = [move.reply.id for move in machine(scenario).shown(take.state.position, seed)]
        assert [choice.id for choice in take.replies] == shown
        assert set(shown) == {move.reply.id for move in machine(scenario).offered(take.state.position)}
        take.reply(take.replies[pick % len(take.replies)].id)


@given(any_scene, starts, plays)
def test_craft_is_a_share_and_guessing_stands_between_worst_and_best(scenario, start, commands):
    _, events = live(scenario, start, commands)
    result = score(events)
    for tally in (result.overall, *result.lessons.values(), *result.skills.values()):
        assert tally.share is None or 0 <= tally.share <= 1
        assert tally.guess is None or 0 < tally.guess < 1


@given(any_scene, starts, plays)
def test_a_score_does_not_change_with_remarks_and_pauses(scenario, start, commands):
    _, events = live(scenario, start, commands)
    said = [event for event in events if isinstance(event, Moved | Rewound) or event.seq == 1]
    assert score(said).craft == score(events).craft
