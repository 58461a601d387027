"""What comes into a scenario from beside it: the words of the house, shared dialogues, and an earlier take."""

import pytest
from click.testing import CliRunner

from taketwo.checks import check_paths, example
from taketwo.cli import main
from taketwo.scenario.around import Around
from taketwo.scenario.dump import dump
from taketwo.scenario.library import Library
from taketwo.scenario.sequel import Past, pasts
from taketwo.scenario.source import draft_from_bytes

HOUSE = """
[names.house]
shop = "Oster"
days = 30
[briefing]
situation = "{house.shop} keeps it {house.days} days."
"""
CALM = """
format = 1
id = "calm"
title = "Calm down"
start = "ask"
meters = ["patience"]
[flags]
asked = "It was asked"
[exits]
well = "They are calm"
badly = "They are not"
[names.calm]
drink = "tea"
[nodes.ask]
says = [{ text = "I am upset." }]
[nodes.ask.replies.ask]
say = "Some {calm.drink}?"
points = { active-listening = 1 }
why = "Kind."
sets = ["asked"]
samples = ["A cup of something?", "Something to drink?"]
goto = "then"
[nodes.ask.replies.hush]
say = "Hush."
points = { active-listening = -2 }
why = "Unkind."
effects = { patience = -2 }
samples = ["Shh.", "Quiet."]
goto = [{ when = ["patience <= 2"], to = "badly" }, { to = "then" }]
[nodes.ask.replies.wait]
say = "I will wait."
points = { active-listening = 0 }
why = "Neither."
samples = ["I have time.", "No hurry."]
goto = "then"
[nodes.then]
says = [{ when = ["asked"], text = "No {calm.drink}." }, { text = "Well." }]
[nodes.then.replies.go-on]
say = "Then let us go on."
points = { active-listening = 1 }
why = "Goes on."
samples = ["Shall we?", "On, then."]
when = ["asked"]
goto = "well"
[nodes.then.replies.sit]
say = "Sit down."
points = { active-listening = 0 }
why = "Bossy."
samples = ["Take a seat.", "Sit, please."]
goto = "well"
[nodes.then.replies.leave]
say = "I have others to see to."
points = { active-listening = -1 }
why = "Leaves."
clears = ["asked"]
samples = ["Excuse me.", "One moment."]
goto = "badly"
"""
ENTERS = """
[nodes.opening.replies.ask]
goto = "soothe"
[enter.soothe]
dialogue = "calm"
exits = { well = "search", badly = "walks-off" }
"""
FOLLOWS = """
[flags]
promised = "A call was promised"
lost = "It ended badly"
[promises]
again = "To ring again"
[nodes.opening.replies.listen]
promise = "again"
[[nodes.search.says]]
when = ["promised"]
text = "You said: {quote.call}"
[[nodes.search.says]]
when = ["lost"]
text = "Never mind."
[[nodes.search.says]]
text = "A black one."
[sequel]
of = ["parcel", "repair"]
[sequel.flags.promised]
promise = ["parcel/by-five", "repair/by-noon"]
[sequel.flags.lost]
ending = ["parcel/gone"]
[sequel.quotes.call]
promise = ["parcel/by-five"]
otherwise = "somebody will ring"
"""


def read(fragment, around=None):
    """The example with `fragment`, and the codes of what is wrong with it."""
    text = example.laid_over(fragment)
    draft = draft_from_bytes(text.encode(), "example.toml", {}, stem=example.ID, around=around or Around())
    return draft.scenario, [finding.code for finding in draft.findings()]


@pytest.fixture
def folder(tmp_path):
    """A folder of scenes with the sub-dialogue `calm`."""
    (tmp_path / "common").mkdir()
    (tmp_path / "common" / "calm.toml").write_text(CALM)
    return tmp_path


