"""The command line as people and scripts use it: what it prints, and how it ends."""

import json
import os
import resource
import shutil
import signal
import subprocess

import pytest

from house import SCENES, keep_take
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf

PASS = "2\n2\n\n\n\n\n"
"""the two best replies with seed 1, and no answer to the debrief's questions"""


def clean(text: str) -> bool:
    return "Traceback" not in text and "Error" not in text and "Exception" not in text


# --- play


def test_play_ends_with_0_and_keeps_the_take(desk):
    done = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", "--learner", "Zoë", typed=PASS)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Passed." in done.stdout
    assert Shelf(desk.saves).rows()[0].learner == "Zoë"


def test_a_take_that_is_left_ends_with_3_and_can_be_gone_on_with(desk):
    left = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed="2\nq\n")
    assert left.returncode == 3
    assert "It is kept" in left.stdout
    on = desk.run("replay", desk.take().stem, "--plain", typed=PASS[2:])
    assert on.returncode == 0
    assert "Passed." in on.stdout
    assert Shelf(desk.saves).rows()[0].status == "ended"


def test_an_unknown_scenario_ends_with_2_and_names_the_nearest(desk):
    done = desk.run("play", "lost-umbrela", "--plain")
    assert done.returncode == 2
    assert done.stderr == "There is no scenario 'lost-umbrela'. Did you mean lost-umbrella?\n"
    assert done.stdout == ""


def test_an_unknown_scenario_is_told_of_before_a_terminal_is_asked_for(desk):
    assert desk.run("play", "nothing-like-it").returncode == 2


def test_the_full_screen_needs_a_terminal(desk):
    done = desk.run("play", "lost-umbrella")
    assert done.returncode == 2
    assert "--plain" in done.stderr


def test_a_scenario_can_be_a_file(desk):
    done = desk.run("play", SCENES / "wrong-train.toml", "--plain", "--seed", "1", typed="q\n")
    assert done.returncode == 3


def test_a_file_that_is_not_there_ends_with_2(desk):
    done = desk.run("play", "./nothing.toml", "--plain")
    assert (done.returncode, done.stderr) == (2, "There is no file './nothing.toml'.\n")


def broken(desk) -> str:
    """A copy of the scenes, one of them with two mistakes."""
    scenes = shutil.copytree(SCENES, desk.folder / "scenes")
    path = scenes / "wrong-train.toml"
    path.write_text(
        path.read_text().replace('goto = "knows"', 'goto = "nose"').replace("level = 2", "level = 9")
    )
    return str(scenes)


def test_a_broken_scenario_ends_with_1_and_tells_everything_that_is_wrong(desk):
    done = desk.run("play", "wrong-train", "--plain", "--dialogues", broken(desk))
    assert (done.returncode, done.stdout) == (1, "")
    assert "wrong-train.toml:4" in done.stderr
    assert "level" in done.stderr
    assert "nose" in done.stderr
    assert clean(done.stderr)


def test_beside_a_broken_scenario_the_others_can_be_played(desk):
    done = desk.run(
        "play", "lost-umbrella", "--plain", "--seed", "1", "--dialogues", broken(desk), typed=PASS
    )
    assert done.returncode == 0


def test_wrong_options_end_with_2(desk):
    for words in (["play"], ["play", "x", "--seed", "-1"], ["play", "x", "--time", "3"], ["sing"]):
        assert desk.run(*words).returncode == 2


def test_a_learner_with_control_characters_stays_harmless(desk):
    done = desk.run("play", "lost-umbrella", "--plain", "--learner", "Z\x1b[31mo\u202eë", typed="q\n")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_settings_that_are_broken_are_told_of_and_not_used(desk):
    (desk.folder / "config").mkdir()
    (desk.folder / "config" / "settings.toml").write_text('mode = "easy"\n')
    done = desk.run("play", "lost-umbrella", "--plain", typed="q\n")
    assert done.returncode == 3
    assert "settings.toml: not used" in done.stderr


def test_python_m_taketwo_is_taketwo(desk):
    assert "taketwo, version" in desk.run("--version").stdout


# --- takes, show, replay, lessons, check


def shelved(desk, *replies: str, **more: str) -> str:
    return keep_take(Shelf(desk.saves), *replies, **more)


def test_takes_lists_results_and_unfinished_ones(desk):
    shelved(desk, "say-back", "look")
    shelved(desk, "say-back")
    shown = desk.run("takes").stdout
    assert "The Lost Umbrella, Zoë, coached: passed, 100 %" in shown
    assert "unfinished, 0:00, 1 decision" in shown


def test_takes_of_an_empty_folder_says_which_folder(desk):
    done = desk.run("takes")
    assert done.returncode == 0
    assert str(desk.saves) in done.stdout
    assert not desk.saves.exists()


