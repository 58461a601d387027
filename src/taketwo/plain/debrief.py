"""The debrief line by line: the learner's own judgement, what the take was, the next step."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from taketwo.analysis.background import solving
from taketwo.aside import asides, chances_words, people, swayed_words, together_words, whose_words
from taketwo.debrief import Debrief, Turn, debrief, turns
from taketwo.graph.outline import text
from taketwo.graph.picture import picture
from taketwo.plain.console import Console, Left
from taketwo.plain.rated import MENU as RATED
from taketwo.plain.rated import reply, show_rated
from taketwo.plain.reading import hollywood, show_review
from taketwo.qa.sheet import labels
from taketwo.session import Session
from taketwo.take.commands import Remark
from taketwo.take.events import AnyEvent, Topic
from taketwo.telling import NO_BRANCHES, parting_words, take_words
from taketwo.transcript.branches import others
from taketwo.transcript.replaying import reel
from taketwo.transcript.shelf import Shelf
from taketwo.wording import (
    craft_words,
    curve_words,
    outcome_words,
    percent,
    possible_words,
    prediction_words,
    principle,
    principle_words,
    turn_feedback,
    verdict,
)


@dataclass(frozen=True, slots=True)
class Again:
    """The learner wants another take: from before the decision `seq`, or from the start."""

    seq: int = 0


def after(console: Console, session: Session, shelf: Shelf | None = None) -> Again | None:
    """The debrief: first the learner's own judgement, then what the take was, then the next step.

    On its `shelf` other takes are looked for that go other ways. Returns whether the learner wants it again.
    """
    again = None
    try:
        _predict(console, session)
        about = debrief(session.events, session.scenario, solving(session.scenario).result())
        show_debrief(console, about)
        show_rated(console, session.events, session.scenario)
        again = _questions(console, session, shelf)
        text = console.ask("One thing to try next time (Enter to pass): ")
        if text:
            session.do(Remark("try-next", text))
            console.say("You will see it before your next take." if not session.unsaved else "Noted.")
    except Left:
        return None
    return again


def _predict(console: Console, session: Session) -> None:
    done = {t.number: t for t in turns(session.events, session.scenario) if t.by == "learner"}
    if session.state.status == "abandoned" or not done:
        return
    console.say("Before you see anything:")
    for turn in done.values():
        console.say(turn.said or "(you said nothing)", f"  {turn.number}. ")
    number = _number(console, "Which reply would you take back? Its number (Enter for none): ", max(done))
    value = _number(console, "How satisfied is the customer, 1 to 5? (Enter to pass): ", 5)
    if number or value:
        said, about = (done[number].said, done[number].seq) if number in done else ("", 0)
        session.do(Remark("prediction", said, about=about, value=value))
    console.say()


def _number(console: Console, question: str, most: int) -> int:
    """A number from 1 to `most`, 0 for Enter; anything else is asked again."""
    while line := console.ask(question):
        if line.isascii() and line.isdigit() and len(line) < 7 and 1 <= int(line) <= most:
            return int(line)
        console.say(f"A number from 1 to {most}, or Enter.")
    return 0


def show_debrief(console: Console, about: Debrief, *, decisions: bool = True) -> None:
    """The whole debrief but for its questions; without the decisions where they have been shown already."""
    say, result, who = console.say, about.score, people(about.started)
    say(verdict(result, practised=about.started.practised))
    say(f"{outcome_words(result.outcome)}. {craft_words(result)}")
    say(possible_words(about))
    together = together_words(about.hands, about.started, who)
    for line in [*together, *prediction_words(about), *curve_words(about), *chances_words(about, who)]:
        say(line)
    if about.went_well:
        say()
        say("What went well")
        for turn in about.went_well[:3]:
            say(f"“{turn.said}” {turn.why}".rstrip(), "- ")
    if decisions:
        say()
        say("Decision by decision")
        for turn in about.turns:
            _show_turn(console, turn, about)
        _show_asides(console, about, about.closing, about.turns[-1].answer if about.turns else "")
    if about.lessons:
        say()
        say("By lesson")
        for row in about.lessons:
            centre = " (what this scene is about)" if row.centre else ""
            guess = f", guessing {percent(row.guess)}" if row.share is not None else ""
            say(f"{row.title}{centre}: {percent(row.share)}{guess}", "- ")
        say("By skill")
        for row in about.skills:
            say(f"{row.title}: {percent(row.share)}, guessing {percent(row.guess)}", "- ")
    customer = about.scenario.customer
    if customer.wants or customer.needs:
        say()
        say(f"{customer.name} wanted: {customer.wants}")
        say(f"and needed: {customer.needs}")
    if about.films:
        say()
        say("The films behind it")
        for lesson in about.films:
            say(principle(lesson), "- ")
    say()


def _show_asides(console: Console, about: Debrief, events: Sequence[AnyEvent], heard: str) -> None:
    for each in asides(events, people(about.started), heard):
        console.say(each.words if each.kind != "happening" else f"({each.words})", "     ")


def _show_turn(console: Console, turn: Turn, about: Debrief) -> None:
    who = people(about.started)
    console.say(": ".join(turn.first), f"{turn.number:>3}. ")
    _show_asides(console, about, turn.since, turn.first[1])
    console.say(f"{who.name(turn.by)}: {turn.said or '(nothing)'}", "     ")
    for line in whose_words(turn, who):
        console.say(line, "     | ")
    show_review(console, about.review.get(turn.seq), {each.seq: each.number for each in about.turns})
    if turn.own_words:
        console.say(f"In your own words: {turn.own_words}", "     ")
        for sample in turn.samples:
            console.say(f"Also good words for it: {sample}", "     ")
    for lesson in turn.hints:
        console.say(f"(after a hint: {about.scenario.lessons[lesson].title})", "     ")
    for line in (*turn_feedback(turn, about.scenario), *swayed_words(turn, who)):
        console.say(line, "     | ")
    if words := principle_words(turn, about.scenario):
        console.say(words, "     | ")
    if turn.better:
        console.say(f"There was a better reply: type b {turn.number} to see it.", "     | ")


MENU = """\
b NUMBER   the better reply of a decision
t NUMBER   take it again from that decision
a          take it again from the start
g          the whole scene as a map, with your way through it; later passes then count as practised
v          the Hollywood cut: the scene as films play it
w          what if: the takes that go other ways, and where they part
n WORDS    a note about this take
?          this list
Enter      go on"""


ANSWERS: dict[str, Topic] = {"y": "acknowledged", "x": "appeal"}
"""what the learner says to a rating"""


def _questions(console: Console, session: Session, shelf: Shelf | None) -> Again | None:
    """What the learner wants to see or do after the debrief; None is to go on."""
    done = {turn.number: turn for turn in turns(session.events, session.scenario)}
    shows: dict[str, Callable[[], None]] = {
        "?": lambda: console.say(f"{MENU}\n{RATED}" if labels(session.events) else MENU),
        "g": lambda: _map(console, session),
        "v": lambda: hollywood(console, session.scenario),
        "w": lambda: show_branches(console, session, shelf),
    }
    while True:
        line = console.ask("b NUMBER shows the better reply of a decision, ? says what else, Enter goes on: ")
        if not line:
            return None
        word, _, rest = line.partition(" ")
        if line in shows:
            shows[line]()
        elif line == "a":
            return Again()
        elif word in ANSWERS and labels(session.events):
            reply(console, session, ANSWERS[word], rest.strip())
        elif word == "n" and rest:
            session.do(Remark("note", rest.strip()))
            console.say("Noted.")
        else:
            number = line.removeprefix("t" if word == "t" else "b").strip()
            turn = done.get(int(number[:4])) if number.isascii() and number.isdigit() else None
            if turn is None:
                console.say(f"There are decisions 1 to {len(done)}.")
            elif word == "t":
                return Again(turn.seq)
            else:
                _better(console, session, turn)


def show_branches(console: Console, session: Session, shelf: Shelf | None) -> None:
    """The takes that go other ways, and where they part."""
    found = others(shelf.rows(), session.name) if shelf else {}
    film = reel(session.events)
    for seq, rows in found.items():
        number = film.number(seq)
        console.say(f"{f'Decision {number}' if number else 'Where it begins'}: {parting_words(rows)}")
        for row in rows:
            console.say(f"{take_words(row)} ({row.name})", "  ")
    if not found:
        console.say(NO_BRANCHES)


def _better(console: Console, session: Session, turn: Turn) -> None:
    if turn.better is None:
        console.say("That was the best on offer.")
    else:
        session.do(Remark("better-shown", about=turn.seq))
        console.say(f"“{turn.better.text}” {turn.better.why}".rstrip())


def _map(console: Console, session: Session) -> None:
    """The map shows the points of every reply, so it counts as having seen better ones."""
    session.do(Remark("better-shown"))
    console.say(text(picture(session.scenario, session.events, solving(session.scenario).result())).rstrip())
