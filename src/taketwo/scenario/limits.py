"""How big a file may be. Sizes are checked before parsing, then nesting, then counts."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on one scenario file; `--allow-large` lifts those on bytes and nodes."""

    bytes: int = 1 << 20
    """size of the file"""
    nesting: int = 12
    """tables and arrays within one another"""
    nodes: int = 2_000
    """nodes of a scenario"""
    text: int = 2_000
    """characters of one text"""
    meters: int = 16
    flags: int = 128
    interrupts: int = 64
    findings: int = 200
    """findings listed for one file; the rest are counted"""


LIMITS = Limits()
LARGE = Limits(bytes=64 << 20, nodes=200_000)
