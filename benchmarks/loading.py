"""A tree of 10,000 nodes from bytes in memory to the first line of a take, against `bink` from JSON."""

import gc
import statistics
from time import process_time

import tomli

from benchmarks import peer_bink
from benchmarks.table import Row, median_ratio
from benchmarks.trees import as_toml, playable
from taketwo import Take

NODES = 10_000
ROUNDS = 5


def rows() -> list[Row]:
    """Seconds of processor time; and what of it the TOML parser takes, with nothing of ours around it."""
    data, json_text = as_toml(NODES), peer_bink.compiled(NODES)
    text = data.decode()
    ours, parser, peer = [], [], []
    for _ in range(ROUNDS):
        ours.append(load_seconds(data))
        parser.append(parse_seconds(text))
        peer.append(peer_bink.load_seconds(json_text))
    other = f"{statistics.median(peer):.2f} s (bink, from {len(json_text) / 1e6:.1f} MB of JSON)"
    parsed = f"loading, the part of tomli on {len(data) / 1e6:.1f} MB"
    return [
        Row(
            f"loading {NODES:,} nodes",
            f"{statistics.median(ours):.2f} CPU s",
            other,
            median_ratio(ours, peer),
            "×",
            3,
        ),
        Row(parsed, f"{statistics.median(parser):.2f} CPU s", other, median_ratio(parser, peer), "×"),
    ]


def load_seconds(data: bytes) -> float:
    """Processor seconds until the first line can be shown; freeing it again is not counted."""
    began = process_time()
    take = Take.start(playable(data))
    assert take.says
    return process_time() - began


def parse_seconds(text: str) -> float:
    """Processor seconds of the parser alone, without the garbage collector, as the reader runs it."""
    gc.disable()
    try:
        began = process_time()
        tables = tomli.loads(text)
        seconds = process_time() - began
        assert tables
        return seconds
    finally:
        gc.enable()
