"""What the ways in share: exit codes, messages, and errors that become both."""

import sys
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, ParamSpec

from taketwo.text import clean

if TYPE_CHECKING:
    pass

DONE, FINDINGS, WRONG_USE, UNFINISHED = 0, 1, 2, 3
NAME_LENGTH = 80
"""characters kept of a learner's name"""
P = ParamSpec("P")


def complain(message: object) -> None:
    """A message on standard error."""
    print(clean(str(message), 4_000), file=sys.stderr)


def guarded(way: Callable[P, int]) -> Callable[P, int]:
    """Errors that a person can cause become a message and an exit code, never a traceback."""

    def run(*args: P.args, **kwargs: P.kwargs) -> int:
        from taketwo.output import NotWritten
        from taketwo.scenario.findings import ScenarioError
        from taketwo.scenario.library import UnknownScenario
        from taketwo.take.decide import Refused
        from taketwo.transcript.journal import NotSaved, TakeInUse
        from taketwo.transcript.reading import Unreadable
        from taketwo.transcript.shelf import UnknownTake

        try:
            return way(*args, **kwargs)
        except (UnknownScenario, UnknownTake) as error:
            complain(error)
            return WRONG_USE
        except ScenarioError as error:
            for finding in error.findings:
                complain(finding)
            return FINDINGS
        except NotWritten as error:
            complain(error)
            return WRONG_USE if error.misuse else FINDINGS
        except (Unreadable, TakeInUse, NotSaved, Refused) as error:
            complain(error)
            return FINDINGS

    run.__doc__, run.__name__ = way.__doc__, way.__name__
    return run


def written(write: Callable[[], object], path: Path) -> bool:
    """Whether the new file `path` could be written; if not, it is said why."""
    from taketwo import disk

    try:
        write()
    except FileExistsError:
        complain(f"{path} is there already, and is not written over. Take another name.")
    except OSError as error:
        complain(f"{path} cannot be written. {disk.reason(error).what}.")
    else:
        return True
    return False


def agreed(question: str) -> bool:
    """Whether somebody at the terminal types yes; off a terminal nobody does."""
    from taketwo.plain import Console, Left

    if not sys.stdin.isatty():
        return False
    try:
        return (Console().ask(question) or "").strip().casefold() == "yes"
    except Left:
        return False


def plain_row(row: Any) -> dict[str, Any]:
    """A row of the shelf as JSON has it."""
    table = asdict(row)
    table["path"] = str(row.path)
    table["name"] = row.name
    return table
