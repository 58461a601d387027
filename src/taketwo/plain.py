"""Line by line: the whole program without a screen, for screen readers, pipes, scripts and tests.

No cursor movement, no colour, every change in words. Everything the full screen can do is done by a line of text.
Off a terminal there is no clock and no wrapping.
"""

import os
import select
import shutil
import sys
import textwrap
import time
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import TextIO

from taketwo.analysis.background import solving
from taketwo.authoring.watch import POLL, Watched, look
from taketwo.debrief import Debrief, Turn, debrief, notes, turns
from taketwo.review import Reviewed, review
from taketwo.scenario.model import Scenario
from taketwo.session import Refused, Session, hollywood_take, save_elsewhere
from taketwo.take.commands import Abandon, Hint, Pause, Remark, Resume
from taketwo.take.events import AnyEvent, Hinted, Moved, Started
from taketwo.text import clean, clean_line
from taketwo.transcript.journal import NotSaved
from taketwo.wording import (
    MARKS,
    change_words,
    clock,
    count,
    craft_words,
    curve_words,
    hint_words,
    hollywood_words,
    meter_title,
    meter_words,
    outcome_words,
    percent,
    possible_words,
    prediction_words,
    principle,
    principle_words,
    review_words,
    turn_feedback,
    verdict,
)

LINE_BYTES = 8_000
"""how much of one typed line is kept"""

HELP = """\
1 to 9     say that reply
.          say nothing
?          this help
r          read the customer's line and the replies again
f          your notes: the facts, and what you have found out
m          how the customer stands
w WORDS    in your own words: what you would say; kept, not scored (coached)
h          a hint: what is at stake, told through a film (coached)
u [N]      take back the last decision, or decision N (coached)
n WORDS    a note to yourself, kept with the take
p          pause, and p again to go on
s FOLDER   save the whole take in another folder, where its own could not be written
x          end the take without an ending (asks once)
q          leave, and keep the take to go on with later"""


class Left(Exception):
    """The person left; the take is kept."""


class Console:
    """Lines in, lines out. `clocked` where a clock can run: only at a terminal."""

    def __init__(self, source: TextIO | None = None, sink: TextIO | None = None) -> None:
        self.source = source or sys.stdin
        self.sink = sink or sys.stdout
        self.clocked = self.source.isatty() and os.name == "posix"
        self.width = shutil.get_terminal_size().columns if self.sink.isatty() else 0

    def say(self, text: str = "", indent: str = "") -> None:
        """Print `text`, wrapped at a terminal; lines after the first go under the first's text."""
        hang = " " * len(indent)
        for line in text.split("\n"):
            if self.width > 20 and len(indent + line) >= self.width:
                line = textwrap.fill(line, self.width - 1, initial_indent=indent, subsequent_indent=hang)
            else:
                line = indent + line
            self.sink.write(line + "\n")
            indent = hang
        self.sink.flush()

    def ask(
        self, prompt: str, seconds: float | None = None, idle: Callable[[], bool] | None = None
    ) -> str | None:
        """A typed line, cleaned; None when `seconds` ran out first. Raises Left at the end of input.

        At a terminal `idle` is called now and then while nothing is typed; when it is True, the line is empty.
        """
        self.sink.write(prompt)
        self.sink.flush()
        if self.clocked and (idle or seconds is not None):
            end = time.monotonic() + (1e9 if seconds is None else seconds)
            while not select.select([self.source], [], [], max(0.0, min(POLL, end - time.monotonic())))[0]:
                if idle and idle():
                    return ""
                if time.monotonic() >= end:
                    self.sink.write("\n")
                    return None
        line = self.source.readline(LINE_BYTES)
        while line and not line.endswith("\n") and len(line) == LINE_BYTES:
            rest = self.source.readline(LINE_BYTES)
            if not rest or rest.endswith("\n"):
                break
        if not line:
            self.sink.write("\n")
            raise Left
        if not self.source.isatty():
            self.sink.write("\n")
        return clean(line, LINE_BYTES).strip()


def brief(console: Console, scenario: Scenario, learner: str, mode: str, last_try: str = "") -> None:
    """What the learner may know before the first word."""
    console.say(scenario.title)
    console.say()
    console.say(scenario.briefing.role)
    console.say(scenario.briefing.situation.replace("{learner}", learner))
    for fact in scenario.briefing.facts:
        console.say(fact.replace("{learner}", learner), "- ")
    if last_try:
        console.say(f"Last time you wanted to try: {last_try}")
    coached = "Coached: after each reply you hear what it did."
    console.say(coached if mode == "coached" else "Assessed: feedback comes at the end.")
    console.say("Type the number of a reply, or ? for help.")
    console.say()


