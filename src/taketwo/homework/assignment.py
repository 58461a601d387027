"""The file that goes out: scenes whole, as the trainer has them, and how they are to be played.

Plain TOML. The scenes stand in it as text, so the learner needs neither the same version nor the trainer's folder.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any, Literal

import tomli
import tomli_w

from taketwo import disk
from taketwo.scenario.dump import dump
from taketwo.scenario.limits import LARGE
from taketwo.scenario.model import Scenario
from taketwo.scenario.source import draft_from_bytes
from taketwo.text import clean, clean_line

FORMAT = 1
SIZE_LIMIT = 16 << 20
MOST = 50
"""scenes of one assignment"""
_ID = re.compile(r"[a-z0-9]{8}")


class BadAssignment(Exception):
    """A file that is no assignment, or one that cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Assigned:
    """One scene of an assignment."""

    scenario: Scenario
    sha256: str
    """of its text, which is what a take of it keeps"""


@dataclass(frozen=True, slots=True)
class Assignment:
    """What is to be played, and how."""

    id: str
    """8 small letters and digits; takes of it carry the label `homework ID`"""
    title: str
    note: str
    created: str
    mode: Literal["coached", "assessed"]
    seed: int | None
    """the same order and wording for everybody; None: each take its own"""
    scenes: tuple[Assigned, ...]

    @property
    def label(self) -> str:
        """What is put on every take of it."""
        return f"homework {self.id}"


def write_assignment(assignment: Assignment, path: Path) -> None:
    """Make the file. Raises OSError, FileExistsError where there is one."""
    head: dict[str, Any] = {
        "format": FORMAT,
        "assignment": {
            "id": assignment.id,
            "title": assignment.title,
            "note": assignment.note,
            "created": assignment.created,
            "mode": assignment.mode,
            **({} if assignment.seed is None else {"seed": assignment.seed}),
        },
        "scene": [
            {"id": each.scenario.id, "sha256": each.sha256, "text": dump(each.scenario)}
            for each in assignment.scenes
        ],
    }
    fd = disk.create(path)
    try:
        disk.write(fd, tomli_w.dumps(head, multiline_strings=True).encode())
    finally:
        os.close(fd)


def assigned(scenarios: Sequence[Scenario]) -> tuple[Assigned, ...]:
    """`scenarios` as parts of an assignment."""
    return tuple(Assigned(each, sha256(dump(each).encode()).hexdigest()) for each in scenarios)


def read_assignment(path: Path) -> Assignment:
    """The assignment in the file `path`. Raises BadAssignment."""
    shown = clean_line(str(path), 200)
    try:
        data = disk.read_file(path, SIZE_LIMIT)
    except OSError as error:
        raise BadAssignment(f"{shown}: it cannot be read. {disk.reason(error).what}.") from None
    if len(data) > SIZE_LIMIT:
        raise BadAssignment(f"{shown}: it has more than {SIZE_LIMIT:,} bytes.")
    return parse_assignment(data, shown)


def parse_assignment(data: bytes, shown: str) -> Assignment:
    """The assignment in `data`; `shown` names it in messages. Raises BadAssignment."""
    from pydantic import ValidationError

    try:
        table = _shape().validate_python(tomli.loads(data.decode("utf-8-sig")))
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise BadAssignment(
            f"{shown}: this is no assignment. At {clean_line(place, 80)}: {first['msg']}."
        ) from None
    except (ValueError, RecursionError) as error:
        raise BadAssignment(f"{shown}: this is no assignment. {clean_line(str(error), 120)}.") from None
    head = table["assignment"]
    return Assignment(
        head["id"],
        clean_line(head["title"], 120),
        clean(head.get("note", ""), 2_000),
        clean_line(head["created"], 40),
        head["mode"],
        head.get("seed"),
        tuple(_scene(row, shown) for row in table["scene"]),
    )


def _scene(row: dict[str, str], shown: str) -> Assigned:
    data = row["text"].encode()
    name = f"{shown}: the scene {clean_line(row['id'], 64)!r}"
    if sha256(data).hexdigest() != row["sha256"]:
        raise BadAssignment(f"{name} was changed. Ask for the file again.")
    draft = draft_from_bytes(data, name, {}, LARGE)
    if draft.scenario is None or not draft.playable or draft.scenario.id != row["id"]:
        first = next(iter(draft.findings()), "It is another scene.")
        raise BadAssignment(f"{name} cannot be read by this version. {first}")
    return Assigned(draft.scenario, row["sha256"])


def _shape() -> Any:
    from typing import NotRequired

    from pydantic import ConfigDict, Field, TypeAdapter
    from typing_extensions import TypedDict

    text = Annotated[str, Field(max_length=4_000)]

    class Strict(TypedDict):
        __pydantic_config__ = ConfigDict(extra="forbid", strict=True)  # type: ignore[misc]  # pydantic reads it here

    class HeadFile(Strict):
        id: Annotated[str, Field(pattern=f"^{_ID.pattern}$")]
        title: text
        note: NotRequired[text]
        created: text
        mode: Literal["coached", "assessed"]
        seed: NotRequired[Annotated[int, Field(ge=0, le=2**31 - 1)]]

    class SceneFile(Strict):
        id: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,63}$")]
        sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
        text: str

    class AssignmentFile(Strict):
        format: Literal[1]
        assignment: HeadFile
        scene: Annotated[list[SceneFile], Field(min_length=1, max_length=MOST)]

    return TypeAdapter(AssignmentFile)
