"""A replay line by line: at the take's own pace where there is a clock, else step by step."""

from collections.abc import Callable

from taketwo.analysis.background import solving
from taketwo.aside import change_of_chances, swayed_words, whose_words
from taketwo.debrief import Turn
from taketwo.plain.console import Console, Left
from taketwo.plain.debrief import Again, show_branches
from taketwo.plain.reading import show_review
from taketwo.playback import Playback, playback
from taketwo.session import Refused, Session
from taketwo.take.commands import Remark
from taketwo.take.events import Moved, Rewound, Started
from taketwo.telling import (
    NO_EARLIER_MARK,
    NO_MARK,
    NO_PLACE,
    THE_END,
    answered_words,
    aside_of,
    film_people,
    happening_words,
    remark_words,
    undone_words,
    where_words,
)
from taketwo.text import clean_line
from taketwo.transcript.replaying import PACES, Pace, Spot, place
from taketwo.transcript.shelf import Shelf
from taketwo.wording import STEERED, clock, count, meter_title, meter_words, turn_feedback

MENU = """\
Enter      a step on; while it plays: hold
b          a step back
m, mm      to the next mark: a door closed, made harder, a recovery, a critical error; to the one before
g N        to decision N, or to a moment: g 2:05; g 0 is the start
e          to the end
p [PACE]   play on, at real pace, 2, 4 or 8 times as fast
s          how the customer stands here, and where this is in the take
n WORDS    a note about this moment
t [N]      what if: take it again from this decision, or from decision N
w          what if: the takes that go other ways, and where they part
?          this list
q          stop"""


def replay(
    console: Console, session: Session, shelf: Shelf | None = None, *, pace: Pace = "steps"
) -> Again | None:
    """Look back at a take. Returns the decision from which the person wants to take it again."""
    if not session.state.decisions and len(session.events) < 2:
        console.say("Nothing was said in this take.")
        return None
    return _Projector(console, session, shelf, pace).run()


