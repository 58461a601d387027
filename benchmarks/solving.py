"""Solving: generated scenarios of 10^4 to 10^6 positions for outcomes and curve, and the shipped ones with all policies.

Each generated scenario is solved in a process of its own, so that its memory is its own.
"""

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from time import process_time

from benchmarks.table import Row
from taketwo.analysis.cache import cached_report, key_of
from taketwo.analysis.report import analyse
from taketwo.analysis.solve import solve
from taketwo.scenario.library import Library
from taketwo.scenario.model import (
    Branch,
    Briefing,
    Customer,
    Ending,
    Interrupt,
    Line,
    Meter,
    Node,
    Reply,
    Scenario,
    Test,
)

SIZES = ((25, 25), (40, 44), (98, 46))
"""(nodes, levels of each meter): about 10^4, 10^5 and 10^6 positions with three moves each"""


def rows() -> list[Row]:
    """Processor seconds and peak memory of generated scenarios; the shipped ones cold and from the cache."""
    found = []
    for size in SIZES:
        got = json.loads(
            subprocess.run(
                [sys.executable, "-m", "benchmarks.solving", *map(str, size)],
                capture_output=True,
                check=True,
                text=True,
            ).stdout
        )
        large = got["positions"] > 900_000
        found.append(
            Row(
                f"solving {got['positions']:,} positions",
                f"{got['seconds']:.2f} CPU s, {got['MiB']:,.0f} MiB",
                f"{got['seconds'] / got['positions'] * 1e6:.1f} µs a position",
                got["seconds"],
                "s",
                15 if large else None,
            )
        )
        if large:
            found.append(Row("  its memory", f"{got['MiB']:,.0f} MiB", "", got["MiB"], "MiB", 1024))
    return found + shipped()


def shipped() -> list[Row]:
    """Every shipped scenario with all policies; the slowest counts."""
    cold, warm = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for path in Library().files():
            scenario = Library().load(path.stem)
            began = process_time()
            analyse(scenario)
            cold[path.stem] = process_time() - began
            key_of(scenario)
            cached_report(scenario, Path(folder))
            times = []
            for _ in range(9):
                began = process_time()
                cached_report(scenario, Path(folder))
                times.append(process_time() - began)
            warm[path.stem] = statistics.median(times)
    slowest, slow = max(cold, key=lambda k: cold[k]), max(warm, key=lambda k: warm[k])
    return [
        Row(
            "a shipped scenario with all policies",
            f"{cold[slowest]:.2f} CPU s",
            slowest,
            cold[slowest],
            "s",
            2,
        ),
        Row("  the same from the cache", f"{warm[slow] * 1e3:.1f} CPU ms", slow, warm[slow] * 1e3, "ms", 20),
    ]


def corridor(nodes: int, levels: int) -> Scenario:
    """A corridor of `nodes` nodes with three meters of `levels` values, three replies a node, and some conditions."""
    meters = {name: Meter(name, levels // 2, 0, levels - 1) for name in ("p", "q", "r")}
    endings = {
        "good": Ending("good", "resolved", 5, True, True, "Good."),
        "fair": Ending("fair", "callback", 3, False, True, "Fair."),
        "lost": Ending("lost", "lost", 1, False, False, "Lost."),
    }
    return Scenario(
        id="corridor",
        title="A corridor",
        level=1,
        minutes=1,
        channel="phone",
        centre=("active-listening",),
        start="n0",
        briefing=Briefing("You walk down a corridor.", "It is long."),
        customer=Customer("Nobody"),
        meters=meters,
        flags={},
        nodes={f"n{i}": _node(i, nodes, levels) for i in range(nodes)},
        interrupts={"gone": Interrupt("gone", ((Test("p", "<=", -1),),), (Branch("lost"),))},
        endings=endings,
    )


def _node(i: int, nodes: int, levels: int) -> Node:
    onward = f"n{i + 1}" if i < nodes - 1 else "fair"
    goto: tuple[Branch, ...] = (Branch(onward),)
    if i == nodes - 1:
        goto = (Branch("good", ((Test("p", ">=", levels - 2), Test("q", ">=", levels - 2)),)), *goto)
    elif i % 3 == 0:
        goto = (Branch("lost" if i >= nodes - 2 else f"n{i + 2}", ((Test("r", "<=", 1),),)), *goto)

    def reply(id: str, points: int, *effects: tuple[str, int], critical: str = "") -> Reply:
        return Reply(
            id=id,
            goto=goto,
            say=(id,),
            points=(("active-listening", points),),
            effects=effects,
            critical=critical,
        )

    return Node(
        f"n{i}",
        (Line(("Hm.",)),),
        (
            reply("a", i % 5 - 2, ("p", 1), ("r", -1 if i % 2 else 1)),
            reply("b", (i + 2) % 5 - 2, ("q", 1)),
            reply("c", (i + 3) % 5 - 2, ("r", 1), ("q", -1), critical="abuse" if i % 7 == 3 else ""),
        ),
    )


def main() -> None:
    """Solve one corridor and print its figures as JSON."""
    scenario = corridor(int(sys.argv[1]), int(sys.argv[2]))
    began = process_time()
    solution = solve(scenario)
    seconds = process_time() - began
    print(json.dumps({"positions": len(solution.graph.positions), "seconds": seconds, "MiB": peak_mib()}))


def peak_mib() -> float:
    """The most memory that this program has held, in MiB; the kernel's own maximum would count the caller's too."""
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024


if __name__ == "__main__":
    main()
