"""A session that was joined, behind whichever screens show it: its line, its news, and which screen is on top."""

from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from textual.screen import Screen
from textual.worker import Worker

from taketwo.pairing.guest import Guest
from taketwo.take.events import AnyEvent, Remarked
from taketwo.tui.together import Pointing

if TYPE_CHECKING:
    from taketwo.tui.app import TakeTwo
    from taketwo.tui.join import JoinScreen
    from taketwo.tui.observing import ObserverScreen
    from taketwo.tui.poll import PollScreen
    from taketwo.tui.seat import SeatScreen

NOTICE = 15.0
"""seconds that a note to everybody stands"""
UNFINISHED = 3
"""exit code where a take waits to be gone on with"""


class Joined:
    """What the learner's screens share. `run` keeps the line; without it somebody else does."""

    def __init__(
        self, app: "TakeTwo", guest: Guest, run: Callable[[], Awaitable[None]] | None = None
    ) -> None:
        self.app = app
        self.guest = guest
        self.pointing = Pointing(lambda seq, replay: guest.point(seq, replay=replay))
        self.door: JoinScreen | None = None
        """shows how far one has come, as long as one is not in"""
        self._run = run
        self._worker: Worker[None] | None = None
        self._seat: SeatScreen | None = None
        self._poll: PollScreen | None = None
        self._polled = ""
        self._observer: ObserverScreen | None = None
        self._debriefed = ""
        self._said = ""
        self._told_unsaved = ""
        self._stale = False
        guest.changed = self.changed
        guest.told.append(self._told)

    # --- the line

    def start(self) -> None:
        """Call, for as long as the session lasts."""
        self._worker = self.app.run_worker(self._call(), group="session")

    async def _call(self) -> None:
        from taketwo.pairing.certificate import Missing
        from taketwo.pairing.client import NoLine

        try:
            if self._run:
                await self._run()
        except (NoLine, Missing) as error:
            self.guest.standing, self.guest.message = "refused", str(error)
        except OSError as error:
            self.app.say(
                f"What is needed to go on with this session could not be kept: {error}", problem=True
            )
        self.changed()

    def leave(self, *, for_good: bool) -> None:
        """Back to Home: for good, or to go on with another time."""
        self.guest.changed = lambda: None
        if for_good:
            self.guest.leave()
        else:
            if self._worker:
                self._worker.cancel()
            self.guest.close()
            self.app.say("Kept. `taketwo join` goes on with it.")
        self._close()

    # --- news

    def changed(self) -> None:
        """Something happened: show it, once for all that happens in one go."""
        if not self._stale:
            self._stale = True
            self.app.call_later(self._news)

    def _news(self) -> None:
        self._stale = False
        guest = self.guest
        self._say()
        if guest.over:
            self._out()
        elif guest.standing == "in":
            self._in()
        elif self.door and not self._seat:
            self.door.news()

    def _say(self) -> None:
        """Refusals and notices, each once."""
        guest = self.guest
        while guest.refusals:
            self.app.say(guest.refusals.pop(0), problem=True)
        if guest.message and not guest.over:
            self.app.notify(guest.message, markup=False, timeout=NOTICE)  # it is kept nowhere else
            guest.message = ""
        if guest.unsaved != self._told_unsaved:
            self._told_unsaved = guest.unsaved
            if guest.unsaved:
                self.app.notify(guest.unsaved, title="Not saved", severity="error", markup=False, timeout=20)

    def _told(self, event: AnyEvent) -> None:
        """What the trainer says in the debrief; during the take it stands in the conversation."""
        if self.guest.opened and isinstance(event, Remarked) and event.by == "trainer" and event.text:
            self.app.say(f"{self.guest.trainer}: {event.text}")

    def _out(self) -> None:
        """Refused, or left."""
        if not self._seat:
            if self.door:
                self.door.news()
            return
        self.guest.changed = lambda: None
        self.guest.close()
        self._close()
        self.app.say(self.guest.message or "The session is over.", problem=self.guest.standing == "refused")

    def _close(self) -> None:
        """Back to where the session was joined from."""
        self.app.code = 0
        if self._seat:
            self._pop(lambda screen: screen is not self._seat)
            self.app.pop_screen()
            self._seat = None

    def _in(self) -> None:
        from taketwo.tui.seat import SeatScreen

        guest = self.guest
        if self._seat is None:
            self._seat = SeatScreen(self)
            self._pop(lambda screen: screen is not self.door)  # a question or a page may lie over it
            self.app.switch_screen(self._seat)
        if self._debriefed and self._debriefed != guest.take:
            self._debriefed = ""
            self._poll = None
            self._pop(lambda screen: screen is not self._seat)
        if guest.opened and self._debriefed != guest.take:
            self.debrief()
        self.app.code = UNFINISHED if guest.events and not guest.opened else 0
        self._observe()
        self._ask_room()
        if self._seat.stands:
            self._seat.news()
        self._look_there()

    def _observe(self) -> None:
        """Somebody else's take, over the seat, for as long as it is observed."""
        from taketwo.tui.observing import ObserverScreen

        observing = self.guest.view.seat == "observer" and not self.guest.opened
        there = self._observer is not None and self._observer in self.app.screen_stack
        if observing and not there:
            self._observer = ObserverScreen(self)
            self.app.push_screen(self._observer)
        elif observing and self._observer and self._observer.stands:
            self._observer.news()
        elif there and not observing:
            self._pop(lambda screen: screen is not self._seat)
            self._observer = None

    def debrief(self) -> None:
        """What the take was, over the seat."""
        from taketwo.tui.seat_debrief import SeatDebrief, SeatJudge

        session = self.guest.opened
        if session and self._seat:
            again, self._debriefed = self._debriefed == self.guest.take, self.guest.take
            ended = session.state.status != "abandoned" and session.state.decisions and self.guest.own
            self._pop(lambda screen: screen is not self._seat)
            self.app.push_screen(
                SeatJudge(session, self) if ended and not again else SeatDebrief(session, self)
            )

    def _look_there(self) -> None:
        """The trainer points at a decision."""
        pointed = getattr(self.app.screen, "pointed", None)
        if pointed and self.guest.pointed:
            seq, self.guest.pointed = self.guest.pointed, 0
            if self.pointing.came(seq, self.guest.pointed_replay):
                pointed(seq, replay=self.guest.pointed_replay)

    def _ask_room(self) -> None:
        """A question for the room."""
        from taketwo.tui.poll import PollScreen

        poll = self.guest.poll
        if poll is None:
            return
        if poll.id != self._polled:
            self._polled = poll.id
            if self._poll and self._poll.is_attached and self.app.screen is self._poll:
                self.app.pop_screen()
            self._poll = PollScreen(self.guest)
            self.app.push_screen(self._poll)
        elif self._poll and self._poll.stands:
            self._poll.news()

    def _pop(self, goes: Callable[[Screen[object]], bool]) -> None:
        """Close the screens on top, down to the first that stays."""
        while len(self.app.screen_stack) > 1 and goes(self.app.screen):
            self.app.pop_screen()
