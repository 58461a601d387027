"""What was solved is kept by content, and a damaged cache is made again."""

import os
import stat
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from small_scenarios import made, node, reply, scenarios

from taketwo.analysis.cache import MOST_FILES, cached_report, cached_solution, key_of
from taketwo.analysis.packing import pack_report, pack_solution, unpack_report, unpack_solution
from taketwo.analysis.report import analyse
from taketwo.analysis.solve import solve
from taketwo.scenario.model import Scenario


def small() -> Scenario:
    return made({"n0": node("n0", reply("a", "good", 1), reply("b", "lost", -1, critical="abuse"))})


@given(scenarios(cycles=True))
@settings(max_examples=60, deadline=None)
def test_what_is_packed_comes_back(scenario: Scenario) -> None:
    report, solution = analyse(scenario), solve(scenario)
    assert unpack_report(pack_report(report)) == report
    back = unpack_solution(pack_solution(solution), scenario)
    assert back.graph.positions == solution.graph.positions
    assert back.graph.interrupts == solution.graph.interrupts
    assert (back.depth, back.order, back.cycle, back.refused) == (
        solution.depth, solution.order, solution.cycle, solution.refused,
    )  # fmt: skip
    for i, position in enumerate(solution.graph.positions):
        assert back.at(position) == solution.at(position)
        assert list(back.graph.moves(i)) == list(solution.graph.moves(i))
        assert back.line(position, "worst") == solution.line(position, "worst")


def test_the_second_time_it_is_read(tmp_path: Path) -> None:
    first, second = cached_report(small(), tmp_path), cached_report(small(), tmp_path)
    assert (first.cached, second.cached) == (False, True)
    assert replace(second, cached=False) == first


def test_an_edit_makes_another_key() -> None:
    assert key_of(small()) == key_of(small())
    assert key_of(small()) != key_of(replace(small(), title="Another"))


@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[:-1],
        lambda data: data[:-9] + b"?" + data[-8:],
        lambda data: b"\n" + data,
    ],
)
def test_a_damaged_file_is_made_again(tmp_path: Path, damage: object) -> None:
    whole = cached_report(small(), tmp_path)
    for file in tmp_path.iterdir():
        file.write_bytes(damage(file.read_bytes()))  # type: ignore[operator]
    again = cached_report(small(), tmp_path)
    assert not again.cached
    assert replace(again, seconds=0) == replace(whole, seconds=0)
    assert cached_report(small(), tmp_path).cached


def test_a_whole_file_with_strange_content_is_made_again(tmp_path: Path) -> None:
    from taketwo.analysis.cache import _write

    cached_solution(small(), tmp_path)
    (file,) = tmp_path.iterdir()
    for content in (b"", b"{}", b"[]\n", b'{"order": 1}\n', b"\xff\n"):
        _write(file, content)
        assert cached_solution(small(), tmp_path).depth == 1


def test_a_file_of_another_scenario_is_not_taken(tmp_path: Path) -> None:
    cached_solution(small(), tmp_path)
    (file,) = tmp_path.iterdir()
    other = made({"n0": node("n0", reply("a", "fair"))})
    file.rename(tmp_path / f"{key_of(other)}.solution")
    best = cached_solution(other, tmp_path).prospect(0).best
    assert best is not None and best.csat == 3


@pytest.mark.skipif(os.name == "nt", reason="no modes there")
def test_it_is_for_its_owner_alone(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    cached_report(small(), folder)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in folder.iterdir()} == {0o600}


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    assert cached_report(small(), tmp_path / "file").positions == 3


def test_old_files_go(tmp_path: Path) -> None:
    for number in range(MOST_FILES):
        file = tmp_path / f"{number}.report"
        file.touch()
        os.utime(file, (number, number))
    cached_solution(small(), tmp_path)
    assert len(list(tmp_path.iterdir())) == MOST_FILES
    assert not (tmp_path / "0.report").exists()
