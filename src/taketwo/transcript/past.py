"""What an earlier take leaves for a scene that follows it: promises and words, read from the learner's own transcript.

Absence never breaks a promise: nothing here asks how long ago the take was.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.scenario.sequel import Past
from taketwo.score import live
from taketwo.take.events import AnyEvent, Moved, Replied
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.rows import TakeRow
from taketwo.transcript.shelf import Shelf, UnknownTake


def past_of(events: Sequence[AnyEvent], scenario: Scenario) -> Past:
    """What is remembered of a take on `scenario`: what was said on the branch that counts."""
    moves = [event for event in live(events) if isinstance(event, Moved)]
    said = [event for event in moves if isinstance(event, Replied)]
    promises = {}
    for event in said:
        node = scenario.nodes.get(event.node)
        for reply in node.replies if node else ():
            if reply.id == event.reply and reply.promise:
                promises[reply.promise] = event.said
    ending = moves[-1].after.node if moves and moves[-1].after.node in scenario.endings else ""
    return Past(scenario.id, ending, promises, said[-1].said if said else "")


def to_follow(rows: Iterable[TakeRow], of: Sequence[str], learner: str) -> TakeRow | None:
    """The newest finished take of one of the scenes `of` by `learner`; `rows` come newest first."""
    return next((r for r in rows if r.scenario in of and r.learner == learner and r.status == "ended"), None)


class Told(NamedTuple):
    """A scenario to play, and for a sequel the take that it was told of."""

    scenario: Scenario
    row: TakeRow | None = None

    @property
    def follows(self) -> str:
        """The name of that take, or empty."""
        return self.row.name if self.row else ""


def told(library: Library, shelf: Shelf, name: str, learner: str) -> Told:
    """The scenario `name`; a sequel is told of the learner's newest finished take of a scene that it follows.

    Raises UnknownScenario, ScenarioError.
    """
    scenario = library.load(name)
    row = (
        to_follow(shelf.of(scenario.sequel.of, learner), scenario.sequel.of, learner)
        if scenario.sequel
        else None
    )
    past = past_on(shelf, row) if row else None
    return Told(library.load(name, past=past), row) if past else Told(scenario)


def past_on(shelf: Shelf, row: TakeRow) -> Past | None:
    """What is remembered of a take on the shelf; None where it cannot be read any more."""
    try:
        return past_of(shelf.read(row.name).events, shelf.kept(row.sha256))
    except (Unreadable, UnknownTake):
        return None


def due(
    rows: Sequence[TakeRow], sequels: Mapping[str, Sequence[str]], learner: str, before: str
) -> dict[str, TakeRow]:
    """The sequels whose customers call back now, each with the take that they call about.

    `sequels` tells which scenes each follows. A take is called about at the next sitting, so only those made before
    the time `before` (ISO 8601 in UTC), and once: not where a later take of the sequel follows it.
    """
    found = {}
    for sequel, of in sequels.items():
        last = to_follow((row for row in rows if row.created < before), of, learner)
        if last and not any(row.scenario == sequel and row.follows == last.name for row in rows):
            found[sequel] = last
    return found
