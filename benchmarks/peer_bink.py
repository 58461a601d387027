"""The engine we are measured against: `bink`, the Ink runtime in Rust with Python bindings.

It plays the trees of `tree.py`, compiled by `ink/compile.mjs` and kept beside it as JSON.

    python -m benchmarks.peer_bink
"""

import gzip
import statistics
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from bink.story import Story  # type: ignore[import-untyped]  # bink has no types

from benchmarks.tree import picker

COMPILED = Path(__file__).parent / "ink"
CHOICES_A_SAMPLE = 20_000
ROUNDS = 7

Pick = Callable[[Sequence[str]], int]


def compiled(nodes: int) -> str:
    """The JSON of the tree of this many nodes."""
    return gzip.decompress((COMPILED / f"tree-{nodes}.json.gz").read_bytes()).decode()


def load(json_text: str) -> Story:
    """A story ready to be played."""
    return Story(json_text)


def play(story: Story, choices: int, pick: Pick) -> list[str]:
    """One take from the start, as a front end plays it: the customer's lines, one a choice.

    Every line and every reply on offer is read. `pick` gets the texts of the replies on offer and
    says the index of the one to choose.
    """
    story.reset_state()
    lines = []
    for _ in range(choices):
        lines.append(story.continue_maximally().strip())
        story.choose_choice_index(pick(list(story.get_current_choices())))
    return lines


def choices_a_second(story: Story, choices: int) -> float:
    """Choices a CPU second in takes of this many choices; starting each take is counted."""
    pick = picker(seed=choices)
    takes = CHOICES_A_SAMPLE // choices
    began = process_time()
    for _ in range(takes):
        play(story, choices, pick)
    return takes * choices / (process_time() - began)


def load_seconds(json_text: str) -> float:
    """CPU seconds to load a story from text in memory; freeing it again is not counted."""
    began = process_time()
    story = load(json_text)
    seconds = process_time() - began
    del story
    return seconds


def main() -> None:
    """Print medians, and the least and the greatest figure, of interleaved rounds."""
    story = load(compiled(1_000))
    big = compiled(10_000)
    lengths = (50, 5_000, 20_000)
    speeds: dict[int, list[float]] = {length: [] for length in lengths}
    loads = []
    for _ in range(ROUNDS):
        for length in lengths:
            speeds[length].append(choices_a_second(story, length))
        loads.append(load_seconds(big))
    for length, figures in speeds.items():
        print(
            f"takes of {length:>6,} choices: {statistics.median(figures):>8,.0f} choices a CPU"
            f" second ({min(figures):,.0f} to {max(figures):,.0f})"
        )
    print(
        f"loading 10,000 nodes: {statistics.median(loads):.3f} CPU seconds"
        f" ({min(loads):.3f} to {max(loads):.3f})"
    )


if __name__ == "__main__":
    main()
