"""A learner on paper: scenes as Home knows them, takes as the shelf lists them, and time that a test sets."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from taketwo.practice.programme import Opens, Programme, Round
from taketwo.practice.progress import Progress, progress
from taketwo.practice.suggest import Suggestion, suggest
from taketwo.scenario.library import Summary
from taketwo.score import Outcome
from taketwo.transcript.rows import TakeRow

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
SKILLS = {"hear": "listening", "ask": "listening", "truth": "honesty", "calm": "composure"}
SCENES = {
    "hello": (1, "hear"),
    "thanks": (1, "ask"),
    "shouting": (2, "hear"),
    "charged": (2, "truth"),
    "refund": (2, "calm"),
    "welcome": (1, "truth"),
    "delay": (3, "truth"),
    "script": (3, "ask"),
    "gift": (4, "calm"),
}
"""scenes with their level and the lesson that they are built around"""
PROGRAMME = Programme(
    "Small",
    (
        Round(id="one", title="One", about="A.", opener="hello", middles=("shouting", "charged", "refund"), wow="thanks"),
        Round(
            id="two", title="Two", about="B.", opener="welcome", middles=("delay", "script"), wow="gift",
            opens=Opens(3, (("listening", 0.6),)),
        ),
    ),
)  # fmt: skip


def summaries(*names: str) -> list[Summary]:
    """The scenes `names`, or all of them."""
    return [
        Summary(
            Path(f"{name}.toml"), name, name.capitalize(), SCENES[name][0], 5, "phone", (SCENES[name][1],)
        )
        for name in names or SCENES
    ]


class Learner:
    """Somebody who plays; each take begins a few minutes after the one before."""

    def __init__(self, programme: Programme | None = PROGRAMME, *scenes: str) -> None:
        self.programme = programme
        self.scenes = summaries(*scenes)
        self.rows: list[TakeRow] = []
        self.now = NOON

    def plays(
        self,
        scene: str,
        *,
        passed: bool = True,
        minutes: float = 5,
        listening: float | None = 0.8,
        **more: object,
    ) -> "Learner":
        """Play a scene to its end."""
        self.now += timedelta(minutes=minutes)
        lesson = SCENES[scene][1]
        share = 0.9 if passed else 0.3
        row = {
            "path": Path(f"{scene}-{len(self.rows)}.toml"),
            "status": "ended",
            "created": self.now.isoformat(),
            "scenario": scene,
            "learner": "Zoë",
            "craft": share,
            "outcome": Outcome("resolved", "e", 4, True, True),
            "passed": passed,
            "skills": (("listening", listening),) if listening is not None else (),
            "lessons": ((lesson, share),),
        }
        self.rows.insert(0, TakeRow(**(row | more)))  # type: ignore[arg-type]  # the fields of a row
        self.now += timedelta(minutes=1)
        return self

    def fails(self, scene: str, **more: object) -> "Learner":
        return self.plays(scene, passed=False, **more)  # type: ignore[arg-type]  # the same words

    @property
    def progress(self) -> Progress:
        return progress(self.programme, self.scenes, SKILLS, self.rows, "Zoë")

    @property
    def next(self) -> Suggestion:
        found = suggest(self.progress, self.now)
        assert found
        return found

    @property
    def open(self) -> list[bool]:
        return [stage.open for stage in self.progress.stages]

    def what(self) -> tuple[str, str]:
        """The next scene and the reason."""
        return self.next.scene.id, self.next.reason

    def end_on(self) -> str:
        return self.next.end_on.id if self.next.end_on else ""
