"""The ways in, chosen: what each command does once its words are understood. Returns exit codes."""

import json
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, ParamSpec, TypeAlias

from taketwo import settings
from taketwo.settings import Settings, Time
from taketwo.text import clean, clean_line
from taketwo.transcript.folders import saves_folder

if TYPE_CHECKING:
    from taketwo.authoring.watch import Watched
    from taketwo.debrief import Debrief
    from taketwo.export.command import Wish as ExportWish
    from taketwo.graph.command import Drawing
    from taketwo.plain import Console
    from taketwo.practice.command import Asked
    from taketwo.tui.app import TakeTwo

DONE, FINDINGS, WRONG_USE, UNFINISHED = 0, 1, 2, 3
NAME_LENGTH = 80
"""characters kept of a learner's name"""
P = ParamSpec("P")
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


def complain(message: object) -> None:
    """A message on standard error."""
    print(clean(str(message), 4_000), file=sys.stderr)


def guarded(way: Callable[P, int]) -> Callable[P, int]:
    """Errors that a person can cause become a message and an exit code, never a traceback."""

    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        from taketwo.output import NotWritten
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
        except NotWritten as error:
            complain(error)
            return WRONG_USE if error.misuse else FINDINGS
        except (Unreadable, TakeInUse, NotSaved, Refused) as error:
            complain(error)
            return FINDINGS

    run.__doc__, run.__name__ = way.__doc__, way.__name__
    return run


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
def export_takes(wish: "ExportWish", saves: Path | None) -> int:
    """Write takes in another form."""
    from taketwo.export.command import export
    from taketwo.transcript.shelf import Shelf

    return export(wish, Shelf(saves_folder(saves).path), _drawn)


def _drawn(about: "Debrief") -> str:
    from taketwo.tui.picture import debrief_svg

    return debrief_svg(about)


@guarded
def import_takes(files: Sequence[Path], saves: Path | None) -> int:
    """Take in takes that were exported as JSON. 1 where one of them cannot be."""
    from taketwo.export.bring import bring_all
    from taketwo.transcript.shelf import Shelf

    return bring_all(Shelf(saves_folder(saves).path), files)


@guarded
def print_take_schema() -> int:
    """Print the JSON Schema of an exported take."""
    from taketwo.export.form import schema_text

    print(schema_text())
    return DONE


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
        table = {"take": plain_row(row), "events": events, "review": rows}
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
def assign(
    names: Sequence[str],
    dialogues: Path | None,
    out: Path,
    *,
    title: str,
    note: str,
    seed: int | None,
    assessed: bool,
) -> int:
    """Write the file that a trainer sends out."""
    from datetime import UTC, datetime

    from taketwo.homework.assignment import Assignment, assigned, write_assignment
    from taketwo.scenario.library import Library

    library = Library(dialogues)
    scenes = assigned([library.load(name) for name in dict.fromkeys(names)])
    id = "".join(secrets.choice("abcdefghjkmnpqrstuvwxyz23456789") for _ in range(8))
    made = datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    heading = clean_line(title, 120) or ", ".join(each.scenario.title for each in scenes)[:120]
    mode: Literal["coached", "assessed"] = "assessed" if assessed else "coached"
    write = partial(
        write_assignment, Assignment(id, heading, clean(note, 2_000), made, mode, seed, scenes), out
    )
    if not _written(write, out):
        return WRONG_USE
    print(f"{out} is written. Send it out; whoever gets it plays it with")
    print(f"  taketwo homework {out.name}")
    print(f"and sends back what `taketwo hand-in {out.name} -o BUNDLE` makes.")
    return DONE


def _written(write: Callable[[], object], path: Path) -> bool:
    """Whether the new file `path` could be written; if not, it is said why."""
    from taketwo import disk

    try:
        write()
    except FileExistsError:
        complain(f"{path} is there already, and is not written over. Take another name.")
    except OSError as error:
        complain(f"{path} cannot be written. {disk.reason(error).what}.")
    else:
        return True
    return False


@guarded
def homework(file: Path, saves: Path | None, *, plain: bool, learner: str | None) -> int:
    """Say how far a learner is with an assignment, and play its next scene."""
    from tempfile import TemporaryDirectory

    from taketwo.homework.assignment import BadAssignment, read_assignment
    from taketwo.homework.bundle import takes_of
    from taketwo.scenario.dump import dump
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import result_words

    try:
        assignment = read_assignment(file)
    except BadAssignment as error:
        complain(error)
        return FINDINGS
    name = clean_line(learner or settings.load()[0].learner, NAME_LENGTH)
    print(assignment.title + (f"\n{assignment.note}" if assignment.note else ""))
    rows = takes_of(Shelf(saves_folder(saves).path), assignment, name)
    waiting = []
    for each in assignment.scenes:
        mine = [row for row in rows if row.scenario == each.scenario.id and row.status == "ended"]
        waiting += [] if mine else [each]
        print(f"  {each.scenario.title}: {result_words(mine[0]) if mine else 'not yet'}")
    if not waiting:
        print(f"All of it is done. `taketwo hand-in {file.name} -o BUNDLE` makes the file to send back.")
        return DONE
    scene = waiting[0].scenario
    with TemporaryDirectory(prefix="taketwo-homework-") as folder:
        (Path(folder) / f"{scene.id}.toml").write_text(dump(scene), "utf-8", newline="\n")
        wish = Wish(
            scene.id,
            plain,
            assignment.mode == "assessed",
            assignment.seed,
            None,
            learner,
            False,
            assignment.label,
        )
        return play_scenario(wish, saves, Path(folder))


