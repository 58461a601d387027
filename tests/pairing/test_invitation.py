"""Invitations: what goes in comes out, whatever chat programs and terminals do to it between; and bad ones are told in words."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from taketwo.pairing.invitation import BadInvitation, Invitation, decode

NAMES = st.from_regex(r"[a-z0-9]([a-z0-9-]{0,20}[a-z0-9])?(\.[a-z0-9]{2,10}){0,3}", fullmatch=True).filter(
    lambda name: not name.rpartition(".")[2].isdigit()
)
HOSTS = st.ip_addresses().map(str) | NAMES
INVITATIONS = st.builds(
    Invitation,
    HOSTS,
    st.integers(1, 65_535),
    st.binary(min_size=32, max_size=32),
    st.binary(min_size=10, max_size=10),
    st.booleans(),
)
ONE = Invitation("192.0.2.7", 4747, bytes(range(32)), bytes(range(10)))
WRITTEN = "taketwo1-0098Q-G0008-3G008-20C20-A1G71-04GM2-RC1M7-0Y40H-289H8-58P2W-C1J6G-V3GEH-W7R00-41061-050R3-GG29P-SKA5A"


@given(INVITATIONS)
def test_what_goes_in_comes_out(invitation: Invitation) -> None:
    assert decode(invitation.encode()) == invitation


@given(INVITATIONS, st.data())
def test_what_is_put_between_the_letters_does_no_harm(invitation: Invitation, data: st.DataObject) -> None:
    mess = st.lists(
        st.sampled_from([" ", "\n", "\r\n> ", "\t", "-", "–", "\u00a0", "\u200b", "“", "'", "`", "*"]),
        max_size=2,
    )
    text = "".join(letter + "".join(data.draw(mess)) for letter in invitation.encode().replace("-", ""))
    turned = data.draw(st.sampled_from([str.lower, str.upper, str.title]))
    assert decode(f"Hi! `taketwo join` and then:\n“{turned(text)}” \nsee you, Ana") == invitation


@given(INVITATIONS, st.data())
def test_half_an_invitation_asks_for_the_rest(invitation: Invitation, data: st.DataObject) -> None:
    text = invitation.encode()
    with pytest.raises(BadInvitation, match="cut off") as caught:
        decode(text[: data.draw(st.integers(len("taketwo1"), len(text) - 1))])
    assert caught.value.unfinished


@given(INVITATIONS, st.data())
def test_a_wrong_letter_is_noticed(invitation: Invitation, data: st.DataObject) -> None:
    text = invitation.encode()
    at = data.draw(st.integers(len("taketwo1-"), len(text) - 2).filter(lambda at: text[at] != "-"))
    other = data.draw(
        st.sampled_from("0123456789ABCDEFGHJKMNPQRSTUVWXYZ").filter(lambda letter: letter != text[at])
    )
    with pytest.raises(BadInvitation) as caught:
        decode(text[:at] + other + text[at + 1 :])
    assert not re.search(r"[0-9A-Z]{5}", str(caught.value))


@given(st.text(max_size=300) | st.text("taketwo1-0ABCDEFUZ \n", max_size=300).map("taketwo1".__add__))
def test_nothing_that_is_pasted_is_more_than_bad(text: str) -> None:
    with pytest.raises(BadInvitation):
        decode(text)


def test_it_is_written_like_this() -> None:
    """Programs of both sides must agree on it: a change here is a new version."""
    assert ONE.encode() == WRITTEN
    assert decode(WRITTEN) == ONE


def test_letters_that_look_like_digits_are_read_as_those() -> None:
    assert decode("TAKETWO1" + WRITTEN[8:].replace("0", "o").replace("1", "l")) == ONE


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "not an invitation"),
        ("taketwo join", "not an invitation"),
        ("0098Q-G0008-3G008", "not an invitation"),
        ("taketwo2-0098Q-G0008", "another version"),
        ("taketwo1", "cut off"),
        (WRITTEN[:60], "cut off"),
        (WRITTEN.replace("20C20", "20CU0"), "A letter of this invitation is wrong"),
        (WRITTEN.replace("20C20", "20C21"), "A letter of this invitation is wrong"),
    ],
)
def test_what_is_wrong_is_said(text: str, words: str) -> None:
    with pytest.raises(BadInvitation, match=words):
        decode(text)


def test_more_of_it_can_come_with_the_next_line() -> None:
    first, second = WRITTEN[:60], WRITTEN[60:]
    with pytest.raises(BadInvitation) as caught:
        decode(first)
    assert caught.value.unfinished
    assert decode(f"{first}\n{second}") == ONE


@pytest.mark.parametrize(
    ("given_", "kept"),
    [
        ("2001:DB8:0::7", "2001:db8::7"),
        ("[::1]", "::1"),
        ("Trainer.Example.ORG.", "trainer.example.org"),
        ("bücher.example", "xn--bcher-kva.example"),
        ("host_1", "host_1"),
    ],
)
def test_hosts_are_kept_in_one_form(given_: str, kept: str) -> None:
    invitation = Invitation(given_, 4747, bytes(32), bytes(10))
    assert invitation.host == kept
    assert decode(invitation.encode()) == invitation


@pytest.mark.parametrize(
    "host",
    [
        "",
        "a b",
        "fe80::1%eth0",
        "-x",
        "a..b",
        "x" * 64,
        "a." * 130,
        "host/path",
        "a\x1b",
        "ü" * 80,
        "300.1.1.1",
        "1.2.3",
    ],
)
def test_what_is_no_host_is_refused(host: str) -> None:
    with pytest.raises(ValueError):
        Invitation(host, 4747, bytes(32), bytes(10))


@pytest.mark.parametrize(
    ("port", "fingerprint", "token"), [(0, 32, 10), (65_536, 32, 10), (1, 31, 10), (1, 32, 9)]
)
def test_what_cannot_be_is_refused(port: int, fingerprint: int, token: int) -> None:
    with pytest.raises(ValueError):
        Invitation("::1", port, bytes(fingerprint), bytes(token))


def test_the_token_is_not_shown() -> None:
    assert "token" not in repr(Invitation("::1", 1, bytes(32), b"0123456789"))
    assert "01234" not in repr(Invitation("::1", 1, bytes(32), b"0123456789"))


def test_the_place_is_written_as_people_know_it() -> None:
    assert ONE.place == "192.0.2.7:4747"
    assert Invitation("::1", 4747, bytes(32), bytes(10)).place == "[::1]:4747"
