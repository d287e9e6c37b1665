"""Who may come in: a browser that was given the link, by this machine's own name, from a page of ours.

The link has a token that is taken once, for a cookie. Other web sites may send a browser here: by a name of their own
that resolves to loopback (DNS rebinding), which shows in Host; by a script or a web socket, which shows in Origin; by a
picture or a frame, which the headers of every answer forbid.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

from autostyle.loopback import HOST, is_own

TOKEN = "token"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
}
"""Of every answer."""
USUAL = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'self'",
}
"""Of every answer that says nothing else."""
Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]
OnLink = Callable[[str], None]


class Access:
    """The door of one server.

    Args:
        port: it listens on.
        on_link: told a further link whenever one was taken.
    """

    def __init__(self, port: int, on_link: OnLink) -> None:
        self._port = port
        self._base = f"http://{HOST}:{port}/"
        self._cookie = f"autostyle-{port}"  # a cookie holds for all ports of a host
        self._sessions: set[str] = set()
        self._token = secrets.token_urlsafe(24)
        self._on_link = on_link

    @property
    def link(self) -> str:
        """What lets one browser in."""
        return f"{self._base}?{TOKEN}={self._token}"

    def middleware(self) -> Middleware:
        """What stands before every answer."""

        @web.middleware
        async def guard(request: web.Request, handler: Answer) -> web.StreamResponse:
            origin = request.headers.get("Origin")
            socket = "Upgrade" in request.headers  # which browsers open across origins, and say from where
            if not is_own(self._port, request.host, origin) or (socket and origin is None):
                raise web.HTTPForbidden(text="autostyle answers its own pages only\n")
            if request.method != "GET":
                raise web.HTTPMethodNotAllowed(request.method, ["GET"])
            if self._is_known(request):
                return await handler(request)
            if self._takes(request):
                return self._let_in()
            raise web.HTTPForbidden(text="this needs the link that `autostyle serve` printed; each is taken once\n")

        return guard

    def _is_known(self, request: web.Request) -> bool:
        given = request.cookies.get(self._cookie, "").encode(errors="replace")
        return any(secrets.compare_digest(given, session.encode()) for session in self._sessions)

    def _takes(self, request: web.Request) -> bool:
        """Whether the request brings the token; a browser that only looks ahead does not take it."""
        ahead = "prefetch" in request.headers.get("Sec-Purpose", request.headers.get("Purpose", ""))
        given = request.query.get(TOKEN, "").encode(errors="replace")
        return request.path == "/" and not ahead and secrets.compare_digest(given, self._token.encode())

    def _let_in(self) -> web.Response:
        session = secrets.token_urlsafe(32)
        self._sessions.add(session)
        self._token = secrets.token_urlsafe(24)
        self._on_link(self.link)
        answer = web.Response(status=303, headers={"Location": "/"})
        answer.set_cookie(self._cookie, session, httponly=True, samesite="Strict", path="/")
        return answer


async def add_headers(request: web.Request, answer: web.StreamResponse) -> None:
    """Give an answer the headers that all have."""
    answer.headers.update(HEADERS)
    for name, value in USUAL.items():
        answer.headers.setdefault(name, value)
