"""What the learner says to a rating: that it was seen, or why it is not right."""

from collections.abc import Sequence
from typing import NamedTuple

from taketwo.qa.sheet import WHOLE
from taketwo.scenario.findings import did_you_mean
from taketwo.take.commands import Remark
from taketwo.take.decide import Refused
from taketwo.take.events import AnyEvent, Rated, Topic


class Answering(NamedTuple):
    """The remark to make, and what is said about it."""

    remark: Remark
    words: str


def answer(
    events: Sequence[AnyEvent], topic: Topic, text: str = "", item: str = WHOLE, rater: str = ""
) -> Answering:
    """An answer to the rating of `item`, by `rater` where one is named, else by whoever rated it last.

    Raises Refused where there is no such rating, and for an appeal without a reason.
    """
    rated = [event for event in events if isinstance(event, Rated)]
    text = text.strip()
    if not rated:
        raise Refused("Nobody has rated this take yet.")
    if topic == "appeal" and not text:
        raise Refused("An appeal needs a reason.")
    if rater and rater not in {event.rater for event in rated}:
        names = list(dict.fromkeys(event.rater for event in rated))
        raise Refused(f"{rater!r} has not rated this take. {did_you_mean(rater, names)}")
    done = "acknowledged" if topic == "acknowledged" else "the appeal is noted"
    if item in ("", WHOLE) and not rater:
        return Answering(Remark(topic, text), f"{done}, about the rating as a whole.")
    mine = [event for event in rated if rater in ("", event.rater)]
    about = mine if item in ("", WHOLE) else [event for event in mine if event.item == item]
    if not about:
        known = list(dict.fromkeys(event.item for event in mine))
        raise Refused(f"{item!r} has not been rated. {did_you_mean(item, known)}")
    last = about[-1]
    return Answering(
        Remark(topic, text, about=last.seq),
        f"{done}, about {last.item}, rated by {last.rater or 'somebody'}.",
    )