def play(
    console: Console, session: Session, favourites: Sequence[str] = (), watched: Watched | None = None
) -> Session:
    """Play until the take is over. Raises Left when the person leaves; the take is then kept.

    Returns the take, another one where the file that is `watched` was saved meanwhile.
    """
    if session.state.status == "paused":
        session.do(Resume())
    solving(session.scenario)
    player = _Player(console, session, tuple(favourites), watched)
    player.run()
    return player.session


class _Player:
    def __init__(
        self, console: Console, session: Session, favourites: tuple[str, ...], watched: Watched | None = None
    ) -> None:
        self.console = console
        self.watched = watched
        self.session = session
        self.favourites = favourites
        self.coached = session.state.mode == "coached"
        self.told_unsaved = watched is not None
        self.commands: dict[str, Callable[[str], None]] = {
            "?": lambda _: console.say(HELP),
            "r": lambda _: self.present(),
            "f": lambda _: self.facts(),
            "m": lambda _: self.meters(),
            "w": self.own_words,
            "h": lambda _: self.hint(),
            "u": self.rewind,
            "n": self.note,
            "p": lambda _: self.pause(),
            "s": self.save_elsewhere,
            "x": lambda _: self.abandon(),
            "q": lambda _: self.leave(),
            ".": lambda _: self.silence(),
        }

    def run(self) -> None:
        self.present()
        while not self.session.state.over:
            self.warn_unsaved()
            left = self.session.time_left() if self.console.clocked else None
            try:
                line = self.console.ask("> ", left, self.look if self.watched else None)
            except (Left, KeyboardInterrupt):
                self.session.leave()
                raise Left from None
            if line and not self.still_meant(line):
                continue
            try:
                self.silence() if line is None else self.obey(line)
            except Refused as refusal:
                self.console.say(str(refusal))
        self.warn_unsaved()

    def look(self) -> bool:
        """Whether the watched file was saved; the take then goes on in the new version, if it can be played."""
        news = look(self.watched, self.session) if self.watched else None
        if news is None:
            return False
        self.session = news.session
        if self.console.clocked:
            self.console.say()
        self.console.say(news.message)
        for finding in news.findings:
            self.console.say(str(finding), "  ")
        if not news.findings and self.session.state.status == "playing":
            solving(self.session.scenario)
            self.present()
        return True

    def still_meant(self, line: str) -> bool:
        """Whether `line` means what it meant when it was typed: the watched file is looked at before it is obeyed."""
        before, node = self.session.replies, self.session.node
        if not self.look() or not (line.isascii() and line.isdigit()):
            return True
        now, at = self.session.replies, int(line[:4]) - 1
        if (
            self.session.node is node
            or [c.id for c in before][at : at + 1] == [c.id for c in now][at : at + 1]
        ):
            return True
        self.console.say("What you typed was meant for the version before. Choose again.")
        return False

    def warn_unsaved(self) -> None:
        if self.session.unsaved and not self.told_unsaved:
            self.told_unsaved = True
            self.console.say(f"Not saved: {self.session.unsaved}")
            self.console.say("Type s, a space, and another folder to save it there.")

    def save_elsewhere(self, folder: str) -> None:
        if not self.session.unsaved:
            raise Refused("The take is saved already, event by event.")
        if not folder:
            raise Refused("Type s, a space, and the folder.")
        try:
            self.console.say(f"Saved as {save_elsewhere(self.session, folder)}.")
            self.told_unsaved = False
        except NotSaved as error:
            self.console.say(str(error))

    def obey(self, line: str) -> None:
        if not line:
            return
        if line.isascii() and line.isdigit():
            self.reply(int(line[:4]))
            return
        word, _, rest = line.partition(" ")
        command = self.commands.get(word.lower())
        if command:
            command(rest.strip())
        else:
            self.console.say("Type the number of a reply, or ? for help.")

    def present(self) -> None:
        say = self.console.say
        if self.session.state.over:
            return
        if self.session.state.status == "paused":
            raise Refused("The take is paused. p goes on.")
        say(f"{self.session.scenario.customer.name}: {self.session.says}")
        if (
            (node := self.session.node)
            and node.time_limit
            and self.session.state.pace
            and self.console.clocked
        ):
            say(f"({self.session.time_left():.0f} seconds to answer)")
        for number, choice in enumerate(self.session.replies, 1):
            say(choice.text, f"  {number}. ")

    def reply(self, number: int) -> None:
        replies = self.session.replies
        if not 1 <= number <= len(replies):
            raise Refused(f"There are replies 1 to {len(replies)} here.")
        self.session.say(replies[number - 1].id)
        self.after_move()

    def silence(self) -> None:
        self.session.stay_silent()
        self.console.say("You say nothing.")
        self.after_move()

    def after_move(self) -> None:
        turn = turns(self.session.events, self.session.scenario)[-1:]
        if turn and turn[0].said:
            self.console.say(f"You: {turn[0].said}")
        if self.coached and turn:
            for line in turn_feedback(turn[0], self.session.scenario):
                self.console.say(line, "  | ")
        self.console.say()
        if self.session.state.over:
            self.console.say(f"{self.session.says}")
            self.console.say()
        else:
            self.present()

    def facts(self) -> None:
        for note in notes(self.session.events, self.session.scenario) or ["Nothing is noted yet."]:
            self.console.say(note, "- ")

    def meters(self) -> None:
        if not self.coached:
            raise Refused("An assessed take hides how the customer stands.")
        for meter, value in zip(
            self.session.scenario.meters.values(), self.session.state.position.meters, strict=True
        ):
            self.console.say(f"{meter_title(meter)}: {meter_words(meter, value)}.")

    def own_words(self, text: str) -> None:
        if not self.coached:
            raise Refused("In an assessed take there is no practising aloud.")
        if not text:
            raise Refused("Type w, a space, and what you would say.")
        self.session.do(Remark("own-words", text))
        self.console.say("Kept. Now choose the reply that comes nearest.")

    def hint(self) -> None:
        event = self.session.do(Hint(self.favourites))
        if isinstance(event, Hinted):
            self.console.say(f"Hint: {hint_words(self.session.scenario.lessons[event.lesson])}")

    def rewind(self, text: str) -> None:
        back_to = 0
        if text:
            done = turns(self.session.events, self.session.scenario)
            if done and not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(done)):
                raise Refused(f"Of {count(len(done), 'decision')}, which? u 1 takes back the first.")
            back_to = done[int(text[:6]) - 1].seq if done else 0
        self.session.rewind(back_to)
        self.console.say("Taken back. The first try stays in the record.")
        self.console.say()
        self.present()

    def note(self, text: str) -> None:
        if not text:
            raise Refused("Type n, a space, and your note.")
        self.session.do(Remark("note", text, about=self.session.state.seq))
        self.console.say("Noted.")

    def pause(self) -> None:
        if self.session.state.status == "paused":
            self.session.do(Resume())
            self.present()
        else:
            self.session.do(Pause())
            self.console.say("Paused. p goes on.")

    def abandon(self) -> None:
        if (self.console.ask("End this take without an ending? y or n: ") or "").lower().startswith("y"):
            self.session.do(Abandon())
            self.console.say("Ended.")

    def leave(self) -> None:
        self.session.leave()
        raise Left


