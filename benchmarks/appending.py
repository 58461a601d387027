"""An event into the journal, with fsync, against a bare write and fsync of the same bytes."""

import os
import statistics
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from benchmarks.table import Row, median_ratio, p95
from taketwo import Take, load_scenario
from taketwo.take.events import AnyEvent
from taketwo.transcript.journal import Journal

SCENARIO = "irate-customer"
TAKES = 40
WITHOUT_DISK = ("tmpfs", "ramfs", "devtmpfs")


def rows() -> list[Row]:
    """Milliseconds an event, median and 95th percentile, the two in turn within each take."""
    with TemporaryDirectory(prefix=".appending-", dir=Path(__file__).parent) as folder:
        where = file_system(Path(folder))
        pairs = [pair for number in range(TAKES) for pair in take_seconds(Path(folder), number)]
    ours, bare = ([seconds * 1e3 for seconds in side] for side in zip(*pairs, strict=True))
    disk = f"{len(pairs)} events, {where}"
    return [
        Row(
            "append an event, with fsync",
            f"{statistics.median(ours):.3f} ms",
            f"{statistics.median(bare):.3f} ms (bare write and fsync, {disk})",
            median_ratio(ours, bare),
            "×",
            None if where in WITHOUT_DISK else 2,
        ),
        Row("append an event, p95", f"{p95(ours):.3f} ms", f"{p95(bare):.3f} ms", p95(ours) / p95(bare), "×"),
    ]


def take_seconds(folder: Path, number: int) -> list[tuple[float, float]]:
    """A whole take written twice, event by event: by the journal, and its bytes bare. The first event is left out:
    it makes the file."""
    seconds = []
    with Journal(folder, f"take-{number}", created="2000-01-01T00:00:00.000Z") as journal:
        first, *others = a_take(number)
        journal.append(first)
        fd = os.open(folder / f"bare-{number}", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        try:
            for event in others:
                before = journal.path.stat().st_size
                ours = _timed_append(journal, event)
                with journal.path.open("rb") as written:
                    written.seek(before)
                    data = written.read()
                seconds.append((ours, _timed_write(fd, data)))
        finally:
            os.close(fd)
    return seconds


def a_take(seed: int) -> list[AnyEvent]:
    """The events of a take of a shipped scenario."""
    take = Take.start(load_scenario(SCENARIO), seed=seed)
    while not take.ending and take.replies:
        take.reply(take.replies[seed % len(take.replies)].id)
    return take.events


def _timed_append(journal: Journal, event: AnyEvent) -> float:
    began = perf_counter()
    journal.append(event)
    return perf_counter() - began


def _timed_write(fd: int, data: bytes) -> float:
    began = perf_counter()
    os.write(fd, data)
    os.fsync(fd)
    return perf_counter() - began


def file_system(folder: Path) -> str:
    """The kind of file system that `folder` is on, where the system tells."""
    try:
        mounts = [line.split()[1:3] for line in Path("/proc/mounts").read_text().splitlines()]
    except OSError:
        return "file system unknown"
    holders = [(place, kind) for place, kind in mounts if folder.resolve().is_relative_to(place)]
    return max(holders, key=lambda mount: len(mount[0]))[1] if holders else "file system unknown"
