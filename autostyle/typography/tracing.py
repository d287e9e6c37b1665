"""From fields of numbers back to outlines: where a field is 0, as smooth quadratic splines of few points.

Source of the fit: Schneider, "An Algorithm for Automatically Fitting Digitized Curves", Graphics Gems, 1990 (corners
first, then curves by least squares, divided where they are too far off); with quadratic curves, as TrueType has them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray
from skimage.measure import find_contours

from autostyle.typography.outlines import Contour, GlyphMask

TracedLine = NDArray[np.float64]
"""(N, 2)."""
_LIMIT = 16_000
STEP = 0.5
"""Pixels between the places of a line that is fitted."""
REACH = 5
"""Places to either side by which a turn is told."""
CUT = 2
"""Places beside a corner that a field has rounded off."""
ROUND = 0.9
"""Pixels: what is further from where its sides would meet is no corner."""
STRAIGHT, STRAIGHT_OFF = 12.0, 0.12
"""Pixels: how long what stays a straight line is at least, and how far the line may be from it."""
TURN = 1.2
"""Radians that a curve turns by at most, before it is found too far off."""
_ROUNDS = 7


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
    ``corner`` degrees. What is straight stays straight; where a point on the curve is half-way between two that control
    it, it is left to be implied."""
    even = _even(line)
    if len(even) < 4 * REACH:
        return None
    tips = {int(at): tip for at in _corners(even, corner) if (tip := _tip(even, int(at))) is not None}
    corners, fixed = np.array(sorted(tips), int), dict(tips)
    points: list[TracedLine] = []
    straight = dict(_straights(even, corners))
    for begin, end in straight.items():
        fixed.setdefault(begin, even[begin])
        fixed.setdefault(end % len(even), even[end % len(even)])
    if not fixed:
        found = _curves(np.concatenate([even, even[:1]]), tolerance, closed=True)
        return _contour(glyph.units(found[:, :2]), found[:, 2].astype(np.int16)) if len(found) > 2 else None
    stops = sorted(fixed)
    for begin, end in zip(stops, [*stops[1:], stops[0] + len(even)], strict=True):
        last = end % len(even)
        points.append(np.append(fixed[begin], 1))
        if straight.get(begin) not in (end, last) or begin not in straight:
            inner = np.arange(begin + (CUT if begin in tips else 1), end - (CUT if last in tips else 1) + 1)
            piece = np.concatenate([fixed[begin][None], even[inner % len(even)], fixed[last][None]])
            points += list(_curves(piece, tolerance, closed=False))
    found = np.array(points)
    return _contour(glyph.units(found[:, :2]), found[:, 2].astype(np.int16)) if len(found) > 2 else None


def _contour(places: TracedLine, on: NDArray[np.int16]) -> Contour | None:
    placed = np.clip(np.round(places), -_LIMIT, _LIMIT).astype(np.int16)
    found = np.concatenate([placed, on[:, None]], axis=1)
    kept = np.any(placed != np.roll(placed, 1, axis=0), axis=1)
    return np.ascontiguousarray(found[kept]) if kept.sum() > 2 else None


def _even(line: TracedLine) -> TracedLine:
    """A closed line in places ``STEP`` apart, about; the first is not repeated."""
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])
    places = np.linspace(0, along[-1], max(3, round(along[-1] / STEP)), endpoint=False)
    return np.stack([np.interp(places, along, part) for part in line.T], axis=1)


def _corners(line: TracedLine, degrees: float) -> NDArray[np.intp]:
    """Where a closed line turns by more than so much within ``REACH`` places to either side, once for each turn."""
    ahead, behind = np.roll(line, -REACH, axis=0) - line, line - np.roll(line, REACH, axis=0)
    turn = np.degrees(np.abs(_angles(behind, ahead)))
    peak = turn >= np.max([np.roll(turn, step) for step in range(-REACH, REACH + 1)], axis=0)
    found = np.flatnonzero(peak & (turn > degrees))
    return found[np.diff(found, prepend=found[-1] - len(line)) > REACH] if len(found) else found


def _angles(before: TracedLine, after: TracedLine) -> NDArray[np.float64]:
    """By how much ways turn, radians."""
    cross = before[:, 0] * after[:, 1] - before[:, 1] * after[:, 0]
    return np.asarray(np.arctan2(cross, (before * after).sum(axis=1)))


def _tip(line: TracedLine, at: int) -> TracedLine | None:
    """Where the lines on either side of a corner would meet, which a field rounds off a little; None where it is round
    in itself."""
    before, after = (line[np.arange(at + way * CUT, at + way * (CUT + REACH), way) % len(line)] for way in (-1, 1))
    ways = [part[0] - part[-1] for part in (before, after)]
    across = ways[0][0] * ways[1][1] - ways[0][1] * ways[1][0]
    if abs(across) < 0.1 * np.hypot(*ways[0]) * np.hypot(*ways[1]):
        return np.asarray(line[at])  # it turns back
    between = after.mean(axis=0) - before.mean(axis=0)
    found = before.mean(axis=0) + (between[0] * ways[1][1] - between[1] * ways[1][0]) / across * ways[0]
    return np.asarray(found) if np.hypot(*(found - line[at])) < ROUND else None


