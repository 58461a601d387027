"""Scenarios as they were when takes began, kept once by content: `scenarios/SHA256.toml`."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from taketwo import disk
from taketwo.scenario.dump import dump
from taketwo.scenario.limits import LARGE
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes
from taketwo.transcript.journal import not_saved
from taketwo.transcript.reading import Unreadable


def keep_scenario(folder: Path, scenario: Scenario) -> str:
    """Write `scenario` down in `folder`, if it is not there; its SHA-256. Raises NotSaved."""
    return keep_bytes(folder, dump(scenario).encode())


def keep_bytes(folder: Path, data: bytes) -> str:
    """Write the file of a scenario down in `folder`, if it is not there; its SHA-256. Raises NotSaved."""
    digest = sha256(data).hexdigest()
    path = folder / f"{digest}.toml"
    try:
        if not _same(path, data):
            disk.replace(path, data)
    except OSError as error:
        raise not_saved(error, path, "the scenario cannot be kept with the take") from error
    return digest


def kept_bytes(folders: Sequence[Path], digest: str) -> tuple[Path, bytes]:
    """The file kept under `digest` in the first of `folders` that has it, and what is in it. Raises Unreadable."""
    if len(digest) != 64 or not set(digest) <= set("0123456789abcdef"):
        raise Unreadable("The take does not say which scenario it was played with.")
    paths = [folder / f"{digest}.toml" for folder in folders]
    path = next((path for path in paths if path.exists()), paths[0])
    try:
        data = disk.read_file(path, LARGE.bytes)
    except OSError as error:
        raise Unreadable(
            f"{path}: the scenario of this take cannot be read. {disk.reason(error).what}."
        ) from None
    if sha256(data).hexdigest() != digest:
        raise Unreadable(
            f"{path}: the scenario of this take was changed or damaged. Restore the file from a copy."
        )
    return path, data


def kept_scenario(folders: Sequence[Path], digest: str) -> Scenario:
    """The scenario that was kept under `digest` in the first of `folders` that has it. Raises Unreadable."""
    path, data = kept_bytes(folders, digest)
    draft = draft_from_bytes(data, str(path), {}, LARGE)
    if draft.scenario is None or not draft.playable:
        first = next(iter(draft.findings()), "It is not a scenario.")
        raise Unreadable(f"{path}: the scenario of this take cannot be read by this version. {first}")
    return draft.scenario


def _same(path: Path, data: bytes) -> bool:
    try:
        return disk.read_file(path, len(data)) == data
    except OSError:
        return False
