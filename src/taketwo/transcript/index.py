"""An index of a folder of takes, in the user's cache folder: it only makes lists and searches fast.

The files are the truth. Whatever is wrong with the index (missing, stale, damaged, of another version, locked, on a full
disk) costs time and nothing else: it is made again without a word, or done without.
"""

import json
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar

from taketwo.score import Outcome
from taketwo.take.events import AnyEvent, Heard, Remarked, Replied
from taketwo.transcript.reading import TakeFile, Unreadable, read_take
from taketwo.transcript.rows import ARCHIVED, TakeRow, row_of, unreadable_row

T = TypeVar("T")
VERSION = 4
"""Raised when what is kept would come out differently."""
_WAIT = 0.25
"""seconds that another program's writing is waited for"""
_ENDS = ("", "-wal", "-shm", "-journal")
"""of the names of the files that an index is in"""
_TURN = 0.2
"""seconds after which somebody who waits for another's look is told how far it is"""
_FELT = 200
"""files whose reading is felt"""
_BATCH = 50
"""files indexed between two commits"""
_MOST_FILES = 50
"""indexes kept, each of a folder; those used longest ago go when another one is made"""
_STALE = 4
"""times as many texts of takes that have changed since as there are takes: then it is made anew"""
SORTS = {
    "newest": "created DESC, name DESC",
    "oldest": "created, name",
    "scenario": "title COLLATE NOCASE, created DESC",
    "learner": "learner COLLATE NOCASE, created DESC",
    "result": "passed DESC, craft DESC, csat DESC, created DESC",
    "craft": "craft DESC, created DESC",
    "length": "ms DESC, created DESC",
}
"""how a list can be ordered"""
_WORDS = 30
"""words that are looked for at once; the search itself gives up at some hundred"""
STATUSES = {
    "unfinished": "status = 'unfinished'",
    "finished": "status IN ('ended', 'abandoned', 'stuck')",
    "ended": "status = 'ended'",
    "abandoned": "status = 'abandoned'",
    "stuck": "status = 'stuck'",
    "passed": "status = 'ended' AND passed",
    "not-passed": "status IN ('ended', 'abandoned', 'stuck') AND NOT passed",
    "damaged": "status IN ('damaged', 'unreadable')",
    "unreadable": "status = 'unreadable'",
}
"""what can be asked for as a status"""

_SCHEMA = f"""
PRAGMA user_version = {VERSION};
CREATE TABLE take (
    key INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT UNIQUE NOT NULL, size INTEGER, mtime INTEGER, inode INTEGER,
    created TEXT, status TEXT, scenario TEXT, title TEXT, learner TEXT, mode TEXT, craft REAL, csat INTEGER,
    passed INTEGER, ms INTEGER, archived INTEGER
);
CREATE TABLE line (key INTEGER PRIMARY KEY, row TEXT);
CREATE TRIGGER gone AFTER DELETE ON take BEGIN DELETE FROM line WHERE key = old.key; END;
CREATE INDEX by_created ON take (created DESC, name DESC);
CREATE VIRTUAL TABLE word USING fts5(text, content='', tokenize="unicode61 remove_diacritics 2", prefix='1 2 3');
"""  # noqa: S608


Stamp = tuple[int, int, int]
"""size, time of change and inode: what changes when a file does"""
Progress = Callable[[int, int], None]
"""told how many of how many files have been taken in; what it raises stops that"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which takes a list shows. Empty means any."""

    words: str = ""
    """each must begin a word of the take's texts, its title, learner or labels"""
    learner: str = ""
    """also finds files that cannot be read: they may be anybody's"""
    scenario: str = ""
    status: str = ""
    """one of `STATUSES`"""
    mode: str = ""
    archived: bool | None = False
    """None: those and the others"""
    sort: str = "newest"


