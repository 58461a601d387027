"""JSON Schema of a scenario file, for editors; made from the shape that validates the files, with words added.

In draft 7, with `definitions`, and no word beside a `$ref`: the tools that editors use for TOML know no later one.
What holds between the parts of a file (that a `goto` names a node, say) no schema can tell: `taketwo check` does.
"""

import json
from typing import Any

Schema = dict[str, Any]
DIALECT = "http://json-schema.org/draft-07/schema#"
_TITLES = {
    "ScenarioFile": "A Take Two scenario, format 1",
    "BriefingFile": "What the learner may know before the first word",
    "CustomerFile": "Who is asking",
    "MeterFile": "A bounded whole number that the customer carries",
    "NodeFile": "A point where the customer has spoken and the learner must answer",
    "LineFile": "What the customer says; the first whose `when` holds",
    "ReplyFile": "One authored answer",
    "MoveFile": "What happens on silence: a reply without words and points",
    "BranchFile": "Where it goes if `when` holds",
    "InterruptFile": "Something that cuts in once, as soon as `when` holds after a move",
    "EndingFile": "A point where a take stops",
    "SequelFile": "Which scenes this one follows, and what it is told of the take before",
    "PastFile": "What of the take before sets a flag: any of these",
    "QuoteFile": "Words of the take before, for {quote.NAME}",
    "EnterFile": "A sub-dialogue of common/ that is put in here",
    "LessonFile": "A lesson that replies are scored against",
}
_WHEN = "METER <= NUMBER (or < == != >= >), FLAG, or not FLAG. A list means all of them; a list of lists means any of the lists."
_GOTO = "The node or ending that follows; or a list of which the first whose `when` holds is taken. The last has no `when`."
_WHY = "What it did to this customer, in a sentence or two."
DESCRIPTIONS: dict[str, dict[str, str]] = {
    "ScenarioFile": {
        "format": "The version of the format.",
        "id": "The file's name without .toml.",
        "title": "What the list of scenarios shows.",
        "level": "1 basics, 2 common trouble, 3 hard, 4 wow.",
        "minutes": "How long a take lasts, about.",
        "channel": "Where the conversation takes place.",
        "centre": "The lesson or two that it is built around.",
        "start": "The node where it begins.",
        "about": "A sentence or two for the list of scenarios.",
        "hollywood": "NODE/REPLY of replies as a film would play them, for the Hollywood cut.",
        "briefing": "What the learner may know before the first word.",
        "customer": "Who is asking.",
        "meters": "Whole numbers that the customer carries, such as patience.",
        "flags": "What can be true of a take, each with words for a person.",
        "promises": "What the learner can promise here, each with words for a person; a sequel may call it in.",
        "given": "Flags that are set before the first word.",
        "sequel": "Makes this a scene that follows others.",
        "enter": "Sub-dialogues that many scenes share; goto = ENTRY leads in.",
        "names": "Words for braces in texts: {shop.name}. {learner} and {customer} are always there.",
        "nodes": "The points where the customer has spoken and the learner must answer.",
        "interrupts": "What cuts in once, as soon as its `when` holds after a move. The first in the file wins.",
        "endings": "The points where a take stops.",
        "lessons": "Lessons that only this scenario has, instead of those of lessons.toml.",
    },
    "BriefingFile": {
        "role": "Where the learner works, and as what.",
        "situation": "What has happened up to the first word.",
        "facts": "What an honest answer needs.",
    },
    "CustomerFile": {
        "name": "What the customer is called.",
        "wants": "What is asked for; shown in the debrief only.",
        "needs": "What it is really about; shown in the debrief only.",
    },
    "MeterFile": {
        "start": "Where it stands at the start.",
        "low": "The least; 0 unless said.",
        "high": "The most; 10 unless said.",
        "bands": 'A word from each number up, such as { 0 = "furious", 3 = "tense" }.',
        "title": "What the screen calls it.",
    },
    "NodeFile": {
        "says": "What the customer says: the first whose `when` holds. The last has no `when`.",
        "replies": "Three or four, all of them things that real staff say.",
        "silence": "What happens when nothing is said.",
        "time_limit": "Seconds until `silence` happens, for learners who play with a clock.",
    },
    "LineFile": {
        "text": "A text, or several of which each take picks one.",
        "who": "Who says it, where that is not the customer.",
        "when": _WHEN,
    },
    "ReplyFile": {
        "goto": _GOTO,
        "why": _WHY,
        "effects": "Changes of meters: { patience = -1 }.",
        "sets": "Flags that hold from here on.",
        "clears": "Flags that no longer hold.",
        "reveals": "What goes into the learner's notes.",
        "say": "What the learner says: a text, or several of which each take picks one.",
        "points": "By lesson: -2 breaks it, -1 slips, 0, 1 partly, 2 models it.",
        "when": _WHEN,
        "once": "Whether it can be said only once in a take.",
        "critical": "The error that fails the take, whatever its points.",
        "samples": "Two to four other ways to say the same.",
        "promise": "What the learner promises by it, an id of [promises].",
    },
    "SequelFile": {
        "of": "Ids of the scenes that it follows.",
        "alone": "Flags that are set when it is played without a take before.",
        "flags": "Flags that the take before sets.",
        "quotes": "Words of the take before, for braces in texts: {quote.NAME}.",
    },
    "PastFile": {
        "scene": "Ids of scenes.",
        "ending": "SCENE/ENDING.",
        "promise": "SCENE/PROMISE.",
    },
    "QuoteFile": {
        "otherwise": "What stands there where there is nothing to quote.",
        "promise": "SCENE/PROMISE: the words in which it was made.",
        "last": "Whether the last thing that the learner said will do.",
    },
    "EnterFile": {
        "dialogue": "The name of a file in common/, without .toml.",
        "exits": "Where each of its exits leads here: a node or an ending.",
        "names": "Words for its braces, in place of those that it brings.",
        "says": "The customer's own words at its nodes, by node.",
    },
    "MoveFile": {
        "goto": _GOTO,
        "why": _WHY,
        "effects": "Changes of meters: { patience = -1 }.",
        "sets": "Flags that hold from here on.",
        "clears": "Flags that no longer hold.",
        "reveals": "What goes into the learner's notes.",
    },
    "BranchFile": {"to": "A node or an ending.", "when": _WHEN},
    "InterruptFile": {"when": _WHEN, "goto": _GOTO},
    "EndingFile": {
        "kind": "How it ends.",
        "csat": "How satisfied the customer is, 1 to 5.",
        "resolved": "Whether the customer got what they came for.",
        "acceptable": "Whether a good agent could live with it; csat >= 3 unless said.",
        "text": "What happens at last.",
    },
    "LessonFile": {
        "title": "Its name.",
        "skill": "The skill that it belongs to.",
        "stance": "Whether the source shows it as a model to follow or as a warning.",
        "source": "Where it comes from.",
        "character": 'Completes the hint: "What would … do?" for a model, "What did … miss?" for a warning.',
        "happens": "What happens in the source.",
        "lesson": "What it asks for.",
        "models": "What a reply does that follows it.",
        "breaks": "What a reply does that breaks it.",
        "film": "The film's name, if it is one.",
        "year": "The film's year.",
    },
}
"""What each key is for, by the type that validates it; a test holds that none is missing."""


