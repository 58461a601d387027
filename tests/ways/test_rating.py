"""Ratings line by line: rate, compare raters, acknowledge and appeal."""

import csv
import json
import shutil
from io import StringIO

import pytest

from house import keep_take
from taketwo.checks import example
from taketwo.take.events import Rated, Remarked
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf

FORM = example.laid_over("pass_mark = 50", example.FORM)
"""two items, says-back and next-step, and six critical errors"""


@pytest.fixture
def take(desk):
    (desk.folder / "form.toml").write_text(FORM)
    return keep_take(Shelf(desk.saves), "say-back", "promise")


def rate(desk, take, typed, *words, rater="Ada"):
    return desk.run("rate", take, "--form", "form.toml", "--rater", rater, *words, typed=typed)


def events(desk, take, kind=Rated):
    return [event for event in read_take(Shelf(desk.saves).find(take)).events if isinstance(event, kind)]


def copied(desk, take, end):
    """The take in a second file, as another trainer would have it."""
    name = f"{take[:-4]}{end}"
    shutil.copy(desk.saves / f"{take}.toml", desk.saves / f"{name}.toml")
    return name


def test_a_take_is_rated_item_by_item(desk, take):
    done = rate(desk, take, "2 @1 says the duck\n1 #3\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert [(e.item, e.value, e.about, e.text, e.rater, e.by, e.form) for e in events(desk, take)] == [
        ("says-back", 2, 2, "says the duck", "Ada", "trainer", "example 1"),
        ("next-step", 1, 3, "", "Ada", "trainer", "example 1"),
    ]


def test_a_question_comes_with_its_anchors_and_the_engines_share(desk, take):
    shown = rate(desk, take, "2\n").stdout
    assert "Listening, 40 of 100. The engine: 75 %" in shown
    assert "Solving, 60 of 100. The engine: not at stake here" in shown
    assert "1 of 8. Is it said back?\n  0   No.\n  1   In part.\n  2   In full.\n" in shown
    assert "n/a Nothing was left to do." in shown
    assert "Zoë: A black one with a duck's head. Where did you last have it?" in shown


def test_the_result_is_told_at_the_end(desk, take):
    shown = rate(desk, take, "2\n2\n0\n0\n").stdout
    assert "Ada: 100 of 100, and 50 are needed: passed." in shown
    assert "Critical error" in shown
    assert "Solving: 100 %, counts 60 of 100. The engine: not at stake here." in shown
    shown = rate(desk, take, "g 4\n1\nq\n").stdout
    assert "Ada: 100 of 100; failed by false-promise, whatever the score." in shown
    assert "Found by Ada and the scene, in decision 2." in shown


def test_a_critical_error_of_the_scene_stands_until_it_is_rated(desk, take):
    shown = rate(desk, take, "2\n2\nq\n").stdout
    assert "Ada: 100 of 100; failed by false-promise, whatever the score." in shown
    assert "Found by the scene, in decision 2, unless the rater says otherwise." in shown


def test_one_goes_on_where_one_left(desk, take):
    rate(desk, take, "2\nq\n")
    shown = rate(desk, take, "n/a nothing\n").stdout
    assert "Is it said back?" not in shown.partition("rating,")[0].split("The engine")[-1]
    assert [(e.item, e.value) for e in events(desk, take)] == [("says-back", 2), ("next-step", -1)]


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("3", "Type a rating from 0 to 2; ? says what else."),
        ("n/a", "It always applies. Type a rating from 0 to 2; ? says what else."),
        ("fine", "That is no rating. Type a rating from 0 to 2; ? says what else."),
        ("1 @9", "There is no decision 9: they go from 1 to 2."),
        ("1 #900", "There is no such event to rate by."),
        ("-1", "That is no rating."),
        ("g 1\n99999999", "That is no rating."),
    ],
)
def test_what_is_no_rating_is_told_and_asked_again(desk, take, typed, says):
    done = rate(desk, take, f"{typed}\n1\n")
    assert says in done.stdout
    assert [e.value for e in events(desk, take)] == [1]


def test_back_skip_list_and_help(desk, take):
    shown = rate(desk, take, "s\nb\n1\n\nb\nl\n?\nc\ng 1\nq\n").stdout
    assert "  1. Is it said back? 1, in part" in shown
    assert "  2. Is there a next step? not rated yet" in shown
    assert "n/a WORDS      it does not apply" in shown
    assert "Now: 1, in part" in shown


def test_a_number_beyond_the_form_goes_to_its_ends(desk, take):
    rate(desk, take, "g 0\n1\ng 99\n0\n")
    assert [e.item for e in events(desk, take)] == ["says-back", "hung-up"]


