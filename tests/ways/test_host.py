"""Holding a session by line: what is said where it cannot be held, or gone on with."""

from socket import socket


def invitation(text: str) -> str:
    return next(line for line in text.splitlines() if line.startswith("taketwo1-"))


def test_a_session_that_nobody_came_to_is_gone_on_with_by_its_invitation(desk):
    first = desk.run("host", "lost-umbrella", "--plain", "--name", "Bora")
    assert (first.returncode, "`taketwo host --again` goes on with it" in first.stdout) == (3, True)
    again = desk.run("host", "--again", "--plain")
    assert invitation(again.stdout) == invitation(first.stdout)
    assert desk.run("host", "--again", "--plain", typed="q\n").returncode == 0
    none = desk.run("host", "--again", "--plain")
    assert (none.returncode, none.stderr) == (1, "No session was cut off here.\n")


def test_a_port_that_is_taken_is_named_with_the_way_out(desk):
    with socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        run = desk.run("host", "lost-umbrella", "--plain", "--listen", f"127.0.0.1:{port}")
    assert run.returncode == 1
    assert f"Cannot listen at 127.0.0.1:{port}: another program listens there" in run.stdout
    assert "choose another port with --listen" in run.stdout


def test_an_address_of_another_machine_is_told(desk):
    run = desk.run("host", "lost-umbrella", "--plain", "--listen", "192.0.2.1:4747")
    assert (run.returncode, "this machine has no such address" in run.stdout) == (1, True)
