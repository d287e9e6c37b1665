"""--offline opens no socket at all, in any process: every one of them is watched from its first line."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

WATCH = """
import os, sys

def watch(event, arguments):
    if event.startswith("socket.") and event != "socket.gethostname":  # which asks the kernel, not a socket
        with open(os.environ["SOCKETS"], "a") as file:
            file.write(f"{os.getpid()} {sys.argv} {event}\\n")

sys.addaudithook(watch)
with open(os.environ["SOCKETS"] + ".watched", "a") as file:
    file.write(f"{os.getpid()}\\n")
"""


def run(line: str, alone: Path) -> tuple[int, str, int]:
    """Run a command line: its exit code, what it did with sockets, how many Python processes were watched."""
    (alone / "sitecustomize.py").write_text(WATCH)
    (alone / "sockets").touch()
    environment = {**os.environ, "PYTHONPATH": str(alone), "SOCKETS": str(alone / "sockets")}
    done = subprocess.run([sys.executable, "-m", "autostyle", *line.split()], cwd=alone, env=environment)
    watched = (alone / "sockets.watched").read_text().splitlines()
    return done.returncode, (alone / "sockets").read_text(), len(set(watched))


@pytest.mark.slow
@pytest.mark.parametrize(
    "line",
    [
        pytest.param(
            "stylize photo.png paint.png -o out.png --size 64 -m gatys -p steps=4", marks=pytest.mark.thorough
        ),
        "tune photo.png paint.png --trials 1 --size 64 --final-size 64 -m gatys -p steps=4",
    ],
)
def test_a_picture_is_made_without_a_socket(line: str, alone: Path) -> None:
    code, sockets, watched = run(f"{line} --offline", alone)
    assert (code, sockets) == (0, "")
    assert watched >= 2, "the process that computes was not watched"


def test_a_fetch_is_refused_before_any_socket(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TORCH_HOME", str(alone))
    assert run("weights get vgg19 --offline", alone)[:2] == (3, "")


def test_the_watch_sees_a_socket(alone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The same fetch where it may, through a proxy that is not there."""
    monkeypatch.setenv("TORCH_HOME", str(alone))
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:9")
    assert "socket.connect" in run("weights get vgg19", alone)[1]
