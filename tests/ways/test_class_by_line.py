"""A class by line: a trainer and two learners, each a program of its own."""

import sys
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pairing"))

import pytest
from programs import Spoken
from running import Desk


class Class:
    """The programs, with their learners let in."""

    def __init__(self, folder, stack, *names):
        for name in ("trainer", *names):
            (folder / name).mkdir()
        self.folder = folder
        self.host = Spoken(
            Desk(folder / "trainer"),
            "host",
            "lost-umbrella",
            "--class",
            "--plain",
            "--name",
            "Bora",
            "--seed",
            "7",
        )
        stack.callback(self.host.kill)
        self.host.until("Listening")
        invitation = next(line for line in self.host.heard.splitlines() if line.startswith("taketwo1-"))
        self.joins = {}
        for name in names:
            join = self.joins[name] = Spoken(Desk(folder / name), "join", "--plain", "--learner", name)
            stack.callback(join.kill)
            join.say(invitation)
            self.host.until(f"{name} is at the door")
        self.ask("all", f"{len(names)} learners let in.")
        for name, join in self.joins.items():
            join.until("Agree?")
            join.say("y")
            self.host.until(f"{name} is here")

    def ask(self, line, until):
        self.host.say(line)
        return self.host.until(until)


@pytest.fixture
def room(tmp_path):
    with ExitStack() as stack:
        yield Class(tmp_path, stack, "Ada", "Ben")


def test_all_at_once_a_board_and_one_of_them_followed(room, tmp_path):
    room.ask("start", "2 takes begun.")
    for join in room.joins.values():
        join.until("Imre")
    room.joins["Ada"].say("a")
    room.host.until("Ada asks for help")
    room.ask("board", "Ada: here, decision 1, tense")
    room.ask("to ad", "You follow Ada.")
    room.host.until("1. ")
    room.ask("w Ask where.", "Bora, to Ada alone")
    room.joins["Ada"].until("Ask where.")
    room.ask("tell Five minutes.", "2 learners told.")
    room.joins["Ben"].until("Five minutes.")
    assert "Ask where." not in room.joins["Ben"].heard
    for join in room.joins.values():
        for _ in range(2):
            join.say("1")
            join.until("You:")
        join.until("The take is over")
    room.ask("results", "Ben, The Lost Umbrella")
    room.ask("csv class.csv", "Written:")
    assert (tmp_path / "trainer" / "class.csv").read_text().count("\n") == 3
    room.ask("to", "You follow nobody.")
    room.ask("q", "The session is over")


def test_the_room_votes_and_huddles(room):
    room.ask("vote", "The room chooses.")
    for join in room.joins.values():
        join.until("1. ")
        join.say("1")
    room.ask("close", "pick says the one")
    room.ask("pick 1", "on asks for the next decision")
    room.ask("on", "The room chooses.")
    room.host.say("stop")
    room.ask("start", "2 takes begun.")
    room.joins["Ada"].until("Imre")
    room.joins["Ada"].say("1")
    room.ask("to Ada", "You follow Ada.")
    room.host.until("Ada: ")
    room.ask("huddle 1", "The room chooses.")
    room.ask("huddle 9", "which?")
    room.ask("pick", "only weighs")
    room.ask("close", "vote")


def test_what_cannot_be_done_is_said_in_words(room):
    room.ask("to Nobody", "Which learner? Here are: Ada, Ben.")
    room.ask("w Hello", "Nobody is in yet.")
    room.ask("close", "Nothing is asked.")
    room.ask("csv", "Type csv and the name of a file.")
    room.ask("triads", "Ada answers, Ben is the customer, nobody observes.")
    room.joins["Ben"].until("customer")
