"""GIF: one palette for all frames, times in hundredths of a second; nothing but the frame at hand is in memory."""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
from av import VideoFrame
from numpy.typing import NDArray
from PIL import Image

from autostyle.codecs.clip import Writer
from autostyle.codecs.clip_reader import frames, read_frames

HUNDREDTH = Fraction(1, 100)
_LEAST = 2
"Hundredths of a second between frames: browsers slow down what is faster."
_COLORS_FROM = 8
"Frames, spread over the clip, whose colours make the palette."


class Sparse:
    """Passes on the frames that a GIF can show, at times it can have, from 0 on.

    Attributes:
        count: of frames passed on.
    """

    def __init__(self, writer: Writer, fps: Fraction) -> None:
        self._writer, self._fps = writer, fps
        self._given, self.count = 0, 0
        self._first = Fraction(0)
        self._held: tuple[NDArray[np.uint8], int] | None = None
        self._end = Fraction(0)

    def add(self, frame: NDArray[np.uint8], time: Fraction | None = None, lasts: Fraction | None = None) -> None:
        now = self._given / self._fps if time is None else time
        if not self._given:
            self._first = now
        self._given += 1
        hundredths = round((now - self._first) / HUNDREDTH)
        self._end = now - self._first + (1 / self._fps if lasts is None else lasts)
        if self._held is None or hundredths - self._held[1] >= _LEAST:
            self.finish()
            self._held = frame, hundredths

    def finish(self) -> None:
        """Pass on the frame that is held back until it is known how long it stays."""
        if self._held is not None:
            frame, hundredths = self._held
            time = hundredths * HUNDREDTH
            self._writer.add(frame, time, self._end - time)
            self.count += 1


def write_gif(path: Path, source: Path, count: int, plays: int = 0) -> None:
    """Make a new GIF of the ``count`` frames of the clip ``source``, shown ``plays`` times; 0: again and again."""
    palette = _palette(source, count)
    colors = np.full((256, 4), 255, np.uint8)  # alpha, red, green, blue
    found = np.asarray(palette.getpalette(), np.uint8).reshape(-1, 3)
    colors[: len(found), 1:] = found
    again = (plays - 1 or -1) if plays else 0  # -1: shown once
    with path.open("xb") as file, av.open(file, "w", format="gif", options={"loop": str(again)}) as out:
        stream: Any = None
        for frame in read_frames(source):
            indices = np.asarray(Image.fromarray(frame.pixels).quantize(palette=palette))
            picture = VideoFrame.from_ndarray((indices, colors), format="pal8")  # type: ignore[arg-type]
            if stream is None:
                stream = out.add_stream("gif", rate=100)
                stream.width, stream.height, stream.pix_fmt = picture.width, picture.height, "pal8"
                stream.time_base = stream.codec_context.time_base = HUNDREDTH
            picture.pts, picture.time_base = round(frame.time / HUNDREDTH), HUNDREDTH
            length = max(_LEAST, round(frame.lasts / HUNDREDTH))
            for packet in stream.encode(picture):
                packet.duration = length
                out.mux(packet)
        out.mux(stream.encode(None))


def _palette(source: Path, count: int) -> Image.Image:
    every = -(-count // _COLORS_FROM)
    some = [frame for number, frame in enumerate(frames(source)) if number % every == 0]
    return Image.fromarray(np.concatenate(some)).quantize(256)
