"""The Gaussian process: what it learns, and what it knows that it does not know."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import check_grad

from autostyle.tuning.gaussian import process
from autostyle.tuning.gaussian.places import Array
from autostyle.tuning.gaussian.process import Process

ROWS = np.random.default_rng(0).random((40, 3))


def hill(places: Array) -> Array:
    """Only the first two columns matter."""
    height: Array = np.sin(3 * places[:, 0]) + places[:, 1] ** 2
    return height


def test_it_foretells_values_of_places_not_seen() -> None:
    fitted = Process.fit(ROWS, hill(ROWS))
    new = np.random.default_rng(1).random((200, 3))
    mean, deviation = fitted(new)
    assert np.abs(mean - hill(new)).mean() < 0.1 * hill(new).std()
    assert deviation.shape == (200,) and (deviation > 0).all()
    # It says how sure it is: most of what it says lies within two deviations.
    assert (np.abs(mean - hill(new)) < 2 * deviation).mean() > 0.9


def test_it_knows_the_rows_and_doubts_what_lies_far_away() -> None:
    fitted = Process.fit(ROWS, hill(ROWS))
    at_rows, sure = fitted(ROWS)
    _, unsure = fitted(np.full((1, 3), 5.0))
    assert at_rows == pytest.approx(hill(ROWS), abs=0.05)
    assert unsure[0] > 5 * sure.max()


def test_a_column_that_moves_nothing_gets_the_longest_scale() -> None:
    lengths = Process.fit(ROWS, hill(ROWS)).lengths
    assert lengths[2] > 2 * max(lengths[:2])


@pytest.mark.parametrize("unit", [1e-3, 1.0, 1e3])
def test_the_unit_of_the_values_does_not_matter(unit: float) -> None:
    ones = Process.fit(ROWS, hill(ROWS))(ROWS[:5] + 0.1)
    scaled = Process.fit(ROWS, unit * hill(ROWS) + 7)(ROWS[:5] + 0.1)
    assert (scaled[0] - 7) / unit == pytest.approx(ones[0], rel=1e-3, abs=1e-3)
    assert scaled[1] / unit == pytest.approx(ones[1], rel=1e-3)


@pytest.mark.parametrize(
    ("rows", "values"),
    [
        (ROWS[:1], np.array([0.3])),
        (ROWS[:6], np.full(6, 0.3)),
        (np.repeat(ROWS[:2], 4, axis=0), np.arange(8.0)),  # the same place with several values
    ],
    ids=["one row", "all alike", "one place twice"],
)
def test_it_bears_what_teaches_little(rows: Array, values: Array) -> None:
    mean, deviation = Process.fit(rows, values)(ROWS)
    assert np.isfinite(mean).all() and np.isfinite(deviation).all()
    assert values.min() - 3 * values.std() - 1e-6 <= mean.min() <= mean.max() <= values.max() + 3 * values.std() + 1e-6


def test_the_gradient_is_that_of_the_cost() -> None:
    squares = (ROWS[:, None] - ROWS[None]) ** 2
    z = hill(ROWS) - hill(ROWS).mean()
    rest = (squares, z, process.NOISE, np.zeros(3))

    def part(number: int) -> object:
        return lambda logs: process._cost(logs, *rest)[number]

    for logs in np.random.default_rng(2).normal(0, 0.5, (3, 3)):
        assert check_grad(part(0), part(1), logs) < 1e-3 * np.linalg.norm(process._cost(logs, *rest)[1])
