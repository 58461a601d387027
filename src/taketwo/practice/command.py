"""`taketwo next`: the round, the next scene and why, in lines or as JSON."""

import json
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from taketwo.practice import words
from taketwo.practice.find import Practice, read_practice
from taketwo.practice.progress import Scene, Stage
from taketwo.scenario.library import Library
from taketwo.transcript.past import due
from taketwo.transcript.rows import TakeRow
from taketwo.transcript.shelf import Shelf

Table = dict[str, Any]
About = Callable[[int, str, int], str]
"""level, channel and minutes of a scene, in words"""
DONE, FINDINGS = 0, 1


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody asks `next` for."""

    learner: str = ""
    programme: Path | None = None
    everything: bool = False
    as_json: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """Practice as it stands, with what words need: titles by lesson id, and words about a scene."""

    practice: Practice
    lessons: Mapping[str, str]
    words: About
    due: Mapping[str, TakeRow]
    """sequels whose customers call back, with the take that they call about"""

    def about(self, scene: Scene) -> str:
        return self.words(scene.level, scene.channel, scene.minutes)


def run(asked: Asked, library: Library, shelf: Shelf, now: datetime, about: About) -> int:
    """Print what was asked for; the exit code."""
    practice = read_practice(library, asked.programme, shelf.rows(), asked.learner, now)
    if practice.problem:
        print(practice.problem, file=sys.stderr)
        return FINDINGS
    told = Told(practice, library.lesson_titles(), about, _callbacks(library, shelf, asked.learner, now))
    if asked.as_json:
        print(as_json(told, everything=asked.everything))
    else:
        for line in lines(told, everything=asked.everything):
            print(line)
    return DONE


def _callbacks(library: Library, shelf: Shelf, learner: str, now: datetime) -> dict[str, TakeRow]:
    sequels = {summary.id: summary.follows for summary in library.summaries() if summary.follows}
    return due(shelf.rows(), sequels, learner, now.isoformat())


def lines(told: Told, *, everything: bool) -> Iterator[str]:
    """The lines to print."""
    practice = told.practice
    found = practice.suggestion
    if found is None:
        yield "There is no programme for the scenes here. `taketwo play --surprise` chooses one of them."
        return
    yield f"{practice.progress.title} · {words.result_words(practice)}"
    if found.stage:
        yield words.round_words(found.stage)
        yield found.stage.round.about
    yield ""
    yield f"Next: {found.scene.title} ({found.scene.id}): {told.about(found.scene)}"
    yield f"  {words.why_words(found, told.lessons)}"
    if found.end_on:
        yield f"Or: {found.end_on.title} ({found.end_on.id}): {told.about(found.end_on)}"
        yield f"  {words.end_words(found.end_on)}"
    for scene, row in told.due.items():
        yield f"They call back: {scene}, after {row.title} on {row.created[:10]}."
    if ahead := words.ahead_words(practice.progress):
        yield ahead
    if everything:
        for stage in practice.progress.stages:
            yield ""
            yield from _round_lines(stage, found.scene)


def _round_lines(stage: Stage, coming: Scene) -> Iterator[str]:
    yield words.round_words(stage)
    yield f"  {stage.round.about}"
    if not stage.open:
        yield f"  {words.opening_words(stage)}."
    for scene in stage.scenes:
        coming_mark = ", next" if scene.id == coming.id else ""
        yield f"  {_MARKS[words.mark(scene)]} {scene.title} ({scene.id}): {words.mark(scene)}{coming_mark}"


_MARKS = {"passed": "✓", "passed as practice": "✓", "not passed yet": "·", "new": " "}


def as_json(told: Told, *, everything: bool) -> str:
    """The same as JSON."""
    practice, found = told.practice, told.practice.suggestion
    closed = next((stage for stage in practice.progress.stages if not stage.open), None)
    table: Table = {
        "programme": practice.progress.title,
        "round": _round(found.stage) if found and found.stage else None,
        "next": _scene(found.scene)
        | {
            "reason": found.reason,
            "why": words.why_words(found, told.lessons),
            "instead_of": found.instead_of.id if found.instead_of else None,
        }
        if found
        else None,
        "end_on": _scene(found.end_on) if found and found.end_on else None,
        "next_round": _round(closed) if closed else None,
        "call_back": [{"scene": scene, "after": row.name} for scene, row in told.due.items()],
    }
    if everything:
        table["rounds"] = [
            _round(stage) | {"scenes": [_scene(s) for s in stage.scenes]}
            for stage in practice.progress.stages
        ]
    return json.dumps(table, indent=2, ensure_ascii=False)


def _round(stage: Stage) -> Table:
    return {
        "number": stage.number,
        "id": stage.round.id,
        "title": stage.round.title,
        "about": stage.round.about,
        "open": stage.open,
        "passed": stage.passed,
        "of": len(stage.scenes),
        "missing": [
            {"skill": m.skill, "share": m.wanted, "scenes": int(m.has)}
            if m.skill
            else {"passes": int(m.wanted - m.has)}
            for m in stage.missing
        ],
    }


def _scene(scene: Scene) -> Table:
    return {
        "scene": scene.id,
        "title": scene.title,
        "level": scene.level,
        "channel": scene.channel,
        "minutes": scene.minutes,
        "passed": scene.passed,
        "mastered": scene.mastered,
        "plays": scene.plays,
    }
