"""`taketwo new NAME`: a scenario to learn the format from."""

import json
import re
import stat
from typing import get_type_hints

import pytest
import tomli
from desk import new, taketwo

from taketwo import Take, load_scenario
from taketwo.analysis.report import analyse
from taketwo.authoring.new import CannotMake, example, new_scenario, scenario_name
from taketwo.authoring.schema import DESCRIPTIONS
from taketwo.checks import check_file
from taketwo.scenario import format as shape
from taketwo.scenario.library import Library


def test_what_is_written_passes_the_check_and_the_way_on_is_told(tmp_path):
    made = taketwo(tmp_path, "new", "late-pizza")
    assert (made.returncode, made.stderr) == (0, "")
    assert made.stdout.splitlines() == [
        "late-pizza.toml is written. Open it in an editor, and play it beside that:",
        "  taketwo play late-pizza.toml --watch",
    ]
    checked = taketwo(tmp_path, "check", "late-pizza.toml", "--json")
    assert [row for row in json.loads(checked.stdout) if row["severity"] == "error"] == []
    assert checked.returncode == 0


def test_nothing_is_found_in_it_but_that_it_is_short(tmp_path):
    path = new(tmp_path)
    assert check_file(path, Library().lessons()) == []
    missed = {measure.id for measure in analyse(load_scenario(path)).measures if measure.ok is False}
    assert missed == {"nodes", "good-length", "shortest-pass"}


def test_it_shows_everything_a_scenario_may_have(tmp_path):
    scenario = load_scenario(new(tmp_path))
    assert (scenario.id, scenario.title) == ("late-pizza", "Late Pizza")
    assert len(scenario.nodes) == 4
    assert all(len(node.replies) >= 3 for node in scenario.nodes.values())
    assert scenario.meters["patience"].bands and scenario.flags and scenario.interrupts
    moves = [move for node in scenario.nodes.values() for move in node.moves()]
    assert any(node.silence and node.time_limit for node in scenario.nodes.values())
    for what in ("when", "once", "critical", "reveals", "samples", "sets", "clears", "effects", "why"):
        assert any(getattr(move, what) for move in moves), what


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_every_key_of_the_format_stands_in_it_with_a_word_about_it(name, tmp_path):
    text = new(tmp_path).read_text("utf-8")
    if name == "LessonFile":
        assert "# lessons =" in text
        return
    for key in get_type_hints(getattr(shape, name)):
        if not key.startswith("__"):
            assert re.search(rf"(?<![a-z-]){key}(?![a-z-])", text), key


def test_it_can_be_played_from_five_lines_of_python(tmp_path):
    take = Take.start(load_scenario(new(tmp_path)))
    for reply in ("when", "say-how-long", "carry-it-flat", "look-first"):
        take.reply(reply)
    assert take.ending and take.ending.csat == 5
    assert take.score.passed


def test_a_file_that_is_there_is_not_written_over(tmp_path):
    path = tmp_path / "late-pizza.toml"
    path.write_text("mine")
    made = taketwo(tmp_path, "new", "late-pizza")
    assert (made.returncode, made.stdout) == (2, "")
    assert made.stderr == "late-pizza.toml is there already, and is not written over. Take another name.\n"
    assert path.read_text() == "mine"


def test_nor_is_what_a_link_leads_to(tmp_path):
    (tmp_path / "late-pizza.toml").symlink_to(tmp_path / "elsewhere.toml")
    with pytest.raises(CannotMake, match="is there already"):
        new(tmp_path)
    assert not (tmp_path / "elsewhere.toml").exists()


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("Late Pizza", " Perhaps late-pizza?"),
        ("late_pizza.toml", " Perhaps late-pizza?"),
        ("3rd-call", " Perhaps rd-call?"),
        ("../escape", " Perhaps escape?"),
        ("", ""),
        ("№", ""),
        ("x" * 65, f" Perhaps {'x' * 64}?"),
        ("a\x1b]52;c;\x07", " Perhaps a-52-c?"),
    ],
)
def test_a_name_that_cannot_be_is_refused_with_what_can(name, hint):
    with pytest.raises(CannotMake) as refused:
        scenario_name(name)
    assert str(refused.value).endswith(
        " cannot be the name of a scenario: a name has small letters, digits and hyphens, "
        f"and begins with a letter (64 characters at most).{hint}"
    )
    assert "\x1b" not in str(refused.value)


