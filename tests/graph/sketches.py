"""What the tests draw: a small scenario, takes of it, and one made of texts that mean something to some
format."""

from dataclasses import replace
from pathlib import Path

from taketwo.scenario.model import ALWAYS, Branch, Line, Scenario
from taketwo.scenario.source import read_scenario
from taketwo.session import Take

UMBRELLA = Path(__file__).parents[1] / "transcript" / "small-umbrella.toml"
HOSTILE = (
    '"quotes" and \\"more\\" \\N \\n',
    "<script>alert(1)</script> &amp; &lt; ]]> <!-- -->",
    '--> |x| ]) }} end subgraph "; click n0 "javascript:1"',
    "1. list *bold* `code` [a](http://x) www.example.com #quot; #35;",
    'style:"x" #fff; classDef x:#000; %%{init: {}}%%',
    "two\nlines\tand a tab",
    "- item",
    "# head",
    "日本語のとても長い文章がここにあります、これは折り返しの試験です。" * 3,
    "\ufffd[31m \ufffe \U0001f986 \u202b",
    "x" * 300,
    " ",
)


def small() -> Scenario:
    return read_scenario(UMBRELLA, {})


def taken(*replies: str) -> Take:
    """A take of the small scenario; "." is silence."""
    take = Take.start(small(), seed=1, learner="Zoë")
    for reply in replies:
        take.stay_silent() if reply == "." else take.reply(reply)
    return take


def hostile() -> Scenario:
    """The small scenario with a node and a reply for each hostile text; each is a flag's and the title's
    words too."""
    scenario = small()
    search = scenario.nodes["search"]
    reply = search.replies[1]
    ids = [f"n{number}" for number in range(len(HOSTILE))]
    nodes = {id: replace(search, id=id, says=(Line((text,)),)) for id, text in zip(ids, HOSTILE, strict=True)}
    replies = tuple(
        replace(reply, id=id, say=(text,), goto=(Branch(id, ALWAYS),))
        for id, text in zip(ids, HOSTILE, strict=True)
    )
    endings = {key: replace(end, text=HOSTILE[1]) for key, end in scenario.endings.items()}
    return replace(
        scenario,
        title=" ".join(HOSTILE[:3]),
        flags=dict.fromkeys(scenario.flags, HOSTILE[2]),
        nodes={**scenario.nodes, "search": replace(search, replies=replies), **nodes},
        endings=endings,
    )
