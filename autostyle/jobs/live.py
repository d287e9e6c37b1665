"""Frames painted as they come: a reader, the newest frame, a painter, an output.

The reader is a thread of its own. Where the painter is slower, frames between are dropped, never queued: what is seen
is as old as one frame takes, however long it goes on.
"""

from __future__ import annotations

import math
import statistics
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from fractions import Fraction

import cv2
import numpy as np
from numpy.typing import NDArray

from autostyle.codecs.capture import CapturedFrame
from autostyle.codecs.image import fit_size

FramePixels = NDArray[np.uint8]
RECENT = 30
"""Frames that the figures are of."""
LEAST = 32
"""Pixels of a side, at least: a net sees nothing in fewer."""
WAIT = 2.0
"""Seconds for the reader to end."""
LOOK = 0.1
"""Seconds between two looks at whether it is to end."""


@dataclass(frozen=True)
class LiveFigures:
    """How it goes.

    Args:
        shown, dropped: frames so far.
        fps: frames a second, of the last :data:`RECENT`.
        latency: seconds from a frame's coming to its being shown, the median of as many.
        seconds: since the first frame was shown.
        width, height: of what is shown, in pixels.
    """

    shown: int = 0
    dropped: int = 0
    fps: float = 0.0
    latency: float = 0.0
    seconds: float = 0.0
    width: int = 0
    height: int = 0


class NewestFrame:
    """The place between reader and painter, for one frame.

    Args:
        every: the reader waits until a frame was taken; else a newer one takes its place.
    """

    def __init__(self, *, every: bool = False) -> None:
        self._every, self._changed = every, threading.Condition()
        self._frame: CapturedFrame | None = None
        self._ended = False
        self._error: BaseException | None = None
        self.dropped = 0

    def put(self, frame: CapturedFrame, stop: threading.Event) -> None:
        """Called by the reader."""
        with self._changed:
            while self._every and self._frame is not None and not stop.is_set():
                self._changed.wait(LOOK)
            self.dropped += self._frame is not None
            self._frame = frame
            self._changed.notify_all()

    def end(self, error: BaseException | None = None) -> None:
        """No more will come, because of ``error`` if there was one."""
        with self._changed:
            self._ended, self._error = True, error
            self._changed.notify_all()

    def take(self, stop: threading.Event, until: float = math.inf) -> CapturedFrame | None:
        """The newest frame, when there is one; None at the end, when ``stop`` is set, or when none has come ``until``
        then, by :func:`time.monotonic`. Raises the reader's error."""
        with self._changed:
            while self._frame is None and not self._ended and not stop.is_set() and time.monotonic() < until:
                self._changed.wait(LOOK)
            found, self._frame = self._frame, None
            self._changed.notify_all()
            if found is None and self._error is not None:
                raise self._error
            return None if stop.is_set() else found


def play(
    frames: Callable[[threading.Event], Iterable[CapturedFrame]],
    paint: Callable[[FramePixels], FramePixels],
    show: Callable[[FramePixels, Fraction], None],
    stop: threading.Event,
    *,
    size: int,
    every: bool = False,
    seconds: float | None = None,
    told: Callable[[LiveFigures], None] = lambda _: None,
) -> LiveFigures:
    """Paint what comes until it ends, ``stop`` is set, or whoever sees it has gone.

    Args:
        frames: that come, until the event that they are given is set, also while they wait for the next one.
        show: takes a painted frame and its time.
        size: long side in pixels of what is painted; a source is never enlarged. Sides are even, as video wants them.
        every: no frame is dropped.
        seconds: after which it ends.
        told: hears the figures after each frame.

    Raises:
        AutostyleError: the reader's, when all that came was shown.
    """
    newest, over = NewestFrame(every=every), threading.Event()
    reader = threading.Thread(target=_read, args=(frames, newest, over), name="reader", daemon=True)
    reader.start()
    figures, ends, delays = LiveFigures(), deque[float](maxlen=RECENT), deque[float](maxlen=RECENT)
    began: float | None = None
    until = math.inf
    try:
        while (frame := newest.take(stop, until)) is not None:
            picture = _scaled(frame.read(), size)
            painted = paint(picture)
            try:
                show(painted, frame.time)
            except BrokenPipeError:
                break
            now = time.monotonic()
            if began is None:
                began = now
                until = math.inf if seconds is None else began + seconds
            ends.append(now)
            delays.append(now - frame.arrived)
            figures = LiveFigures(
                figures.shown + 1,
                newest.dropped,
                (len(ends) - 1) / (ends[-1] - ends[0]) if len(ends) > 1 and ends[-1] > ends[0] else 0.0,
                statistics.median(delays),
                now - began,
                painted.shape[1],
                painted.shape[0],
            )
            told(figures)
            if now >= until:
                break
    finally:
        over.set()
        reader.join(WAIT)  # a device that gives nothing more is left behind
    return figures


def _read(
    frames: Callable[[threading.Event], Iterable[CapturedFrame]], newest: NewestFrame, over: threading.Event
) -> None:
    try:
        for frame in frames(over):
            newest.put(frame, over)
            if over.is_set():
                break
    except BaseException as error:
        newest.end(error)
    else:
        newest.end()


def _scaled(pixels: FramePixels, size: int) -> FramePixels:
    height, width = fit_size(pixels.shape[0], pixels.shape[1], min(size, max(pixels.shape[:2])))
    height, width = (max(LEAST, side // 2 * 2) for side in (height, width))
    if (height, width) == pixels.shape[:2]:
        return pixels
    return np.asarray(cv2.resize(pixels, (width, height), interpolation=cv2.INTER_AREA), np.uint8)
