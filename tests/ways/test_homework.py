"""Homework: one file out, one file back, and a shelf of its own for what came."""

import json
import zipfile

import pytest

from house import keep_take
from taketwo.transcript.shelf import Shelf

BEST = "2\n2\n\n\n\n\n"
"""the best replies of the umbrella scene with seed 1, and no answers to the debrief"""


@pytest.fixture
def sheet(desk):
    words = (
        "assign",
        "lost-umbrella",
        "wrong-train",
        "-o",
        "week.toml",
        "--seed",
        "1",
        "--note",
        "Take your time.",
    )
    done = desk.run(*words)
    assert (done.returncode, done.stderr) == (0, "")
    assert "taketwo homework week.toml" in done.stdout
    return desk.folder / "week.toml"


def play(desk, sheet, typed=BEST, learner="Ada"):
    return desk.run("homework", sheet, "--plain", "--learner", learner, typed=typed)


def test_the_scenes_are_in_the_file(desk, sheet):
    desk.env["TAKETWO_DIALOGUES"] = str(desk.folder / "none")
    done = play(desk, sheet)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Take your time." in done.stdout
    assert "The Lost Umbrella: not yet" in done.stdout
    assert "Passed." in done.stdout
    row = Shelf(desk.saves).rows()[0]
    assert row.scenario == "lost-umbrella" and row.labels[0].startswith("homework ")


def test_it_goes_on_with_what_is_not_done_yet(desk, sheet):
    play(desk, sheet)
    done = play(desk, sheet, typed="q\n")
    assert "The Lost Umbrella: passed" in done.stdout and "The Wrong Train: not yet" in done.stdout
    assert Shelf(desk.saves).rows()[0].scenario == "wrong-train"


def test_what_comes_back_is_a_shelf_of_its_own(desk, sheet):
    keep_take(Shelf(desk.saves), "thirty-days", learner="Ada")  # no homework
    play(desk, sheet)
    play(desk, sheet, learner="Zoë")
    done = desk.run("hand-in", sheet, "-o", "ada.zip", "--learner", "Ada")
    assert done.stdout == "ada.zip is written: 1 take of Ada.\n"
    got = desk.run("receive", "ada.zip", "-o", "from-ada")
    assert (got.returncode, got.stderr) == (0, "")
    assert "Ada, The Lost Umbrella: passed" in got.stdout
    assert "Note: The Wrong Train: there is no finished take of it." in got.stdout
    theirs, mine = Shelf(desk.folder / "from-ada"), Shelf(desk.saves)
    (row,) = theirs.rows()
    assert theirs.find(row.name).read_bytes() == mine.find(row.name).read_bytes()
    assert theirs.kept(row.sha256).id == "lost-umbrella"
    verified = desk.run("verify", "--saves", "from-ada", "--json")
    assert json.loads(verified.stdout)[0]["as_it_was"]["same"]


def test_all_of_it_done_is_said(desk, sheet):
    one = desk.folder / "one.toml"
    desk.run("assign", "lost-umbrella", "-o", one, "--seed", "1")
    play(desk, one)
    assert "All of it is done. `taketwo hand-in one.toml" in play(desk, one).stdout


def test_a_trainer_is_told_where_it_is_not_what_was_asked_for(desk, sheet):
    play(desk, sheet)
    with zipfile.ZipFile(desk.folder / "x.zip", "w") as made:
        text = (
            sheet.read_text().replace('mode = "coached"', 'mode = "assessed"').replace("seed = 1", "seed = 2")
        )
        made.writestr("assignment.toml", text)
        row = Shelf(desk.saves).rows()[0]
        made.writestr(f"takes/{row.name}.toml", row.path.read_bytes()[:-9])
    got = desk.run("receive", "x.zip")
    assert "it is coached; assessed was asked for" in got.stdout
    assert "it has another seed than was asked for" in got.stdout
    assert "are not a whole event" in got.stdout


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("../evil.toml", b"x", "which is nothing of ours"),
        ("takes/../../evil.toml", b"x", "which is nothing of ours"),
        ("takes/scenarios/evil.sh", b"x", "which is nothing of ours"),
        ("takes/a.toml", b"\0" * (65 << 20), "which is nothing of ours"),
        ("assignment.toml", b"format = 1\n", "this is no assignment"),
        ("assignment.toml", b"\xff", "this is no assignment"),
        ("takes/a.toml", b"x", "there is no assignment.toml in it"),
    ],
)
def test_a_bundle_from_elsewhere_is_looked_at_first(desk, name, data, message):
    with zipfile.ZipFile(desk.folder / "bad.zip", "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr(name, data)
    done = desk.run("receive", "bad.zip", "-o", "out")
    assert done.returncode == 1 and message in done.stderr and "Traceback" not in done.stderr
    assert not (desk.folder / "out").exists() and not (desk.folder.parent / "evil.toml").exists()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 nonsense", b"hello"])
def test_what_is_no_bundle_is_said(desk, data):
    (desk.folder / "bad.zip").write_bytes(data)
    done = desk.run("receive", "bad.zip")
    assert (done.returncode, "this is no bundle" in done.stderr) == (1, True)


def test_a_changed_scene_is_not_played(desk, sheet):
    sheet.write_text(sheet.read_text().replace("duck", "dog"))
    done = play(desk, sheet)
    assert done.returncode == 1
    assert "the scene 'lost-umbrella' was changed" in done.stderr


def test_nothing_is_written_over(desk, sheet):
    again = desk.run("assign", "lost-umbrella", "-o", sheet)
    assert again.returncode == 2 and "is not written over" in again.stderr
    play(desk, sheet)
    desk.run("hand-in", sheet, "-o", "a.zip")
    assert desk.run("hand-in", sheet, "-o", "a.zip").returncode == 2
    desk.run("receive", "a.zip", "-o", "out")
    assert "is there already" in desk.run("receive", "a.zip", "-o", "out").stderr


def test_nothing_to_hand_in_is_said(desk, sheet):
    done = desk.run("hand-in", sheet, "-o", "a.zip")
    assert done.returncode == 1 and "There are no takes of this homework yet" in done.stderr
    assert not (desk.folder / "a.zip").exists()
