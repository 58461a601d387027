"""How a take was rated, line by line, and the learner's answer to it."""

from collections.abc import Sequence
from pathlib import Path

from taketwo.plain.console import Console
from taketwo.qa.answering import answer
from taketwo.qa.ratings import rated
from taketwo.scenario.model import Scenario
from taketwo.session import Refused, Session
from taketwo.take.events import AnyEvent, Topic

MENU = """\
y [WORDS]  you have seen how it was rated
x ITEM WORDS  an appeal against a rating, or against all of it: x all WORDS"""


def show_rated(
    console: Console, events: Sequence[AnyEvent], scenario: Scenario | None, folder: Path | None = None
) -> None:
    """How a take was rated; nothing where it was not. Forms are looked for beside the scenes of `folder`, too."""
    lines = rated(events, scenario, folder)
    if lines:
        console.say("How it was rated")
    for before, text in lines:
        console.say(text, before)
    if lines:
        console.say()


def reply(console: Console, session: Session, topic: Topic, words: str) -> None:
    """Acknowledge a rating, or appeal: `words` begin with the item then."""
    item, _, text = words.partition(" ") if topic == "appeal" else ("all", "", words)
    try:
        said = answer(session.events, topic, text, item)
        session.do(said.remark)
    except Refused as refusal:
        console.say(str(refusal))
        return
    console.say(f"{said.words[0].upper()}{said.words[1:]}")
    if session.unsaved:
        console.say(f"Not saved: {session.unsaved}")
