"""What the tests of every room may import: this folder's modules, the small scenarios of `analysis`, two ends of `pairing`."""

import sys
from pathlib import Path

import pytest
from hypothesis import settings

HERE = Path(__file__).parent
sys.path[:0] = [
    path for path in (str(HERE), str(HERE / "analysis"), str(HERE / "pairing")) if path not in sys.path
]

settings.register_profile("gate", deadline=None, max_examples=60)  # a busy machine is no finding
settings.load_profile("gate")


@pytest.fixture(autouse=True)
def rooms_let_go():
    """Files that a pair of two ends has open are closed after the test: there are many, and they are few that a program may have."""
    yield
    from ends import ROOMS

    while ROOMS:
        ROOMS.pop().close()
