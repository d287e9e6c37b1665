"""The app at the other end of textual-serve's pipes, instead of a terminal."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from textual.drivers.web_driver import WebDriver

from autostyle.tui.driver import TerminalDriver, suitable_driver
from tests.cli.running import PROGRAM

RELAYED = "textual.drivers.web_driver:WebDriver"


def test_the_driver_is_that_of_what_the_app_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TEXTUAL_DRIVER", raising=False)
    assert suitable_driver() is TerminalDriver
    monkeypatch.setenv("TEXTUAL_DRIVER", RELAYED)
    assert issubclass(suitable_driver(), WebDriver)


@pytest.fixture
def app(tmp_path: Path) -> Iterator[subprocess.Popen[bytes]]:
    """The app, which has painted."""
    with subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "--offline", "--device", "cpu", "chat"],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "TEXTUAL_DRIVER": RELAYED, "COLUMNS": "100", "ROWS": "30", "TERM": "xterm-256color"},
    ) as app:
        assert app.stdout is not None and app.stdout.readline() == b"__GANGLION__\n", "nothing else is said before"
        seen = b""
        while b"understood by rules" not in seen:
            kind, data = packet(app)
            assert kind == b"D"
            seen += data
        yield app
        app.kill()


def packet(app: subprocess.Popen[bytes]) -> tuple[bytes, bytes]:
    assert app.stdout is not None
    kind, size = app.stdout.read(1), int.from_bytes(app.stdout.read(4), "big")
    return kind, app.stdout.read(size)


@pytest.mark.slow
def test_when_the_relay_is_gone_the_app_ends(app: subprocess.Popen[bytes]) -> None:
    assert app.stdin is not None and app.stdout is not None
    app.stdin.close()
    app.stdout.close()
    assert app.wait(60) == 128 + signal.SIGHUP


@pytest.mark.slow
def test_when_the_page_is_gone_the_app_ends_and_says_so(app: subprocess.Popen[bytes]) -> None:
    assert app.stdin is not None
    data = json.dumps({"type": "quit"}).encode()
    app.stdin.write(b"M" + len(data).to_bytes(4, "big") + data)
    app.stdin.flush()
    told: dict[str, Any] = {}
    while told.get("type") != "exit":
        kind, data = packet(app)
        told = json.loads(data) if kind == b"M" else {}
    assert app.wait(60) == 128 + signal.SIGHUP


@pytest.mark.slow
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_it(app: subprocess.Popen[bytes], number: signal.Signals) -> None:
    app.send_signal(number)
    assert app.wait(60) == 128 + number
