"""The decoded frames of a clip with their times, which a file may give wrongly, or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

import av
from av import VideoFrame

from autostyle.codecs.clip_container import Source
from autostyle.codecs.clip_transparency import decoder

_RATES = (Fraction(1, 60), Fraction(480))
"Frames a second that are believed of a file that gives its frames no times."
_WAIT = 32
"Frames without a time that wait for the first that has one."
_HELD_BACK = range(5)
"Frames that decoders keep to put them in order; where more are missing at the beginning, they are damaged."


class Damaged(Exception):
    """Frames that decode side by side fall together: the whole is decoded again, one by one."""


class TimedFrame(NamedTuple):
    """A decoded frame, and when it is shown, in seconds on the clip's own clock."""

    frame: VideoFrame
    time: Fraction


def timed_frames(source: Source, fast: bool, lost: list[Fraction]) -> Iterator[TimedFrame]:
    """The frames with their times, which rise; where a file gives none, the rate it names has to do.

    Args:
        fast: decode on several threads.
        lost: is added the times of the frames that could not be decoded.

    Raises:
        Damaged: one cannot be decoded, and ``fast``.
    """
    ordered = source.container.format.name == "avi"
    step, stamps, delay = 1 / named_rate(source), _Stamps(ordered), 0
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
            yield TimedFrame(earlier, last)
        waiting.clear()
        if last is not None and (time is None or time <= last):
            time = last + (step if time is None else source.unit)
        last = time or Fraction(0)
        yield TimedFrame(frame, last)
    yield from (TimedFrame(frame, number * step) for number, frame in enumerate(waiting))


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
        Damaged: one cannot be decoded, and ``fast``.
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
            raise Damaged from error
    if fast and taken < given:  # PyAV swallows an error among the frames that threads held back
        raise Damaged


def named_rate(source: Source) -> Fraction:
    """Frames a second as the file says, where that can be believed."""
    stream = source.picture
    rates = [stream.average_rate, stream.guessed_rate, stream.base_rate]
    if source.bare:  # its average is made up, its guess is what the stream says if it says anything
        rates[:2] = reversed(rates[:2])
    for rate in rates:
        if rate and _RATES[0] <= rate <= _RATES[1]:
            return Fraction(rate)
    return Fraction(25)
