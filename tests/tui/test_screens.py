"""A few screens as text, compared with the files in `screens/`.

`TAKETWO_REWRITE=1` writes them again; `git diff` then shows what has changed, and somebody looks at it.
"""

import os
from pathlib import Path

import pytest
from stage import SIZES, program, settled, text_of

from house import SEED, HandClock, umbrella
from taketwo.session import Session
from taketwo.take.commands import Start
from taketwo.tui.briefing import BriefingScreen
from taketwo.tui.debrief import DebriefScreen, JudgeScreen
from taketwo.tui.home import Home
from taketwo.tui.play import PlayScreen
from taketwo.tui.replay import ReplayScreen

SCREENS = Path(__file__).parent / "screens"


def played(*replies: str) -> Session:
    """A take in memory, five seconds a reply."""
    clock = HandClock()
    session = Session(umbrella(), clock=clock)
    session.do(Start(learner="Zoë", seed=SEED))
    for reply in replies:
        clock.advance(5)
        session.say(reply)
    return session


def last_step(session: Session) -> ReplayScreen:
    replay = ReplayScreen(session)
    replay.spot = replay.take.reel.end
    return replay


SHOWN = {
    "home": lambda: Home(),
    "briefing": lambda: BriefingScreen("lost-umbrella"),
    "play": lambda: PlayScreen(played("thirty-days")),
    "judge": lambda: JudgeScreen(played("thirty-days", "look")),
    "debrief": lambda: DebriefScreen(played("thirty-days", "look")),
    "replay": lambda: last_step(played("thirty-days", "look")),
}


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
async def test_screens_look_as_they_were_approved(tmp_path, size):
    different = []
    async with program(tmp_path).run_test(size=size) as pilot:
        for name, make in SHOWN.items():
            await pilot.app.push_screen(make())
            await settled(pilot)
            shown = text_of(pilot) + "\n"
            file = SCREENS / f"{name}-{size[0]}x{size[1]}.txt"
            if os.environ.get("TAKETWO_REWRITE"):
                file.write_text(shown)
            if shown != file.read_text():
                different.append(f"--- {file.name}, now:\n{shown}")
    assert not different, "\n".join(different)
