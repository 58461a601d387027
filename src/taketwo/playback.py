"""A take on its reel, with what the scenario and its review say about each event: what every replay shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from taketwo.analysis.solve import Solution
from taketwo.debrief import Turn, turns
from taketwo.review import Reviewed, Steering, review, shares, steering
from taketwo.scenario.model import Scenario
from taketwo.take.events import AnyEvent, Started
from taketwo.transcript.replaying import Reel, Spot, reel


@dataclass(frozen=True, slots=True)
class Playback:
    """A take to look back at."""

    reel: Reel
    scenario: Scenario
    started: Started
    turns: Mapping[int, Turn]
    """every decision by its seq, also those that were taken back"""
    reviews: Mapping[int, Reviewed]
    """by the seq of the decision; empty where the scenario is not solved"""
    steering: Mapping[int, Steering]
    """what somebody who played the customer made of the chances, by the seq of the event"""
    numbers: dict[int, int]
    """the number of each decision by its seq"""
    shares: Sequence[float]
    """the chance of a good ending after each event, 0 to 1; empty where it is not known"""

    def turn(self, spot: Spot) -> Turn | None:
        """The decision that was seen last there."""
        index = self.reel.decisions[spot.shown - 1]
        return self.turns[self.reel.events[index].seq] if index >= 0 else None

    def limit(self, node: str) -> float:
        """Seconds to answer at a node; 0 where no clock ran."""
        place = self.scenario.nodes.get(node)
        return (place.time_limit or 0.0) * self.started.pace if place else 0.0


def playback(events: Sequence[AnyEvent], scenario: Scenario, solution: Solution | None = None) -> Playback:
    """Lay out a take; with its review where the scenario is solved.

    Raises ValueError for a log that does not begin with its start.
    """
    reviews = {row.seq: row for row in review(events, solution)} if solution else {}
    film = reel(events, {seq: row.mark for seq, row in reviews.items()})
    first = film.events[0]
    assert isinstance(first, Started)
    all_turns = {turn.seq: turn for turn in turns(film.events, scenario, undone=True)}
    return Playback(
        reel=film,
        scenario=scenario,
        started=first,
        turns=all_turns,
        reviews=reviews,
        steering={each.seq: each for each in steering(events, solution)} if solution else {},
        numbers={seq: turn.number for seq, turn in all_turns.items()},
        shares=shares(film.events, solution),
    )
