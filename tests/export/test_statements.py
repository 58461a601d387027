"""xAPI statements: what is said of a take, the same ids every time, and valid by a validator that is not ours."""

import json
import shutil
import subprocess
from pathlib import Path
from uuid import UUID

import pytest
from offices import Office, statements

from house import paired_take
from taketwo.take.commands import Abandon, Hand, Remark, Rewind, StaySilent

CHECK = Path(__file__).parents[1] / "xapi"
NODE = shutil.which("node")
EXT = "https://taketwo.example/xapi/ext"


def verbs(told) -> list[str]:
    return [each["verb"]["id"].rpartition("/")[2] for each in told]


def every(office: Office) -> list[str]:
    """Takes of every kind."""
    return [
        office.passed(),
        office.failed(),
        office.nasty(),
        office.take(),
        office.take("say-back"),
        office.take(StaySilent(), StaySilent()),
        office.take("say-back", Rewind(), "say-back", "look"),
        office.take("say-back", Abandon()),
        office.take(
            "say-back", ("trainer", "all", Hand("trainer")), ("trainer", "all", "look"), Remark("note", "x")
        ),
        paired_take(office.shelf),
        office.take("say-back", "look", learner=""),
    ]


@pytest.mark.skipif(
    not NODE or not (CHECK / "node_modules").is_dir(), reason="needs node, and npm install in tests/xapi"
)
@pytest.mark.parametrize("words", [[], ["--anonymous"], ["--home-page", "https://example.org/people"]])
def test_a_validator_that_is_not_ours_finds_nothing(office, words):
    told = [each for name in every(office) for each in statements(office.export(name, "xapi", *words))]
    done = subprocess.run(
        [NODE, CHECK / "validate.js"], input=json.dumps(told), capture_output=True, text=True, timeout=60
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.skipif(
    not NODE or not (CHECK / "node_modules").is_dir(), reason="needs node, and npm install in tests/xapi"
)
def test_that_validator_can_find_something(office):
    told = statements(office.export(office.passed(), "xapi"))
    told[1]["result"]["score"]["scaled"] = 2
    done = subprocess.run(
        [NODE, CHECK / "validate.js"], input=json.dumps(told), capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 1
    assert "scaled" in done.stdout


def test_a_passed_take(office):
    told = statements(office.export(office.passed(), "xapi"))
    assert verbs(told) == [
        *("initialized", "responded", "responded", "scored", "scored", "completed", "passed", "terminated"),
    ]
    first = told[1]["result"]
    assert first["response"] == "A black one with a duck's head. Where did you last have it?"
    assert first["score"] == {"scaled": 1.0, "raw": 2, "min": -1, "max": 2}
    assert first["duration"] == "PT10S"
    assert told[6]["result"]["success"] is True
    assert told[6]["result"]["duration"] == "PT20S"


def test_a_failed_take(office):
    told = statements(office.export(office.failed(), "xapi"))
    assert verbs(told)[-3:] == ["completed", "failed", "terminated"]
    responded = [each for each in told if each["verb"]["id"].endswith("responded")]
    assert [each["result"]["extensions"][f"{EXT}/undone"] for each in responded] == [True, False, False]
    assert responded[-1]["result"]["extensions"][f"{EXT}/critical-error"] == "false-promise"


def test_takes_that_came_to_no_ending(office):
    assert verbs(statements(office.export(office.take("say-back", Abandon()), "xapi")))[-1] == "terminated"
    assert verbs(statements(office.export(office.take("say-back"), "xapi"))) == ["initialized", "responded"]


def test_mood_is_told_and_never_scored(office):
    told = statements(office.export(office.failed(), "xapi"))
    assert told[1]["result"]["extensions"][f"{EXT}/mood"] == {"patience": 4}
    assert "patience" not in json.dumps([each.get("result", {}).get("score") for each in told])


def test_one_registration_a_take_and_the_same_ids_every_time(office):
    one, other = office.passed(), office.passed()
    told = statements(office.export(one, "xapi"))
    assert told == statements(office.export(one, "xapi"))
    registrations = {each["context"]["registration"] for each in told}
    assert len(registrations) == 1
    assert UUID(registrations.pop()).version == 5
    ids = [each["id"] for each in told + statements(office.export(other, "xapi"))]
    assert len(ids) == len(set(ids))


def test_the_scenario_is_the_revision(office):
    name = office.passed()
    told = statements(office.export(name, "xapi"))
    assert {each["context"]["revision"] for each in told} == {office.shelf.read(name).started.sha256}
    assert {each["context"]["platform"] for each in told} == {"Take Two"}


def test_a_trainer_who_takes_over_is_the_instructor(office):
    name = office.take("say-back", ("trainer", "all", Hand("trainer")), ("trainer", "all", "look"))
    told = statements(office.export(name, "xapi"))
    assert "instructor" not in told[1]["context"]
    assert told[2]["context"]["instructor"] == told[2]["actor"]
    assert told[2]["actor"]["account"]["name"] == "trainer"
    assert {each["actor"]["account"]["name"] for each in told[3:]} == {"Zoë Kovács"}


def test_learners_have_accounts_where_the_user_says(office):
    name = office.passed()
    told = statements(office.export(name, "xapi", "--home-page", "https://example.org/people"))
    assert {each["actor"]["account"]["homePage"] for each in told} == {"https://example.org/people"}
    assert {each["actor"]["account"]["name"] for each in told} == {"Zoë Kovács"}
    done = office.run("export", name, "--to", "xapi", "--home-page", "no iri")
    assert (done.exit_code, done.stdout) == (2, "")
    assert "--home-page wants an IRI" in done.stderr
