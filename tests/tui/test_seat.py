"""The learner's seat on the full screen: the door, the conversation, whispers, takeovers, cuts, the debrief."""

from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from socket import socket

import pytest
from ends import Room, Wire
from stage import SIZES, TINY, notices, press, program, screen, settled, sheet_of, text_of, type_in

from taketwo.pairing import protocol as p
from taketwo.pairing.invitation import Invitation
from taketwo.pairing.keeping import GuestFile, Keeper, guest_path
from taketwo.take.commands import Steer
from taketwo.take.events import Replied
from taketwo.tui.join import JoinScreen
from taketwo.tui.joined import Joined
from taketwo.tui.sheet import Sheet


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
            if self.wire.quiet:
                return

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
        await self.begin(pilot, seed)

    async def begin(self, pilot, seed: int = 1) -> None:
        """The take begins, and its briefing is read."""
        self.session = self.room.begin(self.pair, seed)
        await self.on(pilot)
        assert screen(pilot) == "Page"
        await self.press(pilot, "enter")

    async def press(self, pilot, *keys: str) -> None:
        for key in keys:
            await pilot.press(key)
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
        await table.begin(pilot)
        session = table.session
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
        await table.begin(pilot)
        assert screen(pilot) == "SeatScreen"
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1


async def finish(table, pilot) -> None:
    """Say the first reply until the take is over."""
    while not table.guest.opened:
        await table.press(pilot, "enter")


# --- what a trainer does


