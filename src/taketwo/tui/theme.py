"""Three themes: dark, light, and one of high contrast. With NO_COLOR the terminal's own colours serve."""

import os

from textual.theme import Theme

DARK = Theme(
    name="taketwo-dark",
    primary="#7cc4ff",
    secondary="#b4a7f5",
    accent="#9fe0b8",
    warning="#f0c674",
    error="#ff8f8f",
    success="#9fe0b8",
    foreground="#e6e6e6",
    background="#15181e",
    surface="#1b1f27",
    panel="#232834",
    dark=True,
    variables={
        "block-cursor-background": "#2d4a66",
        "block-cursor-foreground": "#ffffff",
        "text-muted": "#a4adba",
    },
)
LIGHT = Theme(
    name="taketwo-light",
    primary="#0b5cad",
    secondary="#5b3fb0",
    accent="#0b6b3a",
    warning="#8a5a00",
    error="#b00020",
    success="#0b6b3a",
    foreground="#1c1e21",
    background="#fbfaf7",
    surface="#f3f1ec",
    panel="#e8e5de",
    dark=False,
    variables={
        "block-cursor-background": "#cfe3f7",
        "block-cursor-foreground": "#000000",
        "text-muted": "#55595f",
    },
)
CONTRAST = Theme(
    name="taketwo-contrast",
    primary="#ffff00",
    secondary="#00ffff",
    accent="#00ffff",
    warning="#ffff00",
    error="#ff6b6b",
    success="#66ff66",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    dark=True,
    variables={
        "block-cursor-background": "#ffffff",
        "block-cursor-foreground": "#000000",
        "text-muted": "#ffffff",
    },
)
THEMES = (DARK, LIGHT, CONTRAST)


def chosen(name: str) -> str:
    """The theme to start with: the one in the settings, but the terminal's own colours under NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return "ansi-light" if name == LIGHT.name else "ansi-dark"
    return name or DARK.name
