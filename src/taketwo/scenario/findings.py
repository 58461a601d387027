"""What is wrong with a scenario, said so that an author can mend it."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import partial
from typing import Literal, TypeVar

from taketwo.text import clean_line

Severity = Literal["error", "warning"]
KeyPath = tuple[str | int, ...]
Mend = str | Callable[[], str]
"""How to mend it. A function is asked only for findings that are listed: looking for near names takes time."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong at one place; `code` says which rule found it (see `taketwo check --explain CODE`)."""

    code: str
    path: KeyPath
    message: str
    mend: Mend = ""
    severity: Severity = "error"
    declared: tuple[KeyPath, ...] = ()
    """where the name that is called unknown could be declared; not reported when the file is broken there"""
    line: int = 0
    """the line, where it is known without the key path"""


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
        where = f"{clean_line(self.file)}:{self.line}" + (f": {self.path}" if self.path else "")
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
        if CODES.setdefault(code, function) is not function:
            raise ValueError(f"{code} is taken")
        return function

    return register


def dotted(path: KeyPath) -> str:
    """A key path as an author writes it: `nodes.opening.replies.say-back.goto[1].to`."""
    out = ""
    for part in path:
        out += f"[{part + 1}]" if isinstance(part, int) else f".{part}" if out else part
    return out


def did_you_mean(wrong: str, known: Iterable[str]) -> str:
    """A sentence that names the nearest of `known`, else the first few of them."""
    names = list(known)
    wrong = wrong[:100]
    alike = names if len(names) <= _FEW else [name for name in names if _alike(name, wrong)]
    if near := get_close_matches(wrong, alike, n=1, cutoff=0.6):
        return f"Did you mean {near[0]!r}?"
    if not names:
        return ""
    few = ", ".join(sorted(names)[:6]) + (", …" if len(names) > 6 else "")
    return f"Known here: {few}."


def nearest(wrong: str, known: list[str]) -> list[str]:
    """Up to three of `known` that look like `wrong`, nearest first."""
    return get_close_matches(wrong[:100], known, n=3, cutoff=0.4)


def near_name(wrong: str, known: Iterable[str]) -> Mend:
    """`did_you_mean`, worked out when it is listed."""
    return partial(did_you_mean, wrong, known)


_FEW = 200


def _alike(name: str, wrong: str) -> bool:
    """A quick look, for when there are thousands of names to compare."""
    return abs(len(name) - len(wrong)) <= 3 and (name[:3] == wrong[:3] or name[-3:] == wrong[-3:])
