"""Files that were cut, changed or never ours: everything sound is read, and the rest is said plainly."""

import os
import random
import sys
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_takes import FORMATS, HERE, NAME, paired, written

from taketwo.transcript.blocks import EVENT, HEAD, read_blocks, write_block
from taketwo.transcript.codec import encode
from taketwo.transcript.journal import Journal, NotSaved, mend
from taketwo.transcript.reading import SIZE_LIMIT, TakeFile, Unreadable, parse_take, read_take

GOLDEN = (FORMATS / "3.toml").read_bytes()
ENDS = [block.end for block in read_blocks(GOLDEN)]
"""where the header and each event end"""


def test_a_take_cut_anywhere_is_readable_up_to_its_last_whole_event():
    for cut in range(ENDS[1], len(GOLDEN) + 1):
        whole = sum(end <= cut for end in ENDS) - 1
        take = parse_take(GOLDEN[:cut], HERE)
        assert take.events == paired()[:whole]
        if cut in ENDS:
            assert take.damage is None
        else:
            assert take.damage and take.damage.kind == "torn"
            assert (take.damage.at, take.damage.bytes) == (ENDS[whole], cut - ENDS[whole])


def test_a_take_cut_before_its_first_event_cannot_be_read():
    for cut in range(ENDS[1]):
        with pytest.raises(Unreadable):
            parse_take(GOLDEN[:cut], HERE)


@pytest.mark.parametrize(
    "cut",
    sorted(
        {
            ENDS[1] + 1,
            *range(ENDS[5] - 3, ENDS[5] + 14),
            *random.Random(1).sample(range(ENDS[1] + 1, len(GOLDEN)), 60),
        }
    ),
)
def test_going_on_after_a_cut_keeps_the_tail_aside_and_then_appends(tmp_path, cut):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes(GOLDEN[:cut])
    whole = sum(end <= cut for end in ENDS) - 1
    _, journal = Journal.reopen(path)
    with journal:
        for event in paired()[whole:]:
            journal.append(event)
    assert path.read_bytes() == GOLDEN
    torn = tmp_path / f"{NAME}.torn"
    tail = GOLDEN[ENDS[whole] : cut]
    assert torn.read_bytes() == tail if tail else not torn.exists()


def test_looking_changes_nothing_and_mending_cuts(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes(GOLDEN[:-5])
    assert read_take(path).damage
    assert path.read_bytes() == GOLDEN[:-5]
    assert mend(path).events == paired()[:-1]
    assert read_take(path).damage is None
    assert path.read_bytes() + path.with_suffix(".torn").read_bytes() == GOLDEN[:-5]


def test_a_second_tail_joins_the_first(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    for tail in (b"[[event]]\nkind", b"\0" * 40):
        path.write_bytes(GOLDEN + tail)
        mend(path)
    assert path.with_suffix(".torn").read_bytes() == b"[[event]]\nkind" + b"\0" * 40


def test_the_words_for_a_torn_tail():
    damage = parse_take(GOLDEN[:-5], HERE).damage
    assert damage
    assert damage.message == (
        f"The last {damage.bytes:,} bytes, from byte {ENDS[-2]:,}, line {damage.line:,}, are not a whole event. "
        "The take is readable up to event 11; going on cuts them off."
    )


def flipped(byte: int, bit: int) -> bytes:
    return GOLDEN[:byte] + bytes([GOLDEN[byte] ^ 1 << bit]) + GOLDEN[byte + 1 :]


def check_flip(byte: int, bit: int) -> None:
    """A flipped bit costs at most the event it is in and those after, and is never passed over."""
    before = sum(end <= byte for end in ENDS) - 1
    try:
        take = parse_take(flipped(byte, bit), HERE)
    except Unreadable:
        assert before <= 0
        return
    assert take.damage
    assert take.events == paired()[:before]
    assert take.damage.at == ENDS[before]
    assert take.damage.kind == ("torn" if before == 11 else "damaged")


def test_no_flipped_bit_goes_unseen():
    chance = random.Random(2)
    for byte in range(len(GOLDEN)):
        check_flip(byte, chance.randrange(8))


def test_damage_before_the_tail_leaves_the_file_alone(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    data = flipped(ENDS[3] + 30, 1)
    path.write_bytes(data)
    take = read_take(path)
    assert take.damage
    assert take.damage.message == (
        f"The file is damaged at byte {ENDS[3]:,}, line {GOLDEN[: ENDS[3]].count(10) + 1}. "
        "The take is readable up to event 3, and left alone; restore it from a copy."
    )
    with pytest.raises(Unreadable, match="can be read, but not gone on with"):
        Journal.reopen(path)
    assert [p.name for p in tmp_path.iterdir()] == [path.name]
    assert path.read_bytes() == data


@settings(max_examples=60, deadline=None)
@given(
    st.lists(
        st.tuples(st.integers(0, len(GOLDEN)), st.integers(0, 300), st.binary(max_size=30)),
        min_size=1,
        max_size=4,
    )
)
def test_no_change_gives_an_event_that_was_never_written(changes):
    data = GOLDEN
    for at, length, new in changes:
        data = data[:at] + new + data[at + length :]
    try:
        take = parse_take(data, HERE)
    except Unreadable:
        return
    assert take.events == paired()[: len(take.events)]
    assert take.damage or data == GOLDEN[: take.size]


@settings(deadline=None)
@given(st.binary(max_size=200) | st.binary(max_size=200).map(lambda tail: HEAD + b"format = 3\n" + tail))
def test_no_bytes_raise_anything_but_unreadable(data):
    with pytest.raises(Unreadable):
        parse_take(data, HERE)


def forged(*tables: dict[str, object] | bytes) -> bytes:
    """A take with right checksums, and whatever in its blocks."""
    data, crc = b"", 0
    for opening, table in zip([HEAD] + [EVENT] * len(tables), tables, strict=False):
        if isinstance(table, bytes):
            body = opening + table
            crc = crc32(body, crc)
            data += body + b'crc = "%08x"\n\n' % crc
        else:
            piece, crc = write_block(opening, table, crc)  # type: ignore[arg-type]  # anything at all
            data += piece
    return data


TAKE: dict[str, object] = {"format": 3, "id": NAME, "program": "x", "created": ""}
FIRST = encode(paired()[0])
SECOND = encode(paired()[1], paired()[0].legend)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("block", "why"),
    [
        ({**SECOND, "kind": "sang"}, "'sang' is not a kind of event"),
        ({**SECOND, "seq": 3}, "it has seq 3, where 2 is wanted"),
        (FIRST, "a take begins with one 'started', and has no second one"),
        (b"kind = \n", "it is not TOML"),
        (b'kind = "paused"\0\n', "it is not TOML"),
        (b"\xff\n", "it is not TOML"),
        (b"a = " + b"[" * 100_000 + b"]" * 100_000 + b"\n", "it is not TOML"),
        (b"[other]\nx = 1\n", "None is not a kind of event"),
        (b"seq = " + b"9" * 10_000 + b"\n", "it is not TOML"),
        (b'kind = "paused"\nseq = 0x' + b"f" * 10_000 + b"\n", "'seq' is something too long to show"),
    ],
)
def test_a_sound_block_that_is_no_event_is_left_for_a_newer_version(tmp_path, block, why):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes(forged(TAKE, FIRST, block))
    take = read_take(path)
    assert take.events == paired()[:1]
    assert take.damage and take.damage.kind == "foreign"
    assert why in take.damage.message
    with pytest.raises(Unreadable):
        Journal.reopen(path)


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the file is empty"),
        (b"\0" * 5000, "this is not a take of ours"),
        (b'title = "Groceries"\n', "this is not a take of ours"),
        (GOLDEN.replace(b"\n", b"\r\n"), "its line endings were changed to CRLF"),
        (
            GOLDEN.replace(b"format = 3", b"format = 4"),
            "this take has format 4, and this program reads formats up to 3",
        ),
        (forged({"format": True, "id": "", "program": "", "created": ""}, FIRST), "not one of ours"),
        (forged({"format": 1}, FIRST), "not one of ours"),
        (forged(TAKE, SECOND), "its first event is not understood"),
        (forged(TAKE), "it is damaged before its first event"),
    ],
)
def test_what_is_no_take_is_refused_and_left_alone(tmp_path, data, message):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes(data)
    for way_in in (read_take, Journal.reopen, mend):
        with pytest.raises(Unreadable, match=message):
            way_in(path)
    assert path.read_bytes() == data
    assert [p.name for p in tmp_path.iterdir()] == [path.name]


