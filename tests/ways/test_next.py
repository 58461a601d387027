"""The programme by line: what is next and why, another programme, surprises."""

import json
import subprocess

import pytest

from house import BAD, GOOD, keep_take, small_collection
from taketwo.checks import example
from taketwo.transcript.shelf import Shelf


@pytest.fixture
def team(desk):
    """A desk on the small collection and its programme, and takes for it."""
    library = small_collection(desk.folder / "team")
    desk.env["TAKETWO_DIALOGUES"] = str(library.folder)

    def plays(scene: str, replies: tuple[str, ...] = GOOD, learner: str = "Zoë") -> None:
        keep_take(Shelf(desk.saves), *replies, learner=learner, scenario=library.load(scene))

    desk.plays = plays
    return desk


def test_next_tells_the_round_the_scene_and_why(team):
    done = team.run("next", "--learner", "Zoë")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "The example programme · 0 of 7 passed",
        "Round 1 · First calls · 0 of 4 passed",
        "Something that goes well, a trouble, and something to be proud of.",
        "",
        "Next: New Chair (new-chair): basics · on the phone · 1 min",
        "  Everybody begins with this one: it goes well, and shows the basics.",
        "Round 2 · Bad news: opens with 3 more passes in the round before. You may go ahead all the same.",
    ]


def test_after_two_fails_next_tells_an_easier_scene_and_one_to_end_on(team):
    team.plays("new-chair")
    team.plays("irate-customer", BAD)
    team.plays("irate-customer", BAD)
    shown = team.run("next", "--learner", "Zoë").stdout
    assert "Next: Midnight Record (midnight-record)" in shown
    assert "“Irate Customer” was hard twice. This one is easier and is about the same lesson: " in shown
    assert "Or: New Chair (new-chair)" in shown
    assert "To end on a good one: you have passed it before." in shown


def test_the_whole_programme_has_marks(team):
    team.plays("new-chair")
    team.plays("irate-customer", BAD)
    shown = team.run("next", "--all", "--learner", "Zoë").stdout
    assert "  ✓ New Chair (new-chair): passed\n" in shown
    assert "  · Irate Customer (irate-customer): not passed yet, next\n" in shown
    assert "    Charged Twice (charged-twice): new\n" in shown
    assert "  Opens with 2 more passes in the round before.\n" in shown


def test_skills_that_takes_have_shown_are_counted(team):
    path = team.folder / "team" / "programme.toml"
    path.write_text(path.read_text().replace("{ passes = 3 }", "{ skills = { listening = 0.9 } }"))
    asked = "Round 2 · Bad news: opens with listening at 90 % in 2 scenes"
    assert f"{asked} (not yet)." in team.run("next", "--learner", "Zoë").stdout
    team.plays("new-chair")
    team.plays("irate-customer", BAD)
    assert f"{asked} (so far in 1)." in team.run("next", "--learner", "Zoë").stdout
    team.plays("charged-twice")
    assert asked not in team.run("next", "--learner", "Zoë").stdout


def test_next_as_json(team):
    team.plays("new-chair")
    table = json.loads(team.run("next", "--json", "--learner", "Zoë").stdout)
    assert (table["next"]["scene"], table["next"]["reason"]) == ("irate-customer", "middle")
    assert (table["round"]["id"], table["round"]["passed"], table["round"]["of"]) == ("first-calls", 1, 4)
    assert table["next_round"]["missing"] == [{"passes": 2}]
    assert "rounds" not in table
    rounds = json.loads(team.run("next", "--json", "--all", "--learner", "Zoë").stdout)["rounds"]
    assert [len(round["scenes"]) for round in rounds] == [4, 3]


def test_a_learner_has_a_programme_of_their_own(team):
    team.plays("new-chair", learner="Ida")
    assert "Next: New Chair" in team.run("next", "--learner", "Zoë").stdout
    assert "Next: Irate Customer" in team.run("next", "--learner", "Ida").stdout


@pytest.mark.parametrize("how", ["option", "before the command", "variable"])
def test_another_programme_can_be_named(team, how):
    other = team.folder / "other.toml"
    other.write_text(
        example.laid_over('title = "Ours"\n[rounds.first-calls]\nopener = "gift-wrap"', example.PROGRAMME)
    )
    words = {
        "option": ["next", "--programme", other],
        "before the command": ["--programme", other, "next"],
        "variable": ["next"],
    }[how]
    if how == "variable":
        team.env["TAKETWO_PROGRAMME"] = str(other)
    shown = team.run(*words).stdout
    assert "Ours" in shown
    assert "Next: Gift Wrap" in shown


def test_a_programme_that_is_not_there_is_wrong_use(team):
    done = team.run("next", "--programme", "nix.toml")
    assert done.returncode == 2
    assert "File 'nix.toml' does not exist" in done.stderr


