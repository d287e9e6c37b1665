"""``serve``: the app and live reports in a browser."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import contextlib
import sys
from typing import Annotated

import typer

from autostyle.cli.console import SCHEMA
from autostyle.cli.context import EVERYWHERE, Context
from autostyle.cli.extras import require
from autostyle.errors import Refused

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def serve(
    ctx: Context,
    port: Annotated[int, typer.Option(min=0, max=65535, help="0 (default) takes any free one.")] = 0,
) -> None:
    """Open the app and the studies' live reports to a browser, on this machine only.

    The link that is printed lets one browser in; another one is printed for the next. Exit code: 130 after Ctrl-C.

    Example: autostyle serve --port 8090
    """
    config, console = ctx.obj.config, ctx.obj.console
    if config.offline:
        raise Refused("the server listens on a socket, and --offline forbids that", "leave --offline out")
    require("serve", "textual_serve", "aiohttp")
    from autostyle.serve.server import serve as run

    program = [sys.executable, "-m", "autostyle", "--home", str(config.home.absolute()), "--device", config.device]
    out = sys.stdout

    def ready(link: str, stop: object) -> None:
        with contextlib.redirect_stdout(out):
            console.answer({"schema": SCHEMA, "address": link}, link)

    # What an app that failed had to say goes where narration goes.
    with contextlib.redirect_stdout(sys.stderr):
        ended = run(config, [*program, "chat"], port, lambda link: console.say(f"for another browser: {link}"), ready)
    raise typer.Exit(0 if ended is None else 128 + ended)
