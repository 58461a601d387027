"""A class on wires: a room for many, its learners, and what a board works with. No socket."""

from dataclasses import replace

from ends import Room, Wire

from taketwo.pairing.classroom import Classroom
from taketwo.session import begin
from taketwo.take.commands import Start

NAMES = [f"Learner {number:02d}" for number in range(1, 31)]
START = Start(seed=7)


class Class(Room):
    """A room for many, and what the board works with."""

    def __init__(self, folder, **more):
        super().__init__(folder, room=True, **more)
        self.guests, self.wires = {}, {}
        self.all = Classroom(self.host, self.start)

    def start(self, pair, scenario, start):
        session = begin(self.shelf, scenario, replace(start, learner=pair.learner, trainer="Bora"))
        session._clock, session._anchor = self.clock, self.clock.ms()
        pair.begin(session)
        return session

    def knock(self, *names):
        for name in names:
            self.guests[name] = self.guest(name)
            self.wires[name] = Wire(self.host, self.guests[name])
        self.run()

    def come(self, *names):
        """Come in and agree."""
        self.knock(*names)
        self.all.let_all_in()
        self.run()
        for name in names:
            self.guests[name].agree()
        self.run()

    def run(self):
        while any(wire.to_host or wire.to_guest for wire in self.wires.values()):
            for wire in self.wires.values():
                wire.run()

    def say(self, name, number=0):
        guest = self.guests[name]
        guest.do("say", guest.view.replies[number][0])
        self.run()

    def row(self, name):
        return next(row for row in self.all.rows() if row.name == name)
