"""Where in a TOML file a key path stands.

TOML readers do not tell lines, and an author needs them. This walks the tokens of a text that tomli has already
accepted, so it may trust the syntax. It runs only when there is something to report, and keeps only what is asked for.
"""

import re
from collections.abc import Collection, Iterable, Iterator

import tomli

from taketwo.scenario.findings import KeyPath
from taketwo.text import clean

KEY_LENGTH = 200
"""characters of a key that are kept"""
# Every repetition takes all it can and gives nothing back (`*+`), so that no text takes time beyond its length.
_TOKEN = re.compile(
    r"(?P<gap>(?:[ \t\r]*+(?:\#[^\n]*+)?\n)++)"
    r"|[ \t\r]++|\#[^\n]*+"
    r'|(?P<word>"""[^"\\]*+(?:(?:\\.|"{1,2}(?!"))[^"\\]*+)*+(?:"{3,5})?'
    r"|'''[^']*+(?:'{1,2}(?!')[^']*+)*+(?:'{3,5})?"
    r'|"[^"\\\n]*+(?:\\.[^"\\\n]*+)*+"?'
    r"|'[^'\n]*+'?"
    r"|[A-Za-z0-9_-]++(?:\.[A-Za-z0-9_-]++)*+"
    r"|\[\[|\]\]|[\[\]{}=,.]"
    r"|[^\s\[\]{}=,.\#\"']++)",
    re.DOTALL,
)
_MANY_DOTS = re.compile(r"^(?:[^.\n]*+\.){32}", re.MULTILINE)
_END = ("", "\n")
_BRACKETS = {"[": 1, "{": 1, "[[": 2, "]": -1, "}": -1, "]]": -2}


def key_lines(text: str, paths: Iterable[KeyPath] | None = None) -> dict[KeyPath, int]:
    """Line numbers (from 1) of the table headers and keys in `text`; array entries are `(..., index)`.

    With `paths`, only of those and of what holds them.
    """
    wanted = None if paths is None else {path[:end] for path in paths for end in range(1, len(path) + 1)}
    return _Walk(text, wanted).lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, or of the nearest thing that holds it."""
    for length in range(len(path), 0, -1):
        if found := lines.get(path[:length]):
            return found
    return 1


def long_key(text: str, most: int) -> int:
    """The line of the first dotted key of more than `most` parts, 0 if there is none. `text` need not be TOML."""
    if not _MANY_DOTS.search(text):
        return 0
    parts, dotted = 0, False
    for word, line in _words(text):
        if word == ".":
            dotted = True
        else:
            more = 1 if word[0:1] in "\"'" else word.count(".") + 1
            parts = parts + more if dotted else more
            dotted = False
        if parts > most:
            return line
    return 0


def _words(text: str) -> Iterator[tuple[str, int]]:
    """Strings, bare words with the dots in them, and signs, each with its line; the last word is empty.

    A newline stands for all comments and blank lines up to the next word.
    """
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup == "word":
            word = match["word"]
            yield word, line
            if word[:3] in ('"""', "'''"):
                line += word.count("\n")
        elif match.lastgroup == "gap":
            yield "\n", line
            line += match["gap"].count("\n")
    yield "", line


class _Walk:
    def __init__(self, text: str, wanted: Collection[KeyPath] | None) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.wanted = wanted
        self.counts: dict[KeyPath, int] = {}  # entries so far of each array of tables
        self.words = _words(text)
        self.word, self.line = next(self.words)
        self.statements()

    def take(self) -> str:
        word = self.word
        self.word, self.line = next(self.words, ("", self.line))
        return word

    def skip(self) -> None:
        while self.word == "\n":
            self.take()

    def statements(self) -> None:
        table: KeyPath = ()
        self.skip()
        while self.word:
            if self.word in ("[", "[["):
                table = self.header()
            else:
                self.pair(table)
            self.skip()

    def header(self) -> KeyPath:
        line = self.line
        array = self.take() == "[["
        path: KeyPath = ()
        for name in self.key():
            path = self.inside((*path, name))
        if array:
            path = path[:-1] if isinstance(path[-1], int) else path
            index = self.counts.get(path, 0)
            self.counts[path] = index + 1
            path = (*path, index)
        self.take()
        self.mark(path, line)
        return path

    def inside(self, path: KeyPath) -> KeyPath:
        """Within an array of tables, a header speaks of its last entry."""
        return (*path, self.counts[path] - 1) if path in self.counts else path

    def mark(self, path: KeyPath, line: int) -> None:
        for end in range(1, len(path) + 1):
            part = path[:end]
            if self.wanted is not None and part not in self.wanted:
                return  # nor is anything in it
            self.lines.setdefault(part, line)

    def key(self) -> list[str]:
        names = []
        while self.word and self.word not in ("=", "]", "]]"):
            word = self.take()
            if word[0] in "\"'":
                names.append(_unquoted(word))
            elif word != ".":
                names += word.split(".")
        return names

    def pair(self, table: KeyPath) -> None:
        line = self.line
        path = (*table, *self.key())
        self.mark(path, line)
        self.take()  # =
        self.value(path)

    def value(self, path: KeyPath) -> None:
        if self.word in ("[", "[["):
            if self.wanted is None or path in self.wanted:
                self.array(path)
            else:
                self.pass_over()
        elif self.word == "{":
            self.inline_table(path)
        else:
            while self.word not in _END and self.word not in (",", "]", "]]", "}"):
                self.take()

    def pass_over(self) -> None:
        """Take a whole array that nobody asks about."""
        depth = 0
        while self.word:
            if self.word == "]]" and depth == 1:
                self.close_bracket()
                return
            depth += _BRACKETS.get(self.take(), 0)
            if depth == 0:
                return

    def inline_table(self, path: KeyPath) -> None:
        self.take()
        while True:
            self.skip()
            if not self.word or self.word == "}":
                self.take()
                return
            if self.word == ",":
                self.take()
            else:
                self.pair(path)

    def array(self, path: KeyPath) -> None:
        self.open_bracket()
        index = 0
        while True:
            self.skip()
            if not self.word:
                return
            if self.word in ("]", "]]"):
                self.close_bracket()
                return
            if self.word == ",":
                self.take()
                continue
            self.mark((*path, index), self.line)
            self.value((*path, index))
            index += 1

    def open_bracket(self) -> None:
        """Take one `[`, leaving the other half of a `[[`."""
        if self.word == "[[":
            self.word = "["
        else:
            self.take()

    def close_bracket(self) -> None:
        if self.word == "]]":
            self.word = "]"
        else:
            self.take()


def _unquoted(word: str) -> str:
    """A quoted key as the reader keeps it."""
    if word[0] == '"' and "\\" in word:
        return clean(tomli.loads(f"key = {word}")["key"], KEY_LENGTH)
    return clean(word[1:-1], KEY_LENGTH)
