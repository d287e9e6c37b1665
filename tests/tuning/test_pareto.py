"""The front, its area, and the recommended trial."""

from __future__ import annotations

import numpy as np
import pytest
from optuna._hypervolume import compute_hypervolume

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


def test_the_ends_of_the_preference_take_the_ends_of_the_front() -> None:
    assert pareto.recommend(POINTS, 1.0) == 3
    assert pareto.recommend(POINTS, 0.0) == 0


def test_a_leaning_towards_content_moves_along_the_front() -> None:
    points = {0: (1.0, 0.3), 1: (0.9, 0.5), 2: (0.7, 0.7), 3: (0.3, 0.9)}
    assert [pareto.recommend(points, prefer) for prefer in (0.75, 0.3, 0.1, 0.02)] == [0, 1, 2, 3]


def test_a_fifth_of_the_style_is_given_for_all_of_the_content_and_no_more() -> None:
    # One point keeps nothing of the photograph: 0.15 of the style (times 5) is less than all of the content, 0.25 more.
    assert pareto.recommend({0: (1.0, 0.0), 1: (0.85, 0.6)}, 0.5) == 1
    assert pareto.recommend({0: (1.0, 0.0), 1: (0.75, 0.6)}, 0.5) == 0


def test_pictures_that_are_hardly_painted_change_nothing() -> None:
    """A method that reaches far towards the untouched photograph stretches the front; the choice stays."""
    bold = {0: (1.0, 0.3), 1: (0.9, 0.45), 2: (0.6, 0.5)}
    subtle = {number: (0.05 * number, 1 - 0.04 * number) for number in range(3, 10)}
    assert pareto.recommend(bold | subtle, 0.5) == pareto.recommend(bold, 0.5) == 1


def test_style_is_measured_by_what_was_reached() -> None:
    """On a pair whose style no trial comes near, the boldest is not taken whatever it costs."""
    points = {0: (1.0, 0.2), 1: (0.95, 0.6)}
    assert pareto.recommend(points, 0.5) == 1
    assert pareto.recommend({n: (style / 2, content) for n, (style, content) in points.items()}, 0.5) == 1
    assert pareto.recommend({0: (-0.2, 0.9), 1: (-0.1, 0.8)}, 0.5) == 0, "where nothing has style, content decides"


def test_equal_shortfalls_are_settled_by_the_product() -> None:
    assert pareto.recommend({7: (1.3, 0.2), 8: (1.1, 0.3)}, 1.0) == 8


def test_the_rule_says_its_weights() -> None:
    assert "counting 5 times" in pareto.rule(0.5) and "counting 15 times" in pareto.rule(0.75)
    assert "best style" in pareto.rule(1)


# --- more than two objectives ---------------------------------------------------------------------------------------


def test_a_trial_that_only_the_third_objective_praises_is_on_the_front() -> None:
    points = {0: (0.9, 0.2, 0.5), 1: (0.3, 0.8, 0.5), 2: (0.2, 0.1, 0.9), 3: (0.2, 0.1, 0.8), 4: (0.9, 0.2, 0.5)}
    assert pareto.front(points) == (2, 1, 0)


@pytest.mark.parametrize("objectives", [2, 3, 4])
def test_hypervolume_is_the_same_as_optunas(objectives: int) -> None:
    drawn = np.random.default_rng(objectives).random((20, objectives))
    points = {number: tuple(row) for number, row in enumerate(drawn.tolist())}
    expected = compute_hypervolume(-drawn, np.zeros(objectives))
    assert pareto.hypervolume(points.values()) == pytest.approx(expected)
    history = pareto.hypervolumes(points)
    assert len(history) == 20 and history[-1] == pytest.approx(expected)
    assert history[6] == pytest.approx(pareto.hypervolume(list(points.values())[:7]))


def test_the_preference_weighs_style_against_whatever_else_lacks_most() -> None:
    points = {0: (0.9, 0.7, 0.1), 1: (0.8, 0.6, 0.7), 2: (0.2, 0.9, 0.9)}
    assert [pareto.recommend(points, prefer) for prefer in (1.0, 0.5, 0.0)] == [0, 1, 2]
    assert pareto.recommend({number: point[:2] for number, point in points.items()}, 0.5) == 0
    assert "content and calm" in pareto.rule(0.5, ("style", "content", "calm"))


def test_a_trial_that_no_preference_recommends_is_on_the_front_and_on_no_trade_off() -> None:
    points = {0: (0.9, 0.5, 0.5), 1: (0.5, 0.4, 0.9), 2: (0.2, 0.9, 0.9)}
    assert pareto.front(points) == (2, 1, 0)
    assert pareto.tradeoff(points) == {2: (0.2, 0.9), 0: (0.9, 0.5)}
    assert pareto.tradeoff(POINTS) == {number: POINTS[number] for number in pareto.front(POINTS)}
