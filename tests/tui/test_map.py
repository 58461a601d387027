"""The map after a take: every way through the scene, and the one that was taken."""

import pytest
from stage import SIZES, TINY, press, program, screen, settled, sheet_of, text_of

from house import SEED, name_of, umbrella
from taketwo.session import begin
from taketwo.take.commands import Start
from taketwo.transcript.shelf import Shelf
from taketwo.tui.debrief import DebriefScreen
from taketwo.tui.sheet import Sheet

WIDE = (120, 40)


def finished(folder):
    """A finished take of the umbrella scene, the first reply on offer each time."""
    session = begin(Shelf(folder / "saves"), umbrella(), Start(learner="Zoë", seed=SEED))
    while not session.state.over:
        session.say(session.replies[0].id)
    return session


async def opened(pilot, session):
    """From the debrief to the map, saying yes to what it costs."""
    await settled(pilot)
    await pilot.app.push_screen(DebriefScreen(session, asked=True))
    await settled(pilot)
    await press(pilot, "g")
    if screen(pilot) == "AskYes":
        await press(pilot, "y")


def key(pilot):
    return pilot.app.screen.query_one(Sheet).key


async def test_it_shows_every_place_and_marks_the_path(tmp_path):
    session = finished(tmp_path)
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot, session)
        assert screen(pilot) == "MapScreen"
        shown = sheet_of(pilot)
    for id in [*umbrella().nodes, *umbrella().endings]:
        assert id in shown
    assert "the start · decision 1" in shown
    assert "Decision 1" in shown
    assert "the take ended here" in shown


async def test_opening_it_is_asked_for_once_and_counts_as_having_seen_better_replies(tmp_path):
    session = finished(tmp_path)
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await pilot.app.push_screen(DebriefScreen(session, asked=True))
        await press(pilot, "g")
        assert "later passes of this scene" in text_of(pilot)
        await press(pilot, "n")
        assert screen(pilot) == "DebriefScreen"
        assert not any(getattr(event, "topic", "") == "better-shown" for event in session.events)
        await press(pilot, "g", "y")
        assert screen(pilot) == "MapScreen"
        await press(pilot, "q", "g")
        assert screen(pilot) == "MapScreen"
    assert [getattr(event, "topic", "") for event in session.events].count("better-shown") == 1
    name_of(session)
    assert Shelf(tmp_path / "saves").best_and_last("Zoë")["lost-umbrella"].better_shown


async def test_keys_walk_from_place_to_place_and_along_the_take(tmp_path):
    session = finished(tmp_path)
    nodes = [event.node for event in session.events if hasattr(event, "node")]
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot, session)
        order = [block.key for block in pilot.app.screen.query_one(Sheet).blocks if block.key]
        assert key(pilot) == order[0] == umbrella().start
        await press(pilot, "down")
        assert key(pilot) == order[1]
        await press(pilot, "up")
        walked = []
        for _ in nodes:
            walked.append(key(pilot))
            await press(pilot, "right")
        assert walked == nodes
        assert key(pilot) == session.state.position.node
        await press(pilot, "left")
        assert key(pilot) == nodes[-1]


async def test_enter_goes_to_the_decision_in_the_debrief(tmp_path):
    session = finished(tmp_path)
    seqs = [str(event.seq) for event in session.events if hasattr(event, "offered")]
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot, session)
        await press(pilot, "right", "right", "left", "enter")  # two decisions and the ending
        assert screen(pilot) == "DebriefScreen"
        assert key(pilot) == seqs[1]
        await press(pilot, "g")
        assert "decision 2" in next(
            b.text for b in pilot.app.screen.query_one(Sheet).blocks if b.key == key(pilot)
        )


async def test_enter_shows_a_place_where_the_take_never_was(tmp_path):
    session = finished(tmp_path)
    other = next(end for end in umbrella().endings.values() if end.id != session.state.position.node)
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot, session)
        pilot.app.screen.query_one(Sheet).go(other.id)
        await press(pilot, "enter")
        assert screen(pilot) == "Page"
        assert f"CSAT {other.csat}" in text_of(pilot)
        assert other.text.split(".")[0][:30] in text_of(pilot)
        await press(pilot, "q", "q")
        assert screen(pilot) == "DebriefScreen"


@pytest.mark.parametrize("size", [*SIZES, TINY])
async def test_it_can_be_walked_at_every_size(tmp_path, size):
    session = finished(tmp_path)
    async with program(tmp_path).run_test(size=size) as pilot:
        await opened(pilot, session)
        assert screen(pilot) == "MapScreen"
        for _ in pilot.app.screen.query_one(Sheet).blocks:
            await press(pilot, "down")
        await press(pilot, "home", "pagedown", "m", "enter")
        if size != TINY:
            assert max(map(len, text_of(pilot).splitlines())) <= size[0]
