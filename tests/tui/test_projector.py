"""What a room sees on the wall: the room vote, the huddle, and the class at work."""

import pytest
from board_stage import NAMES, Class
from ends import Wire
from stage import SIZES, notices, press, screen, settled, sheet_of, text_of

from house import umbrella
from taketwo.analysis.background import solving
from taketwo.pairing.vote import ROOM
from taketwo.transcript.reading import read_take


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def room(tmp_path):
    return Class(tmp_path)


def vote_of(pilot):
    return pilot.app.screen.asked


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_room_plays_a_take_to_its_end(room, size):
    async with room.app.run_test(size=size, notifications=True) as pilot:
        await room.playing(pilot, *NAMES)
        await press(pilot, "v")
        await room.seen(pilot)
        assert screen(pilot) == "ProjectorScreen"
        vote = vote_of(pilot)
        assert vote.session.says in sheet_of(pilot) and "0 of 30 have chosen" in text_of(pilot)
        room.choose(0, *NAMES[:10])
        room.choose(1, *NAMES[10:])
        await room.seen(pilot)
        assert "30 of 30 have chosen" in text_of(pilot)
        await press(pilot, "enter")
        assert "10 of 30" in text_of(pilot) and "20 of 30" in text_of(pilot)
        assert "Most chose 2." in sheet_of(pilot)
        await press(pilot, "enter")
        assert vote.turn.why in sheet_of(pilot) and vote.session.says in sheet_of(pilot)
        while vote.phase != "over":
            await press(pilot, "enter", "enter", "1")
        assert "The end." in sheet_of(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "BoardScreen"
        take = read_take(room.app.shelf.folder / f"{vote.session.name}.toml")
        assert take.started.learner == ROOM


async def test_there_are_no_names_and_no_scores_on_the_wall(room):
    solving(umbrella()).result()
    async with room.app.run_test(size=(120, 40)) as pilot:
        await room.playing(pilot, *NAMES)
        while not room.guests["Learner 03"].opened:
            room.say("Learner 03")
        seen = []
        await press(pilot, "p")
        seen.append(text_of(pilot))
        assert "29 in the conversation, 1 at its end" in seen[-1]
        await press(pilot, "q", "v")
        await room.seen(pilot)
        room.choose(1, *NAMES)
        for _ in range(3):
            await press(pilot, "enter")
            seen.append(text_of(pilot) + sheet_of(pilot))
        assert not any(
            word in text for text in seen for word in ("Learner", "Craft", "craft", "CSAT", "+2", "+1")
        )


async def test_a_divided_room_waits_for_the_trainer(room):
    async with room.app.run_test(size=(80, 24), notifications=True) as pilot:
        await room.playing(pilot, "Ada", "Ben")
        await press(pilot, "v")
        await room.seen(pilot)
        room.choose(0, "Ada")
        room.choose(1, "Ben")
        await press(pilot, "1")
        assert vote_of(pilot).phase == "asking"
        await press(pilot, "enter")
        assert "1 and 2 are level." in sheet_of(pilot)
        await press(pilot, "enter")
        assert "The room is divided: choose the reply yourself." in notices(pilot)
        await press(pilot, "2")
        assert vote_of(pilot).session.events[-1].reply == vote_of(pilot).asking.options[1][0]


async def test_leaving_before_the_end_asks_and_keeps_the_take(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.playing(pilot, "Ada")
        await press(pilot, "v")
        name = vote_of(pilot).session.name
        await press(pilot, "q", "n")
        assert screen(pilot) == "ProjectorScreen"
        await press(pilot, "q", "y")
        assert screen(pilot) == "BoardScreen"
        assert read_take(room.app.shelf.folder / f"{name}.toml").events[-1].leaving
        room.wires["Ada"].cut()
        room.guests["Ada"].poll = None
        room.wires["Ada"] = Wire(room.hosting.host, room.guests["Ada"])
        room.wires["Ada"].run()
        assert room.guests["Ada"].poll is None


async def test_the_debrief_of_the_rooms_take(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.playing(pilot, "Ada")
        await press(pilot, "v")
        await room.seen(pilot)
        while vote_of(pilot).phase != "over":
            room.choose(0, "Ada") if vote_of(pilot).phase == "asking" else None
            await press(pilot, "enter")
            await room.seen(pilot)
        await press(pilot, "d")
        assert screen(pilot) == "DebriefScreen"
        await press(pilot, "q")
        assert screen(pilot) == "BoardScreen"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_a_huddle_has_a_clock_then_a_split_then_the_worth_of_each(room, size):
    solving(umbrella()).result()
    async with room.app.run_test(size=size) as pilot:
        await room.playing(pilot, "Adalbert", "Ben")
        room.say("Adalbert", 1)
        await room.seen(pilot)
        await press(pilot, "u", "enter")
        await room.seen(pilot)
        huddle = vote_of(pilot)
        assert pilot.app.screen.query_one("Digits").value in ("5:00", "4:59")
        assert huddle.heard in sheet_of(pilot) and "Adalbert" not in text_of(pilot)
        room.choose(0, "Ben")
        await press(pilot, "enter")
        assert "1 of 1" in sheet_of(pilot)
        await press(pilot, "enter")
        shown = sheet_of(pilot)
        assert all(each.turn.why in shown for each in huddle.weighed())
        assert shown.count("The chance of a good ending would then be") == len(huddle.weighed())
        await press(pilot, "q")
        assert screen(pilot) == "BoardScreen"


async def test_a_huddle_closes_itself_when_the_time_is_up(room):
    async with room.app.run_test(size=(80, 24)) as pilot:
        await room.playing(pilot, "Ada")
        await press(pilot, "u", "enter")
        huddle = vote_of(pilot)
        huddle.asking._until -= 301
        pilot.app.screen._tick()
        await settled(pilot)
        assert huddle.phase == "split"
