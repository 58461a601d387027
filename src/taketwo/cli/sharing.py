"""Commands that let takes and scenes travel: exports and homework."""

from pathlib import Path
from typing import cast

import click

from taketwo.cli import folders, main


@main.command()
@click.argument("takes", nargs=-1, metavar="[TAKE]...")
@click.option(
    "--to",
    "form",
    type=click.Choice(["md", "html", "coaching", "svg", "cast", "json", "csv", "xapi"]),
    help="Which form.",
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="Where to write it; several takes need a folder.",
)
@click.option("--all", "every", is_flag=True, help="Every take of the folder.")
@click.option("--anonymous", is_flag=True, help="Without the names of learner and trainer.")
@click.option("--force", is_flag=True, help="Replace files that are there already.")
@click.option("--better", is_flag=True, help="md, html: show the better replies of takes that are over.")
@click.option("--next", "next_date", default="", metavar="DATE", help="coaching: when to meet again.")
@click.option(
    "--idle-limit",
    type=click.FloatRange(min=0),
    metavar="SECONDS",
    help="cast: no pause is longer than this.",
)
@click.option("--home-page", default="", metavar="IRI", help="xapi: where learners have their accounts.")
@click.option("--schema", is_flag=True, help="Print the JSON Schema of the form json, and nothing else.")
@folders["saves"]
@click.pass_context
def export(
    context: click.Context,
    takes: tuple[str, ...],
    form: str | None,
    out: Path | None,
    every: bool,
    anonymous: bool,
    force: bool,
    better: bool,
    next_date: str,
    idle_limit: float | None,
    home_page: str,
    schema: bool,
    saves: Path | None,
) -> None:
    """Write takes as Markdown, a web page, a coaching sheet, a picture, a recording, JSON, a table, or xAPI."""
    from taketwo.export.command import Form, Wish
    from taketwo.ways.takes import export_takes, print_take_schema

    if schema:
        raise SystemExit(print_take_schema())
    if form is None:
        raise click.UsageError("Say which form with --to.")
    wish = Wish(
        names=takes,
        form=cast("Form", form),
        all=every,
        out=out,
        force=force,
        anonymous=anonymous,
        better=better,
        idle_limit=idle_limit,
        next_date=next_date,
        home_page=home_page,
        dialogues=context.obj["dialogues"],
    )
    raise SystemExit(export_takes(wish, saves or context.obj["saves"]))


@main.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@folders["saves"]
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], saves: Path | None) -> None:
    """Take in takes that `export --to json` wrote; one that is there already is left as it is."""
    from taketwo.ways.takes import import_takes

    raise SystemExit(import_takes(files, saves or context.obj["saves"]))


@main.command()
@click.argument("scenarios", nargs=-1, required=True, metavar="SCENARIO...")
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), metavar="FILE", required=True)
@click.option("--title", default="", metavar="TEXT", help="Else the titles of the scenes.")
@click.option("--note", default="", metavar="TEXT", help="A word to whoever plays it.")
@click.option(
    "--seed", type=click.IntRange(0, 2**31 - 1), metavar="N", help="The same order and wording for everybody."
)
@click.option("--assessed", is_flag=True, help="No hints, no way back.")
@folders["dialogues"]
@click.pass_context
def assign(
    context: click.Context,
    scenarios: tuple[str, ...],
    out: Path,
    title: str,
    note: str,
    seed: int | None,
    assessed: bool,
    dialogues: Path | None,
) -> None:
    """Homework: write FILE, which holds scenes to be played and how."""
    from taketwo.ways.homework import assign as write

    folder = dialogues or context.obj["dialogues"]
    raise SystemExit(write(scenarios, folder, out, title=title, note=note, seed=seed, assessed=assessed))


@main.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@click.option("--learner", metavar="NAME", help="Who is practising.")
@folders["saves"]
@click.pass_context
def homework(
    context: click.Context, file: Path, plain: bool, learner: str | None, saves: Path | None
) -> None:
    """Say how far you are with the homework FILE, and play its next scene."""
    from taketwo.ways.homework import homework as play_next

    raise SystemExit(play_next(file, saves or context.obj["saves"], plain=plain, learner=learner))


@main.command("hand-in")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), metavar="BUNDLE", required=True)
@click.option("--learner", metavar="NAME", help="Only the takes of this learner.")
@folders["saves"]
@click.pass_context
def hand_in(context: click.Context, file: Path, out: Path, learner: str | None, saves: Path | None) -> None:
    """Put your takes of the homework FILE into one BUNDLE to send back."""
    from taketwo.ways.homework import hand_in_takes

    raise SystemExit(hand_in_takes(file, saves or context.obj["saves"], out, learner=learner))


@main.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="DIR", help="Else BUNDLE-takes here."
)
def receive(bundle: Path, out: Path | None) -> None:
    """Open a BUNDLE that was handed in on a shelf of its own."""
    from taketwo.ways.homework import receive_bundle

    raise SystemExit(receive_bundle(bundle, out))
