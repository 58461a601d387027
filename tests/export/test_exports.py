"""`taketwo export`: what stands in each form, where it is written, and the exit codes."""

import pytest
from offices import FORMS, rows

from taketwo.take.commands import Remark, StaySilent


@pytest.mark.parametrize("form", FORMS)
def test_a_take_is_printed_unless_a_file_is_named(office, form):
    name = office.passed()
    printed = office.run("export", name, "--to", form).stdout_bytes
    done = office.run("export", name[-4:], "--to", form, "-o", office.folder / "a")
    assert (done.exit_code, done.output) == (0, "")
    assert (office.folder / "a").read_bytes() == printed


def test_markdown_tells_the_take(office):
    lines = office.export(office.failed(), "md").splitlines()
    assert lines[0] == "# The Lost Umbrella"
    assert lines[2] == "**Zoë Kovács**, 22 November 2026, 10:15 UTC, coached, 0:40 min"
    assert lines[4].startswith("**Not passed: a critical error")
    assert "**Imre Halász:** It is black. It has a duck's head." in lines
    assert "**Zoë Kovács** (0:10): We keep things thirty days. *(taken back later)*" in lines
    assert any(line.startswith("**2\\. Zoë Kovács** ▼ (0:40): You will have it today") for line in lines)
    assert "- Patience falls by 2, to 4 of 10: tense." in lines
    assert "## The turning point" in lines and "## What to try" in lines


def test_a_page_shows_the_sheet_and_where_guessing_would_stand(office):
    text = office.export(office.passed(), "html")
    assert "The chance of a good ending" in text
    assert 'title="guessing: 50 %"' in text
    assert "Ask before I look." in text


@pytest.mark.parametrize("form", ["md", "html"])
def test_better_replies_are_shown_where_they_were_or_are_asked_for(office, form):
    unseen = office.take("thirty-days", "look")
    assert "Better here" not in office.export(unseen, form)
    assert "Better here" in office.export(unseen, form, "--better")
    seen = office.take("thirty-days", "look", Remark("better-shown", about=2))
    assert "Better here" in office.export(seen, form)
    unfinished = office.take("thirty-days")
    assert "Better here" not in office.export(unfinished, form, "--better")


def test_a_coaching_sheet_has_evidence_the_next_step_and_a_date(office):
    text = office.export(office.failed(), "coaching", "--next", "4 December 2026")
    assert "You will have it today, I promise." in text
    assert "Nobody knows yet whether it was found." in text
    assert "<bdi>4 December 2026</bdi>" in text
    assert "Honesty" in text
    own = office.export(office.passed(), "coaching")
    assert "Ask before I look." in own
    assert "______" in own


def test_a_table_has_a_row_a_decision(office):
    name = office.take(StaySilent(), "thirty-days", "promise")
    silence, slip, promise = rows(office.export(name, "csv"))
    assert (silence["reply"], silence["p"], silence["lo"], silence["hi"]) == (".", "-1", "-1", "2")
    assert (slip["seq"], slip["number"], slip["ms"], slip["node"]) == ("3", "2", "20000", "opening")
    assert (slip["points"], slip["meters"]) == ("active-listening -1", "patience 1")
    assert (promise["critical"], promise["curve_after"]) == ("false-promise", "0.0")
    assert slip["curve_after"] == promise["curve_before"]


def test_an_unfinished_take_says_so(office):
    name = office.take("say-back")
    for form in FORMS:
        done = office.run("export", name, "--to", form)
        assert done.exit_code == 0
        assert "This take is unfinished; it is exported as far as it goes." in done.stderr
    assert "Unfinished" in office.run("export", name, "--to", "md").stdout


def test_a_take_without_a_decision_has_every_form(office):
    for form in FORMS:
        assert office.run("export", office.take(), "--to", form).exit_code == 0


# --- where it goes


def test_several_takes_go_to_a_folder(office):
    names = [office.passed(), office.failed()]
    done = office.run("export", *names, "--to", "md", "-o", office.folder / "out")
    assert done.exit_code == 0
    assert "2 of 2 takes are in" in done.stderr
    assert {path.name for path in (office.folder / "out").iterdir()} == {f"{name}.md" for name in names}


def test_all_takes_go_to_a_folder_and_a_bad_one_keeps_none_out(office):
    name = office.passed()
    (office.shelf.folder / "2026-11-22T101530Z-broken-aaaa.toml").write_text("nothing")
    done = office.run("export", "--all", "--to", "html", "-o", office.folder / "out")
    assert done.exit_code == 1
    assert "1 of 2 takes are in" in done.stderr and "this is not a take of ours" in done.stderr
    assert [path.name for path in (office.folder / "out").iterdir()] == [f"{name}.html"]


def test_one_take_into_a_folder_gets_its_name(office):
    name = office.passed()
    assert office.run("export", name, "--to", "xapi", "-o", office.folder).exit_code == 0
    assert (office.folder / f"{name}.xapi.json").exists()


def test_files_that_are_there_stay_unless_forced(office):
    one, other = office.passed(), office.failed()
    into = office.folder / "out"
    office.run("export", one, "--to", "md", "-o", office.folder / "a.md")
    (office.folder / "a.md").write_text("mine")
    done = office.run("export", one, "--to", "md", "-o", office.folder / "a.md")
    assert (done.exit_code, (office.folder / "a.md").read_text()) == (2, "mine")
    assert "is there already. --force replaces it." in done.stderr
    into.mkdir()
    (into / f"{other}.md").write_text("mine")
    done = office.run("export", "--all", "--to", "md", "-o", into)
    assert done.exit_code == 2
    assert "nothing was written" in done.stderr
    assert [path.read_text() for path in into.iterdir()] == ["mine"]
    assert office.run("export", "--all", "--to", "md", "-o", into, "--force").exit_code == 0
    assert len(list(into.iterdir())) == 2


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--to", "md"], "Say which takes, or --all"),
        (["--to", "md", "--all", "x"], "Say which takes, or --all"),
        (["--all", "--to", "md"], "Several takes go to a folder: say which with -o DIR."),
        (["nobody", "--to", "md"], "There is no take 'nobody'."),
        (["nobody"], "Say which form with --to."),
        (["nobody", "--to", "docx"], "Invalid value for '--to'"),
    ],
)
def test_wrong_use(office, words, says):
    office.passed(), office.failed()
    done = office.run("export", *words)
    assert done.exit_code == 2
    assert says in done.stderr


def test_a_take_is_never_changed_by_an_export(office):
    name = office.failed()
    before = office.shelf.find(name).read_bytes()
    for form in FORMS:
        office.export(name, form, "--better", "--anonymous")
    assert office.shelf.find(name).read_bytes() == before
