"""To play: the full screen or line by line, what to practise next, the Hollywood cut."""

import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from taketwo import settings
from taketwo.settings import Settings, Time
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, NAME_LENGTH, UNFINISHED, WRONG_USE, complain, guarded

if TYPE_CHECKING:
    from taketwo.authoring.watch import Watched
    from taketwo.plain import Console
    from taketwo.practice.command import Asked
    from taketwo.tui.app import TakeTwo

Opening: TypeAlias = "Callable[[TakeTwo], None]"
"""what the full screen shows first, over Home"""


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to play; None is what the settings say. No `scenario` is a surprise."""

    scenario: str
    plain: bool = False
    assessed: bool = False
    seed: int | None = None
    pace: Time | None = None
    learner: str | None = None
    watch: bool = False
    label: str = ""
    """put on the take as it begins"""
    programme: Path | None = None


@guarded
def full_screen(saves: Path | None, dialogues: Path | None, programme: Path | None = None) -> int:
    """Open the full screen at Home."""
    return _screen(saves, dialogues, None, "", programme=programme)


def at_screen(saves: Path | None, dialogues: Path | None, opening: Opening) -> int:
    """Open the full screen at something over Home."""
    return _screen(saves, dialogues, None, "", opening=opening)


def _screen(
    saves: Path | None,
    dialogues: Path | None,
    wish: Wish | None,
    take: str,
    watched: "Watched | None" = None,
    programme: Path | None = None,
    opening: "Opening | None" = None,
) -> int:
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf

    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        complain("The full screen needs a terminal. `taketwo play SCENARIO --plain` works without one.")
        return WRONG_USE
    from taketwo.tui.app import TakeTwo

    folder = saves_folder(saves)
    chosen, problem = settings.load()
    if wish:
        chosen = replace(
            chosen,
            learner=clean_line(wish.learner or chosen.learner, NAME_LENGTH),
            mode="assessed" if wish.assessed else chosen.mode,
            time=wish.pace or chosen.time,
        )
    scene = wish.scenario if wish else ""
    app = TakeTwo(
        Library(dialogues),
        Shelf(folder.path),
        chosen,
        where=folder.why,
        problem=problem,
        scene=scene,
        take=take,
    )
    app.seed = wish.seed if wish else None
    app.label = wish.label if wish else ""
    app.surprise = bool(wish and not wish.scenario)
    app.programme = wish.programme if wish else programme
    app.watched, app.opening = watched, opening
    app.run()
    return app.code or (FINDINGS if app.return_code else DONE)


@guarded
def play_scenario(wish: Wish, saves: Path | None, dialogues: Path | None) -> int:
    """Play one scenario, on the full screen or line by line."""
    from taketwo.scenario.library import Library

    library = Library(dialogues)
    watched = None
    if wish.watch:
        from taketwo.authoring.watch import Watched

        watched = Watched(library.find(wish.scenario), library)
    if not wish.plain:
        if watched:
            watched.load()
        elif wish.scenario:
            library.load(wish.scenario)
        return _screen(saves, dialogues, wish, "", watched)
    from taketwo.authoring.watch import TRIAL, trial
    from taketwo.plain import Console, Left, after, brief, play
    from taketwo.session import begin, from_here
    from taketwo.take.commands import Start
    from taketwo.transcript.past import Told, told
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import follows_words

    folder = saves_folder(saves)
    chosen, problem = settings.load()
    console = Console()
    if problem:
        complain(problem)
    if not (wish.learner or chosen.learner) and console.clocked:
        chosen = _introduced(console, chosen)
    learner = clean_line(wish.learner or chosen.learner, NAME_LENGTH) or "you"
    mode = "assessed" if wish.assessed else chosen.mode
    shelf = Shelf(folder.path)
    seed = secrets.randbelow(1 << 31) if wish.seed is None else wish.seed
    surprise = not (watched or wish.scenario)
    if watched:
        scene = Told(watched.load())
    elif surprise:
        from taketwo.practice.find import surprise_scene

        rows, now = shelf.rows(), datetime.now(UTC)
        scene = Told(surprise_scene(library, wish.programme, rows, learner, now, seed))
    else:
        scene = told(library, shelf, wish.scenario, learner)
    scenario = scene.scenario
    follows = follows_words(scene.row)
    brief(console, scenario, learner, mode, shelf.last_try(learner), follows, surprise=surprise)
    pace = float(wish.pace or chosen.time) if (wish.pace or chosen.time) != "off" and console.clocked else 0.0
    start = Start(learner=learner, seed=seed, mode=mode, pace=pace, follows=scene.follows)
    if watched:
        console.say(f"{TRIAL} The file is read again whenever it is saved.")
        console.say()
    while True:
        session = trial(scenario, start) if watched else begin(shelf, scenario, start, wish.label)
        try:
            session = play(console, session, chosen.films, watched)
        except Left:
            if watched:
                console.say("Left.")
                return DONE
            kept = " It is kept: `taketwo takes` lists it, `taketwo replay TAKE --plain` goes on with it."
            console.say(f"Left.{'' if session.unsaved else kept}")
            return UNFINISHED
        again = after(console, session, shelf)
        if again is None:
            return DONE
        scenario = session.scenario
        fresh = replace(start, seed=secrets.randbelow(1 << 31) if wish.seed is None else wish.seed)
        start = from_here(session, again.seq, fresh) if again.seq else fresh
        console.say()


def _introduced(console: "Console", chosen: Settings) -> Settings:
    """Ask for a name and for films, once, and remember them."""
    from taketwo.plain import Left

    try:
        name = console.ask("Welcome to Take Two. What shall we call you? ") or ""
        films = console.ask("Which films do you love? (optional, with commas) ") or ""
    except Left:
        return chosen
    loved = tuple(film.strip() for film in films.split(",") if film.strip())
    known = replace(chosen, learner=clean_line(name, NAME_LENGTH) or "you", films=loved)
    if problem := settings.save(known):
        complain(problem)
    return known


@guarded
def hollywood_cut(name: str, dialogues: Path | None) -> int:
    """Print a scene as films play it."""
    from taketwo.plain import Console, hollywood
    from taketwo.scenario.library import Library

    hollywood(Console(), Library(dialogues).load(name))
    return DONE


@guarded
def next_scene(wish: "Asked", saves: Path | None, dialogues: Path | None) -> int:
    """What to practise next, and why."""
    from taketwo.practice.command import run
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import scene_words

    learner = clean_line(wish.learner or settings.load()[0].learner, NAME_LENGTH) or "you"
    shelf = Shelf(saves_folder(saves).path)
    return run(replace(wish, learner=learner), Library(dialogues), shelf, datetime.now(UTC), scene_words)
