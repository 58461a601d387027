"""What the tests of the ways in share: two small scenes, takes of them, a clock that is moved by hand."""

from functools import cache
from pathlib import Path

from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session, begin
from taketwo.take.commands import Remark, Start
from taketwo.transcript.shelf import Shelf

SCENES = Path(__file__).parent / "scenes"
SEED = 1
"""with it, 2 is the best reply at both decisions of the umbrella scene, and 1 the worst"""


class HandClock:
    """A clock that moves when a test says so."""

    def __init__(self) -> None:
        self.now = 0

    def wall(self) -> str:
        return "2026-11-22T10:15:30.000Z"

    def ms(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += round(seconds * 1000)


@cache
def umbrella() -> Scenario:
    return Library(SCENES).load("lost-umbrella")


def keep_take(
    shelf: Shelf, *replies: str, learner: str = "Zoë", mode: str = "coached", try_next: str = ""
) -> str:
    """A take of the umbrella scene on the shelf, left unfinished where the replies lead to no ending; its name."""
    session = begin(shelf, umbrella(), Start(learner=learner, seed=SEED, mode=mode))  # type: ignore[arg-type]  # a mode
    for reply in replies:
        session.say(reply)
    session.leave()
    if try_next:
        session.do(Remark("try-next", try_next))
    return name_of(session)


def name_of(session: Session) -> str:
    """The name of a take on the shelf; afterwards its file is free for others."""
    journal = session.journal
    journal.close()  # type: ignore[union-attr]  # a journal, as it came from a shelf
    return journal.name  # type: ignore[union-attr]
