"""The learner's seat on the full screen: the door, the conversation, whispers, takeovers, cuts, the debrief."""

from pathlib import Path

from ends import Room, Wire
from stage import notices, press, program, screen, settled, sheet_of, text_of

from taketwo.tui.join import JoinScreen
from taketwo.tui.joined import Joined


class Table:
    """Both ends, and the screen of one."""

    def __init__(self, folder: Path, mode: str = "coached", **chosen) -> None:
        self.room = Room(folder, mode=mode)
        self.guest = self.room.guest("Ada")
        self.wire = Wire(self.room.host, self.guest)
        self.app = program(folder, learner="Ada", **chosen)

    def run(self, size=(120, 40)):
        return self.app.run_test(size=size, notifications=True)

    async def on(self, pilot) -> None:
        """Carry everything, and let the screen show it."""
        for _ in range(3):
            self.wire.run()
            await settled(pilot)

    async def come(self, pilot) -> None:
        """To the door, and in."""
        await settled(pilot)
        await pilot.app.push_screen(JoinScreen(joined=Joined(self.app, self.guest)))
        await self.on(pilot)
        self.pair = self.room.host.let_in(self.room.host.door[-1])
        await self.on(pilot)

    async def sit(self, pilot, seed: int = 1) -> None:
        """In, agreed, and the take begun."""
        await self.come(pilot)
        await self.press(pilot, "y")
        self.session = self.room.begin(self.pair, seed)
        await self.on(pilot)

    async def press(self, pilot, *keys: str) -> None:
        for key in keys:
            await press(pilot, key)
            await self.on(pilot)

    def again(self) -> None:
        """The line stands anew."""
        self.wire = Wire(self.room.host, self.guest)


async def test_from_the_door_to_the_debrief(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await settled(pilot)
        await pilot.app.push_screen(JoinScreen(joined=Joined(table.app, table.guest)))
        await table.on(pilot)
        assert "At the door: Bora has to let you in." in text_of(pilot)
        table.pair = table.room.host.let_in(table.room.host.door[-1])
        await table.on(pilot)
        assert "Bora sees what you do" in text_of(pilot)
        assert not table.pair.agreed
        await table.press(pilot, "y")
        assert table.pair.agreed
        assert "Bora has not begun yet" in text_of(pilot)
        session = table.room.begin(table.pair, 1)
        await table.on(pilot)
        assert "watched by Bora" in text_of(pilot).splitlines()[0]
        assert session.says in sheet_of(pilot, "#talk")
        assert session.replies[1].text in sheet_of(pilot, "#replies")
        await table.press(pilot, "2", "enter")
        assert session.state.decisions == 1
        assert "The best on offer." in sheet_of(pilot, "#talk")
        while not session.state.over:
            await table.press(pilot, "enter")
        assert screen(pilot) == "SeatJudge"
        await table.press(pilot, "q")
        assert screen(pilot) == "SeatDebrief"
        assert "Decision by decision" in sheet_of(pilot)


async def test_who_does_not_agree_is_not_watched(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.come(pilot)
        await table.press(pilot, "n")
        assert screen(pilot) == "Home"
        assert not table.pair.agreed
        assert notices(pilot) == ["You did not agree to be watched, so nothing was begun."]


async def test_the_next_take_opens_the_seat_again_with_its_keys(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await finish(table, pilot)
        await table.press(pilot, "q", "r")
        assert screen(pilot) == "SeatReplay"
        session = table.room.begin(table.pair, 1)
        await table.on(pilot)
        assert screen(pilot) == "SeatScreen"
        await table.press(pilot, "2", "enter")
        assert session.state.decisions == 1


async def finish(table, pilot) -> None:
    """Say the first reply until the take is over."""
    while not table.guest.opened:
        await table.press(pilot, "enter")
