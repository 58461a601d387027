"""The command `taketwo analyse`: reads scenarios, reports on each, and on all of them together."""

import json
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from taketwo.analysis.cache import cached_report
from taketwo.analysis.measures import Measure, pooled
from taketwo.analysis.report import Report
from taketwo.analysis.show import WIDTH, show, show_measures
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, UnknownScenario
from taketwo.text import clean_line


def run(
    names: Sequence[str],
    library: Library,
    *,
    as_json: bool,
    out: Callable[[str], object],
    cache: Path | None = None,
) -> int:
    """Analyse the scenarios `names` (ids, files or folders). Returns the exit code: 0, 1 where one is broken, 2 unknown."""
    reports: list[Report] = []
    broken = False
    try:
        wanted = list(expanded(names, library))
    except UnknownScenario as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    for number, name in enumerate(wanted):
        try:
            scenario = library.load(name)
        except ScenarioError as error:
            broken = True
            print(error, file=sys.stderr)
            continue
        with Progress(scenario.id) as progress:
            reports.append(cached_report(scenario, cache, tick=progress))
        if not as_json:
            if number:
                out("\n" + "─" * WIDTH + "\n")
            for line in show(reports[-1]):
                out(line)
    together: tuple[Measure, ...] = ()
    if len(reports) > 1:
        together = pooled((report.policies, report.tells) for report in reports)
    if as_json:
        table = {"scenarios": [asdict(report) for report in reports], "pooled": [asdict(m) for m in together]}
        out(json.dumps(table, ensure_ascii=False, indent=1))
    elif together:
        out("\n" + "─" * WIDTH + "\n")
        for line in show_measures(f"All {len(reports)} scenarios together", together):
            out(line)
    return 1 if broken else 0


def expanded(names: Sequence[str], library: Library) -> Iterator[str]:
    """Names of single scenarios; a folder stands for the files in it. Raises UnknownScenario."""
    for name in names:
        if Path(name).is_dir():
            files = Library(Path(name)).files()
            if not files:
                raise UnknownScenario(f"There are no scenarios in {clean_line(name, 200)!r}.")
            yield from map(str, files)
        else:
            library.find(name)
            yield name


class Progress:
    """A line on a terminal's stderr that says how far the work is, once it has taken a second."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._due = time.monotonic() + 1
        self._on = sys.stderr.isatty()
        self._shown = False

    def __enter__(self) -> "Progress":
        return self

    def __exit__(self, *_: object) -> None:
        if self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()

    def __call__(self, what: str, done: int, total: int) -> None:
        if self._on and (now := time.monotonic()) >= self._due:
            self._due, self._shown = now + 0.1, True
            known = f"{done:,} of {total:,}"
            bar = "" if what == "exploring" else "#" * round(20 * done / max(total, 1))
            sys.stderr.write(f"\r\x1b[K{self._name}: {what} {known} {bar}"[: WIDTH + 3])
            sys.stderr.flush()
