"""The shape of a QA form's file, format 1, for pydantic. Imported only when a form is read."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

from taketwo.scenario.format import Id, Short

Sentence = Annotated[str, Field(min_length=1, max_length=400)]
_Weight = Annotated[int, Field(ge=1, le=100)]


class _Strict(TypedDict):
    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]  # pydantic reads it here


class ItemFile(_Strict):
    question: Sentence
    anchors: Annotated[list[Sentence], Field(min_length=2, max_length=7)]
    weight: NotRequired[_Weight]
    na: NotRequired[Sentence]


class SectionFile(_Strict):
    title: Short
    about: NotRequired[Sentence]
    weight: _Weight
    lessons: NotRequired[Annotated[list[Id], Field(max_length=100)]]
    items: Annotated[dict[Id, ItemFile], Field(min_length=1, max_length=20)]


CriticalFile = TypedDict(
    "CriticalFile",
    {
        "invented-manager": Sentence,
        "false-promise": Sentence,
        "failed-verification": Sentence,
        "private-data": Sentence,
        "abuse": Sentence,
        "hung-up": Sentence,
    },
)
"""All of the closed list: what fails a take is asked for in every form."""
CriticalFile.__pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[attr-defined]  # read there


class FormFile(_Strict):
    format: Literal[1]
    id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,39}$")]
    version: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z.+-]{0,29}$")]
    title: Short
    about: NotRequired[Sentence]
    pass_mark: Annotated[int, Field(ge=0, le=100)]
    scale: Annotated[list[Short], Field(min_length=2, max_length=7)]
    sections: Annotated[dict[Id, SectionFile], Field(min_length=1, max_length=12)]
    critical: CriticalFile


FORM: TypeAdapter[FormFile] = TypeAdapter(FormFile)