class TestHouse:
    def test_a_scene_has_words_of_its_own(self):
        scenario, _ = read(HOUSE)
        assert scenario.briefing.situation == "Oster keeps it 30 days."

    def test_what_a_flag_and_a_promise_say_has_them_too(self):
        remembered = '[flags]\nkept = "{house.shop} keeps it"\n[promises]\nring = "{house.shop} rings"\n'
        scenario, _ = read(HOUSE + remembered)
        assert (scenario.flags["kept"], scenario.promises["ring"]) == ("Oster keeps it", "Oster rings")

    def test_the_house_has_the_last_word(self):
        scenario, _ = read(HOUSE, Around({"house.shop": "Ours", "house.fax": "12"}))
        assert scenario.briefing.situation == "Ours keeps it 30 days."

    def test_it_is_found_beside_the_scenes_and_among_the_settings(self, tmp_path, monkeypatch):
        monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path / "settings"))
        (tmp_path / "settings").mkdir()
        (tmp_path / "example.toml").write_text(example.laid_over(HOUSE))
        library = Library(tmp_path)
        assert "Oster keeps it 30" in library.load("example").briefing.situation
        (tmp_path / "house.toml").write_text('format = 1\n[house]\nshop = "Beside"\ndays = 5\n')
        assert library.load("example").briefing.situation == "Beside keeps it 5 days."
        (tmp_path / "settings" / "house.toml").write_text('format = 1\n[house]\nshop = "Mine"\n')
        assert library.load("example").briefing.situation == "Mine keeps it 5 days."

    def test_a_broken_house_does_not_stop_a_scene(self, tmp_path):
        (tmp_path / "example.toml").write_text(example.laid_over(HOUSE))
        (tmp_path / "house.toml").write_text("format = 2\n")
        assert "Oster" in Library(tmp_path).load("example").briefing.situation

    @pytest.mark.parametrize(
        ("text", "code"),
        [
            ('format = 1\n[house]\nschop = "Ours"\n', "TT036"),
            ('format = 1\n[house]\nshop = "{x}"\n', "TT004"),
            ("format = 1\n[house]\nshop = true\n", "TT004"),
            ("format = 1\n[huose]\nshop = 'x'\n", "TT002"),
            ("format = \n", "TT001"),
        ],
    )
    def test_check_says_what_is_wrong_with_it(self, tmp_path, text, code):
        (tmp_path / "example.toml").write_text(example.laid_over(HOUSE))
        (tmp_path / "house.toml").write_text(text)
        found = check_paths([tmp_path / "house.toml"], Library(tmp_path))
        assert code in [finding.code for finding in found]
        assert all(finding.file.endswith("house.toml") and finding.line for finding in found)

    def test_and_nothing_where_all_is_well(self, tmp_path):
        (tmp_path / "example.toml").write_text(example.laid_over(HOUSE))
        (tmp_path / "house.toml").write_text('format = 1\n[house]\nshop = "Ours"\ndays = 3\n')
        assert check_paths([tmp_path / "house.toml"], Library(tmp_path)) == []

    def test_a_file_to_begin_with_has_every_name_and_is_well_once_one_is_set(self, tmp_path):
        (tmp_path / "example.toml").write_text(example.laid_over(HOUSE))
        text = CliRunner().invoke(main, ["house", "--dialogues", str(tmp_path)]).stdout
        assert "# days = 30" in text and '# shop = "Oster"' in text
        path = tmp_path / "house.toml"
        path.write_text(text.replace("# shop", "shop").replace("Oster", "Ours", 1))
        assert check_paths([path], Library(tmp_path)) == []
        assert "Ours keeps it" in Library(tmp_path).load("example").briefing.situation


