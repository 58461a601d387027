"""The board of a class as lines: one for each learner, in columns that fit the width."""

from collections.abc import Sequence

from rich.cells import set_cell_size

from taketwo.pairing.classroom import Result, Row
from taketwo.tui.sheet import Block
from taketwo.wording import CRITICAL, KINDS, clock, count, percent

STEP = 5
"""seconds: a line that counted each one would be drawn again each time"""
WIDE, NARROW = 100, 70


def board_blocks(rows: Sequence[Row], width: int) -> list[Block]:
    """Who is at the door, then a line for each learner, `width` cells long at most."""
    door = [row for row in rows if row.there == "door"]
    inside = [row for row in rows if row.there != "door"]
    blocks = []
    if door:
        blocks = [Block("At the door", "title")]
        blocks += [
            Block(
                f"{row.name} asks to {'observe' if row.part else 'come in'}", "hint", key=row.key, lead="  "
            )
            for row in door
        ]
        blocks.append(Block(""))
    if not inside:
        return [*blocks, Block("Nobody is in yet.", "quiet", lead="  ")]
    heads = ("Learner", "#", "Mood", "Chance", "Waits", "", "Scene")
    blocks.append(Block(_columns(heads, width), "head", lead="  "))
    return blocks + [
        Block(_columns(_cells(row, width), width), tone(row), key=row.key, lead="  ") for row in inside
    ]


def _columns(cells: Sequence[str], width: int) -> str:
    name, number, mood, chance, waits, state, scene = cells
    narrow, wide = width < NARROW, width >= WIDE
    sizes = (12, 2, 7, 5, 5) if narrow else (20, 3, 12, 7, 6) if wide else (18, 2, 10, 6, 5)
    parts = [set_cell_size(cell, size) for cell, size in zip((name, number, mood), sizes, strict=False)]
    parts += [cell.rjust(size) for cell, size in zip((chance, waits), sizes[3:], strict=True)]
    rest = width - 2 - sum(sizes) - 2 * len(sizes)
    parts.append(set_cell_size(state, rest - 26 if wide else rest))
    if wide:
        parts.append(set_cell_size(scene, 24))
    return "  ".join(parts)


def _cells(row: Row, width: int) -> tuple[str, ...]:
    over = bool(row.verdict)
    waiting = int(row.waiting) // STEP * STEP
    return (
        f"{'! ' if row.asks else ''}{row.name}",
        str(row.decision) if row.decision else "",
        row.mood,
        "" if row.curve is None or over else percent(row.curve),
        clock(waiting * 1000) if waiting >= 2 * STEP else "",
        standing(row, width),
        row.title,
    )


def standing(row: Row, width: int) -> str:
    """What there is to know of a learner, the most pressing first."""
    if row.asks:
        return "asks for help"
    if row.there == "cut off":
        return "cut off"
    if row.there == "asked":
        return "has to agree"
    if row.part and row.whose:
        does = "observes" if row.part == "observer" else "customer for"
        return f"{does} {row.whose}"
    if row.part:
        return "observer"
    if row.verdict and width < NARROW:
        return row.verdict.partition(",")[0]
    if row.verdict:
        return f"{row.verdict} · CSAT {row.csat}" if row.csat and width >= WIDE else row.verdict
    if not row.status:
        return "ready"
    if row.status == "paused":
        return "paused"
    return {"trainer": "waits for you", "customer": "the customer thinks"}.get(row.waits_for, "")


def tone(row: Row) -> str:
    """The colour of a line; its words say the same."""
    if row.asks or row.waits_for == "trainer":
        return "hint"
    if row.verdict:
        return "good" if row.verdict.startswith("passed") else ""
    return "quiet" if row.there != "in" or not row.status else ""


def heading(rows: Sequence[Row]) -> list[str]:
    """How many are here, in a few words each; what is none is left out."""
    inside = [row for row in rows if row.there != "door"]
    counted = [
        (len(rows) - len(inside), "at the door"),
        (sum(row.asks for row in inside), "asking for help"),
        (sum(row.there == "cut off" for row in inside), "cut off"),
        (sum(bool(row.verdict) for row in inside), "done"),
    ]
    return [f"{len(inside)} in", *(f"{number} {words}" for number, words in counted if number)]


def result_blocks(results: Sequence[Result], width: int) -> list[Block]:
    """What came of each take, and of the class as a whole."""
    if not results:
        return [Block("No take has begun yet.", "quiet")]
    done = [each for each in results if each.outcome]
    crafts = sorted(each.craft for each in done if each.craft is not None)
    passed = sum(each.passed for each in done)
    blocks = [Block(f"{count(len(results), 'take')}, {len(done)} over, {passed} passed.", "head")]
    if crafts:
        middle = crafts[len(crafts) // 2]
        blocks.append(
            Block(
                f"Craft from {percent(crafts[0])} to {percent(crafts[-1])}, half at {percent(middle)} or more.",
                "quiet",
            )
        )
    blocks.append(Block(""))
    for each in results:
        kind = KINDS.get(each.outcome, each.outcome).removesuffix(" by you") if each.outcome else "Goes on"
        words = [
            ("passed" if each.passed else "not passed") if each.outcome else "",
            f"craft {percent(each.craft)}, guessing {percent(each.guess)}" if each.craft is not None else "",
            f"{kind}, CSAT {each.csat}" if each.csat else kind,
            count(each.decisions, "decision"),
            count(each.hints, "hint") if each.hints else "",
            count(each.rewinds, "rewind") if each.rewinds else "",
            *(f"critical: {CRITICAL.get(error, error).removeprefix('you ')}" for error in each.critical),
        ]
        blocks.append(Block(f"{each.name} · {each.title}", "good" if each.passed else "", lead="  "))
        blocks.append(Block(" · ".join(word for word in words if word), "quiet", lead="    ", hang="    "))
    return blocks