def test_a_line_of_a_megabyte_is_read_and_cut(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    path.write_bytes(forged(TAKE, FIRST, {**SECOND, "by": "y" * (1 << 20)}))
    take = read_take(path)
    assert len(take.events[1].by) == 500


def test_a_megabyte_without_a_line_is_a_torn_tail():
    take = parse_take(GOLDEN + b"x" * (1 << 20), HERE)
    assert isinstance(take, TakeFile)
    assert take.damage and take.damage.kind == "torn"


def test_a_huge_file_is_not_even_read(tmp_path):
    path = tmp_path / f"{NAME}.toml"
    with path.open("wb") as file:
        file.truncate(SIZE_LIMIT + 1)
    with pytest.raises(Unreadable, match="at most 67,108,864 are read"):
        read_take(path)


@pytest.mark.skipif(sys.platform == "win32", reason="no links, no pipes")
class TestNotAPlainFile:
    def test_a_link_is_not_followed(self, tmp_path):
        written(tmp_path / "there", paired())
        link = tmp_path / f"{NAME}.toml"
        link.symlink_to(tmp_path / "there" / link.name)
        with pytest.raises(Unreadable, match="links are not followed"):
            read_take(link)

    def test_a_link_is_not_written_through(self, tmp_path):
        target = tmp_path / "target"
        link = tmp_path / f"{NAME}.toml"
        link.symlink_to(target)
        with pytest.raises(NotSaved):
            Journal(tmp_path, NAME).append(paired()[0])
        with pytest.raises(NotSaved, match="links are not followed"):
            Journal.reopen(link)
        assert not target.exists()

    def test_a_link_for_the_torn_tail_is_not_written_through(self, tmp_path):
        path = tmp_path / f"{NAME}.toml"
        path.write_bytes(GOLDEN[:-1])
        path.with_suffix(".torn").symlink_to(tmp_path / "target")
        with pytest.raises(NotSaved, match="links are not followed"):
            mend(path)
        assert path.read_bytes() == GOLDEN[:-1]
        assert not (tmp_path / "target").exists()

    def test_a_pipe_does_not_hold_us_up(self, tmp_path):
        os.mkfifo(tmp_path / f"{NAME}.toml")
        with pytest.raises(Unreadable, match="it is not a plain file"):
            read_take(tmp_path / f"{NAME}.toml")
