"""A desk of one's own for every test of the command line."""

import pytest
from running import Desk


@pytest.fixture
def desk(tmp_path):
    return Desk(tmp_path)
