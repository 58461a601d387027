"""Commands about ratings: rate a take, compare raters, answer a rating."""

from pathlib import Path

import click

from taketwo.cli import folders, main

a_form = click.option(
    "--form",
    "form",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    metavar="FILE",
    help="A QA form of your own, instead of the one beside the scenes, in your settings folder, or shipped.",
)
a_rater = click.option(
    "--rater", default="", metavar="NAME", help="Who rates; else the name in the settings."
)


@main.command()
@click.argument("take")
@click.option("--plain", is_flag=True, help="Line by line, without a screen.")
@a_form
@a_rater
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def rate(
    context: click.Context,
    take: str,
    plain: bool,
    form: Path | None,
    rater: str,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Rate a take by the QA form, item by item, each with a comment and the event that shows it."""
    from taketwo.ways.rating import rate_take

    where = context.obj
    folders_meant = (saves or where["saves"], dialogues or where["dialogues"])
    raise SystemExit(rate_take(take, form, rater, *folders_meant, plain=plain))


@main.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...")
@a_form
@click.option("--plain", is_flag=True, help="Print it, without a screen.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@click.option("--csv", "as_csv", is_flag=True, help="Print a row an item as CSV, for spreadsheets.")
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def calibrate(
    context: click.Context,
    takes: tuple[str, ...],
    form: Path | None,
    plain: bool,
    as_json: bool,
    as_csv: bool,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Compare the raters of one take: where they agree, how far beyond chance, and what to talk about.

    Give the file that all of them rated in, or a copy of it from each. With several takes the figures are over all of them.
    """
    if as_json and as_csv:
        raise click.UsageError("--json or --csv, not both.")
    from taketwo.ways.rating import calibrate_takes

    where = context.obj
    folders_meant = (saves or where["saves"], dialogues or where["dialogues"])
    raise SystemExit(
        calibrate_takes(takes, form, *folders_meant, plain=plain, as_json=as_json, as_csv=as_csv)
    )


@main.command()
@click.argument("take")
@click.argument("text", default="", required=False)
@click.option("--item", default="all", metavar="ITEM", help="One item; else the rating as a whole.")
@click.option("--rater", default="", metavar="NAME", help="Whose rating, where there are several.")
@folders["saves"]
@click.pass_context
def acknowledge(
    context: click.Context, take: str, text: str, item: str, rater: str, saves: Path | None
) -> None:
    """Say that you have seen how a take was rated, with TEXT if you like."""
    from taketwo.ways.rating import answer_rating

    raise SystemExit(answer_rating(take, "acknowledged", item, text, rater, saves or context.obj["saves"]))


@main.command()
@click.argument("take")
@click.argument("item")
@click.argument("text")
@click.option("--rater", default="", metavar="NAME", help="Whose rating, where there are several.")
@folders["saves"]
@click.pass_context
def appeal(context: click.Context, take: str, item: str, text: str, rater: str, saves: Path | None) -> None:
    """Appeal against the rating of ITEM, or `all` of it, and say why."""
    from taketwo.ways.rating import answer_rating

    raise SystemExit(answer_rating(take, "appeal", item, text, rater, saves or context.obj["saves"]))
