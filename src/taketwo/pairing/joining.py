"""A session that was joined from here: the guest, its file, and the line that is made again whenever it is cut."""

import secrets
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from taketwo.pairing.guest import Guest
from taketwo.pairing.invitation import BadInvitation, Invitation, decode
from taketwo.pairing.keeping import GuestFile, Keeper, guest_path
from taketwo.transcript.shelf import Shelf


class Joining:
    """What the learner's screens work with."""

    def __init__(self, file: GuestFile, shelf: Shelf) -> None:
        self.file = file
        self.invitation: Invitation = decode(file.invitation)
        self.keeper = Keeper(guest_path(sha256(file.secret.encode()).hexdigest()[:12]))
        self.guest = Guest(
            file.name,
            self.invitation.token.hex(),
            file.secret,
            shelf,
            try_next=shelf.last_try(file.name),
            seat=file.seat,
        )
        self.guest.seated = self._seated

    @classmethod
    def again(cls, file: GuestFile, shelf: Shelf) -> "Joining":
        """The session in `file`, which was cut off here. Raises BadInvitation where another program is in it."""
        joining = cls(file, shelf)
        if not joining.keeper.hold():
            raise BadInvitation("This session is open in another terminal. Close it there first.")
        joining.guest.go_on(file.trainer)
        return joining

    @classmethod
    def new(cls, text: str, name: str, shelf: Shelf, *, observe: bool = False) -> "Joining":
        """By the invitation in `text`, to learn or to `observe`. Raises BadInvitation, and OSError where it cannot be written down."""
        decode(text)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        seat = "observer" if observe else "learner"
        file = GuestFile(created, decode(text).encode(), secrets.token_hex(16), name, seat=seat)
        joining = cls(file, shelf)
        joining.keeper.write(joining.file)
        joining.keeper.hold()
        return joining

    @property
    def let_in(self) -> bool:
        """Whether the trainer has let this guest in, now or before: then there is something to go on with."""
        return bool(self.file.trainer)

    def _seated(self) -> None:
        """Remember whose session it is, for when it is gone on with; without that it can be gone on with all the same."""
        if self.guest.trainer != self.file.trainer:
            self.file = replace(self.file, trainer=self.guest.trainer)
            with suppress(OSError):
                self.keeper.write(self.file)

    async def run(self) -> None:
        """Call until the session is over. Raises WrongHost where somebody else answers."""
        from taketwo.pairing.client import call

        try:
            await call(self.invitation, self.guest)
        finally:
            self.keeper.let_go()
            if self.guest.over:
                self.keeper.gone()
