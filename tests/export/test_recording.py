"""A recording, read back by a terminal emulator: the screens of the plain transcript, at the moments of the take."""

import json
from itertools import pairwise

import pyte
import pytest
from offices import Office

from taketwo.analysis.background import solving
from taketwo.debrief import debrief
from taketwo.plain import Console, transcript
from taketwo.session import look_at
from taketwo.take.commands import Pause, Remark, Resume, Rewind
from taketwo.transcript.shelf import Shelf


def parsed(text: str):
    header, *pieces = (json.loads(line) for line in text.splitlines())
    return header, pieces


def screen(text: str, rows: int = 24) -> list[str]:
    shown = pyte.Screen(80, rows)
    pyte.Stream(shown).feed(text)
    return shown.display


class _Eighty:
    """A sink that says it is a terminal."""

    def __init__(self) -> None:
        self.text = ""

    def isatty(self) -> bool:
        return True

    def write(self, text: str) -> None:
        self.text += text.replace("\n", "\r\n")

    def flush(self) -> None:
        pass


def plainly(office: Office, name: str, monkeypatch) -> str:
    """What the plain way prints of the take on a terminal of 80 columns."""
    monkeypatch.setenv("COLUMNS", "80")
    sink, session = _Eighty(), look_at(Shelf(office.shelf.folder), name)
    console = Console(sink=sink)  # type: ignore[arg-type]  # enough of a file
    about = debrief(session.events, session.scenario, solving(session.scenario).result())
    transcript(console, session.events, session.scenario, about.review)
    session.close()
    return sink.text


@pytest.fixture(params=["passed", "failed", "nasty", "long"])
def name(request, office):
    if request.param != "long":
        return getattr(office, request.param)()
    again = [command for _ in range(8) for command in ("thirty-days", Rewind())]
    return office.take(*again, Remark("own-words", "word " * 60), "say-back", Pause(), Resume(), "look")


def test_every_screen_is_one_of_the_transcript(office, name, monkeypatch):
    plain = plainly(office, name, monkeypatch)
    lines = plain.split("\r\n")
    _, pieces = parsed(office.export(name, "cast"))
    out = ""
    for _, kind, text in pieces:
        assert kind == "o"
        out += text
        if out.endswith("\r\n"):
            so_far = "".join(f"{line}\r\n" for line in lines[: out.count("\r\n")])
            assert screen(out) == screen(so_far)
    assert screen(out) == screen(plain)
    assert screen(out, 400) == screen(plain, 400)


def test_it_has_the_times_of_the_take(office):
    name = office.take("say-back", "look", seconds=20)
    header, pieces = parsed(office.export(name, "cast"))
    assert (header["version"], header["width"], header["height"]) == (2, 80, 24)
    assert header["timestamp"] == 1795342530
    times = [time for time, _, _ in pieces]
    assert times == sorted(times)
    answers = [time for time, _, text in pieces if text.startswith(("Imre Halász: On the tram", "He tucks"))]
    assert answers == [20, 40]


def test_what_the_learner_says_is_typed(office):
    name = office.take("say-back", "look", seconds=20)
    _, pieces = parsed(office.export(name, "cast"))
    words = [(time, text) for time, _, text in pieces if 0 < time < 20]
    assert "".join(text for _, text in words).startswith("[0:20] You: A black one with a duck's head.")
    assert words[0][0] > 10


def test_pauses_can_be_cut_short(office):
    name = office.take("say-back", "look", seconds=600)
    _, pieces = parsed(office.export(name, "cast", "--idle-limit", "2"))
    times = [time for time, _, _ in pieces]
    assert max(b - a for a, b in pairwise(times)) <= 2.001
    assert times[-1] < 30
