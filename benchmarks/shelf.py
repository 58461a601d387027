"""A folder of 10,000 takes, or as many as are asked for: its first indexing, a page of the list, a search, a change.

python -m benchmarks.shelf 100000

The folder is temporary, and so is the index: nobody's own is touched.
"""

import statistics
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from time import perf_counter, process_time

from benchmarks.table import Row, p95, table
from taketwo import Take, load_scenario
from taketwo.scenario.library import Library
from taketwo.session import StillClock
from taketwo.take.commands import Remark, Start
from taketwo.take.events import AnyEvent, Started
from taketwo.transcript.blocks import EVENT, HEAD, write_block
from taketwo.transcript.codec import encode
from taketwo.transcript.index import Index, Wanted
from taketwo.transcript.journal import PROGRAM
from taketwo.transcript.migrations import FORMAT
from taketwo.transcript.shelf import Shelf

TAKES = 10_000
PLAYS = 10
"""different ways through each scene that the takes are made of"""
ROUNDS = 30
PAGE = 120
"""rows that a screen asks for: three times what it shows"""
LEARNERS = ("Ada", "Ben", "Chidi", "Dorota", "Emre", "Zoë")
BEGAN = datetime(2020, 1, 1, tzinfo=UTC)
LISTED, SEARCHED = 150, 50
"""milliseconds"""


def rows() -> list[Row]:
    """10,000 takes."""
    return measured(TAKES)


def measured(takes: int) -> list[Row]:
    """Wall time is judged, processor time stands beside it."""
    with TemporaryDirectory(prefix="taketwo-shelf-") as folder:
        saves, file = Path(folder) / "saves", Path(folder) / "index.sqlite"
        saves.mkdir()
        make(saves, takes)
        index = Index(saves, file)
        made = _timed(index.look)
        judged = takes <= TAKES
        words = ["the", "umbrella", "f", "sorry to", "ada refund", "xyzzy"]

        def search(number: int, *, look: bool) -> None:
            wanted = Wanted(words=words[number % len(words)])
            index.rows(wanted, PAGE, look=look)
            index.count(wanted)

        def sorted_page(number: int) -> None:
            index.rows(Wanted(sort="result"), PAGE, takes // 2, look=False)

        def opened(number: int) -> None:
            fresh = Index(saves, file)
            fresh.rows(Wanted(), PAGE)
            fresh.close()

        def changed(number: int) -> None:
            path = next(saves.glob("*.toml"))
            path.touch()
            index.rows(Wanted(), PAGE)

        def learner(number: int) -> None:
            index.rows(Wanted(learner=LEARNERS[number % 6], archived=None), look=False)

        what = f"{takes:,} takes, "
        result = [
            Row(
                f"{what}indexed for the first time",
                f"{made[0] / takes * 1e3:.2f} ms a take",
                f"{made[1]:.1f} s processor",
                made[0],
                "s",
            ),
            _row(f"{what}a page listed", lambda n: index.rows(Wanted(), PAGE), LISTED if judged else None),
            _row(f"{what}listed by a program that begins", opened, LISTED if judged else None),
            _row(
                f"{what}a page while nothing is looked for",
                lambda n: index.rows(Wanted(), PAGE, takes // 2, look=False),
            ),
            _row(f"{what}a page by result", sorted_page),
            _row(f"{what}searched", lambda n: search(n, look=False), SEARCHED if judged else None),
            _row(f"{what}searched, with a look", lambda n: search(n, look=True)),
            _row(f"{what}one of them changed", changed),
            _row(f"{what}all of one learner, as Home reads them", learner),
        ]
        index.close()
        return result


def _row(what: str, work: Callable[[int], object], budget: float | None = None) -> Row:
    spent = [_timed(work, number) for number in range(ROUNDS)]
    wall, processor = ([seconds * 1e3 for seconds in side] for side in zip(*spent, strict=True))
    return Row(
        what,
        f"p95 {p95(wall):.1f} ms",
        f"{statistics.median(processor):.1f} ms processor",
        statistics.median(wall),
        "ms",
        budget,
    )


def _timed(work: Callable[..., object], *words: object) -> tuple[float, float]:
    began, spent = perf_counter(), process_time()
    work(*words)
    return perf_counter() - began, process_time() - spent


def make(saves: Path, takes: int) -> None:
    """So many takes in `saves`, of all shipped scenes, by six learners; the same every time."""
    dice = Random(1)
    plays = _plays(Shelf(saves), dice)
    for number in range(takes):
        moment = BEGAN + timedelta(minutes=97 * number)
        events = plays[number % len(plays)]
        first = events[0]
        assert isinstance(first, Started)
        at = moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
        own = replace(first, learner=dice.choice(LEARNERS), at=at)
        name = f"{moment:%Y-%m-%dT%H%M%SZ}-{first.scenario}-{number:04x}"
        (saves / f"{name}.toml").write_bytes(_written(name, at, [own, *events[1:]]))


def _written(name: str, created: str, events: list[AnyEvent]) -> bytes:
    """The bytes that a journal would have written, without an fsync for each event."""
    first = events[0]
    assert isinstance(first, Started)
    piece, crc = write_block(HEAD, {"format": FORMAT, "id": name, "program": PROGRAM, "created": created}, 0)
    pieces = [piece]
    for event in events:
        piece, crc = write_block(EVENT, encode(event, first.legend), crc)
        pieces.append(piece)
    return b"".join(pieces)


def _plays(shelf: Shelf, dice: Random) -> list[list[AnyEvent]]:
    """Takes of every shipped scene, by chance, some left and some labelled; the scenes are kept as they are."""
    plays = []
    for summary in Library(None).summaries():
        scenario = load_scenario(summary.id)
        sha256 = shelf.keep(scenario)
        for number in range(PLAYS):
            take = Take(scenario, clock=StillClock())
            take.do(Start(learner="you", seed=number, sha256=sha256))
            left = dice.random() < 0.1
            while not take.ending and take.replies and not (left and dice.random() < 0.2):
                take.reply(dice.choice(take.replies).id)
            if dice.random() < 0.1:
                take.do(Remark("label", dice.choice(("for Tuesday", "archived", "good example"))))
            plays.append([replace(event, ms=9_000 * at) for at, event in enumerate(take.events)])
    dice.shuffle(plays)
    return plays


if __name__ == "__main__":
    print(table(measured(int(sys.argv[1]) if sys.argv[1:] else TAKES)))
