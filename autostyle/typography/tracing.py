"""From fields of numbers back to outlines: where a field is 0, as smooth quadratic splines of few points.

Source of the fit: Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990 (corners
first, then curves by least squares, divided where they are too far off); with quadratic curves, as TrueType has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.measure import find_contours

from autostyle.typography.outlines import Contour, GlyphMask

TracedLine = NDArray[np.float64]
"""(N, 2)."""
_LIMIT = 32_000


def level_lines(field: NDArray[np.float32], least: float) -> Iterator[TracedLine]:
    """Closed lines (row, column) along which ``field`` (H, W) is 0; those around fewer than ``least`` square pixels are
    left out. Beyond its edges the field is below 0."""
    padded = np.pad(field, 1, constant_values=float(min(-1e-3, field.min())))
    for line in find_contours(padded, 0.0):
        if len(line) > 3 and abs(area(line)) >= least:
            yield line - 1


def area(line: TracedLine) -> float:
    """Of a closed line, with a sign by its direction."""
    x, y = line.T
    return float(np.dot(x[:-1], y[1:]) - np.dot(y[:-1], x[1:])) / 2


def rounded(line: TracedLine, glyph: GlyphMask, tolerance: float) -> Contour | None:
    """A soft contour for textures: the corners of a polygon within ``tolerance`` pixels of a closed ``line`` as control
    points. Half the points of :func:`fitted`, in a tenth of the time, and corners are cut."""
    corners = cv2.approxPolyDP(line[:-1, None].astype(np.float32), tolerance, True)[:, 0].astype(np.float64)
    if len(corners) < 3:
        return None
    return _contour(glyph.units(corners), np.zeros(len(corners), np.int16))


def fitted(line: TracedLine, glyph: GlyphMask, tolerance: float, corner: float) -> Contour | None:
    """A contour within ``tolerance`` pixels of a closed ``line``, smooth but for its corners: turns of more than
    ``corner`` degrees."""
    line = line[:-1]
    if len(line) < 8:
        return None
    starts = _corners(line, corner)
    if not len(starts):
        starts = np.array([int(line[:, 0].argmin())])
    points: list[tuple[float, float, int]] = []
    for begin, end in zip(starts, [*starts[1:], starts[0] + len(line)], strict=True):
        piece = line[np.arange(begin, end + 1) % len(line)]
        for control, on in _curves(piece, tolerance):
            if control is not None:
                points.append((control[0], control[1], 0))
            points.append((on[0], on[1], 1))
    found = np.array(points)
    return _contour(glyph.units(found[:, :2]), found[:, 2].astype(np.int16)) if len(found) > 2 else None


def _contour(places: TracedLine, on: NDArray[np.int16]) -> Contour | None:
    placed = np.clip(np.round(places), -_LIMIT, _LIMIT).astype(np.int16)
    found = np.concatenate([placed, on[:, None]], axis=1)
    kept = np.any(placed != np.roll(placed, 1, axis=0), axis=1)
    return np.ascontiguousarray(found[kept]) if kept.sum() > 2 else None


def _corners(line: TracedLine, degrees: float, reach: int = 3) -> NDArray[np.intp]:
    """Where a closed line turns by more than so much within ``reach`` points to either side, once for each turn."""
    ahead, behind = np.roll(line, -reach, axis=0) - line, line - np.roll(line, reach, axis=0)
    turn = np.degrees(
        np.abs(
            np.arctan2(
                behind[:, 0] * ahead[:, 1] - behind[:, 1] * ahead[:, 0],
                (behind * ahead).sum(axis=1),
            )
        )
    )
    peak = turn >= np.max([np.roll(turn, step) for step in range(-reach, reach + 1)], axis=0)
    found = np.flatnonzero(peak & (turn > degrees))
    return found[np.diff(found, prepend=-reach - 1) > reach] if len(found) else found


def _curves(piece: TracedLine, tolerance: float) -> Iterator[tuple[TracedLine | None, TracedLine]]:
    """A line as quadratic curves end to end, without kinks between them: the control point, or None for a straight one,
    and the end of each."""
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(piece, axis=0).T))])
    pending = [(0, len(piece) - 1)]
    while pending:
        begin, end = pending.pop()
        first, last, part = piece[begin], piece[end], piece[begin : end + 1]
        chord = last - first
        length = float(np.hypot(*chord))
        if length > 1e-9:
            off = np.abs(chord[0] * (part[:, 1] - first[1]) - chord[1] * (part[:, 0] - first[0])) / length
            if end - begin < 3 or off.max() <= tolerance / 2:
                yield None, last
                continue
            control = _crossing(first, _tangent(piece, begin, 1), last, _tangent(piece, end, -1))
            if control is not None and _off(part, first, control, last) <= tolerance:
                yield control, last
                continue
        if end - begin < 6:
            yield part[len(part) // 2] * 2 - (first + last) / 2, last
            continue
        middle = int(np.searchsorted(steps, (steps[begin] + steps[end]) / 2))
        middle = min(max(middle, begin + 2), end - 2)
        pending += [(middle, end), (begin, middle)]


def _tangent(piece: TracedLine, place: int, way: int, reach: int = 3) -> TracedLine:
    """Which way the line runs at a point; at its ends on the inner side alone."""
    last = len(piece) - 1
    before, after = max(0, place - reach), min(last, place + reach)
    if place == 0:
        before, after = 0, min(last, reach)
    elif place == last:
        before, after = max(0, last - reach), last
    return np.asarray((piece[after] - piece[before]) * way)


def _crossing(first: TracedLine, out: TracedLine, last: TracedLine, back: TracedLine) -> TracedLine | None:
    """Where the tangents at both ends meet, ahead of both; None where they do not."""
    across = out[0] * back[1] - out[1] * back[0]
    if abs(across) < 1e-6 * float(np.hypot(*out) * np.hypot(*back)) + 1e-12:
        return None
    between = last - first
    ahead = (between[0] * back[1] - between[1] * back[0]) / across
    behind = (between[0] * out[1] - between[1] * out[0]) / across
    far = 4 * float(np.hypot(*between))
    if ahead <= 0 or behind <= 0 or max(ahead * np.hypot(*out), behind * np.hypot(*back)) > far:
        return None
    return np.asarray(first + ahead * out)


def _off(part: TracedLine, first: TracedLine, control: TracedLine, last: TracedLine) -> float:
    """How far a line is from a curve, at most."""
    t = np.linspace(0, 1, 2 * len(part))[:, None]
    curve = (1 - t) ** 2 * first + 2 * t * (1 - t) * control + t**2 * last
    apart = np.square(part[:, None] - curve[None]).sum(axis=2)
    return float(np.sqrt(apart.min(axis=1).max()))


Tracer = Callable[[TracedLine], Contour | None]


def traced(field: NDArray[np.float32], least: float, tracer: Tracer) -> tuple[Contour, ...]:
    """The contours of what is above 0 in ``field``."""
    found = (tracer(line) for line in level_lines(field, least))
    return tuple(one for one in found if one is not None)
