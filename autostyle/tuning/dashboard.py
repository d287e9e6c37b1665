"""optuna-dashboard on the storage of a HOME, with the pictures at their trials; on loopback only.

It lives in tuning because only tuning knows Optuna. The server runs in this process, so that a storage URL with a
password stands in no process list.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from socketserver import ThreadingMixIn
from typing import TYPE_CHECKING, Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from optuna_dashboard import wsgi  # type: ignore[import-untyped]

from autostyle.errors import BadInput
from autostyle.loopback import HOST, explain_port_errors, is_own
from autostyle.tuning.storage import artifacts, is_there, open_storage

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

_ALWAYS = [("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"), ("Referrer-Policy", "no-referrer")]
PAGES = [
    (
        "Content-Security-Policy",
        # Its charts compile functions, its styles and pictures are made on the page.
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data: blob:; font-src 'self' data:; worker-src 'self' blob:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'",
    ),
    *_ALWAYS,
]
"""Notes and names in a study may come from anybody: no script but the dashboard's own runs."""
ARTIFACTS = [("Content-Security-Policy", "sandbox; default-src 'none'; style-src 'unsafe-inline'"), *_ALWAYS]
"""A file of a study may call itself a page."""
OPEN = ("access-control-allow-origin",)
"""Headers of the dashboard's that would let other sites read a study's files."""


def serve(
    home: Path, storage_url: str | None, port: int = 8080, ready: Callable[[str, Callable[[], None]], Any] | None = None
) -> None:
    """Serve until stopped.

    Args:
        home: the folder of the studies; its artifact store has the pictures.
        storage_url: where the studies are; None means HOME's own database.
        port: 0 takes any free one.
        ready: called once with the page's address and a function that stops the server from another thread.

    Raises:
        BadInput: there are no studies, or the port is taken.
        Missing: the storage cannot be reached.
    """
    if not is_there(home, storage_url):
        raise BadInput(
            "there are no studies in {home}", "autostyle tune makes one; --home names another folder", home=home
        )
    pages = wsgi(open_storage(home, storage_url), artifact_store=artifacts(home))
    with explain_port_errors(port):
        server = make_server(HOST, port, _own_pages_only(pages), server_class=_Server, handler_class=_Silent)
    with server:
        if ready is not None:
            ready(f"http://{HOST}:{server.server_port}/", server.shutdown)
        server.serve_forever()


class _Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


class _Silent(WSGIRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """A library prints nothing."""


def _own_pages_only(pages: WSGIApplication) -> WSGIApplication:
    """Refuse what other web sites make a browser send here: the dashboard has no password and can delete studies."""

    def guarded(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")

        def with_policy(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            policy = ARTIFACTS if path.startswith("/artifacts/") else PAGES
            kept = [header for header in headers if header[0].lower() not in OPEN]
            return start_response(status, [*kept, *policy], *rest)

        if not is_own(int(environ["SERVER_PORT"]), environ.get("HTTP_HOST"), environ.get("HTTP_ORIGIN")):
            start_response("403 Forbidden", [("Content-Type", "text/plain")])
            return [b"this dashboard answers its own pages only\n"]
        return pages(environ, with_policy)

    return guarded
