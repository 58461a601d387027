"""`taketwo play FILE --watch`: the file is read again when it is saved, and the take goes on where it can."""

import os
import subprocess

import pytest
from desk import TAKETWO, change, environment, new, number, taketwo, watched_play

from taketwo.authoring.watch import TRIAL, Watched, carry_over, look, trial
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session
from taketwo.take.commands import Hint, Pause, Remark, Start
from taketwo.transcript.shelf import Shelf

OLD_LINE = "Half past three it starts, fourteen children. He can read now. What do we do?"
NEW_LINE = "Half past three, and fourteen of them. Well?"
PLAN_IS_TALK = (("nodes.plan", "nodes.talk"), ('"plan"', '"talk"'))


@pytest.fixture
def path(tmp_path):
    return new(tmp_path)


def begun(path, *replies, **start) -> tuple[Watched, Session]:
    watched = Watched(path, Library())
    session = trial(watched.load(), Start(**{"seed": 1} | start))
    for reply in replies:
        session.say(reply)
    return watched, session


# --- through the ways in


def test_a_trial_says_so_at_the_start_and_leaves_nothing_behind(tmp_path, path):
    played = taketwo(tmp_path, "play", "late-pizza.toml", "--plain", "--watch", "--seed", "1", typed="1\nq\n")
    assert (played.returncode, played.stderr) == (0, "")
    before, _, after = played.stdout.partition(f"{TRIAL} The file is read again whenever it is saved.\n")
    assert "> " not in before and "Kofi Mensah: " in after
    assert played.stdout.endswith("Left.\n")
    assert "kept." not in after
    assert Shelf(tmp_path / "saves").rows() == []
    assert not (tmp_path / "saves").exists()


class Process:
    """The program at work, and what it has printed up to each prompt."""

    def __init__(self, folder, *words: str) -> None:
        self.run = subprocess.Popen(
            [*TAKETWO, *words],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=folder,
            env=environment(folder),
        )

    def type(self, line: str) -> str:
        assert self.run.stdin
        self.run.stdin.write(f"{line}\n".encode())
        self.run.stdin.flush()
        return self.printed()

    def printed(self) -> str:
        """Everything up to the next prompt or the end."""
        assert self.run.stdout
        text = b""
        while not text.endswith(b"\n> ") and (char := self.run.stdout.read(1)):
            text += char
        return text.decode()


def test_a_save_between_two_lines_is_taken_up_before_the_second(tmp_path, path):
    program = Process(tmp_path, "play", "late-pizza.toml", "--plain", "--watch", "--seed", "1")
    with program.run:
        assert "Leo" in program.printed()
        _, session = begun(path)
        assert OLD_LINE in program.type(number(session, "when"))
        change(path, (OLD_LINE, NEW_LINE))
        assert f"Read again: you are where you were.\nKofi Mensah: {NEW_LINE}\n" in program.type("r")
        change(path, ("goto = ", "gotto = "))
        broken = program.type("m")
        assert (
            "The file was saved, and cannot be played as it is. You go on with the version before." in broken
        )
        assert "late-pizza.toml:" in broken and "error TT002: Unknown key 'gotto'" in broken
        assert "Patience: tense, 6 of 10." in broken
        change(path, ("gotto = ", "goto = "), *PLAN_IS_TALK)
        moved = program.type("m")
        assert "Read again, and started over: the node 'plan' is gone." in moved
        assert "Leo" in moved
        assert program.type("q") == "\nLeft.\n"
    assert program.run.returncode == 0


async def test_the_full_screen_takes_up_a_save(tmp_path, path, monkeypatch):
    from taketwo.settings import Settings
    from taketwo.tui.app import TakeTwo
    from taketwo.tui.play import PlayScreen

    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path / "config"))
    app = TakeTwo(
        Library(tmp_path),
        Shelf(tmp_path / "saves"),
        Settings(learner="Zoë", own_words=False),
        scene="late-pizza",
    )
    app.watched = Watched(path, Library(tmp_path))
    app.watched.load()
    app.seed = 1

    async def shown(pilot, text):
        """Wait until the conversation holds `text`; the file is looked at twice a second."""
        for _ in range(200):
            await pilot.pause(0.05)
            wanted = "#talk" if isinstance(app.screen, PlayScreen) else "Sheet"
            sheets = app.screen.query(wanted)  # none yet where the screen is just being made
            if any(text in block.text for sheet in sheets for block in sheet.blocks):
                return
        raise AssertionError(f"{text!r} was never shown")

    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        await shown_briefing(pilot, app)
        await pilot.press("enter")
        await shown(pilot, "Leo")
        assert isinstance(app.screen, PlayScreen)
        assert any(TRIAL in notice.message for notice in app._notifications)
        app.screen.session.say("when")
        app.screen._turn()
        await shown(pilot, OLD_LINE)
        change(path, (OLD_LINE, NEW_LINE))
        await shown(pilot, NEW_LINE)
        change(path, ("csat = 5", 'csat = "five"'))
        await shown(pilot, "error TT004")
        change(path, ('csat = "five"', "csat = 5"), (NEW_LINE, OLD_LINE))
        await shown(pilot, OLD_LINE)
        assert isinstance(app.screen, PlayScreen)
        await pilot.press("q")
    assert app.code == 0
    assert not (tmp_path / "saves").exists()


