"""The line of every key, however the author likes to write TOML."""

import tomli
import tomli_w
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import tables

from taketwo.scenario.lines import key_lines, line_of, long_key
from taketwo.text import clean


def paths_in(value, path=()):
    """The key path of everything in `value`."""
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield (*path, key)
        yield from paths_in(item, (*path, key))


def lines_of(text):
    tomli.loads(text)
    return key_lines(text)


def test_multi_line_arrays():
    lines = lines_of("a = [\n  1, # ]\n\n  [2,\n   3],\n]\nb = 1")
    assert lines == {
        ("a",): 1,
        ("a", 0): 2,
        ("a", 1): 4,
        ("a", 1, 0): 4,
        ("a", 1, 1): 5,
        ("b",): 7,
    }


def test_inline_tables():
    lines = lines_of("a = { b = { c = 1 }, d = [{ e = 2 }] }\nf.g = {}")
    assert lines[("a", "b", "c")] == lines[("a", "d", 0, "e")] == 1
    assert lines[("f", "g")] == 2


def test_arrays_of_tables():
    lines = lines_of("[[a]]\nx = 1\n[[a]]\nx = 2\n[[a.b]]\ny = 3\n[a.c]\nz = 4\n[[a.b]]\ny = 5")
    assert lines[("a", 0, "x")] == 2
    assert lines[("a", 1, "x")] == 4
    assert lines[("a", 1, "b", 0, "y")] == 6
    assert lines[("a", 1, "c", "z")] == 8
    assert lines[("a", 1, "b", 1)] == 9


def test_quoted_and_dotted_keys():
    lines = lines_of('[ \'a b\' . "c.d" ]\ne . \'f#\'."\\u0067" = 1\n"=[" = 2')
    assert lines[("a b", "c.d", "e", "f#", "g")] == 2
    assert lines[("a b", "c.d", "=[")] == 3


def test_comments_with_brackets():
    lines = lines_of("# [x]\na = 1 # [[y]] = {\n  # ]\n[b] # }\nc = 2")
    assert lines == {("a",): 2, ("b",): 4, ("b", "c"): 5}


def test_multi_line_strings():
    text = 'a = """\n[x]\ny = \\"""\n""""\nb = \'\'\'\n[z]\n\'\'\'\'\nc = "\\"[w]\\\\"\nd = 1'
    assert lines_of(text) == {("a",): 1, ("b",): 5, ("c",): 8, ("d",): 9}


def test_dates_floats_and_windows_line_ends():
    text = "a = 2026-11-22 10:15:00\r\nb = 1.5e3\r\n\r\n[c]\r\nd = -inf\r\n"
    assert lines_of(text) == {("a",): 1, ("b",): 2, ("c",): 4, ("c", "d"): 5}


def test_what_has_no_line_of_its_own_has_that_of_its_table():
    assert line_of(lines_of("a = 1\n[b]\nc = 2"), ("b", "missing", 3)) == 2
    assert line_of({}, ("missing",)) == 1


@settings(deadline=None, max_examples=150)
@given(tables, st.booleans())
def test_every_key_and_nothing_else_has_a_line(table, multiline):
    text = tomli_w.dumps(printable(table), multiline_strings=multiline)
    assert set(key_lines(text)) == set(paths_in(tomli.loads(text)))


def printable(value):
    """`value` without the keys that the reader would clean."""
    if isinstance(value, dict):
        return {key: printable(item) for key, item in value.items() if clean(key) == key}
    return [printable(item) for item in value] if isinstance(value, list) else value


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.sampled_from("abcde"), st.integers(0, 9)), min_size=1, max_size=12), st.data())
def test_the_line_is_the_one_where_the_key_stands(rows, data):
    gaps = st.sampled_from(["", "\n", "# [a]\n", "\n\n  # x = {\n"])
    fillers = st.sampled_from(["1", "[\n 1,\n 2]", '"""\n\n"""', "{ k = [1, 2] }", "[[1], [{ z = 2 }]]"])
    text, expected = "", {}
    for index, (name, number) in enumerate(rows):
        text += data.draw(gaps)
        key = f"{name}{number}-{index}"
        expected[(key,)] = text.count("\n") + 1
        text += f"{key} = {data.draw(fillers)}\n"
    lines = lines_of(text)
    assert {path: lines[path] for path in expected} == expected
    assert key_lines(text, expected) == expected


@settings(deadline=None)
@given(st.text("[]{}=,.\"'\\#\n ab1", max_size=60))
def test_looking_for_long_keys_takes_any_text(text):
    assert long_key(text, 60) == 0
    assert long_key(text + "b." * 40, 3) >= 0


def test_long_keys_are_found_before_they_are_parsed():
    assert long_key("a = 1\n" + "b." * 40 + "b = 1", 32) == 2
    assert long_key("[" + '"b". ' * 40 + "b]", 32) == 1
    assert long_key('a = "' + "b." * 40 + '"', 32) == 0
    assert long_key("a = 1 # " + "b." * 40, 32) == 0
    assert long_key("a = [" + "1.5, " * 40 + "]", 32) == 0
