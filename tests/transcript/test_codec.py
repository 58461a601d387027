"""Events and flat tables: there and back without loss, and nothing else gets through."""

import math
from contextlib import suppress

import pytest
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from small_takes import takes, twelve

from taketwo.take.events import KINDS, Legend, Replied, Started
from taketwo.take.machine import Offer, Position
from taketwo.transcript.blocks import write_table
from taketwo.transcript.codec import NO_LEGEND, Undecodable, decode, encode

LEGEND = twelve()[0].legend  # type: ignore[union-attr]  # the first event is the start
SCALARS = (str, int, float, bool)


@settings(max_examples=50, deadline=None)
@given(takes())
def test_every_event_of_every_take_comes_back_from_a_flat_table(events):
    legend = events[0].legend
    for event in events:
        table = encode(event, legend)
        assert decode(table, legend) == event
        for value in table.values():
            assert isinstance(value, SCALARS) or (value and all(type(row) is str for row in value))


names = st.from_regex(r"[a-z][a-z0-9-]{0,12}", fullmatch=True)
few_names = st.lists(names, max_size=5, unique=True).map(tuple)
small_numbers = st.integers(-1000, 1000)
points = st.lists(st.tuples(names, small_numbers), max_size=3).map(tuple)


@st.composite
def legends_and_replies(draw):
    legend = Legend(draw(few_names), draw(few_names), draw(few_names), ())
    after = Position(
        draw(names),
        tuple(draw(small_numbers) for _ in legend.meters),
        draw(st.integers(0, 2 ** len(legend.flags) - 1)),
        draw(st.integers(0, 2 ** len(legend.spendable) - 1)),
    )
    offered = tuple(Offer(*pair) for pair in draw(st.lists(st.tuples(names, points), max_size=4)))
    event = Replied(
        seq=2, at="", ms=3, node=draw(names), offered=offered, interrupt="", after=after, says="", reply=draw(names),
        said="\n\t", points=draw(points), critical="", by=draw(st.sampled_from(["", "learner", "trainer"])),
    )  # fmt: skip
    return legend, event


@settings(max_examples=50, deadline=None)
@given(legends_and_replies())
def test_any_legend_gives_positions_back(pair):
    legend, event = pair
    assert decode(encode(event, legend), legend) == event


lines = st.text(max_size=20) | st.sampled_from(
    ["tab\there", "two\nlines", '"', "\\", "\x7f", "\u200d", "\x85", "\ufffd"]
)


@settings(deadline=None)
@given(
    st.dictionaries(names, lines | st.booleans() | st.integers() | st.floats() | st.lists(lines, max_size=3))
)
def test_tables_are_written_as_tomli_w_writes_them(table):
    assert write_table(table) == tomli_w.dumps(table)


def test_what_is_empty_is_left_out():
    table = encode(twelve()[5], LEGEND)
    assert table == {
        "kind": "paused",
        "seq": 6,
        "at": "2026-11-22T10:15:37.500Z",
        "ms": 7500,
        "leaving": True,
    }


def test_a_reply_reads_like_the_design():
    table = encode(twelve()[7], LEGEND)
    assert sorted(table["offered"]) == [
        "ask:", "say-back: active-listening +2, empathy +1", "thirty-days: active-listening -1"
    ]  # fmt: skip
    assert table["meters"] == ["patience 2", "trust 0"]
    assert table["spent"] == ["opening/ask"]


KEYS = (
    "kind seq at ms by meters flags spent offered points pace seed mode says scenario at_node known_flags skills "
    "node reply end csat resolved back_to topic"
)
keys = st.sampled_from(KEYS.split()) | st.text(max_size=5)
values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.builds(lambda: 1 << 40_000),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=2),
    max_leaves=6,
)


@settings(deadline=None)
@given(st.dictionaries(keys, values, max_size=12), st.sampled_from([*KINDS, "", "other"]))
def test_no_table_raises_anything_but_undecodable(table, kind):
    try:
        decode({"kind": kind, **table}, LEGEND)
    except Undecodable as error:
        assert str(error).isprintable()


@settings(deadline=None)
@given(st.sampled_from(twelve()), st.data())
def test_one_wrong_value_raises_nothing_but_undecodable(event, data):
    table = dict(encode(event, LEGEND))
    table[data.draw(st.sampled_from(sorted(table)))] = data.draw(values)
    with suppress(Undecodable):
        assert decode(table, LEGEND).seq > 0


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"kind": "sang"}, "'sang' is not a kind of event; the known ones are started, replied, silent"),
        ({"csat": True}, "'csat' is True, where a whole number is wanted"),
        ({"csat": 6}, "'csat' is 6, which is out of its range"),
        ({"seq": None}, "the key 'seq' is missing"),
        ({"mood": 1}, "the key 'mood' does not belong to the event 'replied'"),
        ({"meters": ["patience 5"]}, "'meters' are not those that the first event declares"),
        ({"flags": ["painted"]}, "'flags' holds 'painted', which the first event does not declare"),
        ({"points": ["much"]}, "'points' holds 'much', where a name, a space and a number are wanted"),
        ({"points": [1]}, "'points' holds 1, where only texts are wanted"),
        ({"offered": ["say-back"]}, "'offered' holds 'say-back', where `REPLY: LESSON +1, …` is wanted"),
        ({"end": "won"}, "'end' is 'won', where one of resolved, escalated, callback, lost, stuck is wanted"),
    ],
)
def test_the_message_names_key_and_value(change, message):
    table = {**encode(twelve()[7], LEGEND), **change}
    with pytest.raises(Undecodable) as caught:
        decode({key: value for key, value in table.items() if value is not None}, LEGEND)
    assert str(caught.value).startswith(message)


@pytest.mark.parametrize("pace", [math.nan, math.inf, -0.5, 11, True, "1"])
def test_pace_is_a_number_in_range(pace):
    with pytest.raises(Undecodable):
        decode({**encode(twelve()[0]), "pace": pace})


def test_text_from_a_file_is_cleaned():
    table = {**encode(twelve()[9], LEGEND), "text": "\x1b]52;c;eA==\x07", "by": "\x1b[2J"}
    event = decode(table, LEGEND)
    assert event.text == "\ufffd]52;c;eA==\ufffd"
    assert event.by == "\ufffd[2J"


def test_a_start_carries_its_own_legend():
    event = decode(encode(twelve()[0], NO_LEGEND), NO_LEGEND)
    assert isinstance(event, Started)
    assert event.legend == LEGEND
