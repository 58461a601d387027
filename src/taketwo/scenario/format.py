"""The shape of a scenario file, format 1, for pydantic; also the source of its JSON Schema.

Imported only when a file is read: pydantic takes a tenth of a second to import.
"""

import re
from typing import Annotated, Any, Literal, NotRequired

from pydantic import BeforeValidator, ConfigDict, Discriminator, Field, Tag, TypeAdapter
from typing_extensions import TypedDict

from taketwo.scenario.limits import LIMITS
from taketwo.scenario.model import Channel, EndingKind

FORMAT = 1
CriticalError = Literal[
    "invented-manager", "false-promise", "failed-verification", "private-data", "abuse", "hung-up"
]


def _one_as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _goto_as_list(value: Any) -> Any:
    return [{"to": value}] if isinstance(value, str) else value


def _number_key(value: Any) -> Any:
    return int(value) if isinstance(value, str) and _NUMBER.fullmatch(value) else value


_NUMBER = re.compile(r"-?[0-9]{1,6}")
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
Place = Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}(/[a-z][a-z0-9-]{0,63})?$")]
"""An id, or `entry/id`: what the reader makes of a node or flag of a sub-dialogue, and what kept copies hold."""
Prose = Annotated[str, Field(min_length=1, max_length=LIMITS.text)]
Short = Annotated[str, Field(min_length=1, max_length=200)]
Number = Annotated[int, Field(ge=-1000, le=1000)]
_SomeTexts = Annotated[list[Prose], Field(min_length=1, max_length=9)]
Texts = Annotated[_SomeTexts, BeforeValidator(_one_as_list, json_schema_input_type=Prose | _SomeTexts)]


def _kind_of_tests(value: Any) -> str:
    return "\0any" if isinstance(value, list) and value and isinstance(value[0], list) else "\0all"


def _kind_of_name(value: Any) -> str:
    return "\0table" if isinstance(value, dict) else "\0number" if isinstance(value, int) else "\0text"


# The kinds are told apart before they are looked into, so that only the errors of the one that was meant are told.
# Their labels begin with NUL, so they cannot be mistaken for a key.
Tests = Annotated[
    Annotated[list[Short], Tag("\0all"), Field(max_length=50)]
    | Annotated[list[list[Short]], Tag("\0any"), Field(max_length=50)],
    Discriminator(_kind_of_tests),
]
_NameText = Annotated[Short, Tag("\0text")]
_NameNumber = Annotated[int, Tag("\0number"), Field(ge=-(10**15), le=10**15)]
Name = Annotated[_NameText | _NameNumber, Discriminator(_kind_of_name)]
Names = Annotated[
    _NameText | _NameNumber | Annotated[dict[Short, Name], Tag("\0table")], Discriminator(_kind_of_name)
]


class _Strict(TypedDict):
    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]  # pydantic reads it here


class BranchFile(_Strict):
    to: Place
    when: NotRequired[Tests]


_Branches = Annotated[list[BranchFile], Field(min_length=1, max_length=20)]
Goto = Annotated[_Branches, BeforeValidator(_goto_as_list, json_schema_input_type=Place | _Branches)]


class LineFile(_Strict):
    text: Texts
    who: NotRequired[Short]
    when: NotRequired[Tests]


class MoveFile(_Strict):
    goto: Goto
    why: NotRequired[Prose]
    effects: NotRequired[dict[Id, Number]]
    sets: NotRequired[list[Place]]
    clears: NotRequired[list[Place]]
    reveals: NotRequired[Prose]


class ReplyFile(MoveFile):
    say: Texts
    points: dict[Id, Annotated[int, Field(ge=-2, le=2)]]
    when: NotRequired[Tests]
    once: NotRequired[bool]
    critical: NotRequired[CriticalError]
    samples: NotRequired[Annotated[list[Prose], Field(max_length=9)]]
    promise: NotRequired[Id]


class NodeFile(_Strict):
    says: Annotated[list[LineFile], Field(min_length=1, max_length=20)]
    replies: Annotated[dict[Id, ReplyFile], Field(min_length=1, max_length=9)]
    silence: NotRequired[MoveFile]
    time_limit: NotRequired[Annotated[int, Field(ge=3, le=600)]]


class MeterFile(_Strict):
    start: Number
    low: NotRequired[Number]
    high: NotRequired[Number]
    bands: NotRequired[dict[Annotated[Number, BeforeValidator(_number_key)], Short]]
    title: NotRequired[Short]


class InterruptFile(_Strict):
    when: Tests
    goto: Goto


