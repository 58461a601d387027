"""What a trainer does with a whole room: takes for all of them, notes, votes, huddles, parts, and what came of it."""

import asyncio
from pathlib import Path
from secrets import randbelow
from typing import TYPE_CHECKING

from textual import work
from textual.binding import Binding

from taketwo.analysis.background import solving
from taketwo.debrief import turns
from taketwo.pairing.classroom import Classroom, begun
from taketwo.pairing.huddle import Huddle
from taketwo.pairing.triads import Triads, checklist
from taketwo.pairing.vote import RoomVote
from taketwo.pairing.window import attend, attend_no_more
from taketwo.scenario.findings import ScenarioError
from taketwo.scenario.library import UnknownScenario
from taketwo.session import Refused
from taketwo.take.commands import Start
from taketwo.tui.ask import AskLine, AskYes, Page
from taketwo.tui.board_blocks import result_blocks
from taketwo.tui.briefing import PACES
from taketwo.tui.choose import Choose, scene_rows
from taketwo.tui.frame import TakeTwoScreen
from taketwo.tui.projector import ProjectorScreen
from taketwo.tui.sheet import Block
from taketwo.wording import count

if TYPE_CHECKING:
    from taketwo.pairing.hosting import Hosting
    from taketwo.pairing.pair import Pair
    from taketwo.scenario.model import Scenario

NOBODY = "-"
"""the key of the choice to observe nobody any more"""


KEYS: tuple[Binding, ...] = (
    Binding("s", "start", "Start all", tooltip="A take of the scene for everybody who is ready"),
    Binding("S", "start_mixed", "Start mixed", show=False, tooltip="Start all, replies in different orders"),
    Binding("t", "triads", "Triads", tooltip="In threes: learner, customer, observer. Again: all move on"),
    Binding("o", "observe", "Observe", show=False, tooltip="The one under the cursor observes another"),
    Binding("b", "broadcast", "Note", tooltip="A note to everybody"),
    Binding("v", "vote", "Vote", tooltip="Room vote: one take on the projector, everybody chooses"),
    Binding("u", "huddle", "Huddle", tooltip="One decision of this learner's take, five minutes, no names"),
    Binding("p", "project", "Projector", show=False, tooltip="What the class sees: no names, no scores"),
    Binding("r", "results", "Results"),
    Binding("x", "export", "CSV", tooltip="The results as a table for spreadsheets"),
    Binding("c", "scene", "Scene", show=False, tooltip="Choose another scene"),
)
"""for everybody; a screen has them among its own"""


