"""A draft from the lines of a call: its path, with the agent's words as replies, and places marked for others.

A call is a text file: `Customer: …`, `Agent: …`. Whoever speaks first and is not Agent, You or Learner is the
customer, under any name. A line without a speaker goes on with the one before; blank lines and lines that begin
with # are passed over; a time before the speaker, such as [00:12], is left out.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import tomli_w

from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.limits import LIMITS
from taketwo.text import clean_line

AGENTS = {"agent", "you", "learner"}
MOST_TURNS = 300
"""turns of the customer that a call may have"""
_WORDS_A_MINUTE = 150
_LABEL = re.compile(
    r"(?:[\[(]?\d{1,2}(?::\d{2}){1,2}(?:[.,]\d{1,3})?[\])]?\s+)?"
    r"(?P<name>[^\W\d_][\w .'’()-]{0,39}?)\s*:(?:\s+(?P<words>.*))?"
)
_BRACE = re.compile(r"(\{learner\}|\{customer\})|([{}])")


class CallError(Exception):
    """The file is no call that a draft can be made of; `problems` says where and why."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Call:
    """What was said, in pairs: the customer, then the answer."""

    customer: str
    greeting: str
    """what the agent said before the customer's first words, or nothing"""
    exchanges: tuple[tuple[str, str], ...]
    farewell: str
    """what the customer said last, or nothing"""
    notes: tuple[str, ...] = ()
    """what the author should know"""


@dataclass(slots=True)
class _Turn:
    agent: bool
    line: int
    words: list[str]

    @property
    def text(self) -> str:
        return " ".join(filter(None, self.words))


def read_call(path: Path) -> Call:
    """The call in the file `path`. Raises CallError with everything that is wrong."""
    file = clean_line(str(path), 200)
    try:
        data = read_file(path, LIMITS.bytes)
    except Unreadable as error:
        raise CallError([f"{file}: {error}"]) from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        at = data.count(b"\n", 0, error.start) + 1
        raise CallError([f"{file}:{at}: This is not UTF-8 text. Save it as UTF-8."]) from None
    reader = _Reader()
    for number, line in enumerate(re.split(r"\r\n|\r|\n", text), 1):
        reader.take(number, line)
    call = reader.call()
    if reader.problems or call is None:
        rows = sorted(reader.problems)[: LIMITS.findings]
        raise CallError([f"{file}:{number}: {what}" for number, what in rows])
    return call


class _Reader:
    def __init__(self) -> None:
        self.turns: list[_Turn] = []
        self.problems: list[tuple[int, str]] = []
        self.notes: list[str] = []
        self.customer = ""

    def take(self, number: int, line: str) -> None:
        """Take in one line."""
        text = clean_line(line, len(line) + 1)
        if not text or text.startswith("#"):
            return
        match = _LABEL.fullmatch(text)
        agent = self.speaker(number, match["name"], indented=line[:1].isspace()) if match else None
        if agent is None:
            if self.turns:
                self.turns[-1].words.append(self.plain(number, text))
            else:
                self.problem(number, "This does not say who speaks. Begin it with 'Customer: ' or 'Agent: '.")
            return
        assert match
        words = self.plain(number, match["words"] or "")
        if self.turns and self.turns[-1].agent == agent:
            self.turns[-1].words.append(words)
        else:
            self.turns.append(_Turn(agent, number, [words]))

    def speaker(self, number: int, label: str, *, indented: bool) -> bool | None:
        """Whether the agent speaks, or the customer; None where `label` is no speaker but what somebody said."""
        name = label.split("(")[0].strip()
        if name.casefold() in AGENTS:
            return True
        words = name.split()
        like_a_name = len(words) == 1 or (len(words) <= 4 and all(word[0].isupper() for word in words))
        if not self.customer and like_a_name:
            self.customer = name
        if set(name.casefold().split()) <= set(self.customer.casefold().split()):
            return False
        if like_a_name and name[0].isupper() and not indented:
            self.problem(
                number,
                f"{name!r} is neither the customer ({self.customer}) nor Agent, You or Learner. Only these two speak "
                "in a draft; if somebody goes on speaking here, indent the line.",
            )
        return None

    def plain(self, number: int, text: str) -> str:
        """`text` without braces, which in a scenario hold declared names."""

        def instead(match: re.Match[str]) -> str:
            return match[1] or {"{": "(", "}": ")"}[match[2]]

        plain = _BRACE.sub(instead, text)
        if plain != text:
            self.notes.append(
                f"Line {number}: braces became brackets; in a scenario they hold declared names."
            )
        return plain

    def problem(self, number: int, what: str) -> None:
        self.problems.append((number, what))

    def call(self) -> Call | None:
        """What was heard, or None where that is not enough."""
        for turn in self.turns:
            if not turn.text:
                self.problem(turn.line, "Nothing is said here.")
            elif len(turn.text) > LIMITS.text:
                long = f"Here {len(turn.text):,} characters are said in one turn; {LIMITS.text:,} are read."
                self.problem(turn.line, f"{long} Split it by what is said in between.")
        customer = [turn for turn in self.turns if not turn.agent]
        if len(customer) > MOST_TURNS:
            most = (
                f"From here on it is more than {MOST_TURNS} turns of the customer. Take a part of the call."
            )
            self.problem(customer[MOST_TURNS].line, most)
        texts = [turn.text for turn in self.turns]
        greeting = texts.pop(0) if texts and self.turns[0].agent else ""
        farewell = texts.pop() if len(texts) % 2 else ""
        if not texts and not self.problems:
            last = self.turns[-1].line if self.turns else 1
            self.problem(last, "A draft needs a customer who says something, and an agent who answers.")
        pairs = tuple(zip(texts[::2], texts[1::2], strict=True))
        return Call(self.customer, greeting, pairs, farewell, tuple(self.notes)) if pairs else None


