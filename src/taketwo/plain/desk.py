"""The trainer's desk by line: a session held without a screen."""

import asyncio
import secrets
import signal
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from taketwo.analysis.background import solving
from taketwo.export.coaching import write_coaching
from taketwo.output import NotWritten
from taketwo.pairing.host import Visitor
from taketwo.pairing.hosting import Hosting
from taketwo.pairing.pair import Pair
from taketwo.pairing.protocol import Point
from taketwo.pairing.seats import private
from taketwo.pairing.server import CannotListen
from taketwo.pairing.views import Reaction, reactions, standing
from taketwo.plain.console import Console
from taketwo.plain.desk_said import say_events, say_held, say_replies
from taketwo.plain.lines import Lines
from taketwo.scenario.model import Scenario
from taketwo.score import live
from taketwo.session import Refused, Session
from taketwo.take.commands import Abandon, Pause, Resume, Start, Steer
from taketwo.take.events import (
    Moved,
)
from taketwo.text import clean
from taketwo.transcript.reading import Unreadable
from taketwo.transcript.shelf import UnknownTake
from taketwo.wording import critical_words, points_words

HELP = """\
i          the invitation again
y          let in who is at the door; z sends them away
go         begin the take; once it is over: again
r          read again where it stands, with the replies and what each is worth
who        who is here, and what they are doing
w WORDS    whisper: to the learner alone
b WORDS    join in: the customer hears it
n WORDS    a private note: it stays in your copy; open N lets the learner read one
t          take the conversation over, or hand it back
c          play the customer, or let the scenario do it
o          the learner speaks and sees no replies, or sees them again
1 to 9     press that reply (after t, or with o), or let the customer react like that (with c)
l WORDS    as the customer: say this
m MOOD N   as the customer: have this mood
g PLACE    as the customer: go to this place
p          pause, and p again to go on
f          the next phase of the session's frame
again [N]  once it is over: again, from decision N; swap [N] with the learner as the customer
why N      what reply N would do, and why
look N     once it is over: both look at decision N
sheet FILE once it is over: the coaching sheet, one page to print
x          end the take without an ending
q          end the session"""


def hold(hosting: Hosting, scenario: Scenario | None, how: tuple[str, int | None]) -> int:
    """Hold a session; 0 when it was ended, 1 where it cannot be held, 3 where the input ended and it is kept."""
    from taketwo.plain.classroom import ClassDesk

    kind = ClassDesk if hosting.host.file.room else Desk
    return asyncio.run(kind(Console(), hosting, scenario, how).run())


