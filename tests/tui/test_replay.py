"""The replay on the full screen: playing, stepping, winding, marks, notes, what was taken back."""

import pytest
from stage import SIZES, notices, press, program, screen, settled, sheet_of, text_of, type_in

from forked import busy_take, keep_busy, keep_fork
from house import HandClock, keep_take
from taketwo.take.events import Remarked
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf
from taketwo.tui.reelbar import ReelBar
from taketwo.tui.replay import ReplayScreen


def stage(folder, size=(120, 40), take="", **chosen):
    return program(folder, take=take, **chosen).run_test(size=size, notifications=True)


async def opened(pilot, clock=None, **how) -> ReplayScreen:
    """The busy take in memory, replayed by a clock that is moved by hand."""
    await settled(pilot)
    replay = ReplayScreen(busy_take(), clock=clock or HandClock(), **how)
    await pilot.app.push_screen(replay)
    await settled(pilot)
    return replay


async def later(pilot, replay, clock, seconds: float) -> str:
    clock.advance(seconds)
    replay.tick()
    await settled(pilot)
    return text_of(pilot)


def where(pilot) -> str:
    return text_of(pilot).splitlines()[0].strip()


async def test_a_take_plays_at_real_pace(tmp_path):
    clock = HandClock()
    async with stage(tmp_path) as pilot:
        replay = await opened(pilot, clock)
        assert where(pilot) == "replay · 0 of 2 decisions · 0:00 of 0:40 · Ⅱ · The Lost Umbrella"
        await press(pilot, "space")
        assert "A hint" not in await later(pilot, replay, clock, 4.9)
        assert "0:05 left" not in text_of(pilot)
        assert "The customer waits: 0:05, 0:15 left." in text_of(pilot)
        assert "A hint" in await later(pilot, replay, clock, 0.2)
        assert "We keep things thirty days." in await later(pilot, replay, clock, 5)
        assert "1 of 2 decisions · 0:10 of 0:40 · ▶ real pace" in where(pilot)


@pytest.mark.parametrize("pace", [2, 4, 8])
async def test_a_take_plays_faster(tmp_path, pace):
    clock = HandClock()
    async with stage(tmp_path) as pilot:
        replay = await opened(pilot, clock)
        await press(pilot, str(pace))
        shown = await later(pilot, replay, clock, 10 / pace)
        assert f"0:10 of 0:40 · ▶ {pace}× pace" in shown


async def test_it_holds_and_plays_on_and_stops_at_the_end(tmp_path):
    clock = HandClock()
    async with stage(tmp_path) as pilot:
        replay = await opened(pilot, clock, pace="real")
        assert "0:05 of 0:40" in await later(pilot, replay, clock, 5)
        await press(pilot, "space")
        assert "0:05 of 0:40 · Ⅱ" in await later(pilot, replay, clock, 30)
        await press(pilot, "p")
        assert "2 of 2 decisions · 0:40 of 0:40 · Ⅱ" in await later(pilot, replay, clock, 100)
        await press(pilot, "space")
        assert "0 of 2 decisions · 0:00 of 0:40 · ▶" in where(pilot)


async def test_it_stands_still_behind_another_screen(tmp_path):
    clock = HandClock()
    async with stage(tmp_path) as pilot:
        replay = await opened(pilot, clock, pace="real")
        await press(pilot, "question_mark")
        await later(pilot, replay, clock, 20)
        await press(pilot, "q")
        assert "0:00 of 0:40" in await later(pilot, replay, clock, 0)


async def test_it_is_stepped_through_forth_and_back(tmp_path):
    async with stage(tmp_path) as pilot:
        replay = await opened(pilot)
        seen = [sheet_of(pilot, "#talk")]
        for _ in replay.session.events[1:]:
            await press(pilot, "right")
            seen.append(sheet_of(pilot, "#talk"))
        assert len(set(seen)) == len(seen)
        assert "He turns and goes." in seen[-1]
        for before in reversed(seen[:-1]):
            await press(pilot, "b")
            assert sheet_of(pilot, "#talk") == before
        await press(pilot, "end")
        assert "2 of 2 decisions" in where(pilot)
        await press(pilot, "home")
        assert "0 of 2 decisions" in where(pilot)


