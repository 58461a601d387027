"""The measures of a scenario that teaches, each with its figure and its bar; see "Writing a scenario" in the docs.

Craft and chances are shares from 0 to 1 in `figure`, and per cent in `words`.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import fmean

from taketwo.analysis.coverage import Coverage
from taketwo.analysis.figures import Figures
from taketwo.analysis.passing import Passes
from taketwo.analysis.policies import POLICIES, Seen, length
from taketwo.analysis.solve import Solution

LEAST_DECISIONS, MOST_DECISIONS = 6, 12
RANDOM_CRAFT = (0.35, 0.60)
RANDOM_PASS = 0.05
"""Also the bar of a shape policy that meets ties: it guesses there, and whoever guesses passes now and then. A scene
without exclamation marks would otherwise fail for what is nothing but guessing. Without ties the bar is never."""
SHAPE_OVER_RANDOM, POOLED_OVER_RANDOM = 0.30, 0.06
LEAST_NODES, LEAST_ENDINGS, MOST_POSITIONS = 12, 4, 50_000
_NEVER = 1e-12
"""a chance below this is a rounding error"""

SHAPES = tuple(policy for policy in POLICIES if policy.shape)
_NAMES = {policy.id: policy.name for policy in POLICIES}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of one scenario, or of a folder."""

    id: str
    """stable: what a check calls it"""
    name: str
    figure: float | None
    """None where it could not be computed"""
    bar: str
    ok: bool | None
    """None: only a figure; the bar is for the whole collection"""
    words: str
    """one sentence for the author"""


@dataclass(frozen=True, slots=True)
class Tell:
    """One node with one best reply: whether its length gives it away. Shares of a tie count in part."""

    node: str
    replies: int
    longest: float
    shortest: float


def tells(solution: Solution) -> tuple[Tell, ...]:
    """The nodes that offer two replies or more of which one is best; each counts once, with its fullest menu."""
    fullest: dict[str, int] = {}
    graph = solution.graph
    for number, menu in enumerate(graph.menus):
        have = fullest.get(menu.node)
        if have is None or len(menu.points) > len(graph.menus[have].points):
            fullest[menu.node] = number
    found = []
    for node, number in fullest.items():
        menu = graph.menus[number]
        if len(menu.points) > 1 and menu.points.count(menu.high) == 1:
            best = menu.points.index(menu.high)
            sizes = [length(Seen(move.reply.say, 0)) for move in menu.replies]
            found.append(
                Tell(node, len(sizes), _share(best, sizes, max(sizes)), _share(best, sizes, min(sizes)))
            )
    return tuple(found)


def _share(best: int, sizes: Sequence[float], extreme: float) -> float:
    return 1 / sizes.count(extreme) if sizes[best] == extreme else 0.0


def percent(share: float | None) -> str:
    """A share as people read it: `47 %`, with a decimal below 10 %."""
    if share is None:
        return "—"
    value = 100 * share
    if 0 < value < 0.05:
        return "<0.1 %"
    return f"{value:.0f} %" if value >= 9.95 or value == 0 else f"{value:.1f} %"


def counted(number: int, thing: str) -> str:
    """`1 node`, `12,000 nodes`."""
    return f"{number:,} {thing}{'s' * (number != 1)}"


def measures(
    solution: Solution, reach: Coverage, played: Sequence[Figures], lines: Passes | None, sensible: set[str]
) -> tuple[Measure, ...]:
    """Every measure of one scenario. Without policy figures (a cycle, the limit) those that need them are not ok."""
    found = [*_size(solution), *_covered(solution, reach, sensible)]
    found += from_start(solution, solution.graph.roots[0], played, lines)
    if not played:
        why = f"There are no figures: {solution.refused}."
        found.append(Measure("policies", "policies", None, "figures", False, why))
    return (*found, *(_lengths(tells(solution), None)))


def from_start(
    solution: Solution, root: int, played: Sequence[Figures], lines: Passes | None
) -> Iterator[Measure]:
    """The measures that speak of plays from one start: of a sequel, after one past."""
    yield from _best_play(solution, root, lines)
    if played:
        by = {figures.policy: figures for figures in played}
        yield from (*_guessing(by["random"]), *_shapes(by), *_second_best(by["second"]))


