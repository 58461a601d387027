"""Play: saying, hints, going back, own words, silence, notes, the clock, leaving."""

from pathlib import Path

from stage import notices, press, program, screen, settled, sheet_of, text_of, type_in
from textual.widgets import Input

from house import SEED, HandClock, umbrella
from taketwo.session import Session
from taketwo.take.commands import Start
from taketwo.take.events import Hinted, Paused, Remarked, Replied, Rewound, Silent
from taketwo.transcript.shelf import Shelf
from taketwo.tui.play import PlayScreen

SIZE = (120, 40)


def hand_played(clock: HandClock, mode: str = "coached", pace: float = 1.0) -> Session:
    """A take in memory, on a clock that is moved by hand."""
    session = Session(umbrella(), clock=clock)
    session.do(Start(learner="Zoë", seed=SEED, mode=mode, pace=pace))  # type: ignore[arg-type]  # a mode
    return session


async def open_play(pilot) -> Session:
    """From the briefing into the play."""
    await settled(pilot)
    await press(pilot, "enter")
    return pilot.app.screen.session


async def push(pilot, session: Session) -> PlayScreen:
    await settled(pilot)
    await pilot.app.push_screen(PlayScreen(session))
    await settled(pilot)
    return pilot.app.screen


def stage(folder: Path, size=SIZE, **chosen):
    return program(folder, scene="lost-umbrella", **chosen).run_test(size=size, notifications=True)


# --- saying


async def test_a_digit_moves_and_says_nothing(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "2")
        assert len(session.events) == 1
        assert "▸2 A black one" in text_of(pilot)


async def test_enter_says_the_reply_under_the_cursor(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "2", "enter")
        event = session.events[-1]
        assert isinstance(event, Replied)
        assert event.reply == "say-back"


async def test_arrows_move_between_replies(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "down", "down", "up", "down", "enter")
        assert session.events[-1].reply == "say-back"


async def test_a_digit_beyond_the_replies_does_nothing(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "9", "0")
        assert "▸1" in text_of(pilot)
        assert len(session.events) == 1


