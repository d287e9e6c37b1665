"""The app itself, in the page's terminal: one process a page, over a web socket. The relay and xterm.js are
textual-serve's; its own page asks a server elsewhere for a font, so ours stands in its place."""

from __future__ import annotations

import asyncio
import shlex
from collections.abc import Sequence

from aiohttp import web
from textual_serve.server import Server

PLACE = "/terminal/"
DRAWN = ("off", "halfcell", "quadrant", "sextant")
"""How pictures can be drawn there: xterm.js as it comes knows no graphics."""
PATIENCE = 30.0
"""Seconds that apps have to end in, with what they found."""


class Terminals:
    """The apps that are open.

    Args:
        program: opens the app.
        images: how the settings want pictures drawn.
        address: of the server, ``http://127.0.0.1:PORT``.
    """

    def __init__(self, program: Sequence[str], images: str, address: str) -> None:
        images = images if images in DRAWN else "quadrant"
        here = ["env", "-u", "TMUX", "TERM=xterm-256color", f"AUTOSTYLE_IMAGES={images}"]
        self._server = Server(f"exec {shlex.join([*here, *program])}", public_url=address)
        self._open: set[asyncio.Task[web.WebSocketResponse]] = set()

    def routes(self) -> list[web.AbstractRouteDef]:
        """The web socket, and textual-serve's own files."""
        files = web.static(f"{PLACE}static", self._server.statics_path)
        return [web.get(f"{PLACE}socket", self._relay), files]

    async def close(self) -> None:
        """End the apps; each stops its search and keeps what was found."""
        for task in self._open:
            task.cancel()
        if self._open:
            await asyncio.wait(self._open, timeout=PATIENCE)

    async def _relay(self, request: web.Request) -> web.StreamResponse:
        work = asyncio.create_task(self._server.handle_websocket(request))
        self._open.add(work)
        work.add_done_callback(self._open.discard)
        return await work
