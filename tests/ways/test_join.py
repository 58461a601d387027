"""Joining by line: the program as a process of its own, with a trainer's end on loopback."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from running import Desk

from house import SCENES, SEED, umbrella
from taketwo.pairing import protocol as p
from taketwo.pairing.hosting import Hosting
from taketwo.pairing.invitation import decode
from taketwo.pairing.pair import Pair
from taketwo.pairing.window import attend
from taketwo.scenario.library import Library
from taketwo.session import Session
from taketwo.take.commands import Start, Steer
from taketwo.take.events import Replied
from taketwo.transcript.shelf import Shelf

PATIENCE = 40
"""seconds after which something that was expected has not come; no test waits that long for anything it gets"""


class Trainer:
    """A session that is held in this process; everybody is let in."""

    def __init__(self, folder: Path, *, room: bool = False) -> None:
        self.hosting = Hosting.new(
            Shelf(folder / "trainer"),
            Library(SCENES),
            "Bora",
            "lost-umbrella",
            goal="Listen first",
            room=room,
        )
        self.news = asyncio.Event()
        self.hosting.host.changed = self._changed

    def _changed(self) -> None:
        self.news.set()

    async def until(self, done: Callable[[], object]) -> None:
        """Wait for something that a guest does."""
        async with asyncio.timeout(PATIENCE):
            while not done():
                self.news.clear()
                await self.news.wait()

    async def let_in(self) -> Pair:
        await self.until(lambda: self.hosting.host.door)
        return self.hosting.host.let_in(self.hosting.host.door[0])

    async def begin(self, mode: str = "coached") -> tuple[Pair, Session]:
        """Somebody is let in, agrees, and the umbrella begins."""
        pair = await self.let_in()
        await self.until(lambda: pair.agreed)
        return pair, self.hosting.begin(pair, umbrella(), Start(seed=SEED, mode=mode))  # type: ignore[arg-type]  # a mode


class Learner:
    """`taketwo join --plain` with pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.text = ""

    def type(self, *lines: str) -> None:
        assert self.process.stdin
        self.process.stdin.write("".join(f"{line}\n" for line in lines).encode())

    async def until(self, words: str) -> str:
        """Wait until it has printed `words`; all that it has printed."""
        assert self.process.stdout
        async with asyncio.timeout(PATIENCE):
            while words not in self.text:
                data = await self.process.stdout.read(4096)
                if not data:
                    raise EOFError(f"it ended before {words!r}:\n{self.text}")
                self.text += data.decode()
        return self.text

    async def end(self) -> int:
        """Close its input, and read all; its exit code."""
        assert self.process.stdin and self.process.stdout
        self.process.stdin.close()
        async with asyncio.timeout(PATIENCE):
            self.text += (await self.process.stdout.read()).decode()
            return await self.process.wait()


@pytest.fixture
def state(tmp_path, monkeypatch, desk) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "trainers-state"))
    desk.env["XDG_STATE_HOME"] = str(tmp_path / "state")


@asynccontextmanager
async def holding(folder: Path, *, room: bool = False) -> AsyncIterator[Trainer]:
    trainer = Trainer(folder, room=room)
    await trainer.hosting.open()
    try:
        yield trainer
    finally:
        await trainer.hosting.close()


