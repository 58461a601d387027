"""The cases of tests/corpus, each run as a person would: a process, lines in, lines out."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

CORPUS = Path(__file__).parent / "corpus"
CASES = sorted(path.parent for path in CORPUS.glob("*/scenario.toml"))
REWRITE = bool(os.environ.get("TAKETWO_REWRITE"))


def lines_of(path: Path) -> list[str]:
    return path.read_text().splitlines() if path.exists() else []


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_prints_its_transcript(case, tmp_path):
    command = [sys.executable, "-m", "taketwo", "play", str(case / "scenario.toml"), "--plain", "--seed", "1"]
    env = {
        **os.environ,
        "TAKETWO_CONFIG": str(tmp_path / "config"),
        "TAKETWO_SAVES": str(tmp_path / "saves"),
        "PYTHONUTF8": "1",
    }
    done = subprocess.run(
        command + lines_of(case / "options.txt"),
        input=(case / "input.txt").read_bytes(),
        capture_output=True,
        env=env,
        cwd=tmp_path,
        timeout=60,
    )
    assert done.stderr.decode() == ""
    if REWRITE:
        (case / "transcript.txt").write_bytes(done.stdout)
    assert done.stdout.decode() == (case / "transcript.txt").read_bytes().decode()
    assert done.returncode == int(next(iter(lines_of(case / "exit.txt")), "0"))


def test_there_are_cases():
    assert len(CASES) >= 12
