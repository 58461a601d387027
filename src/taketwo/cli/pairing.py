"""Commands for two: hold a session, and two people at one keyboard."""

from pathlib import Path

import click

from taketwo.cli import folders, main


@main.command()
@click.argument("scenario", required=False, default="")
@click.option(
    "--listen", metavar="HOST:PORT", default="", help="Where to listen; this machine only, unless said."
)
@click.option("--name", metavar="NAME", default="", help="Who trains, as the learner sees it.")
@click.option("--goal", metavar="TEXT", default="", help="What the session is for.")
@click.option("--frame", metavar="MINUTES", default="", help="A timer: usual, or 5,10,15,10,5.")
@click.option("--class", "room", is_flag=True, help="A class: one invitation for up to 30.")
@click.option("--assessed", is_flag=True, help="No hints, no way back; feedback in the debrief.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", help="The same order and wording every time."
)
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--again", is_flag=True, help="Go on with the session that was cut off.")
@click.option("--new", is_flag=True, help="A new session, whatever was cut off.")
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def host(
    context: click.Context,
    scenario: str,
    listen: str,
    name: str,
    goal: str,
    frame: str,
    room: bool,
    assessed: bool,
    seed: int | None,
    plain: bool,
    again: bool,
    new: bool,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Train somebody in another terminal: watch, whisper, join in, take over, or be the customer."""
    from taketwo.ways.hosting import HostWish, host_session

    where = context.obj
    wish = HostWish(scenario, listen, name, goal, frame, room, plain, assessed, seed, again, new)
    raise SystemExit(host_session(wish, saves or where["saves"], dialogues or where["dialogues"]))


@main.command()
@click.argument("scenario")
@click.option("--trainer", metavar="NAME", default="", help="Who trains.")
@click.option("--learner", metavar="NAME", default="", help="Who is practising.")
@click.option("--assessed", is_flag=True, help="No hints, no way back; feedback in the debrief.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", help="The same order and wording every time."
)
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def pair(
    context: click.Context,
    scenario: str,
    trainer: str,
    learner: str,
    assessed: bool,
    seed: int | None,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Two people at one keyboard: a learner, and a trainer with keys of their own."""
    from taketwo.ways.hosting import pair_here

    where = context.obj
    raise SystemExit(
        pair_here(
            scenario,
            trainer,
            learner,
            assessed,
            seed,
            saves or where["saves"],
            dialogues or where["dialogues"],
        )
    )
