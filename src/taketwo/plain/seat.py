"""The learner's seat in a paired session line by line: what happens is printed as it comes, what is typed goes to the host."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress

from taketwo.debrief import turns
from taketwo.pairing.joining import Joining
from taketwo.pairing.protocol import Do
from taketwo.pairing.telling import (
    NOT_AGREED,
    asks_help,
    moment,
    ticked,
)
from taketwo.plain.console import Console
from taketwo.plain.lines import Lines
from taketwo.plain.seat_said import Said
from taketwo.session import Refused
from taketwo.take.commands import Remark
from taketwo.take.events import Heard

PARTING = 2.0
"""seconds that saying goodbye may take"""
DONE, FAILED, UNFINISHED = 0, 1, 3

HELP = """\
1 to 9     say that reply; with a question for the room, choose it
.          say nothing
?          this help
r          read the customer's line and the replies again
f          your notes: the facts, and what you have found out
m          how the customer stands
w WORDS    in your own words: what you say, or as the customer what they say
h          a hint: what is at stake, told through a film (coached)
u          take back the last decision (coached)
n WORDS    a note, which your trainer sees too
a          ask your trainer for help
p          pause, and p again to go on
x          end the take without an ending (asks once)
q          leave (asks once whether for good)

When you observe somebody else's take:
1 to 9     tick that line of your list, or take the tick back
n WORDS    a note for the debrief
r          read the list again

When the take is over:
b NUMBER   the better reply of a decision
n WORDS    a note about this take
t WORDS    one thing to try next time"""
AT_ANY_TIME = ("q", "a", "?", "n", "t", "b", "f", "m", "r")
"""what needs no turn of one's own"""


async def sit(console: Console, lines: Lines, joining: Joining, films: Sequence[str] = ()) -> int:
    """Take part until the session is over or the learner leaves; the exit code. Raises NoLine, OSError."""
    seat = _Seat(console, lines, joining, films)
    call = asyncio.create_task(joining.run())
    sitting = asyncio.create_task(seat.run())
    try:
        await asyncio.wait((call, sitting), return_when=asyncio.FIRST_COMPLETED)
        if not sitting.done() and call.done() and call.exception() is None:
            seat.changed()
            await sitting
        if call.done() and (error := call.exception()):
            raise error
        code = await sitting
        if joining.guest.over:  # what was said last is still on its way
            await asyncio.wait((call,), timeout=PARTING)
        return code
    finally:
        for task in (sitting, call):
            task.cancel()
        with suppress(asyncio.CancelledError, Exception):
            await call
        joining.guest.close()


