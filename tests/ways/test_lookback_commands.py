"""Looking back on the command line: replay, tree, compare, progress."""

import json

import pytest

from forked import keep_busy, keep_fork
from house import keep_take
from taketwo.take.events import Remarked
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf
from terminal import Terminal


@pytest.fixture
def busy(desk) -> str:
    return keep_busy(Shelf(desk.saves))


def replayed(desk, name: str, typed: str = "", *more: str) -> str:
    done = desk.run("replay", name, "--plain", *more, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


# --- replay


def test_every_event_is_shown_once_from_start_to_end(desk, busy):
    shown = replayed(desk, busy, "\n" * 12)
    wanted = [
        "Imre Halász: It is black.",
        "(A hint: ",
        "1. You: We keep things thirty days. (Taken back later.)",
        "(Paused.)",
        "(Went on.)",
        "(Taken back, to before decision 1.)",
        "1. You: A black one with a duck's head.",
        "(Note about decision 1: Now he listens.)",
        "2. You: You will have it today, I promise.",
        "That was the end.",
    ]
    places = [shown.index(words) for words in wanted]
    assert places == sorted(places)
    assert all(shown.count(words) == 1 for words in wanted[3:9])


def test_a_step_back_shows_what_the_customer_had_said(desk, busy):
    shown = replayed(desk, busy, "e\nb\nb\nq\n")
    assert shown.count("Imre Halász: On the tram, line 4.") == 2
    assert "     * Note about decision 1: Now he listens." in shown


def test_decisions_moments_and_marks_are_gone_to(desk, busy):
    shown = replayed(desk, busy, "g 1\ns\ng 0:12\ns\nm\ns\nm\nmm\ng 9\n2\ns\nq\n")
    places = [
        line for line in shown.splitlines() if " decisions · " in line and line.startswith(("0", "1", "2"))
    ]
    assert [place.split(" · ")[1] for place in places] == [
        "0:25 of 0:40.",
        "0:12 of 0:40.",
        "0:40 of 0:40.",
        "0:40 of 0:40.",
    ]
    assert "There is no further mark." in shown
    assert "There is no mark before this." in shown
    assert "There is no such place." in shown
    assert "Patience: calm, 7 of 10." in shown


def test_a_note_is_kept_about_its_moment(desk, busy):
    shown = replayed(desk, busy, "g 2\nn Never that.\nn\nb\n\nq\n")
    assert "Noted." in shown and "Type n, a space, and your note." in shown
    assert "     * Note about decision 2: Never that." in shown
    last = read_take(desk.take()).events[-1]
    assert isinstance(last, Remarked)
    assert (last.topic, last.text, last.about) == ("note", "Never that.", 9)


def test_off_a_terminal_there_is_no_clock(desk, busy):
    shown = replayed(desk, busy, "p\np 3\nq\n", "--pace", "real")
    assert "There is no clock here; Enter goes on." in shown
    assert "The paces are real, 2, 4 and 8." in shown


def test_what_if_goes_on_from_a_decision_as_a_new_take(desk, busy):
    done = desk.run("replay", busy, "--plain", typed="t 2\n1\n\n\nw\n\n\n")
    assert done.returncode == 0
    assert "Where it begins: 2 takes part here." in done.stdout
    fork = next(row for row in Shelf(desk.saves).rows() if row.name != busy)
    assert fork.parent == f"{busy}#9"
    assert fork.status == "ended"


def test_a_decision_that_is_none_is_no_way_on(desk, busy):
    assert "There are decisions 1 to 2." in replayed(desk, busy, "t\nt 7\nq\n")


def test_takes_that_part_here_are_told(desk, busy):
    fork = keep_fork(Shelf(desk.saves), busy, 3, "look")
    shown = replayed(desk, busy, "w\nq\n")
    assert "Decision 2: 2 takes part here." in shown and fork in shown
    assert "Where it begins: 2 takes part here." in replayed(desk, fork, "w\nq\n")


def test_a_take_alone_parts_from_none(desk, busy):
    assert "No take goes another way than this one." in replayed(desk, busy, "w\nq\n")


def test_help_tells_every_letter(desk, busy):
    shown = replayed(desk, busy, "?\nwhat\nq\n")
    assert shown.count("n WORDS    a note about this moment") == 2


def test_on_a_terminal_it_plays_by_its_own_clock(desk, busy):
    with Terminal(desk, "replay", busy, "--plain", "--pace", "8") as terminal:
        terminal.until("A hint: ")
        terminal.press("\r", "It holds.")
        terminal.press("p\r", "That was the end.")
        assert "He turns and goes." in terminal.text
        terminal.send("q\r")
        assert terminal.until_end() == 0


def test_the_full_screen_begins_to_play_at_a_pace(desk, busy):
    with Terminal(desk, "replay", busy, "--pace", "8", size=(120, 40)) as terminal:
        terminal.until("▶ 8× pace")
        terminal.until("0:40 of 0:40")
        terminal.press("w", "What if")
        terminal.press("q", "replay")
        terminal.send("\x11")
        assert terminal.until_end() == 0


# --- tree


def test_the_tree_is_indented_text(desk, busy):
    shelf = Shelf(desk.saves)
    fork = keep_fork(shelf, busy, 3, "look")
    deep = keep_fork(shelf, fork, 1, "promise")
    lines = desk.run("tree", deep).stdout.splitlines()
    assert lines[0] == "The Lost Umbrella: 3 takes, 1 from the start"
    assert lines[1].startswith("- 20") and lines[1].endswith(f"({busy})")
    assert lines[2].startswith("  - from decision 2: ") and lines[2].endswith(f"({fork})")
    assert lines[3].startswith("    - from decision 1: ") and lines[3].endswith(f"({deep}, this one)")


def test_the_tree_as_json(desk, busy):
    fork = keep_fork(Shelf(desk.saves), busy, 1, "say-back")
    rows = json.loads(desk.run("tree", busy, "--json").stdout)
    assert [(row["take"], row["depth"], row["decision"]) for row in rows] == [(busy, 0, 0), (fork, 1, 1)]
    assert rows[1]["parent"] == f"{busy}#3"


def test_the_tree_opens_on_a_terminal(desk, busy):
    fork = keep_fork(Shelf(desk.saves), busy, 3, "look")
    with Terminal(desk, "tree", fork) as terminal:
        terminal.until("from decision 2")
        terminal.press("\r", "Decision by decision")
        terminal.send("\x11")
        assert terminal.until_end() == 0


# --- compare


def test_two_takes_are_compared_line_by_line(desk):
    shelf = Shelf(desk.saves)
    one, other = keep_take(shelf, "say-back", "promise"), keep_take(shelf, "say-back", "look")
    done = desk.run("compare", one, other)
    assert (done.returncode, done.stderr) == (0, "")
    assert "They are alike in the first decision." in done.stdout
    assert done.stdout.count("Imre Halász: On the tram, line 4.") == 1
    assert "  A  You: You will have it today, I promise." in done.stdout
    assert "     ! Critical error: 94 % → 0 %" in done.stdout
    assert "  B  You: I will look on the shelf for line 4 now." in done.stdout
    assert "- Honesty: A 0 %, guessing 50 %; B 100 %, guessing 50 %" in done.stdout


def test_an_unfinished_take_is_called_so_once(desk):
    shelf = Shelf(desk.saves)
    done = desk.run("compare", keep_take(shelf, "say-back"), keep_take(shelf, "say-back", "look"))
    assert "   Unfinished: nothing is decided yet.\n" in done.stdout


def test_two_takes_as_json(desk):
    shelf = Shelf(desk.saves)
    one, other = keep_take(shelf, "say-back", "promise"), keep_take(shelf, "thirty-days", "look")
    table = json.loads(desk.run("compare", one, other, "--json").stdout)
    assert table["same_version"] and table["common"] == []
    assert [[step["reply"] for step in pair] for pair in table["parted"]] == [
        ["say-back", "thirty-days"],
        ["promise", "look"],
    ]


def test_takes_of_two_scenes_cannot_be_compared(desk):
    one = keep_take(Shelf(desk.saves), "say-back")
    assert desk.run("play", "wrong-train", "--plain", typed="q\n").returncode == 3
    other = next(row.name for row in Shelf(desk.saves).rows() if row.scenario == "wrong-train")
    done = desk.run("compare", one, other)
    assert done.returncode == 2
    assert done.stderr.startswith("Only takes of one scene can be compared.")


# --- progress


def test_a_learner_over_time_line_by_line_and_as_json(desk):
    shelf = Shelf(desk.saves)
    first = keep_take(shelf, "thirty-days", "look")
    keep_fork(shelf, first, 1, "say-back", "look")
    shown = desk.run("progress", "--learner", "Zoë").stdout
    assert "Zoë: 2 takes, 1 passed, 0 scenes mastered." in shown
    assert "The skills come from 1 first try, in 1 sitting" in shown
    assert "1 take is left out, as practice" in shown
    assert "Listening: 25 %, guessing 50 %" in shown
    table = json.loads(desk.run("progress", "--json").stdout)
    assert (table["learner"], table["first_tries"]) == ("Zoë", 1)


def test_without_takes_nothing_is_claimed(desk):
    done = desk.run("progress")
    assert done.returncode == 0
    assert "Nothing is counted yet" in done.stdout


@pytest.mark.parametrize(
    "command", [["replay", "none", "--plain"], ["tree", "none"], ["compare", "none", "none"]]
)
def test_a_take_that_is_none_ends_with_2(desk, command):
    done = desk.run(*command)
    assert done.returncode == 2
    assert done.stderr.startswith("There is no take 'none'.")
