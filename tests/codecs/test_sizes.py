"""resize and fitted: long side, aspect, range."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray

from autostyle.codecs.image import fit_size, resize


@pytest.mark.parametrize(
    ("height", "width", "long_side", "expected"),
    [
        (600, 800, 400, (300, 400)),
        (800, 600, 400, (400, 300)),
        (100, 100, 1024, (1024, 1024)),
        (32, 9000, 64, (1, 64)),  # 0.23 of a pixel is still one
        (9000, 32, 64, (64, 1)),
    ],
)
def test_the_long_side_is_met_and_the_aspect_kept(
    height: int, width: int, long_side: int, expected: tuple[int, int]
) -> None:
    assert fit_size(height, width, long_side) == expected
    picture = np.zeros((height, width, 3), np.float32)
    assert resize(picture, long_side).shape == (*expected, 3)
    assert resize(picture[..., 0], long_side).shape == expected


@pytest.mark.parametrize("long_side", [7, 40, 56, 57, 200])
def test_the_result_is_a_picture(photo: NDArray[np.uint8], long_side: int) -> None:
    checker = np.indices((40, 56)).sum(axis=0) % 2
    hard = np.stack([checker] * 3, axis=-1).astype(np.float32)  # a Lanczos kernel overshoots here
    small = resize(hard, long_side)
    assert small.dtype == np.float32
    assert small.min() >= 0
    assert small.max() <= 1


def test_shrinking_averages_areas() -> None:
    """A fine checkerboard becomes even grey; sampling single pixels would make moiré of it."""
    checker = (np.indices((96, 96)).sum(axis=0) % 2).astype(np.float32)
    assert resize(np.stack([checker] * 3, axis=-1), 48) == pytest.approx(0.5, abs=1e-6)
    assert resize(np.stack([checker] * 3, axis=-1), 37).std() < 0.1


def test_growing_stays_true_to_the_picture(photo: NDArray[np.uint8]) -> None:
    pixels = (photo / 255).astype(np.float32)
    assert np.abs(resize(resize(pixels, 224), 56) - pixels).mean() < 2 / 255


def test_the_input_is_never_changed(photo: NDArray[np.uint8]) -> None:
    pixels = (photo / 255).astype(np.float32)
    before = pixels.copy()
    for long_side in (20, 56, 90):
        resize(pixels, long_side)
    assert np.array_equal(pixels, before)
