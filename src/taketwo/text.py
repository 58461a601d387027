"""The one door for text that comes from outside: files, keyboard, clipboard, peers.

A terminal obeys bytes. Whatever a scenario, a save or a person hands us passes through here before it
reaches a screen, a log or a comparison; nothing else in the program needs to think about escape sequences.
"""

import re

REPLACEMENT = "\ufffd"
LINE_LIMIT = 2_000
"""How many characters of typed or authored text are kept, unless a caller says otherwise."""

# Unicode Cc (but \n, \t), Cs, Co, Zl, Zp and Cf (but ZWNJ, ZWJ); a test compares this with unicodedata.
_HARMFUL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u00ad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b\u200e\u200f"
    "\u2028-\u202e\u2060-\u2064\u2066-\u206f\ud800-\uf8ff\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f\U000f0000-\U000ffffd\U00100000-\U0010fffd]"
)
_FLAG = re.compile("(\U0001f3f4[\U000e0030-\U000e0039\U000e0061-\U000e007a]{1,6}\U000e007f)")


def clean(text: str, limit: int = LINE_LIMIT) -> str:
    """`text`, safe to show: control, format and private characters become U+FFFD; at most `limit` characters.

    Kept: newline, tab, ZWJ and ZWNJ (scripts and emoji need them), and the tag characters of a flag emoji.
    A longer text is cut and ends in an ellipsis. Cleaning twice changes nothing.
    """
    if len(text) > limit:
        text = text[: limit - 1] + "…"
    if text.isascii() and text.isprintable():
        return text
    if not _HARMFUL.search(text):
        return text
    pieces = _FLAG.split(text)  # odd pieces are whole flags
    pieces[::2] = [_HARMFUL.sub(REPLACEMENT, piece) for piece in pieces[::2]]
    return "".join(pieces)


def clean_line(text: str, limit: int = LINE_LIMIT) -> str:
    """`clean(text)` on one line: for titles, names and anything that is printed in a row."""
    return " ".join(clean(text, limit).split())
