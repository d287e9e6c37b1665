"""The front, its area, and the recommended trial."""

from __future__ import annotations

import pytest

from autostyle.tuning import pareto

# (style, content): 1 is dominated by 2, 5 equals 0.
POINTS = {0: (0.2, 0.9), 1: (0.3, 0.4), 2: (0.6, 0.6), 3: (0.9, 0.1), 4: (0.1, 0.5), 5: (0.2, 0.9)}


def test_the_front_holds_what_nothing_beats_by_rising_style() -> None:
    assert pareto.front(POINTS) == (0, 2, 3)


def test_no_points_no_front() -> None:
    assert pareto.front({}) == ()
    assert pareto.recommend({}, 0.5) is None
    assert pareto.hypervolume([]) == 0


def test_hypervolume_is_the_dominated_area() -> None:
    # Three columns: up to style 0.2 at height 0.9, on to 0.6 at 0.6, on to 0.9 at 0.1.
    assert pareto.hypervolume(POINTS.values()) == pytest.approx(0.2 * 0.9 + 0.4 * 0.6 + 0.3 * 0.1)


def test_scores_beyond_the_anchors_add_nothing() -> None:
    assert pareto.hypervolume([(1.7, 1.2)]) == 1
    assert pareto.hypervolume([(-0.3, 0.9)]) == 0


def test_half_and_half_takes_the_knee_and_the_ends_take_the_ends() -> None:
    assert pareto.recommend(POINTS, 0.5) == 2
    assert pareto.recommend(POINTS, 1.0) == 3
    assert pareto.recommend(POINTS, 0.0) == 0


def test_a_front_of_two_is_settled_by_the_product() -> None:
    assert pareto.recommend({7: (0.1, 0.95), 8: (0.8, 0.5)}, 0.5) == 8


def test_the_rule_says_its_weights() -> None:
    assert "style counting 0.7 and in content 0.3" in pareto.rule(0.7)
