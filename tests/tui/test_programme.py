"""The programme on Home: the round, the next scene and why, the scenes by round; and a surprise."""

import pytest
from stage import SIZES, press, program, screen, settled, sheet_of, text_of, type_in

from house import BAD, GOOD, keep_take, small_collection
from taketwo.checks import example
from taketwo.transcript.shelf import Shelf

WIDE = (120, 40)


@pytest.fixture
def team(tmp_path):
    """The program on the small collection, made when its takes are on the shelf."""
    library = small_collection(tmp_path / "team")

    def make(*takes: tuple[str, tuple[str, ...]], **more):
        for scene, replies in takes:
            keep_take(Shelf(tmp_path / "saves"), *replies, scenario=library.load(scene))
        return program(tmp_path, dialogues=library.folder, **more)

    make.folder = library.folder
    return make


def sections(pilot) -> list[str]:
    return [b.text for b in pilot.app.screen.query_one("#list").blocks if b.tone == "title"]


async def test_home_begins_with_the_round_the_next_scene_and_why(team):
    async with team(("new-chair", GOOD)).run_test(size=WIDE) as pilot:
        await settled(pilot)
        lines = sheet_of(pilot).splitlines()
        assert lines[:5] == [
            "Your programme",
            "  Round 1 · First calls 1 of 4 passed",
            "  Irate Customer next",
            "    common trouble · on the phone · 1 min",
            "    One of the most common troubles.",
        ]
        await press(pilot, "enter")
        assert "Irate Customer · briefing" in text_of(pilot)


async def test_it_says_what_the_next_round_asks_for(team):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        words = (
            "Round 2 · Bad news: opens with 3 more passes in the round before. You may go ahead all the same."
        )
        assert words in sheet_of(pilot)


async def test_after_fails_an_easier_scene_and_one_to_end_on_are_offered(team):
    app = team(("new-chair", GOOD), ("irate-customer", BAD), ("irate-customer", BAD))
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = sheet_of(pilot)
        assert "  Midnight Record next\n" in shown
        assert "“Irate Customer” was hard twice." in shown
        assert "  New Chair to end on\n" in shown


async def test_scenes_are_listed_by_round_with_what_opens_it(team):
    (team.folder / "extra.toml").write_text(example.laid_over('id = "extra"\ntitle = "Extra"'))
    async with team(("new-chair", GOOD)).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert sections(pilot) == [
            "Your programme",
            "Round 1 · First calls",
            "Round 2 · Bad news",
            "More scenes",
            "Your takes",
        ]
        shown = sheet_of(pilot)
        assert "Round 2 · Bad news 0 of 3 passed\nOpens with 2 more passes in the round before\n" in shown
        assert shown.index("More scenes") < shown.index("Extra new")


async def test_a_scene_of_a_closed_round_can_be_played_all_the_same(team):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "the wow")
        await press(pilot, "enter")
        assert "The Wow · briefing" in text_of(pilot)


async def test_the_filter_finds_a_round(team):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "bad news")
        assert sections(pilot)[-1] == "Round 2 · Bad news"
        shown = sheet_of(pilot)
        assert "Gift Wrap" in shown
        assert "Charged Twice" not in shown


async def test_a_filter_that_leaves_the_cursors_place_out_puts_it_on_the_first_row(team):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "tab", "tab")
        assert pilot.app.screen.query_one("#list").key == "scene:gift-wrap"
        await type_in(pilot, "round 1 calls")
        assert pilot.app.screen.query_one("#list").key == "scene:new-chair"


async def test_tab_jumps_from_part_to_part_and_back(team):
    async with team().run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        at = pilot.app.screen.query_one("#list")
        assert at.key == "scene:new-chair"
        await press(pilot, "tab", "tab")
        assert at.key == "scene:gift-wrap"
        shown = [line.strip() for line in text_of(pilot).splitlines()]
        assert any(line.startswith("Round 2 · Bad news") for line in shown)
        assert any(line.startswith("▸ Gift Wrap") for line in shown)
        await press(pilot, "tab")
        assert at.key == "scene:gift-wrap"
        await press(pilot, "shift+tab", "shift+tab")
        assert at.key == "scene:new-chair"


async def test_the_suggested_scene_can_be_opened_from_its_round_too(team):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "tab", "enter")
        assert "New Chair · briefing" in text_of(pilot)
        await press(pilot, "q")
        assert pilot.app.screen.query_one("#list").key == "listed:1:new-chair"


async def test_a_pass_moves_the_programme_on(team):
    app = team()
    async with app.run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        keep_take(app.shelf, *GOOD, scenario=app.library.load("new-chair"))
        await press(pilot, "q")
        assert "  Irate Customer next" in sheet_of(pilot)


async def test_a_folder_of_scenes_without_a_programme_has_none_on_home(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert sections(pilot) == ["Practise"]


async def test_another_programme_can_be_asked_for(team, tmp_path):
    other = tmp_path / "other.toml"
    other.write_text(example.laid_over('[rounds.first-calls]\ntitle = "Ours"', example.PROGRAMME))
    async with team(programme=other).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "Round 1 · Ours" in sheet_of(pilot)


async def test_a_programme_that_cannot_be_read_is_told_of_and_the_scenes_are_there(team):
    (team.folder / "programme.toml").write_text("format = 1\ntitle = 'x'\n")
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = sheet_of(pilot)
        assert "The programme cannot be read." in shown
        assert "The key `rounds` is missing." in shown
        assert "New Chair new" in shown


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_the_next_scene_and_a_surprise_are_in_sight_at_any_size(team, size):
    async with team().run_test(size=size) as pilot:
        await settled(pilot)
        shown = text_of(pilot)
        for words in (
            "Your programme",
            "Round 1 · First calls",
            "▸ New Chair",
            "Everybody begins",
            "Surprise me",
        ):
            assert words in shown


# --- surprises


@pytest.mark.parametrize("keys", [("ctrl+r",), ("down", "enter")], ids=str)
async def test_a_surprise_from_home_hides_which_scene_it_is_until_it_starts(team, keys):
    async with team().run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, *keys)
        shown = text_of(pilot)
        assert "A surprise · briefing" in shown
        assert "You are at the lost-property desk." in shown
        assert "What it is about" not in shown
        assert "Hollywood" not in shown
        assert not any(name.replace("-", " ").title() in shown for name in example.SCENES)
        await press(pilot, "v", "m", "m")
        assert "A surprise · briefing" in text_of(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "PlayScreen"
        assert Shelf(pilot.app.shelf.folder).rows()[0].scenario in ("new-chair", "midnight-record")


async def test_the_program_can_begin_with_a_surprise(team):
    async with team(surprise=True).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "A surprise · briefing" in text_of(pilot)
        await press(pilot, "q")
        assert screen(pilot) == "Home"


async def test_without_scenes_a_surprise_says_so(tmp_path):
    (tmp_path / "none").mkdir()
    async with program(tmp_path, dialogues=tmp_path / "none").run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+r")
        assert "There is no scene that can be played" in sheet_of(pilot)
        await press(pilot, "enter", "q")
        assert screen(pilot) == "Home"
