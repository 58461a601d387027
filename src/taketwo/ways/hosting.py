"""To hold a session: the trainer's program, in a terminal of its own or at one keyboard with the learner."""

import sys
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import settings
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, NAME_LENGTH, UNFINISHED, WRONG_USE, agreed, complain, guarded

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.keeping import HostFile
    from taketwo.scenario.model import Scenario
    from taketwo.tui.app import TakeTwo


HELD = " One is held in another terminal just now: it goes on there."


@dataclass(frozen=True, slots=True)
class HostWish:
    """How somebody wants to hold a session."""

    scenario: str = ""
    listen: str = ""
    name: str = ""
    goal: str = ""
    frame: str = ""
    room: bool = False
    plain: bool = False
    assessed: bool = False
    seed: int | None = None
    again: bool = False
    """go on with the session that was cut off"""
    new: bool = False
    """never ask for that"""


@guarded
def host_session(wish: HostWish, saves: Path | None, dialogues: Path | None) -> int:
    """Hold a session, on the full screen or line by line."""
    from taketwo.pairing.certificate import Missing
    from taketwo.pairing.frame import BadFrame

    if not wish.plain and not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain("The full screen needs a terminal. `taketwo host SCENARIO --plain` works without one.")
        return WRONG_USE
    try:
        hosting, scenario = _hosting(wish, saves, dialogues)
    except (Missing, BadFrame, _BadAddress) as error:
        complain(error)
        return WRONG_USE
    if hosting is None:
        return FINDINGS
    if wish.plain:
        from taketwo.plain.desk import hold

        return hold(hosting, scenario, _start(wish))
    return _at_screen(wish, hosting, scenario, dialogues)


def _at_screen(
    wish: HostWish, hosting: "Hosting", scenario: "Scenario | None", dialogues: Path | None
) -> int:
    from taketwo.ways.playing import at_screen

    def opening(app: "TakeTwo") -> None:
        app.seed = wish.seed
        app.settings = _settings(wish, app.settings)
        if wish.room or hosting.host.file.room:
            from taketwo.tui.board import BoardScreen

            app.push_screen(BoardScreen(hosting, scenario))
        else:
            from taketwo.tui.lobby import LobbyScreen

            app.push_screen(LobbyScreen(hosting, scenario))

    code = at_screen(hosting.shelf.folder, dialogues, opening)
    if code == DONE and not hosting.host.file.over:
        complain("Left. `taketwo host --again` goes on with it.")
        return UNFINISHED
    return code


def _settings(wish: HostWish, known: settings.Settings) -> settings.Settings:
    from dataclasses import replace

    return replace(known, mode="assessed") if wish.assessed else known


def _start(wish: HostWish) -> "tuple[str, int | None]":
    return ("assessed" if wish.assessed else settings.load()[0].mode, wish.seed)


def _hosting(
    wish: HostWish, saves: Path | None, dialogues: Path | None
) -> "tuple[Hosting | None, Scenario | None]":
    """The session, new or gone on with, and the scene it is about; None where that cannot be."""
    from taketwo.pairing.frame import frame_of
    from taketwo.pairing.hosting import Hosting
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf

    library = Library(dialogues)
    if (file := _cut_off(wish)) is not None:
        hosting = Hosting.reopened(file, library)
        scenario = library.load(file.scenario) if file.scenario else None
        return hosting, scenario
    if wish.again:
        complain(f"No session was cut off here.{HELD if any(_held_elsewhere()) else ''}")
        return None, None
    scenario = library.load(wish.scenario) if wish.scenario else None
    trainer = _trainer(wish.name)
    shelf = Shelf(saves_folder(saves).path)
    made = Hosting.new(
        shelf,
        library,
        trainer,
        wish.scenario,
        _address(wish.listen),
        room=wish.room,
        goal=clean_line(wish.goal, 200),
        frame=frame_of(wish.frame),
    )
    return made, scenario


def _cut_off(wish: HostWish) -> "HostFile | None":
    """The session that was cut off here last, if it shall be gone on with."""
    from taketwo.pairing.keeping import Keeper, cut_off_here

    if wish.new:
        return None
    left = sorted(cut_off_here(), key=lambda each: not each[1].seats)  # those that somebody sits in first
    for path, file in left:
        if not (file.seats or wish.again):
            continue
        keeper = Keeper(path)
        if not keeper.hold():
            continue
        names = " and ".join(seat.name for seat in file.seats)
        question = f"A session with {names} was cut off. Go on with it? Type yes, or Enter for a new one: "
        if wish.again or agreed(question):
            return file
        keeper.let_go()
        return None
    return None


def _held_elsewhere() -> "Iterator[HostFile]":
    """The sessions that other programs of this user hold now."""
    from taketwo.pairing.keeping import Keeper, cut_off_here

    for path, file in cut_off_here():
        keeper = Keeper(path)
        if keeper.hold():
            keeper.let_go()
        else:
            yield file


def _trainer(name: str) -> str:
    """Who trains, as learners see it: as said, as remembered, or as is answered now."""
    from dataclasses import replace

    from taketwo.plain import Console, Left

    known = settings.load()[0]
    if found := clean_line(name or known.learner, NAME_LENGTH):
        return found
    if sys.stdin.isatty():
        with suppress(Left):
            asked = clean_line(Console().ask("Your name, as the learner will see it: ") or "", NAME_LENGTH)
            if asked:
                settings.save(replace(known, learner=asked))
                return asked
    return "Your trainer"


class _BadAddress(Exception):
    """What was given for --listen is no address."""


def _address(text: str) -> tuple[str, int]:
    """Host and port of --listen: `192.0.2.7:4747`, `[::1]:4747`, `:4747`, `192.0.2.7`. Raises _BadAddress."""
    from taketwo.pairing.hosting import LOOPBACK

    if not text:
        return LOOPBACK, 0
    host, colon, port = text.rpartition(":")
    if not colon or "]" in port or (":" in host and not host.startswith("[")):
        host, port = text, "0"
    if not (port.isascii() and port.isdigit() and int(port[:6]) < 65_536):
        raise _BadAddress(f"{clean_line(text, 80)!r} is no address. Give HOST:PORT, as in 192.0.2.7:4747.")
    return host.strip("[]") or "0.0.0.0", int(port)  # noqa: S104  # asked for by `:4747`


@guarded
def pair_here(scenario: str, trainer: str, learner: str, assessed: bool, seed: int | None,
              saves: Path | None, dialogues: Path | None) -> int:  # fmt: skip
    """Two people at one keyboard."""
    from taketwo.scenario.library import Library
    from taketwo.ways.playing import at_screen

    scene = Library(dialogues).load(scenario)
    known = settings.load()[0]
    names = (
        clean_line(trainer, NAME_LENGTH) or "the trainer",
        clean_line(learner or known.learner, NAME_LENGTH),
    )

    def opening(app: "TakeTwo") -> None:
        app.seed = seed
        app.settings = _settings(HostWish(assessed=assessed), app.settings)
        app.begin_pair(scene, names[0], names[1] or "you")

    return at_screen(saves, dialogues, opening)
