"""Where takes live."""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from platformdirs import user_data_path

MARKER = ".taketwo"
VARIABLE = "TAKETWO_SAVES"


class SavesFolder(NamedTuple):
    """The folder of takes, which may not be there yet, and a sentence that says which and why."""

    path: Path
    why: str


def saves_folder(
    asked: Path | None = None, here: Path | None = None, env: Mapping[str, str] = os.environ
) -> SavesFolder:
    """The folder that was asked for (`--saves`, else TAKETWO_SAVES), else `saves` of the folder `here` where it
    carries our marker file, else one among the user's data. Nothing is made."""
    if asked is not None:
        return SavesFolder(asked.absolute(), f"Takes are kept in {asked}, as --saves asks.")
    if named := env.get(VARIABLE):
        path = Path(named).expanduser().absolute()
        return SavesFolder(path, f"Takes are kept in {path}, as {VARIABLE} asks.")
    local = (here or Path.cwd()) / "saves"
    if (local / MARKER).is_file():
        return SavesFolder(local, f"Takes are kept in {local}, because it carries our marker file {MARKER}.")
    path = user_data_path("taketwo", appauthor=False) / "saves"
    return SavesFolder(path, f"Takes are kept in {path}, the folder for your own data.")
