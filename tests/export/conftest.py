"""An office of one's own for every test."""

import sys
from pathlib import Path

import pytest

TAKES = str(Path(__file__).parents[1] / "transcript")
if TAKES not in sys.path:
    sys.path.insert(0, TAKES)

from offices import Office  # noqa: E402  # after its folder is known


@pytest.fixture
def office(tmp_path):
    return Office(tmp_path)
