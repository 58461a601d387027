"""The shelf on the screen: found by words, sorted, filtered, labelled, put away, brought back."""

import shutil

import pytest
from stage import SIZES, TINY, notices, press, program, screen, settled, sheet_of, text_of, type_in
from textual.widgets import Input

from house import keep_take
from taketwo.shelving import archive, put_label, put_note
from taketwo.transcript.journal import Journal
from taketwo.transcript.shelf import Shelf
from taketwo.tui.long_sheet import LongSheet

WIDE = (120, 40)


@pytest.fixture
def shelf(tmp_path):
    return Shelf(tmp_path / "saves")


async def opened(pilot):
    """The shelf, from Home."""
    await settled(pilot)
    await press(pilot, "ctrl+o")


def listed(pilot):
    """The takes that the list knows: title, labels and result of each."""
    sheet = pilot.app.screen.query_one(LongSheet)
    return [f"{first.text} {first.tail}" for first, _ in sheet.known()]


def names(pilot):
    return [first.key for first, _ in pilot.app.screen.query_one(LongSheet).known()]


def many(shelf, count):
    """So many copies of a take; their names tell when they were."""
    first = shelf.find(keep_take(shelf, "say-back", "look"))
    for number in range(count):
        shutil.copy(first, shelf.folder / f"2020-01-01T{number:06}Z-lost-umbrella-copy.toml")
    first.unlink()


# --- the way there


async def test_home_shows_the_latest_ten_and_a_row_for_all(tmp_path, shelf):
    many(shelf, 12)
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        home = sheet_of(pilot).partition("Your takes")[2]
        assert home.count("The Lost Umbrella") == 10
        assert "All takes 12 takes" in home
        await press(pilot, "ctrl+end", "enter")
        assert screen(pilot) == "ShelfScreen"
        assert len(listed(pilot)) == 12


