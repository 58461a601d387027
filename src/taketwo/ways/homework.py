"""Homework: sent out, played, handed in, received."""

import secrets
from collections.abc import Sequence
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from taketwo import settings
from taketwo.text import clean, clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, FINDINGS, NAME_LENGTH, WRONG_USE, complain, guarded, written
from taketwo.ways.playing import Wish, play_scenario

if TYPE_CHECKING:
    pass


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
    if not written(write, out):
        return WRONG_USE
    print(f"{out} is written. Send it out; whoever gets it plays it with")
    print(f"  taketwo homework {out.name}")
    print(f"and sends back what `taketwo hand-in {out.name} -o BUNDLE` makes.")
    return DONE


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
        if not written(lambda: rows.extend(hand_in(shelf, assignment, source, out, learner or "")), out):
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
