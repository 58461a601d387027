"""What the learner's seat prints: what happens, as it comes, and what is to be done now."""

import asyncio

from taketwo.analysis.background import solving
from taketwo.debrief import debrief, turns
from taketwo.pairing.guest import Guest
from taketwo.pairing.telling import Part, cut, moment, split, ticked, told, waiting
from taketwo.plain.console import Console
from taketwo.plain.debrief import show_debrief
from taketwo.take.events import AnyEvent, Heard, Started


class Said:
    """Remembers what has been printed; `show` prints what is new."""

    def __init__(self, console: Console, guest: Guest, *, prompting: bool) -> None:
        self.console = console
        self.guest = guest
        self.prompting = prompting
        """whether somebody types, and is told when they can"""
        self.prompted = False
        self.fresh: list[AnyEvent] = []
        """events that have not been printed"""
        self.debriefed = ""
        """the take whose debrief has been printed"""
        self.polled = False
        """the question for the room was answered here, or is closed"""
        self._shown: tuple[object, ...] = ()
        self._stood = ""
        self._take = ""
        self._asked = ""
        self._split = ""
        self._unsaved = ""
        self._listed: tuple[object, ...] = ()
        """whose list was printed last"""
        self._answer = ""
        """an answer that was printed while it waited for the customer's"""
        guest.told.append(self.fresh.append)

    async def show(self) -> None:
        """Print what is new."""
        guest = self.guest
        self._notices()
        if guest.standing != "in" or guest.over:
            self._standing(waiting(guest))
            return
        self._standing(cut(guest) or ("The line stands." if guest.take else moment(guest)))
        if guest.take != self._take:
            self._take, self._shown = guest.take, ()
            self._begin()
        self._events()
        self._list()
        if guest.opened and self.debriefed != guest.take:
            self.debriefed = guest.take
            await self._debrief()
        self._pointed()
        self._room()
        self._turn()
        if self.prompting and not self.prompted:
            self.prompted = True
            self.console.sink.write("> ")
            self.console.sink.flush()

    def say(self, text: str = "", indent: str = "") -> None:
        """Print something that was not asked for: not behind a prompt."""
        if self.prompted:
            self.prompted = False
            self.console.say()
        self.console.say(text, indent)

    def _standing(self, words: str) -> None:
        if words != self._stood:
            was, self._stood = self._stood, words
            if words and not (words == "The line stands." and not was.startswith("The line is cut")):
                self.say(words)
            if self.guest.standing == "asked" and self.guest.line:
                self.say("y or n:")

    def _notices(self) -> None:
        guest = self.guest
        while guest.refusals:
            self.say(guest.refusals.pop(0))
        if guest.message and not guest.over:
            self.say(guest.message)
            guest.message = ""
        if guest.unsaved != self._unsaved:
            self._unsaved = guest.unsaved
            if guest.unsaved:
                self.say(f"Not saved: {guest.unsaved}")

    def _begin(self) -> None:
        if self.guest.take:
            self.say()
            self.say(self.guest.view.title)
            goal = self.guest.welcome.goal if self.guest.welcome else ""
            if goal:
                self.say(f"What this session is for: {goal}")
            if self.guest.try_next:
                self.say(f"Last time you wanted to try: {self.guest.try_next}")
            for number, text in enumerate(self.guest.briefing):
                self.say(text, "- " if number > 1 else "")  # after the role and the situation come facts
            if self.guest.own:
                self.say("Type the number of a reply, or ? for help.")
            self.say()
            # what was written here before a crash has been read back without being told of
            told_of = {event.seq for event in self.fresh}
            self.fresh[:0] = [event for event in self.guest.events if event.seq not in told_of]

    def _list(self) -> None:
        """What somebody observes, and what they look out for, once."""
        guest = self.guest
        now = (guest.take, guest.view.checklist)
        if guest.view.seat == "observer" and guest.events and not guest.opened and now != self._listed:
            self._listed = now
            self._looked_for()

    def _looked_for(self) -> None:
        first = self.guest.events[0] if self.guest.events else None
        learner = first.learner if isinstance(first, Started) else ""
        self.say(f"You observe {learner or 'a take'}. What to look out for; type its number when you see it:")
        seen = ticked(self.guest.events)
        for number, text in enumerate(self.guest.view.checklist, 1):
            self.say(f"{text} (seen)" if text in seen else text, f"  {number}. ")

    def _events(self) -> None:
        fresh, self.fresh[:] = list(self.fresh), []
        guest = self.guest
        start = next((event for event in guest.events if isinstance(event, Started)), None)
        for event in fresh:
            did = guest.feedback.get(event.seq, ())
            customer = guest.view.seat == "customer"
            other = guest.other if customer else guest.trainer
            for part in told(event, did, other, start.customer if start else "", customer=customer):
                self._part(part)

    def _part(self, part: Part) -> None:
        if part.kind in ("you", "trainer") and part.text == self._answer:
            self._answer = ""
        elif part.kind == "did":
            self.say(part.text, "  | ")
        elif part.kind == "hint":
            self.say(f"Hint: {part.text}")
        else:
            self.say(f"{part.who}: {part.text}" if part.who else part.text)

    def _turn(self) -> None:
        """What is to be done now, where that has changed."""
        guest, view = self.guest, self.guest.view
        if guest.opened or not guest.events:
            return
        options = view.reactions if view.seat == "customer" else view.replies
        heard = next((event.seq for event in reversed(guest.events) if isinstance(event, Heard)), 0)
        shown = (guest.take, heard, options, view.spoken, view.held, view.wheel, view.status)
        if shown == self._shown:
            return
        self._shown = shown
        if view.answer and view.held:
            self._answer = view.answer
            self.say(f"{guest.other if view.seat == 'customer' else 'You'}: {view.answer}")
        if words := moment(guest):
            self.say(words)
        if view.seat == "observer" or view.status != "playing" or (view.held and view.seat != "customer"):
            return
        if view.left_ms >= 0 and self.prompting and view.wheel == "learner":
            self.say(f"({view.left_ms // 1000} seconds to answer)")
        for number, (_, text) in enumerate(options, 1):
            self.say(text, f"  {number}. ")

    def again(self) -> None:
        """Where the take stands, once more."""
        if self.guest.view.says and not self.guest.opened:
            self.console.say(f"{self.guest.view.speaker}: {self.guest.view.says}")
        self._shown = ()
        if self.guest.view.seat == "observer" and not self.guest.opened:
            self._looked_for()

    def _pointed(self) -> None:
        guest = self.guest
        if not guest.pointed or not guest.opened:
            return
        seq, guest.pointed = guest.pointed, 0
        done = turns(guest.opened.events, guest.opened.scenario)
        turn = next((turn for turn in done if turn.seq == seq), None)
        if turn:
            self.say(f"{guest.trainer} points at decision {turn.number}: {turn.said or '(nothing said)'}")

    def _room(self) -> None:
        poll = self.guest.poll
        if poll is None:
            return
        if poll.id != self._asked:
            self._asked, self.polled = poll.id, False
            self.say("A question for the room: which would you choose?")
            self.say(poll.heard)
            for number, (_, text) in enumerate(poll.options, 1):
                self.say(text, f"  {number}. ")
        if poll.split and poll.id != self._split:
            self._split, self.polled = poll.id, True
            self.say("So the room chose:")
            for (_, text), (_, words) in zip(poll.options, split(poll.split, 1), strict=False):
                self.say(f"{words}: {text}", "- ")
            if poll.told:
                self.say(poll.told)

    async def _debrief(self) -> None:
        session = self.guest.opened
        assert session
        solution = await asyncio.to_thread(solving(session.scenario).result)
        show_debrief(self.console, debrief(session.events, session.scenario, solution))
        self.console.say(f"{moment(self.guest)} b, n and t work meanwhile; ? says what they do.")
