"""A take line by line: the letters a learner can type, and what each does."""

from collections.abc import Callable, Sequence

from taketwo.analysis.background import solving
from taketwo.authoring.watch import Watched, look
from taketwo.debrief import notes, turns
from taketwo.plain.console import Console, Left
from taketwo.scenario.model import Scenario
from taketwo.session import Refused, Session, save_elsewhere
from taketwo.take.commands import Abandon, Hint, Pause, Remark, Resume
from taketwo.take.events import Hinted
from taketwo.transcript.journal import NotSaved
from taketwo.wording import (
    count,
    hint_words,
    meter_title,
    meter_words,
    turn_feedback,
)

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


def brief(
    console: Console,
    scenario: Scenario,
    learner: str,
    mode: str,
    last_try: str = "",
    follows: str = "",
    *,
    surprise: bool = False,
) -> None:
    """What the learner may know before the first word; of a surprise, not which scene it is."""
    console.say("A surprise" if surprise else scenario.title)
    console.say()
    console.say(scenario.briefing.role)
    console.say(scenario.briefing.situation.replace("{learner}", learner))
    for fact in scenario.briefing.facts:
        console.say(fact.replace("{learner}", learner), "- ")
    if follows:
        console.say(follows)
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
        say(f"{self.session.speaker}: {self.session.says}")
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
