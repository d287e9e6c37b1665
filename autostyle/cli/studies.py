"""``tune``, ``report``, ``studies``, ``worker`` and ``dashboard``: everything about studies."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.console import SCHEMA, listing
from autostyle.cli.context import EVERYWHERE, Context, assignments, named_files, options
from autostyle.cli.images import Assignments, Encoder, Force, Prompt, StylesArgument, StyleWeights, WithAids
from autostyle.cli.working import Interrupts
from autostyle.errors import BadInput, Refused
from autostyle.filenames import legible

app = typer.Typer()
studies_app = typer.Typer(epilog=EVERYWHERE)
app.add_typer(studies_app, name="studies")

StudyArgument = Annotated[
    str, typer.Argument(metavar="STUDY", help="As `autostyle studies` lists it.", show_default=False)
]
Storage = Annotated[str | None, typer.Option(help="Optuna storage URL; default HOME/autostyle.db.", show_default=False)]


TrustIt = Annotated[
    bool, typer.Option("--trust", help="Take the study as your own from now on, though it was not made here.")
]


@app.command(epilog=EVERYWHERE)
def tune(
    ctx: Context,
    content: Annotated[Path | None, typer.Argument(help="The picture or clip to stylize.", show_default=False)] = None,
    style: StylesArgument = None,
    plan: Annotated[
        Path | None, typer.Option("--plan", help="A plan (YAML) instead of pictures; flags override it.")
    ] = None,
    method: Annotated[
        str | None,
        typer.Option("-m", "--method", help="Method; auto (default) is the decision table's and its alternative."),
    ] = None,
    trials: Annotated[
        int | None, typer.Option(min=1, help="Trials in total, earlier sessions included (default 32).")
    ] = None,
    minutes: Annotated[float | None, typer.Option(min=0.01, help="Stop after this long, if sooner.")] = None,
    size: Annotated[int | None, typer.Option(min=1, help="Long side while searching (default 384).")] = None,
    final_size: Annotated[
        int | None,
        typer.Option(min=1, help="Long side of the best one's final render (default the content's, up to 1024)."),
    ] = None,
    study: Annotated[str | None, typer.Option(help="Name of the study; an existing one is resumed.")] = None,
    storage: Storage = None,
    encoder: Encoder = None,
    workers: Annotated[int | None, typer.Option(min=1, max=64, help="Processes that run trials (default 1).")] = None,
    seed: Annotated[int | None, typer.Option(min=0, help="Seed of everything random (default 0).")] = None,
    prefer: Annotated[
        str | None, typer.Option(help="style, content, or 0 (content) to 1 (style); default 0.5.")
    ] = None,
    prompt: Prompt = None,
    assign: Assignments = None,
    aid: WithAids = None,
    style_weight: StyleWeights = None,
    trusted: TrustIt = False,
) -> None:
    """Search the parameters unattended: the best trade-offs of style and content, with a report.

    The same command again goes on where it was stopped. Ctrl-C keeps and reports what was found.

    Example: autostyle tune photo.jpg painting.jpg --trials 32 --minutes 10
    """
    from autostyle.cli.searching import search
    from autostyle.use_cases.tune import TuneOptions, build

    session = ctx.obj
    asked = options(ctx, TuneOptions, params=assignments(assign or ()), aids=named_files(aid or ()))
    made = build(asked, plan, session.config.home)
    if trusted:
        _trust(session.config.home, made.study, storage or session.config.storage)
    result, code = search(session, made, storage or session.config.storage)
    session.console.answer(result, result["report"])
    raise typer.Exit(code)


@app.command(epilog=EVERYWHERE)
def report(
    ctx: Context,
    study: StudyArgument,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder; default the study's own.", show_default=False)
    ] = None,
    storage: Storage = None,
    force: Force = False,
) -> None:
    """Write the report of a study again, finished or not.

    Example: autostyle report photo-painting-1a2b3c4d -o report/
    """
    from autostyle.jobs import studies as jobs

    config = ctx.obj.config
    result = jobs.report(config.home, study, storage or config.storage, out, overwrite=force)
    ctx.obj.console.answer(result, result["report"])


@studies_app.callback(invoke_without_command=True)
def studies(ctx: Context, storage: Storage = None) -> None:
    """List the studies of this home with their size on disk; `studies rm NAME` removes one.

    Example: autostyle studies --json
    """
    if ctx.invoked_subcommand is not None:
        return
    from autostyle.tuning.catalog import list_studies

    found = list_studies(ctx.obj.config.home, storage or ctx.obj.config.storage)
    table = listing("study", "methods", "trials", "MB", "changed", "")
    for entry in found:
        done, size = f"{entry.done}/{entry.total}", f"{entry.size / 2**20:.1f}"
        if entry.missing:
            done, size = "missing", ""
        leans = f"made from {', '.join(map(legible, entry.elsewhere))}" if entry.elsewhere else ""
        note = "; ".join(filter(None, (entry.note, leans)))
        table.add_row(entry.name, " ".join(entry.methods), done, size, entry.changed, note)
    ctx.obj.console.answer([asdict(entry) for entry in found], table if found else "no studies yet")


@studies_app.command("rm", epilog=EVERYWHERE)
def studies_rm(ctx: Context, study: StudyArgument, storage: Storage = None) -> None:
    """Remove a study, or what is left of one: its folder, its trials in the storage and their pictures."""
    from autostyle.tuning.catalog import remove_study

    config, before = ctx.obj.config, ctx.parent.params.get("storage") if ctx.parent else None
    gone = remove_study(config.home, study, storage or before or config.storage)
    trials = f"{gone.trials} trials" if gone.trials else "no trials: none were in this storage"
    told = f"removed {study}: {'its folder' if gone.folder else 'no folder'}, {trials}, {gone.pictures} stored pictures"
    ctx.obj.console.answer({"schema": SCHEMA, "removed": study, **asdict(gone)}, told)


@studies_app.command("trust", epilog=EVERYWHERE)
def studies_trust(
    ctx: Context,
    study: Annotated[list[str] | None, typer.Argument(help="Their names.", show_default=False)] = None,
    every: Annotated[bool, typer.Option("--all", help="Every study of this home.")] = False,
    storage: Storage = None,
) -> None:
    """Take studies as your own from now on, though they were not made on this machine; they may be gone on with then.

    Example: autostyle studies trust photo-painting-1a2b3c4d
    """
    from autostyle.tuning.catalog import NOT_MADE_HERE, list_studies
    from autostyle.tuning.storage import explained
    from autostyle.tuning.trust import trust

    if not study and not every:
        raise BadInput("which study?", "name it, or --all; `autostyle studies` lists them")
    home, url = ctx.obj.config.home, storage or ctx.obj.config.storage
    names = [entry.name for entry in list_studies(home, url) if entry.note == NOT_MADE_HERE] if every else study or []
    with explained(url):
        for name in names:
            trust(home, name, url)
    ctx.obj.console.answer({"schema": SCHEMA, "trusted": names}, "\n".join(f"trusted {name}" for name in names))


def _trust(home: Path, name: str, storage: str | None) -> None:
    """Take a study as the person's own, if it is there."""
    from autostyle.tuning.storage import explained, is_there
    from autostyle.tuning.trust import trust_if_there

    if is_there(home, storage):
        with explained(storage):
            trust_if_there(home, name, storage)