class Index:
    """The index of one folder. Several threads may ask it at once: while one looks at the folder, others are answered."""

    def __init__(self, folder: Path, file: Path | None = None) -> None:
        self.folder = folder
        self._file = file or _file_of(folder)
        self._base: sqlite3.Connection | None = None
        self._known: dict[str, Stamp] | None = None
        """the stamps in the index, for as long as no other program changes it"""
        self._version = 0
        self._begun = False
        """the folder has been looked at, or is being looked at"""
        self._asking = threading.RLock()
        self._looking = threading.Lock()
        self._far = (0, 0)
        """how many of how many files have been taken in by the look that goes on"""

    # --- looking

    def look(self, progress: Progress | None = None) -> None:
        """Take in what has changed in the folder. The first time, with many takes, it takes long."""
        self._tried(lambda base: None, look=True, progress=progress)

    def rows(
        self, wanted: Wanted | None = None, most: int = -1, skip: int = 0, *, look: bool = True
    ) -> list[TakeRow]:
        """Rows of the takes in the folder: all, newest first, or the `wanted` ones.

        Without `look` the folder is taken to be as it was, as while somebody types a word letter by letter.
        """
        return self._tried(lambda base: self._select(base, wanted, most, skip), look=look)

    @property
    def behind(self) -> bool:
        """Whether so many files are being taken in just now that to wait for it would be felt."""
        return self._far[1] > _FELT

    def count(self, wanted: Wanted) -> int:
        """How many takes are `wanted`, as the folder was when it was last looked at."""
        clause, values = _where(wanted)

        def counted(base: sqlite3.Connection) -> int:
            return int(base.execute(f"SELECT count(*) FROM take WHERE {clause}", values).fetchone()[0])  # noqa: S608

        return self._tried(counted, look=False)

    def learners(self) -> list[str]:
        """Everybody who has takes here, as the folder was when it was last looked at."""

        def named(base: sqlite3.Connection) -> list[str]:
            every = "SELECT DISTINCT learner FROM take WHERE learner != '' ORDER BY learner COLLATE NOCASE"
            return [name for (name,) in base.execute(every)]

        return self._tried(named, look=False)

    def forget(self) -> None:
        """Delete the index: it is made again when it is asked for. What was in it is gone from the disk."""
        self.close()
        for end in _ENDS:
            with suppress(OSError):
                Path(f"{self._file}{end}").unlink()

    def close(self) -> None:
        """Let go of the file."""
        with self._asking:
            base, self._base, self._known = self._base, None, None
            if base is not None:
                with suppress(sqlite3.Error):
                    base.close()

    def _tried(
        self, ask: Callable[[sqlite3.Connection], T], *, look: bool, progress: Progress | None = None
    ) -> T:
        """What `ask` finds; once more on a new index where something is wrong with this one, then on one in memory."""
        for attempt in range(3):
            try:
                with self._asking:
                    base = self._open(in_memory=attempt == 2)
                if look or not self._begun:
                    self._alone(base, progress)
                with self._asking:
                    return ask(base)
            except (sqlite3.Error, OSError, ValueError, TypeError, KeyError):
                if attempt == 2:
                    raise
                self.close() if attempt else self.forget()
        raise AssertionError("tried thrice")

    def _alone(self, base: sqlite3.Connection, progress: Progress | None) -> None:
        """Look at the folder when nobody else does; whoever waits is told how far the other one is."""
        while not self._looking.acquire(timeout=_TURN):
            if progress:
                progress(*self._far)
        try:
            self._refresh(base, progress)
        finally:
            self._far = (0, 0)
            self._looking.release()

    def _select(self, base: sqlite3.Connection, wanted: Wanted | None, most: int, skip: int) -> list[TakeRow]:
        clause, values = _where(wanted) if wanted else ("1", [])
        order = SORTS[wanted.sort if wanted else "newest"]
        keys = f"SELECT key FROM take WHERE {clause} ORDER BY {order} LIMIT ? OFFSET ?"  # noqa: S608
        sql = f"SELECT row FROM ({keys}) JOIN line USING (key)"  # noqa: S608
        texts = [text for (text,) in base.execute(sql, [*values, most, skip])]
        return [_row(table, self.folder) for table in json.loads(f"[{','.join(texts)}]")]

    # --- keeping up with the folder

    def _open(self, *, in_memory: bool) -> sqlite3.Connection:
        if self._base is None:
            if not in_memory:
                self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                os.close(os.open(self._file, os.O_RDWR | os.O_CREAT, 0o600))
            self._base = sqlite3.connect(
                ":memory:" if in_memory else self._file, timeout=_WAIT, check_same_thread=False
            )
            self._base.execute("PRAGMA synchronous = OFF")
            if not in_memory:
                self._base.execute("PRAGMA journal_mode = WAL")
            version = self._base.execute("PRAGMA user_version").fetchone()[0]
            if version not in (0, VERSION):
                raise sqlite3.DatabaseError("of another version")
            self._begun = version != 0
            if version == 0:
                self._base.executescript(_SCHEMA)
                _tidy(self._file.parent)
        return self._base

    def _refresh(self, base: sqlite3.Connection, progress: Progress | None) -> None:
        """Take in what was added, changed or removed since, a few files at a time."""
        self._begun = True
        there = _files(self.folder)
        with self._asking:
            known = self._stamps(base)
            if gone := known.keys() - there.keys():
                base.executemany("DELETE FROM take WHERE name = ?", [(name,) for name in gone])
                base.commit()
                for name in gone:
                    del known[name]
        new = [name for name, stamp in there.items() if known.get(name) != stamp]
        for start in range(0, len(new), _BATCH):
            self._far = (start, len(new))
            if progress:
                progress(*self._far)
            batch = [(name, self._read(name)) for name in new[start : start + _BATCH]]
            with self._asking:
                for name, (row, text) in batch:
                    _take_in(base, name, there[name], row, text)
                    known[name] = there[name]
                base.commit()
        if progress and new:
            progress(len(new), len(new))
        if (gone or new) and self._stale(base):
            raise sqlite3.DatabaseError("too much in it has changed since")

    def _stamps(self, base: sqlite3.Connection) -> dict[str, Stamp]:
        """The stamps of the files as they were taken in."""
        version = base.execute("PRAGMA data_version").fetchone()[0]
        if self._known is None or version != self._version:
            every = base.execute("SELECT name, size, mtime, inode FROM take")
            self._known = {name: (size, mtime, inode) for name, size, mtime, inode in every}
            self._version = version
        return self._known

    def _read(self, name: str) -> tuple[TakeRow, str]:
        path = self.folder / f"{name}.toml"
        try:
            take = read_take(path)
        except Unreadable as error:
            return unreadable_row(path, str(error)), ""
        return row_of(take), text_of(take)

    def _stale(self, base: sqlite3.Connection) -> bool:
        last: int | None
        live: int
        last, live = base.execute(
            "SELECT max(seq), (SELECT count(*) FROM take) FROM sqlite_sequence"
        ).fetchone()
        return (last or 0) > _STALE * live + 10_000


