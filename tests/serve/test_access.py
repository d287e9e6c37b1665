"""Nobody comes in but a browser that was given the link, from our own pages."""

from __future__ import annotations

import contextlib
import http.client
import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from autostyle.config import Config
from autostyle.errors import BadInput
from autostyle.serve.server import serve
from tests.serve.conftest import NO_APP, Served, serving

UPGRADE = {
    "Upgrade": "websocket",
    "Connection": "Upgrade",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "AAAAAAAAAAAAAAAAAAAAAA==",
}
PATHS = [
    *("/", "/terminal/", "/terminal/static/js/textual.js", "/latest", "/studies/"),
    *("/studies/s/", "/studies/s/state", "/nothing"),
]


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("autostyle.serve.pages.warm.run", lambda request: {"studies": []})
        with serving(tmp_path_factory.mktemp("home")) as served:
            yield served


@pytest.fixture(scope="module")
def cookie(server: Served) -> str:
    return server.cookie()


def test_it_listens_on_loopback_only(server: Served) -> None:
    assert server.base.startswith("http://127.0.0.1:")


@pytest.mark.parametrize("path", PATHS)
def test_without_the_link_nothing_is_answered(server: Served, path: str) -> None:
    status, headers, body = server.ask(path)
    assert status == 403 and b"needs the link" in body and "set-cookie" not in headers


def test_a_guess_is_refused(server: Served) -> None:
    assert server.ask("/?token=" + "x" * 32)[0] == 403
    assert server.ask("/", Cookie=f"autostyle-{server.port}={'x' * 43}")[0] == 403
    assert server.ask("/?token=%ff")[0] == 403
    assert server.ask("/", Cookie=f"autostyle-{server.port}=\xff")[0] == 403


def test_a_link_is_taken_once_and_another_is_told(server: Served) -> None:
    link = server.links[-1].partition("?")[2]
    first = server.cookie()
    assert server.ask("/?" + link)[0] == 403
    assert server.ask("/", Cookie=first)[0] == 200
    assert server.links[-1] != link
    assert server.cookie() != first


def test_the_cookie_is_no_scripts_and_no_other_sites(server: Served) -> None:
    _, headers, _ = server.ask("/?" + server.links[-1].partition("?")[2])
    assert {"HttpOnly", "SameSite=Strict", "Path=/"} <= {part.strip() for part in headers["set-cookie"].split(";")}


def test_a_browser_that_looks_ahead_does_not_take_the_link(server: Served) -> None:
    link = server.links[-1].partition("?")[2]
    assert server.ask("/?" + link, Sec_Purpose="prefetch;prerender")[0] == 403
    assert server.links[-1].endswith(link)


@pytest.mark.parametrize(
    "headers",
    [
        {"Host": "evil.example"},
        {"Host": "127.0.0.1:1"},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ],
)
def test_other_sites_are_refused_though_they_have_the_cookie(
    server: Served, cookie: str, headers: dict[str, str]
) -> None:
    assert server.ask("/latest", Cookie=cookie, **headers)[0] == 403
    assert server.ask("/?" + server.links[-1].partition("?")[2], **headers)[0] == 403
    own = f"127.0.0.1:{server.port}"
    assert server.ask("/latest", Cookie=cookie, Host=own, Origin=f"http://{own}")[0] == 200


@pytest.mark.parametrize("origin", [{}, {"Origin": "http://evil.example"}, {"Origin": "http://127.0.0.1:1"}])
def test_a_web_socket_is_opened_by_our_own_page_only(server: Served, cookie: str, origin: dict[str, str]) -> None:
    assert server.ask("/terminal/socket", Cookie=cookie, **UPGRADE, **origin)[0] == 403
    own = {"Origin": f"http://127.0.0.1:{server.port}"}
    assert server.ask("/terminal/socket", **UPGRADE, **own)[0] == 403, "without the cookie"
    with relayed(server, cookie) as status:
        assert status == 101


def test_the_app_is_told_what_it_is_drawn_by(tmp_path: Path, quiet: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The terminal that the server runs in is another one."""
    monkeypatch.setenv("TERM", "xterm-kitty")
    monkeypatch.setenv("TMUX", "here")
    told = tmp_path / "told"
    program = ["sh", "-c", f"env > {told}.part; mv {told}.part {told}"]
    with serving(tmp_path, program) as server, relayed(server, server.cookie()):
        for _ in range(200):
            if told.exists():
                break
            time.sleep(0.05)
    lines = told.read_text().splitlines()
    assert {"TERM=xterm-256color", "AUTOSTYLE_IMAGES=quadrant"} < set(lines)
    assert any(line.startswith("TEXTUAL_DRIVER=") for line in lines)
    assert not any(line.startswith("TMUX=") for line in lines)


@contextlib.contextmanager
def relayed(server: Served, cookie: str) -> Iterator[int]:
    """While a page has the app open: the status of its web socket."""
    line = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    origin = f"http://127.0.0.1:{server.port}"
    line.request("GET", "/terminal/socket", headers={"Cookie": cookie, "Origin": origin, **UPGRADE})
    yield line.getresponse().status
    line.close()


def test_nothing_can_be_sent(server: Served, cookie: str) -> None:
    assert server.ask("/", "POST", Cookie=cookie)[0] == 405


@pytest.mark.parametrize("path", PATHS[:5])
def test_every_answer_can_be_framed_and_embedded_by_our_pages_only(server: Served, cookie: str, path: str) -> None:
    status, headers, _ = server.ask(path, Cookie=cookie)
    assert status == 200
    assert headers["x-content-type-options"] == "nosniff" and headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'self'" in policy and "default-src 'none'" in policy
    assert "unsafe" not in re.sub(r"style-src [^;]*", "", policy), "xterm.js writes styles, and nothing else"


def test_a_port_that_is_taken_is_said(server: Served, tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=f"port {server.port} cannot be used"):
        serve(Config(home=tmp_path), NO_APP, server.port)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it_and_is_told(tmp_path: Path, quiet: None, number: signal.Signals) -> None:
    assert serve(Config(home=tmp_path), NO_APP, ready=lambda link, stop: os.kill(os.getpid(), number)) == number
