"""Commands about scenes: to write, to check, to solve, to draw, to print."""

from pathlib import Path
from typing import cast

import click

from taketwo.cli import FINDINGS, WRONG_USE, folders, main


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the lessons as JSON.")
@click.option("--coverage", is_flag=True, help="A table of which scenes teach which lesson.")
@folders["dialogues"]
@click.pass_context
def lessons(context: click.Context, as_json: bool, coverage: bool, dialogues: Path | None) -> None:
    """The film lessons: what each film shows, and what a reply that follows it does."""
    from taketwo.ways.making import list_lessons

    raise SystemExit(list_lessons(dialogues or context.obj["dialogues"], as_json=as_json, coverage=coverage))


@main.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--json", "as_json", is_flag=True, help="Print a list of findings as JSON.")
@click.option("--explain", "code", metavar="CODE", help="Say what a finding's code means, with examples.")
@click.option("--allow-large", is_flag=True, help="Read files of more than 1 MiB too.")
@click.option("--strict", is_flag=True, help="Warnings fail the check as well.")
@click.option(
    "--measures/--no-measures", default=True, help="Judge scenes by how far guessing comes (default: yes)."
)
@folders["dialogues"]
@click.pass_context
def check(
    context: click.Context,
    paths: tuple[str, ...],
    as_json: bool,
    code: str | None,
    allow_large: bool,
    strict: bool,
    measures: bool,
    dialogues: Path | None,
) -> None:
    """Say what is wrong with scenarios: files, folders or ids; the whole collection if none are given."""
    from taketwo.checks.explain import UnknownCode, explain
    from taketwo.checks.report import report
    from taketwo.qa.checks import KIND
    from taketwo.scenario.library import Library, UnknownScenario
    from taketwo.scenario.limits import LARGE, LIMITS

    try:
        if code is not None:
            click.echo(explain(code))
            return
        limits = LARGE if allow_large else LIMITS
        library = Library(dialogues or context.obj["dialogues"])
        lines, failed = report(
            paths, library, limits, as_json=as_json, strict=strict, measure=measures, kinds=(KIND,)
        )
    except (UnknownCode, UnknownScenario) as error:
        click.echo(f"Error: {error}", err=True)
        raise SystemExit(WRONG_USE) from None
    for line in lines:
        click.echo(line)
    if failed:
        raise SystemExit(FINDINGS)


@main.command()
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option("--json", "as_json", is_flag=True, help="Print the whole analysis as JSON.")
@click.option(
    "--table",
    is_flag=True,
    help="A Markdown table of what policies come to; of all scenarios if none is given.",
)
@click.option(
    "--write",
    "page",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="With --table: renew the tables of scenes and policies between the marks of FILE.",
)
@folders["dialogues"]
@click.pass_context
def analyse(
    context: click.Context,
    scenarios: tuple[str, ...],
    as_json: bool,
    table: bool,
    page: Path | None,
    dialogues: Path | None,
) -> None:
    """Solve scenarios: best and worst play, what policies come to, what is reached, and the measures."""
    if not (scenarios or table):
        raise click.UsageError("Say which scenarios: ids, files or folders. --table takes all of them.")
    if page and not table:
        raise click.UsageError("--write goes with --table.")
    if table and as_json:
        raise click.UsageError("--table or --json, not both.")
    from taketwo.analysis.command import run, tables
    from taketwo.scenario.library import Library

    library = Library(dialogues or context.obj["dialogues"])
    if table:
        raise SystemExit(tables(scenarios, library, page=page, out=click.echo))
    if code := run(scenarios, library, as_json=as_json, out=click.echo):
        raise SystemExit(code)


@main.command()
@click.argument("name")
@click.option(
    "--from",
    "call",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Make a draft of a call: lines that begin with 'Customer: ' or 'Agent: '.",
)
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it."
)
@folders["dialogues"]
@click.pass_context
def new(
    context: click.Context, name: str, call: Path | None, out: Path | None, dialogues: Path | None
) -> None:
    """Write NAME.toml: a small scenario that explains the format, or a draft of a call."""
    from taketwo.ways.making import new_file

    raise SystemExit(new_file(name, dialogues or context.obj["dialogues"], out, call))


@main.command()
@folders["dialogues"]
@click.pass_context
def house(context: click.Context, dialogues: Path | None) -> None:
    """Print a house.toml to begin with: the words of your own rules, for every scene."""
    from taketwo.ways.making import print_house

    raise SystemExit(print_house(dialogues or context.obj["dialogues"]))


@main.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from taketwo.ways.making import print_schema

    raise SystemExit(print_schema())


@main.command()
@click.argument("scenario", required=False, default="")
@click.option("--take", default="", metavar="TAKE", help="Draw this take on its scenario, with its marks.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "mermaid", "dot", "svg"]),
    help="Else what the file's name says, else text.",
)
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="FILE", help="Where to write it."
)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@folders["saves"]
@folders["dialogues"]
@click.pass_context
def graph(
    context: click.Context,
    scenario: str,
    take: str,
    form: str | None,
    out: Path | None,
    force: bool,
    saves: Path | None,
    dialogues: Path | None,
) -> None:
    """Draw a scenario: every place, its replies, and where they lead. It gives the scene away."""
    from taketwo.graph.command import Drawing
    from taketwo.graph.render import Format
    from taketwo.ways.making import draw_graph

    wish = Drawing(scenario, take, cast("Format | None", form), out, force)
    where = context.obj
    raise SystemExit(draw_graph(wish, saves or where["saves"], dialogues or where["dialogues"]))


@main.command()
@click.argument("scenarios", nargs=-1, metavar="[SCENARIO]...")
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    required=True,
    help="Where to write it: an HTML file.",
)
@click.option("--force", is_flag=True, help="Replace FILE where it is there already.")
@folders["dialogues"]
@click.pass_context
def book(
    context: click.Context, scenarios: tuple[str, ...], out: Path, force: bool, dialogues: Path | None
) -> None:
    """The trainers' edition: scenes as one page to read and print, with a facilitator's page for each.

    The whole collection if no scenario is given. It gives the scenes away.
    """
    from taketwo.ways.making import make_book

    raise SystemExit(make_book(scenarios, dialogues or context.obj["dialogues"], out, force=force))
