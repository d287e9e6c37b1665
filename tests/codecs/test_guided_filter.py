"""The guided filter: noise goes, edges of the guide stay."""

from __future__ import annotations

import numpy as np

from autostyle.codecs import Pixels
from autostyle.codecs.guided_filter import guided_filter


def halves() -> Pixels:
    guide = np.full((48, 64, 3), 0.2, np.float32)
    guide[:, 32:] = 0.8
    return guide


def test_noise_goes_and_an_edge_of_the_guide_stays() -> None:
    guide = halves()
    noisy = (1 - guide + np.random.default_rng(0).normal(0, 0.05, guide.shape)).clip(0, 1).astype(np.float32)
    found = guided_filter(noisy, guide, 8, 1e-4)
    assert float(found[:, 4:28].std()) < 0.25 * float(noisy[:, 4:28].std())
    assert float((found[:, 29] - found[:, 34]).mean()) > 0.5, "the edge is as steep as the guide's"


def test_a_picture_that_is_the_guide_in_other_colours_is_left() -> None:
    guide = np.random.default_rng(1).random((40, 50, 3)).astype(np.float32)
    other = (guide @ np.array([[0.5, 0.1, 0.0], [0.1, 0.6, 0.2], [0.0, 0.1, 0.5]]) + 0.1).astype(np.float32)
    assert np.abs(guided_filter(other, guide, 3, 1e-6) - other).max() < 1e-3


def test_a_radius_under_a_pixel_is_no_filter() -> None:
    assert np.array_equal(guided_filter(halves(), 1 - halves(), 0.5, 1e-4), halves())
