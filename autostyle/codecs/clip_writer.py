"""Clips into files: MP4 with the sound of another clip, GIF, lossless MOV. No other metadata of a clip travels."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av import Packet, VideoFrame
from av.container import OutputContainer
from av.video.reformatter import ColorRange, Colorspace
from numpy.typing import NDArray

from autostyle.atomic import replacing
from autostyle.codecs.clip import ClipFile, Writer
from autostyle.codecs.clip_animation import MILLISECOND, set_last_delay
from autostyle.codecs.clip_gif import HUNDREDTH, Sparse, write_gif
from autostyle.codecs.clip_sound import Sound
from autostyle.errors import BadInput
from autostyle.sentences import Sentence

WRITABLE = Sentence("MP4, GIF, WebP and APNG can be written: .mp4 .gif .webp .apng")
_BT709 = 1  # the code of its matrix, primaries and transfer in ITU-T H.273
# Without frames that look ahead, what is written first is shown first: a frame's time and length hold in every player.
_H264 = {"crf": "17", "preset": "veryfast", "bf": "0"}
_MP4 = {"movie_timescale": "90000"}  # of the silence or stillness that a track begins with
_MPEG4 = {"qmin": "2", "qmax": "4"}
_FINEST = Fraction(1, 1_000_000)
"The finest unit of time that is taken over: an MP4 counts the ticks of a frame in 32 bits."


class _Kind(NamedTuple):
    """How FFmpeg writes an animated picture."""

    format: str
    codec: str
    pixels: str
    plays: str
    options: tuple[tuple[str, str], ...] = ()


_ANIMATIONS = {
    ".webp": _Kind("webp", "libwebp_anim", "bgra", "loop", (("quality", "90"),)),
    ".apng": _Kind("apng", "apng", "rgb24", "plays"),
}


@contextlib.contextmanager
def clip_writer(
    path: str | Path,
    fps: Fraction,
    *,
    tick: Fraction | None = None,
    sound_of: ClipFile | None = None,
    plays: int = 0,
    overwrite: bool = False,
) -> Iterator[Writer]:
    """Write a clip whole or not at all, as its suffix says, when the block ends without an error.

    A MOV is lossless (FFV1) and without sound: what is read from it are the very frames that were written. An MP4
    is H.264 where this build of FFmpeg has it, else MPEG-4; 4:2:0, so an odd last row or column is left off.
    A GIF has one palette for all its frames, and its times are hundredths of a second, two at least between frames:
    of those that come faster some are left out. A WebP and an APNG have times in milliseconds.

    Args:
        fps: frames a second, for frames without a time.
        tick: the unit of the frames' times, in seconds; one that ``fps`` fits into if not given.
        sound_of: a clip whose sound goes along, into an MP4.
        plays: how often an animated picture is shown; 0: again and again.

    Raises:
        BadInput: unknown suffix, an existing file, a place that cannot be written.
        Missing: no space left.
    """
    path = Path(path)
    kind = path.suffix.lower()
    if kind not in (".mp4", ".gif", ".mov", *_ANIMATIONS):
        raise BadInput(
            "{name}: no clip we write has the suffix {suffix!r}", WRITABLE, name=path.name, suffix=path.suffix
        )
    if path.exists() and not overwrite:
        raise BadInput("{path} exists", "--force overwrites it", path=path)
    with replacing(path) as part:
        if kind == ".gif":
            with _gif(part, fps, plays) as sparse:
                yield sparse
        elif kind in _ANIMATIONS:
            with _animation(part, _ANIMATIONS[kind], fps, plays) as track:
                yield track
        else:
            with contextlib.ExitStack() as stack:
                file = stack.enter_context(part.open("xb"))
                container = stack.enter_context(av.open(file, "w", format="mp4", options=_MP4))
                timing = _Timing(fps, tick)
                movie: _Movie | _Lossless
                movie = _Movie(container, timing, stack, sound_of) if kind == ".mp4" else _Lossless(container, timing)
                yield movie
                movie.finish()
        with part.open("rb") as written:
            os.fsync(written.fileno())


@contextlib.contextmanager
def _gif(part: Path, fps: Fraction, plays: int) -> Iterator[Writer]:
    """Frames from all of the clip make the palette, so they wait in a file: memory must not grow with the length."""
    with tempfile.TemporaryDirectory(prefix=".autostyle-", dir=part.parent) as folder:
        waiting = Path(folder, "frames.mov")
        with clip_writer(waiting, fps, tick=HUNDREDTH) as writer:
            sparse = Sparse(writer, fps)
            yield sparse
            sparse.finish()
        write_gif(part, waiting, sparse.count, plays)


@contextlib.contextmanager
def _animation(part: Path, kind: _Kind, fps: Fraction, plays: int) -> Iterator[Writer]:
    with part.open("xb") as file, av.open(file, "w", format=kind.format, options={kind.plays: str(plays)}) as out:
        track = _Animation(out, _Timing(fps, MILLISECOND), kind)
        yield track
        track.finish()
    set_last_delay(part, track.lasts)


class _Timing:
    """Times as whole ticks, rising."""

    def __init__(self, fps: Fraction, tick: Fraction | None) -> None:
        unit = Fraction(1, fps.numerator) if tick is None else tick
        self.tick = unit if unit >= _FINEST else Fraction(1, 90_000)
        self.fps, self._count = fps, 0
        self._last: int | None = None

    def stamp(self, time: Fraction | None) -> int:
        """The next frame's place."""
        ticks = round((self._count / self.fps if time is None else time) / self.tick)
        if self._last is not None:
            ticks = max(ticks, self._last + 1)
        self._last, self._count = ticks, self._count + 1
        return ticks

    def length(self, lasts: Fraction | None) -> int:
        """In ticks, one at least."""
        return max(1, round((1 / self.fps if lasts is None else lasts) / self.tick))


