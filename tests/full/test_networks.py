"""Two hosts of their own, in network namespaces: a bad line, a line that is cut, a laptop that sleeps.

It needs Linux, root, and `ip` (loss and delay need the kernel's netem too); what the machine does not allow is skipped.
`python -m pytest tests/full/test_networks.py -s` prints the figures.
"""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "ways"))
sys.path.insert(0, str(Path(__file__).parents[1] / "pairing"))

from programs import Both, Desk, Spoken

NOTICED = 5.0
"""seconds within which both sides have to see that the line is cut"""
TRAINER, LEARNER = "taketwo-a", "taketwo-b"
ADDRESS = "10.77.0.1"


def ip(*words: str, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["ip", *words], check=check, capture_output=True, text=True)


@pytest.fixture
def two_hosts():
    """Two namespaces with a cable between them."""
    try:
        for name in (TRAINER, LEARNER):
            ip("netns", "add", name)
            ip("-n", name, "link", "set", "lo", "up")
        ip("link", "add", "tta", "netns", TRAINER, "type", "veth", "peer", "name", "ttb", "netns", LEARNER)
        for name, link, address in ((TRAINER, "tta", ADDRESS), (LEARNER, "ttb", "10.77.0.2")):
            ip("-n", name, "addr", "add", f"{address}/24", "dev", link)
            ip("-n", name, "link", "set", link, "up")
    except (OSError, subprocess.CalledProcessError) as error:
        _away()
        pytest.skip(f"no network namespaces here: {error}")
    yield
    _away()


def _away() -> None:
    for name in (TRAINER, LEARNER):
        ip("netns", "del", name, check=False)


def cable(state: str) -> None:
    """Put the cable in, or pull it out."""
    ip("-n", LEARNER, "link", "set", "ttb", state)


class Within(Desk):
    """A desk on a host of its own."""

    def __init__(self, folder: Path, host: str) -> None:
        super().__init__(folder)
        self.host = host

    def command(self, *words: str | Path) -> list[str]:
        return ["ip", "netns", "exec", self.host, *super().command(*words)]


class Apart(Both):
    """A trainer and a learner on two hosts."""

    def __init__(self, folder: Path) -> None:
        (folder / "trainer").mkdir()
        (folder / "learner").mkdir()
        self.hosts, self.joins = Within(folder / "trainer", TRAINER), Within(folder / "learner", LEARNER)
        where = ("--listen", f"{ADDRESS}:4747")
        self.host = Spoken(
            self.hosts, "host", "lost-umbrella", "--plain", "--name", "Bora", "--seed", "7", *where
        )
        self.meet()


def until_both_know(both: Both, since: float) -> tuple[float, float]:
    """Seconds until each side has said that the line is cut."""
    seen = {}
    while len(seen) < 2:
        for name, program, words in (
            ("host", both.host, "Ada is cut off"),
            ("join", both.join, "The line is cut"),
        ):
            if name not in seen and words in program.heard[program._at :]:
                seen[name] = time.monotonic() - since
        if time.monotonic() - since > 30:
            raise TimeoutError(f"{seen}: {both.host.heard[-500:]} {both.join.heard[-500:]}")
        time.sleep(0.01)
    return seen["host"], seen["join"]


def test_a_cable_that_is_pulled_out_is_noticed_and_the_take_goes_on_where_it_was(two_hosts, tmp_path, capsys):
    figures = []
    with Apart(tmp_path) as both:
        for _ in range(3):
            both.together()
            both.join.say("w Before the cut.")
            both.host.until("Before the cut.")
            cable("down")
            figures.append(until_both_know(both, time.monotonic()))
            both.join.say("w While it was cut.")
            both.host.say("w Can you hear me?")
            cable("up")
            both.together()
            both.host.until("While it was cut.")
            both.join.until("Can you hear me?")
        both.host.say("x")
        both.join.until("The take is over")
        both.host.say("q")
        both.join.until("Bora has left")
        both.host.end()
        both.compare()
    with capsys.disabled():
        print(
            "\na cable pulled out was noticed after",
            ", ".join(f"{a:.1f} s (host), {b:.1f} s (guest)" for a, b in figures),
        )
    assert max(max(pair) for pair in figures) <= NOTICED


@pytest.mark.parametrize("who", ["host", "join"])
def test_a_laptop_that_sleeps_is_noticed_and_goes_on_when_it_wakes(two_hosts, tmp_path, capsys, who):
    with Apart(tmp_path) as both:
        sleeper = getattr(both, who)
        pid = int(
            subprocess.run(
                ["pgrep", "-P", str(sleeper.process.pid)], capture_output=True, text=True
            ).stdout.split()[0]
            if _wrapped(sleeper)
            else sleeper.process.pid
        )
        os.kill(pid, signal.SIGSTOP)
        since, other, words = time.monotonic(), both.join, "The line is cut"
        if who == "join":
            other, words = both.host, "Ada is cut off"
        other.until(words)
        took = time.monotonic() - since
        os.kill(pid, signal.SIGCONT)
        both.together()
        both.join.say("w Awake again.")
        both.host.until("Awake again.")
        both.host.say("x")
        both.join.until("The take is over")
        both.host.say("q")
        both.join.until("Bora has left")
        both.host.end()
        both.compare()
    with capsys.disabled():
        print(f"\n{who} asleep: the other side noticed after {took:.1f} s")
    assert took <= NOTICED


def _wrapped(program: Spoken) -> bool:
    """Whether the process is a wrapper around the program, and not replaced by it."""
    children = subprocess.run(["pgrep", "-P", str(program.process.pid)], capture_output=True, text=True)
    return bool(children.stdout.strip())


def test_a_line_that_loses_and_delays_is_as_good_as_any(two_hosts, tmp_path):
    bad = ["netns", "exec", LEARNER, "tc", "qdisc", "add", "dev", "ttb", "root", "netem"]
    if ip(*bad, "delay", "80ms", "30ms", "loss", "5%", check=False).returncode:
        pytest.skip("the kernel has no netem")
    with Apart(tmp_path) as both:
        for _ in range(10):
            both.join.say("w In my own words.")
            both.host.until("In my own words.")
            both.host.say("w Slowly.")
            both.join.until("Slowly.")
        both.host.say("x")
        both.join.until("The take is over")
        both.host.say("q")
        both.join.until("Bora has left")
        both.host.end()
        both.compare()
