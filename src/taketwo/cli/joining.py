"""The command of the learner's side of a session."""

from pathlib import Path

import click

from taketwo.cli import folders, main


@main.command()
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--learner", metavar="NAME", help="What your trainer calls you.")
@click.option(
    "--observe", is_flag=True, help="To a class, to look on and tick a list; your trainer says whose take."
)
@click.option("--test", "only_test", is_flag=True, help="Try the way to the host, and join nothing.")
@folders["saves"]
@click.pass_context
def join(
    context: click.Context,
    plain: bool,
    learner: str | None,
    observe: bool,
    only_test: bool,
    saves: Path | None,
) -> None:
    """Join a session that a trainer holds.

    The invitation is asked for, so that it stays out of the shell's history; off a terminal it is what comes first on
    standard input.
    """
    from taketwo.ways import joining

    where = context.obj
    folder = saves or where["saves"]
    if only_test:
        raise SystemExit(joining.try_way())
    if plain:
        raise SystemExit(joining.join_by_line(learner, folder, observe=observe))
    raise SystemExit(joining.join_on_screen(learner, folder, where["dialogues"], observe=observe))
