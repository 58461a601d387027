"""Takes to read: a transcript, the Hollywood cut."""

from collections.abc import Mapping, Sequence

from taketwo.debrief import turns
from taketwo.export.spoken import NO_REVIEW, reviewed, spoken
from taketwo.plain.console import Console
from taketwo.review import Reviewed, Steering
from taketwo.scenario.model import Scenario
from taketwo.session import hollywood_take
from taketwo.take.events import AnyEvent
from taketwo.wording import hollywood_words


def show_review(console: Console, row: Reviewed | None, numbers: dict[int, int]) -> None:
    """What the solved scenario says about a decision, a line each."""
    for text, before in reviewed(row, numbers):
        console.say(text, before)


def transcript(
    console: Console,
    events: Sequence[AnyEvent],
    scenario: Scenario | None,
    reviews: Mapping[int, Reviewed] = NO_REVIEW,
    steered: Sequence[Steering] = (),
) -> None:
    """A take to read: who said what, with what it did where the scenario is known, and the review where solved."""
    for said in spoken(events, scenario, reviews, steered):
        console.say(said.text, said.indent)


def hollywood(console: Console, scenario: Scenario) -> None:
    """The scene as films play it: expectation against reality."""
    take = hollywood_take(scenario)
    console.say(f"{scenario.title}: the Hollywood cut")
    console.say()
    console.say(f"{take.started.who or scenario.customer.name}: {take.started.says}")
    for turn in turns(take.events, scenario):
        console.say(f"You, as in the films: {turn.said}")
        for line in hollywood_words(turn, scenario):
            console.say(line, "  | ")
        console.say(f"{turn.answerer}: {turn.answer}" if not turn.end else turn.answer)
