"""The line of keys at the bottom: what works now.

Textual's footer mounts a widget for each key, and again whenever screen, focus or bindings change: half of what
opening a screen cost, and kilobytes over SSH. This one is a line of text, redrawn only when it says something new.
Where not all keys fit, the last ones give way, but for the way out and the help, which tells of all of them.
"""

from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

DIM = Style(dim=True)
KEPT = ("q", "escape", "question_mark", "f1")
"""keys that never give way: the way out, and the help"""


class Key(NamedTuple):
    """One entry of the line."""

    key: str
    shown: str
    says: str
    enabled: bool

    @property
    def width(self) -> int:
        """Cells that it takes up, with the spaces around it."""
        return cell_len(f" {self.shown} {self.says} ")


class Footer(Widget, can_focus=False):
    """The bindings of the screen that are meant to be seen; a click on one presses its key."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Footer { dock: bottom; height: 1; background: $footer-background; color: $footer-description-foreground; }
    Footer > .footer--key { color: $footer-key-foreground; background: $footer-key-background; text-style: bold; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"footer--key"}

    def __init__(self) -> None:
        super().__init__()
        self.keys: list[Key] = []
        self._stale = False

    def on_mount(self) -> None:
        self.screen.bindings_updated_signal.subscribe(self, self._changed)

    def _changed(self, screen: Screen[object]) -> None:
        if self.is_attached and screen is self.screen and screen.app.app_focus and not self._stale:
            self._stale = True
            self.call_after_refresh(self._read)

    def _read(self) -> None:
        self._stale = False
        if not self.is_attached:
            return
        keys: dict[str, Key] = {}
        unsaid: frozenset[str] = getattr(self.screen, "UNSAID", frozenset())
        for _, binding, enabled, _ in self.screen.active_bindings.values():
            if binding.show and binding.action not in keys and binding.action not in unsaid:
                shown = self.app.get_key_display(binding)
                keys[binding.action] = Key(binding.key, shown, binding.description, enabled)
        if (found := list(keys.values())) != self.keys:
            self.keys = found
            self.refresh()

    @property
    def fitting(self) -> list[Key]:
        """The keys that there is room for."""
        shown, width = list(self.keys), sum(key.width for key in self.keys)
        for key in reversed(self.keys):
            if width <= self.size.width:
                break
            if key.key not in KEPT:
                shown.remove(key)
                width -= key.width
        return shown

    def render_line(self, y: int) -> Strip:
        style, bold = self.rich_style, self.get_component_rich_style("footer--key")
        segments = []
        for key in self.fitting:
            for text, tone in ((f" {key.shown} ", bold), (f"{key.says} ", style)):
                segments.append(Segment(text, tone if key.enabled else tone + DIM))
        return Strip(segments).adjust_cell_length(self.size.width, style)

    def on_mouse_down(self, event: events.MouseDown) -> None:
        left = 0
        for key in self.fitting:
            left += key.width
            if event.x < left:
                self.app.simulate_key(key.key) if key.enabled else self.app.bell()
                return
