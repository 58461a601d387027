"""A good, a middling and a poor take of every shipped scene, played line by line and compared with what is on file.

`TAKETWO_REWRITE=1 pytest tests/collection` writes them anew: the replies by their numbers, and the conversation with its result.
"""

import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from taketwo import Take
from taketwo.analysis.hollywood import hollywood
from taketwo.analysis.solve import solve
from taketwo.cli import main
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.take.machine import machine

TAKES = Path(__file__).with_name("takes")
REWRITE = bool(os.environ.get("TAKETWO_REWRITE"))
SCENES = [path.stem for path in Library().files()]
KINDS = ("good", "middling", "poor")
SEED = 1
CUT = "Decision by decision"
"""What follows says the conversation over again, with more about it."""


def best_line(scenario: Scenario) -> list[str]:
    solution = solve(scenario)
    turns, _ = solution.line(machine(scenario).start())
    return [turn.move.reply.id for turn in turns]


def wavering_line(scenario: Scenario) -> list[str]:
    """The best reply, but at every third decision the second best."""
    compiled, said = machine(scenario), []
    position = compiled.start()
    while offered := compiled.offered(position):
        ranked = sorted(offered, key=lambda move: -move.offer.total)
        move = ranked[len(said) % 3 == 2]
        said.append(move.reply.id)
        position = compiled.step(position, move)
    return said


LINES = {"good": best_line, "middling": wavering_line, "poor": hollywood}


def numbers(scenario: Scenario, replies: list[str]) -> str:
    """What is typed to say `replies` in this order, and nothing to the questions after."""
    take, typed = Take.start(scenario, seed=SEED), []
    for reply in replies:
        typed.append([choice.id for choice in take.replies].index(reply) + 1)
        take.reply(reply)
    return "".join(f"{number}\n" for number in typed) + "\n" * 4


def played(scene: str, typed: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("TAKETWO_CONFIG", str(folder / "config"))
    monkeypatch.setenv("TAKETWO_SAVES", str(folder / "saves"))
    words = ["play", scene, "--plain", "--assessed", "--seed", str(SEED), "--learner", "Ada"]
    done = CliRunner().invoke(main, words, input=typed, catch_exceptions=False)
    assert (done.exit_code, done.stderr) == (0, "")
    return done.stdout.partition(CUT)[0]


@pytest.mark.parametrize("scene", SCENES)
def test_three_takes_are_as_they_were(scene, tmp_path, monkeypatch):
    folder = TAKES / scene
    if REWRITE:
        folder.mkdir(parents=True, exist_ok=True)
        scenario = Library().load(scene)
        for kind in KINDS:
            (folder / f"{kind}.in").write_text(numbers(scenario, LINES[kind](scenario)))
    for kind in KINDS:
        shown = played(scene, (folder / f"{kind}.in").read_text(), tmp_path / kind, monkeypatch)
        if REWRITE:
            (folder / f"{kind}.txt").write_text(shown)
        assert shown == (folder / f"{kind}.txt").read_text()


@pytest.mark.parametrize("scene", SCENES)
def test_they_come_to_different_ends(scene):
    texts = {kind: (TAKES / scene / f"{kind}.txt").read_text() for kind in KINDS}
    assert "\nPassed.\n" in texts["good"] and "Craft 100 %" in texts["good"]
    assert "\nPassed.\n" not in texts["poor"]
    assert len(set(texts.values())) == 3
