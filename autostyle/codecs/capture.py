"""Pictures as they come, each with when it came: of a camera, of a screen, of a clip at its own pace."""

from __future__ import annotations

import errno
import os
import stat
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from pathlib import Path

import av
import numpy as np
from av import VideoFrame
from av.container import InputContainer
from numpy.typing import NDArray

from autostyle.codecs.clip_color import to_pixels
from autostyle.codecs.clip_reader import read_frames
from autostyle.errors import BadInput, Missing
from autostyle.sentences import Sentence, reason

CAMERA, SCREEN = "camera", "screen"
"""Words for the first camera, and for the whole screen; a colon and a name after them name another."""
_MILLISECOND = Fraction(1, 1000)
_MOMENT = 0.005
"""Seconds until a device that has nothing yet is asked again."""
_DAMAGED = 30
"""Pictures one after the other that may come damaged."""


@dataclass(frozen=True)
class CaptureDevice:
    """What FFmpeg reads pictures from.

    Args:
        format: its input device: v4l2, x11grab, avfoundation, dshow, gdigrab.
        name: as that wants it.
    """

    format: str
    name: str
    options: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class CapturedFrame:
    """One frame.

    Args:
        time: when it is to be seen, in seconds since the first.
        arrived: when it came, by :func:`time.monotonic`.
        read: its pixels, (H, W, 3), upright, sRGB; decoded into these only where somebody looks.
    """

    time: Fraction
    arrived: float
    read: Callable[[], NDArray[np.uint8]]


def device_of(text: str, system: str = sys.platform, display: str | None = None) -> CaptureDevice | None:
    """The camera or screen that a person named; None where it is a file.

    Args:
        text: ``camera``, ``screen``, either with ``:NAME``; ``/dev/video0``; an X display, ``:0.0+100,200``.
        display: the X display; default: the environment's.
    """
    kind, _, name = text.partition(":")
    if kind not in (CAMERA, SCREEN) or Path(text).is_file():
        if text.startswith(":") and text[1:2].isdigit():
            return CaptureDevice("x11grab", text)
        return CaptureDevice("v4l2", text) if is_video_device(Path(text)) or text.startswith("/dev/video") else None
    if system == "darwin":
        screen = kind == SCREEN
        name = name or ("Capture screen 0" if screen else "0")
        return CaptureDevice("avfoundation", f"{name}:none", {"framerate": "30"})
    if system == "win32":
        if kind == SCREEN:
            return CaptureDevice("gdigrab", f"title={name}" if name else "desktop")
        return CaptureDevice("dshow", f"video={name}")
    if kind == SCREEN:
        return CaptureDevice("x11grab", f":{name}" if name else display or os.environ.get("DISPLAY") or ":0")
    return CaptureDevice("v4l2", f"/dev/{name}" if name and "/" not in name else name or _first_camera())


def is_video_device(path: Path) -> bool:
    """Whether ``path`` is a device, as cameras are, and what a v4l2loopback is written to."""
    try:
        return stat.S_ISCHR(path.stat().st_mode) and path.name.startswith("video")
    except (OSError, ValueError):
        return False


def _first_camera() -> str:
    return next((str(path) for path in sorted(Path("/dev").glob("video*"))), "/dev/video0")


def captured(source: CaptureDevice | Path, stop: threading.Event, *, paced: bool = True) -> Iterator[CapturedFrame]:
    """The frames of ``source`` until it ends, or ``stop`` is set.

    Args:
        paced: those of a clip come at the clip's own pace, as a camera's do; else as fast as they are taken.

    Raises:
        BadInput, Missing: it cannot be opened, or a device is gone.
    """
    if isinstance(source, CaptureDevice):
        yield from _of_device(source, stop)
        return
    began: float | None = None
    first = Fraction(0)
    for shown in read_frames(source):
        if stop.is_set():
            return
        if began is None:
            began, first = time.monotonic(), shown.time
        due = began + float(shown.time - first)
        if paced and due > time.monotonic() and stop.wait(due - time.monotonic()):
            return
        # A clip that is decoded too slowly falls behind: then its frames are as late as they come.
        yield CapturedFrame(shown.time - first, time.monotonic(), partial(_same, shown.pixels))


def _same(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return pixels


def _of_device(device: CaptureDevice, stop: threading.Event) -> Iterator[CapturedFrame]:
    try:
        opened = av.open(device.name, "r", format=device.format, options=device.options)
    except (av.error.FFmpegError, OSError, ValueError) as error:
        raise _unusable(device, error) from error
    with opened as container:
        began: float | None = None
        try:
            for frame in _decoded(container, stop):
                now = time.monotonic()
                began = now if began is None else began
                since = Fraction(round((now - began) * 1000)) * _MILLISECOND
                yield CapturedFrame(since, now, partial(to_pixels, frame, (frame.width, frame.height)))
                if stop.is_set():
                    return
        except (av.error.FFmpegError, OSError) as error:
            raise Missing(
                "{name} gives no more pictures: {why}", "is it still plugged in?", name=device.name, why=_why(error)
            ) from error


def _decoded(container: InputContainer, stop: threading.Event) -> Iterator[VideoFrame]:
    damaged = 0
    while not stop.is_set():
        try:
            for frame in container.decode(video=0):
                damaged = 0
                yield frame
            return
        except av.error.BlockingIOError:  # AVFoundation's word for: nothing new has come yet
            stop.wait(_MOMENT)
        except av.error.InvalidDataError:  # of a camera that sends JPEGs the first ones may be cut short
            damaged += 1
            if damaged > _DAMAGED:
                raise


_NAMES = {
    "v4l2": Sentence("`ls /dev/video*` lists the cameras of this machine"),
    "x11grab": Sentence("the screen is taken from X11 (DISPLAY): name it, screen:0.0; Wayland shows nothing to others"),
    "dshow": Sentence("name the camera as Windows does: 'camera:Integrated Camera'"),
}


def _unusable(device: CaptureDevice, error: Exception) -> BadInput | Missing:
    if isinstance(error, ValueError) and not isinstance(
        error, av.error.FFmpegError
    ):  # PyAV's, of a name that FFmpeg was built without
        return Missing(
            "this build of PyAV cannot read {format}", "pip's wheels of av can; or give a clip", format=device.format
        )
    hint = _NAMES.get(device.format, Sentence("give its number, camera:1; or a clip"))
    if isinstance(error, PermissionError) or getattr(error, "errno", None) in (errno.EPERM, errno.EACCES):
        return BadInput(
            "{name} may not be read",
            "Linux: sudo usermod -aG video $USER, and log in again; elsewhere: the system's privacy settings",
            name=device.name,
        )
    if getattr(error, "errno", None) == errno.EBUSY:
        return BadInput("{name} is in use", "close the program that shows it, or name another", name=device.name)
    if isinstance(error, FileNotFoundError):
        return BadInput("there is no camera {name}", hint, name=device.name)
    return BadInput("{name} cannot be read: {why}", hint, name=device.name, why=_why(error))


def _why(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(getattr(error, "strerror", None) or error)