class _Seat:
    def __init__(self, console: Console, lines: Lines, joining: Joining, films: Sequence[str]) -> None:
        self.console = console
        self.lines = lines
        self.joining = joining
        guest = self.guest = joining.guest
        self.films = films
        self.code: int | None = None
        self._news = asyncio.Event()
        self._question: Callable[[str], None] | None = None
        """what the next line answers, where something was asked"""
        self.said = Said(console, guest, prompting=lines.typed)
        guest.changed = self.changed
        self.commands: dict[str, Callable[[str], None]] = {
            "?": lambda _: console.say(HELP),
            "r": lambda _: self.said.again(),
            "f": lambda _: self.facts(),
            "m": lambda _: self.meters(),
            "w": self.own_words,
            "h": lambda _: self._do("hint", text="\n".join(films)),
            "u": lambda _: self._do("rewind"),
            "n": self.note,
            "a": lambda _: self.ask_help(),
            "p": lambda _: self._do("resume" if guest.view.status == "paused" else "pause"),
            "x": lambda _: self.abandon(),
            "q": lambda _: self.leave(),
            "t": self.try_next,
            "b": self.better,
            ".": lambda _: self._do("silence"),
        }

    def changed(self) -> None:
        """Something came from the host."""
        self._news.set()

    async def run(self) -> int:
        """Print what comes, obey what is typed; the exit code."""
        line: asyncio.Task[str | None] | None = None
        try:
            while True:
                self._news.clear()
                await self.said.show()
                if self.guest.over and self.code is None:
                    self.code = FAILED if self.guest.standing == "refused" else DONE
                if self.code is not None:
                    return self.code
                if line is None:
                    line = asyncio.create_task(self.lines.get())
                if line.done() and self._ready(line.result()):
                    self._obey(line.result())
                    line = None
                    continue
                news = asyncio.create_task(self._news.wait())
                await asyncio.wait(
                    (news,) if line.done() else (news, line), return_when=asyncio.FIRST_COMPLETED
                )
                news.cancel()
        finally:
            if line:
                line.cancel()

    # --- typed

    def _ready(self, line: str | None) -> bool:
        """Whether a line can be obeyed now. Somebody who types is answered at once; a pipe waits for its turn."""
        guest, view = self.guest, self.guest.view
        if self._question:
            return True
        if line is None:
            return not guest.unanswered or not guest.line or view.held
        if self.lines.typed or line == "q":
            return True
        if guest.standing != "in":
            return guest.standing == "asked" and not self.said.fresh
        if guest.waits or not guest.line:
            return False
        if guest.opened:
            return self.said.debriefed == guest.take
        if guest.state.over or not guest.events:
            return False
        options = view.reactions if view.seat == "customer" else view.replies
        mine = view.status == "playing" and (
            view.seat == "customer" or (view.wheel == "learner" and not view.held)
        )
        open_poll = guest.poll is not None and not guest.poll.split and not self.said.polled
        if view.seat == "observer" and not open_poll:
            return not guest.unanswered
        return (
            open_poll
            or view.status == "paused"
            or (mine and bool(options or view.spoken or view.seat == "customer"))
            or line[:1] in AT_ANY_TIME
        )

    def _obey(self, line: str | None) -> None:
        self.said.prompted = False
        if not self.lines.typed and line:
            self.console.say(f"> {line}")
        if line is None:
            self._end(for_good=False)
        elif self._question:
            question, self._question = self._question, None
            question(line)
        elif self.guest.standing == "asked":
            self.agree(line)
        elif line:
            try:
                self._command(line)
            except Refused as refusal:
                self.console.say(str(refusal))

    def _command(self, line: str) -> None:
        if line.isascii() and line.isdigit():
            self.choose(int(line[:4]))
            return
        word, _, rest = line.partition(" ")
        command = self.commands.get(word.lower())
        if command is None:
            raise Refused("Type the number of a reply, or ? for help.")
        if self.guest.standing != "in" and word not in ("?", "q"):
            raise Refused("Not yet. q leaves.")
        command(rest.strip())

    def _do(self, do: Do, what: str = "", text: str = "", about: int = 0, value: int = 0) -> None:
        if not self.guest.events:
            raise Refused(moment(self.guest))
        if do != "remark" and self.guest.waits:
            raise Refused("What you asked for before is not answered yet.")
        self.guest.do(do, what, text, about, value)

    def agree(self, line: str) -> None:
        if line.casefold().startswith("y"):
            self.guest.agree()
        elif line.casefold().startswith("n"):
            self.console.say(NOT_AGREED)
            self._end(for_good=True)
        else:
            self.console.say("y or n.")

    def choose(self, number: int) -> None:
        guest, view = self.guest, self.guest.view
        poll = guest.poll
        if poll and not poll.split and not self.said.polled:
            if not 1 <= number <= len(poll.options):
                raise Refused(f"There are 1 to {len(poll.options)} to choose from.")
            self.said.polled = True
            guest.do("vote", poll.options[number - 1][0], poll.id)
            self.console.say("Chosen. The others are still thinking.")
            return
        if guest.opened or not guest.events:
            raise Refused(moment(guest))
        if view.seat == "observer":
            self.tick(number)
            return
        customer = view.seat == "customer"
        options = view.reactions if customer else view.replies
        if not 1 <= number <= len(options):
            raise Refused(
                f"There are 1 to {len(options)} here."
                if options
                else moment(guest) or "There is nothing to choose here."
            )
        self._do("steer" if customer else "say", options[number - 1][0])

    def tick(self, number: int) -> None:
        """Tick a line of the list of somebody who observes, or take the tick back."""
        lines = self.guest.view.checklist
        if not 1 <= number <= len(lines):
            raise Refused(f"Your list has lines 1 to {len(lines)}." if lines else "You have no list to tick.")
        text, was = lines[number - 1], lines[number - 1] in ticked(self.guest.events)
        self._observe(text, -1 if was else 1)
        self.console.say(f"{'Not seen after all' if was else 'Seen'}: {text}")

    def _observe(self, text: str, value: int) -> None:
        heard = next((e.seq for e in reversed(self.guest.events) if isinstance(e, Heard)), 0)
        self._do("remark", "observed", text, heard, value)

    def own_words(self, text: str) -> None:
        if not text:
            raise Refused("Type w, a space, and what you would say.")
        if self.guest.view.seat == "customer":
            self._do("steer", text=text)
        elif self.guest.view.mode != "coached" and not self.guest.view.spoken:
            raise Refused("In an assessed take there is no practising aloud.")
        else:
            self._do("remark", "own-words", text)

    def note(self, text: str) -> None:
        if not text:
            raise Refused("Type n, a space, and your note.")
        if self.guest.view.seat == "observer" and not self.guest.opened:
            self._observe(text, 0)
            self.console.say("Noted, for the debrief.")
            return
        self._do("remark", "note", text, 0 if self.guest.opened else self.guest.last)

    def ask_help(self) -> None:
        if asks_help(self.guest.events):
            raise Refused(f"{self.guest.trainer} sees that you ask for help.")
        self._do("remark", "help")

    def facts(self) -> None:
        for note in self.guest.view.notes or ("Nothing is noted yet.",):
            self.console.say(note, "- ")

    def meters(self) -> None:
        if not self.guest.view.meters:
            raise Refused("How the customer stands is not shown here.")
        for meter in self.guest.view.meters:
            self.console.say(f"{meter}.")

    def abandon(self) -> None:
        if self.guest.state.over or not self.guest.events:
            raise Refused("There is no take to end.")

        def answer(line: str) -> None:
            if line.casefold().startswith("y"):
                self._do("abandon")

        self._ask("End this take for both of you, without an ending? y or n: ", answer)

    def leave(self) -> None:
        def answer(line: str) -> None:
            self._end(for_good=line.casefold().startswith("y"))

        self._ask(
            "For good? y ends the session for you; Enter keeps it, to go on with another time: ", answer
        )

    def _ask(self, question: str, answer: Callable[[str], None]) -> None:
        self.console.say(question)
        self._question = answer

    def _end(self, *, for_good: bool) -> None:
        guest = self.guest
        unfinished = bool(guest.events) and not guest.opened
        guest.changed = lambda: None
        if for_good or not self.joining.let_in:
            guest.leave()
            self.console.say("Left.")
            self.code = DONE
        else:
            self.console.say("Left. `taketwo join` goes on with it.")
            self.code = UNFINISHED if unfinished else DONE

    # --- the debrief

    def try_next(self, text: str) -> None:
        if not self.guest.opened:
            raise Refused("That comes when the take is over.")
        if not text:
            raise Refused("Type t, a space, and one thing to try next time.")
        self.guest.opened.do(Remark("try-next", text))
        self.console.say("You will see it before your next take.")

    def better(self, number: str) -> None:
        session = self.guest.opened
        if not session:
            raise Refused("That comes when the take is over.")
        done = {str(turn.number): turn for turn in turns(session.events, session.scenario)}
        turn = done.get(number)
        if turn is None:
            raise Refused(f"There are decisions 1 to {len(done)}.")
        if turn.better is None:
            raise Refused("That was the best on offer.")
        session.do(Remark("better-shown", about=turn.seq))
        self.console.say(f"“{turn.better.text}” {turn.better.why}".rstrip())
