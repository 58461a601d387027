"""What a trainer gives to a learner, as text to paste: where the host is, how to know it, and the right to come in.

    taketwo1-000Q4-ZR000-01G…

Letters and digits only, capital or small, in fives. Whatever mail, chat and terminals put between them does no harm:
line breaks, spaces, dashes, quotes, words before and after. The alphabet has no I, L, O or U; I and L are read as 1, O as 0.

Inside: kind of host and whether it is a room (1 byte), port (2), host (4, 16, or 1 + its length), fingerprint (32), token (10),
and the first 4 bytes of the SHA-256 of all that. Nothing said here about a bad one repeats any of it.
"""

import hashlib
import ipaddress
import re
from dataclasses import dataclass, field

TOKEN = 10
"""Bytes of a token: 80 bits."""
FINGERPRINT = 32

_MARK = "TAKETWO"
_VERSION = "1"
_CHECK = 4
_LONGEST = 20_000
"""Characters of pasted text that are looked at."""

_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_VALUES = {letter: value for value, letter in enumerate(_ALPHABET)} | {"I": 1, "L": 1, "O": 0}
_LABEL = re.compile(r"[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)

_V4, _V6, _NAMED, _ROOM = 0, 1, 2, 4


class BadInvitation(Exception):
    """No invitation that can be used; the message says why, and nothing of what it held."""

    def __init__(self, words: str, *, unfinished: bool = False) -> None:
        super().__init__(words)
        self.unfinished = unfinished
        """It is right as far as it goes: more of it may come with the next line."""


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where the host is, its certificate's SHA-256, and a token; `room` when many come in by one invitation.

    Raises ValueError for a host, port, fingerprint or token that cannot be one.
    """

    host: str
    port: int
    fingerprint: bytes
    token: bytes = field(repr=False)
    room: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "host", _host(self.host))
        if not 0 < self.port < 65_536:
            raise ValueError(f"a port is a number from 1 to 65535, not {self.port}")
        if len(self.fingerprint) != FINGERPRINT or len(self.token) != TOKEN:
            raise ValueError(f"a fingerprint has {FINGERPRINT} bytes and a token {TOKEN}")

    @property
    def place(self) -> str:
        """Host and port in one word, for people."""
        return place(self.host, self.port)

    def encode(self) -> str:
        """The text to paste: one word without spaces, about 110 characters."""
        kind, host = _packed(self.host)
        body = bytes([kind | (_ROOM if self.room else 0)]) + self.port.to_bytes(2, "big")
        body += host + self.fingerprint + self.token
        letters = _letters(body + _sum(body))
        groups = [letters[at : at + 5] for at in range(0, len(letters), 5)]
        return "-".join([f"{_MARK.lower()}{_VERSION}", *groups])


def place(host: str, port: int) -> str:
    """`192.0.2.7:4747`, `[2001:db8::7]:4747`."""
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def decode(text: str) -> Invitation:
    """The first invitation in `text`, which may hold other words too. Raises BadInvitation."""
    solid = "".join(letter for letter in text[:_LONGEST].upper() if letter.isascii() and letter.isalnum())
    starts = [found.end() for found in re.finditer(_MARK, solid) if solid[found.end() :][:1].isdigit()]
    if not starts:
        raise BadInvitation(
            "This is not an invitation: they begin with taketwo1-. Paste it from its first letter."
        )
    at = starts[0]
    if solid[at] != _VERSION:
        raise BadInvitation(
            "This invitation was made by another version of Take Two; one of the two needs an update."
        )
    return _read(solid[at + 1 :])


def _read(letters: str) -> Invitation:
    head = _bytes(letters, 4)
    kind = head[0] & 3
    if head[0] >> 3 or kind == 3:
        raise _mistyped()
    size = {_V4: 4, _V6: 16, _NAMED: 1 + head[3]}[kind]
    whole = _bytes(letters, 3 + size + FINGERPRINT + TOKEN + _CHECK)
    body, check = whole[:-_CHECK], whole[-_CHECK:]
    if _sum(body) != check:
        raise _mistyped()
    end = 3 + size
    try:
        return Invitation(
            _unpacked(kind, body[3:end]),
            int.from_bytes(body[1:3], "big"),
            body[end : end + FINGERPRINT],
            body[end + FINGERPRINT :],
            bool(head[0] & _ROOM),
        )
    except ValueError:
        raise BadInvitation("This invitation names a host that cannot be one; ask for a new one.") from None


def _mistyped() -> BadInvitation:
    return BadInvitation(
        "A letter of this invitation is wrong. Copy it again, all of it; nothing of it needs typing."
    )


def _host(host: str) -> str:
    """`host` in the one form that it is written in. Raises ValueError."""
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if "%" in bare:
        raise ValueError("an address with a zone means something on its own machine alone")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    name = host if host.isascii() else host.encode("idna").decode()
    name = name.lower().removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or labels[-1].isdigit() or not all(map(_LABEL.fullmatch, labels)):
        raise ValueError("a host is an address or a name such as trainer.example.org")
    return name


def _packed(host: str) -> tuple[int, bytes]:
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return _NAMED, bytes([len(host)]) + host.encode()
    return (_V4 if number.version == 4 else _V6), number.packed


def _unpacked(kind: int, data: bytes) -> str:
    return data[1:].decode("ascii") if kind == _NAMED else str(ipaddress.ip_address(data))


def _sum(body: bytes) -> bytes:
    return hashlib.sha256(b"taketwo" + _VERSION.encode() + body).digest()[:_CHECK]


def _letters(data: bytes) -> str:
    length = (len(data) * 8 + 4) // 5
    number = int.from_bytes(data, "big") << (length * 5 - len(data) * 8)
    return "".join(_ALPHABET[number >> shift & 31] for shift in range((length - 1) * 5, -1, -5))


def _bytes(letters: str, size: int) -> bytes:
    """The first `size` bytes that the letters hold. Raises BadInvitation."""
    length = (size * 8 + 4) // 5
    used = letters[:length]
    if any(letter not in _VALUES for letter in used):
        raise _mistyped()
    if len(used) < length:
        raise BadInvitation(
            "This invitation is cut off, or letters are missing. Copy all of it.", unfinished=True
        )
    number = 0
    for letter in used:
        number = number << 5 | _VALUES[letter]
    return (number >> length * 5 - size * 8).to_bytes(size, "big")