class _Projector:
    def __init__(self, console: Console, session: Session, shelf: Shelf | None, pace: Pace) -> None:
        self.console = console
        self.session = session
        self.take: Playback = playback(session.events, session.scenario, solving(session.scenario).result())
        self.spot: Spot = self.take.reel.start
        self.pace: Pace = "real" if pace == "steps" else pace
        self.playing = pace != "steps" and self.clocked
        self.again: Again | None = None
        self.commands: dict[str, Callable[[str], None]] = {
            "?": lambda _: console.say(MENU),
            "b": lambda _: self.go(self.take.reel.step(self.spot, -1)),
            "m": lambda _: self.mark(1),
            "mm": lambda _: self.mark(-1),
            "g": self.place,
            "e": lambda _: self.go(self.take.reel.end),
            "p": self.play,
            "s": lambda _: self.standing(),
            "n": self.note,
            "t": self.take_again,
            "w": lambda _: show_branches(console, session, shelf),
        }

    @property
    def clocked(self) -> bool:
        return self.console.clocked and self.take.reel.length > 0

    def run(self) -> Again | None:
        start, film = self.take.started, self.take.reel
        coach = f" with {film_people(film).called('trainer')}" if start.trainer else ""
        self.console.say(
            f"{clean_line(start.title)}, {start.learner}{coach}, {start.at or 'no date'}: "
            f"{count(len(film.counted), 'decision')}{f', {clock(film.length)}' if film.length else ''}."
        )
        self.console.say(
            "Enter goes on, b back, m to the next mark, g N to decision N, p plays on, ? says what else, q stops."
        )
        self.show()
        try:
            while not self.again:
                line = self.wait() if self.playing else self.console.ask("> ") or ""
                if line == "q":
                    return None
                if line is not None:
                    self.obey(line)
        except (Left, KeyboardInterrupt):
            return None
        return self.again

    def wait(self) -> str | None:
        """Let the take go on to its next event, unless something is typed before."""
        film = self.take.reel
        if self.spot == film.end:
            self.playing = False
            self.console.say(f"{THE_END} b goes back, q stops.")
            return None
        later = film.step(self.spot, 1)
        line = self.console.ask("", (later.ms - self.spot.ms) / 1000 / PACES[self.pace])
        if line is None:
            self.spot = later
            self.show(heard=False)
            return None
        self.playing = False
        if not line:
            self.console.say("It holds. Enter goes on step by step, p plays on.")
            return None
        return line

    def obey(self, line: str) -> None:
        word, _, rest = line.partition(" ")
        command = self.commands.get(word.lower())
        if not line:
            self.on()
        elif command:
            command(rest.strip())
        elif line[0].isdigit():
            self.place(line)
        else:
            self.console.say(MENU)

    # --- going

    def on(self) -> None:
        if self.spot.shown == len(self.take.reel.events):
            self.console.say(f"{THE_END} b goes back, q stops.")
        else:
            self.spot = self.take.reel.step(self.spot, 1)
            self.show(heard=False)

    def go(self, spot: Spot | None, otherwise: str = "") -> None:
        if spot is None:
            self.console.say(otherwise)
        else:
            self.spot = spot
            self.show()

    def mark(self, by: int) -> None:
        film = self.take.reel
        found = film.next_mark(self.spot, 1 if by > 0 else -1)
        self.go(found, NO_MARK if by > 0 else NO_EARLIER_MARK)

    def place(self, text: str) -> None:
        self.go(place(self.take.reel, text), NO_PLACE)

    def play(self, pace: str) -> None:
        wanted = next((name for name in PACES if name == pace.rstrip("×x")), None)
        if pace and (wanted is None or wanted == "steps"):
            self.console.say("The paces are real, 2, 4 and 8.")
        elif not self.clocked:
            self.console.say("There is no clock here; Enter goes on.")
        else:
            self.pace = wanted or self.pace
            self.spot = self.take.reel.start if self.spot == self.take.reel.end else self.spot
            self.playing = True

    # --- showing

    def show(self, *, heard: bool = True) -> None:
        """What was seen last; with what the customer had said before, where that was not seen just now."""
        film, say = self.take.reel, self.console.say
        event, start = film.seen(self.spot), self.take.started
        if isinstance(event, Started):
            if event.parent:
                say("Taken up from a decision of an earlier take.")
            say(f"{event.who or event.customer}: {event.says}")
        elif isinstance(event, Moved):
            self.decision(self.take.turns[event.seq], heard=heard)
        elif said := aside_of(self.take, self.spot.shown - 1):
            for each in said:
                say(each.words if each.kind != "happening" else f"({each.words})")
            self.steered(event.seq)
        else:
            say(f"({happening_words(event, film, self.take.scenario)})")
            if isinstance(event, Rewound):
                say(f"{event.who or start.customer}: {event.says}")
        for note in film.notes.get(event.seq, ()):
            say(remark_words(note, film), "     * ")

    def decision(self, turn: Turn, *, heard: bool) -> None:
        film, say = self.take.reel, self.console.say
        index = film.decisions[self.spot.shown - 1]
        if heard:
            say(f"{turn.speaker}: {turn.heard}")
        undone, who = undone_words(film, index, self.spot), film_people(film)
        said = f"{who.name(turn.by)}: {turn.said or '(nothing)'}"
        say(f"{said}{f' ({undone})' if undone else ''}", f"{turn.number:>3}. ")
        if turn.took_ms:
            say(answered_words(turn.took_ms, self.take.limit(turn.node)), "     | ")
        for line in whose_words(turn, who):
            say(line, "     | ")
        show_review(self.console, self.take.reviews.get(turn.seq), self.take.numbers)
        for line in turn_feedback(turn, self.take.scenario):
            say(line, "     | ")
        for line in swayed_words(turn, who):
            say(line, "     | ")
        self.steered(turn.seq)
        say(f"{turn.answerer}: {turn.answer}" if turn.answerer else turn.answer)

    def steered(self, seq: int) -> None:
        """What somebody who played the customer made of the chances in this event."""
        if (found := self.take.steering.get(seq)) and (
            words := change_of_chances(found, film_people(self.take.reel))
        ):
            self.console.say(words, f"     {STEERED[0]} ")

    def standing(self) -> None:
        here = self.take.reel.position(self.spot)
        self.console.say(f"{where_words(self.take.reel, self.spot)}.")
        for meter, value in zip(self.take.scenario.meters.values(), here.meters, strict=False):
            self.console.say(f"{meter_title(meter)}: {meter_words(meter, value)}.")

    # --- doing

    def note(self, text: str) -> None:
        if not text:
            self.console.say("Type n, a space, and your note.")
            return
        try:
            self.session.do(Remark("note", text, about=self.take.reel.seen(self.spot).seq))
        except Refused as refusal:
            self.console.say(str(refusal))
            return
        solution = solving(self.session.scenario).result()
        self.take = playback(self.session.events, self.session.scenario, solution)
        self.console.say(f"Not saved: {self.session.unsaved}" if self.session.unsaved else "Noted.")

    def take_again(self, text: str) -> None:
        spot = place(self.take.reel, text) if text else self.spot
        turn = self.take.turn(spot) if spot else None
        if turn is None:
            self.console.say(f"There are decisions 1 to {len(self.take.reel.counted)}.")
        else:
            self.again = Again(turn.seq)
