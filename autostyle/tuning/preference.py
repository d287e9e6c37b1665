"""Which of these two? Answers about pairs of trials, as the preference they imply.

The recommended trial has the smallest weighted shortfall in style and content (autostyle.tuning.pareto, which says what
content stands for where there are more objectives). Of two trials of the trade-off between them, one has more style and
one keeps more content, and there is one weight of style at which they rank alike:
whoever likes the bolder one better weighs style more than that. Each answer so cuts the weights that are left. A person
is asked about trials that differ (:data:`DIFFER`), and half of those fall away with every answer: a front holds too
few of them for more than :data:`MOST` answers.

Who cannot tell, or likes neither, has said nothing of any weight: none falls away. (A tie would say that the weight is
the one at which both rank alike, which is more than anybody means by it.) Neither of the two is asked about again, so
that whoever skips sees others.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate, combinations, pairwise
from typing import Any

from autostyle.tuning.pareto import Point, clamp_point, recommend, shortfalls, tradeoff

DIFFER = 0.08
"""How far apart the scores of two trials are at least that a person is asked about. Along a front no score falls or
rises twice, so that it has at most 2 / 0.08 + 1 such trials, fewer than 2 ** :data:`MOST`."""
MOST = 5
"""Answers that settle a taste."""


@dataclass(frozen=True)
class Preference:
    """Trial ``better`` was liked better than trial ``worse``.

    Args:
        prefer: the weight of style that followed from it, as a plan's ``prefer``; None in answers of earlier versions.
        known: trials there were to choose from: their numbers are below it.
        neither: none of the two was liked better: they could not be told apart, or both were bad.
    """

    better: int
    worse: int
    prefer: float | None = None
    known: int = 0
    neither: bool = False

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Preference:
        """The answer that :meth:`as_json` wrote."""
        return cls(data["better"], data["worse"], data.get("prefer"), data.get("known", 0))

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def balance(points: Mapping[int, Point], one: int, other: int) -> float | None:
    """The weight of style, 0..1, at which two trials rank alike; None where one is on no front or they lack the same.

    Args:
        points: the complete trials.
    """
    return _balance(shortfalls(points), points, one, other)


def _balance(
    lacking: Mapping[int, tuple[float, float]], points: Mapping[int, Point], one: int, other: int
) -> float | None:
    if one not in lacking or other not in lacking:
        return None
    plainer, bolder = sorted((one, other), key=lambda number: points[number][0])
    of_style, of_others = lacking[plainer][0], lacking[bolder][1]
    return of_others / (of_others + of_style) if of_others + of_style > 0 else None


def weights(points: Mapping[int, Point], answers: Sequence[Preference]) -> tuple[float, float]:
    """The weights of style, from low to high, that agree with ``answers``; the later of two that disagree counts."""
    low, high = 0.0, 1.0
    lacking = shortfalls(points) if answers else {}
    for answer in reversed(answers):
        edge = _balance(lacking, points, answer.better, answer.worse)
        if edge is None or not low < edge < high:
            continue
        if points[answer.better][0] > points[answer.worse][0]:
            low = edge
        else:
            high = edge
    return low, high


def infer_preference(points: Mapping[int, Point], answers: Sequence[Preference]) -> float:
    """A weight of style that agrees with ``answers`` and, where one does, recommends the trial that was liked last; 0.5
    without any answer."""
    low, high = weights(points, answers)
    last = next((answer.better for answer in reversed(answers) if answer.better in tradeoff(points)), None)
    if last is not None:
        cell = recommending(points, last)
        own = max(low, cell[0]), min(high, cell[1])
        low, high = own if own[0] < own[1] else (low, high)
    return round((low + high) / 2, 4)


def recommending(points: Mapping[int, Point], number: int) -> tuple[float, float]:
    """The weights of style, from low to high, that recommend trial ``number`` of the front."""
    place, edges = list(tradeoff(points)).index(number), _edges(points)
    return edges[place], edges[place + 1]


APART = 0.03
"""How far apart in scores two trials lie at least between which a person sees a step."""


def along(points: Mapping[int, Point], number: int, step: float) -> float:
    """A weight of style that recommends another trial of the front than ``number``, if there is one on that side that
    looks different.

    Args:
        number: of a trial of the front.
        step: the share of the front's length to go by, -1 (to its plainest) to 1 (to its boldest), at least to the next
            trial that lies :data:`APART`.
    """
    flat = {trial: clamp_point(point) for trial, point in tradeoff(points).items()}
    order = list(flat)
    lengths = accumulate((math.dist(one, other) for one, other in pairwise(flat.values())), initial=0.0)
    places = dict(zip(order, lengths, strict=True))
    ahead = order[order.index(number) + 1 :] if step > 0 else order[: order.index(number)][::-1] if step else []
    different = [trial for trial in ahead if math.dist(flat[trial], flat[number]) >= APART]
    meant = places[number] + step * places[order[-1]]
    for trial in sorted(different, key=lambda trial: abs(places[trial] - meant)):
        weight = round(sum(recommending(points, trial)) / 2, 4)
        if recommend(points, weight) == trial:
            return weight
    return round(sum(recommending(points, number)) / 2, 4)


def question(
    points: Mapping[int, Point], answers: Sequence[Preference], skipped: Iterable[tuple[int, int]] = ()
) -> tuple[int, int] | None:
    """Two trials that differ, the plainer one first: whatever the answer, the fewest of those that are left stay, and
    of such pairs the one that differs most; None where nothing is left to ask.

    Args:
        skipped: pairs of which nobody could or would say which is better.
    """
    left = _left(points, answers)
    passed = {number for pair in skipped for number in pair}
    low, high = weights(points, answers)
    lacking = shortfalls(points)
    edges = {pair: _balance(lacking, points, *pair) or 0.0 for pair in combinations(left, 2) if passed.isdisjoint(pair)}

    def worth(pair: tuple[int, int]) -> tuple[int, float]:
        edge = edges[pair]
        below = sum(begin < edge for begin, _ in left.values())
        above = sum(edge < end for _, end in left.values())
        return -max(below, above), math.dist(clamp_point(points[pair[0]]), clamp_point(points[pair[1]]))

    return max((pair for pair, edge in edges.items() if low < edge < high), key=worth, default=None)


def answers_left(points: Mapping[int, Point], answers: Sequence[Preference]) -> int:
    """How many answers are to come at most."""
    return math.ceil(math.log2(max(len(_left(points, answers)), 1)))


def _left(points: Mapping[int, Point], answers: Sequence[Preference]) -> dict[int, tuple[float, float]]:
    """The trials that differ and that a weight picks among them which agrees with ``answers``, by rising first score,
    and the weights that do."""
    apart, lacking = _apart(points), shortfalls(points)
    edges = [0.0, *(_balance(lacking, points, *pair) or 0.0 for pair in pairwise(apart)), 1.0]
    low, high = weights(points, answers)
    cells = {number: (max(low, a), min(high, b)) for number, (a, b) in zip(apart, pairwise(edges), strict=False)}
    return {number: cell for number, cell in cells.items() if cell[0] < cell[1]}


def _apart(points: Mapping[int, Point]) -> list[int]:
    """Trials of the trade-off that differ from their neighbours, from its plainest to its boldest."""
    kept: list[int] = []
    order = list(tradeoff(points))
    for number in order:
        if not kept or math.dist(clamp_point(points[kept[-1]]), clamp_point(points[number])) >= DIFFER:
            kept.append(number)
    if len(kept) > 1:
        kept[-1] = order[-1]  # the boldest is farther from the one before than the one that it stands for
    return kept


def _edges(points: Mapping[int, Point]) -> list[float]:
    """The weights at which the recommendation goes from one trial of the front to the next, 0 and 1 around them."""
    lacking = shortfalls(points)
    return [0.0, *(_balance(lacking, points, *pair) or 0.0 for pair in pairwise(lacking)), 1.0]