async def shown_briefing(pilot, app):
    await pilot.pause()
    await app.workers.wait_for_complete([worker for worker in app.workers if worker.name == "load"])
    await pilot.pause()


def test_a_number_typed_for_the_version_before_is_not_obeyed_in_another_place(path):
    _, session = begun(path)
    renamed = ("[nodes.opening.replies.when]", "[nodes.opening.replies.by-when]")
    printed, _ = watched_play(path, lambda: change(path, renamed), number(session, "when"), "q")
    assert printed[1].endswith("What you typed was meant for the version before. Choose again.\n")
    assert "You: " not in printed[1]


def test_a_number_is_obeyed_where_its_reply_still_stands(path):
    _, session = begun(path)
    printed, _ = watched_play(path, lambda: change(path, (OLD_LINE, NEW_LINE)), number(session, "when"), "q")
    assert "Read again: you are where you were." in printed[1]
    assert NEW_LINE in printed[1]


def test_the_take_that_comes_to_its_end_is_the_one_in_the_new_version(path):
    _, session = begun(path)
    steps = []
    for reply in ("when", "say-how-long", "carry-it-flat", "look-first"):
        steps.append(number(session, reply))
        session.say(reply)
    laugh = ("He laughs, and carries", "He beams, and carries")
    _, ended = watched_play(path, *steps[:3], lambda: change(path, laugh), steps[3])
    assert ended and "He beams" in ended.says
    assert next(event.said for event in ended.events[1:]).startswith("Theo")
    assert ended.journal is None and ended.unsaved == TRIAL


# --- the file


def test_a_file_is_told_of_once_and_only_when_it_has_changed(path):
    watched = Watched(path, Library())
    assert isinstance(watched.changed(), Scenario)
    assert watched.changed() is None
    os.utime(path)
    assert watched.changed() is None
    change(path, ("Theo", "Luca"))
    assert isinstance(watched.changed(), Scenario)
    assert watched.changed() is None


