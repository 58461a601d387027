"""`taketwo check`: which files are meant, and what is printed about them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from taketwo.checks import Kind, check_paths
from taketwo.checks.beside import beside
from taketwo.checks.lessons import FILE as LESSONS
from taketwo.practice.source import FILE as PROGRAMME
from taketwo.scenario.findings import Finding
from taketwo.scenario.house import FILE as HOUSE
from taketwo.scenario.library import Library, UnknownScenario, near_names
from taketwo.scenario.limits import LIMITS, Limits
from taketwo.settings import settings_file
from taketwo.text import clean_line


def files_meant(names: Sequence[str], library: Library, kinds: Sequence[Kind] = ()) -> list[Path]:
    """The files that `names` mean: files, folders, ids of scenarios; all of `library` where there are none.

    Files of `kinds` belong to a folder. Raises UnknownScenario for a name that is none of these.
    """
    if names:
        return [path for name in names for path in _meant(name, library, kinds)]
    return _all_of(library, str(library.folder), kinds)


def _meant(name: str, library: Library, kinds: Sequence[Kind]) -> list[Path]:
    path = Path(name)
    if not name:
        raise UnknownScenario("An empty name means no file.")
    try:
        if path.is_dir():
            return _all_of(Library(path), name, kinds)
        if path.exists():
            return [path]
        beside = [file.name for file in Library(path.parent).files()] if path.suffix == ".toml" else []
    except (OSError, ValueError):  # too long, or with a NUL: no name of a file
        raise UnknownScenario(f"There is no file {clean_line(name, 200)!r}.") from None
    if path.suffix == ".toml":
        raise UnknownScenario(f"There is no file {clean_line(name, 200)!r}.{near_names(path.name, beside)}")
    return [library.find(name)]


def _all_of(library: Library, name: str, kinds: Sequence[Kind]) -> list[Path]:
    beside_them = (LESSONS, PROGRAMME, *(kind.file for kind in kinds))
    own = [path for name in beside_them if (path := library.folder / name).exists()]
    own_house = settings_file().parent / HOUSE
    files = own + library.files()
    files += [*beside(library.folder), *([own_house] if own_house.is_file() else [])] if files else []
    if not files:
        raise UnknownScenario(f"There are no scenarios in the folder {clean_line(name, 200)!r}.")
    return files


def report(
    names: Sequence[str],
    library: Library,
    limits: Limits = LIMITS,
    *,
    as_json: bool = False,
    strict: bool = False,
    measure: bool = True,
    kinds: Sequence[Kind] = (),
) -> tuple[Iterator[str], bool]:
    """The lines to print about what `names` mean, and whether the check failed. Raises UnknownScenario."""
    files = files_meant(names, library, kinds)
    found = check_paths(files, library, limits, measure=measure, kinds=kinds)
    failed = any(strict or finding.severity == "error" for finding in found)
    lines = _json(found) if as_json else _text(found, len(set(files)))
    return lines, failed


def _text(found: list[Finding], files: int) -> Iterator[str]:
    yield from map(str, found)
    errors = sum(finding.severity == "error" for finding in found)
    what = (
        "nothing found"
        if not found
        else f"{_count(errors, 'error')}, {_count(len(found) - errors, 'warning')}"
    )
    yield f"{_count(files, 'file')} checked: {what}."


def _json(found: list[Finding]) -> Iterator[str]:
    yield json.dumps([asdict(finding) for finding in found], indent=2, ensure_ascii=True)


def _count(number: int, name: str) -> str:
    return f"{number} {name}" if number == 1 else f"{number} {name}s"
