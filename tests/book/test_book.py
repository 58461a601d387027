"""`taketwo book`: one file that needs nothing else, whatever stands in the scenes."""

import os
import re
import shutil
import stat
import sys
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from house import SCENES
from taketwo.book.chapter import LEARNER
from taketwo.cli import main
from taketwo.scenario.library import Library

HOSTILE = "</style></title><script>alert(1)</script>\"'><img src=//x.example onerror=alert(1)> &amp; ]]> \\3c"
VOID = {"meta", "br"}


class Page(HTMLParser):
    """Everything that a test asks of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.headings: list[tuple[str, str]] = []
        self.open: list[str] = []
        self.feed(text)
        self.close()
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert len(dict(attrs)) == len(attrs)
        self.elements.append((tag, dict(attrs)))
        if re.fullmatch("h[1-6]", tag):
            self.headings.append((tag, ""))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words.append(data)
        if self.open and self.headings and self.open[-1] == self.headings[-1][0]:
            self.headings[-1] = (self.open[-1], self.headings[-1][1] + data)

    @property
    def said(self) -> str:
        return "".join(self.words)

    @property
    def ids(self) -> list[str]:
        return [attributes["id"] or "" for _, attributes in self.elements if "id" in attributes]


@pytest.fixture(autouse=True)
def kept_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("taketwo.analysis.cache.default_folder", lambda: tmp_path / "kept")
    monkeypatch.setenv("TAKETWO_CONFIG", str(tmp_path / "config"))


def run(*words: str | Path, dialogues: Path | None = SCENES) -> Result:
    folder = ["--dialogues", str(dialogues)] if dialogues else []
    return CliRunner().invoke(main, [*folder, "book", *map(str, words)])


def page_of(path: Path) -> Page:
    return Page(path.read_text("utf-8"))


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Page:
    """The book of the shipped collection."""
    out = tmp_path_factory.mktemp("book") / "book.html"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("taketwo.analysis.cache.default_folder", lambda: out.with_name("kept"))
        patch.setenv("TAKETWO_CONFIG", str(out.with_name("config")))
        done = run("-o", out, dialogues=None)
    assert (done.exit_code, done.output) == (0, "")
    return page_of(out)


def harmless(page: Page) -> None:
    """No script, no request, nothing that a browser would fetch or run."""
    ids = page.ids
    assert len(ids) == len(set(ids))
    for tag, attributes in page.elements:
        assert tag not in {
            "script",
            "link",
            "img",
            "iframe",
            "object",
            "embed",
            "base",
            "form",
            "image",
            "use",
        }
        for name, value in attributes.items():
            assert name not in {"src", "srcset", "style", "action", "data", "xlink:href"}
            assert not name.startswith("on")
            if name == "href":
                assert value and value[0] == "#" and value[1:] in ids
            for link in re.findall(r"url\(([^)]*)\)", value or ""):
                assert link[0] == "#" and link[1:] in ids
    (style,) = re.findall(r"<style>(.*?)</style>", page.text, re.DOTALL)
    assert "url(" not in style and "@import" not in style and "<" not in style
    policy = [a["content"] for tag, a in page.elements if a.get("http-equiv") == "Content-Security-Policy"]
    assert policy == ["default-src 'none'; style-src 'unsafe-inline'"]


def test_it_asks_for_nothing_and_runs_nothing(shipped: Page) -> None:
    harmless(shipped)


def test_every_scene_has_its_pages(shipped: Page) -> None:
    scenarios, broken = Library().load_all()
    assert not broken and scenarios
    for scenario in scenarios:
        assert scenario.id in shipped.ids
        assert ("h2", scenario.title) in shipped.headings
        for words in (
            scenario.briefing.role,
            scenario.customer.name,
            *(e.text for e in scenario.endings.values()),
        ):
            assert words.replace("{learner}", LEARNER) in shipped.said
    names = [words for _, words in shipped.headings]
    for part in (
        "Briefing",
        "Lessons",
        "Facilitator’s page",
        "The best line of play",
        "The Hollywood line",
        "Endings",
    ):
        assert names.count(part) == len(scenarios)


def test_each_scene_has_three_questions_and_something_to_watch_for(shipped: Page) -> None:
    scenes = len(Library().files())
    for words in (
        "The turning point",
        "Two lessons against each other",
        "A late consequence",
        "To watch for",
    ):
        assert shipped.words.count(words) >= scenes


def test_headings_leave_no_level_out(shipped: Page) -> None:
    depths = [int(tag[1]) for tag, _ in shipped.headings]
    assert depths[0] == 1 and depths.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(depths))


def test_the_same_scenes_make_the_same_book(tmp_path: Path) -> None:
    for name in ("a.html", "b.html"):
        run("-o", tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()


def test_it_has_the_best_line_with_its_reasons_and_the_line_of_films(tmp_path: Path) -> None:
    run("lost-umbrella", "-o", tmp_path / "a.html")
    said = page_of(tmp_path / "a.html").said
    assert "Resolved, CSAT 5 of 5, 2 decisions, 0 craft points given away." in said
    assert "A black one with a duck's head." in said and "Gives it back, then asks an open question." in said
    assert "He tucks the umbrella under his arm" in said
    assert "Critical error: you promised what nobody can keep." in said


def test_only_the_scenes_that_are_asked_for(tmp_path: Path) -> None:
    run("lost-umbrella", SCENES / "lost-umbrella.toml", "-o", tmp_path / "a.html")
    page = page_of(tmp_path / "a.html")
    assert [a["id"] for tag, a in page.elements if tag == "article"] == ["lost-umbrella"]
    assert "1 scene," in page.said


TEXTS = re.compile(
    r"^(title|about|role|situation|name|wants|needs|text|say|why|happens|lesson|models|breaks|source) = .*$",
    re.M,
)


def hostile_folder(folder: Path) -> Path:
    """The umbrella scene with markup in every text that a scene and a lesson may hold."""
    folder.mkdir()
    for name in ("lost-umbrella.toml", "lessons.toml"):
        text = (SCENES / name).read_text("utf-8")
        text = TEXTS.sub(lambda found: f"{found[1]} = '''{HOSTILE}'''", text)
        (folder / name).write_text(text, "utf-8")
    return folder


def test_running_heads_are_the_titles(tmp_path: Path) -> None:
    """In CSS an escape takes the one space that follows it."""
    run("-o", tmp_path / "a.html", dialogues=hostile_folder(tmp_path / "scenes"))
    (head,) = re.findall(r'@top-left \{ content: "([^"]*)"; font', (tmp_path / "a.html").read_text("utf-8"))
    assert re.sub(r"\\([0-9a-f]{6}) ", lambda found: chr(int(found[1], 16)), head) == HOSTILE


def test_a_text_is_never_markup(tmp_path: Path) -> None:
    done = run("-o", tmp_path / "a.html", dialogues=hostile_folder(tmp_path / "scenes"))
    assert (done.exit_code, done.output) == (0, "")
    page = page_of(tmp_path / "a.html")
    harmless(page)
    assert page.said.count("<script>alert(1)</script>") > 10
    assert ("h2", HOSTILE) in page.headings


def test_without_the_library_that_draws_it_says_so_and_shows_the_outline(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "igraph", None)
    assert run("lost-umbrella", "-o", tmp_path / "a.html").exit_code == 0
    page = page_of(tmp_path / "a.html")
    assert "svg" not in [tag for tag, _ in page.elements]
    assert "As text, for it cannot be drawn here." in page.said and "pip install igraph" in page.said
    assert "+2 say-back" in page.said


def test_the_tree_shows_every_place(tmp_path: Path) -> None:
    run("lost-umbrella", "-o", tmp_path / "a.html")
    page = page_of(tmp_path / "a.html")
    assert "svg" in [tag for tag, _ in page.elements]
    for place in ("opening", "search", "patience-gone", "handed-over", "walks-off"):
        assert any(words.startswith(place) for words in page.words)


def test_a_scene_that_goes_in_a_circle_has_no_questions_and_says_why(tmp_path: Path) -> None:
    scenes = tmp_path / "scenes"
    shutil.copytree(SCENES, scenes)
    path = scenes / "lost-umbrella.toml"
    text = path.read_text("utf-8").replace('effects = { patience = -2 }\ngoto = "search"', 'goto = "opening"')
    path.write_text(text, "utf-8")
    assert run("lost-umbrella", "-o", tmp_path / "a.html", dialogues=scenes).exit_code == 0
    assert (
        "There are no questions computed for this scene: it goes in a circle"
        in page_of(tmp_path / "a.html").said
    )


# --- the file


def test_a_broken_scene_is_told_and_left_out(tmp_path: Path) -> None:
    scenes = tmp_path / "scenes"
    shutil.copytree(SCENES, scenes)
    (scenes / "broken.toml").write_text("format = 1\n", "utf-8")
    done = run("-o", tmp_path / "a.html", dialogues=scenes)
    assert done.exit_code == 1
    assert "broken.toml" in done.stderr
    articles = [a["id"] for tag, a in page_of(tmp_path / "a.html").elements if tag == "article"]
    assert sorted(articles) == ["lost-umbrella", "wrong-train"]


def test_nothing_to_print_leaves_no_file(tmp_path: Path) -> None:
    scenes = tmp_path / "scenes"
    scenes.mkdir()
    done = run("-o", tmp_path / "a.html", dialogues=scenes)
    assert (done.exit_code, done.stderr) == (1, "There is no scene to print.\n")
    assert not (tmp_path / "a.html").exists()


def test_a_file_that_is_there_stays_unless_forced(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text("mine")
    done = run("-o", path)
    assert (done.exit_code, path.read_text()) == (2, "mine")
    assert done.stderr == f"{path} is there already. --force replaces it.\n"
    assert run("-o", path, "--force").exit_code == 0
    assert path.read_text("utf-8").startswith("<!doctype html>")
    if os.name == "posix":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["lost-umbrela", "-o", "a.html"], "There is no scenario 'lost-umbrela'. Did you mean lost-umbrella"),
        ([], "Missing option '-o'"),
        (["-o", "no/such/a.html"], "there is no such folder"),
        (["-o", "."], "is a folder"),
    ],
)
def test_wrong_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], says: str) -> None:
    monkeypatch.chdir(tmp_path)
    done = run(*words)
    assert done.exit_code == 2
    assert says in done.stderr
    assert not (tmp_path / "a.html").exists()
