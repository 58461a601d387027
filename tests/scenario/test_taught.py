"""Which scenes teach which lesson."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from house import SCENES
from taketwo.cli import main
from taketwo.scenario.library import Library
from taketwo.scenario.taught import ENOUGH, taught


def run(*words: str, dialogues: Path = SCENES) -> Result:
    return CliRunner().invoke(main, ["--dialogues", str(dialogues), "lessons", *words])


@pytest.fixture
def one_scene(tmp_path: Path) -> Path:
    """The umbrella scene by itself."""
    for name in ("lost-umbrella.toml", "lessons.toml"):
        (tmp_path / name).write_bytes((SCENES / name).read_bytes())
    return tmp_path


def test_every_lesson_is_the_centre_of_a_scene_and_scored_in_two() -> None:
    """Of the shipped collection."""
    library = Library()
    scenarios, broken = library.load_all()
    assert not broken
    thin = {
        row.lesson.id: (row.centre, row.scenes) for row in taught(library.lessons(), scenarios) if row.thin
    }
    assert thin == {}


def test_centre_scenes_and_replies_are_counted() -> None:
    library = Library(SCENES)
    rows = {row.lesson.id: row for row in taught(library.lessons(), library.load_all()[0])}
    for key, row in rows.items():
        files = [path.read_text("utf-8") for path in library.files()]
        replies = [text.count(f"{key} = ") - text.count(f"{key} = 0") for text in files]
        assert (row.scenes, row.replies) == (sum(map(bool, replies)), sum(replies))
    assert "lost-umbrella" in rows["active-listening"].centre


def test_the_table_marks_what_is_thin_and_fits_eighty_columns(one_scene: Path) -> None:
    done = run("--coverage", dialogues=one_scene)
    assert (done.exit_code, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[1].split() == ["!", "Active", "listening", "1", "3", "lost-umbrella"]
    assert lines[-1] == f"! the centre of no scene, or scored in fewer than {ENOUGH} scenes"
    assert max(map(len, lines)) <= 80
    shipped = run("--coverage", dialogues=Library().folder)
    assert max(map(len, shipped.stdout.splitlines())) <= 80
    assert len([line for line in shipped.stdout.splitlines() if line[:2] in ("  ", "! ")]) > 31


def test_the_listing_ends_with_a_line_about_it(one_scene: Path) -> None:
    says = run(dialogues=one_scene).stdout.splitlines()[-1]
    assert says.startswith("0 of 2 lessons are the centre of a scene and scored in 2 or more: --coverage")


def test_json_has_it_too() -> None:
    rows = {row["id"]: row for row in json.loads(run("--json").stdout)}
    assert "lost-umbrella" in rows["active-listening"]["centre_of"]
    assert rows["active-listening"]["scenes"] >= 1 and rows["active-listening"]["replies"] >= 3


def test_a_broken_scene_is_told_and_left_out(one_scene: Path) -> None:
    (one_scene / "broken.toml").write_text("format = 1\n", "utf-8")
    done = run("--coverage", dialogues=one_scene)
    assert done.exit_code == 1
    assert "broken.toml" in done.stderr and "lost-umbrella" in done.stdout
    listing = run(dialogues=one_scene)
    assert listing.exit_code == 0
    assert "1 broken scene left out" in listing.stdout.splitlines()[-1]
