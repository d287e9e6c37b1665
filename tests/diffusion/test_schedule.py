"""When something acts."""

from __future__ import annotations

import pytest

from autostyle.diffusion.schedule import Schedule


@pytest.mark.parametrize(
    ("schedule", "weights"),
    [
        (Schedule(), (1, 1, 1, 1)),
        (Schedule(start=0.5), (0, 0, 1, 1)),
        (Schedule(end=0.5), (1, 1, 0, 0)),
        (Schedule(shape="falling"), (0.875, 0.625, 0.375, 0.125)),
        (Schedule(shape="rising"), (0.125, 0.375, 0.625, 0.875)),
        (Schedule(start=0.5, shape="falling"), (0, 0, 0.75, 0.25)),
        (Schedule(start=0.9, end=0.1), (0, 0, 0, 0)),
    ],
)
def test_weights_of_four_steps(schedule: Schedule, weights: tuple[float, ...]) -> None:
    assert schedule.weights(4) == pytest.approx(weights)


def test_a_cosine_is_flatter_at_its_ends_than_a_line() -> None:
    cosine, line = Schedule(shape="cosine").weights(8), Schedule(shape="falling").weights(8)
    assert cosine[0] > line[0] and cosine[-1] < line[-1]
    assert list(cosine) == sorted(cosine, reverse=True)
