"""Conditions as authors write them: `METER <= INT`, `FLAG`, `not FLAG`; a list means all, a list of lists any."""

import re
from typing import cast

from taketwo.scenario.model import ALWAYS, Comparison, Condition, Test

_FLAG_NAME = r"[a-z][a-z0-9-]{0,63}(?:/[a-z][a-z0-9-]{0,63})?"
_METER = re.compile(r"([a-z][a-z0-9-]{0,63})\s*(<=|>=|==|!=|<|>)\s*(-?\d{1,6})")
_FLAG = re.compile(rf"(not\s+)?({_FLAG_NAME})")


def parse_test(text: str) -> Test | None:
    """The test that `text` writes, or None where it writes none."""
    text = text.strip()
    if match := _METER.fullmatch(text):
        return Test(match[1], cast(Comparison, match[2]), int(match[3]))
    if match := _FLAG.fullmatch(text):
        return Test(match[2], "unset" if match[1] else "set")
    return None


def write_test(test: Test) -> str:
    """The text that `parse_test` reads as `test`."""
    if test.op in ("set", "unset"):
        return test.name if test.op == "set" else f"not {test.name}"
    return f"{test.name} {test.op} {test.value}"


def write_condition(condition: Condition) -> list[str] | list[list[str]]:
    """`condition` as a file holds it; `ALWAYS` is the empty list."""
    if condition == ALWAYS:
        return []
    lists = [[write_test(test) for test in tests] for tests in condition]
    return lists[0] if len(lists) == 1 else lists
