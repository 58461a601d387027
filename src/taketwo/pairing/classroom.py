"""A class: where each learner stands, what is done for all of them at once, and what came of it.

Nothing here waits and nothing is drawn. A row of the board is computed anew only where the take has a new event, for
thirty learners answer ten times a second together.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple

from taketwo.analysis.background import solving
from taketwo.pairing.host import Host
from taketwo.pairing.pair import Pair
from taketwo.scenario.model import Scenario
from taketwo.score import Score, live
from taketwo.session import Refused, Session
from taketwo.take.commands import Start
from taketwo.take.events import Heard, Remarked, Replied, Silent
from taketwo.text import clean
from taketwo.wording import percent

There = Literal["door", "asked", "in", "cut off"]
"""Somebody waits at the door; is in and has not said yes to being watched; is in; was in, and the line is cut."""
Waits = Literal["learner", "trainer", "customer", ""]
NOTE_LIMIT = 500
"""characters of a note to everybody"""


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the board: somebody, and where their take stands."""

    key: str
    """stays the same while they are here"""
    name: str
    there: There
    title: str = ""
    decision: int = 0
    mood: str = ""
    """how the customer feels, in a word: the band of the first meter that has bands"""
    curve: float | None = None
    """the chance of a good ending now, 0 to 1; None while it is not known"""
    status: str = ""
    """the take's: `playing`, `paused`, `ended`, `abandoned`, `stuck`; empty where none has begun"""
    waits_for: Waits = ""
    """whose answer the conversation waits for; `customer` where somebody in the room plays them"""
    waiting: float = 0.0
    """for how many seconds of playing time"""
    asks: bool = False
    """the learner has asked for help since they last answered"""
    verdict: str = ""
    """of a take that is over: "passed, 86 %" """
    csat: int = 0
    part: str = ""
    """`observer` or `customer` where they have a part in another's take, or want to observe"""
    whose: str = ""
    """whose take that is"""


class _Known(NamedTuple):
    """What is computed once for each event of a take."""

    seq: int
    solved: bool
    row: Row
    heard_ms: int


@dataclass(frozen=True, slots=True)
class Result:
    """A take of the class, as a line of the table at the end."""

    name: str
    scenario: str
    title: str
    status: str
    craft: float | None
    """0 to 1"""
    guess: float | None
    """where guessing would stand"""
    outcome: str
    """kind of the ending; empty while the take goes on"""
    csat: int
    critical: tuple[str, ...]
    passed: bool
    hints: int
    rewinds: int
    decisions: int
    """the learner's own, on the branch that counts"""
    helped: int
    """how often they asked for help"""
    taken_over: int
    steered: int
    take: str


class Begun(NamedTuple):
    """Whose take has begun, and who was left out, with why."""

    names: tuple[str, ...]
    left: tuple[tuple[str, str], ...]


class Classroom:
    """All learners of a session together. `begin` begins a take of one pair (`Hosting.begin`)."""

    def __init__(self, host: Host, begin: Callable[[Pair, Scenario, Start], Session]) -> None:
        self.host = host
        self._begin = begin
        self._known: dict[int, tuple[Session, _Known]] = {}

    # --- the board

    def rows(self) -> list[Row]:
        """Who waits at the door, then everybody who was let in, in the order in which they came."""
        door = [
            Row(f"door-{each.line.number}", each.name, "door", part=_wish(each.hello.seat))
            for each in self.host.door
        ]
        return door + [self.row(pair) for pair in self.host.pairs]

    def row(self, pair: Pair) -> Row:
        """One learner's line, as it is now."""
        there: There = "cut off" if not pair.on_line else "in" if pair.agreed else "asked"
        key, session = key_of(pair), pair.session
        if pair.window is not pair.own:
            return Row(key, pair.learner, there, part=pair.window.part, whose=pair.window.of.learner)
        if session is None:
            return Row(key, pair.learner, there, asks=pair.asks, part=_wish(pair.wish))
        known = self._take(pair, session)
        playing = session.state.status == "playing"
        waits: Waits = "trainer" if session.state.wheel == "trainer" else "learner"
        if pair.held:
            waits = "trainer" if pair.player == "trainer" else "customer"
        return replace(
            known.row,
            there=there,
            waits_for=waits if playing else "",
            waiting=max(0.0, (session.ms - known.heard_ms) / 1000) if playing else 0.0,
            asks=pair.asks,
        )

    def pair_of(self, key: str) -> Pair | None:
        """The pair whose line has this key."""
        return next((pair for pair in self.host.pairs if key_of(pair) == key), None)

    def _take(self, pair: Pair, session: Session) -> _Known:
        was, known = self._known.get(pair.number, (None, None))
        solved = solving(session.scenario).result(0) is not None
        if known is None or was is not session or (known.seq, known.solved) != (session.state.seq, solved):
            heard = next((e.ms for e in reversed(session.events) if isinstance(e, Heard)), 0)
            known = _Known(session.state.seq, solved, _row(pair, session), heard)
            self._known[pair.number] = session, known
        return known

    # --- for everybody at once

    def let_all_in(self) -> int:
        """Let everybody in who waits and has room; how many. Raises OSError where that cannot be written down."""
        before = len(self.host.door)
        self.host.let_all_in()
        return before - len(self.host.door)

    def start_all(self, scenario: Scenario, start: Start, *, seed: Callable[[], int] | None = None) -> Begun:
        """A take of `scenario` for everybody who has none that goes on; with `seed` each with another order of replies.

        Who has not agreed yet, or is cut off, is left out: doing it again begins theirs alone.
        """
        return begun(self.starting(scenario, start, seed=seed))

    def starting(
        self, scenario: Scenario, start: Start, *, seed: Callable[[], int] | None = None
    ) -> Iterator[tuple[str, str]]:
        """The same, learner by learner: who, and why not where they were left out. Each take is written to the disk,
        so that something else can be done between two."""
        for pair in list(self.host.pairs):
            why = _unready(pair)
            if not why:
                self._begin(pair, scenario, replace(start, seed=seed()) if seed else start)
            yield pair.learner, why

    def broadcast(self, text: str) -> int:
        """A note to everybody who is here; how many they are. It is not kept. Raises Refused where it is empty."""
        words = clean(text, NOTE_LIMIT).strip()
        if not words:
            raise Refused("There is nothing in it.")
        self.host.broadcast(words)
        return sum(pair.on_line for pair in self.host.pairs)

    def tick(self) -> int:
        """Let silence happen wherever the time is up; how often it did."""
        return sum(pair.silence_if_due() for pair in self.host.pairs)

    # --- what came of it

    def results(self) -> list[Result]:
        """All takes of this session: learner by learner, the earliest first."""
        return [_result(pair, session) for pair in self.host.pairs for session in pair.takes]


