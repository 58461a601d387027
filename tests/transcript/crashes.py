"""What a crash can leave: the system calls of a piece of work are recorded, and every state is built that a power failure
between any two of them may leave on a disk.

The disk is one that keeps the order of what happens to names in one folder, as journalling file systems do, and promises
nothing else: what was written and not synced may be there, in part or not at all, whether its name is or not; names
that were made, moved or taken away may not have been when the folder was not synced after.
"""

import itertools
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

Op = tuple[Any, ...]


@dataclass
class Recording:
    """Work on `folder`, with each call that changes the disk."""

    folder: Path
    before: dict[Path, bytes]
    """the files at the start, which are all synced"""
    ops: list[Op] = field(default_factory=list)

    def ack(self, what: object) -> None:
        """Somebody was told that `what` is saved."""
        self.ops.append(("ack", what))


def record(folder: Path, work: Callable[[Recording], None], monkeypatch: pytest.MonkeyPatch) -> Recording:
    """Do `work`, and record what it asks of the system."""
    made = Recording(folder, {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    known: dict[int, int] = {}
    """inode numbers by descriptor"""
    fresh = itertools.count(1)
    inodes = {path: -next(fresh) for path in made.before}
    names: dict[Path, int] = dict(inodes)
    ops = made.ops
    real = {name: getattr(os, name) for name in ("open", "write", "fsync", "link", "unlink", "rename", "replace", "ftruncate", "mkdir")}  # fmt: skip

    def opened(path: Any, flags: int, *args: Any, **more: Any) -> int:
        fd: int = real["open"](path, flags, *args, **more)
        where = Path(os.fsdecode(path))
        if where.is_dir():
            known[fd] = 0
            folders[fd] = where
        elif flags & os.O_CREAT and where not in names:
            names[where] = known[fd] = next(fresh)
            ops.append(("create", where, known[fd]))
        else:
            known[fd] = names.get(where, 0)
        return fd

    folders: dict[int, Path] = {}

    def written(fd: int, data: Any) -> int:
        count: int = real["write"](fd, data)
        if known.get(fd):
            ops.append(("write", known[fd], bytes(data)[:count]))
        return count

    def synced(fd: int) -> None:
        real["fsync"](fd)
        ops.append(
            ("fsyncdir", folders[fd]) if fd in folders and not known.get(fd) else ("fsync", known.get(fd))
        )

    def cut(fd: int, size: int) -> None:
        real["ftruncate"](fd, size)
        ops.append(("truncate", known[fd], size))

    def linked(old: Any, new: Any, **more: Any) -> None:
        real["link"](old, new, **more)
        names[Path(new)] = names[Path(old)]
        ops.append(("link", Path(old), Path(new)))

    def moved(old: Any, new: Any, **more: Any) -> None:
        real["rename"](old, new, **more)
        names[Path(new)] = names.pop(Path(old))
        ops.append(("rename", Path(old), Path(new)))

    def gone(path: Any, **more: Any) -> None:
        real["unlink"](path, **more)
        names.pop(Path(path), None)
        ops.append(("unlink", Path(path)))

    with monkeypatch.context() as patched:
        for name, call in {
            "open": opened, "write": written, "fsync": synced, "ftruncate": cut, "link": linked, "rename": moved,
            "replace": moved, "unlink": gone,
        }.items():  # fmt: skip
            patched.setattr(os, name, call)
        work(made)
    return made


@dataclass(frozen=True)
class State:
    """What one crash leaves."""

    after: int
    """it came after so many calls"""
    acked: tuple[object, ...]
    files: dict[Path, bytes]

    def lay_out(self, recording: Recording, folder: Path) -> None:
        """Put it into the empty `folder`."""
        for path, data in self.files.items():
            target = folder / path.relative_to(recording.folder)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)


def states(recording: Recording) -> Iterator[State]:
    """Every state that a crash between two calls may leave, each once for each moment."""
    for after in range(len(recording.ops) + 1):
        ops = recording.ops[:after]
        acked = tuple(op[1] for op in ops if op[0] == "ack")
        seen = set()
        for files in _possible(recording, ops):
            key = tuple(sorted(files.items()))
            if key not in seen:
                seen.add(key)
                yield State(after, acked, files)


def _possible(recording: Recording, ops: list[Op]) -> Iterator[dict[Path, bytes]]:
    content: dict[int, bytes] = {}
    loose: dict[int, list[Op]] = {}
    names: dict[Path, int] = {}
    for number, (path, data) in enumerate(recording.before.items(), 1):
        names[path], content[-number] = -number, data
    pending: dict[Path, list[Op]] = {}
    for op in ops:
        kind = op[0]
        if kind == "create":
            content[op[2]] = b""
        if kind in ("create", "link", "rename", "unlink"):
            pending.setdefault(op[1].parent, []).append(op)
            if kind == "rename" and op[2].parent != op[1].parent:
                pending.setdefault(op[2].parent, []).append(("arrive", op[1], op[2]))
        elif kind in ("write", "truncate"):
            loose.setdefault(op[1], []).append(op)
        elif kind == "fsync" and op[1] in loose:
            content[op[1]] = _applied(content[op[1]], loose.pop(op[1]))
        elif kind == "fsyncdir":
            for done in pending.pop(op[1], []):
                _name(names, done)
    folders = [(where, range(len(some) + 1)) for where, some in pending.items()]
    for counts in itertools.product(*(counts for _, counts in folders)):
        there = dict(names)
        for (where, _), count in zip(folders, counts, strict=True):
            for op in pending[where][:count]:
                _name(there, op)
        for choice in itertools.product((0, 1, 2), repeat=len(loose)):
            whole = dict(content)
            for (inode, some), how in zip(loose.items(), choice, strict=True):
                whole[inode] = _applied(content[inode], some, how)
            yield {path: whole[inode] for path, inode in there.items()}


def _name(names: dict[Path, int], op: Op) -> None:
    """What happens to the names of one folder. A file that moves between two may for a moment be in both, or in none."""
    kind = op[0]
    if kind == "create":
        names[op[1]] = op[2]
    elif kind == "link" and op[1] in names:
        names[op[2]] = names[op[1]]
    elif kind == "rename" and op[1] in names:
        names[op[2]] = names.pop(op[1])
    elif kind == "unlink":
        names.pop(op[1], None)


def _applied(data: bytes, ops: list[Op], how: int = 2) -> bytes:
    """`data` after what was not synced: nothing of it, all but half of the last, or all."""
    for last, (kind, _, what) in zip([False] * (len(ops) - 1) + [True], ops, strict=True):
        if how == 0 or (how == 1 and last and kind == "truncate"):
            continue
        if kind == "truncate":
            data = data[:what]
        else:
            data += what[: len(what) // 2] if how == 1 and last else what
    return data


assert sys.platform != "win32", "the calls are those of Unix"
