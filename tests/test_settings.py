"""Settings come back as they were kept, and a bad file costs only what is bad in it."""

import sys

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from taketwo.settings import Settings, load, save, settings_file
from taketwo.text import clean_line

names = st.text(max_size=30).map(clean_line)
everything = st.builds(
    Settings,
    learner=names,
    films=st.lists(names, max_size=3).map(tuple),
    theme=names,
    time=st.sampled_from(["off", "1", "1.5", "2"]),
    mode=st.sampled_from(["coached", "assessed"]),
    own_words=st.booleans(),
)


@settings(max_examples=40, deadline=None)
@given(everything)
def test_what_is_kept_comes_back(tmp_path_factory, kept):
    path = tmp_path_factory.getbasetemp() / "kept-settings.toml"
    assert save(kept, path) == ""
    assert load(path) == (kept, "")


def test_without_a_file_there_are_defaults_and_no_message(tmp_path):
    assert load(tmp_path / "settings.toml") == (Settings(), "")


def test_the_file_is_made_for_its_owner_alone_and_nothing_beside_it(tmp_path):
    path = tmp_path / "config" / "settings.toml"
    assert save(Settings(learner="Zoë"), path) == ""
    assert [p.name for p in path.parent.iterdir()] == ["settings.toml"]
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
    assert 'learner = "Zoë"' in path.read_text("utf-8")


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"learner = ", "the settings are not TOML and are not used"),
        (b"\xff\xfe", "the settings are not TOML and are not used"),
        (b"\0" * 10, "the settings are not TOML and are not used"),
        (b"a = " + b"[" * 50_000, "the settings are not TOML and are not used"),
        (b"#" * 70_000, "the settings are too large and are not used."),
    ],
)
def test_a_bad_file_gives_defaults_and_says_so(tmp_path, data, why):
    path = tmp_path / "settings.toml"
    path.write_bytes(data)
    found, message = load(path)
    assert found == Settings()
    assert message.startswith(f"{path}: {why}")


def test_a_bad_value_costs_only_itself(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text(
        'learner = "Ann"\ntime = 2\nfilms = ["Clerks", 3]\nmode = "hard"\nown_words = 1\nextra = 1\n'
    )
    found, message = load(path)
    assert found == Settings(learner="Ann")
    assert message == (
        f'{path}: not used, as something else is wanted: films (a list of texts), time (one of "off", "1", "1.5", "2"), '
        'mode (one of "coached", "assessed"), own_words (true or false).'
    )


def test_text_in_the_file_is_cleaned(tmp_path):
    path = tmp_path / "settings.toml"
    path.write_text('learner = "\\u001b[2Jx\\ny"\n')
    assert load(path)[0].learner == "\ufffd[2Jx y"


def test_a_folder_that_cannot_be_made_is_said(tmp_path):
    (tmp_path / "file").touch()
    assert "the settings cannot be kept" in save(Settings(), tmp_path / "file" / "settings.toml")


def test_a_link_is_replaced_and_not_written_through(tmp_path):
    target = tmp_path / "target"
    target.write_text("mine")
    path = tmp_path / "settings.toml"
    path.symlink_to(target)
    assert "links are not followed" in load(path)[1]
    assert save(Settings(), path) == ""
    assert target.read_text() == "mine"
    assert load(path) == (Settings(), "")


def test_the_environment_names_the_folder(tmp_path):
    assert settings_file({"TAKETWO_CONFIG": str(tmp_path)}) == tmp_path / "settings.toml"
    assert settings_file({}).name == "settings.toml"
