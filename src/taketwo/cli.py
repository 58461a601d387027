"""The command line. Every command imports what it needs when it runs, so that `--help` costs next to nothing.

Exit codes: 0 done, 1 findings or a failed check, 2 wrong use, 3 a take left unfinished (saved).
"""

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
}


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Practise hard customer conversations, and see which reply turned them."""
