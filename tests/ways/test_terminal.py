"""The installed program on a real terminal: a whole take, signals, and bytes that must never reach a terminal."""

import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from running import Desk

from house import SCENES, SEED, umbrella
from taketwo.session import begin
from taketwo.take.commands import Remark, Start
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf
from terminal import Terminal

PLAY = ("play", "lost-umbrella", "--seed", "1", "--learner", "Zoë")


class Installed(Desk):
    """The program by the name under which it is installed."""

    def command(self, *words: str | Path) -> list[str]:
        beside = Path(sys.executable).with_name("taketwo")
        assert beside.exists(), "install the project first: pip install -e ."
        return [str(beside), *map(str, words)]


@pytest.fixture
def desk(tmp_path):
    desk = Installed(tmp_path)
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "settings.toml").write_text('learner = "Zoë"\n')
    return desk


def test_a_take_is_played_from_home_to_the_debrief(desk):
    with Terminal(desk) as terminal:
        terminal.until("The Lost Umbrella")
        terminal.press("umbr", "umbr")
        terminal.press("\r", "lost-property desk")
        terminal.press("\r", "Enter Say it")
        terminal.press("1", "▸1")
        first = "say-back" if "▸1 A black one" in terminal.text else "thirty-days"
        terminal.press("\r", "On the tram")
        terminal.press("1", "▸1")
        terminal.press("\r", "Which reply would you take back?")
        terminal.press("\r", "How satisfied")
        terminal.press("\r", "Decision by decision")
        terminal.press("q", "Ctrl+G passes")
        terminal.press("Listen\r", "Your takes")
        terminal.send("\x11")
        assert terminal.until_end() == 0
        assert terminal.left_as_it_was() == []
    (row,) = Shelf(desk.saves).rows()
    assert (row.status, row.decisions, row.try_next) == ("ended", 2, "Listen")
    assert read_take(row.path).events[1].reply == first


def test_a_first_start_asks_for_a_name(desk):
    shutil.rmtree(desk.folder / "config")
    with Terminal(desk) as terminal:
        terminal.until("What shall we call you?")
        terminal.press("Ida\r", "Which films do you love?")
        terminal.press("\r", "Take Two · Ida")
        terminal.send("\x11")
        terminal.until_end()
    assert 'learner = "Ida"' in (desk.folder / "config" / "settings.toml").read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_a_signal_in_mid_take_keeps_the_take_and_the_terminal(desk, number):
    with Terminal(desk, *PLAY) as terminal:
        terminal.until("Enter Begin")
        terminal.press("\r", "Enter Say it")
        terminal.press("2", "▸2")
        terminal.press("\r", "On the tram")
        terminal.program.send_signal(number)
        assert terminal.until_end() == 3
        assert terminal.left_as_it_was() == []
    (row,) = Shelf(desk.saves).unfinished()
    assert row.decisions == 1
    assert read_take(row.path).damage is None


def test_a_killed_program_has_lost_nothing_that_was_on_the_screen(desk):
    with Terminal(desk, *PLAY) as terminal:
        terminal.until("Enter Begin")
        terminal.press("\r", "Enter Say it")
        terminal.press("2", "▸2")
        terminal.press("\r", "On the tram")
        terminal.program.kill()
        terminal.until_end()
    (row,) = Shelf(desk.saves).unfinished()
    assert row.decisions == 1


def test_ctrl_c_in_a_plain_take_on_a_terminal_keeps_it(desk):
    with Terminal(desk, *PLAY, "--plain") as terminal:
        terminal.until("1. We keep things")
        terminal.press("2\r", "line 4 now.\n>")
        terminal.send("\x03")
        assert terminal.until_end() == 3
        assert "Traceback" not in terminal.text
        assert terminal.left_as_it_was() == []
    assert Shelf(desk.saves).unfinished()[0].decisions == 1


def test_a_plain_take_moves_no_cursor_and_uses_no_colour(desk):
    with Terminal(desk, *PLAY, "--plain") as terminal:
        terminal.until("1. We keep things")
        terminal.press("2\r", "On the tram")
        terminal.send("q\r")
        terminal.until_end()
        assert b"\x1b" not in terminal.raw


