"""A scenario written down and read again is the same scenario."""

from hypothesis import given, settings
from strategies import scenarios

from taketwo.checks import example
from taketwo.scenario.dump import dump
from taketwo.scenario.source import draft_from_bytes


def read_again(scenario):
    draft = draft_from_bytes(dump(scenario).encode(), "dumped.toml", {})
    assert draft.findings() == []
    return draft.scenario


@settings(deadline=None, max_examples=60)
@given(scenarios())
def test_what_is_dumped_reads_back_equal(scenario):
    assert read_again(scenario) == scenario


@settings(deadline=None, max_examples=20)
@given(scenarios())
def test_the_same_scenario_has_the_same_text(scenario):
    assert dump(read_again(scenario)) == dump(scenario)


def test_declared_names_are_filled_in_once_and_for_all():
    text = example.laid_over('[briefing]\nsituation = "Kept {days} days for {learner}."\n[names]\ndays = 30')
    scenario = draft_from_bytes(text.encode(), "example.toml", {}).scenario
    assert read_again(scenario).briefing.situation == "Kept 30 days for {learner}."


def test_a_name_with_a_brace_is_refused_as_it_could_not_be_read_again():
    text = example.laid_over('[customer]\nname = "Imre {x}"')
    findings = draft_from_bytes(text.encode(), "example.toml", {}).findings()
    assert [(f.code, f.path) for f in findings] == [("TT006", "customer.name")]
