"""The shipped scenes, played by each policy on the real engine: 100,000 takes a scene agree with the exact figures."""

from math import sqrt
from random import Random

import pytest

from taketwo.analysis.figures import figures
from taketwo.analysis.policies import POLICIES, Policy, Seen
from taketwo.analysis.solve import solve
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Take

TAKES = 100_000 // len(POLICIES)
SCENES = [path.stem for path in Library().files()]


def played(scenario: Scenario, policy: Policy, seed: int) -> Take:
    dice, take = Random(f"{policy.id} {seed}"), Take.start(scenario, seed=seed)
    while not take.state.over:
        offered = take.machine.offered(take.state.position)
        weights = policy.judge([Seen(move.reply.say, move.offer.total) for move in offered])
        take.reply(dice.choices([move.reply.id for move in offered], weights)[0])
    return take


@pytest.mark.parametrize("scene", SCENES)
def test_takes_agree_with_the_exact_figures_within_four_standard_errors(scene):
    scenario = Library().load(scene)
    solution = solve(scenario)
    for policy in POLICIES:
        exact = figures(solution, policy)
        endings: dict[str, int] = {}
        passed = 0
        for seed in range(TAKES):
            take = played(scenario, policy, seed)
            endings[take.state.position.node] = endings.get(take.state.position.node, 0) + 1
            passed += take.score.passed
        for name in endings.keys() | exact.endings.keys():
            near(endings.get(name, 0), exact.endings.get(name, 0.0), f"{policy.id} at {name}")
        near(passed, exact.passes, f"{policy.id} passes")


def near(hits: int, chance: float, what: str) -> None:
    error = 4 * sqrt(chance * (1 - chance) / TAKES) + 1e-9
    assert abs(hits / TAKES - chance) <= error, f"{what}: {hits / TAKES:.4f} played, {chance:.4f} exact"
