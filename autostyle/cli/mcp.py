"""``mcp``: the agent's tools for other agents."""

# Annotations are evaluated here, once: Typer evaluates strings twice a command at every start.
import contextlib
import sys
from pathlib import Path
from typing import Annotated

import typer

from autostyle.cli.context import EVERYWHERE, Context
from autostyle.cli.extras import require
from autostyle.errors import BadInput

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def mcp(
    ctx: Context,
    allow: Annotated[
        list[Path] | None,
        typer.Option(
            "--allow",
            help="A folder whose files may be used (default: the one it is started in, unless that is ~ or /).",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Searches run unasked, however long they take.")] = False,
    allow_writes: Annotated[bool, typer.Option("--allow-writes", help="Files are written unasked.")] = False,
    pictures: Annotated[bool, typer.Option(help="Answers show small pictures.")] = True,
) -> None:
    """Serve the agent's tools to another agent, by the Model Context Protocol on stdin and stdout.

    A client starts it: command "autostyle", arguments ["mcp"]. The person is asked through the client.

    Example: autostyle mcp --allow ~/Pictures --home ~/studies
    """
    require("mcp", "mcp")
    from autostyle.mcp_server.permission import Beforehand
    from autostyle.mcp_server.server import serve, usual_folders

    console = ctx.obj.console
    if sys.stdin.isatty():
        console.say("this speaks to a program, not to people: let a client start it (docs/browser-and-agents.md)")
    folders = tuple(map(_folder, allow)) if allow else usual_folders()
    with contextlib.suppress(KeyboardInterrupt):
        serve(ctx.obj.config, Beforehand(yes, allow_writes, folders), pictures=pictures)


def _folder(named: Path) -> Path:
    folder = named.expanduser().absolute()
    if not folder.is_dir():
        raise BadInput("there is no folder {path}", "--allow names a folder whose files may be used", path=folder)
    return folder
