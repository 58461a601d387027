"""The state machine through the public API, against `bink` on the same tree with the same picks."""

import statistics
from time import process_time

from benchmarks import peer_bink
from benchmarks.table import Row, median_ratio
from benchmarks.tree import picker
from benchmarks.trees import as_toml, play, playable
from taketwo.scenario.model import Scenario

NODES = 1_000
LENGTHS = (50, 5_000, 20_000)
ROUNDS = 9


def rows() -> list[Row]:
    """Choices a second of processor time, in takes of three lengths, and whether a long take is slower."""
    ours, peer = playable(as_toml(NODES)), peer_bink.load(peer_bink.compiled(NODES))
    if play(ours, 2_000, picker(seed=1)) != peer_bink.play(peer, 2_000, picker(seed=1)):
        raise SystemExit("The two engines do not play the same tree: see ink/README.md.")
    speeds: dict[int, list[tuple[float, float]]] = {length: [] for length in LENGTHS}
    for _ in range(ROUNDS):
        for length in LENGTHS:
            speeds[length].append((choices_a_second(ours, length), peer_bink.choices_a_second(peer, length)))
    return [*(_against_peer(length, speeds[length]) for length in LENGTHS), _flat(speeds)]


def choices_a_second(scenario: Scenario, choices: int) -> float:
    """The twin of `peer_bink.choices_a_second`: starting each take is counted."""
    pick = picker(seed=choices)
    takes = peer_bink.CHOICES_A_SAMPLE // choices
    began = process_time()
    for _ in range(takes):
        play(scenario, choices, pick)
    return takes * choices / (process_time() - began)


def _against_peer(length: int, speeds: list[tuple[float, float]]) -> Row:
    ours, peer = zip(*speeds, strict=True)
    return Row(
        f"engine, takes of {length:,} choices",
        f"{statistics.median(ours):,.0f} a CPU second",
        f"{statistics.median(peer):,.0f} (bink)",
        median_ratio(ours, peer),
        "×",
        1,
        "≥",
    )


def _flat(speeds: dict[int, list[tuple[float, float]]]) -> Row:
    short, long = ([ours for ours, _ in speeds[length]] for length in (LENGTHS[0], LENGTHS[-1]))
    return Row(
        f"engine, {LENGTHS[-1]:,} against {LENGTHS[0]} choices",
        f"{statistics.median(long):,.0f} a CPU second",
        f"{statistics.median(short):,.0f} (ours)",
        median_ratio(long, short),
        "×",
        0.8,
        "≥",
    )
