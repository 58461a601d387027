"""The whole fault harness, too long for the gate. `python -m pytest tests/full/test_nothing_lost.py -s` prints the figures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "transcript"))

import pytest
import test_crashes
from crashes import record, states
from small_takes import FORMATS, paired
from test_crashes import WORKS
from test_damage import ENDS, GOLDEN, check_flip
from test_failures import KILLED, child

from taketwo.transcript.blocks import read_blocks
from taketwo.transcript.reading import parse_take

ROUNDS = 1_000

TORN = """
import os, random, signal, sys
from pathlib import Path
from taketwo.take.events import Remarked
from taketwo.transcript.journal import Journal
from taketwo.transcript.reading import read_take
from small_takes import NAME, paired

path, chance, real = Path(sys.argv[1]) / f"{NAME}.toml", random.Random(5), os.write
with Journal(path.parent, NAME) as journal:
    journal.append(paired()[0])
kept, torn = 1, 0
for _ in range(int(sys.argv[2])):
    whole = chance.randrange(4)
    writer = os.fork()
    if not writer:
        take, journal = Journal.reopen(path)
        seq = take.events[-1].seq
        def tear(fd, data):
            real(fd, data[: chance.randrange(len(data))])
            os.kill(os.getpid(), signal.SIGKILL)
        for number in range(whole + 1):
            if number == whole:
                chance.seed(seq * 31 + whole)
                os.write = tear
            seq += 1
            journal.append(Remarked(seq=seq, at="", ms=seq, topic="note", text="ä" * (seq % 90)))
    os.waitpid(writer, 0)
    kept += whole
    take = read_take(path)
    assert len(take.events) == kept, (len(take.events), kept)
    torn += take.damage is not None
    assert take.damage is None or take.damage.kind == "torn"
print(kept, torn)
"""


def test_truncation_at_every_byte(capsys):
    for cut in range(ENDS[1], len(GOLDEN) + 1):
        whole = sum(end <= cut for end in ENDS) - 1
        assert parse_take(GOLDEN[:cut], FORMATS).events == paired()[:whole]
    with capsys.disabled():
        print(f"\ntruncation: {len(GOLDEN) - ENDS[1] + 1:,} cuts, each readable up to its last whole event")


def test_every_bit_flipped(capsys):
    for byte in range(len(GOLDEN)):
        for bit in range(8):
            check_flip(byte, bit)
    with capsys.disabled():
        print(f"\nflipped bits: {8 * len(GOLDEN):,}, each found, or cut off as a torn tail")
    assert len(list(read_blocks(GOLDEN))) == 13


def test_a_thousand_kills(tmp_path, capsys):
    kills = child(KILLED, tmp_path, ROUNDS)
    out, _ = kills.communicate()
    assert kills.returncode == 0
    with capsys.disabled():
        print(f"\nkill -9: {ROUNDS:,} rounds, {int(out):,} events acknowledged, none lost")


def test_a_thousand_torn_writes(tmp_path, capsys):
    torn = child(TORN, tmp_path, ROUNDS)
    out, _ = torn.communicate()
    assert torn.returncode == 0
    kept, cut = map(int, out.split())
    assert cut > ROUNDS / 2
    with capsys.disabled():
        print(
            f"\ntorn writes: {ROUNDS:,} rounds, {cut:,} tails cut off, {kept:,} events acknowledged, none lost"
        )


@pytest.mark.parametrize("work", WORKS)
def test_every_state_that_a_crash_can_leave(work, tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(test_crashes, "EVERY", True)
    test_crashes.test_no_crash_costs_what_was_acknowledged(work, tmp_path, monkeypatch)
    folder = tmp_path / "again"
    folder.mkdir()
    recording = record(folder, work(folder), monkeypatch)
    with capsys.disabled():
        print(
            f"\ncrash in {work.__name__}: {len(recording.ops)} calls, {len(list(states(recording))):,} states, none lost anything"
        )
