"""The command line. Every command imports what it needs when it runs, so that `--help` costs next to nothing.

Exit codes: 0 done, 1 findings or a failed check, 2 wrong use, 3 a take left unfinished (saved).
"""

import sys
from io import TextIOWrapper
from pathlib import Path

import click

DONE, FINDINGS, WRONG_USE, UNFINISHED = 0, 1, 2, 3

folders = {
    "dialogues": click.option(
        "--dialogues",
        type=click.Path(path_type=Path),
        envvar="TAKETWO_DIALOGUES",
        metavar="DIR",
        help="Folder of scenarios, instead of the shipped ones.",
    ),
    "saves": click.option(
        "--saves",
        type=click.Path(path_type=Path),
        envvar="TAKETWO_SAVES",
        metavar="DIR",
        help="Folder of takes, instead of the usual one.",
    ),
}
a_programme = click.option(
    "--programme",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    envvar="TAKETWO_PROGRAMME",
    metavar="FILE",
    help="A programme of your own, instead of the one among the scenarios.",
)


@click.group(context_settings={"help_option_names": ["-h", "--help"]}, invoke_without_command=True)
@folders["saves"]
@folders["dialogues"]
@a_programme
@click.version_option(package_name="taketwo")
@click.pass_context
def main(context: click.Context, saves: Path | None, dialogues: Path | None, programme: Path | None) -> None:
    """Practise hard customer conversations, and see which reply turned them.

    Without a command, the full screen opens.
    """
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="replace")  # what cannot be shown, or read, becomes a question mark
    context.obj = {"saves": saves, "dialogues": dialogues, "programme": programme}
    if context.invoked_subcommand is None:
        from taketwo.ways.playing import full_screen

        raise SystemExit(full_screen(saves, dialogues, programme))


from taketwo.cli import joining, pairing, playing, rating, scenes, sharing, takes  # noqa: E402  # they put their commands on `main`

__all__ = ["joining", "main", "pairing", "playing", "rating", "scenes", "sharing", "takes"]