def test_long_lines_are_wrapped_at_a_terminal(desk):
    with Terminal(desk, *PLAY, "--plain", size=(40, 24)) as terminal:
        terminal.until("last have it?")
        lines = terminal.raw.decode().replace("\r", "").split("\n")
        assert max(map(len, lines)) < 40
        terminal.send("q\r")
        terminal.until_end()


def test_a_plain_take_on_a_terminal_has_a_clock_where_it_is_asked_for(desk):
    scenes = shutil.copytree(SCENES, desk.folder / "scenes")
    path = scenes / "lost-umbrella.toml"
    path.write_text(path.read_text().replace("time_limit = 20", "time_limit = 3"))
    words = (*PLAY, "--plain", "--time", "1", "--dialogues", str(scenes))
    with Terminal(desk, *words) as terminal:
        terminal.until("(3 seconds to answer)")
        terminal.until("You say nothing.")
        terminal.until("Are you even listening?")
        terminal.send("q\r")
        assert terminal.until_end() == 3


# --- bytes from outside

ESCAPES = {
    "clipboard": "\x1b]52;c;ZXZpbA==\x07",
    "title": "\x1b]0;evil\x07",
    "clear": "\x1b[2J\x1b[1;1Hevil",
    "c1": "\x9b31mevil\x9d0;evil\x9c",
    "bidi": "\u202eevil\u2066\u200fevil",
    "bell": "\x07\x08evil",
    "nul": "ev\x00il\x7f",
}
MARKUP = "[@click=app.bell]evil[/] [red]evil[/red] [link=https://evil.example]evil[/link]"
HARM = "".join(ESCAPES.values()) + MARKUP
FORBIDDEN = [
    b"\x1b]52",
    b"\x1b]0;",
    b"\x1b]8;",
    b"\x1b[2J\x1b[1;1Hevil",
    "\x9b".encode(),
    "\x9d".encode(),
    "\u202e".encode(),
    "\u2066".encode(),
    "\u200f".encode(),
    b"\x07",
    b"\x00",
    b"evil.example\x1b",
]


def in_toml(text: str) -> str:
    return "".join(char if " " <= char < "\x7f" else f"\\u{ord(char):04x}" for char in text)


def harmful(desk: Desk) -> Path:
    """The scenes, with harm in every text of one, and a third that cannot be read for it."""
    scenes = shutil.copytree(SCENES, desk.folder / "scenes")
    path = scenes / "lost-umbrella.toml"
    escaped = in_toml(HARM)
    lines = []
    for line in path.read_text().splitlines():
        key = line.partition(" = ")[0]
        if key == "title":  # short, as what follows it in the bar is waited for
            line = line[:-1] + in_toml("\x1b]0;evil\x07[red]") + '"'
        elif key in ("role", "situation", "name", "wants", "needs", "text", "say", "why", "reveals", "about"):
            line = line[:-1] + " " + escaped + '"'
        elif key in ("facts", "samples"):
            line = line[:-2] + " " + escaped + '"]'
        elif key == "bands":
            line = line.replace('"tense"', f'"{escaped}"')
        lines.append(line)
    path.write_text("\n".join(lines) + "\n")
    (scenes / "lessons.toml").write_text(
        (scenes / "lessons.toml").read_text().replace('happens = "', f'happens = "{escaped} ')
    )
    (scenes / "broken.toml").write_text(f'title = "{escaped}\nlevel = \x1b]52;c;eA==\x07\n')
    return scenes


def harmless(raw: bytes) -> list[bytes]:
    """What of the forbidden got through, with what stands around it."""
    raw = re.sub(rb"\x1b\]22;[a-z-]*\x07", b"", raw)  # the shape of the pointer, from Textual itself
    return [raw[max(0, at - 40) : at + 20] for each in FORBIDDEN if (at := raw.find(each)) >= 0]


