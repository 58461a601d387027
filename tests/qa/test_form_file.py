"""Reading a form: what is well, what is wrong with its place, which one counts, and the shipped one."""

import re
from pathlib import Path

import pytest
from raters import form, form_file

from taketwo.checks import check_paths
from taketwo.checks.report import report
from taketwo.qa.checks import KIND
from taketwo.qa.source import FILE, FORMS, form_of, read_form, the_form
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, shipped

SHIPPED = shipped() / FILE


def test_a_form_is_read(tmp_path):
    found = read_form(form_file(tmp_path))
    assert found == form()
    assert (found.label, found.pass_mark, list(found.items)) == (
        "example 1", 60, ["says-back", "asks", "next-step", "warm"],
    )  # fmt: skip
    assert (found.items["asks"].weight, found.items["says-back"].weight) == (3, 1)
    assert found.items["next-step"].top == 2


BROKEN = {
    "titel = 'x'": "11: titel: error TT002: Unknown key 'titel'. Did you mean 'title'?",
    "format = 2": "1: format: error TT004: The file has format 2; this version of Take Two reads format 1. "
    "Use a newer version of Take Two.",
    "version = 1": "3: version: error TT004: It is 1. A text is wanted here.",
    "pass_mark = 101": "5: pass_mark: error TT004: It is 101. At most 100 is wanted.",
    "[sections.solving.items.next-step]\nanchor = 'x'": "42: sections.solving.items.next-step.anchor: error TT002: "
    "Unknown key 'anchor'. Did you mean 'anchors'?",
    "[sections.solving.items.more]\nquestion = 'x'": "43: sections.solving.items.more.anchors: error TT003: "
    "The key `anchors` is missing. Add it in [sections.solving.items.more].",
    "[critical]\nrude = 'x'": "50: critical.rude: error TT002: Unknown key 'rude'. "
    "Known here: abuse, failed-verification, false-promise, hung-up, invented-manager, private-data.",
    "[sections.solving]\nweight = 50": "12: sections: error TT080: The weights of the sections come to 90. "
    "Make them come to 100.",
    "[sections.solving.items.next-step]\nanchors = ['a', 'b']": "36: sections.solving.items.next-step.anchors: error "
    "TT081: There are 2 anchors, and the scale has 3 ratings. Write one for each rating, the first for 0.",
}  # fmt: skip


@pytest.mark.parametrize("fragment", BROKEN)
def test_what_is_wrong_is_told_with_its_place(tmp_path, fragment):
    path = form_file(tmp_path, fragment)
    with pytest.raises(ScenarioError) as error:
        read_form(path)
    assert [str(finding).removeprefix(f"{path}:") for finding in error.value.findings] == [BROKEN[fragment]]


def test_one_run_tells_everything(tmp_path):
    path = form_file(
        tmp_path, "titel = 'x'\n[sections.solving]\nweight = 50\n[sections.listening.items.says-back]\nna = 3"
    )
    with pytest.raises(ScenarioError) as error:
        read_form(path)
    assert [finding.code for finding in error.value.findings] == ["TT002", "TT080", "TT004"]


def test_a_file_that_is_not_there_or_no_toml_is_told_of(tmp_path):
    with pytest.raises(ScenarioError, match=r"nix\.toml:1: error TT001: The file cannot be opened"):
        read_form(tmp_path / "nix.toml")
    (tmp_path / "bad.toml").write_text("title = 'open")
    with pytest.raises(ScenarioError, match="TT001: This is not TOML"):
        read_form(tmp_path / "bad.toml")


def test_texts_are_made_harmless(tmp_path):
    found = read_form(form_file(tmp_path, 'title = "a\\u001b[31mb"'))
    assert found.title == "a\ufffd[31mb"


def test_check_finds_what_is_wrong_with_a_form_by_its_name_or_by_its_sections(tmp_path):
    path = form_file(tmp_path, "[sections.solving]\nlessons = ['be-the-hoop']")
    other = path.rename(tmp_path / "team.toml")
    for file in (other, form_file(tmp_path, "[sections.solving]\nlessons = ['be-the-hoop']")):
        (finding,) = check_paths([file], Library(), kinds=(KIND,))
        assert (finding.code, finding.mend) == ("TT085", "Did you mean 'be-the-hope'?")


def test_a_folder_is_checked_with_its_form(tmp_path):
    form_file(tmp_path, "pass_mark = 200")
    lines, failed = report([str(tmp_path)], Library(), kinds=(KIND,))
    assert failed
    assert "pass_mark" in next(iter(lines))


def test_a_form_is_known_by_its_name_or_by_its_sections(tmp_path):
    other = tmp_path / "team.toml"
    for text, is_one in (("[sections.a]\n", True), ("[sections.a]\n[nodes.b]\n", False), ("", False)):
        other.write_text(text)
        assert FORMS.meant(other) == is_one
    assert FORMS.meant(tmp_path / FILE)
    assert not FORMS.meant(tmp_path / "nix.toml")


def test_the_form_beside_the_scenes_counts_before_the_settings_and_the_shipped_one(tmp_path, monkeypatch):
    scenes, config = tmp_path / "scenes", tmp_path / "config"
    scenes.mkdir()
    config.mkdir()
    monkeypatch.setenv("TAKETWO_CONFIG", str(config))
    assert the_form(scenes).label == "service 1.0"
    form_file(config, "version = '2'")
    assert the_form(scenes).label == "example 2"
    form_file(scenes, "version = '3'")
    assert the_form(scenes).label == "example 3"
    assert the_form(None).label == "example 2"
    assert the_form(scenes, SHIPPED).label == "service 1.0"


def test_ratings_find_their_form_wherever_it_lies(tmp_path, monkeypatch):
    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path))
    form_file(tmp_path)
    for label in ("example 1", "service 1.0"):
        found = form_of(label, None)
        assert found
        assert found.label == label
    assert form_of("example 9", None) is None


# --- the shipped one


def test_the_shipped_form_has_nothing_wrong():
    assert check_paths([SHIPPED], Library(), kinds=(KIND,)) == []


def test_every_lesson_stands_in_one_section_of_the_shipped_form():
    mapped = [lesson for section in read_form(SHIPPED).sections for lesson in section.lessons]
    assert sorted(mapped) == sorted(Library().lessons())


def test_the_shipped_form_passes_whoever_meets_everything():
    shipped_form = read_form(SHIPPED)
    assert len(shipped_form.critical) == 6
    assert 100 * 2 / 3 > shipped_form.pass_mark > 100 / 3
    assert shipped_form.scale[2] == "met"


def test_the_form_of_the_readme_has_nothing_wrong(tmp_path):
    readme = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
    (block,) = [
        each for each in re.findall(r"^```toml\n(.*?)^```", readme, re.S | re.M) if "pass_mark" in each
    ]
    path = tmp_path / FILE
    path.write_text(block, encoding="utf-8")
    assert check_paths([path], Library(), kinds=(KIND,)) == []
