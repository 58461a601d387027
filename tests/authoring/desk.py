"""An author's desk: a folder of its own, the program as a process, and a keyboard that edits files between lines."""

import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO, TextIOBase
from pathlib import Path

from taketwo.authoring.new import new_scenario
from taketwo.authoring.watch import Watched, trial
from taketwo.plain import Console, Left, play
from taketwo.scenario.library import Library
from taketwo.session import Session
from taketwo.take.commands import Start

TAKETWO = [sys.executable, "-m", "taketwo"]


def environment(folder: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("TAKETWO")}
    return kept | {
        "TAKETWO_CONFIG": str(folder / "config"),
        "TAKETWO_SAVES": str(folder / "saves"),
        "PYTHONUTF8": "1",
    }


def taketwo(folder: Path, *words: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """The program run in `folder` until it ends."""
    return subprocess.run(
        [*TAKETWO, *words],
        input=typed,
        capture_output=True,
        encoding="utf-8",
        cwd=folder,
        env=environment(folder),
        timeout=60,
    )


def new(folder: Path, name: str = "late-pizza") -> Path:
    """The example scenario in a new file."""
    path = folder / f"{name}.toml"
    new_scenario(name, Library(), path)
    return path


def change(path: Path, *pairs: tuple[str, str]) -> None:
    """Save the file with other text in it; each text must stand there."""
    text = path.read_text("utf-8")
    for old, instead in pairs:
        assert old in text, old
        text = text.replace(old, instead)
    path.write_text(text, "utf-8")


class Keyboard(TextIOBase):
    """Lines to type; in between, things to do before the next one."""

    def __init__(self, steps: list[str | Callable[[], None]]) -> None:
        self.steps = list(steps)

    def readline(self, size: int | None = -1) -> str:  # type: ignore[override]  # typed text, not bytes
        while self.steps:
            step = self.steps.pop(0)
            if isinstance(step, str):
                return step + "\n"
            step()
        return ""


def watched_play(
    path: Path, *steps: str | Callable[[], None], seed: int = 1
) -> tuple[list[str], Session | None]:
    """What is printed while the file is played and saved in between, prompt by prompt; the take, if it came to an end."""
    watched = Watched(path, Library())
    session = trial(watched.load(), Start(seed=seed))
    sink = StringIO()
    try:
        ended = play(Console(Keyboard(list(steps)), sink), session, (), watched)  # type: ignore[arg-type]
    except Left:
        ended = None
    return sink.getvalue().split("> "), ended


def number(session: Session, reply: str) -> str:
    """What to type for a reply."""
    return str([choice.id for choice in session.replies].index(reply) + 1)
