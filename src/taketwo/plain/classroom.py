"""A class by line: the board, one learner's take at a time, and questions to the room."""

from collections.abc import Callable
from pathlib import Path

from taketwo.export.results import table
from taketwo.output import NotWritten, write
from taketwo.pairing.classroom import Classroom, Result, Row, begun
from taketwo.pairing.hosting import Hosting
from taketwo.pairing.huddle import Huddle
from taketwo.pairing.pair import Pair
from taketwo.pairing.triads import Triads, checklist
from taketwo.pairing.vote import RoomVote
from taketwo.pairing.window import attend, attend_no_more
from taketwo.plain.console import Console
from taketwo.plain.desk import HELP, Desk
from taketwo.scenario.model import Scenario
from taketwo.session import Refused
from taketwo.take.events import Moved
from taketwo.wording import clock, count, percent

CLASS_HELP = f"""\
board      who is here, where each take stands, and who asks for help
all        let everybody in who is at the door; y lets in the first
start      a take for everybody who is ready
to NAME    follow this learner: what is said below then goes to them; to alone follows nobody
tell WORDS a note to everybody
vote       ask the room: everybody chooses a reply to one take
huddle N   ask the room about decision N of the take that is followed; five minutes
close      close the question, and see how the votes fell
pick [N]   say the reply that most chose, or reply N, and tell what it does; on asks for the next decision
stop       ask nothing any more
triads     groups of learner, customer and observer; again: the next turn
watch NAME this learner observes the take that is followed; watch NAME off ends it
results    what came of it; csv FILE writes it as a table

Of the learner that is followed:
{HELP}"""