def test_a_name_that_cannot_be_is_wrong_use(tmp_path):
    made = taketwo(tmp_path, "new", "Late Pizza")
    assert (made.returncode, made.stdout) == (2, "")
    assert list(tmp_path.glob("*.toml")) == []


def test_names_of_other_files_are_taken():
    with pytest.raises(CannotMake, match=r"^lessons\.toml is the name of another kind of file"):
        scenario_name("lessons")


def test_where_it_is_written_can_be_said(tmp_path):
    (tmp_path / "scenes").mkdir()
    assert taketwo(tmp_path, "new", "one", "--dialogues", "scenes").returncode == 0
    assert taketwo(tmp_path, "new", "two", "-o", "scenes/two.toml").returncode == 0
    assert taketwo(tmp_path, "new", "three", "-o", "scenes").returncode == 0
    assert taketwo(tmp_path, "--dialogues", "scenes", "new", "four").returncode == 0
    assert sorted(path.name for path in (tmp_path / "scenes").iterdir()) == [
        "four.toml",
        "one.toml",
        "three.toml",
        "two.toml",
    ]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("-o", "other.toml"), "The id of a scenario is its file's name: one.toml, not other.toml.\n"),
        (("-o", "one.txt"), "The id of a scenario is its file's name: one.toml, not one.txt.\n"),
        (("-o", "nowhere/one.toml"), "There is no folder nowhere. Make it first.\n"),
        (("--dialogues", "nowhere"), "There is no folder nowhere. Make it first.\n"),
    ],
)
def test_where_it_cannot_be_written_is_told(tmp_path, words, message):
    made = taketwo(tmp_path, "new", "one", *words)
    assert (made.returncode, made.stderr) == (2, message)


def test_it_is_an_ordinary_file_to_be_shared(tmp_path):
    assert new(tmp_path).stat().st_mode & stat.S_IRUSR
    assert b"\r" not in new(tmp_path, "second").read_bytes()


OWN = """\
format = 1
[lessons.{id}]
title = "T"
skill = "listening"
stance = "model"
source = "A film"
character = "C"
happens = "H"
lesson = "L"
models = "M"
breaks = "B"
"""


@pytest.mark.parametrize("ids", [["ours"], ["ours", "theirs"], ["x", "active-listening", "y"]])
def test_beside_lessons_of_ones_own_it_is_scored_by_those(tmp_path, ids):
    rows = OWN.format(id=ids[0]) + "".join(OWN.format(id=id).removeprefix("format = 1\n") for id in ids[1:])
    (tmp_path / "lessons.toml").write_text(rows)
    path = new(tmp_path)
    checked = taketwo(tmp_path, "check", "late-pizza.toml", "--json")
    assert [row for row in json.loads(checked.stdout) if row["severity"] == "error"] == []
    assert set(load_scenario(path).scored()) <= set(ids)


def test_lessons_that_are_broken_or_none_are_told(tmp_path):
    (tmp_path / "lessons.toml").write_text("format = 1\n[lessons]\n")
    with pytest.raises(CannotMake, match="has no lessons to score"):
        new(tmp_path)
    (tmp_path / "lessons.toml").write_text("format = ")
    made = taketwo(tmp_path, "new", "one")
    assert made.returncode == 1
    assert made.stderr.startswith("lessons.toml:1: error TT001: This is not TOML")
    assert not (tmp_path / "one.toml").exists()


def test_the_example_is_a_scenario_as_it_lies_in_the_package():
    rows = Library().lessons()
    assert tomli.loads(example("new-scenario", rows))["id"] == "new-scenario"


def test_the_folder_may_be_gone_meanwhile(tmp_path):
    with pytest.raises(CannotMake, match="There is no folder"):
        new_scenario("one", Library(), tmp_path / "gone" / "one.toml")
