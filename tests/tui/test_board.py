"""The board of a class on the full screen, with thirty learners at the other ends of wires."""

import re

import pytest
from board_stage import NAMES, Class
from stage import SIZES, TINY, notices, press, screen, sheet_of, text_of, type_in

from house import umbrella
from taketwo.analysis.background import solving
from taketwo.tui.live_sheet import LiveSheet


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def room(tmp_path):
    return Class(tmp_path)


async def test_the_invitation_stands_there_until_somebody_comes(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.open(pilot)
        assert room.hosting.invitation()[:20] in text_of(pilot)
        room.knock("Ada")
        await room.seen(pilot)
        assert room.hosting.invitation()[:20] not in text_of(pilot)
        await press(pilot, "i")
        assert room.hosting.invitation() in sheet_of(pilot)


async def test_people_come_one_by_one_or_all_at_once_and_all_begin(room):
    async with room.app.run_test(size=(120, 40), notifications=True) as pilot:
        await room.open(pilot)
        room.knock("Ada", "Ben", "Cem")
        await room.seen(pilot)
        assert "3 at the door" in text_of(pilot) and "Ben asks to come in" in text_of(pilot)
        await press(pilot, "down", "l")
        assert "Ben is in." in notices(pilot)
        await press(pilot, "L")
        assert "2 learners let in." in notices(pilot)
        await room.seen(pilot)
        assert "has to agree" in text_of(pilot)
        await room.agree(pilot)
        assert text_of(pilot).count("ready") == 3
        await press(pilot, "s")
        await room.seen(pilot)
        assert "3 takes begun." in notices(pilot)
        assert {guest.view.title for guest in room.guests.values()} == {"The Lost Umbrella"}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_line_for_each_of_thirty_in_columns_that_fit(room, size):
    solving(umbrella()).result()
    async with room.app.run_test(size=size) as pilot:
        await room.playing(pilot, *NAMES)
        room.say("Learner 05")
        room.guests["Learner 02"].do("remark", "help")
        room.wires["Learner 03"].cut()
        await room.seen(pilot)
        lines = [line for line in text_of(pilot).splitlines() if re.search(r"Learner \d\d ", line)]
        assert len(lines) >= min(30, size[1] - 8)
        assert "30 in · 1 asking for help · 1 cut off" in text_of(pilot)
        assert "asks for help" in lines[1] and "cut off" in lines[2]
        columns = lines[4].split()
        assert columns[:3] == ["Learner", "05", "2"] and columns[-1].strip()
        assert all(len(line) <= size[0] for line in text_of(pilot).splitlines())


async def test_only_the_lines_that_changed_are_drawn_again(room, monkeypatch):
    async with room.app.run_test(size=(120, 40)) as pilot:
        await room.playing(pilot, *NAMES)
        drawn = []
        real = LiveSheet.refresh_lines
        monkeypatch.setattr(
            LiveSheet, "refresh_lines", lambda self, y, n=1: drawn.append(y) or real(self, y, n)
        )
        monkeypatch.setattr(LiveSheet, "show", lambda *args, **more: drawn.append("all"))
        room.say("Learner 05")
        await room.seen(pilot)
        assert drawn == [5]


async def test_many_events_at_once_are_one_picture(room, monkeypatch):
    async with room.app.run_test(size=(120, 40)) as pilot:
        await room.playing(pilot, *NAMES)
        board = pilot.app.screen
        pictures = []
        monkeypatch.setattr(board, "set_timer", lambda delay, call: pictures.append(delay) or object())
        board._due = None
        for name in NAMES:
            room.say(name)
        assert len(pictures) == 1 and pictures[0] <= 0.1


async def test_the_cursor_stays_with_its_learner_when_somebody_else_knocks(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.playing(pilot, "Ada", "Ben")
        await press(pilot, "down")
        key = pilot.app.screen.query_one(LiveSheet).key
        room.knock("Cem")
        await room.seen(pilot)
        assert pilot.app.screen.query_one(LiveSheet).key == key


async def test_a_jumps_to_whoever_asks_for_help(room):
    async with room.app.run_test(size=(120, 40)) as pilot:
        await room.playing(pilot, *NAMES)
        room.guests["Learner 21"].do("remark", "help")
        await room.seen(pilot)
        await press(pilot, "a")
        assert room.hosting.host.pairs[20].learner == "Learner 21"
        assert pilot.app.screen.all.pair_of(pilot.app.screen.query_one(LiveSheet).key).learner == "Learner 21"


async def test_a_note_reaches_everybody(room):
    async with room.app.run_test(size=(80, 24), notifications=True) as pilot:
        await room.playing(pilot, "Ada", "Ben")
        await press(pilot, "b")
        await type_in(pilot, "Two minutes left.")
        await press(pilot, "enter")
        await room.seen(pilot)
        assert "Sent to 2 learners." in notices(pilot)
        assert {guest.message for guest in room.guests.values()} == {"Two minutes left."}


async def test_results_are_shown_and_written_as_a_table(room, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    async with room.app.run_test(size=(120, 40), notifications=True) as pilot:
        await room.playing(pilot, "Ada", "Ben")
        while not room.guests["Ada"].opened:
            room.say("Ada")
        await room.seen(pilot)
        await press(pilot, "r")
        shown = sheet_of(pilot)
        assert "2 takes, 1 over" in shown and "Ada · The Lost Umbrella" in shown and "Goes on" in shown
        await press(pilot, "q", "x", "enter")
        file = next(tmp_path.glob("results-*.csv"))
        assert file.read_text().splitlines()[1].startswith("Ada,lost-umbrella,The Lost Umbrella,ended")


async def test_what_cannot_be_done_is_said(room):
    async with room.app.run_test(size=(80, 24), notifications=True) as pilot:
        await room.open(pilot)
        await press(pilot, "l", "L", "s", "b", "r", "x", "z")
        assert screen(pilot) == "BoardScreen"
        room.knock("Ada")
        await room.seen(pilot)
        await press(pilot, "enter")
        await room.seen(pilot)
        await press(pilot, "enter")
        assert "They have to say yes to being watched first." in notices(pilot)
        await room.agree(pilot)
        await press(pilot, "enter")
        assert "No take has begun. s begins one for everybody who is ready." in notices(pilot)


async def test_names_from_outside_are_text(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.playing(pilot, "[red]Ada[/]\x1b[2J", "  wide 名前名前名前名前名前名前")
        shown = text_of(pilot)
        assert "[red]Ada[/]" in shown and "\x1b" not in shown


async def test_threes_begin_and_move_on(room):
    async with room.app.run_test(size=(120, 40), notifications=True) as pilot:
        await room.open(pilot)
        room.knock("Ada", "Ben", "Cem")
        await press(pilot, "L")
        await room.seen(pilot)
        await room.agree(pilot)
        await press(pilot, "t")
        await room.seen(pilot)
        assert "Turn 1: 1 take begun." in notices(pilot)
        assert "customer for Ada" in text_of(pilot) and "observes Ada" in text_of(pilot)
        await press(pilot, "t")
        assert notices(pilot)[-1] == "Nothing has begun: in every group somebody is in a take, or away."
        assert room.guests["Ben"].briefing[0] == "You are the customer, Imre Halász."


async def test_one_observes_another_with_a_list_and_stops(room):
    async with room.app.run_test(size=(80, 24), notifications=True) as pilot:
        await room.open(pilot)
        room.knock("Ada", "Ben")
        await press(pilot, "L")
        await room.seen(pilot)
        room.guests["Ada"].agree()
        await room.seen(pilot)
        await press(pilot, "s")
        await room.seen(pilot)
        room.guests["Ben"].agree()
        await room.seen(pilot)
        await press(pilot, "o")
        assert "Nobody else is in a take." in notices(pilot)
        await press(pilot, "down", "o", "enter")
        await type_in(pilot, "Asked why; Said sorry once")
        await press(pilot, "enter")
        await room.seen(pilot)
        assert room.guests["Ben"].view.checklist == ("Asked why", "Said sorry once")
        assert "observes Ada" in text_of(pilot)
        await press(pilot, "o", "down", "enter")
        await room.seen(pilot)
        assert "observes Ada" not in text_of(pilot)


async def test_a_terminal_that_is_far_too_small_breaks_nothing(room):
    async with room.app.run_test(size=TINY) as pilot:
        await room.playing(pilot, *NAMES[:3])
        await press(pilot, "down", "r", "q", "v")
        await room.seen(pilot)
        room.choose(0, *NAMES[:2])
        await press(pilot, "enter", "enter", "enter", "q", "y", "u", "enter", "enter", "enter", "q", "p", "q")
        assert screen(pilot) == "BoardScreen"