async def test_what_is_typed_on_home_is_looked_for_on_the_shelf(tmp_path, shelf):
    put_note(shelf, keep_take(shelf, "say-back", "look"), "Heard the zebra")
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "zebra")
        assert "Looks for “zebra”" in sheet_of(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "ShelfScreen"
        assert len(listed(pilot)) == 1


async def test_a_row_tells_all_about_a_take(tmp_path, shelf):
    put_label(shelf, keep_take(shelf, "say-back", "look", mode="assessed"), "for Tuesday")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        shown = text_of(pilot)
    assert "The Lost Umbrella [for Tuesday]" in shown
    assert "passed, 100 %" in shown
    assert "Zoë · 0:00, 2 decisions · assessed" in shown


async def test_an_empty_shelf_says_so(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Nothing is like that." in text_of(pilot)
        await press(pilot, "enter", "l", "d", "n", "q")
        assert screen(pilot) == "Home"


# --- finding


async def test_words_are_looked_for_as_they_are_typed(tmp_path, shelf):
    put_note(shelf, keep_take(shelf, "say-back", "look"), "Heard the zebra")
    keep_take(shelf, "thirty-days", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert len(listed(pilot)) == 2
        await press(pilot, "slash", *"zeb")
        assert listed(pilot) == ["The Lost Umbrella passed, 100 %"]
        await press(pilot, "x")
        assert listed(pilot) == []
        await press(pilot, "tab", "escape")
        assert len(listed(pilot)) == 2


async def test_letters_that_are_keys_are_typed_into_the_words(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"dlnarq/u?")
        assert pilot.app.screen.query_one(Input).value == "dlnarq/u?"
        assert screen(pilot) == "ShelfScreen"


async def test_enter_after_words_opens_what_they_find(tmp_path, shelf):
    keep_take(shelf, "thirty-days", "look")
    name = keep_take(shelf, "say-back", "look")
    put_note(shelf, name, "Heard the zebra")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "slash", *"zebr", "enter")
        assert screen(pilot) == "DebriefScreen"
        assert pilot.app.screen.session.journal.name == name


async def test_filters(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "thirty-days", "promise")
    keep_take(shelf, "say-back")
    (shelf.folder / "2020-01-01T000000Z-lost-umbrella-aaaa.toml").write_text("hello")
    archive(shelf, keep_take(shelf, "say-back", "look"))
    seen = {}
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        for name in ("all", "unfinished", "passed", "not passed", "damaged", "archived"):
            assert f"f {name} " in text_of(pilot)
            seen[name] = [line.partition("Umbrella ")[2] or line for line in listed(pilot)]
            await press(pilot, "f")
        assert "f all " in text_of(pilot)
    broken = "2020-01-01T000000Z-lost-umbrella-aaaa unreadable"
    assert seen["passed"] == seen["archived"] == ["passed, 100 %"]
    assert seen["unfinished"] == ["unfinished"]
    assert seen["damaged"] == [broken]
    assert len(seen["not passed"]) == 1
    assert seen["all"] == ["unfinished", *seen["not passed"], "passed, 100 %", broken]


async def test_orders(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "thirty-days", "promise")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        newest = names(pilot)
        await press(pilot, "s")
        assert "s oldest first" in text_of(pilot)
        assert names(pilot) == newest[::-1]
        await press(pilot, "s", "s", "s")
        assert "s by result" in text_of(pilot)
        assert names(pilot) == newest[::-1]


async def test_ones_own_takes_then_everybodys_then_each_ones(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "say-back", "look", learner="Ada")
    keep_take(shelf, "say-back", "look", learner="Ben")
    whose = []
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        for _ in range(5):
            line = next(line for line in text_of(pilot).splitlines() if " p " in line)
            whose.append((line.partition(" p ")[2].strip(), len(listed(pilot))))
            await press(pilot, "p")
    assert whose == [("yours", 1), ("everybody's", 3), ("Ada's", 1), ("Ben's", 1), ("yours", 1)]


# --- with one take


async def test_a_label_is_put_on_shown_found_and_taken_off(tmp_path, shelf):
    name = keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "l")
        await type_in(pilot, "for Tuesday")
        await press(pilot, "enter")
        assert listed(pilot) == ["The Lost Umbrella [for Tuesday] passed, 100 %"]
        await press(pilot, "slash", *"tues", "tab")
        assert len(listed(pilot)) == 1
        await press(pilot, "l")
        assert "On it: for Tuesday." in text_of(pilot)
        await type_in(pilot, "for Tuesday")
        await press(pilot, "enter")
        assert listed(pilot) == []
    events = shelf.read(name).events
    assert [(event.text, event.value) for event in events[-2:]] == [("for Tuesday", 0), ("for Tuesday", -1)]


async def test_a_note_is_found(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "n")
        await type_in(pilot, "The façade held")
        await press(pilot, "enter", "slash", *"facad")
        assert len(listed(pilot)) == 1


async def test_archiving_hides_a_take_here_and_on_home_and_brings_it_back(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "a")
        assert listed(pilot) == []
        await press(pilot, "q")
        assert "passed 100 %" in sheet_of(pilot)  # it counts all the same
        assert "passed, 100 %" not in sheet_of(pilot)
        await press(pilot, "ctrl+o", "f", "f", "f", "f", "f")
        assert len(listed(pilot)) == 1
        await press(pilot, "a")
        assert listed(pilot) == []
        await press(pilot, "f")
        assert len(listed(pilot)) == 1


async def test_a_deleted_take_comes_back(tmp_path, shelf):
    path = shelf.find(keep_take(shelf, "say-back", "look"))
    data = path.read_bytes()
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        assert "Undo" not in text_of(pilot)
        await press(pilot, "d")
        assert "then it is gone for good" in text_of(pilot)
        await press(pilot, "y")
        assert listed(pilot) == []
        assert not path.exists()
        assert "Undo" in text_of(pilot)
        await press(pilot, "u")
        assert len(listed(pilot)) == 1
        assert path.read_bytes() == data


async def test_whoever_does_not_say_yes_deletes_nothing(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "d", "n", "d", "ctrl+g")
        assert len(listed(pilot)) == 1


async def test_what_is_deleted_is_gone_when_the_program_ends(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "d", "y", "ctrl+q")
    assert not list(shelf.folder.rglob("*-lost-umbrella-*"))


async def test_a_take_that_another_program_writes_is_told_of_and_left_alone(tmp_path, shelf):
    name = keep_take(shelf, "say-back")
    _, journal = Journal.reopen(shelf.find(name))
    with journal:
        async with program(tmp_path).run_test(size=WIDE, notifications=True) as pilot:
            await opened(pilot)
            for keys in (["a"], ["d", "y"], ["n", "x", "enter"], ["l", "x", "enter"]):
                pilot.app.clear_notifications()
                await press(pilot, *keys)
                (told,) = notices(pilot)
                assert "another program is writing this take" in told
            assert len(listed(pilot)) == 1


async def test_a_take_of_another_program_is_noticed_when_the_shelf_is_come_back_to(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "r")
        keep_take(shelf, "say-back", "look")
        await press(pilot, "q")
        assert len(listed(pilot)) == 2


async def test_opening_goes_on_with_what_is_unfinished_and_shows_the_debrief_of_the_rest(tmp_path, shelf):
    keep_take(shelf, "say-back", "look")
    keep_take(shelf, "say-back")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "PlayScreen"
        await press(pilot, "q")
        assert screen(pilot) == "ShelfScreen"
        await press(pilot, "down", "enter")
        assert screen(pilot) == "DebriefScreen"


async def test_replay_shows_unfinished_takes_too(tmp_path, shelf):
    keep_take(shelf, "say-back")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await opened(pilot)
        await press(pilot, "r")
        assert screen(pilot) == "ReplayScreen"
    assert shelf.rows()[0].decisions == 1


async def test_a_file_that_is_no_take_says_why(tmp_path, shelf):
    shelf.folder.mkdir()
    (shelf.folder / "hello.toml").write_text("hello")
    async with program(tmp_path).run_test(size=WIDE, notifications=True) as pilot:
        await opened(pilot)
        assert "this is not a take of ours" in text_of(pilot)
        await press(pilot, "enter")
        assert "this is not a take of ours" in notices(pilot)[0]


# --- many, and any


async def test_of_many_takes_only_those_around_the_screen_are_fetched(tmp_path, shelf):
    many(shelf, 400)
    async with program(tmp_path).run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        assert "All takes · 400" in text_of(pilot)
        assert len(names(pilot)) < 100
        await press(pilot, "end")
        await settled(pilot)
        sheet = pilot.app.screen.query_one(LongSheet)
        assert sheet.key == "2020-01-01T000000Z-lost-umbrella-copy"
        assert "…" not in text_of(pilot)
        await press(pilot, "pageup", "home")
        assert sheet.key == "2020-01-01T000399Z-lost-umbrella-copy"


@pytest.mark.parametrize("size", [*SIZES, TINY, (1, 1)], ids=str)
async def test_it_fits_any_screen_and_obeys_no_text(tmp_path, shelf, size):
    evil = "\x1b]52;c;aGk=\x07[red]\u202e" + "w" * 200
    name = keep_take(shelf, "say-back", "look", learner=evil)
    put_label(shelf, name, evil)
    async with program(tmp_path, learner=shelf.rows()[0].learner).run_test(size=size) as pilot:
        await opened(pilot)
        await press(pilot, "down", "end", "pageup", "s", "f", "f", "p", "p")
        shown = text_of(pilot)
    assert "\x1b" not in shown
    assert "\u202e" not in shown
    assert all(len(line) <= size[0] for line in shown.splitlines())
