"""The front of a study, its hypervolume, and which trial of it is recommended, for any number of objectives.

A person's preference is one number, between the first objective (style) and whichever of the others is worst; with two
objectives that is the one other (content).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import prod

from autostyle.scoring.scores import NAMES

Point = tuple[float, ...]
"""A score for each objective of a study, in their order, larger is better; (style, content) unless said otherwise."""

STYLE_COUNTS = 5
"""A stylized picture is first of all one: a fifth of the style is worth all of the content."""
RULE = (
    "{first} is measured by the best {first_lower} reached, {others} by the untouched picture; the recommended trial "
    "is the one whose larger shortfall is smallest, the shortfall in {first_lower} counting {times:.3g} times that in "
    "{others}"
)


def front(points: Mapping[int, Point]) -> tuple[int, ...]:
    """The numbers of the non-dominated points, by rising first score; of equal points the lowest number."""
    kept: list[int] = []
    # From the best first score on, nothing that comes later beats what came before.
    for number, point in sorted(points.items(), key=lambda item: ([-score for score in item[1]], item[0])):
        if not any(_covers(points[better], point) for better in reversed(kept)):
            kept.append(number)
    return tuple(reversed(kept))


def _covers(one: Point, other: Point) -> bool:
    """Whether ``one`` is at least as good in everything."""
    return all(a >= b for a, b in zip(one, other, strict=True))


def hypervolume(points: Iterable[Point]) -> float:
    """The volume that ``points`` dominate over the reference 0, scores clipped to 0..1; so it lies in 0..1.

    By slices of the last objective, the last two in closed form (While, Hingston, Barone & Huband, "A faster algorithm
    for calculating hypervolume", IEEE Transactions on Evolutionary Computation 10, 2006): n points of d objectives take
    n**(d - 2) sorts.
    """
    return _volume([clamp_point(point) for point in points])


def _volume(points: Sequence[Point]) -> float:
    if not points:
        return 0.0
    if len(points[0]) == 2:
        area = reached = 0.0
        for across, up in sorted(points, reverse=True):
            if up > reached:
                area += across * (up - reached)
                reached = up
        return area
    order = sorted(points, key=lambda point: -point[-1])
    floors = [*(point[-1] for point in order[1:]), 0.0]
    flat = [point[:-1] for point in order]
    return sum(
        (point[-1] - floor) * _volume(flat[: end + 1])
        for end, (point, floor) in enumerate(zip(order, floors, strict=True))
        if point[-1] > floor
    )


def hypervolumes(points: Mapping[int, Point]) -> tuple[float, ...]:
    """:func:`hypervolume` after each of ``points``, by their numbers."""
    kept: list[Point] = []
    found: list[float] = []
    for number in sorted(points):
        point = clamp_point(points[number])
        if any(_covers(better, point) for better in kept):
            found.append(found[-1])
            continue
        kept = [*(old for old in kept if not _covers(point, old)), point]
        found.append(_volume(kept))
    return tuple(found)


def tradeoff(points: Mapping[int, Point]) -> dict[int, tuple[float, float]]:
    """The trials of the front that some preference recommends, by rising first score: number -> that score, and the
    least of all others. With two objectives this is the front itself."""
    flat = {number: (points[number][0], min(points[number][1:])) for number in front(points)}
    return {number: flat[number] for number in front(flat)}


def recommend(points: Mapping[int, Point], prefer: float) -> int | None:
    """The trial of the front to recommend under :data:`RULE`; None without points.

    This is the smallest weighted Chebyshev distance (Miettinen, "Nonlinear Multiobjective Optimization", 1999) to the
    ideal point of the best style reached, at most 1, and the untouched content. Content's scale is the anchors' and not
    the front's own: a method that also paints hardly at all would stretch the front and drag its middle along.
    At ``prefer`` 1 this is the best style, at 0 the best content; equal distances are settled by the larger product.
    Any further objective stands beside content: the one that lacks most counts.

    Args:
        points: complete trials.
        prefer: 0 = content, 1 = style; at 0.5 style counts :data:`STYLE_COUNTS` times.
    """
    lacking = shortfalls(points)

    def rank(number: int) -> tuple[float, float, int]:
        of_first, of_others = lacking[number]
        return round(max(prefer * of_first, (1 - prefer) * of_others), 9), -prod(clamp_point(points[number])), number

    return min(lacking, key=rank, default=None)


def shortfalls(points: Mapping[int, Point]) -> dict[int, tuple[float, float]]:
    """What each trial of :func:`tradeoff` lacks: in the first objective, counted :data:`STYLE_COUNTS` times, and in the
    one of the others that lacks most."""
    kept = {number: clamp_point(point) for number, point in tradeoff(points).items()}
    most = max((first for first, _ in kept.values()), default=0.0)
    return {
        number: (STYLE_COUNTS * (1 - first / most) if most > 0 else 0.0, 1 - least)
        for number, (first, least) in kept.items()
    }


def rule(prefer: float, objectives: Sequence[str] = NAMES) -> str:
    """:data:`RULE` with its numbers and the names of the objectives."""
    first, *others = objectives
    listed = " and ".join(others)
    if prefer in (0, 1):
        return "The recommended trial is the one of the best " + (listed, first)[int(prefer)]
    times = STYLE_COUNTS * prefer / (1 - prefer)
    return RULE.format(first=first.capitalize(), first_lower=first, others=listed, times=times)


def clamp_point(point: Point) -> Point:
    """``point`` as far as it counts: beyond its anchors, 0 and 1, a score adds nothing."""
    return tuple(min(max(score, 0.0), 1.0) for score in point)