def test_takes_as_json(desk):
    shelved(desk, "say-back", "look")
    (row,) = json.loads(desk.run("takes", "--json").stdout)
    assert (row["scenario"], row["status"], row["passed"], row["craft"]) == (
        "lost-umbrella",
        "ended",
        True,
        1.0,
    )


def test_takes_of_an_empty_folder_as_json(desk):
    assert json.loads(desk.run("takes", "--json").stdout) == []


def test_show_prints_a_take_with_its_debrief(desk):
    done = desk.run("show", shelved(desk, "say-back", "look"))
    assert done.returncode == 0
    assert "You: A black one with a duck's head." in done.stdout
    assert "Passed." in done.stdout


def test_show_as_json_has_every_event(desk):
    shown = json.loads(desk.run("show", shelved(desk, "say-back", "look"), "--json").stdout)
    assert [event["kind"] for event in shown["events"]] == ["started", "replied", "replied"]
    assert shown["take"]["learner"] == "Zoë"


def test_a_take_is_found_by_the_end_of_its_name(desk):
    name = shelved(desk, "say-back", "look")
    assert desk.run("show", name[-4:]).returncode == 0


def test_an_unknown_take_ends_with_2(desk):
    done = desk.run("show", "no-such-take")
    assert done.returncode == 2
    assert done.stderr.startswith("There is no take 'no-such-take'.")


def test_show_reads_a_take_whose_scenario_is_gone(desk):
    name = shelved(desk, "say-back", "look")
    shutil.rmtree(desk.saves / "scenarios")
    done = desk.run("show", name)
    assert done.returncode == 0
    assert "You: A black one with a duck's head." in done.stdout
    assert "cannot be read" in done.stderr


def test_lessons_as_words_and_as_json(desk):
    assert "Active listening (active-listening; listening)" in desk.run("lessons").stdout
    rows = json.loads(desk.run("lessons", "--json").stdout)
    assert [row["id"] for row in rows] == ["active-listening", "honesty"]


def test_check_passes_good_scenes_and_fails_broken_ones(desk):
    scenes = broken(desk)
    assert desk.run("check", SCENES / "lost-umbrella.toml").returncode == 0
    failed = desk.run("check", "--dialogues", scenes)
    assert failed.returncode == 1
    assert "nose" in failed.stdout


def test_check_as_json(desk):
    findings = json.loads(desk.run("check", "--json", "--dialogues", broken(desk)).stdout)
    assert {finding["code"] for finding in findings} >= {"TT004"}


def test_the_hollywood_cut_is_printed(desk):
    done = desk.run("hollywood", "lost-umbrella")
    assert done.returncode == 0
    assert "You, as in the films:" in done.stdout


# --- damage


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "the file is empty"),
        (b"\x00\x01\x02", "this is not a take of ours"),
        (b'[take]\nformat = 9\nid = "x"\n', "get a newer version"),
        (b"[take]\r\nformat = 1\r\n", "line endings"),
    ],
)
def test_a_save_that_cannot_be_read_says_why_and_is_left_alone(desk, data, says):
    good = shelved(desk, "say-back", "look")
    path = desk.saves / "2026-11-22T101530Z-lost-umbrella-aaaa.toml"
    path.write_bytes(data)
    shown = desk.run("show", path.stem)
    assert shown.returncode == 1
    assert says in shown.stderr
    listed = desk.run("takes").stdout
    assert says in listed
    assert good in listed
    assert path.read_bytes() == data


def flipped(desk) -> tuple[str, bytes]:
    """A finished take with one bit flipped in its second event."""
    name = shelved(desk, "say-back", "look")
    path = desk.saves / f"{name}.toml"
    data = bytearray(path.read_bytes())
    data[data.index(b"On the tram")] ^= 1
    path.write_bytes(data)
    return name, bytes(data)


@pytest.mark.parametrize("command", ["show", "replay"])
def test_a_take_with_a_flipped_bit_is_read_up_to_there_and_left_alone(desk, command):
    name, data = flipped(desk)
    done = desk.run(command, name, *(["--plain"] if command == "replay" else []))
    assert "readable up to event 1" in done.stderr
    assert clean(done.stderr)
    assert (desk.saves / f"{name}.toml").read_bytes() == data


def test_a_damaged_take_shown_ends_with_1(desk):
    assert desk.run("show", flipped(desk)[0]).returncode == 1


def test_a_torn_tail_goes_to_a_file_of_its_own_when_the_take_goes_on(desk):
    name = shelved(desk, "say-back")
    path = desk.saves / f"{name}.toml"
    whole = path.read_bytes()
    path.write_bytes(whole[:-10])
    done = desk.run("replay", name, "--plain", typed=PASS[2:])
    assert done.returncode == 0
    assert path.with_suffix(".torn").exists()
    assert read_take(path).damage is None


# --- pipes, signals, disks


