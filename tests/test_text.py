"""The one door for text from outside."""

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taketwo.text import LINE_LIMIT, REPLACEMENT, clean, clean_line

HARMFUL = {"Cc", "Cs", "Co", "Zl", "Zp", "Cf"}
KEPT = {"\n", "\t", "\u200c", "\u200d"}
SCOTLAND = "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f"
anything = st.text(st.characters(exclude_categories=[]))


def test_every_character_of_unicode():
    for code in range(sys.maxunicode + 1):
        char = chr(code)
        category = unicodedata.category(char)
        if category in HARMFUL and char not in KEPT:
            assert clean(char) == REPLACEMENT, hex(code)
        elif category != "Cn":  # what is unassigned here may be a format character in a later Unicode
            assert clean(char) == char, hex(code)


@given(anything)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)
    assert clean_line(clean_line(text)) == clean_line(text)


@given(anything, st.integers(1, 20))
def test_it_is_never_longer_than_asked(text, limit):
    assert len(clean(text, limit)) <= limit
    assert len(clean_line(text, limit)) <= limit
    assert clean(clean(text, limit), limit) == clean(text, limit)


@given(st.text(st.characters(exclude_categories=list(HARMFUL), include_characters="\n\t")))
def test_harmless_text_is_left_as_it_is(text):
    assert clean(text, len(text) + 1) == text


@given(anything)
def test_a_line_is_one_line(text):
    line = clean_line(text)
    assert line == " ".join(line.split())
    assert len(line.splitlines()) <= 1


@pytest.mark.parametrize("emoji", [SCOTLAND, "👩‍💻", "🏳️‍🌈", "نمی‌خواهم"])
def test_flags_families_and_joined_scripts_survive(emoji):
    assert clean(f"a {emoji} b") == f"a {emoji} b"


@given(st.text(st.sampled_from("\U0001f3f4\U000e0067\U000e0062\U000e007f\U000e0001x"), max_size=20))
def test_tags_outside_a_flag_do_not(text):
    kept = clean(text)
    for flag in range(kept.count("\U000e007f")):
        assert flag < kept.count("\U0001f3f4")
    assert "\U000e0001" not in kept
    assert clean(kept) == kept


def test_a_cut_text_says_so():
    assert clean("x" * (LINE_LIMIT + 1)) == "x" * (LINE_LIMIT - 1) + "…"


@pytest.mark.parametrize(
    "attack", ["\x1b]52;c;eA==\x07", "\x9b31m", "\x1b[2J", "\u202eabc\u202c", "a\x00b", "\r"]
)
def test_what_a_terminal_obeys_is_made_visible(attack):
    assert not any(unicodedata.category(char) in HARMFUL for char in clean(attack))
    assert REPLACEMENT in clean(attack)
