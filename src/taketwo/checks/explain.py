"""What a code means: the docstring of the function that finds it, with its bad and its good example."""

from dataclasses import dataclass
from inspect import cleandoc
from textwrap import dedent, indent

from taketwo import checks as _all_codes  # noqa: F401  # importing it registers every code
from taketwo.scenario.findings import CODES, did_you_mean


class UnknownCode(Exception):
    """There is no finding of that code; the message names the nearest."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What one code means. `bad` and `good` are fragments of TOML laid over `example.BASE`, or what else its room has there."""

    code: str
    description: str
    bad: str
    good: str

    def __str__(self) -> str:
        return f"{self.code}: {self.description}\n\nBad:\n{_shown(self.bad)}\n\nGood:\n{_shown(self.good)}"


def explain(code: str) -> str:
    """The text that `taketwo check --explain CODE` prints. Raises UnknownCode."""
    return str(explanation(code))


def explanation(code: str) -> Explanation:
    """What `code` (in any case) means. Raises UnknownCode."""
    wanted = code.strip().upper()
    if wanted not in CODES:
        raise UnknownCode(f"There is no finding {code[:20]!r}. {did_you_mean(wanted, sorted(CODES))}")
    text = cleandoc(CODES[wanted].__doc__ or "")
    description, _, examples = text.partition("\nBad:\n")
    bad, _, good = examples.partition("\nGood:\n")
    return Explanation(wanted, description.strip(), dedent(bad).strip("\n"), dedent(good).strip("\n"))


def _shown(fragment: str) -> str:
    return indent(fragment, "    ")