async def test_after_a_reply_the_learner_reads_what_it_did(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        await press(pilot, "1", "enter")
        shown = text_of(pilot)
    assert "Active listening -1, a slip." in shown
    assert "Patience falls by 2, to 4 of 10: tense." in shown
    assert "True, and an answer to a question that nobody asked." in shown


async def test_meters_are_told_in_words(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        assert "Patience: tense, 6 of 10" in text_of(pilot)


async def test_an_assessed_take_shows_no_meters_and_no_feedback(tmp_path):
    async with stage(tmp_path, mode="assessed") as pilot:
        await open_play(pilot)
        await press(pilot, "1", "enter")
        shown = text_of(pilot)
    assert "Patience" not in shown
    assert "slip" not in shown
    assert "weakest" not in shown


async def test_an_assessed_take_has_no_help_and_no_way_back(tmp_path):
    async with stage(tmp_path, mode="assessed") as pilot:
        session = await open_play(pilot)
        await press(pilot, "1", "enter", "h", "u", "w")
        assert len(session.events) == 2


# --- hint, take back, silence


async def test_a_hint_is_told_through_its_film(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "h")
        assert isinstance(session.events[-1], Hinted)
        assert "What would Viktor do? The Terminal (2004)." in sheet_of(pilot, "#talk")


async def test_a_favourite_film_comes_first(tmp_path):
    async with stage(tmp_path, films=("Clerks",)) as pilot:
        await open_play(pilot)
        await press(pilot, "2", "enter", "h")
        assert "What did Dante miss?" in sheet_of(pilot, "#talk")


async def test_the_last_reply_can_be_taken_back(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "1", "enter", "u")
        assert isinstance(session.events[-1], Rewound)
        assert "It is black." in text_of(pilot)
        assert "Patience: tense, 6 of 10" in text_of(pilot)
        assert notices(pilot) == ["Taken back. The first try stays in the record."]


async def test_there_is_nothing_to_take_back_at_first(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "u")
        assert len(session.events) == 1
        assert "Take back" not in text_of(pilot)


async def test_a_full_stop_is_silence(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "full_stop")
        assert isinstance(session.events[-1], Silent)
        assert "Are you even listening?" in text_of(pilot)


async def test_silence_is_not_offered_where_the_customer_waits(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "2", "enter", "full_stop")
        assert "Stay silent" not in text_of(pilot)
        assert not any(isinstance(event, Silent) for event in session.events)


# --- own words, notes


async def test_own_words_come_before_the_replies(tmp_path):
    async with stage(tmp_path, own_words=True) as pilot:
        session = await open_play(pilot)
        assert "What would you say?" in text_of(pilot)
        assert "We keep things thirty days." not in text_of(pilot)
        await type_in(pilot, "So it is black?")
        await press(pilot, "enter")
        assert "We keep things thirty days." in text_of(pilot)
        remark = session.events[-1]
        assert isinstance(remark, Remarked)
        assert (remark.topic, remark.text) == ("own-words", "So it is black?")


async def test_own_words_stand_beside_other_good_words_afterwards(tmp_path):
    async with stage(tmp_path, own_words=True) as pilot:
        await open_play(pilot)
        await type_in(pilot, "So it is black?")
        await press(pilot, "enter", "2", "enter")
        talk = sheet_of(pilot, "#talk")
    assert "In your own words: So it is black?" in talk
    assert "A duck's head, you say. When did you last hold it?" in talk


async def test_own_words_said_aloud_are_passed_with_enter(tmp_path):
    async with stage(tmp_path, own_words=True) as pilot:
        session = await open_play(pilot)
        await press(pilot, "enter")
        assert len(session.events) == 1
        assert "We keep things thirty days." in text_of(pilot)


async def test_letters_and_digits_are_words_while_the_learner_types(tmp_path):
    async with stage(tmp_path, own_words=True) as pilot:
        session = await open_play(pilot)
        await press(pilot, *"hu1wqp.x")
        assert pilot.app.screen.query_one("#own", Input).value == "hu1wqp.x"
        assert len(session.events) == 1


async def test_w_switches_own_words_for_this_take(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        await press(pilot, "w")
        assert "What would you say?" in text_of(pilot)


async def test_what_a_reply_brings_out_joins_the_notes(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        await press(pilot, "2", "enter")
        assert "He rode on line 4." in sheet_of(pilot, "#facts")


async def test_f_shows_the_notes_on_a_narrow_screen(tmp_path):
    async with stage(tmp_path, size=(60, 24)) as pilot:
        await open_play(pilot)
        await press(pilot, "f")
        assert screen(pilot) == "Page"
        assert "· Items are kept for thirty days." in text_of(pilot)
        await press(pilot, "q")
        assert screen(pilot) == "PlayScreen"


async def test_n_notes_something_down(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "n")
        await type_in(pilot, "ask for the tram's number")
        await press(pilot, "enter")
        note = session.events[-1]
        assert isinstance(note, Remarked)
        assert (note.topic, note.text, note.about) == ("note", "ask for the tram's number", 1)


# --- pause, leaving, ending


async def test_a_pause_hides_the_replies_and_p_goes_on(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        await press(pilot, "p")
        assert "Paused. p goes on." in text_of(pilot)
        assert "We keep things thirty days." not in text_of(pilot)
        await press(pilot, "p")
        assert "We keep things thirty days." in text_of(pilot)


async def test_nothing_can_be_said_while_paused(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "1", "enter", "p", "enter", "1", "h", "u", "full_stop", "w")
        assert session.state.status == "paused"
        assert len(session.events) == 3
        assert "I will look on the shelf" not in text_of(pilot)


async def test_leaving_keeps_the_take_for_later(tmp_path):
    async with stage(tmp_path) as pilot:
        await open_play(pilot)
        await press(pilot, "2", "enter", "q")
        assert screen(pilot) == "Home"
        assert notices(pilot) == ["Kept. It waits under “Go on with”."]
    (row,) = Shelf(tmp_path / "saves").unfinished()
    assert row.decisions == 1


async def test_a_take_that_was_left_waits_on_top_and_goes_on(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "2", "enter", "q")
        assert isinstance(session.events[-1], Paused)
        await press(pilot, "ctrl+home", "enter")
        assert screen(pilot) == "PlayScreen"
        await press(pilot, "2", "enter")
        assert screen(pilot) == "JudgeScreen"


async def test_quitting_the_program_keeps_the_take_and_says_so_by_its_exit_code(tmp_path):
    app = program(tmp_path, scene="lost-umbrella")
    async with app.run_test(size=SIZE) as pilot:
        await open_play(pilot)
        await press(pilot, "2", "enter", "ctrl+q")
    assert app.return_value == 3
    assert len(Shelf(tmp_path / "saves").unfinished()) == 1


async def test_a_take_is_ended_after_asking_once(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "x", "n")
        assert session.state.status == "playing"
        await press(pilot, "x", "y")
        assert session.state.status == "abandoned"
        assert screen(pilot) == "DebriefScreen"


# --- the clock


async def test_time_that_runs_out_is_silence(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock))
        clock.advance(19.9)
        play._tick()
        assert len(play.session.events) == 1
        clock.advance(0.2)
        play._tick()
        await settled(pilot)
        assert isinstance(play.session.events[-1], Silent)
        assert "Are you even listening?" in text_of(pilot)


async def test_the_bar_shows_the_seconds_that_are_left(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock))
        clock.advance(5)
        play._tick()
        await settled(pilot)
        assert "0:15 left" in text_of(pilot)


async def test_twice_the_time_is_twice_the_time(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock, pace=2.0))
        clock.advance(39)
        play._tick()
        assert len(play.session.events) == 1
        clock.advance(2)
        play._tick()
        assert isinstance(play.session.events[-1], Silent)


async def test_a_pause_stops_the_clock_and_it_goes_on_with_what_was_left(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock))
        clock.advance(5)
        await press(pilot, "p")
        clock.advance(1000)
        play._tick()
        await press(pilot, "p")
        assert play.session.time_left() == 15


async def test_the_clock_runs_while_a_question_is_open(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock))
        await press(pilot, "n")
        clock.advance(21)
        play._tick()
        await settled(pilot)
        assert isinstance(play.session.events[-1], Silent)
        await press(pilot, "ctrl+g")
        assert screen(pilot) == "PlayScreen"


