"""Reading a programme: what is well is read the same way twice, what is not is told with its place."""

from pathlib import Path

import pytest
import tomli
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from taketwo.checks import example
from taketwo.practice.source import PROGRAMMES, glance, read_programme
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import shipped

SHIPPED = shipped() / "programme.toml"
WAYS = pytest.mark.parametrize("read", [read_programme, glance])


def programme(folder: Path, fragment: str = "") -> Path:
    path = folder / "programme.toml"
    path.write_text(example.laid_over(fragment, example.PROGRAMME))
    return path


@WAYS
def test_a_programme_is_read(tmp_path, read):
    found = read(programme(tmp_path, "[rounds.bad-news.opens.skills]\nhonesty = 1"))
    assert found.title == "The example programme"
    first, second = found.rounds
    assert first.scenes == ("new-chair", "irate-customer", "charged-twice", "midnight-record")
    assert (second.id, second.opens.passes, second.opens.skills) == ("bad-news", 3, (("honesty", 1.0),))


def test_both_ways_read_the_shipped_programme_alike():
    assert glance(SHIPPED) == read_programme(SHIPPED)


def test_the_shipped_programme_has_a_sandwich_in_each_round_and_every_scene_once():
    rounds = read_programme(SHIPPED).rounds
    scenes = [scene for round in rounds for scene in round.scenes]
    assert len(scenes) == len(set(scenes)) == 33
    assert all(round.opener and round.wow and len(round.middles) >= 3 for round in rounds)
    assert rounds[0].scenes == (
        "new-chair", "irate-customer", "charged-twice", "where-is-my-refund", "midnight-record",
    )  # fmt: skip
    assert {scene for scene in _files() if scene not in scenes} == {"programme", "qa-form"}


def _files() -> list[str]:
    return [path.stem for path in shipped().glob("*.toml") if path.stem != "lessons"]


BROKEN = {
    "format = 2": "1: format: error TT004: The file has format 2; this version of Take Two reads format 1. "
    "Use a newer version of Take Two.",
    "titel = 'x'": "3: titel: error TT002: Unknown key 'titel'. Did you mean 'title'?",
    "title = 3": "2: title: error TT004: It is 3. A text is wanted here.",
    "[rounds.bad-news]\nwov = 'x'": "22: rounds.bad-news.wov: error TT002: Unknown key 'wov'. Did you mean 'wow'?",
    "[rounds.bad-news]\nmiddles = []": "18: rounds.bad-news.middles: error TT004: "
    "At least 1 are wanted here; there are 0.",
    "[rounds.bad-news.opens]\npasses = 'x'": "24: rounds.bad-news.opens.passes: error TT004: "
    "It is 'x'. A whole number is wanted here.",
    "[rounds.bad-news.opens.skills]\nhonesty = 60": "27: rounds.bad-news.opens.skills.honesty: error TT004: "
    "It is 60. At most 1.0 is wanted.",
    "[rounds.bad-news.opens]\nhours = 3": "25: rounds.bad-news.opens.hours: error TT002: "
    "Unknown key 'hours'. Known here: passes, skills.",
    "[rounds.more]\ntitle = 'x'\nabout = 'y'": "26: rounds.more.middles: error TT003: "
    "The key `middles` is missing. Add it in [rounds.more].",
}


@pytest.mark.parametrize("fragment", BROKEN)
def test_what_is_wrong_is_told_with_its_place(tmp_path, fragment):
    path = programme(tmp_path, fragment)
    with pytest.raises(ScenarioError) as error:
        read_programme(path)
    assert [str(finding).removeprefix(f"{path}:") for finding in error.value.findings] == [BROKEN[fragment]]


@WAYS
def test_a_file_that_is_not_there_or_no_toml_is_told_of(tmp_path, read):
    with pytest.raises(ScenarioError, match=r"nix\.toml:1: error TT001: The file cannot be opened"):
        read(tmp_path / "nix.toml")
    (tmp_path / "bad.toml").write_text("title = 'open")
    with pytest.raises(ScenarioError, match="TT001: This is not TOML"):
        read(tmp_path / "bad.toml")


def test_texts_are_made_harmless(tmp_path):
    path = programme(tmp_path, 'title = "a\\u001b[31mb"\n[rounds.bad-news]\nabout = "c\\u202ed"')
    for read in (read_programme, glance):
        found = read(path)
        assert (found.title, found.rounds[1].about) == ("a\ufffd[31mb", "c\ufffdd")


values = st.recursive(
    st.one_of(st.text(max_size=5), st.integers(-3, 30), st.booleans(), st.floats(0, 2), st.just("new-chair")),
    lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(st.text("abz-", min_size=1, max_size=6), inner)
    ),
    max_leaves=6,
)
KEYS = [
    "format",
    "title",
    "rounds",
    "about",
    "opener",
    "middles",
    "wow",
    "opens",
    "passes",
    "skills",
    "first-calls",
    "odd",
]


@given(st.lists(st.tuples(st.lists(st.sampled_from(KEYS), min_size=1, max_size=4), values), max_size=3))
def test_the_quick_way_reads_what_the_strict_way_reads_and_fails_in_no_other_manner(
    tmp_path_factory, changes
):
    table = tomli.loads(example.PROGRAMME)
    for keys, value in changes:
        at = table
        for key in keys[:-1]:
            at = at[key] if isinstance(at.get(key), dict) else at
        at[keys[-1]] = value
    data = tomli_w.dumps(table).encode()
    path = tmp_path_factory.getbasetemp() / "programme.toml"
    path.write_bytes(data)
    strict, draft = PROGRAMMES.draft_of(data, str(path))
    try:
        quick = glance(path)
    except ScenarioError as error:
        assert draft.problems
        assert error.findings
    else:
        assert draft.problems or quick == strict


def test_a_programme_is_known_by_its_name_or_by_its_rounds(tmp_path):
    other = tmp_path / "team.toml"
    for text, is_one in (("[rounds.a]\n", True), ("[rounds.a]\n[nodes.b]\n", False), ("", False)):
        other.write_text(text)
        assert PROGRAMMES.meant(other) == is_one
    assert PROGRAMMES.meant(tmp_path / "programme.toml")
    assert not PROGRAMMES.meant(tmp_path / "nix.toml")
