"""Every single bit of a take flipped: too long for the gate, which flips one bit of each byte."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "transcript"))

from test_damage import GOLDEN, check_flip


def test_no_flipped_bit_goes_unseen():
    for byte in range(len(GOLDEN)):
        for bit in range(8):
            check_flip(byte, bit)