def after(console: Console, session: Session) -> None:
    """The debrief: first the learner's own judgement, then what the take was, then the next step."""
    try:
        _predict(console, session)
        about = debrief(session.events, session.scenario, solving(session.scenario).result())
        show_debrief(console, about)
        _questions(console, session)
        text = console.ask("One thing to try next time (Enter to pass): ")
        if text:
            session.do(Remark("try-next", text))
            console.say("You will see it before your next take." if not session.unsaved else "Noted.")
    except Left:
        pass


def _predict(console: Console, session: Session) -> None:
    done = turns(session.events, session.scenario)
    if session.state.status == "abandoned" or not done:
        return
    console.say("Before you see anything:")
    for turn in done:
        console.say(turn.said or "(you said nothing)", f"  {turn.number}. ")
    number = _number(console, "Which reply would you take back? Its number (Enter for none): ", len(done))
    value = _number(console, "How satisfied is the customer, 1 to 5? (Enter to pass): ", 5)
    if number or value:
        said, about = (done[number - 1].said, done[number - 1].seq) if number else ("", 0)
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
    say, result = console.say, about.score
    say(verdict(result, practised=about.started.practised))
    say(f"{outcome_words(result.outcome)}. {craft_words(result)}")
    say(possible_words(about))
    for line in [*prediction_words(about), *curve_words(about)]:
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


def _show_review(console: Console, row: Reviewed | None, numbers: dict[int, int]) -> None:
    if row:
        for line in review_words(row, numbers):
            console.say(line, f"     {MARKS[row.mark][0]} ")


def _show_turn(console: Console, turn: Turn, about: Debrief) -> None:
    console.say(f"{about.scenario.customer.name}: {turn.heard}", f"{turn.number:>3}. ")
    console.say(f"You: {turn.said or '(nothing)'}", "     ")
    _show_review(console, about.review.get(turn.seq), {each.seq: each.number for each in about.turns})
    if turn.own_words:
        console.say(f"In your own words: {turn.own_words}", "     ")
        for sample in turn.samples:
            console.say(f"Also good words for it: {sample}", "     ")
    for lesson in turn.hints:
        console.say(f"(after a hint: {about.scenario.lessons[lesson].title})", "     ")
    for line in turn_feedback(turn, about.scenario):
        console.say(line, "     | ")
    if words := principle_words(turn, about.scenario):
        console.say(words, "     | ")
    if turn.better:
        console.say(f"There was a better reply: type b {turn.number} to see it.", "     | ")


