"""`taketwo graph`: which scenario, which take, where it is written, and the exit codes."""

import sys

import pytest
from click.testing import CliRunner
from sketches import UMBRELLA, small

from taketwo.cli import main
from taketwo.session import begin
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TAKETWO_SAVES", str(tmp_path / "saves"))
    return lambda *words: CliRunner().invoke(main, ["graph", *map(str, words)])


@pytest.fixture
def take(tmp_path):
    """The name of a finished take of the small scenario, whose file is not in the library."""
    session = begin(Shelf(tmp_path / "saves"), small(), Start(learner="Zoë", seed=1))
    session.say("thirty-days")
    session.say("say-back")
    session.say("promise")
    session.journal.close()
    return session.journal.name


def test_a_scenario_is_drawn_as_text_unless_asked(run):
    done = run(UMBRELLA)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith("The Small Umbrella\n2 places to answer at")


@pytest.mark.parametrize(
    ("form", "first"),
    [("text", "The Small"), ("mermaid", "---\ntitle"), ("dot", "digraph"), ("svg", "<svg")],
)
def test_each_format(run, form, first):
    done = run(UMBRELLA, "--format", form)
    assert done.exit_code == 0
    assert done.stdout.startswith(first)


def test_a_take_brings_its_scenario_and_its_marks(run, take):
    done = run("--take", take)
    assert done.exit_code == 0
    assert "Decision 3: closed a door, the turning point." in done.stdout


def test_the_end_of_a_take_s_name_is_enough(run, take):
    assert run("--take", take[-4:], UMBRELLA).exit_code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ([], "Say which scenario, or which take with --take."),
        (["nobody"], "There is no scenario 'nobody'."),
        (["no/such.toml"], "There is no file 'no/such.toml'."),
        (["--take", "nobody"], "There is no take 'nobody'."),
        (["quick-question", "--format", "png"], "Invalid value for '--format'"),
    ],
)
def test_wrong_use(run, words, says):
    done = run(*words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_take_of_another_scenario(run, take):
    done = run("quick-question", "--take", take)
    assert done.exit_code == 2
    assert "is one of 'small-umbrella', not of 'quick-question'" in done.stderr


def test_a_broken_scenario(run, tmp_path):
    (tmp_path / "broken.toml").write_text("format = 1\n")
    done = run("./broken.toml")
    assert done.exit_code == 1
    assert "broken.toml" in done.stderr


def test_a_file_s_name_says_the_format(run, tmp_path):
    for name, first in {"a.svg": "<svg", "a.mmd": "---", "a.gv": "digraph", "a.txt": "The Small"}.items():
        done = run(UMBRELLA, "-o", name)
        assert (done.exit_code, done.output) == (0, "")
        assert (tmp_path / name).read_text("utf-8").startswith(first)


def test_a_file_that_is_there_stays_unless_forced(run, tmp_path):
    path = tmp_path / "mine.dot"
    path.write_text("mine")
    done = run(UMBRELLA, "-o", path)
    assert (done.exit_code, path.read_text()) == (2, "mine")
    assert done.stderr == f"{path} is there already. --force replaces it.\n"
    assert run(UMBRELLA, "-o", path, "--force").exit_code == 0
    assert path.read_text("utf-8").startswith("digraph")
    assert [each.name for each in tmp_path.iterdir()] == ["mine.dot"]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_is_not_followed(run, tmp_path):
    (tmp_path / "elsewhere").write_text("mine")
    (tmp_path / "link.dot").symlink_to(tmp_path / "elsewhere")
    assert run(UMBRELLA, "-o", "link.dot").exit_code == 2
    assert run(UMBRELLA, "-o", "link.dot", "--force").exit_code == 0
    assert (tmp_path / "elsewhere").read_text() == "mine"


def test_folders_that_are_in_the_way_or_missing(run, tmp_path):
    for words in (["-o", tmp_path], ["-o", tmp_path, "--force"]):
        done = run(UMBRELLA, *words)
        assert (done.exit_code, done.stderr) == (2, f"{tmp_path} is a folder.\n")
    for words in (["-o", "no/a.dot"], ["-o", "no/a.dot", "--force"]):
        done = run(UMBRELLA, *words)
        assert (done.exit_code, done.stderr) == (2, "no/a.dot: there is no such folder.\n")


def test_without_the_library_svg_fails_and_leaves_no_file(run, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "igraph", None)
    done = run(UMBRELLA, "-o", "a.svg")
    assert done.exit_code == 1
    assert "pip install igraph" in done.stderr
    assert not (tmp_path / "a.svg").exists()


def test_igraph_is_loaded_for_svg_alone(run):
    import subprocess

    code = "import sys, taketwo.graph.command, taketwo.graph.svg; print('igraph' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "False"
