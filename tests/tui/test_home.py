"""Home: what to go on with, what to practise, what is done."""

import shutil

from stage import press, program, screen, settled, sheet_of, text_of, type_in
from textual.widgets import Input

from house import SCENES, keep_take
from taketwo import settings
from taketwo.transcript.shelf import Shelf

WIDE = (120, 40)


def shelf(folder):
    return Shelf(folder / "saves")


async def test_the_first_start_asks_for_a_name_and_films_and_keeps_them(tmp_path):
    async with program(tmp_path, learner="").run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "What shall we call you?" in text_of(pilot)
        await type_in(pilot, "Zoë")
        await press(pilot, "enter")
        assert "Which films do you love?" in text_of(pilot)
        await type_in(pilot, "Clerks, , Amélie")
        await press(pilot, "enter")
        assert screen(pilot) == "Home"
        assert "Take Two · Zoë" in text_of(pilot)
    kept, problem = settings.load()
    assert (kept.learner, kept.films, problem) == ("Zoë", ("Clerks", "Amélie"), "")


async def test_whoever_passes_the_first_question_is_called_you_and_is_not_asked_again(tmp_path):
    async with program(tmp_path, learner="").run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+g")
        await press(pilot, "ctrl+g")
        assert screen(pilot) == "Home"
    assert settings.load()[0].learner == "you"


async def test_somebody_who_was_here_before_is_not_asked(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert screen(pilot) == "Home"


async def test_the_name_can_be_changed(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await press(pilot, "ctrl+t", "end", "!", "enter")
        assert "Take Two · Zoë!" in text_of(pilot)
    assert settings.load()[0].learner == "Zoë!"


async def test_every_scene_is_listed_with_what_it_is_about(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = sheet_of(pilot)
    assert "The Lost Umbrella new" in shown
    assert "basics · at the counter · 2 min · Active listening" in shown
    assert "common trouble · on the phone · 3 min · Honesty" in shown


async def test_home_says_where_the_takes_are_kept(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        assert "Takes are kept here." in text_of(pilot)


async def test_typing_filters_the_list(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, *"train")
        assert "The Lost Umbrella" not in sheet_of(pilot)
        assert "The Wrong Train" in sheet_of(pilot)


async def test_a_filter_finds_words_anywhere_and_in_any_case(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "PHONE honesty")
        assert "The Wrong Train" in sheet_of(pilot)
        assert "The Lost Umbrella" not in sheet_of(pilot)


async def test_a_filter_that_fits_nothing_says_so_and_is_cleared_with_escape(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "xyz")
        assert "Nothing here has these words" in text_of(pilot)
        await press(pilot, "escape")
        assert "The Lost Umbrella" in text_of(pilot)
        assert pilot.app.screen.query_one(Input).value == ""


async def test_letters_that_are_keys_elsewhere_are_typed_into_the_filter(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, *"jqhm?1", "space")
        assert pilot.app.screen.query_one(Input).value == "jqhm?1 "


async def test_enter_opens_what_the_filter_left(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await type_in(pilot, "train")
        await press(pilot, "enter")
        assert "The Wrong Train · briefing" in text_of(pilot)


async def test_unfinished_takes_stand_on_top(tmp_path):
    keep_take(shelf(tmp_path), "say-back", "look")
    keep_take(shelf(tmp_path), "say-back")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        heads = [
            line for line in sheet_of(pilot).splitlines() if line in ("Go on with", "Practise", "Your takes")
        ]
        assert heads == ["Go on with", "Practise", "Your takes"]
        assert "The Lost Umbrella 1 decision" in sheet_of(pilot)


async def test_enter_goes_on_with_an_unfinished_take(tmp_path):
    keep_take(shelf(tmp_path), "say-back")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        assert screen(pilot) == "PlayScreen"
        assert "On the tram, line 4." in text_of(pilot)


async def test_a_scene_shows_its_best_and_its_last_result(tmp_path):
    keep_take(shelf(tmp_path), "say-back", "look")
    keep_take(shelf(tmp_path), "thirty-days", "promise")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "The Lost Umbrella passed 100 %, last 0 %" in sheet_of(pilot)


async def test_takes_of_other_learners_are_not_listed(tmp_path):
    keep_take(shelf(tmp_path), "say-back", "look", learner="Ida")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "Your takes" not in sheet_of(pilot)
        assert "The Lost Umbrella new" in sheet_of(pilot)


async def test_a_finished_take_opens_its_debrief(tmp_path):
    keep_take(shelf(tmp_path), "say-back", "look")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "down", "down", "enter")
        assert screen(pilot) == "DebriefScreen"


async def test_a_take_that_is_not_ours_is_listed_and_told_of(tmp_path):
    keep_take(shelf(tmp_path), "say-back", "look")
    (tmp_path / "saves" / "2026-11-22T101530Z-old-take-k3f9.toml").write_text("not = 'ours'\n")
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "unreadable" in sheet_of(pilot)
        assert "this is not a take of ours" in sheet_of(pilot)
        assert "The Lost Umbrella passed, 100 %" in sheet_of(pilot)


async def test_a_damaged_take_opens_with_what_is_wrong(tmp_path):
    path = tmp_path / "saves" / f"{keep_take(shelf(tmp_path), 'say-back', 'look')}.toml"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"On the tram", b"Xn the tram"))
    async with program(tmp_path).run_test(size=WIDE, notifications=True) as pilot:
        await settled(pilot)
        assert "damaged" in sheet_of(pilot)
        await press(pilot, "down", "down", "enter")
        assert any(message in text_of(pilot) for message in ("checksum", "damaged", "changed"))
    assert path.read_bytes() == data.replace(b"On the tram", b"Xn the tram")


async def test_a_broken_scene_is_listed_and_the_others_can_be_played(tmp_path):
    scenes = shutil.copytree(SCENES, tmp_path / "scenes")
    (scenes / "broken.toml").write_text("title = \n")
    async with program(tmp_path, dialogues=scenes).run_test(size=WIDE) as pilot:
        await settled(pilot)
        assert "broken" in sheet_of(pilot)
        assert "This file cannot be read" in sheet_of(pilot)
        await press(pilot, "enter")
        assert "The Lost Umbrella · briefing" in text_of(pilot)


async def test_a_scene_with_findings_says_all_of_them(tmp_path):
    scenes = shutil.copytree(SCENES, tmp_path / "scenes")
    path = scenes / "wrong-train.toml"
    path.write_text(
        path.read_text().replace('goto = "knows"', 'goto = "nose"').replace("level = 2", "level = 9")
    )
    async with program(tmp_path, dialogues=scenes, scene="wrong-train").run_test(size=WIDE) as pilot:
        await settled(pilot)
        shown = sheet_of(pilot)
        assert "cannot be played until its file is mended" in shown
        assert "nose" in shown
        assert "level" in shown
        await press(pilot, "enter", "m", "t", "w", "q")
        assert screen(pilot) == "Home"


async def test_an_empty_folder_of_scenes_is_no_catastrophe(tmp_path):
    (tmp_path / "empty").mkdir()
    async with program(tmp_path, dialogues=tmp_path / "empty").run_test(size=WIDE) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "down", "enter")
        assert screen(pilot) == "Home"


async def test_enter_right_after_typing_opens_what_was_typed(tmp_path):
    async with program(tmp_path).run_test(size=WIDE) as pilot:
        await settled(pilot)
        for key in (*"train", "enter"):
            pilot.app.simulate_key(key)
        await settled(pilot)
        assert screen(pilot) == "BriefingScreen"
        await settled(pilot)
        assert "The Wrong Train · briefing" in text_of(pilot)
