"""Two takes of one scenario side by side: how they begin alike, where they part, and what each decision cost.

A fork is compared with the decisions that it inherits from the takes it was forked from. Decisions are matched by
node and reply ids alone, so that takes of different versions of a scenario can be compared too.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from itertools import starmap, takewhile, zip_longest
from typing import Any

from taketwo.analysis.background import solving
from taketwo.debrief import Debrief, Row, Turn, debrief, turns
from taketwo.review import Reviewed
from taketwo.take.events import AnyEvent, Moved, Rewound
from taketwo.transcript.branches import parent_of
from taketwo.transcript.reading import TakeFile, Unreadable
from taketwo.transcript.rows import TakeRow, row_of
from taketwo.transcript.shelf import Shelf, UnknownTake

MOST_PARENTS = 1_000
"""takes that are gone back through at most for the beginning of a fork of forks"""

LONGEST_MATCHED = 300
"""decisions after the parting up to which places are matched; longer takes are set beside each other turn by turn"""


class Unlike(Exception):
    """Takes that cannot be compared; the message says why."""


@dataclass(frozen=True, slots=True)
class Step:
    """A decision, with its review where the scenario is solved."""

    turn: Turn
    review: Reviewed | None

    @property
    def key(self) -> tuple[str, str]:
        """What decisions are matched by."""
        return self.turn.node, self.turn.reply


@dataclass(frozen=True, slots=True)
class Side:
    """One of two takes."""

    row: TakeRow
    about: Debrief
    steps: tuple[Step, ...]
    """its decisions, those first that it inherits; numbered through"""
    inherited: int
    """how many of them were made in the takes that it was forked from"""
    lost: bool = False
    """the take that it was forked from is gone, and so its beginning is not known"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Decisions that stand beside each other; None where only the other take came to such a place."""

    left: Step | None
    right: Step | None

    @property
    def same(self) -> bool:
        """Whether both chose alike, at the same place."""
        return bool(self.left and self.right and self.left.key == self.right.key)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two takes of one scenario."""

    left: Side
    right: Side
    common: tuple[Step, ...]
    """how both begin"""
    pairs: tuple[Pair, ...]
    """from where they part"""
    same_version: bool
    """whether both were played on the same version of the scenario"""
    lessons: tuple[tuple[str, Row | None, Row | None], ...]
    """lessons that were at stake in one of them, with the figures of both"""


def compare(left: Side, right: Side) -> Comparison:
    """Compare two takes. Raises Unlike for takes of different scenarios."""
    if left.row.scenario != right.row.scenario:
        raise Unlike(
            f"Only takes of one scene can be compared. {left.row.name} is one of {left.row.scenario}, "
            f"and {right.row.name} of {right.row.scenario}."
        )
    both = zip(left.steps, right.steps, strict=False)
    alike = sum(1 for _ in takewhile(lambda steps: steps[0].key == steps[1].key, both))
    rows: dict[str, list[Row | None]] = {}
    for place, side in enumerate((left, right)):
        for row in side.about.lessons:
            if row.share is not None:
                rows.setdefault(row.key, [None, None])[place] = row
    return Comparison(
        left=left,
        right=right,
        common=left.steps[:alike],
        pairs=tuple(paired(left.steps[alike:], right.steps[alike:])),
        same_version=left.row.sha256 == right.row.sha256,
        lessons=tuple((next(r.title for r in both if r), both[0], both[1]) for both in rows.values()),
    )


def paired(left: Sequence[Step], right: Sequence[Step]) -> Iterator[Pair]:
    """Decisions at the same node beside each other, in the order of both takes; the others by turn."""
    if max(len(left), len(right)) > LONGEST_MATCHED:
        yield from starmap(Pair, zip_longest(left, right))
        return
    one, other = ([step.turn.node for step in steps] for steps in (left, right))
    for _, a, b, c, d in SequenceMatcher(None, one, other, autojunk=False).get_opcodes():
        yield from starmap(Pair, zip_longest(left[a:b], right[c:d]))


def side(shelf: Shelf, name: str) -> Side:
    """A take of the shelf, to compare. Raises UnknownTake, Unreadable."""
    take = shelf.read(name)
    chain, lost = _parents(shelf, take)
    steps: list[Step] = []
    for parent, seq in chain:
        steps += _steps(parent.events, _debrief(shelf, parent), way_to(parent.events, seq))
    about = _debrief(shelf, take)
    own = [Step(turn, about.review.get(turn.seq)) for turn in about.turns]
    numbered = tuple(
        replace(step, turn=replace(step.turn, number=n)) for n, step in enumerate([*steps, *own], 1)
    )
    return Side(row_of(take), about, numbered, len(steps), lost)


def _debrief(shelf: Shelf, take: TakeFile) -> Debrief:
    scenario = shelf.kept(take.started.sha256)
    return debrief(take.events, scenario, solving(scenario).result())


def _parents(shelf: Shelf, take: TakeFile) -> tuple[list[tuple[TakeFile, int]], bool]:
    """The takes that it was forked from, the oldest first, each with the decision; and whether one is gone."""
    chain: list[tuple[TakeFile, int]] = []
    seen = {take.name}
    name, seq = parent_of(row_of(take))
    lost = bool(take.started.parent) and not name
    while name and len(chain) < MOST_PARENTS:
        try:
            parent = shelf.read(name)
        except (UnknownTake, Unreadable):
            return chain[::-1], True
        if parent.name != name or parent.name in seen:
            return chain[::-1], True
        seen.add(parent.name)
        chain.append((parent, seq))
        name, seq = parent_of(row_of(parent))
    return chain[::-1], lost


def way_to(events: Sequence[AnyEvent], seq: int) -> list[int]:
    """The decisions, by seq, that led to the decision `seq` on its own branch, also where it was taken back later."""
    way: list[int] = []
    for event in events:
        if event.seq == seq:
            break
        if isinstance(event, Moved):
            way.append(event.seq)
        elif isinstance(event, Rewound):
            while way and way[-1] >= event.back_to:
                way.pop()
    return way


def _steps(events: Sequence[AnyEvent], about: Debrief, way: Sequence[int]) -> list[Step]:
    by_seq = {turn.seq: turn for turn in turns(events, about.scenario, undone=True)}
    return [Step(by_seq[seq], about.review.get(seq)) for seq in way if seq in by_seq]


def as_table(found: Comparison) -> dict[str, Any]:
    """A comparison as plain tables, for JSON."""
    return {
        "scenario": found.left.row.scenario,
        "same_version": found.same_version,
        "takes": [_side_table(found.left), _side_table(found.right)],
        "common": [_step_table(step) for step in found.common],
        "parted": [[_step_table(pair.left), _step_table(pair.right)] for pair in found.pairs],
        "lessons": [
            {"title": title, "shares": [one.share if one else None, other.share if other else None]}
            for title, one, other in found.lessons
        ],
    }


def _side_table(of: Side) -> dict[str, Any]:
    outcome = of.row.outcome
    return {
        "take": of.row.name,
        "learner": of.row.learner,
        "sha256": of.row.sha256,
        "decisions": len(of.steps),
        "inherited": of.inherited,
        "beginning_lost": of.lost,
        "craft": of.row.craft,
        "passed": of.row.passed,
        "outcome": outcome.kind if outcome else None,
        "csat": outcome.csat if outcome else 0,
    }


def _step_table(step: Step | None) -> Mapping[str, Any] | None:
    if step is None:
        return None
    turn, found = step.turn, step.review
    return {
        "number": turn.number,
        "node": turn.node,
        "reply": turn.reply,
        "said": turn.said,
        "points": dict(turn.points),
        "mark": found.mark if found else None,
        "before": found.before.curve if found else None,
        "after": found.after.curve if found else None,
    }
