"""Take Two: practise hard customer conversations in the terminal.

Five lines play a take without a screen:

    scenario = load_scenario("irate-customer")
    take = Take.start(scenario, seed=1)
    while not take.ending:
        take.reply(take.replies[0].id)
    print(take.ending.text, take.score.craft)
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from taketwo.scenario.library import load_scenario
    from taketwo.session import Take

__all__ = ["Take", "load_scenario"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """Import on first use, so that `taketwo --help` pays for neither."""
    if name == "load_scenario":
        from taketwo.scenario.library import load_scenario

        return load_scenario
    if name == "Take":
        from taketwo.session import Take

        return Take
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
