"""What solving a scene tells an author: circles, dead ends, and the measures with their figures."""

import json

import pytest
from click.testing import CliRunner

from taketwo.checks import example
from taketwo.cli import main
from taketwo.practice.source import read_programme
from taketwo.scenario.library import Library


def check(*args):
    return CliRunner().invoke(main, ["check", *map(str, args)])


@pytest.fixture
def small(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "small.toml"
    path.write_text(example.laid_over('id = "small"'))
    return path


def test_the_shipped_scenes_meet_every_measure():
    done = check("--strict")
    others = ["lessons.toml", "programme.toml", "qa-form.toml", *Library().folder.glob("common/*.toml")]
    assert done.output == f"{len(Library().files()) + len(others)} files checked: nothing found.\n"
    assert done.exit_code == 0


def test_nothing_is_wrong_with_the_shipped_lessons_and_the_programme_but_scenes_that_are_still_to_come():
    own = [Library().folder / name for name in ("lessons.toml", "programme.toml")]
    named = {scene for round in read_programme(own[1]).rounds for scene in round.scenes}
    to_come = named - {path.stem for path in Library().files()}
    found = json.loads(check("--json", *own).stdout)
    assert [finding["code"] for finding in found] == ["TT070"] * len(to_come)


def test_a_missed_measure_is_a_warning_with_its_figure_and_its_bar(small):
    done = check(small)
    assert "warning TT060: It has 2 nodes. Wanted: nodes at least 12." in done.output
    assert "0 errors" in done.output
    assert done.exit_code == 0


def test_missed_measures_fail_a_strict_check(small):
    assert check("--strict", small).exit_code == 1


def test_they_can_be_left_out(small):
    assert check("--strict", "--no-measures", small).output == "1 file checked: nothing found.\n"


def test_a_folder_is_measured_as_a_whole_as_well(small):
    (small.parent / "other.toml").write_text(example.laid_over('id = "other"'))
    assert (
        "warning TT061: Over 2 scenarios the first in the file earns 100 % of the craft"
        in check(small.parent).output
    )


def test_a_scene_with_an_error_is_not_measured(small):
    small.write_text(example.laid_over('id = "small"\n[nodes.search.replies.form]\ngoto = "opening"'))
    done = check(small)
    assert "error TT050: A play can go in a circle: search → opening → search." in done.output
    assert "TT060" not in done.output
    assert done.exit_code == 1


@pytest.mark.parametrize("code", ["TT060", "TT061"])
def test_measures_are_explained(code):
    assert check("--explain", code).output.startswith(f"{code}: ")
