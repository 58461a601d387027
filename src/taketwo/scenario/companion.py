"""Files that lie beside scenarios, such as a programme or a QA form: read as strictly, with the same findings."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from taketwo.scenario.files import Unreadable, read_file, read_head
from taketwo.scenario.findings import KeyPath
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.shape import Table, shaped
from taketwo.scenario.source import Draft, newer, tables, unreadable

T = TypeVar("T")
HEAD = 64 << 10
"""bytes in which a file shows what it is meant as"""


@dataclass(frozen=True, slots=True)
class Companion(Generic[T]):
    """One kind of file."""

    name: str
    """what it is called where it has its usual name"""
    mark: str
    """the beginning of a table that only such a file has"""
    shape: Callable[[], Any]
    """the pydantic adapter of its tables, made when a file is read"""
    stand_ins: Mapping[tuple[str, ...], Any]
    """see `shaped`"""
    known: Callable[[KeyPath], list[str]]
    """the keys of the table at a path"""
    made: Callable[[Table], T]
    """the value of tables that have the right shape"""

    def draft(self, path: Path) -> tuple[T | None, Draft]:
        """What can be understood of the file `path`, and what is wrong with its shape; never raises."""
        try:
            return self.draft_of(read_file(path, LIMITS.bytes), str(path))
        except Unreadable as error:
            return None, Draft(str(path), "", None, [unreadable(str(error), error.mend)])

    def draft_of(self, data: bytes, file: str) -> tuple[T | None, Draft]:
        """Like `draft`, for bytes whose size has been checked."""
        draft = Draft(file, "")
        raw = tables(data, draft)
        if raw is None or newer(raw, draft):
            return None, draft
        result = shaped(self.shape(), raw, dict(self.stand_ins), self.known)
        draft.problems, draft.holes = result.problems, result.holes
        return self.made(result.table) if result.table else None, draft

    def meant(self, path: Path) -> bool:
        """Whether the file `path` is meant as one: by its name, else because it has such a table and no nodes."""
        if path.name == self.name:
            return True
        try:
            text = "\n" + read_head(path, HEAD).decode("utf-8-sig", errors="replace")
        except Unreadable:
            return False
        return f"\n{self.mark}" in text and "\n[nodes." not in text