@pytest.mark.parametrize(
    "command", [["lessons"], ["takes"], ["check"], ["hollywood", "lost-umbrella"]], ids=" ".join
)
def test_a_closed_pipe_ends_quietly(desk, command):
    for number in range(3):
        shelved(desk, "say-back", "look", learner=f"Zoë {number}")
    line = " ".join(desk.command(*command)) + " | head -n 1"
    done = subprocess.run(
        line, shell=True, capture_output=True, text=True, env=desk.env, cwd=desk.folder, timeout=60
    )
    assert done.stderr == ""
    assert len(done.stdout.splitlines()) <= 1


def test_nobody_reading_at_all_is_no_trouble(desk):
    running = desk.start("lessons")
    running.stdout.close()
    assert running.stderr.read() == ""
    running.stderr.close()
    running.stdin.close()
    running.wait(60)


def test_ctrl_c_in_mid_take_keeps_the_take(desk):
    running = desk.start("play", "lost-umbrella", "--plain", "--seed", "1")
    running.stdin.write("2\n")
    running.stdin.flush()
    read = ""
    while "On the tram, line 4." not in read or not read.endswith("> "):
        read += running.stdout.read(1)
    running.send_signal(signal.SIGINT)
    out, errors = running.communicate(timeout=60)
    assert running.returncode == 3
    assert "Left. It is kept" in out
    assert errors == ""
    assert Shelf(desk.saves).unfinished()[0].decisions == 1


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_in_mid_take_loses_nothing_that_was_said(desk, number):
    running = desk.start("play", "lost-umbrella", "--plain", "--seed", "1")
    running.stdin.write("2\n")
    running.stdin.flush()
    read = ""
    while "On the tram, line 4." not in read or not read.endswith("> "):
        read += running.stdout.read(1)
    running.send_signal(number)
    _, errors = running.communicate(timeout=60)
    assert clean(errors)
    assert Shelf(desk.saves).unfinished()[0].decisions == 1


def test_a_folder_that_cannot_be_written_is_told_of_and_the_take_goes_on(desk):
    desk.saves.write_text("a file where the folder should be")
    done = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed=PASS)
    assert done.returncode == 0
    assert "Not saved: A part of the path is not a folder" in done.stdout
    assert "Passed." in done.stdout


def test_a_take_that_is_not_saved_does_not_claim_to_be_kept(desk):
    desk.saves.write_text("a file where the folder should be")
    done = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed="2\nq\n")
    assert done.returncode == 3
    assert "It is kept" not in done.stdout


def small_files() -> None:
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, 4_096))


def test_a_disk_that_fills_up_in_mid_take_is_told_of_at_once_and_the_take_goes_on(desk):
    notes = "".join(f"n {'word ' * 60}\n" for _ in range(20))
    done = desk.run(
        "play",
        SCENES / "wrong-train.toml",
        "--plain",
        "--seed",
        "1",
        typed=notes + "1\n\n\n\n\n",
        first=small_files,
    )
    assert done.returncode == 0
    assert done.stdout.count("Not saved:") == 1
    assert "By lesson" in done.stdout
    assert clean(done.stderr)


def test_what_was_written_before_the_disk_was_full_is_kept(desk):
    notes = "".join(f"n {'word ' * 60}\n" for _ in range(20))
    desk.run(
        "play", SCENES / "wrong-train.toml", "--plain", "--seed", "1", typed=notes + "q\n", first=small_files
    )
    take = read_take(desk.take())
    assert len(take.events) > 3


@pytest.mark.skipif(os.geteuid() == 0, reason="nothing is read-only for root")
def test_a_read_only_folder_is_told_of_and_the_take_goes_on(desk):
    desk.saves.mkdir(mode=0o500)
    done = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed=PASS)
    assert done.returncode == 0
    assert "Not saved: Permission is denied" in done.stdout


def test_a_line_of_a_megabyte_and_nul_bytes_are_typed_without_harm(desk):
    typed = f"n {'x' * 1_000_000}\n\x00\x00\nn \x00nul\x00\n{PASS}"
    done = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", typed=typed)
    assert done.returncode == 0
    assert "\x00" not in done.stdout
    assert desk.take().stat().st_size < 20_000


@pytest.mark.parametrize("encoding", ["utf-8:strict", "utf-8:surrogateescape", "ascii"])
def test_input_in_another_encoding_is_no_catastrophe(desk, encoding):
    desk.env |= {"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}
    done = subprocess.run(
        desk.command("play", "lost-umbrella", "--plain", "--seed", "1"),
        input=b"n caf\xe9 \xff\xfe\n2\nq\n",
        capture_output=True,
        env=desk.env,
        cwd=desk.folder,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (3, b"")


def test_a_terminal_that_can_show_only_ascii_gets_question_marks(desk):
    desk.env |= {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"}
    assert "Imre Hal?sz" in desk.run("play", "lost-umbrella", "--plain", typed="q\n").stdout
    assert desk.run("lessons").returncode == 0