class ClassDesk(Desk):
    """Up to thirty learners, one of whom is followed."""

    help = CLASS_HELP

    def __init__(
        self, console: Console, hosting: Hosting, scenario: Scenario | None, how: tuple[str, int | None]
    ) -> None:
        super().__init__(console, hosting, scenario, how)
        self.all = Classroom(hosting.host, hosting.begin)
        self.followed: Pair | None = None
        self.asked: RoomVote | Huddle | None = None
        self.triads: Triads | None = None
        more: dict[str, Callable[[str], object]] = {
            "board": lambda _: self.board(),
            "all": lambda _: self.say_count(self.all.let_all_in(), "learner", "let in"),
            "start": lambda _: self.start(),
            "to": self.follow,
            "tell": lambda words: self.say_count(self.all.broadcast(words), "learner", "told"),
            "vote": lambda _: self.vote(),
            "huddle": self.huddle,
            "close": lambda _: self.close(),
            "pick": self.pick,
            "on": lambda _: self.go_on(),
            "stop": lambda _: self.stop(),
            "triads": lambda _: self.turn(),
            "watch": self.watch,
            "results": lambda _: self.results(),
            "csv": self.csv,
        }
        self.commands |= more

    @property
    def pair(self) -> Pair | None:
        return self.followed

    def say_count(self, number: int, thing: str, done: str) -> None:
        """How many it was done to."""
        self.console.say(f"{count(number, thing)} {done}.")

    # --- the class

    def board(self) -> None:
        rows = self.all.rows()
        if not rows:
            self.console.say("Nobody is here yet.")
        for row in rows:
            self.console.say(row_words(row), "- ")

    def follow(self, name: str) -> None:
        if not name:
            self.followed, self.session = None, None
            self.console.say("You follow nobody.")
            return
        self.followed, self.session, self.shown_held = self._named(name), None, False
        self.console.say(f"You follow {self.followed.learner}.")
        self.news()
        if self.followed.session and self.followed.session.state.status == "playing":
            self.present()

    def _named(self, name: str) -> Pair:
        """The learner whose name begins like that. Raises Refused."""
        pairs = self.hosting.host.pairs
        exact = [pair for pair in pairs if pair.learner.casefold() == name.casefold()]
        found = exact or [pair for pair in pairs if pair.learner.casefold().startswith(name.casefold())]
        if len(found) != 1:
            names = ", ".join(pair.learner for pair in found or pairs) or "nobody yet"
            raise Refused(f"Which learner? Here are: {names}.")
        return found[0]

    def start(self) -> None:
        scene = self._scene()
        if self.hosting.frame.minutes and self.hosting.frame.phase == 0:
            self.hosting.next_phase()
        done = begun(self.all.starting(scene, self._start()))
        self.console.say(f"{count(len(done.names), 'take')} begun.")
        for name, why in done.left:
            self.console.say(f"{name} {why}.", "- ")

    def _scene(self) -> Scenario:
        if self.scenario is None:
            raise Refused("Say which scene when you start: `taketwo host --class SCENARIO`.")
        return self.scenario

    def turn(self) -> None:
        if self.triads is None:
            self.triads = Triads(
                [pair for pair in self.hosting.host.pairs if pair.agreed], self.hosting.begin
            )
        scene = self._scene()
        for roles in self.triads.next(scene, self._start(), checklist(scene)):
            watching = ", ".join(pair.learner for pair in roles.observers) or "nobody"
            customer = roles.customer.learner if roles.customer else "the scenario"
            self.console.say(
                f"{roles.learner.learner} answers, {customer} is the customer, {watching} observes."
            )

    def watch(self, text: str) -> None:
        name, _, off = text.rpartition(" ") if text.endswith(" off") else (text, "", "")
        pair = self._named(name)
        if off:
            attend_no_more(pair)
            return
        attend(pair, self._pair, "observer", checklist(self._session.scenario))

    # --- questions to the room

    def vote(self) -> None:
        self.stop()
        seed = 0 if self.seed is None else self.seed
        self.asked = RoomVote.begin(self.hosting.host, self.hosting.shelf, self._scene(), seed)
        self._say_question()

    def huddle(self, text: str) -> None:
        moves = [event.seq for event in self._session.events if isinstance(event, Moved)]
        if not (text.isascii() and text.isdigit() and 1 <= int(text[:6]) <= len(moves)):
            raise Refused(f"Of {count(len(moves), 'decision')}, which? huddle 1 asks about the first.")
        session = self._session
        self.stop()
        self.asked = Huddle(self.hosting.host, session, moves[int(text[:6]) - 1])
        self._say_question()

    def _question(self) -> RoomVote | Huddle:
        if self.asked is None:
            raise Refused("Nothing is asked. vote and huddle N ask the room.")
        return self.asked

    def _say_question(self) -> None:
        asking = self._question().asking
        self.console.say(asking.heard)
        for number, (_, words) in enumerate(asking.options, 1):
            self.console.say(words, f"  {number}. ")
        self.console.say("The room chooses. close shows how the votes fell.")

    def close(self) -> None:
        asked = self._question()
        asked.close()
        for number, (votes, (_, words)) in enumerate(
            zip(asked.asking.counts, asked.asking.options, strict=True), 1
        ):
            self.console.say(f"{count(votes, 'vote')}: {words}", f"  {number}. ")
        if isinstance(asked, Huddle):
            asked.tell()
            self.console.say(asked.asking.told)
        else:
            self.console.say("pick says the one that most chose, pick N another.")

    def pick(self, text: str) -> None:
        asked = self._question()
        if isinstance(asked, Huddle):
            raise Refused("A huddle only weighs: close shows what each was worth.")
        options = asked.asking.options
        if text and not (text.isascii() and text.isdigit() and 1 <= int(text[:4]) <= len(options)):
            raise Refused(f"There are replies 1 to {len(options)}.")
        asked.say(options[int(text[:4]) - 1][0] if text else "")
        self.console.say(asked.asking.told)
        self.console.say("The take is over." if asked.phase == "over" else "on asks for the next decision.")

    def go_on(self) -> None:
        asked = self._question()
        if isinstance(asked, Huddle):
            raise Refused("A huddle is one decision.")
        asked.go_on()
        self._say_question()

    def stop(self) -> None:
        if self.asked:
            self.asked.leave()
            self.asked = None

    # --- what came of it

    def results(self) -> None:
        found = self.all.results()
        if not found:
            self.console.say("No take has begun.")
        for each in found:
            self.console.say(result_line(each), "- ")

    def csv(self, text: str) -> None:
        if not text:
            raise Refused("Type csv and the name of a file.")
        path = Path(text).expanduser()
        try:
            write(path, table(self.all.results()).encode(), force=False)
        except NotWritten as error:
            raise Refused(str(error)) from None
        self.console.say(f"Written: {path}")

    def end(self) -> None:
        self.stop()
        super().end()


def row_words(row: Row) -> str:
    """A line of the board in words."""
    if row.there == "door":
        return f"{row.name}: at the door"
    parts: list[str] = [row.there if row.there != "in" else "here"]
    if row.there == "asked":
        parts = ["asked whether you may watch"]
    if row.part and row.whose:
        parts.append(f"{row.part} in the take of {row.whose}")
    if row.verdict:
        parts.append(row.verdict)
    elif row.status:
        parts.append(f"decision {row.decision}")
        parts += [row.mood] if row.mood else []
        parts += [f"{percent(row.curve)} chance of a good ending"] if row.curve is not None else []
        parts += [f"waiting for {clock(int(row.waiting) * 1000)}"] if row.waiting >= 10 else []
        parts += [row.status] if row.status != "playing" else []
    parts += ["asks for help"] if row.asks else []
    return f"{row.name}: {', '.join(parts)}"


def result_line(of: Result) -> str:
    """A take of the class in words."""
    result = "passed" if of.passed else of.outcome or of.status
    csat = f", CSAT {of.csat}" if of.csat else ""
    return f"{of.name}, {of.title}: {result}{csat}, craft {percent(of.craft)}, guessing {percent(of.guess)}"
