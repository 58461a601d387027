"""What policies come to, against every play written out and against takes on the real engine."""

from collections import defaultdict
from math import sqrt
from random import Random

import pytest
from every_play import plays, reachable
from hypothesis import given, settings
from small_scenarios import made, node, reply, scenarios

from taketwo.analysis.figures import Figures, NoFigures, figures
from taketwo.analysis.passing import passes
from taketwo.analysis.policies import POLICIES, Policy, Seen, random
from taketwo.analysis.solve import solve
from taketwo.scenario.model import Scenario
from taketwo.scenario.model import Test as Atom
from taketwo.session import Take
from taketwo.take.machine import machine


@given(scenarios())
@settings(max_examples=60, deadline=None)
def test_figures_equal_those_of_every_play(scenario: Scenario) -> None:
    solution, start = solve(scenario), machine(scenario).start()
    for policy in POLICIES:
        every = [
            play
            for play in plays(
                scenario, start, lambda offer, p=policy: p.judge([Seen(*each) for each in offer])
            )
            if play.chance and not play.silent
        ]
        mine = figures(solution, policy)
        endings: defaultdict[str, float] = defaultdict(float)
        spread: defaultdict[tuple[int, int], float] = defaultdict(float)
        errors: defaultdict[str, float] = defaultdict(float)
        for play in every:
            endings[play.end] += play.chance
            spread[play.earned, play.stake] += play.chance
            for error in play.critical:
                errors[error] += play.chance
        assert mine.endings == pytest.approx(dict(endings), abs=1e-12)
        assert mine.critical == pytest.approx(dict(errors), abs=1e-12)
        assert {(e, s): chance for e, s, chance in mine.spread} == pytest.approx(dict(spread), abs=1e-12)
        assert mine.passes == pytest.approx(sum(play.chance for play in every if play.passed), abs=1e-12)
        assert mine.decisions == pytest.approx(sum(play.chance * play.decisions for play in every))
        staked = [play for play in every if play.stake]
        if staked:
            total = sum(play.chance for play in staked)
            craft = sum(play.chance * play.earned / play.stake for play in staked) / total
            assert mine.craft == pytest.approx(craft, abs=1e-12)
        else:
            assert mine.craft is None


@given(scenarios())
@settings(max_examples=100, deadline=None)
def test_lengths_of_plays_that_pass_equal_those_of_every_play(scenario: Scenario) -> None:
    compiled, solution = machine(scenario), solve(scenario)
    found = passes(solution, solution.graph.roots[0])
    lengths = [
        p.decisions for p in plays(scenario, compiled.start(), lambda offer: [1.0] * len(offer)) if p.passed
    ]
    assert (found.shortest, found.longest) == (min(lengths, default=0), max(lengths, default=0))
    at = compiled.start()
    for position, move in found.line:
        assert position == at
        at = compiled.step(at, move)
    assert len(found.line) == found.shortest


@given(scenarios())
@settings(max_examples=40, deadline=None)
def test_what_is_put_back_changes_no_figure(scenario: Scenario) -> None:
    plain, raw = solve(scenario), solve(scenario, project=False)
    for policy in POLICIES:
        a, b = figures(plain, policy), figures(raw, policy)
        assert a.endings == pytest.approx(b.endings, abs=1e-12)
        assert a.passes == pytest.approx(b.passes, abs=1e-12)
        assert [row[:2] for row in a.spread] == [row[:2] for row in b.spread]
    for at in reachable(scenario):
        assert plain.at(at).best == raw.at(at).best
        assert plain.at(at).worst == raw.at(at).worst


def conversation() -> Scenario:
    """Eight nodes in which everything happens: flags, meters, a spent reply, critical errors, ties, a stop."""

    def step(i: int, to: str) -> tuple[str, object]:
        return f"n{i}", node(
            f"n{i}",
            reply("a", to, i % 3, "I understand. Please, which one was it?", sets=("asked",) if i % 2 else ()),
            reply("b", to, 2 - i % 4, "No!", effects=(("patience", -1),)),
            reply("c", to, -1, "Whatever you want, you have it tomorrow!", critical="false-promise" if i == 3 else ""),
        )  # fmt: skip

    steps = dict(step(i, f"n{i + 1}") for i in range(6))
    open_only = ((Atom("asked", "set"),),)
    steps["n6"] = node(
        "n6",
        reply("a", "good", 2, "Then it's settled.", when=open_only),
        reply("b", "fair", 1, "We ring you?", when=((Atom("patience", ">=", 1),),)),
        reply("again", "n6", 0, "Sorry?", once=True, when=open_only),
    )
    return made(steps)  # type: ignore[arg-type]