def _take_in(base: sqlite3.Connection, name: str, stamp: Stamp, row: TakeRow, text: str) -> None:
    table = asdict(row)
    del table["path"]
    csat = row.outcome.csat if row.outcome else 0
    base.execute("DELETE FROM take WHERE name = ?", (name,))
    key = base.execute(
        "INSERT INTO take (name, size, mtime, inode, created, status, scenario, title, learner, mode, craft, csat, "
        "passed, ms, archived) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            name, *stamp, row.created, row.status, row.scenario, row.title, row.learner, row.mode, row.craft, csat,
            row.passed, row.ms, ARCHIVED in row.labels,
        ),
    ).lastrowid  # fmt: skip
    line = json.dumps({"name": name, **table}, ensure_ascii=False)
    base.execute("INSERT INTO line (key, row) VALUES (?, ?)", (key, line))
    words = " ".join((name, row.title, row.learner, *row.labels, text))
    base.execute("INSERT INTO word (rowid, text) VALUES (?, ?)", (key, words))


def text_of(take: TakeFile) -> str:
    """Everything in a take that a person may look for: what was said, and what was remarked."""
    return "\n".join(text for event in take.events for text in _texts(event) if text)


def _texts(event: AnyEvent) -> Iterator[str]:
    if isinstance(event, Replied):
        yield event.said
    if isinstance(event, Heard):
        yield event.says
    if isinstance(event, Remarked) and event.topic != "label":  # labels that are still on stand in the row
        yield event.text


def _where(wanted: Wanted) -> tuple[str, list[object]]:
    clauses, values = ["1"], list[object]()
    for column in ("scenario", "mode"):
        if value := getattr(wanted, column):
            clauses.append(f"{column} = ?")
            values.append(value)
    if wanted.status:
        clauses.append(f"({STATUSES[wanted.status]})")
    if wanted.learner:
        clauses.append("learner IN (?, '')")
        values.append(wanted.learner)
    if wanted.archived is not None:
        clauses.append("archived = ?")
        values.append(int(wanted.archived))
    if query := _query(wanted.words):
        clauses.append("key IN (SELECT rowid FROM word WHERE word MATCH ?)")
        values.append(query)
    return " AND ".join(clauses), values


def _query(words: str) -> str:
    """Every word as the beginning of one; quoted, so that nothing in it means anything to the search."""
    kept = [word.replace('"', "") for word in words.split()[:_WORDS]]
    return " ".join(f'"{word}"*' for word in kept if any(map(str.isalnum, word)))


def _row(table: Mapping[str, Any], folder: Path) -> TakeRow:
    rest = {key: _tuples(value) for key, value in table.items() if key not in ("name", "outcome")}
    outcome = table["outcome"]
    return TakeRow(
        path=folder / f"{table['name']}.toml", outcome=Outcome(**outcome) if outcome else None, **rest
    )


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def _files(folder: Path) -> dict[str, Stamp]:
    """The stamps of the files that takes may be in, by name; none where the folder cannot be read."""
    from taketwo.transcript.journal import NAME

    found = {}
    try:
        with os.scandir(folder) as entries:
            for entry in entries:
                name = entry.name
                if name.endswith(".toml") and NAME.fullmatch(name, 0, len(name) - 5):
                    try:
                        about = entry.stat(follow_symlinks=False)
                    except FileNotFoundError:
                        continue  # it went away meanwhile
                    found[name[:-5]] = (about.st_size, about.st_mtime_ns, about.st_ino)
    except OSError:
        return {}
    return found


def _tidy(folder: Path) -> None:
    with suppress(OSError):
        files = sorted(folder.glob("*.sqlite"), key=lambda path: path.stat().st_mtime)
        for path in files[:-_MOST_FILES]:
            for end in _ENDS:
                Path(f"{path}{end}").unlink(missing_ok=True)


def _file_of(folder: Path) -> Path:
    from platformdirs import user_cache_path

    name = sha256(os.fsencode(folder.absolute())).hexdigest()[:32]
    return user_cache_path("taketwo", appauthor=False) / "shelf" / f"{name}.sqlite"
