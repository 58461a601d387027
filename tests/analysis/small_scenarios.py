"""Small scenarios: made by Hypothesis for the laws, and one by hand for the examples."""

from hypothesis import strategies as st

from taketwo.scenario.model import (
    ALWAYS,
    Branch,
    Briefing,
    Condition,
    Customer,
    Ending,
    Interrupt,
    Line,
    Meter,
    Node,
    Reply,
    Scenario,
    Test,
)

NODES = ("n0", "n1", "n2", "n3")
ENDINGS = {
    "good": Ending("good", "resolved", 5, True, True, "Good."),
    "fair": Ending("fair", "callback", 3, False, True, "Fair."),
    "poor": Ending("poor", "resolved", 2, True, False, "Poor."),
    "lost": Ending("lost", "lost", 1, False, False, "Lost."),
}
METERS = {"patience": Meter("patience", 2, 0, 3), "trust": Meter("trust", 0, -1, 1)}
FLAGS = {"asked": "Asked", "told": "Told"}

tests = st.one_of(
    st.builds(
        Test,
        st.sampled_from(list(METERS)),
        st.sampled_from(["<", "<=", "==", "!=", ">=", ">"]),
        st.integers(-1, 3),
    ),
    st.builds(Test, st.sampled_from(list(FLAGS)), st.sampled_from(["set", "unset"])),
)
conditions: st.SearchStrategy[Condition] = st.lists(
    st.lists(tests, min_size=1, max_size=2).map(tuple), min_size=1, max_size=2
).map(tuple)
whens = st.one_of(st.just(ALWAYS), st.just(ALWAYS), conditions)
texts = st.lists(
    st.sampled_from(["Yes.", "Sorry!", "Please, why?", "I understand you, and so on?", "No!!", "Well"]),
    min_size=1,
    max_size=2,
).map(tuple)


def gotos(places: list[str]) -> st.SearchStrategy[tuple[Branch, ...]]:
    """Zero or one branch with a condition, then a last resort."""
    to = st.sampled_from(places)
    return st.builds(
        lambda first, last: (*first, Branch(last)),
        st.lists(st.builds(Branch, to, conditions), max_size=1),
        to,
    )


@st.composite
def replies(draw: st.DrawFn, id: str, places: list[str], says: bool = True) -> Reply:
    names = st.lists(st.sampled_from(list(FLAGS)), max_size=1).map(tuple)
    effect = st.tuples(st.sampled_from(list(METERS)), st.sampled_from([-2, -1, 1]))
    points = st.tuples(st.just("active-listening"), st.integers(-2, 2))
    critical = st.sampled_from(["", "", "", "abuse", "false-promise"])
    return Reply(
        id=id,
        goto=draw(gotos(places)),
        say=draw(texts) if says else (),
        points=(draw(points),) if says else (),
        effects=tuple(draw(st.lists(effect, max_size=1))),
        sets=draw(names),
        clears=draw(names),
        when=draw(whens) if says else ALWAYS,
        once=draw(st.booleans()) if says else False,
        critical=draw(critical) if says else "",
    )


@st.composite
def scenarios(draw: st.DrawFn, cycles: bool = False) -> Scenario:
    """Up to four nodes; without `cycles` every move leads onward (interrupts too), so that plays are few."""
    count = draw(st.integers(2, 4))
    nodes = {}
    for number, name in enumerate(NODES[:count]):
        onward = [*(NODES[:count] if cycles else NODES[number + 1 : count]), *ENDINGS]
        ids = draw(st.sampled_from(["a", "ab", "ab", "abc"]))
        said = [draw(replies(id, onward)) for id in ids]
        silence = draw(st.one_of(st.none(), replies(".", onward, says=False)))
        lines = (*draw(st.lists(st.builds(Line, texts, conditions), max_size=1)), Line(("Hm.",)))
        nodes[name] = Node(name, lines, tuple(said), silence)
    cut_to = gotos([*(NODES[:count] if cycles else ()), *ENDINGS])
    interrupts = {
        id: Interrupt(id, draw(conditions), draw(cut_to)) for id in draw(st.sampled_from(["", "", "x", "xy"]))
    }
    return made(nodes, interrupts)


def made(nodes: dict[str, Node], interrupts: dict[str, Interrupt] | None = None) -> Scenario:
    """A scenario of these nodes with all endings, meters and flags of this module."""
    return Scenario(
        id="small",
        title="A small one",
        level=1,
        minutes=1,
        channel="phone",
        centre=("active-listening",),
        start=next(iter(nodes)),
        briefing=Briefing("You answer.", "Somebody calls."),
        customer=Customer("Ida"),
        meters=METERS,
        flags=FLAGS,
        nodes=nodes,
        interrupts=interrupts or {},
        endings=ENDINGS,
    )


def reply(id: str, to: str, points: int = 0, say: str = "", **more: object) -> Reply:
    """One reply that goes `to` one place."""
    text = (say or f"Say {id}.",)
    return Reply(id=id, goto=(Branch(to),), say=text, points=(("active-listening", points),), **more)  # type: ignore[arg-type]


def node(id: str, *said: Reply, silence: Reply | None = None) -> Node:
    return Node(id, (Line(("Hm.",)),), said, silence)