class TestSubDialogues:
    def test_its_nodes_become_plain_ones(self, folder):
        scenario, codes = read(ENTERS, Around(folder=folder))
        assert codes == []
        assert list(scenario.nodes) == ["opening", "search", "soothe/ask", "soothe/then"]
        assert list(scenario.flags) == ["soothe/asked"]
        assert scenario.nodes["soothe/ask"].replies[0].say == ("Some tea?",)
        to = [branch.to for reply in scenario.nodes["soothe/then"].replies for branch in reply.goto]
        assert to == ["search", "search", "walks-off"]
        assert scenario.nodes["opening"].replies[1].goto[0].to == "soothe/ask"

    def test_the_copy_that_is_kept_knows_nothing_of_it(self, folder):
        scenario, _ = read(ENTERS, Around(folder=folder))
        text = dump(scenario)
        assert "[enter" not in text
        assert draft_from_bytes(text.encode(), "x", {}).scenario == scenario

    def test_a_scene_brings_its_own_words(self, folder):
        own = '[enter.soothe.names.calm]\ndrink = "milk"\n[[enter.soothe.says.ask]]\ntext = "Waah."\n'
        scenario, codes = read(ENTERS + own, Around(folder=folder))
        assert codes == []
        assert scenario.nodes["soothe/ask"].says[0].texts == ("Waah.",)
        assert scenario.nodes["soothe/ask"].replies[0].say == ("Some milk?",)

    def test_it_can_be_entered_twice_and_at_the_start(self, folder):
        twice = ENTERS + '[enter.first]\ndialogue = "calm"\nexits = { well = "opening", badly = "soothe" }\n'
        scenario, codes = read('start = "first"\n' + twice, Around(folder=folder))
        assert codes == []
        assert scenario.start == "first/ask"
        assert scenario.nodes["first/then"].replies[2].goto[0].to == "soothe/ask"

    @pytest.mark.parametrize(
        ("fragment", "code", "message"),
        [
            (
                ENTERS.replace('"calm"', '"clam"'),
                "TT034",
                "There is no sub-dialogue 'clam'. Did you mean 'calm'?",
            ),
            (
                ENTERS.replace(', badly = "walks-off"', ""),
                "TT035",
                "this scene does not say where that leads",
            ),
            (ENTERS.replace("badly =", "bad ="), "TT035", "has no exit 'bad'"),
            (ENTERS + "[[enter.soothe.says.asks]]\ntext = 'x'\n", "TT035", "has no node 'asks'"),
            (ENTERS.replace("soothe", "search"), "TT017", "'search' is also a node"),
        ],
    )
    def test_what_does_not_fit_is_told_at_its_place(self, folder, fragment, code, message):
        path = folder / "example.toml"
        path.write_text(example.laid_over(fragment))
        found = check_paths([path], Library(folder))
        assert code in [f.code for f in found if f.severity == "error"]
        assert any(message in f.message and f.line > 1 and f.path.startswith("enter.") for f in found)

    def test_a_broken_one_is_named_where_it_is_entered(self, folder):
        (folder / "common" / "calm.toml").write_text(CALM.replace("title =", "titel ="))
        _, codes = read(ENTERS, Around(folder=folder))
        assert codes == ["TT034"]

    def test_check_looks_at_the_file_itself(self, folder):
        path = folder / "common" / "calm.toml"
        assert check_paths([path], Library()) == []
        path.write_text(
            CALM.replace('goto = "then"', 'goto = "thenn"', 1).replace('samples = ["Shh', '# ["Shh')
        )
        found = check_paths([path], Library())
        assert [(f.code, f.path) for f in found] == [
            ("TT010", "nodes.ask.replies.ask.goto"),
            ("TT042", "nodes.ask.replies.hush.samples"),
        ]


class TestSequels:
    def test_alone_it_is_told_of_nothing(self):
        scenario, codes = read(FOLLOWS)
        assert codes == []
        assert scenario.given == ()
        assert scenario.nodes["search"].says[0].texts == ("You said: somebody will ring",)

    def test_a_past_becomes_flags_and_words(self):
        past = Past("parcel", "gone", {"by-five": "I ring you at {five}."})
        scenario, codes = read(FOLLOWS, Around(past=past))
        assert codes == []
        assert scenario.given == ("promised", "lost")
        assert scenario.nodes["search"].says[0].texts == ("You said: I ring you at (five).",)

    def test_a_promise_of_another_scene_is_none_of_this_one(self):
        scenario, _ = read(FOLLOWS, Around(past=Past("repair", "gone", {"by-five": "At five."})))
        assert scenario.given == ()

    def test_the_copy_that_is_kept_stays_what_it_was(self):
        scenario, _ = read(FOLLOWS, Around(past=Past("repair", "x", {"by-noon": "At noon."})))
        assert draft_from_bytes(dump(scenario).encode(), "x", {}).scenario == scenario
        assert scenario.given == ("promised",)

    def test_every_past_is_known(self):
        scenario, _ = read(FOLLOWS)
        assert set(pasts(scenario.sequel)) == {(), ("promised",), ("lost",), ("promised", "lost")}

    def test_a_promise_is_remembered_by_the_reply_that_makes_it(self):
        scenario, _ = read(FOLLOWS)
        assert scenario.nodes["opening"].replies[0].promise == "again"
