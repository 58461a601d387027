"""Measures: each bar is met by one small example and missed by another."""

import pytest
from small_scenarios import made, node, reply

from taketwo.analysis.figures import Figures, figures
from taketwo.analysis.measures import Measure, Tell, percent, pooled, tells
from taketwo.analysis.policies import POLICIES
from taketwo.analysis.report import Report, analyse
from taketwo.analysis.solve import solve
from taketwo.scenario.model import SILENCE, Branch, Line, Node, Reply, Scenario
from taketwo.scenario.model import Test as Atom


def corridor(length: int, best: str = "good", **more: object) -> Scenario:
    """`length` decisions in a row with three replies each; the longest is never the best."""
    nodes = {}
    for i in range(length):
        onward = best if i == length - 1 else f"n{i + 1}"
        nodes[f"n{i}"] = node(
            f"n{i}",
            reply("slip", "lost" if i == 2 else onward, -1, "A long and wordy answer that misses"),
            reply("best", onward, 2, "Just right here"),
            reply("half", "fair" if i == length - 1 else onward, 0, "Hm, well"),
        )
    return made(nodes, **more)  # type: ignore[arg-type]


def measure(report: Report, id: str) -> Measure:
    return next(each for each in report.measures if each.id == id)


def test_a_long_enough_scenario_with_a_full_best_play_is_ok() -> None:
    report = analyse(corridor(12))
    best, shortest = measure(report, "best-play"), measure(report, "shortest-pass")
    assert best.ok and best.words == (
        "The best play ends in good with CSAT 5, and gives away 0 craft points."
    )
    assert shortest.ok and shortest.figure == 12
    assert measure(report, "good-length").ok
    assert measure(report, "nodes").ok


def test_a_short_one_is_not() -> None:
    report = analyse(corridor(4, best="fair"))
    assert [measure(report, id).ok for id in ("best-play", "shortest-pass", "good-length", "nodes")] == [
        False
    ] * 4


def test_guessing_has_a_figure() -> None:
    report = analyse(corridor(1))
    craft = measure(report, "random-craft")
    assert craft.figure == pytest.approx(4 / 9)
    assert craft.ok and craft.words == "Guessing earns 44 % of the craft."
    assert not measure(report, "random-pass").ok
    assert measure(analyse(corridor(6)), "random-pass").ok


def test_a_scenario_that_the_first_reply_passes_says_so() -> None:
    nodes = {
        f"n{i}": node(f"n{i}", reply("a", f"n{i + 1}" if i < 5 else "good", 2), reply("b", "lost"))
        for i in range(6)
    }
    report = analyse(made(nodes))
    first = measure(report, "first-pass")
    assert not first.ok
    assert first.words == "Always choosing the first in the file passes in 100 % of the plays."
    assert measure(report, "second-pass").ok
    assert not measure(report, "first-craft").ok


def test_what_no_play_reaches_is_named() -> None:
    hidden = reply("hidden", "good", when=((Atom("told", "set"),),))
    opening = Node(
        "n0", (Line(("Ah.",), ((Atom("patience", ">", 9),),)), Line(("Hm.",))), (reply("a", "fair"), hidden)
    )
    report = analyse(made({"n0": opening, "n1": node("n1", reply("b", "lost"))}))
    assert measure(report, "reach-nodes").words == "Never reached: n1."
    assert measure(report, "reach-replies").words == "Never reached: n0/hidden, n1/b."
    assert measure(report, "reach-lines").words == "Never reached: n0: line 1, n1: line 1."
    assert measure(report, "reach-endings").words == "Never reached: good, poor, lost."


def test_an_ending_that_only_bad_replies_reach_is_not_sensible() -> None:
    scenario = made({"n0": node("n0", reply("a", "good", 2), reply("b", "fair", 0), reply("c", "lost", -2))})
    words = measure(analyse(scenario), "sensible").words
    assert words.startswith("No sensible play reaches poor, lost.")


def test_silence_is_never_sensible() -> None:
    silence = Reply(id=SILENCE, goto=(Branch("lost"),))
    scenario = made({"n0": node("n0", reply("a", "good"), silence=silence)})
    assert "lost" in measure(analyse(scenario), "sensible").words


def test_a_draft_with_a_circle_has_measures_too() -> None:
    scenario = made(
        {"n0": node("n0", reply("a", "n1"), reply("b", "good")), "n1": node("n1", reply("c", "n0"))}
    )
    report = analyse(scenario)
    assert measure(report, "cycle").words == "It goes in a circle: n0 → n1 → n0."
    assert not measure(report, "policies").ok
    assert report.policies == ()
    assert report.best is not None and report.best.end == "good"


def test_ways_to_a_stop_are_shown() -> None:
    only = ((Atom("told", "set"),),)
    scenario = made({"n0": node("n0", reply("a", "n1")), "n1": node("n1", reply("b", "good", when=only))})
    (way,) = analyse(scenario).stuck
    assert [(move.node, move.reply) for move in way.moves] == [("n0", "a")]
    assert (way.end, way.csat) == ("n1", 0)


def test_length_is_told_for_nodes_with_one_best_reply() -> None:
    tied = node("n1", reply("a", "good", 1), reply("b", "good", 1), reply("c", "good"))
    nodes = {
        "n0": node("n0", reply("a", "n1", 2, "Ah"), reply("b", "n1", 0, "Oh"), reply("c", "n1", 0, "Long"))
    }
    assert tells(solve(made({**nodes, "n1": tied}))) == (Tell("n0", 3, 0.0, 0.5),)


def scene(**crafts: float) -> tuple[Figures, ...]:
    return tuple(Figures(p.id, {}, {}, crafts.get(p.id, 0.5), (), 0.0, 6.0, False) for p in POLICIES)


def test_pooled_craft_is_the_mean_over_scenes() -> None:
    found = {m.id: m for m in pooled([(scene(longest=0.6), ()), (scene(longest=0.5), ())])}
    assert found["pooled-longest-craft"].figure == pytest.approx(0.55)
    assert found["pooled-longest-craft"].ok
    assert not {m.id: m for m in pooled([(scene(longest=0.57), ())])}["pooled-longest-craft"].ok


@pytest.mark.parametrize(("hits", "ok"), [(0, False), (10, True), (17, True), (19, False), (30, False)])
def test_length_may_give_the_best_away_no_more_and_no_less_than_chance(hits: int, ok: bool) -> None:
    found = pooled([(scene(), [Tell(f"n{i}", 3, float(i < hits), 1 / 3) for i in range(36)])])
    by = {m.id: m for m in found}
    assert by["longest-best"].ok is ok
    assert by["longest-best"].bar == "6.5 to 17.5 of 36"
    assert by["shortest-best"].ok


def test_shares_read_well() -> None:
    shown = [percent(share) for share in (0, 1e-9, 0.0123, 0.099, 0.4449, 1, None)]
    assert shown == ["0 %", "<0.1 %", "1.2 %", "9.9 %", "44 %", "100 %", "—"]


def test_figures_of_best_play_are_full_marks() -> None:
    solution = solve(corridor(6))
    best = next(policy for policy in POLICIES if policy.id == "best")
    assert figures(solution, best).craft == 1


def test_a_report_tells_craft_in_bands() -> None:
    (random, *_) = analyse(corridor(12)).policies
    assert sum(chance for _, _, chance in random.spread) == pytest.approx(1)
    assert {stake for _, stake, _ in random.spread} == {20}
    assert len(random.spread) <= 21
