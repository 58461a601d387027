"""The ways in, chosen: what each command does once its words are understood. Returns exit codes."""

import json
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec, TypeAlias

from taketwo import settings
from taketwo.settings import Settings, Time
from taketwo.text import clean, clean_line
from taketwo.transcript.folders import saves_folder

if TYPE_CHECKING:
    from taketwo.authoring.watch import Watched
    from taketwo.graph.command import Drawing
    from taketwo.plain import Console
    from taketwo.tui.app import TakeTwo

DONE, FINDINGS, WRONG_USE, UNFINISHED = 0, 1, 2, 3
NAME_LENGTH = 80
"""characters kept of a learner's name"""
P = ParamSpec("P")
Opening: TypeAlias = "Callable[[TakeTwo], None]"
"""what the full screen shows first, over Home"""


@dataclass(frozen=True, slots=True)
class Wish:
    """How somebody wants to play; None is what the settings say."""

    scenario: str
    plain: bool = False
    assessed: bool = False
    seed: int | None = None
    pace: Time | None = None
    learner: str | None = None
    watch: bool = False


def complain(message: object) -> None:
    """A message on standard error."""
    print(clean(str(message), 4_000), file=sys.stderr)


def guarded(way: Callable[P, int]) -> Callable[P, int]:
    """Errors that a person can cause become a message and an exit code, never a traceback."""

    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        from taketwo.scenario.findings import ScenarioError
        from taketwo.scenario.library import UnknownScenario
        from taketwo.take.decide import Refused
        from taketwo.transcript.journal import NotSaved, TakeInUse
        from taketwo.transcript.reading import Unreadable
        from taketwo.transcript.shelf import UnknownTake

        try:
            return way(*args, **kwargs)
        except (UnknownScenario, UnknownTake) as error:
            complain(error)
            return WRONG_USE
        except ScenarioError as error:
            for finding in error.findings:
                complain(finding)
            return FINDINGS
        except (Unreadable, TakeInUse, NotSaved, Refused) as error:
            complain(error)
            return FINDINGS

    run.__doc__, run.__name__ = way.__doc__, way.__name__
    return run


@guarded
def full_screen(saves: Path | None, dialogues: Path | None) -> int:
    """Open the full screen at Home."""
    return _screen(saves, dialogues, None, "")


def at_screen(saves: Path | None, dialogues: Path | None, opening: Opening) -> int:
    """Open the full screen at something over Home."""
    return _screen(saves, dialogues, None, "", opening=opening)


