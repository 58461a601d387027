"""The reel: running, stepping, winding, and what is known of every place in it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_takes import played, takes, twelve

from taketwo.take.commands import Remark, Rewind, Say, Start
from taketwo.take.events import Moved, Rewound
from taketwo.take.evolve import replay
from taketwo.transcript.replaying import cell_of, cells, reel

films = takes().map(reel)


@given(films, st.lists(st.integers(0, 10**6)))
def test_played_from_start_to_end_every_event_is_shown_exactly_once(film, pauses):
    spot, shown = film.start, [film.events[0]]
    for ms in [*pauses, film.length]:
        later = film.run(spot, ms)
        shown += film.events[spot.shown : later.shown]
        spot = later
    assert shown == list(film.events)
    assert spot == film.end


@given(films)
def test_stepped_from_start_to_end_every_event_is_shown_exactly_once(film):
    spot, shown = film.start, [film.seen(film.start)]
    while spot != film.end:
        spot = film.step(spot, 1)
        shown.append(film.seen(spot))
    assert shown == list(film.events)


@given(films, st.data())
def test_a_step_forth_and_back_changes_nothing(film, data):
    spot = film.seek_event(data.draw(st.integers(1, len(film.events))))
    if spot != film.end:
        assert film.step(film.step(spot, 1), -1) == spot
    if spot != film.start:
        assert film.step(film.step(spot, -1), 1) == spot


@given(films, st.integers(-10, 2 * 10**6))
def test_winding_to_where_one_is_changes_nothing(film, ms):
    spot = film.seek(ms)
    assert film.seek(spot.ms) == spot
    assert film.times[spot.shown - 1] <= spot.ms
    assert spot == film.end or spot.ms < film.times[spot.shown]


@given(films, st.data())
def test_what_is_known_of_a_place_is_what_the_events_up_to_it_make(film, data):
    spot = film.seek_event(data.draw(st.integers(1, len(film.events))))
    state = replay(list(film.events[: spot.shown]))
    assert film.position(spot) == state.position
    assert film.number_at(spot) == state.decisions


@given(films)
def test_decisions_are_counted_or_taken_back(film):
    moved = {index for index, event in enumerate(film.events) if isinstance(event, Moved)}
    assert moved == set(film.counted) | set(film.undone)
    assert not set(film.counted) & set(film.undone)
    assert all(isinstance(film.events[by], Rewound) for by in film.undone.values())
    for number, index in enumerate(film.counted, 1):
        assert film.decision(number) == film.seek_event(index + 1)
        assert film.numbers[index] == number


@given(takes(), st.data())
def test_marks_are_wound_to_in_order_forth_and_back(events, data):
    seqs = [event.seq for event in events if isinstance(event, Moved)]
    marks = {
        seq: data.draw(st.sampled_from(["closed", "harder", "recovery", "slip", "best"])) for seq in seqs
    }
    film = reel(events, marks)
    spot, forth = film.start, []
    while later := film.next_mark(spot):
        forth.append(later)
        spot = later
    assert [later.shown - 1 for later in forth] == list(film.marked)
    spot, back = film.end, [film.end] if film.marked and film.marked[-1] == len(events) - 1 else []
    while earlier := film.next_mark(spot, -1):
        back.append(earlier)
        spot = earlier
    assert back[::-1] == forth


@given(films, st.integers(1, 120))
def test_the_bar_goes_from_start_to_end_and_finds_its_own_cells(film, width):
    bar = cells(film, width)
    assert len(bar) == width
    assert bar[0].spot.ms == film.times[0]
    spots = [cell.spot for cell in bar]
    assert spots == sorted(spots)
    if width > 1:
        assert bar[-1].spot == film.end
    for number in range(len(film.events)):
        assert 0 <= cell_of(film, film.seek_event(number + 1), width) < width


def test_a_critical_error_is_a_mark_without_a_review():
    film = reel(played([Start(), Say("say-back"), Say("promise")]))
    assert dict(film.stops) == {2: "critical"}
    assert {cell.stop for cell in cells(film, 10)} == {None, "critical"}


def test_notes_lie_at_the_event_that_they_are_about():
    film = reel(twelve())
    assert [note.text for note in film.notes[9]] == [film.events[9].text]


def test_a_take_that_was_rewound_counts_as_it_ended():
    film = reel(played([Start(), Say("thirty-days"), Rewind(), Say("say-back"), Remark("note", "n")]))
    assert (film.counted, dict(film.undone), film.numbers) == ((3,), {1: 2}, (0, 1, 0, 1, 1))
    assert film.decisions == (-1, 1, 1, 3, 3)
    assert film.waited(film.seek(5000)) == 500


def test_a_log_without_its_start_is_no_film():
    with pytest.raises(ValueError, match="begins with its start"):
        reel([])