TAKES = 120


@pytest.mark.parametrize("policy", POLICIES, ids=lambda policy: policy.id)
def test_takes_on_the_real_engine_agree_within_four_standard_errors(policy: Policy) -> None:
    scenario = conversation()
    exact = figures(solve(scenario), policy)
    takes = [played(scenario, policy, seed) for seed in range(TAKES)]
    for ending in {take.state.position.node if take.ending else "stuck" for take in takes} | set(
        exact.endings
    ):
        hits = sum((take.state.position.node if take.ending else "stuck") == ending for take in takes)
        assert_near(hits, exact.endings.get(ending, 0.0))
    assert_near(sum(take.score.passed for take in takes), exact.passes)
    assert_near(sum(bool(take.score.critical) for take in takes), exact.critical.get("false-promise", 0.0))
    crafts = [take.score.craft for take in takes]
    mean = sum(craft for craft in crafts if craft is not None) / TAKES
    assert exact.craft is not None
    assert abs(mean - exact.craft) <= 4 * craft_error(exact) / sqrt(TAKES) + 1e-9


def played(scenario: Scenario, policy: Policy, seed: int) -> Take:
    """A take to its end, chosen by `policy` with dice of their own."""
    dice, take = Random(f"{policy.id} {seed}"), Take.start(scenario, seed=seed)
    while not take.state.over:
        offered = take.machine.offered(take.state.position)
        weights = policy.judge([Seen(move.reply.say, move.offer.total) for move in offered])
        take.reply(dice.choices([move.reply.id for move in offered], weights)[0])
    return take


def assert_near(hits: int, chance: float) -> None:
    assert abs(hits / TAKES - chance) <= 4 * sqrt(chance * (1 - chance) / TAKES) + 1e-9


def craft_error(exact: Figures) -> float:
    mean = sum(earned / stake * chance for earned, stake, chance in exact.spread if stake)
    return sqrt(sum((earned / stake - mean) ** 2 * chance for earned, stake, chance in exact.spread if stake))


def test_policies_are_refused_where_plays_go_round() -> None:
    scenario = made({"n0": node("n0", reply("a", "n0"), reply("b", "good"))})
    with pytest.raises(NoFigures, match="n0 → n0"):
        figures(solve(scenario), random)


def test_two_critical_errors_on_one_way_are_not_lost() -> None:
    bad = {"critical": "abuse"}
    scenario = made(
        {
            "n0": node("n0", reply("a", "n1", 1), reply("b", "n1", 0, **bad)),
            "n1": node("n1", reply("a", "good", 1, **bad), reply("b", "good", 1, **bad)),
        }
    )
    mine = figures(solve(scenario), random)
    assert mine.critical == {"abuse": 1.0}
    assert sum(chance for _, _, chance in mine.spread) == pytest.approx(1.0)


def by(policy: str, *said: tuple[str, int]) -> list[float]:
    """Weights of a policy over replies of one text each."""
    return next(p for p in POLICIES if p.id == policy).judge([Seen((text,), points) for text, points in said])


def test_each_policy_looks_at_what_its_name_says() -> None:
    offer = (("Sorry, please!", 1), ("What happened then, exactly?", 2), ("No", 1), ("I understood", -2))
    assert by("random", *offer) == [1, 1, 1, 1]
    assert by("decent", *offer) == [2, 4, 2, 0.25]
    assert by("first", *offer) == [1, 0, 0, 0]
    assert by("longest", *offer) == [0, 1, 0, 0]
    assert by("shortest", *offer) == [0, 0, 1, 0]
    assert by("softest", *offer) == [1, 0, 0, 0]
    assert by("asking", *offer) == [0, 1, 0, 0]
    assert by("shouting", *offer) == [1, 0, 0, 0]
    assert by("best", *offer) == [0, 1, 0, 0]
    assert by("second", *offer) == [1, 0, 0, 0]
    assert by("worst", *offer) == [0, 0, 0, 1]


def test_ties_share_and_texts_count_by_their_mean() -> None:
    assert by("longest", ("ab", 0), ("cd", 0), ("e", 0)) == [1, 1, 0]
    longest = next(p for p in POLICIES if p.id == "longest")
    assert longest.judge([Seen(("a", "aaaaa"), 0), Seen(("bbbb",), 0)]) == [0, 1]
    assert by("second", ("a", 1), ("b", 2), ("c", 2)) == [0, 0, 1]
    assert by("second", ("a", 1)) == [1]
