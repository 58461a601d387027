"""The ways in to ratings: a trainer rates, raters are compared, the learner answers."""

import sys
from collections import Counter
from collections.abc import Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from taketwo import settings
from taketwo.text import clean_line
from taketwo.transcript.folders import saves_folder
from taketwo.ways.common import DONE, NAME_LENGTH, WRONG_USE, complain, guarded

if TYPE_CHECKING:
    from taketwo.qa.calibration import Source
    from taketwo.qa.form import Form
    from taketwo.session import Session
    from taketwo.take.events import Topic
    from taketwo.transcript.shelf import Shelf
    from taketwo.tui.app import TakeTwo


def _shelf(saves: Path | None) -> "Shelf":
    from taketwo.transcript.shelf import Shelf

    return Shelf(saves_folder(saves).path)


def _rater(asked: str) -> str:
    return clean_line(asked or settings.load()[0].learner, NAME_LENGTH)


@guarded
def rate_take(
    name: str, asked: Path | None, rater: str, saves: Path | None, dialogues: Path | None, *, plain: bool
) -> int:
    """Rate a take, item by item: on the full screen at a terminal, else line by line."""
    from taketwo.qa.source import the_form
    from taketwo.session import take_up

    form = the_form(dialogues, asked)
    if not plain and sys.stdin.isatty() and sys.stdout.isatty():
        return _rate_at_screen(take_up(_shelf(saves), name), asked, rater, saves, dialogues)
    from taketwo.plain import Console, Left
    from taketwo.plain.rating import rate

    console = Console()
    with closing(take_up(_shelf(saves), name)) as session:
        try:
            by = _rater(rater) or clean_line(console.ask("Your name, for the ratings: ") or "", NAME_LENGTH)
        except Left:
            by = ""
        if not by:
            complain("A rating needs a name. Give it with --rater NAME.")
            return WRONG_USE
        rate(console, session, form, by)
    return DONE


def _rate_at_screen(
    session: "Session", asked: Path | None, rater: str, saves: Path | None, dialogues: Path | None
) -> int:
    from taketwo.tui.rating import RatingScreen
    from taketwo.ways.playing import at_screen

    def open_it(app: "TakeTwo") -> None:
        app.push_screen(RatingScreen(session, rater, form=asked, own=True))

    return at_screen(saves, dialogues, open_it)


# --- calibration


@guarded
def calibrate_takes(
    names: Sequence[str],
    asked: Path | None,
    saves: Path | None,
    dialogues: Path | None,
    *,
    plain: bool,
    as_json: bool,
    as_csv: bool,
) -> int:
    """Compare the raters of a take, or of several."""
    from taketwo.qa.calibration import Source, calibrate
    from taketwo.transcript.reading import Unreadable

    shelf = _shelf(saves)
    paths = list(dict.fromkeys(shelf.find(name) for name in names))
    takes = [shelf.read(str(path)) for path in paths]
    sources = [Source(clean_line(take.name, 140), take.events) for take in takes]
    form = _form_of(sources, asked, dialogues)
    if form is None:
        return WRONG_USE
    found = calibrate(sources, form)
    if as_json or as_csv:
        from taketwo.export.calibrated import as_table, json_text

        print(json_text(found) if as_json else as_table(found), end="\n" if as_json else "")
        return DONE
    scenarios = {}
    for take in takes:
        with suppress(Unreadable):
            scenarios[clean_line(take.name, 140)] = shelf.kept(take.started.sha256)
    if not plain and len(found.raters) > 1 and sys.stdin.isatty() and sys.stdout.isatty():
        from taketwo.tui.calibration import CalibrationScreen
        from taketwo.ways.playing import at_screen

        def open_it(app: "TakeTwo") -> None:
            app.push_screen(CalibrationScreen(found, scenarios))

        return at_screen(saves, dialogues, open_it)
    from taketwo.plain import Console
    from taketwo.plain.calibrating import show_calibration

    show_calibration(Console(), found, scenarios)
    return DONE


def _form_of(sources: "Sequence[Source]", asked: Path | None, dialogues: Path | None) -> "Form | None":
    """The form by which most raters rated; None where there is none, and then it is said why."""
    from taketwo.qa.source import form_of, read_form
    from taketwo.take.events import Rated

    if asked:
        return read_form(asked)
    rated = [event for source in sources for event in source.events if isinstance(event, Rated)]
    raters = Counter(label for label, _ in dict.fromkeys((event.form, event.rater) for event in rated))
    if not raters:
        complain("Nobody has rated this yet. `taketwo rate TAKE` does it.")
        return None
    for label, _ in raters.most_common():
        if form := form_of(label, dialogues):
            return form
    complain(
        f"They rated by {', '.join(raters)}, and there is no such form here. Say where it is with --form FILE."
    )
    return None


# --- the learner's answer


@guarded
def answer_rating(name: str, topic: "Topic", item: str, text: str, rater: str, saves: Path | None) -> int:
    """Acknowledge the ratings of a take, or appeal against one or all of them."""
    from taketwo.qa.answering import answer
    from taketwo.session import take_up
    from taketwo.transcript.journal import NotSaved

    shelf = _shelf(saves)
    with closing(take_up(shelf, name)) as session:
        said = answer(session.events, topic, text, item, rater)
        session.do(said.remark)
        if session.unsaved:
            raise NotSaved(session.unsaved)
    print(f"{shelf.find(name).stem}: {said.words}")
    return DONE
