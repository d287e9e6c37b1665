"""The server: one port of loopback, until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Callable, Sequence
from functools import partial

from aiohttp import web

from autostyle.config import Config
from autostyle.loopback import HOST, explain_port_errors
from autostyle.serve.access import Access, OnLink, add_headers
from autostyle.serve.pages import Pages
from autostyle.serve.terminal import Terminals

EndServer = Callable[[], None]


def application(config: Config, program: Sequence[str], port: int, on_link: OnLink) -> tuple[web.Application, Access]:
    """Everything that is answered, and its door.

    Args:
        config: the settings.
        program: opens the app, where textual-serve has set the environment.
        port: the server's.
        on_link: told every further link.
    """
    access = Access(port, on_link)
    terminals = Terminals(program, config.app.images, f"http://{HOST}:{port}")
    app = web.Application(middlewares=[access.middleware()])
    app.on_response_prepare.append(add_headers)
    pages = Pages(config)
    app.add_routes([*terminals.routes(), *pages.routes()])

    async def prepared(_: web.Application) -> AsyncIterator[None]:
        preparing = asyncio.create_task(pages.prepare())
        yield
        preparing.cancel()

    async def end_apps(_: web.Application) -> None:
        await terminals.close()

    app.cleanup_ctx.append(prepared)
    app.on_shutdown.append(end_apps)
    return app, access


def serve(
    config: Config,
    program: Sequence[str],
    port: int = 0,
    on_link: OnLink = lambda link: None,
    ready: Callable[[str, EndServer], None] | None = None,
) -> signal.Signals | None:
    """Serve until a signal, which is returned, or ``ready``'s function ends it.

    Args:
        config, program, on_link: as in :func:`application`.
        port: 0 takes any free one.
        ready: called once with the first link and a function that ends the server from any thread.

    Raises:
        BadInput: the port is taken.
    """
    return asyncio.run(_serve(config, program, port, on_link, ready))


async def _serve(
    config: Config,
    program: Sequence[str],
    port: int,
    on_link: OnLink,
    ready: Callable[[str, EndServer], None] | None,
) -> signal.Signals | None:
    loop, stop = asyncio.get_running_loop(), asyncio.Event()
    signals: list[signal.Signals] = []

    def received(number: signal.Signals) -> None:
        signals.append(number)
        stop.set()

    listening = _listen(port)
    app, access = application(config, program, listening.getsockname()[1], on_link)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    try:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, received, number)
    except (RuntimeError, ValueError):  # in a thread that hears no signals
        pass
    if ready is not None:
        ready(access.link, partial(_end, loop, stop))
    await stop.wait()
    await runner.cleanup()
    return next(iter(signals), None)


def _end(loop: asyncio.AbstractEventLoop, stop: asyncio.Event) -> None:
    loop.call_soon_threadsafe(stop.set)


def _listen(port: int) -> socket.socket:
    listening = socket.socket()
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        with explain_port_errors(port):
            listening.bind((HOST, port))
    except BaseException:
        listening.close()
        raise
    return listening
