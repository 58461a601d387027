"""What a condition asks for, as numbers: whether it can hold at all, and whether another holds whenever it does."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from taketwo.scenario.model import Condition, Meter, Test

_NOWHERE = (1, 0)


@dataclass(slots=True)
class Wanted:
    """What one list of tests asks for: flags set and unset, and for each meter a stretch with holes."""

    needs: set[str] = field(default_factory=set)
    bans: set[str] = field(default_factory=set)
    stretches: dict[str, tuple[int, int]] = field(default_factory=dict)
    holes: dict[str, set[int]] = field(default_factory=dict)

    @property
    def possible(self) -> bool:
        """Whether any flags and meters within their bounds are what it asks for."""
        return not self.needs & self.bans and all(self._room(name) for name in self.stretches)

    def _room(self, name: str) -> bool:
        low, high = self.stretches[name]
        holes = sum(low <= hole <= high for hole in self.holes.get(name, ()))
        return high - low + 1 > holes

    def implies(self, other: "Wanted") -> bool:
        """Whether `other` holds whenever this does."""
        return (
            other.needs <= self.needs
            and other.bans <= self.bans
            and all(self._within(other, name) for name in other.stretches)
        )

    def meets(self, other: "Wanted") -> bool:
        """Whether both can hold at once."""
        if self.needs & other.bans or self.bans & other.needs:
            return False
        return all(self._overlaps(other, name) for name in self.stretches.keys() & other.stretches.keys())

    def _overlaps(self, other: "Wanted", name: str) -> bool:
        (low, high), (least, most) = self.stretches[name], other.stretches[name]
        holes = self.holes.get(name, set()) | other.holes.get(name, set())
        return any(value not in holes for value in range(max(low, least), min(high, most) + 1))

    def _within(self, other: "Wanted", name: str) -> bool:
        if name not in self.stretches:
            return False
        (low, high), (least, most) = self.stretches[name], other.stretches[name]
        mine = self.holes.get(name, set())
        return (
            least <= low
            and high <= most
            and not any(low <= hole <= high and hole not in mine for hole in other.holes.get(name, ()))
        )


def wanted(condition: Condition, meters: Mapping[str, Meter]) -> list[Wanted]:
    """What each list of `condition` asks for, leaving out the lists that can never hold."""
    return [want for tests in condition if (want := _wanted(tests, meters)).possible]


def exclude_each_other(one: Condition, other: Condition, meters: Mapping[str, Meter]) -> bool:
    """Whether no flags and meters are what both conditions ask for; never so where a meter is not declared."""
    tests = (test for tests in (*one, *other) for test in tests)
    if any(test.op not in ("set", "unset") and test.name not in meters for test in tests):
        return False
    return not any(a.meets(b) for a in wanted(one, meters) for b in wanted(other, meters))


def names_in(condition: Condition) -> set[str]:
    """The meters and flags that `condition` asks about."""
    return {test.name for tests in condition for test in tests}


def _wanted(tests: Iterable[Test], meters: Mapping[str, Meter]) -> Wanted:
    want = Wanted()
    for test in tests:
        if test.op == "set":
            want.needs.add(test.name)
        elif test.op == "unset":
            want.bans.add(test.name)
        else:
            meter = meters[test.name]
            low, high = want.stretches.get(test.name, (meter.low, meter.high))
            if test.op == "!=":
                want.holes.setdefault(test.name, set()).add(test.value)
            else:
                least, most = _stretch(test, low, high)
                low, high = max(low, least), min(high, most)
            want.stretches[test.name] = (low, high) if low <= high else _NOWHERE
    return want


def _stretch(test: Test, low: int, high: int) -> tuple[int, int]:
    """The least and the greatest value that `test` allows; where it sets no bound, `low` or `high`."""
    return {
        "<": (low, test.value - 1),
        "<=": (low, test.value),
        "==": (test.value, test.value),
        ">=": (test.value, high),
        ">": (test.value + 1, high),
    }[test.op]
