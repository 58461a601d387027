"""What a disk and a power cut do to a take, with real limits, real kills and real permissions."""

import errno
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from small_takes import FORMATS, HERE, NAME, paired, small, written

from taketwo.session import Session, save_elsewhere
from taketwo.take.commands import Start
from taketwo.transcript.journal import Journal, NotSaved
from taketwo.transcript.reading import Unreadable, read_take
from taketwo.transcript.shelf import Shelf

pytestmark = pytest.mark.skipif(
    sys.platform == "win32", reason="signals, limits and modes are not to be had there"
)

SOURCES = os.pathsep.join([str(HERE.parents[1] / "src"), str(HERE)])
ENVIRONMENT = {**os.environ, "PYTHONPATH": SOURCES}


def child(script: str, *args: object) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", script, *map(str, args)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=ENVIRONMENT)


KILLED = """
import os, random, signal, sys
from pathlib import Path
from taketwo.take.events import Remarked
from taketwo.transcript.journal import Journal
from taketwo.transcript.reading import read_take
from small_takes import NAME, paired

path = Path(sys.argv[1]) / f"{NAME}.toml"
def text(seq):
    return f"note {seq} " + "ä" * (seq % 50)

def write(acknowledge):
    if path.exists():
        take, journal = Journal.reopen(path)
        seq = take.events[-1].seq
    else:
        journal, seq = Journal(path.parent, NAME), 1
        journal.append(paired()[0])
        os.write(acknowledge, b"1 ")
    while True:
        seq += 1
        journal.append(Remarked(seq=seq, at="", ms=seq, topic="note", text=text(seq)))
        os.write(acknowledge, b"%d " % seq)

chance, acknowledged = random.Random(3), 0
for _ in range(int(sys.argv[2])):
    acknowledgements, acknowledge = os.pipe()
    writer = os.fork()
    if not writer:
        write(acknowledge)
    os.close(acknowledge)
    seen, enough = b"", chance.randrange(1, 200)
    while len(seen) < enough and (more := os.read(acknowledgements, 1 + chance.randrange(20))):
        seen += more
    os.kill(writer, signal.SIGKILL)
    os.waitpid(writer, 0)
    while more := os.read(acknowledgements, 1 << 16):
        seen += more
    os.close(acknowledgements)
    acknowledged = int(seen.split()[-1])
    take = read_take(path)
    assert take.events[0] == paired()[0]
    assert len(take.events) in (acknowledged, acknowledged + 1), (len(take.events), acknowledged)
    assert [event.text for event in take.events[1:]] == [text(seq) for seq in range(2, len(take.events) + 1)]
print(acknowledged)
"""


def test_what_was_acknowledged_before_a_kill_is_there_afterwards(tmp_path):
    kills = child(KILLED, tmp_path, 15)
    out, _ = kills.communicate()
    assert kills.returncode == 0
    assert int(out) > 100


LIMITED = """
import resource, sys
from pathlib import Path
from taketwo.session import Session
from taketwo.take.commands import Remark, Say, Start
from taketwo.transcript.journal import Journal
from small_takes import small
for limit in map(int, sys.argv[2:]):
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, resource.RLIM_INFINITY))
    session = Session(small(), journal=Journal(Path(sys.argv[1]), f"limit-{limit}"))
    session.do(Start())
    saved = 0 if session.unsaved else 1
    for _ in range(12):
        session.do(Remark("note", "x" * 100))
        saved += not session.unsaved
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    print(limit, saved, len(session.events), session.unsaved, sep="|")
    assert session.say("say-back").after.node == "search"
"""


def test_when_a_file_cannot_grow_the_take_goes_on_and_what_was_saved_stays(tmp_path):
    limits = [0, 1, 300, 900, 1000, 1200, 1277, 1500, 1801, 2000, 2100]
    writer = child(LIMITED, tmp_path, *limits)
    out, _ = writer.communicate()
    assert writer.returncode == 0
    results = [line.split("|") for line in out.splitlines()]
    assert [int(limit) for limit, *_ in results] == limits
    for limit, saved, played, unsaved in results:
        assert (int(played), bool(unsaved)) == (13, True)
        assert "this take goes on, but is no longer saved. " in unsaved
        path = tmp_path / f"limit-{limit}.toml"
        if int(saved):
            assert len(read_take(path).events) == int(saved)
            Journal.reopen(path)[1].close()
            assert read_take(path).damage is None
        else:
            assert not path.exists()
    assert len({saved for _, saved, *_ in results}) > 4
    assert not list(tmp_path.glob("*.part"))


READ_ONLY = """
import os, sys
from pathlib import Path
from taketwo.transcript.journal import Journal, NotSaved
from taketwo.transcript.shelf import Shelf
from small_takes import NAME, paired, small
folder = Path(sys.argv[1])
shelf = Shelf(folder)
small()
import taketwo.transcript.kept
if os.geteuid() == 0:
    os.setegid(65534)
    os.seteuid(65534)
def failure(what):
    try:
        what()
    except NotSaved as error:
        return print(error)
    print("saved")
failure(lambda: Journal(folder, "other").append(paired()[0]))
failure(lambda: Journal(folder / "deep" / "er", "other").append(paired()[0]))
failure(lambda: shelf.reopen(NAME))
failure(lambda: shelf.keep(small()))
print([row.status for row in shelf.rows()])
"""


