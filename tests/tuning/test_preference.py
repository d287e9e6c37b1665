"""Answers about pairs move the recommended trial where they point."""

from __future__ import annotations

import itertools
import math
import random

import pytest

from autostyle.tuning import pareto
from autostyle.tuning.preference import (
    DIFFER,
    MOST,
    Preference,
    along,
    answers_left,
    balance,
    infer_preference,
    question,
    weights,
)

ARC = {n: (s / 10, 1 - (s / 10) ** 2) for n, s in enumerate(range(1, 10))}
"""A front of nine trials, style rising with the number."""


def test_at_the_balance_of_two_trials_the_recommendation_changes_sides() -> None:
    two = {0: (0.2, 0.9), 1: (0.7, 0.5)}
    edge = balance(two, 0, 1)
    assert edge is not None
    assert pareto.recommend(two, edge - 0.01) == 0 and pareto.recommend(two, edge + 0.01) == 1


def test_a_trial_that_another_beats_leaves_nothing_to_weigh() -> None:
    assert balance({0: (0.2, 0.4), 1: (0.7, 0.5), 2: (0.9, 0.1)}, 0, 1) is None


def test_without_answers_the_knee_is_preferred() -> None:
    assert weights(ARC, []) == (0.0, 1.0) and infer_preference(ARC, []) == 0.5


def test_liking_the_bolder_one_moves_to_more_style() -> None:
    assert infer_preference(ARC, [Preference(better=6, worse=2)]) > infer_preference(
        ARC, [Preference(better=2, worse=6)]
    )


def test_the_one_that_is_liked_is_recommended() -> None:
    for liked, other in itertools.permutations(ARC, 2):
        assert pareto.recommend(ARC, infer_preference(ARC, [Preference(liked, other)])) == liked


def test_the_later_of_two_answers_that_disagree_counts() -> None:
    before, after = Preference(better=7, worse=6), Preference(better=1, worse=2)
    assert weights(ARC, [before, after]) == weights(ARC, [after])


def test_answers_about_trials_that_are_gone_are_left_out() -> None:
    assert weights(ARC, [Preference(better=99, worse=2)]) == (0.0, 1.0)


@pytest.mark.parametrize("favourite", [1, 2, 3, 4, 5, 6, 7])
def test_a_few_questions_find_the_favourite(favourite: int) -> None:
    """A person who always likes the one nearer to their favourite on the front is understood in at most four answers,
    as halving nine trials needs."""
    answers: list[Preference] = []
    while (pair := question(ARC, answers)) is not None:
        better, worse = sorted(pair, key=lambda number: abs(number - favourite))
        answers.append(Preference(better, worse))
    assert len(answers) <= 4
    assert pareto.recommend(ARC, infer_preference(ARC, answers)) == favourite


@pytest.mark.parametrize("step", [-1.0, -0.25, -0.01, 0.01, 0.25, 1.0])
def test_a_step_along_the_front_recommends_another_trial_on_that_side(step: float) -> None:
    moved = pareto.recommend(ARC, along(ARC, 4, step))
    assert moved is not None and (moved - 4) * step > 0
    assert abs(step) < 1 or moved in (0, 8)


def test_a_step_goes_by_what_is_seen_and_not_by_how_many_trials_lie_between() -> None:
    crowded = {0: (0.2, 0.9), 1: (0.4, 0.8), 2: (0.41, 0.795), 3: (0.42, 0.79), 4: (0.43, 0.785), 5: (0.9, 0.3)}
    assert pareto.recommend(crowded, along(crowded, 1, 0.05)) == 4, "what lies nearer looks the same"
    assert pareto.recommend(crowded, along(crowded, 1, 0.5)) == 5
    assert pareto.recommend(crowded, along(crowded, 3, -0.1)) == 0


def test_at_the_end_of_the_front_there_is_nowhere_to_go() -> None:
    assert pareto.recommend(ARC, along(ARC, 8, 0.25)) == 8


def test_a_liked_trial_is_recommended_even_beside_one_that_another_beats() -> None:
    beaten = ARC | {100: (0.3, 0.3)}
    assert pareto.recommend(beaten, infer_preference(beaten, [Preference(better=3, worse=100)])) == 3


def test_a_question_is_about_trials_of_the_front_only() -> None:
    pair = question(ARC | {100: (0.3, 0.3)}, [])
    assert pair is not None and set(pair) <= set(pareto.front(ARC))


def dense(seed: int, count: int) -> dict[int, pareto.Point]:
    """A front of many trials, as runs along the style weight leave it; some are nearly equal."""
    rng = random.Random(seed)
    styles = sorted(rng.random() for _ in range(count))
    bend = rng.uniform(0.4, 3)
    return {number: (style, 1 - style**bend) for number, style in enumerate(styles)}


@pytest.mark.parametrize("seed", range(2))
def test_five_answers_about_trials_that_differ_settle_a_dense_front(seed: int) -> None:
    points = dense(seed, 60)
    for favourite in (3, 57):
        answers: list[Preference] = []
        while (pair := question(points, answers)) is not None:
            assert len(answers) + answers_left(points, answers) <= MOST
            assert math.dist(points[pair[0]], points[pair[1]]) >= DIFFER
            better, worse = sorted(pair, key=lambda number: abs(points[number][0] - points[favourite][0]))
            answers.append(Preference(better, worse))
        assert 0 < len(answers) <= MOST and answers_left(points, answers) == 0
        found = pareto.recommend(points, infer_preference(points, answers))
        assert found is not None and math.dist(points[found], points[favourite]) < 2.5 * DIFFER


def test_the_first_two_are_far_apart() -> None:
    points = dense(0, 60)
    pair = question(points, [])
    assert pair is not None and math.dist(points[pair[0]], points[pair[1]]) > 0.3


def test_nobody_is_asked_about_trials_that_look_alike() -> None:
    assert question({0: (0.50, 0.50), 1: (0.52, 0.48), 2: (0.54, 0.46)}, []) is None


def test_any_answers_leave_weights_to_choose_from() -> None:
    rng = random.Random(0)
    answers = [Preference(*rng.sample(range(9), 2)) for _ in range(50)]
    low, high = weights(ARC, answers)
    assert 0.0 <= low < high <= 1.0


@pytest.mark.parametrize("points", [{}, {0: (0.5, 0.5)}])
def test_where_there_is_no_choice_there_is_no_question(points: dict[int, pareto.Point]) -> None:
    assert question(points, []) is None


def test_whoever_cannot_tell_has_said_nothing_of_a_weight_and_is_asked_about_others() -> None:
    points = dense(0, 60)
    skipped: list[tuple[int, int]] = []
    while (pair := question(points, [], skipped)) is not None:
        assert not {number for other in skipped for number in other} & set(pair)
        skipped.append(pair)
    assert 1 < len(skipped) < 14
