"""Joining by line: the program as a process of its own, with a trainer's end on loopback."""

import asyncio
import os
import pty
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from running import Desk

from house import SCENES, SEED, umbrella
from taketwo.pairing.hosting import Hosting
from taketwo.pairing.pair import Pair
from taketwo.scenario.library import Library
from taketwo.session import Session
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf

PATIENCE = 40
"""seconds after which something that was expected has not come; no test waits that long for anything it gets"""


class Trainer:
    """A session that is held in this process; everybody is let in."""

    def __init__(self, folder: Path) -> None:
        self.hosting = Hosting.new(Shelf(folder / "trainer"), Library(SCENES), "Bora", "lost-umbrella", goal="Listen first")
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
async def holding(folder: Path) -> AsyncIterator[Trainer]:
    trainer = Trainer(folder)
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
