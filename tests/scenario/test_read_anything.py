"""Whatever bytes a file holds, reading gives a draft with findings, and raises nothing."""

import copy

import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import tables, values

from taketwo.checks import check_draft, example
from taketwo.scenario.source import draft_from_bytes
from taketwo.text import clean

BASE = example.BASE.encode()


def checked(data):
    """The draft of `data`, after looking at everything that is said about it."""
    draft = draft_from_bytes(data, "x.toml", {}, stem="example")
    for finding in check_draft(draft):
        assert finding.line >= 1
        assert clean(str(finding), 10_000) == str(finding)
        assert "\n" not in str(finding)
    assert draft.playable == (not any(f.severity == "error" for f in draft.findings()))
    return draft


@settings(deadline=None, max_examples=200)
@given(st.binary(max_size=200))
def test_any_bytes(data):
    checked(data)


@settings(deadline=None, max_examples=200)
@given(st.data())
def test_a_scenario_with_bytes_cut_out_or_put_in(data):
    mutated = BASE
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(mutated)))
        cut = data.draw(st.integers(0, 40))
        piece = data.draw(st.binary(max_size=6) | st.sampled_from([b"[[", b'"""', b"\\u001b", b"{x}", b"\n"]))
        mutated = mutated[:at] + piece + mutated[at + cut :]
    checked(mutated)


@settings(deadline=None, max_examples=100)
@given(tables)
def test_any_tables_are_mended_into_a_scenario(table):
    draft = checked(tomli_w.dumps(table).encode())
    assert draft.scenario is not None
    assert not draft.playable


@settings(deadline=None, max_examples=300)
@given(st.data())
def test_a_scenario_with_anything_anywhere_is_mended(data):
    table = tomli.loads(example.BASE)
    for _ in range(data.draw(st.integers(1, 4))):
        holder = table
        while True:
            keys = list(holder) if isinstance(holder, dict) else list(range(len(holder)))
            if not keys:
                break
            key = data.draw(st.sampled_from(keys))
            if not isinstance(holder[key], dict | list) or data.draw(st.integers(0, 3)) == 0:
                action = data.draw(st.sampled_from(["replace", "remove", "add"]))
                if action == "remove":
                    del holder[key]
                elif action == "replace" or isinstance(holder, list):
                    holder[key] = copy.deepcopy(data.draw(values))
                else:
                    holder[data.draw(st.text(max_size=5))] = copy.deepcopy(data.draw(values))
                break
            holder = holder[key]
    newer = type(table.get("format")) is int and 1 < table["format"] < 1000
    assert (checked(tomli_w.dumps(table).encode()).scenario is None) == newer


def test_one_mistake_is_one_finding():
    for key in ("title", "level", "channel", "start"):
        table = tomli.loads(example.BASE)
        table[key] = []
        assert [f.path for f in check_draft(checked(tomli_w.dumps(table).encode()))] == [key]
