"""Live frames: the newest one wins, nothing is late, and what came is shown whatever ends it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import partial
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from autostyle.codecs.capture import CapturedFrame, captured
from autostyle.errors import Missing
from autostyle.jobs.live import FramePixels, LiveFigures, play


def still(number: int, height: int = 40, width: int = 64) -> FramePixels:
    return np.full((height, width, 3), number % 256, np.uint8)


def coming(count: int, every: float = 0.0, read: Callable[[int], FramePixels] = still) -> Iterator[CapturedFrame]:
    for number in range(count):
        time.sleep(every)
        yield CapturedFrame(Fraction(number, 10), time.monotonic(), partial(read, number))


def shown_of(
    frames: Iterator[CapturedFrame], paint: Callable[[FramePixels], FramePixels], size: int = 64, every: bool = False
) -> tuple[list[tuple[int, Fraction]], LiveFigures]:
    shown: list[tuple[int, Fraction]] = []

    def show(frame: FramePixels, moment: Fraction) -> None:
        shown.append((int(frame[0, 0, 0]), moment))

    figures = play(lambda _: frames, paint, show, threading.Event(), size=size, every=every)
    return shown, figures


def slowly(frame: FramePixels) -> FramePixels:
    time.sleep(0.02)
    return frame


def test_a_slow_net_drops_frames_and_is_never_late() -> None:
    shown, figures = shown_of(coming(40, 0.004), slowly)
    assert 2 <= figures.shown < 30
    assert figures.shown + figures.dropped == 40
    assert shown == sorted(shown)
    assert all(moment == Fraction(number, 10) for number, moment in shown)
    # Of a queue the last frames would come after all those before them: 40 times 20 ms.
    assert figures.latency < 0.2


def test_every_frame_is_painted_where_that_is_asked_for() -> None:
    shown, figures = shown_of(coming(12), slowly, every=True)
    assert [number for number, _ in shown] == list(range(12))
    assert figures.dropped == 0


@pytest.mark.parametrize(("height", "width", "size", "painted"), [(51, 99, 64, (32, 64)), (40, 64, 512, (40, 64))])
def test_sides_are_even_and_nothing_is_enlarged(height: int, width: int, size: int, painted: tuple[int, int]) -> None:
    sizes = []

    def seen(frame: FramePixels) -> FramePixels:
        sizes.append(frame.shape[:2])
        return frame

    shown_of(coming(1, read=partial(still, height=height, width=width)), seen, size)
    assert sizes == [painted]


def test_what_came_before_a_camera_was_unplugged_is_shown() -> None:
    def unplugged() -> Iterator[CapturedFrame]:
        yield from coming(1)
        raise Missing("gone")

    shown: list[FramePixels] = []
    with pytest.raises(Missing, match="gone"):
        play(
            lambda _: unplugged(), slowly, lambda frame, _: shown.append(frame), threading.Event(), size=64, every=True
        )
    assert len(shown) == 1


def test_it_ends_when_nobody_sees_it_any_more_when_time_is_up_and_when_it_is_stopped() -> None:
    def closed(frame: FramePixels, moment: Fraction) -> None:
        raise BrokenPipeError

    assert play(lambda _: coming(10**6), slowly, closed, threading.Event(), size=64).shown == 0
    ended = play(lambda _: coming(10**6), slowly, lambda *_: None, threading.Event(), size=64, seconds=0.05)
    assert 2 <= ended.shown < 30
    assert play(lambda _: coming(2, 0.2), slowly, lambda *_: None, threading.Event(), size=64, seconds=0.05).shown == 1
    stop = threading.Event()
    assert play(lambda _: coming(10**6), slowly, lambda *_: stop.set(), stop, size=64).shown == 1


def test_a_clip_that_waits_for_its_next_frame_is_not_waited_for(tmp_path: Path) -> None:
    pictures = [Image.new("RGB", (64, 48), color) for color in ("red", "blue")]
    pictures[0].save(tmp_path / "slow.gif", save_all=True, append_images=pictures[1:], duration=5000)
    began = time.monotonic()
    frames = partial(captured, tmp_path / "slow.gif")
    play(frames, slowly, lambda *_: None, threading.Event(), size=64, seconds=0.05)
    assert time.monotonic() - began < 1
