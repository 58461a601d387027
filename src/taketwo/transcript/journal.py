"""The journal."""


class NotSaved(Exception):
    """An event could not be written."""
