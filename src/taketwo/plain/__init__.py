"""Line by line: the whole program without a screen, for screen readers, pipes, scripts and tests.

No cursor movement, no colour, every change in words. Everything the full screen can do is done by a line of text.
Off a terminal there is no clock and no wrapping.
"""

from taketwo.plain.console import Console, Left
from taketwo.plain.debrief import after, show_debrief
from taketwo.plain.lessons import coverage_line, coverage_table, show_lessons
from taketwo.plain.play import brief, play
from taketwo.plain.reading import hollywood, replay, transcript

__all__ = [
    "Console",
    "Left",
    "after",
    "brief",
    "coverage_line",
    "coverage_table",
    "hollywood",
    "play",
    "replay",
    "show_debrief",
    "show_lessons",
    "transcript",
]
