"""What a session needs to be gone on with after a crash: one file for each end, for its owner alone.

They hold secrets (the host's key, the invitation, what guests are known by), so they lie in the user's state folder and
never beside the takes. A file is replaced whole, and synced, before anybody is told of what it says.
"""

import os
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar

import tomli
import tomli_w
from platformdirs import user_state_path

from taketwo import disk
from taketwo.text import clean_line

SIZE_LIMIT = 256 << 10
DAYS = 14
"""how long an invitation can be used"""


@dataclass(frozen=True, slots=True)
class Seated:
    """A guest who was let in: the name, what it is known by (SHA-256), and its take."""

    name: str
    secret: str
    take: str = ""
    agreed: bool = False
    before: str = ""
    """the take before that one"""


@dataclass(frozen=True, slots=True)
class HostFile:
    """A session that this program holds. What is secret is not in its `repr`, which a crash would show."""

    id: str
    created: str
    """ISO 8601 in UTC"""
    trainer: str
    address: str
    port: int
    key: str = field(repr=False)
    certificate: str = field(repr=False)
    token: str = field(repr=False)
    """hex"""
    room: bool
    scenario: str
    """id or path, as it was asked for"""
    saves: str
    goal: str = ""
    frame: tuple[int, ...] = ()
    """minutes of each phase"""
    began: str = ""
    """when the first phase began"""
    phase: int = 0
    seats: tuple[Seated, ...] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class GuestFile:
    """A session that this program has joined."""

    created: str
    invitation: str = field(repr=False)
    secret: str = field(repr=False)
    """what the host knows this guest by, as hex"""
    name: str
    trainer: str = ""
    over: bool = False
    seat: str = "learner"
    """what this guest comes as: `learner` or `observer`"""


def folder() -> Path:
    """Where sessions are kept."""
    return user_state_path("taketwo", appauthor=False) / "sessions"


F = TypeVar("F", HostFile, GuestFile)


class Keeper:
    """The file of one session. Raises OSError where it cannot be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._held = -1

    def hold(self) -> bool:
        """Keep other programs from going on with this session while this one runs; False where one does already."""
        path = self.path.with_suffix(".lock")
        try:
            disk.make_folder(path.parent)
            try:
                self._held = disk.create(path)
            except FileExistsError:
                self._held = disk.open_file(path, append=True)
        except OSError:
            return True  # it cannot be told, and a session is worth more than its lock
        if disk.lock(self._held):
            return True
        os.close(self._held)
        self._held = -1
        return False

    def let_go(self) -> None:
        """Other programs, and this one, can go on with the session."""
        if self._held >= 0:
            os.close(self._held)
            self._held = -1

    def write(self, file: HostFile | GuestFile) -> None:
        """Put `file` in place of what was there."""
        table = {"kind": type(file).__name__, **_plain(asdict(file))}
        disk.replace(self.path, tomli_w.dumps(table).encode("utf-8", "replace"))

    def gone(self) -> None:
        """The session is over and nobody comes back to it: nothing secret stays behind, not even what a crash left."""
        self.path.unlink(missing_ok=True)
        for part in self.path.parent.glob(f"{self.path.name}.*.part"):
            part.unlink(missing_ok=True)
        self.path.with_suffix(".lock").unlink(missing_ok=True)


def _plain(table: dict[str, Any]) -> dict[str, Any]:
    return {
        key: [_plain(each) if isinstance(each, dict) else each for each in value]
        if isinstance(value, tuple | list)
        else value
        for key, value in table.items()
    }


def host_path(id: str) -> Path:
    """The file of a session that is held here."""
    return folder() / f"host-{id}.toml"


def guest_path(id: str) -> Path:
    """The file of a session that was joined from here."""
    return folder() / f"guest-{id}.toml"


def cut_off_here() -> list[tuple[Path, HostFile]]:
    """Sessions held here that were not ended, the newest first; what cannot be read is left alone."""
    return _left("host-*.toml", HostFile)


def cut_off_there() -> list[tuple[Path, GuestFile]]:
    """Sessions joined from here that were not left, the newest first."""
    return _left("guest-*.toml", GuestFile)


def _left(pattern: str, kind: type[F]) -> list[tuple[Path, F]]:
    try:
        paths = list(folder().glob(pattern))
    except OSError:
        return []
    found = [(path, file) for path in paths if (file := _read(path, kind)) and not file.over]
    return sorted(found, key=lambda each: each[1].created, reverse=True)


def _read(path: Path, kind: type[F]) -> F | None:
    from pydantic import TypeAdapter, ValidationError

    try:
        data = disk.read_file(path, SIZE_LIMIT)
        table = tomli.loads(data.decode()) if len(data) <= SIZE_LIMIT else {}
        if table.pop("kind", "") != kind.__name__:
            return None
        found = TypeAdapter(kind).validate_python(table)
    except (OSError, ValueError, RecursionError, ValidationError):
        return None
    if isinstance(found, GuestFile):
        return replace(found, name=clean_line(found.name, 80), trainer=clean_line(found.trainer, 80))
    return found
