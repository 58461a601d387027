"""The command `taketwo analyse`: reads scenarios, reports on each, and on all of them together."""

import json
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from taketwo import disk
from taketwo.analysis.cache import cached_report
from taketwo.analysis.measures import Measure, pooled
from taketwo.analysis.report import Report
from taketwo.analysis.show import WIDTH, show, show_measures
from taketwo.analysis.table import NoMarks, Row, policies_table, renewed
from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, UnknownScenario
from taketwo.scenario.model import Scenario
from taketwo.text import clean_line

PAGE_BYTES = 1 << 20
"""the largest page that tables are written into"""


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


def tables(names: Sequence[str], library: Library, *, page: Path | None, out: Callable[[str], object]) -> int:
    """Print the table of policies of the scenarios `names`, of all where there are none, by level, then title.

    With `page` the tables between the marks of that file are made again instead, unless a scenario is broken. Returns the
    exit code as `run`.
    """
    try:
        wanted = list(expanded(names, library)) if names else [str(path) for path in library.files()]
        text = _read_page(page) if page else ""
    except (UnknownScenario, Unreadable) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    scenarios, broken = _loaded(wanted, library)
    for failure in broken:
        print(failure, file=sys.stderr)
    rows = []
    with Progress("analyse") as progress:
        for number, scenario in enumerate(scenarios):
            progress(scenario.id, number, len(scenarios))
            rows.append((scenario, cached_report(scenario, tick=progress)))
    if not page:
        for line in policies_table(rows):
            out(line)
    elif broken:
        print(f"{_named(page)} is left as it is, for a scenario would be missing in it.", file=sys.stderr)
    else:
        return _write_page(page, text, rows)
    return 1 if broken else 0


def _loaded(names: Iterable[str], library: Library) -> tuple[list[Scenario], list[ScenarioError]]:
    found: list[Scenario] = []
    broken: list[ScenarioError] = []
    for name in names:
        try:
            found.append(library.load(name))
        except ScenarioError as error:
            broken.append(error)
    return sorted(found, key=lambda s: (s.level, s.title)), broken


def _read_page(path: Path) -> str:
    """Raises Unreadable."""
    try:
        return read_file(path, PAGE_BYTES).decode()
    except UnicodeDecodeError:
        raise Unreadable(f"{_named(path)} is not text in UTF-8.", "Give a Markdown file.") from None
    except Unreadable as error:
        raise Unreadable(f"{_named(path)}: {error}", error.mend) from None


def _write_page(path: Path, text: str, rows: Sequence[Row]) -> int:
    """Put the page there again, with the rights that it has, where anything changes."""
    try:
        page = renewed(text, rows)
        if page != text:
            mode = path.stat().st_mode & 0o777
            disk.replace(path, page.encode())
            path.chmod(mode)
    except NoMarks as error:
        print(f"Error: {_named(path)}: {error}.", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"{_named(path)} cannot be written. {disk.reason(error).what}.", file=sys.stderr)
        return 1
    return 0


def _named(path: Path) -> str:
    return clean_line(str(path), 200)


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
