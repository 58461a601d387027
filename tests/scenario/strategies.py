"""Scenarios of every kind that the format allows, and TOML tables of every kind at all."""

from datetime import date, datetime, time

from hypothesis import strategies as st

from taketwo.lessons import SKILLS, Lesson
from taketwo.scenario.model import (
    ALWAYS,
    Branch,
    Briefing,
    Customer,
    Ending,
    Interrupt,
    Line,
    Meter,
    Node,
    Reply,
    Rule,
    Scenario,
    Sequel,
    Test,
)

ids = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
_plain = st.characters(exclude_categories=["C", "Zl", "Zp"], exclude_characters="{}")
prose = st.text(_plain | st.sampled_from("\n\t\"'\\#[]"), min_size=1, max_size=30)
words = st.text(_plain, min_size=1, max_size=20)

values = st.recursive(
    st.none().map(lambda _: "")
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from([date(2026, 11, 22), datetime(2026, 11, 22, 10, 15), time(10, 15)]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)
tables = st.dictionaries(st.text(max_size=6), values, max_size=6)


def _names(least, most):
    return st.lists(ids, min_size=least, max_size=most, unique=True)


@st.composite
def scenarios(draw):
    """A scenario that reads without errors, though it may teach nothing."""
    nodes, endings = draw(_names(1, 3)), draw(_names(1, 3))
    endings = [name for name in endings if name not in nodes] or ["end-" + "x" * 8]
    meters = draw(_names(0, 3))
    flags = [name for name in draw(_names(0, 3)) if name not in meters]
    lessons = draw(_names(1, 3))
    promises = draw(_names(0, 2))
    tests = st.sampled_from([Test("", "set")])
    if meters or flags:
        tests = st.one_of(
            [st.builds(Test, st.sampled_from(flags), st.sampled_from(["set", "unset"]))] * bool(flags)
            + [
                st.builds(
                    Test,
                    st.sampled_from(meters),
                    st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]),
                    st.integers(-9, 9),
                )
            ]
            * bool(meters)
        )
    some = st.lists(tests, min_size=1, max_size=2).map(tuple)
    conditions = st.lists(some, min_size=1, max_size=2).map(tuple) if meters or flags else st.nothing()
    maybe = conditions | st.just(ALWAYS)
    places = st.sampled_from(nodes + endings)

    def listed(entry):
        """Entries with a condition, then a last resort."""
        before = st.lists(st.tuples(entry, conditions), max_size=2) if meters or flags else st.just([])
        return st.tuples(before, entry).map(lambda both: [*both[0], (both[1], ALWAYS)])

    gotos = listed(places).map(lambda rows: tuple(Branch(to, when) for to, when in rows))
    texts = st.lists(prose, min_size=1, max_size=2).map(tuple)
    says = listed(st.tuples(texts, words | st.just(""))).map(
        lambda rows: tuple(Line(text, when, who) for (text, who), when in rows)
    )
    none = st.just(())

    def some_of(names, most=2):
        return st.lists(st.sampled_from(names), max_size=most).map(tuple) if names else none

    def amounts(names, low, high):
        if not names:
            return none
        return st.dictionaries(st.sampled_from(names), st.integers(low, high), max_size=2).map(
            lambda table: tuple(table.items())
        )

    moves = {
        "goto": gotos,
        "why": prose | st.just(""),
        "effects": amounts(meters, -9, 9),
        "sets": some_of(flags),
        "clears": some_of(flags),
        "reveals": prose | st.just(""),
    }
    silences = st.none() | st.builds(Reply, id=st.just("."), **moves)

    def replies(name):
        return st.builds(
            Reply,
            id=st.just(name),
            say=texts,
            points=amounts(lessons, -2, 2),
            when=maybe,
            once=st.booleans(),
            critical=st.sampled_from(["", "abuse", "false-promise"]),
            samples=st.lists(prose, max_size=2).map(tuple),
            promise=st.sampled_from(["", *promises]),
            **moves,
        )

    built = {}
    for name in nodes:
        silence = draw(silences)
        clock = draw(st.none() | st.integers(3, 600)) if silence else None
        own = tuple(draw(replies(reply)) for reply in draw(_names(1, 3)))
        built[name] = Node(name, draw(says), own, silence, clock)
    scenario = Scenario(
        id=draw(ids),
        title=draw(words),
        level=draw(st.integers(1, 4)),
        minutes=draw(st.integers(1, 120)),
        channel=draw(st.sampled_from(["phone", "chat", "team"])),
        centre=(lessons[0],),
        start=draw(st.sampled_from(nodes)),
        briefing=Briefing(draw(prose), draw(prose), tuple(draw(st.lists(prose, max_size=2)))),
        customer=Customer(draw(words), draw(prose | st.just("")), draw(prose | st.just(""))),
        meters={name: draw(_meters(name)) for name in meters},
        flags={name: draw(prose) for name in flags},
        nodes=built,
        interrupts={name: Interrupt(name, draw(conditions), draw(gotos)) for name in draw(_names(0, 2))}
        if meters or flags
        else {},
        endings={
            name: Ending(
                name,
                draw(st.sampled_from(["resolved", "escalated", "callback", "lost"])),
                draw(st.integers(1, 5)),
                draw(st.booleans()),
                draw(st.booleans()),
                draw(prose),
            )
            for name in endings
        },
        about=draw(prose | st.just("")),
        given=draw(some_of(flags)),
        sequel=draw(st.none() | _sequels(flags)),
    )
    made = {reply.promise for node in built.values() for reply in node.replies if reply.promise}
    object.__setattr__(scenario, "promises", {name: draw(prose) for name in made})
    scored = scenario.scored()
    object.__setattr__(scenario, "lessons", {name: draw(_lessons(name)) for name in scored})
    return scenario


def _sequels(flags):
    """A sequel whose rules all speak of scenes that it follows."""

    def of(scenes):
        some = st.lists(st.sampled_from(scenes), max_size=2)
        rule = st.builds(
            Rule,
            some.map(tuple),
            some.map(lambda names: tuple(f"{name}/gone" for name in names)),
            some.map(lambda names: tuple(f"{name}/callback" for name in names)),
        )
        rules = st.lists(st.sampled_from(flags), unique=True, max_size=2) if flags else st.just([])
        alone = rules.map(tuple)
        told = rules.flatmap(lambda names: st.tuples(*(st.tuples(st.just(name), rule) for name in names)))
        return st.builds(Sequel, st.just(tuple(scenes)), told, alone)

    return _names(1, 2).flatmap(of)


def _meters(name):
    bounds = st.tuples(st.integers(-20, 0), st.integers(1, 20))

    def within(both):
        low, high = both
        bands = st.dictionaries(st.integers(low, high), words, max_size=3)
        return st.builds(
            Meter,
            st.just(name),
            st.integers(low, high),
            st.just(low),
            st.just(high),
            bands.map(lambda table: tuple(sorted(table.items()))),
            words | st.just(""),
        )

    return bounds.flatmap(within)


def _lessons(name):
    return st.builds(
        Lesson,
        id=st.just(name),
        title=words,
        skill=st.sampled_from(SKILLS),
        stance=st.sampled_from(["model", "warning"]),
        source=words,
        character=words,
        happens=prose,
        lesson=prose,
        models=prose,
        breaks=prose,
        film=words | st.just(""),
        year=st.integers(0, 2100),
    )