def _size(solution: Solution) -> Iterator[Measure]:
    graph, scenario = solution.graph, solution.graph.scenario
    count, nodes = len(graph.positions), len(scenario.nodes)
    more = "" if graph.complete else "more than "
    small = graph.complete and count <= MOST_POSITIONS
    yield Measure(
        "nodes",
        "nodes",
        nodes,
        f"at least {LEAST_NODES}",
        nodes >= LEAST_NODES,
        f"It has {counted(nodes, 'node')}.",
    )
    yield Measure(
        "positions",
        "positions",
        count,
        f"at most {MOST_POSITIONS:,}",
        small,
        f"It has {more}{counted(count, 'position')}.",
    )
    names = " → ".join(position.node for position in solution.cycle)
    words = (
        f"It goes in a circle: {names} → {solution.cycle[0].node}."
        if solution.cycle
        else "No play goes in a circle."
    )
    yield Measure("cycle", "no cycle", len(solution.cycle), "none", not solution.cycle, words)
    csats = {ending.csat for ending in scenario.endings.values()}
    enough = len(scenario.endings) >= LEAST_ENDINGS and {1, 5} <= csats
    shown = ", ".join(map(str, sorted(csats)))
    yield Measure(
        "endings", "endings", len(scenario.endings), f"{LEAST_ENDINGS} or more, CSAT from 1 to 5", enough,
        f"It has {len(scenario.endings)} endings, of CSAT {shown}.",
    )  # fmt: skip


def _covered(solution: Solution, reach: Coverage, sensible: set[str]) -> Iterator[Measure]:
    sure = solution.graph.complete
    for part in reach.all():
        missed = part.names()
        words = (
            f"All {part.total} {part.kind} are reached." if not missed else f"Never reached: {_few(missed)}."
        )
        if missed and not sure:
            words = f"Not reached within the limit: {_few(missed)}."
        yield Measure(f"reach-{part.kind}", f"{part.kind} reached", part.reached, "all", not missed, words)
    endings = list(solution.graph.scenario.endings)
    missed = [name for name in endings if name not in sensible]
    words = (
        "A sensible play reaches each ending." if not missed else f"No sensible play reaches {_few(missed)}."
    )
    yield Measure(
        "sensible", "endings of sensible plays", len(endings) - len(missed), str(len(endings)), not missed,
        words + " Sensible: never below the median points.",
    )  # fmt: skip


def _best_play(solution: Solution, number: int, lines: Passes | None) -> Iterator[Measure]:
    root = solution.graph.positions[number]
    best = solution.at(root).best
    if best is None:
        yield Measure(
            "best-play", "best play", None, "CSAT 5, craft 100 %", False, "No play comes to an ending."
        )
    else:
        _, end = solution.line(root)
        flaw = "" if best.clean else ", with a critical error"
        words = f"The best play ends in {end.node} with CSAT {best.csat}{flaw}, and gives away {counted(best.lost, 'craft point')}."
        right = best.clean and best.csat == 5 and best.lost == 0
        yield Measure("best-play", "best play", best.csat, "CSAT 5, craft 100 %", right, words)
        apt = LEAST_DECISIONS <= best.decisions <= MOST_DECISIONS
        yield Measure(
            "good-length", "decisions of best play", best.decisions, f"{LEAST_DECISIONS} to {MOST_DECISIONS}", apt,
            f"The best play is {counted(best.decisions, 'decision')} long.",
        )  # fmt: skip
    if lines is not None:
        words = f"Plays that pass are {lines.shortest} to {lines.longest} decisions long."
        yield Measure(
            "shortest-pass", "decisions of the shortest pass", lines.shortest or None, f"at least {LEAST_DECISIONS}",
            lines.shortest >= LEAST_DECISIONS, words if lines.shortest else "No play passes.",
        )  # fmt: skip


