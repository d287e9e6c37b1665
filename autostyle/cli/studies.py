"""``studies``: which there are; ``studies rm`` and ``studies trust``."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.arguments import (
    StorageOption,
    StudyArgument,
)
from autostyle.cli.console import SCHEMA, listing
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import BadInput
from autostyle.filenames import legible

app = typer.Typer()
studies_app = typer.Typer(epilog=EVERYWHERE)
app.add_typer(studies_app, name="studies")


@studies_app.callback(invoke_without_command=True)
def studies(ctx: Context, storage: StorageOption = None) -> None:
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
def studies_rm(ctx: Context, study: StudyArgument, storage: StorageOption = None) -> None:
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
    storage: StorageOption = None,
) -> None:
    """Take studies as your own from now on, though they were not made on this machine; they may be gone on with then.

    Example: autostyle studies trust photo-painting-1a2b3c4d
    """
    from autostyle.tuning.catalog import NOT_MADE_HERE, list_studies
    from autostyle.tuning.storage import explain_errors
    from autostyle.tuning.trust import trust

    if not study and not every:
        raise BadInput("which study?", "name it, or --all; `autostyle studies` lists them")
    home, url = ctx.obj.config.home, storage or ctx.obj.config.storage
    names = [entry.name for entry in list_studies(home, url) if entry.note == NOT_MADE_HERE] if every else study or []
    with explain_errors(url):
        for name in names:
            trust(home, name, url)
    ctx.obj.console.answer({"schema": SCHEMA, "trusted": names}, "\n".join(f"trusted {name}" for name in names))


def trust_study(home: Path, name: str, storage: str | None) -> None:
    """Take a study as the person's own, if it is there."""
    from autostyle.tuning.storage import explain_errors, is_there
    from autostyle.tuning.trust import trust_if_there

    if is_there(home, storage):
        with explain_errors(storage):
            trust_if_there(home, name, storage)
