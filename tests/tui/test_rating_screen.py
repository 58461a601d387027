"""Rating on the full screen: keys, comments, the event that shows it, and what the learner sees of it."""

import pytest
from stage import SIZES, notices, press, program, screen, settled, sheet_of, text_of, type_in

from house import keep_take
from taketwo.checks import example
from taketwo.session import take_up
from taketwo.take.commands import Rate
from taketwo.take.events import Rated, Remarked
from taketwo.transcript.shelf import Shelf
from taketwo.tui.rating import RatingScreen
from taketwo.tui.sheet import Sheet

FORM = example.laid_over("pass_mark = 50", example.FORM)
"""two items, says-back and next-step, and six critical errors"""


@pytest.fixture
def dialogues(tmp_path):
    (tmp_path / "qa-form.toml").write_text(FORM)
    return tmp_path


def stage(folder, size=(120, 40), **chosen):
    return program(folder, dialogues=folder, **chosen).run_test(size=size, notifications=True)


async def opened(pilot, *replies, rater="Ada", at=None):
    """The rating of a take; its session."""
    await settled(pilot)
    name = keep_take(pilot.app.shelf, *(replies or ("say-back", "promise")))
    session = take_up(pilot.app.shelf, name)
    await pilot.app.push_screen(RatingScreen(session, rater, at=at, own=True))
    await settled(pilot)
    return session


def rated(session):
    return [(e.item, e.value, e.text, e.about) for e in session.events if isinstance(e, Rated)]


async def test_a_number_rates_the_item_under_the_cursor_at_once(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "2", "down", "1")
        assert rated(session) == [("says-back", 2, "", 0), ("next-step", 1, "", 0)]
        assert {e.by for e in session.events if isinstance(e, Rated)} == {"trainer"}
        assert text_of(pilot).startswith(" 70 of 100, failed · ! false-promise · Ada")


async def test_the_form_shows_weights_shares_and_what_the_engine_scored(dialogues):
    async with stage(dialogues) as pilot:
        await opened(pilot)
        assert "Listening, 40 of 100" in text_of(pilot)
        assert "The engine: 75 %" in text_of(pilot)
        await press(pilot, "1")
        assert "50 % · The engine: 75 %" in text_of(pilot)
        assert "Found by the scene, in decision 2" in sheet_of(pilot, "#form")


async def test_the_other_side_tells_what_a_rating_means(dialogues):
    async with stage(dialogues) as pilot:
        await opened(pilot)
        assert " 1 in part: In part." in sheet_of(pilot, "#beside")
        await press(pilot, "1")
        assert "✓1 in part: In part." in sheet_of(pilot, "#beside")
        await press(pilot, "down")
        assert " x Does not apply: nothing was left to do." in sheet_of(pilot, "#beside")


async def test_what_does_not_apply_gives_its_weight_away(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "2", "down", "x", "up", "x")
        assert rated(session) == [("says-back", 2, "", 0), ("next-step", -1, "", 0)]
        assert notices(pilot) == ["This always applies."]
        assert text_of(pilot).startswith(" 100 of 100")


async def test_a_number_beyond_the_scale_is_told(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "5", "tab", "tab", "2")
        assert rated(session) == []
        assert notices(pilot) == [
            "Ratings go from 0 to 2.", "0: it did not happen. 1: it happened, and fails the take.",
        ]  # fmt: skip


async def test_a_comment_is_kept_with_the_rating(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "c")
        assert notices(pilot) == ["Rate it first; then say why."]
        await press(pilot, "1", "c")
        await type_in(pilot, "the duck [b]only")
        await press(pilot, "enter", "2")
        assert rated(session)[1:] == [
            ("says-back", 1, "the duck [b]only", 0), ("says-back", 2, "the duck [b]only", 0),
        ]  # fmt: skip
        assert "the duck [b]only" in text_of(pilot)


