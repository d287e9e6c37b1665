"""``dashboard``: all studies in optuna-dashboard."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
from typing import Annotated

import typer

from autostyle.cli.arguments import StorageOption
from autostyle.cli.console import SCHEMA
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import Refused

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def dashboard(
    ctx: Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 takes any free one.")] = 8080,
    storage: StorageOption = None,
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
