"""The host's log: a line each, bounded, private, and never worth a session."""

import os
import stat
import sys
from pathlib import Path

import pytest

from taketwo.pairing.log import Log

WHEN = 1_795_342_530.0


class Clock:
    def __init__(self) -> None:
        self.now = WHEN

    def __call__(self) -> float:
        return self.now


def test_a_line_says_when_where_and_what(tmp_path: Path) -> None:
    log = Log(tmp_path / "new" / "host.log", clock=Clock())
    log.note("origin", "192.0.2.7:50123")
    log.note("let-in", "192.0.2.7:50123", "Ana\x1b[2J\nand more")
    log.close()
    assert (tmp_path / "new" / "host.log").read_text().splitlines() == [
        "2026-11-22T10:15:30Z 192.0.2.7:50123 origin was sent by a web page",
        "2026-11-22T10:15:30Z 192.0.2.7:50123 let-in was let in: Ana\ufffd[2J and more",
    ]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "new" / "host.log").stat().st_mode) == 0o600


def test_only_reasons_that_are_known_get_in(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        Log().note("some error message", "192.0.2.7:1")


def test_who_knocks_often_gets_a_few_lines_and_a_count(tmp_path: Path) -> None:
    clock = Clock()
    log = Log(tmp_path / "host.log", clock=clock)
    for port in range(1_000):
        log.note("not-tls", f"192.0.2.7:{port}")
    log.note("not-tls", "192.0.2.8:1")
    assert len(log.recent) == 6
    clock.now += 61
    log.note("not-tls", "192.0.2.7:1")
    assert [line.partition(" ")[2] for line in list(log.recent)[6:]] == [
        "192.0.2.7 not-tls spoke something else than TLS, as a browser or a scanner does: 995 times more",
        "192.0.2.7:1 not-tls spoke something else than TLS, as a browser or a scanner does",
    ]


def test_counts_are_written_at_the_end(tmp_path: Path) -> None:
    log = Log(tmp_path / "host.log", clock=Clock())
    for port in range(8):
        log.note("flood", f"[::1]:{port}")
    log.close()
    assert "[::1] flood sent more than a person can: 3 times more" in (tmp_path / "host.log").read_text()


def test_the_file_is_bounded_and_the_one_before_is_kept(tmp_path: Path) -> None:
    log = Log(tmp_path / "host.log", most=1_000)
    for number in range(200):
        log.note("came", f"192.0.2.{number}:1")
    log.close()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["host.log", "host.log.1"]
    assert all(path.stat().st_size <= 1_000 for path in tmp_path.iterdir())
    assert "192.0.2.199:1" in (tmp_path / "host.log").read_text()


def test_it_goes_on_where_it_was_left(tmp_path: Path) -> None:
    for _ in range(2):
        log = Log(tmp_path / "host.log")
        log.note("came", "192.0.2.7:1")
        log.close()
    assert len((tmp_path / "host.log").read_text().splitlines()) == 2


@pytest.mark.skipif(sys.platform == "win32", reason="no links without rights")
def test_a_link_in_its_place_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "other").write_text("mine")
    (tmp_path / "host.log").symlink_to(tmp_path / "other")
    log = Log(tmp_path / "host.log")
    log.note("came", "192.0.2.7:1")
    log.close()
    assert (tmp_path / "other").read_text() == "mine"
    assert len(log.recent) == 1


def test_a_screen_hears_each_line() -> None:
    heard: list[str] = []
    Log(told=heard.append, clock=Clock()).note("came", "192.0.2.7:1", "Ana")
    assert heard == ["2026-11-22T10:15:30Z 192.0.2.7:1 came asks to come in: Ana"]
