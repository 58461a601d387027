"""What stands around a scenario file and comes into it when it is read: the house's own words, shared dialogues, the past."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from taketwo.scenario.sequel import Past

HOUSE = "house.toml"
"""the file of a house, beside scenes or among the settings"""


def shipped() -> Path:
    """The folder of scenarios that came with the program: in the wheel, or at the top of a checkout."""
    here = Path(__file__).resolve().parents[1]
    packed = here / "dialogues"
    return packed if packed.is_dir() else here.parents[1] / "dialogues"


@dataclass(frozen=True, slots=True)
class Around:
    """What one scenario file is read with."""

    house: Mapping[str, str] = field(default_factory=dict)
    """texts for `{house.NAME}`, in place of what the scene says"""
    folder: Path | None = None
    """the folder of the scene; its `common/` is looked into before the shipped one"""
    past: "Past | None" = None
    """the take that a sequel follows"""

    def dialogue_file(self, name: str) -> Path | None:
        """The file of the sub-dialogue `name`, None where there is none."""
        for folder in (self.folder, shipped()):
            if folder and (path := folder / COMMON / f"{name}.toml").is_file():
                return path
        return None

    def dialogues(self) -> list[str]:
        """The names of the sub-dialogues that there are."""
        folders = [folder / COMMON for folder in (self.folder, shipped()) if folder]
        return sorted({path.stem for folder in folders for path in folder.glob("*.toml")})


COMMON = "common"
"""the folder of sub-dialogues, in a folder of scenarios"""
NOTHING = Around()
