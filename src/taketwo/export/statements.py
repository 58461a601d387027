"""A take as xAPI 1.0.3 statements, for a learning record store.

All statements of a take have one registration, and each the same id however often it is exported, so a store takes
none twice. The mood of the customer stands in an extension and never in a score.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, UUID, uuid5

from taketwo.export.taken import Taken
from taketwo.score import Score, Tally, live, score
from taketwo.take.events import Abandoned, Answered, AnyEvent, Heard, Moved, Replied, Silent

BASE = "https://taketwo.example/xapi"
"""an IRI that names what is ours; nothing answers there, and nothing has to"""
VERBS = "http://adlnet.gov/expapi/verbs"
SIMULATION, LESSON, QUESTION = (
    "http://adlnet.gov/expapi/activities/simulation",
    "http://adlnet.gov/expapi/activities/objective",
    "http://adlnet.gov/expapi/activities/interaction",
)
LANGUAGE, PLATFORM = "en", "Take Two"
_OURS = uuid5(NAMESPACE_URL, BASE)
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`\x00-\x20\x7f-\x9f]+")
Table = dict[str, Any]


def is_iri(text: str) -> bool:
    """Whether `text` can be the home page of accounts."""
    return bool(_IRI.fullmatch(text))


def statements(of: Taken, home_page: str = "") -> str:
    """The statements as a JSON array, in the order in which things happened."""
    return json.dumps(list(_Statements(of, home_page or BASE).all()), ensure_ascii=False, indent=1) + "\n"


class _Statements:
    """What the statements of one take have in common."""

    def __init__(self, of: Taken, home_page: str) -> None:
        self.of = of
        self.home_page = home_page
        self.registration = uuid5(_OURS, of.name)
        self.last = of.events[-1]
        self.result: Score = score(of.events)

    def all(self) -> Iterator[Table]:
        yield self.said("initialized", self.of.started, self.scenario())
        came = 0
        kept = {event.seq for event in live(self.of.events) if isinstance(event, Moved)}
        end: AnyEvent | None = None
        for event in self.of.events:
            if isinstance(event, Replied | Silent):
                yield self.responded(event, event.ms - came, undone=event.seq not in kept)
            if isinstance(event, Heard):
                came = event.ms
            if isinstance(event, Abandoned) or (isinstance(event, Answered) and event.end):
                end = event
        if end:
            yield from self.closing(end)

    def responded(self, event: Replied | Silent, took: int, *, undone: bool) -> Table:
        extensions = {
            f"{BASE}/ext/mood": dict(zip(self.of.take.legend.meters, event.after.meters, strict=True)),
            f"{BASE}/ext/reply": event.reply if isinstance(event, Replied) else "",
            f"{BASE}/ext/undone": undone,
        }
        if isinstance(event, Replied) and event.critical:
            extensions[f"{BASE}/ext/critical-error"] = event.critical
        if isinstance(event, Replied) and event.pressed:
            extensions[f"{BASE}/ext/chosen-by"] = event.pressed
        if event.steered:
            extensions[f"{BASE}/ext/steered"] = list(event.steered)
        result: Table = {
            "response": event.said if isinstance(event, Replied) else "",
            "duration": duration(took),
            "extensions": extensions,
        }
        if points := _points(event):
            result["score"] = points
        node = self.activity(QUESTION, event.node, "scenarios", self.of.started.scenario, "nodes", event.node)
        return self.said("responded", event, node, result)

    def closing(self, end: AnyEvent) -> Iterator[Table]:
        """How it ended, for the learner, whoever brought the end about: a score a lesson, completed, passed or failed,
        terminated."""
        ended = isinstance(end, Answered) and end.end != "stuck"
        for lesson, tally in self.result.lessons.items():
            if tally.stake:
                title = self.of.scenario.lessons.get(lesson) if self.of.scenario else None
                what = self.activity(LESSON, title.title if title else lesson, "lessons", lesson)
                yield self.said("scored", end, what, {"score": _share(tally)}, lesson)
        whole: Table = {"duration": duration(end.ms), "completion": ended}
        if ended:
            yield self.said("completed", end, self.scenario(), {**whole, **self.outcome()})
        if not isinstance(end, Abandoned):
            judged: Table = {**whole, "success": self.result.passed}
            if self.result.craft is not None:
                judged["score"] = _share(self.result.overall)
            yield self.said("passed" if self.result.passed else "failed", end, self.scenario(), judged)
        yield self.said("terminated", end, self.scenario(), whole)

    def outcome(self) -> Table:
        found = self.result.outcome
        if found is None:
            return {}
        return {
            "extensions": {
                f"{BASE}/ext/ending": found.kind,
                f"{BASE}/ext/csat": found.csat,
                f"{BASE}/ext/critical-errors": [error.error for error in self.result.critical],
                f"{BASE}/ext/practised": self.of.row.practised,
                f"{BASE}/ext/steered": self.result.steered,
                f"{BASE}/ext/taken-over": self.result.taken_over,
            }
        }

    # --- the parts of a statement

    def said(
        self, verb: str, event: AnyEvent, what: Table, result: Table | None = None, about: str = ""
    ) -> Table:
        first = self.of.started
        context: Table = {
            "registration": str(self.registration),
            "platform": PLATFORM,
            "language": LANGUAGE,
            "extensions": {f"{BASE}/ext/mode": first.mode, f"{BASE}/ext/take": self.of.name},
        }
        if first.sha256:
            context["revision"] = first.sha256
        actor = self.agent(first.learner or "learner")
        if first.trainer or event.by != "learner":
            coach = first.trainer if event.by in ("learner", "trainer") else event.by
            context["instructor"] = self.agent(coach or "trainer")
        if (
            verb == "responded" and event.by != "learner"
        ):  # a trainer who took over answers for what they said
            actor = context["instructor"]
        statement: Table = {
            "id": str(self.id(verb, event.seq, about)),
            "actor": actor,
            "verb": {"id": f"{VERBS}/{verb}", "display": {"en": verb}},
            "object": what,
            "context": context,
            "version": "1.0.3",
        }
        if result:
            statement["result"] = result
        if when := self.time(event):
            statement["timestamp"] = when
        return statement

    def id(self, verb: str, seq: int, about: str) -> UUID:
        return uuid5(self.registration, f"{verb} {seq} {about}")

    def agent(self, name: str) -> Table:
        return {"objectType": "Agent", "account": {"homePage": self.home_page, "name": name}}

    def scenario(self) -> Table:
        first = self.of.started
        return self.activity(SIMULATION, first.title or first.scenario, "scenarios", first.scenario)

    def activity(self, kind: str, title: str, *parts: str) -> Table:
        path = "/".join(quote(part, safe="") or "-" for part in parts)
        return {
            "objectType": "Activity",
            "id": f"{BASE}/{path}",
            "definition": {"type": kind, "name": {LANGUAGE: title}},
        }

    def time(self, event: AnyEvent) -> str:
        """When it happened; reckoned from the beginning where the event does not say."""
        for said, later in ((event.at, 0), (self.of.take.header.created, event.ms)):
            try:
                when = datetime.fromisoformat(said)
                when = (when if when.tzinfo else when.replace(tzinfo=UTC)) + timedelta(milliseconds=later)
                return when.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
            except (ValueError, OverflowError):
                continue
        return ""


def duration(ms: int) -> str:
    """ISO 8601, to the hundredth of a second: "PT17.25S"."""
    return f"PT{max(ms, 0) / 1000:.2f}".rstrip("0").rstrip(".") + "S"


def _points(event: Replied | Silent) -> Table:
    """The points of a reply between the least and the most on offer; silence counts as the least."""
    totals = [offer.total for offer in event.offered]
    if not totals or min(totals) == max(totals):
        return {}
    low, high = min(totals), max(totals)
    own = sum(value for _, value in event.points) if isinstance(event, Replied) else low
    if not low <= own <= high:
        return {}
    return {"scaled": round((own - low) / (high - low), 4), "raw": own, "min": low, "max": high}


def _share(tally: Tally) -> Table:
    """Points earned above the worst on offer, out of those at stake."""
    share = round(min(max(tally.share or 0.0, 0.0), 1.0), 4)
    if not 0 <= tally.earned <= tally.stake:  # of a file that no play made
        return {"scaled": share}
    return {"scaled": share, "raw": tally.earned, "min": 0, "max": tally.stake}
