"""Clips into files: MP4 with the sound of another clip, GIF, lossless MKV. No other metadata of a clip travels."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, Protocol

import av
import numpy as np
from av.container import InputContainer, OutputContainer
from av.video.reformatter import Colorspace
from numpy.typing import NDArray
from PIL import Image

from autostyle.errors import BadInput
from autostyle.media.atomic import replacing
from autostyle.media.clip import ClipFile

WRITABLE = "MP4 and GIF can be written: .mp4 .gif"
SOUNDS = ("aac", "mp3", "ac3", "eac3", "opus", "flac", "alac")
"Codecs of sound that an MP4 carries as they are."
_BT709 = 1  # the code of its matrix, primaries and transfer in ITU-T H.273
_H264 = {"crf": "17", "preset": "veryfast"}
_MPEG4 = {"qmin": "2", "qmax": "4"}
_COLORS_FROM = 8
"Frames, spread over the clip, whose colours a GIF's palette is made of."


class Writer(Protocol):
    """Takes the frames of a clip in order, (H, W, 3), all of one size."""

    def add(self, frame: NDArray[np.uint8]) -> None: ...


@contextlib.contextmanager
def clip_writer(
    path: str | Path, fps: Fraction, *, sound_of: ClipFile | None = None, overwrite: bool = False
) -> Iterator[Writer]:
    """Write a clip whole or not at all, as its suffix says, when the block ends without an error.

    An MKV is lossless (FFV1) and without sound: what is read from it are the very frames that were written. An MP4
    is H.264 where this build of FFmpeg has it, else MPEG-4; 4:2:0, so an odd last row or column is left off.
    A GIF has one palette for all its frames, and its rate is rounded to hundredths of a second a frame.

    Args:
        sound_of: a clip whose sound is copied as it is, if it has one that :func:`carries_sound` allows.

    Raises:
        BadInput: unknown suffix, an existing file, a place that cannot be written.
        Missing: no space left.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in (".mp4", ".gif", ".mkv"):
        raise BadInput(f"{path.name}: no clip we write has the suffix {path.suffix!r}", WRITABLE)
    if path.exists() and not overwrite:
        raise BadInput(f"{path} exists", "--force overwrites it")
    with replacing(path) as part:
        if kind == ".gif":
            gif = _Gif(fps)
            yield gif
            gif.save(part)
        else:
            with contextlib.ExitStack() as stack:
                file = stack.enter_context(part.open("xb"))
                container = stack.enter_context(av.open(file, "w", format="mp4" if kind == ".mp4" else "matroska"))
                movie: _Movie | _Lossless
                movie = _Movie(container, fps, _sound(stack, sound_of)) if kind == ".mp4" else _Lossless(container, fps)
                yield movie
                movie.finish()
        with part.open("rb") as written:
            os.fsync(written.fileno())


def carries_sound(path: Path, sound_of: ClipFile) -> bool:
    """Whether the file at ``path`` can hold the sound of ``sound_of`` (true if there is none)."""
    return not sound_of.sound or (path.suffix.lower() == ".mp4" and sound_of.sound in SOUNDS)


def _sound(stack: contextlib.ExitStack, clip: ClipFile | None) -> InputContainer | None:
    if clip is None or clip.sound not in SOUNDS:
        return None
    return stack.enter_context(av.open(stack.enter_context(clip.path.open("rb")), "r", metadata_errors="ignore"))


class _Movie:
    def __init__(self, container: OutputContainer, fps: Fraction, sound: InputContainer | None) -> None:
        self._container, self._fps, self._source = container, fps, sound
        self._stream: Any = None
        self._sound = container.add_stream_from_template(sound.streams.audio[0]) if sound is not None else None
        if self._sound is not None:
            self._sound.metadata.clear()

    def add(self, frame: NDArray[np.uint8]) -> None:
        height, width = (side // 2 * 2 for side in frame.shape[:2])
        if self._stream is None:
            self._stream = self._begun(height, width)
        picture = av.VideoFrame.from_ndarray(np.ascontiguousarray(frame[:height, :width]), format="rgb24")
        yuv = picture.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709)
        yuv.pts = None
        self._container.mux(self._stream.encode(yuv))

    def _begun(self, height: int, width: int) -> Any:
        codec, options = ("libx264", _H264) if "libx264" in av.codecs_available else ("mpeg4", _MPEG4)
        stream: Any = self._container.add_stream(codec, rate=self._fps, options=options)
        stream.width, stream.height, stream.pix_fmt = width, height, "yuv420p"
        context = stream.codec_context
        context.colorspace = context.color_primaries = context.color_trc = _BT709
        return stream

    def finish(self) -> None:
        if self._stream is None:
            raise ValueError("a clip needs at least one frame")
        self._container.mux(self._stream.encode())
        if self._source is None or self._sound is None:
            return
        for packet in self._source.demux(audio=0):
            if packet.dts is not None:
                packet.stream = self._sound
                self._container.mux(packet)


class _Lossless:
    def __init__(self, container: OutputContainer, fps: Fraction) -> None:
        self._container, self._fps = container, fps
        self._stream: Any = None

    def add(self, frame: NDArray[np.uint8]) -> None:
        if self._stream is None:
            self._stream = self._container.add_stream("ffv1", rate=self._fps)
            self._stream.height, self._stream.width = frame.shape[:2]
            self._stream.pix_fmt = "bgr0"
        picture = av.VideoFrame.from_ndarray(frame, format="rgb24").reformat(format="bgr0")
        self._container.mux(self._stream.encode(picture))

    def finish(self) -> None:
        self._container.mux(self._stream.encode())


class _Gif:
    def __init__(self, fps: Fraction) -> None:
        self._milliseconds = max(20, 10 * round(100 / fps))  # browsers slow down what is faster
        self._frames: list[NDArray[np.uint8]] = []

    def add(self, frame: NDArray[np.uint8]) -> None:
        self._frames.append(frame)

    def save(self, part: Path) -> None:
        if not self._frames:
            raise ValueError("a clip needs at least one frame")
        some = np.concatenate(self._frames[:: -(-len(self._frames) // _COLORS_FROM)])
        palette = Image.fromarray(some).quantize(256)
        first, *rest = (Image.fromarray(frame).quantize(palette=palette) for frame in self._frames)
        with part.open("xb") as file:
            first.save(file, "GIF", save_all=True, append_images=rest, duration=self._milliseconds, loop=0)
