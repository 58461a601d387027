"""A take as a film that can be run, stepped through and wound to any moment.

A `Reel` is laid out once; every way to another place is then a look-up or a binary search, so that a long take is as
quick under the hand as a short one. It knows nothing of screens, and no time passes in it: whoever shows it says how
much has passed.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from taketwo.take.events import AnyEvent, Heard, Moved, Remarked, Replied, Rewound, Started
from taketwo.take.machine import Position

Pace = Literal["real", "2", "4", "8", "steps"]
PACES: dict[Pace, int] = {"real": 1, "2": 2, "4": 4, "8": 8, "steps": 0}
"""how many milliseconds of the take pass in one"""
Stop = Literal["critical", "closed", "harder", "recovery"]
STOPS: tuple[Stop, ...] = ("critical", "closed", "harder", "recovery")
"""the marks that can be wound to, the gravest first"""


class Spot(NamedTuple):
    """A place in a reel."""

    shown: int
    """how many events have been seen; the first one always is"""
    ms: int
    """playing time: between that of the last event seen and that of the next"""


@dataclass(frozen=True, slots=True)
class Reel:
    """A take laid out. Make it with `reel(events)`; places in it are counted in events seen, from 1."""

    events: tuple[AnyEvent, ...]
    times: tuple[int, ...]
    """playing time of each event; never falls, whatever the events say"""
    numbers: tuple[int, ...]
    """how many decisions lay behind after each event, on the branch of that moment"""
    scenes: tuple[int, ...]
    """index of the event that brought the customer's last line, for each event"""
    decisions: tuple[int, ...]
    """index of the last decision, taken back or not, for each event; -1 before the first"""
    undone: Mapping[int, int]
    """index of each decision that was taken back, with the index of the rewind that did it"""
    counted: tuple[int, ...]
    """indexes of the decisions of the branch that counts"""
    stops: Mapping[int, Stop]
    """index of each marked decision, with its gravest mark"""
    marked: tuple[int, ...]
    """those indexes in order"""
    notes: Mapping[int, tuple[Remarked, ...]]
    """the notes about each event, by its seq"""

    @property
    def length(self) -> int:
        """Playing time of the whole, in ms."""
        return self.times[-1]

    @property
    def start(self) -> Spot:
        """Where it begins: the customer's first line."""
        return self.seek_event(1)

    @property
    def end(self) -> Spot:
        """All has been seen."""
        return self.seek_event(len(self.events))

    # --- going

    def seek(self, ms: int) -> Spot:
        """What had been seen at a moment."""
        ms = max(self.times[0], min(self.length, ms))
        return Spot(bisect_right(self.times, ms), ms)

    def seek_event(self, shown: int) -> Spot:
        """The moment at which the event number `shown`, from 1, has just been seen."""
        shown = max(1, min(len(self.events), shown))
        return Spot(shown, self.times[shown - 1])

    def step(self, spot: Spot, by: int) -> Spot:
        """So many events on, or back."""
        return self.seek_event(spot.shown + by)

    def run(self, spot: Spot, ms: int) -> Spot:
        """So much later; what has been seen stays seen."""
        later = self.seek(spot.ms + ms)
        return Spot(max(spot.shown, later.shown), later.ms)

    def next_mark(self, spot: Spot, by: Literal[1, -1] = 1) -> Spot | None:
        """The next marked decision, or the one before; None where there is none."""
        index = spot.shown - 1
        at = bisect_right(self.marked, index) if by > 0 else bisect_left(self.marked, index) - 1
        return self.seek_event(self.marked[at] + 1) if 0 <= at < len(self.marked) else None

    def decision(self, number: int) -> Spot | None:
        """The decision with this number on the branch that counts; None where there is none."""
        return self.seek_event(self.counted[number - 1] + 1) if 1 <= number <= len(self.counted) else None

    # --- looking

    def seen(self, spot: Spot) -> AnyEvent:
        """The event seen last."""
        return self.events[spot.shown - 1]

    def position(self, spot: Spot) -> Position:
        """Where the conversation stands there."""
        event = self.events[self.scenes[spot.shown - 1]]
        assert isinstance(event, Heard)
        return event.after

    def waited(self, spot: Spot) -> int:
        """Milliseconds since the customer's last line."""
        return spot.ms - self.times[self.scenes[spot.shown - 1]]

    def number(self, seq: int) -> int:
        """The number of the decision that the event with this seq is or belongs to; 0 before the first."""
        return self.numbers[seq - 1] if 1 <= seq <= len(self.numbers) else 0

    def number_at(self, spot: Spot) -> int:
        """How many decisions lie behind there."""
        return self.numbers[spot.shown - 1]


