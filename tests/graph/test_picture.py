"""The picture as data: what leads where and when, and where a take went."""

import pytest
from sketches import small, taken

from taketwo.analysis.solve import solve
from taketwo.graph.order import reading_order
from taketwo.graph.picture import condition_words, picture
from taketwo.scenario import model
from taketwo.scenario.model import ALWAYS


def edges(drawn):
    return [(e.source, e.choice.id, e.choice.how, e.choice.total, e.to, e.when) for e in drawn.edges()]


def test_every_reply_silence_and_interrupt_is_an_edge_with_points_and_condition():
    assert edges(picture(small())) == [
        ("opening", "say-back", "reply", 3, "search", ""),
        ("opening", "thirty-days", "reply", -1, "opening", ""),
        ("opening", "ask", "reply", 0, "opening", ""),
        ("opening", ".", "silence", 0, "opening", ""),
        ("search", "promise", "reply", -2, "handed-over", "Trust at least 1"),
        ("search", "promise", "reply", -2, "walks-off", "otherwise"),
        ("search", "look", "reply", 1, "handed-over", ""),
        ("!patience-gone", "patience-gone", "interrupt", 0, "walks-off", ""),
    ]


def test_places_are_nodes_then_interrupts_then_endings():
    drawn = picture(small())
    assert [(place.name, place.kind) for place in drawn.places.values()] == [
        ("opening", "node"),
        ("search", "node"),
        ("patience-gone", "interrupt"),
        ("handed-over", "ending"),
        ("walks-off", "ending"),
    ]
    assert (drawn.places["walks-off"].result, drawn.places["walks-off"].csat) == ("lost", 1)


def test_without_a_take_there_is_no_path():
    drawn = picture(small())
    assert (drawn.steps, drawn.last, drawn.learner) == ((), "", "")


def test_a_take_has_its_steps_with_the_marks_of_the_review():
    take = taken("thirty-days", "say-back", "promise")
    drawn = picture(small(), take.events, solve(small()))
    assert [(s.number, s.node, s.choice, s.to, s.mark) for s in drawn.steps] == [
        (1, "opening", "thirty-days", "opening", "slip"),
        (2, "opening", "say-back", "search", "best"),
        (3, "search", "promise", "handed-over", "closed"),
    ]
    assert [s.turning for s in drawn.steps] == [False, False, True]
    assert drawn.last == "handed-over"
    assert [p.number for p in drawn.places["opening"].passes] == [1, 2]


def test_words_are_those_that_the_take_heard_and_said():
    take = taken("say-back", "look")
    drawn = picture(small(), take.events)
    assert drawn.places["opening"].words == take.events[0].says
    assert "Zoë" in drawn.places["opening"].words or "black" in drawn.places["opening"].words
    assert "{learner}" not in "".join(c.say for place in drawn.places.values() for c in place.choices)


def test_without_a_solution_the_steps_have_no_marks():
    drawn = picture(small(), taken("say-back").events)
    assert [(s.mark, s.turning) for s in drawn.steps] == [("", False)]
    assert drawn.last == "search"


def test_an_interrupt_that_cut_in_is_part_of_the_path():
    drawn = picture(small(), taken(".", ".").events)
    assert [(a, b, step.number) for a, b, step in drawn.legs()] == [
        ("opening", "opening", 1),
        ("opening", "!patience-gone", 2),
        ("!patience-gone", "walks-off", 2),
    ]


def test_what_was_taken_back_is_not_part_of_the_path():
    take = taken("thirty-days", "say-back")
    take.rewind()
    drawn = picture(small(), take.events)
    assert [step.choice for step in drawn.steps] == ["thirty-days"]
    assert drawn.last == "opening"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (ALWAYS, ""),
        (((model.Test("patience", "<", 3),),), "Patience below 3"),
        (
            ((model.Test("patience", "!=", 3), model.Test("trust", ">", 0)),),
            "Patience not at 3 and Trust above 0",
        ),
        (((model.Test("described", "set"),),), "“The umbrella was described”"),
        (
            ((model.Test("searched", "unset"),), (model.Test("trust", "==", -1),)),
            "not “The shelf was searched”; or Trust at -1",
        ),
    ],
)
def test_conditions_are_said_in_words(condition, words):
    assert condition_words(condition, small()) == words


def test_reading_order_has_a_place_after_those_that_lead_to_it():
    links = {"a": ["b", "c"], "b": ["d"], "c": ["b"], "d": ["a"], "lone": ["lone"]}
    order, back = reading_order(links, ["a", "lone"])
    assert order == ["a", "c", "b", "d", "lone"]
    assert back == {("d", "a"), ("lone", "lone")}


def test_a_long_chain_needs_no_deep_stack():
    links = {str(n): [str(n + 1)] for n in range(50_000)}
    assert reading_order(links, ["0"])[0] == [str(n) for n in range(50_001)]
