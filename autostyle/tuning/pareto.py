"""The front of a study, its hypervolume, and which trial of it is recommended."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Point = tuple[float, float]
"""(style, content), both larger is better."""

STYLE_COUNTS = 5
"""A stylized picture is first of all one: a fifth of the style is worth all of the content."""
RULE = (
    "Style is measured by the best style reached, content by the untouched picture; the recommended trial is the one "
    "whose larger shortfall is smallest, the shortfall in style counting {style:.3g} times that in content"
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
    for style, content in sorted((counted(point) for point in points), reverse=True):
        if content > reached:
            area += style * (content - reached)
            reached = content
    return area


def recommend(points: Mapping[int, Point], prefer: float) -> int | None:
    """The trial of the front to recommend under :data:`RULE`; None without points.

    This is the smallest weighted Chebyshev distance (Miettinen, "Nonlinear Multiobjective Optimization", 1999) to the
    ideal point of the best style reached, at most 1, and the untouched content. Content's scale is the anchors' and not
    the front's own: a method that also paints hardly at all would stretch the front and drag its middle along.
    At ``prefer`` 1 this is the best style, at 0 the best content; equal distances are settled by the larger product.

    Args:
        points: complete trials.
        prefer: 0 = content, 1 = style; at 0.5 style counts :data:`STYLE_COUNTS` times.
    """
    lacking = shortfalls(points)

    def rank(number: int) -> tuple[float, float, int]:
        of_style, of_content = lacking[number]
        style, content = counted(points[number])
        return round(max(prefer * of_style, (1 - prefer) * of_content), 9), -style * content, number

    return min(lacking, key=rank, default=None)


def shortfalls(points: Mapping[int, Point]) -> dict[int, Point]:
    """What each trial of the front lacks in style, counted :data:`STYLE_COUNTS` times, and in content."""
    kept = {number: counted(points[number]) for number in front(points)}
    most = max((style for style, _ in kept.values()), default=0.0)
    return {
        number: (STYLE_COUNTS * (1 - style / most) if most > 0 else 0.0, 1 - content)
        for number, (style, content) in kept.items()
    }


def rule(prefer: float) -> str:
    """:data:`RULE` with its numbers."""
    if prefer in (0, 1):
        return "The recommended trial is the one of the " + ("best content", "best style")[int(prefer)]
    return RULE.format(style=STYLE_COUNTS * prefer / (1 - prefer))


def counted(point: Point) -> Point:
    """``point`` as far as it counts: beyond its anchors, 0 and 1, a score adds nothing."""
    return min(max(point[0], 0.0), 1.0), min(max(point[1], 0.0), 1.0)