def test_a_rating_needs_a_name(desk, take):
    done = desk.run("rate", take, typed="\n")
    assert done.returncode == 2
    assert "A rating needs a name. Give it with --rater NAME." in done.stderr
    assert events(desk, take) == []
    desk.run("rate", take, typed="Eve\n1\n")
    assert [e.rater for e in events(desk, take)] == ["Eve"]


def test_a_take_that_goes_on_can_be_rated(desk):
    name = keep_take(Shelf(desk.saves), "say-back")
    desk.run("rate", name, "--rater", "Ada", typed="2 @1\n")
    assert [e.item for e in events(desk, name)] == ["hears-out"]


def test_a_form_that_is_broken_is_told_of_with_its_line(desk, take):
    (desk.folder / "form.toml").write_text(FORM.replace("pass_mark = 50", "pass_mark = 500"))
    done = rate(desk, take, "")
    assert done.returncode == 1
    assert "pass_mark: error TT004: It is 500. At most 100 is wanted." in done.stderr
    assert desk.run("check", "form.toml").returncode == 1


def test_escape_sequences_in_a_rating_reach_no_terminal(desk, take):
    shown = rate(desk, take, "1 \x1b]52;c;aGk=\x07 x\n", rater="A\x1b[31m").stdout
    shown += desk.run("show", take).stdout
    shown += desk.run("calibrate", take, "--form", "form.toml").stdout
    assert "\x1b" not in shown
    assert "\x07" not in shown


# --- calibration


@pytest.fixture
def copies(desk, take):
    other = copied(desk, take, "bbbb")
    rate(desk, take, "2 @1 the duck\n0\n0\n0\n")
    rate(desk, other, "1 @1 no feeling\n0\n0\n1 @2\n", rater="Bob")
    return take, other


def calibrate(desk, *names):
    return desk.run("calibrate", *names, "--form", "form.toml")


def test_two_raters_are_compared_from_two_copies(desk, copies):
    done = calibrate(desk, *copies)
    assert (done.returncode, done.stderr) == (0, "")
    shown = done.stdout
    assert "  Ada: 40 of 100, and 50 are needed: not passed." in shown
    assert "  says-back                2      1  ≠" in shown
    assert "  next-step                0      0\n" in shown
    assert "The same rating: 50 %." in shown
    assert "Weighted κ over all items: 0.67 (with linear weights 0.50)." in shown
    assert "ICC(2,1) over 2 items that everybody rated: 0.80." in shown
    assert "     Bob: happened (decision 2: “" in shown
    assert "     Ada: 2, met: the duck (decision 1: “A black one with a duck's head." in shown


def test_the_form_is_found_by_the_label_of_the_ratings(desk, take):
    for rater in ("Ada", "Bob"):
        desk.run("rate", take, "--rater", rater, typed="2\n2\n")
    assert "by service 1.0" in desk.run("calibrate", take).stdout


def test_a_form_that_is_not_here_is_asked_for(desk, copies):
    done = desk.run("calibrate", *copies)
    assert done.returncode == 2
    assert done.stderr == (
        "They rated by example 1, and there is no such form here. Say where it is with --form FILE.\n"
    )


def test_takes_that_are_not_the_same_are_told_apart(desk, copies):
    other = keep_take(Shelf(desk.saves), "thirty-days", "look")
    rate(desk, other, "0\n0\n")
    shown = calibrate(desk, *copies, other).stdout
    assert "These are 2 different takes" in shown
    assert f"{other} has one rater, and nobody to compare with." in shown


def test_one_rater_alone_has_nobody_to_compare_with(desk, take):
    assert "Nobody has rated this yet." in calibrate_bare(desk, take).stderr
    rate(desk, take, "2\n2\n")
    assert "There is nobody to compare with: it takes two raters." in calibrate(desk, take).stdout


def calibrate_bare(desk, take):
    return desk.run("calibrate", take)


def test_the_table_as_csv(desk, copies):
    rate(desk, copies[1], "1 =1+1\n", rater="=Eve")
    rows = list(
        csv.DictReader(StringIO(desk.run("calibrate", *copies, "--form", "form.toml", "--csv").stdout))
    )
    assert [row["item"] for row in rows[:3]] == ["says-back", "next-step", "invented-manager"]
    first = rows[0]
    assert (first["Ada"], first["Bob"], first["spread"], first["kappa"]) == ("2", "1", "1", "")
    assert (first["'=Eve"], first["Bob: comment"], first["'=Eve: comment"]) == ("1", "no feeling", "'=1+1")
    assert (rows[3]["item"], rows[3]["Ada"], rows[3]["Bob"]) == ("false-promise", "no", "yes")


