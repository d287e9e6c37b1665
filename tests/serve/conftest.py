"""A server in a thread of this process."""

from __future__ import annotations

import contextlib
import http.client
import queue
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from autostyle.config import Config
from autostyle.serve.server import serve

NO_APP = ("false",)


@dataclass
class Served:
    """A server that listens; ``links`` are those that let one browser in each, the last one not taken yet."""

    links: list[str] = field(default_factory=list)

    @property
    def base(self) -> str:
        return self.links[0].partition("?")[0]

    @property
    def port(self) -> int:
        port = urlsplit(self.base).port
        assert port is not None
        return port

    def ask(self, path: str = "/", method: str = "GET", **headers: str) -> tuple[int, dict[str, str], bytes]:
        """The answer of a client that follows nothing and keeps nothing."""
        line = http.client.HTTPConnection(urlsplit(self.base).netloc, timeout=60)
        line.request(method, path, headers={name.replace("_", "-"): value for name, value in headers.items()})
        answer = line.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()

    def cookie(self) -> str:
        """What a browser is given for the link."""
        status, headers, _ = self.ask("/?" + self.links[-1].partition("?")[2])
        assert (status, headers["location"]) == (303, "/")
        return headers["set-cookie"].partition(";")[0]


@contextlib.contextmanager
def serving(home: Path, program: Sequence[str] = NO_APP) -> Iterator[Served]:
    served = Served()
    started: queue.Queue[Callable[[], None]] = queue.Queue()
    failed: list[BaseException] = []

    def ready(link: str, stop: Callable[[], None]) -> None:
        served.links.append(link)
        started.put(stop)

    def run() -> None:
        try:
            serve(Config(home=home), program, 0, served.links.append, ready)
        except BaseException as error:
            failed.append(error)
            started.put(lambda: None)

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    stop = started.get(timeout=60)
    assert not failed, failed
    try:
        yield served
    finally:
        stop()
        thread.join(60)
    assert not thread.is_alive() and not failed


@pytest.fixture
def quiet(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process is started that reads studies."""
    monkeypatch.setattr("autostyle.serve.pages.warm.run", lambda request: {"studies": []})
