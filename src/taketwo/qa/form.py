"""A QA form: sections with weights, items that a rater can observe, and critical errors apart.

Every item of a form has the same scale, so that a 2 means as much anywhere and raters can be compared across items.
"""

from collections.abc import Collection
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

NA = -1
"""the value of a rating whose item does not apply"""
HAPPENED, DID_NOT = 1, 0
"""the values of a rating of a critical error"""


@dataclass(frozen=True, slots=True)
class Item:
    """A question about the take, with a sentence for each rating that somebody could have seen or heard."""

    id: str
    question: str
    anchors: tuple[str, ...]
    """the first is rating 0"""
    weight: int = 1
    """among the items of its section"""
    na: str = ""
    """when it does not apply; empty where it always does"""

    @property
    def top(self) -> int:
        """The highest rating."""
        return len(self.anchors) - 1


@dataclass(frozen=True, slots=True)
class Section:
    """Items that belong together. The engine's share beside it is that of `lessons`."""

    id: str
    title: str
    about: str
    weight: int
    """of 100"""
    lessons: tuple[str, ...]
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Critical:
    """A critical error as the form asks for it: it fails the take whatever the score."""

    id: str
    question: str


@dataclass(frozen=True)
class Form:
    """A form. Ratings carry its `label`, so a form that has changed needs another version."""

    id: str
    version: str
    title: str
    about: str
    pass_mark: int
    """of 100"""
    scale: tuple[str, ...]
    """what each rating is called, from 0"""
    sections: tuple[Section, ...]
    critical: tuple[Critical, ...]

    @property
    def label(self) -> str:
        """How ratings name the form: `ID VERSION`."""
        return f"{self.id} {self.version}"

    @cached_property
    def items(self) -> dict[str, Item]:
        """Every item by its id, in the form's order."""
        return {item.id: item for section in self.sections for item in section.items}

    @cached_property
    def sections_of(self) -> dict[str, Section]:
        """The section of each item."""
        return {item.id: section for section in self.sections for item in section.items}

    @cached_property
    def asks(self) -> dict[str, Critical]:
        """The critical errors by id."""
        return {critical.id: critical for critical in self.critical}

    @property
    def ids(self) -> list[str]:
        """All that can be rated, in order: items, then critical errors."""
        return [*self.items, *self.asks]


def weights(form: Form, counted: Collection[str]) -> dict[str, Fraction]:
    """What each of the items `counted` weighs; together 1, or nothing where there are none.

    The weight of an item that is left out goes to the others of its section, that of an empty section to the other
    sections, both in proportion.
    """
    kept = {section.id: [i for i in section.items if i.id in counted] for section in form.sections}
    whole = sum(section.weight for section in form.sections if kept[section.id])
    return {
        item.id: Fraction(section.weight, whole) * Fraction(item.weight, sum(each.weight for each in inside))
        for section in form.sections
        for inside in [kept[section.id]]
        for item in inside
    }
