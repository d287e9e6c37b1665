"""How much a front may gain from a trial, or from a whole curve of them, whose scores are not known yet.

Source: Emmerich, Deutz & Klinkenberg, "Hypervolume-based expected improvement: Monotonicity properties and exact
computation", CEC 2011.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
from scipy.special import ndtr, ndtri
from scipy.stats import qmc

from autostyle.tuning.gaussian.places import Array
from autostyle.tuning.pareto import Point, clamp_point, front


def improvement(points: Iterable[Point], means: Array, deviations: Array) -> Array:
    """The expected gain in :func:`~autostyle.tuning.pareto.hypervolume` over ``points``, exact, (M,), at least 0.

    The scores of the front's trials cut the space of all objectives but the last into cells; under the front each cell
    is as high as the best last score of the trials that reach it. A new trial gains, above each cell, as far as its
    scores reach across it and as high as its last one does. Scores are taken as normal and independent, so that the
    expectation of a product is the product of expectations. A front of F trials with D objectives has (F + 1)**(D - 1)
    cells.

    Args:
        points: the scores known, one for each objective.
        means: (M, D), of the objectives, at least two.
        deviations: (M, D), their standard deviations, above 0.
    """
    known = dict(enumerate(map(clamp_point, points)))
    steps = np.array([known[number] for number in front(known)]).reshape(-1, means.shape[1])
    edges = [np.unique(np.concatenate([[0.0], steps[:, axis], [1.0]])) for axis in range(means.shape[1] - 1)]
    mean, deviation = means.T[:, :, None], deviations.T[:, :, None]
    widths = []
    for axis, ends in enumerate(edges):
        reached = _excess(mean[axis], deviation[axis], ends)
        widths.append(reached[:, :-1] - reached[:, 1:])
    heights = _heights(steps, edges)
    floors, which = np.unique(heights, return_inverse=True)
    which = which.reshape(heights.shape)
    above = _excess(mean[-1], deviation[-1], floors) - _excess(mean[-1], deviation[-1], np.ones(1))
    gain: Array = np.zeros(len(means))
    *outer, inner = widths
    for row in np.ndindex(*(width.shape[1] for width in outer)):
        across = np.prod([width[:, place] for width, place in zip(outer, row, strict=True)], axis=0)
        gain += across * (inner * above[:, which[row]]).sum(1)
    return gain


DRAWS, BINS = 16, 64
"""Curves that are drawn of each candidate, and places of the first score at which they are held against the front."""


def curve_improvement(points: Iterable[Point], means: Array, deviations: Array) -> Array:
    """The expected gain in hypervolume over ``points`` of curves, each of which is gained as a whole, (M,).

    With two objectives the curves are drawn: along a curve an error is one and the same, for one run paints all of it.
    With more, what the points of a curve would gain alone is added up.

    Args:
        points: the scores known, one for each objective.
        means: (M, K, D), of the objectives at the K points of each curve.
        deviations: (M, K, D), their standard deviations, above 0.
    """
    count, along, objectives = means.shape
    if objectives != 2:
        flat = improvement(points, means.reshape(-1, objectives), deviations.reshape(-1, objectives))
        summed: Array = flat.reshape(count, along).sum(1)
        return summed
    levels = (np.arange(BINS) + 0.5) / BINS
    heights = np.zeros(BINS)
    for first, last in map(clamp_point, points):
        heights[levels < first] = np.maximum(heights[levels < first], last)
    normal = ndtri(qmc.Sobol(2, seed=0).random(DRAWS))
    gain: Array = np.zeros(count)
    for shift in normal:
        first, last = np.moveaxis(np.clip(means + shift * deviations, 0, 1), -1, 0)
        reached = np.where(first[:, :, None] > levels, last[:, :, None], 0.0).max(1)
        gain += np.maximum(reached - heights, 0).mean(1)
    return gain / DRAWS


def _heights(steps: Array, edges: list[Array]) -> Array:
    """The height of the front above each cell between ``edges``, 0 where it does not reach."""
    heights: Array = np.zeros([len(ends) - 1 for ends in edges])
    for step in steps:
        reached = tuple(
            slice(0, int(np.searchsorted(ends, score))) for ends, score in zip(edges, step[:-1], strict=True)
        )
        heights[reached] = np.maximum(heights[reached], step[-1])
    return heights


def _excess(mean: Array, deviation: Array, limit: Array) -> Array:
    """Expectation of how far a normal score passes ``limit``; not passing counts as 0."""
    z = (mean - limit) / deviation
    passed: Array = (mean - limit) * ndtr(z) + deviation * np.exp(-0.5 * z**2) / np.sqrt(2 * np.pi)
    return passed
