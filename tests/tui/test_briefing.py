"""The briefing: what the learner may know before the first word, and how they want to play."""

from stage import press, program, screen, settled, sheet_of, text_of

from house import keep_take
from taketwo import settings
from taketwo.transcript.shelf import Shelf

SIZE = (80, 24)


async def test_the_briefing_tells_role_situation_facts_and_what_it_is_about(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        shown = sheet_of(pilot)
    assert "You are at the lost-property desk." in shown
    assert "A man has lost an umbrella, Zoë." in shown
    assert "· Items are kept for thirty days." in shown
    assert "What it is about: Active listening" in shown


async def test_wants_and_needs_are_for_the_debrief(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "foolish" not in sheet_of(pilot)


async def test_m_changes_between_coached_and_assessed_and_is_remembered(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "m")
        assert "Assessed: no hints" in text_of(pilot)
        assert settings.load()[0].mode == "assessed"
        await press(pilot, "m")
        assert "Coached: feedback" in text_of(pilot)
        assert settings.load()[0].mode == "coached"


async def test_t_goes_through_the_times_and_round(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        seen = []
        for _ in range(4):
            await press(pilot, "t")
            seen.append(settings.load()[0].time)
    assert seen == ["1", "1.5", "2", "off"]


async def test_time_is_not_asked_where_no_node_has_a_clock(tmp_path):
    async with program(tmp_path, scene="wrong-train").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "t")
        assert "Time" not in text_of(pilot)
    assert settings.load()[0].time == "off"


async def test_w_asks_for_an_answer_in_ones_own_words(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "w")
        assert "In your own words on" in text_of(pilot)
    assert settings.load()[0].own_words is True


async def test_an_assessed_take_has_no_own_words_to_switch_on(tmp_path):
    async with program(tmp_path, scene="lost-umbrella", mode="assessed").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "w")
        assert "own words" not in text_of(pilot)
    assert settings.load()[0].own_words is False


async def test_what_the_learner_wanted_to_try_is_shown_before_the_next_take(tmp_path):
    keep_take(Shelf(tmp_path / "saves"), "say-back", "look", try_next="Ask one more open question")
    async with program(tmp_path, scene="lost-umbrella").run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        assert "Last time you wanted to try" in text_of(pilot)
        assert "Ask one more open question" in text_of(pilot)


async def test_q_and_escape_go_back(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "q")
        assert screen(pilot) == "Home"
        await press(pilot, "enter", "escape")
        assert screen(pilot) == "Home"


async def test_enter_begins(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=SIZE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "PlayScreen"


async def test_a_scene_that_is_not_there_is_told_of(tmp_path):
    async with program(tmp_path, scene="lost-umbrela").run_test(size=SIZE) as pilot:
        await settled(pilot)
        assert "Did you mean lost-umbrella" in sheet_of(pilot)
