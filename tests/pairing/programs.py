"""Two real programs, a trainer's and a learner's, each a process on a folder of its own; they can be killed."""

import subprocess
import threading
import time
from contextlib import suppress
from pathlib import Path

from running import Desk

from taketwo.pairing.seats import afterwards
from taketwo.transcript.reading import TakeFile, read_take

PATIENCE = 60
"""seconds after which a program that says nothing has hung"""


class Spoken:
    """A program by line: what it says is collected, and waited for."""

    def __init__(self, desk: Desk, *words: str) -> None:
        self.process = subprocess.Popen(
            desk.command(*words),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
            env=desk.env | {"PYTHONUNBUFFERED": "1"},
            cwd=desk.folder,
        )
        self.heard = ""
        self._at = 0
        self._more = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stdout
        with suppress(ValueError):  # it was killed, and its pipe closed
            while piece := self.process.stdout.read(1):
                with self._more:
                    self.heard += piece
                    self._more.notify_all()
        with self._more:
            self._more.notify_all()

    def say(self, line: str) -> None:
        """Type a line."""
        assert self.process.stdin
        try:
            self.process.stdin.write(line + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            raise EOFError(f"it has ended:\n{self.heard[-3000:]}") from None

    def until(self, *words: str) -> str:
        """Wait until one of `words` is said, after what was waited for before; which it was."""
        deadline = time.monotonic() + PATIENCE
        with self._more:
            while True:
                found = [(self.heard.index(w, self._at), w) for w in words if w in self.heard[self._at :]]
                if found:
                    at, word = min(found)
                    self._at = at + len(word)
                    return word
                if self.process.poll() is not None and not self._more.wait(0.2):
                    raise EOFError(f"it ended before {words}:\n{self.heard[-3000:]}")
                if not self._more.wait(max(0.0, deadline - time.monotonic())):
                    raise TimeoutError(f"waited for {words}:\n{self.heard[-3000:]}")

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.wait()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                with suppress(BrokenPipeError, ValueError):
                    pipe.close()

    def end(self) -> int:
        """Wait until it has ended; its exit code."""
        return self.process.wait(PATIENCE)


class Both:
    """A trainer's and a learner's program that practise together."""

    def __init__(self, folder: Path) -> None:
        (folder / "trainer").mkdir()
        (folder / "learner").mkdir()
        self.hosts, self.joins = Desk(folder / "trainer"), Desk(folder / "learner")
        self.host = Spoken(self.hosts, "host", "lost-umbrella", "--plain", "--name", "Bora", "--seed", "7")
        self.meet()

    def meet(self) -> None:
        """The learner comes in, says yes to being watched, and a take begins."""
        self.host.until("taketwo1-")
        self.host.until("\n")
        invitation = next(line for line in self.host.heard.splitlines() if line.startswith("taketwo1-"))
        self.join = Spoken(self.joins, "join", "--plain", "--learner", "Ada")
        self.join.say(invitation)
        self.host.until("Ada is at the door")
        self.host.say("y")
        self.join.until("Agree?")
        self.join.say("y")
        self.host.until("Ada is here")
        self.host.say("go")
        self.join.until("Imre")

    def __enter__(self) -> "Both":
        return self

    def __exit__(self, *_: object) -> None:
        self.host.kill()
        self.join.kill()

    def host_again(self) -> None:
        """Start the trainer's program again, which goes on with the session."""
        self.host = Spoken(self.hosts, "host", "--again", "--plain")
        self.host.until("Listening")

    def join_again(self) -> None:
        """Start the learner's program again, which goes on with the session."""
        self.join = Spoken(self.joins, "join", "--plain", "--learner", "Ada")
        self.join.say("")

    def together(self) -> None:
        """Wait until the learner's program has found its way back."""
        while True:
            self.host.say("who")
            if self.host.until("Ada is here.", "Ada is cut off", "Ada is asked") == "Ada is here.":
                return

    def takes(self, who: Desk) -> dict[str, TakeFile]:
        """The takes on somebody's shelf, by name."""
        return {path.stem: read_take(path) for path in who.saves.glob("2*.toml")}

    def compare(self) -> tuple[int, int]:
        """Check that both have the same takes, but for the seals; how many, and how many events."""
        mine, theirs = self.takes(self.hosts), self.takes(self.joins)
        assert mine.keys() == theirs.keys(), (sorted(mine), sorted(theirs))
        for name, take in mine.items():
            assert take.damage is None and theirs[name].damage is None
            assert tuple(afterwards(take.events, "learner")) == theirs[name].events, name
            moves = [event.move for event in take.events if event.move]
            assert len(moves) == len(set(moves)), name
            assert [event.seq for event in take.events] == list(range(1, len(take.events) + 1))
        return len(mine), sum(len(take.events) for take in mine.values())
