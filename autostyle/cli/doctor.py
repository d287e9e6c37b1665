"""``doctor``: whether this machine has what is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import Missing

if TYPE_CHECKING:
    pass

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def doctor(ctx: Context) -> None:
    """Look this machine over: packages, device, weights, disk, language model. Exit code 3 if something is wrong.

    Example: autostyle doctor --json
    """
    from autostyle import doctor as examination
    from autostyle.jobs import requests
    from autostyle.jobs.parent import run

    config = ctx.obj.config
    request = requests.DescribeRequest(device=config.device, offline=config.offline)
    health = examination.examine(config, lambda: run(request))
    ctx.obj.console.answer(health.as_json(), "\n".join(health.lines()))
    raise typer.Exit(Missing.exit_code if health.problems else 0)
