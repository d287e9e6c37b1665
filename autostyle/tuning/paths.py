"""Along a run: which values of its ratio it paints, and where it has come far enough.

A value is chosen when the one before has been scored: far where two neighbours look alike, near where much happens in
between, as continuation methods choose the length of their steps (Allgower & Georg, "Introduction to Numerical
Continuation Methods", 1990, chapter 6).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from optuna.distributions import FloatDistribution

from autostyle.tuning.pareto import Point, clamp_point

APART = 0.05
"""How far apart in scores two neighbours are meant to be: about a twentieth of the way from content to style."""
TELLING = 0.01
"""Nobody tells apart two pictures whose scores differ by less."""
HARDLY = 0.1
"""A style score below which much may be lost before marks come: the palette moves first."""
SHORTEST, LONGEST = 0.25, 1.5
"""A step, as a share of that of an even path."""
MOST = 2
"""How many times the values of an even path a run has at most."""
BARREN = 2
"""How many values lose content and gain no style, none between them that does, before a run ends."""
CELLS, TINY = 100, 1e-6
"""Places at which the course of earlier runs is known, and the least that it is taken to change between two."""
DIGITS = 3
"""Of a value that is chosen here, for people."""


@dataclass(frozen=True)
class Course:
    """How much the scores of earlier runs changed along the ratio.

    Args:
        scale: of the ratio.
        changes: how far the scores had moved at :data:`CELLS` and one even places from end to end, on average.
    """

    scale: FloatDistribution
    changes: tuple[float, ...]

    @classmethod
    def of(cls, scale: FloatDistribution, curves: Iterable[Sequence[tuple[float, Point]]]) -> Course | None:
        """The course of runs, of each its values, ascending, and what they scored; None without any."""
        grid = np.linspace(0, 1, CELLS + 1)
        moved = []
        for curve in curves:
            places = [place_of(scale, value) for value, _ in curve]
            points = [clamp_point(point) for _, point in curve]
            so_far = np.cumsum([0.0, *(math.dist(one, other) for one, other in pairwise(points))])
            each = np.diff(np.interp(grid, places, so_far))
            middles = (grid[1:] + grid[:-1]) / 2
            moved.append(np.where((middles > places[0]) & (middles < places[-1]), each, np.nan))
        if not moved:
            return None
        known = np.stack(moved)
        seen = np.maximum((~np.isnan(known)).sum(0), 1)
        # Where nothing was seen or moved a place still lies after the one before it.
        mean = np.nansum(known, 0) / seen + TINY
        return cls(scale, (0.0, *map(float, np.cumsum(mean))))

    @property
    def begin(self) -> float:
        """The value up to which nobody would have seen a change."""
        return value_at(self.scale, self._place(2 * TELLING))

    def onward(self, place: float) -> float:
        """The place that lies :data:`APART` after ``place``."""
        return self._place(float(np.interp(place, np.linspace(0, 1, CELLS + 1), self.changes)) + APART)

    def _place(self, moved: float) -> float:
        return float(np.interp(moved, self.changes, np.linspace(0, 1, CELLS + 1)))


def place_of(scale: FloatDistribution, value: float) -> float:
    """Where a value lies, 0..1 from the low end to the high one on the scale that is searched."""
    to = math.log if scale.log else float
    return (to(value) - to(scale.low)) / (to(scale.high) - to(scale.low))


def value_at(scale: FloatDistribution, place: float) -> float:
    """The value at a place, to three digits, for people, and never outside the range."""
    low, high = (math.log(end) if scale.log else end for end in (scale.low, scale.high))
    there = low + place * (high - low)
    told = float(f"{math.exp(there) if scale.log else there:.{DIGITS}g}")
    return min(max(told, scale.low), scale.high)


@dataclass
class Walk:
    """One run along its ratio, value by value.

    Args:
        scale: of the ratio, with the bounds it is searched in.
        count: values of an even path from the one end to the other.
        through: values that the run is to paint in any case, where it comes so far.
        course: of earlier runs: it sets the values; without one they follow from what this run comes to.
    """

    scale: FloatDistribution
    count: int
    through: tuple[float, ...] = ()
    course: Course | None = None
    _values: list[float] = field(default_factory=list)
    _points: list[Point] = field(default_factory=list)
    _step: float = 0.0
    _barren: int = 0

    def onward(self, value: float, point: Point, *, within: bool = True) -> float | None:
        """The next value, now that ``value`` has scored ``point``; None where the run has come far enough.

        Args:
            point: its first score is that of style.
            within: it is over no limit of its method.
        """
        style, *others = clamp_point(point)
        best = max((clamp_point(known)[0] for known in self._points), default=0.0)
        if within and style > best + TELLING:
            self._barren = 0
        elif not within or (best > HARDLY and min(others) < min(clamp_point(self._points[-1])[1:]) - TELLING):
            # Where there is hardly any style yet, what is lost is the price of what comes.
            self._barren += 1
        even = 1 / max(1, self.count - 1)
        if not self._points:
            self._step = even * LONGEST
        else:
            moved = math.dist(clamp_point(point), clamp_point(self._points[-1]))
            self._step *= min(max(APART / max(moved, TELLING), 0.5), 2.0)
        self._step = min(max(self._step, even * SHORTEST), even * LONGEST)
        self._values.append(value)
        self._points.append(point)
        if self._barren >= BARREN or value >= self.scale.high or len(self._values) >= MOST * self.count:
            return None
        return self._after(value)

    def _after(self, value: float) -> float:
        here = self.share(value)
        there = here + self._step
        if self.course is not None:
            there = max(self.course.onward(here), here + SHORTEST / max(1, self.count - 1))
        # However much happens on the way, a run comes to its end.
        there = max(there, here + (1 - here) / (MOST * self.count - len(self._values)))
        # A step that would leave less than half of itself goes to the end, one just short of a wanted value to that.
        reach = there + (there - here) / 2
        ahead = [wanted for wanted in self.through if value < wanted and place_of(self.scale, wanted) <= min(reach, 1)]
        if ahead:
            return min(ahead)
        further = self.scale.high if reach >= 1 else value_at(self.scale, there)
        return further if further > value else self.scale.high

    def share(self, value: float) -> float:
        """How far along the path ``value`` lies, 0..1."""
        return min(max(place_of(self.scale, value), 0.0), 1.0)
