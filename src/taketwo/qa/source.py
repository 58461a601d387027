"""Reading a QA form: strictly, with everything that is wrong, each with its line; and finding the one that counts."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_type_hints

from taketwo.qa.form import Critical, Form, Item, Section
from taketwo.scenario.around import shipped
from taketwo.scenario.companion import Companion
from taketwo.scenario.findings import KeyPath, ScenarioError
from taketwo.scenario.shape import Table
from taketwo.settings import settings_file
from taketwo.text import clean_line

FILE = "qa-form.toml"


def read_form(path: Path) -> Form:
    """The form in the file `path`. Raises ScenarioError with everything that keeps it from being used."""
    from taketwo.qa.checks import problems

    form, draft = FORMS.draft(path)
    found = problems(form, draft)
    if form is None or draft.problems or any(problem.severity == "error" for problem in found):
        raise ScenarioError(draft.findings(found))
    return form


# --- which form counts


def form_files(folder: Path | None) -> Iterator[Path]:
    """The forms that there are, the nearest first: beside the scenes of `folder`, among the settings, the shipped one."""
    for place in (folder, settings_file().parent, shipped()):
        if place is not None and (path := place / FILE).is_file():
            yield path


def the_form(folder: Path | None, asked: Path | None = None) -> Form:
    """The form to rate by: the one in the file `asked`, else the nearest. Raises ScenarioError."""
    return read_form(asked or next(form_files(folder), shipped() / FILE))


def form_of(label: str, folder: Path | None) -> Form | None:
    """The form that ratings call `label`, None where there is none here that can be read."""
    for path in form_files(folder):
        try:
            form = read_form(path)
        except ScenarioError:
            continue
        if form.label == label:
            return form
    return None


# --- from tables


def _form(table: Table) -> Form:
    """The form in tables of the right shape."""
    return Form(
        id=_line(table["id"]),
        version=_line(table["version"]),
        title=_line(table["title"]),
        about=_line(table.get("about", "")),
        pass_mark=table["pass_mark"],
        scale=tuple(map(_line, table["scale"])),
        sections=tuple(_section(_line(key), row) for key, row in table["sections"].items()),
        critical=tuple(Critical(_line(key), _line(text)) for key, text in table["critical"].items()),
    )


def _section(key: str, row: Table) -> Section:
    return Section(
        id=key,
        title=_line(row["title"]),
        about=_line(row.get("about", "")),
        weight=row["weight"],
        lessons=tuple(map(_line, row.get("lessons", ()))),
        items=tuple(_item(_line(name), item) for name, item in row["items"].items()),
    )


def _item(key: str, row: Table) -> Item:
    return Item(
        id=key,
        question=_line(row["question"]),
        anchors=tuple(map(_line, row["anchors"])),
        weight=row.get("weight", 1),
        na=_line(row.get("na", "")),
    )


def _line(text: Any) -> str:
    return clean_line(str(text), 400)


_ITEM: Table = {"question": "?", "anchors": ["?", "??"]}
_SECTION: Table = {"title": "?", "weight": 1, "items": {"unnamed": _ITEM}}
_CRITICAL = ("invented-manager", "false-promise", "failed-verification", "private-data", "abuse", "hung-up")
_STAND_INS: dict[tuple[str, ...], Any] = {
    ("critical",): dict.fromkeys(_CRITICAL, "?"),
    **{("critical", error): "?" for error in _CRITICAL},
    ("format",): 1,
    ("id",): "unnamed",
    ("version",): "0",
    ("title",): "?",
    ("pass_mark",): 80,
    ("scale",): ["?", "??"],
    ("scale", "#"): "?",
    ("sections",): {"unnamed": _SECTION},
    **{("sections", "*", key): value for key, value in _SECTION.items()},
    ("sections", "*", "lessons", "#"): "unnamed",
    **{("sections", "*", "items", "*", key): value for key, value in _ITEM.items()},
    ("sections", "*", "items", "*", "anchors", "#"): "?",
}


def _known_keys(path: KeyPath) -> list[str]:
    """The keys that the format knows in the table at `path`, read off the types that validate it."""
    from taketwo.qa import format as shape

    tables: dict[int, type] = {0: shape.FormFile, 2: shape.SectionFile, 4: shape.ItemFile}
    table = shape.CriticalFile if path == ("critical",) else tables.get(len(path))
    return [key for key in get_type_hints(table) if not key.startswith("_")] if table else []


def _shape() -> Any:
    from taketwo.qa.format import FORM

    return FORM


FORMS = Companion(FILE, "[sections.", _shape, _STAND_INS, _known_keys, _form)
"""How QA forms are read."""
