"""The app when its terminal goes away: it ends, and a search that runs is stopped and kept."""

from __future__ import annotations

import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread

import numpy as np
import psutil
import pytest

from autostyle.codecs.image import save_image
from tests.cli.running import PROGRAM

pytestmark = pytest.mark.slow
ENDS_WITHIN = 120
"""Seconds; a search ends with the trial's next step and its report."""


class Pty:
    """The app on a terminal that does not control it, so that no signal tells it of the terminal's end."""

    def __init__(self, folder: Path) -> None:
        self.master, slave = pty.openpty()
        self.seen = b""
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, "--offline", "--device", "cpu"],
            cwd=folder,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env={**os.environ, "TERM": "xterm-256color", "COLUMNS": "120", "LINES": "36"},
            start_new_session=True,
        )
        os.close(slave)
        Thread(target=self._read, daemon=True).start()

    def sees(self, text: str, seconds: float = 60.0) -> None:
        self.until(lambda: text.encode() in self.seen, seconds)

    def until(self, true: Callable[[], object], seconds: float = 60.0) -> None:
        end = time.monotonic() + seconds
        while not true():
            assert time.monotonic() < end and self.process.poll() is None, self.seen[-3000:].decode(errors="replace")
            time.sleep(0.05)

    def type(self, text: str) -> None:
        os.write(self.master, text.encode() + b"\r")

    def ends(self) -> int:
        """Its exit code."""
        return self.process.wait(ENDS_WITHIN)

    def _read(self) -> None:
        try:
            while data := os.read(self.master, 65536):
                self.seen += data
        except OSError:  # closed
            pass


@pytest.fixture
def terminal(tmp_path: Path, fake_runtime: Callable[..., None], monkeypatch: pytest.MonkeyPatch) -> Iterator[Pty]:
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
    fake_runtime(seconds=0.3, steps=10)
    noise = np.random.default_rng(0).random((48, 64, 3), np.float32)
    save_image(tmp_path / "photo.png", noise)
    save_image(tmp_path / "paint.png", 1 - noise)
    terminal = Pty(tmp_path)
    terminal.sees("understood by rules")
    yield terminal
    if terminal.process.poll() is None:
        terminal.process.kill()


def test_without_its_terminal_the_app_ends(terminal: Pty) -> None:
    os.close(terminal.master)
    assert terminal.ends() == 128 + signal.SIGHUP


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_ends_it_and_gives_the_terminal_back(terminal: Pty, number: signal.Signals) -> None:
    terminal.process.send_signal(number)
    assert terminal.ends() == 128 + number
    assert b"\x1b[?1049l" in terminal.seen


def test_a_running_search_is_stopped_and_kept(terminal: Pty, tmp_path: Path) -> None:
    terminal.type("make photo.png look like paint.png, 30 trials at 64 px")
    terminal.until(lambda: len(list(tmp_path.glob("studies/*/trials/*"))) > 1)
    children = psutil.Process(terminal.process.pid).children(recursive=True)
    os.close(terminal.master)

    assert terminal.ends() == 128 + signal.SIGHUP
    (report,) = tmp_path.glob("studies/*/report.json")
    found = json.loads(report.read_text("utf-8"))
    assert 0 < found["trials"]["complete"] < 30 and found["best"]
    assert not any(child.is_running() and child.status() != psutil.STATUS_ZOMBIE for child in children)
