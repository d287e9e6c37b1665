"""Where frames go as they are made: raw into a pipe, into a virtual camera, into a file."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import IO, Any, Literal

import av
import numpy as np
from av import VideoFrame
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from autostyle.codecs.capture import is_video_device
from autostyle.codecs.clip import Writer
from autostyle.codecs.clip_writer import clip_writer
from autostyle.errors import BadInput, Missing
from autostyle.sentences import reason

PixelFormat = Literal["rgb24", "yuv420p"]
_TICK = Fraction(1, 1000)


class RawWriter:
    """Frames into a binary stream, without a header, each whole at once.

    A stream whose reader has gone raises BrokenPipeError.
    """

    def __init__(self, stream: IO[bytes], pixel_format: PixelFormat) -> None:
        self._stream, self._format = stream, pixel_format

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        """Write one; raw frames have no times."""
        pixels = frame if self._format == "rgb24" else _television(frame).to_ndarray()
        left = np.ascontiguousarray(pixels).data.cast("B")
        while left:  # a pipe without a buffer takes a part where a signal comes between
            left = left[self._stream.write(left) :]
        self._stream.flush()


class CameraWriter:
    """Frames to a virtual camera, which other programs read as one."""

    def __init__(self, container: Any) -> None:
        self._container: Any = container
        self._stream: Any = None

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        """Show one at once."""
        picture = _television(frame)
        if self._stream is None:
            self._stream = self._container.add_stream("rawvideo", rate=30)
            self._stream.width, self._stream.height, self._stream.pix_fmt = picture.width, picture.height, "yuv420p"
        picture.pts = None
        self._container.mux(self._stream.encode(picture))


@contextlib.contextmanager
def frame_output(path: Path, fps: Fraction, *, overwrite: bool = False) -> Iterator[Writer]:
    """A writer into a file, as :func:`autostyle.codecs.clip_writer.clip_writer` writes it, times in milliseconds; or to
    a virtual camera, where ``path`` is one.

    Raises:
        BadInput, Missing: it cannot be written.
    """
    if not is_video_device(path):
        with clip_writer(path, fps, tick=_TICK, overwrite=overwrite) as writer:
            yield writer
        return
    try:
        container = av.open(str(path), "w", format="v4l2")
    except ValueError as error:
        raise Missing("this build of PyAV writes to no camera", "pip's wheels of av for Linux do") from error
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with container:
            yield CameraWriter(container)
    except av.error.FFmpegError as error:
        raise _unwritable(path, error) from error


def _unwritable(path: Path, error: Any) -> BadInput:
    if error.errno == errno.EBUSY:
        return BadInput("{name} is in use", "close the program that shows it, or name another", name=path)
    return BadInput(
        "{path} takes no pictures: {why}",
        "a virtual camera is made by: sudo modprobe v4l2loopback exclusive_caps=1",
        path=path,
        why=reason(error),
    )


def _television(frame: NDArray[np.uint8]) -> VideoFrame:
    """A frame (H, W, 3), sides even, as 4:2:0 of BT.709, as in the files that are written."""
    picture = VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
    return picture.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
