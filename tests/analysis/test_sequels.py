"""A sequel is solved for every past that it can have, and a sub-dialogue as the plain nodes that it stands for."""

from dataclasses import replace

import pytest
from every_play import plays, reachable
from hypothesis import given, settings
from hypothesis import strategies as st
from small_scenarios import FLAGS, scenarios

from taketwo.analysis.coverage import coverage
from taketwo.analysis.figures import figures
from taketwo.analysis.policies import POLICIES, Seen, decent
from taketwo.analysis.report import analyse
from taketwo.analysis.solve import solve
from taketwo.checks import example
from taketwo.scenario.around import Around
from taketwo.scenario.dump import dump
from taketwo.scenario.model import Rule, Scenario, Sequel
from taketwo.scenario.sequel import pasts
from taketwo.scenario.source import draft_from_bytes
from taketwo.take.machine import machine

RANDOM = next(policy for policy in POLICIES if policy.id == "random")
ASKED, TOLD = FLAGS


def chances(offer):
    return decent.judge([Seen(*each) for each in offer])


@st.composite
def sequels(draw) -> Scenario:
    """A small scenario that an earlier take tells of one thing or two."""
    rules = (
        (ASKED, Rule(promises=("first/call",))),
        (TOLD, Rule(endings=("first/gone",), scenes=draw(st.sampled_from([(), ("second",)])))),
    )
    alone = draw(st.sampled_from([(), (ASKED,), (TOLD,)]))
    sequel = Sequel(("first", "second"), rules, alone)
    return replace(draw(scenarios()), sequel=sequel, given=alone)


@given(sequels())
@settings(max_examples=60, deadline=None)
def test_after_each_past_the_figures_are_those_of_every_play(scenario: Scenario) -> None:
    solution = solve(scenario)
    graph = solution.graph
    every = pasts(scenario.sequel)
    assert graph.starts == len(every)
    for flags, root in zip(every, graph.roots[: graph.starts], strict=True):
        told = replace(scenario, given=flags)
        start = machine(told).start()
        written = list(plays(told, start, chances))
        prospect = solution.prospect(root)
        assert prospect.best.key == max(play.key for play in written)
        assert prospect.worst.key == min(play.key for play in written)
        good = sum(play.chance for play in written if play.acceptable and not play.critical)
        assert prospect.curve == pytest.approx(good, abs=1e-12)
        by_chance = list(plays(told, start, lambda offer: [1.0] * len(offer)))
        passes = sum(play.chance for play in by_chance if play.passed)
        assert figures(solution, RANDOM, root).passes == pytest.approx(passes, abs=1e-12)


@given(sequels())
@settings(max_examples=60, deadline=None)
def test_what_is_reached_after_some_past_counts_as_reached(scenario: Scenario) -> None:
    told = [replace(scenario, given=flags) for flags in pasts(scenario.sequel)]
    places = {position.node for each in told for position in reachable(replace(each, sequel=None))}
    found = coverage(solve(scenario).graph)
    assert {name for (name,) in found.nodes.missed} == set(scenario.nodes) - places
    assert {name for (name,) in found.endings.missed} == set(scenario.endings) - places


@given(sequels())
@settings(max_examples=30, deadline=None)
def test_the_report_has_a_row_for_each_other_past(scenario: Scenario) -> None:
    report = analyse(scenario)
    assert {past.flags for past in report.pasts} == {
        machine(scenario).flag_names(machine(scenario).start_with(flags))
        for flags in pasts(scenario.sequel)
        if flags != scenario.given
    }


INLINE = """
format = 1
id = "calm"
title = "Calm down"
start = "ask"
meters = ["patience"]
[flags]
asked = "It was asked"
[exits]
well = "They are calm"
badly = "They are not"
[nodes.ask]
says = [{ text = "I am upset." }]
replies.ask = { say = "Tea?", points = { active-listening = 1 }, sets = ["asked"], goto = "then" }
replies.hush = { say = "Hush.", points = { active-listening = -2 }, effects = { patience = -2 }, goto = "then" }
[nodes.then]
says = [{ when = ["asked"], text = "No tea." }, { text = "Well." }]
replies.on = { say = "On, then.", points = { active-listening = 1 }, when = ["asked"], goto = "well" }
replies.sit = { say = "Sit.", points = { active-listening = 0 }, goto = [{ when = ["patience <= 4"], to = "badly" }, { to = "well" }] }
"""
ENTERS = """
[nodes.opening.replies.ask]
goto = "soothe"
[enter.soothe]
dialogue = "calm"
exits = { well = "search", badly = "walks-off" }
"""
BY_HAND = """
[flags]
s-asked = "It was asked"
[nodes.opening.replies.ask]
goto = "s-ask"
[nodes.s-ask]
says = [{ text = "I am upset." }]
replies.ask = { say = "Tea?", points = { active-listening = 1 }, sets = ["s-asked"], goto = "s-then" }
replies.hush = { say = "Hush.", points = { active-listening = -2 }, effects = { patience = -2 }, goto = "s-then" }
[nodes.s-then]
says = [{ when = ["s-asked"], text = "No tea." }, { text = "Well." }]
replies.on = { say = "On, then.", points = { active-listening = 1 }, when = ["s-asked"], goto = "search" }
replies.sit = { say = "Sit.", points = { active-listening = 0 }, goto = [{ when = ["patience <= 4"], to = "walks-off" }, { to = "search" }] }
"""


def test_a_sub_dialogue_is_what_one_would_have_written_by_hand(tmp_path):
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "calm.toml").write_text(INLINE)
    entered = draft_from_bytes(example.laid_over(ENTERS).encode(), "x", {}, around=Around(folder=tmp_path))
    by_hand = draft_from_bytes(example.laid_over(BY_HAND).encode(), "x", {})
    assert entered.findings() == by_hand.findings() == []
    text = dump(entered.scenario).replace("soothe/", "s-")
    again = draft_from_bytes(text.encode(), "x", {})
    assert again.findings() == []
    one, other = solve(again.scenario), solve(by_hand.scenario)
    assert len(one.graph.positions) == len(other.graph.positions)
    start = machine(by_hand.scenario).start()
    assert one.at(start) == other.at(start)
    assert sorted(p.chance for p in plays(again.scenario, start, chances)) == pytest.approx(
        sorted(p.chance for p in plays(by_hand.scenario, start, chances))
    )
