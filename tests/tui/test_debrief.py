"""After the ending: the learner's own judgement, the debrief, the next step, forks and replay."""

from pathlib import Path

from stage import notices, press, program, screen, settled, sheet_of, text_of, type_in

from house import SEED, keep_take, umbrella
from taketwo.session import begin
from taketwo.take.commands import Start
from taketwo.take.events import Remarked, Started
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf
from taketwo.tui.debrief import JudgeScreen

SIZE = (120, 40)


def stage(folder: Path, size=SIZE, **chosen):
    return program(folder, **chosen).run_test(size=size, notifications=True)


async def end(pilot, *replies: str):
    """A take that was just played to its end; it asks for the learner's judgement."""
    await settled(pilot)
    app = pilot.app
    session = begin(app.shelf, umbrella(), Start(learner="Zoë", seed=SEED))
    for reply in replies:
        session.say(reply)
    await app.push_screen(JudgeScreen(session))
    await settled(pilot)
    return session


def remarks(session, topic: str) -> list[Remarked]:
    return [event for event in session.events if isinstance(event, Remarked) and event.topic == topic]


async def test_the_learner_judges_before_anything_is_shown(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "thirty-days", "look")
        shown = text_of(pilot)
        assert "Which reply would you take back?" in shown
        assert "passed" not in shown.casefold()
        await press(pilot, "1", "enter")
        assert "How satisfied is the customer?" in text_of(pilot)


async def test_the_judgement_is_kept_and_set_beside_what_was(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "thirty-days", "look")
        await press(pilot, "1", "enter", "4", "enter")
        (kept,) = remarks(session, "prediction")
        assert (kept.about, kept.value, kept.text) == (2, 4, "We keep things thirty days.")
        assert "You thought the customer was at 4 of 5; it was 5." in sheet_of(pilot)
        assert "that is the one that cost most" in sheet_of(pilot)


async def test_the_judgement_can_be_passed_over(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "thirty-days", "look")
        await press(pilot, "q")
        assert screen(pilot) == "DebriefScreen"
        assert remarks(session, "prediction") == []


async def test_the_debrief_opens_at_its_top_also_on_a_small_screen(tmp_path):
    async with stage(tmp_path, size=(60, 24)) as pilot:
        await end(pilot, "say-back", "look")
        await press(pilot, "q")
        assert "Passed." in text_of(pilot)


async def test_the_debrief_tells_result_outcome_and_critical_errors(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "thirty-days", "promise")
        await press(pilot, "q")
        shown = sheet_of(pilot)
    assert "Not passed: a critical error (you promised what nobody can keep)" in shown
    assert "Lost, CSAT 1 of 5. Craft 0 %; guessing would stand at 50 %." in shown
    assert "The best possible here is 5, the worst 1." in shown
    assert "Critical error: you promised what nobody can keep." in shown


async def test_what_went_well_is_only_what_is_there(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "thirty-days", "promise")
        await press(pilot, "q")
        assert "What went well" not in sheet_of(pilot)


async def test_the_customers_want_and_need_and_the_films_are_told(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "say-back", "look")
        await press(pilot, "q")
        shown = sheet_of(pilot)
    assert "wanted  the umbrella, today" in shown
    assert "needed  not to feel foolish about a keepsake" in shown
    assert "Give back what you heard before you answer. The Terminal (2004)." in shown


async def test_the_better_reply_is_shown_on_request_and_that_is_recorded(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "thirty-days", "look")
        await press(pilot, "q")
        assert "Better here" not in sheet_of(pilot)
        await press(pilot, "enter")
        assert "Better here: “A black one with a duck's head." in sheet_of(pilot)
        assert [remark.about for remark in remarks(session, "better-shown")] == [2]
        await press(pilot, "enter")
        assert len(remarks(session, "better-shown")) == 1


async def test_there_is_nothing_better_than_the_best(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "thirty-days", "look")
        await press(pilot, "q", "down", "enter")
        assert notices(pilot) == ["That was the best on offer."]
        await press(pilot, "enter", "enter")
        assert notices(pilot) == ["That was the best on offer."], "it does not pile up over the text"
        assert remarks(session, "better-shown") == []


async def test_after_a_better_reply_was_shown_later_passes_are_practice(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "thirty-days", "look")
        await press(pilot, "q", "enter", "a")
        assert screen(pilot) == "PlayScreen"
        assert pilot.app.screen.session.started.practised


async def test_from_here_takes_the_scene_up_at_a_decision_and_remembers_its_parent(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "say-back", "promise")
        await press(pilot, "q", "down", "h")
        forked = pilot.app.screen.session
        assert "On the tram, line 4." in text_of(pilot)
        assert forked.started.parent == f"{session.journal.name}#3"
        assert forked.started.after.node == "search"
        assert forked.started.practised


async def test_a_take_that_was_closed_can_be_opened_and_remarked_on_again(tmp_path):
    async with stage(tmp_path) as pilot:
        session = await end(pilot, "say-back", "look")
        await press(pilot, "q", "q", "ctrl+g")
        assert screen(pilot) == "Home"
        pilot.app.open_take(session.journal.name)
        await settled(pilot)
        await press(pilot, "n")
        await type_in(pilot, "a note")
        await press(pilot, "enter")
        assert notices(pilot) == []
    events = read_take(session.journal.path).events
    assert remarks_in(events) == ["a note"]


def remarks_in(events) -> list[str]:
    return [event.text for event in events if isinstance(event, Remarked)]


async def test_the_debrief_ends_with_one_thing_to_try(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "say-back", "look")
        await press(pilot, "q", "q")
        assert "One thing to try next time" in text_of(pilot)
        await type_in(pilot, "Ask one more question")
        await press(pilot, "enter")
        assert screen(pilot) == "Home"
    assert Shelf(tmp_path / "saves").last_try("Zoë") == "Ask one more question"


async def test_an_older_take_does_not_ask_again(tmp_path):
    name = keep_take(Shelf(tmp_path / "saves"), "say-back", "look")
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.open_take(name)
        await settled(pilot)
        await press(pilot, "q")
        assert screen(pilot) == "Home"


async def test_the_curve_and_its_turning_point_are_shown(tmp_path):
    async with stage(tmp_path) as pilot:
        await end(pilot, "say-back", "promise")
        await press(pilot, "q")
        shown = sheet_of(pilot)
    assert "The chance of a good ending" in shown
    assert "The turning point was decision 2" in shown


async def test_a_take_asked_for_on_the_command_line_is_replayed_when_it_is_over(tmp_path):
    name = keep_take(Shelf(tmp_path / "saves"), "say-back", "look")
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        assert screen(pilot) == "ReplayScreen"


async def test_a_take_asked_for_on_the_command_line_goes_on_when_it_is_not(tmp_path):
    name = keep_take(Shelf(tmp_path / "saves"), "say-back")
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        assert screen(pilot) == "PlayScreen"
        assert isinstance(pilot.app.screen.session.events[0], Started)


async def test_the_hollywood_cut_is_played_and_never_kept(tmp_path):
    async with stage(tmp_path, scene="lost-umbrella") as pilot:
        await settled(pilot)
        await press(pilot, "v", "right")
        assert "the Hollywood cut" in text_of(pilot)
        assert "In the films" in text_of(pilot)
    assert Shelf(tmp_path / "saves").rows() == []
