"""What is remembered about a learner between takes: a small file that a person can read and mend.

A bad file never stops the program: what cannot be used falls back to its default, and a message says so.
"""

import os
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Any, Literal, get_args

import tomli
import tomli_w
from platformdirs import user_config_path

from taketwo import disk
from taketwo.text import clean_line

VARIABLE = "TAKETWO_CONFIG"
SIZE_LIMIT = 64 << 10

Time = Literal["off", "1", "1.5", "2"]
Mode = Literal["coached", "assessed"]


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings with their defaults."""

    learner: str = ""
    """empty until the learner has been asked"""
    films: tuple[str, ...] = ()
    """favourite films, whose lessons are told first"""
    theme: str = ""
    """name of a colour theme; empty is the program's own"""
    time: Time = "off"
    """factor on time limits"""
    mode: Mode = "coached"
    own_words: bool = False
    """ask for an answer in one's own words before the replies are shown"""


def settings_file(env: Mapping[str, str] = os.environ) -> Path:
    """Where the settings are: in the folder TAKETWO_CONFIG, else in the user's configuration folder."""
    named = env.get(VARIABLE)
    folder = Path(named).expanduser() if named else user_config_path("taketwo", appauthor=False)
    return folder / "settings.toml"


def load(path: Path | None = None) -> tuple[Settings, str]:
    """The settings, and what is wrong with their file: empty where all is well or there is none. Never raises."""
    path = path or settings_file()
    try:
        data = disk.read_file(path, SIZE_LIMIT)
        if len(data) > SIZE_LIMIT:
            return Settings(), f"{path}: the settings are too large and are not used."
        table = tomli.loads(data.decode("utf-8-sig"))
    except FileNotFoundError:
        return Settings(), ""
    except OSError as error:
        return Settings(), f"{path}: the settings cannot be read. {disk.reason(error).what}."
    except (ValueError, RecursionError) as error:
        return (
            Settings(),
            f"{path}: the settings are not TOML and are not used: {clean_line(str(error), 200)}.",
        )
    good: dict[str, Any] = {}
    wrong = []
    for key in (field.name for field in fields(Settings)):
        value = _usable(key, table[key]) if key in table else None
        if value is not None:
            good[key] = value
        elif key in table:
            wrong.append(f"{key} ({_WANTED[key]})")
    message = f"{path}: not used, as something else is wanted: {', '.join(wrong)}." if wrong else ""
    return Settings(**good), message


def save(settings: Settings, path: Path | None = None) -> str:
    """Write the settings down, in place of what was there; empty, or a sentence that says why it failed."""
    path = path or settings_file()
    text = "# Settings of Take Two. Comments are lost when the program changes a setting.\n"
    text += tomli_w.dumps(
        {key: list(v) if isinstance(v, tuple) else v for key, v in asdict(settings).items()}
    )
    try:
        disk.replace(path, text.encode("utf-8", "replace"))
    except OSError as error:
        return f"{path}: the settings cannot be kept. {disk.reason(error).what}."
    return ""


_CHOICES = {"time": get_args(Time), "mode": get_args(Mode)}
_WANTED = {
    "learner": "a text",
    "films": "a list of texts",
    "theme": "a text",
    "time": "one of " + ", ".join(f'"{time}"' for time in _CHOICES["time"]),
    "mode": "one of " + ", ".join(f'"{mode}"' for mode in _CHOICES["mode"]),
    "own_words": "true or false",
}


def _usable(key: str, value: object) -> object:
    """`value` as the setting `key` keeps it, or None."""
    if key == "own_words":
        return value if isinstance(value, bool) else None
    if key == "films":
        texts = isinstance(value, list) and all(isinstance(film, str) for film in value)
        return (
            tuple(clean_line(film, 200) for film in value[:100])
            if texts and isinstance(value, list)
            else None
        )
    if not isinstance(value, str) or value not in _CHOICES.get(key, (value,)):
        return None
    return clean_line(value, 80)
