"""A report as text for 80 columns: what an author wants to know first stands first."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from taketwo.analysis.figures import Figures
from taketwo.analysis.measures import Measure, counted, percent, policy_name
from taketwo.analysis.report import Play, Report
from taketwo.text import clean_line

WIDTH = 80


def show(report: Report) -> Iterator[str]:
    """The lines of a report on one scenario."""
    yield f"{clean_line(report.title)} ({report.id})"
    yield ""
    bound = "" if report.complete else "more than "
    depth = f"; the longest play has {counted(report.depth, 'decision')}" if report.depth is not None else ""
    yield f"{bound}{counted(report.positions, 'position')}{depth}; {_seconds(report)}"
    if report.curve is not None:
        yield f"a decent learner comes to a good ending in {percent(report.curve)} of the plays"
    if report.refused:
        yield from _wrapped(f"No figures for policies: {report.refused}.")
    sure = "" if report.complete else " found (a bound)"
    for name, play in (
        (f"Best play{sure}", report.best),
        (f"Worst play{sure}", report.worst),
        ("Shortest play that passes", report.shortest_pass),
    ):
        if play is not None and not (name.startswith("Shortest") and play == report.best):
            yield ""
            yield from _play(name, play)
    for name, plays in (
        ("Nothing is on offer after", report.stuck),
        ("No way to an ending after", report.hopeless),
    ):
        for play in plays:
            yield ""
            yield from _play(name, play)
    if report.policies:
        yield ""
        yield from _policies(report.policies)
    if report.pasts:
        yield ""
        yield from _pasts(report)
    yield ""
    yield "Reached"
    for reach in report.coverage.all():
        missed = f"; never: {', '.join(reach.names())}" if reach.missed else ""
        yield from _wrapped(f"{reach.reached} of {reach.total} {reach.kind}{missed}", "  ", "    ")
    yield ""
    yield from show_measures("Measures", report.measures)


def show_measures(title: str, measures: Sequence[Measure]) -> Iterator[str]:
    """A list of measures with the word `ok`, `NOT OK` or nothing before each."""
    failed = sum(measure.ok is False for measure in measures)
    yield f"{title}: {f'{failed} not ok' if failed else 'all ok'}"
    for measure in measures:
        mark = {True: "ok", False: "NOT OK", None: "(info)"}[measure.ok]
        yield from _wrapped(f"{mark:<8}{measure.words} Bar: {measure.bar}.", "  ", " " * 10)


def _play(name: str, play: Play) -> Iterator[str]:
    end = f"CSAT {play.csat}{', resolved' if play.resolved else ''}" if play.csat else "no ending"
    yield f"{name}: {counted(len(play.moves), 'decision')}, to {play.end} ({end}), craft lost {play.lost}"
    for move in play.moves:
        words = f": {clean_line(move.text)}" if move.text else " (silence)"
        notes = [f"-{move.lost}"] * bool(move.lost) + [move.critical] * bool(move.critical)
        note = f" [{', '.join(notes)}]" if notes else ""
        yield from _wrapped(f"{move.node}/{move.reply}{note}{words}", "  ", "      ")


def _policies(played: Sequence[Figures]) -> Iterator[str]:
    wide = max(len(policy_name(figures.policy)) for figures in played)
    yield f"{'Choosing':<{wide}}   craft    pass  decisions"
    for figures in played:
        name = f"{policy_name(figures.policy):<{wide}}"
        yield f"{name}  {percent(figures.craft):>6}  {percent(figures.passes):>6}  {figures.decisions:>9.1f}"
    yield ""
    yield "Where that leads"
    for figures in played:
        ends = [f"{end} {percent(chance)}" for end, chance in figures.endings.items()]
        errors = [f"{error} {percent(chance)}" for error, chance in figures.critical.items()]
        words = ", ".join(ends) + (f"; critical errors: {', '.join(errors)}" if errors else "")
        yield from _wrapped(f"{policy_name(figures.policy)}: {words}", "  ", "      ")


def _pasts(report: Report) -> Iterator[str]:
    """A sequel: what is the same and what is not after each other past."""
    yield "After an earlier take, by the flags that it sets (above: as it is played alone)"
    for past in report.pasts:
        by = {figures.policy: figures for figures in past.policies}
        best = (
            f"best play to {past.best.end} (CSAT {past.best.csat}) in {len(past.best.moves)}"
            if past.best
            else ""
        )
        failed = sum(measure.ok is False for measure in past.measures)
        words = [
            best,
            *(
                f"{policy_name(id)} {percent(by[id].craft)}, passes {percent(by[id].passes)}"
                for id in _TOLD
                if by
            ),
            f"{failed} measures not ok" if failed else "measures all ok",
        ]
        yield from _wrapped(
            f"{', '.join(past.flags) or 'no flag'}: {'; '.join(filter(None, words))}", "  ", "      "
        )


_TOLD = ("random", "decent")


def _seconds(report: Report) -> str:
    seconds = report.seconds
    time = f"{1000 * seconds:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"
    return f"kept from before ({time})" if report.cached else f"solved in {time}"


def _wrapped(text: str, indent: str = "", hang: str = "") -> list[str]:
    """`text` in lines of at most `WIDTH`; a figure stays with its per cent sign."""
    bound = text.replace(" %", "\u00a0%")
    lines = wrap(bound, WIDTH, initial_indent=indent, subsequent_indent=hang, break_on_hyphens=False)
    return [line.replace("\u00a0%", " %") for line in lines] or [""]