async def test_hints_pauses_and_what_was_taken_back_are_shown_as_such(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        await press(pilot, "right", "right")
        assert "Taken back later." in sheet_of(pilot, "#talk")
        await press(pilot, "end")
        shown = sheet_of(pilot, "#talk")
    assert "A hint: " in shown
    assert "· Paused." in shown and "· Went on." in shown
    assert "┆ Taken back." in shown
    assert "┆ You: We keep things thirty days." in shown
    assert "↶ Taken back, to before decision 1." in shown
    assert "✎ Note about decision" not in shown and "✎ Now he listens." in shown


async def test_feedback_and_review_stand_beside(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        await press(pilot, "end")
        beside = sheet_of(pilot, "#beside")
    assert "Patience: calm, 7 of 10" in beside
    assert "Decision 2" in beside and "Answered after 0:15." in beside
    assert "▼ The turning point. Closed a door" in beside
    assert "Critical error: you promised what nobody can keep." in beside


async def test_marks_are_gone_to_forth_and_back(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        await press(pilot, "m")
        assert "2 of 2 decisions · 0:40" in where(pilot)
        assert "2 ! Critical error" in sheet_of(pilot, "#talk")
        await press(pilot, "m")
        assert notices(pilot) == ["There is no further mark."]
        await press(pilot, "M")
        assert notices(pilot)[-1] == "There is no mark before this."


@pytest.mark.parametrize(
    ("typed", "there"),
    [("1", "1 of 2 decisions · 0:25"), ("0:12", "1 of 2 decisions · 0:12"), ("0", "0 of 2 decisions · 0:00")],
)
async def test_a_decision_or_a_moment_is_gone_to(tmp_path, typed, there):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        await press(pilot, "end", "g")
        await type_in(pilot, typed)
        await press(pilot, "enter")
        assert there in where(pilot)


async def test_a_place_that_is_not_there_is_said_to_be_none(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        await press(pilot, "g")
        await type_in(pilot, "nine")
        await press(pilot, "enter")
        assert notices(pilot) == ["There is no such place. A number is a decision, 2:05 is a moment."]


async def test_the_bar_shows_curve_and_marks_and_is_wound_by_keys_and_mouse(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        bar = text_of(pilot).splitlines()[-3:-1]
        assert set(bar[0].strip()) <= set("┃▁▂▃▄▅▆▇█") and bar[0].strip().endswith("▁")
        assert bar[1].strip() == "!"
        await press(pilot, "right_square_bracket", "right_square_bracket")
        assert "0:04 of 0:40" in where(pilot)
        await press(pilot, "left_square_bracket")
        assert "0:02 of 0:40" in where(pilot)
        width = pilot.app.screen.query_one(ReelBar).size.width
        await pilot.click(ReelBar, offset=(width // 2, 0))
        await settled(pilot)
        assert "0:20 of 0:40" in where(pilot)
        await pilot.click(ReelBar, offset=(width - 1, 1))
        await settled(pilot)
        assert "0:40 of 0:40" in where(pilot)


async def test_a_note_is_kept_with_its_moment_and_shown_there(tmp_path):
    name = keep_busy(Shelf(tmp_path / "saves"))
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        await press(pilot, "right", "right", "n")
        await type_in(pilot, "That was cold.")
        await press(pilot, "enter")
        assert "✎ That was cold." in sheet_of(pilot, "#talk")
        assert notices(pilot) == []
    events = read_take(Shelf(tmp_path / "saves").find(name)).events
    (note,) = [e for e in events if isinstance(e, Remarked) and e.text == "That was cold."]
    assert (note.topic, note.about) == ("note", 3)


async def test_what_if_goes_on_from_any_decision_also_from_one_that_was_taken_back(tmp_path):
    name = keep_busy(Shelf(tmp_path / "saves"))
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        await press(pilot, "right", "right", "h")
        assert screen(pilot) == "PlayScreen"
        started = pilot.app.screen.session.started
    assert started.parent == f"{name}#3"
    assert started.after.node == "opening"


async def test_takes_that_part_here_are_counted_and_lead_to_the_tree(tmp_path):
    shelf = Shelf(tmp_path / "saves")
    name = keep_busy(shelf)
    for _ in range(2):
        keep_fork(shelf, name, 1, "say-back", "look")
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        await press(pilot, "right", "right")
        assert "3 takes part here. w shows them." in " ".join(sheet_of(pilot, "#beside").split())
        await press(pilot, "w")
        assert screen(pilot) == "TreeScreen"
        await press(pilot, "enter")
        assert screen(pilot) == "ReplayScreen"


async def test_a_fork_tells_that_takes_part_where_it_begins(tmp_path):
    shelf = Shelf(tmp_path / "saves")
    fork = keep_fork(shelf, keep_busy(shelf), 1, "say-back", "look")
    async with stage(tmp_path, take=fork) as pilot:
        await settled(pilot)
        assert "Taken up from a decision of an earlier take." in sheet_of(pilot, "#talk")
        assert "2 takes part here." in sheet_of(pilot, "#beside")
        await press(pilot, "right")
        assert "takes part here" not in sheet_of(pilot, "#beside")


async def test_a_take_without_time_is_stepped_through_alone(tmp_path):
    name = keep_take(Shelf(tmp_path / "saves"), "say-back", "look")
    async with stage(tmp_path, take=name) as pilot:
        await settled(pilot)
        assert screen(pilot) == "ReplayScreen"
        await press(pilot, "right", "enter")
        assert "2 of 2 decisions" in where(pilot)


@pytest.mark.parametrize("size", [*SIZES, (20, 5), (1, 1)], ids=str)
async def test_it_can_be_walked_at_any_size(tmp_path, size):
    async with stage(tmp_path, size=size) as pilot:
        await opened(pilot)
        await press(pilot, "right", "m", "pagedown", "pageup", "end", "home", "right_square_bracket")
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        assert "replay" in where(pilot)


async def test_on_a_narrow_screen_it_stands_below(tmp_path):
    async with stage(tmp_path, size=(80, 24)) as pilot:
        await opened(pilot)
        await press(pilot, "end")
        shown = text_of(pilot)
    assert "Patience: calm, 7 of 10" in shown
    assert shown.index("He turns and goes.") < shown.index("Decision 2")


async def test_closed_it_goes_back_to_where_it_was_opened(tmp_path):
    name = keep_take(Shelf(tmp_path / "saves"), "say-back", "look")
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.open_take(name)
        await settled(pilot)
        await press(pilot, "r", "q")
        assert screen(pilot) == "DebriefScreen"
        await press(pilot, "n")
        await type_in(pilot, "still open")
        await press(pilot, "enter")
        assert notices(pilot) == []
