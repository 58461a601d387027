"""What holds on every screen: help, palette, themes, sizes, and a name for every way back."""

import pytest
from stage import SIZES, TINY, notices, press, program, screen, settled, text_of

from taketwo import settings

WHOLE_WAY = ("enter", "enter", "2", "enter", "h", "f", "q", "p", "p", "2", "enter", "1", "enter", "enter")
"""from Home through a take into its debrief, with a look at much of what there is"""


async def test_help_tells_the_keys_of_the_moment(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=(80, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "question_mark")
        assert screen(pilot) == "Page"
        assert "Begin" in text_of(pilot)
        await press(pilot, "q", "enter", "f1")
        assert "Stay silent" in text_of(pilot)
        assert "Take back" not in text_of(pilot)


async def test_a_theme_from_the_palette_is_remembered(tmp_path):
    app = program(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"light", "enter")
        assert app.theme == "taketwo-light"
    assert settings.load()[0].theme == "taketwo-light"


async def test_a_remembered_theme_is_used(tmp_path):
    async with program(tmp_path, theme="taketwo-contrast").run_test(size=(80, 24)) as pilot:
        assert pilot.app.theme == "taketwo-contrast"


async def test_a_theme_that_is_not_there_is_not_used(tmp_path):
    async with program(tmp_path, theme="no-such-theme").run_test(size=(80, 24)) as pilot:
        assert pilot.app.theme == "taketwo-dark"


@pytest.mark.parametrize(("theme", "used"), [("", "ansi-dark"), ("taketwo-light", "ansi-light")])
async def test_no_color_uses_the_terminals_own_colours_and_forgets_nothing(
    tmp_path, monkeypatch, theme, used
):
    monkeypatch.setenv("NO_COLOR", "1")
    async with program(tmp_path, theme=theme).run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert pilot.app.theme == used
        assert pilot.app.settings.theme == theme


async def test_the_palette_tells_where_takes_are(tmp_path):
    async with program(tmp_path).run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+p", *"takes", "enter")
        assert notices(pilot) == ["Takes are kept here."]


async def test_a_problem_with_the_settings_is_told_at_the_start(tmp_path):
    app = program(tmp_path)
    app._problem = "settings.toml: not used [red]."
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        assert notices(pilot) == ["settings.toml: not used [red]."]


async def test_settings_that_cannot_be_kept_are_told_of(tmp_path):
    (tmp_path / "config").write_text("a file where the folder should be")
    async with program(tmp_path, scene="lost-umbrella").run_test(size=(80, 24), notifications=True) as pilot:
        await settled(pilot)
        await press(pilot, "m")
        assert "the settings cannot be kept" in notices(pilot)[0]
        assert "Assessed" in text_of(pilot)


@pytest.mark.parametrize("size", [*SIZES, TINY, (1, 1)], ids=str)
async def test_a_whole_take_can_be_played_at_any_size(tmp_path, size):
    async with program(tmp_path).run_test(size=size) as pilot:
        await settled(pilot)
        await press(pilot, *WHOLE_WAY)
        assert screen(pilot) == "DebriefScreen"


async def test_a_resize_in_mid_take_loses_nothing(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "2", "enter", "2")
        for width, height in ((60, 24), TINY, (200, 60), (80, 24)):
            await pilot.resize_terminal(width, height)
            await settled(pilot)
        assert "▸2 I will look on the shelf" in text_of(pilot)
        assert "Patience: calm, 7 of 10" in text_of(pilot)
        assert "On the tram, line 4." in text_of(pilot)


async def test_a_narrow_screen_wraps_and_cuts_no_reply(tmp_path):
    async with program(tmp_path, scene="lost-umbrella").run_test(size=(60, 24)) as pilot:
        await settled(pilot)
        await press(pilot, "enter")
        words = " ".join(text_of(pilot).split())
    assert "A black one with a duck's head. Where did you last have it?" in words
