"""`taketwo analyse --table`, and the page of the scenes that it keeps."""

import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from house import SCENES
from taketwo.cli import main
from taketwo.scenario.library import Library

README = Library().folder / "README.md"
EMPTY = "# Ours\n\n<!-- scenes -->\n<!-- /scenes -->\n\nbetween\n\n<!-- policies -->\nold\n<!-- /policies -->\nafter\n"


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taketwo.analysis.cache.default_folder", lambda: tmp_path / "kept")
    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path / "config"))


def run(*words: str | Path, dialogues: Path = SCENES) -> Result:
    return CliRunner().invoke(main, ["--dialogues", str(dialogues), "analyse", *map(str, words)])


def test_the_page_of_the_scenes_is_current(tmp_path: Path) -> None:
    """Where this fails: `taketwo analyse --table --write dialogues/README.md`."""
    page = tmp_path / "README.md"
    page.write_bytes(README.read_bytes())
    done = run("--table", "--write", page, dialogues=README.parent)
    assert (done.exit_code, done.output) == (0, "")
    assert page.read_text("utf-8") == README.read_text("utf-8")


def test_the_page_of_the_scenes_is_no_scene() -> None:
    assert README.is_file()
    assert README not in Library().files()
    assert len(Library().load_all()[0]) == len(Library().files())


def test_a_row_for_each_scene_and_the_mean() -> None:
    done = run("--table")
    assert done.exit_code == 0
    head, rule, *rows = done.stdout.splitlines()
    assert [cell.strip() for cell in head.split("|")][1:5] == ["scene", "level", "positions", "best play"]
    assert len({row.count("|") for row in (head, rule, *rows)}) == 1
    assert [row.split(" | ")[0] for row in rows[:-1]] == ["| The Lost Umbrella", "| The Wrong Train"]
    assert rows[-1].startswith("| **Mean of 2**")
    assert len(run("lost-umbrella", "--table").stdout.splitlines()) == 3


def test_what_stands_between_the_marks_is_made_again_and_nothing_else(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(EMPTY, "utf-8")
    page.chmod(0o644)
    assert run("--table", "--write", page).exit_code == 0
    text = page.read_text("utf-8")
    assert text.startswith("# Ours\n\n<!-- scenes -->\n| id |")
    assert "<!-- /scenes -->\n\nbetween\n\n<!-- policies -->\n| scene |" in text
    assert text.endswith("<!-- /policies -->\nafter\n") and "old" not in text
    assert (
        "| `lost-umbrella` | The Lost Umbrella | 1 | counter | 2 | `active-listening` | 2 | 4 | 2 |" in text
    )
    if os.name == "posix":
        assert stat.S_IMODE(page.stat().st_mode) == 0o644
    run("--table", "--write", page)
    assert page.read_text("utf-8") == text


def test_a_title_is_not_markdown(tmp_path: Path) -> None:
    for name in ("lessons.toml", "lost-umbrella.toml"):
        text = (SCENES / name).read_text("utf-8")
        (tmp_path / name).write_text(
            text.replace("The Lost Umbrella", "a | b <!-- /policies --> [c](d)"), "utf-8"
        )
    row = run("--table", dialogues=tmp_path).stdout.splitlines()[2]
    assert row.startswith(r"| a \| b \<!-- /policies --\> \[c\](d) | 1 |")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("# Nothing\n", "it has no marks <!-- scenes --> … <!-- /scenes --> or"),
        ("<!-- scenes -->\n", "<!-- scenes --> and <!-- /scenes --> must stand there in this order"),
        ("<!-- /policies -->\n<!-- policies -->\n", "<!-- policies --> and <!-- /policies --> must stand"),
    ],
)
def test_a_page_without_marks_is_left_as_it_is(tmp_path: Path, text: str, says: str) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, "utf-8")
    done = run("--table", "--write", page)
    assert done.exit_code == 2
    assert says in done.stderr
    assert page.read_text("utf-8") == text


def test_a_broken_scene_leaves_the_page_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "lessons.toml").write_bytes((SCENES / "lessons.toml").read_bytes())
    (tmp_path / "lost-umbrella.toml").write_bytes((SCENES / "lost-umbrella.toml").read_bytes())
    (tmp_path / "broken.toml").write_text("format = 1\n", "utf-8")
    page = tmp_path / "page.md"
    page.write_text(EMPTY, "utf-8")
    done = run("--table", "--write", page, dialogues=tmp_path)
    assert done.exit_code == 1
    assert "broken.toml" in done.stderr and "is left as it is" in done.stderr
    assert page.read_text("utf-8") == EMPTY
    printed = run("--table", dialogues=tmp_path)
    assert printed.exit_code == 1 and "The Lost Umbrella" in printed.stdout


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Say which scenarios: ids, files or folders. --table takes all of them."),
        (["lost-umbrella", "--write", "page.md"], "--write goes with --table."),
        (["--table", "--json"], "--table or --json, not both."),
        (["--table", "--write", "no/such.md"], "no/such.md: The file cannot be opened"),
        (["--table", "nobody"], "There is no scenario 'nobody'."),
    ],
)
def test_wrong_use(words: list[str], says: str) -> None:
    done = run(*words)
    assert done.exit_code == 2
    assert says in done.stderr
