"""Two programs in two pseudo-terminals, a trainer's and a learner's: from a learner's key to the trainer's screen.

Both run on loopback, with TLS, as they always do. A key is a move between replies, which the trainer sees as presence; an
answer is written and synced by the trainer's program before its screen shows it.
"""

import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager

from benchmarks.screens import OURS, environment
from benchmarks.table import Row, p95
from benchmarks.terminal import Terminal

SESSIONS = 3
MOVES = 40
ANSWERS = 8
PAUSE = 0.2
"""seconds between two keys: somebody reads"""
MEDIAN, WORST = 50, 120
"""budgets, ms"""


@contextmanager
def together() -> Iterator[tuple[Terminal, Terminal]]:
    """A trainer and a learner in a take that has just begun."""
    with environment() as ours, environment() as theirs:
        for each, name in ((ours, "trainer"), (theirs, "learner")):
            each["XDG_STATE_HOME"] = f"{each['TAKETWO_CONFIG']}/{name}"
        host = (*OURS, "host", "irate-customer", "--new", "--name", "Bora", "--seed", "4")
        with Terminal(host, ours) as trainer, Terminal((*OURS, "join"), theirs) as learner:
            trainer.wait_for(trainer.shows("taketwo1-.*The learner runs"))
            trainer.settle()
            learner.wait_for(learner.shows("Paste the invitation"))
            learner.settle()
            learner.press(_invitation(trainer.text()))
            learner.press("enter")
            trainer.wait_for(trainer.shows("asks to come in"))
            trainer.press("y")
            learner.wait_for(learner.shows(r"Agree\?"))
            learner.press("y")
            trainer.wait_for(trainer.shows("is ready"))
            trainer.press("enter")
            trainer.wait_for(trainer.shows("decision 1"))
            learner.wait_for(learner.shows(r"decision 1\b"))
            learner.settle()
            learner.press("enter")  # the briefing has been read
            learner.settle()
            time.sleep(2.0)
            trainer.settle()
            learner.settle()
            yield trainer, learner


def _invitation(text: str) -> str:
    lines = text.splitlines()
    first = next(number for number, line in enumerate(lines) if "taketwo1-" in line)
    found = ""
    for line in lines[first:]:
        if not line.strip() or " " in line.strip():
            break
        found += line.strip()
    return found


def _moves(trainer: Terminal, learner: Terminal) -> Iterator[float]:
    for number in range(MOVES):
        reply = 2 + number % 2
        pressed = learner.press(str(reply))
        yield trainer.wait_for(trainer.shows(f"looks at {reply}")).at - pressed.at
        learner.settle()
        time.sleep(PAUSE)


def _answers(trainer: Terminal, learner: Terminal) -> Iterator[float]:
    for number in range(ANSWERS):
        learner.press("2")
        time.sleep(PAUSE)
        learner.settle()
        trainer.settle()
        pressed = learner.press("enter")
        yield trainer.wait_for(trainer.shows(rf"decision {number + 2}\b")).at - pressed.at
        learner.settle()


def rows() -> list[Row]:
    """From a key to the other screen."""
    moves: list[float] = []
    answers: list[float] = []
    for _ in range(SESSIONS):
        with together() as (trainer, learner):
            moves += _moves(trainer, learner)
            answers += _answers(trainer, learner)
    found = []
    for what, seconds in (
        ("a learner's key on the trainer's screen", moves),
        ("an answer, on disk first", answers),
    ):
        ms = [each * 1000 for each in seconds]
        found += [
            Row(f"{what}, median", f"{len(ms)} keys", "", statistics.median(ms), "ms", MEDIAN),
            Row(f"{what}, p95", "", "", p95(ms), "ms", WORST),
        ]
    return found
