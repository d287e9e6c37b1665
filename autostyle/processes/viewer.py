"""A file in the program that the person's desktop shows it with."""

from __future__ import annotations

import mimetypes
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from autostyle.errors import BadInput, Missing

ENDS_WITHIN = 2.0
"""Seconds in which what opens a file has said whether it can; some stay as long as the file is looked at."""

PLAYERS = (
    ["ffplay", "-nodisp", "-autoexit", "-loglevel", "quiet"],
    ["mpv", "--no-video", "--really-quiet"],
    ["paplay"],
    ["aplay", "-q"],
    ["play", "-q"],
)


def open_file(path: Path) -> None:
    """Open ``path`` and do not wait for what opens it; nothing that it prints reaches the terminal.

    Raises:
        BadInput: there is no such file.
        Missing: there is no desktop, nothing that opens files, or it says that it cannot.
    """
    if not path.exists():
        raise BadInput("there is no file {path}", "it was moved or removed meanwhile", path=path)
    sounds = (mimetypes.guess_type(path.name)[0] or "").startswith("audio/")
    program = viewer(sys.platform, os.environ) or (player(os.environ) if sounds else None)
    if program is None and sounds:
        raise Missing("nothing here plays sound: there is no desktop", "the recording is {path}", path=path.absolute())
    if program is None:
        raise Missing("nothing here opens pictures: there is no desktop", "the picture is {path}", path=path.absolute())
    try:
        opened = subprocess.Popen(
            [*program, str(path.absolute())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # closing the terminal does not close it
        )
        failed = opened.wait(ENDS_WITHIN) != 0
    except subprocess.TimeoutExpired:
        return
    except OSError:
        failed = True
    if failed:
        raise Missing(
            "{program} cannot open the picture", "the picture is {path}", program=program[0], path=path.absolute()
        )


def player(environ: Mapping[str, str]) -> list[str] | None:
    """What plays a recording where there is no desktop: the beginning of its command; None where there is nothing."""
    return next((program for program in PLAYERS if shutil.which(program[0], path=environ.get("PATH"))), None)


def viewer(platform: str, environ: Mapping[str, str]) -> list[str] | None:
    """What opens a file here: the beginning of its command; None where there is nothing.

    On Linux only with a desktop: without one ``xdg-open`` may start a browser in the terminal itself.
    """
    if platform == "darwin":
        return ["open"]
    if environ.get("WSL_DISTRO_NAME") and shutil.which("wslview", path=environ.get("PATH")):
        return ["wslview"]
    if not (environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY")):
        return None
    for program in (["xdg-open"], ["gio", "open"]):
        if shutil.which(program[0], path=environ.get("PATH")):
            return program
    return None
