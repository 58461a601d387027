"""What is wrong with a scenario, said so that an author can mend it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal, TypeVar

Severity = Literal["error", "warning"]
KeyPath = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place; `code` says which rule found it (see `taketwo check --explain CODE`)."""

    code: str
    path: KeyPath
    message: str
    mend: str
    severity: Severity = "error"
    about: str = ""
    """the name that is called unknown, where it is that; not reported when a broken part of the file declares it"""


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem with the file and line (from 1) that it stands in."""

    code: str
    severity: Severity
    file: str
    line: int
    path: str
    message: str
    mend: str

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" + (f": {self.path}" if self.path else "")
        return f"{where}: {self.severity} {self.code}: {self.message} {self.mend}".rstrip()


class ScenarioError(Exception):
    """A scenario that cannot be played; `findings` holds everything that is wrong with its file."""

    def __init__(self, findings: list[Finding]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


Problems = Iterator[Problem]
Maker = TypeVar("Maker", bound=Callable[..., object])
CODES: dict[str, Callable[..., object]] = {}
"""Each stable code with the function that finds it; the function's docstring explains it, with a bad and a good example."""


def finds(code: str) -> Callable[[Maker], Maker]:
    """Register the function that finds `code`."""

    def register(function: Maker) -> Maker:
        CODES[code] = function
        return function

    return register


def dotted(path: KeyPath) -> str:
    """A key path as an author writes it: `nodes.opening.replies.say-back.goto[1].to`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def did_you_mean(wrong: str, known: list[str]) -> str:
    """A sentence that names the nearest of `known`, else the first few of them."""
    near = get_close_matches(wrong[:100], known, n=1, cutoff=0.6)
    if near:
        return f"Did you mean {near[0]!r}?"
    if not known:
        return ""
    few = ", ".join(sorted(known)[:6]) + (", …" if len(known) > 6 else "")
    return f"Known here: {few}."