async def test_the_decision_that_shows_it_is_pointed_at_in_the_conversation(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "1", "e", "down", "enter")
        assert rated(session)[-1] == ("says-back", 1, "", 2)
        assert "decision 1" in text_of(pilot)
        await press(pilot, "down", "2")
        assert rated(session)[-1] == ("next-step", 2, "", 2), "it stays the one that is looked at"
        await press(pilot, "e", "down", "e")
        assert rated(session)[-1] == ("next-step", 2, "", 3)


async def test_q_leaves_the_conversation_before_it_leaves_the_form(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "1", "e", "down", "q")
        assert screen(pilot) == "RatingScreen"
        assert rated(session) == [("says-back", 1, "", 0)]
        await press(pilot, "q")
        assert screen(pilot) == "Home"


async def test_while_a_take_goes_on_the_last_decision_shows_it(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot, "say-back")
        await press(pilot, "2")
        assert rated(session) == [("says-back", 2, "", 2)]
        assert "Shown by decision 1: “A black one" in sheet_of(pilot, "#beside")


async def test_ratings_from_elsewhere_come_in(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        session.do(Rate("example 1", "says-back", 2, "elsewhere", 0, "Ada"), by="trainer")
        await settled(pilot)
        assert "elsewhere" in text_of(pilot)


async def test_one_begins_at_what_is_not_rated_yet(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot)
        await press(pilot, "2")
        await pilot.app.push_screen(RatingScreen(session, "Ada"))
        await settled(pilot)
        assert pilot.app.screen.query_one("#form", Sheet).key == "next-step"
        await press(pilot, "1", "n")
        assert pilot.app.screen.query_one("#form", Sheet).key == "invented-manager"


async def test_a_name_is_asked_for_where_there_is_none(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot, rater="")
        assert "Who rates?" in text_of(pilot)
        await press(pilot, "enter", "1")
        assert [e.rater for e in session.events if isinstance(e, Rated)] == ["Zoë"]
        await pilot.app.push_screen(RatingScreen(session))
        await settled(pilot)
        await press(pilot, "ctrl+g")
        assert screen(pilot) == "RatingScreen"
        assert len(pilot.app.screen_stack) == 3


async def test_the_conversation_can_stand_beside_the_form(dialogues):
    async with stage(dialogues) as pilot:
        await opened(pilot)
        await press(pilot, "v")
        assert "A black one with a duck's head." in sheet_of(pilot, "#beside")
        await press(pilot, "v")
        assert "in part: In part." in sheet_of(pilot, "#beside")


async def test_a_broken_form_is_told_with_its_line(dialogues):
    (dialogues / "qa-form.toml").write_text(FORM.replace("pass_mark = 50", "pass_mark = 500"))
    async with stage(dialogues) as pilot:
        await opened(pilot)
        assert "pass_mark: error TT004: It is 500." in sheet_of(pilot, "#form")
        await press(pilot, "2", "x", "c", "e", "n", "q")
        assert screen(pilot) == "Home"


@pytest.mark.parametrize("size", SIZES, ids=str)
async def test_it_can_be_done_at_any_size(dialogues, size):
    async with stage(dialogues, size) as pilot:
        session = await opened(pilot)
        await press(pilot, "2", "e", "down", "enter", "n", "1", "pagedown", "pageup", "v", "v")
        assert rated(session)[-1] == ("next-step", 1, "", 2)
        assert "Is there a next step?" in text_of(pilot)


async def test_escape_sequences_in_names_and_comments_are_shown_harmless(dialogues):
    async with stage(dialogues) as pilot:
        session = await opened(pilot, rater="A\x1b[31m")
        await press(pilot, "1", "c")
        await type_in(pilot, "x\x1b]52;c;aGk=\x07")
        await press(pilot, "enter")
        assert "\x1b" not in text_of(pilot) + repr(rated(session)[-1][2])
        assert Shelf(dialogues / "saves").rows()


# --- the learner's debrief


async def debriefed(pilot, *raters, replies=("say-back", "promise")):
    """The debrief of a take that was rated before; its session."""
    await settled(pilot)
    name = keep_take(pilot.app.shelf, *replies)
    session = take_up(pilot.app.shelf, name)
    for rater in raters:
        session.do(Rate("example 1", "says-back", 1, f"{rater} says so", 2, rater), by="trainer")
        session.do(Rate("example 1", "next-step", 2, rater=rater), by="trainer")
    session.close()
    pilot.app.open_take(name)
    await settled(pilot)
    return pilot.app.screen.session


def said(session):
    remarks = [e for e in session.events if isinstance(e, Remarked) and e.topic in ("acknowledged", "appeal")]
    return [(e.topic, e.text, e.about, e.by) for e in remarks]


async def test_a_debrief_shows_how_the_take_was_rated(dialogues):
    async with stage(dialogues) as pilot:
        await debriefed(pilot, "Ada", "Bob")
        page = sheet_of(pilot)
        assert "How it was rated" in page
        assert page.index("Rated by Ada: 80 of 100; failed by false-promise") < page.index("Decision by")
        assert "\nAda: 80 of 100; failed by false-promise, whatever the score." in page
        assert "x appeals against the rating under the cursor" in page
        assert "1, in part (decision 1): Bob says so" in page
        assert "Listening: 50 %, counts 40 of 100. The engine: 75 %." in page


async def test_a_debrief_without_ratings_says_nothing_of_them(dialogues):
    async with stage(dialogues) as pilot:
        await debriefed(pilot)
        assert "How it was rated" not in sheet_of(pilot)
        await press(pilot, "y", "x")
        assert screen(pilot) == "DebriefScreen"
        assert "Appeal" not in text_of(pilot)


async def test_the_learner_acknowledges_and_appeals(dialogues):
    async with stage(dialogues) as pilot:
        session = await debriefed(pilot, "Ada")
        await press(pilot, "y", *"ok", "enter")
        await press(pilot, "end", "up", "x")
        assert "Appeal: Is it said back?" in text_of(pilot)
        await press(pilot, *"no", "enter")
        first = next(e for e in session.events if isinstance(e, Rated))
        assert said(session) == [
            ("acknowledged", "ok", 0, "learner"), ("appeal", "no", first.seq, "learner"),
        ]  # fmt: skip
        assert "Appeal: no" in sheet_of(pilot)
        assert "The rating as a whole. Acknowledged: ok" in sheet_of(pilot)


async def test_an_appeal_from_a_decision_is_about_the_rating_as_a_whole(dialogues):
    async with stage(dialogues) as pilot:
        session = await debriefed(pilot, "Ada")
        await press(pilot, "x")
        assert "against the rating as a whole" in text_of(pilot)
        await press(pilot, *"no", "enter")
        assert said(session) == [("appeal", "no", 0, "learner")]


async def test_enter_on_a_rating_goes_to_the_decision_that_shows_it(dialogues):
    async with stage(dialogues) as pilot:
        session = await debriefed(pilot, "Ada")
        await press(pilot, "end", "up", "enter")
        assert pilot.app.screen.query_one(Sheet).key == "2"
        await press(pilot, "end", "m", "enter")
        assert screen(pilot) == "DebriefScreen"
        assert session.events


async def test_a_take_is_rated_from_its_debrief(dialogues):
    async with stage(dialogues) as pilot:
        session = await debriefed(pilot)
        await press(pilot, "o", "enter", "2", "q")
        assert screen(pilot) == "DebriefScreen"
        assert rated(session) == [("says-back", 2, "", 0)]
        assert "Zoë: 100 of 100" in sheet_of(pilot)


async def test_ratings_by_a_form_that_is_gone_are_shown_as_they_stand(dialogues):
    async with stage(dialogues) as pilot:
        (dialogues / "qa-form.toml").write_text(FORM.replace('version = "1"', 'version = "2"'))
        await debriefed(pilot, "Ada")
        page = sheet_of(pilot)
        assert "Rated by a form that is not here (example 1), so without a score:" in page
        assert "Ada, says-back: 1 (decision 1): Ada says so" in page