def _questions(console: Console, session: Session) -> None:
    done = {turn.number: turn for turn in turns(session.events, session.scenario)}
    while True:
        line = console.ask("b NUMBER shows the better reply of a decision, Enter goes on: ")
        if not line:
            return
        number = line.removeprefix("b").strip()
        turn = done.get(int(number[:4])) if number.isascii() and number.isdigit() else None
        if turn is None:
            console.say(f"There are decisions 1 to {len(done)}.")
        elif turn.better is None:
            console.say("That was the best on offer.")
        else:
            session.do(Remark("better-shown", about=turn.seq))
            console.say(f"“{turn.better.text}” {turn.better.why}".rstrip())


def transcript(
    console: Console,
    events: Sequence[AnyEvent],
    scenario: Scenario | None,
    reviews: Mapping[int, Reviewed] = MappingProxyType({}),
) -> None:
    """A take to read: who said what, with what it did where the scenario is known, and the review where solved."""
    start = events[0]
    if not isinstance(start, Started):
        return
    console.say(f"{start.title}, {start.learner}, {start.at or 'no date'}, {start.mode}")
    console.say(f"{start.customer}: {start.says}")
    if scenario is None:
        for event in events[1:]:
            if isinstance(event, Moved):
                console.say(f"You: {getattr(event, 'said', '') or '(nothing)'}")
                console.say(f"{start.customer if not event.end else 'End'}: {event.says}")
        return
    done = turns(events, scenario, undone=True)
    numbers = {turn.seq: turn.number for turn in done}
    for turn in done:
        console.say(
            f"[{clock(turn.ms)}] You: {turn.said or '(nothing)'}"
            + (" (taken back later)" if turn.undone else "")
        )
        if turn.own_words:
            console.say(f"In your own words: {turn.own_words}", "     ")
        _show_review(console, reviews.get(turn.seq), numbers)
        for line in turn_feedback(turn, scenario):
            console.say(line, "     | ")
        console.say(f"{start.customer}: {turn.answer}" if not turn.end else turn.answer)


def hollywood(console: Console, scenario: Scenario) -> None:
    """The scene as films play it: expectation against reality."""
    take = hollywood_take(scenario)
    console.say(f"{scenario.title}: the Hollywood cut")
    console.say()
    console.say(f"{scenario.customer.name}: {take.started.says}")
    for turn in turns(take.events, scenario):
        console.say(f"You, as in the films: {turn.said}")
        for line in hollywood_words(turn, scenario):
            console.say(line, "  | ")
        console.say(f"{scenario.customer.name}: {turn.answer}" if not turn.end else turn.answer)


def replay(console: Console, events: Sequence[AnyEvent], scenario: Scenario) -> None:
    """Step through a take: Enter or n forward, b back, a number to that decision, q to stop."""
    done = turns(events, scenario)
    start = events[0]
    if not isinstance(start, Started) or not done:
        console.say("Nothing was said in this take.")
        return
    console.say(
        f"{clean_line(start.title)}: {count(len(done), 'decision')}. Enter goes forward, b back, a number jumps, q stops."
    )
    solution = solving(scenario).result()
    reviews = {row.seq: row for row in review(events, solution)} if solution else {}
    numbers = {turn.seq: turn.number for turn in done}
    at = 0
    while True:
        turn = done[at]
        console.say(f"{start.customer}: {turn.heard}", f"{turn.number:>3}. ")
        console.say(f"You: {turn.said or '(nothing)'}", "     ")
        _show_review(console, reviews.get(turn.seq), numbers)
        for line in turn_feedback(turn, scenario):
            console.say(line, "     | ")
        if at == len(done) - 1:
            console.say(turn.answer)
        try:
            line = console.ask("> ") or ""
        except Left:
            return
        if line == "q":
            return
        if line == "b":
            at = max(0, at - 1)
        elif line.isascii() and line.isdigit():
            at = min(max(int(line[:6]), 1), len(done)) - 1
        elif at == len(done) - 1:
            console.say("That was the end. b goes back, q stops.")
            try:
                if (console.ask("> ") or "q") == "q":
                    return
            except Left:
                return
        else:
            at += 1


__all__ = [
    "Console",
    "Left",
    "after",
    "brief",
    "change_words",
    "play",
    "replay",
    "show_debrief",
    "transcript",
]
