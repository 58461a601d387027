"""What the tests of the ways in share: two small scenes, takes of them, a clock that is moved by hand."""

from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from taketwo.checks import example
from taketwo.scenario.library import Library
from taketwo.scenario.model import Scenario
from taketwo.session import Session, begin
from taketwo.take.commands import Command, Hand, Remark, Rewind, Say, Start, StaySilent, Steer
from taketwo.transcript.shelf import Shelf

SCENES = Path(__file__).parent / "scenes"
SEED = 1
"""with it, 2 is the best reply at both decisions of the umbrella scene, and 1 the worst"""


class HandClock:
    """A clock that moves when a test says so."""

    def __init__(self) -> None:
        self.now = 0

    def wall(self) -> str:
        return "2026-11-22T10:15:30.000Z"

    def ms(self) -> int:
        return self.now

    def advance(self, seconds: float) -> None:
        self.now += round(seconds * 1000)


@cache
def umbrella() -> Scenario:
    return Library(SCENES).load("lost-umbrella")


GOOD, BAD = ("listen", "look"), ("hurry",)
"""replies that pass and that fail a scene of the small collection"""


def small_collection(folder: Path) -> Library:
    """Seven small scenes that differ in name and level, with a programme of two rounds for them."""
    folder.mkdir(exist_ok=True)
    for name, level in example.SCENES.items():
        title = name.replace("-", " ").title()
        scene = example.laid_over(f'id = "{name}"\ntitle = "{title}"\nlevel = {level}\nchannel = "phone"')
        (folder / f"{name}.toml").write_text(scene)
    (folder / "programme.toml").write_text(example.PROGRAMME)
    return Library(folder)


def keep_take(
    shelf: Shelf,
    *replies: str,
    learner: str = "Zoë",
    mode: str = "coached",
    try_next: str = "",
    scenario: Scenario | None = None,
) -> str:
    """A take of the umbrella scene or another on the shelf, unfinished where the replies lead to no ending; its name."""
    start = Start(learner=learner, seed=SEED, mode=mode)  # type: ignore[arg-type]  # a mode
    session = begin(shelf, scenario or umbrella(), start)
    for reply in replies:
        session.say(reply)
    session.leave()
    if try_next:
        session.do(Remark("try-next", try_next))
    return name_of(session)


PAIRED: dict[str, int] = {
    "whisper": 4, "takeover": 5, "theirs": 6, "back": 7, "note": 8, "barge": 9, "went on": 10, "undone": 11,
    "rewound": 12, "steered": 14, "help": 15, "last": 16, "opened": 17,
}  # fmt: skip
"""the seqs of what happens in `paired_take`"""


def paired_take(
    shelf: Shelf,
    words: str = "",
    *,
    learner: str = "Zoë",
    trainer: str = "Bora",
    scenario: Scenario | None = None,
) -> str:
    """A take of the umbrella scene in which everything happens that a trainer can do, five seconds each; its name.

    Decision 1 was the trainer's, who then made the customer angry. 2 was taken back, then said aloud; by itself it loses him,
    and the trainer let him stay. `words` end all that is typed.
    """
    clock, scenario = HandClock(), scenario or umbrella()
    journal = shelf.new_journal(scenario.id, datetime(2026, 11, 22, 10, 15, 30, tzinfo=UTC))
    session = Session(scenario, journal=journal, clock=clock)
    stays = Steer("search", (("patience", 4),), says=f"A month? Well, it was on the tram. {words}")
    angry = Steer(meters=(("patience", 2),), says=f"Hello? Anybody? {words}")
    does: list[tuple[str, str, Command]] = [
        ("learner", "all", Start(learner=learner, seed=SEED, sha256=shelf.keep(scenario), trainer=trainer)),
        ("learner", "all", Remark("watched", trainer)),
        ("trainer", "all", Remark("goal", f"Ask before you look. {words}")),
        ("trainer", "learner", Remark("whisper", f"Breathe first. {words}")),
        ("trainer", "all", Hand("trainer")),
        ("trainer", "all", StaySilent()),
        ("trainer", "all", Hand("learner")),
        ("trainer", "trainer", Remark("note", f"He froze at once. {words}")),
        ("trainer", "all", Remark("barge", f"I am his lead; he is new here. {words}")),
        ("trainer", "all", angry),
        ("learner", "all", Say("say-back")),
        ("learner", "all", Rewind()),
        ("learner", "all", Remark("own-words", f"We keep them for a month, sir. {words}")),
        ("learner", "all", Say("thirty-days", stays, "trainer")),
        ("learner", "all", Remark("help")),
        ("learner", "all", Say("look")),
        ("trainer", "all", Remark("opened", f"He froze at once. {words}", PAIRED["note"])),
    ]
    for by, to, command in does:
        session.do(command, by, to)
        clock.advance(5)
    return name_of(session)


def name_of(session: Session) -> str:
    """The name of a take on the shelf; afterwards its file is free for others."""
    journal = session.journal
    journal.close()  # type: ignore[union-attr]  # a journal, as it came from a shelf
    return journal.name  # type: ignore[union-attr]
