"""JSON out, `taketwo import` in: the same take, the same bytes, and nothing on the shelf is ever overwritten."""

import json
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

import jsonschema
import pytest
from hypothesis import given
from offices import FORMS, Office
from small_takes import FORMATS, NAME, takes, written

from taketwo.session import Session
from taketwo.take.commands import Hint, Remark, Rewind
from taketwo.transcript.reading import read_take

SAMPLES = Path(__file__).parents[2] / "saves" / "samples"


@pytest.fixture
def elsewhere(tmp_path):
    return Office(tmp_path / "elsewhere")


def carried(office: Office, name: str, other: Office, *words: str) -> Path:
    """The take in the other office, by way of a file."""
    file = office.folder / "carried.json"
    assert office.run("export", name, "--to", "json", "-o", file, "--force", *words).exit_code == 0
    done = other.run("import", file)
    assert done.exit_code == 0, done.stderr
    return other.shelf.folder / f"{name}.toml"


@given(takes())
def test_any_take_comes_back_with_the_same_events_and_bytes(events):
    with tempfile.TemporaryDirectory() as folder:
        office, other = Office(Path(folder)), Office(Path(folder) / "elsewhere")
        path = written(office.shelf.folder, events)
        file = office.folder / "a.json"
        office.run("export", NAME, "--to", "json", "-o", file)
        assert other.run("import", file).exit_code == 0
        back = other.shelf.folder / path.name
        assert back.read_bytes() == path.read_bytes()
        assert read_take(back).events == tuple(events)


@pytest.mark.parametrize("form", [1, 2])
def test_a_take_of_every_format_comes_back_in_its_format(office, elsewhere, form):
    path = office.shelf.folder / f"{NAME}.toml"
    path.parent.mkdir()
    data = (FORMATS / f"{form}.toml").read_bytes()
    path.write_bytes(data)
    back = carried(office, NAME, elsewhere)
    assert read_take(back).header == read_take(path).header
    assert b"format = %d\n" % form in back.read_bytes()


def test_a_take_brings_its_scenario(office, elsewhere):
    name = office.failed()
    back = carried(office, name, elsewhere)
    assert back.read_bytes() == office.shelf.find(name).read_bytes()
    for folder in (office, elsewhere):
        (kept,) = (folder.shelf.folder / "scenarios").iterdir()
        assert kept.name.startswith(read_take(back).started.sha256)
    assert elsewhere.export(name, "md") == office.export(name, "md")


def test_hostile_texts_come_back_too(office, elsewhere):
    name = office.nasty()
    assert carried(office, name, elsewhere)
    assert elsewhere.shelf.read(name).events == office.shelf.read(name).events
    assert elsewhere.export(name, "html") == office.export(name, "html")


@pytest.mark.parametrize("sample", sorted(SAMPLES.glob("*.toml")), ids=lambda path: path.stem)
def test_a_sample_comes_back(elsewhere, sample):
    file = elsewhere.folder / "a.json"
    elsewhere.folder.mkdir()
    shutil.copytree(SAMPLES, elsewhere.shelf.folder / "samples")
    assert elsewhere.run("export", sample.stem, "--to", "json", "-o", file).exit_code == 0
    assert elsewhere.run("import", file).exit_code == 0
    assert (elsewhere.shelf.folder / sample.name).read_bytes() == sample.read_bytes()


def test_a_take_that_is_there_is_left_as_it_is(office):
    name = office.passed()
    file = office.folder / "a.json"
    office.run("export", name, "--to", "json", "-o", file)
    before = office.shelf.find(name).read_bytes()
    done = office.run("import", file)
    assert (done.exit_code, done.stdout) == (0, f"{name} is there already.\n")
    assert office.shelf.find(name).read_bytes() == before


def test_a_take_that_has_gone_on_is_left_as_it_is(office):
    name = office.take("say-back")
    file = office.folder / "a.json"
    office.run("export", name, "--to", "json", "-o", file)
    _, journal = office.shelf.reopen(name)
    take = office.shelf.read(name)
    Session(office.shelf.kept(take.started.sha256), take.events, journal=journal).say("look")
    journal.close()
    longer = office.shelf.find(name).read_bytes()
    assert "is there already" in office.run("import", file).stdout
    assert office.shelf.find(name).read_bytes() == longer


