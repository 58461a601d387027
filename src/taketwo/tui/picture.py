"""The debrief as a picture: the full screen's own page, as SVG, without a terminal.

A small application shows the page on a screen that is as long as it needs, and takes a picture of it.
"""

import asyncio
import re
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from textual.app import App, ComposeResult

from taketwo.debrief import Debrief
from taketwo.text import clean_line
from taketwo.tui.debriefing import BETTER_KEY, debrief_blocks
from taketwo.tui.sheet import Sheet
from taketwo.tui.theme import LIGHT

WIDTH = 100
MOST = 1_500
"""lines of a picture; what is longer is cut, as no viewer would show it"""
_FETCHED = re.compile(r"@font-face\s*\{[^}]*\}\s*|<!--.*?-->\s*", re.S)
_FONTS = 'ui-monospace, "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace'
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Page(App[None]):
    """The page, and nothing that answers."""

    CSS = "Sheet { margin: 0 2; scrollbar-size: 0 0; }"
    ENABLE_COMMAND_PALETTE = False

    def __init__(self, about: Debrief) -> None:
        super().__init__()
        self.about = about
        self.register_theme(LIGHT)
        self.theme = LIGHT.name

    def compose(self) -> ComposeResult:
        sheet = Sheet(measure=WIDTH)
        sheet.can_focus = False
        yield sheet

    def on_mount(self) -> None:
        blocks = [block for block in debrief_blocks(self.about, WIDTH - 6) if block.text != BETTER_KEY]
        self.query_one(Sheet).show([replace(block, key="") for block in blocks])


def debrief_svg(about: Debrief) -> str:
    """The debrief as SVG, which fetches nothing: its fonts are those of whoever looks at it."""
    with ThreadPoolExecutor(1) as pool:  # whoever asks may have a loop of their own
        drawn = pool.submit(lambda: asyncio.run(_pictured(about))).result()
    drawn = _NOT_XML.sub("\ufffd", _FETCHED.sub("", drawn))
    return drawn.replace("Fira Code, monospace", _FONTS)


async def _pictured(about: Debrief) -> str:
    app = _Page(about)
    async with app.run_test(size=(WIDTH, 24)) as pilot:
        await pilot.pause()
        lines = app.query_one(Sheet).virtual_size.height
        await pilot.resize_terminal(WIDTH, min(max(lines, 24), MOST))
        await pilot.pause()
        return app.export_screenshot(title=clean_line(about.scenario.title))
