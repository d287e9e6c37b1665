"""The front of a study, its hypervolume, and which trial of it is recommended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Point = tuple[float, float]
"""(style, content), both larger is better."""

RULE = (
    "Both scores are scaled so that the front reaches from 0 to 1 on each; the recommended trial is the one whose "
    "larger shortfall from 1 is smallest, the shortfall in style counting {prefer:g} and in content {rest:g}"
)


def front(points: Mapping[int, Point]) -> tuple[int, ...]:
    """The numbers of the non-dominated points, by rising style; of equal points the lowest number."""
    best_content = float("-inf")
    kept = []
    for number, (_, content) in sorted(points.items(), key=lambda item: (-item[1][0], -item[1][1], item[0])):
        if content > best_content:
            kept.append(number)
            best_content = content
    return tuple(reversed(kept))


def hypervolume(points: Iterable[Point]) -> float:
    """The area that ``points`` dominate over the reference (0, 0), scores clipped to 0..1; so it lies in 0..1."""
    area = reached = 0.0
    for style, content in sorted((_clipped(point) for point in points), reverse=True):
        if content > reached:
            area += style * (content - reached)
            reached = content
    return area


def recommend(points: Mapping[int, Point], prefer: float) -> int | None:
    """The trial of the front to recommend under :data:`RULE`; None without points.

    This is the smallest weighted Chebyshev distance to the ideal point (Miettinen, "Nonlinear Multiobjective
    Optimization", 1999): at ``prefer`` 0.5 the knee of the front, at 1 its best style, at 0 its best content. Equal
    distances, as always in a front of two, are settled by the larger product of the scores.

    Args:
        points: complete trials.
        prefer: 0 = content, 1 = style.
    """
    candidates = {number: _clipped(points[number]) for number in front(points)}
    if not candidates:
        return None
    ideal = tuple(max(axis) for axis in zip(*candidates.values(), strict=True))
    nadir = tuple(min(axis) for axis in zip(*candidates.values(), strict=True))
    weights = (prefer, 1 - prefer)

    def rank(number: int) -> tuple[float, float, int]:
        point = candidates[number]
        shortfalls = (
            weight * (best - value) / (best - worst) if best > worst else 0.0
            for weight, best, value, worst in zip(weights, ideal, point, nadir, strict=True)
        )
        return round(max(shortfalls), 9), -point[0] * point[1], number

    return min(candidates, key=rank)


def rule(prefer: float) -> str:
    """:data:`RULE` with its numbers."""
    return RULE.format(prefer=prefer, rest=1 - prefer)


def _clipped(point: Point) -> Point:
    return min(max(point[0], 0.0), 1.0), min(max(point[1], 0.0), 1.0)