def _guessing(random: Figures) -> Iterator[Measure]:
    low, high = RANDOM_CRAFT
    craft = random.craft
    yield Measure(
        "random-craft", "craft at random", craft, f"{low:.0%} to {high:.0%}".replace("%", " %"),
        craft is not None and low <= craft <= high, f"Guessing earns {percent(craft)} of the craft.",
    )  # fmt: skip
    yield Measure(
        "random-pass", "passes at random", random.passes, f"at most {percent(RANDOM_PASS)}",
        random.passes <= RANDOM_PASS, f"Guessing passes in {percent(random.passes)} of the plays.",
    )  # fmt: skip


def _shapes(by: dict[str, Figures]) -> Iterator[Measure]:
    guess = by["random"].craft or 0.0
    for policy in SHAPES:
        mine = by[policy.id]
        bar = f"at most {percent(RANDOM_PASS)}, for it has to guess" if mine.ties else "never"
        guessing = ", and guessing where that is a tie," if mine.ties else ""
        ok = mine.passes <= (RANDOM_PASS if mine.ties else _NEVER)
        yield Measure(
            f"{policy.id}-pass", f"passes by {policy.name}", mine.passes, bar, ok,
            f"Always choosing {policy.name}{guessing} passes in {percent(mine.passes)} of the plays.",
        )  # fmt: skip
        yield Measure(
            f"{policy.id}-craft", f"craft by {policy.name}", mine.craft, f"at most {percent(guess + SHAPE_OVER_RANDOM)}",
            (mine.craft or 0.0) <= guess + SHAPE_OVER_RANDOM + _NEVER,
            f"Always choosing {policy.name} earns {percent(mine.craft)} of the craft, guessing {percent(guess)}.",
        )  # fmt: skip


def _second_best(second: Figures) -> Iterator[Measure]:
    yield Measure(
        "second-pass", "passes by the second best", second.passes, "never", second.passes <= _NEVER,
        f"The second-best reply everywhere passes in {percent(second.passes)} of the plays, with craft {percent(second.craft)}.",
    )  # fmt: skip


def _lengths(found: Sequence[Tell], band: float | None) -> Iterator[Measure]:
    """How often the best reply is the longest, and the shortest. `band`: standard errors allowed; None only tells."""
    if not found:
        return
    expected = sum(1 / tell.replies for tell in found)
    error = sqrt(sum((1 - 1 / tell.replies) / tell.replies for tell in found))
    width = 1.96 * error
    bar = f"{max(0.0, expected - width):.1f} to {expected + width:.1f} of {len(found)}"
    for which, share in (("longest", [t.longest for t in found]), ("shortest", [t.shortest for t in found])):
        hits = sum(share)
        ok = None if band is None else abs(hits - expected) <= band * error
        words = (
            f"The {which} reply is the best at {hits:g} of {len(found)} decisions; by chance {expected:.1f}."
        )
        yield Measure(f"{which}-best", f"the {which} is the best", hits, bar, ok, words)


def pooled(scenes: Iterable[tuple[Sequence[Figures], Sequence[Tell]]]) -> tuple[Measure, ...]:
    """The measures of a collection: craft by shape (the mean over scenes), and how often length gives the best away."""
    every = list(scenes)
    played = [{figures.policy: figures.craft or 0.0 for figures in scene} for scene, _ in every if scene]
    found = []
    if played:
        guess = fmean(by["random"] for by in played)
        for policy in SHAPES:
            craft = fmean(by[policy.id] for by in played)
            words = f"Over {len(played)} scenarios {policy.name} earns {percent(craft)} of the craft, guessing {percent(guess)}."
            ok = craft <= guess + POOLED_OVER_RANDOM + _NEVER
            bar = f"at most {percent(guess + POOLED_OVER_RANDOM)}"
            found.append(
                Measure(f"pooled-{policy.id}-craft", f"craft by {policy.name}", craft, bar, ok, words)
            )
    return (*found, *_lengths([tell for _, scene in every for tell in scene], 1.96))


def policy_name(id: str) -> str:
    """A policy's name for people."""
    return _NAMES.get(id, id)


def _few(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
