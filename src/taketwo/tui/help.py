"""What the help page says: the keys of the moment, and how practice works."""

from collections.abc import Iterable

from textual.binding import ActiveBinding

from taketwo.tui.sheet import Block

ABOUT = (
    "You answer a customer, turn by turn. Arrow keys or 1 to 9 move to a reply; Enter says it.",
    "Coached: after each reply you see what it did; there are hints, and you can take a reply back. The first try stays in the record.",
    "Assessed: meters and hints are hidden, and all feedback comes in the debrief.",
    "A take passes with a craft of 80 %, an acceptable ending and no critical error. Craft compares each reply with what was on offer.",
    "Every take is kept as you play. Leaving never loses it: it waits on the first screen. Ctrl+O there shows all takes.",
    "Ctrl+P opens the palette: themes, and where takes and settings are kept.",
    "Without a screen: taketwo play SCENARIO --plain.",
)


def help_blocks(bindings: Iterable[ActiveBinding]) -> list[Block]:
    """The page for a screen with these bindings."""
    blocks = [Block("Keys here", "head")]
    seen: set[str] = set()
    for active in bindings:
        binding = active.binding
        if not active.enabled or not binding.description or binding.description in seen or binding.system:
            continue
        seen.add(binding.description)
        keys = binding.key_display or binding.key.replace("question_mark", "?").replace("full_stop", ".")
        blocks.append(Block(active.tooltip or binding.tooltip or binding.description, lead=f"  {keys:<12} "))
    blocks.append(Block(""))
    blocks.append(Block("How it works", "head"))
    blocks += [Block(text, lead="  ") for text in ABOUT]
    return blocks
