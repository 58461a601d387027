"""The trainer's desk, the lobby, and two people at one keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest
from ends import ROOMS, Wire
from stage import SIZES, notices, press, program, screen, settled, text_of, type_in

from house import umbrella
from taketwo.pairing.guest import Guest
from taketwo.pairing.hosting import Hosting
from taketwo.take.commands import Start
from taketwo.take.events import Handed, Remarked, Replied, Steered
from taketwo.transcript.shelf import Shelf
from taketwo.tui.lobby import LobbyScreen
from taketwo.tui.sheet import Sheet

SECRET = "a" * 32


@pytest.fixture(autouse=True)
def own_state(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


class Desk:
    """A session that is held on a screen, and a guest on a wire."""

    def __init__(self, folder: Path, **more) -> None:
        self.app = program(folder, learner="Bora")
        self.hosting = Hosting.new(self.app.shelf, self.app.library, "Bora", "lost-umbrella", **more)
        self.host = self.hosting.host
        self.guest = Guest("Ada", self.host.file.token, SECRET, Shelf(folder / "Ada"))
        ROOMS.append(self)

    def close(self) -> None:
        self.hosting.leave()
        self.guest.close()

    def run(self, size=(120, 40)):
        return self.app.run_test(size=size, notifications=True)

    async def on(self, pilot) -> None:
        for _ in range(3):
            self.wire.run()
            await settled(pilot)
            if self.wire.quiet:
                return

    async def press(self, pilot, *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
            await self.on(pilot)

    async def write(self, pilot, key: str, text: str) -> None:
        """Press a key that asks for a line, and give it."""
        await press(pilot, key)
        await type_in(pilot, text)
        await self.press(pilot, "enter")

    async def begin(self, pilot, **start) -> None:
        """Somebody is in, and a take has begun."""
        await settled(pilot)
        self.app.hosting = self.hosting
        self.wire = Wire(self.host, self.guest)
        self.wire.run()
        self.pair = self.host.let_in(self.host.door[0])
        self.wire.run()
        self.guest.agree()
        self.wire.run()
        self.session = self.hosting.begin(self.pair, umbrella(), Start(seed=1, **start))
        self.app.open_desk(self.pair)
        await self.on(pilot)

    async def answer(self, pilot, number: int) -> None:
        self.guest.do("say", self.guest.view.replies[number - 1][0])
        await self.on(pilot)


async def test_the_lobby_shows_the_invitation_and_lets_in_who_is_at_the_door(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await settled(pilot)
        await pilot.app.push_screen(LobbyScreen(desk.hosting, umbrella()))
        await settled(pilot)
        while desk.app.hosting is None:
            await settled(pilot)
        desk.wire = Wire(desk.host, desk.guest)
        await desk.on(pilot)
        assert "taketwo1-" in text_of(pilot)
        assert "Ada asks to come in, from" in text_of(pilot)
        await desk.press(pilot, "y")
        assert "is asked whether you may watch" in text_of(pilot)
        desk.guest.agree()
        await desk.on(pilot)
        await desk.press(pilot, "enter")
        assert screen(pilot) == "DeskScreen"
        assert desk.guest.events[0].learner == "Ada"
        await desk.press(pilot, "q")
        assert "Ada: is in a take" in text_of(pilot)
        await desk.press(pilot, "q", "y")
        assert desk.guest.standing == "left"
        assert desk.app.hosting is None


async def test_somebody_unwanted_is_sent_away(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await settled(pilot)
        await pilot.app.push_screen(LobbyScreen(desk.hosting, umbrella()))
        while desk.app.hosting is None:
            await settled(pilot)
        desk.wire = Wire(desk.host, desk.guest)
        await desk.on(pilot)
        await desk.press(pilot, "z")
        assert desk.guest.standing == "refused"
        assert "Nobody yet" in text_of(pilot)
        await desk.press(pilot, "q", "y")


@pytest.mark.parametrize("size", SIZES)
async def test_the_desk_shows_what_each_reply_is_worth_and_where_the_learner_looks(tmp_path, size):
    desk = Desk(tmp_path)
    async with desk.run(size) as pilot:
        await desk.begin(pilot)
        desk.guest.present(desk.guest.view.replies[1][0])
        await desk.on(pilot)
        text = text_of(pilot)
        assert "Ada is here · looks at 2" in text
        assert "Patience: tense, 6 of 10" in text
        assert "+2" in text and "-1" in text and "◂" in text
        assert "duck's head" in text


async def test_whisper_join_note_and_pause(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.write(pilot, "w", "Ask where.")
        await desk.write(pilot, "b", "I am her lead.")
        await desk.write(pilot, "n", "Nervous.")
        topics = [(e.topic, e.to, e.by) for e in desk.session.events if isinstance(e, Remarked)][1:]
        assert topics == [
            ("whisper", "learner", "trainer"), ("barge", "all", "trainer"), ("note", "trainer", "trainer")
        ]  # fmt: skip
        assert "Nervous." in text_of(pilot)
        assert [getattr(e, "text", None) for e in desk.guest.events[2:]] == [
            "Ask where.",
            "I am her lead.",
            None,
        ]
        await desk.press(pilot, "p")
        assert desk.guest.view.status == "paused" and "Paused" in text_of(pilot)
        await desk.press(pilot, "p")
        assert desk.guest.view.status == "playing"


async def test_take_over_and_hand_back(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.press(pilot, "t")
        assert "does not count for Ada" in text_of(pilot)
        await desk.press(pilot, "2", "enter", "t")
        kinds = [type(event) for event in desk.session.events[-3:]]
        assert kinds == [Handed, Replied, Handed]
        assert desk.session.events[-2].by == "trainer"
        assert desk.guest.view.wheel == "learner"


async def test_the_trainer_plays_the_customer(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.press(pilot, "c")
        await desk.answer(pilot, 1)
        assert "an answer waits for you" in text_of(pilot)
        assert "as the scenario has it" in text_of(pilot)
        await desk.write(pilot, "l", "Say that again?")
        assert desk.guest.view.says == "Say that again?"
        assert desk.session.events[-1].steered == ("line",)
        await desk.press(pilot, "c", "m")
        await desk.press(pilot, "9", "enter")
        assert isinstance(desk.session.events[-1], Steered)
        assert desk.session.meters["patience"] == 8


async def test_the_customer_goes_to_another_place(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.press(pilot, "g")
        await desk.press(pilot, "2", "enter")
        assert desk.session.events[-1].steered == ("place",)
        assert desk.guest.view.says == "On the tram, line 4."


async def test_spoken_the_trainer_presses_the_reply_that_fits(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.press(pilot, "o")
        assert desk.guest.view.replies == ()
        assert "sees no replies" in text_of(pilot)
        await desk.press(pilot, "2", "enter")
        event = desk.session.events[-1]
        assert (event.by, event.pressed) == ("learner", "trainer")


async def test_enter_tells_what_a_reply_would_do_while_the_learner_has_the_conversation(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run((80, 24)) as pilot:
        await desk.begin(pilot)
        assert "points · chance of a good ending, now → then" in text_of(pilot)
        assert "Enter Why" in text_of(pilot)
        await desk.press(pilot, "2", "enter")
        text = text_of(pilot)
        assert "What this reply would do" in text and "Ada sees none of this" in text
        assert desk.session.state.decisions == 0
        await desk.press(pilot, "q", "t")
        assert "Enter Press" in text_of(pilot)


async def test_what_the_learner_writes_is_read_at_the_desk_and_their_name_stands_there(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run((80, 24)) as pilot:
        await desk.begin(pilot)
        desk.guest.do("remark", "own-words", "I would ask where.")
        desk.guest.do("remark", "note", "I am nervous.")
        await desk.on(pilot)
        text = text_of(pilot)
        assert "Ada, in their own words: I would ask where." in text
        assert "Ada, notes: I am nervous." in text
        assert "Ada agreed to be watched by Bora." in text
        await desk.write(pilot, "w", "Good idea.")
        assert "Bora, to Ada alone" in text_of(pilot)
        assert "Good idea." in text_of(pilot)


@pytest.mark.parametrize("size", [(80, 24), (60, 24)])
async def test_the_line_of_keys_never_loses_the_way_out_and_the_help(tmp_path, size):
    desk = Desk(tmp_path)
    async with desk.run(size) as pilot:
        await desk.begin(pilot)
        await desk.press(pilot, "t")
        assert text_of(pilot).rstrip().endswith("q Back  ? Help")
        await desk.press(pilot, "t")
        await desk.answer(pilot, 1)
        await desk.answer(pilot, 1)
        assert screen(pilot) == "DeskDebrief"
        last = text_of(pilot).rstrip().splitlines()[-1]
        assert "q Done" in last and last.endswith("? Help")


async def test_help_is_seen_at_once(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        desk.guest.do("remark", "help")
        await desk.on(pilot)
        assert "! Ada asks for help" in text_of(pilot)


async def test_a_line_that_is_cut_is_seen_at_once(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        desk.wire.cut()
        await settled(pilot)
        assert "Ada is cut off. The clock waits" in text_of(pilot)
        desk.wire = Wire(desk.host, desk.guest)
        await desk.on(pilot)
        assert "Ada is here" in text_of(pilot)


async def test_the_debrief_is_looked_at_together_and_the_next_take_begins_with_roles_swapped(tmp_path):
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.write(pilot, "n", "Nervous.")
        await desk.answer(pilot, 1)
        await desk.answer(pilot, 1)
        assert screen(pilot) == "DeskDebrief"
        seqs = [event.seq for event in desk.session.events if isinstance(event, Replied)]
        desk.guest.point(seqs[1])
        await desk.on(pilot)
        assert pilot.app.screen.query_one(Sheet).key == str(seqs[1])
        await desk.press(pilot, "up")
        assert desk.guest.pointed == seqs[0]
        await desk.press(pilot, "r")
        assert screen(pilot) == "DeskReplay" and desk.guest.pointed_replay
        desk.guest.point(seqs[1])
        await desk.on(pilot)
        assert screen(pilot) == "DeskDebrief"
        assert pilot.app.screen.query_one(Sheet).key == str(seqs[1])
        desk.guest.point(seqs[1], replay=True)
        await desk.on(pilot)
        assert screen(pilot) == "DeskReplay"
        await desk.press(pilot, "q")
        assert (desk.guest.pointed, desk.guest.pointed_replay) == (seqs[1], False)
        await desk.press(pilot, "p", "enter")
        assert desk.guest.opened.events[-1].text == "Nervous."
        await desk.press(pilot, "s", "y")
        assert screen(pilot) == "DeskScreen"
        assert desk.guest.view.seat == "customer"
        assert "Ada is the customer" in text_of(pilot)
        await desk.press(pilot, "1", "enter")
        assert desk.guest.view.held
        desk.guest.do("steer", "scenario")
        await desk.on(pilot)
        assert desk.pair.session.events[-1].by == "trainer"


async def test_the_coaching_sheet_is_written_where_one_says(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    desk = Desk(tmp_path)
    async with desk.run() as pilot:
        await desk.begin(pilot)
        await desk.answer(pilot, 1)
        await desk.answer(pilot, 1)
        await desk.press(pilot, "c", "enter")
        (sheet,) = tmp_path.glob("*-coaching.html")
        assert "Ada" in sheet.read_text()
        await desk.press(pilot, "c", "enter")
        assert any("is there already" in each for each in notices(pilot))


async def test_the_frame_goes_from_phase_to_phase(tmp_path):
    desk = Desk(tmp_path, frame=(5, 10, 15, 10, 5), goal="Listen first")
    async with desk.run() as pilot:
        desk.hosting.next_phase(0)
        await desk.begin(pilot)
        assert "Set-up, 5:00 left" in text_of(pilot) or "Set-up, 4:5" in text_of(pilot)
        assert "Listen first" in text_of(pilot)
        await desk.press(pilot, "f")
        assert "Play, " in text_of(pilot)
        assert desk.guest.view.phase == "Play"


NASTY = "\x1b]52;c;aGk=\x07[@click=app.quit]x[/]\u202e"


async def test_nothing_a_learner_sends_can_move_the_trainers_terminal(tmp_path):
    desk = Desk(tmp_path)
    desk.guest.name = f"Ada{NASTY}"
    async with desk.run() as pilot:
        await desk.begin(pilot)
        desk.guest.do("remark", "own-words", NASTY)
        desk.guest.present(NASTY)
        await desk.on(pilot)
        text = text_of(pilot)
        assert not any(mark in text for mark in "\x1b\x07\u202e")
        assert "[@click=app.quit]" in text


# --- one keyboard


async def two(pilot, folder):
    await settled(pilot)
    pilot.app.begin_pair(umbrella(), "Bora", "Ada")
    await settled(pilot)
    return pilot.app.screen


async def test_two_at_one_keyboard_each_have_their_keys(tmp_path):
    app = program(tmp_path, learner="Ada")
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        shown = await two(pilot, tmp_path)
        assert "Bora's capitals: Whisper, Barge in" in text_of(pilot)
        await press(pilot, "W")
        await type_in(pilot, "Ask where.")
        await press(pilot, "enter", "2", "enter")
        await press(pilot, "T", "1", "enter")
        events = shown.session.events
        assert [(type(e).__name__, e.by) for e in events[1:]] == [
            ("Remarked", "trainer"), ("Replied", "learner"), ("Handed", "trainer"), ("Replied", "trainer")
        ]  # fmt: skip
        assert shown.session.score.taken_over == 1


async def test_at_one_keyboard_replies_are_hidden_until_the_learner_has_spoken(tmp_path):
    app = program(tmp_path, learner="Ada")
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        shown = await two(pilot, tmp_path)
        words = shown.session.replies[1].text
        await press(pilot, "O")
        assert words not in text_of(pilot)
        await press(pilot, "enter")
        assert words in text_of(pilot)
        await press(pilot, "2", "enter")
        assert shown.session.events[-1].pressed == "trainer"


async def test_at_one_keyboard_the_customer_can_be_played(tmp_path):
    app = program(tmp_path, learner="Ada")
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        shown = await two(pilot, tmp_path)
        await press(pilot, "C", "1", "enter")
        assert len(shown.session.events) == 1
        await press(pilot, "L")
        await type_in(pilot, "Pardon?")
        await press(pilot, "enter")
        assert shown.session.says == "Pardon?"
        assert replace(shown.session.events[-1]).steered == ("line",)


async def test_a_private_note_cannot_be_read_while_it_is_typed(tmp_path):
    app = program(tmp_path, learner="Ada")
    async with app.run_test(size=(100, 32), notifications=True) as pilot:
        shown = await two(pilot, tmp_path)
        await press(pilot, "N")
        await type_in(pilot, "Nervous.")
        assert "Nervous" not in text_of(pilot)
        await press(pilot, "enter")
        assert shown.session.events[-1].to == "trainer"
        assert "Nervous" not in text_of(pilot)
