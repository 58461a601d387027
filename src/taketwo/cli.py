"""The command line. Every command imports what it needs when it runs, so that `--help` costs next to nothing.

Exit codes: 0 done, 1 findings or a failed check, 2 wrong use, 3 a take left unfinished (saved).
"""

import sys
from io import TextIOWrapper
from pathlib import Path
from typing import Any, cast

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
        from taketwo.ways import full_screen

        raise SystemExit(full_screen(saves, dialogues, programme))


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
    from taketwo.ways import Wish, play_scenario

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
    from taketwo.ways import next_scene

    where = context.obj
    wish = Asked(learner or "", programme or where["programme"], everything, as_json)
    raise SystemExit(next_scene(wish, saves or where["saves"], dialogues or where["dialogues"]))


@main.command()
@click.argument("scenario")
@folders["dialogues"]
@click.pass_context
def hollywood(context: click.Context, scenario: str, dialogues: Path | None) -> None:
    """The Hollywood cut: a scene as films play it, with the lesson that each line breaks."""
    from taketwo.ways import hollywood_cut

    raise SystemExit(hollywood_cut(scenario, dialogues or context.obj["dialogues"]))


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
    from taketwo.keeping import Listing, list_takes

    raise SystemExit(list_takes(Listing(most=most or -1, **asked), saves or context.obj["saves"]))


@main.command()
@click.argument("take")
@click.argument("text")
@click.option("--off", is_flag=True, help="Take the label off.")
@folders["saves"]
@click.pass_context
def label(context: click.Context, take: str, text: str, off: bool, saves: Path | None) -> None:
    """Put the label TEXT on a take; it can be searched for."""
    from taketwo.keeping import label_take

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
    from taketwo.keeping import note_take

    raise SystemExit(note_take(take, text, at, saves or context.obj["saves"]))


@main.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...")
@click.option("--off", is_flag=True, help="Back into the usual list.")
@folders["saves"]
@click.pass_context
def archive(context: click.Context, takes: tuple[str, ...], off: bool, saves: Path | None) -> None:
    """Put takes away: they are no longer listed, unless asked for, and count all the same."""
    from taketwo.keeping import archive_takes

    raise SystemExit(archive_takes(takes, saves or context.obj["saves"], off=off))


@main.command()
@click.argument("takes", nargs=-1, required=True, metavar="TAKE...")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@folders["saves"]
@click.pass_context
def delete(context: click.Context, takes: tuple[str, ...], yes: bool, saves: Path | None) -> None:
    """Delete takes for good. It cannot be undone; the full screen's shelf keeps them until it is left."""
    from taketwo.keeping import delete_takes

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
    from taketwo.looking_back import replay_take
    from taketwo.transcript.replaying import Pace

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
    from taketwo.looking_back import show_tree

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
    from taketwo.looking_back import compare_takes

    where = saves or context.obj["saves"]
    raise SystemExit(compare_takes((take, other), where, plain=plain, as_json=as_json))


@main.command()
@click.option("--learner", default="", metavar="NAME", help="Whose takes; else the name in the settings.")
@click.option("--json", "as_json", is_flag=True, help="Print everything as JSON.")
@folders["saves"]
@click.pass_context
def progress(context: click.Context, learner: str, as_json: bool, saves: Path | None) -> None:
    """A learner over time: a line a skill, from first tries only."""
    from taketwo.looking_back import show_progress

    raise SystemExit(show_progress(learner, saves or context.obj["saves"], as_json=as_json))


