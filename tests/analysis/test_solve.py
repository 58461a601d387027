"""Exploring and solving, against every play written out."""

import pytest
from every_play import plays, reachable, settled
from hypothesis import given, settings
from small_scenarios import made, node, reply, scenarios

from taketwo.analysis.coverage import coverage
from taketwo.analysis.explore import explore
from taketwo.analysis.policies import Seen, decent
from taketwo.analysis.solve import Outlook, solve
from taketwo.scenario.model import Scenario
from taketwo.take.machine import machine


def chances(offer: list[tuple[tuple[str, ...], int]]) -> list[float]:
    return decent.judge([Seen(*each) for each in offer])


@given(scenarios())
@settings(max_examples=150, deadline=None)
def test_outcomes_and_curve_equal_those_of_every_play(scenario: Scenario) -> None:
    solution = solve(scenario)
    for at in reachable(scenario):
        every = list(plays(scenario, at, chances))
        prospect = solution.at(at)
        for which, extreme in (("best", max), ("worst", min)):
            key = extreme(play.key for play in every)
            lost, decisions = min((p.lost, p.decisions) for p in every if p.key == key)
            assert getattr(prospect, which) == Outlook(*key, lost, decisions)
        good = sum(play.chance for play in every if play.acceptable and not play.critical)
        assert prospect.curve == pytest.approx(good, abs=1e-12)
    assert solution.depth == max(
        play.decisions for play in plays(scenario, machine(scenario).start(), chances)
    )


@given(scenarios(cycles=True))
@settings(max_examples=100, deadline=None)
def test_outcomes_are_right_where_plays_go_round(scenario: Scenario) -> None:
    solution = solve(scenario)
    for which in ("best", "worst"):
        table = settled(scenario, which == "worst")
        for at in reachable(scenario):
            value, mine = table[at, False], getattr(solution.at(at), which)
            if value is None:
                assert mine is None
            else:
                (clean, resolved, csat), lost, decisions = value
                assert mine == Outlook(bool(clean), bool(resolved), csat, lost, decisions)


@given(scenarios(cycles=True))
@settings(max_examples=100, deadline=None)
def test_lines_of_play_are_worth_what_they_promise(scenario: Scenario) -> None:
    solution, compiled = solve(scenario), machine(scenario)
    for which in ("best", "worst"):
        promised = getattr(solution.at(compiled.start()), which)
        if promised is None:
            continue
        turns, end = solution.line(compiled.start(), which)  # type: ignore[arg-type]
        at = compiled.start()
        for turn in turns:
            assert solution.number(at) == solution.number(turn.position)
            assert turn.move in compiled.moves(at)
            at = compiled.step(at, turn.move)
        ending = scenario.endings.get(at.node)
        assert end.node == at.node
        assert promised == Outlook(
            not any(turn.move.reply.critical for turn in turns),
            ending.resolved if ending else False,
            ending.csat if ending else 0,
            sum(turn.lost for turn in turns),
            len(turns),
        )


@given(scenarios(cycles=True))
@settings(max_examples=100, deadline=None)
def test_the_graph_reaches_what_plain_search_reaches(scenario: Scenario) -> None:
    compiled, found = machine(scenario), reachable(scenario)
    plain, raw = explore(scenario), explore(scenario, project=False)
    assert set(raw.positions) == found
    assert {plain.keep.plain(at) for at in found} == set(plain.positions)
    assert coverage(plain) == coverage(raw)
    reach = coverage(plain)
    said = {(at.node, move.reply.id) for at in found for move in compiled.offered(at)}
    spoken = {(at.node, str(entry[0] + 1)) for at in found if (entry := compiled.entry(at))}
    fired = {compiled.interrupt(at, compiled.step(at, m)) for at in found for m in compiled.moves(at)} - {""}
    assert set(reach.replies.missed).isdisjoint(said)
    assert reach.replies.reached == len(said)
    assert reach.lines.reached == len(spoken)
    assert plain.interrupts == fired
    assert reach.nodes.reached + reach.endings.reached == len({at.node for at in found})


