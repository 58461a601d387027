"""Every format of a take that was ever written is read for ever, gone on with in its own words, and newer ones are refused."""

import pytest
from small_takes import FORMATS, NAME, paired, recent, twelve

from taketwo.transcript.blocks import EVENT, HEAD, write_block
from taketwo.transcript.codec import encode
from taketwo.transcript.journal import Journal, NotSaved
from taketwo.transcript.migrations import FORMAT, STEPS, as_of
from taketwo.transcript.reading import Unreadable, read_take

HELD = {1: twelve, 2: recent, 3: paired}


def test_there_is_a_file_of_each_format_and_a_dated_step_between():
    assert sorted(int(path.stem) for path in FORMATS.iterdir()) == list(range(1, FORMAT + 1)) == sorted(HELD)
    assert sorted(STEPS) == list(range(1, FORMAT))
    assert [step.date for step in STEPS.values()] == sorted(step.date for step in STEPS.values())


@pytest.mark.parametrize("form", HELD)
def test_its_events_are_read_as_what_they_were(form):
    take = read_take(FORMATS / f"{form}.toml")
    assert (take.header.format, take.events, take.damage) == (form, HELD[form](), None)


@pytest.mark.parametrize("form", HELD)
def test_it_can_be_gone_on_with_and_keeps_its_format(form, tmp_path):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes((FORMATS / f"{form}.toml").read_bytes())
    take, journal = Journal.reopen(path)
    with journal:
        more = recent()[-1].__class__(
            seq=13, at="2026-11-22T11:00:00.000Z", ms=99_000, topic="note", text="Later.", by="trainer"
        )
        journal.append(more)
    again = read_take(path)
    assert again.events == (*take.events, more)
    assert (again.header.format, again.damage) == (form, None)


def test_a_key_that_came_later_is_not_written_into_an_older_file():
    table = {"kind": "replied", "who": "Bora", "says": "Hm."}
    assert as_of(table, 1) == {"kind": "replied", "says": "Hm."}
    assert as_of(table, FORMAT) == table


def test_nor_believed_in_one(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    head, crc = write_block(HEAD, {"format": 1, "id": NAME, "program": "x", "created": ""}, 0)
    path.write_bytes(head + write_block(EVENT, encode(recent()[0]), crc)[0])
    with pytest.raises(Unreadable, match="the key 'follows' does not belong to format 1"):
        read_take(path)


def test_a_newer_one_is_refused_and_left_alone(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    newer = (FORMATS / f"{FORMAT}.toml").read_bytes().replace(b"format = %d" % FORMAT, b"format = 99", 1)
    path.write_bytes(newer)
    with pytest.raises(Unreadable, match=f"has format 99, and this program reads formats up to {FORMAT}"):
        read_take(path)
    with pytest.raises((Unreadable, NotSaved)):
        Journal.reopen(path)
    assert path.read_bytes() == newer
