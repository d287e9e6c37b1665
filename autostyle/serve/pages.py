"""What a browser is answered: the frame of app and pictures, the studies, and each study's report, live."""

from __future__ import annotations

import asyncio
import contextlib
import mimetypes
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autostyle.config import Config
from autostyle.errors import AutostyleError, BadInput
from autostyle.jobs import requests, warm
from autostyle.report import html
from autostyle.report.pictures import inside
from autostyle.report.provenance import without_secrets
from autostyle.report.view import build
from autostyle.serve.live import LiveStudy, latest
from autostyle.serve.pictures import LiveAlbum, PictureStore
from autostyle.serve.terminal import PLACE
from autostyle.tuning.folder import check_folder
from autostyle.tuning.record import StudyRecord

STUDIES = "/studies/"
PICTURES = "/pictures/"
FOREVER = "private, max-age=31536000, immutable"
"""Of what never changes under its address."""
FRAMED = "base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
"""What a page's own policy, which stands in it, cannot say."""
FILES = "sandbox; default-src 'none'; frame-ancestors 'self'"
"""A file of a study may call itself a picture."""
TERMINAL = (
    # xterm.js writes style sheets of its own.
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self' data:; img-src 'self' "
    "data:; connect-src 'self' ws://{host}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'"
)


class Pages:
    """The pages of one home.

    Args:
        config: the settings: home and storage.
    """

    def __init__(self, config: Config) -> None:
        self._config = config
        self._store = PictureStore()
        self._studies: dict[str, LiveStudy] = {}
        self._albums: dict[str, LiveAlbum] = {}
        self._pages: dict[str, tuple[str, str]] = {}
        self._one_at_a_time = asyncio.Lock()

    def routes(self) -> list[web.AbstractRouteDef]:
        study = STUDIES + "{name}/"
        return [
            web.get("/", self._frame),
            web.get(PLACE, self._terminal),
            web.get("/latest", self._latest),
            web.get("/favicon.ico", self._no_icon),
            web.get(STUDIES, self._list),
            web.get(study, self._study),
            web.get(study + "state", self._state),
            web.get(study + "{file:.+}", self._file),
            web.get(PICTURES + "{name}", self._picture),
        ]

    async def prepare(self) -> None:
        """Start the process that reads studies, so that the first page need not wait for it."""
        asked = requests.StudiesRequest(home=self._config.home, storage=self._config.storage)
        with contextlib.suppress(web.HTTPConflict):  # whoever asks is told
            await self._job(asked)

    async def _frame(self, request: web.Request) -> web.Response:
        return _page("frame.html.jinja", script="frame.js", style="frame.css", terminal=PLACE, studies=STUDIES)

    async def _terminal(self, request: web.Request) -> web.Response:
        text = _environment().get_template("terminal.html.jinja").render(place=PLACE, host=request.host)
        return _html(text, TERMINAL.format(host=request.host))

    async def _latest(self, request: web.Request) -> web.Response:
        return web.json_response({"study": await asyncio.to_thread(latest, self._config.home)})

    async def _no_icon(self, request: web.Request) -> web.Response:
        return web.Response(status=204)

    async def _list(self, request: web.Request) -> web.Response:
        asked = requests.StudiesRequest(home=self._config.home, storage=self._config.storage)
        found = (await self._job(asked))["studies"]
        return _page("studies.html.jinja", style="frame.css", studies=found, home=self._config.home.absolute())

    async def _study(self, request: web.Request) -> web.Response:
        name, study = await self._named(request)
        stamp, running = await asyncio.to_thread(study.stamp)
        async with self._one_at_a_time:
            before, text = self._pages.get(name, ("", ""))
            if before != stamp:
                found = await self._job(
                    requests.RecordRequest(home=self._config.home, storage=self._config.storage, study=name), alone=True
                )
                record = StudyRecord.from_json(found["record"])
                text = await asyncio.to_thread(self._drawn, name, record, stamp, running)
                self._pages[name] = stamp, text
        return _html(text, FRAMED)

    def _drawn(self, name: str, record: StudyRecord, stamp: str, running: bool) -> str:
        album = self._albums.setdefault(name, LiveAlbum(record.folder, self._store, PICTURES))
        return html.page(build(without_secrets(record)), html.Live(album, stamp, running))

    async def _state(self, request: web.Request) -> web.Response:
        _, study = await self._named(request)
        return web.json_response(await asyncio.to_thread(study.look, request.query.get("language", "en")))

    async def _picture(self, request: web.Request) -> web.Response:
        data = self._store.pictures.get(request.match_info["name"])
        if data is None:
            raise web.HTTPNotFound
        return web.Response(body=data, content_type="image/webp", headers={"Cache-Control": FOREVER})

    async def _file(self, request: web.Request) -> web.StreamResponse:
        """A picture or clip in a study's folder, as it is."""
        _, study = await self._named(request)
        file = await asyncio.to_thread(inside, study.folder, Path(request.match_info["file"]))
        kind, _ = mimetypes.guess_type(request.match_info["file"])
        if file is None or kind is None or not kind.startswith(("image/", "video/", "audio/")) or kind == SVG:
            raise web.HTTPNotFound
        headers = {"Content-Security-Policy": FILES, "Content-Type": kind, "Cache-Control": "private, no-cache"}
        return web.FileResponse(file, headers=headers)

    async def _named(self, request: web.Request) -> tuple[str, LiveStudy]:
        """The study that an address names; raises HTTPNotFound where there is none."""
        name = request.match_info["name"]
        home = self._config.home.absolute()
        try:
            await asyncio.to_thread(check_folder, home, name)
        except BadInput as error:
            raise web.HTTPNotFound(text=f"{error.message}\n") from error
        if not (home / name).is_dir():
            raise web.HTTPNotFound(text=f"there is no study {name}\n")
        return name, self._studies.setdefault(name, LiveStudy(home / name))

    async def _job(self, request: requests.AnyRequest, *, alone: bool = False) -> dict[str, Any]:
        """The result of a job, by a process that is kept for the next one."""
        async with contextlib.nullcontext() if alone else self._one_at_a_time:
            try:
                return await asyncio.to_thread(warm.run, request)
            except AutostyleError as error:
                raise web.HTTPConflict(text=f"{error.message}\n{error.hint}\n") from error


SVG = "image/svg+xml"
"""No picture but a page."""


@cache
def _environment() -> Environment:
    loader = PackageLoader("autostyle.serve", "templates")
    return Environment(loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)


def _source(name: str) -> str:
    loader = _environment().loader
    assert loader is not None
    return loader.get_source(_environment(), name)[0]


def _page(template: str, *, style: str, script: str | None = None, **values: Any) -> web.Response:
    """A page of ours with its style sheet and its script in it, and the policy that lets just these."""
    sheet, code = _source(style), "" if script is None else _source(script)
    text = _environment().get_template(template).render(style=Markup(sheet), script=Markup(code), **values)
    allowed = f"script-src '{html.csp_hash(code)}'; connect-src 'self'; frame-src 'self'; " if code else ""
    return _html(text, f"default-src 'none'; style-src '{html.csp_hash(sheet)}'; {allowed}{FRAMED}")


def _html(text: str, policy: str) -> web.Response:
    return web.Response(text=text, content_type="text/html", headers={"Content-Security-Policy": policy})
