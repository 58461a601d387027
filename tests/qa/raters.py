"""What the tests of ratings share: a small form, takes of the umbrella scene, and people who rate them."""

from functools import cache
from pathlib import Path

from house import SEED, HandClock, umbrella
from taketwo.checks import example
from taketwo.qa.form import Form
from taketwo.qa.source import FORMS
from taketwo.session import Session
from taketwo.take.commands import Rate, Start

WIDE = """\
[sections.listening.items.asks]
question = "Does the agent ask?"
anchors = ["Asks nothing.", "Asks something.", "Asks what matters."]
weight = 3
na = "There was nothing to ask."

[sections.solving]
weight = 40

[sections.manner]
title = "Manner"
weight = 20
lessons = ["honesty"]

[sections.manner.items.warm]
question = "Is it warm?"
anchors = ["Cold.", "Polite.", "Warm."]
na = "Nothing was said."
"""


@cache
def form(fragment: str = WIDE) -> Form:
    """The example form with more in it: three sections of 40, 40 and 20, four items."""
    text = example.laid_over(fragment, example.FORM)
    found, draft = FORMS.draft_of(text.encode(), "qa-form.toml")
    assert found is not None, draft.findings()
    assert not draft.problems, draft.findings()
    return found


def form_file(folder: Path, fragment: str = WIDE) -> Path:
    """The same as a file."""
    path = folder / "qa-form.toml"
    path.write_text(example.laid_over(fragment, example.FORM), encoding="utf-8")
    return path


def played(*replies: str, learner: str = "Zoë", seed: int = SEED) -> Session:
    """A take in memory; without replies a good one that is over."""
    session = Session(umbrella(), clock=HandClock())
    session.do(Start(learner=learner, seed=seed))
    for reply in replies or ("say-back", "look"):
        session.say(reply)
    return session


def rated(session: Session, rater: str, by: Form | None = None, /, **values: int) -> Session:
    """`rater` rates items; `_` in a name is a hyphen."""
    label = (by or form()).label
    for name, value in values.items():
        session.do(Rate(label, name.replace("_", "-"), value, rater=rater), by="trainer")
    return session
