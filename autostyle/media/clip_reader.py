"""Clips out of files, frame by frame: nothing but the frame at hand is in memory.

What a file is, its bytes say. The demuxers are a short list and read the one file they are given: playlists and
other containers that name further files or addresses are refused before they could.
"""

from __future__ import annotations

import contextlib
import itertools
import os
from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from pathlib import Path

import av
import cv2
import numpy as np
from av.container import InputContainer
from av.video.reformatter import Colorspace
from numpy.typing import NDArray

from autostyle.errors import BadInput
from autostyle.fingerprints import sha256
from autostyle.media.clip import Clip, ClipFile
from autostyle.media.decode import MIN_SIDE
from autostyle.safe_files import open_file

MAX_PIXELS = 36_000_000
"Of a frame: 8K, and a little more."
MAX_FRAMES = 36_000
"Twenty minutes at 30 frames a second."
LOOKED_AT = 1500
_GLANCE = (64, 36)
_CUT = 0.15
"Mean change from one frame to the next, 0..1, beyond which they belong to different shots."
_OPTIONS = {"format_whitelist": "mov,matroska,avi,mpeg,mpegts,gif", "protocol_whitelist": "file"}
_UNSPECIFIED = 2  # the code for a colour matrix that a file does not name (ITU-T H.273)


def probe(path: str | Path) -> ClipFile:
    """Look a clip over: sizes, rate, the number of its frames, counted without decoding them.

    Raises:
        BadInput: missing, no clip, no picture in it, damaged, or larger than what is read.
    """
    path = Path(path)
    with _opened(path) as container:
        stream = container.streams.video[0]
        first = next(_decoded(container), None)
        if first is None:
            raise BadInput(f"{path} holds no frame", "a copy or download may have been cut off")
        height, width = first.shape[:2]
        sound = container.streams.audio[0].codec_context.name if container.streams.audio else ""
        rate = Fraction(stream.average_rate or stream.guessed_rate or 25)
    if min(height, width) < MIN_SIDE:
        raise BadInput(f"{path} is too small: {width} x {height}", f"the short side must be at least {MIN_SIDE} pixels")
    with _opened(path) as container:
        times = sorted(packet.pts or 0 for packet in container.demux(video=0) if packet.size)
    frames, gaps = len(times), np.diff(times)
    if frames > MAX_FRAMES:
        raise BadInput(f"{path} is too long: {frames} frames", f"at most {MAX_FRAMES} are read: cut it first")
    uneven = len(gaps) > 0 and gaps.max() > 1.5 * max(1, np.median(gaps))
    notes = ("its frame rate varies: frames are shown at its average rate",) if uneven else ()
    return ClipFile(path, width, height, rate, frames, sound, notes, sha256(path))


def frames(path: str | Path, start: int = 0, stop: int | None = None) -> Iterator[NDArray[np.uint8]]:
    """The frames ``start`` to ``stop`` of a clip, each (H, W, 3), upright, sRGB; fewer where the clip ends.

    Frames before ``start`` are decoded and dropped: seeking lands on the right frame only in some formats.

    Raises:
        BadInput: as :func:`probe`; also in the midst of it, where the file is damaged there.
    """
    with _opened(Path(path)) as container:
        yield from _decoded(container, start, stop)


@lru_cache(maxsize=8)
def lively(file: ClipFile, count: int) -> range:
    """The ``count`` consecutive frames that move most, without a cut among them if it can be; all there are if fewer.

    Where nothing moves, nothing can flicker visibly, and a search would learn nothing about it. The place is looked
    for among the :data:`LOOKED_AT` frames in the clip's middle.
    """
    begin = max(0, (file.frames - LOOKED_AT) // 2)
    looked = [cv2.resize(f, _GLANCE, interpolation=cv2.INTER_AREA) for f in frames(file.path, begin, begin + LOOKED_AT)]
    if len(looked) <= count:
        return range(begin, begin + len(looked))
    steps = np.abs(np.diff(np.stack(looked).astype(np.float32), axis=0)).mean(axis=(1, 2, 3)) / 255
    windows = np.lib.stride_tricks.sliding_window_view(steps, max(1, count - 1))
    moving = np.where(windows.max(axis=1) < _CUT, windows.sum(axis=1), 0)
    start = begin + int(moving.argmax())
    return range(start, start + count)


def clip(file: ClipFile, part: range) -> Clip:
    """The frames ``part`` of a clip, in memory; fewer where it ends. Raises BadInput where there are none."""
    found = list(frames(file.path, part.start, part.stop))
    if not found:
        raise BadInput(f"{file.path} is damaged or cut short", "open it in a video editor and save it again")
    return Clip(np.stack(found), file.fps)


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[InputContainer]:
    """The container, with at least one picture stream of a size that is read; its errors in a person's words."""
    try:
        opened = os.fdopen(open_file(path, follow=True), "rb")
        with opened as file, av.open(file, "r", metadata_errors="ignore", options=_OPTIONS) as container:
            if not container.streams.video:
                raise BadInput(f"{path} has no picture, only sound", "give a clip")
            stream = container.streams.video[0]
            if stream.width * stream.height > MAX_PIXELS:
                raise BadInput(
                    f"{path} is too large: {stream.width} x {stream.height} pixels",
                    f"scale it down first; at most {MAX_PIXELS / 1e6:g} million pixels are read",
                )
            stream.thread_type = "AUTO"
            yield container
    except FileNotFoundError as error:
        raise BadInput(f"there is no file {path}", "check the path") from error
    except IsADirectoryError as error:
        raise BadInput(f"{path} is a folder", "name a clip inside it") from error
    except PermissionError as error:
        raise BadInput(f"{path} may not be read", "check the file's permissions") from error
    except (av.error.FFmpegError, OSError) as error:  # OSError: a seek beyond the end
        raise BadInput(
            f"{path} is no clip, or damaged or cut short", "MP4, MOV, MKV, WebM, AVI and MPEG can be read"
        ) from error


def _decoded(container: InputContainer, start: int = 0, stop: int | None = None) -> Iterator[NDArray[np.uint8]]:
    """Frames as :func:`frames` gives them: turned as the display matrix says, with square pixels."""
    stream = container.streams.video[0]
    ratio = stream.sample_aspect_ratio or 1
    for frame in itertools.islice(container.decode(stream), start, stop):
        # Where a file names no matrix, players take that of high definition from 720 lines on.
        unnamed = frame.colorspace == _UNSPECIFIED and frame.height >= 720
        matrix = Colorspace.ITU709 if unnamed else None
        rgb = frame.reformat(width=round(frame.width * ratio), format="rgb24", src_colorspace=matrix).to_ndarray()
        yield np.ascontiguousarray(np.rot90(rgb, round(frame.rotation / 90) % 4), dtype=np.uint8)