@asynccontextmanager
async def joining(desk: Desk, *words: str) -> AsyncIterator[Learner]:
    process = await asyncio.create_subprocess_exec(
        *desk.command("join", *(words or ("--plain", "--learner", "Ada"))),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=desk.env,
        cwd=desk.folder,
    )
    try:
        yield Learner(process)
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def test_a_whole_take_from_a_pipe(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y", "2", "2", "n It went well.", "t Ask first.")
        _, session = await trainer.begin()
        await learner.until("You will see it before your next take.")
        assert await learner.end() == 0
        await trainer.until(lambda: session.events[-1].text == "Ask first.")
    assert session.state.over
    text = learner.text
    assert text.index("Calling") < text.index("Bora sees what you do") < text.index(session.started.says)
    assert "What this session is for: Listen first" in text
    assert "  | The best on offer." in text
    assert "Passed" in text
    assert desk.take().stem == session.name


async def test_everything_that_a_trainer_does_is_printed_as_it_comes(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        await learner.until(f"  2. {session.replies[1].text}")
        pair.whisper("Ask where he lost it.")
        pair.barge("I am her lead.")
        await learner.until("Bora, to you alone: Ask where he lost it.")
        await learner.until("Bora: I am her lead.")
        learner.type("a")
        await trainer.until(lambda: pair.asks)
        await learner.until("You asked Bora for help.")
        pair.hand()
        await learner.until("Bora has the conversation; listen.")
        words = session.replies[1].text
        pair.say(session.replies[1].id)
        await learner.until(f"Bora: {words}")
        pair.hand()
        await learner.until("The conversation is yours again.")
        pair.set_steering(True)
        learner.type("1")
        await learner.until("Bora, as the customer, is thinking.")
        pair.let(Steer(says="Say that again?"))
        await learner.until("Say that again?")
        assert learner.text.count("Ask where he lost it.") == 1


async def test_all_that_can_be_typed(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(
            trainer.hosting.invitation(),
            "y",
            "?",
            "f",
            "m",
            "r",
            "w I would ask.",
            "h",
            "n Noted.",
            "8",
            "what",
        )
        learner.type("1", "u", "p", "p", "x", "n", "x", "y")
        _, session = await trainer.begin()
        await learner.until("Not passed")
        assert await learner.end() == 0
    text = learner.text
    for words in (
        "1 to 9     say that reply", "- ", "Patience", "In your own words: I would ask.", "Hint: ", "Your note: Noted.",
        "There are 1 to 2 here.", "or ? for help.", "Taken back.", "Paused. p goes on.",
    ):  # fmt: skip
        assert words in text
    assert session.state.status == "abandoned"


async def test_spoken_the_learner_says_it_aloud_or_types_it(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        await learner.until(session.replies[0].text)
        pair.set_spoken(True)
        await learner.until("Say it aloud")
        learner.type("w Where did you have it last?")
        await trainer.until(lambda: getattr(session.events[-1], "topic", "") == "own-words")
        pair.say(session.replies[1].id)
        await learner.until("  | The best on offer.")
        assert session.events[-1].pressed == "trainer"


async def test_with_roles_swapped_the_learner_is_the_customer(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        pair.swap()
        await learner.until("You are the customer")
        words = session.replies[0].text
        pair.say(session.replies[0].id)
        await learner.until(f"Bora: {words}")
        learner.type("1")
        await trainer.until(lambda: session.state.decisions == 1)
        learner.type("w And my umbrella?")
        await trainer.until(lambda: session.says == "And my umbrella?")
        await learner.until("And my umbrella?")
        assert learner.text.count(words) == 1


async def test_a_session_ends_for_the_learner_when_the_trainer_leaves(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        await trainer.begin()
        await learner.until("or ? for help.")
        await trainer.hosting.close()
        await learner.until("Bora has left. What you practised is kept.")
        assert await learner.end() == 0


async def test_when_the_line_is_cut_it_goes_on(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        await learner.until(session.replies[0].text)
        assert pair.line
        pair.line.close("cut")
        await learner.until("The line is cut. The clock waits.")
        await learner.until("The line stands.")
        learner.type("2")
        await trainer.until(lambda: session.state.decisions == 1)


async def test_a_pipe_that_ends_leaves_a_take_to_go_on_with(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y", "2")
        pair, session = await trainer.begin()
        assert await learner.end() == 3
        assert "Left. `taketwo join` goes on with it." in learner.text
        await trainer.until(lambda: not pair.on_line)
        assert session.state.status == "paused"
        (file,) = (tmp_path / "state" / "taketwo" / "sessions").glob("guest-*.toml")
        assert 'trainer = "Bora"' in file.read_text()


async def test_leaving_for_good_leaves_nothing_to_go_on_with(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y", "q", "y")
        pair = await trainer.let_in()
        await trainer.until(lambda: pair.agreed and not pair.on_line)
        assert await learner.end() == 0
        assert not list((tmp_path / "state" / "taketwo" / "sessions").glob("guest-*.toml"))


async def test_who_says_no_is_out(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "no")
        pair = await trainer.let_in()
        assert await learner.end() == 0
        assert "You did not agree to be watched" in learner.text
        assert not pair.agreed


async def test_after_a_take_both_look_at_it_and_another_begins(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y", "1", "2", "b 1")
        pair, session = await trainer.begin()
        await learner.until("Decision by decision")
        decision = next(event for event in session.events if isinstance(event, Replied))
        pair.send(p.Point(decision.seq))
        await learner.until(f"Bora points at decision 1: {decision.said}")
        learner.type("b 9")
        await learner.until("There are decisions 1 to 2.")
        trainer.hosting.begin(pair, umbrella(), Start(seed=SEED))
        learner.type("2", "2")
        await learner.until("Passed, as practice")
        assert await learner.end() == 0
    assert len(list(desk.saves.glob("*.toml"))) == 2


async def test_a_question_for_the_room_is_answered_by_number(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        votes = []
        trainer.hosting.host.voted = lambda pair, move: votes.append(move.what)
        learner.type(trainer.hosting.invitation(), "y")
        pair, _ = await trainer.begin()
        options = (("a", "Listen"), ("b", "Look"))
        pair.send(p.Poll("1", "Where is it?", options))
        await learner.until("  2. Look")
        learner.type("2")
        await learner.until("Chosen.")
        pair.send(p.Poll("1", "Where is it?", options, (1, 3), "He smiles."))
        await learner.until("- 3 of 4: Look")
        await learner.until("He smiles.")
        await trainer.until(lambda: votes)
    assert votes == ["b"]


async def test_somebody_observes_by_line_and_ticks_what_they_see(tmp_path, desk, state):
    async with (
        holding(tmp_path, room=True) as trainer,
        joining(desk) as learner,
        joining(desk, "--plain", "--observe", "--learner", "Ben") as observer,
    ):
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        observer.type(trainer.hosting.invitation(), "y")
        ben = await trainer.let_in()
        assert ben.wish == "observer"
        await trainer.until(lambda: ben.agreed)
        await observer.until("Bora lets you look on when a take has begun.")
        attend(ben, pair, "observer", ("Let them finish", "Asked an open question"))
        await observer.until("  2. Asked an open question")
        assert "You observe Ada." in observer.text and session.replies[0].text not in observer.text
        observer.type("2", "1", "1", "n She listens.", "9")
        await observer.until("Your list has lines 1 to 2.")
        await trainer.until(lambda: getattr(session.events[-1], "text", "") == "She listens.")
        seen = [(e.text, e.value) for e in session.events if getattr(e, "topic", "") == "observed"]
        assert seen == [
            ("Asked an open question", 1),
            ("Let them finish", 1),
            ("Let them finish", -1),
            ("She listens.", 0),
        ]
        assert "Seen: Asked an open question" in observer.text
        learner.type("2", "2")
        await observer.until("Decision by decision")
        await observer.end()
        await learner.end()


# --- the invitation


async def test_an_invitation_may_come_in_several_lines(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        text = trainer.hosting.invitation()
        learner.type(text[:40], text[40:80], text[80:])
        await trainer.let_in()
        await learner.until("Bora sees what you do")


@pytest.mark.parametrize("words", ["", "hello", "taketwo1-02"])
def test_what_is_no_invitation_is_told_and_nothing_is_tried(desk, words):
    for how in ("--plain", "--test"):
        run = desk.run("join", how, "--learner", "Ada", typed=words)
        assert run.returncode == 2
        assert "invitation" in run.stderr
        assert "Traceback" not in run.stderr


def test_without_a_terminal_the_way_by_line_is_named(desk):
    run = desk.run("join")
    assert (run.returncode, "taketwo join --plain" in run.stderr) == (2, True)


@pytest.mark.parametrize("how", ["--plain", "--test"])
def test_a_missing_library_is_named(desk, how):
    (desk.folder / "sitecustomize.py").write_text(
        "import importlib.util as u\nfind = u.find_spec\n"
        "u.find_spec = lambda name, *more: None if name == 'websockets' else find(name, *more)\n"
    )
    desk.env["PYTHONPATH"] = str(desk.folder)
    run = desk.run("join", how, typed="taketwo1-x")
    assert run.returncode == 2
    assert "need websockets, not installed here" in run.stderr


async def test_an_invitation_that_is_used_up_is_refused_in_words(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as first:
        first.type(trainer.hosting.invitation())
        await trainer.let_in()
        async with joining(desk, "--plain", "--learner", "Bo") as second:
            second.type(trainer.hosting.invitation())
            await second.until("This invitation has been used by somebody else.")
            assert await second.end() == 1


async def test_another_host_is_told_nothing(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        real = decode(trainer.hosting.invitation())
        learner.type(replace(real, fingerprint=bytes(32)).encode())
        await learner.until("is not the host that invited you. Nothing was sent to it.")
        assert await learner.end() == 1
        assert "Traceback" not in learner.text


async def test_the_way_can_be_tried_without_joining(tmp_path, desk, state):
    async with holding(tmp_path) as trainer:
        async with joining(desk, "--test") as learner:
            learner.type(trainer.hosting.invitation())
            await learner.until("You can join.")
            assert await learner.end() == 0
        assert not trainer.hosting.host.door
        invitation = trainer.hosting.invitation()
    async with joining(desk, "--test") as learner:
        learner.type(invitation)
        await learner.until("Nothing listens at")
        assert await learner.end() == 1


# --- hostile words


NASTY = "\x1b[2J\x1b]0;owned\x07 [red]bold[/red] [@click=app.bell]x[/]\u202e"


async def test_what_a_trainer_says_is_never_obeyed(tmp_path, desk, state):
    async with holding(tmp_path) as trainer, joining(desk) as learner:
        learner.type(trainer.hosting.invitation(), "y")
        pair, session = await trainer.begin()
        await learner.until(session.replies[0].text)
        pair.whisper(f"{NASTY} whisper")
        pair.barge(f"{NASTY} barge")
        pair.send(p.Notice(f"{NASTY} notice"))
        pair.send(p.Poll("1", f"{NASTY} heard", ((f"{NASTY}", f"{NASTY} option"),), (3,), f"{NASTY} told"))
        pair.send(
            p.Look(
                p.View(
                    title=NASTY,
                    speaker=NASTY,
                    says=NASTY,
                    replies=((NASTY, f"{NASTY} reply"),),
                    status="playing",
                )
            )
        )
        await learner.until("reply")
        learner.type("1", "r", "f", "m")
        pair.send(p.Bye(f"{NASTY} bye"))
        await learner.until("bye")
        await learner.end()
    assert "\x1b" not in learner.text
    assert "\u202e" not in learner.text
    assert "[red]bold[/red]" in learner.text
