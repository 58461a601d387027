"""Raters beside one another on the full screen."""

import pytest
from stage import SIZES, notices, press, program, screen, settled, sheet_of, text_of

from house import umbrella
from taketwo.checks import example
from taketwo.qa.calibration import Source, calibrate
from taketwo.qa.source import FORMS
from taketwo.session import Take
from taketwo.take.commands import Rate
from taketwo.tui.calibration import CalibrationScreen
from taketwo.tui.sheet import Sheet


def rated(ratings):
    """A take in memory with these ratings: (rater, item, value, comment, event)."""
    take = Take.start(umbrella(), seed=1, learner="Zoë")
    take.reply("say-back")
    take.reply("look")
    for rater, item, value, text, about in ratings:
        take.do(Rate("example 1", item, value, text, about, rater), by="trainer")
    return tuple(take.events)


TWO = (
    ("Ada", "says-back", 2, "the duck", 2),
    ("Ada", "next-step", -1, "", 0),
    ("Bob", "says-back", 0, "no \x1b[31mfeeling", 3),
    ("Bob", "next-step", -1, "", 0),
    ("Bob", "abuse", 1, "", 0),
)


async def opened(pilot, *takes):
    await settled(pilot)
    form, _ = FORMS.draft_of(example.FORM.encode(), "qa-form.toml")
    sources = [Source(f"take-{number}", rated(take)) for number, take in enumerate(takes or (TWO,))]
    found = calibrate(sources, form)
    await pilot.app.push_screen(CalibrationScreen(found, {"take-0": umbrella()}))
    await settled(pilot)


def stage(folder, size=(120, 40)):
    return program(folder).run_test(size=size, notifications=True)


async def test_every_item_stands_with_all_ratings(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        page = sheet_of(pilot, "#items")
        rows = [" ".join(line.split()) for line in page.splitlines()]
        assert "Is it said back? 2 0 ≠" in rows
        assert "Is there a next step? n/a n/a" in rows
        assert "Insults the customer. – yes ≠" in rows
        assert "Ada: 100 of 100, and 60 are needed: passed." in page
        assert "The same rating: 50 %." in page


async def test_beside_an_item_stands_what_each_rater_went_by(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        beside = sheet_of(pilot, "#beside")
        assert "To talk about: 2 apart." in beside
        assert (
            "2, met\n  In full.\n  the duck\n  Shown by decision 1: “A black one with a duck's head."
            in beside
        )
        assert "no \ufffd[31mfeeling" in beside
        await press(pilot, "down")
        assert "Nothing was left to do." in sheet_of(pilot, "#beside")


async def test_d_goes_from_difference_to_difference(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot)
        seen = []
        for key in ("d", "d", "D", "tab"):
            await press(pilot, key)
            seen.append(pilot.app.screen.query_one("#items", Sheet).key)
        assert seen == ["0:abuse", "0:says-back", "0:abuse", "0:abuse"]
        assert "a critical error for one of them" in sheet_of(pilot, "#beside")
        assert "not marked" in sheet_of(pilot, "#beside")


async def test_where_all_agree_there_is_nothing_to_go_to(tmp_path):
    async with stage(tmp_path) as pilot:
        await opened(pilot, [(rater, "says-back", 1, "", 0) for rater in ("Ada", "Bob")])
        await press(pilot, "d", "q")
        assert notices(pilot) == ["Nobody sees anything differently."]
        assert screen(pilot) == "Home"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_can_be_read_at_any_size(tmp_path, size):
    async with stage(tmp_path, size) as pilot:
        await opened(pilot)
        await press(pilot, "tab", "shift+tab", "D", "D", "pagedown", "pageup")
        assert "Calibration · Ada, Bob" in text_of(pilot)
        assert "To talk about" in text_of(pilot)
