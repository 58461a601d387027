"""`taketwo verify`: takes of the shelf played again, and what is printed about them."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import Library, UnknownScenario
from taketwo.scenario.model import Scenario
from taketwo.score import Score, score
from taketwo.text import clean_line
from taketwo.transcript.past import past_on
from taketwo.transcript.reading import TakeFile, Unreadable, read_take
from taketwo.transcript.rows import row_of
from taketwo.transcript.shelf import Shelf, UnknownTake
from taketwo.transcript.verify import Difference, Verdict, verify


@dataclass(slots=True)
class Checked:
    """One take: what its own scenario makes of it, and what today's does; or why that cannot be said."""

    name: str
    trouble: str = ""
    """why nothing, or not all of it, can be said about the record"""
    then: Verdict | None = None
    now: Verdict | None = None
    missing: str = ""
    """why there is no scenario of today"""
    recorded: Score | None = None
    words: list[str] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether the record is whole, and what its own scenario makes of its moves."""
        return not self.trouble and self.then is not None and self.then.same


def checked(shelf: Shelf, library: Library, path: Path) -> Checked:
    """The take in the file `path`, played again; never raises."""
    result = Checked(path.stem)
    try:
        take = read_take(path)
        result.trouble = clean_line(take.damage.message) if take.damage else ""
        result.recorded = score(take.events)
        result.then = verify(take.events, shelf.kept(take.started.sha256))
    except Unreadable as error:
        result.trouble = clean_line(str(error))
        return result
    try:
        result.now = verify(take.events, _today(shelf, library, take))
    except (UnknownScenario, ScenarioError) as error:
        result.missing = clean_line(str(error).splitlines()[0])
    return result


def _today(shelf: Shelf, library: Library, take: TakeFile) -> Scenario:
    """Its scenario as it is now, a sequel as told of the same take. Raises UnknownScenario, ScenarioError."""
    past = None
    if take.started.follows:
        try:
            past = past_on(shelf, row_of(shelf.read(take.started.follows)))
        except (UnknownTake, Unreadable):
            past = None  # it was deleted: then what it was told of would be unlike what it was
    return library.load(take.started.scenario, past=past)


def report(results: Sequence[Checked], *, rescore: bool, as_json: bool) -> tuple[Iterator[str], bool]:
    """The lines to print, and whether every record is sound."""
    sound = all(result.sound for result in results)
    return (_json(results) if as_json else _text(results, rescore)), sound


def _text(results: Sequence[Checked], rescore: bool) -> Iterator[str]:
    for result in results:
        yield result.name
        if result.trouble:
            yield f"  {result.trouble}"
        if result.then:
            yield f"  as it was: {_verdict(result.then)}"
        if result.missing:
            yield f"  today: {result.missing}"
        if result.now:
            yield f"  today: {_verdict(result.now)}"
            if rescore:
                yield f"  score: {_scores(result)}"
    many = f"{len(results)} take{'s' * (len(results) != 1)}"
    odd = sum(not result.sound for result in results)
    yield f"{many} played again: " + (f"{odd} not as recorded." if odd else "as recorded.")


def _verdict(verdict: Verdict) -> str:
    if verdict.same:
        return "same"
    first, *rest = verdict.differences
    more = f" And {len(rest)} more." if rest else ""
    return f"{_where(first)}: {first.words}{more}"


def _where(difference: Difference) -> str:
    return f"decision {difference.decision}" if difference.decision else "at the start"


def _scores(result: Checked) -> str:
    if result.now is None or result.now.score is None:
        return "these moves cannot all be made any more"
    was, now = result.recorded, result.now.score
    assert was is not None
    if _facts(was) == _facts(now):
        return f"{_words(now)}, as it was"
    return f"{_words(now)}; it was {_words(was)}"


def _facts(of: Score) -> tuple[object, ...]:
    return (of.craft, of.outcome, of.passed, [error.error for error in of.critical])


def _words(of: Score) -> str:
    craft = "no craft" if of.craft is None else f"craft {of.craft:.0%}".replace("%", " %")
    csat = f", CSAT {of.outcome.csat}" if of.outcome and of.outcome.csat else ""
    errors = f", {', '.join(error.error for error in of.critical)}" if of.critical else ""
    return f"{craft}{csat}{errors}, {'passed' if of.passed else 'not passed'}"


def _json(results: Sequence[Checked]) -> Iterator[str]:
    rows = [
        {
            "take": result.name,
            "trouble": result.trouble,
            "as_it_was": _table(result.then),
            "today": _table(result.now),
            "no_scenario_today": result.missing,
            "recorded": _score(result.recorded),
        }
        for result in results
    ]
    yield json.dumps(rows, indent=2, ensure_ascii=False)


def _table(verdict: Verdict | None) -> dict[str, Any] | None:
    if verdict is None:
        return None
    rows = [{"seq": d.seq, "decision": d.decision, "words": d.words} for d in verdict.differences]
    return {"same": verdict.same, "differences": rows, "score": _score(verdict.score)}


def _score(of: Score | None) -> dict[str, Any] | None:
    if of is None:
        return None
    csat = of.outcome.csat if of.outcome else 0
    return {
        "craft": of.craft,
        "csat": csat,
        "passed": of.passed,
        "critical": [error.error for error in of.critical],
    }
