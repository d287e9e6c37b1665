"""The expected gain in hypervolume, against what sampling says."""

from __future__ import annotations

import numpy as np
import pytest

from autostyle.tuning.gaussian.expected import curve_improvement, improvement
from autostyle.tuning.gaussian.places import Array
from autostyle.tuning.pareto import Point, hypervolume

POINTS: list[Point] = [(0.2, 0.9), (0.5, 0.6), (0.45, 0.5), (0.9, 0.1)]


def sampled(points: list[Point], mean: Array, deviation: Array) -> float:
    """The same by drawing scores; only what is above 0 can gain, and what is above 1 gains as 1 does."""
    drawn = np.random.default_rng(0).normal(mean, deviation, (20_000, len(mean)))
    before = hypervolume(points)
    return float(np.mean([hypervolume([*points, tuple(scores)]) - before for scores in drawn.tolist()]))


@pytest.mark.parametrize("points", [POINTS, POINTS[:1], [(0.0, 0.0)], []], ids=["front", "one", "worst", "none"])
@pytest.mark.parametrize("mean", [(0.6, 0.7), (0.1, 0.1), (0.95, 0.95), (1.2, 0.3)])
def test_it_is_what_sampling_says(points: list[Point], mean: Point) -> None:
    means, deviations = np.array([mean]), np.array([(0.1, 0.15)])
    assert improvement(points, means, deviations)[0] == pytest.approx(
        sampled(points, means[0], deviations[0]), rel=0.05, abs=1e-3
    )


def test_where_nothing_is_doubted_it_is_the_gain_itself() -> None:
    means = np.array([(0.7, 0.8), (0.3, 0.3), (0.5, 0.6)])
    gains = improvement(POINTS, means, np.full((3, 2), 1e-9))
    true = [hypervolume([*POINTS, (style, content)]) - hypervolume(POINTS) for style, content in means]
    assert gains == pytest.approx(true, abs=1e-6)


def test_doubt_is_worth_something() -> None:
    """Of two places that are expected to gain nothing, the one less known may still gain."""
    means = np.array([(0.4, 0.5), (0.4, 0.5)])
    sure, unsure = improvement(POINTS, means, np.array([(0.01, 0.01), (0.2, 0.2)]))
    assert unsure > sure >= 0


@pytest.mark.parametrize("mean", [(0.6, 0.7, 0.5), (0.3, 0.3, 0.95)])
def test_a_third_objective_counts_like_the_others(mean: Point) -> None:
    points: list[Point] = [(0.2, 0.9, 0.4), (0.5, 0.6, 0.7), (0.9, 0.1, 0.5), (0.4, 0.5, 0.6)]
    means, deviations = np.array([mean]), np.array([(0.1, 0.15, 0.2)])
    assert improvement(points, means, deviations)[0] == pytest.approx(
        sampled(points, means[0], deviations[0]), rel=0.05, abs=1e-3
    )


def test_the_gain_of_a_curve_is_that_of_all_its_points_together() -> None:
    known = [(0.5, 0.5)]
    sure = 1e-9
    curves = np.array([[[0.2, 0.9], [0.9, 0.2]], [[0.4, 0.4], [0.3, 0.3]], [[0.2, 0.9], [0.2, 0.9]]])
    gains = curve_improvement(known, curves, np.full_like(curves, sure))
    wanted = [hypervolume([*known, *map(tuple, points)]) - hypervolume(known) for points in curves]
    assert gains == pytest.approx(wanted, abs=0.02)
    assert gains[1] == 0


def test_with_more_objectives_the_gains_of_the_points_add_up() -> None:
    known = [(0.5, 0.5, 0.5)]
    curves = np.array([[[0.9, 0.2, 0.5], [0.2, 0.9, 0.5]]])
    deviations = np.full_like(curves, 0.1)
    alone = improvement(known, curves[0], deviations[0])
    assert curve_improvement(known, curves, deviations) == pytest.approx([alone.sum()])
