"""The ways in to takes that lie behind: replay, the tree of takes, two side by side, a learner over time."""

import json
import secrets
import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import settings
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, NAME_LENGTH, UNFINISHED, WRONG_USE, complain, guarded
from taketwo.ways.playing import at_screen

if TYPE_CHECKING:
    from taketwo.plain import Console
    from taketwo.plain.debrief import Again
    from taketwo.session import Session
    from taketwo.transcript.branches import Branch, Family
    from taketwo.transcript.replaying import Pace
    from taketwo.transcript.rows import TakeRow
    from taketwo.transcript.shelf import Shelf

DEEPEST = 12
"""levels of a tree that are shown by indenting"""


@guarded
def replay_take(name: str, saves: Path | None, *, plain: bool, pace: "Pace") -> int:
    """Look back at a finished take; go on with an unfinished one."""
    from taketwo.session import look_at
    from taketwo.transcript.shelf import Shelf

    shelf = Shelf(saves_folder(saves).path)
    if not plain:
        found = shelf.find(name).stem
        return at_screen(saves, None, lambda app: app.open_or_resume(found, pace))
    from taketwo.plain import Console, Left, after, play, replay, transcript

    session = look_at(shelf, name)
    console = Console()
    if session.state.over or session.unsaved:
        if session.unsaved:
            complain(session.unsaved)
        again = replay(console, session, shelf, pace=pace)
    else:
        transcript(console, session.events, session.scenario)
        try:
            play(console, session, settings.load()[0].films)
        except Left:
            console.say("Left. It is kept.")
            return UNFINISHED
        again = after(console, session, shelf)
    return _again(console, shelf, session, again)


def _again(console: "Console", shelf: "Shelf", session: "Session", again: "Again | None") -> int:
    """Play on from a decision, for as long as the learner wants another take."""
    from taketwo.plain import Left, after, play
    from taketwo.session import begin, from_here
    from taketwo.take.commands import Start

    chosen, _ = settings.load()
    while again:
        timed = console.clocked and chosen.time != "off"
        start = Start(
            learner=clean_line(chosen.learner, NAME_LENGTH) or session.started.learner,
            seed=secrets.randbelow(1 << 31),
            mode=session.state.mode,
            pace=float(chosen.time) if timed else 0.0,
        )
        start = from_here(session, again.seq, start) if again.seq else start
        session.close()
        session = begin(shelf, session.scenario, start)
        console.say()
        try:
            play(console, session, chosen.films)
        except Left:
            console.say("Left. It is kept." if not session.unsaved else "Left.")
            return UNFINISHED
        again = after(console, session, shelf)
    session.close()
    return DONE


@guarded
def show_tree(name: str, saves: Path | None, *, plain: bool, as_json: bool) -> int:
    """The takes of a take's scene, each under the one that it parted from."""
    from taketwo.telling import branch_words, tree_words
    from taketwo.transcript.branches import family
    from taketwo.transcript.shelf import Shelf

    shelf = Shelf(saves_folder(saves).path)
    found = shelf.find(name).stem
    if not (plain or as_json) and sys.stdin.isatty() and sys.stdout.isatty():
        return at_screen(saves, None, lambda app: app.open_tree(found))
    tree = family(shelf, found)
    if as_json:
        print(json.dumps([_branch_table(tree, each) for each in tree.branches], indent=2, ensure_ascii=False))
        return DONE
    print(clean_line(f"{tree.row.title or tree.row.name}: {tree_words(tree.branches)}"))
    for each in tree.branches:
        words = branch_words(each, tree.numbers.get(each.row.name, 0))
        here = ", this one" if each.row.name == found else ""
        print("  " * min(each.depth, DEEPEST) + clean_line(f"- {words} ({each.row.name}{here})"))
    return DONE


def _branch_table(tree: "Family", branch: "Branch") -> dict[str, object]:
    row = branch.row
    return {
        "take": row.name,
        "depth": branch.depth,
        "parent": row.parent,
        "parent_lost": branch.lost,
        "decision": tree.numbers.get(row.name, 0),
        "created": row.created,
        "learner": row.learner,
        "status": row.status,
        "decisions": row.decisions,
        "craft": row.craft,
        "csat": row.outcome.csat if row.outcome else 0,
        "passed": row.passed,
    }


@guarded
def compare_takes(names: tuple[str, str], saves: Path | None, *, plain: bool, as_json: bool) -> int:
    """Two takes of one scene, side by side."""
    from taketwo.comparing import Unlike, as_table, compare, side
    from taketwo.transcript.shelf import Shelf

    shelf = Shelf(saves_folder(saves).path)
    one, other = (shelf.find(name).stem for name in names)
    try:
        found = compare(side(shelf, one), side(shelf, other))
    except Unlike as error:
        complain(error)
        return WRONG_USE
    if as_json:
        print(json.dumps(as_table(found), indent=2, ensure_ascii=False))
        return DONE
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        return at_screen(saves, None, lambda app: app.compare((one, other)))
    from taketwo.plain import Console, show_comparison

    show_comparison(Console(), found)
    return DONE


@guarded
def show_progress(learner: str, saves: Path | None, *, as_json: bool) -> int:
    """A learner over time, a line a skill."""
    from taketwo.telling import NO_TRIES, learning_words, skill_words, spark
    from taketwo.transcript.learning import learning
    from taketwo.transcript.shelf import Shelf

    rows = Shelf(saves_folder(saves).path).rows()
    name = clean_line(learner or settings.load()[0].learner, NAME_LENGTH) or _only_learner(rows) or "you"
    found = learning(rows, name)
    if as_json:
        print(json.dumps(asdict(found), indent=2, ensure_ascii=False))
        return DONE
    for line in learning_words(found) + ([] if found.skills else [NO_TRIES]):
        print(clean_line(line))
    for skill in found.skills:
        print(clean_line(f"{skill_words(skill)}  {spark(skill.sittings[-40:])}"))
    return DONE


def _only_learner(rows: "list[TakeRow]") -> str:
    """The learner of all takes, where there is one."""
    names = {row.learner for row in rows if row.learner}
    return names.pop() if len(names) == 1 else ""
