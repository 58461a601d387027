"""The examples in the docstring of every finding: the bad one is found, the good one finds nothing."""

import pytest
import tomli

from taketwo.checks import check_draft, example, programme
from taketwo.checks.explain import UnknownCode, explain, explanation
from taketwo.practice.source import PROGRAMMES
from taketwo.qa import checks as forms
from taketwo.qa.source import FORMS
from taketwo.scenario.findings import CODES
from taketwo.scenario.source import draft_from_bytes

MEASURES = {"TT060", "TT061"}
"""These judge a whole scene, or a folder, and the example is too small to meet any: `test_measured` shows them."""
BESIDE = {"TT034", "TT035", "TT036"}
"""These are about files beside the scenario: `tests/scenario/test_beside.py` shows them."""
EXAMPLES = sorted(CODES.keys() - MEASURES - BESIDE)


def findings(text):
    return check_draft(draft_from_bytes(text.encode(), "example.toml", {}, stem=example.ID))


def findings_of_a_programme(text):
    return programme.findings(*PROGRAMMES.draft_of(text.encode(), "programme.toml"), example.SCENES)


def findings_of_a_form(text):
    form, draft = FORMS.draft_of(text.encode(), "qa-form.toml")
    lessons = {"active-listening": 0, "be-the-hope": 0, "sequel": 0}
    return draft.findings(forms.problems(form, draft, lessons))


def found(code, fragment):
    """What is found in the example that `code` is about, with `fragment` laid over it."""
    if CODES[code].__module__ == forms.__name__:
        return findings_of_a_form(example.laid_over(fragment, example.FORM))
    if CODES[code].__module__ == programme.__name__:
        return findings_of_a_programme(example.laid_over(fragment, example.PROGRAMME))
    return findings(example.laid_over(fragment))


def test_the_examples_have_nothing_wrong():
    assert findings(example.BASE) == []
    assert findings_of_a_programme(example.PROGRAMME) == []
    assert findings_of_a_form(example.FORM) == []


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_bad_example_is_found(code):
    assert [f.code for f in found(code, explanation(code).bad)] == [code]


@pytest.mark.parametrize("code", EXAMPLES)
def test_the_good_example_finds_nothing(code):
    good = explanation(code).good
    assert tomli.loads(good)
    assert found(code, good) == []


@pytest.mark.parametrize("code", sorted(CODES))
def test_a_code_is_explained(code):
    text = explain(code.lower())
    assert text.startswith(f"{code}: ")
    assert explanation(code).description.endswith(".")
    assert "\nBad:\n    " in text
    assert "\nGood:\n    " in text


def test_an_unknown_code_names_the_nearest():
    with pytest.raises(UnknownCode, match="Did you mean 'TT010'"):
        explain("TT0100")