def draft(call: Call, id: str, title: str, lesson: str) -> str:
    """The text of a scenario file in which `call` can be played, with marks where others of its kind are wanted."""
    return "\n".join(_lines(call, id, title, lesson)) + "\n"


def _lines(call: Call, id: str, title: str, lesson: str) -> Iterator[str]:
    said = sum(len(f"{heard} {answer}".split()) for heard, answer in call.exchanges)
    nodes = _ids([heard for heard, _ in call.exchanges], "turn", {"the-end"}, first="opening")
    situation = f"You have just said: {call.greeting}" if call.greeting else "{customer} turns to you."
    if len(situation) > LIMITS.text:
        situation = call.greeting
    yield from (
        "# A draft made of a call: what was said is there, and what could have been said is not yet.",
        "# Look for the places that are marked with >>>. To play it while you write: --watch.",
        "",
        "format = 1",
        f"id = {_quoted(id)}",
        f"title = {_quoted(title)}",
        "level = 2                       # 1 basics, 2 common trouble, 3 hard, 4 wow",
        f"minutes = {min(120, max(1, round(said / _WORDS_A_MINUTE)))}",
        'channel = "phone"               # phone, counter, chat, email, social, floor or team',
        f"centre = [{_quoted(lesson)}]    # >>> the lesson or two that it is about; `taketwo lessons` lists them",
        'start = "opening"',
        "",
        "[briefing]",
        'role = "You serve {customer}."  # >>> where the learner works, and as what',
        f"situation = {_quoted(situation)}",
        '# >>> facts = ["What an honest answer needs."]',
        "",
        "[customer]",
        f"name = {_quoted(call.customer)}    # >>> a person, and how this one sounds",
        '# >>> wants = "what was asked for"',
        '# >>> needs = "what it was really about"',
        "",
        "# >>> A meter, if patience or trust should count: change it with `effects`, ask for it with `when`.",
        "# [meters.patience]",
        "# start = 5",
        '# bands = { 0 = "leaving", 3 = "tense", 7 = "at ease" }',
    )
    for number, (heard, answer) in enumerate(call.exchanges):
        node = nodes[number]
        goto = nodes[number + 1] if number + 1 < len(nodes) else "the-end"
        yield from _node(node, heard, answer, goto, lesson)
    yield from (
        "",
        "[endings.the-end]",
        'kind = "resolved"               # >>> resolved, escalated, callback or lost: how it really ended',
        "csat = 3                        # >>> how satisfied the customer was, 1 to 5",
        "resolved = true",
        f"text = {_quoted(call.farewell or '{customer} goes.')}",
        "",
        "# >>> Another ending here, for those who answer otherwise.",
        "# [endings.walks-out]",
        '# kind = "lost"',
        "# csat = 1",
        "# resolved = false",
        '# text = "…"',
    )


def _node(node: str, heard: str, answer: str, goto: str, lesson: str) -> Iterator[str]:
    reply = _slug(answer) or "as-it-was-said"
    yield from (
        "",
        f"[nodes.{node}]",
        f"[[nodes.{node}.says]]",
        f"text = {_quoted(heard)}",
        "",
        f"[nodes.{node}.replies.{reply}]",
        f"say = {_quoted(answer)}",
        f"points = {{ {lesson} = 0 }}    # >>> -2 breaks the lesson, -1 slips, 1 partly, 2 models it",
        '# >>> why = "What it did to this customer."',
        '# >>> samples = ["Another way to say it.", "And a second."]',
        f"goto = {_quoted(goto)}",
        "",
        "# >>> Another reply here: what else do real staff say at this point, and where does that lead?",
        f"# [nodes.{node}.replies.another]",
        '# say = "…"',
        f"# points = {{ {lesson} = -1 }}",
        '# why = "…"',
        '# samples = ["…", "… …"]',
        f"# goto = {_quoted(goto)}",
        "",
        "# >>> And a third reply here.",
    )


def _ids(texts: list[str], kind: str, taken: set[str], *, first: str) -> list[str]:
    """An id for each text, made of its first words, all of them different."""
    ids: list[str] = []
    used = set(taken)
    for number, text in enumerate(texts, 1):
        base = first if number == 1 else _slug(text) or f"{kind}-{number}"
        id, again = base, 1
        while id in used:
            again += 1
            id = f"{base}-{again}"
        used.add(id)
        ids.append(id)
    return ids


def _slug(text: str) -> str:
    """The first four words of `text` as an id; "" where they have no letters that an id may have."""
    letters = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", letters.replace("'", ""))[:4]
    return re.sub(r"^[0-9-]+", "", "-".join(words))[:40].strip("-")


def _quoted(text: str) -> str:
    """`text` as a value in TOML."""
    return tomli_w.dumps({"x": text})[4:-1]