def test_nothing_harmful_reaches_the_terminal_in_the_full_screen(desk):
    scenes = harmful(desk)
    shelf = Shelf(desk.saves)
    session = begin(shelf, umbrella(), Start(learner="Zoë", seed=SEED))
    session.say("say-back")
    session.say("look")
    session.do(Remark("try-next", HARM))
    session.close()
    evil = desk.saves / "2026-11-22T101530Z-lost-umbrella-aaaa.toml"
    evil.write_bytes(b"[take]\nformat = 99\n" + HARM.encode())
    with Terminal(desk, *PLAY, "--dialogues", str(scenes), size=(120, 40)) as terminal:
        terminal.until("Enter Begin")
        terminal.press("\r", "Enter Say it")
        terminal.press("h", "Viktor")
        terminal.press("w", "Own words" if "Own words" in terminal.text else "What would you say?")
        terminal.send("\x1b[200~" + HARM.replace("\x1b", "") + "\x1b[201~")
        terminal.press("\r", "▸1")
        terminal.press("2", "▸2")
        terminal.press("\r", "What would you say?")
        terminal.press("\r", "▸1")
        terminal.press("f", "What you know")
        terminal.press("q", "▸1")
        terminal.press("2", "▸2")
        terminal.press("\r", "Which reply")
        terminal.press("\r", "How satisfied")
        terminal.press("\r", "Decision by decision")
        terminal.press("\r", "That was the best on offer.")
        terminal.press("r", "replay")
        terminal.press("g", "Which decision")
        terminal.press("2\r", "2 of 2")
        terminal.press("w", "What if")
        terminal.press("q", "replay")
        terminal.press("q", "debrief")
        terminal.press("q", "Ctrl+G passes")
        terminal.press("x\r", "Practise")
        terminal.press("broken", "broken")
        terminal.press("\r", "until its file is mended")
        terminal.press("q", "Practise")
        terminal.send("\x11")
        terminal.until_end()
        assert "evil" in terminal.raw.decode(errors="replace")
        assert harmless(terminal.raw) == []


def test_nothing_harmful_is_printed_line_by_line(desk):
    scenes = harmful(desk)
    typed = f"f\nh\nm\nw {HARM}\n2\nn {HARM}\n{HARM}\n2\n1\n4\nb 1\n\n{HARM}\n"
    play = desk.run("play", "lost-umbrella", "--plain", "--seed", "1", "--dialogues", scenes, typed=typed)
    name = desk.take().stem
    said = [
        play,
        desk.run("show", name),
        desk.run("takes"),
        desk.run("replay", name, "--plain", typed="\nm\nn evil \x1b[2J\ns\ne\nw\n"),
        desk.run("tree", name),
        desk.run("compare", name, name),
        desk.run("progress"),
        desk.run("lessons", "--dialogues", scenes),
        desk.run("play", "broken", "--plain", "--dialogues", scenes),
        desk.run("check", "--dialogues", scenes),
        desk.run("play", HARM.replace("\x00", ""), "--plain"),
        desk.run("show", HARM.replace("\x00", "")),
        desk.run("hollywood", "lost-umbrella", "--dialogues", scenes),
    ]
    assert play.returncode == 0
    for each in said:
        printed = (each.stdout + each.stderr).encode()
        assert harmless(printed) == []
        assert b"\x1b" not in printed


def test_a_folder_with_a_harmful_name_is_shown_harmless(desk):
    folder = desk.folder / "sa\x1b]0;evil\x07ves\u202e"
    desk.env["TAKETWO_SAVES"] = str(folder)
    done = desk.run("takes")
    play = desk.run("play", "lost-umbrella", "--plain", typed="q\n")
    for each in (done, play):
        assert harmless((each.stdout + each.stderr).encode()) == []


def test_a_terminal_too_small_for_anything_is_survived(desk):
    with Terminal(desk, *PLAY, size=(20, 5)) as terminal:
        terminal.until("Help")
        terminal.send("\x11")
        assert terminal.until_end() == 0
        assert terminal.left_as_it_was() == []


def test_a_terminal_that_goes_away_ends_the_program(desk):
    terminal = Terminal(desk, *PLAY)
    terminal.until("Enter Begin")
    terminal.press("\r", "Enter Say it")
    terminal.press("2", "▸2")
    terminal.press("\r", "On the tram")
    program = terminal.program
    os.close(terminal.theirs)
    os.close(terminal.ours)
    try:
        program.wait(60)
    except subprocess.TimeoutExpired:
        program.kill()
        raise
    assert Shelf(desk.saves).unfinished()[0].decisions == 1
