"""A screen about one take that shows where other takes go other ways."""

from collections.abc import Mapping, Sequence

from textual import work

from taketwo.session import Session
from taketwo.transcript.branches import others
from taketwo.transcript.rows import TakeRow
from taketwo.tui.frame import TakeTwoScreen


class PartingScreen(TakeTwoScreen):
    """Looks again for the takes that part from its own whenever it comes to the front; `_show` draws them."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.forks: Mapping[int, Sequence[TakeRow]] = {}
        """the takes that go other ways, by the seq of the event where they part"""

    def on_screen_resume(self) -> None:
        self._load()

    @work(thread=True, exclusive=True, group="load", name="load")
    def _load(self) -> None:
        self.app.call_from_thread(self._loaded, others(self.tt.shelf.rows(), self.session.name))

    def _loaded(self, forks: Mapping[int, Sequence[TakeRow]]) -> None:
        self.forks = forks
        if forks and self.is_attached:
            self._show()

    def _show(self) -> None:
        raise NotImplementedError
