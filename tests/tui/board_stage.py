"""A class on the full screen: a program with a board, and learners at the other ends of wires."""

from ends import ROOMS, Wire
from stage import press, program, settled

from house import umbrella
from taketwo.pairing.guest import Guest
from taketwo.pairing.hosting import Hosting
from taketwo.transcript.shelf import Shelf
from taketwo.tui.board import BoardScreen
from taketwo.tui.projector import ProjectorScreen

NAMES = [f"Learner {number:02d}" for number in range(1, 31)]


async def deaf():
    """Nothing is listened at: the wires are plain objects."""


class Class:
    """A program with the board on it, and learners who can be told what to do."""

    def __init__(self, folder):
        self.folder = folder
        self.app = program(folder, learner="Bora")
        here = ("127.0.0.1", 4747)
        self.hosting = Hosting.new(self.app.shelf, self.app.library, "Bora", address=here, room=True)
        self.hosting.open = deaf
        self.guests, self.wires = {}, {}
        ROOMS.append(self)

    def close(self):
        self.hosting.leave()
        for guest in self.guests.values():
            guest.close()

    async def open(self, pilot, scenario=None):
        await pilot.app.push_screen(BoardScreen(self.hosting, scenario or umbrella()))
        await settled(pilot)
        await self.seen(pilot)

    async def seen(self, pilot):
        """Carry everything, and have it on the screen."""
        for wire in self.wires.values():
            wire.run()
        if isinstance(pilot.app.screen, BoardScreen | ProjectorScreen):
            pilot.app.screen._show()
        await settled(pilot)

    def knock(self, *names):
        for name in names:
            shelf = Shelf(self.folder / "guests" / str(len(self.guests)))
            guest = Guest(name, self.hosting.host.file.token, name.ljust(40, "x"), shelf)
            self.guests[name], self.wires[name] = guest, Wire(self.hosting.host, guest)
            self.wires[name].run()

    async def agree(self, pilot):
        for guest in self.guests.values():
            guest.agree()
        await self.seen(pilot)

    async def playing(self, pilot, *names):
        """All of them in takes of their own."""
        await self.open(pilot)
        self.knock(*names)
        await press(pilot, "L")
        await self.seen(pilot)
        await self.agree(pilot)
        await press(pilot, "s")
        await self.seen(pilot)

    def say(self, name, number=0):
        guest = self.guests[name]
        guest.do("say", guest.view.replies[number][0])
        self.wires[name].run()

    def choose(self, number, *names):
        """Vote for the reply with this number, from 0."""
        for name in names:
            guest = self.guests[name]
            guest.do("vote", guest.poll.options[number][0], guest.poll.id)
            self.wires[name].run()