def _screen(
    saves: Path | None,
    dialogues: Path | None,
    wish: Wish | None,
    take: str,
    watched: "Watched | None" = None,
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
        watched.load() if watched else library.load(wish.scenario)
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
    scene = Told(watched.load()) if watched else told(library, shelf, wish.scenario, learner)
    scenario = scene.scenario
    brief(console, scenario, learner, mode, shelf.last_try(learner), follows_words(scene.row))
    pace = float(wish.pace or chosen.time) if (wish.pace or chosen.time) != "off" and console.clocked else 0.0
    seed = secrets.randbelow(1 << 31) if wish.seed is None else wish.seed
    start = Start(learner=learner, seed=seed, mode=mode, pace=pace, follows=scene.follows)
    if watched:
        console.say(f"{TRIAL} The file is read again whenever it is saved.")
        console.say()
    while True:
        session = trial(scenario, start) if watched else begin(shelf, scenario, start)
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
def new_file(name: str, dialogues: Path | None, out: Path | None, call: Path | None) -> int:
    """Write a scenario to begin with."""
    from shlex import quote

    from taketwo.authoring.call import CallError
    from taketwo.authoring.new import CannotMake, new_scenario, scenario_name
    from taketwo.scenario.library import Library

    try:
        file = f"{scenario_name(name)}.toml"
        path = out / file if out and out.is_dir() else out or (dialogues or Path()) / file
        notes = new_scenario(name, Library(dialogues), path, call)
    except CannotMake as error:
        complain(error)
        return WRONG_USE
    except CallError as error:
        complain(error)
        return FINDINGS
    for note in notes:
        print(note)
    shown = quote(str(path))
    print(f"{shown} is written. Open it in an editor, and play it beside that:")
    print(f"  taketwo play {shown} --watch")
    return DONE


@guarded
def draw_graph(wish: "Drawing", saves: Path | None, dialogues: Path | None) -> int:
    """Draw a scenario, or the path of a take through it."""
    from taketwo.graph.command import draw
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf

    return draw(wish, Library(dialogues), Shelf(saves_folder(saves).path))


@guarded
def print_schema() -> int:
    """Print the JSON Schema of a scenario file."""
    from taketwo.authoring.schema import schema_text

    print(schema_text())
    return DONE


@guarded
def print_house(dialogues: Path | None) -> int:
    """Print a house.toml to begin with: every name that scenes have a place for, with what they say there."""
    from taketwo.checks.beside import house_template
    from taketwo.scenario.library import Library

    print(house_template(Library(dialogues)))
    return DONE


@guarded
def hollywood_cut(name: str, dialogues: Path | None) -> int:
    """Print a scene as films play it."""
    from taketwo.plain import Console, hollywood
    from taketwo.scenario.library import Library

    hollywood(Console(), Library(dialogues).load(name))
    return DONE


@guarded
def show_take(name: str, saves: Path | None, *, as_json: bool) -> int:
    """Print a take; readable also where the scenario that it was played on is gone."""
    from taketwo.analysis.background import solving
    from taketwo.debrief import debrief
    from taketwo.plain import Console, show_debrief, transcript
    from taketwo.review import as_table, review
    from taketwo.scenario.model import Scenario
    from taketwo.transcript.codec import encode
    from taketwo.transcript.reading import Unreadable
    from taketwo.transcript.rows import row_of
    from taketwo.transcript.shelf import Shelf

    shelf = Shelf(saves_folder(saves).path)
    take = shelf.read(name)
    scenario: Scenario | None = None
    try:
        scenario = shelf.kept(take.started.sha256)
    except Unreadable as error:
        complain(error)
    if as_json:
        row = row_of(take)
        events = [encode(event, take.legend) for event in take.events]
        solution = solving(scenario).result() if scenario else None
        rows = [as_table(each) for each in review(take.events, solution)] if solution else []
        table = {"take": _plain_row(row), "events": events, "review": rows}
        print(json.dumps(table, indent=2, ensure_ascii=False))
    else:
        console = Console()
        about = debrief(take.events, scenario, solving(scenario).result()) if scenario else None
        transcript(console, take.events, scenario, about.review if about else {})
        if about and row_of(take).status != "unfinished":
            console.say()
            show_debrief(console, about, decisions=False)
    if take.damage:
        complain(take.damage.message)
        return FINDINGS
    return DONE


@guarded
def verify_takes(
    names: Sequence[str], saves: Path | None, dialogues: Path | None, *, rescore: bool, as_json: bool
) -> int:
    """Play recorded moves again, and say what is different. 1 where a take is not what its own scenario makes of it."""
    from taketwo.scenario.library import Library
    from taketwo.transcript.shelf import Shelf
    from taketwo.transcript.verifying import checked, report

    shelf, library = Shelf(saves_folder(saves).path), Library(dialogues)
    results = [checked(shelf, library, path) for path in shelf.files_of(names)]
    lines, sound = report(results, rescore=rescore, as_json=as_json)
    for line in lines:
        print(line)
    return DONE if sound else FINDINGS


@guarded
def list_takes(saves: Path | None, *, as_json: bool) -> int:
    """The shelf, newest first."""
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import count, result_words

    folder = saves_folder(saves)
    rows = Shelf(folder.path).rows()
    if as_json:
        print(json.dumps([_plain_row(row) for row in rows], indent=2, ensure_ascii=False))
        return DONE
    if not rows:
        print(f"No takes yet. {clean_line(folder.why)}")
    for row in rows:
        if row.status in ("damaged", "unreadable"):
            print(f"{row.name}  {row.status}: {clean_line(row.message)}")
        else:
            how = (
                f"unfinished, {count(row.decisions, 'decision')}"
                if row.status == "unfinished"
                else result_words(row)
            )
            print(
                f"{row.name}  {row.title}, {row.learner}, {row.mode}: {how}"
                + (f". {clean_line(row.message)}" if row.message else "")
            )
    return DONE


def _plain_row(row: Any) -> dict[str, Any]:
    table = asdict(row)
    table["path"] = str(row.path)
    table["name"] = row.name
    return table


@guarded
def list_lessons(dialogues: Path | None, *, as_json: bool) -> int:
    """The film lessons."""
    from taketwo.plain import Console
    from taketwo.scenario.library import Library
    from taketwo.wording import POINTS

    rows = Library(dialogues).lessons()
    if as_json:
        print(json.dumps([asdict(row) for row in rows.values()], indent=2, ensure_ascii=False))
        return DONE
    console = Console()
    for row in rows.values():
        console.say(f"{row.title} ({row.id}; {row.skill})")
        console.say(f"{row.source}, a {row.stance}: {row.happens}", "  ")
        console.say(row.lesson, "  ")
        console.say(f"{POINTS[2]}: {row.models}", "  +2 ")
        console.say(f"{POINTS[-2]}: {row.breaks}", "  −2 ")
        console.say()
    return DONE