@main.command()
@click.argument("take")
@click.option("--json", "as_json", is_flag=True, help="Print events and score as JSON.")
@folders["saves"]
@click.pass_context
def show(context: click.Context, take: str, as_json: bool, saves: Path | None) -> None:
    """Print a take: who said what, and what it did."""
    from taketwo.ways import show_take

    raise SystemExit(show_take(take, saves or context.obj["saves"], as_json=as_json))


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
    from taketwo.ways import verify_takes

    where = context.obj
    folders_meant = (saves or where["saves"], dialogues or where["dialogues"])
    raise SystemExit(verify_takes(takes, *folders_meant, rescore=rescore, as_json=as_json))


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
    from taketwo.ways import export_takes, print_take_schema

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
    )
    raise SystemExit(export_takes(wish, saves or context.obj["saves"]))


@main.command("import")
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@folders["saves"]
@click.pass_context
def import_(context: click.Context, files: tuple[Path, ...], saves: Path | None) -> None:
    """Take in takes that `export --to json` wrote; one that is there already is left as it is."""
    from taketwo.ways import import_takes

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
    from taketwo.ways import assign as write

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
    from taketwo.ways import homework as play_next

    raise SystemExit(play_next(file, saves or context.obj["saves"], plain=plain, learner=learner))


@main.command("hand-in")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("-o", "--output", "out", type=click.Path(path_type=Path), metavar="BUNDLE", required=True)
@click.option("--learner", metavar="NAME", help="Only the takes of this learner.")
@folders["saves"]
@click.pass_context
def hand_in(context: click.Context, file: Path, out: Path, learner: str | None, saves: Path | None) -> None:
    """Put your takes of the homework FILE into one BUNDLE to send back."""
    from taketwo.ways import hand_in_takes

    raise SystemExit(hand_in_takes(file, saves or context.obj["saves"], out, learner=learner))


@main.command()
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", "out", type=click.Path(path_type=Path), metavar="DIR", help="Else BUNDLE-takes here."
)
def receive(bundle: Path, out: Path | None) -> None:
    """Open a BUNDLE that was handed in on a shelf of its own."""
    from taketwo.ways import receive_bundle

    raise SystemExit(receive_bundle(bundle, out))


@main.command()
@click.argument("name")
@click.option("--yes", is_flag=True, help="Do it without asking.")
@folders["saves"]
@click.pass_context
def forget(context: click.Context, name: str, yes: bool, saves: Path | None) -> None:
    """Erase all that is kept of the learner NAME: takes, and what only they need. It cannot be undone."""
    from taketwo.ways import forget_learner

    raise SystemExit(forget_learner(name, saves or context.obj["saves"], yes=yes))


@main.command()
@click.option("--json", "as_json", is_flag=True, help="Print the lessons as JSON.")
@click.option("--coverage", is_flag=True, help="A table of which scenes teach which lesson.")
@folders["dialogues"]
@click.pass_context
def lessons(context: click.Context, as_json: bool, coverage: bool, dialogues: Path | None) -> None:
    """The film lessons: what each film shows, and what a reply that follows it does."""
    from taketwo.ways import list_lessons

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
    from taketwo.scenario.library import Library, UnknownScenario
    from taketwo.scenario.limits import LARGE, LIMITS

    try:
        if code is not None:
            click.echo(explain(code))
            return
        limits = LARGE if allow_large else LIMITS
        library = Library(dialogues or context.obj["dialogues"])
        lines, failed = report(paths, library, limits, as_json=as_json, strict=strict, measure=measures)
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
    from taketwo.ways import new_file

    raise SystemExit(new_file(name, dialogues or context.obj["dialogues"], out, call))


@main.command()
@folders["dialogues"]
@click.pass_context
def house(context: click.Context, dialogues: Path | None) -> None:
    """Print a house.toml to begin with: the words of your own rules, for every scene."""
    from taketwo.ways import print_house

    raise SystemExit(print_house(dialogues or context.obj["dialogues"]))


@main.command()
def schema() -> None:
    """Print the JSON Schema of scenario files, for editors."""
    from taketwo.ways import print_schema

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
    from taketwo.ways import draw_graph

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
    from taketwo.ways import make_book

    raise SystemExit(make_book(scenarios, dialogues or context.obj["dialogues"], out, force=force))
