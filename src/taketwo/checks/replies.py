"""How a scenario is written: what a learner needs at each node, beyond what the machine needs. All warnings."""

from collections.abc import Callable, Iterator, Mapping

from taketwo.checks.conditions import exclude_each_other
from taketwo.scenario.findings import KeyPath, Problem, Problems, finds
from taketwo.scenario.model import ALWAYS, Condition, Meter, Reply, Scenario
from taketwo.scenario.rules import every_move

FEWEST_REPLIES = 3
SAMPLES = range(2, 5)
LENGTHS_APART = 2.5
"""how many times as long as the shortest the longest variant may be"""
FEW_LETTERS = 40
"""variants that differ by no more characters than this are of like length"""


@finds("TT040")
def few_replies(scenario: Scenario) -> Problems:
    """A node with fewer than three replies: two leave nothing to weigh, one nothing to decide.

    Bad:
        [nodes.opening.replies.ask]
        goto = "calendar"
        [nodes.calendar]
        says = [{ text = "On Tuesday, I think." }]
        [nodes.calendar.replies.tuesday]
        say = "Tuesday, then. Where were you that day?"
        points = { active-listening = 1 }
        why = "Takes up the answer."
        samples = ["And where on Tuesday?", "Where did Tuesday take you?"]
        goto = "goodbye"
        [nodes.calendar.replies.sure]
        say = "You think, or you know?"
        points = { active-listening = -1 }
        why = "Sounds like a doubt about the customer."
        samples = ["Are you sure?", "Is that certain?"]
        goto = "walks-off"
    Good:
        [nodes.opening.replies.ask]
        goto = "calendar"
        [nodes.calendar]
        says = [{ text = "On Tuesday, I think." }]
        [nodes.calendar.replies.tuesday]
        say = "Tuesday, then. Where were you that day?"
        points = { active-listening = 1 }
        why = "Takes up the answer."
        samples = ["And where on Tuesday?", "Where did Tuesday take you?"]
        goto = "goodbye"
        [nodes.calendar.replies.sure]
        say = "You think, or you know?"
        points = { active-listening = -1 }
        why = "Sounds like a doubt about the customer."
        samples = ["Are you sure?", "Is that certain?"]
        goto = "walks-off"
        [nodes.calendar.replies.note]
        say = "I will write down Tuesday."
        points = { active-listening = 0 }
        why = "Notes it, and asks nothing."
        samples = ["Tuesday, noted.", "So, Tuesday."]
        goto = "goodbye"
    """
    for node in scenario.nodes.values():
        if (count := len(node.replies)) < FEWEST_REPLIES:
            yield _warning(
                "TT040",
                ("nodes", node.id, "replies"),
                f"There {'is 1 reply' if count == 1 else f'are {count} replies'} here.",
                "Write three or four that real staff would say.",
            )


@finds("TT041")
def no_why(scenario: Scenario) -> Problems:
    """A reply, or silence, without `why`: the learner would not be told what it did to this customer.

    Bad:
        [nodes.opening.silence]
        effects = { patience = -1 }
        goto = "walks-off"
    Good:
        [nodes.opening.silence]
        effects = { patience = -1 }
        why = "Dead air."
        goto = "walks-off"
    """
    for path, move in every_move(scenario):
        if not move.why:
            yield _warning(
                "TT041",
                (*path, "why"),
                "There is no `why`.",
                "Say in a sentence or two what it does to this customer.",
            )


@finds("TT042")
def few_samples(scenario: Scenario) -> Problems:
    """A reply without `samples`, or with one or more than four: they stand beside what learners say in their own words.

    Bad:
        [nodes.opening.replies.listen]
        samples = ["Only one other way to say it."]
    Good:
        [nodes.opening.replies.listen]
        samples = ["One other way to say it.", "And a second."]
    """
    for node in scenario.nodes.values():
        for reply in node.replies:
            if (count := len(reply.samples)) not in SAMPLES:
                yield _warning(
                    "TT042",
                    ("nodes", node.id, "replies", reply.id, "samples"),
                    f"There {'is 1 sample' if count == 1 else f'are {count} samples'}.",
                    "Write two to four other ways to say the same.",
                )


