"""Commands to play."""

from pathlib import Path
from typing import cast

import click

from taketwo.cli import a_programme, folders, main


@main.command()
@click.argument("scenario", required=False, default="")
@click.option("--surprise", is_flag=True, help="A scene that fits you, unknown until it starts.")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--assessed", is_flag=True, help="No hints, no way back; feedback in the debrief.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", help="The same order and wording every time."
)
@click.option("--time", "pace", type=click.Choice(["off", "1", "1.5", "2"]), help="Factor on time limits.")
@click.option("--learner", metavar="NAME", help="Who is practising.")
@click.option("--watch", is_flag=True, help="Read the file again whenever it is saved; the take is not kept.")
@a_programme
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def play(
    context: click.Context,
    scenario: str,
    surprise: bool,
    plain: bool,
    assessed: bool,
    seed: int | None,
    pace: str | None,
    learner: str | None,
    watch: bool,
    programme: Path | None,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Play a scenario: an id, or a file; or let yourself be surprised."""
    if bool(scenario) == surprise:
        raise click.UsageError("Give either a SCENARIO or --surprise.")
    if surprise and watch:
        raise click.UsageError("--watch needs a SCENARIO: a file that you are writing.")
    from taketwo.settings import Time
    from taketwo.ways.playing import Wish, play_scenario

    where = context.obj
    chosen = programme or where["programme"]
    wish = Wish(scenario, plain, assessed, seed, cast("Time | None", pace), learner, watch, programme=chosen)
    raise SystemExit(play_scenario(wish, saves or where["saves"], dialogues or where["dialogues"]))


@main.command(name="next")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON.")
@click.option("--all", "everything", is_flag=True, help="The whole programme as well, with marks.")
@click.option("--learner", metavar="NAME", help="Who is practising.")
@a_programme
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def next_scene(
    context: click.Context,
    as_json: bool,
    everything: bool,
    learner: str | None,
    programme: Path | None,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """What to practise next, and why: the round, the scene, and what opens the next round."""
    from taketwo.practice.command import Asked
    from taketwo.ways.playing import next_scene

    where = context.obj
    wish = Asked(learner or "", programme or where["programme"], everything, as_json)
    raise SystemExit(next_scene(wish, saves or where["saves"], dialogues or where["dialogues"]))


@main.command()
@click.argument("scenario")
@folders["dialogues"]
@click.pass_context
def hollywood(context: click.Context, scenario: str, dialogues: Path | None) -> None:
    """The Hollywood cut: a scene as films play it, with the lesson that each line breaks."""
    from taketwo.ways.playing import hollywood_cut

    raise SystemExit(hollywood_cut(scenario, dialogues or context.obj["dialogues"]))