def test_a_programme_that_cannot_be_read_says_why(team):
    (team.folder / "team" / "programme.toml").write_text("format = 1\ntitle = 'x'\nrounds = 3\n")
    done = team.run("next")
    assert (done.returncode, done.stdout) == (1, "")
    assert "programme.toml:3: rounds: error TT004: It is 3. A table is wanted here." in done.stderr


def test_scenes_that_no_programme_names_have_none(desk):
    done = desk.run("next")
    assert done.returncode == 0
    assert done.stdout.startswith("There is no programme for the scenes here.")
    assert json.loads(desk.run("next", "--json").stdout)["next"] is None


def test_the_shipped_programme_serves_a_folder_that_has_its_scenes(team):
    (team.folder / "team" / "programme.toml").unlink()
    shown = team.run("next").stdout
    assert shown.startswith("From the first call to the last · 0 of 7 passed\n")
    assert "Next: New Chair" in shown


# --- surprises


def surprise(desk, *words: str, typed: str = "q\n") -> subprocess.CompletedProcess[str]:
    return desk.run("play", "--surprise", "--plain", "--learner", "Zoë", *words, typed=typed)


def test_a_surprise_does_not_tell_its_title_before_it_starts(team):
    done = surprise(team, "--seed", "5")
    assert done.returncode == 3
    assert done.stdout.startswith("A surprise\n\nYou are at the lost-property desk.\n")
    assert Shelf(team.saves).rows()[0].title not in done.stdout
    assert Shelf(team.saves).rows()[0].scenario in ("new-chair", "midnight-record")


def test_the_same_seed_is_the_same_surprise(team):
    for seed in (1, 2, 3, 4, 5, 6):
        for _ in range(2):
            surprise(team, "--seed", str(seed))
    scenes = [row.scenario for row in Shelf(team.saves).rows()]
    assert scenes[::2] == scenes[1::2]
    assert set(scenes) == {"new-chair", "midnight-record"}


def test_a_surprise_is_played_to_its_debrief(team):
    done = surprise(team, "--seed", "5", typed="1\n1\n\n\n\n\n")
    assert done.returncode == 0
    assert "assed" in done.stdout


def test_a_scene_that_is_broken_is_no_surprise(team):
    for name in example.SCENES:
        if name != "gift-wrap":
            path = team.folder / "team" / f"{name}.toml"
            path.write_text(path.read_text().replace('goto = "search"', 'goto = "serch"'))
    surprise(team, "--seed", "1")
    assert [row.scenario for row in Shelf(team.saves).rows()] == ["gift-wrap"]


def test_without_scenes_there_is_no_surprise(desk):
    (desk.folder / "none").mkdir()
    done = surprise(desk, "--dialogues", str(desk.folder / "none"))
    assert done.returncode == 2
    assert "There is no scene that can be played" in done.stderr


@pytest.mark.parametrize("words", [["lost-umbrella", "--surprise"], ["--surprise", "--watch"], []], ids=str)
def test_a_surprise_is_not_chosen_nor_watched(desk, words):
    assert desk.run("play", "--plain", *words).returncode == 2


def test_a_surprise_on_the_full_screen_needs_a_terminal(team):
    done = team.run("play", "--surprise")
    assert done.returncode == 2
    assert "needs a terminal" in done.stderr


# --- check


def test_check_of_a_folder_reads_its_programme(team):
    path = team.folder / "team" / "programme.toml"
    path.write_text(path.read_text().replace("midnight-record", "midnight-rekord"))
    done = team.run("check", "--no-measures", team.folder / "team")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        f"{path}:9: rounds.first-calls.wow: warning TT070: There is no scene 'midnight-rekord' here, "
        "so it is passed over. Did you mean 'midnight-record'?",
        "8 files checked: 0 errors, 1 warning.",
    ]


def test_check_of_a_programme_elsewhere_knows_the_scenes_of_the_collection(team):
    path = team.folder / "mine.toml"
    path.write_text(example.PROGRAMME.replace('wow = "the-wow"', 'wow = "gift-wrap"'))
    done = team.run("check", path)
    assert done.returncode == 1
    assert "mine.toml:16: rounds.bad-news.wow: error TT071" in done.stdout


def test_what_a_hole_would_cause_is_not_told(team):
    path = team.folder / "mine.toml"
    path.write_text(example.PROGRAMME.replace('wow = "the-wow"', "wow = 4"))
    found = json.loads(team.run("check", "--json", path).stdout)
    assert [finding["code"] for finding in found] == ["TT004"]


def test_a_finding_about_programmes_is_explained(desk):
    shown = desk.run("check", "--explain", "TT073").stdout
    assert "Nobody should start with shouting." in shown