def test_a_longer_one_does_not_replace_a_shorter_one(office, elsewhere):
    name = office.passed()
    back = carried(office, name, elsewhere)
    shorter = back.read_bytes().rpartition(b"[[event]]")[0]
    back.write_bytes(shorter)
    done = elsewhere.run("import", office.folder / "carried.json")
    assert done.exit_code == 1
    assert "goes on for 1 more events. Nothing was changed" in done.stderr
    assert back.read_bytes() == shorter


def test_another_take_of_that_name_is_refused(office, elsewhere):
    name = office.passed()
    other = elsewhere.failed()
    path = elsewhere.shelf.find(other)
    path = path.rename(path.with_stem(name))
    before = path.read_bytes()
    file = office.folder / "a.json"
    office.run("export", name, "--to", "json", "-o", file)
    done = elsewhere.run("import", file)
    assert done.exit_code == 1
    assert f"another take is called {name}. Nothing was changed" in done.stderr
    assert path.read_bytes() == before


def test_what_was_for_the_trainer_alone_stays_where_it_is(office, elsewhere):
    secret = ("trainer", "trainer", Remark("note", "He reads from the screen."))
    whisper = ("trainer", "learner", Remark("note", "Slow down."))
    name = office.take("say-back", secret, whisper, "look")
    for form in ("md", "html", "coaching", "svg", "cast", "json", "csv", "xapi"):
        assert "reads from the screen" not in office.export(name, form)
    assert "Slow down." in office.export(name, "json")
    back = carried(office, name, elsewhere)
    assert json.loads(office.export(name, "json"))["sealed"] == [3]
    assert len(read_take(back).events) == len(office.shelf.read(name).events)
    assert "is there already" in office.run("import", office.folder / "carried.json").stdout


def test_a_damaged_take_is_exported_as_far_as_it_is_sound(office, elsewhere):
    name = office.passed()
    path = office.shelf.find(name)
    sound = path.read_bytes().rpartition(b"[[event]]")[0]
    path.write_bytes(path.read_bytes()[:-30])
    file = office.folder / "a.json"
    done = office.run("export", name, "--to", "json", "-o", file)
    assert done.exit_code == 1
    assert "Exported as far as it is sound. The last" in done.stderr
    done = elsewhere.run("import", file)
    assert done.exit_code == 0
    assert "is the part of it that was sound" in done.stdout
    assert (elsewhere.shelf.folder / path.name).read_bytes() == sound
    assert "Exported as far as it is sound" in office.run("export", name, "--to", "md").stdout


def test_a_take_without_its_scenario_is_exported_by_its_events(office, elsewhere):
    name = office.passed()
    shutil.rmtree(office.shelf.folder / "scenarios")
    for form in ("md", "html", "coaching", "cast", "csv", "xapi", "json"):
        done = office.run("export", name, "--to", form)
        assert done.exit_code == 0
        assert "Without its scenario" in done.stderr
        assert str(office.folder) not in done.stdout
    assert "A black one with a duck" in office.run("export", name, "--to", "md").stdout
    assert office.run("export", name, "--to", "svg").exit_code == 1
    carried(office, name, elsewhere)


def test_the_document_is_what_its_schema_says(office):
    schema = json.loads(office.run("export", "--schema").stdout)
    jsonschema.Draft202012Validator.check_schema(schema)
    for name in (office.passed(), office.failed(), office.nasty(), office.take("say-back")):
        document = json.loads(office.export(name, "json"))
        jsonschema.validate(document, schema)
        document["events"][1]["mood"] = "blue"
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.validate(document, schema)


def _event(key, value, number=1):
    def change(document):
        document["events"][number][key] = value

    return change


def _set(key, value):
    return lambda document: document.update({key: value})