@given(scenarios(cycles=True))
@settings(max_examples=100, deadline=None)
def test_a_cycle_is_shown_exactly_where_there_is_one(scenario: Scenario) -> None:
    solution, compiled = solve(scenario), machine(scenario)
    left = {at: {compiled.step(at, move) for move in compiled.moves(at)} for at in reachable(scenario)}
    while ends := [at for at, onward in left.items() if not onward & left.keys()]:
        for at in ends:
            del left[at]
    assert bool(left) == bool(solution.cycle) == (solution.order is None)
    for here, onward in zip(solution.cycle, (*solution.cycle[1:], *solution.cycle[:1]), strict=True):
        keep = solution.graph.keep
        assert onward in {keep.plain(compiled.step(here, move)) for move in compiled.moves(here)}


@given(scenarios())
@settings(max_examples=50, deadline=None)
def test_every_position_has_a_way_to_it(scenario: Scenario) -> None:
    graph, compiled = explore(scenario), machine(scenario)
    for i in range(len(graph.positions)):
        at = compiled.start()
        for _, move in graph.path(i):
            at = compiled.step(at, move)
        assert graph.find(at) == i


def loop() -> Scenario:
    return made({"n0": node("n0", reply("a", "n1"), reply("b", "good")), "n1": node("n1", reply("c", "n0"))})


def test_a_draft_that_goes_in_a_circle_has_outcomes_but_no_curve() -> None:
    solution = solve(loop())
    assert solution.refused == "it goes in a circle: n0 → n1 → n0"
    prospect = solution.at(machine(loop()).start())
    assert prospect.best == prospect.worst == Outlook(True, True, 5, 0, 1)
    assert prospect.curve is None


def test_a_trap_without_a_way_out_is_found() -> None:
    scenario = made(
        {"n0": node("n0", reply("a", "n1"), reply("b", "good")), "n1": node("n1", reply("c", "n1"))}
    )
    solution = solve(scenario)
    assert [solution.graph.positions[i].node for i in solution.hopeless()] == ["n1"]


def test_over_the_limit_it_says_so_and_outcomes_are_bounds() -> None:
    chain = {f"n{i}": node(f"n{i}", reply("a", f"n{i + 1}"), reply("b", "fair")) for i in range(9)}
    scenario = made({**chain, "n9": node("n9", reply("a", "good"))})
    solution = solve(scenario, limit=5)
    assert not solution.graph.complete
    assert "more than" in solution.refused
    prospect = solution.at(machine(scenario).start())
    assert prospect.best is not None
    assert (prospect.best.csat, prospect.curve) == (3, None)
    assert solution.hopeless() == []


def test_as_many_positions_as_the_limit_are_complete() -> None:
    scenario = made({"n0": node("n0", reply("a", "good"), reply("b", "lost"))})
    assert explore(scenario, limit=3).complete
    assert not explore(scenario, limit=0).complete


def test_a_position_that_a_trainer_made_is_another_root() -> None:
    scenario = made({"n0": node("n0", reply("a", "good")), "n1": node("n1", reply("b", "fair"))})
    elsewhere = machine(scenario).start()._replace(node="n1")
    with pytest.raises(KeyError):
        solve(scenario).at(elsewhere)
    best = solve(scenario, [elsewhere]).at(elsewhere).best
    assert best is not None and best.csat == 3


def test_what_nothing_ahead_reads_is_put_back() -> None:
    scenario = made(
        {
            "n0": node("n0", reply("a", "n1", sets=("told",), effects=(("patience", -1),)), reply("b", "n1")),
            "n1": node("n1", reply("c", "good")),
        }
    )
    assert len(explore(scenario).positions) == 3
    assert len(explore(scenario, project=False).positions) == 5