def reel(events: Sequence[AnyEvent], marks: Mapping[int, str] | None = None) -> Reel:
    """Lay out a take. `marks` are those of its review, by the seq of the decision.

    Raises ValueError for a log that does not begin with its start.
    """
    if not events or not isinstance(events[0], Started):
        raise ValueError("a take begins with its start")
    times, numbers, scenes, decisions = [], [], [], []
    undone: dict[int, int] = {}
    trail: list[int] = []
    notes: dict[int, tuple[Remarked, ...]] = {}
    ms = scene = 0
    last = -1
    for index, event in enumerate(events):
        if isinstance(event, Moved):
            trail.append(index)
            last = index
        elif isinstance(event, Rewound):
            while trail and events[trail[-1]].seq >= event.back_to:
                undone[trail.pop()] = index
        elif isinstance(event, Remarked) and event.topic == "note":
            notes[event.about] = (*notes.get(event.about, ()), event)
        if isinstance(event, Heard):
            scene = index
        ms = max(ms, event.ms)
        times.append(ms)
        numbers.append(len(trail))
        scenes.append(scene)
        decisions.append(last)
    stops = {index: stop for index, event in enumerate(events) if (stop := _stop(event, marks or {}))}
    return Reel(
        events=tuple(events),
        times=tuple(times),
        numbers=tuple(numbers),
        scenes=tuple(scenes),
        decisions=tuple(decisions),
        undone=undone,
        counted=tuple(trail),
        stops=stops,
        marked=tuple(stops),
        notes=notes,
    )


def _stop(event: AnyEvent, marks: Mapping[int, str]) -> Stop | None:
    if not isinstance(event, Moved):
        return None
    if isinstance(event, Replied) and event.critical:
        return "critical"
    mark = marks.get(event.seq, "")
    return next((stop for stop in STOPS if stop == mark), None)


class Cell(NamedTuple):
    """One cell of the bar under a film: a moment, what had been seen by then, and the gravest mark within it."""

    spot: Spot
    stop: Stop | None


def cells(film: Reel, width: int) -> list[Cell]:
    """The whole take in `width` cells, evenly by playing time; by events where no time passed."""
    span = max(1, width - 1)
    found = [Cell(_spot(film, number, span), None) for number in range(max(1, width))]
    for index, stop in film.stops.items():
        at = cell_of(film, film.seek_event(index + 1), width)
        was = found[at].stop
        if was is None or STOPS.index(stop) < STOPS.index(was):
            found[at] = Cell(found[at].spot, stop)
    return found


def cell_of(film: Reel, spot: Spot, width: int) -> int:
    """The cell of the bar that a place belongs to."""
    done, all = (spot.ms - film.times[0], film.length - film.times[0])
    if not all:
        done, all = spot.shown - 1, len(film.events) - 1
    return round(done * max(0, width - 1) / all) if all else 0


def _spot(film: Reel, number: int, span: int) -> Spot:
    first, last = film.times[0], film.length
    if last > first:
        return film.seek(first + (last - first) * number // span)
    return film.seek_event(1 + round((len(film.events) - 1) * number / span))


def place(film: Reel, text: str) -> Spot | None:
    """The place that somebody typed: a decision ("3") or a moment ("2:05"); None where there is none."""
    minutes, colon, seconds = text.strip().partition(":")
    if not all(part.isascii() and part.isdigit() and len(part) < 7 for part in (minutes, seconds or "0")):
        return None
    if not colon:
        return film.start if int(minutes) == 0 else film.decision(int(minutes))
    return film.seek((int(minutes) * 60 + int(seconds or "0")) * 1000)
