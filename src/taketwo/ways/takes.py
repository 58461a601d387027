"""Takes, one by one: shown, verified, exported and taken in, and all of one learner erased."""

import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import settings
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import (
    DONE,
    FINDINGS,
    NAME_LENGTH,
    WRONG_USE,
    agreed,
    complain,
    guarded,
    plain_row,
)

if TYPE_CHECKING:
    from taketwo.debrief import Debrief
    from taketwo.export.command import Wish as ExportWish


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
def show_take(name: str, saves: Path | None, dialogues: Path | None = None, *, as_json: bool) -> int:
    """Print a take; readable also where the scenario that it was played on is gone."""
    from taketwo.analysis.background import solving
    from taketwo.debrief import debrief
    from taketwo.plain import Console, show_debrief, transcript
    from taketwo.plain.rated import show_rated
    from taketwo.review import as_table, changes, review, steering
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
        found = changes(review(take.events, solution), steering(take.events, solution)) if solution else []
        rows = [as_table(each) for each in found]
        table = {"take": plain_row(row), "events": events, "review": rows}
        print(json.dumps(table, indent=2, ensure_ascii=False))
    else:
        console = Console()
        about = debrief(take.events, scenario, solving(scenario).result()) if scenario else None
        transcript(
            console, take.events, scenario, about.review if about else {}, about.steering if about else ()
        )
        if about and row_of(take).status != "unfinished":
            console.say()
            show_debrief(console, about, decisions=False)
        show_rated(console, take.events, scenario, dialogues)
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
