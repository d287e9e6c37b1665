"""Clips out of files, frame by frame: nothing but the frame at hand is in memory."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import av
import numpy as np
from av import Packet, VideoFrame
from numpy.typing import NDArray

from autostyle.codecs.clip import Clip, ClipFile
from autostyle.codecs.clip_color import notes as color_notes
from autostyle.codecs.clip_container import Source, open_container
from autostyle.codecs.clip_fields import deinterlace
from autostyle.codecs.clip_transparency import decoder, has_opacity, to_visible
from autostyle.codecs.image import quantize
from autostyle.codecs.samples import MIN_SIDE
from autostyle.codecs.transparency import shows_nothing, visibility
from autostyle.errors import BadInput
from autostyle.sentences import Sentence, join_sentences

MAX_FRAMES = 36_000
"Twenty minutes at 30 frames a second."
LOOKED_AT = 1500
_GLANCE = (64, 36)
_CUT = 0.15
"Mean change from one frame to the next, 0..1, beyond which they belong to different shots."
_RATES = (Fraction(1, 60), Fraction(480))
"Frames a second that are believed of a file that gives its frames no times."
_WAIT = 32
"Frames without a time that wait for the first that has one."
_HELD_BACK = range(5)
"Frames that decoders keep to put them in order; where more are missing at the beginning, they are damaged."
_AGREES = 0.02
"Share by which the rate a file names may differ from the measured one and still be taken for it."


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
    _refuse_encrypted(path)
    with open_container(path) as source:
        first = next(_timed(source, fast=False, lost=[]), None)
        if first is None:
            raise _undecodable(path)
        colors = color_notes(first.frame, source.picture.codec_context.codec_tag)
        opacity, turns = has_opacity(first.frame), _turns(first.frame)
        width, height = _square(first.frame, source)[:: -1 if turns % 2 else 1]
    if min(height, width) < MIN_SIDE:
        raise BadInput(
            "{path} is too small: {width} x {height}",
            "the short side must be at least {least} pixels",
            path=path,
            width=width,
            height=height,
            least=MIN_SIDE,
        )
    with open_container(path) as source:
        count = _count(source)
        sounds = tuple(stream.codec_context.codec.canonical_name for stream in source.sounds)
        rate, tick, notes = _rate(source, count), source.unit, (*_notes(source, count), *colors)
    if count.frames > MAX_FRAMES:
        raise BadInput("{path} is too long", "at most {most} frames are read: cut it first", path=path, most=MAX_FRAMES)
    start = min([first.time, *count.heard])
    return ClipFile(path, width, height, rate, count.frames, start, tick, sounds, notes, transparent=opacity)


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
    given = start
    try:
        for frame in _decoded(Path(path), given, stop, fast=True, lost=lost, size=size):
            yield frame
            given += 1
    except _Damaged:
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
    steady = abs(fps / file.fps - 1) < _AGREES
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


def _refuse_encrypted(path: Path) -> None:
    """Before anything is decoded: of what is encrypted a decoder makes a frame now and then."""
    first = _first_packet(path)
    if first is not None and first.has_sidedata("encryption_info"):
        raise BadInput("{path} is encrypted", "give a copy without protection", path=path)


def _undecodable(path: Path) -> BadInput:
    if _first_packet(path) is None:
        return BadInput("{path} holds no frame", "a copy or download may have been cut off", path=path)
    return BadInput(
        "no frame of {path} can be decoded", "play it: if a player can show it, save it as MP4 (H.264)", path=path
    )


def _first_packet(path: Path) -> Packet[Any] | None:
    with open_container(path) as source:
        return next((packet for packet in source.packets() if packet.stream_index == source.picture.index), None)


class _Damaged(Exception):
    """Frames that decode side by side fall together: the whole is decoded again, one by one."""


def _decoded(
    path: Path, start: int, stop: int | None, fast: bool, lost: list[Fraction], size: tuple[int, int] | None
) -> Iterator[Shown]:
    with open_container(path) as source:
        step = 1 / _named_rate(source)
        timed = deinterlace(_timed(source, fast, lost), lambda timed: timed.frame)
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


class _Timed(NamedTuple):
    frame: VideoFrame
    time: Fraction


def _timed(source: Source, fast: bool, lost: list[Fraction]) -> Iterator[_Timed]:
    """The frames with their times, which rise; where a file gives none, the rate it names has to do."""
    ordered = source.container.format.name == "avi"
    step, stamps, delay = 1 / _named_rate(source), _Stamps(ordered), 0
    waiting: list[VideoFrame] = []
    last: Fraction | None = None
    for frame in _pictures(source, fast, lost):
        stamp = stamps.of(frame)
        if stamp is None and last is None and len(waiting) < _WAIT:
            waiting.append(frame)
            continue
        if ordered and last is None and stamp is not None:
            delay = _held_back(stamp - (source.picture.start_time or 0))
        time = None if stamp is None else (stamp - delay) * source.unit
        for number, earlier in enumerate(waiting):
            last = (time or 0) - (len(waiting) - number) * step
            yield _Timed(earlier, last)
        waiting.clear()
        if last is not None and (time is None or time <= last):
            time = last + (step if time is None else source.unit)
        last = time or Fraction(0)
        yield _Timed(frame, last)
    yield from (_Timed(frame, number * step) for number, frame in enumerate(waiting))


def _held_back(late: int) -> int:
    """How late frames come whose times are those of decoding, by how late the first of them is; both in frames."""
    return late if late in _HELD_BACK else 0


class _Stamps:
    """Which of a frame's two times to believe: where those for showing do not rise, those for decoding may.

    Source: guess_correct_pts in FFmpeg's libavcodec, whose outcome PyAV does not pass on.

    Args:
        ordered: the container has no times for showing, only an order: AVI.
    """

    def __init__(self, ordered: bool) -> None:
        self._ordered = ordered
        self._shown: int | None = None
        self._decoded: int | None = None
        self._wrong_shown = self._wrong_decoded = 0

    def of(self, frame: VideoFrame) -> int | None:
        if frame.dts is not None:
            self._wrong_decoded += self._decoded is not None and frame.dts <= self._decoded
            self._decoded = frame.dts
        if frame.pts is not None:
            self._wrong_shown += self._shown is not None and frame.pts <= self._shown
            self._shown = frame.pts
        trusted = (self._wrong_shown <= self._wrong_decoded and not self._ordered) or frame.dts is None
        return frame.pts if trusted and frame.pts is not None else frame.dts


def _pictures(source: Source, fast: bool, lost: list[Fraction]) -> Iterator[VideoFrame]:
    """The decoded frames.

    Raises:
        _Damaged: one cannot be decoded, and ``fast``.
    """
    stream = source.picture
    decoding = decoder(stream)
    decoding.thread_type = "AUTO" if fast else "NONE"
    given = taken = 0
    try:
        for packet in source.packets():
            if packet.stream_index != stream.index:
                continue
            given += not packet.is_discard
            try:
                for frame in decoding.decode(packet):
                    taken += 1
                    yield frame
            except av.error.FFmpegError:
                if fast:
                    raise
                lost.append((packet.pts or packet.dts or 0) * source.unit)
        for frame in decoding.decode(None):
            taken += 1
            yield frame
    except av.error.FFmpegError as error:
        if fast:
            raise _Damaged from error
    if fast and taken < given:  # PyAV swallows an error among the frames that threads held back
        raise _Damaged


@dataclass
class _Count:
    """What the packets of a clip tell.

    Args:
        frames: how many there are.
        first, last: when the first and the last of those with a time are shown, in seconds.
        timed: how many have a time.
        end: when the last picture or sound ends.
        heard: when each track of sound begins.
    """

    frames: int = 0
    timed: int = 0
    first: Fraction = Fraction(0)
    last: Fraction = Fraction(0)
    end: Fraction = Fraction(0)
    heard: list[Fraction] = field(default_factory=list)


def _count(source: Source) -> _Count:
    found, heard = _Count(), dict[int, Fraction]()
    for packet in source.packets():
        stamp = packet.dts if packet.pts is None else packet.pts
        unit = packet.time_base or source.unit
        time = None if stamp is None else stamp * unit
        if time is not None:
            found.end = max(found.end, time + (packet.duration or 0) * unit)
        if packet.stream_index != source.picture.index:
            if packet.stream_index not in heard and (begun := _heard(packet)) is not None:
                heard[packet.stream_index] = begun
        elif not packet.is_discard:
            found.frames += 1
            if time is not None:
                found.first = min(found.first, time) if found.timed else time
                found.last = max(found.last, time) if found.timed else time
                found.timed += 1
    found.heard = list(heard.values())
    return found


def _heard(packet: Packet[Any]) -> Fraction | None:
    """When the sound in a packet begins, what encoders put before it left aside; None if nothing is to be heard."""
    stream = packet.stream
    try:
        frame = next(iter(stream.decode(packet)), None)
    except av.error.FFmpegError:
        return None
    return None if frame is None or frame.pts is None else frame.pts * packet.time_base


def _notes(source: Source, count: _Count) -> tuple[Sentence, ...]:
    notes = [Sentence("not taken over: {what}", what=join_sentences(source.left))] if source.left else []
    begun, promised = source.container.start_time, source.container.duration
    if promised and not source.broadcast:
        seconds, there = promised / 1e6, float(count.end) - (begun or 0) / 1e6
        if seconds - there > max(0.25, 0.05 * seconds):
            notes.append(Sentence("cut short: {there:.1f} of {seconds:.1f} s are there", there=there, seconds=seconds))
    return tuple(notes)


def _named_rate(source: Source) -> Fraction:
    """Frames a second as the file says, where that can be believed."""
    stream = source.picture
    rates = [stream.average_rate, stream.guessed_rate, stream.base_rate]
    if source.bare:  # its average is made up, its guess is what the stream says if it says anything
        rates[:2] = reversed(rates[:2])
    for rate in rates:
        if rate and _RATES[0] <= rate <= _RATES[1]:
            return Fraction(rate)
    return Fraction(25)


def _rate(source: Source, count: _Count) -> Fraction:
    """Frames a second on average: measured, or the named rate where they agree."""
    named = _named_rate(source)
    if count.last == count.first:
        return named
    measured = (count.timed - 1) / (count.last - count.first)
    return named if abs(named / measured - 1) < _AGREES else measured.limit_denominator(1001)


def _square(frame: VideoFrame, source: Source) -> tuple[int, int]:
    """Width and height with square pixels; those of the first frame hold for all, whatever a broadcast changes to."""
    ratio = source.picture.sample_aspect_ratio or 1
    return max(1, round(frame.width * ratio)), frame.height


def _turns(frame: VideoFrame) -> int:
    """Quarter turns that stand a frame upright, as the display matrix says."""
    return round(frame.rotation / 90) % 4
