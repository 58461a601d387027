"""What people do with takes on the shelf: labels, notes, putting away.

All of it is events in the takes themselves, so a take in use is told of and nothing is ever lost; only deleting takes a
file away, and that is the shelf's own work.
"""

from contextlib import closing

from taketwo.session import Refused, Session, take_up
from taketwo.take.commands import Remark
from taketwo.text import clean_line
from taketwo.transcript.journal import NotSaved
from taketwo.transcript.rows import ARCHIVED, labels_of
from taketwo.transcript.shelf import Shelf

LABEL_LENGTH = 60
"""characters of a label: it stands in a list"""


def put_label(shelf: Shelf, name: str, text: str, *, on: bool = True) -> tuple[str, ...]:
    """Put the label `text` on a take, or take it off; the labels that are on it then. Nothing is written twice.

    Raises Refused where there is no such label to take off, UnknownTake, Unreadable, TakeInUse, NotSaved.
    """
    label = clean_line(text, LABEL_LENGTH)
    if not label:
        raise Refused("A label needs a word or two.")
    with closing(take_up(shelf, name)) as session:
        labels = labels_of(session.events)
        if not on and label not in labels:
            there = f"It has: {', '.join(labels)}." if labels else "It has none."
            raise Refused(f"The take has no label {label!r}. {there}")
        if on != (label in labels):
            _remark(session, Remark("label", label, value=0 if on else -1))
        return labels_of(session.events)


def put_note(shelf: Shelf, name: str, text: str, at: int = 0) -> None:
    """A note about a take, or about its event `at`.

    Raises Refused where there is no such event, UnknownTake, Unreadable, TakeInUse, NotSaved.
    """
    if not text.strip():
        raise Refused("A note needs a word or two.")
    with closing(take_up(shelf, name)) as session:
        if not 0 <= at <= session.state.seq:
            raise Refused(f"The take has no event {at}: they go from 1 to {session.state.seq}.")
        _remark(session, Remark("note", text, about=at))


def archive(shelf: Shelf, name: str, *, on: bool = True) -> None:
    """Take a take out of the usual lists, or back into them; it counts all the same.

    Raises Refused, UnknownTake, Unreadable, TakeInUse, NotSaved.
    """
    put_label(shelf, name, ARCHIVED, on=on)


def _remark(session: Session, remark: Remark) -> None:
    session.do(remark)
    if session.unsaved:
        raise NotSaved(session.unsaved)
