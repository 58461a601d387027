"""The full screen under test: made on folders of its own, read as text."""

from contextlib import suppress
from pathlib import Path
from typing import Any

from textual.events import Paste
from textual.pilot import Pilot
from textual.worker import WorkerCancelled

from house import SCENES, SEED
from taketwo.scenario.library import Library
from taketwo.settings import Settings
from taketwo.transcript.shelf import Shelf
from taketwo.tui.app import TakeTwo
from taketwo.tui.sheet import Sheet

SIZES = [(120, 40), (80, 24), (60, 24)]
TINY = (20, 5)


def program(
    folder: Path,
    *,
    dialogues: Path = SCENES,
    scene: str = "",
    take: str = "",
    programme: Path | None = None,
    surprise: bool = False,
    **chosen: Any,
) -> TakeTwo:
    """The program for a learner who has been here before, unless `learner=""`."""
    settings = Settings(**{"learner": "Zoë"} | chosen)
    shelf = Shelf(folder / "saves")
    app = TakeTwo(Library(dialogues), shelf, settings, where="Takes are kept here.", scene=scene, take=take)
    app.seed = SEED
    app.programme, app.surprise = programme, surprise
    return app


async def settled(pilot: Pilot[Any]) -> None:
    """Wait for what is read or solved behind the screen; questions to a person do not count."""
    await pilot.pause()
    while behind := [
        worker for worker in pilot.app.workers if worker.name in ("load", "_wait") and not worker.is_finished
    ]:
        with suppress(WorkerCancelled):  # another one took over
            await pilot.app.workers.wait_for_complete(behind)
        await pilot.pause()


async def press(pilot: Pilot[Any], *keys: str) -> None:
    """Press keys and wait for what comes of them."""
    await pilot.press(*keys)
    await settled(pilot)


async def type_in(pilot: Pilot[Any], text: str) -> None:
    """Put a text in as a paste does: one event, where typing is one a letter."""
    pilot.app.post_message(Paste(text))
    await settled(pilot)


def text_of(pilot: Pilot[Any]) -> str:
    """The screen as lines of text, without colours."""
    strips = pilot.app.screen._compositor.render_strips()
    return "\n".join("".join(segment.text for segment in strip).rstrip() for strip in strips)


def sheet_of(pilot: Pilot[Any], selector: str = "Sheet") -> str:
    """All that a sheet holds, also what is scrolled away."""
    sheet = pilot.app.screen.query_one(selector, Sheet)
    return "\n".join(f"{block.lead}{block.text} {block.tail}".rstrip() for block in sheet.blocks)


def notices(pilot: Pilot[Any]) -> list[str]:
    """What the program has said in passing."""
    return [notification.message for notification in pilot.app._notifications]


def screen(pilot: Pilot[Any]) -> str:
    """The name of the screen that is on top."""
    return type(pilot.app.screen).__name__
