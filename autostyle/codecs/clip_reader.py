"""Clips out of files, frame by frame: nothing but the frame at hand is in memory."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from av import VideoFrame
from numpy.typing import NDArray

from autostyle import formats
from autostyle.codecs.clip import Clip, ClipFile
from autostyle.codecs.clip_animation import animation_frames, probe_animation
from autostyle.codecs.clip_color import notes as color_notes
from autostyle.codecs.clip_container import Source, open_container
from autostyle.codecs.clip_decoding import Damaged, named_rate, timed_frames
from autostyle.codecs.clip_fields import deinterlace
from autostyle.codecs.clip_packets import (
    AGREES,
    count_packets,
    first_packet,
    measured_rate,
    packet_notes,
    refuse_encrypted,
)
from autostyle.codecs.clip_transparency import has_opacity, to_visible
from autostyle.codecs.image import quantize
from autostyle.codecs.samples import MIN_SIDE
from autostyle.codecs.transparency import shows_nothing, visibility
from autostyle.errors import BadInput

MAX_FRAMES = 36_000
"Twenty minutes at 30 frames a second."
LOOKED_AT = 1500
_GLANCE = (64, 36)
_CUT = 0.15
"Mean change from one frame to the next, 0..1, beyond which they belong to different shots."


class Shown(NamedTuple):
    """A frame (H, W, 3), upright, sRGB; when it appears on the clip's own clock, and how long it stays, in seconds;
    its opacity, shape (H, W), 0..1, or None where it is opaque.

    Under transparent places are colours of the visible ones beside them.
    """

    pixels: NDArray[np.uint8]
    time: Fraction
    lasts: Fraction
    alpha: NDArray[np.float32] | None = None


def probe(path: str | Path) -> ClipFile:
    """Look a clip over: sizes, times, the number of its frames, counted without decoding them.

    Raises:
        BadInput: missing, no clip, no picture in it, damaged, or larger than what is read.
    """
    path = Path(path)
    if formats.is_animated(path):
        found = probe_animation(path)
        _refuse_small(path, found.width, found.height)
        _refuse_long(path, found.frames)
        return found
    refuse_encrypted(path)
    with open_container(path) as source:
        first = next(timed_frames(source, fast=False, lost=[]), None)
        if first is None:
            raise _undecodable(path)
        colors = color_notes(first.frame, source.picture.codec_context.codec_tag)
        opacity, turns = has_opacity(first.frame), _turns(first.frame)
        width, height = _square(first.frame, source)[:: -1 if turns % 2 else 1]
    _refuse_small(path, width, height)
    with open_container(path) as source:
        count = count_packets(source)
        sounds = tuple(stream.codec_context.codec.canonical_name for stream in source.sounds)
        rate, tick, notes = measured_rate(source, count), source.unit, (*packet_notes(source, count), *colors)
    _refuse_long(path, count.frames)
    start = min([first.time, *count.heard])
    return ClipFile(path, width, height, rate, count.frames, start, tick, sounds, notes, transparent=opacity)


def _refuse_small(path: Path, width: int, height: int) -> None:
    if min(height, width) < MIN_SIDE:
        raise BadInput(
            "{path} is too small: {width} x {height}",
            "the short side must be at least {least} pixels",
            path=path,
            width=width,
            height=height,
            least=MIN_SIDE,
        )


def _refuse_long(path: Path, count: int) -> None:
    if count > MAX_FRAMES:
        raise BadInput("{path} is too long", "at most {most} frames are read: cut it first", path=path, most=MAX_FRAMES)


def read_frames(
    path: str | Path,
    start: int = 0,
    stop: int | None = None,
    *,
    lost: list[Fraction] | None = None,
    size: tuple[int, int] | None = None,
) -> Iterator[Shown]:
    """The frames ``start`` to ``stop`` of a clip, each with its time; fewer where the clip ends.

    Times rise. Frames before ``start`` are decoded and dropped: seeking lands on the right frame only in some
    formats. What is damaged is stepped over.

    Args:
        lost: is added the times of the frames that could not be decoded.
        size: width and height before turning upright; the clip's own if not given.

    Raises:
        BadInput: as :func:`probe`.
    """
    lost = [] if lost is None else lost
    if formats.is_animated(Path(path)):
        every = animation_frames(Path(path), lost=lost, size=size)
        yield from itertools.starmap(Shown, itertools.islice(every, start, stop))
        return
    given = start
    try:
        for frame in _decoded(Path(path), given, stop, fast=True, lost=lost, size=size):
            yield frame
            given += 1
    except Damaged:
        lost.clear()
        yield from _decoded(Path(path), given, stop, fast=False, lost=lost, size=size)


def frames(path: str | Path, start: int = 0, stop: int | None = None) -> Iterator[NDArray[np.uint8]]:
    """The pixels of :func:`read_frames`."""
    return (frame.pixels for frame in read_frames(path, start, stop))


def lively(file: ClipFile, count: int) -> range:
    """The ``count`` consecutive frames that move most, without a cut among them if it can be; all there are if fewer.

    Where nothing moves, nothing can flicker visibly, and a search would learn nothing about it. The place is looked
    for among the :data:`LOOKED_AT` frames in the clip's middle.
    """
    return _lively(file, count, file.path.stat().st_mtime_ns)


@lru_cache(maxsize=8)
def _lively(file: ClipFile, count: int, changed: int) -> range:
    begin = max(0, (file.frames - LOOKED_AT) // 2)
    found = list(read_frames(file.path, begin, begin + LOOKED_AT, size=_GLANCE))
    if len(found) <= count:
        return range(begin, begin + len(found))
    looked = gather(found, file.fps)
    changes = np.abs(np.diff(looked.frames.astype(np.float32), axis=0))
    if looked.visible is None:
        steps = changes.mean(axis=(1, 2, 3)) / 255
    else:
        both = np.minimum(looked.visible[1:], looked.visible[:-1]).astype(np.float32)
        steps = (changes.mean(axis=3) * both).sum(axis=(1, 2)) / np.maximum(both.sum(axis=(1, 2)), 1) / 255
    windows = np.lib.stride_tricks.sliding_window_view(steps, max(1, count - 1))
    moving = np.where(windows.max(axis=1) < _CUT, windows.sum(axis=1), 0)
    start = begin + int(moving.argmax())
    return range(start, start + count)


def clip(file: ClipFile, part: range) -> Clip:
    """The frames ``part`` of a clip, in memory, as fast as they are there; fewer where it ends. Raises BadInput where
    there are none."""
    found = list(read_frames(file.path, part.start, part.stop))
    if not found:
        raise BadInput("{path} is damaged or cut short", "open it in a video editor and save it again", path=file.path)
    span = found[-1].time - found[0].time
    fps = (len(found) - 1) / span if len(found) > 1 and span else file.fps
    steady = abs(fps / file.fps - 1) < AGREES
    return gather(found, file.fps if steady else fps.limit_denominator(1001))


def gather(found: Sequence[Shown], fps: Fraction) -> Clip:
    """Consecutive frames of a clip, one or more, in memory."""
    visible = None
    if any(frame.alpha is not None for frame in found):
        visible = np.stack([_visible(frame) for frame in found])
    return Clip(np.stack([frame.pixels for frame in found]), fps, visible)


def _visible(frame: Shown) -> NDArray[np.uint8]:
    """How far the places of a frame are to be seen, (H, W), 0..255."""
    if frame.alpha is None:
        return np.full(frame.pixels.shape[:2], 255, np.uint8)
    if shows_nothing(frame.alpha):
        return np.zeros(frame.alpha.shape, np.uint8)
    found = visibility(frame.alpha)
    return np.full(frame.alpha.shape, 255, np.uint8) if found is None else quantize(found)


def _undecodable(path: Path) -> BadInput:
    if first_packet(path) is None:
        return BadInput("{path} holds no frame", "a copy or download may have been cut off", path=path)
    return BadInput(
        "no frame of {path} can be decoded", "play it: if a player can show it, save it as MP4 (H.264)", path=path
    )


def _decoded(
    path: Path, start: int, stop: int | None, fast: bool, lost: list[Fraction], size: tuple[int, int] | None
) -> Iterator[Shown]:
    with open_container(path) as source:
        step = 1 / named_rate(source)
        timed = deinterlace(timed_frames(source, fast, lost), lambda timed: timed.frame)
        for number, ((frame, time), whole) in enumerate(timed):
            if stop is not None and number >= stop:
                return
            size = size or _square(frame, source)
            if number >= start:
                pixels, alpha = to_visible(whole, size)
                turns = _turns(frame)
                pixels = np.ascontiguousarray(np.rot90(pixels, turns))
                alpha = None if alpha is None else np.ascontiguousarray(np.rot90(alpha, turns))
                yield Shown(pixels, time, frame.duration * source.unit or step, alpha)


def _square(frame: VideoFrame, source: Source) -> tuple[int, int]:
    """Width and height with square pixels; those of the first frame hold for all, whatever a broadcast changes to."""
    ratio = source.picture.sample_aspect_ratio or 1
    return max(1, round(frame.width * ratio)), frame.height


def _turns(frame: VideoFrame) -> int:
    """Quarter turns that stand a frame upright, as the display matrix says."""
    return round(frame.rotation / 90) % 4
