"""What the examples do not show: the finer points of graph and state, and when a subject keeps silent."""

import pytest

from taketwo.checks import check_draft, example
from taketwo.scenario.source import draft_from_bytes


def codes(fragment):
    """The codes that `fragment` over the example gives, in the order of the file."""
    draft = draft_from_bytes(example.laid_over(fragment).encode(), "example.toml", {}, stem=example.ID)
    return [finding.code for finding in check_draft(draft)]


ENDING = '[endings.hangs-up]\nkind = "lost"\ncsat = 1\nresolved = false\ntext = "Click."\n'
CIRCLE = "".join(
    f'[nodes.search.replies.{reply}]\nonce = true\ngoto = "search"\neffects = {{ patience = -2 }}\n'
    for reply in ("look", "form", "shrug")
)


class TestGraph:
    def test_an_interrupt_leads_somewhere(self):
        assert codes(ENDING) == ["TT021"]
        assert codes(ENDING + '[interrupts.gone]\nwhen = ["patience <= 3"]\ngoto = "hangs-up"') == []

    def test_an_interrupt_is_a_way_out_where_something_it_asks_about_changes(self):
        gone = '[interrupts.gone]\nwhen = ["patience <= 0"]\ngoto = "walks-off"\n'
        assert codes(CIRCLE) == ["TT022"]
        assert "TT022" not in codes(CIRCLE + gone)

    def test_an_interrupt_that_nothing_here_can_set_off_is_none(self):
        other = (
            '[meters.hope]\nstart = 5\n[interrupts.gone]\nwhen = ["hope <= 0"]\ngoto = "walks-off"\n'
            "[nodes.opening.replies.ask]\neffects = { hope = -5 }\n"
        )
        assert codes(CIRCLE + other) == ["TT022"]

    def test_silence_is_a_way(self):
        assert codes(ENDING + '[nodes.opening.silence]\nwhy = "Dead air."\ngoto = "hangs-up"') == []

    def test_an_unreached_node_does_not_make_others_reached(self):
        lost = '[nodes.attic]\nsays = [{ text = "Hm." }]\n[nodes.opening.replies.listen]\ngoto = "goodbye"\n'
        lost += "".join(
            f'[nodes.attic.replies.{r}]\nsay = "{r}"\npoints = {{ active-listening = {p} }}\nwhy = "."\n'
            f'samples = ["{r} a", "{r} b"]\ngoto = "search"\n'
            for p, r in enumerate(("one", "two", "three"), -1)
        )
        assert codes(lost) == ["TT020", "TT020"]


def shrug(goto):
    return f"[nodes.search.replies.shrug]\ngoto = [{goto}, {{ to = 'goodbye' }}]"


class TestConditions:
    @pytest.mark.parametrize(
        "when",
        [
            "['patience > 10']",
            "['patience < 0']",
            "['patience == 11']",
            "['patience >= 5', 'patience < 5']",
            "['patience == 5', 'patience != 5']",
            "['patience >= 9', 'patience != 9', 'patience != 10']",
            "[['patience > 10'], ['patience < 0']]",
        ],
    )
    def test_it_can_never_hold(self, when):
        assert codes(shrug(f"{{ when = {when}, to = 'walks-off' }}")) == ["TT028"]
        assert codes(f"[nodes.search.replies.shrug]\nwhen = {when}") == ["TT023"]

    @pytest.mark.parametrize(
        "when", ["['patience > 9']", "['patience >= 9', 'patience != 9']", "['patience != 5']"]
    )
    def test_it_can_hold(self, when):
        assert codes(shrug(f"{{ when = {when}, to = 'walks-off' }}")) == []

    @pytest.mark.parametrize(
        ("first", "second", "found"),
        [
            ("['patience <= 5']", "['patience <= 5']", ["TT028"]),
            ("['patience <= 5']", "['patience == 4']", ["TT028"]),
            ("['patience != 5']", "['patience <= 4']", ["TT028"]),
            ("[['patience <= 2'], ['patience >= 8']]", "[['patience == 9'], ['patience == 1']]", ["TT028"]),
            ("['patience <= 2']", "['patience <= 5']", []),
            ("['patience != 5']", "['patience <= 5']", []),
            ("['patience <= 4', 'patience >= 2']", "['patience <= 4']", []),
        ],
    )
    def test_an_earlier_entry_may_hide_a_later_one(self, first, second, found):
        both = f"{{ when = {first}, to = 'walks-off' }}, {{ when = {second}, to = 'goodbye' }}"
        assert codes(shrug(both)) == found

    def test_flags_that_contradict_each_other(self):
        flags = "[flags]\nheard = 'Heard'\n[nodes.opening.replies.listen]\nsets = ['heard']\n"
        assert codes(flags + shrug("{ when = ['heard', 'not heard'], to = 'walks-off' }")) == ["TT028"]

    def test_an_interrupt_that_can_never_fire(self):
        assert codes("[interrupts.never]\nwhen = ['patience > 10']\ngoto = 'walks-off'") == ["TT028"]

    def test_bounds_of_the_meter_count(self):
        assert (
            codes("[meters.patience]\nhigh = 20\n" + shrug("{ when = ['patience > 10'], to = 'walks-off' }"))
            == []
        )


class TestSilence:
    """A mistake is reported once, not again by all that follows from it."""

    def test_a_goto_that_leads_nowhere_is_not_also_an_unreached_node(self):
        assert codes("[nodes.opening.replies.listen]\ngoto = 'serch'") == ["TT010"]

    def test_a_misspelt_flag_is_not_also_an_unset_one(self):
        assert codes(
            "[flags]\nheard = 'Heard'\n[nodes.opening.replies.listen]\nsets = ['herd']\n"
            "[nodes.opening.replies.ask]\nwhen = ['not heard']"
        ) == ["TT012"]

    def test_a_reply_without_a_goto_hides_no_other_node_and_makes_none_unreached(self):
        fragment = (
            "[nodes.opening.replies.listen]\ngoto = 5\n[nodes.search.replies.look]\nwhy = ''\nsamples = []"
        )
        assert codes(fragment) == ["TT004", "TT004"]

    def test_words_that_are_wrong_do_not_silence_the_graph(self):
        assert codes(ENDING + "[nodes.opening.replies.listen]\nwhy = 5") == ["TT004", "TT021"]

    def test_one_node_that_is_wrong_does_not_silence_the_others(self):
        assert codes("[nodes.opening]\ntime_limit = 1\n[nodes.search.replies.look]\nsamples = ['One']") == [
            "TT004",
            "TT042",
        ]


class TestTheSameWords:
    @staticmethod
    def twice(one, other):
        """The codes where two replies say the same, each with its `when`."""
        said = "".join(
            f'[nodes.search.replies.{reply}]\nsay = "Come and look."\nwhen = {when}\n'
            for reply, when in (("look", one), ("form", other))
        )
        return [code for code in codes(said) if code not in ("TT023", "TT052")]

    @pytest.mark.parametrize("other", ["['patience <= 6']", "['patience == 7', 'patience != 7']"])
    def test_may_be_said_in_another_mood(self, other):
        assert self.twice("['patience >= 7']", other) == []

    @pytest.mark.parametrize("other", ["['patience >= 7']", "['patience <= 7']", "['patience != 8']"])
    def test_may_not_be_on_offer_together(self, other):
        assert self.twice("['patience >= 7']", other) == ["TT043"]

    def test_an_unknown_meter_excludes_nothing(self):
        assert "TT043" in self.twice("['hope >= 7']", "['hope <= 3']")
