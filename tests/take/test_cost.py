"""A step costs the same at turn 10 and at turn 5,000: counted in calls, so that no clock decides."""

import sys
from collections.abc import Callable

from small_scenarios import made, node, reply

from taketwo.session import Take


def calls_of(work: Callable[[], object]) -> int:
    """How many calls `work` makes, of Python and of C functions."""
    count = 0

    def profile(frame: object, event: str, argument: object) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(profile)
    try:
        work()
    finally:
        sys.setprofile(None)
    return count


def endless() -> Take:
    """A take that can go on for ever, ten turns in."""
    there, back = (("patience", 1),), (("patience", -1),)
    nodes = {
        "n0": node("n0", reply("a", "n1", effects=there), reply("b", "n0")),
        "n1": node("n1", reply("a", "n0", effects=back), reply("b", "n1")),
    }
    take = Take.start(made(nodes))
    answer(take, 10)
    return take


def answer(take: Take, times: int) -> None:
    for _ in range(times):
        take.reply("a")


def one_turn(take: Take) -> Callable[[], object]:
    return lambda: (take.says, take.replies, take.meters, take.reply("a"))


def test_a_turn_costs_the_same_after_five_thousand_others():
    take = endless()
    early = calls_of(one_turn(take))
    answer(take, 4_989)
    assert take.state.decisions == 5_000
    assert calls_of(one_turn(take)) == early


def test_taking_back_the_last_decision_costs_the_same_after_five_thousand_others():
    take = endless()
    early = calls_of(take.rewind)
    answer(take, 4_991)
    assert take.state.decisions == 5_000
    assert calls_of(take.rewind) == early
