"""Your house: `house.toml`, the words of a team's own rules in place of those that the scenes bring with them.

It stands beside the scenes, or in the user's configuration folder; what stands there wins. A house never stops a
scene: what cannot be read is told by `check`, and the scene's own words are said.
"""

from collections.abc import Iterable
from pathlib import Path

from taketwo.scenario.around import HOUSE
from taketwo.scenario.files import Unreadable, read_file
from taketwo.scenario.findings import Problem, ScenarioError, did_you_mean, finds
from taketwo.scenario.limits import LIMITS
from taketwo.scenario.shape import Shaped, bad_value, shaped
from taketwo.scenario.source import Draft, tables, unreadable

FILE = HOUSE


def read_house(path: Path) -> dict[str, str]:
    """Texts by name (`house.shop`) in the file `path`. Raises ScenarioError with everything that is wrong with it."""
    draft, found = house_draft(path)
    if draft.problems:
        raise ScenarioError(draft.findings())
    return found


def house_draft(path: Path) -> tuple[Draft, dict[str, str]]:
    """What can be understood of a house's file, and what is wrong with it; never raises."""
    from taketwo.scenario.format import HOUSE

    draft = Draft(str(path), "")
    try:
        raw = tables(read_file(path, LIMITS.bytes), draft)
    except Unreadable as error:
        draft.problems, raw = [unreadable(str(error), error.mend)], None
    result = Shaped() if raw is None else shaped(HOUSE, raw, {})
    draft.problems += result.problems
    if result.table is None:
        return draft, {}
    rows = {key: str(value) for key, value in result.table["house"].items()}
    draft.problems += [
        bad_value(("house", key), "A brace in it would be taken for a name.", "Take the braces out.")
        for key, value in rows.items()
        if "{" in value or "}" in value
    ]
    return draft, {f"house.{key}": value for key, value in rows.items()}


@finds("TT036")
def unused_name(key: str, known: Iterable[str]) -> Problem:
    """A word of your house that no scene has a place for; most often it is misspelt.

    Bad:
        # house.toml
        format = 1
        [house]
        schop = "Brightwater"
    Good:
        # house.toml
        format = 1
        [house]
        shop = "Brightwater"
    """
    message = f"No scene says {{house.{key}}}."
    return Problem("TT036", ("house", key), message, did_you_mean(key, known), "warning")
