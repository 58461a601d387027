"""The shape of a programme file, format 1, for pydantic. Imported only when a file is read strictly."""

from typing import Annotated, Literal, NotRequired

from pydantic import ConfigDict, Field, TypeAdapter
from typing_extensions import TypedDict

from taketwo.scenario.format import Id, Short


class _Strict(TypedDict):
    __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]  # pydantic reads it here


class OpensFile(_Strict):
    passes: NotRequired[Annotated[int, Field(ge=0, le=22)]]
    skills: NotRequired[Annotated[dict[Id, Annotated[float, Field(gt=0, le=1)]], Field(max_length=9)]]


class RoundFile(_Strict):
    title: Short
    about: Short
    middles: Annotated[list[Id], Field(min_length=1, max_length=20)]
    opener: NotRequired[Id]
    wow: NotRequired[Id]
    opens: NotRequired[OpensFile]


class ProgrammeFile(_Strict):
    format: Literal[1]
    title: Short
    rounds: Annotated[dict[Id, RoundFile], Field(min_length=1, max_length=50)]


PROGRAMME: TypeAdapter[ProgrammeFile] = TypeAdapter(ProgrammeFile)