class Desk:
    """One learner, by line."""

    help = HELP

    def __init__(
        self, console: Console, hosting: Hosting, scenario: Scenario | None, how: tuple[str, int | None]
    ) -> None:
        self.console = console
        self.hosting = hosting
        self.scenario = scenario
        self.mode, self.seed = how
        self.told = 0
        """events of the take that have been said"""
        self.session: Session | None = None
        self.known: dict[str, str] = {}
        """what was last said of each person"""
        self.shown_held = False
        self.over = False
        self.commands: dict[str, Callable[[str], object]] = {
            "?": lambda _: self.console.say(self.help),
            "i": lambda _: self.invite(),
            "y": lambda _: self.let_in(),
            "z": lambda _: self.turn_away(),
            "go": lambda _: self.go(),
            "r": lambda _: self.present(),
            "who": lambda _: self.who(),
            "w": lambda words: self._pair.whisper(words),
            "b": lambda words: self._pair.barge(words),
            "n": lambda words: self._pair.note(words, self._session.state.seq),
            "open": self.open,
            "t": lambda _: self._pair.hand(),
            "c": lambda _: self.customer(),
            "o": lambda _: self.spoken(),
            "l": lambda words: self._pair.let(Steer(says=words)),
            "m": self.mood,
            "g": lambda place: self._pair.let(Steer(to=place)),
            "p": lambda _: self.pause(),
            "f": lambda _: self.phase(),
            "again": lambda text: self.again(text, swapped=False),
            "swap": lambda text: self.again(text, swapped=True),
            "why": self.why,
            "look": self.look,
            "sheet": self.sheet,
            "x": lambda _: self._pair.do(Abandon()),
            "q": lambda _: self.end(),
        }

    @property
    def pair(self) -> Pair | None:
        return self.hosting.host.pairs[0] if self.hosting.host.pairs else None

    @property
    def _pair(self) -> Pair:
        if self.pair is None:
            raise Refused("Nobody is in yet.")
        return self.pair

    @property
    def _session(self) -> Session:
        if self._pair.session is None:
            raise Refused("No take has begun. go begins one.")
        return self._pair.session

    async def run(self) -> int:
        try:
            await self.hosting.open()
        except (CannotListen, OSError) as error:
            self.console.say(clean(str(error)))
            return 1
        stop = asyncio.Event()
        with suppress(NotImplementedError, ValueError):
            for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
                asyncio.get_running_loop().add_signal_handler(number, stop.set)
        self.invite()
        if self.hosting.problem:
            self.console.say(self.hosting.problem)
        self.hosting.host.changed = self.news
        self.hosting.host.complain = self.console.say
        self.news()
        tasks = {asyncio.create_task(each) for each in (self._typed(), self._clock(), stop.wait())}
        done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
        for task in waiting:
            task.cancel()
        for task in done:
            task.result()
        self.hosting.host.changed = lambda: None
        if self.over:
            await self.hosting.close()
            self.console.say("The session is over. What was practised is kept.")
            return 0
        self.hosting.leave()
        self.console.say("Left. `taketwo host --again` goes on with it.")
        return 3

    async def _typed(self) -> None:
        lines = Lines(self.console)
        while (line := await lines.get()) is not None:
            try:
                self.obey(line)
            except Refused as refusal:
                self.console.say(str(refusal))
            except OSError as error:
                self.console.say(f"It cannot be written down: {error.strerror}.")
            if self.over:
                return

    async def _clock(self) -> None:
        while True:
            await asyncio.sleep(0.25)
            for pair in self.hosting.host.pairs:
                pair.silence_if_due()

    def obey(self, line: str) -> None:
        if not line:
            return
        if line.isascii() and line.isdigit():
            self.press(int(line[:4]))
            return
        word, _, rest = line.partition(" ")
        command = self.commands.get(word.lower())
        if command is None:
            self.console.say("Type ? for what can be done here.")
            return
        command(rest.strip())
        if self.pair and self.pair.session and self.pair.session.unsaved:
            self.console.say(f"Not saved: {self.pair.session.unsaved}")

    # --- people

    def invite(self) -> None:
        file = self.hosting.host.file
        self.console.say("The invitation. The learner runs `taketwo join` and pastes it:")
        self.console.say(self.hosting.invitation())
        self.console.say(f"Listening at {file.address}:{file.port}. ? tells what can be done here.")

    def let_in(self) -> None:
        self.hosting.host.let_in(self._visitor())

    def turn_away(self) -> None:
        self.hosting.host.turn_away(self._visitor())

    def _visitor(self) -> Visitor:
        if not self.hosting.host.door:
            raise Refused("Nobody is at the door.")
        return self.hosting.host.door[0]

    def who(self) -> None:
        pair = self._pair
        self.console.say(f"{pair.learner} {self._there(pair)}.")
        if self.hosting.frame.minutes:
            self.console.say(f"{self.hosting.frame.words(self.hosting.now())}.")
        session = pair.session
        if session and not session.state.over:
            number = next((n for n, choice in enumerate(session.replies, 1) if choice.id == pair.cursor), 0)
            doing = "types" if pair.typing else f"looks at reply {number}" if number else "reads"
            self.console.say(f"{pair.learner} {doing}.")
        if pair.try_next:
            self.console.say(f"They wanted to try: {pair.try_next}")

    def _there(self, pair: Pair) -> str:
        if not pair.on_line:
            return "is cut off; the clock waits"
        return "is here" if pair.agreed else "is asked whether you may watch"

    # --- the take

    def go(self) -> None:
        pair = self._pair
        if not pair.agreed:
            raise Refused("They have to say yes to being watched first.")
        if pair.session and not pair.session.state.over:
            raise Refused("A take is going on. x ends it.")
        if pair.session:
            self.again("", swapped=False)
            return
        if self.scenario is None:
            raise Refused("Say which scene when you start: `taketwo host SCENARIO`.")
        if self.hosting.frame.minutes and self.hosting.frame.phase == 0:
            self.hosting.next_phase()
        self.hosting.begin(pair, self.scenario, self._start())

    def _start(self) -> Start:
        seed = secrets.randbelow(1 << 31) if self.seed is None else self.seed
        return Start(seed=seed, mode="assessed" if self.mode == "assessed" else "coached")

    def again(self, text: str, *, swapped: bool) -> None:
        session = self._session
        if not session.state.over:
            raise Refused("A take is going on. x ends it.")
        seq = 0
        if text:
            moves = self._moves()
            if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(moves)):
                raise Refused(f"Of {len(moves)} decisions, which?")
            seq = moves[int(text[:6]) - 1]
        start = replace(self._start(), mode=session.state.mode)
        self.hosting.begin(
            self._pair, session.scenario, start, of=(session, seq) if seq else None, swapped=swapped
        )

    def press(self, number: int) -> None:
        pair, session = self._pair, self._session
        if pair.held and not pair.swapped:
            found = self._reactions()
            if not 1 <= number <= len(found):
                raise Refused(f"There are reactions 1 to {len(found)} here; l types another.")
            pair.let(found[number - 1].steer)
            return
        replies = session.replies
        if not 1 <= number <= len(replies):
            raise Refused(f"There are replies 1 to {len(replies)} here.")
        pair.say(replies[number - 1].id)

    def _reactions(self) -> list[Reaction]:
        held = self._pair.held
        return reactions(self._session, held.command) if held else []

    def customer(self) -> None:
        pair = self._pair
        pair.set_steering(not pair.steering)
        self.console.say(
            "You play the customer: every answer waits for you."
            if pair.steering
            else "The scenario plays the customer."
        )

    def spoken(self) -> None:
        pair = self._pair
        pair.set_spoken(not pair.spoken)
        self.console.say(
            "They speak, and see no replies. Press the one that fits, or l answers as the customer."
            if pair.spoken
            else "They see the replies."
        )

    def mood(self, text: str) -> None:
        name, _, number = text.rpartition(" ")
        if not name or not number.lstrip("-").isdecimal() or len(number) > 6:
            names = ", ".join(self._session.scenario.meters)
            raise Refused(f"Type m, a mood ({names}) and a number.")
        self._pair.let(Steer(meters=((name, int(number)),)))

    def pause(self) -> None:
        self._pair.do(Resume() if self._session.state.status == "paused" else Pause())

    def phase(self) -> None:
        self.hosting.next_phase()
        self.console.say(self.hosting.frame.words(self.hosting.now()) or "This session has no frame.")

    def open(self, text: str) -> None:
        notes = private(self._session.events)
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(notes)):
            for number, note in enumerate(notes, 1):
                self.console.say(note.text, f"  {number}. ")
            raise Refused("Type open and the number of a note." if notes else "There is no private note.")
        self._pair.open(notes[int(text[:6]) - 1])

    def why(self, text: str) -> None:
        session = self._session
        shown = session.machine.shown(session.state.position, session.state.seed)
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(shown)):
            raise Refused(f"Of the replies 1 to {len(shown)}, which?")
        reply = shown[int(text[:4]) - 1].reply
        for words in points_words(reply.points, session.scenario):
            self.console.say(f"{words}.", "  | ")
        if reply.critical:
            self.console.say(critical_words(reply.critical), "  | ")
        self.console.say(reply.why, "  | ")

    def _moves(self) -> list[int]:
        return [event.seq for event in live(self._session.events) if isinstance(event, Moved)]

    def look(self, text: str) -> None:
        moves = self._moves()
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(moves)):
            raise Refused(f"Of {len(moves)} decisions, which?")
        self._pair.send(Point(moves[int(text[:6]) - 1]))
        self.console.say(f"{self._pair.learner} looks at it, too.")

    def sheet(self, text: str) -> None:
        session = self._session
        if not text or not session.state.over:
            raise Refused("Once the take is over, type sheet and the name of a file.")
        path = Path(text).expanduser()
        try:
            write_coaching(self.hosting.shelf, session.name, path)
        except (NotWritten, Unreadable, UnknownTake) as error:
            raise Refused(str(error)) from None
        self.console.say(f"Written: {path}")

    def end(self) -> None:
        self.over = True

    # --- saying what happens

    def news(self) -> None:
        """Say what has not been said yet."""
        people = {
            f"door {v.line.number}": f"{v.name} is at the door. y lets in." for v in self.hosting.host.door
        }
        people |= {
            f"pair {pair.number}": f"{pair.learner} {self._there(pair)}." for pair in self.hosting.host.pairs
        }
        people |= {
            f"help {pair.number}": f"{pair.learner} asks for help."
            for pair in self.hosting.host.pairs
            if pair.asks
        }
        for key, words in people.items():
            if self.known.get(key) != words:
                self.console.say(f"({words})")
        self.known = people
        pair = self.pair
        if pair is None or pair.session is None:
            return
        if pair.session is not self.session:
            self.session, self.told = pair.session, 0
            solving(pair.session.scenario)
        fresh, self.told = pair.session.events[self.told :], len(pair.session.events)
        if fresh:
            say_events(self.console, pair.session, fresh)
        if pair.held and not self.shown_held:
            say_held(self.console, pair, self._reactions())
        self.shown_held = pair.held is not None
        if pair.session.state.over and pair.pointed:
            seq, pair.pointed = pair.pointed, 0
            if seq in (moves := self._moves()):
                self.console.say(f"({pair.learner} looks at decision {moves.index(seq) + 1}.)")

    def present(self) -> None:
        session = self._session
        self.console.say(f"{session.speaker}: {session.says}")
        for words in standing(session):
            self.console.say(f"{words}.")
        say_replies(self.console, session)
