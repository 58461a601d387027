"""The command `taketwo analyse`."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from small_scenarios import made, node, reply

from taketwo.analysis.command import Progress
from taketwo.analysis.report import analyse
from taketwo.analysis.show import WIDTH, show
from taketwo.cli import main

SCENE = """
format = 1
id = "{id}"
title = "A short one"
level = 1
minutes = 1
channel = "phone"
centre = ["active-listening"]
start = "opening"
[briefing]
role = "You answer."
situation = "Somebody calls."
[customer]
name = "Ida"
[nodes.opening]
says = [{{ text = "Hello?" }}]
[nodes.opening.replies.listen]
say = "Tell me what happened."
points = {{ active-listening = 2 }}
why = "It opens."
goto = "glad"
[nodes.opening.replies.guess]
say = "It is the printer, is it not? It always is the printer."
points = {{ active-listening = -2 }}
why = "It guesses."
goto = "gone"
[endings.glad]
kind = "resolved"
csat = 5
resolved = true
text = "Thank you."
[endings.gone]
kind = "lost"
csat = 1
resolved = false
text = "Goodbye."
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of two scenarios; what is solved is kept beside it."""
    monkeypatch.setattr("taketwo.analysis.cache.default_folder", lambda: tmp_path / "kept")
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    for id in ("one-call", "two-calls"):
        (scenes / f"{id}.toml").write_text(SCENE.format(id=id), encoding="utf-8")
    return scenes


def run(folder: Path, *arguments: str) -> Result:
    return CliRunner().invoke(main, ["analyse", "--dialogues", str(folder), *arguments])


def test_it_tells_the_best_and_the_worst_play(folder: Path) -> None:
    result = run(folder, "one-call")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "A short one (one-call)"
    at = lines.index("Best play: 1 decision, to glad (CSAT 5, resolved), craft lost 0")
    assert lines[at + 1] == "  opening/listen: Tell me what happened."
    at = lines.index("Worst play: 1 decision, to gone (CSAT 1), craft lost 4")
    assert lines[at + 1].startswith("  opening/guess [-4]: It is the printer")
    assert "  NOT OK  It has 1 node. Bar: at least 12." in lines


def test_several_are_measured_together(folder: Path) -> None:
    result = run(folder, str(folder))
    assert "All 2 scenarios together: 2 not ok" in result.stdout
    assert result.stdout.count("A short one") == 2


def test_json_holds_everything(folder: Path) -> None:
    table = json.loads(run(folder, "one-call", "two-calls", "--json").stdout)
    assert [scenario["id"] for scenario in table["scenarios"]] == ["one-call", "two-calls"]
    assert table["scenarios"][0]["best"]["moves"][0]["reply"] == "listen"
    assert {policy["policy"] for policy in table["scenarios"][0]["policies"]} >= {"random", "decent", "best"}
    assert table["pooled"][0]["id"] == "pooled-first-craft"


def test_an_unknown_scenario_is_wrong_use_and_names_the_nearest(folder: Path) -> None:
    result = run(folder, "one-cal")
    assert result.exit_code == 2
    assert result.stderr.startswith("Error: There is no scenario 'one-cal'. Did you mean one-call")
    assert run(folder, "no/such.toml").exit_code == 2
    (folder / "empty").mkdir()
    assert run(folder, str(folder / "empty")).exit_code == 2


def test_a_broken_one_tells_all_its_findings_and_the_others_go_on(folder: Path) -> None:
    broken = (
        SCENE.format(id="broken")
        .replace('goto = "glad"', 'goto = "glda"')
        .replace('start = "opening"', 'start = "o"')
    )
    (folder / "broken.toml").write_text(broken, encoding="utf-8")
    result = run(folder, "broken", "one-call")
    assert result.exit_code == 1
    assert "'glda'" in result.stderr and "start" in result.stderr
    assert "A short one (one-call)" in result.stdout


def test_it_fits_eighty_columns() -> None:
    words = "Well, I do not know what to say about that, " * 4
    scenario = made(
        {
            f"n{i}": node(f"n{i}", reply("a", f"n{i + 1}" if i < 9 else "good", i % 3, words))
            for i in range(10)
        }
    )
    assert max(map(len, show(analyse(scenario)))) <= WIDTH


def test_a_draft_with_a_circle_is_shown(folder: Path) -> None:
    (folder / "one-call.toml").write_text(
        SCENE.format(id="one-call").replace('goto = "gone"', 'goto = "opening"'), encoding="utf-8"
    )
    result = run(folder, "one-call")
    assert "No figures for policies: it goes in a circle: opening → opening." in result.stdout


def test_progress_is_for_a_terminal_and_for_long_work(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stderr.isatty", lambda: True, raising=False)
    now = iter([0.0, 0.5, 2.0])
    monkeypatch.setattr("taketwo.analysis.command.time.monotonic", lambda: next(now))
    with Progress("one-call") as progress:
        progress("exploring", 1, 10)
        assert capsys.readouterr().err == ""
        progress("solving", 5, 10)
        assert capsys.readouterr().err == "\r\x1b[Kone-call: solving 5 of 10 ##########"
    assert capsys.readouterr().err == "\r\x1b[K"
