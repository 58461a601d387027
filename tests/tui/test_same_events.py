"""Line by line and full screen are two ways into the same take: same seed and replies, same events."""

import io

from stage import press, program, screen, settled, type_in

from house import SEED, umbrella
from taketwo.plain import Console, after, play
from taketwo.session import begin
from taketwo.take.commands import Start
from taketwo.transcript.codec import encode
from taketwo.transcript.reading import read_take
from taketwo.transcript.shelf import Shelf

TYPED = """\
h
.
u
1
u 1
n a note to myself
p
p
w So it is black?
1
2
1
4
b 1

Ask first
"""


def events_of(folder) -> list[dict]:
    """The events on the shelf, without times."""
    (row,) = Shelf(folder).rows()
    take = read_take(row.path)
    tables = [encode(event, take.legend) for event in take.events]
    return [{key: value for key, value in table.items() if key not in ("at", "ms")} for table in tables]


def line_by_line(folder) -> list[dict]:
    session = begin(Shelf(folder), umbrella(), Start(learner="Zoë", seed=SEED))
    console = Console(io.StringIO(TYPED), io.StringIO())
    play(console, session)
    after(console, session)
    return events_of(folder)


async def full_screen(folder) -> list[dict]:
    app = program(folder, scene="lost-umbrella")
    async with app.run_test(size=(100, 40)) as pilot:
        await settled(pilot)
        await press(pilot, "enter", "h", "full_stop", "u", "1", "enter", "u", "n")
        await type_in(pilot, "a note to myself")
        await press(pilot, "enter", "p", "p", "w")
        await type_in(pilot, "So it is black?")
        await press(pilot, "enter", "1", "enter", "enter", "2", "enter")
        assert screen(pilot) == "JudgeScreen"
        await press(pilot, "1", "enter", "4", "enter", "enter", "q")
        await type_in(pilot, "Ask first")
        await press(pilot, "enter")
    return events_of(folder / "saves")


async def test_both_ways_in_make_the_same_events(tmp_path):
    plain = line_by_line(tmp_path / "plain")
    assert plain == await full_screen(tmp_path / "screen")
    assert {event["kind"] for event in plain} == {
        "started",
        "hinted",
        "silent",
        "rewound",
        "replied",
        "remarked",
        "paused",
        "resumed",
    }
