"""A programme: rounds, each a sandwich of something that goes well, common troubles, and something to be proud of."""

from dataclasses import dataclass
from typing import Literal

Part = Literal["opener", "middle", "wow"]


@dataclass(frozen=True, slots=True)
class Opens:
    """What opens a round. A round without it is open from the start."""

    passes: int = 0
    """scenes of the round before that are passed"""
    skills: tuple[tuple[str, float], ...] = ()
    """skills, each with the share that must have been reached in two different scenes"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A few scenes that belong together. `opener` and `wow` are empty only where the file lacks them."""

    id: str
    title: str
    about: str
    opener: str
    middles: tuple[str, ...]
    wow: str
    opens: Opens = Opens()

    @property
    def scenes(self) -> tuple[str, ...]:
        """The ids of its scenes in the order of playing."""
        return tuple(scene for scene in (self.opener, *self.middles, self.wow) if scene)

    def part(self, scene: str) -> Part:
        """The place of `scene` in the round."""
        return "opener" if scene == self.opener else "wow" if scene == self.wow else "middle"


@dataclass(frozen=True, slots=True)
class Programme:
    """Rounds in the order of playing."""

    title: str
    rounds: tuple[Round, ...]
