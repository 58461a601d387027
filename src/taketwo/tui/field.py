"""The one field for typed text: what comes in by keyboard or clipboard is clean before it is shown."""

from textual.widgets import Input

from taketwo.text import clean

TYPED_LIMIT = 2_000
"""characters of one answer"""


class Field(Input):
    """An input that shows nothing a terminal would obey."""

    def validate_value(self, value: str) -> str:
        """Every change of the value comes through here, also a paste."""
        return clean(value, TYPED_LIMIT)
