"""`taketwo check`: what it reads, what it prints, how it ends."""

import json
import subprocess
import sys

import pytest
from click.testing import CliRunner

from taketwo.checks import example
from taketwo.cli import main

WARNED = "[nodes.opening.replies.listen]\nsamples = ['One']"
BROKEN = "[nodes.opening.replies.listen]\ngoto = 'serch'"
LESSON = example.BASE[example.BASE.index("[lessons") :]


@pytest.fixture
def folder(tmp_path):
    """A folder with a scenario without and one with a warning."""
    for name, fragment in (("good", ""), ("warned", WARNED)):
        (tmp_path / f"{name}.toml").write_text(example.laid_over(f'id = "{name}"\n{fragment}'))
    return tmp_path


def check(*args):
    return CliRunner().invoke(main, ["check", "--no-measures", *map(str, args)])


def test_the_whole_collection_has_no_errors():
    done = check()
    assert "0 errors" in done.output or "nothing found" in done.output
    assert done.exit_code == 0


def test_a_folder(folder):
    done = check(folder)
    assert done.output.splitlines()[-1] == "2 files checked: 0 errors, 1 warning."
    assert done.exit_code == 0


def test_one_line_a_finding_in_the_order_of_file_and_line(folder):
    (folder / "a.toml").write_text(example.laid_over("id = 'a'\nlevel = 9\nminutes = 0"))
    lines = check(folder).output.splitlines()
    assert lines[0] == f"{folder}/a.toml:4: level: error TT004: It is 9. At most 4 is wanted."
    assert lines[1] == f"{folder}/a.toml:5: minutes: error TT004: It is 0. At least 1 is wanted."
    assert lines[2].startswith(f"{folder}/warned.toml:")
    assert lines[3] == "3 files checked: 2 errors, 1 warning."


def test_errors_fail_the_check(folder):
    (folder / "broken.toml").write_text(example.laid_over(f"id = 'broken'\n{BROKEN}"))
    assert check(folder).exit_code == 1


def test_warnings_fail_a_strict_check(folder):
    assert check("--strict", folder / "warned.toml").exit_code == 1
    assert check("--strict", folder / "good.toml").exit_code == 0


def test_a_file_and_an_id(folder):
    assert check(folder / "good.toml").output == "1 file checked: nothing found.\n"
    assert "1 warning" in check("--dialogues", folder, "warned").output


def test_json_is_a_list_of_findings(folder):
    (finding,) = json.loads(check("--json", folder).output)
    assert finding["code"] == "TT042"
    assert finding["severity"] == "warning"
    assert finding["file"] == str(folder / "warned.toml")
    assert finding["path"] == "nodes.opening.replies.listen.samples"
    assert json.loads(check("--json", folder / "good.toml").output) == []


@pytest.mark.parametrize(
    "name", ["goood", "goood.toml", "nowhere/good.toml", "", "a\0b", "x" * 5000, "\x1b[2J"]
)
def test_what_is_not_there_is_wrong_use(folder, name):
    done = CliRunner().invoke(main, ["check", "--dialogues", str(folder), name])
    assert done.exit_code == 2
    assert done.stderr.startswith("Error: ")
    assert "\x1b" not in done.stderr


def test_the_nearest_name_is_told(folder):
    assert "Did you mean good" in check("--dialogues", folder, "goood").stderr
    assert "Did you mean good.toml" in check(folder / "goood.toml").stderr


def test_a_folder_without_scenarios_is_wrong_use(tmp_path):
    assert check(tmp_path).exit_code == check("--dialogues", tmp_path / "none").exit_code == 2


def test_a_file_that_cannot_be_read_is_a_finding(folder):
    (folder / "folder.toml").mkdir()
    (folder / "torn.toml").write_bytes(b"\xff\xfe")
    done = check(folder)
    assert done.exit_code == 1
    assert "This is not a file." in done.output
    assert "The file is not UTF-8 text." in done.output


def test_a_large_file_is_read_when_that_is_wanted(folder):
    large = folder / "large.toml"
    large.write_text(example.laid_over("id = 'large'") + "# padding\n" * 110_000)
    assert "The file has more than 1,048,576 bytes." in check(large).output
    assert check("--allow-large", large).output == "1 file checked: nothing found.\n"


def test_a_code_is_explained():
    done = check("--explain", "tt010")
    assert done.output.startswith("TT010: A `goto` or `start` names something that is neither")
    assert check("--explain", "TT999").exit_code == 2


class TestLessons:
    def test_the_lessons_beside_are_those_that_count_and_are_checked(self, folder):
        (folder / "lessons.toml").write_text("format = 1\n" + LESSON)
        assert "3 files checked" in check(folder).output

    def test_every_mistake_in_them_is_told_with_its_line(self, folder):
        text = "format = 1\n" + LESSON.replace('"model"', '"saint"').replace("title", "titel")
        (folder / "lessons.toml").write_text(text)
        told = [
            line.removeprefix(f"{folder}/") for line in check(folder / "lessons.toml").output.splitlines()
        ]
        assert told == [
            "lessons.toml:2: lessons.active-listening.title: error TT003: The key `title` is missing."
            " Add it in [lessons.active-listening].",
            "lessons.toml:3: lessons.active-listening.titel: error TT002: Unknown key 'titel'."
            " Did you mean 'title'?",
            "lessons.toml:5: lessons.active-listening.stance: error TT004: It is 'saint'."
            " Wanted: 'model' or 'warning'.",
            "1 file checked: 3 errors, 0 warnings.",
        ]

    def test_a_skill_that_there_is_none_of(self, folder):
        (folder / "lessons.toml").write_text("format = 1\n" + LESSON.replace('"listening"', '"lisening"'))
        assert "lessons.toml:4: lessons.active-listening.skill: error TT029" in check(folder).output

    def test_broken_lessons_are_told_once_and_not_for_every_reply(self, folder):
        (folder / "good.toml").write_text(example.BASE.replace(LESSON, "").replace('"example"', '"good"'))
        (folder / "lessons.toml").write_text("format = 1\n[lessons]\nx = 5")
        done = check(folder / "good.toml")
        assert [line.split(": ")[2] for line in done.output.splitlines()[:-1]] == ["error TT004"]


def test_a_closed_pipe_is_no_traceback(folder):
    (folder / "long.toml").write_text("\n".join(f"k{n} = 1" for n in range(1000)))
    command = [sys.executable, "-m", "taketwo", "check", str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0) as process:
        process.stdout.close()
        told = process.stderr.read()
    assert b"Traceback" not in told
    assert b"Exception" not in told
