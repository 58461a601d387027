"""Ratings in exports: what they come to, harmless texts, and raters without their names."""

import json

import pytest
from offices import NASTY, Office

from taketwo.checks import example
from taketwo.take.commands import Rate, Remark


@pytest.fixture
def form(tmp_path, monkeypatch):
    """The example form, among the settings."""
    (tmp_path / "qa-form.toml").write_text(example.FORM)
    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path))


def by(rater, item, value, text="", about=0):
    return "trainer", "all", Rate("example 1", item, value, text, about, rater)


def rated(office: Office, text: str = "the duck") -> str:
    return office.take(
        "say-back",
        "look",
        by("Ada Lovelace", "says-back", 2, text, 2),
        by("Ada Lovelace", "next-step", 1),
        Remark("appeal", f"No: {text}", about=4),
        by("Bora Bora", "says-back", 0),
    )


def test_markdown_tells_every_rating(office, form):
    page = office.export(rated(office), "md")
    assert "## How it was rated" in page
    assert "- Ada Lovelace: 70 of 100, and 60 are needed: passed." in page
    assert "    - Is it said back? 2, met (decision 1): the duck" in page
    assert "      - Appeal: No: the duck" in page


def test_a_web_page_tells_every_rating(office, form):
    page = office.export(rated(office), "html")
    assert "Is it said back? 2, met (decision 1): the duck" in page


def test_a_coaching_sheet_tells_what_it_comes_to(office, form):
    sheet = office.export(rated(office), "coaching")
    assert "Listening 100 % (engine 100 %); Solving 50 % (engine –)." in sheet
    assert "the duck" not in sheet.partition("How it was rated")[2]


def test_a_form_that_is_not_here_is_said(office):
    page = office.export(rated(office), "md")
    assert "Rated by a form that is not here (example 1), so without a score:" in page
    assert "- Bora Bora, says-back: 0" in page


@pytest.mark.parametrize("to", ["md", "html", "coaching"])
def test_hostile_comments_stay_text(office, form, to):
    page = office.export(rated(office, NASTY), to)
    assert "<script>" not in page
    assert "\x1b" not in page


def test_two_raters_without_their_names_are_still_two(office, form):
    page = office.export(rated(office), "md", "--anonymous")
    assert "Lovelace" not in page
    assert "Bora" not in page
    assert "- Trainer: 70 of 100, and 60 are needed: passed." in page
    assert "- Trainer 2: 0 of 100 so far; 1 item not rated yet." in page
    table = json.loads(office.export(rated(office), "json", "--anonymous"))
    assert {"Trainer", "Trainer 2"} <= {event.get("rater") for event in table["events"]}


def test_a_take_without_ratings_has_no_such_part(office, form):
    for to in ("md", "html", "coaching"):
        assert "How it was rated" not in office.export(office.passed(), to)