def begun(starting: Iterable[tuple[str, str]]) -> Begun:
    """Who has begun and who not."""
    each = list(starting)
    return Begun(tuple(name for name, why in each if not why), tuple(pair for pair in each if pair[1]))


def key_of(pair: Pair) -> str:
    """The key of a pair's line."""
    return f"pair-{pair.number}"


def in_room(host: Host) -> Iterator[Pair]:
    """Those who can be asked something: they are here, and have agreed."""
    return (pair for pair in host.pairs if pair.agreed and pair.on_line)


def _wish(seat: str) -> str:
    return "observer" if seat == "observer" else ""


def _unready(pair: Pair) -> str:
    if pair.window.part != "learner" or _wish(pair.wish):
        return "observes" if pair.window.part != "customer" else "plays the customer"
    if not pair.on_line:
        return "the line is cut"
    if not pair.agreed:
        return "has not agreed to be watched yet"
    return "is in a take" if pair.session and not pair.session.state.over else ""


def _row(pair: Pair, session: Session) -> Row:
    state = session.state
    result = session.score if state.over else None
    outcome = result.outcome if result else None
    return Row(
        key_of(pair),
        pair.learner,
        "in",
        title=session.scenario.title,
        decision=state.decisions + (not state.over),
        mood=mood(session),
        curve=chance(session),
        status=state.status,
        verdict=_verdict(result) if result else "",
        csat=outcome.csat if outcome else 0,
    )


def mood(session: Session) -> str:
    """How the customer feels, in a word; empty where no meter has words for it."""
    rows = zip(session.scenario.meters.values(), session.state.position.meters, strict=True)
    return next((band for meter, value in rows if (band := meter.band(value))), "")


def chance(session: Session) -> float | None:
    """The curve where the take stands, 0 to 1; None where it is not known, or not yet. Never waits."""
    solution = solving(session.scenario).result(0)
    if solution is None or solution.refused:
        return None
    if session.score.critical:
        return 0.0
    try:
        return solution.at(session.state.position).curve
    except KeyError:  # somebody who plays the customer led it where the scenario does not go
        return None


def _verdict(result: Score) -> str:
    kind = result.outcome.kind if result.outcome else ""
    if kind in ("abandoned", "stuck"):
        return "ended without an ending" if kind == "abandoned" else "stuck"
    return f"{'passed' if result.passed else 'not passed'}, {percent(result.craft)}"


def _result(pair: Pair, session: Session) -> Result:
    result = session.score
    outcome = result.outcome
    return Result(
        name=pair.learner,
        scenario=session.scenario.id,
        title=session.scenario.title,
        status=session.state.status,
        craft=result.craft,
        guess=result.overall.guess,
        outcome=outcome.kind if outcome else "",
        csat=outcome.csat if outcome else 0,
        critical=tuple(each.error for each in result.critical),
        passed=result.passed,
        hints=result.hints,
        rewinds=result.rewinds,
        decisions=sum(isinstance(e, Replied | Silent) and e.by == "learner" for e in live(session.events)),
        helped=sum(isinstance(e, Remarked) and e.topic == "help" for e in session.events),
        taken_over=result.taken_over,
        steered=result.steered,
        take=session.name,
    )
