"""Commands about takes: listing, looking back, putting away."""

from pathlib import Path
from typing import Any, cast

import click

from taketwo.cli import folders, main

STATUSES = ("unfinished", "finished", "passed", "not-passed", "abandoned", "stuck", "damaged", "unreadable")
SORTS = ("newest", "oldest", "scenario", "learner", "result", "craft", "length")


@main.command()
@click.option(
    "--search", "words", default="", metavar="WORDS", help="Words that begin like this in the texts."
)
@click.option("--learner", default="", metavar="NAME", help="Only the takes of this learner.")
@click.option("--scenario", default="", metavar="ID", help="Only takes of this scenario.")
@click.option(
    "--status",
    default="",
    type=click.Choice(["", *STATUSES]),
    metavar="STATUS",
    help=f"One of: {', '.join(STATUSES)}.",
)
@click.option(
    "--mode",
    default="",
    type=click.Choice(["", "coached", "assessed"]),
    metavar="MODE",
    help="coached or assessed.",
)
@click.option(
    "--sort", default="newest", type=click.Choice(SORTS), metavar="ORDER", help=f"One of: {', '.join(SORTS)}."
)
@click.option("--archived", is_flag=True, help="The archived takes instead of the others.")
@click.option("-n", "most", type=click.IntRange(1), metavar="N", help="So many at most.")
@click.option("--json", "as_json", is_flag=True, help="Print a list as JSON.")
@folders["saves"]
@click.pass_context
def takes(context: click.Context, /, saves: Path | None, most: int | None, **asked: Any) -> None:
    """List the takes, newest first, or look for some of them."""
    from taketwo.ways.keeping import Listing, list_takes

    raise SystemExit(list_takes(Listing(most=most or -1, **asked), saves or context.obj["saves"]))


@main.command()
@click.argument("take")
@click.argument("text")
@click.option("--off", is_flag=True, help="Take the label off.")
@folders["saves"]
@click.pass_context
def label(context: click.Context, take: str, text: str, off: bool, saves: Path | None) -> None:
    """Put the label TEXT on a take; it can be searched for."""
    from taketwo.ways.keeping import label_take

    raise SystemExit(label_take(take, text, saves or context.obj["saves"], off=off))


@main.command()
@click.argument("take")
@click.argument("text")
@click.option(
    "--at", type=click.IntRange(0), default=0, metavar="SEQ", help="About this event; else the whole take."
)
@folders["saves"]
@click.pass_context
def note(context: click.Context, take: str, text: str, at: int, saves: Path | None) -> None:
    """Note TEXT about a take, or about one of its events."""
    from taketwo.ways.keeping import note_take

    raise SystemExit(note_take(take, text, at, saves or context.obj["saves"]))


@main.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...")
@click.option("--off", is_flag=True, help="Back into the usual list.")
@folders["saves"]
@click.pass_context
def archive(context: click.Context, takes: tuple[str, ...], off: bool, saves: Path | None) -> None:
    """Put takes away: they are no longer listed, unless asked for, and count all the same."""
    from taketwo.ways.keeping import archive_takes

    raise SystemExit(archive_takes(takes, saves or context.obj["saves"], off=off))


@main.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@folders["saves"]
@click.pass_context
def delete(context: click.Context, takes: tuple[str, ...], yes: bool, saves: Path | None) -> None:
    """Delete takes for good. It cannot be undone; the full screen's shelf keeps them until it is left."""
    from taketwo.ways.keeping import delete_takes

    raise SystemExit(delete_takes(takes, saves or context.obj["saves"], yes=yes))


@main.command()
@click.argument("take")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option(
    "--pace",
    type=click.Choice(["real", "2", "4", "8", "steps"]),
    default="steps",
    help="Play it at once, at real pace or so many times as fast (default: steps).",
)
@folders["saves"]
@click.pass_context
def replay(context: click.Context, take: str, plain: bool, pace: str, saves: Path | None) -> None:
    """Look back at a take as it happened, forth and back, or go on with one that was left."""
    from taketwo.transcript.replaying import Pace
    from taketwo.ways.looking_back import replay_take

    where = saves or context.obj["saves"]
    raise SystemExit(replay_take(take, where, plain=plain, pace=cast("Pace", pace)))


@main.command()
@click.argument("take")
@click.option("--plain", is_flag=True, help="Print it, without a screen.")
@click.option("--json", "as_json", is_flag=True, help="Print a list as JSON.")
@folders["saves"]
@click.pass_context
def tree(context: click.Context, take: str, plain: bool, as_json: bool, saves: Path | None) -> None:
    """The takes of a scene, each under the one that it was taken up from."""
    from taketwo.ways.looking_back import show_tree

    raise SystemExit(show_tree(take, saves or context.obj["saves"], plain=plain, as_json=as_json))


@main.command()
@click.argument("take")
@click.argument("other", metavar="TAKE")
@click.option("--plain", is_flag=True, help="Print it, without a screen.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@folders["saves"]
@click.pass_context
def compare(
    context: click.Context, take: str, other: str, plain: bool, as_json: bool, saves: Path | None
) -> None:
    """Two takes of one scene side by side: where they part, and what each decision cost."""
    from taketwo.ways.looking_back import compare_takes

    where = saves or context.obj["saves"]
    raise SystemExit(compare_takes((take, other), where, plain=plain, as_json=as_json))


@main.command()
@click.option("--learner", default="", metavar="NAME", help="Whose takes; else the name in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@folders["saves"]
@click.pass_context
def progress(context: click.Context, learner: str, as_json: bool, saves: Path | None) -> None:
    """A learner over time: a line a skill, from first tries only."""
    from taketwo.ways.looking_back import show_progress

    raise SystemExit(show_progress(learner, saves or context.obj["saves"], as_json=as_json))


@main.command()
@click.argument("take")
@click.option("--json", "as_json", is_flag=True, help="Print events and score as JSON.")
@folders["saves"]
@click.pass_context
def show(context: click.Context, take: str, as_json: bool, saves: Path | None) -> None:
    """Print a take: who said what, and what it did."""
    from taketwo.ways.takes import show_take

    where = context.obj
    raise SystemExit(show_take(take, saves or where["saves"], where["dialogues"], as_json=as_json))


@main.command()
@click.argument("takes", nargs=-1, metavar="[TAKE]...")
@click.option("--rescore", is_flag=True, help="Also say what the score would be today.")
@click.option("--json", "as_json", is_flag=True, help="Print everything that is different as JSON.")
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def verify(
    context: click.Context,
    takes: tuple[str, ...],
    rescore: bool,
    as_json: bool,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Play the recorded moves again, on the scenario as it was and as it is now; nothing is changed."""
    from taketwo.ways.takes import verify_takes

    where = context.obj
    folders_meant = (saves or where["saves"], dialogues or where["dialogues"])
    raise SystemExit(verify_takes(takes, *folders_meant, rescore=rescore, as_json=as_json))


@main.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@folders["saves"]
@click.pass_context
def forget(context: click.Context, name: str, yes: bool, saves: Path | None) -> None:
    """Erase all that is kept of the learner NAME: takes, and what only they need. It cannot be undone."""
    from taketwo.ways.takes import forget_learner

    raise SystemExit(forget_learner(name, saves or context.obj["saves"], yes=yes))
