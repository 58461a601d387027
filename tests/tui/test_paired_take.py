"""A take of two people on the full screen: judged, debriefed, replayed, drawn and listed, whatever is in its texts."""

import pytest
from stage import SIZES, TINY, press, program, screen, settled, sheet_of, text_of

from house import PAIRED, keep_take, paired_take, umbrella
from taketwo.session import begin, look_at
from taketwo.take.commands import Hand, Say, Start, Steer
from taketwo.transcript.shelf import Shelf
from taketwo.tui.compare import CompareScreen
from taketwo.tui.debrief import DebriefScreen, JudgeScreen
from taketwo.tui.replay import ReplayScreen
from taketwo.tui.talk import talk_blocks

NASTY = "[red]x[/] [@click=app.bell]y[/] \x1b[2J\x1b]52;c;aGk=\x07 \u202eשלום <b> %s {0}\nnext"


async def at(pilot, name: str, screen_type):
    await pilot.app.push_screen(screen_type(look_at(pilot.app.shelf, name)))
    await settled(pilot)


def in_order(text: str, wanted: list[str]) -> None:
    at = 0
    for words in wanted:
        found = text.find(words, at)
        assert found >= 0, words
        at = found + len(words)


async def test_the_debrief_says_what_does_not_count_and_whose_fall_it_was(tmp_path):
    app = program(tmp_path)
    name = paired_take(app.shelf)
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await at(pilot, name, DebriefScreen)
        shown = sheet_of(pilot)
    in_order(shown, ["With Bora.", "Steered by Bora twice: it counts as practice.", "Decision 1 was Bora's"])
    in_order(shown, ["–  ◆  ▼  ◆  ✓", "1     2     3"])
    in_order(
        shown,
        [
            "Bora, to you alone",
            "    ┊ Breathe first.",
            "Bora takes the conversation over.",
            " 1 (Bora says nothing.)",
            "This decision was Bora's; it does not count.",
            "The conversation is yours again.",
            "Bora joins in; the customer hears",
            "Hello? Anybody?",
            " 2 We keep things thirty days.",
            "Said aloud: Bora chose the reply that came nearest to it.",
            "◆ Bora, as the customer, made it easier: 0 % → 94 %.",
            "You asked for help.",
            " 3 I will look",
            "Bora opens a private note",
        ],
    )


async def test_only_the_learner_s_own_replies_can_be_wished_back(tmp_path):
    app = program(tmp_path)
    name = paired_take(app.shelf)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await at(pilot, name, JudgeScreen)
        assert "  1 " not in sheet_of(pilot)
        await press(pilot, "2")
        assert "▸ 2 We keep things" in text_of(pilot)
        await press(pilot, "3")
        assert "▸ 3 I will look" in text_of(pilot)
        await press(pilot, "enter", "4")
        assert "▸4  content" in text_of(pilot)


async def test_the_replay_tells_it_event_by_event(tmp_path):
    app = program(tmp_path)
    name = paired_take(app.shelf)
    async with app.run_test(size=(120, 60)) as pilot:
        await settled(pilot)
        await at(pilot, name, ReplayScreen)
        await press(pilot, *["right"] * (PAIRED["went on"] - 1))
        talk = sheet_of(pilot, "#talk")
        in_order(talk, ["Bora, to you alone", "Bora takes the conversation over.", "(Bora says nothing.)"])
        in_order(talk, ["Private note by Bora", "Hello? Anybody?", "◆ Bora, as the customer, made it harder"])
        await press(pilot, *["right"] * (PAIRED["steered"] - PAIRED["went on"]))
        beside = sheet_of(pilot, "#beside")
        in_order(
            beside,
            ["Said aloud: Bora", "The turning point", "Then, steered: Patience rises by 4", "made it easier"],
        )
        await press(pilot, "M", "m", "end")
        assert "Bora opens a private note" in sheet_of(pilot, "#talk")


async def test_the_map_shows_where_the_take_jumped(tmp_path):
    app = program(tmp_path)
    name = paired_take(app.shelf)
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await at(pilot, name, DebriefScreen)
        await press(pilot, "g", "y")
        assert screen(pilot) == "MapScreen"
        shown = sheet_of(pilot)
        assert "search · decision 3 · ◆ steered here after decision 2" in shown
        assert "patience-gone cut in, on to walks-off" in shown
        await press(pilot, "right", "right", "right", "m", "enter")
        assert screen(pilot) == "DebriefScreen"


async def test_the_shelf_names_the_trainer(tmp_path):
    app = program(tmp_path)
    paired_take(app.shelf)
    async with app.run_test(size=(100, 30)) as pilot:
        await settled(pilot)
        await press(pilot, "ctrl+o")
        assert "Zoë with Bora · " in text_of(pilot)


async def test_beside_another_take(tmp_path):
    app = program(tmp_path)
    names = paired_take(app.shelf), keep_take(app.shelf, "thirty-days", "look")
    async with app.run_test(size=(120, 40)) as pilot:
        await settled(pilot)
        await app.push_screen(CompareScreen(*names))
        await settled(pilot)
        in_order(
            sheet_of(pilot, "#left"),
            ["Steered by Bora twice", "This decision was Bora's; it does not count."],
        )


def test_the_conversation_so_far_is_told_while_it_is_played(tmp_path):
    session = begin(Shelf(tmp_path), umbrella(), Start(trainer="Bora"))
    session.do(Steer(says="Hello?"), by="trainer")
    session.do(Hand("trainer"), by="trainer")
    session.do(Say("say-back", Steer(meters=(("patience", 1),), says="Hm.")), by="trainer")
    session.close()
    for feedback in (True, False):
        lines = [
            block.text for block in talk_blocks(session.events, umbrella(), feedback=feedback) if block.text
        ]
        in_order(
            "\n".join(lines),
            [
                "It is black.",
                "as the customer, chose another line.",
                "Hello?",
                "takes the conversation over.",
                "\nBora\n",
                "Hm.",
            ],
        )
        assert any("Patience" in line for line in lines) == feedback


@pytest.mark.parametrize("size", [*SIZES, TINY], ids=str)
async def test_hostile_words_stay_words_on_every_screen(tmp_path, size):
    app = program(tmp_path)
    name = paired_take(app.shelf, NASTY, learner=NASTY, trainer=NASTY)
    other = paired_take(app.shelf, NASTY, learner=NASTY)
    async with app.run_test(size=size) as pilot:
        await settled(pilot)
        for opened in (JudgeScreen, DebriefScreen, ReplayScreen):
            await at(pilot, name, opened)
            await press(pilot, "end")
            shown = text_of(pilot)
            assert not {"\x1b", "\x07", "\u202e"} & set(shown)
            if size == SIZES[0] and opened is not JudgeScreen:  # what was typed is not on that one
                assert "[red]x[/]" in shown
            await pilot.app.pop_screen()
        await app.push_screen(CompareScreen(name, other))
        await settled(pilot)
        assert "\x1b" not in text_of(pilot)