class RoomScreen(TakeTwoScreen):
    """A screen with actions for everybody; which learner is meant, the screen says."""

    def __init__(self, hosting: "Hosting", scenario: "Scenario | None" = None) -> None:
        super().__init__()
        self.hosting = hosting
        self.scenario = scenario
        self.all = Classroom(hosting.host, hosting.begin)
        self.triads: Triads | None = None

    def chosen(self) -> "Pair | None":
        """The learner who is meant."""
        raise NotImplementedError

    def changed(self) -> None:
        """Show what has changed."""
        raise NotImplementedError

    # --- all at once

    @work
    async def action_start(self) -> None:
        """A take for everybody who is ready."""
        await self._start(mixed=False)

    @work
    async def action_start_mixed(self) -> None:
        """The same, each with another order of replies."""
        await self._start(mixed=True)

    async def _start(self, *, mixed: bool) -> None:
        scenario = self.scenario or await self._choose()
        if scenario is None:
            return
        if self.hosting.frame.minutes and self.hosting.frame.phase == 0:
            self.hosting.next_phase()
        mixing = (lambda: randbelow(1 << 31)) if mixed else None
        done = []
        for each in self.all.starting(scenario, self.start_of(), seed=mixing):
            done.append(each)
            await asyncio.sleep(0)  # whoever plays already is not kept waiting by thirty takes that begin
        who = begun(done)
        said = [f"{count(len(who.names), 'take')} begun."]
        said += [f"{name} {why}." for name, why in who.left if why != "is in a take"]
        self.tt.say(" ".join(said), problem=len(said) > 1)
        self.changed()

    def start_of(self) -> Start:
        """How takes of this class are played, by the trainer's settings."""
        chosen = self.tt.settings
        seed = randbelow(1 << 31) if self.tt.seed is None else self.tt.seed
        return Start(seed=seed, mode=chosen.mode, pace=PACES[chosen.time])

    async def _choose(self) -> "Scenario | None":
        """Ask for the scene."""
        rows = scene_rows(self.tt.library.summaries())
        here = self.scenario.id if self.scenario else ""
        chosen = await self.app.push_screen_wait(Choose("Which scene?", rows, here))
        if not chosen:
            return None
        try:
            self.scenario = self.tt.library.load(chosen)
        except (ScenarioError, UnknownScenario) as error:
            self.tt.say(str(error), problem=True)
            return None
        solving(self.scenario)
        self.changed()
        return self.scenario

    @work
    async def action_scene(self) -> None:
        """Choose another scene."""
        await self._choose()

    @work
    async def action_broadcast(self) -> None:
        """A note to everybody."""
        text = await self.app.push_screen_wait(
            AskLine("A note to everybody", hint="Enter sends it, Ctrl+G goes back. It is not kept.")
        )
        if text:
            try:
                self.tt.say(f"Sent to {count(self.all.broadcast(text), 'learner')}.")
            except Refused as refusal:
                self.tt.say(str(refusal), problem=True)

    # --- parts in another's take

    @work
    async def action_triads(self) -> None:
        """Threes, or the next turn of those that there are."""
        scenario = self.scenario or await self._choose()
        if scenario is None:
            return
        triads = self.triads
        if triads is None or await self._anew(triads):
            people = [p for p in self.hosting.host.pairs if p.agreed and p.on_line]
            if len(people) < 2:
                self.tt.say("Two at least have to be in: one to learn, one to play the customer.")
                return
            triads = self.triads = Triads(people, self.hosting.begin)
        try:
            found = triads.next(scenario, self.start_of())
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        waiting = len(triads.groups) - len(found)
        if not found:
            self.tt.say("Nothing has begun: in every group somebody is in a take, or away.", problem=True)
            return
        late = f" {count(waiting, 'group')} still in a take or away: left as they are." if waiting else ""
        self.tt.say(f"Turn {triads.turn + 1}: {count(len(found), 'take')} begun.{late}")
        self.changed()

    async def _anew(self, triads: Triads) -> bool:
        """Whether the groups are to be made anew: somebody has come who is in none."""
        known = {pair.number for group in triads.groups for pair in group}
        new = [p.learner for p in self.hosting.host.pairs if p.agreed and p.number not in known]
        question = f"{', '.join(new)} came since. Make the groups anew?"
        if not new:
            return False
        return await self.app.push_screen_wait(AskYes(question))

    @work
    async def action_observe(self) -> None:
        """The one under the cursor observes a take, or stops."""
        to = self.chosen()
        if to is None:
            self.tt.say("Put the cursor on whoever shall observe.")
            return
        rows = [
            Block(f"{p.learner}: {p.session.scenario.title}", key=str(p.number), lead=" ")
            for p in self.hosting.host.pairs
            if p is not to and p.session and not p.session.state.over
        ]
        if to.window is not to.own:
            rows.append(Block("Nobody any more", key=NOBODY, lead=" "))
        if not rows:
            self.tt.say("Nobody else is in a take.")
            return
        key = await self.app.push_screen_wait(Choose(f"Whom does {to.learner} observe?", rows))
        of = next((p for p in self.hosting.host.pairs if str(p.number) == key), None)
        try:
            if key == NOBODY:
                attend_no_more(to)
            elif of and of.session:
                attend(to, of, "observer", await self._list(checklist(of.session.scenario)))
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
        self.changed()

    async def _list(self, usual: tuple[str, ...]) -> tuple[str, ...]:
        """What to look out for: what the trainer types, or what the scene is about."""
        hint = "Several with ; between them. Enter alone: what the scene is about."
        typed = await self.app.push_screen_wait(AskLine("What to look out for", hint=hint))
        own = tuple(each.strip() for each in (typed or "").split(";") if each.strip())
        return own or usual

    # --- before everybody

    def action_project(self) -> None:
        """What the class sees while each is in a take of their own."""
        self.app.push_screen(ProjectorScreen(self.hosting, None, self.scenario))

    @work
    async def action_vote(self) -> None:
        """The room plays a take together."""
        scenario = self.scenario or await self._choose()
        if scenario:
            vote = RoomVote.begin(self.hosting.host, self.hosting.shelf, scenario, self.start_of().seed)
            self.app.push_screen(ProjectorScreen(self.hosting, vote, scenario))

    @work
    async def action_huddle(self) -> None:
        """One decision of the take under the cursor."""
        pair = self.chosen()
        session = pair.session if pair else None
        if session is None:
            self.tt.say("Put the cursor on a learner who is in a take: the decision comes from there.")
            return
        rows = [
            Block(turn.heard, key=str(turn.seq), lead=f" {turn.number} ", hang="   ")
            for turn in turns(session.events, session.scenario)
        ]
        if not session.state.over:
            rows.append(Block(session.says, key="0", lead=f" {len(rows) + 1} ", hang="   "))
        chosen = await self.app.push_screen_wait(Choose("Which decision?", rows, rows[-1].key))
        if chosen is None:
            return
        try:
            huddle = Huddle(self.hosting.host, session, int(chosen))
        except Refused as refusal:
            self.tt.say(str(refusal), problem=True)
            return
        self.app.push_screen(ProjectorScreen(self.hosting, huddle, session.scenario))

    # --- what came of it

    def action_results(self) -> None:
        """All takes of this session."""
        self.app.push_screen(Page("Results", result_blocks(self.all.results(), self.app.size.width - 12)))

    @work
    async def action_export(self) -> None:
        """Write the results down as CSV."""
        from taketwo.export.results import table
        from taketwo.output import NotWritten, write

        name = f"results-{self.hosting.now():%Y-%m-%d-%H%M}.csv"
        asked = await self.app.push_screen_wait(AskLine("Write the results to which file?", value=name))
        if not asked:
            return
        path = Path(asked).expanduser()
        try:
            write(path, table(self.all.results()).encode(), force=False)
        except NotWritten as error:
            self.tt.say(str(error).replace("--force replaces it.", "Take another name."), problem=True)
        else:
            self.tt.say(f"Written: {path.absolute()}")
