"""Along a run: which values of its ratio it paints, and where it has come far enough.

A value is chosen when the one before has been scored: far where two neighbours look alike, near where much happens in
between, as continuation methods choose the length of their steps (Allgower & Georg, "Introduction to Numerical
Continuation Methods", 1990, chapter 6).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from optuna.distributions import FloatDistribution

from autostyle.tuning.pareto import Point, clamp_point

APART = 0.1
"""How far apart in scores two neighbours are meant to be: about a tenth of the way from content to style."""
TELLING = 0.01
"""Nobody tells apart two pictures whose scores differ by less."""
SHORTEST, LONGEST = 0.25, 1.5
"""A step, as a share of that of an even path."""
BARREN = 2
"""How many values lose content and gain no style, none between them that does, before a run ends."""
DIGITS = 3
"""Of a value that is chosen here, for people."""


def begin(scale: FloatDistribution, curves: Iterable[Sequence[tuple[float, Point]]]) -> float:
    """Where a run begins: up to there the curves of earlier runs, the middle one of them, did not change to the eye.

    Args:
        scale: of the ratio.
        curves: of each earlier run its values, ascending, and what they scored.
    """
    ends = [scale.low]
    for curve in curves:
        _, first = curve[0]
        flat = [value for value, point in curve if math.dist(clamp_point(point), clamp_point(first)) <= 2 * TELLING]
        ends.append(flat[-1])
    ends = sorted(ends[1:]) or ends
    return min(max(ends[(len(ends) - 1) // 2], scale.low), scale.high)


@dataclass
class Walk:
    """One run along its ratio, value by value.

    Args:
        scale: of the ratio, with the bounds it is searched in.
        count: values of an even path from the one end to the other.
        through: values that the run is to paint in any case, where it comes so far.
    """

    scale: FloatDistribution
    count: int
    through: tuple[float, ...] = ()
    _values: list[float] = field(default_factory=list)
    _points: list[Point] = field(default_factory=list)
    _step: float = 0.0
    _barren: int = 0

    @property
    def values(self) -> tuple[float, ...]:
        """What was painted so far, in order."""
        return tuple(self._values)

    def onward(self, value: float, point: Point, *, within: bool = True) -> float | None:
        """The next value, now that ``value`` has scored ``point``; None where the run has come far enough.

        Args:
            point: its first score is that of style.
            within: it is over no limit of its method.
        """
        style, *others = clamp_point(point)
        if within and style > max((clamp_point(known)[0] for known in self._points), default=0.0) + TELLING:
            self._barren = 0
        elif not within or (self._points and min(others) < min(clamp_point(self._points[-1])[1:]) - TELLING):
            self._barren += 1
        even = 1 / max(1, self.count - 1)
        if not self._points:
            self._step = even
        else:
            moved = math.dist(clamp_point(point), clamp_point(self._points[-1]))
            self._step *= min(max(APART / max(moved, TELLING), 0.5), 2.0)
        self._step = min(max(self._step, even * SHORTEST), even * LONGEST)
        self._values.append(value)
        self._points.append(point)
        if self._barren >= BARREN or value >= self.scale.high or len(self._values) >= 2 * self.count:
            return None
        return self._after(value)

    def _after(self, value: float) -> float:
        place = self._place(value) + self._step
        # A step that would leave less than half of itself goes to the end, one just short of a wanted value to that.
        reach = place + self._step / 2
        ahead = [wanted for wanted in self.through if value < wanted and self._place(wanted) <= min(reach, 1)]
        if ahead:
            return min(ahead)
        return self.scale.high if reach >= 1 else self._rounded(self._value(place), value)

    def share(self, value: float) -> float:
        """How far along the path ``value`` lies, 0..1."""
        return min(max(self._place(value), 0.0), 1.0)

    def _place(self, value: float) -> float:
        low, high = self._to(self.scale.low), self._to(self.scale.high)
        return (self._to(value) - low) / (high - low)

    def _value(self, place: float) -> float:
        low, high = self._to(self.scale.low), self._to(self.scale.high)
        there = low + place * (high - low)
        return math.exp(there) if self.scale.log else there

    def _to(self, value: float) -> float:
        return math.log(value) if self.scale.log else value

    def _rounded(self, value: float, above: float) -> float:
        told = float(f"{value:.{DIGITS}g}")
        return min(told, self.scale.high) if told > above else min(value, self.scale.high)