def schema() -> Schema:
    """The schema of a scenario file."""
    from taketwo.scenario.format import SCENARIO

    made = SCENARIO.json_schema(mode="validation", ref_template="#/definitions/{model}")
    definitions: dict[str, Schema] = made.pop("$defs")
    described = {name: _described(name, table) for name, table in definitions.items()}
    return {"$schema": DIALECT, **_described("ScenarioFile", made), "definitions": described}


def schema_text() -> str:
    """The schema as JSON."""
    return json.dumps(schema(), indent=2, ensure_ascii=False)


def _described(name: str, table: Schema) -> Schema:
    """`table` with our words, and as strict as the reader is."""
    words = DESCRIPTIONS.get(name, {})
    rows = {key: _plain(row) for key, row in table["properties"].items()}
    keys = {
        key: {"description": words.get(key, "")} | ({"allOf": [row]} if "$ref" in row else row)
        for key, row in rows.items()
    }
    return {
        "title": _TITLES.get(name, name),
        **{key: value for key, value in table.items() if key not in ("title", "properties")},
        "properties": keys,
    }


def _plain(row: Any) -> Any:
    """A part of the schema without made-up titles; names that fit no pattern are refused; the first form that fits counts."""
    if isinstance(row, list):
        return [_plain(item) for item in row]
    if not isinstance(row, dict):
        return row
    table = {
        "anyOf" if key == "oneOf" else key: _plain(value) for key, value in row.items() if key != "title"
    }
    return table | ({"additionalProperties": False} if "patternProperties" in table else {})