async def test_whispers_barges_and_a_takeover_stand_in_the_conversation(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        pair, session = table.pair, table.session
        pair.whisper("Ask where he lost it.")
        pair.barge("I am her lead.")
        pair.note("Very nervous today.")
        pair.hand()
        await table.on(pilot)
        talk = sheet_of(pilot, "#talk")
        assert "✎ Bora, to you alone: Ask where he lost it." in talk
        assert "Bora\n┃ I am her lead." in talk
        assert "── Bora has the conversation from here." in talk
        assert "nervous" not in talk
        assert "Bora has the conversation; listen." in talk
        await table.press(pilot, "2", "enter")
        assert session.state.decisions == 0
        pair.say(session.replies[1].id)
        pair.hand()
        await table.on(pilot)
        assert f"Bora\n┃ {session.events[-2].said}" in sheet_of(pilot, "#talk")
        assert "The conversation is yours again." in sheet_of(pilot, "#talk")
        await table.press(pilot, "1", "enter")
        assert session.state.decisions == 2


async def test_a_customer_who_is_played_is_waited_for(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        table.pair.set_steering(True)
        await table.press(pilot, "2", "enter")
        assert "Bora, as the customer, is thinking." in sheet_of(pilot, "#talk")
        assert f"You\n┃ {table.guest.view.answer}" in sheet_of(pilot, "#talk")
        assert not sheet_of(pilot, "#replies")
        table.pair.let(Steer(says="Say that again?"))
        await table.on(pilot)
        assert "Say that again?" in sheet_of(pilot, "#talk")


async def test_spoken_there_are_no_replies_but_a_field(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        table.pair.set_spoken(True)
        await table.on(pilot)
        assert "Say it aloud. If you like, type it too" in text_of(pilot)
        await table.press(pilot, *"Where", "enter")
        assert table.session.events[-1].text == "Where"
        assert "In your own words: Where" in sheet_of(pilot, "#talk")
        await table.press(pilot, "escape", "a")
        assert table.pair.asks
        await table.press(pilot, "enter", "a", "enter")
        assert table.session.events[-1].text == "a"
        table.pair.set_spoken(False)
        await table.on(pilot)
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1


async def test_with_roles_swapped_the_learner_chooses_what_the_customer_does(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        table.pair.swap()
        await table.on(pilot)
        assert "You play the customer; Bora answers you." in sheet_of(pilot, "#talk")
        reply = table.session.replies[0]
        table.pair.say(reply.id)
        await table.on(pilot)
        assert f"Bora\n┃ {reply.text}" in sheet_of(pilot, "#talk")
        await table.press(pilot, "1", "enter")
        assert table.session.state.decisions == 1
        await table.press(pilot, "w", *"Well", "enter")
        assert table.session.says == "Well"
        assert "(you)\n┃ Well" in sheet_of(pilot, "#talk")


async def test_the_trainer_sees_where_the_cursor_is_and_where_it_came_to_rest(tmp_path, monkeypatch):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        sent = []
        monkeypatch.setattr(table.guest, "present", lambda cursor, *, typing: sent.append(cursor))
        first, second = (reply for reply, _ in table.guest.view.replies)
        for _ in range(10):
            await pilot.press("2", "1")
        await pilot.press("2")
        while not sent or sent[-1] != second:
            await pilot.pause(0.02)
        assert len(sent) < 15


async def test_help_is_shown_as_asked_for_until_it_comes(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await table.press(pilot, "a")
        assert "help asked for" in text_of(pilot)
        await table.press(pilot, "a")
        assert notices(pilot)[-1] == "Bora sees that you ask for help."
        table.pair.whisper("Breathe.")
        await table.on(pilot)
        assert "help asked for" not in text_of(pilot)


async def test_all_keys_of_a_take(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await table.press(pilot, "h")
        assert "? " in sheet_of(pilot, "#talk")
        await table.press(pilot, "1", "enter", "u")
        assert table.session.state.decisions == 0
        await table.press(pilot, "p")
        assert "Paused. p goes on." in text_of(pilot)
        assert not sheet_of(pilot, "#replies")
        await table.press(pilot, "p", "n", *"Mine", "enter")
        assert table.session.events[-1].text == "Mine"
        await table.press(pilot, "i")
        assert screen(pilot) == "Page"
        await table.press(pilot, "q")
        await table.press(pilot, "w", *"I", "enter")
        assert "In your own words: I" in sheet_of(pilot, "#talk")
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1
        await table.press(pilot, "escape", "x", "y")
        assert table.session.state.status == "abandoned"
        assert screen(pilot) == "SeatDebrief"


async def test_an_assessed_take_shows_no_feedback_and_no_meters(tmp_path):
    table = Table(tmp_path, mode="assessed")
    async with table.run() as pilot:
        await table.sit(pilot)
        await table.press(pilot, "2", "enter", "h", "u")
        assert "The best on offer" not in sheet_of(pilot, "#talk")
        assert "How they stand" not in sheet_of(pilot, "#facts")
        assert table.session.state.decisions == 1


# --- the line


async def test_a_line_that_is_cut_is_told_and_nothing_can_be_said_until_it_stands(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        table.wire.cut()
        await table.on(pilot)
        assert "The line is cut. The clock waits. Trying again …" in text_of(pilot)
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 0
        assert table.session.replies[1].text in sheet_of(pilot, "#replies")
        table.again()
        await table.on(pilot)
        assert "The line is cut" not in text_of(pilot)
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1


async def test_an_answer_that_was_on_its_way_when_the_line_was_cut_is_not_lost(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await press(pilot, "2", "enter")
        table.wire.step("host")
        while table.wire.step("host"):
            pass
        table.wire.cut()
        await table.on(pilot)
        table.again()
        await table.on(pilot)
        assert table.session.state.decisions == 1
        assert "The best on offer" in sheet_of(pilot, "#talk")


async def test_who_is_not_let_in_is_told_and_can_try_another_invitation(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await settled(pilot)
        await pilot.app.push_screen(JoinScreen(joined=Joined(table.app, table.guest)))
        await table.on(pilot)
        table.room.host.turn_away(table.room.host.door[-1])
        await table.on(pilot)
        assert "Your trainer did not let you in." in text_of(pilot)
        await table.press(pilot, "escape")
        assert screen(pilot) == "Home"


async def test_when_the_trainer_leaves_it_is_back_to_home(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await table.press(pilot, "f")
        table.room.host.leave()
        await table.on(pilot)
        assert screen(pilot) == "Home"
        assert notices(pilot) == ["Bora has left. What you practised is kept."]
        assert table.app.code == 0


async def test_leaving_asks_once_and_closing_the_program_keeps_the_take(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await table.press(pilot, "q", "n")
        assert screen(pilot) == "SeatScreen"
        assert table.app.code == 3
        await table.press(pilot, "q", "y")
        assert screen(pilot) == "Home"
        assert (table.guest.standing, table.app.code) == ("left", 0)


# --- the debrief


async def test_both_look_at_the_same_decision_without_an_echo(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await finish(table, pilot)
        await table.press(pilot, "q")
        decisions = [event.seq for event in table.session.events if isinstance(event, Replied)]
        table.pair.pointed = 0
        table.pair.send(p.Point(decisions[1]))
        await table.on(pilot)
        assert pilot.app.screen.query_one("Sheet").key == str(decisions[1])
        assert table.pair.pointed == 0
        await table.press(pilot, "up")
        assert table.pair.pointed == decisions[0]
        await table.press(pilot, "r", "right", "right")
        assert table.pair.pointed != decisions[0]
        table.pair.send(p.Point(decisions[1], True))
        await table.on(pilot)
        replay = pilot.app.screen
        assert replay.take.reel.seen(replay.spot).seq == decisions[1]


async def test_the_replay_opens_and_closes_for_both(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await finish(table, pilot)
        await table.press(pilot, "q")
        decisions = [event.seq for event in table.session.events if isinstance(event, Replied)]
        table.pair.pointed = 0
        table.pair.send(p.Point(decisions[1], True))
        await table.on(pilot)
        replay = pilot.app.screen
        assert screen(pilot) == "SeatReplay"
        assert replay.take.reel.seen(replay.spot).seq == decisions[1]
        assert table.pair.pointed == 0  # nothing is said back
        table.pair.send(p.Point(decisions[0]))
        await table.on(pilot)
        assert screen(pilot) == "SeatDebrief"
        assert pilot.app.screen.query_one("Sheet").key == str(decisions[0])
        assert table.pair.pointed == 0
        await table.press(pilot, "r")
        assert table.pair.pointed_replay
        await table.press(pilot, "q")
        assert (table.pair.pointed, table.pair.pointed_replay) == (decisions[0], False)


async def test_a_question_is_answered_first_then_the_trainer_is_followed(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        await finish(table, pilot)
        await table.press(pilot, "q", "n")
        assert screen(pilot) == "AskLine"
        table.pair.send(p.Point(1, True))
        await table.on(pilot)
        assert screen(pilot) == "AskLine"
        await table.press(pilot, *"Hm", "enter")
        assert screen(pilot) == "SeatReplay"


@pytest.mark.parametrize("keys", ["", "q", "qr"])
async def test_the_pages_after_a_take_keep_their_margins(tmp_path, keys):
    table = Table(tmp_path)
    async with table.run((80, 24)) as pilot:
        await table.sit(pilot)
        await finish(table, pilot)
        await table.press(pilot, *keys)
        assert pilot.app.screen.query(Sheet).first().styles.margin.left == 2


async def test_the_last_words_stay_in_sight_when_the_replies_take_room_from_them(tmp_path):
    table = Table(tmp_path)
    async with table.run((60, 24)) as pilot:
        await table.sit(pilot)
        for number in range(4):
            table.pair.whisper(f"Slowly, slowly, slowly {number}.")
        await table.on(pilot)
        assert "slowly 3." in text_of(pilot)
        await pilot.resize_terminal(60, 16)
        await settled(pilot)
        assert "slowly 3." in text_of(pilot)


async def test_what_the_trainer_says_in_the_debrief_is_told(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        note = table.pair.note("Very nervous today.")
        await finish(table, pilot)
        await table.press(pilot, "q")
        table.pair.open(note)
        await table.on(pilot)
        assert notices(pilot)[-1] == "Bora: Very nervous today."
        await table.press(pilot, "a")
        assert notices(pilot)[-1] == "Bora begins the next take: tell them where from."
        await table.press(pilot, "t", *"Ask", "enter", "q")
        assert screen(pilot) == "SeatScreen"
        assert table.session.events[-1].text == "Ask"
        assert "The take is over." in text_of(pilot)
        await table.press(pilot, "enter")
        assert screen(pilot) == "SeatDebrief"


# --- a question for the room


async def test_a_question_for_the_room_is_answered_once_and_its_split_is_shown(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        options = (("a", "Listen"), ("b", "Look"))
        table.pair.send(p.Poll("1", "Where is it?", options))
        await table.on(pilot)
        assert "Where is it?" in text_of(pilot)
        sent = []
        table.guest.do = lambda *words: sent.append(words)
        await table.press(pilot, "2", "enter")
        assert sent == [("vote", "b", "1")]
        assert "Chosen." in text_of(pilot)
        table.pair.send(p.Poll("1", "Where is it?", options, (1, 3), "He smiles."))
        await table.on(pilot)
        assert "3 of 4" in text_of(pilot)
        assert "He smiles." in text_of(pilot)
        await table.press(pilot, "enter")
        assert screen(pilot) == "SeatScreen"


@pytest.mark.parametrize("size", [(80, 24), (60, 24)])
async def test_all_of_a_question_is_reached_on_a_small_screen(tmp_path, size):
    table = Table(tmp_path)
    async with table.run(size) as pilot:
        await table.sit(pilot)
        options = tuple((key, f"{key}, and many words more. " * 5) for key in "abcd")
        heard = "They said, and went on to say. " * 6
        table.guest.do = lambda *words: None
        table.pair.send(p.Poll("1", heard, options))
        await table.on(pilot)
        assert "They said" in text_of(pilot) and "Enter chooses" in text_of(pilot)
        await table.press(pilot, "4")
        assert "4 d, and many" in text_of(pilot)
        await table.press(pilot, "q")
        assert screen(pilot) == "PollScreen" and "not chosen yet" in text_of(pilot)
        await table.press(pilot, "enter")
        table.pair.send(p.Poll("1", heard, options, (1, 3, 0, 0), "He smiles, and goes."))
        await table.on(pilot)
        assert "He smiles, and goes." in text_of(pilot) and "q or Enter closes this" in text_of(pilot)
        await table.press(pilot, *["up"] * 40)
        assert "They said" in text_of(pilot)


# --- sizes, and words from outside


@pytest.mark.parametrize("size", [*SIZES, TINY])
async def test_it_stands_at_every_size(tmp_path, size):
    table = Table(tmp_path)
    async with table.run(size) as pilot:
        await table.sit(pilot)
        table.pair.whisper("Slowly.")
        await table.on(pilot)
        assert text_of(pilot).startswith(" watched by Bora"[: size[0]])
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1


NASTY = "\x1b[2J\x1b]0;owned\x07[red]bold[/red][@click=app.bell]x[/]\u202e"


async def test_what_a_trainer_says_is_shown_and_never_obeyed(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        send = table.pair.send
        table.pair.whisper(f"{NASTY} whisper")
        table.pair.barge(f"{NASTY} barge")
        send(p.Notice(f"{NASTY} notice"))
        words = (("a", f"{NASTY} reply"), ("b", "b"))
        view = p.View(
            title=NASTY, mode=NASTY, status="playing", trainer=NASTY, decision=2**31, speaker=NASTY, says=NASTY,
            replies=words, meters=(NASTY,), notes=(NASTY,), left_ms=2**31, phase=NASTY, answer=NASTY, held=False,
        )  # fmt: skip
        send(p.Look(view))
        await table.on(pilot)
        shown = (
            text_of(pilot) + sheet_of(pilot, "#talk") + sheet_of(pilot, "#facts") + "".join(notices(pilot))
        )
        assert "[red]bold[/red]" in shown
        for size in ((60, 24), (20, 5)):
            await pilot.resize_terminal(*size)
            shown += text_of(pilot)
        await table.press(pilot, "f")
        shown += text_of(pilot)
        send(p.Poll("1", NASTY, words, (2**31, -5), NASTY))
        await table.on(pilot)
        shown += text_of(pilot)
        send(p.Poll("2", NASTY, words, (1,), NASTY))
        send(p.Look(replace(view, seat="customer", held=True, reactions=words)))
        await table.on(pilot)
        shown += text_of(pilot)
        assert not {"\x1b", "\x07", "\u202e"} & set(shown)


async def test_messages_that_make_no_sense_do_no_harm(tmp_path):
    table = Table(tmp_path)
    async with table.run() as pilot:
        await table.sit(pilot)
        texts = (
            "",
            "{}",
            "[]",
            "\x00",
            '{"t":"told"}',
            '{"t":"point","seq":-1}',
            '{"t":"begin","take":"../x","seat":""}',
        )
        for text in texts:
            table.guest.heard(text)
            await table.on(pilot)
            table.again()
            await table.on(pilot)
        assert screen(pilot) == "SeatScreen"
        await table.press(pilot, "2", "enter")
        assert table.session.state.decisions == 1


# --- joining


@pytest.fixture
def sessions(tmp_path, monkeypatch) -> Path:
    """The folder where sessions are kept."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return tmp_path / "state" / "taketwo" / "sessions"


def nobody_there() -> str:
    """An invitation to a port that nothing listens at."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        return Invitation("127.0.0.1", free.getsockname()[1], bytes(32), bytes(10)).encode()


async def test_an_invitation_is_pasted_in_several_lines(tmp_path, sessions):
    text = nobody_there()
    app = program(tmp_path, learner="")
    app.opening = lambda app: app.push_screen(JoinScreen())
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, *"Ada", "enter")
        await type_in(pilot, f"Hello Ada,\n{text[:50]}\n{text[50:]}\nBora")
        await press(pilot, "enter")
        while "Trying again" not in text_of(pilot):
            await pilot.pause(0.02)
        assert len(list(sessions.glob("guest-*.toml"))) == 1
        await press(pilot, "q")
        assert screen(pilot) == "Home"
        assert pilot.app.settings.learner == "Ada"
        await pilot.app.workers.wait_for_complete()
        assert not list(sessions.glob("guest-*.toml"))


async def test_what_is_no_invitation_is_told(tmp_path, sessions):
    async with program(tmp_path).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.app.push_screen(JoinScreen())
        await type_in(pilot, f"{NASTY} hello")
        await press(pilot, "enter")
        assert "This is not an invitation" in text_of(pilot)
        await type_in(pilot, nobody_there()[:-4])
        await press(pilot, "enter")
        assert "cut off, or letters are missing" in text_of(pilot)
        await press(pilot, "escape")
        assert screen(pilot) == "Home"


async def test_a_session_that_was_cut_off_is_gone_on_with_by_enter_and_can_be_forgotten(tmp_path, sessions):
    file = GuestFile("2026-11-22T10:15:30+00:00", nobody_there(), "x" * 32, "Ada", NASTY)
    Keeper(guest_path(sha256(file.secret.encode()).hexdigest()[:12])).write(file)
    for answer, left in (("n", 1), ("y", 0)):
        async with program(tmp_path).run_test(size=(80, 24)) as pilot:
            await settled(pilot)
            await pilot.app.push_screen(JoinScreen())
            await settled(pilot)
            assert "Go on with" in text_of(pilot)
            assert "\x1b" not in text_of(pilot)
            await press(pilot, "enter")
            assert "Another invitation" not in text_of(pilot)
            await press(pilot, "q", answer)
            assert screen(pilot) == "Home"
            await pilot.app.workers.wait_for_complete()
        assert len(list(sessions.glob("guest-*.toml"))) == left
