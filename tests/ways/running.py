"""The program as a process of its own, on folders of its own."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from house import SCENES


class Desk:
    """A folder with settings and saves, and the program run on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.saves = folder / "saves"
        self.env = {
            **{
                key: value for key, value in os.environ.items() if not key.startswith(("TAKETWO", "NO_COLOR"))
            },
            "TAKETWO_CONFIG": str(folder / "config"),
            "XDG_CACHE_HOME": str(folder / "cache"),
            "XDG_STATE_HOME": str(folder / "state"),
            "TAKETWO_SAVES": str(self.saves),
            "TAKETWO_DIALOGUES": str(SCENES),
            "PYTHONUTF8": "1",
        }

    def command(self, *words: str | Path) -> list[str]:
        return [sys.executable, "-m", "taketwo", *map(str, words)]

    def run(
        self, *words: str | Path, typed: str = "", first: Callable[[], None] | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run a command with `typed` as its input; `first` is called in the child before it begins."""
        return subprocess.run(
            self.command(*words),
            input=typed,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=self.env,
            cwd=self.folder,
            timeout=60,
            preexec_fn=first,
        )

    def start(self, *words: str | Path) -> subprocess.Popen[str]:
        """Begin a command, to type to and to read from."""
        return subprocess.Popen(
            self.command(*words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=self.env,
            cwd=self.folder,
        )

    def take(self) -> Path:
        """The only take in the folder."""
        (path,) = self.saves.glob("*.toml")
        return path