async def test_time_that_ends_the_take_while_a_question_is_open_leads_to_the_debrief(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock))
        play.session.stay_silent()
        play._turn()
        await press(pilot, "n")
        clock.advance(21)
        play._tick()
        await settled(pilot)
        assert play.session.state.status == "ended"
        await press(pilot, "ctrl+g")
        await settled(pilot)
        assert screen(pilot) == "JudgeScreen"


async def test_an_assessed_node_with_a_clock_cannot_be_paused(tmp_path):
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(HandClock(), mode="assessed"))
        await press(pilot, "p")
        assert play.session.state.status == "playing"
        assert "Pause" not in text_of(pilot)


async def test_without_a_pace_no_clock_runs(tmp_path):
    clock = HandClock()
    async with program(tmp_path).run_test(size=SIZE) as pilot:
        play = await push(pilot, hand_played(clock, pace=0.0))
        clock.advance(1000)
        play._tick()
        assert len(play.session.events) == 1


# --- trouble


async def test_a_take_that_cannot_be_saved_says_so_and_goes_on(tmp_path):
    (tmp_path / "saves").write_text("a file where the folder should be")
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        assert session.unsaved
        assert any("A part of the path is not a folder" in notice for notice in notices(pilot))
        await press(pilot, "2", "enter", "2", "enter")
        assert screen(pilot) == "JudgeScreen"


async def test_a_take_that_cannot_be_saved_can_be_saved_elsewhere(tmp_path):
    (tmp_path / "saves").write_text("a file where the folder should be")
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "2", "enter", "s")
        await type_in(pilot, str(tmp_path / "elsewhere"))
        await press(pilot, "enter")
        assert session.unsaved == ""
        await press(pilot, "2", "enter")
    (row,) = Shelf(tmp_path / "elsewhere").rows()
    assert (row.status, row.decisions) == ("ended", 2)


async def test_saving_elsewhere_that_fails_too_says_why(tmp_path):
    (tmp_path / "saves").write_text("a file where the folder should be")
    async with stage(tmp_path) as pilot:
        session = await open_play(pilot)
        await press(pilot, "s")
        await type_in(pilot, str(tmp_path / "saves" / "inside"))
        await press(pilot, "enter")
        assert session.unsaved
        assert "not a folder" in notices(pilot)[-1]
