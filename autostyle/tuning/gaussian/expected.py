"""How much a front may gain from a trial whose scores are not known yet.

Source: Emmerich, Deutz & Klinkenberg, "Hypervolume-based expected improvement: Monotonicity properties and exact
computation", CEC 2011.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.special import ndtr

from autostyle.tuning.gaussian.places import Array
from autostyle.tuning.pareto import Point, counted, front


def improvement(points: Iterable[Point], means: Array, deviations: Array) -> Array:
    """The expected gain in :func:`~autostyle.tuning.pareto.hypervolume` over ``points``, exact, (M,), at least 0.

    Under the front lies a step for each of its trials; a new trial gains, above each step, as wide as its style
    reaches and as high as its content does. Scores are taken as normal and independent, so that the expectation of a
    product is the product of expectations.

    Args:
        points: the scores known, (style, content).
        means: (M, 2), of style and content.
        deviations: (M, 2), their standard deviations, above 0.
    """
    known = dict(enumerate(map(counted, points)))
    steps = [known[number] for number in front(known)]
    ends = np.array([0.0, *(style for style, _ in steps), 1.0])
    heights = np.array([*(content for _, content in steps), 0.0])
    (style, content), (wide, high) = means.T[:, :, None], deviations.T[:, :, None]
    reached = _excess(style, wide, ends)
    width = reached[:, :-1] - reached[:, 1:]
    height = _excess(content, high, heights) - _excess(content, high, np.ones(1))
    gain: Array = (width * height).sum(1)
    return gain


def _excess(mean: Array, deviation: Array, limit: Array) -> Array:
    """Expectation of how far a normal score passes ``limit``; not passing counts as 0."""
    z = (mean - limit) / deviation
    passed: Array = (mean - limit) * ndtr(z) + deviation * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return passed