def test_a_read_only_folder_is_read_and_the_take_goes_on_unsaved():
    # Not below tmp_path, which belongs to one user: as root the child becomes another one.
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        written(folder, paired()).chmod(0o444)
        folder.chmod(0o555)
        reader = child(READ_ONLY, folder)
        out, _ = reader.communicate()
        folder.chmod(0o700)
    elsewhere = "Choose another folder with --saves DIR."
    goes_on = "this take goes on, but is no longer saved"
    assert out.splitlines() == [
        f"Permission is denied: {goes_on}. {elsewhere} ({folder}/other.toml)",
        f"Permission is denied: {goes_on}. {elsewhere} ({folder}/deep/er/other.toml)",
        f"Permission is denied: this take can be read, but not gone on with. {elsewhere} ({folder}/{NAME}.toml)",
        f"Permission is denied: the scenario cannot be kept with the take. {elsewhere} "
        f"({folder}/scenarios/{out.splitlines()[3].rpartition('/')[2]}",
        "['ended']",
    ]


def test_a_file_deleted_under_a_take_is_noticed(tmp_path):
    with Journal(tmp_path, NAME) as journal:
        journal.append(paired()[0])
        journal.path.unlink()
        with pytest.raises(NotSaved, match="The file or its folder is gone: this take goes on"):
            journal.append(paired()[1])


def test_a_file_in_place_of_the_folder_is_said_to_be_one(tmp_path):
    (tmp_path / "saves").write_text("not a folder")
    with pytest.raises(
        NotSaved, match=r"(There is a file of that name already|A part of the path is not a folder): this"
    ):
        Journal(tmp_path / "saves", NAME).append(paired()[0])
    with pytest.raises(Unreadable, match="A part of the path is not a folder"):
        read_take(tmp_path / "saves" / f"{NAME}.toml")


def failing(code: int) -> "Callable[..., None]":
    def call(*_: object, **__: object) -> None:
        raise OSError(code, os.strerror(code))

    return call


def test_after_a_failed_fsync_the_file_is_never_written_again(tmp_path, monkeypatch):
    journal = Journal(tmp_path, NAME)
    journal.append(paired()[0])
    with monkeypatch.context() as broken:
        broken.setattr(os, "fsync", failing(errno.EIO))
        with pytest.raises(
            NotSaved, match="The disk reports an error: this take goes on, but is no longer saved"
        ):
            journal.append(paired()[1])
    size = journal.path.stat().st_size
    with pytest.raises(NotSaved, match="The disk reports an error"):
        journal.append(paired()[1])
    assert journal.path.stat().st_size == size


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EROFS, errno.EDQUOT, errno.EIO])
def test_a_disk_that_refuses_the_first_event_leaves_nothing(tmp_path, monkeypatch, code):
    monkeypatch.setattr(os, "write", failing(code))
    with pytest.raises(
        NotSaved, match=r"^[A-Z][a-z -]+: this take goes on, but is no longer saved\. [A-Z].*\. \("
    ):
        Journal(tmp_path, NAME).append(paired()[0])
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("code", [errno.EPERM, errno.ENOTSUP])
def test_without_hard_links_takes_are_written_all_the_same_and_never_over_another(
    tmp_path, monkeypatch, code
):
    monkeypatch.setattr(os, "link", failing(code))
    path = written(tmp_path, paired())
    assert path.read_bytes() == (FORMATS / "3.toml").read_bytes()
    with pytest.raises(NotSaved, match="There is a file of that name already"):
        Journal(tmp_path, NAME).append(paired()[0])
    assert list(tmp_path.iterdir()) == [path]
    assert path.read_bytes() == (FORMATS / "3.toml").read_bytes()


def test_a_folder_that_cannot_be_locked_is_written_all_the_same(tmp_path, monkeypatch):
    import fcntl

    monkeypatch.setattr(fcntl, "flock", failing(errno.ENOLCK))
    path = written(tmp_path, paired())
    _, journal = Journal.reopen(path)
    journal.close()
    assert read_take(path).events == paired()


def test_a_clock_that_goes_backwards_changes_nothing_but_what_it_shows(tmp_path):
    first, *rest = paired()
    late = [
        replace(first, at="2026-11-22T12:00:00.000Z"),
        *(replace(e, at="1999-01-01T00:00:00.000Z") for e in rest),
    ]
    take = read_take(written(tmp_path, late))
    assert take.damage is None and take.events == tuple(late)
    assert [event.ms for event in take.events] == sorted(event.ms for event in take.events)
    (row,) = Shelf(tmp_path).rows()
    assert (row.created, row.ms) == ("2026-11-22T12:00:00.000Z", paired()[-1].ms)


def test_a_folder_removed_while_playing_is_noticed_and_the_take_goes_on(tmp_path):
    folder = tmp_path / "saves"
    session = Session(small(), journal=Journal(folder, NAME))
    session.do(Start())
    shutil.rmtree(folder)
    session.say("ask")
    assert "The file or its folder is gone: this take goes on, but is no longer saved" in session.unsaved
    session.say("say-back")
    saved = save_elsewhere(session, str(tmp_path / "elsewhere"))
    assert read_take(Path(saved)).events == tuple(session.events)