def test_everything_as_json(desk, copies):
    table = json.loads(desk.run("calibrate", *copies, "--form", "form.toml", "--json").stdout)
    assert table["raters"] == ["Ada", "Bob"]
    assert table["overall"] == pytest.approx(
        {"same": 0.5, "kappa": 2 / 3, "kappa_linear": 0.5, "icc_2_1": 0.8, "rated_by_all": 2}
    )
    assert table["takes"][0]["engine"] == {"listening": 0.75, "solving": None}
    assert [each["item"] for each in table["differences"]] == ["false-promise", "says-back"]
    assert table["takes"][0]["raters"]["Bob"]["critical"] == ["false-promise"]


def test_csv_and_json_are_one_or_the_other(desk, take):
    assert desk.run("calibrate", take, "--csv", "--json").returncode == 2


# --- the learner


def test_a_rating_is_acknowledged_and_appealed_against(desk, take):
    rate(desk, take, "0\n1\n")
    assert desk.run("acknowledge", take, "Thank you").stdout == (
        f"{take}: acknowledged, about the rating as a whole.\n"
    )
    assert desk.run("appeal", take, "says-back", "I did, in 1").stdout == (
        f"{take}: the appeal is noted, about says-back, rated by Ada.\n"
    )
    said = [(e.topic, e.text, e.about, e.by) for e in events(desk, take, Remarked)][-2:]
    (first, _) = events(desk, take)
    assert said == [
        ("acknowledged", "Thank you", 0, "learner"),
        ("appeal", "I did, in 1", first.seq, "learner"),
    ]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("appeal", "says-bak", "x"), "'says-bak' has not been rated. Did you mean 'says-back'?"),
        (("appeal", "says-back", " "), "An appeal needs a reason."),
        (("acknowledge", "--rater", "Eve"), "'Eve' has not rated this take. Known here: Ada."),
    ],
)
def test_an_answer_that_fits_nothing_is_told_why(desk, take, words, why):
    rate(desk, take, "0\n1\n")
    done = desk.run(words[0], take, *words[1:])
    assert (done.returncode, done.stderr) == (1, f"{why}\n")


def test_before_a_rating_there_is_nothing_to_answer(desk, take):
    assert desk.run("acknowledge", take).stderr == "Nobody has rated this take yet.\n"


def test_show_tells_how_a_take_was_rated(desk, take):
    (desk.folder / "config").mkdir(exist_ok=True)
    (desk.folder / "config" / "qa-form.toml").write_text(FORM)
    rate(desk, take, "2 @1 the duck\n1\n")
    desk.run("appeal", take, "next-step", "See 2")
    shown = desk.run("show", take).stdout
    assert "How it was rated\nAda: 70 of 100; failed by false-promise, whatever the score." in shown
    assert "    - Is it said back? 2, met (decision 1): the duck\n" in shown
    assert "      Appeal: See 2\n" in shown


def test_show_tells_ratings_as_they_stand_where_the_form_is_not_here(desk, take):
    rate(desk, take, "2 @1 the duck\n")
    shown = desk.run("show", take).stdout
    assert "Rated by a form that is not here (example 1), so without a score:" in shown
    assert "Ada, says-back: 2 (decision 1): the duck" in shown


def test_a_replay_tells_of_ratings_and_answers(desk, take):
    rate(desk, take, "2 @1 the duck\n")
    desk.run("appeal", take, "says-back", "but why")
    desk.run("acknowledge", take)
    shown = desk.run("replay", take, "--plain", typed="e\nb\nb\nq\n").stdout
    assert "(Rated by Ada, says-back: 2. the duck)" in shown
    assert "(An appeal against the rating of says-back: but why)" in shown
    assert "(Has seen the rating.)" in shown


def test_the_debrief_by_line_shows_ratings_and_takes_the_answer(desk):
    name = keep_take(Shelf(desk.saves), "say-back")
    desk.run("rate", name, "--rater", "Ada", typed="2 @1\n")
    typed = "2\n\n\n?\nx hears-out I asked\nx nothing x\ny seen\n\n\n"
    shown = desk.run("replay", name, "--plain", typed=typed).stdout
    assert "How it was rated\nAda: 67 of 100 so far; 13 items not rated yet." in shown
    assert "x ITEM WORDS" in shown
    assert "The appeal is noted, about hears-out, rated by Ada." in shown
    assert "'nothing' has not been rated." in shown
    assert "Acknowledged, about the rating as a whole." in shown
    assert [e.topic for e in events(desk, name, Remarked)][-2:] == ["appeal", "acknowledged"]


def test_a_take_in_use_is_told_of_and_not_rated(desk, take):
    _, journal = Shelf(desk.saves).reopen(take)
    done = rate(desk, take, "2\n")
    journal.close()
    assert done.returncode == 1
    assert "another program is writing this take" in done.stderr
    assert events(desk, take) == []
