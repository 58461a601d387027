"""The outline: readable in 80 columns, each place once."""

from sketches import hostile, small, taken

from taketwo.analysis.solve import solve
from taketwo.graph.outline import text
from taketwo.graph.picture import picture
from taketwo.graph.words import cells, cut, wrapped
from taketwo.scenario.library import Library

GOLDEN = """\
The Small Umbrella
2 places to answer at, 2 endings. Before each reply stand its points, after it
where it leads.

opening · the start
  It is black. It has a duck's head 🦆.
      +3 say-back → search
      -1 thirty-days (once) → see opening
       0 ask (once) → see opening
       . silence (after 25 s) → see opening

search
  On the tram, line 4.
      -2 promise (critical error)
         → handed-over (resolved, CSAT 5), if Trust at least 1
         → walks-off (lost, CSAT 1), otherwise
      +1 look → see handed-over

At any time, once

patience-gone
  Patience at most 0
      → see walks-off

Endings

handed-over · resolved, CSAT 5
  He smiles.

walks-off · lost, CSAT 1
  He leaves.
"""

OPENING = """\
opening · the start · decisions 1 and 2
  It is black. It has a duck's head 🦆.
   2✓ +3 say-back → search
         Decision 2: kept everything open.
   1– -1 thirty-days (once) → see opening
         Decision 1: a slip, and little was lost by it.
"""


def test_a_small_scenario():
    assert text(picture(small())) == GOLDEN


def test_a_take_is_numbered_and_marked_in_signs_and_words():
    take = taken("thirty-days", "say-back", "promise")
    drawn = text(picture(small(), take.events, solve(small())))
    assert OPENING in drawn
    assert "Decision 3: closed a door, the turning point." in drawn
    assert "handed-over · resolved, CSAT 5 · the take ended here" in drawn
    assert "▼ closed a door" in " ".join(drawn.split())


def test_an_interrupt_is_told_where_it_cut_in():
    drawn = text(picture(small(), taken(".", ".").events))
    assert "Decision 2; patience-gone cut in, on to walks-off." in drawn


def test_a_take_that_goes_on_stands_somewhere():
    drawn = text(picture(small(), taken("say-back").events))
    assert "search · the take stands here" in drawn


def test_every_place_of_the_shipped_scenes_stands_once_and_in_80_columns():
    for path in Library().files():
        scenario = Library().load(str(path))
        lines = text(picture(scenario)).splitlines()
        heads = [line.split(" · ")[0] for line in lines if line and not line.startswith(" ")]
        for id in [*scenario.nodes, *scenario.interrupts, *scenario.endings]:
            assert heads.count(id) == 1
        assert max(map(cells, lines)) <= 80


def test_hostile_words_stay_on_their_lines():
    lines = text(picture(hostile())).splitlines()
    assert max(map(cells, lines)) <= 80
    assert any("<script>alert(1)</script>" in line for line in lines)


def test_wide_characters_are_counted_as_the_terminal_does():
    assert cells("日本 e\u0301") == 6
    assert wrapped("日本語日本語 ab", 6) == ["日本語", "日本語", "ab"]
    assert wrapped("", 10) == [""]


def test_a_cut_text_ends_at_a_word():
    assert cut("one two  three", 20) == "one two three"
    assert cut("one two three", 9) == "one two…"
    assert cells(cut("日本語" * 20, 11)) <= 11
