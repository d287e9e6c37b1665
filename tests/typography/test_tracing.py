"""Outlines are traced with few points: straight sides and corners stay, what is round is smooth."""

from __future__ import annotations

from functools import partial

import numpy as np

from autostyle.typography.outlines import Contour, GlyphMask
from autostyle.typography.tracing import fitted, traced

GLYPH = GlyphMask(np.zeros((80, 80), np.float32), 0, 0, 0.1)
Y, X = np.mgrid[:80, :80].astype(np.float32)


def outline(field: np.ndarray) -> tuple[Contour, ...]:
    return traced(field.astype(np.float32), 4.0, partial(fitted, glyph=GLYPH, tolerance=0.25, corner=45.0))


def test_a_square_has_its_four_corners_where_they_were() -> None:
    (found,) = outline(np.minimum(25 - abs(X - 40), 20 - abs(Y - 40)))
    assert len(found) == 4 and found[:, 2].all()
    assert np.ptp(found[:, 0]) in range(496, 505)
    assert np.ptp(found[:, 1]) in range(396, 405)


def test_a_ring_takes_few_points_and_no_corner() -> None:
    outer, inner = outline(10 - abs(np.hypot(X - 40, Y - 40) - 22))
    assert max(len(outer), len(inner)) <= 16
    on = outer[outer[:, 2] == 1][:, :2] / 10 - [40.5, 39.5]
    assert np.allclose(np.hypot(*on.T), 32, atol=0.3)
