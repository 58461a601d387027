"""Line by line: the whole program without a screen, for screen readers, pipes, scripts and tests.

No cursor movement, no colour, every change in words. Everything the full screen can do is done by a line of text.
Off a terminal there is no clock and no wrapping.
"""

from taketwo.plain.comparing import show_comparison
from taketwo.plain.console import Console, Left
from taketwo.plain.debrief import after, show_debrief
from taketwo.plain.lessons import lessons_said
from taketwo.plain.play import brief, play
from taketwo.plain.reading import hollywood, transcript
from taketwo.plain.replay import replay

__all__ = [
    "Console",
    "Left",
    "after",
    "brief",
    "hollywood",
    "lessons_said",
    "play",
    "replay",
    "show_comparison",
    "show_debrief",
    "transcript",
]
