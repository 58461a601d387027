"""One step: effects, sets, clears, spent, interrupts in file order, then the first goto that holds."""

from dataclasses import replace

import pytest
from small_scenarios import made, node, reply

from taketwo.scenario.model import Branch, Condition, Interrupt, Reply, Scenario
from taketwo.scenario.model import Test as Atom
from taketwo.take.machine import Position, machine, step

ASKED, TOLD = 1, 2


def when(*tests: Atom) -> Condition:
    return (tests,)


def is_set(flag: str) -> Condition:
    return when(Atom(flag, "set"))


def patience(op: str, value: int) -> Condition:
    return when(Atom("patience", op, value))  # type: ignore[arg-type]  # a comparison


def cut(id: str, condition: Condition, to: str) -> Interrupt:
    return Interrupt(id, condition, (Branch(to),))


def one(said: Reply, *interrupts: Interrupt, silence: Reply | None = None) -> Scenario:
    """A scenario of one node with one reply, and a second node to go to."""
    nodes = {"n0": node("n0", said, silence=silence), "n1": node("n1", reply("b", "good"))}
    return made(nodes, {each.id: each for each in interrupts})


def after(scenario: Scenario, move: str = "a", at: Position | None = None) -> Position:
    return step(scenario, at or machine(scenario).start(), move)


def test_a_scenario_starts_at_its_start_with_its_meters():
    assert machine(one(reply("a", "n1"))).start() == Position("n0", (2, 0), 0, 0)


@pytest.mark.parametrize(("change", "value"), [(-2, 0), (-3, 0), (1, 3), (9, 3)])
def test_effects_are_clamped_to_the_bounds_of_the_meter(change, value):
    assert after(one(reply("a", "n1", effects=(("patience", change),)))).meters == (value, 0)


def test_effects_are_clamped_one_by_one_in_the_order_of_the_file():
    assert after(one(reply("a", "n1", effects=(("patience", 9), ("patience", -1))))).meters == (2, 0)


def test_effects_come_before_the_conditions_of_goto():
    said = reply("a", "good", effects=(("patience", 1),))
    said = replace(said, goto=(Branch("n1", patience(">=", 3)), Branch("lost")))
    assert after(one(said)).node == "n1"


def test_sets_come_before_the_conditions_of_goto():
    said = replace(reply("a", "good", sets=("asked",)), goto=(Branch("n1", is_set("asked")), Branch("lost")))
    assert after(one(said)) == Position("n1", (2, 0), ASKED, 0)


def test_clears_come_after_sets():
    said = reply("a", "n1", sets=("asked", "told"), clears=("asked",))
    assert after(one(said)).flags == TOLD


def test_a_reply_that_is_said_once_is_spent():
    scenario = one(reply("a", "n0", once=True))
    there = after(scenario)
    assert there.spent == 1
    assert machine(scenario).offered(there) == ()


def test_goto_takes_the_first_branch_that_holds():
    said = replace(
        reply("a", "good"),
        goto=(Branch("lost", patience("<=", 0)), Branch("n1", patience(">=", 1)), Branch("fair")),
    )
    assert after(one(said)).node == "n1"


def test_an_interrupt_wins_over_goto():
    assert after(one(reply("a", "n1"), cut("x", patience("<=", 2), "lost"))).node == "lost"


def test_an_interrupt_wins_over_an_ending():
    assert after(one(reply("a", "good"), cut("x", patience("<=", 2), "n1"))).node == "n1"


def test_an_interrupt_sees_what_the_move_did():
    said = reply("a", "n1", effects=(("patience", -2),), sets=("asked",))
    both = cut("x", when(Atom("patience", "==", 0), Atom("asked", "set")), "lost")
    assert after(one(said, both)).node == "lost"


def test_the_first_interrupt_of_the_file_wins():
    scenario = one(reply("a", "n1"), cut("x", patience("<=", 2), "fair"), cut("y", patience("<=", 2), "lost"))
    assert after(scenario).node == "fair"


def test_an_interrupt_fires_once_and_then_the_next_has_its_turn():
    scenario = one(reply("a", "n0"), cut("x", patience("<=", 2), "n0"), cut("y", patience("<=", 2), "n1"))
    first = after(scenario)
    second = after(scenario, at=first)
    assert (first.node, second.node) == ("n0", "n1")


def test_a_spent_interrupt_leaves_goto_alone():
    scenario = one(reply("a", "n1"), cut("x", patience("<=", 2), "n0"))
    assert after(scenario, at=after(scenario)).node == "n1"


def test_an_interrupt_fires_after_silence_too():
    scenario = one(
        reply("a", "n1"), cut("x", patience("<=", 2), "lost"), silence=Reply(id=".", goto=(Branch("n1"),))
    )
    assert after(scenario, ".").node == "lost"


def test_an_interrupt_goes_where_its_own_conditions_say():
    branches = (Branch("fair", is_set("asked")), Branch("lost"))
    scenario = one(reply("a", "n1", sets=("asked",)), Interrupt("x", patience("<=", 2), branches))
    assert after(scenario).node == "fair"


def test_the_event_names_the_interrupt_that_fired():
    scenario = one(reply("a", "n1"), cut("x", patience(">", 2), "lost"), cut("y", patience("<=", 2), "lost"))
    start = machine(scenario).start()
    assert machine(scenario).interrupt(start, after(scenario)) == "y"


def test_a_move_that_is_not_on_offer_cannot_be_made():
    with pytest.raises(KeyError):
        step(one(reply("a", "n1")), Position("n0", (2, 0)), "b")


@pytest.mark.parametrize(
    ("op", "value", "holds"),
    [("<", 2, False), ("<=", 2, True), ("==", 2, True), ("!=", 2, False), (">=", 3, False), (">", 1, True)],
)
def test_a_reply_is_on_offer_while_its_condition_holds(op, value, holds):
    scenario = one(reply("a", "n1", when=patience(op, value)))
    assert bool(machine(scenario).offered(machine(scenario).start())) == holds


def test_any_of_several_lists_of_conditions_is_enough():
    either = ((Atom("asked", "set"),), (Atom("told", "unset"), Atom("patience", "==", 2)))
    scenario = one(reply("a", "n1", when=either))
    offered = [
        bool(machine(scenario).offered(Position("n0", (2, 0), flags))) for flags in (0, ASKED, TOLD, 3)
    ]
    assert offered == [True, True, False, True]
