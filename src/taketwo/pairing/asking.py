"""A question for the whole room: everybody who is in chooses one of the options, and the split is shown when it closes.

Votes have no names outside of here, and are never kept. Whoever comes later gets the question as it stands.
"""

import secrets
from collections.abc import Callable, Sequence
from time import monotonic

from taketwo.pairing import protocol as p
from taketwo.pairing.classroom import in_room
from taketwo.pairing.host import Host
from taketwo.pairing.pair import Pair
from taketwo.take.decide import Refused


class Asking:
    """What the room is asked, one question at a time, until `stop`."""

    def __init__(self, host: Host, clock: Callable[[], float] = monotonic) -> None:
        self.host = host
        self.heard = ""
        self.options: tuple[tuple[str, str], ...] = ()
        """(id, words)"""
        self.open = False
        self.told = ""
        self._clock = clock
        self._id = ""
        self._until: float | None = None
        self._votes: dict[int, str] = {}
        host.here, host.voted = self._here, self._voted

    # --- the question

    def ask(self, heard: str, options: Sequence[tuple[str, str]], seconds: int = 0) -> None:
        """Ask everybody; `seconds` is how long they have, 0 for as long as it takes."""
        self.heard, self.options, self.told = heard, tuple(options), ""
        self.open = True
        self._id, self._votes = secrets.token_hex(6), {}
        self._until = self._clock() + seconds if seconds else None
        self._send()

    def close(self) -> None:
        """No more votes: everybody sees how they fell."""
        if self.open:
            self.open = False
            self._send()

    def tell(self, text: str) -> None:
        """Tell everybody what came of it."""
        self.told = text
        self._send()

    def stop(self) -> None:
        """Nothing is asked any more."""
        self.close()
        if self.host.voted == self._voted:  # and nobody else asks by now
            self.host.ask_nothing()

    @property
    def poll(self) -> p.Poll:
        """The question as it stands."""
        split = () if self.open else self.counts
        return p.Poll(self._id, self.heard, self.options, split, self.told, self.left or 0)

    @property
    def left(self) -> int | None:
        """Seconds that are left, 0 where the time is up; None without a clock."""
        if self._until is None or not self.open:
            return None
        return max(0, round(self._until - self._clock()))

    # --- the votes

    @property
    def counts(self) -> tuple[int, ...]:
        """How many chose each option."""
        chosen = list(self._votes.values())
        return tuple(chosen.count(option) for option, _ in self.options)

    @property
    def voted(self) -> int:
        """How many have chosen."""
        return len(self._votes)

    @property
    def present(self) -> int:
        """How many are asked: those who are here, and those who have chosen and are cut off."""
        return len({pair.number for pair in in_room(self.host)} | self._votes.keys())

    @property
    def leading(self) -> tuple[str, ...]:
        """The options that most chose; several where they are level, none where nobody chose."""
        most = max(self.counts, default=0)
        return tuple(o for (o, _), n in zip(self.options, self.counts, strict=True) if n == most and most)

    def _voted(self, pair: Pair, move: p.Move) -> None:
        """Raises Refused."""
        if not self.open or move.text != self._id:
            raise Refused("That question is closed.")
        if move.what not in dict(self.options):
            raise Refused("There is no such reply to choose.")
        self._votes[pair.number] = move.what
        self.host.changed()

    def _here(self, pair: Pair) -> None:
        if self._id:
            pair.send(self.poll)

    def _send(self) -> None:
        for pair in in_room(self.host):
            pair.send(self.poll)
        self.host.changed()