def _drop(key):
    return lambda document: document.pop(key)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (_set("kind", "other"), "kind: Input should be 'taketwo-take'"),
        (_set("version", 2), "version: Input should be 1"),
        (_set("name", "../../etc/passwd"), "name: String should match pattern"),
        (_set("name", "a\n"), "name: String should match pattern"),
        (_set("more", 1), "more: Unexpected keyword argument"),
        (_drop("header"), "header"),
        (_set("events", []), "events: List should have at least 1 item"),
        (lambda d: d["header"].update(format=99), "this take has format 99, and this program reads formats up to"),
        (_event("kind", "fired"), "event 2: 'fired' is not a kind of event"),
        (_event("mood", "blue"), "event 2: the key 'mood' does not belong"),
        (_event("seq", 7), "event 2: it has seq 7, and does not follow"),
        (_event("csat", True), "event 2: 'csat' is True, where a whole number is wanted"),
        (_event("said", ["a"]), "event 2: 'said' is ['a'], where a text is wanted"),
        (_event("said", {"a": 1}), "events.1.said"),
        (_event("flags", ["unheard-of"]), "event 2: 'flags' holds 'unheard-of', which the first event does not declare"),
        (lambda d: d["events"].pop(0), "event 1: it does not follow"),
        (lambda d: d["scenario"].update(toml="format = 1"), "its checksum differs"),
        (lambda d: d["scenario"].update(sha256="0" * 64), "its checksum differs"),
    ],
)  # fmt: skip
def test_what_is_not_a_take_gets_a_message_and_changes_nothing(office, elsewhere, change, says):
    document = json.loads(office.export(office.passed(), "json"))
    change(document)
    file = office.folder / "a.json"
    file.write_text(json.dumps(document))
    done = elsewhere.run("import", file)
    assert done.exit_code == 1
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert not elsewhere.shelf.folder.exists()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"[", b"[]", b"null", b"[" * 100_000, b'{"kind": ' + b"9" * 5_000 + b"}", b'{"name": "\\ud800"}'],
)  # fmt: skip
def test_what_is_not_even_json_gets_a_message(office, data):
    file = office.folder / "a.json"
    file.write_bytes(data)
    done = office.run("import", file)
    assert done.exit_code == 1
    assert "is not a take as `taketwo export --to json` writes it" in done.stderr


def test_a_scenario_that_nobody_can_play_is_refused(office, elsewhere):
    document = json.loads(office.export(office.passed(), "json"))
    toml = "format = 1\n"
    document["scenario"] = {"toml": toml, "sha256": sha256(toml.encode()).hexdigest()}
    document["events"][0]["sha256"] = document["scenario"]["sha256"]
    file = office.folder / "a.json"
    file.write_text(json.dumps(document))
    done = elsewhere.run("import", file)
    assert done.exit_code == 1
    assert "the scenario in it is not one that this version can read" in done.stderr


def test_files_that_are_missing_or_folders(office):
    for path in (office.folder / "none.json", office.folder):
        done = office.run("import", path)
        assert done.exit_code == 1
        assert "cannot be read" in done.stderr


def test_one_bad_file_does_not_keep_the_others_out(office, elsewhere):
    good, bad = office.folder / "good.json", office.folder / "bad.json"
    office.run("export", office.passed(), "--to", "json", "-o", good)
    bad.write_text("{}")
    done = elsewhere.run("import", bad, good)
    assert done.exit_code == 1
    assert len(elsewhere.shelf.rows()) == 1


@pytest.mark.parametrize(
    "change",
    [
        _event("lesson", "unheard-of", 2),
        lambda d: d["events"][1].pop("offered"),
        _event("points", ["active-listening +9"]),
        _event("node", "nowhere"),
        _event("at_node", "nowhere"),
        _event("back_to", 1, 3),
    ],
)
def test_a_take_that_no_play_made_is_still_exported_in_every_form(office, elsewhere, change):
    name = office.take("thirty-days", Hint(), Rewind(), "say-back", "look")
    document = json.loads(office.export(name, "json"))
    change(document)
    file = office.folder / "a.json"
    file.write_text(json.dumps(document))
    assert elsewhere.run("import", file).exit_code == 0
    for form in FORMS:
        assert elsewhere.export(name, form)
