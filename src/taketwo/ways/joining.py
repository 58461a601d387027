"""To join a session: on the full screen, line by line, or only to try the way there."""

import asyncio
import sys
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import settings
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, NAME_LENGTH, UNFINISHED, WRONG_USE, complain, guarded

if TYPE_CHECKING:
    from taketwo.pairing.joining import Joining
    from taketwo.plain.lines import Lines
    from taketwo.transcript.shelf import Shelf
    from taketwo.tui.app import TakeTwo

NO_INVITATION = "There is no invitation."
ASKED = "Paste the invitation that your trainer sent you: "


def _ready() -> bool:
    """Whether what a session needs is installed; if not, it is said what is missing."""
    from taketwo.pairing.certificate import Missing, needed

    try:
        needed()
    except Missing as error:
        complain(error)
        return False
    return True


@guarded
def join_on_screen(
    learner: str | None, saves: Path | None, dialogues: Path | None, *, observe: bool = False
) -> int:
    """Join on the full screen."""
    from taketwo.ways.playing import at_screen

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain("The full screen needs a terminal. `taketwo join --plain` works without one.")
        return WRONG_USE
    if not _ready():
        return WRONG_USE

    def opening(app: "TakeTwo") -> None:
        from taketwo.tui.join import JoinScreen

        app.push_screen(JoinScreen(clean_line(learner or "", NAME_LENGTH), observe=observe))

    from taketwo.pairing.keeping import cut_off_there

    code = at_screen(saves, dialogues, opening)
    if code == UNFINISHED and cut_off_there():
        complain("Left. `taketwo join` goes on with it.")
    return code


@guarded
def try_way() -> int:
    """Try everything that joining needs, and say how it went."""
    return _run(_probe) if _ready() else WRONG_USE


@guarded
def join_by_line(learner: str | None, saves: Path | None, *, observe: bool = False) -> int:
    """Join line by line."""
    return _run(lambda: _join(learner, saves, observe)) if _ready() else WRONG_USE


def _run(way: Callable[[], Coroutine[None, None, int]]) -> int:
    from taketwo.pairing.invitation import BadInvitation
    from taketwo.plain import Left

    try:
        return asyncio.run(way())
    except BadInvitation as error:
        complain(error)
        return WRONG_USE
    except Left:
        complain(NO_INVITATION)
        return WRONG_USE
    except KeyboardInterrupt:
        complain("\nLeft. `taketwo join` goes on with it.")
        return UNFINISHED


async def _probe() -> int:
    from taketwo.pairing.client import probe
    from taketwo.pairing.invitation import decode
    from taketwo.plain import Console
    from taketwo.plain.lines import Lines

    console = Console()
    probed = await probe(decode(await _invitation(Lines(console))))
    for sentence in probed.said:
        console.say(sentence)
    return DONE if probed.works else FINDINGS


async def _join(learner: str | None, saves: Path | None, observe: bool) -> int:
    from taketwo.pairing.client import NoLine
    from taketwo.pairing.joining import Joining
    from taketwo.plain import Console
    from taketwo.plain.lines import Lines
    from taketwo.plain.seat import sit
    from taketwo.transcript.shelf import Shelf

    console = Console()
    lines = Lines(console)
    chosen, problem = settings.load()
    if problem:
        complain(problem)
    shelf = Shelf(saves_folder(saves).path)
    name = clean_line(learner or chosen.learner, NAME_LENGTH)
    try:
        first = "" if lines.typed else await lines.ask(ASKED)
        joining = None if first else await _cut_off(lines, shelf)
        if joining is None:
            text = await _invitation(lines, first)
            while not name:
                name = clean_line(await lines.ask("What shall your trainer call you? "), NAME_LENGTH)
            joining = Joining.new(text, name, shelf, observe=observe)
        return await sit(console, lines, joining, chosen.films)
    except NoLine as error:
        complain(error)
        return FINDINGS
    except OSError as error:
        complain(f"What is needed for the session cannot be written down: {error.strerror or error}.")
        return FINDINGS


async def _invitation(lines: "Lines", first: str = "") -> str:
    """The text of an invitation, which may come in several lines. Raises BadInvitation, and Left at the end."""
    from taketwo.pairing.invitation import BadInvitation, decode

    text = first or await lines.ask(ASKED)
    while True:
        try:
            decode(text)
        except BadInvitation as error:
            more = await lines.get() if error.unfinished else None
            if more is None:
                raise
            text += more
        else:
            return text


async def _cut_off(lines: "Lines", shelf: "Shelf") -> "Joining | None":
    """The session that was cut off here, where somebody goes on with it by Enter; off a terminal, by an empty first line."""
    from taketwo.pairing.invitation import BadInvitation
    from taketwo.pairing.joining import Joining
    from taketwo.pairing.keeping import cut_off_there

    for _, file in cut_off_there()[:1]:
        who = file.trainer or "your trainer"
        question = f"The session with {who}, as {file.name}, was cut off. Enter goes on with it, n asks for another invitation: "
        if not lines.typed or not (await lines.ask(question)).casefold().startswith("n"):
            try:
                return Joining.again(file, shelf)
            except BadInvitation as error:
                lines.console.say(str(error))
    return None
