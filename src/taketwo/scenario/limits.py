"""How big a file may be. Sizes are checked before parsing, then nesting, then counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one scenario file; `--allow-large` lifts those on bytes, nodes and values."""

    bytes: int = 1 << 20
    """size of the file"""
    key_parts: int = 32
    """parts of one dotted key; a parser needs time that grows with their square"""
    nesting: int = 12
    """tables and arrays within one another"""
    values: int = 60_000
    """values of all kinds in the file; a written scenario has one in 40 bytes"""
    nodes: int = 2_000
    """entries of one table or list, so nodes of a scenario as well"""
    text: int = 2_000
    """characters of one text"""
    meters: int = 16
    flags: int = 128
    interrupts: int = 64
    findings: int = 200
    """findings listed for one file; the rest are counted"""


LIMITS = Limits()
LARGE = Limits(bytes=64 << 20, nodes=200_000, values=20_000_000)
