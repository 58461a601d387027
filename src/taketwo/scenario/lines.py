"""Where in a TOML file a key path stands.

TOML readers do not tell lines, and an author needs them. This walks the tokens of a text that tomli has already
accepted, so it may trust the syntax. It runs only when there is something to report.
"""

import re

from taketwo.scenario.findings import KeyPath

_TOKEN = re.compile(
    r'"""(?:[^\\]|\\.)*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:[^"\\\n]|\\.)*"'
    r"|'[^'\n]*'"
    r"|\#[^\n]*"
    r"|\[\[|\]\]|[\[\]{}=,.\n]"
    r"|[^\s\[\]{}=,.\#\"']+",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Line numbers (from 1) of every table header and key in `text`; array entries are `(..., index)`."""
    return _Walk(text).lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int:
    """The line of `path`, or of the nearest thing that holds it."""
    for length in range(len(path), 0, -1):
        if found := lines.get(path[:length]):
            return found
    return 1


class _Walk:
    def __init__(self, text: str) -> None:
        self.lines: dict[KeyPath, int] = {}
        self.counts: dict[KeyPath, int] = {}  # entries so far of each array of tables
        self.tokens = [m.group() for m in _TOKEN.finditer(text)]
        self.at = 0
        self.line = 1
        self.statements()

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self) -> str:
        token = self.peek()
        self.at += 1
        self.line += token.count("\n")
        return token

    def skip(self) -> None:
        while self.peek() and (self.peek() == "\n" or self.peek()[0] == "#"):
            self.take()

    def statements(self) -> None:
        table: KeyPath = ()
        while True:
            self.skip()
            token = self.peek()
            if not token:
                return
            if token in ("[", "[["):
                table = self.header()
            else:
                self.pair(table)

    def header(self) -> KeyPath:
        line = self.line
        array = self.take() == "[["
        path: KeyPath = ()
        for name in self.key():
            path = self.inside((*path, name))
        if array:
            path = path[:-1] if isinstance(path[-1], int) else path
            self.lines.setdefault(path, line)
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
        for length in range(1, len(path) + 1):
            self.lines.setdefault(path[:length], line)

    def key(self) -> list[str]:
        names = []
        while (token := self.peek()) and token not in ("=", "]", "]]"):
            self.take()
            if token != ".":
                names.append(_bare(token))
        return names

    def pair(self, table: KeyPath) -> None:
        line = self.line
        path = (*table, *self.key())
        self.mark(path, line)
        self.take()  # =
        self.value(path)

    def value(self, path: KeyPath) -> None:
        token = self.peek()
        if token in ("[", "[["):
            self.array(path)
        elif token == "{":
            self.take()
            while True:
                self.skip()
                if not self.peek() or self.peek() == "}":
                    self.take()
                    return
                if self.peek() == ",":
                    self.take()
                else:
                    self.pair(path)
        else:
            while self.peek() and self.peek() not in ("\n", ",", "]", "]]", "}") and self.peek()[0] != "#":
                self.take()

    def array(self, path: KeyPath) -> None:
        self.open_bracket()
        index = 0
        while True:
            self.skip()
            token = self.peek()
            if not token:
                return
            if token in ("]", "]]"):
                self.close_bracket()
                return
            if token == ",":
                self.take()
                continue
            self.mark((*path, index), self.line)
            self.value((*path, index))
            index += 1

    def open_bracket(self) -> None:
        """Take one `[`, leaving the other half of a `[[`."""
        if self.peek() == "[[":
            self.tokens[self.at] = "["
        else:
            self.take()

    def close_bracket(self) -> None:
        if self.peek() == "]]":
            self.tokens[self.at] = "]"
        else:
            self.take()


def _bare(token: str) -> str:
    return token[1:-1] if token[0] in "\"'" else token