class _Track:
    """The frames' track of a file."""

    def __init__(self, container: OutputContainer, timing: _Timing) -> None:
        self._container, self._timing = container, timing
        self._stream: Any = None
        self._length, self._now = 1, Fraction(0)

    def _begin(self, codec: str, frame: VideoFrame, options: dict[str, str]) -> None:
        stream: Any = self._container.add_stream(codec, rate=self._timing.fps, options=options)
        stream.width, stream.height, stream.pix_fmt = frame.width, frame.height, frame.format.name
        stream.time_base = stream.codec_context.time_base = self._timing.tick
        self._stream = stream

    @property
    def _begun(self) -> bool:
        return self._stream is not None

    def _encode(self, frame: VideoFrame, time: Fraction | None, lasts: Fraction | None) -> None:
        stamp = self._timing.stamp(time)
        frame.pts, frame.time_base, self._now = stamp, self._timing.tick, stamp * self._timing.tick
        self._length = self._timing.length(lasts)
        self._put(self._stream.encode(frame))

    def _put(self, packets: list[Packet[Any]]) -> None:
        for packet in packets:
            packet.duration = self._length  # the container takes it of the last one only
            self._container.mux(packet)

    def finish(self) -> None:
        if not self._begun:
            raise ValueError("a clip needs at least one frame")
        self._put(self._stream.encode(None))


class _Movie(_Track):
    def __init__(
        self, container: OutputContainer, timing: _Timing, stack: contextlib.ExitStack, sound_of: ClipFile | None
    ) -> None:
        super().__init__(container, timing)
        self._stack, self._sound_of = stack, sound_of
        self._sound: Sound | None = None

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        height, width = (side // 2 * 2 for side in frame.shape[:2])
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(frame[:height, :width]), format="rgb24")
        yuv = picture.reformat(format="yuv420p", dst_colorspace=Colorspace.ITU709, dst_color_range=ColorRange.MPEG)
        if not self._begun:
            codec, options = ("libx264", _H264) if "libx264" in av.codecs_available else ("mpeg4", _MPEG4)
            self._begin(codec, yuv, options)
            context = self._stream.codec_context
            context.colorspace = context.color_primaries = context.color_trc = _BT709
            context.color_range = ColorRange.MPEG
            if self._sound_of is not None:  # its tracks come after that of the pictures
                self._sound = Sound(self._stack, self._sound_of, self._container)
        self._encode(yuv, time, lasts)
        if self._sound is not None:
            self._sound.until(self._now)

    def finish(self) -> None:
        super().finish()
        if self._sound is not None:
            self._sound.finish()


class _Animation(_Track):
    """Attributes: ``lasts``, how long the last frame stays, in seconds."""

    def __init__(self, container: OutputContainer, timing: _Timing, kind: _Kind) -> None:
        super().__init__(container, timing)
        self._kind, self._fps, self.lasts = kind, timing.fps, Fraction(0)

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        self.lasts = 1 / self._fps if lasts is None else lasts
        picture = VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")
        picture = picture.reformat(format=self._kind.pixels)
        if not self._begun:
            self._begin(self._kind.codec, picture, dict(self._kind.options))
        self._encode(picture, time, lasts)


class _Lossless(_Track):
    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        picture = VideoFrame.from_ndarray(frame, format="rgb24").reformat(format="bgr0")
        if not self._begun:
            self._begin("ffv1", picture, {})
        self._encode(picture, time, lasts)
