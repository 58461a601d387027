"""The trainer's program with a board on it, which writes down when it had each event: a part of `room`.

python -m benchmarks.room_host FOLDER

`invitation` in the folder says how to get in; `times` has a line for each event that came from a guest: the move's id,
when it was on the disk and told, and when the board was drawn with it.
"""

import sys
import time
from pathlib import Path
from typing import TextIO

from taketwo.pairing.hosting import Hosting
from taketwo.pairing.pair import Pair
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session
from taketwo.settings import Settings
from taketwo.take.commands import Start
from taketwo.take.events import AnyEvent
from taketwo.transcript.shelf import Shelf
from taketwo.tui.app import TakeTwo
from taketwo.tui.board import BoardScreen

SCENARIO = "irate-customer"


class Timed(BoardScreen):
    """A board that knows when it has drawn what."""

    def __init__(self, hosting: Hosting, scenario: Scenario, times: TextIO) -> None:
        super().__init__(hosting, scenario)
        self._times = times
        self._waiting: list[tuple[str, float]] = []
        self.all._begin = self._begin_timed

    def _begin_timed(self, pair: Pair, scenario: Scenario, start: Start) -> Session:
        session = self.hosting.begin(pair, scenario, start)
        session.listeners.append(self._came)
        return session

    def _came(self, event: AnyEvent) -> None:
        if event.move:
            self._waiting.append((event.move, time.perf_counter()))

    def _show(self) -> None:
        super()._show()
        if self._waiting:
            drawn, self._waiting = self._waiting, []
            self.call_after_refresh(self._write, drawn)

    def _write(self, drawn: list[tuple[str, float]]) -> None:
        now = time.perf_counter()
        self._times.writelines(f"{move} {told} {now}\n" for move, told in drawn)
        self._times.flush()


def main(folder: Path) -> None:
    library, shelf = Library(), Shelf(folder / "host")
    hosting = Hosting.new(shelf, library, "Bora", SCENARIO, room=True)
    scenario = library.load(SCENARIO)
    app = TakeTwo(library, shelf, Settings(learner="Bora", own_words=False))
    with (folder / "times").open("w") as times:

        def opening(app: TakeTwo) -> None:
            app.push_screen(Timed(hosting, scenario, times))
            app.set_interval(0.2, lambda: _invite(hosting, folder / "invitation"))

        app.opening = opening
        app.run()


def _invite(hosting: Hosting, file: Path) -> None:
    if hosting.host.file.port and not file.exists():
        file.write_text(hosting.invitation())


if __name__ == "__main__":
    main(Path(sys.argv[1]))
