"""A folder of takes and the commands on it, and a take whose texts are as hostile as texts can be."""

import csv
import io
import json
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from click.testing import CliRunner, Result

from house import SEED, HandClock, umbrella
from taketwo.cli import main
from taketwo.scenario.model import Scenario
from taketwo.session import Session
from taketwo.take.commands import Command, Remark, Rewind, Say, Start
from taketwo.transcript.shelf import Shelf

FORMS = ["md", "html", "coaching", "svg", "cast", "json", "csv", "xapi"]
NASTY = (
    "<script>alert(\"1\")</script> & <img src=x onerror='alert(2)'> \x1b]52;c;aGk=\x07\x1b[2J \u202eשלום\u202c 🦆🏽 `c` "
    "[x](javascript:alert(3)) ![i](https://evil.example/p.png) **b** https://evil.example/ @everyone | ~~s~~ &lt; '\"]]>"
    "\n# head\n- item\n=1+1 \\ \ufffe"
)

SHORT = NASTY[:150]
"""for titles and names, which are kept short"""


class Office:
    """Takes in a folder, and the program run on them."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.shelf = Shelf(folder / "saves")

    def run(self, *words: str | Path) -> Result:
        done = CliRunner().invoke(main, [*map(str, words), "--saves", str(self.shelf.folder)])
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return done

    def export(self, name: str, form: str, *words: str | Path) -> str:
        """What the export of a take prints."""
        done = self.run("export", name, "--to", form, *words)
        assert done.exit_code == 0, done.stderr
        return done.stdout

    def take(
        self,
        *commands: str | Command | tuple[str, str, Command],
        scenario: Scenario | None = None,
        learner: str = "Zoë Kovács",
        mode: str = "coached",
        seconds: float = 10,
    ) -> str:
        """A take with these commands, one every few seconds; a text is a reply, (by, to, command) another seat's."""
        scenario, clock = scenario or umbrella(), HandClock()
        journal = self.shelf.new_journal(scenario.id, datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC))
        session = Session(scenario, journal=journal, clock=clock)
        sha256 = self.shelf.keep(scenario)
        session.do(Start(learner=learner, seed=SEED, mode=mode, sha256=sha256))  # type: ignore[arg-type]  # a mode
        for command in commands:
            clock.advance(seconds)
            by, to, what = command if isinstance(command, tuple) else ("learner", "all", command)
            session.do(Say(what) if isinstance(what, str) else what, by, to)
        journal.close()
        return journal.name

    def passed(self) -> str:
        return self.take("say-back", "look", Remark("try-next", "Ask before I look."))

    def failed(self) -> str:
        return self.take("thirty-days", Rewind(), "thirty-days", "promise")

    def nasty(self) -> str:
        """A take in which every text is hostile, the learner's name too."""
        scene = spoilt(umbrella())
        return self.take(
            Remark("own-words", NASTY),
            "thirty-days",
            "promise",
            Remark("note", NASTY),
            Remark("label", NASTY),
            Remark("try-next", NASTY),
            scenario=scene,
            learner=NASTY,
        )


def spoilt(scenario: Scenario) -> Scenario:
    """The scenario with hostile texts wherever a text may stand."""
    return _spoilt(scenario)  # type: ignore[no-any-return]  # what went in


_TEXTS = {"title", "say", "texts", "why", "reveals", "samples", "text", "name", "wants", "needs", "role", "situation",
          "facts", "happens", "lesson", "source", "models", "breaks", "character", "who"}  # fmt: skip
_SHORT = {"title", "name", "who", "character", "source"}


def _spoilt(value):  # type: ignore[no-untyped-def]  # walks any dataclass
    changes = {}
    for field in fields(value):
        old = getattr(value, field.name)
        if field.name in _TEXTS and isinstance(old, str):
            changes[field.name] = old and f"{old} {SHORT if field.name in _SHORT else NASTY}"
        elif field.name in _TEXTS and isinstance(old, tuple):
            changes[field.name] = tuple(f"{each} {NASTY}" for each in old)
        else:
            changes[field.name] = _walked(old)
    return replace(value, **changes)


def _walked(value):  # type: ignore[no-untyped-def]
    if isinstance(value, dict):
        return {key: _walked(each) for key, each in value.items()}
    if isinstance(value, tuple):
        return tuple(_walked(each) for each in value)
    return _spoilt(value) if is_dataclass(value) and type(value).__name__ != "Test" else value


def rows(text: str) -> list[dict[str, str]]:
    """The rows of a table."""
    return list(csv.DictReader(io.StringIO(text, newline="")))


def statements(text: str) -> list[dict]:  # type: ignore[type-arg]  # JSON
    return json.loads(text)  # type: ignore[no-any-return]
