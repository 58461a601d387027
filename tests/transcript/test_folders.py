"""Where takes live, and that the reason is said."""

from pathlib import Path

from taketwo.transcript.folders import saves_folder


def marked(folder: Path) -> Path:
    (folder / "saves").mkdir()
    (folder / "saves" / ".taketwo").touch()
    return folder / "saves"


def test_the_folder_that_was_asked_for_wins(tmp_path):
    marked(tmp_path)
    found = saves_folder(tmp_path / "mine", tmp_path, {"TAKETWO_SAVES": "/elsewhere"})
    assert found == (tmp_path / "mine", f"Takes are kept in {tmp_path / 'mine'}, as --saves asks.")


def test_then_the_environment(tmp_path):
    marked(tmp_path)
    found = saves_folder(None, tmp_path, {"TAKETWO_SAVES": str(tmp_path / "env")})
    assert found == (tmp_path / "env", f"Takes are kept in {tmp_path / 'env'}, as TAKETWO_SAVES asks.")


def test_then_a_marked_folder_here(tmp_path):
    saves = marked(tmp_path)
    found = saves_folder(None, tmp_path, {})
    assert found == (saves, f"Takes are kept in {saves}, because it carries our marker file .taketwo.")


def test_else_the_users_own_and_never_an_unmarked_one(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    (tmp_path / "saves").mkdir()
    found = saves_folder(None, tmp_path, {"TAKETWO_SAVES": ""})
    assert found.path.name == "saves"
    assert found.path != tmp_path / "saves"
    assert "your own data" in found.why
    assert not found.path.exists()


def test_the_repository_marks_its_own():
    assert (Path(__file__).parents[2] / "saves" / ".taketwo").is_file()
