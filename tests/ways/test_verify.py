"""`taketwo verify`: recorded moves played again, on the scenario as it was and as it is now."""

import json
import shutil

import pytest
from running import Desk

from house import SCENES, keep_take
from taketwo.transcript.shelf import Shelf

UMBRELLA = "lost-umbrella.toml"


@pytest.fixture
def scenes(desk: Desk):
    folder = desk.folder / "scenes"
    shutil.copytree(SCENES, folder)
    return folder


@pytest.fixture
def take(desk):
    name = keep_take(Shelf(desk.saves), "say-back", "look")
    assert Shelf(desk.saves).rows()[0].passed
    return name


def edit(scenes, old, new):
    path = scenes / UMBRELLA
    text = path.read_text()
    assert text.count(old) >= 1
    path.write_text(text.replace(old, new))


def verify(desk, scenes, *words):
    done = desk.run("verify", *words, "--dialogues", scenes)
    assert "Traceback" not in done.stderr
    return done


def test_nothing_is_different_where_nothing_was_changed(desk, scenes, take):
    done = verify(desk, scenes, take)
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        take,
        "  as it was: same",
        "  today: same",
        "1 take played again: as recorded.",
    ]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("replies.look]", "replies.look-here]", "decision 2: The reply “I will look"),
        ("points = { active-listening = 2 }", "points = { active-listening = 1 }", "decision 1: The points for active-listening would be +1 instead of +2."),
        ("On the tram", "In the tram", "What is said then changed: “On the tram"),
        ("csat = 5", "csat = 4", "The CSAT of the ending would be 4 instead of 5."),
        ("A black one", "The black one", "The reply is worded otherwise: “A black one"),
    ],
)  # fmt: skip
def test_the_first_difference_is_told_in_words(desk, scenes, take, old, new, words):
    if old not in (scenes / UMBRELLA).read_text():
        pytest.fail(f"the scene has no {old!r} any more")
    edit(scenes, old, new)
    done = verify(desk, scenes, take)
    assert done.returncode == 0
    assert "  as it was: same" in done.stdout
    assert words in done.stdout.partition("  today: ")[2]


def test_what_it_would_score_today_is_told_and_the_record_stays(desk, scenes, take):
    before = Shelf(desk.saves).find(take).read_bytes()
    edit(scenes, "csat = 5", "csat = 2")
    done = verify(desk, scenes, take, "--rescore")
    assert "score: craft 100 %, CSAT 2, not passed; it was craft 100 %, CSAT 5, passed" in done.stdout
    assert Shelf(desk.saves).find(take).read_bytes() == before


def test_a_scene_that_is_gone_is_told_and_the_record_still_checked(desk, scenes, take):
    (scenes / UMBRELLA).unlink()
    done = verify(desk, scenes)
    assert done.returncode == 0
    assert "  as it was: same" in done.stdout
    assert "  today: There is no scenario 'lost-umbrella'." in done.stdout


def test_a_damaged_take_fails(desk, scenes, take):
    path = Shelf(desk.saves).find(take)
    data = path.read_bytes()
    path.write_bytes(data[:-40])
    done = verify(desk, scenes, take)
    assert done.returncode == 1
    assert "not a whole event" in done.stdout
    assert "1 take played again: 1 not as recorded." in done.stdout


def test_everything_that_is_different_as_json(desk, scenes, take):
    edit(scenes, "csat = 5", "csat = 4")
    (row,) = json.loads(verify(desk, scenes, take, "--json").stdout)
    assert row["as_it_was"]["same"] and not row["today"]["same"]
    assert row["today"]["score"]["csat"] == 4 and row["recorded"]["csat"] == 5
    assert [d["decision"] for d in row["today"]["differences"]] == [2]


def test_a_take_that_was_rewound_and_hinted_is_the_same_again(desk, scenes):
    typed = "h\n1\nu\n2\n2\n\n\n\n\n"
    assert desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed=typed).returncode == 0
    assert "  today: same" in verify(desk, scenes).stdout