@app.command(epilog=EVERYWHERE)
def worker(
    ctx: Context,
    study: Annotated[str, typer.Option(help="The running study.")],
    storage: Storage = None,
    trusted: TrustIt = False,
) -> None:
    """Add one more worker to a running study; it ends when the study's trials are spent.

    Example: autostyle worker --study NAME --storage postgresql+psycopg://user@host/database
    """
    from autostyle.cli.progress import Bar
    from autostyle.cli.searching import Watch
    from autostyle.tuning.runner import join

    config = ctx.obj.config
    if trusted:
        _trust(config.home, study, storage or config.storage)
    with Interrupts() as interrupts, Bar(ctx.obj.console, "trials") as bar:
        join(
            config.home,
            study,
            storage or config.storage,
            offline=config.offline,
            device=config.device,
            on_event=Watch(ctx.obj, bar).on_event,
            stop=interrupts.stop,
        )
    raise typer.Exit(interrupts.exit_code)


@app.command(epilog=EVERYWHERE)
def dashboard(
    ctx: Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8080,
    storage: Storage = None,
) -> None:
    """Open all studies of this home in optuna-dashboard, pictures included, on this machine only.

    Example: autostyle dashboard --port 8080
    """
    from autostyle.tuning.dashboard import serve

    config, console = ctx.obj.config, ctx.obj.console
    if config.offline:
        raise Refused("the dashboard listens on a socket, and --offline forbids that", "leave --offline out")
    serve(
        config.home,
        storage or config.storage,
        port,
        lambda address, stop: console.answer({"schema": SCHEMA, "address": address}, address),
    )
