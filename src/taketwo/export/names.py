"""Names taken out of a take: the learner's, and those of trainers.

A name is taken out as a whole word in any case, with and without its accents, whole and in its parts, from texts and
from ids. What a text tells of a person without a name is not seen by this.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, ClassVar, Self, TypeVar

from taketwo.take.events import AnyEvent, Event, Rated, Started

T = TypeVar("T")
SEATS = ("learner", "trainer", "all")
GUESTS = ("customer:", "observer:")
"""what stands before the name of somebody else who has a part in a take"""
_SEATED = ("by", "to", "pressed", "player")
_NO_NAMES = ("", "you", "learner", "trainer")
"""what stands where nobody gave a name; as words of texts they stay"""
_FIXED = {
    "steered",
    "wheel",
    "mode",
    "topic",
    "end",
    "critical",
    "kind",
    "channel",
    "op",
    "stance",
    "skill",
    "sha256",
    "at",
}
"""fields with words of a closed list"""
_LETTER = r"[^\W\d_]"
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ud7ff\U00020000-\U0003ffff]")
"""letters of scripts that put no spaces between words"""


class Names:
    """The names of a take's people."""

    LEARNER: ClassVar[str] = "Learner"
    TRAINER: ClassVar[str] = "Trainer"
    OTHER: ClassVar[str] = "Somebody"

    def __init__(self, learners: Iterable[str], trainers: Iterable[str], others: Iterable[str] = ()) -> None:
        self._words: list[tuple[re.Pattern[str], str]] = []
        self._raters: dict[str, str] = {}
        whose = ((learners, self.LEARNER), (trainers, self.TRAINER), (others, self.OTHER))
        for names, instead in whose:
            forms = {form for name in names for form in _forms(name)}
            # The longest first: of "Anna Maria" nothing is left over.
            found = [_pattern(form) for form in sorted(forms, key=len, reverse=True)]
            if found:
                self._words.append((re.compile("|".join(found), re.IGNORECASE), instead))

    @classmethod
    def of(cls, events: Iterable[AnyEvent]) -> Self:
        """The names that stand in the fields of these events."""
        known = list(events)
        seats = {seat for event in known for seat in _seats_of(event)} - set(SEATS)
        guests = {seat for seat in seats if seat.startswith(GUESTS)}
        starts = [event for event in known if isinstance(event, Started)]
        trainers = {start.trainer for start in starts} | {e.rater for e in known if isinstance(e, Rated)}
        others = [guest.partition(":")[2] for guest in sorted(guests)]
        names = cls([start.learner for start in starts], (seats - guests) | trainers, others)
        raters = dict.fromkeys(event.rater for event in known if isinstance(event, Rated))
        names._raters = {
            rater: cls.TRAINER if number == 1 else f"{cls.TRAINER} {number}"
            for number, rater in enumerate(raters, 1)
        }
        return names

    def gone(self, value: T) -> T:
        """`value` without the names: a text, or dataclasses, tuples and tables that hold texts."""
        return self._gone(value)  # type: ignore[no-any-return]  # of the same type by what it does

    def _gone(self, value: Any) -> Any:
        if isinstance(value, str):
            return self._text(value)
        if isinstance(value, tuple):
            new = [self._gone(each) for each in value]
            return type(value)(*new) if hasattr(value, "_fields") else tuple(new)
        if isinstance(value, dict):
            return {self._gone(key): self._gone(each) for key, each in value.items()}
        if is_dataclass(value) and not isinstance(value, type):
            return replace(value, **dict(self._changes(value)))
        return value

    def _changes(self, value: Any) -> Iterator[tuple[str, Any]]:
        for field in fields(value):
            old = getattr(value, field.name)
            if field.name in _SEATED and isinstance(value, Event):
                yield field.name, self._seat(old)
            elif field.name == "rater" and isinstance(value, Rated):
                yield field.name, self._raters.get(old, self.TRAINER)  # two raters stay two
            elif field.init and field.name not in _FIXED:
                yield field.name, self._gone(old)

    def _seat(self, seat: str) -> str:
        if seat.startswith(GUESTS):
            return f"{seat.partition(':')[0]}:{self.OTHER}"
        return seat if seat in ("", *SEATS) else "trainer"

    def _text(self, text: str) -> str:
        plain = not re.search(r"\s", text) and ("-" in text or text.islower())  # an id stays one
        for pattern, instead in self._words:
            text = pattern.sub(instead.lower() if plain else instead, text)
        return text


def _seats_of(event: AnyEvent) -> Iterator[str]:
    for name in _SEATED:
        if seat := getattr(event, name, ""):
            yield seat


def _forms(name: str) -> Iterator[str]:
    """The ways in which a name is written: whole and in parts, composed and not, without accents, "SS" for "ß"."""
    whole = " ".join(name.split())
    parts = [part for part in re.split(r"[\s,;/]+", whole) if len(part) > 1]
    for form in {whole, "-".join(whole.split()), *parts}:
        if form.casefold() in _NO_NAMES or (len(form) < 2 and form.isascii()):
            continue
        apart = unicodedata.normalize("NFD", form)
        yield from (form, unicodedata.normalize("NFC", form), apart, form.upper(), form.casefold())
        yield "".join(letter for letter in apart if not unicodedata.combining(letter))


def _pattern(form: str) -> str:
    words = r"\s+".join(re.escape(word) for word in form.split())
    if _UNSPACED.search(form):
        return words
    before = rf"(?<!{_LETTER})" if form[0].isalpha() else ""
    after = rf"(?!{_LETTER})" if form[-1].isalpha() else ""
    return f"{before}{words}{after}"
