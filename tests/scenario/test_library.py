"""Finding scenarios, and what stands at the top of each file."""

import pytest

from taketwo.checks import example
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, UnknownScenario, load_scenario, summary


@pytest.fixture
def folder(tmp_path):
    """A folder with one scenario and its lessons."""
    (tmp_path / "example.toml").write_text(example.BASE)
    lessons = example.BASE[example.BASE.index("[lessons") :]
    (tmp_path / "lessons.toml").write_text("format = 1\n" + lessons)
    return tmp_path


def test_a_scenario_is_loaded_by_its_id_or_its_file(folder):
    library = Library(folder)
    assert library.load("example") == load_scenario(folder / "example.toml")


def test_only_scenarios_are_listed(folder):
    for name in ("programme.toml", "house.toml", ".hidden.toml", "notes.txt"):
        (folder / name).write_text("")
    assert [path.name for path in Library(folder).files()] == ["example.toml"]


def test_an_unknown_scenario_names_the_nearest(folder):
    with pytest.raises(UnknownScenario, match="Did you mean example"):
        Library(folder).load("exmaple")


def test_a_broken_one_tells_everything(folder):
    (folder / "example.toml").write_text(example.laid_over("level = 9\nminutes = 0"))
    with pytest.raises(ScenarioError) as caught:
        Library(folder).load("example")
    assert [finding.path for finding in caught.value.findings] == ["level", "minutes"]


def test_a_folder_that_is_not_there_is_empty(tmp_path):
    assert Library(tmp_path / "none").files() == []
    assert Library(tmp_path / "none").summaries() == []


def test_the_top_is_read_without_the_rest(folder):
    (folder / "example.toml").write_text(example.BASE.replace("[endings.goodbye]", "[endings.goodbye"))
    top = summary(folder / "example.toml")
    assert (top.title, top.level, top.centre, top.error) == ("The Example", 1, ("active-listening",), "")


def test_a_text_that_looks_like_a_node_does_not_end_the_top(folder):
    text = example.BASE.replace('"Somebody comes in from the rain."', '"""\n[nodes.not-yet]\n"""')
    (folder / "example.toml").write_text(text)
    assert summary(folder / "example.toml").title == "The Example"


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('title = "The Example"\n', "", "its key 'title' is missing"),
        (
            'title = "The Example"',
            "title = 5",
            "its title, channel, centre or about is not what it should be.",
        ),
        (
            '["active-listening"]',
            '"active-listening"',
            "its title, channel, centre or about is not what it should be.",
        ),
        ("level = 1", "level = inf", "its level or its minutes are not what they should be."),
        ("level = 1", "level = true", "its level or its minutes are not what they should be."),
        ("minutes = 1", "minutes = 0x" + "f" * 5000, "its level or its minutes are not what they should be."),
        ("format = 1", "format = ", "This is not TOML: Invalid value."),
        ("format = 1", "x = " + "[" * 2000, "Tables and lists stand in one another deeper than 12 levels."),
    ],
)
def test_a_broken_top_is_listed_with_what_is_wrong(folder, old, new, told):
    (folder / "example.toml").write_text(example.BASE.replace(old, new, 1))
    assert summary(folder / "example.toml").error == f"This file cannot be read: {told}"
    assert len(Library(folder).summaries()) == 1


def test_bytes_that_are_no_text_are_listed_too(folder):
    (folder / "example.toml").write_bytes(b"\xff\xfe\0")
    assert "not UTF-8" in summary(folder / "example.toml").error