@guarded
def hand_in_takes(file: Path, saves: Path | None, out: Path, *, learner: str | None) -> int:
    """Write the file that a learner sends back."""
    from taketwo import disk
    from taketwo.homework.assignment import SIZE_LIMIT, BadAssignment, read_assignment
    from taketwo.homework.bundle import BadBundle, hand_in
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import count

    shelf, rows = Shelf(saves_folder(saves).path), []
    try:
        assignment, source = read_assignment(file), disk.read_file(file, SIZE_LIMIT)
        if not _written(lambda: rows.extend(hand_in(shelf, assignment, source, out, learner or "")), out):
            return WRONG_USE
    except (BadAssignment, BadBundle) as error:
        complain(error)
        return FINDINGS
    print(
        f"{out} is written: {count(len(rows), 'take')} of {', '.join(sorted({row.learner for row in rows}))}."
    )
    return DONE


@guarded
def receive_bundle(bundle: Path, out: Path | None) -> int:
    """Open what a learner sent back on a shelf of its own."""
    from shlex import quote

    from taketwo.homework.bundle import BadBundle, receive
    from taketwo.wording import result_words

    folder = out or Path(f"{bundle.stem}-takes")
    try:
        received = receive(bundle, folder)
    except BadBundle as error:
        complain(error)
        return FINDINGS
    except OSError as error:
        from taketwo import disk

        complain(f"{bundle}: it cannot be opened. {disk.reason(error).what}.")
        return FINDINGS
    print(received.assignment.title)
    for row in received.rows:
        print(f"  {row.learner}, {row.title}: {result_words(row) if row.status == 'ended' else row.status}")
    for remark in received.remarks:
        print(f"  Note: {remark}")
    print(f"They are in {folder}. A shelf of their own:  taketwo --saves {quote(str(folder))}")
    return DONE


@guarded
def forget_learner(name: str, saves: Path | None, *, yes: bool) -> int:
    """Erase all that is kept of one learner, after saying what that is and asking once."""
    from taketwo.transcript.forget import carry_out, find
    from taketwo.transcript.shelf import Shelf
    from taketwo.wording import count

    shelf = Shelf(saves_folder(saves).path)
    found, known = find(shelf, name), settings.load()[0]
    shown = clean_line(name, NAME_LENGTH)
    is_set = known.learner.casefold() == name.casefold()
    if not found.takes and not is_set:
        complain(f"Nothing is kept of {shown!r} in {shelf.folder}. `taketwo takes` says who is.")
        return WRONG_USE
    copies = f", with {count(len(found.scenarios), 'kept scenario')} that nobody else needs"
    print(
        f"Kept of {shown} in {shelf.folder}: {count(len(found.takes), 'take')}{copies if found.scenarios else ''}."
    )
    for path in found.unreadable:
        print(
            f"{path.name} cannot be read, so it may be anybody's: it stays. Look at it, and delete it yourself."
        )
    if not yes and not agreed("Erase all of it? It cannot be undone. Type yes: "):
        print("Nothing was erased. With --yes it is done without asking.")
        return DONE
    left = carry_out(shelf, found)
    if is_set and (problem := settings.save(replace(known, learner=""))):
        left.append(problem)
    for problem in left:
        complain(problem)
    print(
        f"Erased. What was exported before is wherever it was put{'' if not left else '; see above for what is left'}."
    )
    return FINDINGS if left else DONE


def agreed(question: str) -> bool:
    """Whether somebody at the terminal types yes; off a terminal nobody does."""
    from taketwo.plain import Console, Left

    if not sys.stdin.isatty():
        return False
    try:
        return (Console().ask(question) or "").strip().casefold() == "yes"
    except Left:
        return False


def plain_row(row: Any) -> dict[str, Any]:
    """A row of the shelf as JSON has it."""
    table = asdict(row)
    table["path"] = str(row.path)
    table["name"] = row.name
    return table


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


@guarded
def list_lessons(dialogues: Path | None, *, as_json: bool, coverage: bool) -> int:
    """The film lessons, and which scenes teach them."""
    from taketwo.plain import Console, lessons_said
    from taketwo.scenario.library import Library

    form: Literal["json", "coverage", "words"] = "json" if as_json else "coverage" if coverage else "words"
    broken = lessons_said(Console(), Library(dialogues), form)
    for error in broken:
        complain(error)
    return FINDINGS if broken else DONE


@guarded
def make_book(names: tuple[str, ...], dialogues: Path | None, out: Path, *, force: bool) -> int:
    """Print scenes as one page for trainers."""
    from taketwo.book.command import print_book
    from taketwo.scenario.library import Library

    return print_book(names, Library(dialogues), out, force=force)