def _straights(line: TracedLine, corners: NDArray[np.intp]) -> Iterator[tuple[int, int]]:
    """Where a closed line is straight for long: from which place to which, those beyond its end counted on. Beside a
    corner that reaches to it; elsewhere some places are left for the curve, which so goes on the same way."""
    start = int(corners[0]) if len(corners) else 0
    turned = np.roll(line, -start, axis=0)
    polygon = cv2.approxPolyDP(turned[:, None].astype(np.float32), STRAIGHT_OFF, True)[:, 0]
    places = np.array(sorted(int(np.square(turned - one).sum(axis=1).argmin()) for one in polygon))
    near = {int(at - start) % len(line) for at in corners}
    for begin, end in zip(places, [*places[1:], places[0] + len(line)], strict=True):
        if (end - begin) * STEP < STRAIGHT:
            continue
        first = next((at for at in near if abs(at - begin) <= REACH), None)
        last = next((at for at in near | {at + len(line) for at in near} if abs(at - end) <= REACH), None)
        first = begin + REACH if first is None else first
        last = end - REACH if last is None else last
        yield int(first + start) % len(line), int(last + start) % len(line)


def _curves(piece: TracedLine, tolerance: float, *, closed: bool) -> TracedLine:
    """The points (x, y, on the curve) of the quadratic B-spline that is within ``tolerance`` of a line, by least
    squares, without the line's ends; none where it is straight. It has knots where the line has turned far enough, and
    more of them where it is too far off."""
    steps = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(piece, axis=0).T))])
    chord = piece[-1] - piece[0]
    if chord.any():
        off = np.abs(chord[0] * (piece[:, 1] - piece[0, 1]) - chord[1] * (piece[:, 0] - piece[0, 0]))
        if off.max() <= min(tolerance, 2 * STRAIGHT_OFF) * np.hypot(*chord):
            return np.zeros((0, 3))
    knots = _knots(piece, steps, closed)
    for _ in range(_ROUNDS):
        controls, joints, off = _spline(piece, steps, knots, closed)
        which = np.clip(np.searchsorted(knots, steps, side="right") - 1, 0, len(knots) - 2)
        worst = np.zeros(len(knots) - 1)
        np.maximum.at(worst, which, off)
        wide = np.flatnonzero((worst > tolerance) & (np.diff(knots) > 4 * STEP))
        if not len(wide):
            break
        knots = np.sort(np.concatenate([knots, (knots[wide] + knots[wide + 1]) / 2]))
    points: list[TracedLine] = []
    for number, control in enumerate(controls):
        points.append(np.append(control, 0))
        after = number + 1 if number + 1 < len(controls) else 0 if closed else None
        if after is not None and np.hypot(*(joints[number] - (control + controls[after]) / 2)) > tolerance:
            points.append(np.append(joints[number], 1))
    return np.array(points)


def _knots(piece: TracedLine, steps: NDArray[np.float64], closed: bool) -> NDArray[np.float64]:
    """Where along a line curves begin and end: wherever it has turned by :data:`TURN`, or turns the other way."""
    reach = min(REACH, (len(piece) - 1) // 2)
    padded = np.concatenate([piece[-reach - 1 : -1], piece, piece[1 : reach + 1]]) if closed else piece
    turn = _angles(padded[reach:-reach] - padded[: -2 * reach], padded[2 * reach :] - padded[reach:-reach]) / reach
    if not closed:
        turn = np.pad(turn, reach, "edge")
    found, done, way = [0.0], 0.0, 0.0
    for at in range(1, len(piece) - 1):
        done, way = done + abs(turn[at]), way + turn[at]
        if done > TURN or (turn[at] * way < 0 and done > TURN / 3):
            found.append(steps[at])
            done = way = 0.0
    if len(found) > 1 and steps[-1] - found[-1] < 4 * STEP:
        found.pop()
    found = [*found, steps[-1]]
    while closed and len(found) < 5:
        found = sorted([*found, *((a + b) / 2 for a, b in pairwise(found))])
    return np.array(found)


def _spline(
    piece: TracedLine, steps: NDArray[np.float64], knots: NDArray[np.float64], closed: bool
) -> tuple[TracedLine, TracedLine, NDArray[np.float64]]:
    """By least squares: the control points of the curves between ``knots``, the places where each ends, and how far
    each place of the line is from them."""
    spans, count = np.diff(knots), len(knots) - 1
    which = np.clip(np.searchsorted(knots, steps, side="right") - 1, 0, count - 1)
    t = ((steps - knots[which]) / spans[which])[:, None]
    width = count if closed else count + 2  # the ends of the line come first and last
    own = np.eye(width)[np.arange(count) + (not closed)]
    share = (np.roll(spans, -1) / (spans + np.roll(spans, -1)))[:, None]
    after = share * own + (1 - share) * np.roll(own, -1, axis=0)
    before = np.roll(after, 1, axis=0)
    if not closed:
        before[0], after[-1] = np.eye(width)[0], np.eye(width)[-1]
    weights = (1 - t) ** 2 * before[which] + 2 * t * (1 - t) * own[which] + t**2 * after[which]
    if closed:
        every = np.linalg.lstsq(weights, piece, rcond=None)[0]
    else:
        ends = weights[:, :1] * piece[0] + weights[:, -1:] * piece[-1]
        inner = np.linalg.lstsq(weights[:, 1:-1], piece - ends, rcond=None)[0]
        every = np.concatenate([piece[:1], inner, piece[-1:]])
    onward = 2 * (1 - t) * (own - before)[which] @ every + 2 * t * (after - own)[which] @ every
    gap = weights @ every - piece
    aside = np.abs(gap[:, 0] * onward[:, 1] - gap[:, 1] * onward[:, 0]) / np.maximum(np.hypot(*onward.T), 1e-9)
    return own @ every, after @ every, aside


Tracer = Callable[[TracedLine], Contour | None]


def traced(field: NDArray[np.float32], least: float, tracer: Tracer) -> tuple[Contour, ...]:
    """The contours of what is above 0 in ``field``."""
    found = (tracer(line) for line in level_lines(field, least))
    return tuple(one for one in found if one is not None)