class EndingFile(_Strict):
    kind: EndingKind
    csat: Annotated[int, Field(ge=1, le=5)]
    resolved: bool
    acceptable: NotRequired[bool]
    text: Prose


class BriefingFile(_Strict):
    role: Prose
    situation: Prose
    facts: NotRequired[Annotated[list[Prose], Field(max_length=20)]]


class CustomerFile(_Strict):
    name: Short
    wants: NotRequired[Prose]
    needs: NotRequired[Prose]


class LessonFile(_Strict):
    title: Short
    skill: Short
    stance: Literal["model", "warning"]
    source: Short
    character: Short
    happens: Prose
    lesson: Prose
    models: Prose
    breaks: Prose
    film: NotRequired[Short]
    year: NotRequired[int]


class LessonsFile(_Strict):
    format: Literal[1]
    lessons: dict[Id, LessonFile]


class PastFile(_Strict):
    scene: NotRequired[Annotated[list[Short], Field(max_length=20)]]
    ending: NotRequired[Annotated[list[Short], Field(max_length=20)]]
    promise: NotRequired[Annotated[list[Short], Field(max_length=20)]]


class QuoteFile(_Strict):
    otherwise: Prose
    promise: NotRequired[Annotated[list[Short], Field(max_length=20)]]
    last: NotRequired[bool]


class SequelFile(_Strict):
    of: Annotated[list[Id], Field(min_length=1, max_length=9)]
    alone: NotRequired[list[Id]]
    flags: NotRequired[Annotated[dict[Id, PastFile], Field(max_length=12)]]
    quotes: NotRequired[Annotated[dict[Id, QuoteFile], Field(max_length=20)]]


class EnterFile(_Strict):
    dialogue: Id
    exits: dict[Id, Id]
    names: NotRequired[dict[Short, Names]]
    says: NotRequired[dict[Id, Annotated[list[LineFile], Field(min_length=1, max_length=20)]]]


class DialogueFile(_Strict):
    format: Literal[1]
    id: Id
    title: Short
    start: Id
    exits: Annotated[dict[Id, Prose], Field(min_length=1, max_length=9)]
    about: NotRequired[Prose]
    meters: NotRequired[Annotated[list[Id], Field(max_length=LIMITS.meters)]]
    flags: NotRequired[Annotated[dict[Id, Prose], Field(max_length=LIMITS.flags)]]
    names: NotRequired[dict[Short, Names]]
    nodes: Annotated[dict[Id, NodeFile], Field(min_length=1, max_length=50)]


class HouseFile(_Strict):
    format: Literal[1]
    house: Annotated[dict[Short, Name], Field(min_length=1, max_length=200)]


class ScenarioFile(_Strict):
    format: Literal[1]
    id: Id
    title: Short
    level: Annotated[int, Field(ge=1, le=4)]
    minutes: Annotated[int, Field(ge=1, le=120)]
    channel: Channel
    centre: Annotated[list[Id], Field(min_length=1, max_length=2)]
    start: Place
    about: NotRequired[Prose]
    hollywood: NotRequired[Annotated[list[Short], Field(max_length=60)]]
    briefing: BriefingFile
    customer: CustomerFile
    meters: NotRequired[Annotated[dict[Id, MeterFile], Field(max_length=LIMITS.meters)]]
    flags: NotRequired[Annotated[dict[Place, Prose], Field(max_length=LIMITS.flags)]]
    promises: NotRequired[Annotated[dict[Id, Prose], Field(max_length=20)]]
    given: NotRequired[Annotated[list[Place], Field(max_length=LIMITS.flags)]]
    sequel: NotRequired[SequelFile]
    enter: NotRequired[Annotated[dict[Id, EnterFile], Field(max_length=20)]]
    names: NotRequired[dict[Short, Names]]
    nodes: Annotated[dict[Place, NodeFile], Field(min_length=1)]
    interrupts: NotRequired[Annotated[dict[Id, InterruptFile], Field(max_length=LIMITS.interrupts)]]
    endings: Annotated[dict[Id, EndingFile], Field(min_length=1)]
    lessons: NotRequired[dict[Id, LessonFile]]


SCENARIO: TypeAdapter[ScenarioFile] = TypeAdapter(ScenarioFile)
DIALOGUE: TypeAdapter[DialogueFile] = TypeAdapter(DialogueFile)
HOUSE: TypeAdapter[HouseFile] = TypeAdapter(HouseFile)
LESSONS: TypeAdapter[LessonsFile] = TypeAdapter(LessonsFile)
