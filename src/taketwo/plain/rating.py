"""Rating a take line by line: a question at a time, with its anchors and what the engine scored."""

import re
from collections.abc import Callable
from typing import NamedTuple

from taketwo.plain.console import Console, Left
from taketwo.qa.form import NA, Form
from taketwo.qa.sheet import Rating, blank, sheet
from taketwo.qa.words import (
    NOT_RATED,
    all_turns,
    choices,
    failing_words,
    mark_words,
    numbers_of,
    result_words,
    section_head,
    section_words,
    title_of,
)
from taketwo.session import Refused, Session
from taketwo.take.commands import Rate
from taketwo.text import clean_line

MENU = """\
2 WORDS        rate it 2, with a comment; the words may be left out
2 @3 WORDS     the same, shown by decision 3; #7 is event 7
n/a WORDS      it does not apply
Enter, s       to the next, and leave it as it is
b              to the one before
g N            to number N
c              the conversation
l              all ratings so far
?              this list
q              stop; what is rated is kept"""
_LINE = re.compile(
    r"(?P<value>\d{1,4}|n/?a|n|x|y|yes|no)(?:\s+(?P<place>[@#]\d{1,9}))?(?:\s+(?P<text>.*))?", re.I
)


class Typed(NamedTuple):
    """A rating as it was typed."""

    value: int
    about: int
    text: str


class Wrong(Exception):
    """What was typed is no rating; the message says why."""


def rate(console: Console, session: Session, form: Form, rater: str) -> None:
    """Go through a form. Whatever is rated is kept at once, so leaving loses nothing."""
    _Desk(console, session, form, rater).run()


class _Desk:
    def __init__(self, console: Console, session: Session, form: Form, rater: str) -> None:
        self.console = console
        self.session = session
        self.form = form
        self.rater = rater
        self.numbers = numbers_of(session.events, session.scenario)
        self.at = 0
        self.told = ""
        """the section that was told of last"""
        self.words: dict[str, Callable[[], None]] = {
            "?": lambda: console.say(MENU),
            "c": self.conversation,
            "l": self.list,
            "s": lambda: self.go(self.at + 1),
            "": lambda: self.go(self.at + 1),
            "b": lambda: self.go(max(0, self.at - 1)),
        }

    @property
    def mine(self) -> Rating:
        """What has been rated so far."""
        return sheet(self.session.events, self.form).of(self.rater) or blank(
            self.rater, self.form, self.session.events
        )

    def run(self) -> None:
        say = self.console.say
        say(
            f"{self.form.title} ({self.form.label}): {clean_line(self.session.started.title)}, {self.session.started.learner}"
        )
        if self.form.about:
            say(self.form.about)
        say()
        self.conversation()
        first = next((n for n, key in enumerate(self.form.ids) if key not in self.mine.marks), 0)
        self.at = first
        try:
            while self.at < len(self.form.ids):
                self.ask()
        except Left:
            pass
        say()
        for line in summary_lines(self.mine, self.numbers):
            say(line)
        if self.session.unsaved:
            say(f"Not saved: {self.session.unsaved}")

    def go(self, at: int) -> None:
        self.at = at

    def ask(self) -> None:
        """One question, until something moves on."""
        key, here = self.form.ids[self.at], self.at
        self.question(key)
        while self.at == here:
            line = self.console.ask("rating, @decision, comment; ? says what else: ") or ""
            if line == "q":
                raise Left
            if line in self.words:
                self.words[line]()
                if not line or line == "s" or (line == "b" and not here):
                    return
            elif line[:2] == "g " and line[2:].strip().isdecimal():
                self.go(max(1, min(int(line[2:].strip()[:6]), len(self.form.ids))) - 1)
                return
            else:
                self.rating(key, line)

    def question(self, key: str) -> None:
        say, form = self.console.say, self.form
        say()
        section = form.sections_of.get(key)
        name = section.id if section else "critical"
        if name != self.told:
            engine = next(
                (r.engine for r in self.mine.sections if section and r.section.id == section.id), None
            )
            say(section_head(section, engine) if section else "Critical errors: one of them fails the take.")
            if section and section.about:
                say(section.about, "  ")
            self.told = name
        say(f"{self.at + 1} of {len(form.ids)}. {title_of(form, key)}")
        for typed, words in choices(form, key):
            say(words, f"  {typed:<4}")
        if mark := self.mine.marks.get(key):
            say(f"Now: {mark_words(form, mark, self.numbers)}", "  ")

    def rating(self, key: str, line: str) -> None:
        try:
            typed = understood(self.form, key, line, {n: seq for seq, n in self.numbers.items()})
            self.session.do(
                Rate(self.form.label, key, typed.value, typed.text, typed.about, self.rater), by="trainer"
            )
        except (Wrong, Refused) as problem:
            self.console.say(str(problem))
            return
        mark = self.mine.marks[key]
        self.console.say(mark_words(self.form, mark, self.numbers), "  = ")
        self.at += 1

    def list(self) -> None:
        mine = self.mine
        for number, key in enumerate(self.form.ids, 1):
            mark = mine.marks.get(key)
            told = mark_words(self.form, mark, self.numbers) if mark else NOT_RATED
            self.console.say(f"{title_of(self.form, key)} {told}", f"{number:>3}. ")
        self.console.say(result_words(mine))

    def conversation(self) -> None:
        say = self.console.say
        for turn in all_turns(self.session.events, self.session.scenario):
            say(f"{turn.speaker}: {turn.heard}")
            back = " (taken back)" if turn.undone else ""
            say(f"{self.session.started.learner}: {turn.said or '(nothing)'}{back}", f"{turn.number:>3}. ")
        say(self.session.says)


def understood(form: Form, key: str, line: str, decisions: dict[int, int]) -> Typed:
    """What a typed line gives for an item; `decisions` tells the seq of each decision by its number. Raises Wrong."""
    found = _LINE.fullmatch(line)
    if not found:
        raise Wrong("That is no rating. " + _wanted(form, key))
    value = _value(form, key, found["value"].lower())
    about, place = 0, found["place"] or ""
    if place.startswith("@"):
        about = decisions.get(int(place[1:]), 0)
        if not about:
            raise Wrong(f"There is no decision {place[1:]}: they go from 1 to {max(decisions, default=0)}.")
    elif place:
        about = int(place[1:])
    return Typed(value, about, (found["text"] or "").strip())


def _value(form: Form, key: str, word: str) -> int:
    if key in form.asks:
        value = {"0": 0, "n": 0, "no": 0, "1": 1, "y": 1, "yes": 1}.get(word)
        if value is None:
            raise Wrong(_wanted(form, key))
        return value
    item = form.items[key]
    if word in ("n/a", "na", "n", "x"):
        if not item.na:
            raise Wrong(f"It always applies. {_wanted(form, key)}")
        return NA
    if not word.isdecimal() or int(word) > item.top:
        raise Wrong(_wanted(form, key))
    return int(word)


def _wanted(form: Form, key: str) -> str:
    if key in form.asks:
        return "Type 0 where it did not happen, 1 where it did; ? says what else."
    item = form.items[key]
    return f"Type a rating from 0 to {item.top}{', or n/a' if item.na else ''}; ? says what else."


def summary_lines(rating: Rating, numbers: dict[int, int]) -> list[str]:
    """What the ratings come to, with the engine's share of each section."""
    lines = [result_words(rating)]
    lines += [failing_words(failing, rating, numbers) for failing in rating.failing]
    return lines + ([f"- {section_words(result)}." for result in rating.sections] if rating.marks else [])
