"""A line may be somebody else's than the customer's: a colleague beside you, a child, a machine."""

from taketwo import Take
from taketwo.checks import example
from taketwo.debrief import turns
from taketwo.scenario.source import draft_from_bytes
from taketwo.transcript.codec import decode, encode

OTHER = """
[nodes.search]
says = [{ when = ["patience >= 7"], who = "{names.child}", text = "It's a duck!" }, { text = "A black one." }]
[names.names]
child = "Bora"
"""


def take():
    draft = draft_from_bytes(example.laid_over(OTHER).encode(), "example.toml", {})
    assert draft.findings() == []
    return Take.start(draft.scenario)


def test_the_customer_speaks_unless_the_scene_says_who():
    play = take()
    assert play.speaker == "Imre"
    play.reply("listen")
    assert (play.speaker, play.says) == ("Bora", "It's a duck!")
    play.rewind()
    assert play.speaker == "Imre"


def test_the_transcript_says_who_spoke():
    play = take()
    play.reply("listen")
    play.reply("look")
    first, second = turns(play.events, play.scenario)
    assert (first.speaker, first.answerer) == ("Imre", "Bora")
    assert (second.speaker, second.answerer) == ("Bora", "")
    table = encode(play.events[1], play.started.legend)
    assert table["who"] == "Bora"
    assert decode(table, play.started.legend) == play.events[1]
