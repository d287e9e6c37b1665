"""Which of these two? Answers about pairs of trials, as the preference they imply.

The recommended trial has the smallest weighted shortfall from the ideal point (autostyle.tuning.pareto). Of two trials
of a front, one has more style and one keeps more content, and there is one weight of style at which they rank alike:
whoever likes the bolder one better weighs style more than that. Each answer so cuts the weights that are left, and the
next question cuts them in the middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from autostyle.tuning.pareto import Point, front


@dataclass(frozen=True)
class Answer:
    """Trial ``better`` was liked better than trial ``worse``."""

    better: int
    worse: int


def balance(points: Mapping[int, Point], one: int, other: int) -> float | None:
    """The weight of style, 0..1, at which two trials rank alike; None where one is as good on both scores.

    Args:
        points: the complete trials; the shortfalls are measured from their front.
    """
    low, high = sorted((points[one], points[other]))
    if high[0] == low[0] or high[1] >= low[1]:
        return None
    kept = [points[number] for number in front(points)]
    styles, contents = zip(*kept, strict=True)
    lost_style = (max(styles) - low[0]) / (max(styles) - min(styles)) if max(styles) > min(styles) else 1.0
    lost_content = (max(contents) - high[1]) / (max(contents) - min(contents)) if max(contents) > min(contents) else 1.0
    return lost_content / (lost_content + lost_style)


def weights(points: Mapping[int, Point], answers: Sequence[Answer]) -> tuple[float, float]:
    """The weights of style, from low to high, that agree with ``answers``; the later of two that disagree counts."""
    low, high = 0.0, 1.0
    for answer in reversed(answers):
        edge = balance(points, answer.better, answer.worse) if {answer.better, answer.worse} <= set(points) else None
        if edge is None or not low < edge < high:
            continue
        if points[answer.better][0] > points[answer.worse][0]:
            low = edge
        else:
            high = edge
    return low, high


def preferred(points: Mapping[int, Point], answers: Sequence[Answer]) -> float:
    """The weight of style in the middle of those that agree with ``answers``; 0.5 without any."""
    return round(sum(weights(points, answers)) / 2, 3)


def question(points: Mapping[int, Point], answers: Sequence[Answer]) -> tuple[int, int] | None:
    """The neighbours on the front that cut the weights that are left most evenly; None where nothing is left to ask."""
    low, high = weights(points, answers)
    edges = {pair: balance(points, *pair) for pair in pairwise(front(points))}
    inside = {pair: edge for pair, edge in edges.items() if edge is not None and low < edge < high}
    return min(inside, key=lambda pair: abs(inside[pair] - (low + high) / 2), default=None)
