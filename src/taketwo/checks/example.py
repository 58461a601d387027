"""The smallest playable scenario, a small programme and a small QA form, and a fragment laid over them: the examples of every finding."""

from typing import Any

import tomli
import tomli_w

Table = dict[str, Any]

ID = "example"
BASE = """\
format = 1
id = "example"
title = "The Example"
level = 1
minutes = 1
channel = "counter"
centre = ["active-listening"]
start = "opening"

[briefing]
role = "You are at the lost-property desk."
situation = "Somebody comes in from the rain."

[customer]
name = "Imre"

[meters.patience]
start = 6

[nodes.opening]
says = [{ text = "I have lost my umbrella." }]

[nodes.opening.replies.listen]
say = "Which one was it, and where did you last have it?"
points = { active-listening = 2 }
why = "Asks what only the customer can tell."
effects = { patience = 1 }
samples = ["What does it look like?", "Where did you see it last?"]
goto = "search"

[nodes.opening.replies.ask]
say = "When was that?"
points = { active-listening = 0 }
why = "A question, and not yet the one that helps."
samples = ["What day was it?", "How long ago?"]
goto = "goodbye"

[nodes.opening.replies.hurry]
say = "We close in five minutes."
points = { active-listening = -1 }
why = "Answers a question that nobody asked."
effects = { patience = -3 }
samples = ["We are about to close.", "It is nearly six."]
goto = [{ when = ["patience <= 3"], to = "walks-off" }, { to = "goodbye" }]

[nodes.search]
says = [{ text = "A black one, with a duck's head." }]

[nodes.search.replies.look]
say = "I will look for the duck's head first."
points = { active-listening = 2 }
why = "Uses what was just said."
samples = ["Let me look for the duck.", "A duck's head, I will look."]
goto = "goodbye"

[nodes.search.replies.form]
say = "Then please fill in this form."
points = { active-listening = 0 }
why = "Correct, and cold."
samples = ["Here is the form for it.", "We need it in writing."]
goto = "goodbye"

[nodes.search.replies.shrug]
say = "They all look like that."
points = { active-listening = -2 }
why = "Waves away what matters to the customer."
samples = ["Umbrellas are umbrellas.", "We have fifty of those."]
goto = "walks-off"

[endings.goodbye]
kind = "resolved"
csat = 4
resolved = true
text = "The umbrella is found."

[endings.walks-off]
kind = "lost"
csat = 1
resolved = false
text = "The customer walks off."

[lessons.active-listening]
title = "Listening"
skill = "listening"
stance = "model"
source = "An example"
character = "a good listener"
happens = "Somebody listens."
lesson = "Listen first."
models = "Gives back what was said."
breaks = "Talks over it."
"""


PROGRAMME = """\
format = 1
title = "The example programme"

[rounds.first-calls]
title = "First calls"
about = "Something that goes well, a trouble, and something to be proud of."
opener = "new-chair"
middles = ["irate-customer", "charged-twice"]
wow = "midnight-record"

[rounds.bad-news]
title = "Bad news"
about = "The answer is no."
opener = "gift-wrap"
middles = ["bad-news-call"]
wow = "the-wow"
opens = { passes = 3 }
"""
FORM = """\
format = 1
id = "example"
version = "1"
title = "The example form"
pass_mark = 60
scale = ["missing", "in part", "met"]

[sections.listening]
title = "Listening"
weight = 40
lessons = ["active-listening"]

[sections.listening.items.says-back]
question = "Is it said back?"
anchors = ["No.", "In part.", "In full."]

[sections.solving]
title = "Solving"
weight = 60
lessons = ["be-the-hope"]

[sections.solving.items.next-step]
question = "Is there a next step?"
anchors = ["Names no step.", "Names a step.", "Names a step and a time."]
na = "Nothing was left to do."

[critical]
invented-manager = "Invents a manager."
false-promise = "Promises what cannot be kept."
failed-verification = "Passes over the check."
private-data = "Tells what is another person's."
abuse = "Insults the customer."
hung-up = "Hangs up."
"""
SCENES = {
    "new-chair": 1,
    "midnight-record": 1,
    "gift-wrap": 1,
    "irate-customer": 2,
    "charged-twice": 2,
    "bad-news-call": 3,
    "the-wow": 4,
}
"""The scenes that the example programme can name, with their levels."""


def laid_over(fragment: str, base: str = BASE) -> str:
    """The example scenario, or `base`, with `fragment` merged into it; one that is not TOML is put before it."""
    try:
        over = tomli.loads(fragment)
    except tomli.TOMLDecodeError:
        return fragment + base
    return tomli_w.dumps(_merged(tomli.loads(base), over))


def _merged(table: Table, over: Table) -> Table:
    merged = dict(table)
    for key, value in over.items():
        below = merged.get(key)
        merged[key] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return merged
