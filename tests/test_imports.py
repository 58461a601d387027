"""What importing costs: the rooms below the ways in never pull in Textual, and the core never pydantic."""

import subprocess
import sys

import pytest

BELOW = [
    "taketwo.text",
    "taketwo.lessons",
    "taketwo.scenario.library",
    "taketwo.scenario.format",
    "taketwo.scenario.dump",
    "taketwo.take.decide",
    "taketwo.score",
    "taketwo.analysis",
    "taketwo.transcript.journal",
    "taketwo.transcript.shelf",
    "taketwo.checks.report",
    "taketwo.checks.explain",
    "taketwo.practice.command",
    "taketwo.session",
    "taketwo.export.command",
    "taketwo.export.bring",
    "taketwo.export.webpage",
    "taketwo.export.statements",
    "taketwo.comparing",
    "taketwo.playback",
    "taketwo.telling",
    "taketwo.graph.command",
    "taketwo.graph.svg",
    "taketwo.book.command",
    "taketwo.pairing.host",
    "taketwo.pairing.guest",
    "taketwo.pairing.classroom",
    "taketwo.qa.sheet",
    "taketwo.plain.desk",
]
CORE = [
    "taketwo.take.decide",
    "taketwo.take.evolve",
    "taketwo.take.machine",
    "taketwo.score",
    "taketwo.practice.find",
    "taketwo.practice.surprise",
    "taketwo.session",
]


def pulled_in(modules, heavy):
    """Which of `heavy` are loaded in a fresh interpreter after importing `modules`."""
    code = f"import sys, importlib\nfor m in {modules!r}: importlib.import_module(m)\n"
    code += f"print([h for h in {heavy!r} if h in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.strip()


def test_nothing_below_the_ways_in_knows_textual():
    assert pulled_in(BELOW, ["textual", "rich"]) == "[]"


def test_the_command_line_starts_without_textual_and_pydantic():
    assert pulled_in(["taketwo", "taketwo.cli"], ["textual", "rich", "pydantic", "tomli"]) == "[]"


@pytest.mark.parametrize("module", CORE)
def test_the_core_knows_no_pydantic(module):
    assert pulled_in([module], ["pydantic", "textual"]) == "[]"
