"""Interlaced frames made whole: each holds two pictures of half the lines, a moment apart, whose comb would be painted.

Source: Thomas Mundt's bwdif (Bob Weaver Deinterlacing Filter, after BBC's w3fdif and Michael Niedermayer's yadif), as
FFmpeg has it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from fractions import Fraction
from typing import TypeVar

import av
from av import VideoFrame
from av.filter import Graph

T = TypeVar("T")
_TICK = Fraction(1, 1000)


def deinterlace(frames: Iterable[T], frame_of: Callable[[T], VideoFrame]) -> Iterator[tuple[T, VideoFrame]]:
    """Each of ``frames`` with its picture, made whole if it is marked as interlaced; order and number stay.

    Args:
        frame_of: the picture of one.
    """
    waiting: deque[T] = deque()
    graph: Graph | None = None
    shape: tuple[int, int, str] | None = None
    for number, item in enumerate(frames):
        frame = frame_of(item)
        if graph is None and not frame.interlaced_frame:
            yield item, frame
            continue
        if graph is None or (frame.width, frame.height, frame.format.name) != shape:
            yield from _drained(graph, waiting)
            graph, shape = _graph(frame), (frame.width, frame.height, frame.format.name)
        waiting.append(item)
        frame.pts, frame.time_base = number, _TICK  # the filter only needs that they rise
        graph.push(frame)
        yield from _pulled(graph, waiting)
    yield from _drained(graph, waiting)


def _graph(frame: VideoFrame) -> Graph:
    graph = Graph()
    source = graph.add_buffer(width=frame.width, height=frame.height, format=frame.format, time_base=_TICK)
    weaver = graph.add("bwdif", mode="send_frame", deint="interlaced")
    graph.link_nodes(source, weaver, graph.add("buffersink")).configure()
    return graph


def _pulled(graph: Graph, waiting: deque[T]) -> Iterator[tuple[T, VideoFrame]]:
    while waiting:
        try:
            found = graph.vpull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        yield waiting.popleft(), found


def _drained(graph: Graph | None, waiting: deque[T]) -> Iterator[tuple[T, VideoFrame]]:
    if graph is not None:
        graph.push(None)
        yield from _pulled(graph, waiting)
        waiting.clear()
