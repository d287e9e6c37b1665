"""``report``: the report of a study again."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.arguments import (
    ForceOption,
    StorageOption,
    StudyArgument,
)
from autostyle.cli.context import EVERYWHERE, Context

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def report(
    ctx: Context,
    study: StudyArgument,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", help="Folder; default the study's own.", show_default=False)
    ] = None,
    storage: StorageOption = None,
    force: ForceOption = False,
) -> None:
    """Write the report of a study again, finished or not.

    Example: autostyle report photo-painting-1a2b3c4d -o report/
    """
    from autostyle.jobs import studies as jobs

    config = ctx.obj.config
    result = jobs.report(config.home, study, storage or config.storage, out, overwrite=force)
    ctx.obj.console.answer(result, result["report"])
