"""The least that a Textual application can be: what the full screen's start is measured against."""

from textual.app import App, ComposeResult
from textual.widgets import Static

TEXT = "Ready to be read"


class Still(App[None]):
    """One Static."""

    def compose(self) -> ComposeResult:
        yield Static(TEXT)


if __name__ == "__main__":
    Still().run()
