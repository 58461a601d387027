"""The tree of takes, two takes side by side, and a learner over time, on the full screen."""

from stage import SIZES, TINY, press, program, screen, settled, sheet_of, text_of

from forked import keep_busy, keep_fork
from house import keep_take
from taketwo.transcript.shelf import Shelf


def stage(folder, size=(120, 40)):
    return program(folder).run_test(size=size, notifications=True)


def some_takes(folder) -> list[str]:
    """A take, a fork of it, a fork of that, and another from the start."""
    shelf = Shelf(folder / "saves")
    first = keep_take(shelf, "say-back", "promise")
    fork = keep_fork(shelf, first, 2, "look")
    deep = keep_fork(shelf, fork, 1)
    return [first, fork, deep, keep_busy(shelf)]


async def at_tree(pilot, name: str) -> None:
    await settled(pilot)
    pilot.app.open_tree(name)
    await settled(pilot)


def here(pilot) -> str:
    return pilot.app.screen.query_one("Sheet").key


async def test_the_tree_is_walked_with_arrows(tmp_path):
    first, fork, deep, other = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await at_tree(pilot, fork)
        assert "What if · The Lost Umbrella · 4 takes, 2 from the start" in text_of(pilot)
        assert here(pilot) == fork
        await press(pilot, "right")
        assert here(pilot) == deep
        await press(pilot, "left", "left")
        assert here(pilot) == first
        await press(pilot, "down", "down", "down")
        assert here(pilot) == other
        assert "└ from decision 2: " in sheet_of(pilot) and "└ from decision 1: " in sheet_of(pilot)


async def test_each_take_of_the_tree_is_opened(tmp_path):
    first, fork, deep, _ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await at_tree(pilot, first)
        await press(pilot, "right", "enter")
        assert screen(pilot) == "DebriefScreen" and pilot.app.screen.session.name == fork
        await press(pilot, "q", "ctrl+g")
        assert screen(pilot) == "TreeScreen"
        await press(pilot, "right", "enter")
        assert screen(pilot) == "PlayScreen" and pilot.app.screen.session.name == deep


async def test_the_debrief_tells_where_takes_part_and_leads_to_the_tree(tmp_path):
    first, *_ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.open_take(first)
        await settled(pilot)
        assert "2 takes part here. w shows them." in sheet_of(pilot)
        await press(pilot, "w")
        assert screen(pilot) == "TreeScreen"
        await press(pilot, "enter")
        assert screen(pilot) == "DebriefScreen"


async def test_two_takes_of_the_tree_are_marked_and_compared(tmp_path):
    first, *_ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await at_tree(pilot, first)
        await press(pilot, "space", "right", "c")
        assert screen(pilot) == "CompareScreen"
        shown = text_of(pilot)
    assert "They are alike in the first decision. f unfolds it." in shown
    left = sheet_text(shown, 0)
    assert "You will have it today, I promise." in left
    assert "! Critical error: 100 % → 0 %" in left or "! Critical error" in left
    assert "I will look on the shelf for line 4 now." in sheet_text(shown, 1)


def sheet_text(shown: str, column: int) -> str:
    """One half of a screen with two columns."""
    lines = [line.ljust(120) for line in shown.splitlines()[1:-1]]
    return "\n".join(line[60 * column : 60 * column + 60].strip(" │") for line in lines)


async def test_what_belongs_together_stands_beside_each_other(tmp_path):
    first, fork, *_ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.compare((first, fork))
        await settled(pilot)
        line = next(row for row in text_of(pilot).splitlines() if "today, I promise" in row)
        assert "I will look on the shelf" in line


async def test_the_common_beginning_is_unfolded(tmp_path):
    first, fork, *_ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.compare((first, fork))
        await settled(pilot)
        assert "A black one with a duck's head." not in text_of(pilot)
        await press(pilot, "f")
        assert "A black one with a duck's head." in text_of(pilot)
        await press(pilot, "f", "2")
        assert screen(pilot) == "DebriefScreen" and pilot.app.screen.session.name == fork


async def test_on_a_narrow_screen_they_stand_one_under_the_other(tmp_path):
    first, fork, *_ = some_takes(tmp_path)
    async with stage(tmp_path, size=(99, 40)) as pilot:
        await settled(pilot)
        pilot.app.compare((first, fork))
        await settled(pilot)
        shown = text_of(pilot)
        assert shown.index("today, I promise") < shown.index("I will look on the shelf")
        await pilot.resize_terminal(120, 40)
        await settled(pilot)
        line = next(row for row in text_of(pilot).splitlines() if "today, I promise" in row)
        assert "I will look on the shelf" in line


async def test_both_sides_are_read_line_by_line_together(tmp_path):
    first, fork, *_ = some_takes(tmp_path)
    async with stage(tmp_path, size=(120, 12)) as pilot:
        await settled(pilot)
        pilot.app.compare((first, fork))
        await settled(pilot)
        await press(pilot, "down", "down", "down")
        left, right = (pilot.app.screen.query_one(f"#{side}") for side in ("left", "right"))
        assert left.scroll_y == right.scroll_y == 3


async def test_a_take_that_went_away_is_told_of(tmp_path):
    first, *_ = some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        pilot.app.compare((first, "no-such-take"))
        await settled(pilot)
        assert "There is no take 'no-such-take'" in text_of(pilot)


async def test_a_learner_over_time_is_opened_from_home(tmp_path):
    some_takes(tmp_path)
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+l")
        shown = text_of(pilot)
        assert "Over time · Zoë" in shown
        assert "3 takes, 1 passed, 0 scenes mastered" in shown
        assert "Listening" in shown and "│" in shown
        await press(pilot, "q")
        assert screen(pilot) == "Home"


async def test_without_a_first_try_nothing_is_claimed(tmp_path):
    async with stage(tmp_path) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+l")
        assert "Nothing is counted yet" in text_of(pilot)


async def test_they_can_be_read_at_any_size(tmp_path):
    first, *_ = some_takes(tmp_path)
    for size in [*SIZES, TINY, (1, 1)]:
        async with stage(tmp_path, size=size) as pilot:
            await at_tree(pilot, first)
            await press(pilot, "down", "space", "up", "c", "f", "down", "pagedown", "q", "q", "ctrl+l", "q")
            assert screen(pilot) == "Home"
