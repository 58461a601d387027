"""One line of the shelf: what a list of takes says about each."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from taketwo.score import Outcome, Tally, first_try, live, score
from taketwo.take.events import AnyEvent, Moved, Remarked
from taketwo.take.evolve import replay
from taketwo.transcript.reading import TakeFile, Unreadable, read_take

Standing = Literal["unfinished", "ended", "abandoned", "stuck", "damaged", "unreadable"]
ARCHIVED = "archived"
"""the label that takes a take out of the usual list"""
_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d)(\d\d)(\d\d)Z-")


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeRow:
    """A take as a list shows it. Where the file is damaged or unreadable, `message` says why; else it is empty.

    A torn tail leaves the status as it is: it is cut off when the take goes on, and `message` tells of it till then.
    """

    path: Path
    status: Standing
    created: str
    """ISO 8601 in UTC"""
    id: str = ""
    scenario: str = ""
    sha256: str = ""
    title: str = ""
    learner: str = ""
    mode: str = ""
    decisions: int = 0
    """on the branch that counts"""
    craft: float | None = None
    """0 to 1; None where nothing was at stake"""
    outcome: Outcome | None = None
    passed: bool = False
    ms: int = 0
    """playing time"""
    practised: bool = False
    """a debrief had shown better replies before, or a trainer steered or took over: practice, not mastery"""
    trainer: str = ""
    """who trained; empty where it was played alone"""
    parent: str = ""
    follows: str = ""
    """the take that this sequel was told of"""
    labels: tuple[str, ...] = ()
    better_shown: bool = False
    """its debrief has shown better replies: later takes of the scenario by this learner are practised"""
    shown_before: bool = False
    """a debrief had shown better replies before it, so later takes are practised as well"""
    skills: tuple[tuple[str, float], ...] = ()
    """the share of each skill that was at stake, 0 to 1"""
    lessons: tuple[tuple[str, float], ...] = ()
    """the same of each lesson"""
    first_try: tuple[tuple[str, float, float, float], ...] = ()
    """of the first try, for each skill that was at stake: what was earned, was at stake, and guessing would have had"""
    try_next: str = ""
    """what the learner wanted to try next time, as said in its debrief"""
    message: str = ""

    @property
    def name(self) -> str:
        """The name that finds the take again."""
        return self.path.stem


def read_row(path: Path) -> TakeRow:
    """The row of the take in the file `path`; never raises."""
    try:
        return row_of(read_take(path))
    except Unreadable as error:
        return unreadable_row(path, str(error))


def unreadable_row(path: Path, why: str) -> TakeRow:
    """The row of a file from which no take can be read."""
    found = _TIME.match(path.stem)
    created = f"{found[1]}:{found[2]}:{found[3]}Z" if found else ""
    return TakeRow(path=path, status="unreadable", created=created, message=why)


def row_of(take: TakeFile) -> TakeRow:
    """The row of a take that has been read."""
    first, damage = take.started, take.damage
    result = score(take.events)
    tried = first_try(take.events)
    first_result = result if len(tried) == len(take.events) else score(tried)
    return TakeRow(
        path=take.path,
        status="damaged" if damage and damage.kind != "torn" else status_of(take.events),
        created=take.header.created,
        id=take.header.id,
        scenario=first.scenario,
        sha256=first.sha256,
        title=first.title,
        learner=first.learner,
        mode=first.mode,
        decisions=sum(isinstance(event, Moved) for event in live(take.events)),
        craft=result.craft,
        outcome=result.outcome,
        passed=result.passed,
        ms=take.events[-1].ms,
        practised=first.practised or bool(result.steered or result.taken_over),
        trainer=first.trainer,
        parent=first.parent,
        follows=first.follows,
        labels=labels_of(take.events),
        shown_before=first.practised,
        better_shown=any(isinstance(e, Remarked) and e.topic == "better-shown" for e in take.events),
        skills=_shares(result.skills),
        lessons=_shares(result.lessons),
        first_try=tuple(
            (skill, t.earned, t.stake, t.guessed) for skill, t in first_result.skills.items() if t.stake
        ),
        try_next=next(
            (e.text for e in reversed(take.events) if isinstance(e, Remarked) and e.topic == "try-next"), ""
        ),
        message=damage.message if damage else "",
    )


def _shares(tallies: Mapping[str, Tally]) -> tuple[tuple[str, float], ...]:
    return tuple((key, share) for key, tally in tallies.items() if (share := tally.share) is not None)


def status_of(events: tuple[AnyEvent, ...]) -> Standing:
    """Where the take stands: unfinished, ended, abandoned or stuck."""
    status = replay(events).status
    if status == "new" or status == "playing" or status == "paused":
        return "unfinished"
    return status


def labels_of(events: Iterable[AnyEvent]) -> tuple[str, ...]:
    """The labels on a take: each `label` remark puts one on, or with a negative value takes it off."""
    labels: dict[str, None] = {}
    for event in events:
        if isinstance(event, Remarked) and event.topic == "label":
            if event.value < 0:
                labels.pop(event.text, None)
            elif event.text:
                labels[event.text] = None
    return tuple(labels)
