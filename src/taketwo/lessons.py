"""The film lessons: what each film shows about service, and what a reply that models or breaks it does.

The rows stand in `dialogues/lessons.toml`; a scenario carries the rows it scores, so that a take kept for
years still knows what its lessons said on the day.
"""

from dataclasses import dataclass
from typing import Literal

Stance = Literal["model", "warning"]
SKILLS = (
    "listening",
    "honesty",
    "empathy",
    "composure",
    "ownership",
    "boundaries",
    "teamwork",
    "energy",
    "expectations",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lesson:
    """One lesson; `film` is empty and `year` 0 where it comes from no single film."""

    id: str
    title: str
    skill: str
    stance: Stance
    source: str
    character: str
    happens: str
    lesson: str
    models: str
    breaks: str
    film: str = ""
    year: int = 0
