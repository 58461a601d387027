"""A take as one JSON document, which any program can read and `taketwo import` takes in again.

`events` are the journal's blocks as tables, `scenario` is the file that was kept with the take; the rest is made
from these and tells readers what they would have to compute. The JSON Schema says the same of every key.
"""

import json
import re
from dataclasses import asdict, dataclass, field
from typing import Annotated, Any, ClassVar, Literal

from pydantic import ConfigDict, Field, TypeAdapter

from taketwo.export.taken import Taken
from taketwo.review import as_table
from taketwo.text import clean
from taketwo.transcript.blocks import Table
from taketwo.transcript.codec import describe, encode
from taketwo.transcript.migrations import FORMAT, as_of
from taketwo.transcript.reading import Header

KIND: Literal["taketwo-take"] = "taketwo-take"
VERSION: Literal[1] = 1
"""of this form"""
DIALECT = "https://json-schema.org/draft/2020-12/schema"
_STRICT = ConfigDict(extra="forbid")


@dataclass(frozen=True, slots=True)
class HeaderForm:
    """What stands at the top of the journal."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    format: Annotated[int, Field(ge=1, description="Version of the journal's format.")]
    id: Annotated[str, Field(max_length=500, description="The name that the take was made with.")]
    program: Annotated[str, Field(max_length=500, description="What made it.")]
    created: Annotated[str, Field(max_length=500, description="ISO 8601 in UTC.")]

    def header(self) -> Header:
        """As the journal knows it."""
        return Header(self.id, self.program, self.created, self.format)


@dataclass(frozen=True, slots=True)
class ScenarioForm:
    """The scenario as it was when the take began."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    sha256: Annotated[str, Field(pattern="^[0-9a-f]{64}$", description="Of `toml` in UTF-8.")]
    toml: Annotated[str, Field(description="The file: `taketwo schema` prints what may stand in it.")]


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeForm:
    """A take of Take Two."""

    __pydantic_config__: ClassVar[ConfigDict] = _STRICT
    kind: Literal["taketwo-take"]
    version: Annotated[Literal[1], Field(description="Version of this form.")]
    name: Annotated[str, Field(pattern="^[A-Za-z0-9][A-Za-z0-9-]{0,127}$", description="Of the take.")]
    anonymous: Annotated[bool, Field(description="Names of learner and trainer were taken out.")] = False
    sealed: Annotated[
        list[int], Field(description="Seqs of events that are blank, as they were for the trainer alone.")
    ] = field(default_factory=list)
    incomplete: Annotated[
        str, Field(description="Where the file was damaged: how far `events` go, and why.")
    ] = ""
    header: HeaderForm
    events: Annotated[
        list[dict[str, str | int | float | bool | list[str]]],
        Field(min_length=1, description="All that happened, in order; everything else follows from it."),
    ]
    scenario: Annotated[ScenarioForm | None, Field(description="null where it is not kept any more.")] = None
    row: Annotated[dict[str, Any], Field(description="The take in a line; made from the events.")] = field(
        default_factory=dict
    )
    review: Annotated[
        list[dict[str, Any]],
        Field(
            description="What the solved scenario says of each decision, and of what was steered; made from the events."
        ),
    ] = field(default_factory=list)


def form(of: Taken) -> TakeForm:
    """The document of a take."""
    head = of.take.header
    return TakeForm(
        kind=KIND,
        version=VERSION,
        name=of.name,
        anonymous=of.anonymous,
        sealed=list(of.sealed),
        incomplete=of.take.damage.message if of.take.damage else "",
        header=HeaderForm(head.format, head.id, head.program, head.created),
        events=[_table(of, index) for index in range(len(of.events))],
        scenario=ScenarioForm(of.started.sha256, of.kept.decode()) if of.kept else None,
        row=_row(of),
        review=[as_table(each) for each in of.about.changes] if of.about else [],
    )


def as_json(of: Taken) -> str:
    """The document as text."""
    return _ODD.sub(_escaped, json.dumps(asdict(form(of)), ensure_ascii=False, indent=1)) + "\n"


_ODD = re.compile(r"[^\x20-\x7e\n]")


def _escaped(found: re.Match[str]) -> str:
    """What a terminal or an editor would obey, as JSON writes it in ASCII: the scenario is kept byte for byte."""
    letter = found[0]
    return letter if clean(letter) == letter else json.dumps(letter)[1:-1]


def read(data: bytes) -> TakeForm:
    """The document in `data`. Raises pydantic's ValidationError."""
    return _adapter().validate_json(data, strict=True)


def schema_text() -> str:
    """The JSON Schema of the document."""
    schema = _adapter().json_schema()
    schema["properties"]["events"]["items"] = {"oneOf": list(describe())}
    return json.dumps({"$schema": DIALECT, "title": "A take of Take Two", **schema}, indent=2)


def _adapter() -> TypeAdapter[TakeForm]:
    return TypeAdapter(TakeForm)


def _table(of: Taken, index: int) -> Table:
    table = encode(of.events[index], of.take.legend)
    form = of.take.header.format
    return as_of(table, form) if form < FORMAT else table


def _row(of: Taken) -> dict[str, Any]:
    """The row without what is of this machine alone."""
    table = asdict(of.row)
    del table["path"], table["message"]
    return {"name": of.name, **table}