def test_a_file_that_is_replaced_as_editors_do_is_noticed(path):
    watched, _ = begun(path)
    fresh = path.with_name("late-pizza.toml~")
    fresh.write_text(path.read_text().replace("Theo", "Luca"))
    os.utime(fresh, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    path.unlink()
    assert watched.changed() is None
    fresh.rename(path)
    assert isinstance(watched.changed(), Scenario)


def test_an_empty_file_is_one_that_is_being_written(path):
    watched, session = begun(path)
    text = path.read_text()
    path.write_text("")
    assert look(watched, session) is None
    path.write_text(text)
    assert look(watched, session) is None


def test_a_broken_file_is_told_of_once_and_the_take_goes_on(path):
    watched, session = begun(path, "when")
    change(path, ("goto = ", "gotto = "))
    news = look(watched, session)
    assert news and news.session is session and news.findings
    assert all(finding.line for finding in news.findings)
    assert look(watched, session) is None


@pytest.mark.parametrize("what", ["a folder", "no text", "too large"])
def test_what_cannot_be_read_is_told_of_once(path, what):
    watched, session = begun(path)
    text = path.read_bytes()
    path.unlink()
    if what == "a folder":
        path.mkdir()
    else:
        path.write_bytes(b"\xff" if what == "no text" else text + b"#" * (1 << 20))
    news = look(watched, session)
    assert news and [finding.code for finding in news.findings] == ["TT001"]
    assert look(watched, session) is None
    if what == "a folder":
        path.rmdir()
    path.write_bytes(text.replace(b"Theo", b"Luca"))
    assert (news := look(watched, session)) and not news.findings


# --- the place


def version(path, *pairs):
    change(path, *pairs)
    return Library().load(str(path))


def hidden(node, *replies):
    heads = [f"[nodes.{node}.replies.{reply}]" for reply in replies]
    return [(head, f'{head}\nwhen = ["promised"]') for head in heads]


def test_what_was_said_is_said_again_in_the_new_words(path):
    _, session = begun(path, "when", "sorry-again")
    session.do(Remark("note", "too much", about=session.state.seq))
    session.do(Hint())
    new_words = ("Theo. And when does he get to see it?", "Theo, of course. When is it?")
    again, message = carry_over(session, version(path, new_words))
    assert message == "Read again: you are where you were."
    assert again is not session
    assert again.state.position == session.state.position
    assert next(event.said for event in again.events if hasattr(event, "said")) == new_words[1]
    assert [event.about for event in again.events if hasattr(event, "about")] == [again.events[-2].seq]
    again.rewind()
    assert again.node and again.node.id == "plan"


def test_meters_follow_the_new_effects(path):
    _, session = begun(path, "when")
    again, message = carry_over(
        session,
        version(path, ("effects = { patience = 1 }                #", "effects = { patience = 4 } #")),
    )
    assert message == "Read again: you are where you were. Meters and flags are as the new version has them."
    assert again.meters == {"patience": 9}


def test_what_was_taken_back_is_not_said_again(path):
    _, session = begun(path, "who-took-it")
    session.rewind()
    session.say("when")
    again, _ = carry_over(session, version(path, (OLD_LINE, NEW_LINE)))
    assert [event.reply for event in again.events if hasattr(event, "reply")] == ["when"]


def test_where_the_way_is_gone_the_place_is_kept_with_its_meters_and_flags(path):
    _, session = begun(path, "five-minutes")
    again, message = carry_over(
        session,
        version(
            path,
            ("[nodes.opening.replies.five-minutes]", "[nodes.opening.replies.in-no-time]"),
            ("opening/five-minutes", "opening/in-no-time"),
        ),
    )
    assert message == (
        "Read again: you are where you were, though no longer by the way you came: what was said before is gone."
    )
    assert again.node and again.node.id == "plan"
    assert again.machine.flag_names(again.state.position) == ("promised",)
    assert again.meters == session.meters
    assert "Five minutes, good." in again.says


def test_meters_and_flags_are_known_by_name(path):
    _, session = begun(path, "five-minutes")
    more = (
        ("[meters.patience]", "[meters.hope]\nstart = 3\n\n[meters.patience]"),
        ("[flags]", '[flags]\nfirst = "Comes first now"'),
        ("[nodes.opening.replies.five-minutes]", "[nodes.opening.replies.in-no-time]"),
        ("opening/five-minutes", "opening/in-no-time"),
    )
    again, _ = carry_over(session, version(path, *more))
    assert again.meters == {"hope": 3, "patience": 5}
    assert again.machine.flag_names(again.state.position) == ("promised",)


@pytest.mark.parametrize(
    ("pairs", "why"),
    [
        (PLAN_IS_TALK, "the node 'plan' is gone"),
        (
            [
                ("high = 10", "high = 5"),
                (', 5 = "tense", 7 = "at ease"', ""),
                ("patience >= 8", "patience >= 5"),
            ],
            "the meter 'patience' stood at 6, and goes from 0 to 5 now",
        ),
    ],
)
def test_where_the_place_is_gone_it_starts_over_and_says_why(path, pairs, why):
    _, session = begun(path, "when")
    again, message = carry_over(session, version(path, *pairs))
    assert message == f"Read again, and started over: {why}."
    assert again.state.decisions == 0
    assert again.node and again.node.id == "opening"


def test_where_nothing_can_be_said_any_more_it_starts_over(path):
    _, session = begun(path, "when")
    again, message = carry_over(
        session, version(path, *hidden("plan", "say-how-long", "half-price", "sorry-again"))
    )
    assert message == "Read again, and started over: at the node 'plan' nothing could be said any more."
    assert again.state.decisions == 0


def test_a_version_that_cannot_begin_is_not_taken(path):
    _, session = begun(path)
    same, message = carry_over(
        session, version(path, *hidden("opening", "when", "who-took-it", "five-minutes"))
    )
    assert same is session
    assert message == "Read again, but nothing can be said at its start. You go on with the version before."


def test_a_change_of_comments_changes_nothing(path):
    _, session = begun(path, "when")
    same, message = carry_over(session, version(path, ("# the version of this format", "# one")))
    assert same is session
    assert message == "Read again: what is played has not changed."


def test_mode_seed_learner_and_pause_are_kept(path):
    _, session = begun(path, "when", seed=7, learner="Zoë", mode="coached", pace=2.0)
    session.do(Pause())
    again, _ = carry_over(session, version(path, (OLD_LINE, NEW_LINE)))
    was, now = session.state, again.state
    assert (now.seed, now.learner, now.mode, now.pace, now.status) == (7, "Zoë", "coached", 2.0, "paused")
    assert was.status == "paused"


def test_a_take_from_a_decision_of_another_goes_on_from_there(path):
    _, session = begun(path, "when", "say-how-long")
    scenario = session.scenario
    fork = trial(scenario, Start(seed=1, parent="unsaved#3", position=session.state.position))
    fork.say("carry-it-flat")
    again, message = carry_over(fork, version(path, ("Is that it? Is it done?", "Is it done?")))
    assert message == "Read again: you are where you were."
    assert again.started.parent == "unsaved#3"
    assert again.says.endswith("Is it done?")


def test_a_file_that_is_broken_from_the_start_is_told_as_ever(tmp_path, path):
    change(path, ("goto = ", "gotto = "))
    played = taketwo(tmp_path, "play", "late-pizza.toml", "--plain", "--watch")
    assert (played.returncode, played.stdout) == (1, "")
    assert "late-pizza.toml:" in played.stderr
