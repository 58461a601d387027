"""Solved scenarios kept on disk, by content: an edit makes another key, a damaged file is made again.

The cache is a convenience. Whatever goes wrong with it costs time and nothing else: a folder that cannot be written is
left alone, and a file whose check sum is wrong counts as absent.
"""

import os
import tempfile
from collections.abc import Callable
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TypeVar
from weakref import WeakKeyDictionary
from zlib import crc32

from taketwo.analysis.explore import Tick
from taketwo.analysis.packing import pack_report, pack_solution, unpack_report, unpack_solution
from taketwo.analysis.report import ANALYSIS_VERSION, Report, report
from taketwo.analysis.solve import Solution, solve
from taketwo.scenario.dump import dump
from taketwo.scenario.model import Scenario

MOST_FILES = 200
"""kept; beyond that those written first go"""
_MAGIC = b"taketwo analysis"
T = TypeVar("T")


def default_folder() -> Path:
    """Where solved scenarios are kept unless a caller says otherwise."""
    from platformdirs import user_cache_path

    return user_cache_path("taketwo", appauthor=False) / "analysis"


def key_of(scenario: Scenario) -> str:
    """The name of a scenario's content, for this version of the analysis: 64 hex digits."""
    found = _keys.get(scenario)
    if found is None:
        found = _keys[scenario] = sha256(f"{ANALYSIS_VERSION}\n{dump(scenario)}".encode()).hexdigest()
    return found


_keys: "WeakKeyDictionary[Scenario, str]" = WeakKeyDictionary()


def cached_solution(scenario: Scenario, folder: Path | None = None, *, tick: Tick | None = None) -> Solution:
    """`solve(scenario)`, from the disk where it was solved before."""
    file = _file(folder, key_of(scenario), "solution")
    found = _read(file, lambda data: unpack_solution(data, scenario))
    if found is None:
        found = solve(scenario, tick=tick)
        _write(file, pack_solution(found))
    return found


def cached_report(scenario: Scenario, folder: Path | None = None, *, tick: Tick | None = None) -> Report:
    """`analyse(scenario)`, from the disk where it was analysed before; `cached` says so."""
    file = _file(folder, key_of(scenario), "report")
    found = _read(file, unpack_report)
    if found is not None:
        return replace(found, cached=True)
    made = report(lambda: cached_solution(scenario, folder, tick=tick), tick)
    _write(file, pack_report(made))
    return made


def _file(folder: Path | None, key: str, kind: str) -> Path:
    return (folder or default_folder()) / f"{key}.{kind}"


def _head(file: Path, data: bytes) -> bytes:
    return b"%s %s %08x %d\n" % (_MAGIC, file.name.encode(), crc32(data), len(data))


def _read(file: Path, unpack: Callable[[bytes], T]) -> T | None:
    """What the file holds; None where it is absent, damaged or of another making."""
    try:
        data = file.read_bytes()
        cut = data.index(b"\n") + 1
        if data[:cut] != _head(file, data[cut:]):
            return None
        return unpack(data[cut:])
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError):
        return None


def _write(file: Path, data: bytes) -> None:
    """Put the file there whole or not at all, for its owner alone."""
    try:
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".new-", dir=file.parent)  # 0600
        try:
            with os.fdopen(handle, "wb") as target:
                target.write(_head(file, data))
                target.write(data)
            os.replace(name, file)  # noqa: PTH105  # mkstemp gives a name
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
        _prune(file.parent)
    except OSError:
        return


def _prune(folder: Path) -> None:
    files = [path for path in folder.iterdir() if path.suffix in (".report", ".solution")]
    if len(files) > MOST_FILES:
        files.sort(key=lambda path: path.stat().st_mtime)
        for path in files[: len(files) - MOST_FILES]:
            path.unlink(missing_ok=True)
