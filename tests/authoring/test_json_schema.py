"""`taketwo schema`: what editors are told of a scenario file, held against an independent validator."""

import json
from typing import Any, get_type_hints

import pytest
import tomli
from desk import new, taketwo
from jsonschema import Draft7Validator

from taketwo.authoring.schema import DESCRIPTIONS, schema
from taketwo.checks.example import BASE
from taketwo.scenario import format as shape
from taketwo.scenario.library import Library
from taketwo.scenario.source import draft_from_bytes


def errors(table: dict[str, Any]) -> list[str]:
    return [error.message for error in Draft7Validator(schema()).iter_errors(table)]


def test_it_is_printed_as_json_that_is_a_schema(tmp_path):
    printed = taketwo(tmp_path, "schema")
    assert (printed.returncode, printed.stderr) == (0, "")
    read = json.loads(printed.stdout)
    assert read["$schema"] == "http://json-schema.org/draft-07/schema#"
    assert read["title"] == "A Take Two scenario, format 1"
    Draft7Validator.check_schema(read)


@pytest.mark.parametrize("path", Library().files(), ids=lambda path: path.stem)
def test_the_shipped_scenarios_are_what_it_says(path):
    assert errors(tomli.loads(path.read_text("utf-8"))) == []


def test_so_is_a_new_one(tmp_path):
    assert errors(tomli.loads(new(tmp_path).read_text("utf-8"))) == []


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_every_key_is_described(name):
    keys = {key for key in get_type_hints(getattr(shape, name)) if not key.startswith("__")}
    assert set(DESCRIPTIONS[name]) == keys
    table = schema() if name == "ScenarioFile" else schema()["definitions"][name]
    assert {key for key, row in table["properties"].items() if row["description"]} == keys


def test_no_type_of_the_format_is_without_words():
    assert set(schema()["definitions"]) | {"ScenarioFile"} == set(DESCRIPTIONS)


GOOD = {
    "one text": lambda t: opening(t, "listen")["say"],
    "several texts": lambda t: opening(t, "listen").update(say=["One.", "Two."]),
    "a goto that is a list": lambda t: opening(t, "listen").update(
        goto=[{"when": ["patience <= 3"], "to": "search"}, {"to": "goodbye"}]
    ),
    "any of the lists": lambda t: opening(t, "listen").update(when=[["patience <= 3"], ["patience >= 7"]]),
    "no condition": lambda t: opening(t, "listen").update(when=[]),
    "bands": lambda t: t["meters"]["patience"].update(bands={"0": "furious", "7": "calm"}),
    "names": lambda t: t.update(names={"shop": {"name": "Finch", "days": 30}, "boss": "Maud", "floor": 2}),
}
BAD = {
    "an unknown key": lambda t: t.update(titel="x"),
    "an unknown key of a reply": lambda t: opening(t, "listen").update(efects={}),
    "a missing key": lambda t: t.pop("customer"),
    "an id with capitals": lambda t: t["nodes"].update(Search=t["nodes"]["search"]),
    "a number for a text": lambda t: opening(t, "listen").update(say=3),
    "true for a number": lambda t: t["endings"]["goodbye"].update(csat=True),
    "too many points": lambda t: opening(t, "listen").update(points={"active-listening": 3}),
    "an unknown error": lambda t: opening(t, "listen").update(critical="rude"),
    "an empty list of texts": lambda t: opening(t, "listen").update(say=[]),
    "a goto to nowhere": lambda t: opening(t, "listen").update(goto=[]),
    "a level too high": lambda t: t.update(level=9),
}


def opening(table: dict[str, Any], reply: str) -> dict[str, Any]:
    return table["nodes"]["opening"]["replies"][reply]


def problems_of_shape(table: dict[str, Any]) -> list[str]:
    import tomli_w

    read = draft_from_bytes(tomli_w.dumps(table).encode(), "example.toml", {})
    return [f.code for f in read.findings() if f.code in ("TT002", "TT003", "TT004")]


@pytest.mark.parametrize("name", GOOD)
def test_what_the_reader_takes_the_schema_takes(name):
    table = tomli.loads(BASE)
    GOOD[name](table)
    assert problems_of_shape(table) == []
    assert errors(table) == []


@pytest.mark.parametrize("name", BAD)
def test_what_the_reader_refuses_the_schema_refuses(name):
    table = tomli.loads(BASE)
    BAD[name](table)
    assert problems_of_shape(table)
    assert errors(table)