@finds("TT043")
def same_text(scenario: Scenario) -> Problems:
    """Two identical texts at one node: the learner cannot tell the replies apart, or the variants are none.

    Replies whose `when` exclude each other may say the same: what is right to say changes with the mood.

    Bad:
        [nodes.opening.replies.hurry]
        say = "The same words."
        [nodes.opening.replies.listen]
        say = "The same words."
    Good:
        [nodes.opening.replies.hurry]
        say = "Some words."
        [nodes.opening.replies.listen]
        say = "Other words."
    """
    for node in scenario.nodes.values():
        path: KeyPath = ("nodes", node.id)
        yield from _repeated([(_texts(path, reply), reply.when) for reply in node.replies], scenario.meters)
        for index, line in enumerate(node.says):
            says = [((*path, "says", index, "text"), text) for text in line.texts]
            yield from _repeated([(says, ALWAYS)], scenario.meters)


Texts = list[tuple[KeyPath, str]]


def _texts(path: KeyPath, reply: Reply) -> Texts:
    """Everything that `reply` can be said as, with where it stands."""
    words = (("say", reply.say), ("samples", reply.samples))
    return [((*path, "replies", reply.id, key), text) for key, texts in words for text in texts]


def _repeated(groups: list[tuple[Texts, Condition]], meters: Mapping[str, Meter]) -> Problems:
    """The texts that stand a second time where both can be on offer at once."""
    seen: dict[str, list[Condition]] = {}
    for texts, when in groups:
        for path, text in texts:
            before = seen.setdefault(" ".join(text.casefold().split()), [])
            if any(not exclude_each_other(when, other, meters) for other in before):
                short = text if len(text) <= 40 else text[:39] + "…"
                yield _warning(
                    "TT043", path, f"{short!r} stands twice at this node.", "Write it in other words."
                )
            before.append(when)


@finds("TT044")
def uneven_variants(scenario: Scenario) -> Problems:
    """Variants of one line or reply of very different length: the seed would decide how much is said.

    Bad:
        [nodes.opening.replies.listen]
        say = ["Go on.", "Tell me from the start what happened, please, so that I do not ask you twice."]
    Good:
        [nodes.opening.replies.listen]
        say = ["Tell me what happened, from the start.", "What happened? Start wherever you like."]
    """
    for path, texts in _variants(scenario):
        lengths = [len(text) for text in texts]
        least, most = min(lengths), max(lengths)
        if most > LENGTHS_APART * least and most - least > FEW_LETTERS:
            yield _warning(
                "TT044", path, f"The variants have {least} to {most} characters.", "Make them of like length."
            )


def _variants(scenario: Scenario) -> Iterator[tuple[KeyPath, tuple[str, ...]]]:
    for node in scenario.nodes.values():
        for index, line in enumerate(node.says):
            yield ("nodes", node.id, "says", index, "text"), line.texts
        for reply in node.replies:
            yield ("nodes", node.id, "replies", reply.id, "say"), reply.say


@finds("TT045")
def nothing_at_stake(scenario: Scenario) -> Problems:
    """All replies at a node have the same points: a decision that decides nothing and does not count.

    Bad:
        [nodes.opening.replies.listen]
        points = { active-listening = 1 }
        [nodes.opening.replies.ask]
        points = { active-listening = 1 }
        [nodes.opening.replies.hurry]
        points = { active-listening = 1 }
    Good:
        [nodes.opening.replies.listen]
        points = { active-listening = 2 }
        [nodes.opening.replies.ask]
        points = { active-listening = 1 }
        [nodes.opening.replies.hurry]
        points = { active-listening = 1 }
    """
    for node in scenario.nodes.values():
        totals = {reply.total for reply in node.replies}
        if len(node.replies) > 1 and len(totals) == 1:
            yield _warning(
                "TT045",
                ("nodes", node.id, "replies"),
                f"Every reply here has {totals.pop()} points.",
                "Give the better ones more.",
            )


def _warning(code: str, path: KeyPath, message: str, mend: str) -> Problem:
    return Problem(code, path, message, mend, "warning")


CHECKS: tuple[Callable[[Scenario], Problems], ...] = (
    few_replies,
    no_why,
    few_samples,
    same_text,
    uneven_variants,
    nothing_at_stake,
)
