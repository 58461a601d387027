"""What the facilitator's page is computed from, against every play written out and against scenes made by hand."""

from dataclasses import replace

from every_play import plays
from hypothesis import given
from small_scenarios import made, node, reply, scenarios

from taketwo.analysis.solve import solve
from taketwo.book.failing import likeliest_failure
from taketwo.book.guide import guide
from taketwo.book.late import latest
from taketwo.scenario.model import ALWAYS, Branch, Line, Scenario, Test
from taketwo.take.machine import machine

ASKED = ((Test("asked", "set"),),)


def decent(menu: list[tuple[tuple[str, ...], int]]) -> list[float]:
    return [2.0**points for _, points in menu]


@given(scenarios())
def test_no_failing_play_is_likelier(scenario: Scenario) -> None:
    solution = solve(scenario)
    failed = [
        play.chance
        for play in plays(scenario, machine(scenario).start(), decent)
        if play.critical or not play.acceptable
    ]
    found = likeliest_failure(solution)
    if not max(failed, default=0.0):
        assert found is None
        return
    assert found is not None
    assert abs(found.chance - max(failed)) < 1e-12
    at = solution.graph.positions[solution.graph.roots[0]]
    for loss in found.losses:
        assert loss.position.node == at.node
        at = machine(scenario).step(at, loss.move)
    assert at.node == found.end


def test_the_hinge_is_where_most_is_lost() -> None:
    scenario = made(
        {
            "one": node("one", reply("well", "two", 2), reply("so-so", "two", 1)),
            "two": node("two", reply("yes", "good", 2), reply("no", "lost", 1), reply("never", "lost", -2)),
        }
    )
    hinge = guide(solve(scenario)).hinge
    assert hinge is not None
    assert (hinge.loss.number, hinge.loss.move.reply.id, hinge.failing.end) == (2, "no", "lost")
    assert (hinge.best.reply.id, hinge.tempting.reply.id, hinge.left) == ("yes", "no", 0.0)
    assert abs(hinge.loss.before - 4 / (4 + 2 + 1 / 4)) < 1e-12


def test_a_critical_error_leaves_no_chance_wherever_it_leads() -> None:
    lie = reply("lie", "good", 1, critical="false-promise")
    scenario = made({"one": node("one", reply("truth", "good", 2), lie)})
    hinge = guide(solve(scenario)).hinge
    assert hinge is not None
    assert (hinge.loss.move.reply.id, hinge.loss.after, hinge.failing.end) == ("lie", 0.0, "good")


def test_where_nobody_fails_there_is_no_turning_point() -> None:
    scenario = made({"one": node("one", reply("a", "good", 1), reply("b", "fair", 0))})
    assert guide(solve(scenario)).hinge is None


def test_the_conflict_is_a_reply_with_points_for_one_lesson_and_against_another() -> None:
    torn = replace(reply("torn", "fair"), points=(("active-listening", 1), ("honesty", -2)))
    mild = replace(reply("mild", "fair"), points=(("active-listening", 1), ("honesty", -1)))
    scenario = made({"one": node("one", reply("best", "good", 2), mild, torn, reply("gone", "lost", -1))})
    conflict = guide(solve(scenario)).conflict
    assert conflict is not None
    assert conflict.move.reply.id == "torn"
    assert (conflict.serves, conflict.hurts) == (("active-listening", 1), ("honesty", -2))
    assert conflict.best.reply.id == "best"


def long_memory(**last: object) -> Scenario:
    """A question in the first decision that only the last place remembers."""
    start = node("n0", reply("ask", "n1", 1, sets=("asked",)), reply("skip", "n1"))
    middle = {
        f"n{i}": node(f"n{i}", reply("on", f"n{i + 1}", 1), reply("off", "lost", -1)) for i in range(1, 5)
    }
    end = node("n5", reply("yes", "good", 1), reply("no", "lost"))
    return made({"n0": start, **middle, "n5": replace(end, **last)})  # type: ignore[arg-type]


def test_a_late_consequence_is_heard() -> None:
    scenario = long_memory(says=(Line(("You asked me.",), ASKED), Line(("Nobody asked.",), ALWAYS)))
    late = latest(solve(scenario).graph)
    assert late is not None
    assert (late.flag, late.by.reply.id, late.number, late.later, late.how) == ("asked", "ask", 1, 6, "says")
    says = machine(scenario).says
    assert (says(late.read_at, 0), says(late.without, 0)) == ("You asked me.", "Nobody asked.")


def test_a_late_consequence_leads_elsewhere() -> None:
    way = replace(reply("yes", "good", 1), goto=(Branch("good", ASKED), Branch("fair", ALWAYS)))
    late = latest(solve(long_memory(replies=(way, reply("no", "lost")))).graph)
    assert late is not None and late.way is not None
    assert (late.how, late.way.reply.id, late.later) == ("leads", "yes", 6)


def test_a_late_consequence_is_a_reply_that_comes_on_offer() -> None:
    more = reply("as-you-asked", "good", 2, when=ASKED)
    late = latest(solve(long_memory(replies=(reply("yes", "good", 1), more))).graph)
    assert late is not None and late.way is not None
    assert (late.how, late.way.reply.id) == ("offers", "as-you-asked")


def test_a_flag_that_changes_nothing_is_no_consequence() -> None:
    assert latest(solve(long_memory()).graph) is None
