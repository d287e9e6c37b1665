"""``chat``: the terminal app."""

from __future__ import annotations

import contextlib
import importlib
import sys
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import typer

from autostyle.cli.context import EVERYWHERE, Context
from autostyle.errors import BadInput

if TYPE_CHECKING:
    from autostyle.agent.approval import Approve
    from autostyle.agent.loop import Agent
    from autostyle.config import Config

app = typer.Typer()


@app.command(epilog=EVERYWHERE)
def chat(ctx: Context) -> None:
    """Open the terminal app; `autostyle` alone does the same.

    Say how a picture should look, watch the search, and go on from what it finds. Ctrl+P shows all commands.
    """
    from autostyle.tui.driver import in_browser

    if not (on_a_terminal() or in_browser()):
        raise BadInput("the app needs a terminal", 'without one: autostyle ask "REQUEST"')
    from autostyle.tui.garbage import wait_for_calm

    wait_for_calm()
    from autostyle.tui.app import AutostyleApp

    opened = AutostyleApp(ctx.obj.config, connect)
    opened.run()
    raise typer.Exit(opened.return_code or 0)


def on_a_terminal() -> bool:
    """Whether there is one to read from and to draw on; Textual draws on stderr."""
    return sys.stdin.isatty() and sys.stdout.isatty() and sys.stderr.isatty()


async def connect(config: Config, approve: Approve, past: str | None) -> Agent:
    """The agent, its modules loaded beside the event loop."""
    import asyncio

    setup = await asyncio.to_thread(importlib.import_module, "autostyle.agent.setup")
    agent: Agent = setup.make(config, approve, past=past)
    Thread(target=_warm, name="warm", daemon=True).start()  # whoever leaves does not wait for it
    return agent


def _warm() -> None:
    """Load what the first message is understood with, in a thread: it lets keys through every few milliseconds."""
    from autostyle.agent.understanding.read import understand
    from autostyle.errors import AutostyleError

    with contextlib.suppress(AutostyleError):  # the person's own lexicon is broken: the first message says so
        for request in ("photo.jpg like painting.jpg, ten minutes", "photo.jpg를 painting.jpg처럼, 10분"):
            understand(request, Path())
