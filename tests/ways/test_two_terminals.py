"""Two real programs practise together: in two terminals, and by line with either of them killed."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "pairing"))

from programs import Both, Desk

from taketwo.pairing.seats import afterwards
from taketwo.transcript.reading import read_take
from terminal import Terminal


def test_a_whole_session_in_two_terminals(tmp_path):
    desks = Desk(tmp_path / "trainer"), Desk(tmp_path / "learner")
    for desk in desks:
        desk.folder.mkdir()
    with (
        Terminal(desks[0], "host", "lost-umbrella", "--name", "Bora", "--seed", "1", size=(160, 40)) as host,
        Terminal(desks[1], "join", "--learner", "Ada", size=(100, 40)) as join,
    ):
        shown = host.until("The learner runs").splitlines()
        first = next(number for number, line in enumerate(shown) if "taketwo1-" in line)
        invitation = "".join(line.strip() for line in shown[first : shown.index("", first)])
        join.until("Paste the invitation")
        join.press(invitation + "\r", "At the door")
        host.until("Ada asks to come in")
        host.send("y")
        join.until("Agree?")
        join.send("y")
        host.until("is ready")
        host.send("\r")
        join.until("watched by Bora")
        host.until("The chance of a good ending")
        join.press("\r", "duck's head")  # the briefing has been read
        host.press("w", "Whisper to Ada")
        host.send("Ask where.\r")
        join.until("Bora, to you alone: Ask where.")
        join.send("2\r")
        host.until("decision 2")
        join.until("decision 2")
        join.send("2\r")
        host.until("debrief")
        join.until("Which reply would you take back?")
        join.send("q")
        join.until("debrief")
        host.press("q", "is in a take")
        host.press("q", "End the session?")
        host.send("y")
        join.until("Bora has left")
        join.send("\x11")
        host.until("Type to find")
        host.send("\x11")
        host.until_end()
        join.until_end()
        assert host.left_as_it_was() == join.left_as_it_was() == []
    mine, theirs = (read_take(desk.take()) for desk in desks)
    assert tuple(afterwards(mine.events, "learner")) == theirs.events


def test_the_desk_by_line_says_why_looks_along_and_writes_the_sheet(tmp_path):
    with Both(tmp_path) as both:
        both.host.until("1. ")
        both.host.say("why 1")
        both.host.until("Active listening")
        both.host.say("why 9")
        both.host.until("which?")
        for _ in range(2):
            both.join.say("1")
            both.join.until("You:")
        both.host.until("again takes it again")
        both.join.until("The take is over")
        both.host.say("look 2")
        both.host.until("Ada looks at it, too.")
        both.join.until("decision 2")
        both.host.say("sheet ada.html")
        both.host.until("Written: ada.html")
        assert "Ada" in (both.hosts.folder / "ada.html").read_text()
        both.host.say("sheet ada.html")
        both.host.until("is there already")


def cut_at_random(both: Both, times: int, chance: random.Random) -> None:
    """Play, whisper and note, and kill one of the two at every turn."""
    for _ in range(times):
        for _ in range(chance.randrange(3)):
            both.host.say(
                chance.choice(["w Slowly.", "n Mine alone.", "b One moment.", "go", "l Well?", "x"])
            )
        for _ in range(chance.randrange(3)):
            both.join.say(chance.choice(["1", "2", "w In my own words", "a", ".", "h", "n A note"]))
        which = chance.randrange(4)
        if which == 0:
            both.join.say("r")
            both.join.until(">")
        elif which == 1:
            both.host.say("who")
            both.host.until("Ada is here", "Ada is cut off")
        if chance.random() < 0.5:
            both.join.kill()
            both.join_again()
        else:
            both.host.kill()
            both.host_again()
        both.together()


def settle(both: Both) -> None:
    """Let both come together again, end the take and the session."""
    both.join.kill()
    both.join_again()
    both.together()
    both.host.say("x")
    both.host.until("again takes it again", "The take is over")
    both.join.until("The take is over")
    both.host.say("q")
    both.join.until("Bora has left")
    assert both.host.end() == 0


def test_either_program_can_be_killed_at_any_moment(tmp_path):
    with Both(tmp_path) as both:
        cut_at_random(both, 6, random.Random(6))
        settle(both)
        takes, events = both.compare()
        assert takes and events
