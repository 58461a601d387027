"""Two real programs, either of them killed two hundred times. `python -m pytest tests/full/test_two_programs.py -s` prints the figures."""

import random
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "ways"))
sys.path.insert(0, str(Path(__file__).parents[1] / "pairing"))

from programs import Both
from test_two_terminals import cut_at_random, settle

SESSIONS, CUTS = 20, 10


def test_two_hundred_cuts_lose_and_double_nothing(tmp_path, capsys):
    takes = events = 0
    for seed in range(SESSIONS):
        folder = tmp_path / str(seed)
        folder.mkdir()
        with Both(folder) as both:
            cut_at_random(both, CUTS, random.Random(seed))
            settle(both)
            found = both.compare()
            takes, events = takes + found[0], events + found[1]
    with capsys.disabled():
        print(
            f"\n{SESSIONS * CUTS} kills in {SESSIONS} sessions: {takes} takes with {events} events, the same on both sides"
        )
