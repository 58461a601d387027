"""An observer's seat on the full screen: the conversation of another, a list to tick, and the debrief of both."""

import pytest
from classes import START, Class
from ends import Wire
from stage import SIZES, press, program, screen, settled, sheet_of, text_of

from house import umbrella
from taketwo.pairing.window import attend, attend_no_more
from taketwo.take.events import Remarked
from taketwo.tui.join import JoinScreen
from taketwo.tui.joined import Joined
from taketwo.tui.observing import ObserverScreen

LIST = ("Gave the feeling back", "Asked an open question")


class Table:
    """Ada plays, Ben watches her on a screen."""

    def __init__(self, folder):
        self.room = Class(folder)
        self.room.come("Ada", "Ben")
        self.ada, self.ben = self.room.host.pairs
        self.guest = self.room.guests["Ben"]
        self.app = program(folder, learner="Ben")

    async def sit(self, pilot):
        await settled(pilot)
        await pilot.app.push_screen(JoinScreen(joined=Joined(self.app, self.guest)))
        self.session = self.room.start(self.ada, umbrella(), START)
        attend(self.ben, self.ada, "observer", LIST)
        await self.on(pilot)
        while screen(pilot) == "Page":
            await self.press(pilot, "enter")

    async def on(self, pilot):
        for _ in range(3):
            self.room.run()
            await settled(pilot)

    async def press(self, pilot, *keys):
        for key in keys:
            await press(pilot, key)
            await self.on(pilot)

    @property
    def observed(self):
        events = self.session.events
        return [(e.text, e.value) for e in events if isinstance(e, Remarked) and e.topic == "observed"]


@pytest.fixture
def table(tmp_path):
    return Table(tmp_path)


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_the_conversation_and_the_list_are_seen_and_ticked(table, size):
    async with table.app.run_test(size=size) as pilot:
        await table.sit(pilot)
        assert isinstance(pilot.app.screen, ObserverScreen)
        assert "You observe Ada" in text_of(pilot) and LIST[0] in text_of(pilot)
        table.room.say("Ada")
        await table.on(pilot)
        assert table.session.events[-1].said in sheet_of(pilot, "#talk")
        await table.press(pilot, "enter", "2")
        assert table.observed == [(LIST[0], 1), (LIST[1], 1)]
        assert text_of(pilot).count("✓") == 2
        await table.press(pilot, "enter")
        assert table.observed[-1] == (LIST[0], -1)
        assert text_of(pilot).count("✓") == 1


async def test_after_the_take_comes_the_debrief_without_judging_ones_own_replies(table):
    async with table.app.run_test(size=(80, 24)) as pilot:
        await table.sit(pilot)
        await table.press(pilot, "enter")
        while not table.guest.opened:
            table.room.say("Ada")
            await table.on(pilot)
        assert screen(pilot) == "SeatDebrief"
        assert f"Ben saw: {LIST[0]}" in sheet_of(pilot) or LIST[0] in sheet_of(pilot)


async def test_back_at_ones_own_seat_when_the_trainer_says_so(table):
    async with table.app.run_test(size=(80, 24)) as pilot:
        await table.sit(pilot)
        attend_no_more(table.ben)
        table.room.start(table.ben, umbrella(), START)
        await table.on(pilot)
        assert not any(isinstance(each, ObserverScreen) for each in pilot.app.screen_stack)
        assert table.guest.view.seat == "learner"


async def test_a_cut_line_is_told_and_nothing_is_missed(table):
    async with table.app.run_test(size=(80, 24)) as pilot:
        await table.sit(pilot)
        table.room.wires["Ben"].cut()
        await table.on(pilot)
        assert "The line is cut" in text_of(pilot)
        table.room.say("Ada")
        table.room.wires["Ben"] = Wire(table.room.host, table.guest)
        await table.on(pilot)
        assert "The line is cut" not in text_of(pilot)
        assert table.session.events[-1].said in sheet_of(pilot, "#talk")
