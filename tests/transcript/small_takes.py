"""One small scenario, and takes of it: a fixed one, and any that a person could play."""

from dataclasses import replace
from functools import cache
from pathlib import Path

from hypothesis import strategies as st

from taketwo.scenario.model import Scenario
from taketwo.scenario.source import read_scenario
from taketwo.take.commands import (
    Abandon,
    Command,
    Hand,
    Hint,
    Pause,
    Rate,
    Remark,
    Resume,
    Rewind,
    Say,
    Stamp,
    Start,
    StaySilent,
    Steer,
)
from taketwo.take.decide import Refused, decide
from taketwo.take.events import AnyEvent, Replied, Sealed, Started
from taketwo.take.evolve import evolve
from taketwo.take.machine import machine
from taketwo.take.state import NEW
from taketwo.text import clean
from taketwo.transcript.journal import Journal

HERE = Path(__file__).parent
FORMATS = HERE / "formats"
"""a take of each format that was ever written"""
NAME = "2026-11-22T101530Z-small-umbrella-k3f9"


@cache
def small() -> Scenario:
    return read_scenario(HERE / "small-umbrella.toml", {})


def played(
    commands: list[Command], step: int = 1500, seats: dict[int, tuple[str, str]] | None = None
) -> list[AnyEvent]:
    """The events of these commands, given one after another by a clock that ticks."""
    state, events = NEW, []
    for number, command in enumerate(commands):
        ms = number * step
        stamp = Stamp(
            f"2026-11-22T10:15:{30 + ms // 1000:02}.{ms % 1000:03}Z",
            ms,
            *((seats or {}).get(number + 1) or _seat(command)),
        )
        event = decide(small(), state, command, stamp)
        state = evolve(state, event)
        events.append(event)
    return events


def _seat(command: Command) -> tuple[str, str]:
    return (
        ("trainer", "trainer")
        if isinstance(command, Remark) and command.topic == "note"
        else ("learner", "all")
    )


@cache
def twelve() -> tuple[AnyEvent, ...]:
    """A take of twelve events, every kind but `abandoned` among them."""
    return tuple(
        played(
            [
                Start(learner="Zoë", seed=7, pace=1.5, sha256="5" * 64, practised=True),
                Hint(),
                Say("thirty-days"),
                Rewind(),
                StaySilent(),
                Pause(leaving=True),
                Resume(),
                Say("ask"),
                Say("say-back"),
                Remark("note", 'He said "duck"\nand \\ meant it \u202e 🦆', about=9, value=-3),
                Say("promise"),
                Remark("label", "to discuss"),
            ]
        )
    )


@cache
def recent() -> tuple[AnyEvent, ...]:
    """The same with everything that format 2 brought."""
    first, *rest = twelve()
    assert isinstance(first, Started)
    return (replace(first, follows="2026-11-21T090000Z-first-call-aaaa", who="Bora"), *rest)


@cache
def paired() -> tuple[AnyEvent, ...]:
    """A take of two people, with everything that format 3 brought."""
    made = played(
        [
            Start(learner="Zoë", trainer="Bora", seed=7),
            Remark("watched", "Bora"),
            Remark("whisper", "Ask where."),
            Say("ask", Steer(meters=(("patience", 9),))),
            Hand("trainer"),
            Say("say-back"),
            Remark("note", "Sighed."),
            Hand("learner"),
            Steer(says="And who are you?"),
            Say("promise", pressed="trainer"),
            Rate("first-form 1", "greeting", 2, "Warm.", 4),
            Remark("appeal", "I had no time.", 11),
        ],
        seats={
            3: ("trainer", "learner"), 5: ("trainer", "all"), 6: ("trainer", "all"), 7: ("trainer", "trainer"),
            8: ("trainer", "all"), 9: ("trainer", "all"), 11: ("trainer", "all"),
        },
    )  # fmt: skip
    fourth = made[3]
    assert isinstance(fourth, Replied)
    made[3] = replace(fourth, move="m-4")
    made[6] = Sealed(seq=7, at=made[6].at, ms=made[6].ms, by="trainer", to="trainer")
    return tuple(made)


def written(folder: Path, events: tuple[AnyEvent, ...] | list[AnyEvent], name: str = NAME) -> Path:
    """The file of a take, written event by event."""
    with Journal(folder, name) as journal:
        for event in events:
            journal.append(event)
    return folder / f"{name}.toml"


texts = st.text(max_size=60).map(clean)
moments = st.just("") | st.just("2026-11-22T10:15:30.000Z")
numbers = st.integers(-(2**63), 2**63 - 1)


@st.composite
def takes(draw: st.DrawFn, most: int = 14) -> list[AnyEvent]:
    """The events of any take of the small scenario."""
    start = Start(
        learner=draw(texts),
        seed=draw(numbers),
        mode=draw(st.sampled_from(["coached", "assessed"])),
        pace=draw(st.floats(0, 10)),
        parent=draw(st.sampled_from(["", f"{NAME}#3"])),
        practised=draw(st.booleans()),
    )
    events = [decide(small(), NEW, start, Stamp(draw(moments)))]
    state = evolve(NEW, events[0])
    for _ in range(draw(st.integers(0, most))):
        offered = [move.reply.id for move in machine(small()).offered(state.position)]
        command = draw(
            st.sampled_from(
                [Say(reply) for reply in offered] * 2 + [StaySilent(), Hint(), Rewind(), Pause(), Resume()]
            )
            | st.builds(Pause, leaving=st.booleans())
            | st.builds(Remark, st.sampled_from(["note", "label", "own-words"]), texts, st.just(0), numbers)
            | st.builds(Hand, st.sampled_from(["learner", "trainer"]))
            | st.builds(Steer, meters=st.just((("patience", 4),)), says=texts)
            | st.builds(Rate, st.just("form 1"), st.just("greeting"), st.integers(-1, 5), texts)
            | st.just(Abandon())
        )
        stamp = Stamp(
            draw(moments),
            draw(st.integers(0, 10**6)),
            *draw(st.sampled_from([("learner", "all"), ("trainer", "learner")])),
        )
        try:
            event = decide(small(), state, command, stamp)
        except Refused:
            continue
        state = evolve(state, event)
        events.append(event)
    return events
